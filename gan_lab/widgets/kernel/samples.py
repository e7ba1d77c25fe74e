"""What can be asked of single samples of a game of pictures: the way between two z, and copies."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from gan_lab.core.validation import whole_between
from gan_lab.datasets import Images
from gan_lab.metrics.memorisation import nearest_training
from gan_lab.recording.images import followed, of_pictures, quantised
from gan_lab.training.loop import Training
from gan_lab.widgets.kernel.picture import PICTURES

MOST_HELD_OUT = 500
"""Pictures that were held out, whose distances say what is usual."""


class NearestPicture(NamedTuple):
    """The training picture that is nearest to a sample of G.

    `picture` (rows, columns) is it, of 8 bits, `label` its label and `index` its place in
    `recipe.data.pixels`; `distance` is Euclidean, over pixels from -1 to 1. `usual` is the median
    of that distance of pictures that were held out; nan where none were.
    """

    picture: np.ndarray
    label: int
    index: int
    distance: float
    usual: float


def z_of_sample(training: Training, i: int, name: str) -> np.ndarray:
    """The z of sample i of the grid, counted from 1."""
    i = whole_between(1, PICTURES, i, name)
    return followed(training, 0, PICTURES)[0][i - 1]


def walk_between(training: Training, first: int, last: int, steps: int = 9) -> np.ndarray:
    """G along the straight line from one z of the grid to another: (steps, rows, columns), 8 bits.

    In a conditional game all the way the label is asked for that belongs to the first.
    """
    steps, shape = whole_between(2, 1000, steps, "steps"), of_pictures(training).shape
    start = z_of_sample(training, first, "first")
    end = z_of_sample(training, last, "last")
    end[training.recipe.latent_dim :] = start[training.recipe.latent_dim :]
    z = start + np.linspace(0.0, 1.0, steps)[:, None] * (end - start)
    return quantised(training.map()(z)).reshape(-1, *shape)


def nearest_picture(training: Training, i: int) -> NearestPicture:
    """The nearest training picture of sample i of the grid, counted from 1."""
    data = of_pictures(training)
    i = whole_between(1, PICTURES, i, "sample")
    fake = training.map()(followed(training, 0, PICTURES)[0])
    distance, index = (found[i - 1] for found in nearest_training(fake, data.pixels))
    picture = quantised(data.pixels[index]).reshape(data.shape)
    label = int(data.classes_of[index])
    return NearestPicture(picture, label, int(index), float(distance), usual_distance(data))


@functools.lru_cache(maxsize=4)
def usual_distance(data: Images) -> float:
    """The median distance of held-out pictures of these labels to their nearest of the data."""
    if data.split != "train":
        return float("nan")
    held_out = replace(data, split="held out").pixels[:MOST_HELD_OUT]
    return float(np.median(nearest_training(held_out, data.pixels)[0]))
