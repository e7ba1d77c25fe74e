"""Distributions of scipy.stats, by their names there; and `distribution`, which reads anything."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import stats

from gan_lab.core.validation import array, quoted
from gan_lab.distributions.base import (
    EPS,
    Distribution,
    Moments,
    float_of,
    place,
    quantile_by_bisection,
    size,
    spacings,
    without_float_warnings,
)
from gan_lab.distributions.drawn import Drawn, drawn
from gan_lab.distributions.families import FAMILIES, refuse
from gan_lab.distributions.tails import REGULAR

QUANTILES = np.array([1e-6, 0.01, 0.2, 0.5])
HALF_OF_ALL = 1.3489795003921634
"""The width of a standard Gaussian's middle half."""


@dataclass(frozen=True)
class Named(Moments, Distribution):
    """A distribution of scipy.stats of an accepted family, moved by loc and stretched by scale."""

    name: str
    shapes: tuple[float, ...] = ()
    loc: float = 0.0
    scale: float = 1.0

    @cached_property
    def dist(self):
        """The same, as scipy's frozen distribution."""
        return getattr(stats, self.name)(*self.shapes, loc=self.loc, scale=self.scale)

    @cached_property
    def _law(self):
        """(family, scipy generator, shapes, loc, scale)"""
        return FAMILIES[self.name], self.dist.dist, self.shapes, self.loc, self.scale

    @cached_property
    @without_float_warnings
    def _moments(self) -> tuple[float, float]:
        """(mean, sd) where both are finite, else (median, the middle half's width / 1.349)."""
        mean, sd = float(self.dist.mean()), float(self.dist.std())
        if math.isfinite(mean) and math.isfinite(sd) and sd > 0:
            return mean, sd
        low, middle, high = (float(x) for x in self.dist.ppf([0.25, 0.5, 0.75]))
        return middle, (high - low) / HALF_OF_ALL

    @cached_property
    def support(self):
        low, high = self.dist.support()
        return ((float(low), float(high)),)

    @cached_property
    def error(self) -> float:
        """What rounding of the ends of the support, where it is cut, adds or takes away."""
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
        assert family.cdf is not None  # who asks has looked
        return family.cdf((np.asarray(x, dtype=float) - loc) / scale, *shapes, above)

    def ppf(self, u):
        family, _, shapes, loc, scale = self._law
        own = family.cdf
        if own is None:
            return self.dist.ppf(u)
        u = np.asarray(u, dtype=float)
        ends = [np.full(u.shape, end) for end in (0.0, 1e300)]
        y = quantile_by_bisection(lambda y: own(y, *shapes, False), u, ends)
        return loc + scale * np.where(u >= 1, np.inf, y)

    def sample(self, n, rng):
        return self.dist.rvs(n, random_state=rng)

    @cached_property
    def _marks(self):
        """Quantiles and kinks, whose distances are known even where all round to loc."""
        family, law, shapes, loc, scale = self._law
        low, high = ((end - loc) / scale for end in self.support[0])
        if family.cdf:
            standard = Named(self.name, shapes)
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

    def as_dict(self):
        return {
            "kind": "law",
            "name": self.name,
            "shapes": list(self.shapes),
            "loc": self.loc,
            "scale": self.scale,
        }

    def __repr__(self):
        words = [repr(self.name), *map(repr, self.shapes)]
        words += [f"loc={self.loc!r}"] * (self.loc != 0)
        words += [f"scale={self.scale!r}"] * (self.scale != 1)
        return f"distribution({', '.join(words)})"


CONTINUOUS = frozenset(
    name for name in dir(stats) if isinstance(getattr(stats, name), stats.rv_continuous)
)


def named(name: str, shapes=(), loc: float = 0.0, scale: float = 1.0) -> Named:
    """A continuous distribution by its name in scipy.stats. ValueError as `distribution` says."""
    if not isinstance(name, str) or name not in CONTINUOUS:
        raise ValueError(
            "a distribution must be named as a continuous one of scipy.stats (beta, gamma, t ...), "
            f"not {quoted(name)}"
        )
    shapes = tuple(shape(name, s) for s in shapes)
    wanted = getattr(stats, name).numargs
    if len(shapes) != wanted:
        raise ValueError(f"{name} takes {wanted} shape(s), and was given {len(shapes)}")
    refuse(name, shapes)
    made = Named(str(name), shapes, place("loc", loc), size("scale", scale))
    try:
        low, high = made.ppf(np.array([0.1, 0.9]))
    except Exception:  # whatever scipy says of shapes that it does not expect
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high)):
        raise ValueError(f"the shapes {list(shapes)} make no {name} distribution")
    if not low < high:
        raise ValueError(
            f"This {name} distribution is thinner than the spacing of floats where it lies."
        )
    return made


def shape(name: str, value) -> float:
    """A number, which may be infinite: where a family does not want that, its range says so."""
    found = float_of(f"A shape of {name}", value)
    if math.isnan(found):
        raise ValueError(f"A shape of {name} must be a number, not nan.")
    return found


@without_float_warnings
def distribution(what, *shapes: float, loc: float = 0.0, scale: float = 1.0) -> Distribution:
    """A distribution by its name in scipy.stats, from a scipy distribution, or from a sample.

    Parameters
    ----------
    what : str, scipy distribution, array of shape (n,), or Distribution
        A name, as "beta"; one frozen by scipy, as `scipy.stats.beta(2, 3)`; a sample, of which
        the density is drawn through its quantiles (`of_sample`). A distribution is handed back as
        it is.
    *shapes : float
        The shape parameters of a named one.
    loc, scale : float
        Where a named one is moved to, and by what it is stretched.

    Returns
    -------
    Distribution
        What a recipe, a divergence and a plot take.

    Raises
    ------
    ValueError
        In one sentence, for a name that scipy does not have, parameters that make no such
        distribution, and families and shapes for which the numbers are not known to be right, or
        whose quantiles are slow. What is accepted is what `families` lists: a list and no clock, so
        that a recipe is one on every machine.

    Examples
    --------
    >>> from gan_lab.distributions import distribution
    >>> distribution("beta", 2, 3, loc=1)
    distribution('beta', 2.0, 3.0, loc=1.0)
    >>> round(distribution("beta", 2, 3, loc=1).mean, 6)
    1.4
    """
    if isinstance(what, str):
        return named(what, shapes, loc, scale)
    if shapes or loc != 0.0 or scale != 1.0:
        raise ValueError("shapes, loc and scale are for a distribution that is named by a string")
    if isinstance(what, Distribution):
        return what
    if isinstance(getattr(what, "dist", None), stats.rv_continuous):
        return frozen(what)
    if isinstance(what, (list, tuple)) or hasattr(what, "__array__"):
        return of_sample(what)
    raise ValueError(
        'a distribution must be given by name ("beta", with its shapes), as a frozen continuous '
        f"one of scipy.stats (scipy.stats.norm(0, 1)), or as a sample, not {quoted(what)}."
    )


def as_distribution(name: str, value) -> Distribution:
    """What `distribution` makes of an argument; its refusal begins with the argument's name."""
    try:
        return distribution(value)
    except ValueError as refusal:
        raise ValueError(f"{name}: {refusal}") from None


def frozen(dist) -> Named:
    """What scipy has frozen."""
    if np.ndim(dist.support()[0]):
        raise ValueError("A distribution is one, and these parameters are arrays of several.")
    name = dist.dist.name
    shapes, loc, scale = dist.dist._parse_args(*dist.args, **dist.kwds)
    if np.isnan(dist.support()[0]) or not np.isfinite(scale):
        raise ValueError(f"The parameters {dist.args} {dist.kwds} make no {name} distribution.")
    if name not in CONTINUOUS:
        refuse(name, ())
    return named(name, [float(s) for s in shapes], float(loc), float(scale))


def of_sample(sample) -> Drawn:
    """The frequency polygon of a sample (n,) on bins of equal probability, at its quantiles.

    There are 2 n^(2/5) bins (Mann and Wald 1942), at most 256; the density is linear between their
    middles (Scott 1985). Raises ValueError for fewer than 8 numbers, for numbers that are not
    finite, and for fewer than two that differ.
    """
    x = array(sample, "a sample")
    if x.ndim != 1 or len(x) < 8 or not np.isfinite(x).all():
        raise ValueError("a sample must be a list of 8 finite numbers or more")
    count = int(min(256, 2 * len(x) ** 0.4))
    edges = np.unique(np.quantile(x, np.linspace(0, 1, count + 1)))
    if len(edges) < 3:
        raise ValueError("the numbers of a sample must differ: of equal ones there is no density")
    mass = np.histogram(x, edges)[0] / len(x)
    heights = mass / np.diff(edges)
    points = [edges[0], *(0.5 * (edges[1:] + edges[:-1])), edges[-1]]
    return drawn(points, [heights[0], *heights, heights[-1]])
