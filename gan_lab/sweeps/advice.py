"""Advice on training GANs of pictures, followed piece by piece: games of digits, ten seeds of each.

The bare game is what Adam's and torch's defaults give; each of the others changes one thing in it.
`python benchmarks/advice.py` plays them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.sweeps.grid import Sweep, sweep
from gan_lab.sweeps.scorers import SCORERS
from gan_lab.training.recipe import PICTURES, Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 10
BARE = "the bare game"
DCGAN = {"norm": "batch", "activation": "leaky_relu", "beta1": 0.5, "lr_D": 2e-4, "lr_G": 2e-4}
"""What Radford, Metz and Chintala 2016 advise, as far as an MLP can follow it."""
PENALTIES = {"r1": 0.02, "r2": 0.02}
ADVICE = {
    BARE: {},
    "batch norm": {"norm": "batch"},
    "layer norm": {"norm": "layer"},
    "leaky ReLU": {"activation": "leaky_relu"},
    "β1 = 0.5": {"beta1": 0.5},
    "β1 = 0": {"beta1": 0.0},
    "rates of 0.0002": {"lr_D": 2e-4, "lr_G": 2e-4},
    "label smoothing": {"smoothing": 0.1},
    "R1 + R2": PENALTIES,
    "DCGAN's four": DCGAN,
    "β1 = 0, R1 + R2": {"beta1": 0.0, **PENALTIES},
}
"""A piece of advice, and what it changes in the bare game."""
MEASURES = ("digits_read", "rarest_digit", "pixel_frechet")


def advice_recipe(advice: str) -> Recipe:
    """The digits by two MLPs, the non-saturating loss and constant rates, 1000 iterations."""
    bare = PICTURES.but(
        loss="non-saturating", activation="relu", r1=0.0, r2=0.0, beta1=0.9, beta2=0.999,
        lr_D=1e-3, lr_G=1e-3, schedule="constant", iterations=1000,
    )  # fmt: skip
    return bare.but(**ADVICE[advice])


def played_advice(advice: str, seeds: int = SEEDS) -> Sweep:
    """Seeds 0, 1, ... of one game: digits read, the rarest digit, the distance of pixels."""
    return sweep(
        advice_recipe(advice), seeds=seeds, measure={name: SCORERS[name] for name in MEASURES},
        compiled=False, together_at_most=SEEDS, progress=False, device="cpu",
    )  # fmt: skip


@cache
def recorded_advice() -> dict[str, dict[str, list[float | None]]]:
    """By advice and measure the numbers of all seeds; None for one that diverged."""
    return json.loads(RECORD.read_text())["games"]


def advice_scores(advice: str, measure: str) -> np.ndarray:
    """One measure of the recorded games, (10,)."""
    return np.array(recorded_advice()[advice][measure], dtype=float)
