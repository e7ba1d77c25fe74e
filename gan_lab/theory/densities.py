"""Laws on the line, known in closed form: evaluate, integrate, sample.

A `Density` has a part with a pdf and, possibly, atoms (points of positive probability). It owns
its support and its quadrature panels, so that no integral has a magic bound. Everything is in
float64 and vectorised; probabilities are not logarithms unless the name says log.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import special, stats

from gan_lab.theory.families import FAMILIES, bell
from gan_lab.theory.tails import NOTHING, REGULAR, Tail, heavier

QUANTILES = np.array([1e-6, 0.01, 0.2, 0.5])


class Estimate(NamedTuple):
    """A number and how far from the truth it may be."""

    value: float
    error: float


class Density:
    """A law on the line. Subclasses say how to evaluate it; this class says what that means.

    Immutable. `support` is a tuple of (low, high) intervals outside which pdf is 0, `atoms` a
    tuple of (x, mass), `error` how far the total mass may be from 1.
    """

    support: tuple[tuple[float, float], ...] = ()
    atoms: tuple[tuple[float, float], ...] = ()
    error: float = 0.0
    support_known: bool = True

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

    def reach(self, x: float, side: int) -> float:
        """The distance from a panel end below which `log_near` loses digits; 0 for never."""
        return 0.0

    def logpdf(self, x):
        """log of the density at x, -inf off the support; atoms have no density."""
        return self.log_near(0.0, np.asarray(x, dtype=float))

    def pdf(self, x):
        """The density at x (of the part without atoms)."""
        return np.exp(self.logpdf(x))

    def mass(self, x):
        """The probability of the single points x: 0 but at atoms."""
        x = np.asarray(x, dtype=float)
        total = np.zeros(x.shape)
        for point, mass in self.atoms:
            total = total + mass * (x == point)
        return total


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


@dataclass(frozen=True)
class Gaussian(Density):
    """The normal law N(mean, sd^2)."""

    mean: float
    sd: float
    support = ((-np.inf, np.inf),)

    def log_near(self, anchor, s):
        with np.errstate(over="ignore"):
            y = ((anchor - self.mean) + s) / self.sd
            square = y * y
        return -0.5 * square - (np.log(self.sd) + 0.5 * np.log(2 * np.pi))

    def cdf(self, x):
        return special.ndtr((np.asarray(x, dtype=float) - self.mean) / self.sd)

    def sf(self, x):
        return special.ndtr((self.mean - np.asarray(x, dtype=float)) / self.sd)

    def ppf(self, u):
        return self.mean + self.sd * special.ndtri(np.asarray(u, dtype=float))

    def sample(self, n, rng):
        return rng.normal(self.mean, self.sd, n)

    def panels(self):
        steps = np.array([-np.inf, -16, -8, -5, -2.5, 0, 2.5, 5, 8, 16, np.inf])
        return self.mean + self.sd * steps

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
    """A frozen continuous scipy.stats distribution, with what `families` knows about it."""

    dist: object

    @cached_property
    def _law(self):
        """(family or None, scipy generator, shapes, loc, scale)"""
        law = self.dist.dist
        shapes, loc, scale = law._parse_args(*self.dist.args, **self.dist.kwds)
        shapes = tuple(float(s) for s in shapes)
        return FAMILIES.get(law.name), law, shapes, float(loc), float(scale)

    @cached_property
    def support(self):
        low, high = self.dist.support()
        return ((float(low), float(high)),)

    def log_near(self, anchor, s):
        family, law, shapes, loc, scale = self._law
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        y = ((anchor - loc) + s) / scale
        low, high = self.support[0]
        # by differences, since just below low y may round to the end itself
        inside = ((anchor - low) + s >= 0) & ((anchor - high) + s <= 0)
        result = np.full(y.shape, -np.inf)
        formula = (family and family.logpdf) or (lambda y, shapes: law._logpdf(y, *shapes))
        near_top = np.zeros(y.shape, dtype=bool)
        if family and family.upper:
            near_top = (anchor == high) & (s <= 0) & (-s / scale < 0.5)
            inside &= ~near_top
        with np.errstate(all="ignore"):
            result[inside] = formula(y[inside], shapes) - np.log(scale)
            if near_top.any():
                result[near_top] = family.upper(-s[near_top] / scale, shapes) - np.log(scale)
        return result

    def cdf(self, x):
        return self.dist.cdf(x)

    def sf(self, x):
        return self.dist.sf(x)

    def ppf(self, u):
        return self.dist.ppf(u)

    def sample(self, n, rng):
        return self.dist.rvs(n, random_state=rng)

    @cached_property
    def _panels(self):
        family, law, shapes, loc, scale = self._law
        low, high = self.support[0]
        with np.errstate(all="ignore"):
            below, above = self.dist.ppf(QUANTILES), self.dist.isf(QUANTILES)
        # a finite end has graded cells of its own, which small panels next to it would spoil
        inner = [above[-2]] if np.isfinite(low) else list(below)
        inner += [below[-2]] if np.isfinite(high) else list(above)
        if np.isfinite(low) and np.isfinite(high):
            inner = [low + 0.5 * (high - low)]
        kinks = family.kinks(shapes) if family and family.kinks else {}
        ends = np.array([*inner, *(loc + scale * k for k in kinks), low, high])
        ends = np.unique(ends[~np.isnan(ends)])
        ends.setflags(write=False)
        return ends

    def panels(self):
        return self._panels

    def reach(self, x, side):
        if not np.isfinite(x) or self.ends().get((x, side), REGULAR) == REGULAR:
            return 0.0
        family, law, shapes, loc, scale = self._law
        if x == loc or (side < 0 and family and family.upper and x == self.support[0][1]):
            return 0.0
        return 64 * np.finfo(float).eps * max(abs(x), abs(x - loc))

    @cached_property
    def _ends(self):
        family, law, shapes, loc, scale = self._law
        low, high = self.support[0]
        if family is None:
            return {(low, 1): None, (high, -1): None}
        lower, upper = family.tails(shapes, loc, scale)
        ends = {(low, 1): lower, (high, -1): upper}
        for kink, tail in (family.kinks(shapes) if family.kinks else {}).items():
            x = loc + scale * kink
            ends |= {(x, side): tail for side in (-1, 1) if (x, side) not in ends}
        return ends

    def ends(self):
        return self._ends

    def __repr__(self):
        words = [repr(a) for a in self.dist.args]
        words += [f"{name}={value!r}" for name, value in self.dist.kwds.items()]
        return f"density(scipy.stats.{self.dist.dist.name}({', '.join(words)}))"


@dataclass(frozen=True)
class Mixture(Density):
    """The law of a component drawn with its weight, then of a draw from that component."""

    components: tuple[Density, ...]
    weights: tuple[float, ...]

    @cached_property
    def support(self):
        return union(i for c in self.components for i in c.support)

    @cached_property
    def atoms(self):
        total: dict[float, float] = {}
        for w, c in zip(self.weights, self.components, strict=True):
            for x, mass in c.atoms:
                total[x] = total.get(x, 0.0) + w * mass
        return tuple(sorted(total.items()))

    @property
    def error(self):
        return sum(w * c.error for w, c in zip(self.weights, self.components, strict=True))

    def log_near(self, anchor, s):
        parts = np.stack(
            [
                c.log_near(anchor, s) + np.log(w)
                for w, c in zip(self.weights, self.components, strict=True)
            ]
        )
        top = parts.max(axis=0)
        with np.errstate(all="ignore"):
            return np.where(
                np.isfinite(top), top + np.log(np.exp(parts - top).sum(axis=0)), top
            )

    def cdf(self, x):
        return sum(w * c.cdf(x) for w, c in zip(self.weights, self.components, strict=True))

    def sf(self, x):
        return sum(w * c.sf(x) for w, c in zip(self.weights, self.components, strict=True))

    def ppf(self, u):
        return quantile_by_bisection(self.cdf, u, [c.ppf(u) for c in self.components])

    def sample(self, n, rng):
        which = rng.choice(len(self.weights), size=n, p=self.weights)
        x = np.empty(n)
        for i, c in enumerate(self.components):
            x[which == i] = c.sample(int((which == i).sum()), rng)
        return x

    @cached_property
    def _panels(self):
        return np.unique(np.concatenate([c.panels() for c in self.components]))

    def panels(self):
        return self._panels

    @cached_property
    def _ends(self):
        ends: dict[tuple[float, int], Tail | None] = {}
        for x, side in {key for c in self.components for key in c.ends()}:
            tail: Tail | None = NOTHING
            for c in self.components:
                tail = heavier(tail, c.tail(x, side))
            ends[x, side] = tail
        return ends

    def ends(self):
        return self._ends

    def reach(self, x, side):
        return max(c.reach(x, side) for c in self.components)

    def __repr__(self):
        return f"mixture({list(self.components)!r}, {list(self.weights)!r})"


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

    def cdf(self, x):
        sums = np.concatenate([[0.0], np.cumsum(self.weights)])
        return sums[np.searchsorted(self.points, x, side="right")]

    def sf(self, x):
        sums = np.concatenate([np.cumsum(self.weights[::-1])[::-1], [0.0]])
        return sums[np.searchsorted(self.points, x, side="right")]

    def ppf(self, u):
        i = np.searchsorted(np.cumsum(self.weights), u)
        return np.asarray(self.points)[np.minimum(i, len(self.points) - 1)]

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


def quantile_by_bisection(cdf, u, brackets) -> np.ndarray:
    """The quantiles of a cdf between the least and the largest of some brackets."""
    low, high = np.min(brackets, axis=0), np.max(brackets, axis=0)
    for _ in range(200):
        with np.errstate(invalid="ignore"):
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
    """N(mean, sd^2). ValueError unless mean is finite and sd is finite and above 0."""
    return Gaussian(number("The mean", mean), number("The standard deviation", sd, True))


def uniform(low: float, high: float) -> Density:
    """The uniform law between low and high. ValueError unless low < high, both finite."""
    low, high = number("low", low), number("high", high)
    if not low < high:
        raise ValueError(f"low must be below high, and {low!r} is not below {high!r}.")
    return Uniform(low, high)


def density(dist) -> Density:
    """Any frozen continuous scipy.stats distribution, e.g. density(scipy.stats.beta(2, 3)).

    Raises ValueError for what is not frozen, not continuous, or has forbidden parameters.
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
    if np.isnan(dist.support()[0]) or not np.all(np.isfinite(dist.kwds.get("scale", 1.0))):
        raise ValueError(f"The parameters {dist.args} {dist.kwds} make no {dist.dist.name} law.")
    return Scipy(dist)


def mixture(components: Sequence[Density], weights: Sequence[float] | None = None) -> Density:
    """The mixture of some densities; equal weights by default.

    Raises ValueError when there is no component, when one is not a Density, or when the
    weights are negative, of another number, or do not sum to 1.
    """
    components = tuple(components)
    if not components:
        raise ValueError("A mixture needs at least one component.")
    for c in components:
        if not isinstance(c, Density):
            raise ValueError(f"The components of a mixture must be densities, not {c!r}.")
    if weights is None:
        weights = [1 / len(components)] * len(components)
    weights = probabilities("The weights", weights, len(components))
    kept = [(c, w) for c, w in zip(components, weights, strict=True) if w > 0]
    return Mixture(tuple(c for c, _ in kept), tuple(w for _, w in kept))


def pmf(points: Sequence[float], weights: Sequence[float]) -> Density:
    """The discrete law with these weights at these points.

    Its pdf is 0 everywhere; `mass(x)` gives the probability of a point. Raises ValueError for
    repeated or infinite points and for weights that are not probabilities.
    """
    points = [number("A point", x) for x in points]
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
