"""Games and flows of the chapter on where GANs are now: the record, and some trained again."""

import numpy as np
import pytest
import torch

from gan_lab.sweeps import today
from gan_lab.theory import gaussian
from gan_lab.theory.flows import euler_jsd
from gan_lab.training import PRESETS, Recipe, Training


@pytest.mark.parametrize("data", today.RECIPES)
def test_the_record_has_all_seeds_of_both(data):
    for who in ("game", "flow"):
        jsd, seconds = today.recorded_learning(data, who)
        assert jsd.shape == (len(today.SHARES), today.SEEDS) and seconds > 0
        assert 0 <= jsd.min() and jsd.max() <= np.log(2)
    steps = today.recorded_steps(data)
    assert steps.shape == (len(today.STEPS), today.SEEDS)
    assert np.allclose(steps[-1], today.recorded_learning(data, "flow").jsd[-1], rtol=0.02)
    for weight in today.WEIGHTS:
        G, jsd = today.recorded_maps(data, weight)
        assert G.shape == (today.MAP_SEEDS, len(today.AT)) and jsd.shape == (today.MAP_SEEDS,)


def test_a_pass_is_a_point_through_a_network(monkeypatch):
    """Counted as the networks of a game are called."""
    passed, recipe = [], Recipe(G=(4,), D=(4,), m=8, k=3, r1=0.0, r2=0.0)
    game = Training(recipe, device="cpu")
    call = type(game.G).__call__

    def counted(net, x):
        passed.append(x.shape[1])
        return call(net, x)

    monkeypatch.setattr(type(game.G), "__call__", counted)
    next(game.play(1))
    assert sum(passed) == today.passes_of_game(recipe) == 8 * 11
    assert today.flow_steps(recipe.but(iterations=10)) == 110


def test_g_pays_for_how_far_it_carries_z():
    recipe = PRESETS["gaussian"].but(G=(4,), D=(4,), m=8, members=2)
    game, plain = today.Transported(recipe, device="cpu"), Training(recipe, device="cpu")
    game.weight = torch.tensor([0.0, 0.3])
    real, z = game.minibatches.for_G(0)
    extra = game.objective_G(real, z) - plain.objective_G(real, z)
    far = (game.G(z) - z).square().mean((1, 2))
    assert torch.allclose(extra, torch.tensor([0.0, 0.3]) * far, atol=1e-6)


def test_directions_are_of_the_whole_map():
    z = today.AT
    assert today.ways_of_maps(np.array([z, -z, z**2, np.tanh(z)])).tolist() == [1, -1, 0, 1]


def test_without_the_term_both_ways_are_found_and_with_it_one():
    """A game of the record again, shorter: which way a G goes is decided early."""
    ways = {}
    for weight in (0.0, 0.3):
        recipe = today.RECIPES["one bump"].but(members=8, iterations=40, k=8, m=64)
        game = today.Transported(recipe, device="cpu")
        game.weight = torch.full((8,), weight)
        for _ in game.play(40):
            pass
        ends = today.maps_of(game)[:, [0, -1]]
        ways[weight] = np.sign(ends[:, 1] - ends[:, 0])
    assert set(ways[0.0]) == {-1, 1}
    assert (ways[0.3] > 0).sum() > (ways[0.0] > 0).sum()


def test_the_exact_velocity_is_that_of_standardised_data():
    """JSD does not ask for the units, the number of steps does."""
    assert today.exact_jsd("one bump", 2) == pytest.approx(euler_jsd(gaussian(0, 1), 2), abs=1e-9)
    found = [today.exact_jsd("two bumps", n) for n in (1, 2, 8, 32)]
    assert found == sorted(found, reverse=True) and found[0] == pytest.approx(np.log(2))


def test_a_flow_trained_again_comes_as_near_as_that_of_the_record():
    recipe = today.RECIPES["one bump"].but(members=2, iterations=30)
    found, flow = today.flow_learned(recipe, (0.5, 1))
    assert found.jsd.shape == (2, 2) and flow.t == today.flow_steps(recipe)
    assert found.jsd[-1].max() < 0.01
    assert today.flow_jsd(flow, 0, 1) > 0.3 > today.flow_jsd(flow, 0, 2)
