"""What each player's step costs: the loss of a minibatch, and what a recipe adds to it.

Penalties, label smoothing, instance noise, packs and unrolled steps of D are here, as functions of
minibatches in D's own units.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor

from gan_lab.core.random_streams import Domain
from gan_lab.training.losses import PENALTIES, loss_of, softened_labels
from gan_lab.training.optimizers import is_enabled
from gan_lab.training.state import Network, State

BLUR_FOR_D = (Domain.BLUR_DATA_FOR_D, Domain.BLUR_FAKE_FOR_D)
BLUR_FOR_G = (Domain.BLUR_DATA_FOR_G, Domain.BLUR_FAKE_FOR_G)


class Objective(State):
    """The costs of D and of G, of a game with a recipe, networks G and D and minibatches."""

    def objective_D(self, D: Network, real: Tensor, fake: Tensor, draw_of) -> tuple:
        """D's loss and its penalties, each (members,), from one pass over all points.

        `draw_of` (domain, step) is that of the random places between the minibatches, where a
        penalty needs them.
        """
        strengths = {n: g for n in PENALTIES if is_enabled(g := self.number(n, 1))}
        points, m = {"real": real, "fake": fake}, real.shape[1]
        if any(PENALTIES[n].at == "between" for n in strengths):
            points["between"] = self.between(real, fake, *draw_of)
        if strengths:
            logit, slope = D.with_slope(torch.cat(list(points.values()), dim=1))
        else:
            logit, slope = self.outputs(D, list(points.values())), None
        loss = loss_of(self.recipe.loss).D(logit[:, :m], logit[:, m : 2 * m])
        if is_enabled(smoothing := self.number("smoothing", 1)):
            loss = loss + softened_labels(logit[:, :m], smoothing)
        if slope is None:
            return loss, 0.0
        if self.recipe.conditional:
            slope = slope[..., : self.recipe.data.dim]  # of the picture, not of what it is called
        at = dict(zip(points, slope.split(m, dim=1), strict=True))
        costs = (g * PENALTIES[n].of(at[PENALTIES[n].at]) for n, g in strengths.items())
        return loss, sum(costs)

    def outputs(self, D: Network, minibatches: list[Tensor]) -> Tensor:
        """D's outputs on minibatches side by side: in one pass, unless a batch norm keeps them
        apart."""
        if self.recipe.norm == "batch":
            return torch.cat([D(x).squeeze(-1) for x in minibatches], dim=1)
        return D(torch.cat(minibatches, dim=1)).squeeze(-1)

    def made(self, z: Tensor) -> Tensor:
        """G(z) as D is given it, before noise: in a conditional game with the label after it."""
        if not self.recipe.conditional:
            return self.G(z)
        return torch.cat([self.G(z), z[..., self.recipe.latent_dim :]], -1)

    def objective_G(self, real: Tensor | None, z: Tensor) -> Tensor:
        """G's cost (members,) of a minibatch."""
        return self.adversarial_loss(real, self.made(z))

    def adversarial_loss(self, real: Tensor | None, made: Tensor) -> Tensor:
        """G's loss (members,) under the D that it faces, some steps ahead if the recipe unrolls."""
        real, fake = self.augment(real, made, BLUR_FOR_G)
        # Where D is unrolled G's minibatches have data, whatever the loss: `State.apply_recipe`.
        D = self.unrolled(cast(Tensor, real), fake) if self.recipe.unrolled else self.D
        fake = D(fake).squeeze(-1)
        real = real if real is None else D(real).squeeze(-1)
        return loss_of(self.recipe.loss).G(real, fake)

    def augment(self, real: Tensor | None, fake: Tensor, domains, step=0) -> tuple:
        """Both minibatches as D is given them in a step: with instance noise, and in packs."""
        pairs = zip((real, fake), domains, strict=True)
        return tuple(x if x is None else self.packed(self.blurred(x, p, step)) for x, p in pairs)

    def blurred(self, x: Tensor, domain: Domain, step: int) -> Tensor:
        """A minibatch with the instance noise of the present iteration."""
        if not is_enabled(sd := self.number("instance_noise", 3)):
            return x
        shape = (x.shape[1], self.recipe.data.dim)
        noise = sd * self.minibatches.drawn("normal", domain, self.t, step, shape)
        if self.recipe.conditional:  # the label stays as it is
            noise = torch.nn.functional.pad(noise, (0, x.shape[2] - shape[1]))
        return x + noise

    def packed(self, x: Tensor) -> Tensor:
        """Samples (members, m, n) side by side in packs: (members, m / packing, packing * n)."""
        n = self.recipe.packing
        return x if n == 1 else x.unflatten(1, (-1, n)).flatten(2)

    def between(self, real: Tensor, fake: Tensor, domain: Domain, step: int) -> Tensor:
        """u x + (1 - u) G(z), u uniform for each pair: where WGAN-GP looks at D's slope."""
        u = self.minibatches.drawn("uniform", domain, self.t, step, (real.shape[1], 1))
        return u * real + (1.0 - u) * fake

    def unrolled(self, real: Tensor, fake: Tensor) -> Network:
        """D some gradient steps ahead, as a function of the G that it would answer to.

        Metz et al. 2017: G minimises its cost under the D that follows, not the D that is.
        """
        D, rate = self.D, self.number("lr_D", 3)
        for step in range(self.recipe.unrolled):
            loss, penalty = self.objective_D(D, real, fake, (Domain.BETWEEN_FOR_G, step))
            cost = (loss + penalty).sum()
            gradient = torch.autograd.grad(cost, D.parameters, create_graph=True)
            D = D.moved([rate * g for g in gradient])
        return D
