"""Whether compiling pays: decided by what there is to play, and by no clock.

So a sweep is played in one and the same way on a machine that is busy and on one that is not. The
numbers are those of benchmarks/README.md ("Speed"), rounded.
"""

from __future__ import annotations

from gan_lab.training.backends import FORM
from gan_lab.training.recipe import Recipe

COMPILATION = 30.0
"""Seconds that it takes to compile one form of game, where nothing of it is there yet."""

A_MOVE, A_MEMBER = 200e-6, 50e-6
"""Seconds saved in a move, and for each member of it at the size of `USUAL`."""

USUAL = 256 * 128
"""Examples in a minibatch times units in both networks, in the benchmark."""


def worth_compiling(recipes: list[Recipe]) -> bool:
    """Whether these runs, played one after another, save twice what compiling them takes."""
    forms = {
        (r.G, r.D, r.data.dim, r.members, *(getattr(r, name) for name in FORM)) for r in recipes
    }
    return sum(map(seconds_saved, recipes)) >= 2 * COMPILATION * len(forms)


def seconds_saved(recipe: Recipe) -> float:
    """About how many seconds compiled moves save in a run."""
    size = recipe.m * (sum(recipe.G) + sum(recipe.D)) / USUAL
    return recipe.iterations * (recipe.k + 1) * (A_MOVE + A_MEMBER * recipe.members * size)
