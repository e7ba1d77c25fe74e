"""What the classifier sees in samples, and what the Fréchet distance does not: digits, measured."""

import math

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from scipy.stats import entropy
from test_benchmarks import loaded

from gan_lab.metrics.digit_classifier import digit_features, digit_probabilities
from gan_lab.metrics.gaussian_fits import frechet, frechet_limit
from gan_lab.metrics.manifolds import precision, recall
from gan_lab.metrics.memorisation import memorised, nearest_training
from gan_lab.metrics.pictures import class_entropy, read_surely, smallest_class
from gan_lab.metrics.scores import Compared, compared

TRAINING, CLASSES, HELD_OUT, _ = loaded("digit_classifier").split()
ALL = np.vstack([TRAINING, HELD_OUT])


def learned_by_heart(seed: int, n: int = 500) -> np.ndarray:
    """What a generator draws that has nothing but the training images."""
    return TRAINING[np.random.default_rng(seed).integers(len(TRAINING), size=n)]


def noise(n: int = 500) -> np.ndarray:
    return np.random.default_rng(3).uniform(-1, 1, (n, 64))


def test_the_scores_are_their_definitions():
    p = digit_probabilities(HELD_OUT)
    shares = np.bincount(p.argmax(axis=1), minlength=10) / 500
    assert read_surely(HELD_OUT).value == np.mean(p.max(axis=1) > 0.9)
    assert read_surely(HELD_OUT, 0.5).value == np.mean(p.max(axis=1) > 0.5)
    assert class_entropy(HELD_OUT).value == pytest.approx(entropy(shares))
    assert smallest_class(HELD_OUT).value == shares.min()
    assert f"digit {shares.argmin()};" in smallest_class(HELD_OUT).words


def test_what_held_out_images_noise_and_a_collapsed_generator_score():
    for images, sure, spread, least in (
        (HELD_OUT, (0.84, 0.88), (2.25, 2.303), (0.06, 0.1)),
        (noise(), (0, 0.1), (1, 2.2), (0, 0.03)),
        (np.tile(HELD_OUT[3], (50, 1)), (1, 1), (0, 0), (0, 0)),
        (TRAINING[CLASSES < 5], (0.8, 1), (1.5, 1.8), (0, 0.02)),
    ):
        scores = read_surely(images), class_entropy(images), smallest_class(images)
        for score, (low, high) in zip(scores, (sure, spread, least), strict=True):
            assert low <= score.value <= high and score.error >= 0


@pytest.mark.parametrize("score", [read_surely, class_entropy])
@pytest.mark.parametrize("n", [60, 400])
def test_their_errors_are_the_spread_over_samples(score, n):
    seven = TRAINING[np.isin(CLASSES, [1, 4, 7, 8])]  # of four digits, unequally often
    weights = np.where(CLASSES[np.isin(CLASSES, [1, 4, 7, 8])] == 7, 5.0, 1.0)
    found = [
        score(seven[np.random.default_rng(i).choice(len(seven), n, p=weights / weights.sum())])
        for i in range(60)
    ]
    values, errors = (np.array([getattr(s, name) for s in found]) for name in ("value", "error"))
    assert np.sqrt(np.mean(errors**2)) == pytest.approx(values.std(ddof=1), rel=0.4)


def test_the_bias_of_the_entropy_is_what_is_said():
    fair = [class_entropy(learned_by_heart(i, 40)) for i in range(60)]
    values = np.array([s.value for s in fair])
    whole = class_entropy(TRAINING).value
    assert abs(values.mean() + 9 / 80 - whole) < 4 * values.std() / math.sqrt(60) + 0.02
    assert values.mean() < whole - 0.05 and "by about 0.11" in fair[0].words


def test_held_out_images_are_scored_at_the_number_of_the_samples():
    found = compared(lambda fake: frechet(TRAINING, fake, groups=2), noise(200), HELD_OUT)
    assert isinstance(found, Compared) and found.n == 200
    assert found.fake.value > 20 * found.held_out.value
    many = compared(read_surely, noise(900), HELD_OUT)
    assert many.n == 500 and many.held_out == read_surely(HELD_OUT)
    assert "held-out data 0.86" in repr(many) and "n = 500" in repr(many)


def test_pairs_of_images_and_their_neighbours():
    distance, index = nearest_training(HELD_OUT.reshape(-1, 1, 8, 8), TRAINING.reshape(-1, 8, 8))
    square = cdist(HELD_OUT, TRAINING)
    assert distance == pytest.approx(square.min(axis=1))
    assert square[np.arange(500), index] == pytest.approx(distance)
    assert np.mean(CLASSES[index] == digit_probabilities(HELD_OUT).argmax(axis=1)) > 0.95


# -- what a chapter says of the Fréchet distance ----------------------------------------------


def test_it_hides_memorisation():
    """By heart it is nearer to the training images than new images are, in every of 10 draws."""
    for features in (None, digit_features):
        new = frechet(TRAINING, HELD_OUT, features, groups=2).value
        copied = [
            frechet(TRAINING, learned_by_heart(i), features, groups=2).value for i in range(10)
        ]
        assert max(copied) < new and np.mean(copied) < 0.8 * new
    assert memorised(learned_by_heart(0), TRAINING, HELD_OUT).value == 1
    some, again = TRAINING[:400], TRAINING[np.random.default_rng(0).integers(400, size=400)]
    assert precision(some, again).value == 1 and recall(some, again).value > 0.85


@pytest.mark.parametrize("features", [None, digit_features])
def test_its_bias_halves_where_n_doubles(features):
    """Real images against other real images: n times the distance is nearly one number."""
    means = {}
    for n in (200, 400, 800):
        found = []
        for seed in range(12):
            order = np.random.default_rng(seed).permutation(len(ALL))
            found.append(frechet(ALL[order[:n]], ALL[order[n : 2 * n]], features, groups=2).value)
        means[n] = np.mean(found)
    assert 1.6 < means[200] / means[400] < 2.6 and 1.6 < means[400] / means[800] < 2.6


def test_at_infinite_n_real_images_are_at_no_distance_from_real_images():
    found = []
    for seed in range(8):
        order = np.random.default_rng(seed).permutation(len(ALL))
        found.append(frechet_limit(ALL[order[:800]], ALL[order[800:1600]], digit_features))
    values, errors = (np.array([getattr(s, name) for s in found]) for name in ("value", "error"))
    plain = frechet(ALL[order[:800]], ALL[order[800:1600]], digit_features).value
    assert abs(values.mean()) < 4 * values.std() / math.sqrt(8) + 0.01 and plain > 0.05
    assert 0.5 * values.std() < errors.mean() < 3 * values.std()


def test_means_of_classes_fool_the_classifier_and_not_recall():
    """Ten blurred means, drawn again and again, are read surely and evenly, and cover nothing."""
    means = np.stack([TRAINING[CLASSES == k].mean(axis=0) for k in range(10)])
    fake = means[np.random.default_rng(0).integers(10, size=500)]
    assert read_surely(fake).value == 1 and class_entropy(fake).value > 2.25
    assert recall(TRAINING[:400], fake).value == 0 and precision(TRAINING[:400], fake).value == 1
    assert (
        frechet(TRAINING, fake, digit_features).value
        > 4 * frechet(TRAINING, HELD_OUT, digit_features).value
    )
