"""Do the games on the line reach their optimum? Ten seeds of each, and ten more, in one run.

At the optimum p_g = p_data, so JSD(p_data, p_g) = 0, and D = D*, so V(G, D*) - V(G, D) = 0.
Both are integrals of the exact push-forward of p_z by G. The second ten seeds had no part in the
choice of the recipes. Run as `python benchmarks/optimum.py`; it writes `optimum.md` beside itself.
"""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path

import numpy as np
import torch
from machine import machine

from gan_lab.measures import gap, jsd
from gan_lab.recipe import PRESETS, Recipe
from gan_lab.training import Training

SEEDS = 10
THREADS = 1  # matrices this small gain nothing from a second one
GAP = 0.02
FRESH = 100  # the first of the seeds that no recipe was chosen on
GOALS = {"gaussian": (0.0005, 10), "figure-1": (0.0005, 10), "bimodal": (0.005, 10)}
"""JSD in nats, and in how many seeds."""


def measured(game: Training, member: int) -> tuple[float, float, float]:
    """JSD(p_data, p_g), V(G, D*) - V(G, D) and max |D - 1/2| where 99 % of the data are."""
    x = np.linspace(*game.p_data.ppf(np.array([0.005, 0.995])), 2001)
    flat = np.abs(0.5 * np.tanh(0.5 * game.discriminator(member)(x))).max()
    return jsd(game, member), gap(game, member), flat


def ten(name: str, first: int = 0) -> tuple[Recipe, np.ndarray, str]:
    """The recipe, a row of figures for each seed, and how long the training took, in words."""
    recipe = PRESETS[name].but(members=SEEDS, seed=first)
    started, busy = time.perf_counter(), time.process_time()
    game = Training(recipe, "cpu")
    for _ in game.play(recipe.iterations):
        pass
    waited, worked = time.perf_counter() - started, time.process_time() - busy
    seconds = f"{waited:.0f} s ({worked:.0f} s of processor time)"
    return recipe, np.array([measured(game, i) for i in range(SEEDS)]), seconds


def table(name: str, recipe: Recipe, rows: np.ndarray, seconds: str) -> str:
    """The figures of one game in Markdown."""
    lines = [
        f"## {name}, seeds {recipe.seeds[0]} to {recipe.seeds[-1]}", "", f"`{recipe!r}`", "",
        "| seed | JSD(p_data, p_g) | V(G, D*) - V(G, D) | max abs(D - 1/2) |",
        "| ---: | ---: | ---: | ---: |",
    ]
    numbered = zip(recipe.seeds, rows, strict=True)
    lines += [f"| {seed} | {a:.5f} | {b:.5f} | {c:.3f} |" for seed, (a, b, c) in numbered]
    median, most = np.median(rows, axis=0), rows.max(axis=0)
    for word, (a, b, c) in (("median", median), ("largest", most)):
        lines.append(f"| {word} | {a:.5f} | {b:.5f} | {c:.3f} |")
    lines += ["", f"{verdict(name, rows)} {SEEDS} members trained at once in {seconds}.", ""]
    return "\n".join(lines)


def verdict(name: str, rows: np.ndarray) -> str:
    """How many seeds reached the goals, in words."""
    if name not in GOALS:
        return "What a tutorial's defaults leave: D is nearly flat, and the game is not won."
    bound, wanted = GOALS[name]
    near, matched = int((rows[:, 0] <= bound).sum()), int((rows[:, 1] <= GAP).sum())
    return (
        f"JSD at most {bound} nats in {near} of {SEEDS} seeds (goal: {wanted}), "
        f"V(G, D*) - V(G, D) at most {GAP} nats in {matched}."
    )


def main() -> None:
    """Run all games, print the tables and write them down."""
    torch.set_num_threads(THREADS)
    head = (
        "# Ten seeds of the games on the line\n\n"
        f"Made by `python benchmarks/optimum.py` on {THREADS} thread, beside other work. "
        f"{machine()} Another processor ends each seed elsewhere (benchmarks/README.md).\n\n"
        "In nats; JSD and the gap of V are 0 at the optimum.\n"
    )
    parts = [head]
    print(head)
    for name, first in [*product(GOALS, (0, FRESH)), ("tutorial", 0)]:
        parts.append(table(name, *ten(name, first)))
        print(parts[-1], flush=True)
    Path(__file__).with_suffix(".md").write_text("\n".join(parts))


if __name__ == "__main__":
    main()
