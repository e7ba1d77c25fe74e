"""What a distribution on the line is: evaluate, sample, print as code, go to JSON.

A `Distribution` has a part with a pdf and, possibly, atoms (points of positive probability). It
owns its support and its quadrature panels, so that no integral has a magic bound. Everything is in
float64 and vectorised; probabilities are not logarithms unless the name says log.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import wraps
from typing import NamedTuple

import numpy as np

from gan_lab.core.validation import is_real, quoted, scalar
from gan_lab.distributions.tails import NOTHING, REGULAR, Tail

EPS = float(np.finfo(float).eps)
SMALLEST, LARGEST = 1e-150, 1e150
"""Scales and places that are taken: so far from the ends of floats that squares keep digits."""


class Estimate(NamedTuple):
    """A number with a bound on its error: how far from the truth it may be.

    Parameters
    ----------
    value : float
        The number.
    error : float
        How far from the truth it may be, in the same units.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> from gan_lab.theory import kl
    >>> value, error = kl(gaussian(0, 1), gaussian(1, 1))
    >>> round(value, 6), error < 1e-6
    (0.5, True)
    """

    value: float
    error: float


def without_float_warnings(f):
    """f, whatever np.seterr says: what overflows or vanishes in it is meant to, and is seen to."""

    @wraps(f)
    def silent(*args, **kwargs):
        with np.errstate(all="ignore"):
            return f(*args, **kwargs)

    return silent


EVALUATED = (
    "log_near",
    "logpdf",
    "pdf",
    "cdf",
    "sf",
    "ppf",
    "sample",
    "mass",
    "panels",
    "ends",
    "marks",
    "slip",
)


class Distribution:
    """A probability distribution on the line: density, cdf, quantiles, samples, as JSON.

    Subclasses say how to evaluate it; this, what that means. Whatever a subclass defines to be
    evaluated is made `without_float_warnings`. Immutable. Made by `gaussian`, `mixture`,
    `distribution`, ...

    Attributes
    ----------
    support : tuple of (float, float)
        Intervals (low, high) outside which pdf is 0.
    atoms : tuple of (float, float)
        Points with probability of their own: (x, mass).
    mean, sd : float
        Expectation and standard deviation, or what stands for them in a distribution without
        moments.
    error : float
        How far the total mass may be from 1.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> p = gaussian(3, 0.5)
    >>> round(float(p.pdf(3.0)), 3), round(float(p.cdf(3.0)), 6), round(float(p.ppf(0.5)), 6)
    (0.798, 0.5, 3.0)
    >>> p.as_dict()
    {'means': [3.0], 'sds': [0.5], 'weights': [1.0]}
    """

    dim = 1
    mean: float
    sd: float
    support: tuple[tuple[float, float], ...] = ()
    atoms: tuple[tuple[float, float], ...] = ()
    error: float = 0.0
    error_hides: float = np.inf
    support_known: bool = True
    terms: float = 1.0
    """About how many terms its density at a point is the sum of, which is what it costs."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in EVALUATED:
            if name in vars(cls):
                setattr(cls, name, without_float_warnings(vars(cls)[name]))

    def as_dict(self) -> dict:
        """Names and numbers, for JSON; ValueError for a distribution that has no such form."""
        raise ValueError(
            "a recipe, JSON or a link takes Gaussians, distributions of scipy.stats, drawn "
            f"curves, samples and mixtures of those, not {quoted(self)}"
        )

    def log_near(self, anchor, s):
        """log pdf at anchor + s, where s may be far smaller than the spacing of floats there."""
        raise NotImplementedError

    def cdf(self, x):
        """The probability of (-inf, x], atoms included."""
        raise NotImplementedError

    def sf(self, x):
        """The probability of (x, inf), without the rounding of 1 - cdf."""
        raise NotImplementedError

    def ppf(self, u):
        """The smallest x whose cdf is at least u, for u in [0, 1]."""
        raise NotImplementedError

    def sample(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """n independent draws, by quantiles unless a family knows better."""
        return self.ppf(rng.random(n))

    def panels(self) -> np.ndarray:
        """Sorted ends of intervals (they may be infinite) inside which the pdf is smooth."""
        raise NotImplementedError

    def marks(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Where to look for the distribution: (x, width, hard), increasing in x.

        `width` is the distance on which it varies next to x, which may be far below the
        spacing of floats there; `hard` says that the pdf is not smooth at x.
        """
        x = self.panels()
        return x, spacings(x, rounding=1e-12), np.ones(len(x), dtype=bool)

    def slip(self, anchor) -> np.ndarray:
        """How far, in x, rounding of anchor itself may move what `log_near` is evaluated at."""
        return np.zeros(np.shape(anchor))

    def ends(self) -> dict[tuple[float, int], Tail | None]:
        """Behaviour at the panel ends where pdf is not smooth: {(x, side): tail or None}.

        side is +1 for what is seen just above x and -1 for just below; None is not known.
        """
        return {}

    def tail(self, x: float, side: int) -> Tail | None:
        """Behaviour of log pdf on one side of any point; None where it is not known."""
        if (x, side) in self.ends():
            return self.ends()[x, side]
        inside = any(
            low < x < high or (side > 0 and x == low) or (side < 0 and x == high)
            for low, high in self.support
        )
        return REGULAR if inside else NOTHING

    def cut_off(self) -> set[tuple[float, int]]:
        """The ends, with sides, at which it was cut off: hardly any of it lies beyond."""
        return set()

    def error_seen(self, mass: Estimate) -> float:
        """`error` for who has integrated the pdf anyway: some know theirs by that alone.

        Of such an error, `error_hides` is what is no sign that the integral has missed something.
        """
        return self.error

    def reach(self, x: float, side: int) -> float:
        """The distance from a panel end below which `log_near` loses digits; 0 for never."""
        return 0.0

    @without_float_warnings
    def logpdf(self, x):
        """log of the density at x, -inf off the support; atoms have no density."""
        return self.log_near(0.0, np.asarray(x, dtype=float))

    @without_float_warnings
    def pdf(self, x):
        """The density at x (of the part without atoms)."""
        return np.exp(self.logpdf(x))

    def mass(self, x):
        """The probability of the single points x: 0 but at atoms."""
        x = np.asarray(x, dtype=float)
        if not self.atoms:
            return np.zeros(x.shape)
        points, masses = np.array(sorted(self.atoms)).T
        i = np.minimum(np.searchsorted(points, x), len(points) - 1)
        return np.where(points[i] == x, masses[i], 0.0)


class Moments:
    """`mean` and `sd` of a distribution that finds both at once, as `_moments`."""

    _moments: tuple[float, float]

    @property
    def mean(self) -> float:
        return self._moments[0]

    @property
    def sd(self) -> float:
        return self._moments[1]


@without_float_warnings
def spacings(x: np.ndarray, rounding: float = 0.0) -> np.ndarray:
    """The distance from each of some increasing points to the nearest other, inf for none.

    Points that are nearer to each other than `rounding` of their size, or of the gaps beside, are
    one point, computed on two ways.
    """
    gaps = np.where(np.isfinite(np.diff(x)), np.diff(x), np.inf)
    left, right = np.append(gaps, np.inf), np.insert(gaps, 0, np.inf)
    least, most = np.minimum(left, right), np.maximum(left, right)
    size = np.maximum(np.where(np.isfinite(most), most, 0.0), np.where(np.isfinite(x), abs(x), 0))
    return np.where(least <= rounding * size, most, least)


def place(name: str, value) -> float:
    """value as a point where a distribution may be; a ValueError in one sentence otherwise."""
    result = finite_number(name, value)
    if abs(result) > LARGEST:
        raise ValueError(f"{name} must be from {-LARGEST:g} to {LARGEST:g}, not {quoted(value)}.")
    return result


def size(name: str, value) -> float:
    """value as the scale of a distribution; a ValueError in one sentence otherwise."""
    result = finite_number(name, value, positive=True)
    if not SMALLEST <= result <= LARGEST:
        raise ValueError(f"{name} must be from {SMALLEST:g} to {LARGEST:g}, not {quoted(value)}.")
    return result


def float_of(name: str, value) -> float:
    """value as a float, which may be infinite or nan; a ValueError in one sentence otherwise."""
    found = scalar(value)
    if not is_real(found):
        raise ValueError(f"{name} must be a number, not {quoted(value)}.")
    try:
        return float(found)
    except OverflowError:  # a whole number beyond all floats
        return math.inf if found > 0 else -math.inf


def finite_number(name: str, value, positive: bool = False) -> float:
    """value as a finite float; a ValueError in one sentence otherwise."""
    result = float_of(name, value)
    if not np.isfinite(result) or (positive and result <= 0):
        kind = "a finite number above 0" if positive else "a finite number"
        raise ValueError(f"{name} must be {kind}, not {quoted(value)}.")
    return result


def checked_probabilities(name: str, values, count: int) -> tuple[float, ...]:
    """count positive numbers that sum to 1, or a ValueError in one sentence."""
    try:
        values = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, not {values!r}.") from None
    if values.shape != (count,):
        raise ValueError(f"{name} must be {count} numbers, one for each part of the distribution.")
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError(f"{name} must be finite and not negative, not {values.tolist()}.")
    if abs(values.sum() - 1) > 1e-9:
        raise ValueError(f"{name} must sum to 1, not to {values.sum():.12g}.")
    return made_to_sum_to_one(tuple(values.tolist()))


def made_to_sum_to_one(weights: tuple[float, ...]) -> tuple[float, ...]:
    """Weights divided by their sum; those that sum to one to rounding keep their very bits, so
    that what was read back from JSON is what was written. What was divided is off by no more: each
    quotient by half of it, and so are the exact sums before and after."""
    total = math.fsum(weights)
    already = abs(total - 1.0) <= EPS
    return weights if already else tuple(w / total for w in weights)


def union(
    intervals: Iterable[tuple[float, float]], slack: float = 0.0
) -> tuple[tuple[float, float], ...]:
    """The intervals in order, those that meet (within a relative slack) made one."""
    found: list[tuple[float, float]] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + (slack and slack * abs(low)):
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


@without_float_warnings
def quantile_by_bisection(cdf, u, brackets) -> np.ndarray:
    """The quantiles of a cdf between the least and the largest of some brackets."""
    low, high = np.min(brackets, axis=0), np.max(brackets, axis=0)
    for _ in range(200):
        middle = 0.5 * low + 0.5 * high
        # a wide bracket is halved on a scale that is logarithmic far from 0
        far = np.sinh(0.5 * np.arcsinh(low) + 0.5 * np.arcsinh(high))
        middle = np.where(high - low > 1, far, middle)
        if not np.any((low < middle) & (middle < high)):
            break
        enough = cdf(middle) >= u
        low, high = np.where(enough, low, middle), np.where(enough, middle, high)
    return high
