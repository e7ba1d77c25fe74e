"""Distributions on the line and in the plane, known in closed form. numpy and scipy alone."""

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.drawn import drawn
from gan_lab.distributions.gaussians_2d import Distribution2D, Gaussians2D
from gan_lab.distributions.mixtures import bimodal, gaussian_mixture, mixture
from gan_lab.distributions.named import distribution

__all__ = [
    "Distribution",
    "Distribution2D",
    "Estimate",
    "Gaussians2D",
    "bimodal",
    "distribution",
    "drawn",
    "gaussian",
    "gaussian_mixture",
    "mixture",
    "pmf",
    "uniform",
]
