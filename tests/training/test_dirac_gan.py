"""A real GAN of two weights: what torch plays is what the formulas say."""

import numpy as np
import pytest
import torch

from gan_lab.theory.two_numbers import trajectory
from gan_lab.training.dirac_gan import Shift, costs, iterates, slope

GAMES = [("minimax", "minimax"), ("non-saturating", "non-saturating"),
         ("relativistic", "non-saturating")]  # fmt: skip


@pytest.mark.parametrize(("loss", "game"), GAMES)
@pytest.mark.parametrize("alternating", [True, False])
@pytest.mark.parametrize("beta", [0.0, 0.5, -0.5])
def test_the_iterates_are_the_formulas(loss, game, alternating, beta):
    for start, h, r1, r2 in (((1.0, 0.5), 0.3, 0.2, 0.1), ((-2.0, 1.0), 0.1, 0.0, 0.0)):
        step = {"h": h, "beta": beta, "alternating": alternating}
        by_torch = iterates(loss, start, 150, r1=r1, r2=r2, **step)
        by_hand = trajectory(game, start, 150, gamma=r1 + r2, **step)
        np.testing.assert_allclose(by_torch, by_hand, rtol=1e-10, atol=1e-12)


def test_the_wasserstein_game_is_that_of_two_numbers_up_to_a_sign():
    by_torch = iterates("wasserstein", (1.0, 0.5), 100, h=0.2)
    by_hand = trajectory("bilinear", (1.0, -0.5), 100, h=0.2)
    np.testing.assert_allclose(by_torch, by_hand * [1, -1], rtol=1e-10, atol=1e-12)


def test_steps_are_those_of_torchs_own_sgd():
    G, D = Shift(1.0), slope(0.5)
    move_G, move_D = (torch.optim.SGD(p.parameters(), lr=0.2, momentum=0.4) for p in (G, D))
    for _ in range(50):
        for move, which in ((move_D, 1), (move_G, 0)):
            move_G.zero_grad(), move_D.zero_grad()
            costs("non-saturating", G, D, 0.3, 0.0)[which].backward()
            move.step()
    found = iterates("non-saturating", (1.0, 0.5), 50, h=0.2, beta=0.4, r1=0.3)[-1]
    assert found == pytest.approx((G.theta.item(), D.weight.item()), abs=1e-12)
