"""Confidence intervals for numbers from many games."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import stats

from gan_lab.refusals import number_between


@dataclass(frozen=True, eq=False)
class Interval:
    """Numbers with confidence intervals of 95 %: `value`, `low` and `high` have one shape.

    nan where there was too little to say. `n` is how many games each number is from.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    n: np.ndarray


def level(confidence) -> float:
    """A share strictly between 0 and 1, or a sentence."""
    return number_between(0.0, 1.0, confidence, "confidence")


def student(x: np.ndarray, confidence: float) -> Interval:
    """The mean over the last axis, without its nan, with Student's t interval."""
    n = np.sum(np.isfinite(x), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        total = np.nansum(x, axis=-1) / n
        square = np.nansum((x - total[..., None]) ** 2, axis=-1) / (n - 1)
        half = stats.t.ppf(0.5 + confidence / 2, n - 1) * np.sqrt(square / n)
    return Interval(total, total - half, total + half, n)


def order_interval(x: np.ndarray, confidence: float) -> tuple[float, float, float, int]:
    """(median, low, high, n) of sorted numbers; see `Sweep.median`."""
    n = len(x)
    if n == 0:
        return math.nan, math.nan, math.nan, 0
    # the largest r for which fewer than r numbers lie below the median rarely enough
    r = int(stats.binom.ppf((1 - confidence) / 2, n, 0.5))
    ends = (float(x[r - 1]), float(x[n - r])) if r else (-math.inf, math.inf)
    return float(np.median(x)), *ends, n


def wilson(hits: np.ndarray, n: np.ndarray, confidence: float) -> Interval:
    """The interval for a share of Wilson 1927: right also where no game, or every game, is hit."""
    z = stats.norm.ppf(0.5 + confidence / 2)
    with np.errstate(invalid="ignore", divide="ignore"):
        p = hits / n
        middle = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return Interval(p, middle - half, middle + half, n)
