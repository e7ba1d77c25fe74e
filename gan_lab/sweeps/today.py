"""Games and flows that learn the same data, and games whose G pays for how far it carries z.

Both have hidden layers of one size, and learn until as many points have passed through a network.
`python benchmarks/today.py` trains them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from time import process_time
from typing import NamedTuple, cast

import numpy as np
import torch
from torch import Tensor

from gan_lab.distributions.base import Distribution
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.mixtures import mixture
from gan_lab.sweeps.scorers import jsd
from gan_lab.theory.divergences import js
from gan_lab.theory.flows import euler_jsd, parts_of_gaussians
from gan_lab.theory.pushforward import pushforward
from gan_lab.training.flow_matching import FlowMatching
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS, MAP_SEEDS = 12, 32
RECIPES = {"one bump": PRESETS["gaussian"], "two bumps": PRESETS["bimodal"]}
MAPPED = {"one bump": 150, "two bumps": 500}
"""After how many iterations, over which the rates fall, maps are looked at."""
SHARES = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1)
"""Of the whole training, at which JSD is asked for."""
STEPS = (1, 2, 4, 8, 16, 32, 64, 128)
"""Euler steps with which a flow is sampled; the most where it is compared with a game."""
WEIGHTS = (0.0, 0.1)
"""Of the transport term."""
AT = np.round(np.linspace(-2.4, 2.4, 17), 2)
"""The z at which maps are kept, in the units of the data."""


class Learned(NamedTuple):
    """JSD, exactly and in nats, (shares, seeds), and the seconds of a processor that it took."""

    jsd: np.ndarray
    seconds: float


class Transported(Training):
    """A game whose G also pays `weight` times the mean of |G(z) - z|^2, in units of the data.

    The term of Lin et al. 2026 (adversarial flow models); `weight` has the shape (members,).
    """

    weight: Tensor | float = 0.0

    def objective_G(self, real: Tensor | None, z: Tensor) -> Tensor:
        made = self.made(z)
        carried = (made - z).square().mean((1, 2))
        return self.adversarial_loss(real, made) + self.weight * carried


def passes_of_game(recipe: Recipe) -> int:
    """How many points go through G or D in one iteration: D's k steps see G(z), then x and G(z)."""
    return recipe.m * (3 * recipe.k + 2)


def flow_steps(recipe: Recipe) -> int:
    """As many minibatches as a flow can learn from with the passes of the whole game."""
    return recipe.iterations * passes_of_game(recipe) // recipe.m


def flow_jsd(flow: FlowMatching, member: int, steps: int) -> float:
    """JSD of the data and one member's samples by so many Euler steps, exactly, in nats."""
    p_g = pushforward(flow.map(member, steps), gaussian(0, 1), rough=True)
    return js(cast(Distribution, flow.recipe.data), p_g).value


def exact_jsd(data: str, steps: int) -> float:
    """The same of the exact velocity, which works in the units of the data as a flow does."""
    law = cast(Distribution, RECIPES[data].data)
    log_weights, means, sds = parts_of_gaussians(law)
    bells = [gaussian((m - law.mean) / law.sd, s / law.sd) for m, s in zip(means, sds, strict=True)]
    return euler_jsd(mixture(bells, np.exp(log_weights).tolist()), steps)


def game_learned(recipe: Recipe, shares: tuple = SHARES) -> Learned:
    """The JSD of each member of a game at each share of its iterations."""
    game, seconds, rows = Training(recipe, device="cpu"), 0.0, []
    for share in shares:
        before = process_time()
        for _ in game.play(round(share * recipe.iterations) - game.t):
            pass
        seconds += process_time() - before
        rows.append([jsd(game, i) for i in range(recipe.members)])
    return Learned(np.array(rows), seconds)


def flow_learned(recipe: Recipe, shares: tuple = SHARES) -> tuple[Learned, FlowMatching]:
    """The same of a flow, sampled with the most steps; and the flow at its end."""
    flow, seconds, rows = FlowMatching(recipe, flow_steps(recipe)), 0.0, []
    for share in shares:
        before = process_time()
        for _ in flow.learn(round(share * flow.steps) - flow.t):
            pass
        seconds += process_time() - before
        rows.append([flow_jsd(flow, i, STEPS[-1]) for i in range(recipe.members)])
    return Learned(np.array(rows), seconds), flow


def transported_game(data: str, weights: tuple, seeds: int = MAP_SEEDS) -> Transported:
    """Seeds 0, 1, ... of the first weight, then of the next, as members of one game, played."""
    recipe = RECIPES[data].but(
        members=seeds * len(weights), seed=(*range(seeds),) * len(weights), iterations=MAPPED[data]
    )
    game = Transported(recipe, device="cpu")
    game.weight = torch.tensor(weights, dtype=game.dtype).repeat_interleave(seeds)
    for _ in game.play(recipe.iterations):
        pass
    return game


def maps_of(game: Training) -> np.ndarray:
    """G at the z of `AT`, in units of the data, (members, z)."""
    data = cast(Distribution, game.recipe.data)
    return np.array([(game.generator(i)(AT) - data.mean) / data.sd for i in range(game.members)])


def ways_of_maps(maps: np.ndarray) -> np.ndarray:
    """1 for each map that increases from each z to the next, -1 for one that decreases, else 0."""
    slopes = np.diff(maps, axis=-1)
    return (slopes > 0).all(-1).astype(int) - (slopes < 0).all(-1)


@cache
def parts_of_today() -> dict:
    """The parts of the record: "learned one bump", "maps two bumps" and so on."""
    return json.loads(RECORD.read_text())["parts"]


def recorded_learning(data: str, who: str) -> Learned:
    """The recorded JSD of who ("game" or "flow") learned the data, and the seconds."""
    found = parts_of_today()[f"learned {data}"][who]
    return Learned(np.array(found["jsd"]), found["seconds"])


def recorded_steps(data: str) -> np.ndarray:
    """JSD of the recorded flows with each number of steps, (steps, seeds), in nats."""
    return np.array(parts_of_today()[f"learned {data}"]["steps"])


def recorded_maps(data: str, weight: float) -> tuple[np.ndarray, np.ndarray]:
    """G at the z of `AT`, (seeds, z), and the JSD of each, (seeds,), for one transport weight."""
    found = parts_of_today()[f"maps {data}"][f"{weight:g}"]
    return np.array(found["G"]), np.array(found["jsd"])
