"""Which gamma? Games near their equilibrium, let go with another penalty and another learning rate.

G is linear and can make the data exactly; D has a hidden layer. All games of a row settle for 200
iterations by one recipe, and then play 400 more by plain gradient steps, or by Adam, with a gamma
and a learning rate of both players. `python benchmarks/which_gamma.py` plays them and writes the
record beside this file. What the eigenvalues say beforehand is in `foretold`.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

from gan_lab.metrics.intervals import Interval, wilson
from gan_lab.sweeps.scorers import jsd
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.resting import jacobian_at_rest, longest_step

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 16
SETTLING, AFTER = 200, 400
"""Iterations before and after the change of rules."""
NEAR = 0.05
"""A game holds if it does not diverge and its exact JSD at the end is below this, in nats."""
GAMMAS = (0.0, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
RATES = {
    "sgd": (0.03, 0.06, 0.12, 0.25, 0.5, 1.0, 2.0, 4.0),
    "adam": (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0),
}
"""The learning rates of both players, by optimizer."""
GAMES = {
    "R1": ("non-saturating", 1.0, 0.0),
    "R2": ("non-saturating", 0.0, 1.0),
    "pairs": ("relativistic", 0.5, 0.5),
}
"""The loss, and which part of gamma goes to R1 and to R2; "pairs" is the loss of R3GAN."""


def penalty_fields(game: str, gamma: float) -> dict:
    """R1 and R2 of the strength gamma together."""
    _, r1, r2 = GAMES[game]
    return {"r1": gamma * r1, "r2": gamma * r2}


def settling_recipe(game: str) -> Recipe:
    """How a game comes near to its equilibrium: Adam, and gamma = 0.1."""
    return Recipe(
        G=(), D=(16,), activation="tanh", loss=GAMES[game][0], m=64, k=1, lr_D=0.01, lr_G=0.005,
        schedule="constant", **penalty_fields(game, 0.1),
    )  # fmt: skip


def new_rules(game: str, optimizer: str, gamma: float, rate: float | list[float]) -> dict:
    """What changes when the game has settled, as fields of a recipe."""
    return {"optimizer": optimizer, "lr_D": rate, "lr_G": rate, **penalty_fields(game, gamma)}


def settled_game(game: str, seeds: tuple[int, ...]) -> Training:
    """A member for each seed, at the end of the settling."""
    recipe = settling_recipe(game).but(members=len(seeds), seed=seeds)
    training = Training(recipe, device="cpu")
    for _ in training.play(SETTLING):
        pass
    return training


def ends_of(game: str, optimizer: str, gamma: float, rates=None, seeds: int = SEEDS) -> np.ndarray:
    """The JSD at the end of seeds 0, 1, ... at each rate, (rates, seeds); nan for one that
    diverged."""
    rates = RATES[optimizer] if rates is None else rates
    training = settled_game(game, tuple(range(seeds)) * len(rates))
    rate_of_each = [rate for rate in rates for _ in range(seeds)]
    training.change(**new_rules(game, optimizer, gamma, rate_of_each))
    for _ in training.play(AFTER):
        pass
    lost = training.diverged_at
    found = [np.nan if i in lost else jsd(training, i) for i in range(training.members)]
    return np.reshape(found, (len(rates), seeds))


def foretold(game: str, seeds: int = SEEDS) -> np.ndarray:
    """The longest plain step that eigenvalues allow where each seed would rest, (gammas, seeds).

    With D's hidden layer as it is at the end of the settling. The penalty enters the Jacobian in
    proportion to gamma.
    """
    training = settled_game(game, tuple(range(seeds)))
    found = []
    for member in range(seeds):
        without, one = (
            jacobian_at_rest(training, member, **penalty_fields(game, gamma)) for gamma in (0, 1)
        )
        found.append([longest_step(without + gamma * (one - without)) for gamma in GAMMAS])
    return np.transpose(found)


def allowed_before_and_after(game: str, gamma: float, rate: float, seeds: int = 10) -> np.ndarray:
    """The longest plain step that eigenvalues allow at rest, before and after the plain steps of
    one cell, and the JSD at the end: (3, seeds)."""
    training = settled_game(game, tuple(range(seeds)))
    training.change(**new_rules(game, "sgd", gamma, rate))
    before = [longest_step(jacobian_at_rest(training, i)) for i in range(seeds)]
    for _ in training.play(AFTER):
        pass
    after = [longest_step(jacobian_at_rest(training, i)) for i in range(seeds)]
    return np.array([before, after, [jsd(training, i) for i in range(seeds)]])


@cache
def border_record() -> dict:
    """The record: "ends" by "game, optimizer" and "foretold" by game, as `ends_of` (gammas, rates,
    seeds) and `foretold` gave them; None for a game that diverged."""
    return json.loads(RECORD.read_text())


def recorded_ends(game: str, optimizer: str) -> np.ndarray:
    """The JSD at the end, (gammas, rates, seeds); nan for one that diverged."""
    return np.array(border_record()["ends"][f"{game}, {optimizer}"], dtype=float)


def recorded_borders(game: str) -> np.ndarray:
    """The longest plain step that was foretold for each seed, (gammas, seeds)."""
    return np.array(border_record()["foretold"][game], dtype=float)


def allowed_steps(game: str) -> np.ndarray:
    """Whether its own eigenvalues allow a plain game its step, (gammas, rates, seeds)."""
    return np.reshape(RATES["sgd"], (1, -1, 1)) <= recorded_borders(game)[:, None, :]


def holding(ends: np.ndarray) -> Interval:
    """The share of the seeds (last axis) that hold, with Wilson's interval."""
    return wilson((ends < NEAR).sum(-1), np.array(ends.shape[-1]), 0.95)


def border_of(shares: np.ndarray, rates) -> np.ndarray:
    """For each gamma the rate at which the share, (gammas, rates), first falls through a half.

    Between two rates of the grid it is a power law of the share; nan where it never falls.
    """
    found = []
    for row in shares:
        below = np.flatnonzero(row < 0.5)
        if not below.size or below[0] == 0:
            found.append(np.nan)
            continue
        i = below[0]
        part = (row[i - 1] - 0.5) / (row[i - 1] - row[i])
        found.append(np.exp(np.interp(part, [0, 1], np.log(rates[i - 1 : i + 1]))))
    return np.array(found)
