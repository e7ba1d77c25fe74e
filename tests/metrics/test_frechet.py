"""The Fréchet distance: against scipy's matrix root, of collapse, with its error."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import normal, pairs, right_error, spread
from scipy import stats
from scipy.linalg import sqrtm

from gan_lab.metrics.gaussian_fits import frechet, frechet_gaussian


def test_the_distance_of_gaussians_in_closed_form():
    # with covariances that commute it is |m - m'|^2 + sum (s_i - s_i')^2
    assert frechet_gaussian([0, 0], np.diag([1.0, 4.0]), [3, 4], np.diag([9.0, 1.0])) == (
        pytest.approx(25 + 4 + 1)
    )
    rng = np.random.default_rng(0)
    S, T = (a @ a.T for a in rng.normal(size=(2, 3, 3)))
    product = np.trace(np.real(sqrtm(S @ T)))
    assert frechet_gaussian(np.zeros(3), S, np.ones(3), T) == pytest.approx(
        3 + np.trace(S) + np.trace(T) - 2 * product
    )
    assert frechet_gaussian(0.0, 4.0, 1.0, 1.0) == pytest.approx(2.0)  # W2 on the line, squared
    assert frechet_gaussian([0, 0], np.diag([1.0, 0]), [0, 0], np.diag([0, 1.0])) == (
        pytest.approx(2.0)
    )


def test_the_sample_distance_and_its_error():
    values, errors = spread(
        frechet, 60, lambda i: normal(500, 2, i), lambda i: normal(500, 2, 1000 + i, 1.0, 1.5)
    )
    exact = 2 + 2 * 0.25
    assert abs(values.mean() - exact) < 4 * values.std() / math.sqrt(60) + 0.02
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    assert "raw coordinates" in frechet(normal(99, 2, 0), normal(99, 2, 1)).words


def test_the_jackknife_of_groups_by_hand():
    x, y = normal(30, 2, 0), normal(20, 2, 1)
    square = 0.0
    for which in (0, 1):
        values = []
        for g in range(4):
            kept = [
                np.array([p for i, p in enumerate(s) if w != which or i % 4 != g])
                for w, s in enumerate((x, y))
            ]
            values.append(frechet(*kept, groups=2).value)
        square += 3 / 4 * np.sum((np.array(values) - np.mean(values)) ** 2)
    assert frechet(x, y, groups=4).error == pytest.approx(math.sqrt(square), rel=1e-9)


def test_features_are_named():
    def radius(x):
        return np.hypot(x[:, 0], x[:, 1])

    score = frechet(normal(500, 2, 0), normal(500, 2, 1, sd=2.0), features=radius)
    rayleigh = stats.rayleigh
    exact = rayleigh.mean() ** 2 + rayleigh.var()  # all is doubled
    assert abs(score.value - exact) < 4 * score.error and "in radius" in score.words


def by_scipy(x, y):
    """|m - m'|^2 + tr(S + T - 2 (S T)^(1/2)), with scipy's matrix root."""
    S, T = (np.atleast_2d(np.cov(s, rowvar=False)) for s in (x, y))
    apart = np.sum((x.mean(axis=0) - y.mean(axis=0)) ** 2)
    return float(apart + np.trace(S + T - 2 * np.real(sqrtm(S @ T))))


@pytest.mark.parametrize("sizes", [(200, 200), (300, 30), (30, 300)])
@pytest.mark.parametrize("d", [1, 2, 8])
def test_the_distance_is_that_of_scipys_root(sizes, d):
    mix = np.random.default_rng(7).normal(size=(d, d))
    x, y = normal(sizes[0], d, 0) @ mix, normal(sizes[1], d, 1, 0.3, 1.7)
    assert frechet(x, y).value == pytest.approx(by_scipy(x, y), rel=1e-9)


@pytest.mark.parametrize("sizes", [(150, 150), (400, 60), (60, 400)])
@pytest.mark.parametrize("sd", [1.3, 0.0])
def test_the_error_is_the_spread_over_seeds_also_of_unequal_numbers_and_of_collapse(sizes, sd):
    assert right_error(
        frechet,
        40,
        lambda i: normal(sizes[0], 2, i),
        lambda i: normal(sizes[1], 2, 5000 + i, 0.7, sd),
    )


@pytest.mark.parametrize("n", [4, 100, 1000])
def test_to_equal_points_it_is_the_mean_square_distance(n):
    real = normal(100, 3, 0)
    score = frechet(real, np.full((n, 3), 0.5))
    square = np.sum((real.mean(axis=0) - 0.5) ** 2) + np.trace(np.cov(real, rowvar=False))
    assert score.value == pytest.approx(square) and 0 < score.error < score.value
    one = np.full((n, 3), 0.5)
    assert frechet(one, one).value == 0 == frechet(one, one).error
    assert frechet(one, one + 1).value == pytest.approx(3)


@pytest.mark.parametrize("size", [1e-120, 1e-12, 1e12, 1e70])
def test_it_is_in_squared_units(size):
    x, y = normal(60, 2, 0), normal(40, 2, 1, 1.0)
    score, small = frechet(size * x, size * y), frechet(x, y)
    assert score.value == pytest.approx(size**2 * small.value)
    assert score.error == pytest.approx(size**2 * small.error)


@given(pairs(2, 4), st.sampled_from([0.25, 8.0]), st.integers(-9, 9))
def test_it_is_symmetric_not_negative_and_knows_no_origin(pair, scale, shift):
    x, y = pair
    found = frechet(x, y).value
    room = 1e-6 * (1 + np.var(x) + np.var(y))  # of the root where a covariance is singular
    assert found >= 0 and frechet(y, x).value == pytest.approx(found, abs=room)
    assert frechet(x, x).value == pytest.approx(0, abs=room)
    moved = frechet(scale * x[::-1] + shift, scale * y[::-1] + shift).value
    assert moved == pytest.approx(scale**2 * found, abs=scale**2 * room)
    assert math.isfinite(frechet(x, y).error)


def test_it_needs_four_points_and_no_more():
    assert frechet(normal(4, 2, 0), normal(5, 2, 1)).error > 0
    for n in (2, 3):
        with pytest.raises(ValueError, match="four points"):
            frechet(normal(n, 2, 0), normal(9, 2, 1))
