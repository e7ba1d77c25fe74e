"""Frames of a game in the plane: what the page shows of it, as arrays.

D's output on cells, D* and the JSD by a mesh of z (`recording.plane`), points of the data and of G
that are the same at every moment, where G's loss pulls these, a grid of z under G, and the modes
that were found. The points are those that the page draws of the same recipe.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import expit, log_expit

from gan_lab.core.validation import checked_game, member_of
from gan_lab.datasets.in_the_plane import Modes
from gan_lab.metrics.modes import modes_of, nearest
from gan_lab.recording.frames import equally_probable, probability_losses
from gan_lab.recording.plane import frame_in_plane, middles_of, window_of
from gan_lab.theory.mesh import HARD, PlaneCells
from gan_lab.training.losses import loss_of

CELLS = 44
"""Of a frame, along each side."""

MESH = 224
"""Points along each side of the mesh of z: those of the page."""

GIVEN = 0.1 * np.log(2.0)
"""The largest error, in nats, with which a JSD is given: a tenth of the most that it can be."""

SHOWN, SCORED = 200, 2500
"""Points that are kept, and those in which modes are counted and V is a mean."""

SIDE, ALONG = 16, 256
"""Cells of the grid of z along each side; pieces of a z of one number."""


@dataclass(frozen=True, eq=False)
class PlaneFrame:
    """One moment of a GAN's training in the plane, as arrays.

    What is not known of a game is nan, and the note of a recording says which and why; so is a JSD
    whose error is above a tenth of log 2, since G is too thin for the cells and the mesh.

    Parameters
    ----------
    t : int
        Iterations completed.
    turn : {"start", "D", "G"}
        Who moved last.
    window : ndarray of shape (4,)
        low x, high x, low y, high y.
    modes : ndarray of shape (K, 3)
        x, y and sd of the data's modes; none of data that are no mixture of Gaussians.
    real : ndarray of shape (s, 2)
        Points of the data, the same in all frames.
    z : ndarray of shape (s, latent_dim)
        Draws of z, the same in all frames.
    G_z : ndarray of shape (s, 2)
        G(z).
    pull : ndarray of shape (s, 2)
        Where G's loss wants these points to go, in nats per unit of x: see `Training.pull`.
    warp : ndarray of shape (w, 2)
        G at a grid of equally probable z, its first coordinate running fastest; for a z of one
        number G at its quantiles. Else, and where z is discrete, there are none.
    logit : ndarray of shape (c, c)
        D's output in the middle of square cells, rows from low y to high. Of a relativistic D,
        which is known up to a constant, with the one that makes it the best classifier.
    D_star : ndarray of shape (c, c)
        p_data / (p_data + p_g) in these cells, nan where that is not known to 0.1.
    found : ndarray of bool of shape (K,)
        Whether some G(z), of 2500, is nearest to this mode and within three sds of it.
    quality : float
        The share of G(z) that are within three sds of a mode.
    V, C, jsd : float
        V(G, D), a mean over samples, C(G) = 2 jsd - log 4 and the Jensen-Shannon divergence, in
        nats.
    V_error, C_error, jsd_error : float
        How far from the truth those may be: of V two standard errors.
    D_star_error, D_star_known : float
        The error of D_star, on average over (p_data + p_g) / 2, and how much of that lies where it
        is known.
    loss_D, loss_G : float
        The players' minibatch losses at their last moves, nan before.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets, record
    >>> recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(4,), D=(4,), m=8)
    >>> frame = record(Training(recipe, device="cpu"), iterations=1)[-1]
    >>> frame.turn, frame.D.shape == frame.D_star.shape, frame.fake.shape
    ('G', True, (200, 2))
    """

    t: int
    turn: str
    window: np.ndarray
    modes: np.ndarray
    real: np.ndarray
    z: np.ndarray
    G_z: np.ndarray
    pull: np.ndarray
    warp: np.ndarray
    logit: np.ndarray
    D_star: np.ndarray
    found: np.ndarray
    quality: float
    V: float
    C: float
    jsd: float
    V_error: float = 0.0
    C_error: float = 0.0
    jsd_error: float = 0.0
    D_star_error: float = np.nan
    D_star_known: float = 0.0
    loss_D: float = np.nan  # noqa: N815
    loss_G: float = np.nan  # noqa: N815

    @property
    def D(self) -> np.ndarray:
        """The sigmoid of `logit`: what `plots.plane` shades."""
        return expit(self.logit)

    @property
    def fake(self) -> np.ndarray:
        """G(z), by the name that a picture of points has for it."""
        return self.G_z


def unknown_in_plane(recipe) -> str:
    """What frames of this recipe's games leave out, and why, in words; "" where it is nothing."""
    left_out = [
        (
            recipe.packing > 1,
            "D and V(G, D) are left out: D judges packs of "
            f"{recipe.packing} points, and D(x) of one is not defined",
        ),
        (
            recipe.packing == 1 and not loss_of(recipe.loss).labels,
            "V(G, D) is left out: D is a "
            f"probability in the losses {probability_losses()}, and not in {recipe.loss}",
        ),
        (
            recipe.latent_dim > 2,
            "D* and the JSD are left out: they are computed for a z of two "
            f"numbers, and the latent_dim of this recipe is {recipe.latent_dim}",
        ),
        (
            is_apart(recipe),
            "D* is left out: G(z) lies where p_data has no probability, on "
            + ("finitely many points" if recipe.latent == "bernoulli" else "a curve"),
        ),
    ]
    return "; ".join(words for true, words in left_out if true)


def is_apart(recipe) -> bool:
    """Whether p_g has no density, and so a JSD of log 2 to any data in the plane."""
    return recipe.latent == "bernoulli" or recipe.latent_dim == 1


class PlaneSight:
    """Who makes the frames of one member of a game in the plane, one after another.

    What is of G alone is not computed again while G stands still, as between D's steps.
    """

    def __init__(self, member: int = 0):
        self.member, self.weights, self.of_G = member, b"", {}

    def frame(self, training) -> PlaneFrame:
        """The frame of a game as it is now."""
        member = member_of(checked_game(training).members, self.member)
        weights = training.G.flat[member].detach().cpu().numpy().tobytes()
        if weights != self.weights:
            self.of_G, self.weights = generator_seen(training, member), weights
        seen = dict(self.of_G)
        scored, real = seen.pop("scored"), seen.pop("scored_real")
        shown = {"real": real[:SHOWN], "G_z": scored[:SHOWN]}
        return PlaneFrame(
            t=training.t,
            turn=training.turn,
            **seen,
            **shown,
            **discriminator_seen(training, member, seen["window"], real, scored),
            loss_D=float(training.loss_D[member]),
            loss_G=float(training.loss_G[member]),
        )


def generator_seen(training, member: int) -> dict[str, Any]:
    """What a frame has of the data and of G; `scored` are G(z), `scored_real` the data's points."""
    recipe, data = training.recipe, training.p_data
    real, z = (x[member].double().cpu().numpy() for x in training.minibatches.to_look_at(SCORED))
    G, window = training.map(member), np.array(window_of(data))
    scored = G(z)
    return {
        "window": window,
        "z": z[:SHOWN],
        "scored": scored,
        "scored_real": real,
        "warp": G(grid_of_z(recipe, training.p_z)),
        **modes_seen(scored, data),
        **cells_seen(training, member),
    }


def modes_seen(scored: np.ndarray, data) -> dict[str, Any]:
    """The data's modes, and which of them have samples; a dot of a drawing is no mode."""
    if not isinstance(data, Modes) or data.kind == "dots":
        return {"modes": np.empty((0, 3)), "found": np.empty(0, bool), "quality": np.nan}
    means, sds, _ = modes_of(data)
    which, good = nearest(scored, data)
    found = np.isin(np.arange(len(sds)), which[good])
    return {"modes": np.column_stack([means, sds]), "found": found, "quality": float(good.mean())}


def grid_of_z(recipe, p_z) -> np.ndarray:
    """Equally probable z, (w, latent_dim): a square of two numbers, or a row of one."""
    if recipe.latent == "bernoulli" or recipe.latent_dim > 2:
        return np.empty((0, recipe.latent_dim))
    level = equally_probable(p_z, (ALONG if recipe.latent_dim == 1 else SIDE) + 1)
    if recipe.latent_dim == 1:
        return level[:, None]
    return np.stack(np.meshgrid(level, level), axis=-1).reshape(-1, 2)


def cells_seen(training, member: int) -> dict[str, Any]:
    """D*, the JSD and C with their errors, as far as they are known."""
    recipe = training.recipe
    unknown = np.full((CELLS, CELLS), np.nan)
    if is_apart(recipe):
        return {"D_star": unknown, "jsd": np.log(2.0), **value_at_best(recipe, np.log(2.0), 0.0)}
    if recipe.latent_dim > 2:
        return {"D_star": unknown, "jsd": np.nan, **value_at_best(recipe, np.nan, 0.0)}
    cells = frame_in_plane(training, member, blocks(training.p_data) * CELLS, MESH)
    jsd, seen = cells.estimate, cells.in_blocks(len(cells.p_g) // CELLS)
    given = jsd.error <= GIVEN and not cells.too_wide
    value, error = (jsd.value, jsd.error) if given else (np.nan, 0.0)
    return {
        "D_star": seen.D_star.T,
        **known_of_best(seen),
        "jsd": value,
        "jsd_error": error,
        **value_at_best(recipe, value, error),
    }


def blocks(data) -> int:
    """How many cells of the JSD are one of the picture, along each side.

    As many as make a cell at most 0.4 sds of the thinnest mode wide, but no more than the mesh can
    fill.
    """
    low_x, high_x, *_ = window_of(data)
    return int(np.clip(np.ceil((high_x - low_x) / (0.4 * data.thinnest) / CELLS), 2, 6))


def known_of_best(cells: PlaneCells) -> dict[str, float]:
    """The mean error of D* where it is known, and the probability (p_data + p_g) / 2 there."""
    known = cells.D_star_error <= HARD
    mass = (cells.p_data + cells.p_g)[known] / 2
    total = float(mass.sum())
    error = float(cells.D_star_error[known] @ mass) / total if total > 0 else np.nan
    return {"D_star_error": error, "D_star_known": total}


def value_at_best(recipe, jsd: float, error: float) -> dict[str, float]:
    """C(G), of the games whose value it is."""
    ours = loss_of(recipe.loss).labels and recipe.packing == 1
    return {"C": 2 * jsd - np.log(4.0) if ours else np.nan, "C_error": 2 * error if ours else 0.0}


def discriminator_seen(training, member: int, window, real, fake) -> dict[str, Any]:
    """D's output on the cells, the pull of G's loss, and V(G, D) where it is known."""
    if training.recipe.packing > 1:
        nothing = np.full((CELLS, CELLS), np.nan)
        return {"logit": nothing, "pull": np.full((SHOWN, 2), np.nan), "V": np.nan}
    centres = middles_of(window, CELLS)
    outputs = training.logit(np.concatenate([centres, real, fake]))[member].double().cpu().numpy()
    on_cells, of_real, of_fake = np.split(outputs, [len(centres), len(centres) + len(real)])
    constant = free_constant(training.recipe.loss, of_real[:SHOWN], of_fake[:SHOWN])
    pull = training.pull(fake[:SHOWN], real[:SHOWN])[member].double().cpu().numpy()
    square = (on_cells - constant).reshape(CELLS, CELLS)
    return {"logit": square, "pull": pull, **mean_value(training.recipe.loss, of_real, of_fake)}


def mean_value(loss, of_real: np.ndarray, of_fake: np.ndarray) -> dict[str, float]:
    """V(G, D) as a mean over samples, and two standard errors."""
    if not loss_of(loss).labels:
        return {"V": np.nan}
    parts = log_expit(of_real), log_expit(-of_fake)
    error = 2 * np.sqrt(sum(part.var(ddof=1) / len(part) for part in parts))
    return {"V": float(sum(part.mean() for part in parts)), "V_error": float(error)}


def free_constant(loss, of_real: np.ndarray, of_fake: np.ndarray) -> float:
    """Of a D that is known up to a constant, the one at which it calls half of the samples real."""
    if loss != "relativistic":
        return 0.0
    outputs = np.concatenate([of_real, of_fake])
    low, high = outputs.min() - 1, outputs.max() + 1
    for _ in range(60):
        middle = 0.5 * (low + high)
        many = expit(outputs - middle).sum() > len(of_real)
        low, high = (middle, high) if many else (low, middle)
    return float(0.5 * (low + high))
