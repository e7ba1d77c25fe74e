"""Is a game on the card the game that it is on the CPU? Every loss, penalty and optimizer."""

from __future__ import annotations

from collections.abc import Iterable

import torch

from benchmarks.gpu.compare import SINGLE, TOLERANCE, deviation, played, verdict
from benchmarks.gpu.figures import Clock, Figures
from gan_lab import datasets
from gan_lab.core.random_streams import Stream
from gan_lab.datasets.minibatches import FOR_D, draw
from gan_lab.training.backends import one_thread
from gan_lab.training.losses import CONSTRAINTS, LOSSES, PENALTIES
from gan_lab.training.optimizers import OPTIMIZERS
from gan_lab.training.recipe import Recipe

BASE = Recipe(
    G=(16, 16),
    D=(16, 16),
    m=32,
    k=2,
    members=2,
    r1=0.0,
    r2=0.0,
    iterations=20,
    dtype="float64",
    seed=5,
)
ITERATIONS = 4
HELD = {
    "none": {},
    "r1": {"r1": 0.1},
    "r2": {"r2": 0.1},
    "gp": {"gp": 1.0},
    "clip": {"clip": 0.1},
    "spectral": {"spectral": True},
}
assert set(HELD) == {"none", *PENALTIES, *CONSTRAINTS}
WAYS = {name: {"optimizer": name} for name in OPTIMIZERS}
PLAIN = {"optimizer": "sgd", "lr_D": 0.05, "lr_G": 0.05, "dtype": "float32"}
SETS = [
    datasets.gaussian(3.0, 0.5),
    datasets.bimodal(),
    datasets.distribution("t", 5),
    datasets.ring(),
    datasets.moons(),
    datasets.spiral(),
    datasets.swiss_roll(),
    datasets.two_rings(),
]


def rows() -> list[tuple[str, str]]:
    """Every loss with every penalty or constraint."""
    return [(loss, held) for loss in LOSSES for held in HELD]


def draws(figures: Figures, device: str) -> None:
    """The card's random numbers, bit for bit; the paths of curves in the plane to rounding."""
    streams = Stream(range(3), device), Stream(range(3), "cpu")
    off = []
    for kind in ("uniform", "normal"):
        ours, theirs = (getattr(s, kind)(3, [0, 7], (1001,), range(2)).cpu() for s in streams)
        off += [] if torch.equal(ours, theirs) else [kind]
    for source in SETS:
        ours, theirs = (draw(source, s, FOR_D, [0, 7], 501).cpu() for s in streams)
        near = torch.allclose(ours, theirs, rtol=1e-13, atol=1e-13)
        off += [] if near else [repr(source)]
    words = "are those of the CPU" if not off else f"are NOT those of the CPU: {', '.join(off)}"
    figures.say(
        f"The random numbers of the card, and the samples of {len(SETS)} data sets, {words}.",
        good=not off,
    )


@one_thread()  # small games: threads would only wait for each other
def run(figures: Figures, clock: Clock, device: str, these: Iterable | None = None) -> None:
    """A row for each pair of a loss and a penalty, a column for each optimizer."""
    draws(figures, device)
    left, worst = list(rows() if these is None else these), (0.0, "none")
    while left and not clock.over:
        loss, held = left.pop(0)
        recipe = BASE.but(loss=loss, **HELD[held])
        cells, good = [], True
        for more, near in [*((way, TOLERANCE) for way in WAYS.values()), (PLAIN, SINGLE)]:
            games = (played(recipe.but(**more), on, ITERATIONS) for on in (device, "cpu"))
            gap, where = deviation(*games)
            cells.append(verdict(gap, near) + (f" ({where})" if gap > near else ""))
            good &= gap <= near
            worst = max(worst, (gap / near, f"{loss}, {held}, {more['optimizer']}"))
        figures.row(loss, held, *cells, good=good)
    figures.not_reached([f"{loss} with {held}" for loss, held in left])
    figures.say(f"The worst of all, {worst[1]}, has {worst[0]:.1e} of its tolerance.")


COLUMNS = ["loss", "penalty", *WAYS, "sgd, float32"]
TITLE = "The same games on the card and on the CPU"
HOW = (
    f"Two members, {ITERATIONS} iterations, k = 2: the largest difference of weights, moments and "
    f"losses, relative to 1 plus the largest. Allowed are {TOLERANCE:g} in float64 and {SINGLE:g} "
    "in float32 (`compare.py` says why)."
)
