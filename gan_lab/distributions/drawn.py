"""The distribution whose density was drawn by hand: linear between given points, 0 beyond them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gan_lab.core.validation import listed
from gan_lab.distributions.base import Distribution, Moments, finite_number
from gan_lab.distributions.tails import Tail, power

LISTS = " of a drawn density must be a list of numbers"


@dataclass(frozen=True)
class Drawn(Moments, Distribution):
    """Density `heights` at the increasing `points`, linear between them; it integrates to 1."""

    points: tuple[float, ...]
    heights: tuple[float, ...]

    @cached_property
    def _nodes(self):
        """(x, h, mass of each gap, mass below each point) as arrays."""
        x, h = np.asarray(self.points), np.asarray(self.heights)
        mass = 0.5 * (h[1:] + h[:-1]) * np.diff(x)
        return x, h, mass, np.concatenate([[0.0], np.cumsum(mass)])

    @cached_property
    def support(self):
        joined: list[tuple[float, float]] = []
        x, _, mass, _ = self._nodes
        for low, high, m in zip(x[:-1], x[1:], mass, strict=True):
            if m > 0 and joined and low == joined[-1][1]:
                joined[-1] = (joined[-1][0], float(high))
            elif m > 0:
                joined.append((float(low), float(high)))
        return tuple(joined)

    def log_near(self, anchor, s):
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        x, h, *_ = self._nodes
        at = anchor + s
        gap = np.searchsorted(x, at, side="right") - 1
        from_left = (at == anchor) & (s < 0) | (at == x[-1]) & ((s <= 0) | (anchor < at))
        gap = np.where(from_left, np.searchsorted(x, at, side="left") - 1, gap)
        inside = (gap >= 0) & (gap < len(x) - 1)
        i = np.where(inside, gap, 0)
        # by the distances from both ends, so that no digit is lost where the density vanishes
        below, above = (anchor - x[i]) + s, (x[i + 1] - anchor) - s
        value = (h[i] * above + h[i + 1] * below) / (x[i + 1] - x[i])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(inside & (value > 0), np.log(value), -np.inf)

    def cdf(self, x):
        return np.clip(self._area(np.asarray(x, dtype=float), True), 0.0, 1.0)

    def sf(self, x):
        return np.clip(self._area(np.asarray(x, dtype=float), False), 0.0, 1.0)

    def _area(self, at, below: bool):
        """The integral up to `at`, or from there on."""
        x, h, mass, sums = self._nodes
        at = np.clip(at, x[0], x[-1])
        i = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(mass) - 1)
        here = h[i] + (h[i + 1] - h[i]) * (at - x[i]) / (x[i + 1] - x[i])
        if below:
            return sums[i] + 0.5 * (h[i] + here) * (at - x[i])
        rest = np.concatenate([np.cumsum(mass[::-1])[::-1], [0.0]])
        return rest[i + 1] + 0.5 * (here + h[i + 1]) * (x[i + 1] - at)

    def ppf(self, u):
        x, h, mass, sums = self._nodes
        u = np.asarray(u, dtype=float)
        i = np.clip(np.searchsorted(sums, u, side="left") - 1, 0, len(mass) - 1)
        need, slope = np.clip(u - sums[i], 0.0, mass[i]), (h[i + 1] - h[i]) / (x[i + 1] - x[i])
        root = np.sqrt(np.maximum(h[i] ** 2 + 2 * slope * need, 0.0))
        with np.errstate(divide="ignore", invalid="ignore"):  # stable root of the quadratic
            t = np.where(need > 0, 2 * need / (h[i] + root), 0.0)
        return np.minimum(x[i] + t, x[i + 1])

    def panels(self):
        return self._nodes[0]

    @cached_property
    def _ends(self):
        x, h, mass, _ = self._nodes
        ends: dict[tuple[float, int], Tail | None] = {}
        for i in np.flatnonzero(h == 0):
            if i < len(mass) and mass[i] > 0:
                ends[float(x[i]), 1] = power(-1)
            if i > 0 and mass[i - 1] > 0:
                ends[float(x[i]), -1] = power(-1)
        return ends

    def ends(self):
        return self._ends

    @cached_property
    def _moments(self) -> tuple[float, float]:
        """(mean, standard deviation), in closed form."""
        x, h, mass, _ = self._nodes
        a, b, p, q, w = x[:-1], x[1:], h[:-1], h[1:], np.diff(x)
        mean = np.sum(w * (p * (2 * a + b) + q * (a + 2 * b)) / 6)
        a, b = a - mean, b - mean
        square = p * (3 * a * a + 2 * a * b + b * b) + q * (a * a + 2 * a * b + 3 * b * b)
        return float(mean), float(np.sqrt(np.sum(w * square) / 12))

    def as_dict(self):
        return {"kind": "drawn", "points": list(self.points), "heights": list(self.heights)}

    def __repr__(self):
        return f"drawn({list(self.points)!r}, {list(self.heights)!r})"


def drawn(points: Sequence[float] | np.ndarray, heights: Sequence[float] | np.ndarray) -> Drawn:
    """A density drawn by hand: linear between points, made to integrate to 1.

    Parameters
    ----------
    points : sequence of float
        At least two, increasing.
    heights : sequence of float
        The height at each, none below 0 and one above.

    Returns
    -------
    Distribution
        The density through them.

    Raises
    ------
    ValueError
        In one sentence, unless points and heights are as said.

    Examples
    --------
    >>> from gan_lab.distributions import drawn
    >>> roof = drawn([0, 1, 2], [0, 5, 0])
    >>> round(float(roof.pdf(1.0)), 6), round(roof.mean, 6)
    (1.0, 1.0)
    """
    x = [finite_number("A point", v) for v in listed(points, f"The points{LISTS}")]
    h = [finite_number("A height", v) for v in listed(heights, f"The heights{LISTS}")]
    if len(x) != len(h) or len(x) < 2:
        raise ValueError(
            "A drawn density needs as many heights as points, two or more of each, "
            f"not {len(x)} points and {len(h)} heights."
        )
    if not np.all(np.diff(x) > 0):
        raise ValueError("The points of a drawn density must increase.")
    if min(h) < 0 or max(h) <= 0:
        raise ValueError("The heights of a drawn density must not be below 0, nor all be 0.")
    top = max(h)  # first, so that no area overflows or vanishes
    area = float(np.sum(0.5 * (np.array(h)[1:] / top + np.array(h)[:-1] / top) * np.diff(x)))
    if abs(area * top - 1) > 1e-12:  # a density read back from JSON keeps its very bits
        h = [value / top / area for value in h]
    return Drawn(tuple(x), tuple(h))
