"""Advice for games on the line: the record, what differs in the games, and one played again."""

import numpy as np
import pytest

from gan_lab.sweeps.curves import RUNS, SEEDS
from gan_lab.sweeps.practice import (
    PIECES,
    ends_in_practice,
    practice_recipe,
    practice_record,
    seeds_that_gain,
)


def test_the_record_has_ten_seeds_of_each_piece_and_of_none():
    assert set(practice_record()) == {*PIECES, *(run for run, _ in PIECES.values())}
    for ends in practice_record().values():
        assert len(ends) == SEEDS and 0 <= min(ends) and max(ends) <= np.log(2) + 1e-4


def test_a_game_differs_in_the_one_thing_that_is_advised():
    for piece, (run, own) in PIECES.items():
        assert practice_recipe(run, piece) == practice_recipe(run).but(**own)
        assert practice_recipe(run) == RUNS[run].recipe.but(members=SEEDS)
        assert 0 <= seeds_that_gain(piece) <= SEEDS


def test_the_average_of_g_is_nearer_than_g_in_the_same_game():
    assert seeds_that_gain("the average of G's weights") >= 9


def test_a_short_game_ends_as_it_did():
    again = ends_in_practice("G has no gradient", seeds=1)
    assert again == pytest.approx(practice_record()["G has no gradient"][:1], abs=1e-3)
