"""Distances to the training data: against scikit-learn and scipy, copies, and the stated error."""

import math

import numpy as np
import pytest
from hypothesis import given
from samplers import normal, points, right_error
from scipy.stats import mannwhitneyu
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

from gan_lab.metrics.memorisation import memorised, nearest_training, placements, variance_of_mean
from gan_lab.metrics.standard_errors import binomial_variance


@pytest.mark.parametrize("d", [1, 3, 64])
@pytest.mark.parametrize("size", [1e-180, 1.0, 1e140])
def test_the_nearest_neighbour_is_scikit_learns(d, size):
    training, asked = normal(90, d, 0), normal(40, d, 1)
    theirs = NearestNeighbors(n_neighbors=1, algorithm="brute").fit(training).kneighbors(asked)
    distance, index = nearest_training(size * asked, size * training)
    assert distance == pytest.approx(size * theirs[0][:, 0], rel=1e-7)
    assert np.array_equal(index, theirs[1][:, 0])


@given(points(2), points(2), points(2))
def test_it_is_the_share_of_pairs_and_the_area_under_the_roc(fake, training, held_out):
    score = memorised(fake, training, held_out)
    near, far = (nearest_training(x, training)[0] for x in (fake, held_out))
    pairs = np.mean((near[:, None] < far) + 0.5 * (near[:, None] == far))
    area = roc_auc_score(np.repeat([1, 0], [len(near), len(far)]), -np.concatenate([near, far]))
    assert score.value == pytest.approx(pairs) == pytest.approx(area)
    assert 0 <= score.p_value <= 1 and 0 < score.error < 0.5
    assert memorised(held_out, training, held_out).value == pytest.approx(0.5)


def test_the_error_is_delongs_by_hand_and_the_test_is_scipys():
    training, fake, held = normal(50, 2, 0), normal(30, 2, 1, 0.0, 0.8), normal(40, 2, 2)
    score = memorised(fake, training, held)
    near, far = (nearest_training(x, training)[0] for x in (fake, held))
    larger = near[:, None] < far
    parts = larger.mean(axis=1), larger.mean(axis=0)
    square = sum(np.var([*x, 0, 0, 1, 1]) / (len(x) + 4) for x in parts)
    assert score.error == pytest.approx(math.sqrt(square), rel=1e-9)
    theirs = mannwhitneyu(near, far, alternative="less", method="asymptotic")
    assert score.p_value == pytest.approx(theirs.pvalue)
    hits = np.repeat([1.0, 0.0], [3, 9])
    assert variance_of_mean(hits) == pytest.approx(binomial_variance(3, 12))
    assert placements(np.array([1.0]), np.array([0.0, 1, 1, 2])) == pytest.approx([0.5])


@pytest.mark.parametrize("sizes", [(200, 200), (60, 300)])
def test_the_error_is_the_spread_over_seeds_for_one_training_set(sizes):
    training = normal(300, 3, 99)
    assert right_error(
        lambda fake, held: memorised(fake, training, held),
        60,
        lambda i: normal(sizes[0], 3, i, 0.0, 0.9),
        lambda i: normal(sizes[1], 3, 5000 + i),
    )


def test_of_fresh_samples_it_is_a_half_and_its_p_value_even():
    found = [
        memorised(normal(80, 3, i), normal(90, 3, 1000 + i), normal(60, 3, 2000 + i))
        for i in range(60)
    ]
    values, p = (np.array([getattr(s, name) for s in found]) for name in ("value", "p_value"))
    assert abs(values.mean() - 0.5) < 4 * values.std() / math.sqrt(60)
    assert abs((p < 0.5).mean() - 0.5) < 4 * 0.5 / math.sqrt(60) and (p < 0.05).mean() < 0.2


def test_copies_are_told_from_news_also_with_noise_and_in_few_points():
    training, held = normal(300, 8, 0), normal(100, 8, 1)
    blurred, one = training[:20] + 0.05 * normal(20, 8, 2), training[:1].repeat(9, axis=0)
    for copies in (training[:20], blurred, one):
        score = memorised(copies, training, held)
        assert score.value == 1 and score.p_value < 1e-4 and 0 < score.error < 0.15
    away = memorised(training + 9, training, held)
    assert away.value == 0 and away.p_value > 0.999
    flat = np.ones((20, 8))
    assert memorised(flat, flat, flat).value == 0.5 and memorised(flat, flat, flat).p_value == 1
