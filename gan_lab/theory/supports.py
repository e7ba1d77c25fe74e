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

SDS, FINE, FAR = 9, 16, 80
"""How many sds of the noise the trapezoid rule goes out from an end of a box, its points in one,
and how many lie between two boxes that share nothing that a float holds."""
WIDE = 4.0
"""With more noise than this a box is narrow: what differs between its ends would lose digits."""
LEAST = 1e-9
"""The least noise; with less there are too few floats in its sd."""


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
        The standard deviation of the Gaussian noise that is added to both, 0, or 1e-9 or more.

    Returns
    -------
    Apart
        JSD in nats and W1 in the units of x, with their slopes.

    Raises
    ------
    ValueError
        For what is no finite number, and for any other sigma.

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
    if sigma != 0 and sigma < LEAST:
        raise ValueError(f"sigma must be 0, or {LEAST:g} or more, not {quoted(sigma)}")
    far, side = abs(theta), math.copysign(1.0, theta) if theta else 0.0
    jsd, slope = noisy_jsd(far, sigma) if sigma else sharp(far)
    return Apart(jsd, side * slope, far, side)


def sharp(far: float) -> tuple[float, float]:
    """JSD and its slope without noise: the boxes share 1 - far of their mass."""
    return LOG_2 * min(far, 1.0), LOG_2 if far < 1 else 0.0


def noisy_jsd(far: float, sigma: float) -> tuple[float, float]:
    """JSD and its slope with noise, by the trapezoid rule."""
    if far - 1 > FAR * sigma:
        return LOG_2, 0.0
    step = sigma / FINE
    ends = np.array([-0.5, 0.5, far - 0.5, far + 0.5])
    near = np.arange(-SDS * FINE, SDS * FINE + 1)
    x = step * np.unique(np.round(ends / step)[:, None] + near)  # elsewhere both are flat
    p, q = noisy_box(x, sigma), noisy_box(x - far, sigma)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = xlogy(p, 2 * p / (p + q)), xlogy(q, 2 * q / (p + q))
        pull = np.where(q > 0, -edge(x - far, sigma) * np.log(2 * q / (p + q)), 0.0)
    jsd, slope = (0.5 * np.trapezoid(y, x) for y in (np.nan_to_num(shares).sum(axis=0), pull))
    return float(jsd), float(slope)


def noisy_box(x: np.ndarray, sigma: float) -> np.ndarray:
    """The density of U(-1/2, 1/2) with noise, which keeps its digits in the tails."""
    if sigma > WIDE:
        at, weight = np.polynomial.legendre.leggauss(5)
        return (
            np.exp(-0.5 * ((x + at[:, None] / 2) / sigma) ** 2).T
            @ weight
            / (2 * area_of_bell(sigma))
        )
    return ndtr((0.5 - np.abs(x)) / sigma) - ndtr((-0.5 - np.abs(x)) / sigma)


def edge(x: np.ndarray, sigma: float) -> np.ndarray:
    """The slope of `noisy_box` in x: a difference of two bells, written as a product."""
    if sigma > WIDE:
        bell = np.exp(-0.5 * (x**2 + 0.25) / sigma**2)
        return -2 * bell * np.sinh(x / (2 * sigma**2)) / area_of_bell(sigma)
    t = np.stack([x + 0.5, x - 0.5]) / sigma
    up, down = np.exp(-0.5 * t**2) / area_of_bell(sigma)
    return up - down


def area_of_bell(sigma: float) -> float:
    """The integral of exp(-x^2 / (2 sigma^2))."""
    return sigma * math.sqrt(2 * math.pi)
