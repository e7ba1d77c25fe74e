"""The games of the chapter's "Which γ?": the record, and some of them played again."""

import math
from itertools import product

import numpy as np
import pytest

from gan_lab.metrics.intervals import wilson
from gan_lab.sweeps.which_gamma import (
    GAMES,
    GAMMAS,
    NEAR,
    RATES,
    RECORD,
    SEEDS,
    allowed_before_and_after,
    allowed_steps,
    border_of,
    ends_of,
    foretold,
    holding,
    new_rules,
    recorded_borders,
    recorded_ends,
    settling_recipe,
)
from gan_lab.training.resting import longest_step_of_dirac


def test_the_record_has_every_cell_and_says_where_it_was_made():
    for game, optimizer in product(GAMES, RATES):
        ends = recorded_ends(game, optimizer)
        assert ends.shape == (len(GAMMAS), len(RATES[optimizer]), SEEDS)
        assert np.nanmin(ends) >= 0 and np.nanmax(ends) <= math.log(2) + 1e-3
    assert SEEDS >= 10 and RECORD.stat().st_size < 200_000
    assert RECORD.read_text().startswith('{"machine":"Processor: ')


def test_gamma_is_of_both_penalties_together_and_only_the_rules_change():
    for game in GAMES:
        rules = new_rules(game, "sgd", 2.0, 0.5)
        assert rules["r1"] + rules["r2"] == 2 and rules["lr_D"] == rules["lr_G"] == 0.5
        recipe = settling_recipe(game)
        assert recipe.r1 + recipe.r2 == 0.1 and recipe.G == ()
        assert recipe.but(loss="non-saturating", r1=0.1, r2=0.0) == settling_recipe("R1")


def test_the_border_is_where_the_share_falls_through_a_half():
    rates = (0.1, 0.2, 0.4, 0.8)
    shares = np.array([[1, 1, 0, 0], [1, 0.75, 0.25, 0.75], [0, 0, 0, 0], [1, 1, 1, 0.5]])
    found = border_of(shares, rates)
    assert found[:2] == pytest.approx([math.sqrt(0.08)] * 2)
    assert np.isnan(found[2:]).all()


def test_a_share_counts_what_is_near_and_not_what_diverged():
    share = holding(np.array([[0.01, NEAR, np.nan, 0.02]]))
    assert share.value == [0.5] and share.low < 0.5 < share.high


def test_what_the_chapter_tells_is_in_the_record():
    dirac = longest_step_of_dirac(np.array(GAMMAS))
    for game in GAMES:
        ends, borders = recorded_ends(game, "sgd"), recorded_borders(game)
        assert (ends[allowed_steps(game)] < NEAR).all()
        assert 0.05 < (ends[~allowed_steps(game)] < NEAR).mean() < 0.25
        measured = border_of(holding(ends).value, RATES["sgd"])
        ratio = measured / np.median(borders, axis=1)
        assert ((ratio > 1.5) & (ratio < 2.3)).all()
        assert measured[0] / measured[-1] > 15 and abs(np.log(measured[2] / measured[0])) < 0.1
        assert np.abs(np.log(measured / dirac))[5:].max() < 0.25  # gamma from 3 on
        assert ((ends < 0.02) | (ends > 0.2) | np.isnan(ends)).mean() > 0.99
        by_adam = border_of(holding(recorded_ends(game, "adam")).value, RATES["adam"])
        assert by_adam.max() / by_adam.min() < 4


def test_what_swings_moves_to_where_its_step_is_allowed():
    before, after, ends = allowed_before_and_after("R1", gamma=1.0, rate=1.0, seeds=3)
    held = ends < NEAR
    assert held.any() and (before < 1).all() and (after[held] > 1).all()


def test_seeds_foretold_again_say_about_the_same():
    again, record = foretold("R1", seeds=1), recorded_borders("R1")[:, :1]
    assert np.abs(np.log(again / record)).max() < 0.15  # three lengths of the table


@pytest.mark.parametrize("game", ["R2", "pairs"])
def test_cells_played_again_have_the_share_of_the_record(game):
    """Other processors play other games by the same recipe: the shares agree within intervals."""
    row, columns = GAMMAS.index(3.0), [2, 4, 6]
    rates = [RATES["sgd"][i] for i in columns]
    again = ends_of(game, "sgd", GAMMAS[row], rates, seeds=3)
    found = wilson((again < NEAR).sum(-1), np.array(3), 0.99)
    record = holding(recorded_ends(game, "sgd")[row, columns])
    assert (found.low <= record.high).all() and (record.low <= found.high).all()
    assert (again[0] < NEAR).all() and not (again[2] < NEAR).any()
