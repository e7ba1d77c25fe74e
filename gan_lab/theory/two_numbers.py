r"""Games of two numbers: G moves $\theta$, D moves $\psi$; their fields, steps and eigenvalues.

In the bilinear game $V = \theta\psi$. In the Dirac-GAN (Mescheder, Geiger and Nowozin 2018) the
data are the number 0, G makes the number $\theta$, and D has the logit $\psi x$. Both players move
by plain gradient steps of one length $h$, with momentum $\beta$ (u = beta u + direction), and D may
pay $\tfrac\gamma2 \psi^2$, which is R1 and R2 alike, since its slope is $\psi$ everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gan_lab.core.validation import is_real, quoted

FAR = 1e3
"""A path ends where it is farther than this from (0, 0)."""


def sigmoid(s):
    """1 / (1 + exp(-s)), of complex numbers too."""
    return 0.5 * (1 + np.tanh(0.5 * s))


class Game(NamedTuple):
    """Where G and D want to go at (theta, psi)."""

    G: Callable
    D: Callable


GAMES = {
    "bilinear": Game(lambda theta, psi: -psi, lambda theta, psi: theta),
    "minimax": Game(
        lambda theta, psi: psi * sigmoid(theta * psi),
        lambda theta, psi: -theta * sigmoid(theta * psi),
    ),
    "non-saturating": Game(
        lambda theta, psi: psi * sigmoid(-theta * psi),
        lambda theta, psi: -theta * sigmoid(theta * psi),
    ),
}
"""The bilinear game, and the Dirac-GAN with two losses of G. With the pairs of a relativistic loss
the Dirac-GAN is the non-saturating one: D's output at the data is 0."""


def checked_rules(game: str) -> Game:
    """The row of GAMES; ValueError for another name."""
    if game not in GAMES:
        raise ValueError(f"game is one of {', '.join(GAMES)}, and not {quoted(game)}")
    return GAMES[game]


def numbers(**given: float) -> None:
    """ValueError for what is no finite number."""
    for name, value in given.items():
        if not is_real(value) or not math.isfinite(value):
            raise ValueError(f"{name} must be a number, not {quoted(value)}")


def velocity(game: str, theta, psi, gamma: float = 0.0) -> tuple:
    """(theta', psi') of the field along which both players move at once."""
    row = checked_rules(game)
    return row.G(theta, psi), row.D(theta, psi) - gamma * psi


def step(game: str, state, h: float, beta: float, gamma: float, alternating: bool) -> tuple:
    """(theta, psi, u, w) after a step of both; u and w are their momenta. D moves first where they
    alternate, and G answers the new psi."""
    row = checked_rules(game)
    theta, psi, u, w = state
    w = beta * w + row.D(theta, psi) - gamma * psi
    new = psi + h * w
    u = beta * u + row.G(theta, new if alternating else psi)
    return theta + h * u, new, u, w


def trajectory(
    game: str, start, n: int, *, h: float, beta: float = 0.0, gamma: float = 0.0,
    alternating: bool = True,
) -> np.ndarray:  # fmt: skip
    """The points of n steps from `start` = (theta, psi), (n + 1, 2); fewer where one is beyond FAR.

    ValueError for an unknown game and for what is no number.
    """
    numbers(theta=start[0], psi=start[1], h=h, beta=beta, gamma=gamma)
    state = (float(start[0]), float(start[1]), 0.0, 0.0)
    points = [state[:2]]
    while len(points) <= n and math.hypot(*points[-1]) <= FAR:
        state = step(game, state, h, beta, gamma, alternating)
        points.append(state[:2])
    return np.array(points)


def jacobian_of_map(of: Callable, at: tuple) -> np.ndarray:
    """The matrix of derivatives of a map of numbers, which takes complex ones: by a step of
    1e-20 i, exact but for rounding."""
    columns = []
    for i in range(len(at)):
        moved = [x + (1e-20j if k == i else 0) for k, x in enumerate(at)]
        columns.append([np.imag(y) / 1e-20 for y in of(*moved)])
    return np.array(columns).T


def eigenvalues(
    game: str, *, h: float, beta: float = 0.0, gamma: float = 0.0, alternating: bool = True
) -> np.ndarray:
    """Those of a step's Jacobian at (0, 0), the largest modulus first: four, or two for beta = 0.

    ValueError for an unknown game and for what is no number.
    """
    numbers(h=h, beta=beta, gamma=gamma)

    def moved(*state):
        return step(game, state, h, beta, gamma, alternating)

    matrix = jacobian_of_map(moved, (0.0, 0.0, 0.0, 0.0))
    found = np.linalg.eigvals(matrix if beta else matrix[:2, :2])
    return found[np.argsort(-np.abs(found))]


def radius(game: str, **numbers_of_step) -> float:
    """The largest modulus of `eigenvalues`: below 1 a step leads in near (0, 0), above 1 out."""
    return float(np.abs(eigenvalues(game, **numbers_of_step)[0]))
