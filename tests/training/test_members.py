"""A member with a value of its own is the game that would be played alone with that value."""

import numpy as np
import pytest
import torch

from gan_lab.datasets import gaussian, ring
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.schema import PER_MEMBER

SMALL = Recipe(G=(6,), D=(6,), m=8, k=2, iterations=12, dtype="float64")
TWO_EACH = {
    "gain": (0.5, 1.5),
    "r1": (0.0, 0.3),
    "r2": (0.1, 0.3),
    "gp": (0.2, 2.0),
    "clip": (0.05, 0.2),
    "smoothing": (0.0, 0.2),
    "instance_noise": (0.5, 0.1),
    "lr_D": (1e-3, 1e-2),
    "lr_G": (1e-3, 1e-2),
    "beta1": (0.0, 0.5),
    "beta2": (0.9, 0.99),
    "momentum": (0.0, 0.7),
    "ema": (0.0, 0.9),
    "seed": (11, 4),
}
NEEDS = {"momentum": {"optimizer": "sgd"}, "beta2": {"optimizer": "rmsprop"}}


def ended(recipe) -> Training:
    game = Training(recipe, "cpu")
    list(game.play(10))
    return game


def test_every_field_of_the_table_is_tried_here():
    assert set(TWO_EACH) == set(PER_MEMBER)


@pytest.mark.parametrize("name", TWO_EACH)
def test_a_member_with_its_own_value_plays_as_if_it_were_alone(name):
    recipe = SMALL.but(members=2, **NEEDS.get(name, {}) | {name: TWO_EACH[name]})
    company = ended(recipe)
    for i in range(2):
        alone = ended(recipe.alone(i))
        for ours, theirs in zip((company.G, company.D), (alone.G, alone.D), strict=True):
            torch.testing.assert_close(ours.flat[i], theirs.flat[0], rtol=1e-10, atol=1e-12)
        if company.average is not None and alone.average is not None:
            torch.testing.assert_close(
                company.average.flat[i], alone.average.flat[0], rtol=1e-10, atol=1e-12
            )
    players = company.G, company.D, *([company.average] if name == "ema" else [])
    assert any(not torch.equal(player.flat[0], player.flat[1]) for player in players)


def test_all_fields_at_once_in_the_plane_with_packs_and_unrolled_steps():
    lists = {n: v for n, v in TWO_EACH.items() if n not in ("clip", "gp")}
    recipe = SMALL.but(members=2, data=ring(sd=0.1), latent_dim=2, packing=2, unrolled=1, **lists)
    company = ended(recipe)
    for i in range(2):
        alone = ended(recipe.alone(i))
        torch.testing.assert_close(company.G.flat[i], alone.G.flat[0], rtol=1e-9, atol=1e-11)


def test_a_recipe_with_lists_prints_and_travels():
    recipe = SMALL.but(members=2, **{n: v for n, v in TWO_EACH.items() if n != "clip"})
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert eval(repr(recipe), {"Recipe": Recipe, "gaussian": gaussian}) == recipe
    assert recipe.seeds == (11, 4) and recipe.alone(1).seed == 4
    assert recipe.alone(1).r1 == 0.3 and recipe.alone(1).members == 1


def test_one_seed_counts_on_from_member_to_member():
    recipe = SMALL.but(members=3, seed=5)
    assert recipe.seeds == (5, 6, 7) and recipe.alone(2) == SMALL.but(seed=7)
    company, alone = ended(recipe), ended(recipe.alone(2))
    assert np.allclose(company.G.flat[2].detach(), alone.G.flat[0].detach(), rtol=1e-10)


@pytest.mark.parametrize("name", PER_MEMBER)
def test_a_list_of_the_wrong_length_is_refused_in_a_sentence(name):
    value = TWO_EACH[name]
    with pytest.raises(ValueError, match=f"^{name} must be one number, or one for each of the 3"):
        SMALL.but(members=3, **{name: value})
    with pytest.raises(ValueError, match=f"^{name} must be a number or a list"):
        SMALL.but(**{name: ()})


@pytest.mark.parametrize("name", PER_MEMBER)
def test_one_wrong_value_in_a_list_is_refused(name):
    with pytest.raises(ValueError, match=f"^{name} must be"):
        SMALL.but(members=2, **{name: (TWO_EACH[name][0], -1)})


def test_rules_hold_for_lists():
    with pytest.raises(ValueError, match="clip and spectral"):
        SMALL.but(members=2, clip=(0.1, 0.2), spectral=True)
    with pytest.raises(ValueError, match="clip must be above 0 for every member"):
        SMALL.but(members=2, clip=(0.1, 0.0))
    with pytest.raises(ValueError, match="smoothing softens"):
        SMALL.but(members=2, smoothing=(0.1, 0.0), loss="hinge")
    with pytest.raises(ValueError, match="with 3 members seed must be at most 9007199254740990"):
        SMALL.but(members=3, seed=2**53 - 1)
    assert SMALL.but(members=3, seed=2**53 - 2).alone(2).seed == 2**53


def test_a_running_game_may_get_lists_and_lose_them():
    game = Training(SMALL.but(members=2), "cpu")
    list(game.play(3))
    game.change(lr_D=(1e-3, 1e-2), r1=(0.1, 0.2))
    list(game.play(3))
    game.change(lr_D=1e-3, r1=0.0)
    list(game.play(3))
    assert game.t == 9 and game.stopped is None


def test_a_member_that_diverges_leaves_the_others_bit_for_bit_as_they_were():
    recipe = SMALL.but(members=3, optimizer="sgd", lr_D=(0.01, 1e200, 0.01), lr_G=0.01)
    company = ended(recipe)
    assert set(company.diverged_at) == {1} and "member 1" in company.stopped
    calm = ended(recipe.but(lr_D=0.01))
    for i in (0, 2):
        assert torch.equal(company.G.flat[i], calm.G.flat[i])
        assert torch.equal(company.D.flat[i], calm.D.flat[i])


def test_costs_whose_sum_overflows_before_any_of_them_break_nothing():
    recipe = Recipe(G=(6,), D=(), m=1, members=2, optimizer="sgd", lr_D=1e-3, r1=2.0, r2=0.0)
    game = Training(recipe, "cpu")
    with torch.no_grad():
        game.D.flat[:, 0] = 1.5e19  # R1 costs each of the two 2.3e38, and float32 ends at 3.4e38
    before = game.D.flat.clone()
    game.update_discriminator()
    assert not game.diverged_at and game.stopped is None and game.loss_D.isfinite().all()
    assert torch.all(game.D.flat[:, 0] < before[:, 0])
