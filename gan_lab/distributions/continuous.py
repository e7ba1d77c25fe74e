"""The Gaussian and the uniform distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import special

from gan_lab.distributions.base import EPS, Distribution, place, size, spacings
from gan_lab.distributions.families import gaussian_tail

STEPS = np.array([-np.inf, -16, -8, -5, -2.5, 0, 2.5, 5, 8, 16, np.inf])
WIDTHS = spacings(STEPS)


@dataclass(frozen=True)
class Gaussian(Distribution):
    """N(mean, sd^2)."""

    mean: float
    sd: float
    support = ((-np.inf, np.inf),)
    weights = (1.0,)

    @property
    def means(self) -> tuple[float]:
        """As a mixture of one component."""
        return (self.mean,)

    @property
    def sds(self) -> tuple[float]:
        return (self.sd,)

    def log_near(self, anchor, s):
        y = ((anchor - self.mean) + s) / self.sd
        return -0.5 * (y * y) - (np.log(self.sd) + 0.5 * np.log(2 * np.pi))

    def cdf(self, x):
        return special.ndtr((np.asarray(x, dtype=float) - self.mean) / self.sd)

    def sf(self, x):
        return special.ndtr((self.mean - np.asarray(x, dtype=float)) / self.sd)

    def ppf(self, u):
        return self.mean + self.sd * special.ndtri(np.asarray(u, dtype=float))

    def sample(self, n, rng):
        return rng.normal(self.mean, self.sd, n)

    def panels(self):
        return np.unique(self.mean + self.sd * STEPS)

    def marks(self):
        return self.mean + self.sd * STEPS, self.sd * WIDTHS, ~np.isfinite(STEPS)

    def slip(self, anchor):
        return EPS * np.abs(anchor - self.mean)

    def ends(self):
        return {
            (-np.inf, 1): gaussian_tail(-self.mean, self.sd),
            (np.inf, -1): gaussian_tail(self.mean, self.sd),
        }

    def as_dict(self):
        return {"means": [self.mean], "sds": [self.sd], "weights": [1.0]}

    def __repr__(self):
        return f"gaussian({self.mean!r}, {self.sd!r})"


@dataclass(frozen=True)
class Uniform(Distribution):
    """Density 1 / (high - low) between low and high."""

    low: float
    high: float

    @property
    def mean(self):
        return 0.5 * self.low + 0.5 * self.high

    @property
    def sd(self):
        return (self.high - self.low) / math.sqrt(12)

    @cached_property
    def support(self):
        return ((self.low, self.high),)

    def log_near(self, anchor, s):
        above, below = (anchor - self.low) + s, (anchor - self.high) + s
        inside = (above >= 0) & (below <= 0)
        return np.where(inside, -np.log(self.high - self.low), -np.inf)

    def cdf(self, x):
        x = np.asarray(x, dtype=float)
        return np.clip((x - self.low) / (self.high - self.low), 0, 1)

    def sf(self, x):
        x = np.asarray(x, dtype=float)
        return np.clip((self.high - x) / (self.high - self.low), 0, 1)

    def ppf(self, u):
        return self.low + (self.high - self.low) * np.asarray(u, dtype=float)

    def panels(self):
        return np.array([self.low, self.high])

    def as_dict(self):
        width = self.high - self.low
        return {"kind": "law", "name": "uniform", "shapes": [], "loc": self.low, "scale": width}

    def __repr__(self):
        return f"uniform({self.low!r}, {self.high!r})"


def gaussian(mean: float = 0.0, sd: float = 1.0) -> Gaussian:
    """The normal (Gaussian) distribution N(mean, sd^2).

    Parameters
    ----------
    mean : float
        At most 1e150 in size.
    sd : float
        The standard deviation, from 1e-150 to 1e150.

    Returns
    -------
    Distribution
        N(mean, sd^2).

    Raises
    ------
    ValueError
        In one sentence, outside these ranges.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> round(float(gaussian(3, 0.5).cdf(3.5)), 4)
    0.8413
    """
    return Gaussian(place("The mean", mean), size("The standard deviation", sd))


def uniform(low: float, high: float) -> Distribution:
    """The uniform distribution between low and high.

    Parameters
    ----------
    low, high : float
        The ends, both at most 1e150 in size and at least 1e-150 apart.

    Returns
    -------
    Distribution
        With the density 1 / (high - low) between them.

    Raises
    ------
    ValueError
        In one sentence, unless low < high within these bounds.

    Examples
    --------
    >>> from gan_lab.distributions import uniform
    >>> float(uniform(2, 4).pdf(3.0))
    0.5
    """
    low, high = place("low", low), place("high", high)
    if not low < high:
        raise ValueError(f"low must be below high, and {low!r} is not below {high!r}.")
    size("Half the distance from low to high", 0.5 * (high - low))
    return Uniform(low, high)
