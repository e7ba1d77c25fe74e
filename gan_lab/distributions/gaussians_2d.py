"""Distributions in the plane, known in closed form: mixtures of round Gaussians.

A distribution on a curve that is blurred by a Gaussian is such a mixture too, with a continuum of
centres; a quadrature rule along the curve makes it one of many, to an error that is stated.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr

AT_ONCE = 2_000_000
"""How many pairs (point, centre) are held in memory at a time."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(8)


class Distribution2D:
    """A probability distribution in the plane: density, cells, samples, mean and sd.

    What a recipe, a frame and a divergence on cells take. Each is a mixture of round Gaussians, or
    is one to an error that is stated: a subclass says what `bells`, and what follows from them is
    here. `mean` and `sd` are those by which a game standardises: one sd for both coordinates.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.datasets import ring
    >>> from gan_lab.distributions import Distribution2D
    >>> p = ring(modes=8, sd=0.05)
    >>> isinstance(p, Distribution2D), p.sample(100, np.random.default_rng(0)).shape
    (True, (100, 2))
    >>> round(p.sd, 3)
    0.709
    """

    dim = 2

    @property
    def bells(self) -> Gaussians2D:
        """The mixture of round Gaussians that this distribution is, as arrays."""
        raise NotImplementedError

    def logpdf(self, x) -> np.ndarray:
        """log of the density at points (..., 2)."""
        bells, x = self.bells, plane_points(x)
        flat, step = x.reshape(-1, 2), max(1, AT_ONCE // len(bells.sds))
        norm = np.log(bells.weights) - np.log(2 * np.pi) - 2 * np.log(bells.sds)
        found = np.empty(len(flat))
        for start in range(0, len(flat), step):
            some = flat[start : start + step]
            square = sum((some[:, None, i] - bells.centres[:, i]) ** 2 for i in (0, 1))
            found[start : start + step] = logsumexp(norm - 0.5 * square / bells.sds**2, axis=1)
        return found.reshape(x.shape[:-1])

    def pdf(self, x) -> np.ndarray:
        """The density at points (..., 2)."""
        return np.exp(self.logpdf(x))

    def cells(self, x, y) -> np.ndarray:
        """The probability of each cell (len(x) - 1, len(y) - 1) between edges x and y, exactly."""
        across, up = (strips(self.bells, edges, i) for i, edges in enumerate((x, y)))
        return (self.bells.weights[:, None] * across).T @ up

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """n independent draws (n, 2)."""
        bells = self.bells
        which = rng.choice(len(bells.sds), n, p=bells.weights)
        return bells.centres[which] + bells.sds[which, None] * rng.normal(size=(n, 2))

    @property
    def mean(self) -> tuple[float, float]:
        """The expectation of x."""
        return tuple((self.bells.weights @ self.bells.centres).tolist())

    @property
    def covariance(self) -> np.ndarray:
        """The covariance matrix of x, (2, 2)."""
        bells = self.bells
        apart = bells.centres - bells.weights @ bells.centres
        within = bells.weights @ bells.sds**2
        return (bells.weights * apart.T) @ apart + within * np.eye(2)

    @property
    def sd(self) -> float:
        """The root of the mean variance of the coordinates."""
        return math.sqrt(np.trace(self.covariance) / 2)

    @property
    def thinnest(self) -> float:
        """The smallest standard deviation of a bell, below which the density does not vary."""
        return float(self.bells.sds.min())


@dataclass(frozen=True, eq=False)
class Gaussians2D(Distribution2D):
    """Mixture of round Gaussians in the plane: sum_i weights[i] N(centres[i], sds[i]^2 I).

    Parameters
    ----------
    centres : ndarray of shape (n, 2)
        The means.
    sds : ndarray of shape (n,)
        The standard deviation of each, the same in both coordinates.
    weights : ndarray of shape (n,)
        Their probabilities, which sum to 1.
    error : float
        How far the density may be from the one meant, as a share of its largest value.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.distributions import Gaussians2D
    >>> p = Gaussians2D(np.array([[-1.0, 0.0], [1.0, 0.0]]), np.ones(2), np.full(2, 0.5))
    >>> p.covariance.tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    >>> round(float(p.cells([-9, 9], [0, 9])[0, 0]), 6)
    0.5
    """

    centres: np.ndarray
    sds: np.ndarray
    weights: np.ndarray
    error: float = 0.0

    @property
    def bells(self) -> Gaussians2D:
        """Itself."""
        return self


def plane_points(x) -> np.ndarray:
    """Points of the plane as float64 (..., 2), or a sentence."""
    x = np.asarray(x, dtype=float)
    if x.ndim < 1 or x.shape[-1] != 2:
        raise ValueError(f"Points of the plane must have the shape (n, 2), not {x.shape}.")
    return x


def strips(bells: Gaussians2D, edges, i: int) -> np.ndarray:
    """(bells, len(edges) - 1): the probability of each bell between edges of axis i."""
    s = (np.asarray(edges, dtype=float) - bells.centres[:, i : i + 1]) / bells.sds[:, None]
    # on the side of the centre where ndtr does not round to 1
    right = s[:, :-1] > 0
    low, high = np.where(right, -s[:, 1:], s[:, :-1]), np.where(right, -s[:, :-1], s[:, 1:])
    return ndtr(high) - ndtr(low)


def blurred_path(path: Callable[[np.ndarray], np.ndarray], sd: float, length: float) -> Gaussians2D:
    """The distribution of path(u) + sd * N(0, I) for u uniform on (0, 1).

    `path` maps (n,) to (n, 2) smoothly; `length` is at least its largest |d path / du|. Gauss's
    rule with 8 nodes on each stretch of at most 2 sd: its error is below 1e-8 of the largest
    density wherever the path is nearly straight over such a stretch.
    """
    stretches = max(8, int(np.ceil(length / (2 * sd))))
    left = np.arange(stretches)[:, None]
    u = ((left + 0.5 * (NODES + 1)) / stretches).ravel()
    weights = np.tile(0.5 * WEIGHTS / stretches, stretches)
    return Gaussians2D(path(u), np.full(len(u), float(sd)), weights, 1e-8)


def equal_mixture(parts) -> Gaussians2D:
    """The equal mixture of several."""
    parts = list(parts)
    columns = [
        np.concatenate([getattr(p, name) for p in parts]) for name in ("centres", "sds", "weights")
    ]
    return Gaussians2D(columns[0], columns[1], columns[2] / len(parts), max(p.error for p in parts))
