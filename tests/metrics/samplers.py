"""Samples with fixed seeds, and what the tests of all metrics ask of a score."""

import math

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gan_lab.core.random_streams import Stream
from gan_lab.datasets.minibatches import FOR_D, draw

NUMBERS = st.integers(-40, 40).map(lambda i: i / 8)  # sums and differences of these are exact


def points(d: int, least: int = 4, most: int = 12):
    """Samples (n, d) of few different numbers, and so with ties and duplicates."""
    return st.integers(least, most).flatmap(lambda n: arrays(float, (n, d), elements=NUMBERS))


def pairs(d: int, least: int = 4):
    return st.tuples(points(d, least), points(d, least))


def drawn(data, n, seed=0):
    return draw(data, Stream([seed]), FOR_D, 0, n)[0].numpy()


def normal(n, d, seed, mean=0.0, sd=1.0):
    return mean + sd * np.random.default_rng(seed).normal(size=(n, d))


def spread(score, repeats, *samplers):
    """Values and stated errors of a score over independent pairs of samples."""
    scores = [score(*(sampler(i) for sampler in samplers)) for i in range(repeats)]
    return np.array([s.value for s in scores]), np.array([s.error for s in scores])


def right_error(score, repeats, *samplers, low=0.7, high=1.5) -> bool:
    """Whether the stated error is the spread over seeds, within factors and 4 standard errors.

    Root mean squares are compared; the sd of a sample's sd is 1 / sqrt(2 (repeats - 1)) of it.
    """
    values, errors = spread(score, repeats, *samplers)
    ratio, room = math.sqrt(np.mean(errors**2)) / values.std(ddof=1), 4 / math.sqrt(2 * repeats - 2)
    return low / (1 + room) < ratio < high * (1 + room)
