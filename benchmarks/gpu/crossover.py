"""From which size on the card wins: what `training.device.CUDA_FROM` is set from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence

from benchmarks.gpu.figures import Clock, Figures, card, machine, whole
from benchmarks.speed import GAME, best
from gan_lab.training.device import CUDA_FROM, multiplications
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

ROUNDS, SECONDS = 3, 0.1
LONGEST_ROW = 6.0  # seconds: the CPU's largest games
FAMILIES = {
    "members": [GAME.but(members=n) for n in (1, 4, 16, 64, 256, 1024)],
    "minibatch": [GAME.but(m=n) for n in (256, 1024, 4096, 2**14, 2**16, 2**18)],
    "width": [GAME.but(G=(n, n), D=(n, n)) for n in (32, 64, 128, 256, 512, 1024)],
}
"""Three ways in which a game grows."""


def iteration(recipe: Recipe, device: str) -> Callable:
    """An iteration of the engine, eager as it is by default."""
    plays = Training(recipe, device).play(10**9)
    return lambda: next(plays)


def crossing(sizes: Sequence[float], gains: Sequence[float]) -> float | None:
    """The size from which the card wins for good, its gain being the CPU's time over its own.

    Between the last size at which it loses and the next, on a line in the logarithms; the
    smallest size where it always wins; None where it loses at the largest, or at none.
    """
    losing = [i for i, gain in enumerate(gains) if gain < 1.0]
    if not losing:
        return sizes[0] if sizes else None
    i = losing[-1]
    if i + 1 == len(sizes):
        return None
    low, high = math.log(gains[i]), math.log(gains[i + 1])
    way = 0.0 if high == low else -low / (high - low)
    return sizes[i] * (sizes[i + 1] / sizes[i]) ** way


def decided(found: Mapping[str, float | None]) -> int | None:
    """One number for all families: the largest, to one digit upwards; None if one has none."""
    if not found or any(size is None for size in found.values()):
        return None
    largest = max(found.values())
    digit = 10.0 ** math.floor(math.log10(largest))
    return int(math.ceil(largest / digit - 1e-9) * digit)


def run(
    figures: Figures, clock: Clock, device: str, families: Mapping[str, list] | None = None
) -> None:
    """A row for each game; then the number, into crossover.json beside the table."""
    families = FAMILIES if families is None else families
    points, found, left = {}, {}, []
    for family, recipes in families.items():
        points[family] = []
        for recipe in recipes:
            if clock.over:
                left.append(f"{family} {multiplications(recipe):.1e}")
                continue
            pair = {"card": (iteration(recipe, device), 1), "CPU": (iteration(recipe, "cpu"), 1)}
            spent = best(pair, ROUNDS, SECONDS)
            size, gain = multiplications(recipe), spent["CPU"] / spent["card"]
            points[family].append((size, gain))
            micro = (f"{1e6 * spent[name]:.0f}" for name in ("card", "CPU"))
            figures.row(family, f"{size:.2e}", *micro, f"{gain:.2f}")
        found[family] = crossing(*zip(*points[family], strict=True)) if points[family] else None
    figures.not_reached(left)
    number = None if left else decided(found)
    figures.say(in_words(found, number))
    measured = device != "cpu" and number is not None
    record = {
        "card": None if device == "cpu" else card(device),
        "measured": measured,
        "cuda_from": number if measured else CUDA_FROM,
        "families": {name: {"from": found[name], "points": points[name]} for name in families},
        "machine": machine(device),
    }
    whole(figures.path.with_suffix(".json"), json.dumps(record, indent=1) + "\n")


def in_words(found: Mapping[str, float | None], number: int | None) -> str:
    """What was found, and what to do with it."""
    sizes = (f"{name}: {'not seen here' if x is None else f'{x:.1e}'}" for name, x in found.items())
    end = (
        "No number can be set from this, and the one that stands is kept."
        if number is None
        else f"`training.device.CUDA_FROM` is to be {number:.0e}, if the device was a card."
    )
    return f"The card wins from ({'; '.join(sizes)}) multiplications on. {end}"


COLUMNS = ["what grows", "multiplications", "card, µs", "CPU, µs", "CPU / card"]
TITLE = "From which size on the card wins"
HOW = (
    "Both eager, the game of `benchmarks/speed.py` with one thing larger: µs of an iteration, the "
    f"best of {ROUNDS} rounds. The size is `training.multiplications`; the number decided upon is "
    "the largest of the three, to one digit upwards. It is in crossover.json too."
)
