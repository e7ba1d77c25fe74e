r"""Losses of G against a D that is at its best and stands still, and what they then descend.

A loss is a function phi of the odds r = D/(1 - D), here of their logarithm, the logit l. At the
best D of a pair r = p_data/p_G. With D held there, G descends the divergence
D_F(p_data, p_G) = E_{p_G}[F(p_data/p_G)] whose F has F''(r) = -phi'(r)/r. In nats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gan_lab.distributions.base import Distribution, Estimate, without_float_warnings
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.divergences import chi2, hellinger2, js, kl

Of = Callable[[Any], Any]
"""A function of a number, or of each in an array; what it hands back is alike."""


def softplus(l):
    """log(1 + exp(l)), at any l."""
    return np.logaddexp(0.0, l)


def times(factor: float, found: Estimate) -> Estimate:
    return Estimate(factor * found.value, factor * found.error)


def twice_kl_from_middle(p: Distribution, q: Distribution) -> Estimate:
    """2 KL(m || p) with m the mean of p and q; Shannon et al. 2020."""
    return times(2.0, kl(mixture([p, q]), p))


@dataclass(frozen=True)
class GeneratorLoss:
    """A loss of G by the logit l of D, which falls in it.

    `cost` is phi; `log_steepness` is log(-d phi/dl), which does not overflow; `slope` is F' and
    `bend` F'', both by l. `slope_far` is F'(inf), inf where a p_data beyond p_G costs without
    bound. `divergence(p_data, p_G)` is D_F, 0 where they are equal.
    """

    cost: Of
    log_steepness: Of
    slope: Of
    slope_far: float
    bend: Of
    divergence: Callable[[Distribution, Distribution], Estimate]

    @without_float_warnings
    def pull(self, l, logit_slope):
        """Where a sample wants to go: minus the slope of phi in x, of l and dl/dx at x."""
        return np.exp(self.log_steepness(l)) * logit_slope


GENERATOR_LOSSES = {
    "minimax": GeneratorLoss(
        cost=lambda l: -softplus(l),
        log_steepness=lambda l: -softplus(-l),
        slope=lambda l: -softplus(-l),
        slope_far=0.0,
        bend=lambda l: np.exp(-l - softplus(l)),
        divergence=lambda p, q: times(2.0, js(p, q)),
    ),
    "non-saturating": GeneratorLoss(
        cost=lambda l: softplus(-l),
        log_steepness=lambda l: -softplus(l),
        slope=lambda l: softplus(-l) - np.exp(-l),
        slope_far=0.0,
        bend=lambda l: np.exp(-2 * l - softplus(l)),
        divergence=twice_kl_from_middle,
    ),
    "maximum-likelihood": GeneratorLoss(
        cost=lambda l: -0.5 * np.exp(l),
        log_steepness=lambda l: l - np.log(2),
        slope=lambda l: 0.5 * l,
        slope_far=np.inf,
        bend=lambda l: 0.5 * np.exp(-l),
        divergence=lambda p, q: times(0.5, kl(p, q)),
    ),
    "raise-the-logit": GeneratorLoss(
        cost=lambda l: -l,
        log_steepness=lambda l: 0.0 * l,
        slope=lambda l: -np.exp(-l),
        slope_far=0.0,
        bend=lambda l: np.exp(-2 * l),
        divergence=lambda p, q: kl(q, p),
    ),
    "f-hellinger": GeneratorLoss(
        cost=lambda l: -np.exp(0.5 * l),
        log_steepness=lambda l: 0.5 * l - np.log(2),
        slope=lambda l: -np.exp(-0.5 * l),
        slope_far=0.0,
        bend=lambda l: 0.5 * np.exp(-1.5 * l),
        divergence=lambda p, q: times(2.0, hellinger2(p, q)),
    ),
    "f-pearson": GeneratorLoss(
        cost=lambda l: -np.exp(2 * l),
        log_steepness=lambda l: 2 * l + np.log(2),
        slope=lambda l: 2 * np.exp(l),
        slope_far=np.inf,
        bend=lambda l: 2.0 + 0.0 * l,
        divergence=chi2,
    ),
}
"""The three games of Goodfellow 2016, section 3.2, and three more: the logit itself as the wage of
G, and two of the f-GAN family, where F is the f of the divergence."""
