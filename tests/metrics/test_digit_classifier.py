"""The book's classifier of digits: what its file holds and what it reads, with witnesses."""

import numpy as np
import pytest
import torch
from scipy.optimize import approx_fprime
from sklearn.neural_network import MLPClassifier
from test_benchmarks import loaded

from gan_lab.metrics.digit_classifier import (
    FILE,
    WEIGHTS,
    classifier_bytes,
    digit_features,
    digit_probabilities,
    fixed_weights,
    layers,
    weights_of,
)

TRAINER = loaded("digit_classifier")
TRAINING, CLASSES, HELD_OUT, TRUE = TRAINER.split()


def test_the_split_is_the_book_s_and_has_nothing_twice():
    assert TRAINING.shape == (1297, 64) and HELD_OUT.shape == (500, 64)
    assert np.abs(TRAINING).max() == 1 and set(CLASSES) == set(TRUE) == set(range(10))
    assert not {x.tobytes() for x in TRAINING} & {x.tobytes() for x in HELD_OUT}


def test_it_reads_held_out_images_and_is_not_surer_than_it_is_right():
    p = digit_probabilities(HELD_OUT)
    right, sure = p.argmax(axis=1) == TRUE, p.max(axis=1) > 0.9
    assert 0.97 < right.mean() < 0.99 and 0.84 < sure.mean() < 0.88
    assert right.mean() - 0.05 < p.max(axis=1).mean() < right.mean()
    assert right[sure].mean() > 0.99
    assert f"| {right.mean():.1%} |" in chosen_row() and f"| {sure.mean():.1%} |" in chosen_row()


def chosen_row() -> str:
    table = (WEIGHTS.parents[2] / "benchmarks" / "digit_classifier.md").read_text()
    start = f"| {TRAINER.CHOSEN:g} |"
    return next(line for line in table.splitlines() if line.startswith(start))


def test_scikit_learns_network_with_these_weights_reads_the_same():
    A, a, B, b = layers(fixed_weights())
    theirs = MLPClassifier((32,), activation="tanh").partial_fit(
        TRAINING, CLASSES, classes=range(10)
    )
    theirs.coefs_, theirs.intercepts_ = [A, B], [a, b]
    assert theirs.predict_proba(HELD_OUT) == pytest.approx(digit_probabilities(HELD_OUT), abs=1e-12)
    assert digit_features(HELD_OUT) == pytest.approx(np.tanh(HELD_OUT @ A + a), abs=1e-12)


def test_the_weights_are_a_minimum_of_the_cost_that_the_trainer_writes_down():
    asked = TRAINING, CLASSES, TRAINER.CHOSEN
    found, slope = TRAINER.cost(fixed_weights(), *asked)
    lower, _ = TRAINER.cost(TRAINER.fitted(*asked, fixed_weights(), 30), *asked)
    off = TRAINER.cost(1.02 * fixed_weights(), *asked)
    assert 0 <= found - lower < 1e-5 < 1e-4 < off[0] - found
    assert 10 * np.abs(slope).max() < np.abs(off[1]).max()


def test_the_gradient_of_that_cost_is_its_differences():
    rng = np.random.default_rng(0)
    weights, some = fixed_weights() + 0.1 * rng.normal(size=2410), slice(0, 2410, 97)

    def of_some(part):
        moved = weights.copy()
        moved[some] = part
        return TRAINER.cost(moved, TRAINING[:50], CLASSES[:50], 0.01)[0]

    slope = TRAINER.cost(weights, TRAINING[:50], CLASSES[:50], 0.01)[1][some]
    assert approx_fprime(weights[some], of_some, 1e-6) == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize("shape", [(8, 8), (1, 8, 8), (64,)])
def test_images_come_in_three_shapes_and_from_torch(shape):
    x = torch.tensor(HELD_OUT[:7].reshape(7, *shape), requires_grad=True)
    assert np.array_equal(digit_probabilities(x), digit_probabilities(HELD_OUT[:7]))
    one = digit_probabilities(HELD_OUT[:1].reshape(1, *shape))
    assert one == pytest.approx(digit_probabilities(HELD_OUT)[:1], abs=1e-12)


def test_its_file_is_small_is_what_was_written_and_else_refused():
    data = WEIGHTS.read_bytes()
    assert len(data) < 5000 and classifier_bytes(fixed_weights()) == data
    in_head, in_body = (data[:i] + b"?" + data[i + 1 :] for i in (40, len(data) - 9))
    for wrong in (data[:-1], in_head, in_body, b"", b"GAN"):
        with pytest.raises(ValueError, match="classifier of digits"):
            weights_of(wrong)
    with pytest.raises(ValueError, match="64, 32 and 10 wide"):
        weights_of(FILE.written({"widths": [64, 10], "crc32": 0}, b""))
