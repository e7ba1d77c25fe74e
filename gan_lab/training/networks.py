"""Networks with a members axis: many small MLPs, side by side, in one batch of products.

All weights of a network lie in one flat tensor (members, P); each layer is a view of it.
An optimizer moves the flat tensor, and member i's part of it is nobody else's. A network
does not know that it plays in a GAN.
"""

from __future__ import annotations

import copy
import math
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gan_lab.core import torch
from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Stream
from gan_lab.core.validation import listed, member_of, quoted

if TYPE_CHECKING:
    from torch import Tensor

LEAK = 0.2
AT_ONCE = 512
"""Points that pass through the layers together: so few that a layer's output stays in a cache."""


@dataclass(frozen=True)
class Activation:
    """A function of one number, its slope, and the function again in numpy."""

    value: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor], Tensor]
    array: Callable[[np.ndarray], np.ndarray]


def step_slope(low: float) -> Callable[[Tensor], Tensor]:
    """The slope of a function that is linear on both sides of zero: `low` and 1."""
    return lambda h: (h > 0).to(h.dtype).mul_(1.0 - low).add_(low)


def silu(h: np.ndarray) -> np.ndarray:
    """h / (1 + exp(-h)), in two arrays."""
    half = 0.5 * h
    value = np.tanh(half)
    value += 1.0
    value *= half
    return value


ACTIVATIONS = {
    "leaky_relu": Activation(
        value=lambda h: torch.nn.functional.leaky_relu(h, LEAK),
        slope=step_slope(LEAK),
        array=lambda h: np.maximum(h, LEAK * h),
    ),
    "relu": Activation(
        value=lambda h: torch.relu(h), slope=step_slope(0.0), array=lambda h: np.maximum(h, 0.0)
    ),
    "tanh": Activation(
        value=lambda h: torch.tanh(h),
        slope=lambda h: 1.0 - torch.tanh(h).square(),
        array=np.tanh,
    ),
    "silu": Activation(
        value=lambda h: torch.nn.functional.silu(h),
        slope=lambda h: torch.sigmoid(h) * (1.0 + h * torch.sigmoid(-h)),
        array=silu,
    ),
}
"""The activation functions of a network, by the names that a recipe gives them."""
PIECEWISE_LINEAR = ("leaky_relu", "relu")


class MLP:
    """Multilayer perceptrons, one for each member: (members, m, n_in) -> (members, m, n_out).

    Affine maps with an activation between them. Weights are (members, in, out), biases
    (members, 1, out), both drawn uniformly within 1/sqrt(fan-in), as `torch.nn.Linear` does, the
    weights then times `gain`.

    Parameters
    ----------
    widths : sequence of int
        The sizes of all layers from input to output.
    activation : str
        A name of `ACTIVATIONS`.
    stream : Stream
        The random numbers, with a seed for each member.
    domain : Domain
        What the weights are for.
    dtype : torch.dtype, optional
        Of the weights.
    gain : float or Tensor
        What the first weights are multiplied by.

    Raises
    ------
    ValueError
        For an unknown activation or widths that are not whole positive numbers.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.core import Domain, Stream
    >>> from gan_lab.training import MLP
    >>> G = MLP([1, 8, 2], "tanh", Stream([0, 1, 2]), Domain.G_WEIGHTS)
    >>> G(torch.zeros(3, 5, 1)).shape
    torch.Size([3, 5, 2])
    """

    @undisturbed
    def __init__(
        self,
        widths: Sequence[int],
        activation: str,
        stream: Stream,
        domain: int,
        dtype: torch.dtype | None = None,
        gain: float | Tensor = 1.0,
    ):
        if not isinstance(activation, str) or activation not in ACTIVATIONS:
            known = ", ".join(ACTIVATIONS)
            raise ValueError(f"activation must be one of {known}, not {quoted(activation)}")
        words = "widths must be two or more whole positive numbers"
        widths = listed(widths, words)
        if len(widths) < 2 or any(type(w) is not int or w < 1 for w in widths):
            raise ValueError(f"{words}, not {quoted(widths)}")
        if not isinstance(stream, Stream):
            raise ValueError(f"a network needs a Stream for its weights, not {quoted(stream)}")
        if isinstance(gain, torch.Tensor):
            right = gain.shape in ((), (len(stream.seeds), 1, 1))
        else:
            right = type(gain) in (int, float) and abs(gain) <= sys.float_info.max
            gain = float(gain) if right else gain
        if not right:
            raise ValueError(f"gain must be a finite number, one or each's, not {quoted(gain)}")
        self.widths, self.activation = tuple(widths), activation
        self.members = len(stream.seeds)
        scale = torch.cat(
            [
                torch.full(
                    (n * w + w,), 1 / math.sqrt(n), dtype=torch.float32, device=stream.device
                )
                for n, w in self.pairs
            ]
        ).double()
        u = stream.uniform(domain, 0, (len(scale),))
        self.share((scale * (2.0 * u - 1.0)).to(dtype or torch.float32))
        with torch.no_grad():
            for w in self.weights:
                w.mul_(gain)

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """(in, out) for each layer."""
        return list(zip(self.widths[:-1], self.widths[1:], strict=True))

    def share(self, flat: Tensor) -> None:
        """Let the layers be views of this (members, P) tensor: the leaves of the gradient."""
        self.flat, self.weights, self.biases, start = flat, [], [], 0
        for n, w in self.pairs:
            middle, end = start + n * w, start + n * w + w
            self.weights.append(flat[:, start:middle].view(-1, n, w).requires_grad_())
            self.biases.append(flat[:, middle:end].view(-1, 1, w).requires_grad_())
            start = end

    def over(self, flat: Tensor) -> MLP:
        """This network with other weights, (members, P), of which its layers are views."""
        other = copy.copy(self)
        other.share(flat)
        return other

    @property
    def parameters(self) -> list[Tensor]:
        """The layers' weights and biases, in the order in which they lie in `flat`."""
        return [p for pair in zip(self.weights, self.biases, strict=True) for p in pair]

    def __call__(self, x: Tensor) -> Tensor:
        act = ACTIVATIONS[self.activation].value
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            x = torch.baddbmm(b, act(x) if i else x, w)
        return x

    def with_slope(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The outputs' sum (members, m), and its gradient in x (members, m, n_in).

        The chain rule written out, so that the slope is an expression of the weights like
        any other: a penalty on it needs one pass backwards, not a pass within a pass.
        """
        act, slopes = ACTIVATIONS[self.activation], []
        for i, (w, b) in enumerate(zip(self.weights, self.biases, strict=True)):
            if i:
                slopes.append(act.slope(x))
                x = x * slopes[-1] if self.activation in PIECEWISE_LINEAR else act.value(x)
            x = torch.baddbmm(b, x, w)
        v = self.weights[-1].sum(2)[:, None, :]
        for w, slope in zip(self.weights[-2::-1], slopes[::-1], strict=True):
            v = torch.bmm(v * slope, w.transpose(1, 2))
        return x.sum(2), v.expand(-1, x.shape[1], -1)

    def moved(self, steps: Sequence[Tensor]) -> MLP:
        """This network with its `parameters` less these, and a function of both still.

        For looking ahead: it has no flat tensor, and cannot be trained or copied.
        """
        other = copy.copy(self)
        new = [p - step for p, step in zip(self.parameters, steps, strict=True)]
        other.flat, other.weights, other.biases = None, new[::2], new[1::2]
        return other

    @undisturbed
    def __deepcopy__(self, memo) -> MLP:
        return self.over(self.flat.detach().clone())

    def layers(self, member: int) -> list[tuple[np.ndarray, np.ndarray]]:
        """One member's (weights (in, out), biases (out,)) as float64 arrays of its own."""
        member = member_of(self.members, member)
        arrays = [p.detach()[member].cpu().double().numpy().copy() for p in self.parameters]
        return [(w, b[0]) for w, b in zip(arrays[::2], arrays[1::2], strict=True)]

    def at(self, member: int) -> Callable[[np.ndarray], np.ndarray]:
        """One member as it is now, as a float64 function of numpy.

        Of an array of any shape where the input is one number, else of (..., n_in). The last
        axis of the value is dropped where the output is one number.
        """
        layers, act = self.layers(member), ACTIVATIONS[self.activation].array
        n_in, n_out = self.widths[0], self.widths[-1]

        def through(h):
            for i, (w, b) in enumerate(layers):
                h = act(h) if i else h
                h = h @ w if len(w) > 1 else h * w
                h += b
            return h

        def function(x):
            x = np.asarray(x, dtype=np.float64)
            shape = (x.shape if n_in == 1 else x.shape[:-1]) + ((n_out,) if n_out > 1 else ())
            points = x.reshape(-1, n_in)
            with np.errstate(all="ignore"):  # weights near the end of the floats
                if len(points) <= AT_ONCE:
                    return through(points).reshape(shape)
                starts = range(0, len(points), AT_ONCE)
                parts = [through(points[i : i + AT_ONCE]) for i in starts]
            return np.concatenate(parts).reshape(shape)

        return function

    def kinks(self, member: int) -> np.ndarray:
        """Every input at which one member may change slope, sorted: exact, layer by layer.

        Between the kinks of the layers before it, each unit is linear in the input, so that
        its zero is found by one division. A unit that nothing listens to is listed too.
        Raises ValueError unless the input is one number and the activation linear in pieces.
        """
        if self.widths[0] != 1:
            raise ValueError(f"kinks need an input of one number, not of {self.widths[0]}")
        if self.activation not in PIECEWISE_LINEAR:
            raise ValueError(f"a network of {self.activation} is smooth: it has no kinks to list")
        kinks, layers = np.empty(0), self.layers(member)
        act = ACTIVATIONS[self.activation].array
        for depth in range(1, len(layers)):
            # Two points beyond each end carry the slope of the outermost pieces.
            ends = (kinks[0], kinks[-1]) if kinks.size else (-1.0, 1.0)
            reach = 1.0 + ends[1] - ends[0]
            x = np.concatenate([[ends[0] - reach], kinks, [ends[1] + reach]])
            h = x[:, None]
            for i, (w, b) in enumerate(layers[:depth]):
                h = (act(h) if i else h) @ w + b
            kinks = np.union1d(kinks, zero_crossings(x, h))
        return kinks


def zero_crossings(x: np.ndarray, h: np.ndarray) -> np.ndarray:
    """Where functions (columns of h), linear between the points x and beyond, cross zero."""
    left, right = h[:-1], h[1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = left / (left - right)  # of the way from one point to the next
        found = x[:-1, None] + share * np.diff(x)[:, None]
    inside = (share >= 0.0) & (share <= 1.0)
    inside[0] |= share[0] < 0.0
    inside[-1] |= share[-1] > 1.0
    return found[inside & np.isfinite(found)]
