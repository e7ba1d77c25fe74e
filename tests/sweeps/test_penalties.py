"""The games on ring and grid of the chapter on convergence: the record, and some played again."""

import numpy as np
import pytest

from gan_lab.sweeps.penalties import (
    DATA,
    GAMES,
    MEASURES,
    SEEDS,
    found,
    penalty_recipe,
    played_penalties,
    recorded_penalties,
)

SPOTS = {"ring": 8, "grid": 25}
HELD_BACK = [game for game in GAMES if "R" in game]


def test_the_record_has_twenty_seeds_of_each_game_on_both_data():
    assert set(recorded_penalties()) == {f"{game}, {data}" for game in GAMES for data in DATA}
    for game in GAMES:
        for data, spots in SPOTS.items():
            held, quality = (found(game, data, measure) for measure in MEASURES)
            assert held.shape == quality.shape == (SEEDS,) and held.max() <= spots
            assert 0 <= quality.min() <= quality.max() <= 1


def test_only_the_loss_and_the_penalties_differ():
    plain = penalty_recipe("no penalty", "ring")
    assert plain.loss == "non-saturating" and plain.r1 == plain.r2 == 0
    for game, own in GAMES.items():
        assert penalty_recipe(game, "ring") == plain.but(**own)
        assert penalty_recipe(game, "grid") == plain.but(**own, data=DATA["grid"])
        assert sum(own.get(name, 0.0) for name in ("r1", "r2")) in (0.0, 0.5)


def test_what_the_chapter_tells_is_in_the_record():
    for game in GAMES:
        ring = (found(game, "ring", "modes") == 8).sum()
        middle = np.median(found(game, "grid", "modes"))
        if game in HELD_BACK:
            assert ring >= 19 and middle > 15
        else:
            assert ring < 10 and middle < 8


@pytest.mark.parametrize("game", ["no penalty", "R1"])
def test_seeds_played_again_end_as_the_record_says_that_such_games_do(game):
    """Another processor ends a long game elsewhere: of twelve games as many hold the whole ring as
    the recorded share leaves possible."""
    share = (found(game, "ring", "modes") == 8).mean()
    again = (played_penalties(game, "ring", seeds=12).of("modes") == 8).sum()
    assert abs(again - 12 * share) <= 3.5 * np.sqrt(12 * share * (1 - share)) + 1
