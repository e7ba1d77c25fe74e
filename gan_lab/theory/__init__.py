"""Laws on the line and in the plane, divergences, and the game of the paper's section 4.

numpy and scipy (sympy for the derivations); never torch and never a plot.
"""

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.drawn import drawn
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import distribution
from gan_lab.theory.divergences import chi2, hellinger2, js, kl, tv
from gan_lab.theory.game import C, GameValues, V, game_values, optimal_logit
from gan_lab.theory.pushforward import pushforward
from gan_lab.theory.transport import w1
from gan_lab.theory.value_terms import ValueTerms, cross_entropy, value_terms

__all__ = [
    "C",
    "Distribution",
    "Estimate",
    "GameValues",
    "V",
    "ValueTerms",
    "chi2",
    "cross_entropy",
    "distribution",
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
    "value_terms",
    "w1",
]
