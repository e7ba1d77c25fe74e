"""Distributions of single points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gan_lab.distributions.base import Distribution, checked_probabilities, place


@dataclass(frozen=True)
class Pmf(Distribution):
    """A discrete distribution: atoms only."""

    points: tuple[float, ...]
    weights: tuple[float, ...]

    @property
    def mean(self):
        return math.fsum(w * x for x, w in self.atoms)

    @property
    def sd(self):
        return math.sqrt(math.fsum(w * (x - self.mean) ** 2 for x, w in self.atoms))

    @cached_property
    def atoms(self):
        return tuple(zip(self.points, self.weights, strict=True))

    def log_near(self, anchor, s):
        return np.full(np.broadcast_shapes(np.shape(anchor), np.shape(s)), -np.inf)

    @cached_property
    def _sums(self):
        """The probability below each point and up to it, and that from each point on."""
        below = np.concatenate([[0.0], np.cumsum(self.weights)[:-1], [1.0]])
        above = np.concatenate([[1.0], np.cumsum(self.weights[::-1])[-2::-1], [0.0]])
        return np.minimum(below, 1.0), np.minimum(above, 1.0)

    def cdf(self, x):
        return self._sums[0][np.searchsorted(self.points, x, side="right")]

    def sf(self, x):
        return self._sums[1][np.searchsorted(self.points, x, side="right")]

    def ppf(self, u):
        return np.asarray(self.points)[np.searchsorted(self._sums[0][1:-1], u)]

    def panels(self):
        return np.asarray(self.points)

    def __repr__(self):
        return f"pmf({list(self.points)!r}, {list(self.weights)!r})"


def pmf(
    points: Sequence[float] | np.ndarray, weights: Sequence[float] | np.ndarray
) -> Distribution:
    """A discrete distribution: probability mass at points of the line.

    Its pdf is 0 everywhere; `mass(x)` gives the probability of a point.

    Parameters
    ----------
    points : sequence of float
        Where it lives.
    weights : sequence of float
        The probability of each.

    Returns
    -------
    Distribution
        With an atom at each point.

    Raises
    ------
    ValueError
        For repeated or infinite points and for weights that are not probabilities.

    Examples
    --------
    >>> from gan_lab.distributions import pmf
    >>> coin = pmf([0, 1], [0.5, 0.5])
    >>> float(coin.mass(1.0)), float(coin.pdf(1.0))
    (0.5, 0.0)
    """
    points = [place("A point", x) for x in points]
    if not points:
        raise ValueError("A discrete distribution needs at least one point.")
    if len(set(points)) < len(points):
        raise ValueError("The points of a discrete distribution must differ from one another.")
    weights = checked_probabilities("The weights", weights, len(points))
    kept = sorted((x, w) for x, w in zip(points, weights, strict=True) if w > 0)
    return Pmf(tuple(x for x, _ in kept), tuple(w for _, w in kept))
