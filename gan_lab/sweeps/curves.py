"""Curves of trainings, healthy and ill, as a practitioner sees them, beside the truth.

Each run is a recipe that the page's lab plays too, of ten seeds: both losses, D(x), D(G(z)), and
the exact JSD or the modes found; signs of what ails it, which need no truth; and what a new D says
of its samples. `python benchmarks/curves.py` plays them (`watching`) and writes the record beside
this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy import stats

from gan_lab.training.recipe import PRESETS, Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS, KEPT = 10, (0, 2)
"""How many seeds are played, and of which of them curves are kept."""
POINTS = 40
"""How many moments of a game are kept."""
MOST = 1e6
"""A number that is as large or larger, or infinite, is recorded as this."""
QUARTERS = 4
"""How many moments of each game its losses are compared with the JSD at."""

BUMP, TWO, RING = (PRESETS[name] for name in ("bump", "two", "ring"))
FREE = {"r1": 0.0, "r2": 0.0}
CHASE = {**FREE, "k": 1, "lr_G": 0.01, "schedule": "constant"}
STEEP = {**FREE, "k": 20, "standardise": False}


class WatchedRun(NamedTuple):
    """A training to be recorded: what ails it, its recipe, and how many iterations it goes on."""

    ill: str
    recipe: Recipe
    iterations: int


HEALTHY = "nothing"
RUNS = {
    "it comes to rest": WatchedRun(HEALTHY, BUMP.but(iterations=600), 600),
    "it trembles": WatchedRun(HEALTHY, BUMP.but(**CHASE), 1000),
    "G begins far away": WatchedRun(HEALTHY, BUMP.but(**STEEP), 200),
    "the loss of G rises": WatchedRun(
        HEALTHY, TWO.but(lr_D=1e-3, lr_G=5e-4, schedule="constant"), 400),
    "the steps are too long": WatchedRun(
        "the steps are too long",
        BUMP.but(optimizer="sgd", lr_D=3.0, lr_G=3.0, r1=0.1, r2=0.1, schedule="constant"), 60),
    "G has no gradient": WatchedRun(
        "G has no gradient", BUMP.but(**STEEP, loss="minimax"), 200),
    "the rates are 0": WatchedRun("the rates are 0", TWO.but(iterations=60), 200),
    "D learns by heart": WatchedRun(
        "D learns by heart", BUMP.but(**FREE, n=10, D=(32, 32), schedule="constant"), 1500),
    "modes are lost": WatchedRun(
        "modes are lost", RING.but(loss="non-saturating", lr_G=0.02, schedule="constant"), 400),
    "it goes round": WatchedRun("it goes round", BUMP.but(**CHASE, beta1=0.9), 1000),
    "D is blind": WatchedRun("D is blind", PRESETS["bare"], 1000),
}  # fmt: skip
"""By name, those first of which nothing is ill, the others in the order of `SIGNS`."""


class Sign(NamedTuple):
    """Something to measure, without the truth, and from (up or down to) where it speaks."""

    words: str
    limit: float
    above: bool = True

    def speaks(self, numbers: np.ndarray) -> np.ndarray:
        """For which of the numbers."""
        return numbers >= self.limit if self.above else numbers <= self.limit


SIGNS = {
    "the steps are too long": Sign("the largest loss so far", 100),
    "G has no gradient": Sign("D(x) \u2212 D(G(z)), always, in the second half", 0.9),
    "the rates are 0": Sign("how far G moved in the last quarter", 1e-6, False),
    "D learns by heart": Sign("D's loss on new data less that on old, last quarter", 0.1),
    "modes are lost": Sign("share of the modes found, second half", 0.75, False),
    "it goes round": Sign("sd of D(G(z)) in the second half", 0.05),
    "D is blind": Sign("what a new D gains on the old one, in V", 0.15),
}
"""What may ail a game; the first sign that speaks names it."""

CURVES = ("loss_D", "loss_new", "loss_G", "D_x", "D_G", "truth")
"""At each moment: the loss of D, that on data which it is not trained on, the loss of G, D's mean
output on data and on samples, and the exact JSD in nats or, in the plane, the modes found."""


def watched_moments(name: str) -> list[int]:
    """When a run is looked at."""
    return [int(t) for t in np.unique(np.linspace(1, RUNS[name].iterations, POINTS).round())]


@cache
def curve_record() -> dict:
    """The record: "curves" by run and curve, (seeds kept, moments), None where there is none;
    "signs" and "fresh" by run and sign, one number for each seed; "compared", for
    `compared_losses`."""
    return json.loads(RECORD.read_text())


def recorded_curve(name: str, curve: str) -> np.ndarray:
    """One curve of the seeds that are kept, (2, moments)."""
    return np.array(curve_record()["curves"][name][curve], dtype=float)


def recorded_sign(name: str, sign: str, fresh: bool = False) -> np.ndarray:
    """What a sign measures in seeds 0 to 9 of a run, or in 10 to 19, by which no limit was chosen,
    (10,)."""
    return np.array(curve_record()["fresh" if fresh else "signs"][name][sign], dtype=float)


def diagnosed(name: str, fresh: bool = False) -> list[str]:
    """What the first sign that speaks says of each of these seeds of a run."""
    spoken = {sign: row.speaks(recorded_sign(name, sign, fresh)) for sign, row in SIGNS.items()}
    return [next((sign for sign in SIGNS if spoken[sign][i]), HEALTHY) for i in range(SEEDS)]


def compared_losses() -> dict[str, dict[str, np.ndarray]]:
    """By run the losses of D and G, each a mean over the last iterations, V at a new D, and the
    exact JSD, (4 moments, 10 seeds), of the games on the line that share their loss."""
    found = curve_record()["compared"]
    return {name: {k: np.array(v) for k, v in rows.items()} for name, rows in found.items()}


class RankAgreement(NamedTuple):
    """Spearman's rank correlation with the exact JSD, and a 95 % interval over seeds."""

    value: float
    low: float
    high: float


def spearman(x: np.ndarray, y: np.ndarray) -> float:
    """The correlation of their ranks."""
    ranks = (stats.rankdata(values.ravel()) for values in (x, y))
    return float(np.corrcoef(*ranks)[0, 1])


def rank_agreement(measure: str, resamples: int = 400) -> RankAgreement:
    """How well a measure of `compared_losses` orders all games and moments by their JSD.

    The interval is a bootstrap's over seeds: one seed is in all games and moments, or in none.
    """
    games = compared_losses().values()
    x, y = (np.stack([rows[key] for rows in games]) for key in (measure, "jsd"))
    n = x.shape[-1]
    drawn = np.random.default_rng(0).integers(n, size=(resamples, n))
    again = [spearman(x[..., seeds], y[..., seeds]) for seeds in drawn]
    low, high = np.quantile(again, (0.025, 0.975))
    return RankAgreement(spearman(x, y), float(low), float(high))


def order_of_seeds(measure: str) -> list[float]:
    """The same at the end of each game alone, over its seeds: does the measure tell them apart?"""
    return [spearman(one[measure][-1], one["jsd"][-1]) for one in compared_losses().values()]
