r"""Two boxes that are moved apart, and noise: JSD with its slope beside the Wasserstein-1 distance.

The data are $p = U(-\tfrac12, \tfrac12)$ and the generator makes the same box moved by $\theta$;
to both a noise $N(0, \sigma^2)$ is added. Then $W_1 = |\theta|$ whatever the noise. Values are in
nats and in the units of x.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, xlogy

from gan_lab.core.validation import quoted
from gan_lab.distributions.base import finite_number
from gan_lab.theory.divergences import LOG_2

__all__ = ["Apart", "apart"]

SDS, FINE = 9.0, 16
"""How many sds of the noise the trapezoid rule goes out, and its points in one."""


class Apart(NamedTuple):
    """JSD in nats with its slope in theta, and W1 with its own."""

    jsd: float
    jsd_slope: float
    w1: float
    w1_slope: float


def apart(theta: float, sigma: float) -> Apart:
    """How far two boxes of width 1 are apart whose middles are at 0 and theta, under noise.

    A slope is that of the distance as theta moves. Where there is a kink it is 0 at theta = 0, and
    at 1 and -1, without noise, that of a larger distance.

    Parameters
    ----------
    theta : float
        Where the second box has its middle.
    sigma : float
        The standard deviation of the Gaussian noise that is added to both, 0 or more.

    Returns
    -------
    Apart
        JSD in nats and W1 in the units of x, with their slopes.

    Raises
    ------
    ValueError
        For what is no finite number, and for a negative sigma.

    References
    ----------
    Arjovsky and Bottou 2017, section 3, on noise; Arjovsky et al. 2017, Example 1.

    Examples
    --------
    >>> from gan_lab.theory.supports import apart
    >>> apart(3, 0).jsd_slope, apart(3, 0).w1_slope
    (0.0, 1.0)
    >>> round(apart(3, 1).jsd_slope, 3)
    0.152
    """
    theta, sigma = finite_number("theta", theta), finite_number("sigma", sigma)
    if sigma < 0:
        raise ValueError(f"sigma must be 0 or more, not {quoted(sigma)}")
    far, side = abs(theta), math.copysign(1.0, theta) if theta else 0.0
    jsd, slope = noisy_jsd(far, sigma) if sigma else sharp(far)
    return Apart(jsd, side * slope, far, side)


def sharp(far: float) -> tuple[float, float]:
    """JSD and its slope without noise: the boxes share 1 - far of their mass."""
    return LOG_2 * min(far, 1.0), LOG_2 if far < 1 else 0.0


def noisy_jsd(far: float, sigma: float) -> tuple[float, float]:
    """JSD and its slope with noise, by the trapezoid rule."""
    step = sigma / FINE
    reach = 0.5 + SDS * sigma
    x = np.arange(-math.ceil(reach / step), math.ceil((far + reach) / step) + 1) * step
    p, q = noisy_box(x, sigma), noisy_box(x - far, sigma)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = xlogy(p, 2 * p / (p + q)), xlogy(q, 2 * q / (p + q))
        pull = np.where(q > 0, -edge(x - far, sigma) * np.log(2 * q / (p + q)), 0.0)
    return float(0.5 * step * np.nansum(shares)), float(0.5 * step * pull.sum())


def noisy_box(x: np.ndarray, sigma: float) -> np.ndarray:
    """The density of U(-1/2, 1/2) with noise, which keeps its digits in the tails."""
    return ndtr((0.5 - np.abs(x)) / sigma) - ndtr((-0.5 - np.abs(x)) / sigma)


def edge(x: np.ndarray, sigma: float) -> np.ndarray:
    """The slope of `noisy_box` in x."""
    t = np.stack([x + 0.5, x - 0.5]) / sigma
    up, down = np.exp(-0.5 * t**2) / (sigma * math.sqrt(2 * math.pi))
    return up - down
