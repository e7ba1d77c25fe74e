"""Players of several kinds of layers: convolutions, norms, z in every layer or nowhere.

What `networks.MLP` is for numbers: all weights in one flat tensor (members, P), of which those of
the layers are views. A recipe that asks for none of this plays with an `MLP`.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gan_lab.core import torch
from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Stream
from gan_lab.core.validation import member_of
from gan_lab.training.layers import Layer, moments_over, standardised
from gan_lab.training.networks import ACTIVATIONS

if TYPE_CHECKING:
    from torch import Tensor


@dataclass(frozen=True)
class NetworkPlan:
    """What a player is made of, and where its norms are and what it is given goes.

    `maps` (channels, rows, columns) are the pictures at its start, and what is given beyond them
    enters as so many more channels that are the same everywhere; None where it is given numbers.
    `z` of the numbers are noise; `z_in` says where they enter.
    """

    layers: tuple[Layer, ...]
    norm: str = "none"
    first_norm: int = 0  # the layers before this one have none
    maps: tuple[int, int, int] | None = None
    z: int = 0
    z_in: str = "input"

    @property
    def n_in(self) -> int:
        """How many numbers the player is given."""
        first = self.layers[0].n_in
        return first if self.maps is None else first - self.maps[0] + math.prod(self.maps)

    def normed(self, i: int) -> bool:
        """Whether there is a norm after layer i: not after the last."""
        return self.norm != "none" and self.first_norm <= i < len(self.layers) - 1

    def mixed(self, i: int) -> bool:
        """Whether z enters after layer i as well."""
        return self.z_in == "every layer" and i < len(self.layers) - 1

    def shapes(self) -> list[list[tuple[int, ...]]]:
        """The shapes of each layer's parameters: matrix, bias, scale and shift, and those of z."""
        found = []
        for i, layer in enumerate(self.layers):
            norm = [(layer.channels,)] * 2 if self.normed(i) else []
            mix = [(self.n_in, layer.channels)] if self.mixed(i) else []
            found.append([layer.matrix, (layer.biases,), *norm, *mix])
        return found


class Stack:
    """Layers of any kind with what stands between them, one such network for each member.

    (members, m, n_in) -> (members, m, n_out), as an `MLP`: pictures are flat rows of pixels. The
    first weights are uniform within 1/sqrt(fan-in), the layers' matrices then times `gain`, and a
    norm's scales are 1.
    """

    @undisturbed
    def __init__(
        self,
        plan: NetworkPlan,
        activation: str,
        stream: Stream,
        domain: int,
        dtype: torch.dtype | None = None,
        gain: float | Tensor = 1.0,
    ):
        self.plan, self.activation, self.members = plan, activation, len(stream.seeds)
        self.widths = plan
        self.fixed: list | None = None
        parts, count = [], sum(math.prod(s) for of in plan.shapes() for s in of)
        u = 2.0 * stream.uniform(domain, 0, (count,)) - 1.0
        start = 0
        for layer, shapes in zip(plan.layers, plan.shapes(), strict=True):
            for j, shape in enumerate(shapes):
                own = u[:, start : start + math.prod(shape)]
                start += math.prod(shape)
                scale = 1.0 / math.sqrt(layer.fan_in) if j < 2 or len(shape) == 2 else 0.0
                parts.append(own * scale + float(j == 2 and len(shape) == 1))
        self.share(torch.cat(parts, 1).to(dtype or torch.float32))
        with torch.no_grad():
            for w in self.weights:
                w.mul_(gain)

    def share(self, flat: Tensor) -> None:
        """Let the parameters be views of this (members, P) tensor: the leaves of the gradient."""
        parameters, start = [], 0
        for shape in (s for of in self.plan.shapes() for s in of):
            part = flat[:, start : start + math.prod(shape)]
            parameters.append(part.view(-1, *shape).requires_grad_())
            start += math.prod(shape)
        self.flat = flat
        self.hold(parameters)

    def hold(self, parameters: Sequence[Tensor]) -> None:
        """Take these tensors as the parameters of the layers, in their order."""
        self.parameters, rest = list(parameters), iter(parameters)
        self.parts = [[next(rest) for _ in of] for of in self.plan.shapes()]
        self.weights = [part[0] for part in self.parts]
        self.biases = [part[1] for part in self.parts]

    def over(self, flat: Tensor) -> Stack:
        """This network with other weights, (members, P), of which its layers are views."""
        other = copy.copy(self)
        other.share(flat)
        return other

    def moved(self, steps: Sequence[Tensor]) -> Stack:
        """This network with its `parameters` less these, and a function of both still."""
        other = copy.copy(self)
        other.flat = None  # pyright: ignore[reportAttributeAccessIssue]  # as `MLP.moved` has it
        other.hold([p - step for p, step in zip(self.parameters, steps, strict=True)])
        return other

    @undisturbed
    def __deepcopy__(self, memo) -> Stack:
        return self.over(self.flat.detach().clone())

    def __call__(self, x: Tensor) -> Tensor:
        return self.through(x)[0].flatten(2)

    def through(self, x: Tensor) -> tuple[Tensor, list]:
        """What the last layer makes of x, and the moments by which each norm divided."""
        plan, act, found = self.plan, ACTIVATIONS[self.activation].value, []
        if plan.z_in == "nowhere":
            x = torch.cat([torch.zeros_like(x[..., : plan.z]), x[..., plan.z :]], -1)
        h = x if plan.maps is None else as_maps(x, plan.maps)
        for i, (layer, (w, b, *rest)) in enumerate(zip(plan.layers, self.parts, strict=True)):
            if plan.norm == "batch" and plan.normed(i) and layer.biases == layer.channels:
                b = 0.0 * b  # the norm takes it away, and Adam would blow up what rounding leaves
            h = layer(act(h) if i else h, w, b)
            if plan.normed(i):
                moments = moments_over(h, plan.norm) if self.fixed is None else self.fixed[i]
                h = standardised(h, *moments, *rest[:2])
                found.append(moments)
            else:
                found.append(None)
            if plan.mixed(i):
                mixed = torch.bmm(x, rest[-1])
                h = h + mixed.view(*mixed.shape, *[1] * (h.ndim - 3))
        return h, found

    def settled(self, x: Tensor) -> Stack:
        """This network with the moments that its batch norms have on this minibatch, whatever it is
        given: so one sample does not depend on the others beside it. Itself, without batch norm."""
        if self.plan.norm != "batch":
            return self
        other = copy.copy(self)
        with torch.no_grad():
            other.fixed = self.through(x)[1]
        return other

    def with_slope(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The outputs' sum (members, m), and its gradient in x (members, m, n_in), of which a
        penalty's gradient can be taken in turn."""
        x = x if x.requires_grad else x.detach().requires_grad_()
        with torch.enable_grad():
            value = self(x).sum(2)
            (slope,) = torch.autograd.grad(value.sum(), x, create_graph=True)
        return value, slope

    def at(self, member: int) -> Callable[[np.ndarray], np.ndarray]:
        """One member as it is now, as a float64 function of numpy, (n, n_in) -> (n, n_out)."""
        i = member_of(self.members, member)
        alone = self.over(self.flat[i : i + 1].detach().cpu().double().clone())
        if self.fixed is not None:
            alone.fixed = [
                f and tuple(v[i : i + 1].detach().cpu().double() for v in f) for f in self.fixed
            ]

        def function(x):
            x = torch.from_numpy(np.array(x, dtype=float)).reshape(1, -1, self.plan.n_in)
            with torch.no_grad():
                return alone(x)[0].numpy()

        return function


def as_maps(x: Tensor, maps: tuple[int, int, int]) -> Tensor:
    """Rows of pixels, and numbers after them, as channels (members, m, channels, rows, columns)."""
    pixels = math.prod(maps)
    pictures, labels = x[..., :pixels].unflatten(2, maps), x[..., pixels:, None, None]
    return torch.cat([pictures, labels.expand(*labels.shape[:3], *maps[1:])], 2)
