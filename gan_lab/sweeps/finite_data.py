"""Games that learn N(0, 1) from n samples, as they are, with R1 and with noise on all that D sees.

What a game comes to depends on how long it goes on, so that each is looked at at several moments.
`python benchmarks/finite_data.py` plays them and writes the record beside this file.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch.nn.functional import logsigmoid

from gan_lab.distributions.continuous import gaussian
from gan_lab.metrics.memorisation import memorised
from gan_lab.sweeps.scorers import jsd
from gan_lab.training.loop import Training
from gan_lab.training.mistakes import PERFECT
from gan_lab.training.recipe import Recipe

RECORD = Path(__file__).with_suffix(".json")
SEEDS = 12
SIZES = (10, 30, 100, 300, 1000, 0)
"""How many samples the training set has; 0 is a fresh sample in each step."""
HELP = {"nothing": {}, "R1": {"r1": 0.1}, "noise": {"instance_noise": 0.5}}
"""What holds D back, as fields of a recipe."""
MOMENTS = (100, 200, 300, 500, 800, 1200, 2000)
"""The iterations at which a game is looked at."""
STEPS_OF_D = (0, 25, 50, 100, 200, 400)
"""After how many steps of a D that learns alone V is asked for."""
HELD_OUT, ASKED = 4096, 1000
"""How many samples V is estimated on, and how many are asked whether they are copies."""


class Followed(NamedTuple):
    """Games over time: JSD(p_data, p_G), exactly, and V(G, D) with D's outputs on the training set
    and on data that were held out, each (moments, seeds), in nats; and how often, at the end, a
    sample is nearer to the training set than held-out data are (`metrics.memorised`), (seeds,).

    Of fresh samples there is no training set: `seen` and `copied` are nan.
    """

    jsd: np.ndarray
    seen: np.ndarray
    unseen: np.ndarray
    copied: np.ndarray


def limited_recipe(help: str, n: int, seeds: int = SEEDS) -> Recipe:
    """One recipe for all but n and what holds D back; rates and noise do not fall."""
    return Recipe(
        data=gaussian(0, 1), n=n, G=(16, 16), D=(64, 64), m=64, k=2, lr_D=4e-3, lr_G=1e-3,
        beta1=0.5, schedule="constant", iterations=10**6, members=seeds,
        **{"r1": 0.0, "r2": 0.0} | HELP[help],
    )  # fmt: skip


def values_of(game: Training) -> tuple[np.ndarray, np.ndarray]:
    """V(G, D) on the training set (nan where there is none) and on held-out data, (members,)."""
    held_out, z = game.minibatches.to_look_at(HELD_OUT)
    of_fake = logsigmoid(-game.logit(game.generate(z))).mean(1)
    kept = game.minibatches.training_set
    sets = (torch.full_like(held_out, torch.nan) if kept is None else kept, held_out)
    seen, unseen = ((logsigmoid(game.logit(x)).mean(1) + of_fake).numpy() for x in sets)
    return seen, unseen


def shares_copied(game: Training) -> np.ndarray:
    """How often samples are nearer to the training set than held-out data are, (members,)."""
    kept = game.minibatches.training_set
    if kept is None:
        return np.full(game.members, np.nan)
    held_out, z = game.minibatches.to_look_at(ASKED)
    three = zip(game.generate(z).numpy(), kept.numpy(), held_out.numpy(), strict=True)
    return np.array([memorised(*one).value for one in three])


def games_followed(help: str, n: int, seeds: int = SEEDS, moments: tuple = MOMENTS) -> Followed:
    """Seeds 0, 1, ... of one game, looked at at each moment."""
    game, rows = Training(limited_recipe(help, n, seeds), device="cpu"), []
    for t in moments:
        for _ in game.play(t - game.t):
            pass
        rows.append(([jsd(game, i) for i in range(seeds)], *values_of(game)))
    jsds, seen, unseen = np.array(rows, dtype=float).transpose(1, 0, 2)
    return Followed(jsds, seen, unseen, shares_copied(game))


def values_while_D_learns(n: int = 10) -> np.ndarray:
    """V on all data after each of `STEPS_OF_D` steps of D, (moments, 10 seeds), in nats.

    G(z) = z is perfect and stands still, so no V is above -log 4. The page computes the same
    (`front_end/checkers/finite_data.js`).
    """
    recipe = PERFECT.but(n=n, D=(32, 32), m=16, k=STEPS_OF_D[-1])
    game, values = Training(recipe, device="cpu"), []
    x = torch.tensor(gaussian(0, 1).ppf((np.arange(200) + 0.5) / 200))[:, None]
    with torch.no_grad():
        game.G.flat.copy_(torch.tensor([1.0, 0.0], dtype=torch.float64))
    for step in range(STEPS_OF_D[-1] + 1):
        if step in STEPS_OF_D:
            logit = game.logit(x.expand(recipe.members, -1, -1))
            values.append((logsigmoid(logit) + logsigmoid(-logit)).mean(1).numpy())
        game.update_discriminator()
    return np.array(values)


@cache
def followed_record() -> dict[str, dict[str, list]]:
    """The fields of `Followed` by "help, n", to four decimals; None for nan."""
    return json.loads(RECORD.read_text())["games"]


def recorded_games(help: str, n: int) -> Followed:
    """The recorded games of one kind."""
    found = followed_record()[f"{help}, {n}"]
    return Followed(*(np.array(found[name], dtype=float) for name in Followed._fields))
