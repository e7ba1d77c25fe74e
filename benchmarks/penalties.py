"""Do R1, R2 and relativistic pairs help a game to its modes? Twenty seeds of six games, twice.

Run as `python benchmarks/penalties.py`; it writes `gan_lab/sweeps/penalties.json`, which the
chapter on convergence shows. Some ten minutes of one core.
"""

from __future__ import annotations

from itertools import product

import torch
from machine import kept, record

from gan_lab.sweeps.penalties import DATA, GAMES, MEASURES, RECORD, played_penalties


def main() -> None:
    """Play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    games = {}
    for data, game in product(DATA, GAMES):
        runs = played_penalties(game, data)
        games[f"{game}, {data}"] = {name: kept(runs.of(name)) for name in MEASURES}
        print(game, data, games[f"{game}, {data}"]["modes"], flush=True)
    record(RECORD, games=games)


if __name__ == "__main__":
    main()
