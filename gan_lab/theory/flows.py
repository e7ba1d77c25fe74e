"""Flows on the line: samples that follow a velocity from z at time 0 to x at time 1.

With a pair of independent z from N(0, 1) and x from the data, and x_t = (1 - t) z + t x, the
velocity E[x - z | x_t] carries N(0, 1) to the data (Lipman et al. 2023, Liu et al. 2023). Of a
mixture of Gaussians it is in closed form here.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gan_lab.core.validation import array, quoted, whole_from
from gan_lab.distributions.base import Distribution
from gan_lab.distributions.continuous import Gaussian, gaussian
from gan_lab.distributions.mixtures import Mixture
from gan_lab.theory.divergences import js
from gan_lab.theory.pushforward import pushforward

__all__ = ["euler_jsd", "euler_map", "euler_path", "straight_velocity"]

Velocity = Callable[[np.ndarray, float], np.ndarray]
"""(x, t) to the slope of the path through x at time t; of an array the same shape."""


def straight_velocity(data: Distribution) -> Velocity:
    """The velocity E[x - z | x_t] of flow matching on straight paths, exactly.

    Parameters
    ----------
    data : Distribution
        A Gaussian, or a mixture of Gaussians: of x. The noise z is N(0, 1), independent of it.

    Returns
    -------
    callable
        Of points x (an array) and a time t from 0 to 1.

    Raises
    ------
    ValueError
        For other data.

    References
    ----------
    Lipman et al. 2023, Equation 8; Liu et al. 2023.

    Examples
    --------
    >>> from gan_lab.theory.flows import straight_velocity
    >>> from gan_lab.distributions import gaussian
    >>> straight_velocity(gaussian(3, 0.5))([-1.0, 0.0], 0.0).tolist()
    [4.0, 3.0]
    """
    log_weights, means, sds = parts_of_gaussians(data)

    def velocity(x, t):
        x = array(x, "x")[..., None]
        var = (1 - t) ** 2 + (t * sds) ** 2  # of x_t, in each part
        away = x - t * means
        logs = log_weights - 0.5 * np.log(var) - 0.5 * away**2 / var
        share = np.exp(logs - logs.max(-1, keepdims=True))
        each = means + (t * sds**2 - (1 - t)) / var * away
        return (share * each).sum(-1) / share.sum(-1)

    return velocity


def parts_of_gaussians(data: Distribution) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Log weights, means and sds, each (parts,), of a Gaussian or of a mixture of them."""
    if isinstance(data, Gaussian):
        return np.zeros(1), np.array([data.mean]), np.array([data.sd])
    if not (isinstance(data, Mixture) and data.of_gaussians):
        raise ValueError(f"data must be a Gaussian or a mixture of Gaussians, not {quoted(data)}")
    return np.log(data.weights), np.array(data.means), np.array(data.sds)


def euler_map(velocity: Velocity, steps: int) -> Callable[[np.ndarray], np.ndarray]:
    """z to x by Euler's method: so many equal steps from time 0 to time 1.

    Parameters
    ----------
    velocity : callable
        Of points and a time, such as `straight_velocity` of data.
    steps : int
        How many: a sample costs as many evaluations of the velocity.

    Returns
    -------
    callable
        Of an array of z; the same shape.

    Raises
    ------
    ValueError
        Unless steps is a whole number from 1 on.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> from gan_lab.theory.flows import euler_map, straight_velocity
    >>> euler_map(straight_velocity(gaussian(3, 0.5)), 1)([-1.0, 0.0, 2.0]).tolist()
    [3.0, 3.0, 3.0]
    """
    steps = whole_from(1, steps, "steps")
    return lambda z: euler_path(velocity, steps, z)[-1]


def euler_path(velocity: Velocity, steps: int, z) -> np.ndarray:
    """Where each z is after each step, (steps + 1, ...), by Euler's method.

    Parameters
    ----------
    velocity : callable
        Of points and a time.
    steps : int
        How many, from time 0 to time 1.
    z : array
        Where to begin.

    Returns
    -------
    ndarray of shape (steps + 1, ...)
        z first, and x last.

    Raises
    ------
    ValueError
        Unless steps is a whole number from 1 on.

    Examples
    --------
    >>> from gan_lab.theory.flows import euler_path
    >>> euler_path(lambda x, t: 2 * x, 2, 1.0).tolist()
    [1.0, 2.0, 4.0]
    """
    steps = whole_from(1, steps, "steps")
    path = [array(z, "z").astype(float)]
    for k in range(steps):
        path.append(path[-1] + velocity(path[-1], k / steps) / steps)
    return np.array(path)


def euler_jsd(data: Distribution, steps: int) -> float:
    """JSD of the data and of what so many Euler steps along their exact velocity make, in nats.

    Parameters
    ----------
    data : Distribution
        A Gaussian, or a mixture of Gaussians.
    steps : int
        How many steps.

    Returns
    -------
    float
        From 0 to log 2, which it is for one step.

    Raises
    ------
    ValueError
        For other data, and unless steps is a whole number from 1 on.

    Examples
    --------
    >>> from gan_lab.distributions import gaussian
    >>> from gan_lab.theory.flows import euler_jsd
    >>> [round(euler_jsd(gaussian(0, 1), n), 4) for n in (1, 2, 16)]
    [0.6931, 0.0927, 0.0016]
    """
    G = euler_map(straight_velocity(data), steps)
    return js(data, pushforward(G, gaussian(0, 1), linear=steps == 1)).value
