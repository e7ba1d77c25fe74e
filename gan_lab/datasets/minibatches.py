"""The minibatches that Algorithm 1 samples, drawn from counters in torch on any device.

A distribution on the line that is no Gaussian, nor a mixture, draws by quantiles: x is ppf(u) for a
u of the stream, which has 32 bits, so that nothing beyond the quantiles 2^-33 and 1 - 2^-33 is ever
drawn.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from gan_lab.core import torch
from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain, Stream
from gan_lab.datasets.images import Images
from gan_lab.datasets.in_the_plane import Curves
from gan_lab.distributions import Distribution
from gan_lab.distributions.continuous import Gaussian
from gan_lab.distributions.mixtures import Mixture

if TYPE_CHECKING:
    from torch import Tensor

FOR_D = (Domain.PICK_FOR_D, Domain.DATA_FOR_D)
FOR_G = (Domain.PICK_FOR_G, Domain.DATA_FOR_G)
TRAINING_SET = (Domain.PICK_TRAINING_SET, Domain.DATA_TRAINING_SET)
TO_LOOK = (Domain.PICK_TO_LOOK, Domain.DATA_TO_LOOK)
AHEAD = 2**15
"""About how many examples are drawn at once, for several iterations together."""


def draw(data, stream: Stream, purposes, iteration, m: int, step=0, dtype=None) -> Tensor:
    """Points (members, m, data.dim) of a data set; `purposes` (pick, value): `FOR_D` or `FOR_G`.

    Of pictures some that there are, drawn with replacement. They are float64 unless `dtype` says
    otherwise.
    """
    if data.dim == 1:
        return minibatch_on_the_line(data, stream, purposes, iteration, m, step).to(dtype)
    if isinstance(data, Images):
        which = picked_pictures(data, stream, purposes, iteration, m, step)
        return rows_of(data.pixels, which).to(dtype)
    return minibatch_in_the_plane(data, stream, purposes, iteration, m, step).to(dtype)


def minibatch_on_the_line(
    data: Distribution, stream: Stream, purposes, iteration, m, step
) -> Tensor:
    pick, value = purposes
    if isinstance(data, Gaussian):
        return data.mean + data.sd * stream.normal(value, iteration, (m, 1), step)
    if not isinstance(data, Mixture):
        return quantiles(data, stream.uniform(value, iteration, (m, 1), step))
    which = picked(data.weights, stream.uniform(pick, iteration, (m, 1), step))
    if data.of_gaussians:
        z = stream.normal(value, iteration, (m, 1), step)
        return constant(data.means, z)[which] + constant(data.sds, z)[which] * z
    u = stream.uniform(value, iteration, (m, 1), step)
    x = torch.empty_like(u)
    for i, component in enumerate(data.components):
        x[which == i] = quantiles(component, u[which == i])
    return x


def minibatch_in_the_plane(data, stream: Stream, purposes, iteration, m, step) -> Tensor:
    pick, value = purposes
    z = stream.normal(value, iteration, (m, 2), step)
    u = stream.uniform(pick, iteration, (m,), step)
    if isinstance(data, Curves):
        u = data.pieces * u
        which = u.floor().clamp(max=data.pieces - 1)
        return data.path(which, u - which) + data.width * z
    which = picked(data.weights, u)
    return constant(data.means, z)[which] + constant(data.sds, z)[which][..., None] * z


def picked_pictures(data: Images, stream: Stream, purposes, iteration, m, step) -> Tensor:
    """The numbers (members, m) of the pictures that are drawn, each as likely as another."""
    return one_of(len(data.pixels), stream, purposes[0], iteration, m, step)


def one_of(n: int, stream: Stream, pick: Domain, iteration, m: int, step) -> Tensor:
    """m numbers from 0 to n - 1 for each member, (members, m), each as likely as another."""
    u = stream.uniform(pick, iteration, (m,), step)
    return (n * u).long().clamp(max=n - 1)


def rows_of(values: np.ndarray, which: Tensor) -> Tensor:
    """Rows of an array, as float64 on the device of their numbers."""
    return torch.from_numpy(values[which.cpu().numpy()]).double().to(which.device)


def picked(weights, u: Tensor) -> Tensor:
    """The number of a part for each u, part i with probability weights[i]."""
    ends = torch.tensor(weights, dtype=torch.float64, device="cpu").cumsum(0)[:-1]
    return torch.bucketize(u.contiguous(), ends.to(u.device))


def constant(values, like: Tensor) -> Tensor:
    """Numbers of a data set, in float64 on a draw's device."""
    return torch.tensor(values, dtype=torch.float64, device="cpu").to(like.device)


def quantiles(data: Distribution, u: Tensor) -> Tensor:
    return torch.from_numpy(np.asarray(data.ppf(u.cpu().numpy()), dtype=float)).to(u.device)


class Minibatches:
    """What Algorithm 1 samples: m examples of the data and m of noise, in D's units.

    They are drawn for several iterations at once, which changes their cost and no number. With n
    in the recipe the examples are some of n fixed ones, drawn with replacement.
    `G_sees_data` is of the loss: whether the generator's step needs examples of the data.
    """

    def __init__(self, recipe, stream: Stream, center, scale: float, G_sees_data: bool):
        self.recipe, self.stream, self.scale = recipe, stream, scale
        plane = isinstance(center, tuple)  # one number for the line, a row of them beyond
        exact = {"dtype": torch.float64, "device": stream.device}
        self.center = torch.tensor(center, **exact) if plane else center
        self.dtype, self.ready = getattr(torch, recipe.dtype), {}
        self.G_sees_data = G_sees_data
        a_time = recipe.members * recipe.m * recipe.k * max(1, recipe.data.dim // 8)
        self.ahead = max(1, min(64, AHEAD // a_time))
        self.training_set = (
            draw(recipe.data, stream, TRAINING_SET, 0, recipe.n) if recipe.n else None
        )

    @undisturbed
    def for_D(self, t: int, step: int) -> tuple[Tensor, Tensor]:
        """Data and noise of D's step number `step` (from 0) in iteration t."""
        k = self.recipe.k
        if step >= k:  # a reader let D move more often than the recipe does
            return self.data(FOR_D, t, step), self.noise(Domain.NOISE_FOR_D, t, step)
        data, noise = self.block("D", t)
        return data[t % self.ahead, step], noise[t % self.ahead, step]

    @undisturbed
    def for_G(self, t: int) -> tuple[Tensor | None, Tensor]:
        """Data (None unless the generator's loss asks for them) and noise of iteration t."""
        data, noise = self.block("G", t)
        return data if data is None else data[t % self.ahead], noise[t % self.ahead]

    def block(self, player: str, t: int) -> tuple[Any, Tensor]:
        number = t // self.ahead
        if self.ready.get(player, (None,))[0] != number:
            times = range(number * self.ahead, (number + 1) * self.ahead)
            self.ready[player] = (number, *self.draw(player, times))
        return self.ready[player][1:]

    @undisturbed
    def drawn(self, kind: str, purpose: Domain, t: int, step: int, shape) -> Tensor:
        """Other draws of one step, "normal" or "uniform": (members, *shape)."""
        numbers, known = getattr(self.stream, kind), self.steps_of(purpose)
        if step >= known:
            return numbers(purpose, t, shape, step, self.dtype)
        number, key = t // self.ahead, (kind, purpose, tuple(shape))
        if self.ready.get(key, (None,))[0] != number:
            times = range(number * self.ahead, (number + 1) * self.ahead)
            self.ready[key] = number, numbers(purpose, times, shape, range(known), self.dtype)
        return self.ready[key][1][t % self.ahead, step]

    def steps_of(self, purpose: Domain) -> int:
        """How many steps of one iteration draw for this purpose."""
        if purpose == Domain.BETWEEN_FOR_G:
            return self.recipe.unrolled
        return 1 if purpose.name.endswith("FOR_G") else self.recipe.k

    def draw(self, player: str, times: range) -> tuple[Tensor | None, Tensor]:
        if player == "D":
            steps = range(self.recipe.k)
            return self.data(FOR_D, times, steps), self.noise(Domain.NOISE_FOR_D, times, steps)
        data = self.data(FOR_G, times) if self.G_sees_data else None
        return data, self.noise(Domain.NOISE_FOR_G, times)

    def data(self, purposes, times, steps: Any = 0) -> Tensor:
        x = self.examples(purposes, times, steps)
        return self.told(((x - self.center) / self.scale).to(self.dtype), purposes, times, steps)

    def examples(self, purposes, times, steps) -> Tensor:
        """m points of the data, in their own units: fresh ones, or some of the training set."""
        n, m = self.recipe.n, self.recipe.m
        if self.training_set is None:
            return draw(self.recipe.data, self.stream, purposes, times, m, steps)
        which = one_of(n, self.stream, purposes[0], times, m, steps)
        member = torch.arange(self.recipe.members, device=which.device)[:, None]
        return self.training_set[member, which]

    def told(self, values: Tensor, purposes, times, steps) -> Tensor:
        """Data, or noise, with a label after each in a conditional game, as 0s and a 1.

        That of the picture of the minibatch: so what G makes in a step has the labels that the data
        have there.
        """
        if not self.recipe.conditional:
            return values
        data = self.recipe.data
        which = picked_pictures(data, self.stream, purposes, times, self.recipe.m, steps)
        labels = torch.from_numpy(data.classes_of[which.cpu().numpy()]).to(which.device)
        told = torch.nn.functional.one_hot(labels, data.classes).to(values.dtype)
        return torch.cat([values, told], -1)

    def noise(self, purpose: Domain, times, steps: Any = 0, m: int | None = None) -> Tensor:
        z = self.unlabelled(purpose, times, steps, m)
        return self.told(z, FOR_D if purpose == Domain.NOISE_FOR_D else FOR_G, times, steps)

    def unlabelled(self, purpose: Domain, times, steps, m: int | None = None) -> Tensor:
        shape = (m or self.recipe.m, self.recipe.latent_dim)
        if self.recipe.latent == "gaussian":
            return self.stream.normal(purpose, times, shape, steps, self.dtype)
        u = self.stream.uniform(purpose, times, shape, steps)
        if self.recipe.latent == "bernoulli":
            return (u > 0.5).to(self.dtype)
        return (2.0 * u - 1.0).to(self.dtype)

    @undisturbed
    def to_look_at(self, m: int) -> tuple[Tensor, Tensor]:
        """m points of the data, in their own units, and m of noise, (members, m, ...).

        The same at every moment, and apart from those that the game is played with.
        """
        x = draw(self.recipe.data, self.stream, TO_LOOK, 0, m, dtype=torch.float64)
        return x, self.noise(Domain.NOISE_TO_LOOK, 0, m=m)

    def __deepcopy__(self, memo) -> Minibatches:
        other = copy.copy(self)  # what is ready is only ever read
        other.ready = dict(self.ready)
        return other
