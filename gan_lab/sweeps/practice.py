"""Advice for trainings on the line, followed one piece at a time: ten seeds of each, and of none.

`python benchmarks/practice.py` plays them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.sweeps.curves import RUNS, SEEDS
from gan_lab.sweeps.scorers import jsd
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

RECORD = Path(__file__).with_suffix(".json")
TREMBLES, BLIND, FAR = "it trembles", "D is blind", "G has no gradient"
PIECES = {
    "rates that fall to 0": (TREMBLES, {"schedule": "cosine", "iterations": 1000}),
    "the average of G's weights": (TREMBLES, {"ema": 0.99}),
    "a larger minibatch": (TREMBLES, {"m": 512}),
    "more steps of D": (TREMBLES, {"k": 5}),
    "a slower G": (TREMBLES, {"lr_G": 0.002}),
    "a penalty on D's slope": (TREMBLES, {"r1": 0.1}),
    "data at the scale of the weights": (BLIND, {"standardise": True}),
    "the non-saturating loss": (FAR, {"loss": "non-saturating"}),
}
"""A piece of advice: the run of `curves` in which it is followed, and what it changes there."""


def practice_recipe(run: str, piece: str | None = None, seeds: int = SEEDS) -> Recipe:
    """A run as it is, or with one piece of advice."""
    return RUNS[run].recipe.but(members=seeds, **({} if piece is None else PIECES[piece][1]))


def ends_in_practice(run: str, piece: str | None = None, seeds: int = SEEDS) -> np.ndarray:
    """The exact JSD of seeds 0, 1, ... at the end, of G with its averaged weights where there are
    any, (seeds,), in nats."""
    game = Training(practice_recipe(run, piece, seeds), device="cpu")
    for _ in game.play(RUNS[run].iterations):
        pass
    shown = game if game.average is None else game.averaged()
    return np.array([jsd(shown, i) for i in range(seeds)])


@cache
def practice_record() -> dict[str, list[float]]:
    """The JSD of all seeds, by piece of advice, and by run where none is followed."""
    return json.loads(RECORD.read_text())["jsd"]


def seeds_that_gain(piece: str) -> int:
    """In how many of the ten seeds the JSD is lower with a piece of advice than without."""
    before, after = (np.array(practice_record()[name]) for name in (PIECES[piece][0], piece))
    return int((after < before).sum())
