"""How well do critics that are held back in five ways measure W1? Ten seeds of each, on two data.

Run as `python benchmarks/critics.py`; it writes `gan_lab/sweeps/critics.json`, which the chapter
on supports shows. A few minutes of one core.
"""

from __future__ import annotations

from itertools import product

import torch
from machine import record

from gan_lab.sweeps.critics import DATA, HELD, RECORD, THIN, Critics, critic_recipe, trained


def rounded(found: Critics) -> dict:
    """Values to six decimals, and thin curves."""
    return {
        "value": found.value.round(6).tolist(),
        "steepest": found.steepest.round(6).tolist(),
        "curve": found.curve[:, ::THIN].round(3).tolist(),
    }


def main() -> None:
    """Train all critics and write down what they say."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    critics = {}
    for data, held in product(DATA, HELD):
        found = trained(critic_recipe(data, held))
        critics[f"{data}, {held}"] = rounded(found)
        print(data, held, found.value.round(3), found.steepest.round(3), flush=True)
    record(RECORD, critics=critics)


if __name__ == "__main__":
    main()
