"""How fast the games of pictures train on the card: the presets of digits, with many members."""

from __future__ import annotations

import time
from collections.abc import Iterable
from importlib.util import find_spec
from itertools import product

from benchmarks.gpu.figures import Clock, Figures
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS

GAMES = ("digits", "digits dcgan")
MEMBERS = (10, 100, 1000)
ITERATIONS, BEFORE = 500, 3
"""How many are timed, and how many are played before: in these a graph is captured."""
LONGEST_ROW = 10.0  # seconds: the start of the largest game, and its time
SECONDS = 5.0
"""So long a row is timed where its iterations take longer."""
ROWS = list(product(MEMBERS, GAMES, ("eager", "graph")))


def timed(game: Training, iterations: int, seconds: float) -> tuple[int, float]:
    """How many iterations were played in about so many seconds at most, and in how many."""
    for _ in game.play(BEFORE):
        pass
    began, start = time.perf_counter(), game.t
    for _ in game.play(iterations):
        if time.perf_counter() - began >= seconds:
            break
    return game.t - start, time.perf_counter() - began


def run(figures: Figures, clock: Clock, device: str, these: Iterable = ROWS) -> None:
    """A row for each preset, number of members and way to play it."""
    if find_spec("sklearn") is None:
        figures.say("scikit-learn, which has the digits, is not here: this table has no rows.")
        return
    left = list(these)
    while left and not clock.over:
        members, name, way = left.pop(0)
        recipe = PRESETS[name].but(members=members)
        game = Training(recipe, device, compiled=way == "graph")
        played, seconds = timed(game, ITERATIONS, SECONDS)
        steps = played * (recipe.k + 1) / seconds
        lost = len(game.diverged_at)
        cells = played, f"{seconds:.2f}", f"{steps:.0f}", f"{steps * members:.3g}"
        figures.row(name, members, game.backend.name, *cells, lost, good=not lost)
        if game.backend.note:
            figures.say(f"{name}, {members} members: {game.backend.note}.")
    figures.not_reached([f"{name} of {n} members ({way})" for n, name, way in left])


COLUMNS = [
    "preset",
    "members",
    "played",
    "iterations",
    "seconds",
    "steps per second",
    "steps of members per second",
    "members lost",
]
TITLE = "Games of pictures"
HOW = (
    f"{ITERATIONS} iterations of each preset, or as many as {SECONDS:.0f} s allow, after {BEFORE} "
    "that are not counted. A step is a move of D or of G, of all members at once. Every "
    "move ends in one number that the host waits for."
)
