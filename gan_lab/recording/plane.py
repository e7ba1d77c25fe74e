"""What can be seen of a game in the plane: p_g, p_data, D* and the JSD on a grid of cells.

The mass of a fine mesh of z, pushed through G (`theory.mesh`): no samples, and an error that is
stated. For a z of one number p_g lies on a curve and has no density; for more than two numbers a
mesh is out of reach, and `held_out` has an estimate from samples instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from scipy.special import expit

from gan_lab.core.validation import array, checked_game, member_of, quoted, whole_between
from gan_lab.distributions import Distribution2D
from gan_lab.theory.mesh import PlaneCells, on_cells


def frame_in_plane(
    training, member: int = 0, cells: int | None = None, mesh: int = 1000, window=None
) -> PlaneCells:
    """p_g in the plane: the probability of each cell under one member's generator, as it is now.

    Parameters
    ----------
    training : Training
        A game with data in the plane and a z of two numbers.
    member : int
        Which member.
    cells : int, optional
        The cells along each side; by default as many as make a cell no wider than the thinnest
        mode's sd, from 80 to 400.
    mesh : int
        The points along each side of the mesh of z that is pushed through G.
    window : tuple of (float, float, float, float), optional
        low x, high x, low y, high y; by default what `window_of` chooses.

    Returns
    -------
    PlaneCells
        p_g and p_data on cells x cells squares.

    Raises
    ------
    ValueError
        In one sentence, unless the data are in the plane, z has two coordinates, and the member is
        there.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.recording import frame_in_plane
    >>> recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(4,), D=(4,))
    >>> seen = frame_in_plane(Training(recipe, device="cpu"), cells=20, mesh=100)
    >>> seen.p_g.shape, bool(seen.p_g.sum() <= 1.000001)
    ((20, 20), True)
    """
    recipe = checked_game(training).recipe
    if recipe.data.dim != 2:
        raise ValueError("this frame needs data in the plane; for the line use `frame_of`")
    if recipe.latent_dim != 2:
        raise ValueError(
            "a mesh needs a z of two numbers, and the latent_dim of this recipe is "
            f"{recipe.latent_dim}"
        )
    member = member_of(training.members, member)
    window = window_of(training.p_data) if window is None else right_window(window)
    low_x, high_x, low_y, high_y = window
    if cells is None:
        width = max(high_x - low_x, high_y - low_y)
        cells = int(np.clip(np.ceil(width / training.p_data.thinnest), 80, 400))
    cells = whole_between(2, 1000, cells, "cells")
    mesh = whole_between(8, 10_000, mesh, "mesh")
    x, y = np.linspace(low_x, high_x, cells + 1), np.linspace(low_y, high_y, cells + 1)
    return on_cells(training.map(member), training.p_z, training.p_data, x, y, mesh)


def right_window(window) -> tuple[float, float, float, float]:
    """A window that was asked for, or a sentence."""
    found = array(window, "window")
    right = found.shape == (4,) and np.isfinite(found).all()
    if not right or found[0] >= found[1] or found[2] >= found[3]:
        raise ValueError(
            "window must be four finite numbers (low x, high x, low y, high y), the low ones "
            f"below the high ones, not {quoted(window)}"
        )
    return tuple(found.tolist())


def window_of(p_data: Distribution2D) -> tuple[float, float, float, float]:
    """A square around the centres of the data's bells and three sds more, 15 % wider each side."""
    bells = p_data.bells
    reach = 3 * bells.sds[:, None]
    low, high = (bells.centres - reach).min(axis=0), (bells.centres + reach).max(axis=0)
    middle, half = (low + high) / 2, 0.65 * np.max(high - low)
    ends = (float(v) for pair in zip(middle - half, middle + half, strict=True) for v in pair)
    return cast("tuple[float, float, float, float]", tuple(ends))


@dataclass(frozen=True, eq=False)
class QuickFrame:
    """A glance at a game in the plane: points and D, and no density of either.

    Parameters
    ----------
    window : tuple of (float, float, float, float)
        low x, high x, low y, high y.
    D : ndarray of shape (cells, cells)
        The sigmoid of D's output in the middle of square cells, rows from low y to high (of packs
        of equal points, where D judges packs).
    real, fake : ndarray of shape (m, 2)
        The minibatches of D's next step.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.recording import quick_frame
    >>> recipe = Recipe(data=datasets.ring(), latent_dim=2, G=(4,), D=(4,), m=16)
    >>> glance = quick_frame(Training(recipe, device="cpu"), cells=10)
    >>> glance.D.shape, glance.fake.shape
    ((10, 10), (16, 2))
    """

    window: tuple[float, float, float, float]
    D: np.ndarray
    real: np.ndarray
    fake: np.ndarray


def quick_frame(training, member: int = 0, cells: int = 60) -> QuickFrame:
    """A glance at one member of a game in the plane: D on cells, and two minibatches.

    Parameters
    ----------
    training : Training
        A game with data in the plane.
    member : int
        Which member.
    cells : int
        The cells along each side.

    Returns
    -------
    QuickFrame
        The glance.

    Raises
    ------
    ValueError
        For data that are not in the plane.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.recording import quick_frame
    >>> recipe = Recipe(data=datasets.moons(), latent_dim=2, G=(4,), D=(4,), m=16)
    >>> quick_frame(Training(recipe, device="cpu"), cells=10).D.shape
    (10, 10)
    """
    recipe = checked_game(training).recipe
    if recipe.data.dim != 2:
        raise ValueError("a quick frame needs data in the plane; for the line use `frame_of`")
    member = member_of(training.members, member)
    cells = whole_between(1, 1000, cells, "cells")
    window = window_of(training.p_data)
    points = middles_of(window, cells)
    logit = training.logit(np.tile(points, recipe.packing))[member]
    real, z = training.minibatches.for_D(training.t, 0)
    real, fake = training.center + training.scale * real[member], training.generate(z)[member]
    shade = expit(logit.double().cpu().numpy()).reshape(cells, cells)
    return QuickFrame(window, shade, real.double().cpu().numpy(), fake.double().cpu().numpy())


def middles_of(window, cells: int) -> np.ndarray:
    """The middles (cells^2, 2) of square cells of a window, row by row from low y."""
    low_x, high_x, low_y, high_y = window
    middles = (np.arange(cells) + 0.5) / cells
    x, y = low_x + middles * (high_x - low_x), low_y + middles * (high_y - low_y)
    return np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
