"""Confidence intervals for numbers from many games."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from gan_lab.core.validation import number_between


@dataclass(frozen=True, eq=False)
class Interval:
    """Numbers with confidence intervals: `value`, `low` and `high` have one shape.

    Parameters
    ----------
    value : ndarray
        The numbers; nan where there was too little to say.
    low, high : ndarray
        The ends of the intervals.
    n : ndarray of int
        How many games each number is from.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import student
    >>> found = student(np.array([1.0, 2.0, 3.0]), 0.95)
    >>> bool(found.low < found.value < found.high), int(found.n)
    (True, 3)
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n: np.ndarray


def level(confidence) -> float:
    """A share strictly between 0 and 1, or a sentence."""
    return number_between(0.0, 1.0, confidence, "confidence")


def student(x: np.ndarray, confidence: float) -> Interval:
    """The mean over the last axis, without its nan, with Student's t confidence interval.

    Parameters
    ----------
    x : ndarray of shape (..., n)
        The numbers.
    confidence : float
        How sure, as 0.95.

    Returns
    -------
    Interval
        Arrays (...,).

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import student
    >>> found = student(np.array([1.0, 2.0, 3.0, np.nan]), 0.95)
    >>> float(found.value), round(float(found.high), 3), int(found.n)
    (2.0, 4.484, 3)
    """
    n = np.sum(np.isfinite(x), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.nansum(x, axis=-1) / n
        square = np.nansum((x - total[..., None]) ** 2, axis=-1) / (n - 1)
        half = stats.t.ppf(0.5 + confidence / 2, n - 1) * np.sqrt(square / n)
    return Interval(total, total - half, total + half, n)


def order_interval(x: np.ndarray, confidence: float) -> tuple[float, float, float, int]:
    """Distribution-free confidence interval of a median, between two order statistics.

    Parameters
    ----------
    x : ndarray of shape (n,)
        Sorted numbers.
    confidence : float
        How sure, as 0.95.

    Returns
    -------
    tuple of (float, float, float, int)
        (median, low, high, n); infinite ends where there are too few numbers. See `Sweep.median`.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import order_interval
    >>> median, low, high, n = order_interval(np.arange(11.0), 0.95)
    >>> float(median), float(low), float(high), n
    (5.0, 1.0, 9.0, 11)
    """
    n = len(x)
    if n == 0:
        return math.nan, math.nan, math.nan, 0
    # the largest r for which fewer than r numbers lie below the median rarely enough
    r = int(stats.binom.ppf((1 - confidence) / 2, n, 0.5))
    ends = (float(x[r - 1]), float(x[n - r])) if r else (-math.inf, math.inf)
    return float(np.median(x)), *ends, n


def wilson(hits: np.ndarray, n: np.ndarray, confidence: float) -> Interval:
    """Wilson's confidence interval of a share: right also where no game, or every game, is hit.

    Parameters
    ----------
    hits : ndarray of int
        How many hits.
    n : ndarray of int
        Among how many, of the same shape.
    confidence : float
        How sure, as 0.95.

    Returns
    -------
    Interval
        The shares with their intervals.

    References
    ----------
    Wilson 1927, "Probable inference, the law of succession, and statistical inference".

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import wilson
    >>> found = wilson(np.array(0), np.array(10), 0.95)
    >>> float(found.low), round(float(found.high), 3)
    (0.0, 0.278)
    """
    z = stats.norm.ppf(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = hits / n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(p, middle - half, middle + half, n)
