"""Saturation: the slope of a loss of G dies in the logit, and not in D."""

import numpy as np
import pytest
import torch
from says import says

from gan_lab.theory.proofs.generator_losses import THREE
from gan_lab.training.losses import LOSSES

AT = (-12.0, -3.0, 0.0, 0.7, 5.0)


def by_autograd(s: float) -> dict:
    """The slopes in s and in D of the losses that the games are trained with."""
    found = {}
    for name in THREE:
        logit = torch.tensor([s], dtype=torch.float64, requires_grad=True)
        in_s = torch.autograd.grad(LOSSES[name].G(None, logit), logit)[0].item()
        D = torch.sigmoid(logit.detach()).requires_grad_()
        in_D = torch.autograd.grad(LOSSES[name].G(None, torch.logit(D)), D)[0].item()
        found[name] = in_s, in_D
    return found


@says(
    r"In the logit $s$ of $D$ the three losses have the slopes $$ \begin{aligned} "
    r"\frac{d}{ds} \log(1 - D) & = -D , \\ \frac{d}{ds} (-\log D) & = -(1 - D) , \\ "
    r"\frac{d}{ds} (-½ e^s) & = -\frac{½\, D}{1 - D} , \end{aligned} $$ and in $D$ itself "
    r"$$ \begin{aligned} \frac{d}{dD} \log(1 - D) & = -\frac{1}{1 - D} , \\ "
    r"\frac{d}{dD} (-\log D) & = -\frac{1}{D} , \\ "
    r"\frac{d}{dD} (-½ e^s) & = -\frac{½}{(1 - D)^2} . \end{aligned} $$"
)
@pytest.mark.parametrize("s", AT)
def test_the_losses_that_are_trained_have_these_slopes(s):
    D = 1 / (1 + np.exp(-s))
    wanted = {
        "minimax": (-D, -1 / (1 - D)),
        "non-saturating": (-(1 - D), -1 / D),
        "maximum-likelihood": (-0.5 * D / (1 - D), -0.5 / (1 - D) ** 2),
    }
    for name, found in by_autograd(s).items():
        assert found == pytest.approx(wanted[name], rel=1e-9)


@says(
    r"For $D \to 0$ the first and the third vanish in the logit, and none of the three does in "
    r"$D$."
)
def test_where_d_rejects_a_sample_two_of_three_vanish_in_the_logit_and_none_in_d():
    sizes = [by_autograd(s) for s in (-5.0, -10.0, -20.0)]
    for name in ("minimax", "maximum-likelihood"):
        in_s = [-found[name][0] for found in sizes]
        assert in_s[0] < 0.01 and in_s[2] < 1e-8 and in_s == sorted(in_s, reverse=True)
    assert all(-found["non-saturating"][0] > 0.99 for found in sizes)
    for found in sizes:
        assert all(-in_D > 0.49 for _, in_D in found.values())


def test_the_two_losses_of_2014_change_places_where_d_does():
    for s in AT:
        here, there = by_autograd(s), by_autograd(-s)
        assert here["minimax"][0] == pytest.approx(there["non-saturating"][0], rel=1e-9)
