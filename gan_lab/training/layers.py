"""Layers with a members axis: an affine map, a convolution and its transpose, batch and layer norm.

A layer is a value that knows its sizes; its weights are given to it, a matrix (members, ., .) and a
bias (members, channels). Members never meet: a convolution has a group for each.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gan_lab.core import torch

if TYPE_CHECKING:
    from torch import Tensor

KERNEL, STRIDE, PADDING = 4, 2, 1
"""Of every convolution, as in DCGAN: it halves the sides of a picture."""
SMALL = 1e-5
"""What is added to a variance before it divides, as torch does."""


@dataclass(frozen=True)
class Affine:
    """x w + b: (members, m, n_in) to `channels` maps of rows and columns `side`, or to numbers."""

    n_in: int
    channels: int
    side: tuple[int, int] | None = None

    @property
    def matrix(self) -> tuple[int, int]:
        return self.n_in, self.biases

    @property
    def biases(self) -> int:
        return self.channels * (math.prod(self.side) if self.side else 1)

    @property
    def fan_in(self) -> float:
        return self.n_in

    @property
    def multiplications(self) -> int:
        return self.n_in * self.biases

    def __call__(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        y = torch.baddbmm(b[:, None], x.flatten(2), w)
        return y.unflatten(2, (self.channels, *self.side)) if self.side else y


@dataclass(frozen=True)
class Conv:
    """A convolution: (members, m, n_in, rows, columns) to half as many rows and columns."""

    n_in: int
    channels: int
    side: tuple[int, int]  # rows and columns of what it makes

    @property
    def matrix(self) -> tuple[int, int]:
        return self.channels, self.n_in * KERNEL**2

    @property
    def biases(self) -> int:
        return self.channels

    @property
    def fan_in(self) -> float:
        return self.n_in * KERNEL**2

    @property
    def multiplications(self) -> int:
        return math.prod(self.matrix) * math.prod(self.side)

    def __call__(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        kernels = w.reshape(-1, self.n_in, KERNEL, KERNEL)
        y = torch.nn.functional.conv2d(
            side_by_side(x), kernels, b.flatten(), STRIDE, PADDING, groups=len(x)
        )
        return y.unflatten(1, (len(x), -1)).transpose(0, 1)


@dataclass(frozen=True)
class TransposedConv(Conv):
    """The transpose of a convolution: twice as many rows and columns."""

    @property
    def matrix(self) -> tuple[int, int]:
        return self.n_in, self.channels * KERNEL**2

    @property
    def fan_in(self) -> float:
        return self.n_in * KERNEL**2 / STRIDE**2  # of the inputs that meet in one pixel

    @property
    def multiplications(self) -> int:
        return math.prod(self.matrix) * math.prod(self.side) // STRIDE**2

    def __call__(self, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
        kernels = w.reshape(-1, self.channels, KERNEL, KERNEL)
        y = torch.nn.functional.conv_transpose2d(
            side_by_side(x), kernels, b.flatten(), STRIDE, PADDING, groups=len(x)
        )
        return y.unflatten(1, (len(x), -1)).transpose(0, 1)


Layer = Affine | Conv | TransposedConv


def side_by_side(x: Tensor) -> Tensor:
    """(members, m, channels, rows, columns) as (m, members x channels, rows, columns)."""
    return x.transpose(0, 1).flatten(1, 2)


AXES = {"batch": (1, 3, 4), "layer": (2, 3, 4)}
"""Over which axes of (members, m, channels, rows, columns) each norm takes mean and variance."""


def moments_over(h: Tensor, norm: str) -> tuple[Tensor, Tensor]:
    """Mean and variance of what a layer made, by which its norm divides, as Ioffe and Szegedy 2015
    (over a minibatch) or Ba, Kiros and Hinton 2016 (over the units of one sample) have them."""
    axes = [axis for axis in AXES[norm] if axis < h.ndim]
    return h.mean(axes, keepdim=True), h.var(axes, correction=0, keepdim=True)


def standardised(h: Tensor, mean: Tensor, var: Tensor, scale: Tensor, shift: Tensor) -> Tensor:
    """(h - mean) / sd, times `scale` and plus `shift` (members, channels) of each channel."""
    shape = (len(h), 1, -1, *[1] * (h.ndim - 3))
    return (h - mean) * torch.rsqrt(var + SMALL) * scale.view(shape) + shift.view(shape)
