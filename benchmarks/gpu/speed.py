"""How long an iteration takes on the card, eager and as graphs, and on the CPU."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.gpu.figures import Clock, Figures
from benchmarks.speed import best, ours

MEMBERS = (1, 64, 1024, 4096)
ROUNDS, SECONDS = 5, 0.1
LONGEST_ROW = 8.0  # seconds: an iteration of 4096 members on the CPU, seven times


def entrants(members: int, device: str) -> dict:
    """The engine's ways to compute it, as contestants of `best`."""
    return {
        "eager": (ours(members, False, device), 1),
        "graph": (ours(members, True, device), 1),
        "CPU": (ours(members, False, "cpu"), 1),
    }


def run(figures: Figures, clock: Clock, device: str, these: Iterable = MEMBERS) -> None:
    """A row for each number of members: µs of one iteration of them all."""
    left = list(these)
    while left and not clock.over:
        members = left.pop(0)
        spent = best(entrants(members, device), ROUNDS, SECONDS)
        cells = (f"{1e6 * spent[name]:.0f}" for name in ("eager", "graph", "CPU"))
        figures.row(
            members,
            *cells,
            f"{spent['eager'] / spent['graph']:.1f}",
            f"{spent['CPU'] / spent['graph']:.2f}",
        )
    figures.not_reached(left)


COLUMNS = [
    "members",
    "card, eager, µs",
    "card, graph, µs",
    "CPU, eager, µs",
    "eager / graph",
    "CPU / graph",
]
TITLE = "Time of an iteration"
HOW = (
    "The game of `benchmarks/speed.py` (G and D 1-32-32-1, minibatches of 256, Adam, k = 1, "
    f"float32), µs of one iteration of all members, the best of {ROUNDS} rounds in turns. Every "
    "move ends in one number that the host waits for."
)
