"""Does a game of digits reach its goal? Ten seeds of a preset, trained at once.

2500 samples of each seed are read by the book's classifier: the share that it reads at p > 0.9, and
the share of the digit that it reads least often; beside them what held-out pictures score. Run as
`python benchmarks/digits.py [preset ...]`, by default all games of digits. It writes `digits.md`
beside itself, and `gan_lab/sweeps/digit_games.json` with every score and some pictures of each
seed, which the chapter on pictures shows; of presets that are not named it keeps what this machine
found before.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from machine import machine, record

from gan_lab.datasets import digits
from gan_lab.metrics import read_surely, smallest_class
from gan_lab.sweeps.digit_games import RECORD, SHOWN, as_letters, digit_scores
from gan_lab.sweeps.scorers import digits_read, pictures_of, pixel_frechet, rarest_digit
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS

GAMES = [name for name in PRESETS if name.startswith("digits")]
SEEDS = 10
THREADS = 1  # the matrices are small
MEAN, LEAST, RAREST = 0.80, 0.72, 0.03
"""Goals: the share read, over the seeds and in each, and the share of the rarest digit."""

SCORES = digits_read, rarest_digit, pixel_frechet


def ten(name: str, **changes) -> dict:
    """A preset's recipe, a row of scores for each seed, seconds of processor time for each, and
    what is kept of the seeds for the chapter."""
    recipe = PRESETS[name].but(members=SEEDS, **changes)
    started = time.process_time()
    game = Training(recipe, "cpu")
    for _ in game.play(recipe.iterations):
        if game.t % 1000 == 0:
            kept = as_kept(game)
            read = np.mean([digits_read(kept, i) for i in range(SEEDS)])
            print(f"{game.t} iterations: {read:.1%}", flush=True)
    seconds = (time.process_time() - started) / SEEDS
    kept = as_kept(game)
    rows = [[float(score(kept, i)) for score in SCORES] for i in range(SEEDS)]
    return {"recipe": repr(recipe), "seconds": seconds, "rows": rows} | seen(kept)


def as_kept(game: Training) -> Training:
    """The game with the G that one keeps of it: the averaged one, where its recipe has one."""
    return game.averaged() if game.recipe.ema else game


def seen(game: Training) -> dict:
    """Every score of as many samples as are held out, over the seeds; and a row of pictures."""
    of_seeds = [pictures_of(game, i)[: len(digits("held out").pixels)] for i in range(SEEDS)]
    scores = [digit_scores(pixels) for pixels in of_seeds]
    return {
        "scores": {name: [round(one[name], 4) for one in scores] for name in scores[0]},
        "pictures": [as_letters(pixels[:SHOWN]) for pixels in of_seeds],
    }


def verdict(rows: np.ndarray) -> str:
    """Whether the goals are reached, in words."""
    read, rarest = rows[:, 0], rows[:, 1]
    return (
        f"Mean {read.mean():.1%} (goal: {MEAN:.0%}); {int((read >= LEAST).sum())} of {len(read)} "
        f"seeds at {LEAST:.0%} or more; every digit at {RAREST:.0%} or more in "
        f"{int((rarest >= RAREST).sum())}."
    )


def table(name: str, found: dict) -> str:
    """The scores of one preset in Markdown."""
    rows = np.array(found["rows"])
    lines = [
        f"## {name}", "", f"`{found['recipe']}`", "",
        "| seed | read at p > 0.9 | rarest digit | Fréchet distance of pixels |",
        "| ---: | ---: | ---: | ---: |",
    ]  # fmt: skip
    lines += [f"| {seed} | {a:.1%} | {b:.1%} | {c:.2f} |" for seed, (a, b, c) in enumerate(rows)]
    took = (
        f"{found['seconds']:.0f} s of processor time for each seed, of {len(rows)} trained at once."
    )
    return "\n".join([*lines, "", f"{verdict(rows)} {took}", ""])


def head() -> str:
    """What was done where, and what held-out digits score."""
    held_out = digits("held out").pixels
    return (
        f"# Ten seeds of games of digits\n\nMade by `python benchmarks/digits.py` on {THREADS} "
        f"thread, beside other work. {machine()} Another processor ends each seed elsewhere.\n\n"
        f"Of the {len(held_out)} held-out digits {read_surely(held_out).value:.1%} are read at "
        f"p > 0.9, and the rarest is {smallest_class(held_out).value:.1%} of them.\n"
    )


def known() -> dict:
    """The games that this machine has played before, by the recipes of today."""
    found = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    games = found["games"] if found.get("machine") == machine() else {}
    today = {name: repr(PRESETS[name].but(members=SEEDS)) for name in GAMES}
    return {name: game for name, game in games.items() if game["recipe"] == today.get(name)}


def main(names: list[str]) -> None:
    """Train, print the tables and write them down, game by game."""
    torch.set_num_threads(THREADS)
    games = known()
    for name in names:
        games[name] = ten(name)
        print(table(name, games[name]), flush=True)
        games = {name: games[name] for name in GAMES if name in games}
        record(RECORD, games=games)
        tables = [table(*game) for game in games.items()]
        Path(__file__).with_suffix(".md").write_text("\n".join([head(), *tables]))


if __name__ == "__main__":
    main(sys.argv[1:] or GAMES)
