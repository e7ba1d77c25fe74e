"""Plays the games of `curves`, and watches them as a practitioner could; see there."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from gan_lab.sweeps.curves import CURVES, QUARTERS, RUNS, SEEDS, watched_moments
from gan_lab.sweeps.scorers import jsd, modes
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

LOOKED_AT = 1024
"""How many samples and data D is asked about."""
WINDOW = 20
"""Over so many iterations a loss is averaged before it is compared with the JSD."""
STEPS, HELD_OUT = 400, 8192
"""How long a new D learns, and on how many data and samples it is then asked for V."""


class Watched(NamedTuple):
    """A game over time: `curves`, each (moments, seeds), and in the same shape the loss of D on
    its training set, how far G has moved since the moment before, as a share of its length, and
    the share of the modes that are found."""

    curves: dict[str, np.ndarray]
    loss_old: np.ndarray
    moved: np.ndarray
    share: np.ndarray


class SecondOpinion(Training):
    """A new D that learns to tell the samples of a game, which stands still, from fresh data."""

    def __init__(self, game: Training):
        old = game.recipe
        super().__init__(
            Recipe(
                data=old.data, latent=old.latent, latent_dim=old.latent_dim, seed=1000, G=(1,),
                members=game.members, D=(64, 64), m=256, k=1, lr_D=5e-3, r1=0.0, r2=0.0,
                schedule="constant",
            ),
            device="cpu",
        )  # fmt: skip
        self.judged = game

    def made(self, z: Tensor) -> Tensor:
        """The game's samples, in this D's units."""
        return ((self.judged.generate(z) - self.center) / self.scale).to(self.dtype)


def value_of_new_D(game: Training, steps: int = STEPS) -> np.ndarray:  # noqa: N802
    """V on data and samples that it has not seen, of a D that is new, (members,), in nats."""
    opinion = SecondOpinion(game)
    for _ in range(steps):
        opinion.update_discriminator()
    x, z = opinion.minibatches.to_look_at(HELD_OUT)
    real, fake = opinion.logit(x), opinion.logit(game.generate(z))
    return (logsigmoid(real).mean(1) + logsigmoid(-fake).mean(1)).numpy()


def truth_of(game: Training) -> list[float]:
    """The exact JSD of every member, or its modes found."""
    scorer = jsd if game.recipe.data.dim == 1 else modes
    return [scorer(game, i) for i in range(game.members)]


def share_of_modes(game: Training) -> list[float]:
    """Of the modes of the data, how many each member makes; data of one bump have one."""
    of = getattr(game.recipe.data, "components", getattr(game.recipe.data, "means", ()))
    if len(of) < 2:
        return [1.0] * game.members
    return [modes(game, i) / len(of) for i in range(game.members)]


def loss_of_D(game: Training, x: Tensor, z: Tensor) -> Tensor:  # noqa: N802
    """Cross-entropy of D on these data and samples, both terms, (members,), in nats."""
    fake = game.logit(game.generate(z))
    return -logsigmoid(game.logit(x)).mean(1) - logsigmoid(-fake).mean(1)


def seen_now(game: Training) -> tuple[list[Any], list[Any]]:
    """What `CURVES` names, at this moment, of every member; the loss of D on what it is trained
    on, and the share of the modes."""
    fresh, z = game.minibatches.to_look_at(LOOKED_AT)
    known = game.minibatches.training_set
    old = fresh if known is None else known
    D_x, D_G = (game.logit(x).sigmoid().mean(1) for x in (old, game.generate(z)))
    losses = (game.loss_D, loss_of_D(game, fresh, z), game.loss_G)
    curves = [each.numpy() for each in (*losses, D_x, D_G)]
    return [*curves, truth_of(game)], [loss_of_D(game, old, z).numpy(), share_of_modes(game)]


def without(gone, values) -> np.ndarray:
    """Curves at one moment, (curves, members), nan for the members that have stopped."""
    found = np.array(values, dtype=float)
    found[:, list(gone)] = np.nan
    return found


def watched_game(name: str, seeds: int = SEEDS, first: int = 0) -> tuple[Training, Watched]:
    """So many seeds of a run from the first on: the game at its end, and what was seen of it."""
    game = Training(RUNS[name].recipe.but(members=seeds, seed=first), device="cpu")
    rows, others, where = [], [], game.G.flat.clone()
    for t in watched_moments(name):
        for _ in game.play(t - game.t):
            pass
        moved = (game.G.flat - where).norm(dim=1) / where.norm(dim=1)
        where = game.G.flat.clone()
        curves, (loss_old, share) = seen_now(game)
        rows.append(without(game.diverged_at, curves))
        others.append((loss_old, moved.numpy(), share))
    found = np.array(rows, dtype=float).transpose(1, 0, 2)
    more = np.array(others, dtype=float).transpose(1, 0, 2)
    return game, Watched(dict(zip(CURVES, found, strict=True)), *more)


def last(values: np.ndarray, share: float) -> np.ndarray:
    """The rows of the last part of a game."""
    return values[-round(share * len(values)) :]


def signs_of(game: Training, seen: Watched) -> dict[str, np.ndarray]:
    """What each of `curves.SIGNS` measures, (members,)."""
    curve = seen.curves
    losses = np.nanmax(np.abs([curve["loss_D"], curve["loss_G"]]), axis=(0, 1))
    losses[list(game.diverged_at)] = np.inf
    return {
        "the steps are too long": losses,
        "G has no gradient": last(curve["D_x"] - curve["D_G"], 0.5).min(0),
        "the rates are 0": last(seen.moved, 0.25).max(0),
        "D learns by heart": last(curve["loss_new"] - seen.loss_old, 0.25).mean(0),
        "modes are lost": last(seen.share, 0.5).mean(0),
        "it goes round": last(curve["D_G"], 0.5).std(0),
        "D is blind": value_of_new_D(game) + curve["loss_new"][-1],
    }


def losses_and_truth(name: str, seeds: int = SEEDS) -> dict[str, np.ndarray]:
    """One run after a quarter, a half, ... of its time: what `curves.compared_losses` has."""
    game, rows = Training(RUNS[name].recipe.but(members=seeds), device="cpu"), []
    for i in range(QUARTERS):
        end = RUNS[name].iterations * (i + 1) // QUARTERS
        lately = [torch.stack([now.loss_D, now.loss_G]) for now in game.play(end - game.t)]
        smooth = torch.stack(lately[-WINDOW:]).mean(0).numpy()
        rows.append([*smooth, value_of_new_D(game), truth_of(game)])
    names = ("loss_D", "loss_G", "new_D", "jsd")
    return dict(zip(names, np.array(rows, dtype=float).transpose(1, 0, 2), strict=True))
