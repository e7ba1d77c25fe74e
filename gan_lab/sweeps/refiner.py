"""Digits without their noise: by least squares alone, and with an adversarial loss of four weights.

Every G is told a held-out digit with Gaussian noise and answers with a picture.
`python benchmarks/refiner.py` trains ten seeds of each weight and writes the record beside this
file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.datasets import digits
from gan_lab.metrics.digit_classifier import digit_features, digit_probabilities
from gan_lab.metrics.gaussian_fits import frechet
from gan_lab.metrics.pictures import read_surely
from gan_lab.training.recipe import PICTURES, Recipe
from gan_lab.training.refiner import Refiner

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 10
WEIGHTS = (0.0, 0.01, 0.03, 0.1, 1.0)
"""Of the adversarial loss; 0 is least squares alone."""
NOISE = 1.0
"""The standard deviation of the noise on each pixel; pixels are from -1 to 1."""
MEASURES = ("psnr", "frechet", "features", "read", "right")
"""As `scores_of_denoised` gives them."""


def refiner_recipe(*seeds: int) -> Recipe:
    """Two hidden layers of 128 in both players, relativistic pairs with R1 and R2."""
    return PICTURES.but(members=len(seeds), seed=seeds)


def trained_refiner(weights=WEIGHTS, seeds: int = SEEDS, iterations: int | None = None) -> Refiner:
    """Seeds 0, 1, ... of the first weight, then of the next, as members of one run."""
    recipe = refiner_recipe(*[*range(seeds)] * len(weights))
    of_members = [weight for weight in weights for _ in range(seeds)]
    game = Refiner(recipe.but(iterations=iterations or recipe.iterations), NOISE, of_members, "cpu")
    for _ in game.play(game.recipe.iterations):
        pass
    return game


@cache
def noisy_digits() -> np.ndarray:
    """The held-out digits (500, 64) with noise, the same for everybody."""
    clean = digits("held out").pixels
    return clean + NOISE * np.random.default_rng(0).normal(size=clean.shape)


def psnr(pictures: np.ndarray) -> float:
    """The peak signal-to-noise ratio of denoised held-out digits, in decibels.

    10 log10 of the square of the range of pixels, 2, over the mean square error.
    """
    errors = np.square(pictures - digits("held out").pixels)
    return float(10 * np.log10(4 / errors.mean()))


def scores_of_denoised(pictures: np.ndarray) -> dict[str, float]:
    """How near pictures (500, 64) are to the held-out digits, and how much they look like digits.

    "psnr" in decibels; the Fréchet distance to the training digits, of pixels and of the fixed
    classifier's features; the share that it reads at p > 0.9, and the share that it reads right.
    """
    said = digit_probabilities(pictures).argmax(1)
    return {
        "psnr": psnr(pictures),
        "frechet": frechet(digits().pixels, pictures, groups=2).value,
        "features": frechet(digits().pixels, pictures, digit_features, groups=2).value,
        "read": read_surely(pictures).value,
        "right": float((said == digits("held out").classes_of).mean()),
    }


def one_of_each_digit() -> np.ndarray:
    """The numbers of the first held-out 0, 1, ... 9: those whose pictures are recorded."""
    return np.array([np.flatnonzero(digits("held out").classes_of == c)[0] for c in range(10)])


@cache
def recorded_refiners() -> dict[str, dict]:
    """The record: "scores" by weight and measure, of each seed; "pictures" of seed 0 by weight."""
    return json.loads(RECORD.read_text())


def refiner_scores(weight: float, measure: str) -> np.ndarray:
    """One measure of the recorded refiners of a weight, (10,)."""
    return np.array(recorded_refiners()["scores"][f"{weight:g}"][measure])


def refiner_pictures(weight: float) -> np.ndarray:
    """What seed 0 of a weight made of one of each digit, (10, 8, 8), whole numbers to 255."""
    rows = recorded_refiners()["pictures"][f"{weight:g}"]
    return np.array(rows, np.uint8).reshape(-1, 8, 8)
