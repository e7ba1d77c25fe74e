"""Laws on the line and in the plane, divergences, and the game of the paper's section 4.

numpy and scipy (sympy for the derivations); never torch and never a plot.
"""

from gan_lab.theory.densities import (
    Density,
    Estimate,
    density,
    gaussian,
    pmf,
    uniform,
)
from gan_lab.theory.divergences import chi2, hellinger2, js, kl, tv
from gan_lab.theory.drawn import drawn
from gan_lab.theory.game import C, V, game_values, optimal_logit
from gan_lab.theory.mixtures import mixture
from gan_lab.theory.plane import Plane
from gan_lab.theory.pushforward import pushforward
from gan_lab.theory.transport import w1

__all__ = [
    "C",
    "Density",
    "Estimate",
    "Plane",
    "V",
    "chi2",
    "density",
    "drawn",
    "game_values",
    "gaussian",
    "hellinger2",
    "js",
    "kl",
    "mixture",
    "optimal_logit",
    "pmf",
    "pushforward",
    "tv",
    "uniform",
    "w1",
]
