"""Curves of healthy and ill trainings: the record, what signs say of it, some played again."""

import numpy as np
import pytest

from gan_lab.sweeps.curves import (
    CURVES,
    HEALTHY,
    KEPT,
    QUARTERS,
    RUNS,
    SEEDS,
    SIGNS,
    compared_losses,
    curve_record,
    diagnosed,
    order_of_seeds,
    rank_agreement,
    recorded_curve,
    recorded_sign,
    watched_moments,
)
from gan_lab.sweeps.watching import (
    SecondOpinion,
    losses_and_truth,
    share_of_modes,
    signs_of,
    value_of_new_D,
    watched_game,
)
from gan_lab.training.loop import Training

LOG_2, LOG_4 = np.log(2), np.log(4)


def test_every_run_has_curves_of_two_seeds_and_signs_of_ten():
    assert set(curve_record()["curves"]) == set(curve_record()["signs"]) == set(RUNS)
    for name, run in RUNS.items():
        known = curve_record()["curves"][name]
        assert set(known) == {c for c in CURVES if c != "loss_new" or run.recipe.n}
        assert all(
            recorded_curve(name, c).shape == (len(KEPT), len(watched_moments(name))) for c in known
        )
        assert all(recorded_sign(name, sign).shape == (SEEDS,) for sign in SIGNS)
        for outputs in ("D_x", "D_G"):
            assert not np.nanmin(recorded_curve(name, outputs)) < 0
            assert not np.nanmax(recorded_curve(name, outputs)) > 1


def test_every_ill_has_a_sign_and_every_sign_an_ill():
    assert {run.ill for run in RUNS.values()} == {HEALTHY, *SIGNS}
    assert [run.ill for run in RUNS.values()] == 4 * [HEALTHY] + [*SIGNS]


def test_the_first_sign_that_speaks_names_nearly_all_rightly():
    for name, run in RUNS.items():
        assert diagnosed(name).count(run.ill) >= 8, name


def test_healthy_games_end_near_the_data_and_ill_ones_do_not():
    for name, run in RUNS.items():
        end = recorded_curve(name, "truth")[:, -1]
        if run.ill == "the steps are too long":
            assert np.isnan(end).all()
        elif run.recipe.data.dim == 2:
            assert end.max() <= 2
        else:
            assert (end.max() < 0.12) == (run.ill == HEALTHY), name


def test_a_new_d_orders_the_games_and_the_loss_of_g_does_not():
    assert all(one.shape == (QUARTERS, SEEDS) for rows in compared_losses().values()
               for one in rows.values())  # fmt: skip
    new, of_G = rank_agreement("new_D"), rank_agreement("loss_G")
    assert new.low > 0.85 > of_G.high and of_G.low <= of_G.value <= of_G.high
    assert len(order_of_seeds("new_D")) == len(compared_losses()) == 8


def test_a_new_d_stays_below_its_bound_but_for_the_error_of_its_data():
    for rows in compared_losses().values():
        assert (rows["new_D"] <= 2 * rows["jsd"] - LOG_4 + 0.06).all()


def test_a_new_d_learns_from_the_samples_of_a_game_that_stands_still():
    game = Training(RUNS["D is blind"].recipe.but(members=2), device="cpu")
    weights = game.G.flat.clone()
    opinion = SecondOpinion(game)
    _, z = opinion.minibatches.to_look_at(5)
    made = opinion.made(z) * opinion.scale + opinion.center
    assert np.allclose(made.numpy(), game.generate(z).numpy(), atol=1e-6)
    values = value_of_new_D(game, steps=150)
    assert values.shape == (2,) and (values > -0.2).all()  # the first G is far from the data
    assert (game.G.flat == weights).all() and game.t == 0


def test_modes_are_counted_where_there_are_some():
    assert share_of_modes(Training(RUNS["D is blind"].recipe, device="cpu")) == [1.0]
    assert share_of_modes(Training(RUNS["modes are lost"].recipe, device="cpu"))[0] < 0.5


@pytest.mark.parametrize("name", ["G has no gradient", "the steps are too long"])
def test_games_played_again_are_those_of_the_record(name):
    game, seen = watched_game(name, seeds=3)
    kept, again = recorded_curve(name, "truth"), seen.curves["truth"].T[[*KEPT]]
    assert (
        (np.isnan(kept[:, -1]) == np.isnan(again[:, -1])).all()
        and kept.shape == again.shape
        and np.abs(kept[:, 0] - again[:, 0]).max() < 2e-3
    )
    numbers = signs_of(game, seen)
    assert SIGNS[name].speaks(numbers[name]).all()


def test_losses_are_compared_at_four_moments(monkeypatch):
    run = RUNS["it comes to rest"]
    monkeypatch.setitem(RUNS, "short", run._replace(iterations=8))
    found = losses_and_truth("short", seeds=2)
    assert set(found) == {"loss_D", "loss_G", "new_D", "jsd"}
    assert all(rows.shape == (QUARTERS, 2) for rows in found.values())
    assert found["jsd"].max() <= LOG_2 + 1e-9


def test_two_ills_are_a_healthy_game_with_one_thing_changed():
    """As the page says of their cures."""
    round_, far = (RUNS[name].recipe for name in ("it goes round", "G has no gradient"))
    assert round_.but(beta1=0.0) == RUNS["it trembles"].recipe
    assert far.but(loss="non-saturating") == RUNS["G begins far away"].recipe


def test_the_signs_name_most_of_the_seeds_by_which_no_limit_was_chosen():
    assert set(curve_record()["fresh"]) == set(RUNS)
    named = {name: diagnosed(name, fresh=True).count(run.ill) for name, run in RUNS.items()}
    assert min(named.values()) >= 7 and sum(named.values()) >= 100
