"""Games on a ring and on a grid with R1, R2, relativistic pairs and what R3GAN makes of them.

One recipe, in which only the loss and its penalties differ. `python benchmarks/penalties.py` plays
them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.datasets import grid, ring
from gan_lab.sweeps.grid import Sweep, sweep
from gan_lab.sweeps.scorers import SCORERS
from gan_lab.training.recipe import PLANE, Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 20
GAMMA = 0.5
"""The strength of R1 and R2 together."""
GAMES = {
    "no penalty": {},
    "R1": {"r1": GAMMA},
    "R2": {"r2": GAMMA},
    "R1 + R2": {"r1": GAMMA / 2, "r2": GAMMA / 2},
    "relativistic": {"loss": "relativistic"},
    "relativistic + R1 + R2": {"loss": "relativistic", "r1": GAMMA / 2, "r2": GAMMA / 2},
}
"""The last one is the loss of R3GAN (Huang et al. 2024); where none is named it is the
non-saturating one."""
DATA = {"ring": ring(8, 1.0, 0.05), "grid": grid(5, 1.0, 0.05)}
MEASURES = ("modes", "quality")


def penalty_recipe(game: str, data: str) -> Recipe:
    """The lab's game in the plane with a G that is twice as fast as D, 1500 iterations."""
    return PLANE.but(
        data=DATA[data], activation="relu", lr_G=0.008, iterations=1500,
        **{"r1": 0.0, "r2": 0.0} | GAMES[game],
    )  # fmt: skip


def played_penalties(game: str, data: str, seeds: int = SEEDS) -> Sweep:
    """Seeds 0, 1, ... of one game: modes held at the end, and the share of high quality."""
    return sweep(
        penalty_recipe(game, data), seeds=seeds, measure={name: SCORERS[name] for name in MEASURES},
        compiled=False, together_at_most=SEEDS, progress=False, device="cpu",
    )  # fmt: skip


@cache
def recorded_penalties() -> dict[str, dict[str, list[float | None]]]:
    """By "game, data" and measure the numbers of all seeds; None for one that diverged."""
    return json.loads(RECORD.read_text())["games"]


def found(game: str, data: str, measure: str) -> np.ndarray:
    """One measure of the recorded games, (20,)."""
    return np.array(recorded_penalties()[f"{game}, {data}"][measure], dtype=float)
