"""The graph of p_g on the line as it is drawn: with every step, however thin it is.

Points of an axis are not enough. Early in a game p_g is a needle that falls between two of them,
and where G has a kink it jumps. Here are as many points as the law itself asks for.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit, ndtr

from gan_lab.theory import Distribution
from gan_lab.theory.pushforward import Pushed

SPOTS = ndtr(np.linspace(-6, 6, 193))
"""Levels of p_z whose images are looked at: nearly all of p_g lies between the outermost."""

NEARER = 0.65 ** np.arange(1, 41)
AROUND = 6
"""Where points lie between a pole and the sixth point beside it, of their distance."""

CLOSE = 1e-3
"""How far a line may be from the density, of the height of the picture ..."""

RELATIVE = 5e-3
"""... or of the density itself, whichever is more."""


def outline(p_g: Distribution, G, p_z: Distribution, x: np.ndarray, high: float) -> np.ndarray:
    """The graph of p_g over the axis x as a line: (2, v), the vertices' x and their heights.

    x never falls: at a step two vertices share it. The line is within 0.5 % of p_g, or within
    0.001 `high` where that is more; a height is infinite where G folds.
    """
    ends = np.array([x[0], x[-1]])
    if not isinstance(p_g, Pushed):
        return np.stack([ends, p_g.pdf(ends)])
    there = points_between(
        np.concatenate([x, p_g.ends_of_pieces, p_g.panels(), G(p_z.ppf(SPOTS))]), ends
    )
    points = np.union1d(there, near_poles(there, points_between(p_g.poles, ends)))
    heights = np.exp(np.stack([p_g.log_beside(points, side) for side in (-1, 1)], axis=1))
    at, height = np.repeat(points, 2)[1:-1], heights.ravel()[1:-1]
    differs = np.append(True, (np.diff(at) > 0) | (np.diff(height) != 0))
    return thinned(np.stack([at, height])[:, differs], high)


def points_between(points: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Those of the points that lie from the first to the last of two ends, in order."""
    return np.unique(points[(points >= ends[0]) & (points <= ends[1])])


def near_poles(points: np.ndarray, poles: np.ndarray) -> np.ndarray:
    """Ever nearer points on both sides of each pole, which is one of the points."""
    i = np.searchsorted(points, poles)
    below, above = np.maximum(i - AROUND, 0), np.minimum(i + AROUND, len(points) - 1)
    away = points[np.stack([below, above])] - poles
    return (poles + NEARER[:, None, None] * away).ravel()


def thinned(line: np.ndarray, high: float) -> np.ndarray:
    """As few of the vertices as keep the line close: Douglas and Peucker 1973, by heights."""
    x, y = line[0], np.minimum(line[1], 2 * np.max(line[1], where=np.isfinite(line[1]), initial=0))
    room = np.maximum(CLOSE * high, RELATIVE * y)
    keep = np.zeros(len(x), bool)
    keep[[0, -1]] = True
    waiting = [(0, len(x) - 1)]
    while waiting:
        i, j = waiting.pop()
        share = (x[i:j] - x[i]) / ((x[j] - x[i]) or 1.0)
        off = np.abs(y[i:j] - y[i] - share * (y[j] - y[i])) / room[i:j]
        far = int(np.argmax(off))
        if off[far] > 1:
            keep[i + far] = True
            waiting += [(i, i + far), (i + far, j)]
    return line[:, keep]


def graph(frame) -> tuple[np.ndarray, np.ndarray]:
    """p_g of a frame as a line; of one without an outline, through the points of its axis."""
    return (frame.x, frame.p_g) if frame.outline is None else tuple(frame.outline)


def best_line(frame) -> tuple[np.ndarray, np.ndarray]:
    """D* as a line: through the points of the axis, and the vertices of p_g's line between them.

    There p_data is that of the points beside them, which are near enough.
    """
    if frame.outline is None or np.isnan(frame.D_star).all():
        return frame.x, frame.D_star
    at, p_g = frame.outline
    with np.errstate(all="ignore"):
        D_star = expit(np.log(np.interp(at, frame.x, frame.p_data)) - np.log(p_g))
    known = ~np.isnan(D_star)
    rest = ~np.isin(frame.x, at[known])
    x = np.concatenate([at[known], frame.x[rest]])
    order = np.argsort(x, kind="stable")
    return x[order], np.concatenate([D_star[known], frame.D_star[rest]])[order]
