"""The game as a vector field at one moment: the gradient that reaches G, and the Jacobian.

Both players descend at once along v = (-grad_G cost_G, -grad_D cost_D), as in Mescheder, Geiger and
Nowozin 2018, section 2, who study the eigenvalues of its Jacobian: a real part below 0 draws in, an
imaginary part turns. Everything here is float64, on the CPU, in the players' own units (see
`training`), of one member, and of gradients alone: optimizers, rates and constraints are not in it.
The expectations are means over minibatches of the recipe's streams, from iteration 0 on, with the
noise and the rates of this moment, and the errors are jackknives over them. At an equilibrium the
gradient to G is 0.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from gan_lab.core.ambient import undisturbed
from gan_lab.core.random_streams import Domain
from gan_lab.core.validation import checked_game, member_of, whole_between
from gan_lab.metrics.scores import Score
from gan_lab.metrics.standard_errors import jackknife_variance
from gan_lab.training.loop import Training
from gan_lab.training.objective import BLUR_FOR_D

MOST = 4000
"""The most weights of G and D together with which the Jacobian is written out."""


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The eigenvalues of a game's Jacobian: whether it grows, dies out, or turns.

    Parameters
    ----------
    eigenvalues : ndarray of complex of shape (weights,)
        All of them, the largest modulus first.
    growth : Score
        The largest real part, of what grows fastest or, if nothing grows, dies out slowest.
    radius : Score
        The largest modulus.
    turning : Score
        The largest imaginary part.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.training import spectrum
    >>> found = spectrum(Training(Recipe(G=(2,), D=(2,), m=8), device="cpu"), minibatches=2)
    >>> len(found.eigenvalues), found.radius.value >= found.turning.value
    (14, True)
    """

    eigenvalues: np.ndarray
    growth: Score
    radius: Score
    turning: Score


@undisturbed
def jacobian(cost_G: Callable, cost_D: Callable, theta_G: Tensor, theta_D: Tensor) -> np.ndarray:
    """The matrix dv/d(theta_G, theta_D) of v = (-d cost_G/d theta_G, -d cost_D/d theta_D).

    The costs map (theta_G, theta_D), flat float64 tensors, to one number each and can be
    differentiated twice. Exact but for rounding; a row at a time.
    """
    theta_G, theta_D = (t.detach().clone().requires_grad_() for t in (theta_G, theta_D))
    rows = []
    for cost, theta in ((cost_G, theta_G), (cost_D, theta_D)):
        value = cost(theta_G, theta_D)
        (slope,) = torch.autograd.grad(value, theta, create_graph=True)
        for entry in slope.flatten():
            rows.append(torch.cat([-d.flatten() for d in differentiated(entry, theta_G, theta_D)]))
    return torch.stack(rows).numpy()


def differentiated(value: Tensor, *thetas: Tensor) -> list[Tensor]:
    """The gradients of a number, zeros where it does not depend on what it is asked for."""
    if not value.requires_grad:
        return [torch.zeros_like(t) for t in thetas]
    found = torch.autograd.grad(value, thetas, retain_graph=True, allow_unused=True)
    return [torch.zeros_like(t) if d is None else d for t, d in zip(thetas, found, strict=True)]


class Still(Training):
    """A game whose schedules stand still, of whatever iteration its minibatches are."""

    share_done: Any = 0.0  # pyright: ignore[reportAssignmentType]  # a property of others


class Moment:
    """One member of a game as it is now, in float64, as costs of its weights."""

    def __init__(self, training: Training, member: int = 0):
        alone = checked_game(training).recipe.alone(member).but(dtype="float64")
        self.game = Still(alone, "cpu")
        self.game.share_done = training.share_done
        self.theta_G, self.theta_D = (
            player.flat[member].detach().cpu().double() for player in (training.G, training.D)
        )

    def with_weights(self, theta_G: Tensor, theta_D: Tensor, i: int) -> Training:
        game = copy.copy(self.game)
        game.t = i
        game.G, game.D = game.G.over(theta_G[None]), game.D.over(theta_D[None])
        return game

    def objective_G(self, theta_G: Tensor, theta_D: Tensor, i: int) -> Tensor:
        """G's cost on the minibatch of iteration i."""
        game = self.with_weights(theta_G, theta_D, i)
        return game.objective_G(*game.minibatches.for_G(i)).sum()

    def objective_D(self, theta_G: Tensor, theta_D: Tensor, i: int) -> Tensor:
        """D's cost, penalties and all, on the first minibatch of iteration i."""
        game = self.with_weights(theta_G, theta_D, i)
        real, z = game.minibatches.for_D(i, 0)
        real, fake = game.augment(real, game.made(z), BLUR_FOR_D)
        loss, penalty = game.objective_D(game.D, real, fake, (Domain.BETWEEN_FOR_D, 0))
        return (loss + penalty).sum()

    def jacobian(self, i: int) -> np.ndarray:
        """The Jacobian on the minibatches of iteration i."""
        return jacobian(
            lambda G, D: self.objective_G(G, D, i),
            lambda G, D: self.objective_D(G, D, i),
            self.theta_G,
            self.theta_D,
        )

    def gradient_to_G(self, i: int) -> np.ndarray:
        """-v_G on the minibatch of iteration i."""
        theta = self.theta_G.clone().requires_grad_()
        (slope,) = torch.autograd.grad(self.objective_G(theta, self.theta_D, i), theta)
        return slope.numpy()


def jackknife(values, of: Callable) -> tuple[float, float]:
    """of(mean of values) and its standard error, by leaving out one value at a time."""
    total, n = sum(values), len(values)
    left = np.array([of((total - v) / (n - 1)) for v in values])
    return float(of(total / n)), math.sqrt(jackknife_variance(left))


@undisturbed
def gradient_norm(training: Training, member: int = 0, minibatches: int = 16) -> Score:
    """The norm of G's gradient of one member, to see vanishing gradients.

    How much of D's signal reaches G's weights: of the gradient's mean over the minibatches. Its
    square is biased upwards by the noise of that mean, which alone has the norm that is stated.

    Parameters
    ----------
    training : Training
        The game, which is left as it was.
    member : int
        Which member.
    minibatches : int
        Over how many, from 2 on.

    Returns
    -------
    Score
        The norm, and its standard error by jackknife.

    Raises
    ------
    ValueError
        For a member that is not there, and for another number of minibatches.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.training import gradient_norm
    >>> gradient_norm(Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")).value > 0
    True
    """
    moment, n = Moment(training, member), whole_between(2, 10_000, minibatches, "minibatches")
    slopes = np.stack([moment.gradient_to_G(i) for i in range(n)])
    value, error = jackknife(slopes, np.linalg.norm)
    noise = math.sqrt(float(slopes.var(axis=0, ddof=1).sum()) / n)
    return Score(value, error, f"jackknife over {n} minibatches; noise alone has {noise:.2g}")


@undisturbed
def next_gradient_norm(training: Training, member: int = 0) -> float:
    """The norm of G's gradient on the minibatch of its next step, if that were now.

    One pass in the game's own precision, without an error: to be looked at all the time.

    Parameters
    ----------
    training : Training
        The game, which is left as it was.
    member : int
        Which member.

    Returns
    -------
    float
        The norm.

    Raises
    ------
    ValueError
        For a member that is not there.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.training import next_gradient_norm
    >>> next_gradient_norm(Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")) > 0
    True
    """
    member = member_of(checked_game(training).members, member)
    cost = training.objective_G(*training.minibatches.for_G(training.t))
    gradient = torch.autograd.grad(cost[member], training.G.parameters)
    return float(torch.cat([g[member].flatten() for g in gradient]).double().norm())


@undisturbed
def spectrum(training: Training, member: int = 0, minibatches: int = 4) -> Spectrum:
    """Eigenvalues of the Jacobian of a GAN's game, with errors: does it converge, grow, or turn.

    Of the Jacobian of the mean cost over the minibatches.

    Parameters
    ----------
    training : Training
        The game, which is left as it was.
    member : int
        Which member.
    minibatches : int
        Over how many, from 2 on.

    Returns
    -------
    Spectrum
        All eigenvalues, and the largest parts with standard errors by jackknife.

    Raises
    ------
    ValueError
        For more than 4000 weights, of which it would be a matrix of 16 million; for a member that
        is not there, and for another number of minibatches.

    References
    ----------
    Mescheder, Geiger and Nowozin 2018, Section 2.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.training import spectrum
    >>> found = spectrum(Training(Recipe(G=(2,), D=(2,), m=8), device="cpu"), minibatches=2)
    >>> found.growth.error >= 0
    True
    """
    moment, n = Moment(training, member), whole_between(2, 1000, minibatches, "minibatches")
    count = len(moment.theta_G) + len(moment.theta_D)
    if count > MOST:
        raise ValueError(
            f"the Jacobian is written out for at most {MOST} weights, and G and D have {count}"
        )
    matrices = [moment.jacobian(i) for i in range(n)]
    found = np.linalg.eigvals(sum(matrices) / n)
    parts = {
        "growth": lambda l: l.real.max(),
        "radius": lambda l: np.abs(l).max(),
        "turning": lambda l: l.imag.max(),
    }
    # one decomposition for each matrix left out, then every number of it
    left = [np.linalg.eigvals((sum(matrices) - m) / (n - 1)) for m in matrices]
    scores = {}
    for name, of in parts.items():
        error = math.sqrt(jackknife_variance([of(l) for l in left]))
        scores[name] = Score(float(of(found)), error, f"jackknife over {n} minibatches")
    return Spectrum(found[np.argsort(-np.abs(found))], **scores)
