"""C2ST: a p-value that is one, the accuracy's error, collapse."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samplers import drawn, normal, pairs, right_error, spread
from scipy import stats
from sklearn.neighbors import KNeighborsClassifier

from gan_lab.datasets import ring
from gan_lab.metrics.two_sample import c2st, logistic_regression, share_of_neighbours


@pytest.mark.parametrize("classifier", ["knn", "logistic"])
def test_under_the_null_the_p_value_is_a_p_value(classifier):
    n, repeats = 60, 300
    scores = [c2st(normal(n, 2, i), normal(n, 2, 9999 + i), classifier) for i in range(repeats)]
    p = np.array([s.p_value for s in scores])
    for level in (0.05, 0.2, 0.5):  # discrete, and so conservative: never too small too often
        assert np.mean(p <= level) < level + 3 * math.sqrt(level * (1 - level) / repeats)
    assert np.mean(p <= 0.5) > 0.25
    accuracy = np.array([s.value for s in scores])
    assert abs(accuracy.mean() - 0.5) < 4 * 0.5 / math.sqrt(n * repeats)
    assert accuracy.std() < 1.2 * 0.5 / math.sqrt(n)


def test_the_accuracy_of_a_threshold_is_the_binomial_laws():
    d, n = 1.0, 400

    def threshold(x, label):
        return lambda points: d / 2 - points[:, 0]

    values, errors = spread(
        lambda x, y: c2st(x, y, threshold),
        100,
        lambda i: normal(n, 1, i),
        lambda i: normal(n, 1, 5000 + i, d),
    )
    exact = stats.norm.cdf(d / 2)
    sd = math.sqrt(exact * (1 - exact) / n)
    assert abs(values.mean() - exact) < 4 * sd / 10
    assert values.std() == pytest.approx(sd, rel=0.3)
    assert errors.mean() == pytest.approx(sd, rel=0.1)


def test_the_p_value_is_fishers():
    x, y = normal(40, 1, 0), normal(40, 1, 1, 1.0)
    score = c2st(x, y, "logistic", seed=3)
    rng = np.random.default_rng(3)
    x, y = (s[rng.permutation(40)] for s in (x, y))
    logit = logistic_regression(np.concatenate([x[:20], y[:20]]), np.repeat([1.0, 0.0], 20))
    right, wrong = (logit(x[20:]) > 0).sum(), (logit(y[20:]) > 0).sum()
    table = [[right, 20 - right], [wrong, 20 - wrong]]
    assert score.p_value == pytest.approx(stats.fisher_exact(table, "greater").pvalue)
    assert score.value == (right + 20 - wrong) / 40


def test_logistic_regression_finds_the_known_logit():
    x, y = normal(50_000, 1, 0), normal(50_000, 1, 1, 1.0)
    logit = logistic_regression(np.concatenate([x, y]), np.repeat([1.0, 0.0], 50_000))
    at = np.array([[-1.0], [0.5], [2.0]])
    assert np.allclose(logit(at), 0.5 - at[:, 0], atol=0.06)  # N(0,1) against N(1,1): 1/2 - x


def test_neighbours_vote():
    x = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]])
    vote = share_of_neighbours(x, np.array([1.0, 1, 1, 0, 0, 0]), 3)
    assert vote(np.array([[0.0], [6.0], [2.0]])).tolist() == [0.5, -0.5, 0.5]


def test_neighbours_see_modes_that_moments_do_not():
    data = ring(8, 1.0, 0.05)
    blob = normal(800, 2, 3, sd=data.sd)
    assert c2st(drawn(data, 800), blob, "knn").p_value < 1e-6
    far = c2st(normal(100, 2, 0), normal(100, 2, 1, 50.0))
    assert far.value == 1.0 and far.error > 0 and far.p_value < 1e-20


@pytest.mark.parametrize("d", [1, 2, 7])
def test_the_neighbours_are_scikit_learns(d):
    x, label = normal(200, d, 0), np.random.default_rng(1).integers(0, 2, 200).astype(float)
    theirs = KNeighborsClassifier(9).fit(x, label)
    at = normal(50, d, 2)
    assert np.allclose(share_of_neighbours(x, label, 9)(at) + 0.5, theirs.predict_proba(at)[:, 1])


@pytest.mark.parametrize("classifier", ["knn", "logistic"])
@pytest.mark.parametrize("sizes", [(200, 200), (600, 100), (100, 600)])
@pytest.mark.parametrize("sd", [1.3, 0.0])
def test_the_error_is_the_spread_over_seeds(classifier, sizes, sd):
    assert right_error(
        lambda x, y: c2st(x, y, classifier),
        40,
        lambda i: normal(sizes[0], 1, i),
        lambda i: normal(sizes[1], 1, 5000 + i, 0.7, sd),
    )


@pytest.mark.parametrize("classifier", ["knn", "logistic"])
def test_of_equal_points(classifier):
    one = np.ones((40, 2))
    score = c2st(one, one, classifier)
    assert score.value == 0.5 and score.p_value == 1.0 and 0 < score.error < 0.2
    assert c2st(one, np.zeros((400, 2)), classifier).value == 1.0
    seen = c2st(normal(200, 2, 0), np.zeros((1000, 2)), classifier)
    assert seen.value > 0.8 and seen.p_value < 1e-6


@pytest.mark.parametrize("classifier", ["knn", "logistic"])
@pytest.mark.parametrize("size", [1e-180, 1e-12, 1e12, 1e149])
def test_no_unit_of_length_matters(classifier, size):
    x, y = normal(60, 2, 0), normal(40, 2, 1, 1.0)
    found, wanted = c2st(size * x, size * y, classifier), c2st(x, y, classifier)
    assert (found.value, found.p_value) == (wanted.value, wanted.p_value)


def test_a_thin_coordinate_is_seen_beside_a_wide_one():
    x, y = normal(200, 2, 0), normal(200, 2, 1) + np.array([3.0, 0.0])
    unit = np.array([1e-120, 1e120])
    assert c2st(x * unit, y * unit, "logistic").value == c2st(x, y, "logistic").value > 0.85


@given(pairs(2, 8), st.sampled_from(["knn", "logistic"]), st.integers(0, 5))
def test_an_accuracy_is_a_share_and_a_p_value_a_probability(pair, classifier, seed):
    score = c2st(*pair, classifier, seed)
    assert 0 <= score.value <= 1 and 0 < score.error < 1 and 0 < score.p_value <= 1


def test_a_coordinate_that_never_changes_tells_nothing():
    x, y = normal(200, 1, 0), normal(200, 1, 1, 1.0)
    flat = c2st(np.hstack([x, 0 * x + 3]), np.hstack([y, 0 * y + 3]), "logistic", seed=1)
    assert flat.value == c2st(x, y, "logistic", seed=1).value > 0.6


def test_a_classifier_may_say_yes_and_no():
    def threshold(x, label):
        return lambda points: points[:, 0] < 0.5

    score = c2st(normal(200, 1, 0), normal(200, 1, 1, 1.0), threshold)
    assert score.value > 0.6 and score.words.startswith("accuracy of threshold on")
