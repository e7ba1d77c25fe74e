"""A fixed training set: what minibatches are made of when a recipe says n."""

import pytest
import torch
from scipy import stats

from gan_lab.datasets import bimodal, digits, moons
from gan_lab.datasets.minibatches import FOR_D, FOR_G
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

SMALL = Recipe(data=bimodal(), G=(4,), D=(4,), m=64, k=2, n=12, members=2, seed=3)


def set_of(**changes):
    """The training set of a game, (members, n, dim)."""
    return Training(SMALL.but(**changes), device="cpu").minibatches.training_set


@pytest.mark.parametrize("data", [bimodal(), moons()], ids=["line", "plane"])
def test_every_minibatch_is_made_of_the_set_and_each_sample_is_as_likely(data):
    batches = Training(SMALL.but(data=data), device="cpu").minibatches
    for purposes in (FOR_D, FOR_G):
        x = batches.examples(purposes, range(50), range(2))
        assert x.shape == (50, 2, 2, 64, data.dim)
        for member, kept in enumerate(batches.training_set):
            found = (x[:, :, member].reshape(-1, 1, data.dim) == kept).all(-1)
            assert found.any(1).all()
            assert stats.chisquare(found.sum(0).numpy()).pvalue > 1e-3


def test_what_d_and_g_are_given_is_the_set_in_units_of_D():
    game = Training(SMALL.but(loss="relativistic"), device="cpu")
    for real, _ in (game.minibatches.for_D(0, 1), game.minibatches.for_G(0)):
        x = game.in_data_units(real).double()
        apart = (x[:, :, None, 0] - game.minibatches.training_set[:, None, :, 0]).abs()
        assert apart.min(-1).values.max() < 1e-6


def test_it_is_a_function_of_the_seed_and_a_smaller_one_is_its_beginning():
    kept = set_of()
    assert kept.shape == (2, 12, 1) and not torch.equal(kept[0], kept[1])
    assert torch.equal(set_of(members=1, seed=4), kept[1:])
    assert torch.equal(set_of(n=5), kept[:, :5])
    assert torch.equal(set_of(m=7, k=1, loss="hinge", n=12), kept)


def test_it_is_a_sample_of_the_data():
    kept = set_of(n=20_000, members=1)[0, :, 0].numpy()
    assert stats.kstest(kept, SMALL.data.cdf).pvalue > 1e-3
    assert set_of(n=0) is None


def test_a_running_game_may_be_given_more_samples():
    game = Training(SMALL, device="cpu")
    before = game.minibatches.training_set
    game.change(n=100)
    assert torch.equal(game.minibatches.training_set[:, :12], before)
    game.change(n=0)
    x = game.minibatches.examples(FOR_D, 0, 0)
    fresh = Training(SMALL.but(n=0), device="cpu").minibatches.examples(FOR_D, 0, 0)
    assert torch.equal(x, fresh)


def test_of_pictures_there_is_no_smaller_set():
    with pytest.raises(ValueError, match=r"set n to 0, not 30$"):
        Recipe(data=digits(), n=30)
