"""Many seeds of one recipe: the record, and one of its games played again."""

import numpy as np
import pytest

from gan_lab.sweeps.many_seeds import REPEATED, ends_of_seeds, ends_record, recorded_seeds


def test_the_record_has_every_seed_of_every_recipe():
    assert set(ends_record()) == set(REPEATED)
    for name, (_, seeds) in REPEATED.items():
        ends = recorded_seeds(name)
        assert ends.shape == (seeds,)
        assert 0 <= ends.min() and ends.max() <= np.log(2) + 1e-4


def test_two_seeds_end_near_where_they_did():
    """A processor that rounds otherwise plays another game of the same kind."""
    name = "r1 = r2 = 0.005"
    again, recorded = ends_of_seeds(name, 2), recorded_seeds(name)
    assert recorded.min() / 2 < again.min() and again.max() < 2 * recorded.max()


def test_the_recipes_for_two_bumps_differ_in_the_penalties_alone():
    weak, strong = (REPEATED[name][0] for name in ("r1 = r2 = 0.005", "r1 = r2 = 0.02"))
    assert (weak.r1, weak.r2) == (0.005, 0.005)
    assert strong == weak.but(r1=0.02, r2=0.02)


def test_a_recipe_that_is_not_recorded_is_not_found():
    with pytest.raises(KeyError):
        recorded_seeds("a lucky one's")
