"""W1 and sliced W1: against POT and scipy, of collapse, with their errors."""

import math

import numpy as np
import ot
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import normal, pairs, right_error, spread
from scipy import stats

from gan_lab.datasets import gaussian
from gan_lab.metrics.scores import baseline
from gan_lab.metrics.two_sample import sliced_w1, w1


@pytest.mark.parametrize("sizes", [(40, 40), (17, 50), (2, 3)])
def test_w1_is_scipys(sizes):
    x, y = np.random.default_rng(0).normal(size=sizes[0]), stats.t(3).rvs(sizes[1], random_state=1)
    x[0] = y[0]  # a tie
    assert w1(x, y).value == pytest.approx(stats.wasserstein_distance(x, y), rel=1e-12)


def test_w1_of_a_shift_and_its_error():
    values, errors = spread(
        lambda x, y: w1(x, y, 100),
        60,
        lambda i: normal(200, 1, i),
        lambda i: normal(200, 1, 500 + i, 2.0),
    )
    # far apart it is the difference of the means, whose sd is known
    assert abs(values.mean() - 2) < 4 * math.sqrt(2 / 200 / 60)
    assert errors.mean() == pytest.approx(math.sqrt(2 / 200), rel=0.1)
    assert baseline(lambda a, b: w1(a, b, 2), gaussian(), 200, 10).mean > 0.03


SIZES = [(40, 40), (17, 50), (60, 7), (2, 2), (2, 30)]


@pytest.mark.parametrize("sizes", SIZES)
def test_w1_is_the_cost_of_pots_best_transport_plan(sizes):
    x, y = normal(sizes[0], 1, 0), normal(sizes[1], 1, 1, 0.5, 2.0)
    plan = ot.emd2(np.full(len(x), 1 / len(x)), np.full(len(y), 1 / len(y)), np.abs(x - y.T))
    assert w1(x, y).value == pytest.approx(plan, rel=1e-9)
    assert w1(x, y).value == pytest.approx(ot.wasserstein_1d(x, y, p=1).item(), rel=1e-9)


@pytest.mark.parametrize("sizes", SIZES)
@pytest.mark.parametrize("d", [2, 5])
def test_sliced_w1_is_pots_on_the_same_directions(sizes, d):
    x, y = normal(sizes[0], d, 0), normal(sizes[1], d, 1, 0.5, 2.0)
    lines = np.random.default_rng(4).normal(size=(30, d))
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    theirs = ot.sliced_wasserstein_distance(x, y, projections=lines.T, p=1)
    found = sliced_w1(x, y, directions=30, bootstraps=2, seed=4)
    assert found.value == pytest.approx(float(theirs), rel=1e-9)


def test_on_the_line_sliced_w1_is_w1():
    x, y = normal(50, 1, 0), normal(30, 1, 1, 1.0)
    assert sliced_w1(x, y, 5).value == pytest.approx(w1(x, y).value, rel=1e-12)


def test_sliced_w1_of_a_shift_far_away_is_its_mean_over_directions():
    # E |cos| = 2 / pi in the plane; far apart each W1 is the difference of the means
    score = sliced_w1(normal(200, 2, 0), normal(200, 2, 1) + np.array([1e3, 0.0]), 400, 20)
    assert abs(score.value - 2e3 / math.pi) < 4 * score.error
    assert score.error == pytest.approx(1e3 * math.sqrt(0.5 - 4 / math.pi**2) / 20, rel=0.2)


@pytest.mark.parametrize("sizes", [(150, 150), (400, 60), (60, 400)])
@pytest.mark.parametrize("sd", [1.3, 0.0])
def test_the_error_is_the_spread_over_seeds_also_of_unequal_numbers_and_of_collapse(sizes, sd):
    assert right_error(
        lambda x, y: w1(x, y, 50),
        40,
        lambda i: normal(sizes[0], 1, i),
        lambda i: normal(sizes[1], 1, 5000 + i, 0.7, sd),
    )


@pytest.mark.parametrize("sd", [1.3, 0.0])
def test_the_error_of_sliced_w1_is_the_spread_over_seeds(sd):
    seeds = iter(range(1000))
    assert right_error(
        lambda x, y: sliced_w1(x, y, 20, 20, next(seeds)),
        40,
        lambda i: normal(150, 2, i),
        lambda i: normal(60, 2, 5000 + i, 0.7, sd),
    )


@pytest.mark.parametrize("n", [2, 100, 1000])
def test_to_equal_points_it_is_the_mean_distance(n):
    real = normal(100, 2, 0)
    score = w1(real[:, 0], np.full(n, 0.3))
    assert score.value == pytest.approx(np.abs(real[:, 0] - 0.3).mean())
    assert score.error == pytest.approx(np.abs(real[:, 0] - 0.3).std() / 10, rel=0.2)
    assert w1(np.ones(5), np.full(n, 3.0)).value == 2 and w1(np.ones(5), np.full(n, 3.0)).error == 0
    one = np.full((n, 2), 0.3)
    assert sliced_w1(one, one).value == 0 == sliced_w1(one, one).error
    lines = np.random.default_rng(0).normal(size=(50, 2))
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    wanted = np.abs((real - 0.3) @ lines.T).mean()
    assert sliced_w1(real, one).value == pytest.approx(wanted)


@given(pairs(2, 2), st.sampled_from([0.25, 8.0]), st.integers(-9, 9))
def test_a_distance_is_one(pair, scale, shift):
    x, y = pair
    for of in (lambda a, b: w1(a[:, 0], b[:, 0], 5), lambda a, b: sliced_w1(a, b, 5, 5)):
        found = of(x, y)
        assert found.value >= 0 <= found.error < math.inf
        assert of(x, x).value == pytest.approx(0, abs=1e-12)
        assert of(y, x).value == pytest.approx(found.value, abs=1e-12)
        moved = of(scale * x[::-1] + shift, scale * y[::-1] + shift).value
        assert moved == pytest.approx(scale * found.value, abs=1e-10)
    assert of(x, np.roll(y, 1, axis=0)).value == pytest.approx(found.value, abs=1e-12)
