"""Laws in the plane, known in closed form: mixtures of round Gaussians.

A law on a curve that is blurred by a Gaussian is such a mixture too, with a continuum of centres;
a quadrature rule along the curve makes it one of many, to an error that is stated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr

AT_ONCE = 2_000_000
"""How many pairs (point, centre) are held in memory at a time."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)


@dataclass(frozen=True, eq=False)
class Plane:
    """sum_i weights[i] N(centres[i], sds[i]^2 I) in the plane.

    centres (n, 2), sds (n,), weights (n,), which sum to 1. `error` is how far the density may be
    from the one meant, as a share of its largest value.
    """

    centres: np.ndarray
    sds: np.ndarray
    weights: np.ndarray
    error: float = 0.0

    def logpdf(self, x) -> np.ndarray:
        """log of the density at points (..., 2)."""
        x = self.points(x)
        flat, step = x.reshape(-1, 2), max(1, AT_ONCE // len(self.sds))
        norm = np.log(self.weights) - np.log(2 * np.pi) - 2 * np.log(self.sds)
        found = np.empty(len(flat))
        for start in range(0, len(flat), step):
            some = flat[start : start + step]
            square = sum((some[:, None, i] - self.centres[:, i]) ** 2 for i in (0, 1))
            found[start : start + step] = logsumexp(norm - 0.5 * square / self.sds**2, axis=1)
        return found.reshape(x.shape[:-1])

    def pdf(self, x) -> np.ndarray:
        """The density at points (..., 2)."""
        return np.exp(self.logpdf(x))

    @staticmethod
    def points(x) -> np.ndarray:
        x = np.asarray(x, dtype=float)
        if x.ndim < 1 or x.shape[-1] != 2:
            raise ValueError(f"Points of the plane must have the shape (n, 2), not {x.shape}.")
        return x

    def cells(self, x, y) -> np.ndarray:
        """The probability of each cell (len(x) - 1, len(y) - 1) between edges x and y, exactly."""
        across, up = (self.strips(edges, i) for i, edges in enumerate((x, y)))
        return (self.weights[:, None] * across).T @ up

    def strips(self, edges, i: int) -> np.ndarray:
        """(centres, len(edges) - 1): the probability of each centre between edges of axis i."""
        s = (np.asarray(edges, dtype=float) - self.centres[:, i : i + 1]) / self.sds[:, None]
        # on the side of the centre where ndtr does not round to 1
        right = s[:, :-1] > 0
        low, high = np.where(right, -s[:, 1:], s[:, :-1]), np.where(right, -s[:, :-1], s[:, 1:])
        return ndtr(high) - ndtr(low)

    @property
    def mean(self) -> np.ndarray:
        """The expectation of x, (2,)."""
        return self.weights @ self.centres

    @property
    def covariance(self) -> np.ndarray:
        """The covariance matrix of x, (2, 2)."""
        apart = self.centres - self.mean
        within = self.weights @ self.sds**2
        return (self.weights * apart.T) @ apart + within * np.eye(2)


def blurred(path: Callable[[np.ndarray], np.ndarray], sd: float, length: float) -> Plane:
    """The law of path(u) + sd * N(0, I) for u uniform on (0, 1).

    `path` maps (n,) to (n, 2) smoothly; `length` is at least its largest |d path / du|. Gauss's
    rule with 8 nodes on each stretch of at most 2 sd: its error is below 1e-8 of the largest
    density wherever the path is nearly straight over such a stretch.
    """
    stretches = max(8, int(np.ceil(length / (2 * sd))))
    left = np.arange(stretches)[:, None]
    u = ((left + 0.5 * (NODES + 1)) / stretches).ravel()
    weights = np.tile(0.5 * WEIGHTS / stretches, stretches)
    return Plane(path(u), np.full(len(u), float(sd)), weights, 1e-8)


def together(parts) -> Plane:
    """The equal mixture of several laws."""
    parts = list(parts)
    columns = [
        np.concatenate([getattr(p, name) for p in parts]) for name in ("centres", "sds", "weights")
    ]
    return Plane(columns[0], columns[1], columns[2] / len(parts), max(p.error for p in parts))
