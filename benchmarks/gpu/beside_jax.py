"""The same game in JAX on the same card, if JAX is here, beside the engine's graphs."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks import speed
from benchmarks.gpu.figures import Clock, Figures
from benchmarks.gpu.speed import MEMBERS, ROUNDS, SECONDS

LONGEST_ROW = 15.0  # seconds: JAX compiles


def missing(device: str) -> str:
    """Why there is nothing to put beside, or nothing."""
    if speed.jax is None:
        return "JAX cannot be imported here: this table has no rows."
    kind = speed.jax.devices()[0].platform
    if device == "cuda" and kind not in ("gpu", "cuda"):
        return f"The JAX that is here knows no card (it has: {kind}): this table has no rows."
    return ""


def run(figures: Figures, clock: Clock, device: str, these: Iterable = MEMBERS) -> None:
    """A row for each number of members."""
    if words := missing(device):
        figures.say(words)
        return
    left = list(these)
    with speed.jax.default_matmul_precision("highest"):  # as torch: no TensorFloat-32
        while left and not clock.over:
            members = left.pop(0)
            iterations = max(8, 256 // members)
            rivals = {
                "graph": (speed.ours(members, True, device), 1),
                "JAX": (speed.in_jax(members, iterations), iterations),
            }
            spent = speed.best(rivals, ROUNDS, SECONDS)
            cells = (f"{1e6 * spent[name]:.0f}" for name in ("graph", "JAX"))
            figures.row(members, *cells, f"{spent['graph'] / spent['JAX']:.2f}")
    figures.not_reached(left)


COLUMNS = ["members", "card, graph, µs", "JAX, µs", "graph / JAX"]
TITLE = "Time of an iteration beside JAX"
HOW = (
    "The game of `benchmarks/speed.py` in both: in JAX by `jit`, `scan` and `vmap`, products in "
    f"full float32. µs of one iteration of all members, the best of {ROUNDS} rounds in turns. JAX "
    "checks no move for divergence, and draws other random numbers."
)
