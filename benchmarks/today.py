"""What do a game and a flow make of the same passes, and which way does G carry z?

Run as `python benchmarks/today.py`; it writes `gan_lab/sweeps/today.json`, which the chapter on
where GANs are now shows. A quarter of an hour of one core.
"""

from __future__ import annotations

import numpy as np
import torch
from machine import record

from gan_lab.sweeps.scorers import jsd
from gan_lab.sweeps.today import (
    MAP_SEEDS,
    RECIPES,
    RECORD,
    SEEDS,
    STEPS,
    WEIGHTS,
    Learned,
    directions,
    flow_jsd,
    flow_learned,
    game_learned,
    maps_of,
    transported_game,
)


def digits(values) -> list:
    """Three digits that count."""
    return [float(f"{v:.3g}") for v in values]


def rounded(found: Learned) -> dict:
    return {"jsd": [digits(row) for row in found.jsd], "seconds": round(found.seconds, 1)}


def main() -> None:
    """Train all of them and write down what was seen."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    learned, steps, maps = {}, {}, {}
    for data, recipe in RECIPES.items():
        of_flow, flow = flow_learned(recipe.but(members=SEEDS))
        of_game = game_learned(recipe.but(members=SEEDS))
        learned[data] = {"game": rounded(of_game), "flow": rounded(of_flow)}
        steps[data] = [digits(flow_jsd(flow, i, n) for i in range(SEEDS)) for n in STEPS]
        print(data, {who: np.median(one["jsd"][-1]) for who, one in learned[data].items()})
        print(data, np.median(steps[data], 1), of_game.seconds, of_flow.seconds, flush=True)
    for data, weights in WEIGHTS.items():
        game = transported_game(data, weights)
        G, ends = maps_of(game), digits(jsd(game, i) for i in range(game.members))
        for j, weight in enumerate(weights):
            own = slice(j * MAP_SEEDS, (j + 1) * MAP_SEEDS)
            maps[f"{data}, {weight:g}"] = {"G": G[own].round(2).tolist(), "jsd": ends[own]}
            print(data, weight, np.bincount(directions(G[own]) + 1, minlength=3), flush=True)
    record(RECORD, learned=learned, steps=steps, maps=maps)


if __name__ == "__main__":
    main()
