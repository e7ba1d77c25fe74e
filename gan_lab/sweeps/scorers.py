"""What can be asked of the end of a game by name: functions of a training and of a member."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np

from gan_lab import theory
from gan_lab.core.validation import quoted
from gan_lab.distributions import Distribution
from gan_lab.metrics.modes import captured, high_quality
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

    So a game scores the same in any company.
    """
    rng = np.random.default_rng([20140610, training.recipe.seeds[member]])
    z = training.p_z.sample(SAMPLES * training.recipe.latent_dim, rng)
    return training.map(member)(z.reshape(SAMPLES, -1))


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


SCORERS: dict[str, Scorer] = {"jsd": jsd, "gap": gap, "modes": modes, "quality": quality}
"""The measures of a sweep that have names."""

NAMES = {
    "jsd": "JSD, nats",
    "gap": "V(G, D*) \u2212 V(G, D), nats",
    "modes": "modes found",
    "quality": "share of high quality",
}
"""How an axis of a picture names them."""
