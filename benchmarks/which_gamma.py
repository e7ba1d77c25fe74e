"""Which gamma? The border of stability of R1, R2 and relativistic pairs, over gamma and rate.

Run as `python benchmarks/which_gamma.py`; it writes `gan_lab/sweeps/which_gamma.json`, which the
chapter on convergence shows: 6144 games. What the eigenvalues say is computed first.
"""

from __future__ import annotations

import time
from itertools import product

import numpy as np
import torch
from machine import record

from gan_lab.sweeps.which_gamma import GAMES, GAMMAS, RATES, RECORD, ends_of, foretold


def rounded(values: np.ndarray) -> list:
    """Three digits; None for a game that diverged."""
    kept = [None if np.isnan(value) else float(f"{value:.3g}") for value in values.ravel()]
    return np.reshape(np.array(kept, dtype=object), values.shape).tolist()


def main() -> None:
    """Foretell, play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    start = time.perf_counter()
    said = {game: rounded(foretold(game)) for game in GAMES}
    print(f"foretold after {time.perf_counter() - start:.0f} s", flush=True)
    ends = {}
    for game, optimizer in product(GAMES, RATES):
        rows = [ends_of(game, optimizer, gamma) for gamma in GAMMAS]
        ends[f"{game}, {optimizer}"] = rounded(np.array(rows))
        print(game, optimizer, f"{time.perf_counter() - start:.0f} s", flush=True)
    record(RECORD, foretold=said, ends=ends)


if __name__ == "__main__":
    main()
