"""What can be seen of a game in the plane: p_g, p_data, D* and the JSD on a grid of cells.

The mass of a fine mesh of z, pushed through G (`theory.mesh`): no samples, and an error that is
stated. For a z of one number p_g lies on a curve and has no density; for more than two numbers a
mesh is out of reach, and `held_out` has an estimate from samples instead.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from gan_lab.refusals import array, game, member_of, quoted, whole_between
from gan_lab.theory.mesh import Cells, on_cells


def see_plane(
    training, member: int = 0, cells: int | None = None, mesh: int = 1000, window=None
) -> Cells:
    """p_g of one member as it is now, on cells x cells squares of the plane.

    `window` is (low x, high x, low y, high y), by default what `window_of` chooses; `cells` is by
    default as many as make a cell no wider than the thinnest mode's sd, from 80 to 400. Raises
    ValueError, in one sentence, unless the data are in the plane, z has two coordinates, and the
    member is there.
    """
    recipe = game(training).recipe
    if recipe.data.dim != 2:
        raise ValueError("a picture in the plane needs data in the plane; for the line use `see`")
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
        cells = int(np.clip(np.ceil(width / training.p_data.sds.min()), 80, 400))
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


def window_of(p_data) -> tuple[float, float, float, float]:
    """A square around the centres of the data's bells and three sds more, 15 % wider each side."""
    reach = 3 * p_data.sds[:, None]
    low, high = (p_data.centres - reach).min(axis=0), (p_data.centres + reach).max(axis=0)
    middle, half = (low + high) / 2, 0.65 * np.max(high - low)
    return tuple(float(v) for pair in zip(middle - half, middle + half, strict=True) for v in pair)


@dataclass(frozen=True, eq=False)
class Look:
    """A glance at a game in the plane: points and D, and no law of either.

    window (low x, high x, low y, high y); D (cells, cells), the sigmoid of D's output in the middle
    of square cells, rows from low y to high (of packs of equal points, where D judges packs);
    real, fake (m, 2), the minibatches of D's next step.
    """

    window: tuple[float, float, float, float]
    D: np.ndarray
    real: np.ndarray
    fake: np.ndarray


def look(training, member: int = 0, cells: int = 60) -> Look:
    """What a glance shows of one member. Raises ValueError for data that are not in the plane."""
    recipe = game(training).recipe
    if recipe.data.dim != 2:
        raise ValueError("a look at the plane needs data in the plane; for the line use `see`")
    member = member_of(training.members, member)
    cells = whole_between(1, 1000, cells, "cells")
    window = low_x, high_x, low_y, high_y = window_of(training.p_data)
    middles = (np.arange(cells) + 0.5) / cells
    x, y = low_x + middles * (high_x - low_x), low_y + middles * (high_y - low_y)
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    logit = training.logit(np.tile(points, recipe.packing))[member]
    real, z = training.minibatches.for_D(training.t, 0)
    real, fake = training.center + training.scale * real[member], training.generate(z)[member]
    shade = expit(logit.double().cpu().numpy()).reshape(cells, cells)
    return Look(window, shade, real.double().cpu().numpy(), fake.double().cpu().numpy())
