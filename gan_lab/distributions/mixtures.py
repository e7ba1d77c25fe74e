"""Mixtures of distributions. Those of many Gaussians cost what is near: of a thousand parts, a
point asks only those that could change its density by a rounding."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from scipy import special

from gan_lab.core.validation import listed
from gan_lab.distributions.base import (
    EPS,
    Distribution,
    checked_probabilities,
    finite_number,
    made_to_sum_to_one,
    quantile_by_bisection,
    union,
)
from gan_lab.distributions.continuous import Gaussian, gaussian
from gan_lab.distributions.named import as_distribution
from gan_lab.distributions.tails import NOTHING, Tail, heavier

AT_ONCE = 256
FAR = 40.0


@dataclass(frozen=True)
class Mixture(Distribution):
    """The distribution of a component drawn with its weight, then of a draw from that component."""

    components: tuple[Distribution, ...]
    weights: tuple[float, ...]

    @property
    def mean(self):
        return math.fsum(w * c.mean for w, c in self.parts())

    @property
    def sd(self):
        """The spread within components and between them."""
        return math.sqrt(
            math.fsum(w * (c.sd * c.sd + (c.mean - self.mean) ** 2) for w, c in self.parts())
        )

    def parts(self):
        """(weight, component) for each."""
        return zip(self.weights, self.components, strict=True)

    @property
    def of_gaussians(self) -> bool:
        return all(isinstance(c, Gaussian) for c in self.components)

    @property
    def means(self) -> tuple[float, ...]:
        """Those of the components; AttributeError unless all are Gaussian, and so modes."""
        return self._of_modes("mean")

    @property
    def sds(self) -> tuple[float, ...]:
        return self._of_modes("sd")

    def _of_modes(self, name: str) -> tuple[float, ...]:
        if not self.of_gaussians:
            raise AttributeError(f"this mixture is not one of Gaussians and has no {name}s")
        return tuple(getattr(c, name) for c in self.components)

    @cached_property
    def support(self):
        return union(i for c in self.components for i in c.support)

    @cached_property
    def atoms(self):
        total: dict[float, float] = {}
        for w, c in self.parts():
            for x, mass in c.atoms:
                total[x] = total.get(x, 0.0) + w * mass
        return tuple(sorted(total.items()))

    @property
    def error(self):
        return sum(w * c.error for w, c in self.parts())

    @property
    def support_known(self) -> bool:
        return all(c.support_known for c in self.components)

    @cached_property
    def _bells(self):
        """The Gaussians among the components, if there are some, and the others with weights."""
        pairs = list(zip(self.components, self.weights, strict=True))
        bells = [(c.mean, c.sd, w) for c, w in pairs if isinstance(c, Gaussian)]
        others = [(c, w) for c, w in pairs if not isinstance(c, Gaussian)]
        return (Bells(*np.array(bells).T) if bells else None), others

    def log_near(self, anchor, s):
        bells, others = self._bells
        parts = [c.log_near(anchor, s) + np.log(w) for c, w in others]
        if bells:
            parts.append(bells.log_near(*np.broadcast_arrays(np.asarray(anchor, float), s)))
        return parts[0] if len(parts) == 1 else log_sum(np.stack(parts))

    def slip(self, anchor):
        bells, others = self._bells
        slips = [c.slip(anchor) for c, _ in others]
        if bells:
            slips.append(bells.slip(np.asarray(anchor, dtype=float)))
        return np.min(slips, axis=0)

    def cdf(self, x):
        return self._probability(x, below=True)

    def sf(self, x):
        return self._probability(x, below=False)

    def _probability(self, x, below: bool):
        bells, others = self._bells
        x = np.asarray(x, dtype=float)
        total = sum(w * (c.cdf(x) if below else c.sf(x)) for c, w in others)
        if bells:
            total = total + bells.probability(x, below)
        return np.clip(total, 0.0, 1.0)

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
    def _marks(self):
        x, width, hard = (
            np.concatenate(column)
            for column in zip(*(c.marks() for c in self.components), strict=True)
        )
        order = np.argsort(x, kind="stable")
        return x[order], width[order], hard[order]

    def marks(self):
        return self._marks

    @cached_property
    def _ends(self):
        """Of the components that are rough somewhere, and whatever the others add there."""
        owners: dict[tuple[float, int], list[Distribution]] = {}
        for c in self.components:
            for key in c.ends():
                owners.setdefault(key, []).append(c)
        ends: dict[tuple[float, int], Tail | None] = {}
        for (x, side), those in owners.items():
            tail: Tail | None = self._smooth(x, side)
            for c in those:
                tail = heavier(tail, c.tail(x, side))
            ends[x, side] = tail
        return ends

    @cached_property
    def _intervals(self):
        """(low, high) of all supports of components, as arrays."""
        pairs = [i for c in self.components for i in c.support]
        return np.array(pairs, dtype=float).reshape(-1, 2).T

    def _smooth(self, x: float, side: int) -> Tail:
        """REGULAR where x, seen from a side, lies in the support of some component that has no
        end there, else NOTHING."""
        low, high = self._intervals
        inside = (low < x) & (x < high) | ((low == x) & (side > 0)) | ((high == x) & (side < 0))
        if not np.isfinite(x) or not inside.any():
            return NOTHING
        for c in self.components:
            if (x, side) not in c.ends() and (tail := c.tail(x, side)) and not tail.nothing:
                return tail
        return NOTHING

    def ends(self):
        return self._ends

    def reach(self, x, side):
        rough = [c for c in self.components if (x, side) in c.ends()]
        return max((c.reach(x, side) for c in rough), default=0.0)

    def as_dict(self):
        if not self.of_gaussians:
            parts = [c.as_dict() for c in self.components]
            return {"kind": "mixture", "components": parts, "weights": list(self.weights)}
        return {name: list(getattr(self, name)) for name in ("means", "sds", "weights")}

    def __repr__(self):
        if not self.of_gaussians:
            return f"mixture({list(self.components)!r}, {list(self.weights)!r})"
        lists = ", ".join(str(values) for values in self.as_dict().values())
        return f"gaussian_mixture({lists})"


@dataclass(frozen=True, eq=False)
class Bells:
    """sum_i weight[i] N(mean[i], sd[i]^2), the weights of a part of a mixture."""

    mean: np.ndarray
    sd: np.ndarray
    weight: np.ndarray

    @cached_property
    def _norm(self):
        return np.log(self.weight) - np.log(self.sd) - 0.5 * np.log(2 * np.pi)

    def slip(self, anchor):
        away = [np.abs(anchor - m) for m in self.mean] if len(self.mean) < 8 else None
        if away is None:
            flat = np.unique(anchor)
            order = np.sort(self.mean)
            i = np.clip(np.searchsorted(order, flat), 1, len(order) - 1)
            near = np.minimum(np.abs(flat - order[i - 1]), np.abs(flat - order[i]))
            return EPS * near[np.searchsorted(flat, anchor)]
        return EPS * np.min(away, axis=0)

    def log_near(self, anchor, s):
        shape = s.shape
        anchor, s = anchor.ravel(), s.ravel()
        if len(self.mean) < 8:
            return log_sum(
                np.stack(
                    [
                        n - 0.5 * (((anchor - m) + s) / d) ** 2
                        for m, d, n in zip(self.mean, self.sd, self._norm, strict=True)
                    ]
                )
            ).reshape(shape)
        result = np.empty(len(s))
        for some, kept in self._neighbours(anchor + s, self._kept_by_density):
            y = (anchor[some, None] - self.mean[kept]) + s[some, None]
            result[some] = log_sum((self._norm[kept] - 0.5 * (y / self.sd[kept]) ** 2).T)
        return result.reshape(shape)

    def probability(self, x, below: bool):
        flat, sign = x.ravel(), 1 if below else -1
        result = np.empty(len(flat))
        if len(self.mean) < 8:
            parts = zip(self.mean, self.sd, self.weight, strict=True)
            return sum(w * special.ndtr(sign * ((x - m) / d)) for m, d, w in parts)
        for some, kept in self._neighbours(flat, self._kept_by_distance):
            y = sign * (flat[some, None] - self.mean[kept]) / self.sd[kept]
            middle = flat[some[0]]
            whole = sign * (middle - self.mean) / self.sd > FAR
            whole[kept] = False
            result[some] = special.ndtr(y) @ self.weight[kept] + self.weight[whole].sum()
        return result.reshape(x.shape)

    def _neighbours(self, x, kept):
        """(indices of points that are next to each other, those parts that matter there)."""
        order = np.argsort(x, kind="stable")
        for start in range(0, len(order), AT_ONCE):
            some = order[start : start + AT_ONCE]
            low, high = x[some[0]], x[some[-1]]
            near = np.maximum(0.0, np.maximum(self.mean - high, low - self.mean)) / self.sd
            far = np.maximum(np.abs(low - self.mean), np.abs(high - self.mean)) / self.sd
            yield some, np.flatnonzero(kept(near, far))

    def _kept_by_density(self, near, far):
        """Those that somewhere on a stretch come within exp(-40) of what others are everywhere."""
        surely = (self._norm - 0.5 * far * far).max()
        return self._norm - 0.5 * near * near >= surely - FAR

    def _kept_by_distance(self, near, far):
        return near <= FAR


def log_sum(parts: np.ndarray) -> np.ndarray:
    """log of the sum of exp over the first axis."""
    top = parts.max(axis=0)
    total = np.log(np.exp(parts - top).sum(axis=0))
    return np.where(np.isfinite(top), top + total, top)


def mixture(components: Sequence[Distribution], weights: Sequence[float] | None = None) -> Mixture:
    """Mixture of any distributions on the line.

    Parameters
    ----------
    components : sequence of Distribution
        What is mixed; also what `distribution` makes one of.
    weights : sequence of float, optional
        Their probabilities, which sum to 1; equal by default.

    Returns
    -------
    Distribution
        The mixture.

    Raises
    ------
    ValueError
        When there is no component, when one is none and makes none, or when the weights are
        negative, of another number, or do not sum to 1.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian, mixture, uniform
    >>> p = mixture([gaussian(0, 1), uniform(4, 6)], [0.25, 0.75])
    >>> round(p.mean, 6)
    3.75
    """
    components = tuple(as_distribution("A component of a mixture", c) for c in components)
    if not components:
        raise ValueError("A mixture needs at least one component.")
    if weights is None:
        weights = [1 / len(components)] * len(components)
    weights = checked_probabilities("The weights", weights, len(components))
    kept = [(c, w) for c, w in zip(components, weights, strict=True) if w > 0]
    return Mixture(tuple(c for c, _ in kept), tuple(w for _, w in kept))


LIGHTEST, HEAVIEST = 1e-12, 1e6
"""The weights that are taken of parts of a mixture: the smallest even after they sum to one."""


def shares(weights: Sequence[float], what: str) -> tuple[float, ...]:
    """Weights above 0, relative to each other, made to sum to one."""
    weights = tuple(finite_number(f"Each weight of {what}", w) for w in weights)
    if not all(LIGHTEST <= w <= HEAVIEST for w in weights):
        raise ValueError(f"the weights of {what} must be from {LIGHTEST:g} to {HEAVIEST:g}")
    found = made_to_sum_to_one(weights)
    if min(found) < LIGHTEST:
        raise ValueError(
            f"each weight of {what} must be {LIGHTEST:g} of their sum or more, and one is "
            f"{min(found):.3g}"
        )
    return found


def gaussian_mixture(means, sds, weights=None) -> Mixture | Gaussian:
    """Mixture of Gaussians with these means and standard deviations.

    Parameters
    ----------
    means : sequence of float
        Their means.
    sds : sequence of float
        Their standard deviations.
    weights : sequence of float, optional
        Their weights, which are made to sum to one; equal by default.

    Returns
    -------
    Distribution
        The mixture; of one Gaussian, that Gaussian.

    Raises
    ------
    ValueError
        In one sentence, for no Gaussian, lists of different lengths, what `gaussian` refuses, and
        a weight that is less than 1e-12 of all.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian_mixture
    >>> p = gaussian_mixture([-1, 2], [0.5, 0.5], weights=[2, 1])
    >>> abs(round(p.mean, 6))
    0.0
    """
    means = listed(means, "the means of a mixture must be a list of numbers")
    sds = listed(sds, "the standard deviations of a mixture must be a list of numbers")
    weights = [1.0] * len(means) if weights is None else weights
    weights = listed(weights, "the weights of a mixture must be a list of numbers")
    same_length(means, sds, weights, "a mixture")
    weights = shares(weights, "a mixture")
    parts = tuple(gaussian(mu, sd) for mu, sd in zip(means, sds, strict=True))
    return parts[0] if len(parts) == 1 else Mixture(parts, weights)


def same_length(means, sds, weights, what: str) -> None:
    """A sentence unless a mixture has as many means as sds and weights, and one at least."""
    if not len(means) == len(sds) == len(weights) or not means:
        raise ValueError(
            f"{what} needs as many means as standard deviations and weights, at least one of "
            f"each, not {len(means)}, {len(sds)} and {len(weights)}"
        )


def bimodal(mean: float = 0.0, apart: float = 2.0, sd: float = 0.3) -> Mixture:
    """Two equal Gaussians side by side: the smallest data with two modes.

    Parameters
    ----------
    mean : float
        The middle between the two.
    apart : float
        The distance of their means.
    sd : float
        The standard deviation of each.

    Returns
    -------
    Distribution
        The mixture.

    Raises
    ------
    ValueError
        In one sentence, for what `gaussian` refuses.

    Examples
    --------
    >>> from gan_lab.distributions import bimodal
    >>> p = bimodal(0, apart=4, sd=0.5)
    >>> round(p.sd**2, 6)
    4.25
    """
    mean, apart = finite_number("The mean", mean), finite_number("The distance", apart)
    two = gaussian_mixture([mean - apart / 2, mean + apart / 2], [sd, sd])
    return cast(Mixture, two)
