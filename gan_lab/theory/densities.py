"""Laws on the line, known in closed form: evaluate, integrate, sample.

A `Density` has a part with a pdf and, possibly, atoms (points of positive probability). It owns
its support and its quadrature panels, so that no integral has a magic bound. Everything is in
float64 and vectorised; probabilities are not logarithms unless the name says log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import NamedTuple

import numpy as np
from scipy import special, stats

from gan_lab.theory.families import FAMILIES, bell, refuse
from gan_lab.theory.tails import NOTHING, REGULAR, Tail

QUANTILES = np.array([1e-6, 0.01, 0.2, 0.5])
SMALLEST, LARGEST = 1e-150, 1e150
"""Scales and places that are taken: so far from the ends of floats that squares keep digits."""


class Estimate(NamedTuple):
    """A number and how far from the truth it may be."""

    value: float
    error: float


def quiet(f):
    """f, whatever np.seterr says: what overflows or vanishes in it is meant to, and is seen to."""

    @wraps(f)
    def silent(*args, **kwargs):
        with np.errstate(all="ignore"):
            return f(*args, **kwargs)

    return silent


EVALUATED = ("log_near", "logpdf", "pdf", "cdf", "sf", "ppf", "sample", "mass", "panels", "ends",
             "marks", "slip")


class Density:
    """A law on the line. Subclasses say how to evaluate it; this class says what that means.

    Whatever a subclass defines to be evaluated is made `quiet`. Immutable. `support` is a tuple of
    (low, high) intervals outside which pdf is 0, `atoms` a tuple of (x, mass), `error` how far the
    total mass may be from 1.
    """

    support: tuple[tuple[float, float], ...] = ()
    atoms: tuple[tuple[float, float], ...] = ()
    error: float = 0.0
    error_hides: float = np.inf
    support_known: bool = True
    terms: float = 1.0
    """How many terms its density at a point is the sum of, about: what it costs."""

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name in EVALUATED:
            if name in vars(cls):
                setattr(cls, name, quiet(vars(cls)[name]))

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
        """Where to look for the law: (x, width, hard), increasing in x.

        `width` is the distance on which the law varies next to x, which may be far below the
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
        """The ends, with sides, at which the law was cut off: hardly any of it lies beyond."""
        return set()

    def error_seen(self, mass: Estimate) -> float:
        """`error` for who has integrated the pdf anyway: some laws know theirs by that alone.

        Of such an error, `error_hides` is what is no sign that the integral has missed something.
        """
        return self.error

    def reach(self, x: float, side: int) -> float:
        """The distance from a panel end below which `log_near` loses digits; 0 for never."""
        return 0.0

    @quiet
    def logpdf(self, x):
        """log of the density at x, -inf off the support; atoms have no density."""
        return self.log_near(0.0, np.asarray(x, dtype=float))

    @quiet
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


@quiet
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
    """value as a point where a law may be; a ValueError in one sentence otherwise."""
    result = number(name, value)
    if abs(result) > LARGEST:
        raise ValueError(f"{name} must be from {-LARGEST:g} to {LARGEST:g}, not {value!r}.")
    return result


def size(name: str, value) -> float:
    """value as the scale of a law; a ValueError in one sentence otherwise."""
    result = number(name, value, positive=True)
    if not SMALLEST <= result <= LARGEST:
        raise ValueError(f"{name} must be from {SMALLEST:g} to {LARGEST:g}, not {value!r}.")
    return result


def number(name: str, value, positive: bool = False) -> float:
    """value as a finite float; a ValueError in one sentence otherwise."""
    try:
        result = float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a number, not {value!r}.") from None
    if not np.isfinite(result) or (positive and result <= 0):
        kind = "a finite number above 0" if positive else "a finite number"
        raise ValueError(f"{name} must be {kind}, not {value!r}.")
    return result


def probabilities(name: str, values, count: int) -> tuple[float, ...]:
    """count positive numbers that sum to 1, or a ValueError in one sentence."""
    try:
        values = np.asarray(values, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be numbers, not {values!r}.") from None
    if values.shape != (count,):
        raise ValueError(f"{name} must be {count} numbers, one for each part of the law.")
    if not np.all(np.isfinite(values)) or np.any(values < 0):
        raise ValueError(f"{name} must be finite and not negative, not {values.tolist()}.")
    if abs(values.sum() - 1) > 1e-9:
        raise ValueError(f"{name} must sum to 1, not to {values.sum():.12g}.")
    return tuple((values / values.sum()).tolist())


EPS = float(np.finfo(float).eps)
STEPS = np.array([-np.inf, -16, -8, -5, -2.5, 0, 2.5, 5, 8, 16, np.inf])
WIDTHS = spacings(STEPS)


@dataclass(frozen=True)
class Gaussian(Density):
    """The normal law N(mean, sd^2)."""

    mean: float
    sd: float
    support = ((-np.inf, np.inf),)

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
            (-np.inf, 1): bell(-self.mean, self.sd),
            (np.inf, -1): bell(self.mean, self.sd),
        }

    def __repr__(self):
        return f"gaussian({self.mean!r}, {self.sd!r})"


@dataclass(frozen=True)
class Uniform(Density):
    """Density 1 / (high - low) between low and high."""

    low: float
    high: float

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

    def __repr__(self):
        return f"uniform({self.low!r}, {self.high!r})"


@dataclass(frozen=True, eq=False)
class Scipy(Density):
    """A frozen scipy.stats distribution of an accepted family, with what is known about it."""

    dist: object

    @cached_property
    def _law(self):
        """(family, scipy generator, shapes, loc, scale)"""
        law = self.dist.dist
        shapes, loc, scale = law._parse_args(*self.dist.args, **self.dist.kwds)
        shapes = tuple(float(s) for s in shapes)
        return FAMILIES[law.name], law, shapes, float(loc), float(scale)

    @cached_property
    def support(self):
        low, high = self.dist.support()
        return ((float(low), float(high)),)

    @cached_property
    def error(self) -> float:
        """What rounding of the ends of the support, where the law is cut, adds or takes away."""
        loc, total = self._law[3], 0.0
        for (x, side), tail in self.ends().items():
            if np.isfinite(x) and x != loc and tail == REGULAR and x in self.support[0]:
                beside = np.nextafter(x, side * np.inf)
                total += EPS * max(abs(x), abs(loc)) * float(self.pdf(beside))
        return min(total, 1.0)

    def log_near(self, anchor, s):
        family, law, shapes, loc, scale = self._law
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        low, high = self.support[0]
        y = ((anchor - (low if family.origin else loc)) + s) / scale
        # by differences, since just below low y may round to the end itself
        inside = ((anchor - low) + s >= 0) & ((anchor - high) + s <= 0)
        if family.upper:
            near_top = inside & (anchor == high) & (-s / scale < 0.5)
            top = family.upper(np.where(near_top, -s / scale, 0.25), *shapes)
        result = np.where(inside, family.logpdf(y, *shapes), -np.inf)
        result = np.where(near_top, top, result) if family.upper else result
        # inf - inf, where y^2 or exp(y) is beyond all floats and so is the tail
        return np.where(np.isnan(result) & ~np.isnan(y), -np.inf, result) - np.log(scale)

    def slip(self, anchor):
        family, law, shapes, loc, scale = self._law
        low, high = self.support[0]
        exact = (np.asarray(anchor) == high) & bool(family.upper)
        return np.where(exact, 0.0, EPS * np.abs(anchor - (low if family.origin else loc)))

    def cdf(self, x):
        return self._own_cdf(x, False) if self._law[0].cdf else self.dist.cdf(x)

    def sf(self, x):
        return self._own_cdf(x, True) if self._law[0].cdf else self.dist.sf(x)

    def _own_cdf(self, x, above: bool):
        family, _, shapes, loc, scale = self._law
        return family.cdf((np.asarray(x, dtype=float) - loc) / scale, *shapes, above)

    def ppf(self, u):
        family, _, shapes, loc, scale = self._law
        if not family.cdf:
            return self.dist.ppf(u)
        u = np.asarray(u, dtype=float)
        ends = [np.full(u.shape, end) for end in (0.0, 1e300)]
        y = quantile_by_bisection(lambda y: family.cdf(y, *shapes, False), u, ends)
        return loc + scale * np.where(u >= 1, np.inf, y)

    def sample(self, n, rng):
        return self.dist.rvs(n, random_state=rng)

    @cached_property
    def _marks(self):
        """Quantiles and kinks, whose distances are known even where all round to loc."""
        family, law, shapes, loc, scale = self._law
        low, high = ((end - loc) / scale for end in self.support[0])
        if family.cdf:
            standard = Scipy(law(*shapes))
            below, above = standard.ppf(QUANTILES), standard.ppf(1 - QUANTILES)
        else:
            below, above = law.ppf(QUANTILES, *shapes), law.isf(QUANTILES, *shapes)
        # a finite end has graded cells of its own
        inner = list(below[-2:] if np.isfinite(low) else below)
        inner += list(above[-2:] if np.isfinite(high) else above)
        kinks = [float(k) for k in (family.kinks(shapes) if family.kinks else ())]
        y = np.unique([*(v for v in inner if np.isfinite(v) and low < v < high), *kinks, low, high])
        hard = np.isin(y, [*kinks, low, high])
        x = np.clip(loc + scale * y, *self.support[0])
        return x, scale * spacings(y), hard

    def marks(self):
        return self._marks

    def panels(self):
        return np.unique(self._marks[0])

    def reach(self, x, side):
        if not np.isfinite(x) or self.ends().get((x, side), REGULAR) == REGULAR:
            return 0.0
        family, law, shapes, loc, scale = self._law
        if x == loc or (side < 0 and family.upper and x == self.support[0][1]):
            return 0.0
        return 64 * EPS * max(abs(x), abs(x - loc))

    @cached_property
    def _ends(self):
        family, law, shapes, loc, scale = self._law
        low, high = self.support[0]
        lower, upper = family.tails(shapes, loc, scale)
        ends = {(low, 1): lower, (high, -1): upper}
        for kink, tail in (family.kinks(shapes) if family.kinks else {}).items():
            x = loc + scale * kink
            ends |= {(x, side): tail for side in (-1, 1) if low < x < high}
        return ends

    def ends(self):
        return self._ends

    def __repr__(self):
        words = [repr(a) for a in self.dist.args]
        words += [f"{name}={value!r}" for name, value in self.dist.kwds.items()]
        return f"density(scipy.stats.{self.dist.dist.name}({', '.join(words)}))"


@dataclass(frozen=True)
class Pmf(Density):
    """A discrete law: atoms only."""

    points: tuple[float, ...]
    weights: tuple[float, ...]

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


@quiet
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


def gaussian(mean: float, sd: float) -> Density:
    """N(mean, sd^2). ValueError unless |mean| is at most 1e150 and sd from 1e-150 to 1e150."""
    return Gaussian(place("The mean", mean), size("The standard deviation", sd))


def uniform(low: float, high: float) -> Density:
    """The uniform law between low and high.

    ValueError unless low < high, both at most 1e150 in size and at least 1e-150 apart.
    """
    low, high = place("low", low), place("high", high)
    if not low < high:
        raise ValueError(f"low must be below high, and {low!r} is not below {high!r}.")
    size("Half the distance from low to high", 0.5 * (high - low))
    return Uniform(low, high)


@quiet
def density(dist) -> Density:
    """A frozen scipy.stats distribution of an accepted family: density(scipy.stats.beta(2, 3)).

    Raises ValueError for what is not frozen or not continuous, for forbidden parameters, and for
    families and shapes for which the numbers are not known to be right (see `families`).
    """
    if isinstance(dist, Density):
        return dist
    if not isinstance(getattr(dist, "dist", None), stats.rv_continuous):
        raise ValueError(
            "density takes a frozen continuous scipy.stats distribution, such as "
            f"scipy.stats.norm(0, 1), not {dist!r}."
        )
    if np.ndim(dist.support()[0]):
        raise ValueError("density takes one law, and these parameters are arrays of laws.")
    law, name = dist.dist, dist.dist.name
    shapes, loc, scale = law._parse_args(*dist.args, **dist.kwds)
    if np.isnan(dist.support()[0]) or not np.isfinite(scale):
        raise ValueError(f"The parameters {dist.args} {dist.kwds} make no {name} law.")
    refuse(name, tuple(float(s) for s in shapes))
    place("loc", loc), size("scale", scale)
    made = Scipy(dist)
    low, high = made.ppf(np.array([0.1, 0.9]))
    if not low < high:
        raise ValueError(f"This {name} law is thinner than the spacing of floats where it lies.")
    return made


def pmf(points: Sequence[float], weights: Sequence[float]) -> Density:
    """The discrete law with these weights at these points.

    Its pdf is 0 everywhere; `mass(x)` gives the probability of a point. Raises ValueError for
    repeated or infinite points and for weights that are not probabilities.
    """
    points = [place("A point", x) for x in points]
    if not points:
        raise ValueError("A discrete law needs at least one point.")
    if len(set(points)) < len(points):
        raise ValueError("The points of a discrete law must differ from one another.")
    weights = probabilities("The weights", weights, len(points))
    kept = sorted((x, w) for x, w in zip(points, weights, strict=True) if w > 0)
    return Pmf(tuple(x for x, _ in kept), tuple(w for _, w in kept))


def as_density(name: str, law) -> Density:
    """law itself when it is a Density; a ValueError in one sentence otherwise."""
    if not isinstance(law, Density):
        raise ValueError(
            f"{name} must be a density (gaussian, mixture, uniform, density, pmf or "
            f"pushforward), not {law!r}."
        )
    return law
