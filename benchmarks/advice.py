"""Does the usual advice on pictures help here? Ten seeds of a bare game, and of each piece of it.

Run as `python benchmarks/advice.py`; it writes `gan_lab/sweeps/advice.json`, which the chapter on
pictures shows. Some three minutes of one core.
"""

from __future__ import annotations

import torch
from machine import kept, record

from gan_lab.sweeps.advice import ADVICE, MEASURES, RECORD, played_advice


def main() -> None:
    """Play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    games = {}
    for advice in ADVICE:
        runs = played_advice(advice)
        games[advice] = {name: kept(runs.of(name)) for name in MEASURES}
        print(advice, games[advice]["digits_read"], flush=True)
    record(RECORD, games=games)


if __name__ == "__main__":
    main()
