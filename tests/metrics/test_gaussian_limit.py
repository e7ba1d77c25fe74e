"""The Fréchet distance at infinite n: against POT and closed forms, its bias and its error."""

import math

import numpy as np
import ot
import pytest
from samplers import normal, spread

from gan_lab.metrics.gaussian_fits import frechet, frechet_limit

PARTS = (1, 2, 3, 4)


def by_pot(x, y) -> float:
    """Squared Bures-Wasserstein distance of the fitted Gaussians."""
    (m, S), (n, T) = ((s.mean(axis=0), np.cov(s, rowvar=False)) for s in (x, y))
    return float(ot.gaussian.bures_wasserstein_distance(m, n, S, T)) ** 2


@pytest.mark.parametrize("d", [2, 12])
def test_plain_and_extrapolated_are_those_of_pots_distance(d):
    mix = np.random.default_rng(7).normal(size=(d, d))
    real, fake = normal(300, d, 0) @ mix, normal(200, d, 1, 0.3, 1.7)
    assert frechet(real, fake).value == pytest.approx(by_pot(real, fake), rel=1e-7)
    rng = np.random.default_rng(5)
    x, y = (rng.permutation(s) for s in (real, fake))
    means = [
        np.mean(
            [by_pot(a, b) for a, b in zip(np.array_split(x, p), np.array_split(y, p), strict=True)]
        )
        for p in PARTS
    ]
    wanted = means[0] + means[1] / 2 - means[3] / 2  # the intercept by least squares
    assert frechet_limit(real, fake, seed=5).value == pytest.approx(wanted, rel=1e-6)


def test_of_one_gaussian_the_bias_is_that_of_the_closed_form_and_the_limit_has_none():
    d, n, repeats = 8, 1000, 16
    pairs = [np.random.default_rng(i).normal(size=(2, n, d)) for i in range(repeats)]
    plain = np.array([frechet(*pair, groups=2).value for pair in pairs])
    limit = np.array([frechet_limit(*pair).value for pair in pairs])
    bias = (2 * d + (d * d + d) / 2) / n  # of the means, and of the covariances near 1
    one = 4 / math.sqrt(repeats)
    assert abs(plain.mean() - bias) < one * plain.std() + bias * d / n * 4  # the next order
    assert abs(limit.mean()) < one * limit.std() < bias / 2


@pytest.mark.parametrize("sizes", [(300, 300), (200, 600)])
def test_of_two_gaussians_it_is_the_closed_form_and_its_error_the_spread(sizes):
    samplers = (lambda i: normal(sizes[0], 3, i), lambda i: normal(sizes[1], 3, 5000 + i, 0.5, 1.5))
    values, errors = spread(frechet_limit, 16, *samplers)
    exact = 3 * (0.5**2 + 0.5**2)
    assert abs(values.mean() - exact) < 4 * values.std() / math.sqrt(16)
    assert math.sqrt(np.mean(errors**2)) == pytest.approx(values.std(ddof=1), rel=0.6)


def test_to_equal_points_it_is_the_distance_of_the_mean_and_the_trace():
    real = normal(500, 3, 0)
    score = frechet_limit(real, np.full((90, 3), 0.5))
    assert score.value == pytest.approx(3 * 0.25 + 3, abs=4 * score.error) and score.error < 0.4
    assert frechet_limit(real * 0 + 1, np.ones((90, 3))).value == 0
    assert "infinite n" in score.words and "raw coordinates" in score.words


def test_features_are_the_space_and_the_seed_cuts_the_parts():
    real, fake = normal(200, 2, 0), normal(200, 2, 1, 1.0)

    def doubled(x):
        return 2 * x

    score = frechet_limit(real, fake)
    twice = frechet_limit(real, fake, doubled)
    assert twice.value == pytest.approx(4 * score.value) and "in doubled" in twice.words
    assert frechet_limit(real, fake, seed=1).value != score.value
