"""What each player minimises: against the definitions, written with probabilities."""

import math

import pytest
import torch

from gan_lab.losses import LOSSES, PENALTIES


def logits(*shape, seed=0):
    return 3 * torch.randn(shape, generator=torch.Generator().manual_seed(seed)).double()


REAL, FAKE = logits(4, 50), logits(4, 50, seed=1)


@pytest.mark.parametrize("name", LOSSES)
def test_the_discriminator_minimises_minus_V(name):
    D = torch.sigmoid
    V = torch.log(D(REAL)).mean(-1) + torch.log(1 - D(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES[name].D(REAL, FAKE), -V)


def test_the_minimax_generator_minimises_its_half_of_V():
    half = torch.log(1 - torch.sigmoid(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES["minimax"].G(None, FAKE), half)


def test_the_non_saturating_generator_maximises_log_D():
    half = torch.log(torch.sigmoid(FAKE)).mean(-1)
    torch.testing.assert_close(LOSSES["non-saturating"].G(None, FAKE), -half)


def test_where_D_is_half_the_losses_are_those_of_theorem_1():
    zero = torch.zeros(1, 7, dtype=torch.float64)
    for loss in LOSSES.values():
        assert loss.D(zero, zero).item() == pytest.approx(math.log(4))
    assert LOSSES["minimax"].G(None, zero).item() == pytest.approx(-math.log(2))
    assert LOSSES["non-saturating"].G(None, zero).item() == pytest.approx(math.log(2))


def test_early_in_learning_the_non_saturating_gradient_is_the_stronger():
    # Section 3: where D rejects with confidence, log(1 - D(G(z))) saturates. The slopes in
    # the logit l are -D and D - 1, so that they sum to -1 wherever D is.
    sure = torch.full((1, 1), -10.0, dtype=torch.float64, requires_grad=True)
    slopes = {
        name: torch.autograd.grad(loss.G(None, sure).sum(), sure)[0].item()
        for name, loss in LOSSES.items()
    }
    assert slopes["minimax"] == pytest.approx(-1 / (1 + math.exp(10)))
    assert slopes["minimax"] + slopes["non-saturating"] == pytest.approx(-1.0)


@pytest.mark.parametrize("far", [-1e4, 1e4])
@pytest.mark.parametrize("name", LOSSES)
def test_logits_far_away_give_finite_losses_and_slopes(name, far):
    logit = torch.full((1, 3), far, dtype=torch.float32, requires_grad=True)
    total = LOSSES[name].D(logit, logit).sum() + LOSSES[name].G(None, logit).sum()
    (slope,) = torch.autograd.grad(total, logit)
    assert total.isfinite() and slope.isfinite().all()


@pytest.mark.parametrize("name", ["r1", "r2"])
def test_r1_and_r2_are_half_the_mean_squared_slope(name):
    slope = logits(3, 5, 2)
    by_hand = [
        sum(sum(float(s) ** 2 for s in point) for point in member) / 5 / 2 for member in slope
    ]
    torch.testing.assert_close(PENALTIES[name].of(slope), torch.tensor(by_hand).double())


def test_r1_acts_at_the_data_and_r2_at_the_generator():
    assert (PENALTIES["r1"].at, PENALTIES["r2"].at) == ("real", "fake")
