"""The Dirac-GAN in torch: a real GAN of two weights, in plain torch with the losses of the table.

The data are the number 0. G has no weight but a shift, and makes the number theta; D is linear
without a bias, and its logit at x is psi x (Mescheder, Geiger and Nowozin 2018). Nothing here knows
the formulas of `theory.two_numbers`: the costs are those of `training.losses`, the gradients are
autograd's. All in float64.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from gan_lab.training.losses import LOSSES, PENALTIES

REAL = torch.zeros(1, 1, dtype=torch.float64)


class Shift(nn.Module):
    """A generator whose only weight is added to z, and z is 0."""

    def __init__(self, theta: float):
        super().__init__()
        self.theta = nn.Parameter(torch.full((1, 1), theta, dtype=torch.float64))

    def forward(self, z: Tensor) -> Tensor:
        return z + self.theta


def slope(psi: float) -> nn.Linear:
    """A discriminator whose only weight is its slope."""
    D = nn.Linear(1, 1, bias=False, dtype=torch.float64)
    nn.init.constant_(D.weight, psi)
    return D


def penalty(name: str, D: nn.Module, x: Tensor) -> Tensor:
    """R1 at data or R2 at samples, of the strength 1: from D's slope there, by autograd."""
    x = x.detach().requires_grad_()
    (grad,) = torch.autograd.grad(D(x).sum(), x, create_graph=True)
    return PENALTIES[name].of(grad)


def costs(loss: str, G: nn.Module, D: nn.Module, r1: float, r2: float) -> tuple[Tensor, Tensor]:
    """What G and D minimise, (cost_G, cost_D)."""
    fake = G(torch.zeros_like(REAL))
    real_logit, fake_logit = D(REAL).flatten(), D(fake).flatten()
    held = r1 * penalty("r1", D, REAL) + r2 * penalty("r2", D, fake)
    row = LOSSES[loss]
    return row.G(real_logit, fake_logit), row.D(real_logit, fake_logit) + held


def iterates(
    loss: str, start, n: int, *, h: float, beta: float = 0.0, r1: float = 0.0, r2: float = 0.0,
    alternating: bool = True,
) -> np.ndarray:  # fmt: skip
    """(theta, psi) before and after each of n iterations, (n + 1, 2); D moves first in turns."""
    G, D = Shift(start[0]), slope(start[1])
    u, w = torch.zeros_like(G.theta), torch.zeros_like(D.weight)
    found = [tuple(map(float, start))]
    for _ in range(n):
        cost_G, cost_D = costs(loss, G, D, r1, r2)
        (slope_D,) = torch.autograd.grad(cost_D, D.weight, retain_graph=True)
        if alternating:
            w = sgd_step(D.weight, slope_D, w, h, beta)
            cost_G, _ = costs(loss, G, D, r1, r2)
        (slope_G,) = torch.autograd.grad(cost_G, G.theta)
        if not alternating:
            w = sgd_step(D.weight, slope_D, w, h, beta)
        u = sgd_step(G.theta, slope_G, u, h, beta)
        found.append((G.theta.item(), D.weight.item()))
    return np.array(found)


@torch.no_grad()
def sgd_step(weight: Tensor, slope: Tensor, momentum: Tensor, h: float, beta: float) -> Tensor:
    """Takes a step of SGD, as torch's own, which refuses a negative beta; the new momentum."""
    momentum = beta * momentum + slope
    weight -= h * momentum
    return momentum
