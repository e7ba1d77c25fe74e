"""What does an adversarial loss do to a denoiser of digits? Ten seeds of each of five weights.

Run as `python benchmarks/refiner.py`; it writes `gan_lab/sweeps/refiner.json`, which the chapter on
pictures shows. Some five minutes of one core.
"""

from __future__ import annotations

import numpy as np
import torch
from machine import record

from gan_lab.sweeps.refiner import (
    MEASURES,
    RECORD,
    WEIGHTS,
    noisy_digits,
    one_of_each_digit,
    scores_of_denoised,
    trained_refiner,
)


def main() -> None:
    """Train all refiners and write down how their pictures score, and a few of these."""
    torch.set_num_threads(1)  # matrices this small gain nothing from a second one
    denoised = trained_refiner().denoised(noisy_digits()).double().numpy()
    scores, pictures = {}, {}
    for weight, of_seeds in zip(WEIGHTS, np.split(denoised, len(WEIGHTS)), strict=True):
        found = [scores_of_denoised(of_seed) for of_seed in of_seeds]
        scores[f"{weight:g}"] = {
            name: [round(of_seed[name], 4) for of_seed in found] for name in MEASURES
        }
        shown = 127.5 * (of_seeds[0, one_of_each_digit()] + 1)
        pictures[f"{weight:g}"] = shown.round().astype(int).tolist()
        print(weight, scores[f"{weight:g}"], flush=True)
    record(RECORD, scores=scores, pictures=pictures)


if __name__ == "__main__":
    main()
