"""The games of the chapter on finite data: the record, and some played again."""

import numpy as np
import pytest

from gan_lab.sweeps.finite_data import (
    HELP,
    MOMENTS,
    SEEDS,
    SIZES,
    followed_record,
    games_followed,
    limited_recipe,
    recorded_games,
    values_while_D_learns,
)

LOG_4 = np.log(4)


def test_the_record_has_twelve_seeds_of_each_size_with_each_help():
    assert set(followed_record()) == {f"{help}, {n}" for help in HELP for n in SIZES}
    for help in HELP:
        for n in SIZES:
            jsd, seen, unseen, copied = recorded_games(help, n)
            assert jsd.shape == seen.shape == unseen.shape == (len(MOMENTS), SEEDS)
            assert 0 <= jsd.min() and jsd.max() <= np.log(2) and copied.shape == (SEEDS,)
            assert (np.isnan(seen).all() and np.isnan(copied).all()) == (n == 0)
            assert not n or (0 <= copied.min() and copied.max() <= 1)


def test_only_n_and_what_holds_d_back_differ():
    plain = limited_recipe("nothing", 0)
    assert plain.r1 == plain.r2 == plain.instance_noise == 0 and plain.members == SEEDS
    for help, own in HELP.items():
        for n in SIZES:
            assert limited_recipe(help, n) == plain.but(n=n, **own)


@pytest.mark.parametrize("n", [10, 0])
def test_games_played_again_are_about_those_of_the_record(n):
    """Another processor ends a long game elsewhere: V apart from what was learned by heart."""
    moments, seeds = (100, 200), 6
    again = games_followed("nothing", n, seeds, moments)
    record = recorded_games("nothing", n)
    assert np.abs(again.jsd[0] - record.jsd[0, :seeds]).max() < 0.05
    if n:
        assert (again.seen[1] - again.unseen[1]).mean() > 0.02
    else:
        assert np.abs(again.unseen[1] + LOG_4).max() < 0.1


def test_a_D_that_learns_ten_data_by_heart_loses_on_all():
    """G is perfect, so that no V is above -log 4; with fresh data it comes back to that."""
    ten, fresh = values_while_D_learns(10), values_while_D_learns(0)
    assert max(ten.max(), fresh.max()) <= -LOG_4 + 1e-12
    assert (ten[-1] < ten[0] - 0.1).sum() >= 9
    assert (fresh[-1] > -LOG_4 - 0.1).sum() >= 9
