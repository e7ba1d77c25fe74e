"""What do healthy and ill trainings look like, and do losses tell the quality? Ten seeds of each.

Run as `python benchmarks/curves.py`; it writes `gan_lab/sweeps/curves.json`, which the chapter on
curves shows. A minute or two of one core.
"""

from __future__ import annotations

import numpy as np
import torch
from machine import record

from gan_lab.sweeps.curves import CURVES, KEPT, MOST, RECORD, RUNS, SEEDS
from gan_lab.sweeps.watching import losses_and_truth, signs_of, watched_game

ALL = 4
"""Digits of a number that is compared."""


def digits_of(values, decimals: int) -> list:
    """Rounded, with None for nan, and whole numbers as such."""
    rounded = np.clip(np.round(np.asarray(values, dtype=float), decimals), -MOST, MOST)
    nested = np.where(np.isnan(rounded), None, rounded).tolist()
    return shortened(nested)


def shortened(value):
    """1.0 as 1, in lists of lists."""
    if isinstance(value, list):
        return [shortened(each) for each in value]
    return int(value) if value is not None and value == int(value) else value


def kept_curves(name: str, seen) -> dict[str, list]:
    """To two decimals, the JSD to three; the loss on new data where there are old ones."""
    names = [c for c in CURVES if c != "loss_new" or RUNS[name].recipe.n]
    return {c: digits_of(seen.curves[c][:, KEPT].T, 3 if c == "truth" else 2) for c in names}


def numbers_of_signs(game, seen) -> dict[str, list]:
    """What each sign measures; a move of G in more digits."""
    found = signs_of(game, seen)
    return {sign: digits_of(found[sign], 5 if "rates" in sign else 3) for sign in found}


def comparable(name: str) -> bool:
    """Whether the truth of a run is a JSD, and its loss that of the others."""
    recipe = RUNS[name].recipe
    usual = recipe.loss == "non-saturating" and recipe.data.dim == 1
    return usual and RUNS[name].ill != "the steps are too long"


def main() -> None:
    """Play all runs and write down what was seen of them."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    curves, signs, fresh, compared = {}, {}, {}, {}
    for name in RUNS:
        game, seen = watched_game(name)
        curves[name] = kept_curves(name, seen)
        signs[name] = numbers_of_signs(game, seen)
        fresh[name] = numbers_of_signs(*watched_game(name, first=SEEDS))
        if comparable(name):
            found = losses_and_truth(name)
            compared[name] = {key: digits_of(values, ALL) for key, values in found.items()}
        print(name, {sign: found[:4] for sign, found in signs[name].items()}, flush=True)
        record(RECORD, curves=curves, signs=signs, fresh=fresh, compared=compared)


if __name__ == "__main__":
    main()
