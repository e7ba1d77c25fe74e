"""What can be seen of a game at one moment, as arrays: all of Figure 1 of Goodfellow et al. 2014.

Nothing is sampled or smoothed: p_g is the exact push-forward of p_z, D and D* are functions, and
V, C and the Jensen-Shannon divergence are integrals that carry their errors (nats). A frame is
float64 numpy and knows neither torch nor the game it was taken from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import expit

from gan_lab import theory
from gan_lab.losses import LOSSES
from gan_lab.refusals import array, game, member_of, whole_between

TURNS = ("start", "D", "G")
POINTS = 257
"""Points of the x axis."""

TAIL_OF_DATA, TAIL_OF_G = 5e-4, 5e-2
"""What of p_data and of p_g the x axis need not hold, at each end."""

WIDEST = 2.0
"""p_g may widen the x axis to so many times what p_data asks for."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of a game.

    t, turn              iterations completed, and who moved last: "start", "D" or "G"
    x                    (n,) points; p_data, p_g, D, D_star (n,) are functions of x
    p_g                  the density of G(z); `atoms`, pairs (x, mass), are what has no density
    D, D_star            probabilities; D_star is nan where p_data and p_g both vanish
    z, G_z               (a,) equally probable z, the quantiles (i + 1/2)/a of p_z, and G(z)
    V, C                 V(G, D) and C(G) = V(G, D*); V <= C = 2 jsd - log 4, in nats
    jsd                  the Jensen-Shannon divergence of p_data and p_g, in nats
    V_error, C_error, jsd_error    how far from the truth those may be
    loss_D, loss_G       the players' minibatch losses at their last moves, nan before
    """

    t: int
    turn: str
    x: np.ndarray
    p_data: np.ndarray
    p_g: np.ndarray
    D: np.ndarray
    D_star: np.ndarray
    z: np.ndarray
    G_z: np.ndarray
    V: float
    C: float
    jsd: float
    V_error: float = 0.0
    C_error: float = 0.0
    jsd_error: float = 0.0
    loss_D: float = np.nan  # noqa: N815
    loss_G: float = np.nan  # noqa: N815
    atoms: tuple[tuple[float, float], ...] = ()


def see(training, member: int = 0, x=None, arrows: int = 33) -> Frame:
    """The frame of one member of a game as it is now.

    x are the points of the picture, by default what `axis` chooses; `arrows` is how many z are
    followed to G(z). Raises ValueError for data in the plane, for a loss in which D's output is no
    logit of a probability, for a z of more than one number (its push-forward is not a picture on
    a line), for a member that is not there and for points that do not increase.
    """
    if game(training).recipe.data.dim != 1:
        raise ValueError("Figure 1 needs data on the line, and those of this recipe are in a plane")
    if not LOSSES[training.recipe.loss].labels:
        known = ", ".join(name for name, loss in LOSSES.items() if loss.labels)
        raise ValueError(
            f"Figure 1 draws D as a probability, which it is in the losses {known}, and not in "
            f"{training.recipe.loss!r}"
        )
    if training.recipe.latent_dim != 1:
        raise ValueError(
            "Figure 1 needs a z of one number, and the latent_dim of this recipe is "
            f"{training.recipe.latent_dim}"
        )
    member = member_of(training.members, member)
    arrows = whole_between(1, 10_000, arrows, "arrows")
    G, D = training.generator(member), training.discriminator(member)
    p_data, p_g = training.p_data, G.pushed(training.p_z)
    x = axis(p_data, G(equally_probable(training.p_z, 401))) if x is None else points(x)
    z = equally_probable(training.p_z, arrows)
    log_data, log_g = p_data.logpdf(x), p_g.logpdf(x)
    best = theory.optimal_logit(p_data, p_g).given(x, log_data, log_g)
    with np.errstate(all="ignore"):
        pdf_data, pdf_g = np.exp(log_data), np.exp(log_g)
    V, C, jsd = theory.game_values(D, p_data, p_g, panels=D.kinks)
    return Frame(
        t=training.t,
        turn=training.turn,
        x=x,
        p_data=pdf_data,
        p_g=pdf_g,
        D=expit(D(x)),
        D_star=expit(best),
        z=z,
        G_z=G(z),
        V=V.value,
        C=C.value,
        jsd=jsd.value,
        V_error=V.error,
        C_error=C.error,
        jsd_error=jsd.error,
        loss_D=float(training.loss_D[member]),
        loss_G=float(training.loss_G[member]),
        atoms=tuple(p_g.atoms),
    )


def axis(p_data: theory.Density, G_z=(), n: int = POINTS) -> np.ndarray:
    """n equally spaced points that show p_data whole and most of p_g, unless it is far away.

    p_data asks for its range between the quantiles 0.0005 and 0.9995, 15 % wider on each side;
    p_g for the middle 90 % of G(z) at equally probable z, which is granted until the axis is
    twice as long.
    """
    low, high = _most_of(p_data)
    margin = 0.15 * (high - low)
    low, high = low - margin, high + margin
    if len(G_z):
        start, end = np.quantile(G_z, [TAIL_OF_G, 1 - TAIL_OF_G])
        below, above = 1.1 * max(low - start, 0.0), 1.1 * max(end - high, 0.0)
        granted = min(1.0, (WIDEST - 1) * (high - low) / max(below + above, 1e-300))
        low, high = low - granted * below, high + granted * above
    return np.linspace(low, high, n)


@lru_cache(maxsize=64)
def _most_of(p_data: theory.Density) -> tuple[float, float]:
    """Kept, since p_data stays the same throughout a game and its quantiles may be a search."""
    return tuple(p_data.ppf(np.array([TAIL_OF_DATA, 1 - TAIL_OF_DATA])).tolist())


def equally_probable(p_z: theory.Density, count: int) -> np.ndarray:
    """The quantiles (i + 1/2) / count of p_z."""
    return p_z.ppf((np.arange(count) + 0.5) / count)


def points(x) -> np.ndarray:
    """x as float64 points that increase, or a sentence."""
    x = array(x, "x").copy()
    if x.ndim != 1 or len(x) < 2 or not np.all(np.isfinite(x)) or np.any(np.diff(x) <= 0):
        raise ValueError("x must be two or more finite numbers that increase, in one row")
    return x
