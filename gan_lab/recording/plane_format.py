"""The arrays of a recording in the plane: their shapes, and which of them make sense together.

In a file those of G alone are there once for each generator, of which `generator` has a number for
each frame; and what is known of no frame is left out.
"""

from __future__ import annotations

from math import isqrt

import numpy as np

NUMBERS_OF_PLANE = (
    "V",
    "C",
    "jsd",
    "V_error",
    "C_error",
    "jsd_error",
    "loss_D",
    "loss_G",
    "quality",
    "D_star_error",
    "D_star_known",
)
SHAPES = {
    "t": "T",
    "turn": "T",
    "generator": "T",
    "window": "4",
    "modes": "K3",
    "real": "s2",
    "z": "sd",
    "G_z": "gs2",
    "pull": "Ts2",
    "warp": "gw2",
    "logit": "Tcc",
    "D_star": "gcc",
    "found": "gK",
    **dict.fromkeys(NUMBERS_OF_PLANE, "T"),
}
"""A letter for each axis, the same where the lengths are: T frames, g generators, c cells a side,
s points, d numbers of z, w points of the grid of z, K modes."""

OF_G = tuple(name for name, axes in SHAPES.items() if axes[0] == "g")
WHOLE_IN_PLANE = {"t": np.int32, "turn": np.uint8, "generator": np.int32, "found": np.int32}
LEVELLED_BY_ROW = {"G_z", "pull", "warp", "logit", "D_star"}
"""Quantised, these have levels of their own in each frame, or for each generator."""

MAY_LACK = {"pull": "s", "logit": "c", "D_star": "c"}
"""What a file leaves out where no number of it is known, and a letter of its shape."""

WIDEST_WINDOW = 1e12

FAR = 64.0
"""Quantised, G(z) is cut so many windows away."""


def once_per_generator(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The arrays as they are written: those of G once for each generator."""
    new = np.ones(len(arrays["t"]), bool)
    for i in range(1, len(new)):
        new[i] = any(
            not np.array_equal(arrays[name][i], arrays[name][i - 1], equal_nan=True)
            for name in OF_G
        )
    once = {name: arrays[name][new] for name in OF_G}
    found = arrays | once | {"generator": np.cumsum(new, dtype=np.int32) - 1}
    found["found"] = found["found"].astype(np.uint8)
    return {
        name: found[name]
        for name in SHAPES
        if name not in MAY_LACK or not np.isnan(found[name]).all()
    }


def unfolded(arrays: dict[str, np.ndarray], panels: dict) -> dict[str, np.ndarray]:
    """The arrays of a file, checked, with a row of each for every frame. It has no panels."""
    complain_of_plane(arrays, panels)
    which = arrays.pop("generator")
    sizes = {"T": len(which), "g": len(which), "s": len(arrays["real"]), "2": 2}
    sizes["c"] = next((arrays[n].shape[1] for n in ("logit", "D_star") if n in arrays), 1)
    rows = {name: arrays[name][which] for name in OF_G if name in arrays}
    gone = {
        name: np.full([sizes[axis] for axis in SHAPES[name]], np.nan)
        for name in MAY_LACK
        if name not in arrays
    }
    arrays = arrays | rows | gone
    arrays["found"] = arrays["found"].astype(bool)
    for values in arrays.values():
        values.setflags(write=False)
    return arrays


def complain_of_plane(arrays: dict[str, np.ndarray], panels: dict) -> None:
    """Refuse arrays of which one is missing, does not fit the others, or makes no sense."""
    sizes: dict[str, int] = {}
    for name, axes in SHAPES.items():
        if name not in arrays:
            if name in MAY_LACK:
                continue
            raise ValueError(f"this recording is damaged: it has no {name}")
        shape = arrays[name].shape
        wanted = [
            int(a) if a.isdigit() else sizes.setdefault(a, n)
            for a, n in zip(axes, shape, strict=False)
        ]
        if len(axes) != len(shape) or list(shape) != wanted:
            raise ValueError(f"this recording is damaged: the shape of {name} does not fit")
    if panels or not all(plane_makes_sense(arrays, sizes)):
        raise ValueError("this recording is damaged: its frames are in no possible order")


def plane_makes_sense(arrays: dict[str, np.ndarray], sizes: dict[str, int]) -> list[bool]:
    """What must be true of frames in the plane, whose axes are so long."""
    t, which, window, modes = (arrays[n] for n in ("t", "generator", "window", "modes"))
    if not all(sizes.get(axis, 1) for axis in "Tgscd"):
        return [False]
    return [
        bool(true)
        for true in (
            t[0] >= 0,
            np.all(t[1:] >= t[:-1]),
            np.all(arrays["turn"] < 3),
            which[0] == 0,
            np.all((which[1:] == which[:-1]) | (which[1:] == which[:-1] + 1)),
            which[-1] == sizes["g"] - 1,
            is_square(window),
            np.all(np.isfinite(modes)),
            np.all(modes[:, 2] > 0),
            np.all(arrays["found"] >> 1 == 0),
            is_grid(sizes["w"], sizes["d"]),
        )
    ]


def is_square(window: np.ndarray) -> bool:
    """Whether these are the ends of a square that a picture can show."""
    if not np.all(np.isfinite(window)) or np.abs(window).max() > WIDEST_WINDOW:
        return False
    wide, high = float(window[1] - window[0]), float(window[3] - window[2])
    return wide > 1e-13 * np.abs(window).max() and abs(wide - high) <= 1e-3 * wide


def is_grid(points: int, latent_dim: int) -> bool:
    """Whether so many points are none, a line of them for a z of one number, or a square of two."""
    if latent_dim == 1:
        return points != 1
    return points == 0 or (latent_dim == 2 and points > 1 and isqrt(points) ** 2 == points)


def within_windows(name: str, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """The part of a row of numbers that a picture can show."""
    if name not in ("G_z", "warp"):
        return arrays[name]
    low, high = arrays["window"][::2], arrays["window"][1::2]
    middle, length = (low + high) / 2, high - low
    return np.clip(arrays[name], middle - FAR * length, middle + FAR * length)
