"""A hundred games on a ring of eight spots for each of four losses, at two paces of G.

Which divergence G descends where D is at its best differs from loss to loss; all else is one
recipe. `python benchmarks/collapse.py` plays them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.sweeps.grid import Sweep, sweep
from gan_lab.training.recipe import PLANE, Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 100
LOSSES = {
    "maximum-likelihood": "KL(p ‖ q)",
    "f-reverse-kl": "KL(q ‖ p)",
    "minimax": "JSD",
    "non-saturating": "2 KL(m ‖ p)",
}
"""The losses, and the divergences that they stand for, by what they charge for a miss."""
PACES = {"slow": 0.002, "fast": 0.02}
"""The learning rates of G; that of D is 0.004."""


def collapse_recipe(loss: str, pace: str) -> Recipe:
    """The ring of the lab with one loss and one learning rate of G, 1500 iterations."""
    return PLANE.but(
        activation="relu", r1=0.01, r2=0.01, iterations=1500, loss=loss, lr_G=PACES[pace]
    )


def played_collapse(loss: str, pace: str, seeds: int = SEEDS) -> Sweep:
    """Seeds 0, 1, ... of one loss at one pace, and the modes that G holds at the end
    (`metrics.captured`)."""
    return sweep(
        collapse_recipe(loss, pace), seeds=seeds, measure=["modes"], compiled=False,
        together_at_most=SEEDS, progress=False, device="cpu",
    )  # fmt: skip


@cache
def recorded_collapse() -> dict[str, list[int | None]]:
    """How many spots each seed holds at the end, by "loss, pace"; None for one that diverged."""
    return json.loads(RECORD.read_text())["modes"]


def modes_at_the_end(loss: str, pace: str) -> np.ndarray:
    """How many of the eight spots the recorded games hold at the end, (100,)."""
    return np.array(recorded_collapse()[f"{loss}, {pace}"], dtype=float)
