"""Where a game with a linear G rests: its Jacobian by hand, and how long a step may be there."""

import re

import numpy as np
import pytest
import torch

from gan_lab.datasets import bimodal
from gan_lab.theory.two_numbers import radius
from gan_lab.training.jacobian import Moment
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.resting import (
    LENGTHS,
    jacobian_at_rest,
    longest_step,
    longest_step_of_dirac,
    modulus_of_turns,
    pairs_of_points,
    resting_weights,
)

SMALL = Recipe(G=(), D=(5,), activation="tanh", m=8, k=1, r1=0.0, r2=0.0, members=2)


def played(recipe):
    training = Training(recipe, device="cpu")
    for _ in training.play(3):
        pass
    return training


def by_hand(training, member, loss, gamma):
    """The Jacobian in G's weights and D's last layer: D is linear in its features f there.

    With f' its slopes, -v_D has the slope E[f f^T] / 2 + gamma E[f' f'^T], and on independent pairs
    the covariance of f instead of E[f f^T]; the players see E[(z, 1) f'^T] / 2 of each other.
    """
    (w, b), _ = training.D.layers(member)
    sign = np.sign(training.G.flat[member, 0].item())
    z = np.unique(pairs_of_points()[1].numpy())
    hidden = np.tanh(sign * z[:, None] * w + b)
    f = np.column_stack([hidden, np.ones_like(z)])
    slopes = np.column_stack([(1 - hidden**2) * w, np.zeros_like(z)])
    seen = f - f.mean(0) if loss == "relativistic" else f
    curved = seen.T @ seen / (2 * len(z)) + gamma * slopes.T @ slopes / len(z)
    mixed = np.column_stack([z, np.ones_like(z)]).T @ slopes / (2 * len(z))
    return np.block([[np.zeros((2, 2)), mixed], [-mixed.T, -curved]])


@pytest.mark.parametrize("loss", ["non-saturating", "relativistic"])
@pytest.mark.parametrize("parts", [(1, 0), (0, 1), (0.5, 0.5)])
def test_the_jacobian_is_that_of_a_linear_d_on_its_hidden_layer(loss, parts):
    training = played(SMALL.but(loss=loss))
    for gamma in (0.0, 0.7):
        r1, r2 = (gamma * part for part in parts)
        found = jacobian_at_rest(training, 1, r1=r1, r2=r2)
        kept = np.r_[0, 1, len(found) - 6 : len(found)]
        assert np.allclose(found[np.ix_(kept, kept)], by_hand(training, 1, loss, gamma), atol=1e-12)
        hidden = np.delete(np.arange(len(found)), kept)
        assert np.abs(found[hidden]).max() < 1e-12 and np.abs(found[:, hidden]).max() < 1e-12
    assert training.recipe == SMALL.but(loss=loss)


def test_there_nothing_moves():
    moment = Moment(played(SMALL.but(r1=0.3)))
    weights = [theta.requires_grad_() for theta in resting_weights(moment)]
    real, z = pairs_of_points()
    game = moment.with_weights(*weights, 0)
    loss, penalty = game.objective_D(game.D, real, game.G(z), None)
    for cost, theta in ((game.objective_G(real, z), weights[0]), (loss + penalty, weights[1])):
        assert torch.autograd.grad(cost.sum(), theta, retain_graph=True)[0].abs().max() < 1e-12


@pytest.mark.parametrize("gamma", [0.0, 0.5, 1.0, 4.0])
def test_the_dirac_gan_has_the_border_of_the_theorem(gamma):
    matrix = np.array([[0.0, 0.5], [-0.5, -gamma]])
    for h in (0.2, 1.1, 2.5):
        assert modulus_of_turns(matrix, h, 1) == pytest.approx(
            radius("minimax", h=h, gamma=gamma), abs=1e-7
        )
    border = longest_step_of_dirac(gamma)
    assert border <= longest_step(matrix, 1) < 1.06 * border
    assert 2 / border - border / 8 == pytest.approx(gamma)


def test_the_border_of_a_network_is_that_of_the_theorem():
    """2 h B + h^2 C^T C has the largest eigenvalue 4 there (claim `steps-at-rest`)."""
    matrix = jacobian_at_rest(played(SMALL), 0, r1=0.4)
    B, C = -matrix[2:, 2:], matrix[:2, 2:]
    assert np.allclose(B, B.T, atol=1e-12) and np.allclose(matrix[2:, :2], -C.T, atol=1e-12)
    border = longest_step(matrix)
    shorter = border / (LENGTHS[1] / LENGTHS[0])
    mu = [np.linalg.eigvalsh(2 * h * B + h**2 * C.T @ C).max() for h in (shorter, border)]
    assert mu[0] <= 4 + 1e-9 < mu[1]


def test_a_step_that_never_leads_out_has_no_longest():
    assert longest_step(np.zeros((3, 3))) == np.inf


@pytest.mark.parametrize(
    "other", [{"G": (4,)}, {"latent": "uniform"}, {"data": bimodal(0, 2, 0.3)}, {"latent_dim": 2},
              {"standardise": False}],
)  # fmt: skip
def test_a_game_whose_rest_is_not_known_is_refused(other):
    with pytest.raises(ValueError, match=re.escape("where a game rests is known for a G without")):
        jacobian_at_rest(Training(SMALL.but(**other), device="cpu"))
