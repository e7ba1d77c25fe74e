"""Does the divergence decide how many modes a generator loses? A hundred seeds of four losses each.

Run as `python benchmarks/collapse.py`; it writes `gan_lab/sweeps/collapse.json`, which the chapter
on divergences shows. A few minutes of one core.
"""

from __future__ import annotations

import math
from itertools import product

import torch
from machine import record

from gan_lab.sweeps.collapse import LOSSES, PACES, RECORD, played_collapse


def counts(modes) -> list[int | None]:
    """Whole numbers; None for a game that diverged."""
    return [None if math.isnan(held) else int(held) for held in modes]


def main() -> None:
    """Play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    games = {}
    for loss, pace in product(LOSSES, PACES):
        held = counts(played_collapse(loss, pace).of("modes"))
        games[f"{loss}, {pace}"] = held
        print(f"{loss}, {pace}: {len(held) - held.count(8)} of {len(held)} lose a mode", flush=True)
    record(RECORD, modes=games)


if __name__ == "__main__":
    main()
