"""Where one recipe ends with many seeds: a tutorial's settings, and two bumps with two penalties.

`python benchmarks/many_seeds.py` plays them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.datasets import bimodal
from gan_lab.sweeps.grid import sweep
from gan_lab.training.recipe import PRESETS, Recipe

RECORD = Path(__file__).with_suffix(".json")
TWO_BUMPS = Recipe(data=bimodal(0.0, 2.0, 0.3), G=(16, 16), D=(16, 16), m=64, k=2, iterations=800)
REPEATED = {
    "a tutorial's": (PRESETS["tutorial"], 12),
    "r1 = r2 = 0.005": (TWO_BUMPS, 100),
    "r1 = r2 = 0.02": (TWO_BUMPS.but(r1=0.02, r2=0.02), 100),
}
"""A recipe, and how many seeds of it are recorded."""


def ends_of_seeds(name: str, seeds: int | None = None) -> np.ndarray:
    """The exact JSD of seeds 0, 1, ... at the end, in nats, (seeds,)."""
    recipe, all_seeds = REPEATED[name]
    return sweep(
        recipe, seeds=seeds or all_seeds, compiled=False, together_at_most=128, progress=False,
        device="cpu",
    ).of("jsd")  # fmt: skip


@cache
def ends_record() -> dict[str, list[float]]:
    """The recorded JSD of all seeds, to four decimals, by name."""
    return json.loads(RECORD.read_text())["jsd"]


def recorded_seeds(name: str) -> np.ndarray:
    """The recorded JSD of all seeds of one recipe, in nats."""
    return np.array(ends_record()[name])
