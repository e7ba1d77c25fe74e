"""Three mistakes of the training loop made on purpose, over ten seeds, beside the right loop.

The page makes the same (`front_end/checkers/bugs.js`): small games in float64, of the same draws.
"""

from __future__ import annotations

from statistics import NormalDist

import torch
from torch import Tensor

from gan_lab.datasets import gaussian
from gan_lab.training.loop import Training
from gan_lab.training.loss import Loss
from gan_lab.training.losses import cross_entropy_loss, log_one_plus_exp
from gan_lab.training.optimizers import flat_gradient
from gan_lab.training.recipe import Recipe

SEEDS = 10
ITERATIONS = 400
LOOKED_AT = 200  # equally probable z
STEPS = 100  # of D on one minibatch

PLAIN = Recipe(
    G=(8,), D=(16,), m=32, k=1, data=gaussian(2.0, 0.5), standardise=False, members=SEEDS,
    optimizer="sgd", lr_D=0.1, lr_G=0.1, r1=0.0, r2=0.0, schedule="constant", dtype="float64",
)  # fmt: skip
PERFECT = PLAIN.but(
    G=(), D=(32,), m=8, k=STEPS, data=gaussian(0.0, 1.0), optimizer="adam", beta1=0.5, lr_D=0.02
)


def to_be_caught(real: Tensor | None, fake: Tensor) -> Tensor:
    """-E[log(1 - D(G(z)))], G's loss with the labels of fakes."""
    return log_one_plus_exp(fake).mean(-1)


class BothMove(Training):
    """A game whose D goes down G's loss in G's step, as G does."""

    def move_G(self, real, z):
        loss = self.objective_G(real, z)
        of_D = flat_gradient(loss.sum(), self.D, retain_graph=True)
        moved = self.descend(self.G, self.optimizer_G, "lr_G", loss, loss)
        with torch.no_grad():
            self.D.flat.sub_(self.number("lr_G") * of_D)
        return moved


def at_the_end(game: Training) -> tuple[list[float], list[float]]:
    """After the training: the mean of G(z), and that of D(G(z)), of each seed."""
    for _ in game.play(ITERATIONS):
        pass
    z = [NormalDist().inv_cdf((i + 0.5) / LOOKED_AT) for i in range(LOOKED_AT)]
    x = game.generate(torch.tensor(z, dtype=torch.float64)[:, None])
    return x.mean((1, 2)).tolist(), game.logit(x).sigmoid().flatten(1).mean(1).tolist()


def labels() -> list[list[float]]:
    """The mean of G(z) with labels of fakes in G's step, and of data; the data's mean is 2."""
    caught = Loss(cross_entropy_loss, to_be_caught, name="fake labels")
    return [at_the_end(Training(PLAIN.but(loss=loss), "cpu"))[0] for loss in (caught, PLAIN.loss)]


def both_players() -> list[list[float]]:
    """The mean of D(G(z)) where D moves in G's step too, and where it does not."""
    return [at_the_end(kind(PLAIN, "cpu"))[1] for kind in (BothMove, Training)]


def one_minibatch() -> list[list[float]]:
    """V as D prints it last where p_G = p_data: one minibatch for all steps, and fresh ones."""
    return [printed_value(fresh) for fresh in (False, True)]


def printed_value(fresh: bool) -> list[float]:
    game = Training(PERFECT, "cpu")
    with torch.no_grad():
        game.G.flat.copy_(torch.tensor([1.0, 0.0], dtype=torch.float64))  # G(z) = z
    for _ in range(STEPS):
        game.update_discriminator()
        if not fresh:
            game.steps = 0  # the draws of the first step again
    return (-game.loss_D).tolist()
