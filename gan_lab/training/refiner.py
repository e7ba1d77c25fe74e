"""The adversarial loss as a refiner of another: a G that takes the noise out of pictures.

In the place of z such a G is given a picture with noise. It pays its squared distance to the
picture without and, times a weight, what the recipe's loss asks of a generator. With the weight 0
it is regression by least squares. All else is Algorithm 1, as `loop` plays it.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import NoReturn

import torch
from torch import Tensor

from gan_lab.core.random_streams import Domain
from gan_lab.core.validation import is_real, listed, number_between, quoted, scalar
from gan_lab.datasets.images import Images
from gan_lab.datasets.minibatches import FOR_D, FOR_G, TO_LOOK, Minibatches, draw
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

SAME_PICTURES = {
    Domain.NOISE_FOR_D: FOR_D,
    Domain.NOISE_FOR_G: FOR_G,
    Domain.NOISE_TO_LOOK: TO_LOOK,
}
"""By what noise is drawn for, how the pictures that it is added to were drawn."""
LARGEST = sys.float_info.max


class NoisyPictures(Minibatches):
    """The minibatches of a `Refiner`: pictures, and in the place of z the same with noise.

    `sd` is that of the noise on each pixel, in units of the data.
    """

    def __init__(self, sd: float, *of_a_game):
        super().__init__(*of_a_game)
        self.sd = sd

    def noise(self, purpose: Domain, times, steps=0, m: int | None = None) -> Tensor:
        m = m or self.recipe.m
        x = draw(self.recipe.data, self.stream, SAME_PICTURES[purpose], times, m, steps)
        noise = self.stream.normal(purpose, times, (m, self.recipe.data.dim), steps)
        return ((x + self.sd * noise - self.center) / self.scale).to(self.dtype)


class Refiner(Training):
    """Train denoising with a squared error and an adversarial loss that refines it.

    A `Training` whose G is told a picture with Gaussian noise and answers with a picture: it
    descends E|x - G(y)|^2 / dim, in D's units, plus `weight` times the generator's loss.

    Parameters
    ----------
    recipe : Recipe
        A game of pictures; its latent_dim becomes the number of pixels.
    noise : float
        The standard deviation of the noise on each pixel, in units of the data.
    weight : float or sequence of float
        Of the adversarial loss, 0 or more: for all members, or for each.
    device : str or torch.device
        As for a `Training`.

    Raises
    ------
    ValueError
        In one sentence, for data that are no pictures, for a conditional recipe, and for another
        noise or weight.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab import Recipe, datasets
    >>> from gan_lab.training import Refiner
    >>> recipe = Recipe(data=datasets.digits(), G=(8,), D=(8,), m=4, members=2)
    >>> game = Refiner(recipe, weight=[0.0, 0.1], device="cpu")
    >>> for game in game.play(2):
    ...     pass
    >>> game.denoised(np.zeros((3, 64))).shape
    torch.Size([2, 3, 64])
    """

    def __init__(
        self,
        recipe: Recipe,
        noise: float = 1.0,
        weight: float | Sequence[float] = 0.1,
        device: str | torch.device = "auto",
    ):
        if not isinstance(recipe, Recipe) or not isinstance(recipe.data, Images):
            raise ValueError(f"a refiner needs a recipe of pictures, not {quoted(recipe)}")
        if recipe.conditional:
            raise ValueError("a refiner is told a picture and no label: conditional must be False")
        self.noise_sd = number_between(0, math.inf, noise, "noise")
        self.weights = weights_of_members(weight, recipe.members)
        super().__init__(recipe.but(latent_dim=recipe.data.dim), device)

    def apply_recipe(self, recipe: Recipe) -> None:
        super().apply_recipe(recipe)
        of_a_game = recipe, self.stream, *self.units(recipe), True
        self.minibatches = NoisyPictures(self.noise_sd, *of_a_game)
        self.weight = torch.tensor(self.weights, dtype=self.dtype, device=self.device)

    def objective_G(self, real: Tensor, z: Tensor) -> Tensor:
        """The mean square error of G at noisy pictures z, plus the weighted adversarial loss."""
        made = self.made(z)
        squared = (real - made).square().mean((1, 2))
        return squared + self.weight * self.adversarial_loss(real, made)

    def denoised(self, pixels) -> Tensor:
        """What G makes of noisy pictures, cut to the range of pixels.

        Parameters
        ----------
        pixels : Tensor or array of shape (n, dim) or (members, n, dim)
            Pictures with noise, in units of the data.

        Returns
        -------
        Tensor of shape (members, n, dim)
            Pictures of pixels from -1 to 1.

        Raises
        ------
        ValueError
            For another shape.
        """
        y = (self.tensor(pixels, self.recipe.data.dim, "pixels") - self.center) / self.scale
        return self.generate(y).clamp(-1.0, 1.0)

    def map(self, member: int = 0) -> NoReturn:
        """Refused, with a ValueError: no z is told to this G, so that nothing can be recorded."""
        raise ValueError(
            "the generator of a refiner is told noisy pictures and no z, so that it has no samples "
            "to record or to score: see its `denoised`"
        )

    def save(self, path) -> None:
        """Refused, with a ValueError: a file of a training has no place for noise and weight."""
        raise ValueError("a refiner cannot be saved: a file has no place for its noise and weight")


def weights_of_members(weight, members: int) -> tuple[float, ...]:
    """A weight for each member, or a ValueError in one sentence."""
    words = f"weight must be a number from 0 on, or one for each of {members} members"
    alone = is_real(scalar(weight))
    found = (scalar(weight),) * members if alone else tuple(map(scalar, listed(weight, words)))
    if len(found) != members or any(not is_real(w) or not 0 <= w <= LARGEST for w in found):
        raise ValueError(f"{words}, not {quoted(weight)}")
    return tuple(float(w) for w in found)
