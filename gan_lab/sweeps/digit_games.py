"""How good digits are, by everything that the book asks of them; and what ten seeds of games score.

`python benchmarks/digits.py` trains the games and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.datasets import digits
from gan_lab.metrics.digit_classifier import digit_features
from gan_lab.metrics.gaussian_fits import frechet
from gan_lab.metrics.manifolds import precision, recall
from gan_lab.metrics.memorisation import memorised
from gan_lab.metrics.pictures import read_surely, smallest_class

RECORD = Path(__file__).with_suffix(".json")
SHOWN = 10
"""So many pictures of every seed are in the record."""
MEASURES = {
    "read at p > 0.9": read_surely,
    "rarest digit": smallest_class,
    "Fréchet, pixels": lambda fake: frechet(digits().pixels, fake, groups=2),
    "Fréchet, features": lambda fake: frechet(digits().pixels, fake, digit_features, groups=2),
    "precision": lambda fake: precision(digits().pixels, fake, features=digit_features),
    "recall": lambda fake: recall(digits().pixels, fake, features=digit_features),
    "nearer than held out": lambda fake: memorised(
        fake, digits().pixels, digits("held out").pixels
    ),
}
"""What is asked of pictures (n, 64), beside the digits that a game is trained on."""


def digit_scores(pixels: np.ndarray) -> dict[str, float]:
    """Every measure of pictures (n, 64); all but the first two depend on n, so compare equal n."""
    return {name: score(pixels).value for name, score in MEASURES.items()}


@cache
def digit_record() -> dict[str, dict]:
    """By preset its scores, a list over the seeds, and pictures of each seed, in 17 shades."""
    return json.loads(RECORD.read_text())["games"]


def game_scores(preset: str, measure: str) -> np.ndarray:
    """What the ten seeds of a preset score by one measure, (10,)."""
    return np.array(digit_record()[preset]["scores"][measure])


def game_pictures(preset: str) -> np.ndarray:
    """Pictures of each seed, (10, `SHOWN`, 8, 8), from -1 to 1."""
    shades = [list(row.encode()) for row in digit_record()[preset]["pictures"]]
    return (np.array(shades).reshape(-1, SHOWN, 8, 8) - ord("a")) / 8 - 1


def as_letters(pixels: np.ndarray) -> str:
    """Pixels as letters, a for paper to q for ink: as many shades as the data have."""
    shades = np.rint(8 * (np.clip(pixels, -1, 1) + 1)).astype(int)
    return "".join(chr(ord("a") + shade) for shade in shades.ravel())
