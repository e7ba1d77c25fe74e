"""Modes found, quality and reverse KL: PacGAN's rule, collapse, and the stated errors."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import drawn, points, spread
from scipy.special import rel_entr

from gan_lab.datasets import bimodal, gaussian, gaussian_mixture, grid, ring, spots
from gan_lab.metrics.modes import captured, high_quality, nearest, reverse_kl
from gan_lab.metrics.scores import baseline

SEEN = 1 - math.exp(-4.5)  # within 3 sds of the mean, in the plane
UNEQUAL = [
    gaussian_mixture((0.0, 10.0), (1.0, 1.0)),
    gaussian_mixture((0.0, 1.0), (0.1, 1.0)),
    gaussian_mixture((0.0, 3.0), (0.05, 2.0)),
    spots([[0, 0], [1, 0], [3, 3]], [0.1, 1, 0.4], [1, 2, 3]),
]


@pytest.mark.parametrize("data", [ring(), grid()], ids=repr)
def test_a_perfect_generator_scores_what_the_formula_says(data):
    n = 2500
    fake = drawn(data, 20 * n)
    hq = high_quality(fake, data)
    assert abs(hq.value - SEEN) < 4 * hq.error
    assert hq.error == pytest.approx(math.sqrt(SEEN * (1 - SEEN) / (20 * n)), rel=0.05)
    base = baseline(lambda real, fake: high_quality(fake, data), data, n, 30)
    assert abs(base.mean - SEEN) < 4 * base.error
    # the spread of repeats is the binomial law's, and so is the stated error
    assert base.sd == pytest.approx(math.sqrt(SEEN * (1 - SEEN) / n), rel=4 / math.sqrt(2 * 29))
    found = baseline(lambda real, fake: captured(fake, data), data, n, 5)
    assert found.mean == len(data.means) and found.sd == 0
    # (K - 1) / 2h, the mean of the chi-square law with K - 1 degrees of freedom over 2h
    kl = baseline(lambda real, fake: reverse_kl(fake, data), data, n, 30)
    wanted = (len(data.means) - 1) / (2 * n * SEEN)
    assert abs(kl.mean - wanted) < 4 * kl.error
    one = reverse_kl(drawn(data, n), data)
    law = wanted * math.sqrt(2 / (len(data.means) - 1))  # the sd of chi-square over 2h
    assert law * 0.99 < one.error < 2 * law and 0.5 * law < kl.sd < 1.5 * law
    assert f"{wanted:.2g}" in one.words


def test_the_three_sd_rule_is_strict_and_of_the_nearest_mode():
    data = grid(sd=0.0625)  # three sds are 0.1875, exactly
    edge = np.array([[0.1875, 0.0], [0.1874999, 0.0], [2.0, 0.19], [2.1, 2.1], [4.0, -4.0]])
    which, good = nearest(edge, data)
    assert [data.means[i] for i in which] == [(0, 0), (0, 0), (2, 0), (2, 2), (4, -4)]
    assert good.tolist() == [False, True, False, True, True]
    assert high_quality(edge, data).value == 0.6 and captured(edge, data).value == 3
    assert nearest(edge, data, 3.1)[1].tolist() == [True, True, True, True, True]


def test_modes_of_different_widths_and_of_the_line():
    data = bimodal(0.0, 10.0, 1.0)
    fake = np.array([-5.0, -2.1, -1.9, 2.0, 7.9, 8.1])
    assert high_quality(fake, data).value == pytest.approx(3 / 6)
    assert captured(fake, data).value == 2
    assert reverse_kl(fake, data).value == pytest.approx(
        2 / 3 * math.log(4 / 3) + 1 / 3 * math.log(2 / 3)
    )


def test_a_collapse_scores_as_it_should():
    data = ring()
    one = np.tile(data.means[3], (2500, 1))
    assert captured(one, data).value == 1 and high_quality(one, data).value == 1.0
    assert captured(one, data).error == 0.0 and high_quality(one, data).error > 0
    kl = reverse_kl(one, data)
    assert kl.value == pytest.approx(math.log(8)) and kl.error == 0.0
    half = np.repeat(np.array(data.means)[:4], 10, axis=0)
    assert reverse_kl(half, data).value == pytest.approx(math.log(2))
    away = np.full((10, 2), 3.0)
    assert captured(away, data).value == high_quality(away, data).value == 0
    assert reverse_kl(away, data).value == math.inf


def test_the_errors_of_the_mode_metrics_are_those_of_their_laws():
    # shares such that some modes are hit about once or twice in a sample
    data, n = ring(), 60
    shares = np.array([0.4, 0.3, 0.2, 0.04, 0.03, 0.02, 0.01, 0.0])

    def fake(i):
        rng = np.random.default_rng(i)
        return np.array(data.means)[rng.choice(8, n, p=shares)]

    values, errors = spread(lambda x: captured(x, data), 400, fake)
    assert abs(values.mean() - np.sum(1 - (1 - shares) ** n)) < 4 * values.std() / 20
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    values, errors = spread(lambda x: reverse_kl(x, data), 400, fake)
    assert errors.mean() == pytest.approx(values.std(), rel=0.2)


def test_the_errors_of_the_mode_metrics_by_hand():
    data = ring()
    even = np.repeat(np.array(data.means), 5, axis=0)
    kl = reverse_kl(even, data)  # where the delta method gives 0, the chi-square law's spread
    assert kl.value == pytest.approx(0, abs=1e-15)
    assert kl.error == pytest.approx(math.sqrt(7 / 2) / 40)
    few = np.array([data.means[0]] * 5 + [data.means[3]])
    missed = np.array([(1 / 6) ** 6, (5 / 6) ** 6])
    assert captured(few, data).error == pytest.approx(math.sqrt(np.sum(missed * (1 - missed))))
    shares, log = np.array([5, 1]) / 6, np.log(np.array([5, 1]) / 6 * 8)
    spread_of_log = shares @ log**2 - (shares @ log) ** 2
    assert reverse_kl(few, data).error == pytest.approx(math.sqrt(spread_of_log / 6))


def pacgan(x, data):
    """The loop of PacGAN's MetricLogger.do: modes in their own sds, the first of the least."""
    means = np.asarray(data.means, dtype=float).reshape(len(data.sds), -1)
    which, good = [], []
    for point in x:
        least, at = math.inf, -1
        for j, (mean, sd) in enumerate(zip(means, data.sds, strict=True)):
            distance = math.sqrt(sum((point - mean) ** 2 / sd**2))
            if distance < least:
                least, at = distance, j
        which.append(at)
        good.append(least < 3)
    return np.array(which), np.array(good)


@pytest.mark.parametrize("data", [*UNEQUAL, ring(), gaussian(2.0, 3.0)], ids=repr)
def test_the_nearest_mode_is_that_of_pacgans_code(data):
    x = drawn(data, 2000) + np.random.default_rng(1).normal(0, 0.3, (2000, data.dim))
    which, good = nearest(x, data)
    theirs, fine = pacgan(x, data)
    assert np.array_equal(which, theirs) and np.array_equal(good, fine)
    assert 0 < good.sum() < len(x)
    means = np.asarray(data.means, dtype=float).reshape(len(data.sds), -1)
    some = np.linalg.norm(x[:, None] - means, axis=-1) < 3 * np.asarray(data.sds)
    assert np.array_equal(good, some.any(axis=1))  # within 3 sds of any mode at all
    assert captured(x, data).value == len(np.unique(theirs[fine]))
    share = np.bincount(theirs[fine], minlength=len(means)) / fine.sum()
    kl = rel_entr(share, np.asarray(data.weights)).sum()
    assert reverse_kl(x, data).value == pytest.approx(kl, abs=1e-12)


def test_a_perfect_generator_of_modes_of_unequal_widths_scores_999_in_1000_on_the_line():
    for data in UNEQUAL[:3]:
        score = high_quality(drawn(data, 20_000), data)
        assert 0.9973 - 4 * score.error < score.value < 1
    wide = gaussian_mixture((0.0, 1.0), (0.1, 1.0))  # 4 thin sds from the thin mode, 0.6 wide ones
    assert high_quality([0.4, 0.45, -0.5], wide).value == 1 == captured([0.4, 0.45], wide).value


@given(points(2, 2, 12), st.randoms(use_true_random=False))
def test_shares_are_shares_and_no_order_matters(fake, random):
    data = UNEQUAL[3]
    quality, found, kl = (f(fake, data) for f in (high_quality, captured, reverse_kl))
    assert 0 <= quality.value <= 1 and 0 < quality.error < 1
    assert 0 <= found.value <= 3 and 0 <= found.error < 3
    assert kl.value >= 0 and not math.isnan(kl.error)
    order = list(range(len(fake)))
    random.shuffle(order)
    assert captured(fake[order], data).value == found.value
    assert reverse_kl(fake[order], data).value == kl.value


def test_two_points_are_enough():
    data = ring()
    one = np.tile(data.means[0], (2, 1))
    assert high_quality(one, data).value == 1 and captured(one, data).value == 1
    assert reverse_kl(one, data).value == pytest.approx(math.log(8))
