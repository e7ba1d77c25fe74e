"""Do the games on the line reach their optimum? Ten seeds of each, and ten more, in one run.

At the optimum p_g = p_data, so JSD(p_data, p_g) = 0, and D = D*, so V(G, D*) - V(G, D) = 0.
Both are integrals of the exact push-forward of p_z by G. Of figure-1 the panels are looked for too,
in the frames that `record` keeps. The second ten seeds had no part in the choice of the recipes.
Run as `python benchmarks/optimum.py`; it writes `optimum.md` beside itself, and the figures of each
seed where the ledger's measured claims look them up.
"""

from __future__ import annotations

import json
import time
from itertools import chain, product
from pathlib import Path

import numpy as np
import torch
from machine import machine

from gan_lab.recording.panels import figure_1_panels
from gan_lab.recording.recording import Recording, Seen, iterations_to_record
from gan_lab.sweeps.scorers import gap, jsd
from gan_lab.theory.proofs.measured import RECORD
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe

SEEDS = 10
THREADS = 1  # matrices this small gain nothing from a second one
GAP = 0.02
FRESH = 100  # the first of the seeds that no recipe was chosen on
GOALS = {"gaussian": (0.0005, 10), "figure-1": (0.0005, 10), "bimodal": (0.005, 10)}
"""JSD in nats, and in how many seeds."""

PANELS, FRAMES, ALL = ("figure-1",), 240, "(a) to (d)"
"""Whose panels are looked for, in so many frames, and what is said where all are found."""


def measured(game: Training, member: int) -> tuple[float, float, float]:
    """JSD(p_data, p_g), V(G, D*) - V(G, D) and max |D - 1/2| where 99 % of the data are."""
    x = np.linspace(*game.p_data.ppf(np.array([0.005, 0.995])), 2001)
    flat = np.abs(0.5 * np.tanh(0.5 * game.discriminator(member)(x))).max()
    return jsd(game, member), gap(game, member), flat


def panels(recipe: Recipe, seen: Seen) -> str:
    """Whether the caption's panels are among the frames, or which of them is not."""
    try:
        figure_1_panels(Recording.of(recipe, seen.frames))
    except ValueError as error:
        return str(error).split(":")[0]
    return ALL


def ten(name: str, first: int = 0) -> tuple[Recipe, np.ndarray, list[str], str]:
    """The recipe, a row of figures for each seed, the panels found where that is promised, and how
    long it took, in words."""
    recipe = PRESETS[name].but(members=SEEDS, seed=first)
    started, busy = time.perf_counter(), time.process_time()
    game, seen = Training(recipe, "cpu"), [Seen(i) for i in range(SEEDS if name in PANELS else 0)]
    times = set(iterations_to_record(recipe.iterations, FRAMES // 2))
    for now in chain([game], game.half_steps(recipe.iterations)):
        for one in seen if now.t in times else ():
            one.look(now)
    waited, worked = time.perf_counter() - started, time.process_time() - busy
    seconds = f"{waited:.0f} s ({worked:.0f} s of processor time)"
    found = [panels(recipe, one) for one in seen]
    return recipe, np.array([measured(game, i) for i in range(SEEDS)]), found, seconds


def table(name: str, recipe: Recipe, rows: np.ndarray, found: list[str], seconds: str) -> str:
    """The figures of one game in Markdown."""
    panels = [f" {words} |" for words in found] or [""] * SEEDS
    lines = [
        f"## {name}, seeds {recipe.seeds[0]} to {recipe.seeds[-1]}",
        "",
        f"`{recipe!r}`",
        "",
        "| seed | JSD(p_data, p_g) | V(G, D*) - V(G, D) | max abs(D - 1/2) |"
        + (" panels found |" if found else ""),
        "| ---: | ---: | ---: | ---: |" + (" --- |" if found else ""),
    ]
    numbered = zip(recipe.seeds, rows, panels, strict=True)
    lines += [f"| {seed} | {a:.5f} | {b:.5f} | {c:.3f} |{p}" for seed, (a, b, c), p in numbered]
    median, most = np.median(rows, axis=0), rows.max(axis=0)
    for word, (a, b, c) in (("median", median), ("largest", most)):
        lines.append(f"| {word} | {a:.5f} | {b:.5f} | {c:.3f} |" + ("  |" if found else ""))
    said = [verdict(name, rows)]
    if found:
        said.append(f"All four panels are found in {found.count(ALL)} of {SEEDS}.")
    played = "trained at once and seen" if found else "trained at once"
    said.append(f"{SEEDS} members {played} in {seconds}.")
    lines += ["", " ".join(said), ""]
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
    parts, record = [head], {}
    print(head)
    for name, first in [*product(GOALS, (0, FRESH)), ("tutorial", 0)]:
        recipe, rows, found, seconds = ten(name, first)
        parts.append(table(name, recipe, rows, found, seconds))
        jsds = (float(f"{row[0]:.3g}") for row in rows)
        record.setdefault(name, {}).update(zip(map(str, recipe.seeds), jsds, strict=True))
        print(parts[-1], flush=True)
    Path(__file__).with_suffix(".md").write_text("\n".join(parts))
    RECORD.write_text(json.dumps({"machine": machine(), "jsd": record}, indent=1) + "\n")


if __name__ == "__main__":
    main()
