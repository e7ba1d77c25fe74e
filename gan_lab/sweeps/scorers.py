"""What can be asked of the end of a game by name: functions of a training and of a member."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np

from gan_lab import theory
from gan_lab.core.validation import quoted
from gan_lab.datasets import Images
from gan_lab.datasets.forms import where_they_are
from gan_lab.distributions import Distribution
from gan_lab.metrics.gaussian_fits import frechet
from gan_lab.metrics.modes import captured, high_quality
from gan_lab.metrics.pictures import read_surely, smallest_class
from gan_lab.training.architectures import with_labels_in_turn
from gan_lab.training.loop import Training
from gan_lab.training.losses import loss_of

SAMPLES = 2500
"""How many points of G are scored in the plane: as many as VEEGAN and PacGAN score."""

Scorer = Callable[[Training, int], float]


def pair_on_the_line(training: Training, member: int) -> tuple[Distribution, Distribution]:
    """(p_data, p_g) of one member. ValueError unless data and z are each one number."""
    p_g = training.p_g(member)  # refuses data in the plane
    return cast(Distribution, training.p_data), p_g


def jsd(training: Training, member: int) -> float:
    """JSD(p_data, p_g) of one member, exactly, in nats.

    Parameters
    ----------
    training : Training
        A game in which data and z are each one number.
    member : int
        Which member.

    Returns
    -------
    float
        From 0 to log 2, in nats.

    Raises
    ------
    ValueError
        For data in the plane, and for a z of more than one number.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.sweeps import jsd
    >>> 0 < jsd(Training(Recipe(G=(4,), D=(4,)), device="cpu"), 0) < 0.6932
    True
    """
    return theory.js(*pair_on_the_line(training, member)).value


def gap(training: Training, member: int) -> float:
    """The value gap V(G, D*) - V(G, D) of one member, in nats: what D leaves on the table.

    Parameters
    ----------
    training : Training
        A game on the line.
    member : int
        Which member.

    Returns
    -------
    float
        In nats, 0 or more.

    Raises
    ------
    ValueError
        For a loss in which D's output is no logit of a probability.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.sweeps import gap
    >>> gap(Training(Recipe(G=(4,), D=(4,)), device="cpu"), 0) > 0
    True
    """
    if not loss_of(training.recipe.loss).labels:
        raise ValueError(f"in the loss {quoted(str(training.recipe.loss))} D is no probability")
    D, (p_data, p_g) = training.discriminator(member), pair_on_the_line(training, member)
    best = theory.C(p_data, p_g).value
    return best - theory.V(D, p_data, p_g, panels=D.kinks).value


def samples_of(training: Training, member: int) -> np.ndarray:
    """G of 2500 z, (2500, dim), by numbers that training does not use, and that a seed decides.

    So a game scores the same in any company. A conditional one is asked for label after label.
    """
    rng = np.random.default_rng([20140610, training.recipe.seeds[member]])
    z = training.p_z.sample(SAMPLES * training.recipe.latent_dim, rng)
    z = with_labels_in_turn(training.recipe, z.reshape(SAMPLES, -1))
    return training.map(member)(z)


def pictures_of(training: Training, member: int) -> np.ndarray:
    """The same as pictures: what is beyond paper or ink is cut."""
    return np.clip(samples_of(training, member), -1.0, 1.0)


def modes(training: Training, member: int) -> float:
    """How many modes of the data one member's generator captures.

    Parameters
    ----------
    training : Training
        A game whose data have modes.
    member : int
        Which member.

    Returns
    -------
    float
        The number of modes, by the rule of VEEGAN and PacGAN.

    Raises
    ------
    ValueError
        For data that are no mixture of Gaussians.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.sweeps import modes
    >>> recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(4,), D=(4,))
    >>> 0 <= modes(Training(recipe, device="cpu"), 0) <= 8
    True
    """
    return captured(samples_of(training, member), training.recipe.data).value


def quality(training: Training, member: int) -> float:
    """The share of one member's points within 3 sds of a mode.

    Parameters
    ----------
    training : Training
        A game whose data have modes.
    member : int
        Which member.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        For data that are no mixture of Gaussians.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.sweeps import quality
    >>> recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(4,), D=(4,))
    >>> 0 <= quality(Training(recipe, device="cpu"), 0) <= 1
    True
    """
    return high_quality(samples_of(training, member), training.recipe.data).value


def pixel_frechet(training: Training, member: int) -> float:
    """The Fréchet distance of one member's pictures to the held-out ones, in the space of pixels.

    Parameters
    ----------
    training : Training
        A game whose data are pictures.
    member : int
        Which member.

    Returns
    -------
    float
        Squared, in squared pixels; 0 or more.

    Raises
    ------
    ValueError
        For data that are no pictures.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, datasets
    >>> from gan_lab.sweeps import pixel_frechet
    >>> game = Training(Recipe(data=datasets.digits(), G=(4,), D=(4,)), device="cpu")
    >>> pixel_frechet(game, 0) > 0
    True
    """
    data = training.recipe.data
    if not isinstance(data, Images):
        raise ValueError(f"only pictures have pixels, and these data are {where_they_are(data)}")
    held_out = replace(data, split="held out").pixels
    return frechet(held_out, samples_of(training, member), groups=2).value


def digits_read(training: Training, member: int) -> float:
    """The share of one member's digits that the book's classifier reads at p > 0.9.

    Parameters
    ----------
    training : Training
        A game of pictures of 8 x 8.
    member : int
        Which member.

    Returns
    -------
    float
        From 0 to 1; of held-out digits 0.86.

    Raises
    ------
    ValueError
        For other data.

    Examples
    --------
    >>> from gan_lab import PRESETS, Training
    >>> from gan_lab.sweeps import digits_read
    >>> 0 <= digits_read(Training(PRESETS["digits"], device="cpu"), 0) <= 1
    True
    """
    return read_surely(pictures_of(training, member)).value


def rarest_digit(training: Training, member: int) -> float:
    """The share of the digit that one member makes least often, by the book's classifier.

    Parameters
    ----------
    training : Training
        A game of pictures of 8 x 8.
    member : int
        Which member.

    Returns
    -------
    float
        From 0 to 0.1.

    Raises
    ------
    ValueError
        For other data.

    Examples
    --------
    >>> from gan_lab import PRESETS, Training
    >>> from gan_lab.sweeps import rarest_digit
    >>> 0 <= rarest_digit(Training(PRESETS["digits"], device="cpu"), 0) <= 0.1
    True
    """
    return smallest_class(pictures_of(training, member)).value


SCORERS: dict[str, Scorer] = {
    "jsd": jsd,
    "gap": gap,
    "modes": modes,
    "quality": quality,
    "pixel_frechet": pixel_frechet,
    "digits_read": digits_read,
    "rarest_digit": rarest_digit,
}
"""The measures of a sweep that have names."""

NAMES = {
    "jsd": "JSD, nats",
    "gap": "V(G, D*) \u2212 V(G, D), nats",
    "modes": "modes found",
    "quality": "share of high quality",
    "pixel_frechet": "Fréchet distance of pixels",
    "digits_read": "share of digits read",
    "rarest_digit": "share of the rarest digit",
}
"""How an axis of a picture names them."""
