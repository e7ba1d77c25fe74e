"""Where do many seeds of one recipe end? Twelve of a tutorial's settings, a hundred of two others.

Run as `python benchmarks/many_seeds.py`; it writes `gan_lab/sweeps/many_seeds.json`, from which two
chapters ask. Less than a minute of one core.
"""

from __future__ import annotations

import torch
from machine import record

from gan_lab.sweeps.many_seeds import RECORD, REPEATED, ends_of_seeds


def main() -> None:
    """Play all games and write down where they end."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    ends = {}
    for name in REPEATED:
        ends[name] = [round(float(end), 4) for end in ends_of_seeds(name)]
        print(name, min(ends[name]), max(ends[name]), flush=True)
        record(RECORD, jsd=ends)


if __name__ == "__main__":
    main()
