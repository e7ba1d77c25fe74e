"""The held critics of the chapter on supports: the record, and some trained again."""

import numpy as np
import pytest

from gan_lab.sweeps.critics import (
    DATA,
    HELD,
    SEEDS,
    THIN,
    X,
    critic_recipe,
    critics_of,
    recorded_critics,
    trained,
)
from gan_lab.theory import pmf, w1


def test_the_record_has_ten_seeds_of_each_constraint_on_both_data():
    assert set(recorded_critics()) == {f"{data}, {held}" for data in DATA for held in HELD}
    for data in DATA:
        for held in HELD:
            found = critics_of(data, held)
            assert found.value.shape == found.steepest.shape == (SEEDS,)
            assert found.curve.shape == (SEEDS, len(X[::THIN]))


def test_the_distance_to_the_point_is_1_for_both_data():
    for law in DATA.values():
        value, error = w1(law, pmf([0.0], [1.0]))
        assert abs(value - 1) < 1e-6 + error


def test_what_the_chapter_tells_is_in_the_record():
    one, two = ({held: critics_of(data, held) for held in HELD} for data in DATA)
    for strength, held in ((10, "penalty 10"), (1, "penalty 1")):
        right, wrong = 1 + 0.5 / strength, -1 + 0.5 / strength
        value = one[held].value
        assert (np.minimum(np.abs(value - right), np.abs(value - wrong)) < 0.01).all()
        assert 0 < (value < 0).sum() < SEEDS
        assert np.abs(two[held].value - 0.5 / strength).max() < 0.01
    for held in ("clip 0.1", "spectral"):
        assert max(one[held].value.max(), two[held].value.max()) < 1
        assert two[held].value.max() < one[held].value.min()
        assert max(one[held].steepest.max(), two[held].steepest.max()) <= 1.03
    assert max(c["clip 0.01"].value.max() for c in (one, two)) < 0.002


@pytest.mark.parametrize("held", ["clip 0.1", "spectral"])
def test_critics_trained_again_say_about_the_same(held):
    again = trained(critic_recipe("one bump", held, seeds=3, iterations=400))
    record = critics_of("one bump", held)
    assert (again.value > 0.6 * record.value.min()).all()
    assert (again.value < 1).all()
    f = again.curve
    assert np.abs(f[:, np.argmin(np.abs(X))]).max() < 1e-12


def test_a_critic_under_a_penalty_ends_at_one_of_two_values():
    again = trained(critic_recipe("one bump", "penalty 1", seeds=4, iterations=700))
    assert (np.minimum(np.abs(again.value - 1.5), np.abs(again.value + 0.5)) < 0.1).all()
