"""Data on the line of any shape: a law by its name in scipy.stats, or a density drawn by hand.

Both draw by quantiles: x is ppf(u) for a u of the stream, which has 32 bits, so that nothing
beyond the quantiles 2^-33 and 1 - 2^-33 is ever drawn.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from numbers import Real

import numpy as np
import torch
from scipy import stats
from torch import Tensor

from gan_lab import theory
from gan_lab.refusals import listed, quoted
from gan_lab.streams import Stream
from gan_lab.theory.families import FAMILIES

LARGEST = 1e6
SMALLEST = 1e-6
MOST = 10_000
"""The most points that can be drawn."""

LIGHTEST = 1e-12
"""The smallest weight of a part of a mixture, before and after they are made to sum to one."""

ACCEPTED = frozenset(FAMILIES)
"""The families whose numbers are known to be right, with quick quantiles: at most 50 ms for
a thousand of them, where others, which search for each quantile, take from 0.7 seconds to hours.
A list and no clock, so that a recipe is one on every machine."""


def reals(values, name: str, low: float = -LARGEST, high: float = LARGEST) -> tuple[float, ...]:
    """A tuple of finite floats between two bounds, or a sentence that says what was wrong."""
    values = listed(values, f"{name} must be a list of numbers")
    return tuple(real(value, name, low, high) for value in values)


def real(value, name: str, low: float = -LARGEST, high: float = LARGEST) -> float:
    """A finite float between two bounds, or a sentence that says what was wrong."""
    if isinstance(value, bool) or not isinstance(value, Real) or not low <= value <= high:
        raise ValueError(f"{name} must be from {low:g} to {high:g}, not {quoted(value)}")
    return float(value)


def mixed(means, sds, weights, what: str) -> tuple[float, ...]:
    """The weights of a mixture, made to sum to one, or a sentence about `what` has other lengths.

    Weights that do so already, as those read back from JSON, keep their very bits.
    """
    if not len(means) == len(sds) == len(weights) or not means:
        raise ValueError(
            f"{what} needs as many means as standard deviations and weights, at least one of "
            f"each, not {len(means)}, {len(sds)} and {len(weights)}"
        )
    total = math.fsum(weights)
    shares = weights if abs(total - 1.0) <= 1e-12 else tuple(w / total for w in weights)
    if min(shares) < LIGHTEST:
        raise ValueError(
            f"each weight of {what} must be {LIGHTEST:g} of their sum or more, and one is "
            f"{min(shares):.3g}"
        )
    return shares


class OnTheLine:
    """What data on the line have in common; a subclass says what their density is."""

    dim = 1

    def density(self) -> theory.Density:
        """The law itself."""
        raise NotImplementedError

    def sample(
        self, stream: Stream, purposes, iteration, m: int, step=0, dtype=torch.float64
    ) -> Tensor:
        """Points (members, m, 1), by quantiles; `purposes` (pick, value) is `FOR_D` or `FOR_G`."""
        u = stream.uniform(purposes[1], iteration, (m, 1), step)
        x = np.asarray(self.density().ppf(u.cpu().numpy()), dtype=float)
        return torch.from_numpy(x).to(u.device, dtype)


@dataclass(frozen=True, repr=False)
class Law(OnTheLine):
    """A continuous law of scipy.stats, by its name there and its shapes, moved and stretched.

    Raises ValueError, in one sentence, for a name that scipy does not have, a law or
    shapes that `theory.density` does not accept, parameters that make no such law, and a loc or
    scale beyond 1e6.
    """

    name: str
    shapes: tuple[float, ...] = ()
    loc: float = 0.0
    scale: float = 1.0

    def __post_init__(self):
        known = isinstance(self.name, str) and self.name in CONTINUOUS
        if not known:
            raise ValueError(
                "a law must be named as a continuous law of scipy.stats (beta, gamma, t ...), "
                f"not {quoted(self.name)}"
            )
        if self.name not in ACCEPTED:
            raise ValueError(
                f"{self.name} is not among the laws whose numbers are known to be right and whose "
                "quantiles are quick: draw its density (gan_lab.data.drawn), or take one of "
                f"{', '.join(sorted(ACCEPTED))}"
            )
        object.__setattr__(self, "name", str(self.name))
        object.__setattr__(self, "shapes", reals(self.shapes, f"the shapes of {self.name}"))
        object.__setattr__(self, "loc", real(self.loc, "loc"))
        object.__setattr__(self, "scale", real(self.scale, "scale", SMALLEST))
        wanted = getattr(stats, self.name).numargs
        if len(self.shapes) != wanted:
            raise ValueError(
                f"{self.name} takes {wanted} shape(s), and was given {len(self.shapes)}"
            )
        try:
            with np.errstate(all="ignore"):
                ends = self.frozen.ppf([0.01, 0.5, 0.99])
        except Exception:  # whatever scipy says of shapes that it does not expect
            ends = np.full(3, np.nan)
        if not (np.all(np.isfinite(ends)) and ends[0] < ends[2]):
            raise ValueError(f"the shapes {list(self.shapes)} make no {self.name} law")
        self.density()  # refuses shapes for which no numbers are known to be right

    @cached_property
    def frozen(self):
        return getattr(stats, self.name)(*self.shapes, loc=self.loc, scale=self.scale)

    @cached_property
    def _density(self) -> theory.Density:
        return theory.density(self.frozen)

    def density(self) -> theory.Density:
        """The law itself."""
        return self._density

    @cached_property
    def moments(self) -> tuple[float, float]:
        """(mean, sd) where both are finite, else (median, the middle half's width / 1.349)."""
        with np.errstate(all="ignore"):
            mean, sd = float(self.frozen.mean()), float(self.frozen.std())
        if math.isfinite(mean) and math.isfinite(sd) and sd > 0:
            return mean, sd
        low, middle, high = (float(x) for x in self.frozen.ppf([0.25, 0.5, 0.75]))
        return middle, (high - low) / 1.3489795003921634

    @property
    def mean(self) -> float:
        """The expectation of x; the median, for a law without moments."""
        return self.moments[0]

    @property
    def sd(self) -> float:
        """The standard deviation of x, or what stands for it in a law without moments."""
        return self.moments[1]

    def as_dict(self) -> dict:
        """Name and numbers, for JSON."""
        return {
            "kind": "law", "name": self.name, "shapes": list(self.shapes), "loc": self.loc,
            "scale": self.scale,
        }

    def __repr__(self) -> str:
        words = [repr(self.name), *map(repr, self.shapes)]
        words += [f"loc={self.loc!r}"] * (self.loc != 0) + [f"scale={self.scale!r}"] * (
            self.scale != 1
        )
        return f"law({', '.join(words)})"


CONTINUOUS = {
    name for name in dir(stats)
    if isinstance(getattr(stats, name), stats.rv_continuous)
}


@dataclass(frozen=True, repr=False)
class Drawn(OnTheLine):
    """A density that is linear between drawn points (x, height) and 0 beyond them.

    The heights are made to integrate to 1. Raises ValueError, in one sentence, for fewer than two
    or more than 10000 points, x that do not increase, heights below 0 or all 0, and for what would
    be higher than 1e6.
    """

    points: tuple[float, ...]
    heights: tuple[float, ...]

    def __post_init__(self):
        x = reals(self.points, "the points of a drawn density")
        h = reals(self.heights, "the heights of a drawn density", 0.0)
        if len(x) > MOST:
            raise ValueError(f"a drawn density has at most {MOST} points, not {len(x)}")
        law = theory.drawn(x, h)
        if not law.moments()[1] >= SMALLEST:
            raise ValueError("a drawn density must be wider than 1e-6")
        if max(law.heights) > LARGEST:
            raise ValueError(
                f"a drawn density must be at most {LARGEST:g} high once it integrates to 1, and "
                f"this is {max(law.heights):.3g} high"
            )
        object.__setattr__(self, "points", law.points)
        object.__setattr__(self, "heights", law.heights)

    @cached_property
    def _density(self):
        return theory.drawn(self.points, self.heights)

    def density(self) -> theory.Density:
        """The law itself."""
        return self._density

    @property
    def mean(self) -> float:
        """The expectation of x."""
        return self._density.moments()[0]

    @property
    def sd(self) -> float:
        """The standard deviation of x."""
        return self._density.moments()[1]

    def as_dict(self) -> dict:
        """Plain lists, for JSON."""
        return {"kind": "drawn", "points": list(self.points), "heights": list(self.heights)}

    def __repr__(self) -> str:
        return f"drawn({list(self.points)}, {list(self.heights)})"


def law(name: str, *shapes: float, loc: float = 0.0, scale: float = 1.0) -> Law:
    """Any continuous law of scipy.stats, as data: law("beta", 2, 3), law("t", 5, loc=1)."""
    return Law(name, shapes, loc, scale)


def drawn(points, heights) -> Drawn:
    """The density through (points, heights), linear between them, as data."""
    return Drawn(points, heights)
