"""A G that takes the noise out of pictures: what it is given, what it pays, and what it learns."""

import copy
import dataclasses

import numpy as np
import pytest
import torch

from gan_lab.datasets import digits
from gan_lab.recording import record
from gan_lab.training import LOSSES, Recipe, Refiner
from gan_lab.training.rewind import Rewindable
from gan_lab.widgets import lab

SMALL = Recipe(data=digits(), G=(8,), D=(8,), m=16, k=1, r1=0.1, members=2, seed=(3, 4))


def played(weight, moves: int = 4, noise: float = 0.5, **changes) -> Refiner:
    game = Refiner(SMALL.but(**changes), noise, weight, device="cpu")
    for _ in game.play(moves):
        pass
    return game


def test_in_the_place_of_z_is_the_same_picture_with_gaussian_noise():
    game = played(0.1, 0, m=512)
    of_D, of_G = game.minibatches.for_D(7, 0), game.minibatches.for_G(7)
    x, y = game.minibatches.to_look_at(512)
    found = [*(game.scale * (y - x) for x, y in (of_D, of_G)), game.center + game.scale * y - x]
    for noise in found:
        assert noise.mean().item() == pytest.approx(0, abs=0.01)
        assert noise.std().item() == pytest.approx(0.5, abs=0.01)
    assert (of_D[0] != of_G[0]).any() and (found[0] != found[1]).all()
    pixels = (game.center + game.scale * of_D[0][1]).double().numpy()
    nearest = [np.abs(digits().pixels - picture).max(1).min() for picture in pixels[:9]]
    assert max(nearest) < 1e-6


@pytest.mark.parametrize("loss", ["non-saturating", "relativistic"])
def test_it_pays_the_squared_error_and_the_weighted_loss(loss):
    game = played([0.0, 0.3], loss=loss)
    x, y = game.minibatches.for_G(4)
    made = game.G(y)
    squared = (x - made).square().mean((1, 2))
    adversarial = LOSSES[loss].G(game.D(x).squeeze(-1), game.D(made).squeeze(-1))
    wanted = squared + torch.tensor([0.0, 0.3]) * adversarial
    assert game.objective_G(x, y).tolist() == pytest.approx(wanted.tolist(), rel=1e-5)
    assert (adversarial > 0.1).all()


def test_with_the_weight_0_it_does_not_matter_who_judges():
    one, other = played(0.0), played(0.0, D=(4, 4), loss="hinge")
    assert torch.allclose(one.G.flat, other.G.flat, atol=1e-6)
    assert not torch.allclose(one.G.flat, played(0.1).G.flat, atol=1e-4)


def test_members_of_two_weights_play_as_each_alone():
    both = played([0.0, 0.3])
    for i, weight in enumerate((0.0, 0.3)):
        alone = played(weight, members=1, seed=3 + i)
        assert torch.allclose(both.G.flat[i], alone.G.flat[0], atol=1e-5)


def test_a_linear_one_learns_the_wiener_filter():
    """The best linear answer to y = x + noise, and its error, in closed form."""
    recipe = {"G": (), "m": 64, "r1": 0.0, "lr_G": 0.02, "members": 1, "seed": 0}
    game = played(0.0, 300, 1.0, iterations=300, **recipe)
    x = digits().pixels
    S = np.cov(x, rowvar=False, bias=True)

    def error(A, b):
        off = (x - x.mean(0)) @ (A.T - np.eye(64)) + x.mean(0) @ A.T + b - x.mean(0)
        return np.square(off).sum(1).mean() + np.square(A).sum()

    best = S @ np.linalg.inv(S + np.eye(64))
    least = error(best, x.mean(0) - best @ x.mean(0))
    b, *columns = game.generate((np.eye(65, 64, -1) - game.center) / game.scale)[0].numpy()
    A = (np.array(columns) - b).T
    assert least < error(A, b) < 1.06 * least


def test_a_copy_goes_on_as_the_original_and_the_answer_is_cut():
    game = played(0.2)
    other = copy.deepcopy(game)
    for one in (game, other):
        for _ in one.play(2):
            pass
    assert torch.equal(game.G.flat, other.G.flat)
    answer = game.denoised(100 * np.ones((3, 64)))
    assert answer.shape == (2, 3, 64) and answer.abs().max() <= 1


def test_what_cannot_be_refined_is_refused_in_one_sentence(tmp_path):
    conditional = dataclasses.replace(SMALL, conditional=True)
    for make, words in (
        (lambda: Refiner(Recipe()), "needs a recipe of pictures"),
        (lambda: Refiner("digits"), "needs a recipe of pictures"),
        (lambda: Refiner(conditional), "conditional must be False"),
        (lambda: Refiner(SMALL, noise=0), "noise must be a number above 0"),
        (lambda: Refiner(SMALL, weight=[0.1]), "weight must be a number from 0 on, or one for"),
        (lambda: Refiner(SMALL, weight=-1), "weight must be a number from 0 on"),
        (lambda: Refiner(SMALL, weight="much"), "weight must be a number from 0 on"),
        (lambda: played(0.1, 0).denoised(np.zeros((3, 16))), "pixels must have the shape"),
        (lambda: played(0.1, 0).save(tmp_path / "x"), "a refiner cannot be saved"),
        (lambda: Rewindable.of(played(0.1, 0)), "only a plain Training .* this is a Refiner"),
        (lambda: record(played(0.1, 0)), "told noisy pictures and no z"),
        (lambda: lab(played(0.1, 0)), "only a plain Training can be played in a lab"),
    ):
        with pytest.raises(ValueError, match=words):
            make()
