"""A running game goes on by other rules."""

import copy

import pytest
import torch
from small_games import CHANGES, PLAIN, SMALL, after, same

from gan_lab.datasets import bimodal
from gan_lab.training.loop import Training
from gan_lab.training.schema import BUILT_IN


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_a_changed_game_is_a_new_game_with_the_old_weights_moments_and_t(changes):
    recipe = SMALL.but(members=2)
    changed, new = after(Training(recipe), 5), Training(recipe.but(**changes))
    new.t, new.turn = changed.t, changed.turn
    for player in ("G", "D"):
        getattr(new, player).flat.copy_(getattr(changed, player).flat)
        ours, theirs = (getattr(g, f"optimizer_{player}") for g in (new, changed))
        if type(ours) is type(theirs):
            ours.first, ours.second = theirs.first.clone(), theirs.second.clone()
            ours.steps = theirs.steps
    if new.average is not None:
        new.average.flat.copy_(changed.G.flat)
    new.constrain()
    unchanged = copy.deepcopy(changed)
    changed.change(**changes)
    assert same(changed, new) and changed.recipe == new.recipe and changed.t == 5
    assert changed.p_z.support == new.p_z.support
    assert same(after(changed, 4), after(new, 4))
    assert new.average is None or torch.equal(changed.average.flat, new.average.flat)
    assert "ema" in changes or not same(changed, after(unchanged, 4))


def test_a_momentum_that_is_changed_keeps_its_velocity():
    game = after(Training(PLAIN.but(momentum=0.9)), 3)
    velocity = game.optimizer_D.velocity.clone()
    game.change(momentum=0.5)
    assert torch.equal(game.optimizer_D.velocity, velocity) and game.optimizer_D.momentum == 0.5
    game = after(Training(PLAIN), 3)
    game.change(momentum=0.5)
    after(game, 2)
    assert game.optimizer_D.velocity.abs().max() > 0


def test_an_average_that_is_no_longer_asked_for_is_gone():
    game = after(Training(SMALL.but(ema=0.9)), 2)
    kept = game.average.flat.clone()
    game.change(ema=0.5, activation="tanh")
    assert game.average.activation == "tanh"
    assert torch.equal(game.average.flat, kept)
    game.change(ema=0.0)
    assert game.average is None


def test_fewer_steps_of_D_than_it_has_made_end_its_turn():
    game = Training(SMALL.but(k=5))
    for _ in range(3):
        game.update_discriminator()
    game.change(k=2)
    assert [g.turn for g in game.half_steps(1)] == ["D", "G"] and game.t == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"data": bimodal()},
        {"latent_dim": 2},
        {"G": (8,)},
        {"D": (9, 8)},
        {"gain": 1.0},
        {"standardise": False},
        {"members": 2},
        {"seed": 4},
        {"dtype": "float32"},
        {"packing": 2},
        {"k": 0},
        {"lr_D": -1.0},
        {"loss": "wgan"},
        {"K": 1},
        {"clip": 0.1, "spectral": True},
        {"lr_D": [0.1, 0.1]},
        {"lr_D": 0.5, "seed": 4},
    ],
    ids=str,
)
def test_what_a_running_game_cannot_become_is_refused_and_nothing_changes(changes):
    game = after(Training(SMALL), 2)
    before, rules = copy.deepcopy(game), game.recipe
    with pytest.raises(ValueError) as refusal:
        game.change(**changes)
    assert "\n" not in str(refusal.value) and game.recipe is rules
    if len(changes) == 1 and next(iter(changes)) in BUILT_IN:
        assert f"{next(iter(changes))} is built into a running game" in str(refusal.value)
    assert same(after(game, 2), after(before, 2))


def test_what_is_built_in_may_be_named_as_it_is():
    game = Training(SMALL)
    game.change(seed=SMALL.seed, G=[8, 8], lr_D=0.5)
    assert game.recipe == SMALL.but(lr_D=0.5)
