"""Data as values, and the minibatches that Algorithm 1 samples from them.

A data set is a frozen value that prints as the code which remakes it and goes to JSON and back. It
has `dim` coordinates, a `mean` and one `sd` for all of them, draws minibatches from a `Stream` and
hands its exact density to `gan_lab.theory`. Gaussian mixtures on the line are here, other laws on
the line in `laws`, those of the plane in `plane`; all can be had from this module.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass

import torch
from torch import Tensor

from gan_lab import laws, plane, theory
from gan_lab.ambient import undisturbed
from gan_lab.laws import LIGHTEST, SMALLEST, OnTheLine, drawn, law, mixed, reals
from gan_lab.plane import (
    InThePlane,
    dots,
    grid,
    moons,
    ring,
    spiral,
    spots,
    swiss_roll,
    two_rings,
)
from gan_lab.refusals import quoted
from gan_lab.streams import Purpose, Stream

__all__ = [
    "FOR_D", "FOR_G", "Data", "Minibatches", "Mixture", "bimodal", "dots", "drawn", "from_dict",
    "gaussian", "grid", "law", "mixture", "moons", "ring", "spiral", "spots", "swiss_roll",
    "two_rings",
]

FOR_D = (Purpose.PICK_FOR_D, Purpose.DATA_FOR_D)
FOR_G = (Purpose.PICK_FOR_G, Purpose.DATA_FOR_G)
AHEAD = 2**15
"""About how many examples are drawn at once, for several iterations together."""


@dataclass(frozen=True, repr=False)
class Mixture:
    """A mixture of Gaussians: the weights are made to sum to one.

    Raises ValueError, in one sentence, for lists of different lengths, a standard deviation
    that is not between 1e-6 and 1e6, a mean beyond 1e6, a weight beyond 1e6 and one that is less
    than 1e-12 of all.
    """

    means: tuple[float, ...]
    sds: tuple[float, ...]
    weights: tuple[float, ...]
    dim = 1

    def __post_init__(self):
        means = reals(self.means, "the means of a mixture")
        sds = reals(self.sds, "the standard deviations of a mixture", SMALLEST)
        weights = reals(self.weights, "the weights of a mixture", LIGHTEST)
        weights = mixed(means, sds, weights, "a mixture")
        for name, value in (("means", means), ("sds", sds), ("weights", weights)):
            object.__setattr__(self, name, value)

    @property
    def mean(self) -> float:
        """The expectation of x."""
        return math.fsum(w * mu for w, mu in zip(self.weights, self.means, strict=True))

    @property
    def sd(self) -> float:
        """The standard deviation of x: the spread within components and between them."""
        rows = zip(self.weights, self.means, self.sds, strict=True)
        return math.sqrt(math.fsum(w * (s * s + (mu - self.mean) ** 2) for w, mu, s in rows))

    def density(self) -> theory.Density:
        """The law itself."""
        parts = [theory.gaussian(mu, s) for mu, s in zip(self.means, self.sds, strict=True)]
        return parts[0] if len(parts) == 1 else theory.mixture(parts, self.weights)

    def sample(
        self, stream: Stream, purposes, iteration, m: int, step=0, dtype=torch.float64
    ) -> Tensor:
        """Points (members, m, 1); `purposes` (pick, value) is `FOR_D` or `FOR_G`."""
        pick, value = purposes
        z = stream.normal(value, iteration, (m, 1), step)
        if len(self.means) == 1:
            return (self.means[0] + self.sds[0] * z).to(dtype)
        weights, means, sds = (
            torch.tensor(v, dtype=torch.float64, device="cpu")
            for v in (self.weights, self.means, self.sds)
        )
        u = stream.uniform(pick, iteration, (m, 1), step)
        which = torch.bucketize(u.contiguous(), weights.cumsum(0)[:-1].to(u.device))
        means, sds = means.to(u.device), sds.to(u.device)
        return (means[which] + sds[which] * z).to(dtype)

    def as_dict(self) -> dict:
        """Plain lists, for JSON."""
        return {
            "means": list(self.means), "sds": list(self.sds), "weights": list(self.weights)
        }

    @classmethod
    def from_dict(cls, parts) -> Mixture:
        """The inverse of `as_dict`; ValueError in one sentence when it is not one."""
        if not isinstance(parts, dict) or set(parts) != {"means", "sds", "weights"}:
            raise ValueError(
                f"data must be a mixture with means, sds and weights, not {quoted(parts)}"
            )
        return cls(**parts)

    def __repr__(self) -> str:
        if len(self.means) == 1:
            return f"gaussian({self.means[0]!r}, {self.sds[0]!r})"
        lists = ", ".join(str(list(v)) for v in (self.means, self.sds, self.weights))
        return f"mixture({lists})"


def gaussian(mean: float = 0.0, sd: float = 1.0) -> Mixture:
    """N(mean, sd^2), as data."""
    return Mixture((mean,), (sd,), (1.0,))


def bimodal(mean: float = 0.0, apart: float = 2.0, sd: float = 0.3) -> Mixture:
    """Two equal Gaussians, their means `apart`, around `mean`."""
    ends = reals((mean, apart), "mean and distance")
    return mixture([ends[0] - ends[1] / 2, ends[0] + ends[1] / 2], [sd, sd])


def mixture(means, sds, weights=None) -> Mixture:
    """Gaussians with these means and standard deviations, equally likely unless weighted."""
    means = reals(means, "the means of a mixture")
    return Mixture(means, sds, [1.0] * len(means) if weights is None else weights)


Data = Mixture | OnTheLine | InThePlane
"""Any data set: what a recipe's `data` may be."""

KINDS = {"law": laws.Law, "drawn": laws.Drawn, **plane.KINDS}


def from_dict(parts) -> Data:
    """The data that `as_dict` wrote; ValueError in one sentence when it is none."""
    if not isinstance(parts, dict) or "kind" not in parts:
        return Mixture.from_dict(parts)
    kind, rest = parts["kind"], {k: v for k, v in parts.items() if k != "kind"}
    if not isinstance(kind, str) or kind not in KINDS:
        raise ValueError(f"data must be of a kind among {', '.join(KINDS)}, not {quoted(kind)}")
    try:
        return KINDS[kind](**rest)
    except TypeError:  # a number that is missing, or one too many
        raise ValueError(f"data must be numbers of a {kind}, not {quoted(rest)}") from None


class Minibatches:
    """What Algorithm 1 samples: m examples of the data and m of noise, in D's units.

    They are drawn for several iterations at once, which changes their cost and no number.
    `G_sees_data` is of the loss: whether the generator's step needs examples of the data.
    """

    def __init__(self, recipe, stream: Stream, center, scale: float, G_sees_data: bool):
        self.recipe, self.stream, self.scale = recipe, stream, scale
        plane = isinstance(center, tuple)  # one number for the line, a row of them beyond
        exact = {"dtype": torch.float64, "device": stream.device}
        self.center = torch.tensor(center, **exact) if plane else center
        self.dtype, self.ready = getattr(torch, recipe.dtype), {}
        self.G_sees_data = G_sees_data
        a_time = recipe.members * recipe.m * recipe.k
        self.ahead = max(1, min(64, AHEAD // a_time))

    @undisturbed
    def for_D(self, t: int, step: int) -> tuple[Tensor, Tensor]:
        """Data and noise of D's step number `step` (from 0) in iteration t."""
        k = self.recipe.k
        if step >= k:  # a reader let D move more often than the recipe does
            return self.data(FOR_D, t, step), self.noise(Purpose.NOISE_FOR_D, t, step)
        data, noise = self.block("D", t)
        return data[t % self.ahead, step], noise[t % self.ahead, step]

    @undisturbed
    def for_G(self, t: int) -> tuple[Tensor | None, Tensor]:
        """Data (None unless the generator's loss asks for them) and noise of iteration t."""
        data, noise = self.block("G", t)
        return data if data is None else data[t % self.ahead], noise[t % self.ahead]

    def block(self, player: str, t: int) -> tuple[Tensor | None, Tensor]:
        number = t // self.ahead
        if self.ready.get(player, (None,))[0] != number:
            times = range(number * self.ahead, (number + 1) * self.ahead)
            self.ready[player] = (number, *self.draw(player, times))
        return self.ready[player][1:]

    @undisturbed
    def drawn(self, law: str, purpose: Purpose, t: int, step: int, shape) -> Tensor:
        """Other draws of one step, "normal" or "uniform": (members, *shape)."""
        draw, known = getattr(self.stream, law), self.steps_of(purpose)
        if step >= known:
            return draw(purpose, t, shape, step, self.dtype)
        number, key = t // self.ahead, (law, purpose, tuple(shape))
        if self.ready.get(key, (None,))[0] != number:
            times = range(number * self.ahead, (number + 1) * self.ahead)
            self.ready[key] = number, draw(purpose, times, shape, range(known), self.dtype)
        return self.ready[key][1][t % self.ahead, step]

    def steps_of(self, purpose: Purpose) -> int:
        """How many steps of one iteration draw for this purpose."""
        if purpose == Purpose.BETWEEN_FOR_G:
            return self.recipe.unrolled
        return 1 if purpose.name.endswith("FOR_G") else self.recipe.k

    def draw(self, player: str, times: range) -> tuple[Tensor | None, Tensor]:
        if player == "D":
            steps = range(self.recipe.k)
            return self.data(FOR_D, times, steps), self.noise(Purpose.NOISE_FOR_D, times, steps)
        data = self.data(FOR_G, times) if self.G_sees_data else None
        return data, self.noise(Purpose.NOISE_FOR_G, times)

    def data(self, purposes, times, steps=0) -> Tensor:
        x = self.recipe.data.sample(self.stream, purposes, times, self.recipe.m, steps)
        return ((x - self.center) / self.scale).to(self.dtype)

    def noise(self, purpose: Purpose, times, steps=0) -> Tensor:
        shape = (self.recipe.m, self.recipe.latent_dim)
        if self.recipe.latent == "gaussian":
            return self.stream.normal(purpose, times, shape, steps, self.dtype)
        u = self.stream.uniform(purpose, times, shape, steps)
        if self.recipe.latent == "bernoulli":
            return (u > 0.5).to(self.dtype)
        return (2.0 * u - 1.0).to(self.dtype)

    def __deepcopy__(self, memo) -> Minibatches:
        other = copy.copy(self)  # what is ready is only ever read
        other.ready = dict(self.ready)
        return other
