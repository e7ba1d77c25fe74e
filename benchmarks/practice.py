"""Which pieces of advice help on the line? Ten seeds of each, and of none.

Run as `python benchmarks/practice.py`; it writes `gan_lab/sweeps/practice.json`, which the chapter
on curves shows. Less than a minute of one core.
"""

from __future__ import annotations

import torch
from machine import record

from gan_lab.sweeps.practice import PIECES, RECORD, ends_in_practice


def main() -> None:
    """Play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    runs = dict.fromkeys(run for run, _ in PIECES.values())
    asked = [(run, None) for run in runs] + [(run, piece) for piece, (run, _) in PIECES.items()]
    ends = {}
    for run, piece in asked:
        ends[piece or run] = [round(float(end), 4) for end in ends_in_practice(run, piece)]
        print(piece or run, ends[piece or run], flush=True)
        record(RECORD, jsd=ends)


if __name__ == "__main__":
    main()
