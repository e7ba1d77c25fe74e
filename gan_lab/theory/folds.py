"""Where a smooth G turns: cells on which polynomials follow it, and the zeros of their slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from gan_lab.theory.chebyshev import DEGREE, EPS, POINTS, coefficients, derivatives, series, zeros
from gan_lab.theory.overlaps import places_in_row
from gan_lab.theory.pushforward import Tangled, evaluate

MOST_CELLS = 4000
MARGIN = 0.25
"""A polynomial is fitted so much beyond its cell, relative to its length: slopes are worst at
the ends of a fit."""

HOPELESS = 1e6
"""A cell whose fit is so much worse than it should be is quartered at once."""

CLIFF = 1e-12
"""A cell so thin, relative to its z, is not halved."""

FLAT = 64 * EPS
"""G is flat where it moves by no more than this, relative to its size."""


@dataclass
class SeriesCells:
    """Intervals of z, (cells,) each, in order, and G on them: series in t = (z - middle) / half.

    `size`: the largest |G|; `flat`: whether it moves only as rounding does.
    """

    low: np.ndarray
    high: np.ndarray
    middle: np.ndarray
    half: np.ndarray
    series: np.ndarray
    size: np.ndarray
    flat: np.ndarray

    def at(self, z: np.ndarray) -> np.ndarray:
        """The numbers of the cells that hold some z, the upper one at an end."""
        return np.clip(np.searchsorted(self.low, z, side="right") - 1, 0, len(self.low) - 1)


def cells(G, z: np.ndarray, kinks: np.ndarray, most: int = MOST_CELLS) -> SeriesCells:
    """The intervals between neighbouring z, halved until a polynomial follows G on each.

    Raises ValueError when that takes too many, as for a G that is not smooth between the kinks.
    """
    walls = np.union1d(kinks, z[[0, -1]])
    low, high, done, count = z[:-1], z[1:], [], 0
    scale = parent = np.full(len(low), np.inf)
    while len(low):
        wall = np.searchsorted(walls, 0.5 * (low + high))
        start = np.maximum(low - MARGIN * (high - low), walls[wall - 1])
        stop = np.minimum(high + MARGIN * (high - low), walls[wall])
        middle, half = 0.5 * (start + stop), 0.5 * (stop - start)
        x = evaluate(G, (middle[:, None] + half[:, None] * POINTS).ravel())
        x = x.reshape(-1, DEGREE + 1)
        c, size = coefficients(x), np.abs(x).max(axis=1)
        scale = np.where(np.isinf(scale), size, scale)
        tail, moves = np.abs(c[:, -3:]).max(axis=1), np.abs(c[:, 1:]).max(axis=1)
        wanted = np.maximum(1e-13 * moves, 8 * EPS * size)
        enough = tail <= wanted
        # G itself rounds more than its size says, where large terms cancel: halving is no help
        enough |= (tail > 0.2 * parent) & (tail <= 64 * EPS * scale)
        enough |= half <= CLIFF * np.maximum(np.abs(low), np.abs(high))
        flat = np.ptp(x, axis=1) <= FLAT * size
        done.append([a[enough] for a in (low, high, middle, half, c, size, flat)])
        more, count = ~enough, count + enough.sum()
        # one halving brings at most a factor of 2^DEGREE
        parts = np.where(tail > HOPELESS * wanted, 4, 2)[more]
        if count + parts.sum() > most:
            raise Tangled(
                "G must be smooth between its kinks and must not turn thousands of times: say at "
                "which z it is not smooth (kinks=...), and compute it in float64."
            )
        low, high = _split(low[more], high[more], parts)
        scale, parent = np.repeat(scale[more], parts), np.repeat(tail[more], parts)
    columns = [np.concatenate(column) for column in zip(*done, strict=True)]
    order = np.argsort(columns[0])
    return SeriesCells(*(column[order] for column in columns))


def _split(low, high, parts):
    """Each interval in so many equal parts, whose ends neighbours share to the last bit."""
    i, n = places_in_row(parts), np.repeat(parts, parts)
    low, high = np.repeat(low, parts), np.repeat(high, parts)
    length = high - low
    return low + length * (i / n), np.where(i + 1 == n, high, low + length * ((i + 1) / n))


def folds(G, found: SeriesCells) -> np.ndarray:
    """The z, in order, at which the slope of G vanishes; two that rounding cannot part, as one."""
    slope = derivatives(found.series)
    rounding = 200 * EPS * found.size
    may_turn = np.abs(slope[:, 0]) <= np.abs(slope[:, 1:]).sum(axis=1) + rounding
    # how G goes down a cliff is not in its floats, and next to nobody is there
    may_turn &= found.half > CLIFF * np.maximum(np.abs(found.low), np.abs(found.high))
    turning: list[float] = []
    for i in np.nonzero(may_turn & ~found.flat)[0]:
        series = np.trim_zeros(slope[i], "b").tolist() or [0.0]
        z = found.middle[i] + found.half[i] * np.array(zeros(series, float(rounding[i])))
        for end in (found.low[i], found.high[i]):
            z = np.where(np.abs(z - end) <= 64 * EPS * found.half[i], end, z)
        turning += z[(found.low[i] <= z) & (z <= found.high[i])].tolist()
    return _parted(G, np.unique(turning), found)


LOOK = np.linspace(-1, 1, 2 * DEGREE + 1)[:, None]


def peaks(found: SeriesCells) -> tuple[np.ndarray, np.ndarray]:
    """The z at which G nearly folds, and how far, in x, its image is from a true fold.

    Where the size of the slope is least, a + b t^2, it vanishes at t = i sqrt(a / b): the density
    of G(z) has a peak there, and its singularity lies 2/3 a sqrt(a / b) beside the line.
    """
    slope = derivatives(found.series)
    size = np.abs(series(slope.T[:, None], LOOK))
    at, cell = np.nonzero((size[1:-1] < size[:-2]) & (size[1:-1] <= size[2:]))
    t, first = LOOK[at + 1, 0], derivatives(slope[cell])
    with np.errstate(all="ignore"):
        b = 0.5 * series(derivatives(first).T, t)
        step = -0.5 * series(first.T, t) / b
        a = series(slope[cell].T, t) - b * step**2
        width = 2 / 3 * np.abs(a) * np.sqrt(a / b)
    z = found.middle[cell] + found.half[cell] * (t + step)
    kept = (found.low[cell] <= z) & (z <= found.high[cell]) & (width > 0)
    return z[kept], width[kept]


def _parted(G, z: np.ndarray, found: SeriesCells) -> np.ndarray:
    """Folds between which G moves by more than rounding, the others by their middle."""
    x, flats, cell = evaluate(G, z), np.cumsum(found.flat), found.at(z)
    near = np.abs(np.diff(x)) <= FLAT * np.maximum(np.abs(x[1:]), np.abs(x[:-1]))
    near &= flats[cell[1:]] == flats[cell[:-1]]
    if not near.any():
        return z
    group = np.append(0, np.cumsum(~near))
    return np.bincount(group, z) / np.bincount(group)
