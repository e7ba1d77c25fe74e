"""MMD: against scikit-learn's kernel, of collapse, with its error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import normal, pairs, right_error, spread
from scipy.spatial.distance import cdist
from sklearn.metrics.pairwise import rbf_kernel

from gan_lab.metrics.two_sample import mmd


def test_mmd_is_the_unbiased_estimate_by_brute_force():
    x, y, h = normal(30, 2, 0), normal(20, 2, 1, 1.0), 0.8

    def k(a, b):
        return math.exp(-np.sum((a - b) ** 2) / (2 * h * h))

    brute = np.mean([k(a, b) for i, a in enumerate(x) for j, b in enumerate(x) if i != j])
    brute += np.mean([k(a, b) for i, a in enumerate(y) for j, b in enumerate(y) if i != j])
    brute -= 2 * np.mean([k(a, b) for a in x for b in y])
    assert mmd(x, y, h).value == pytest.approx(brute, rel=1e-12)

    def left(which, i):
        return mmd(*(np.delete(s, i, 0) if w == which else s for w, s in enumerate((x, y))), h)

    square = 0.0
    for which, n in ((0, 30), (1, 20)):
        values = np.array([left(which, i).value for i in range(n)])
        square += (n - 1) / n * np.sum((values - values.mean()) ** 2)
    assert mmd(x, y, h).error == pytest.approx(math.sqrt(square), rel=1e-10)


def test_mmd_of_gaussians_in_closed_form_and_its_error():
    h, d = 1.0, 1.5
    # E k(x, y) = h / sqrt(h^2 + 2) exp(-d^2 / (2 (h^2 + 2))) for x, y ~ N(0, 1), N(d, 1)
    exact = 2 * h / math.sqrt(h * h + 2) * (1 - math.exp(-d * d / (2 * (h * h + 2))))
    values, errors = spread(
        lambda x, y: mmd(x, y, h),
        60,
        lambda i: normal(150, 1, i),
        lambda i: normal(150, 1, 500 + i, d),
    )
    assert abs(values.mean() - exact) < 4 * values.std() / math.sqrt(60)
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    null, errors = spread(
        lambda x, y: mmd(x, y, h),
        100,
        lambda i: normal(60, 1, i),
        lambda i: normal(60, 1, 500 + i),
    )
    assert abs(null.mean()) < 4 * null.std() / 10 and null.min() < 0
    assert null.std() < 1.1 * np.sqrt(np.mean(errors**2)) < 3 * null.std()


def test_mmd_states_its_bandwidth():
    x = normal(50, 1, 0)
    pooled = np.concatenate([x, x + 1])
    median = np.median(cdist(pooled, pooled)[np.triu_indices(100, 1)])
    assert f"bandwidth {median:.4g}" in mmd(x, x + 1).words


def by_scikit_learn(x, y, h):
    xx, yy, xy = (rbf_kernel(a, b, gamma=1 / (2 * h * h)) for a, b in ((x, x), (y, y), (x, y)))
    n, m = len(x), len(y)
    return (xx.sum() - n) / (n * (n - 1)) + (yy.sum() - m) / (m * (m - 1)) - 2 * xy.mean()


@pytest.mark.parametrize("sizes", [(100, 100), (200, 20), (3, 50)])
@pytest.mark.parametrize("d", [1, 2, 9])
@pytest.mark.parametrize("h", [0.1, 1.0, 10.0])
def test_mmd_is_that_of_scikit_learns_kernel(sizes, d, h):
    x, y = normal(sizes[0], d, 0), normal(sizes[1], d, 1, 0.5, 1.5)
    assert mmd(x, y, h).value == pytest.approx(by_scikit_learn(x, y, h), abs=1e-12)


@pytest.mark.parametrize("sizes", [(120, 120), (300, 40), (40, 300)])
@pytest.mark.parametrize("sd", [1.3, 0.0])
def test_the_error_is_the_spread_over_seeds_also_of_unequal_numbers_and_of_collapse(sizes, sd):
    assert right_error(
        lambda x, y: mmd(x, y, 1.0),
        40,
        lambda i: normal(sizes[0], 2, i),
        lambda i: normal(sizes[1], 2, 5000 + i, 0.7, sd),
    )


@pytest.mark.parametrize("n", [3, 200, 201, 1500])
def test_more_equal_points_than_others_have_a_bandwidth_and_a_distance(n):
    x = normal(200, 1, 0)
    score = mmd(x, np.zeros(n))
    h = float(score.words.split("bandwidth ")[1].split(";")[0])
    pooled = np.concatenate([x[:, 0], np.zeros(n)])
    if n == 1500:  # the root mean square distance
        assert h == pytest.approx(math.sqrt(2 * pooled.var()), rel=1e-3)
    assert score.value == pytest.approx(by_scikit_learn(x, np.zeros((n, 1)), h), rel=0.01)
    assert 0 < score.error < score.value
    # E k(x, x') and E k(x, 0) of Gaussians
    exact = h / math.sqrt(h * h + 2) + 1 - 2 * h / math.sqrt(h * h + 1)
    assert abs(score.value - exact) < 4 * score.error


def test_two_points_that_differ_among_thousands_are_seen():
    x, y = np.full(3000, 0.3), np.full(3000, 0.3)
    y[[123, 456]] = 1.3
    score = mmd(x, y)
    assert score.value == pytest.approx(2 * 2 / 3000**2, rel=0.01) and 0 < score.error < 1e-6


def test_equal_points_have_no_distance_and_other_equal_points_have_one():
    one, other = np.ones((5, 2)), np.zeros((8, 2))
    assert mmd(one, one).value == 0 == mmd(one, one).error
    score = mmd(one, other, 1.0)
    assert score.value == pytest.approx(2 - 2 * math.exp(-1)) and score.error == 0
    assert mmd(one, other).value > 0.5


@pytest.mark.parametrize("size", [1e-200, 1e-12, 1e12, 1e149])
def test_no_unit_of_length_matters(size):
    x, y = normal(60, 2, 0), normal(40, 2, 1, 1.0)
    score, wanted = mmd(size * x, size * y), mmd(x, y)
    assert (score.value, score.error) == pytest.approx((wanted.value, wanted.error), rel=1e-9)


@given(pairs(2, 3), st.sampled_from([0.25, 8.0]), st.integers(-9, 9), st.sampled_from([None, 1.0]))
def test_mmd_is_symmetric_bounded_and_knows_no_origin(pair, scale, shift, h):
    x, y = pair
    found = mmd(x, y, h)
    # each kernel lies from 0 to 1; the biased square is not negative, and the means that leave
    # a point out are less than it by at most 1/n and 1/m
    assert -1 / (len(x) - 1) - 1 / (len(y) - 1) <= found.value <= 2 and 0 <= found.error < math.inf
    assert mmd(x, x, 1.0).value <= 1e-12
    assert mmd(y, x, 1.0).value == pytest.approx(mmd(x, y, 1.0).value, abs=1e-12)
    moved = mmd(*(scale * s[::-1] + shift for s in pair), None if h is None else scale * h)
    assert moved.value == pytest.approx(found.value, abs=1e-12)
