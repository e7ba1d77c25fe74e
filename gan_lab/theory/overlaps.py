"""Which of many intervals lie over a point: decided once, by index over the ends that they share.

A point is never compared with the ends of one interval after another: two numbers that should be
equal and were computed in two ways would leave a hole between neighbours, or an overlap.
"""

from __future__ import annotations

import numpy as np


class Overlaps:
    """Intervals [low, high], and over which gaps between neighbouring `ends` each of them lies."""

    def __init__(self, low: np.ndarray, high: np.ndarray):
        self.ends = np.unique(np.concatenate([low, high]))
        self.first, self.last = np.searchsorted(self.ends, low), np.searchsorted(self.ends, high)
        lengths = self.last - self.first
        gap = places_in_row(lengths) + np.repeat(self.first, lengths)
        order = np.argsort(gap, kind="stable")
        self.over = np.repeat(np.arange(len(low)), lengths)[order]
        self.offsets = np.searchsorted(gap[order], np.arange(len(self.ends) + 1))

    def gap(self, anchor, s) -> np.ndarray:
        """The gap that holds anchor + s, which may lie nearer to an end than floats can say.

        -1 is before the first end, len(ends) - 1 after the last; an end belongs to the gap above.
        """
        x, rest = exact_sum(anchor, s)
        gap = np.searchsorted(self.ends, x, side="right") - 1
        return gap - (self._end_below(gap, x) & (rest < 0))

    def at_an_end(self, gap, anchor, s) -> np.ndarray:
        """Whether anchor + s is exactly the end below its gap."""
        x, rest = exact_sum(anchor, s)
        return self._end_below(gap, x) & (rest == 0)

    def _end_below(self, gap, x):
        if not len(self.ends):
            return np.zeros(np.shape(gap), dtype=bool)
        return (gap >= 0) & (x == self.ends[np.maximum(gap, 0)])

    def pairs(self, gap: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(point, interval) for all intervals over each point's gap, and how many each has."""
        inside = (gap >= 0) & (gap < len(self.ends) - 1)
        start = self.offsets[np.where(inside, gap, 0)]
        count = np.where(inside, self.offsets[np.where(inside, gap + 1, 0)] - start, 0)
        point = np.repeat(np.arange(len(gap)), count)
        return point, self.over[places_in_row(count) + np.repeat(start, count)], count

    def wholly(self, weight: np.ndarray, above: bool) -> np.ndarray:
        """For each gap, from -1 on: the weight of the intervals wholly below it, or above."""
        n = len(self.ends)
        if above:
            at = np.bincount(self.first, weight, n)
            return np.append(np.cumsum(at[::-1])[::-1], 0.0)
        return np.concatenate([[0.0], np.cumsum(np.bincount(self.last, weight, n))])


def places_in_row(lengths: np.ndarray) -> np.ndarray:
    """0, 1, ..., length - 1 for each of the lengths, in one row."""
    return np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)


def exact_sum(a, b) -> tuple[np.ndarray, np.ndarray]:
    """a + b as it rounds, and what rounding left out of it (Knuth's two-sum); 0 at infinities."""
    x = a + b
    part = x - a
    rest = (a - (x - part)) + (b - part)
    return x, np.where(np.isfinite(rest), rest, 0.0)


def sums(parts: np.ndarray, count: np.ndarray) -> np.ndarray:
    """The sums of consecutive groups of the given lengths; 0 for none."""
    result = np.zeros(len(count))
    some = count > 0
    if some.any():
        result[some] = np.add.reduceat(parts, (np.cumsum(count) - count)[some])
    return result


def log_sums(parts: np.ndarray, count: np.ndarray) -> np.ndarray:
    """log of the sum of exp over consecutive groups of the given lengths; -inf for none."""
    top = np.full(len(count), -np.inf)
    some = count > 0
    if not some.any():
        return top
    top[some] = np.maximum.reduceat(parts, (np.cumsum(count) - count)[some])
    safe = np.where(np.isfinite(top), top, 0.0)
    total = sums(np.exp(parts - np.repeat(safe, count)), count)
    return np.where(np.isfinite(top), safe + np.log(total), top)
