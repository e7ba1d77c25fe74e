"""What can be asked of the end of a game by name: functions of a training and of a member."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gan_lab import theory
from gan_lab.losses import LOSSES
from gan_lab.modes import captured, high_quality
from gan_lab.training import Training

SAMPLES = 2500
"""How many points of G are scored in the plane: as many as VEEGAN and PacGAN score."""

Measure = Callable[[Training, int], float]


def jsd(training: Training, member: int) -> float:
    """JSD(p_data, p_g) of one member, exactly, in nats. Data and z must each be one number."""
    return theory.js(training.p_data, training.p_g(member)).value


def gap(training: Training, member: int) -> float:
    """V(G, D*) - V(G, D) of one member, in nats: what D leaves on the table.

    Raises ValueError for a loss in which D's output is no logit of a probability.
    """
    if not LOSSES[training.recipe.loss].labels:
        raise ValueError(f"in the loss {training.recipe.loss!r} D is no probability")
    D, p_g = training.discriminator(member), training.p_g(member)
    best = theory.C(training.p_data, p_g).value
    return best - theory.V(D, training.p_data, p_g, panels=D.kinks).value


def points(training: Training, member: int) -> np.ndarray:
    """G of 2500 z, (2500, dim), by numbers that training does not use, and that a seed decides.

    So a game scores the same in any company.
    """
    rng = np.random.default_rng([20140610, training.recipe.seeds[member]])
    z = training.p_z.sample(SAMPLES * training.recipe.latent_dim, rng)
    return training.map(member)(z.reshape(SAMPLES, -1))


def modes(training: Training, member: int) -> float:
    """How many modes of the data one member's G captures, by the rule of VEEGAN and PacGAN."""
    return captured(points(training, member), training.recipe.data).value


def quality(training: Training, member: int) -> float:
    """The share of one member's points within 3 sds of a mode."""
    return high_quality(points(training, member), training.recipe.data).value


MEASURES: dict[str, Measure] = {"jsd": jsd, "gap": gap, "modes": modes, "quality": quality}

NAMES = {
    "jsd": "JSD, nats",
    "gap": "V(G, D*) \u2212 V(G, D), nats",
    "modes": "modes found",
    "quality": "share of high quality",
}
"""How an axis of a picture names them."""
