"""Is a game that is played as CUDA graphs the game that it is operation by operation?"""

from __future__ import annotations

import copy
from collections.abc import Iterable

from benchmarks.gpu.compare import SINGLE, TOLERANCE, deviation, verdict
from benchmarks.gpu.figures import Clock, Figures
from benchmarks.gpu.parity import BASE
from gan_lab.datasets import ring
from gan_lab.training.backends import one_thread
from gan_lab.training.loop import Training

ITERATIONS = 4
GAMES = {
    "plain": {},
    "k = 5": {"k": 5},
    "R1": {"r1": 0.1},
    "R2": {"r2": 0.1},
    "gp": {"gp": 1.0},
    "R1, R2 and gp, k = 3": {"r1": 0.1, "r2": 0.1, "gp": 1.0, "k": 3},
    "smoothing": {"smoothing": 0.1},
    "instance noise": {"instance_noise": 0.5},
    "clip": {"clip": 0.1, "loss": "wasserstein"},
    "spectral": {"spectral": True},
    "packing": {"packing": 4},
    "unrolled": {"unrolled": 2},
    "unrolled, with gp and noise": {"unrolled": 2, "gp": 1.0, "instance_noise": 0.2},
    "ema": {"ema": 0.9},
    "one member": {"members": 1},
    "seven members": {"members": 7},
    "members of their own": {
        "lr_D": (1e-3, 4e-3),
        "lr_G": (0.0, 1e-3),
        "r1": (0.1, 0.2),
        "beta1": (0.0, 0.5),
        "instance_noise": (0.1, 0.2),
        "gp": (0.5, 1.0),
        "smoothing": (0.1, 0.2),
    },
    "Adam, beta1 = 0.9": {"beta1": 0.9},
    "SGD": {"optimizer": "sgd"},
    "SGD, momentum": {"optimizer": "sgd", "momentum": 0.5},
    "RMSProp": {"optimizer": "rmsprop"},
    "RMSProp, momentum": {"optimizer": "rmsprop", "momentum": 0.5},
    "constant rates": {"schedule": "constant"},
    "relativistic": {"loss": "relativistic"},
    "hinge, tanh": {"loss": "hinge", "activation": "tanh"},
    "ring, silu, packs": {"data": ring(), "latent_dim": 2, "activation": "silu", "packing": 2},
    "bernoulli latents": {"latent": "bernoulli", "latent_dim": 3},
    "a member that diverges": {"lr_D": (1e-3, 1e200), "optimizer": "sgd"},
    "float32": {"dtype": "float32", "optimizer": "sgd", "lr_D": 0.05, "lr_G": 0.05},
}
MIDWAY = {
    "a rate": {"lr_D": 0.02},
    "a penalty's strength": {"r1": 0.3},
    "k and m": {"k": 3, "m": 64},
    "the loss": {"loss": "hinge"},
    "the optimizer": {"optimizer": "rmsprop"},
    "spectral": {"spectral": True},
    "ema": {"ema": 0.5},
    "unrolled": {"unrolled": 1},
}
"""What a reader changes while the game is played, after some iterations."""


def rows() -> list[tuple[str, dict, dict]]:
    """A name, what the recipe has, and what becomes of it midway."""
    return [(name, more, {}) for name, more in GAMES.items()] + [
        (f"changed midway: {name}", {"r1": 0.1}, change) for name, change in MIDWAY.items()
    ]


def after(game: Training, change: dict) -> Training:
    """The game played, changed, and taken up again from a snapshot in the middle of a move."""
    for _ in game.play(ITERATIONS):
        pass
    game.change(**change)
    game.update_discriminator()
    snapshot = copy.deepcopy(game)
    for _ in game.play(ITERATIONS):  # the snapshot has to go on as if this had not been
        pass
    for _ in snapshot.play(ITERATIONS):
        pass
    if (gap := deviation(snapshot, game)[0]) != 0.0:
        raise ArithmeticError(f"a snapshot went another way, by {gap:.1e}")
    return game


@one_thread()  # small games: threads would only wait for each other
def run(figures: Figures, clock: Clock, device: str, these: Iterable | None = None) -> None:
    """A row for each kind of game."""
    left = list(rows() if these is None else these)
    while left and not clock.over:
        name, more, change = left.pop(0)
        recipe = BASE.but(**more)
        graph, eager = Training(recipe, device, compiled=True), Training(recipe, device)
        try:
            (gap, where), note = deviation(after(graph, change), after(eager, change)), ""
        except ArithmeticError as error:
            gap, where, note = float("inf"), str(error), ""
        near = SINGLE if recipe.dtype == "float32" else TOLERANCE
        good = gap <= near and graph.backend.name != "eager"
        note = graph.backend.note if graph.backend.name == "eager" else note
        note = note or ("" if gap <= near else where)
        figures.row(name, graph.backend.name, verdict(gap, near), note, good=good)
    figures.not_reached([name for name, *_ in left])
    figures.say(
        "What `spectral` needs after a step of D, a singular value decomposition, is no "
        "part of a graph: it is asked of torch after each replay, as clip and ema are."
    )


COLUMNS = ["game", "path", "largest difference", "note"]
TITLE = "CUDA graphs against the same moves one operation at a time"
HOW = (
    f"Both on the card, {2 * ITERATIONS} iterations with a snapshot in the middle, which must go "
    f"on bit for bit. Allowed are {TOLERANCE:g} in float64 and {SINGLE:g} in float32. A game that "
    "fell back to eager is a failure, and its note says why."
)
