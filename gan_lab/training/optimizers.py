"""Descent on a flat tensor (members, P), with a step size for each member if wanted.

An optimizer turns a gradient into a step to be subtracted from the weights. It holds the
moments of that gradient and nothing else: the step size comes with each call, so that a
schedule, or a reader's hand, may change it at any time.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Union

from gan_lab.core import torch

if TYPE_CHECKING:
    from torch import Tensor


Rate = Union[float, "Tensor"]
"""A number, or a tensor (members, 1): one step size for each member."""


def is_enabled(strength: float | Tensor) -> bool:
    """Whether it is more than nothing: all but the number 0, since a tensor is not looked into."""
    return isinstance(strength, torch.Tensor) or strength != 0.0


def with_axes(value: float | Tensor, axes: int) -> float | Tensor:
    """A number for each member as (members, 1, ...) with so many axes; one for all as it is."""
    if not isinstance(value, torch.Tensor) or value.ndim == 0:
        return value
    return value.reshape(-1, *[1] * (axes - 1))


def blend(mean: Tensor, new: Tensor, share: float | Tensor) -> Tensor:
    """Move a running mean, in place, this share of the way to what is new."""
    return mean.lerp_(new, share.to(mean.dtype) if isinstance(share, torch.Tensor) else share)


def cosine(share: float) -> float:
    """Half a wave of a cosine: 1 at the beginning, 0 when all of the training is done."""
    return 0.5 * (1.0 + math.cos(math.pi * share))


def flat_gradient(cost: Tensor, player, **options) -> Tensor:
    """The gradient of a cost in all weights of a player, (members, P), laid out as its `flat`."""
    gradient = torch.autograd.grad(cost, player.parameters, **options)
    return torch.cat([g.flatten(1) for g in gradient], dim=1)


class SGD:
    """Stochastic gradient descent with (Polyak's) momentum, as `torch.optim.SGD` has it.

    Parameters
    ----------
    like : Tensor
        Of the weights' shape, dtype and device.
    momentum : float
        How much of the last step is made again.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import SGD
    >>> SGD(torch.zeros(2)).step(torch.tensor([2.0, -4.0]), rate=0.5).tolist()
    [1.0, -2.0]
    """

    SETTINGS = ("momentum",)

    def __init__(self, like: Tensor, momentum: float = 0.0):
        self.momentum, self.velocity = momentum, torch.zeros_like(like)

    def step(self, gradient: Tensor, rate: Rate) -> Tensor:
        """What to subtract from the weights."""
        return rate * self.gathered(gradient)

    def gathered(self, gradient: Tensor) -> Tensor:
        """The velocity after this gradient; without momentum, the gradient itself."""
        if not is_enabled(self.momentum):
            return gradient
        return self.velocity.mul_(self.momentum).add_(gradient)


class RMSProp(SGD):
    """The RMSprop optimizer, as `torch.optim.RMSprop` has it: gradients over their running size.

    The size is the root of the running mean square.

    Parameters
    ----------
    like : Tensor
        Of the weights' shape, dtype and device.
    beta2 : float
        The decay of the mean of squares, torch's alpha.
    momentum : float
        Where there is any, it gathers the quotients.
    eps : float
        What is added to the root.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import RMSProp
    >>> RMSProp(torch.zeros(2)).step(torch.tensor([3.0, -0.5]), rate=0.1).sign().tolist()
    [1.0, -1.0]
    """

    SETTINGS = ("beta2", "momentum")

    def __init__(self, like: Tensor, beta2: float = 0.99, momentum: float = 0.0, eps=1e-8):
        super().__init__(like, momentum)
        self.beta2, self.eps, self.second = beta2, eps, torch.zeros_like(like)

    def step(self, gradient: Tensor, rate: Rate) -> Tensor:
        """What to subtract from the weights."""
        blend(self.second, gradient.square(), 1.0 - self.beta2)
        return rate * self.gathered(gradient / (self.second.sqrt() + self.eps))


class Adam:
    """The Adam optimizer: both moments corrected for their start at zero.

    Parameters
    ----------
    like : Tensor
        Of the weights' shape, dtype and device.
    beta1 : float
        The decay of the mean of gradients.
    beta2 : float
        The decay of the mean of squared gradients.
    eps : float
        What is added to the root of that mean.

    References
    ----------
    Kingma and Ba 2015, Algorithm 1.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import Adam
    >>> adam = Adam(torch.zeros(2))
    >>> adam.step(torch.tensor([3.0, -0.5]), rate=0.1).sign().tolist()
    [1.0, -1.0]
    """

    SETTINGS = ("beta1", "beta2")

    def __init__(self, like: Tensor, beta1: float = 0.9, beta2: float = 0.999, eps=1e-8):
        self.beta1, self.beta2, self.eps, self.steps = beta1, beta2, eps, 0
        self.first = torch.zeros_like(like)
        self.second = torch.zeros_like(like)

    def step(self, gradient: Tensor, rate: Rate) -> Tensor:
        """What to subtract from the weights."""
        self.steps = self.steps + 1
        blend(self.first, gradient, 1.0 - self.beta1)
        blend(self.second, gradient.square(), 1.0 - self.beta2)
        spread = self.second.sqrt().div_((1.0 - self.beta2**self.steps) ** 0.5).add_(self.eps)
        return self.first / spread * (rate / (1.0 - self.beta1**self.steps))


Optimizer = SGD | RMSProp | Adam
AS_D = "as D"
"""What a recipe calls an optimizer of G that is that of D."""

OPTIMIZERS = {"adam": Adam, "sgd": SGD, "rmsprop": RMSProp}
"""By the names that a recipe gives them; `SETTINGS` are the fields of a recipe that each reads."""
