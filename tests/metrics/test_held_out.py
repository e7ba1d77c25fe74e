"""Estimates of KL and JSD from samples: near the truth, below it, and of collapse."""

import math

import numpy as np
import pytest
from hypothesis import given
from samplers import drawn, normal, pairs, right_error
from scipy import stats
from sklearn.neighbors import KernelDensity

from gan_lab.datasets import distribution, gaussian, ring
from gan_lab.metrics.held_out import held_out_js, held_out_kl, kernel_density, log_smooth
from gan_lab.metrics.modes import nearest


def test_the_smoothed_density_is_a_density():
    x = normal(300, 1, 0)
    at = np.linspace(-6, 6, 4001)
    kde = stats.gaussian_kde(x[:, 0], 0.3 / x.std(ddof=1))
    assert np.allclose(np.exp(log_smooth(at[:, None], x, 0.3)), kde(at), rtol=1e-9)
    left = [log_smooth(x[i : i + 1], np.delete(x, i, 0), 0.3)[0] for i in range(300)]
    assert np.allclose(log_smooth(x, x, 0.3, itself=True), left, rtol=1e-9)
    tight = drawn(ring(), 400)  # the width is that of a mode, not that of the ring
    assert 0.002 < kernel_density(tight)[1] < 0.02


def test_held_out_estimates_are_near_the_truth_and_below_it():
    from gan_lab import theory

    data, other = gaussian(), theory.gaussian(1.0, 1.0)
    js = theory.js(data, other).value
    kl = 0.5
    pairs = [(normal(1000, 1, i), normal(1000, 1, 100 + i, 1.0)) for i in range(8)]
    found = [held_out_js(x, y, data) for x, y in pairs]
    mean, error = np.mean([(s.value, s.error / math.sqrt(8)) for s in found], axis=0)
    assert js - 0.02 < mean < js + 4 * error
    found = [held_out_kl(y, data) for _, y in pairs]
    mean, error = np.mean([(s.value, s.error / math.sqrt(8)) for s in found], axis=0)
    assert kl - 0.05 < mean < kl + 4 * error
    assert all("estimate" in s.words for s in found)


def test_a_collapsed_ring_is_estimated_as_the_formula_of_collapse_says():
    data, n = ring(), 2000
    x, fake = drawn(data, n), drawn(data, 8 * n, 1)
    one = fake[nearest(fake, data)[0] == 2][:n]
    exact = 0.5 * (math.log(2 / 9) / 8 + 7 / 8 * math.log(2) + math.log(16 / 9))
    assert exact == pytest.approx(0.49692912665, abs=1e-10)  # theory.md, F-8
    score = held_out_js(x, one, data)
    assert exact - 0.02 < score.value < exact + 4 * score.error
    kl = held_out_kl(one, data)
    assert abs(kl.value - math.log(8)) < 0.05 + 4 * kl.error
    perfect = held_out_js(x, drawn(data, n, 2), data)
    assert -0.05 < perfect.value < 4 * perfect.error


@pytest.mark.parametrize("d", [1, 2])
def test_the_smoothed_density_is_scikit_learns(d):
    x, at = normal(100, d, 0), normal(40, d, 1, 0.0, 2.0)
    theirs = KernelDensity(bandwidth=0.4, algorithm="kd_tree", rtol=1e-12).fit(x).score_samples(at)
    assert np.allclose(log_smooth(at, x, 0.4), theirs, atol=1e-8)


@pytest.mark.parametrize("sizes", [(100, 100), (300, 50), (40, 300)])
def test_the_errors_are_the_spread_over_seeds_also_of_unequal_numbers(sizes):
    real, fake = (lambda i: normal(sizes[0], 1, i)), lambda i: normal(sizes[1], 1, 5000 + i, 1.0)
    assert right_error(lambda x, y: held_out_js(x, y, gaussian()), 30, real, fake, low=0.5)
    assert right_error(lambda y: held_out_kl(y, gaussian()), 30, fake, low=0.5)


@pytest.mark.parametrize("sd", [1e-3, 1.0, 100.0])
@pytest.mark.parametrize("n", [8, 500])
def test_of_equal_points_the_jsd_is_nearly_log_2_whatever_the_unit(sd, n):
    data = gaussian(0.0, sd)
    x = sd * normal(1000, 1, 0)
    score = held_out_js(x, np.full(n, 0.3 * sd), data)
    assert 0.9999 * math.log(2) < score.value <= math.log(2) and 0 <= score.error < 0.01
    kl = held_out_kl(np.full(n, 0.3 * sd), data)
    assert 3 < kl.value < math.inf and kl.error < 1e-12  # a bound from below of what is infinite


def test_far_away_and_off_the_support():
    x = normal(100, 1, 0)
    for far in (1e3, 1e80, 1e149):
        assert held_out_js(x, far + normal(40, 1, 1), gaussian()).value == (
            pytest.approx(math.log(2), abs=1e-6)
        )
        assert held_out_kl(far * (1 + 0.1 * normal(40, 1, 1)), gaussian()).value > 100
    flat = distribution("uniform")
    u = np.random.default_rng(0).uniform(size=100)
    assert held_out_js(u, 5 + x, flat).value == pytest.approx(math.log(2), abs=0.01)
    assert held_out_kl(5 + x, flat).value == math.inf == held_out_kl(5 + x, flat).error
    with pytest.raises(ValueError, match="samples of these data"):
        held_out_js(u - 5, u, flat)


@given(pairs(2, 8))
def test_an_estimate_is_a_number_and_the_jsds_is_at_most_log_2(pair):
    score = held_out_js(*pair, ring(sd=0.5))
    assert score.value <= math.log(2) + 1e-12 and 0 <= score.error < math.inf
    kl = held_out_kl(pair[1], ring(sd=0.5))
    assert math.isfinite(kl.value) and 0 <= kl.error < math.inf
