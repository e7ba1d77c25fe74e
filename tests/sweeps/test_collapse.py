"""The games on the ring of the chapter on divergences: the record, and some played again."""

import numpy as np
import pytest

from gan_lab.sweeps.collapse import (
    LOSSES,
    PACES,
    SEEDS,
    collapse_recipe,
    modes_at_the_end,
    played_collapse,
    recorded_collapse,
)
from gan_lab.training.losses import LOSSES as KNOWN


def test_the_record_has_a_hundred_seeds_of_each_loss_at_each_pace():
    assert set(recorded_collapse()) == {f"{loss}, {pace}" for loss in LOSSES for pace in PACES}
    for loss in LOSSES:
        assert loss in KNOWN
        for pace in PACES:
            held = modes_at_the_end(loss, pace)
            assert held.shape == (SEEDS,) and set(held) <= set(range(9))


def test_only_the_loss_and_the_pace_differ():
    plain = collapse_recipe("minimax", "slow")
    for loss in LOSSES:
        for pace, rate in PACES.items():
            assert collapse_recipe(loss, pace) == plain.but(loss=loss, lr_G=rate)


def test_what_the_chapter_tells_is_in_the_record():
    lost = {loss: int((modes_at_the_end(loss, "fast") < 8).sum()) for loss in LOSSES}
    assert all((modes_at_the_end(loss, "slow") == 8).all() for loss in LOSSES)
    assert lost["maximum-likelihood"] == 40 and min(lost.values()) == 40
    assert list(lost.values()) == sorted(lost.values())


@pytest.mark.parametrize("loss", ["maximum-likelihood", "non-saturating"])
def test_seeds_played_again_end_as_the_record_says_that_such_games_do(loss):
    """Another processor ends a long game elsewhere: a slow one holds all spots, and of twelve fast
    ones as many lose some as the recorded share leaves possible."""
    assert (played_collapse(loss, "slow", seeds=4).of("modes") == 8).all()
    again = (played_collapse(loss, "fast", seeds=12).of("modes") < 8).sum()
    share = (modes_at_the_end(loss, "fast") < 8).mean()
    assert abs(again - 12 * share) < 3.5 * np.sqrt(12 * share * (1 - share))
