"""What do a game and a flow make of the same passes, and which way does G carry z?

Run as `python benchmarks/today.py`; it writes `gan_lab/sweeps/today.json`, which the chapter on
where GANs are now shows. A quarter of an hour of one core; names of parts (`"maps one bump"`) renew
these alone.
"""

from __future__ import annotations

import json
import sys

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
    flow_jsd,
    flow_learned,
    game_learned,
    maps_of,
    transported_game,
)

PARTS = [*(f"learned {data}" for data in RECIPES), *(f"maps {data}" for data in RECIPES)]


def digits(values) -> list:
    """Three digits that count."""
    return [float(f"{v:.3g}") for v in values]


def rounded(found: Learned) -> dict:
    return {"jsd": [digits(row) for row in found.jsd], "seconds": round(found.seconds, 1)}


def learned(data: str) -> dict:
    """Both ways to learn the data, and the flow with each number of steps."""
    recipe = RECIPES[data].but(members=SEEDS)
    of_game = game_learned(recipe)
    of_flow, flow = flow_learned(recipe)
    steps = [digits(flow_jsd(flow, i, n) for i in range(SEEDS)) for n in STEPS]
    return {"game": rounded(of_game), "flow": rounded(of_flow), "steps": steps}


def maps(data: str) -> dict:
    """The maps and their JSD, by weight."""
    game = transported_game(data, WEIGHTS)
    G, ends = maps_of(game), digits(jsd(game, i) for i in range(game.members))
    own = [slice(j * MAP_SEEDS, (j + 1) * MAP_SEEDS) for j in range(len(WEIGHTS))]
    return {
        f"{weight:g}": {"G": G[those].round(2).tolist(), "jsd": ends[those]}
        for weight, those in zip(WEIGHTS, own, strict=True)
    }


def main(parts: list[str]) -> None:
    """Train what these parts of the record are of, and write each down when it is there."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    for part in parts:
        what, data = part.split(" ", 1)
        found = {"learned": learned, "maps": maps}[what](data)
        record(RECORD, parts=known_parts() | {part: found})
        print(part, flush=True)


def known_parts() -> dict:
    """What the record has already."""
    return json.loads(RECORD.read_text())["parts"] if RECORD.exists() else {}


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
