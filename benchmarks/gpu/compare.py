"""How far two games are apart that ought to be one."""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch

from gan_lab.training.backends import optimizer_memory
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

TOLERANCE = 1e-9
"""Relative to the largest, in float64.

Another order of summation changes a gradient by about 1e-16 of its largest terms. Where they
cancel (the relativistic loss leaves one weight of D free) that is all there is of the gradient, and
Adam and RMSProp divide it by its own size plus 1e-8: the weight moves by up to lr 1e-16 / 1e-8 in
a step. On the CPU, first weights shaken by 4e-16 have moved the games of `parity` by 1e-11
at most, in the relativistic ones, and by 2e-16 in the median. A wrong term of a cost moves them by
about lr, 1e-3."""

SINGLE = 5e-6
"""The same in float32 under plain gradient steps, which divide by nothing: on the CPU these games
are at most 1.7e-7 from those in float64. Products in TensorFloat-32, of ten bits, exceed it."""


def states(game: Training) -> Iterator[tuple[str, torch.Tensor]]:
    """All that a game has learned, by name."""
    for player in "GD":
        yield f"weights of {player}", getattr(game, player).flat
        for name, value in optimizer_memory(getattr(game, f"optimizer_{player}")).items():
            yield f"{name} of {player}", value
        yield f"loss of {player}", getattr(game, f"loss_{player}")
    if game.average is not None:
        yield "average of G", game.average.flat


def deviation(one: Training, other: Training) -> tuple[float, str]:
    """The largest |a - b| / (1 + largest |b|) over all states, and of which; inf where one is nan.

    Games of which other members are lost, or in other iterations, are infinitely far apart.
    """
    if one.diverged_at != other.diverged_at or one.t != other.t:
        return math.inf, "members lost"
    found = []
    for (name, a), (_, b) in zip(states(one), states(other), strict=True):
        a, b = a.detach().cpu().double(), b.detach().cpu().double()
        if not torch.equal(a.isfinite(), b.isfinite()):
            return math.inf, name
        a, b = a[b.isfinite()], b[b.isfinite()]
        gap = (a - b).abs().max() / (1.0 + b.abs().max()) if b.numel() else torch.tensor(0.0)
        found.append((float(gap), name))
    return max(found)


def played(recipe: Recipe, device: str, iterations: int, compiled: bool = False) -> Training:
    """A game after so many iterations."""
    game = Training(recipe, device, compiled)
    for _ in game.play(iterations):
        pass
    return game


def verdict(gap: float, tolerance: float) -> str:
    """A deviation as a cell."""
    return f"{gap:.1e}" if gap <= tolerance else f"**{gap:.1e}: too far**"
