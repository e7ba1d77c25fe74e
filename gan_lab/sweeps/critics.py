"""Critics that are held back in five ways, trained alone against a generator that makes one point.

The generator stands still at 0, so that the Wasserstein-1 distance is E|x| and the best critic is
|x|. `python benchmarks/critics.py` trains ten seeds of each and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np

from gan_lab.distributions.base import Distribution
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.mixtures import mixture
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 10
DATA = {
    "one bump": gaussian(1, 0.2),
    "two bumps": mixture([gaussian(-1, 0.2), gaussian(1, 0.2)]),
}
"""The data, each with E|x| = 1 to six digits."""
HELD = {
    "clip 0.01": {"clip": 0.01},
    "clip 0.1": {"clip": 0.1},
    "penalty 10": {"gp": 10.0},
    "penalty 1": {"gp": 1.0},
    "spectral": {"spectral": True},
}
"""How a critic is held back, as fields of a recipe."""
X, THIN = np.linspace(-2, 2, 401), 40
"""Where a critic is looked at; the record keeps one place of so many."""
MIDPOINTS = (np.arange(4096) + 0.5) / 4096


class Critics(NamedTuple):
    """What trained critics f say, of each seed: E_p f - f(0), the largest |f'| on [-2, 2], and the
    curve f - f(0) over `X` (seeds, 401)."""

    value: np.ndarray
    steepest: np.ndarray
    curve: np.ndarray


def critic_recipe(data: str, held: str, seeds: int = SEEDS, iterations: int = 1500) -> Recipe:
    """The critic's game: two hidden layers of 32, Adam, m = 128."""
    return Recipe(
        data=DATA[data], loss="wasserstein", G=(4,), D=(32, 32), m=128, k=1, r1=0.0, r2=0.0,
        lr_D=2e-3, beta2=0.9, standardise=False, members=seeds, iterations=iterations,
        **HELD[held],
    )  # fmt: skip


def trained(recipe: Recipe) -> Critics:
    """The critics after as many steps as the recipe has iterations; G makes the point 0."""
    game = Training(recipe, device="cpu")
    game.G.flat.detach().zero_()
    for _ in range(recipe.iterations):
        game.update_discriminator()
        game.t += 1
    return seen(game)


def seen(game: Training) -> Critics:
    """The critics of a game as they are now."""
    found = [game.D.at(i) for i in range(game.members)]
    p, zero = cast(Distribution, game.recipe.data), np.zeros(1)
    value = [average(f, p) - f(zero)[0] for f in found]
    curve = np.array([f(X) - f(zero) for f in found])
    return Critics(np.array(value), np.abs(np.gradient(curve, X, axis=1)).max(1), curve)


def average(f, p: Distribution) -> float:
    """E_p f by the quantiles of 4096 equal parts."""
    return float(f(p.ppf(MIDPOINTS)).mean())


@cache
def recorded_critics() -> dict[str, dict]:
    """What the trained critics say, by "data, how they are held"."""
    return json.loads(RECORD.read_text())["critics"]


def critics_of(data: str, held: str) -> Critics:
    """The recorded critics; their curves to three decimals, over `X[::THIN]`."""
    return Critics(
        *(np.array(recorded_critics()[f"{data}, {held}"][part]) for part in Critics._fields)
    )
