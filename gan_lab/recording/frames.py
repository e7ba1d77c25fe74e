"""What can be seen of a game at one moment, as arrays: all of Figure 1 of Goodfellow et al. 2014.

Nothing is sampled or smoothed: p_g is the exact push-forward of p_z, D and D* are functions, and
V, C and the Jensen-Shannon divergence are integrals that carry their errors (nats). A frame is
float64 numpy and knows neither torch nor the game it was taken from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import numpy as np
from scipy.special import expit

from gan_lab import theory
from gan_lab.core.validation import array, checked_game, member_of, whole_between
from gan_lab.datasets.forms import where_they_are
from gan_lab.recording.outlines import outline
from gan_lab.training.losses import LOSSES, loss_of

TURNS = ("start", "D", "G")
"""Who moved last, in a frame."""
POINTS = 257
"""Points of the x axis."""

TAIL_OF_DATA, TAIL_OF_G = 5e-4, 5e-2
"""What of p_data and of p_g the x axis need not hold, at each end."""

WIDEST = 2.0
"""p_g may widen the x axis to so many times what p_data asks for."""


@dataclass(frozen=True, eq=False)
class Frame:
    """One moment of a GAN's training on the line, as arrays: densities, D, G(z) and losses.

    What is not known of a game is nan: D where it is no probability or judges packs, and with it
    D_star, V and C; p_g and G_z for a z of several numbers, and with them D_star, V, C and jsd.
    `unknown` says which, and why.

    Parameters
    ----------
    t : int
        Iterations completed.
    turn : {"start", "D", "G"}
        Who moved last.
    x : ndarray of shape (n,)
        Points of the line, of which p_data, p_g, D and D_star are functions.
    p_data : ndarray of shape (n,)
        The density of the data.
    p_g : ndarray of shape (n,)
        The density of G(z).
    D, D_star : ndarray of shape (n,)
        Probabilities; D_star is nan where p_data and p_g both vanish.
    z : ndarray of shape (a,)
        Equally probable z, the quantiles (i + 1/2)/a of p_z.
    G_z : ndarray of shape (a,)
        G(z).
    V, C : float
        V(G, D) and C(G) = V(G, D*), in nats; V <= C = 2 jsd - log 4.
    jsd : float
        The Jensen-Shannon divergence of p_data and p_g, in nats.
    V_error, C_error, jsd_error : float
        How far from the truth those may be, in nats.
    loss_D, loss_G : float
        The players' minibatch losses at their last moves, nan before.
    atoms : tuple of (float, float)
        What of p_g has no density: pairs (x, mass).
    outline : ndarray of shape (2, v), optional
        x and heights of p_g as a line: the axis' points would miss what is thinner than they are
        apart; None in a frame made without.

    References
    ----------
    Goodfellow et al. 2014, Figure 1.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.recording import frame_of
    >>> frame = frame_of(Training(Recipe(G=(4,), D=(4,)), device="cpu"))
    >>> frame.turn, frame.x.shape == frame.p_g.shape, frame.V <= frame.C
    ('start', True, True)
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
    outline: np.ndarray | None = None


def probability_losses() -> str:
    """The losses in which D is a probability, in words."""
    return ", ".join(name for name, loss in LOSSES.items() if loss.labels)


def unknown(recipe) -> str:
    """What a frame of this recipe's games leaves out, and why, in words; "" where it has it all."""
    left_out = [
        (
            not loss_of(recipe.loss).labels,
            "D, D* and V(G, D) are left out: D is a probability in "
            f"the losses {probability_losses()}, and not in {recipe.loss}",
        ),
        (
            recipe.packing > 1,
            "D, D* and V(G, D) are left out: D judges packs of "
            f"{recipe.packing} points, and D(x) of one is not defined",
        ),
        (
            recipe.latent_dim > 1,
            "p_G, D*, V(G, D) and the JSD are left out: they are exact for a z "
            f"of one number, and the latent_dim of this recipe is {recipe.latent_dim}",
        ),
    ]
    return "; ".join(words for true, words in left_out if true)


def frame_of(training, member: int = 0, x=None, arrows: int = 33) -> Frame:
    """The frame of one member of a game as it is now: exact p_g, D, V(G, D) and JSD.

    What is `unknown` of it is nan.

    Parameters
    ----------
    training : Training
        A game on the line.
    member : int
        Which member.
    x : array of shape (n,), optional
        The points of the picture, by default what `axis` chooses.
    arrows : int
        How many z are followed to G(z).

    Returns
    -------
    Frame
        The moment.

    Raises
    ------
    ValueError
        For data in the plane, for a member that is not there and for points that do not increase.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.recording import frame_of
    >>> game = Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> for game in game.play(2):
    ...     frame = frame_of(game)
    >>> frame.t, frame.turn, 0 <= frame.jsd <= 0.6932
    (2, 'G', True)
    """
    recipe = checked_game(training).recipe
    if recipe.data.dim != 1:
        raise ValueError(
            "Figure 1 needs data on the line, and those of this recipe are "
            + where_they_are(recipe.data)
        )
    member = member_of(training.members, member)
    arrows = whole_between(1, 10_000, arrows, "arrows")
    p_data, (G, p_g, D) = training.p_data, known_functions(training, member)
    if x is None:
        x = axis(p_data, () if G is None else G(equally_probable(training.p_z, 401)))
    else:
        x = increasing_points(x)
    z, curves = equally_probable(training.p_z, arrows), curves_of(x, p_data, p_g, D)
    return Frame(
        t=training.t,
        turn=training.turn,
        x=x,
        **curves,
        z=z,
        G_z=nans(z) if G is None else G(z),
        **cast(Any, game_numbers(p_data, p_g, D)),  # a checker does not know which fields they are
        loss_D=float(training.loss_D[member]),
        loss_G=float(training.loss_G[member]),
        atoms=() if p_g is None else tuple(p_g.atoms),
        outline=None if p_g is None else outline(p_g, G, training.p_z, x, peak(curves["p_data"])),
    )


def known_functions(training, member: int) -> tuple:
    """(G, p_g, D) of one member as functions on the line; None for what is none."""
    recipe, G, p_g, D = training.recipe, None, None, None
    if recipe.latent_dim == 1:
        G = training.generator(member)
        p_g = G.pushed(training.p_z)
    if loss_of(recipe.loss).labels and recipe.packing == 1:
        D = training.discriminator(member)
    return G, p_g, D


def curves_of(x: np.ndarray, p_data, p_g, D) -> dict[str, np.ndarray]:
    """p_data, p_g, D and D_star at the points x; nan for what is not known."""
    log_data, log_g, best = p_data.logpdf(x), nans(x), nans(x)
    if p_g is not None:
        log_g = p_g.logpdf(x)
    if p_g is not None and D is not None:
        best = theory.optimal_logit(p_data, p_g).given(x, log_data, log_g)
    with np.errstate(all="ignore"):
        pdfs = {"p_data": np.exp(log_data), "p_g": np.exp(log_g)}
    return {**pdfs, "D": nans(x) if D is None else expit(D(x)), "D_star": expit(best)}


def game_numbers(p_data, p_g, D) -> dict[str, float]:
    """V, C and jsd with their errors; nan, and no error, for what is not known."""
    found = {}
    if p_g is not None and D is not None:
        V, C, jsd = theory.game_values(D, p_data, p_g, panels=D.kinks)
        found = {"V": V, "C": C, "jsd": jsd}
    elif p_g is not None:
        found = {"jsd": theory.js(p_data, p_g)}
    values = {name: found[name].value if name in found else np.nan for name in ("V", "C", "jsd")}
    return values | {f"{name}_error": estimate.error for name, estimate in found.items()}


def nans(points: np.ndarray) -> np.ndarray:
    """A nan for each point."""
    return np.full(len(points), np.nan)


def jsd_of(training, member: int = 0) -> float | None:
    """The Jensen-Shannon divergence of p_data and one member's p_g, in nats, at less than a frame.

    None where p_g is not known exactly: for data in the plane, and for a z of several numbers.
    """
    recipe = checked_game(training).recipe
    member = member_of(training.members, member)
    if recipe.data.dim != 1 or recipe.latent_dim != 1:
        return None
    try:
        jsd = theory.js(training.p_data, training.p_g(member)).value
    except (ValueError, ArithmeticError):  # near the end of the floats
        return None
    return float(jsd) if np.isfinite(jsd) else None


def peak(pdf: np.ndarray) -> float:
    """The largest finite height."""
    return float(np.max(pdf, where=np.isfinite(pdf), initial=0.0))


def axis(p_data: theory.Distribution, G_z=(), n: int = POINTS) -> np.ndarray:
    """The x axis of a picture of p_data and p_g: n equally spaced points.

    They show p_data whole and most of p_g, unless it is far away. p_data asks for its range between
    the quantiles 0.0005 and 0.9995, 15 % wider on each side; p_g for the middle 90 % of G(z) at
    equally probable z, which is granted until the axis is twice as long.

    Parameters
    ----------
    p_data : Distribution
        The distribution of the data.
    G_z : sequence of float
        G(z) at equally probable z.
    n : int
        How many points.

    Returns
    -------
    ndarray of shape (n,)
        The points, increasing.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> from gan_lab.recording import axis
    >>> x = axis(gaussian(3, 0.5))
    >>> x.shape, bool(x[0] < 1.5), bool(x[-1] > 4.5)
    ((257,), True, True)
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
def _most_of(p_data: theory.Distribution) -> tuple[float, float]:
    """The quantiles of p_data between which the axis must reach; cached: they may be a search."""
    return tuple(p_data.ppf(np.array([TAIL_OF_DATA, 1 - TAIL_OF_DATA])).tolist())


def equally_probable(p_z: theory.Distribution, count: int) -> np.ndarray:
    """The quantiles (i + 1/2) / count of p_z."""
    return p_z.ppf((np.arange(count) + 0.5) / count)


def increasing_points(x) -> np.ndarray:
    """x as float64 points that increase, or a sentence."""
    x = array(x, "x").copy()
    if x.ndim != 1 or len(x) < 2 or not np.all(np.isfinite(x)) or np.any(np.diff(x) <= 0):
        raise ValueError("x must be two or more finite numbers that increase, in one row")
    return x
