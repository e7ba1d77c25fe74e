"""What do games learn from n samples, as they are, with R1 and with noise? Twelve seeds of each.

Run as `python benchmarks/finite_data.py`; it writes `gan_lab/sweeps/finite_data.json`, which the
chapter on finite data shows. A few minutes of one core.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import torch
from machine import record

from gan_lab.sweeps.finite_data import HELP, RECORD, SIZES, Followed, games_followed


def rounded(found: Followed) -> dict[str, list]:
    """To four decimals, with None for nan."""
    return {
        name: np.where(np.isnan(values), None, values.round(4)).tolist()
        for name, values in found._asdict().items()
    }


def main() -> None:
    """Play all games and write down what was seen of them."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    games = {}
    for help, n in product(HELP, SIZES):
        found = games_followed(help, n)
        games[f"{help}, {n}"] = rounded(found)
        print(help, n, np.median(found.jsd, 1).round(3), found.copied.round(2), flush=True)
        record(RECORD, games=games)


if __name__ == "__main__":
    main()
