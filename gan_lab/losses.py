"""What each player minimises, as functions of the discriminator's logits alone.

The last axis of a logit tensor is the minibatch and is averaged away; the axes before it
(members of an ensemble, points of a grid) pass through. Both players descend: where a paper
says "ascend", the sign here is the opposite. Losses, penalties and constraints are three
orthogonal tables; a penalty is a function of D's slope at stated points. All in nats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor
from torch.nn.functional import softplus


@dataclass(frozen=True)
class Loss:
    """A pair of costs: `D(real, fake)` and `G(real, fake)`, logits in, nats out.

    Where `G_sees_data` is False the generator's cost ignores `real`, which may be None.
    """

    D: Callable[[Tensor, Tensor], Tensor]
    G: Callable[[Tensor | None, Tensor], Tensor]
    G_sees_data: bool = False


def cross_entropy(real: Tensor, fake: Tensor) -> Tensor:
    """-V(G, D): -E[log D(x)] - E[log(1 - D(G(z)))], Goodfellow et al. 2014, Equation 1."""
    return softplus(-real).mean(-1) + softplus(fake).mean(-1)


def minimax(real: Tensor | None, fake: Tensor) -> Tensor:
    """E[log(1 - D(G(z)))], the generator's half of Equation 1 and of Algorithm 1."""
    return -softplus(fake).mean(-1)


def non_saturating(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[log D(G(z))], the end of section 3: the same fixed point, stronger gradients early."""
    return softplus(-fake).mean(-1)


LOSSES = {
    "minimax": Loss(D=cross_entropy, G=minimax),
    "non-saturating": Loss(D=cross_entropy, G=non_saturating),
}


@dataclass(frozen=True)
class Penalty:
    """A cost on D's slope: `of(slope)`, with the slope of the logit at `at` points.

    `at` is "real" or "fake"; the slope is (members, m, n), the cost (members,). A recipe
    multiplies it by its strength gamma.
    """

    at: str
    of: Callable[[Tensor], Tensor]


def half_square(slope: Tensor) -> Tensor:
    """E|grad_x logit|^2 / 2, Mescheder, Geiger and Nowozin 2018, Equations 9 and 10."""
    return 0.5 * slope.square().sum(-1).mean(-1)


PENALTIES = {
    "r1": Penalty(at="real", of=half_square),
    "r2": Penalty(at="fake", of=half_square),
}
