"""Chebyshev series on [-1, 1]: coefficients from values, evaluation, slopes, zeros.

No product of matrices is made here: a processor's BLAS rounds in its own way, and where a
generator turns should not hang on that.
"""

from __future__ import annotations

import numpy as np
from numpy.polynomial.chebyshev import chebpts1
from scipy.fft import dct

DEGREE = 16
POINTS = chebpts1(DEGREE + 1)
EPS = float(np.finfo(float).eps)


def coefficients(values: np.ndarray) -> np.ndarray:
    """(rows, DEGREE + 1) series through the values at POINTS, without what is only rounding."""
    c = dct(values[:, ::-1], type=2, axis=1) / values.shape[1]
    c[:, 0] *= 0.5
    rounding = 2 * EPS * np.abs(values).max(axis=1, keepdims=True)
    last = np.maximum.accumulate(np.abs(c[:, ::-1]), axis=1)[:, ::-1]
    return np.where(last > rounding, c, 0.0)


def derivatives(c: np.ndarray) -> np.ndarray:
    """The series of the derivatives, (rows, n - 1) from (rows, n)."""
    found = 2.0 * np.arange(1, c.shape[1]) * c[:, 1:]
    for first in (0, 1):  # each takes up every second one above it
        every = found[:, ::-1][:, first::2]
        np.cumsum(every, axis=1, out=every)
    found[:, :1] *= 0.5
    return found


def derivative_of_one(c: list[float]) -> list[float]:
    """The same of one series, in plain numbers."""
    return derivatives(np.array([c]))[0].tolist()


def series(c: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The sum of c[k] T_k(t), the degrees along the first axis of c, by Clenshaw's recurrence."""
    shape = np.broadcast_shapes(c.shape[1:], np.shape(t))
    twice, last = 2 * t, np.zeros(shape)
    b, new = np.broadcast_to(c[-1], shape).copy(), np.empty(shape)
    for row in c[-2:0:-1]:  # in three arrays that change places: this is where a frame's time goes
        np.multiply(twice, b, out=new)
        new += row
        new -= last
        last, b, new = b, new, last
    return c[0] + t * b - last if len(c) > 1 else np.broadcast_to(c[0], shape).copy()


def deflated(c: np.ndarray, t: np.ndarray) -> np.ndarray:
    """The series of (f(u) - f(t)) / (u - t) in u, for each row of c and its own t."""
    b = np.zeros((c.shape[1] + 2, len(c)))
    for k in range(c.shape[1] - 1, 0, -1):
        b[k] = c[:, k] + 2 * t * b[k + 1] - b[k + 2]
    quotient = 2 * b[1 : c.shape[1] + 1].T
    quotient[:, 0] *= 0.5
    return quotient


def at(c: list[float], t: float) -> float:
    """`series` of plain numbers, which for one point is faster without arrays."""
    b = before = 0.0
    for a in c[:0:-1]:
        b, before = a + 2 * t * b - before, b
    return c[0] + t * b - before


def zeros(c: list[float], rounding: float = 0.0) -> list[float]:
    """The t in [-1, 1], in order, at which the series vanishes; a zero that it touches, once.

    Between two zeros of its slope a series is monotone: there a change of sign is one zero.
    Where it turns, and at the ends, an amount of at most `rounding` is a zero too.
    """
    if abs(c[0]) > sum(map(abs, c[1:])) + rounding or not any(c):
        return []
    turns = zeros(derivative_of_one(c), 4 * len(c) * rounding) if len(c) > 2 else []
    points = [-1.0, *(t for t in turns if -1 < t < 1), 1.0]
    values = [at(c, t) for t in points]
    found = {t for t, v in zip(points, values, strict=True) if abs(v) <= rounding}
    for i in range(len(points) - 1):
        low, high = values[i : i + 2]
        if low * high < 0 and min(abs(low), abs(high)) > rounding:
            found.add(_between(c, points[i], points[i + 1], low))
    return sorted(found)


def _between(c: list[float], low: float, high: float, at_low: float) -> float:
    """The zero between two points of opposite sign: Newton's steps, halved where they leave."""
    slopes_of_c = derivative_of_one(c)
    t = 0.5 * (low + high)
    for _ in range(100):
        value = at(c, t)
        low, high = (t, high) if value * at_low > 0 else (low, t)
        steep = at(slopes_of_c, t)
        step = t - value / steep if steep else low
        new = step if low < step < high else 0.5 * (low + high)
        if abs(new - t) <= 2 * EPS:
            return new
        t = new
    return t
