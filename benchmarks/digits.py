"""Does a game of digits reach its goal? Ten seeds of a preset, trained at once.

2500 samples of each seed are read by the book's classifier: the share that it reads at p > 0.9, and
the share of the digit that it reads least often; beside them what held-out pictures score. Run as
`python benchmarks/digits.py [preset ...]`, by default the conditional game; it writes `digits.md`
beside itself.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import torch
from machine import machine

from gan_lab.datasets import digits
from gan_lab.metrics import read_surely, smallest_class
from gan_lab.sweeps.scorers import digits_read, pixel_frechet, rarest_digit
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe

SEEDS = 10
THREADS = 1  # the matrices are small
MEAN, LEAST, RAREST = 0.80, 0.72, 0.03
"""Goals: the share read, over the seeds and in each, and the share of the rarest digit."""

SCORES = digits_read, rarest_digit, pixel_frechet


def ten(name: str, **changes) -> tuple[Recipe, np.ndarray, float]:
    """The recipe, a row of scores for each seed, and seconds of processor time for each."""
    recipe = PRESETS[name].but(members=SEEDS, **changes)
    started = time.process_time()
    game = Training(recipe, "cpu")
    for _ in game.play(recipe.iterations):
        pass
    seconds = (time.process_time() - started) / SEEDS
    rows = [[score(game, i) for score in SCORES] for i in range(SEEDS)]
    return recipe, np.array(rows), seconds


def verdict(rows: np.ndarray) -> str:
    """Whether the goals are reached, in words."""
    read, rarest = rows[:, 0], rows[:, 1]
    return (
        f"Mean {read.mean():.1%} (goal: {MEAN:.0%}); {int((read >= LEAST).sum())} of {len(read)} "
        f"seeds at {LEAST:.0%} or more; every digit at {RAREST:.0%} or more in "
        f"{int((rarest >= RAREST).sum())}."
    )


def table(name: str, recipe: Recipe, rows: np.ndarray, seconds: float) -> str:
    """The scores of one preset in Markdown."""
    lines = [
        f"## {name}",
        "",
        f"`{recipe!r}`",
        "",
        "| seed | read at p > 0.9 | rarest digit | Fréchet distance of pixels |",
        "| ---: | ---: | ---: | ---: |",
    ]
    lines += [
        f"| {seed} | {a:.1%} | {b:.1%} | {c:.2f} |"
        for seed, (a, b, c) in zip(recipe.seeds, rows, strict=True)
    ]
    took = f"{seconds:.0f} s of processor time for each seed, of {SEEDS} trained at once."
    return "\n".join([*lines, "", f"{verdict(rows)} {took}", ""])


def main(names: list[str]) -> None:
    """Train, print the tables and write them down."""
    torch.set_num_threads(THREADS)
    held_out = digits("held out").pixels
    head = (
        f"# Ten seeds of games of digits\n\nMade by `python benchmarks/digits.py` on {THREADS} "
        f"thread, beside other work. {machine()} Another processor ends each seed elsewhere.\n\n"
        f"Of the {len(held_out)} held-out digits {read_surely(held_out).value:.1%} are read at "
        f"p > 0.9, and the rarest is {smallest_class(held_out).value:.1%} of them.\n"
    )
    parts = [head]
    print(head)
    for name in names:
        parts.append(table(name, *ten(name)))
        print(parts[-1], flush=True)
    Path(__file__).with_suffix(".md").write_text("\n".join(parts))


if __name__ == "__main__":
    main(sys.argv[1:] or ["digits conditional"])
