"""How long a step may be where a game rests: by the eigenvalues of an alternating step there.

A game with a linear G, Gaussian data and Gaussian noise has equilibria that can be written down: G
makes the data, and D's last layer is 0, whatever its hidden layers are. There D is linear in its
last layer and nothing else pulls, so that the Jacobian is that of the features that the hidden
layers have become. Expectations are exact but for the number of equally probable points. As in
`jacobian`, one member, float64, the players' own units, plain steps of one length for both.
"""

from __future__ import annotations

import copy

import numpy as np
import torch
from scipy import stats
from torch import Tensor

from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain
from gan_lab.core.validation import quoted
from gan_lab.distributions.continuous import Gaussian
from gan_lab.training.architectures import shapes
from gan_lab.training.jacobian import Moment, jacobian
from gan_lab.training.loop import Training

POINTS = 48
"""Equally probable points of data and of noise; the costs see all pairs of them."""
SILENT = 1e-6
"""A modulus that is above 1 by less is 1: most weights of a resting D pull at nothing."""
LENGTHS = np.geomspace(1e-2, 20, 160)
"""The lengths of a step that are tried."""


def rests(training: Training) -> None:
    """ValueError for a game of which no equilibrium can be written down."""
    recipe = training.recipe
    linear = (recipe.latent, recipe.latent_dim, recipe.G) == ("gaussian", 1, ())
    if not (linear and isinstance(recipe.data, Gaussian) and recipe.standardise):
        raise ValueError(
            "where a game rests is known for a G without hidden layers, Gaussian data, a Gaussian "
            f"z of one number and standardise=True, and not for {quoted(str(recipe))}"
        )


def pairs_of_points() -> tuple[Tensor, Tensor]:
    """Data and z in D's units, (1, n n, 1) each: all pairs of their points."""
    x = torch.from_numpy(stats.norm.ppf((np.arange(POINTS) + 0.5) / POINTS))
    x = x / x.std(correction=0)
    return x.repeat_interleave(POINTS)[None, :, None], x.repeat(POINTS)[None, :, None]


def resting_weights(moment: Moment) -> tuple[Tensor, Tensor]:
    """The weights of the nearest equilibrium: G's slope is 1 or -1, D's last layer 0."""
    slope, last = moment.theta_G[0], shapes(moment.game.recipe)[1][-2] + 1
    theta_D = moment.theta_D.clone()
    theta_D[-last:] = 0.0
    return torch.stack([torch.copysign(torch.ones_like(slope), slope), 0 * slope]), theta_D


@undisturbed
def jacobian_at_rest(training: Training, member: int = 0, **changes) -> np.ndarray:
    """The Jacobian of the game where one member, with D's hidden layers as they are, would rest.

    `changes` are fields of the recipe, as in `Training.change`; the game is left as it was.
    ValueError for a game whose equilibria are not known.
    """
    rests(training)
    there = copy.deepcopy(training)
    there.change(**changes)
    moment = Moment(there, member)
    real, z = pairs_of_points()

    def cost_G(theta_G, theta_D):
        return moment.with_weights(theta_G, theta_D, 0).objective_G(real, z).sum()

    def cost_D(theta_G, theta_D):
        game = moment.with_weights(theta_G, theta_D, 0)
        loss, penalty = game.objective_D(game.D, real, game.G(z), (Domain.BETWEEN_FOR_D, 0))
        return (loss + penalty).sum()

    return jacobian(cost_G, cost_D, *resting_weights(moment))


def modulus_of_turns(matrix: np.ndarray, h: float, of_G: int = 2) -> float:
    """The largest modulus of the eigenvalues of a step of D, and then one of G, of the length h.

    `matrix` is the Jacobian of the field, whose first `of_G` rows are G's.
    """
    step_D, step_G = (np.eye(len(matrix)) for _ in range(2))
    step_D[of_G:] += h * matrix[of_G:]
    step_G[:of_G] += h * matrix[:of_G]
    return float(np.abs(np.linalg.eigvals(step_G @ step_D)).max())


def longest_step(matrix: np.ndarray, of_G: int = 2) -> float:
    """The first of `LENGTHS` at which alternating steps lead out; inf where none does.

    Weights that neither pull nor are pulled, those of the hidden layers, are left out.
    """
    pulls = np.abs(matrix).max(0) + np.abs(matrix).max(1) > SILENT**2
    moving = np.flatnonzero(pulls | (np.arange(len(matrix)) < of_G))
    matrix = matrix[np.ix_(moving, moving)]
    lengths = (h for h in LENGTHS if modulus_of_turns(matrix, h, of_G) > 1 + SILENT)
    return float(next(lengths, np.inf))


def longest_step_of_dirac(gamma):
    """That of the Dirac-GAN with R1: gamma < 2/h - h/8, solved for h."""
    return 4 * (np.sqrt(1 + np.square(gamma)) - gamma)
