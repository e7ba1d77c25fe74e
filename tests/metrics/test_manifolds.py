"""Precision and recall: against scikit-learn's neighbours, of collapse, with their errors."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import drawn, normal, pairs, right_error
from scipy.spatial.distance import cdist
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors

from gan_lab.datasets import ring
from gan_lab.metrics.manifolds import in_manifold, precision, recall
from gan_lab.metrics.modes import nearest
from gan_lab.metrics.scores import baseline


def test_the_manifold_is_the_union_of_balls_to_the_kth_neighbour():
    x, y, k = normal(80, 2, 0), normal(50, 2, 1, sd=3.0), 3
    radius = np.sort(cdist(x, x), axis=1)[:, k]
    brute = (cdist(y, x) <= radius).any(axis=1)
    assert np.array_equal(in_manifold(y, x, k), brute) and 0 < brute.sum() < 50
    assert precision(x, y, k).value == brute.mean() == recall(y, x, k).value


def test_precision_and_recall_tell_collapse_from_noise():
    data = ring(8, 1.0, 0.05)
    real, fake = drawn(data, 800), drawn(data, 800, 1)
    narrow = fake[nearest(fake, data)[0] < 4]
    wide = normal(800, 2, 2)
    assert precision(real, narrow).value > 0.85 and recall(real, narrow).value < 0.6
    assert precision(real, wide).value < 0.4
    base = baseline(precision, data, 400, 10)
    assert 0.85 < base.mean < 1 and base.sd < 0.05


def by_scikit_learn(points, manifold, k):
    neighbours = NearestNeighbors(n_neighbors=k + 1, algorithm="kd_tree").fit(manifold)
    radius = neighbours.kneighbors(manifold)[0][:, k]
    return float(np.mean((pairwise_distances(points, manifold) <= radius).any(axis=1)))


@pytest.mark.parametrize("sizes", [(300, 300), (200, 40), (40, 200)])
@pytest.mark.parametrize("d", [1, 2, 7])
@pytest.mark.parametrize("k", [1, 3, 10])
def test_precision_and_recall_are_those_of_scikit_learns_neighbours(sizes, d, k):
    real, fake = normal(sizes[0], d, 0), normal(sizes[1], d, 1, 0.7, 1.5)
    found, wanted = precision(real, fake, k).value, by_scikit_learn(fake, real, k)
    assert found == pytest.approx(wanted, abs=1e-12) and 0 < found <= 1
    assert recall(real, fake, k).value == pytest.approx(by_scikit_learn(real, fake, k), abs=1e-12)


def test_the_jackknife_of_the_manifold_by_hand():
    real, fake, k = normal(50, 2, 0), normal(30, 2, 1, 1.0), 3
    left = [by_scikit_learn(fake, np.delete(real, np.s_[g::20], axis=0), k) for g in range(20)]
    moved = (30 * by_scikit_learn(fake, real, k) + 2) / 34
    square = moved * (1 - moved) / 34 + 19 / 20 * np.sum((np.array(left) - np.mean(left)) ** 2)
    assert precision(real, fake, k).error == pytest.approx(math.sqrt(square), rel=1e-9)


@pytest.mark.parametrize("sizes", [(150, 150), (400, 60), (60, 400)])
@pytest.mark.parametrize("score", [precision, recall])
def test_the_error_is_the_spread_over_seeds_also_of_unequal_numbers(score, sizes):
    assert right_error(
        score, 40, lambda i: normal(sizes[0], 2, i), lambda i: normal(sizes[1], 2, 5000 + i, 1.0)
    )


def test_of_a_generator_collapsed_to_a_mode_the_error_is_the_spread_over_seeds():
    assert right_error(
        recall, 40, lambda i: normal(100, 2, i), lambda i: normal(300, 2, 5000 + i, 0.5, 0.3)
    )


@pytest.mark.parametrize("sizes", [(100, 100), (50, 400), (400, 50)])
def test_all_fake_points_equal(sizes):
    real = normal(sizes[0], 2, 0)
    inside, outside = np.tile(real[3], (sizes[1], 1)), np.full((sizes[1], 2), 9.0)
    assert precision(real, inside).value == 1 and precision(real, outside).value == 0
    assert recall(real, inside).value == 1 / sizes[0]  # that one point, and no other
    assert recall(real, outside).value == 0
    for score in (precision(real, outside), recall(real, outside)):
        assert 0 < score.error < 0.05
    assert precision(inside, inside).value == 1 == recall(inside, inside).value


def test_without_a_group_of_the_manifold_its_points_still_have_k_neighbours():
    real = normal(21, 2, 0)  # twenty groups, one of two points, would leave 19 at times
    score = precision(real, real, 19)
    assert score.value == 1 and 0 < score.error < 1 and "over 21 groups" in score.words


def test_duplicates_count_as_neighbours():
    twice = np.repeat(normal(20, 2, 0), 2, axis=0)  # each point's nearest other one is its twin
    assert precision(twice, twice + 1e-9, 1).value == 0 and precision(twice, twice, 1).value == 1


@pytest.mark.parametrize("size", [1e-180, 1e-12, 1e12, 1e140])
def test_no_unit_of_length_matters(size):
    real, fake = normal(60, 2, 0), normal(50, 2, 1, 1.0)
    assert precision(size * real, size * fake).value == precision(real, fake).value
    assert recall(size * real, size * fake).error == pytest.approx(recall(real, fake).error)


@given(pairs(2, 4), st.sampled_from([0.25, 8.0]), st.integers(-9, 9), st.booleans())
def test_shares_are_shares_and_laws_of_the_plane_hold(pair, scale, shift, mirror):
    real, fake = pair
    found = precision(real, fake, 2)
    assert 0 <= found.value <= 1 and 0 < found.error < 1
    assert recall(fake, real, 2).value == found.value
    assert precision(real, real, 2).value == 1
    moved = (scale * (x[::-1, ::-1] if mirror else x[::-1]) + shift for x in pair)
    assert precision(*moved, 2).value == found.value


def test_a_manifold_of_few_points_is_refused_in_a_sentence():
    for n in (2, 3, 4):
        with pytest.raises(ValueError, match="5 points or more"):
            precision(normal(n, 2, 0), normal(9, 2, 1))
    assert precision(normal(3, 2, 0), normal(2, 2, 1), 1).error > 0
