"""A lower bound of log p(x), and what it lacks, where all is Gaussian and linear; in nats.

z is N(0, 1), x given z is N(w z, s^2), and q, which stands for the posterior, is N(m, t^2).
"""

from __future__ import annotations

from math import log, pi
from typing import NamedTuple


class LinearGaussian(NamedTuple):
    """log p(x); the ELBO with its two terms; how far q is from the posterior, and what that is."""

    log_p: float
    elbo: float
    fit: float
    cost: float
    gap: float
    mean: float
    sd: float


def kl_of_normals(m: float, t: float, mean: float, sd: float) -> float:
    """KL(N(m, t^2) || N(mean, sd^2))."""
    return log(sd / t) + (t**2 + (m - mean) ** 2) / (2 * sd**2) - 0.5


def linear_gaussian_elbo(x: float, w: float, s: float, m: float, t: float) -> LinearGaussian:
    """log p(x), and what q = N(m, t^2) makes of it; `fit` is E_q[log p(x | z)], `cost` its KL to
    the prior."""
    total = w**2 + s**2
    log_p = -log(2 * pi * total) / 2 - x**2 / (2 * total)
    fit = -log(2 * pi * s**2) / 2 - ((x - w * m) ** 2 + w**2 * t**2) / (2 * s**2)
    cost = kl_of_normals(m, t, 0.0, 1.0)
    mean, sd = w * x / total, s / total**0.5
    return LinearGaussian(log_p, fit - cost, fit, cost, kl_of_normals(m, t, mean, sd), mean, sd)
