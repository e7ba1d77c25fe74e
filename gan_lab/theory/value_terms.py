r"""The two terms of V, each where its samples come from, and the cross-entropy that D lowers.

The second term is integrated over the noise z, so it needs no density of G(z): a G that folds, or
is flat in places, is no harder than another. All values are in nats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import expit

from gan_lab.core.validation import is_real, quoted
from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import as_distribution
from gan_lab.theory.divergences import both_softplus, cells_of
from gan_lab.theory.game import Logit, checked_logit, log_sigmoid, optimal_logit, weighted
from gan_lab.theory.quadrature import integrate


class ValueTerms(NamedTuple):
    """The two terms of V(G, D), in nats.

    Parameters
    ----------
    data : Estimate
        E_{p_data}[log D(x)], which only D moves.
    noise : Estimate
        E_{p_z}[log(1 - D(G(z)))], which both players move.

    References
    ----------
    Goodfellow et al. 2014, Equation 1.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, value_terms
    >>> now = value_terms(lambda x: 0 * x, lambda z: 2 * z, gaussian(0, 1), gaussian(0, 1))
    >>> round(now.V.value, 6)
    -1.386294
    """

    data: Estimate
    noise: Estimate

    @property
    def V(self) -> Estimate:
        """The sum of both, which is the value of the game."""
        return Estimate(self.data.value + self.noise.value, self.data.error + self.noise.error)


@without_float_warnings
def expectation(h: Callable, p: Distribution, kinks: Sequence[float] | np.ndarray = ()) -> Estimate:
    """E_p[h(x)], over the part of p with a density plus the atoms."""

    def integrand(anchor, s):
        density, x = np.exp(p.log_near(anchor, s)), anchor + s
        here, values = density > 0, np.zeros(density.shape)
        values[here] = h(x[here])
        terms = weighted(density, values)
        return terms, 16 * EPS * (density + np.abs(terms))

    value, error = integrate(integrand, cells_of(p, extra=kinks))
    value += sum(mass * float(h(np.array([x]))[0]) for x, mass in p.atoms)
    return Estimate(value, error + p.error)


def value_terms(
    logit: Logit,
    G: Callable[[np.ndarray], np.ndarray],
    p_data: Distribution,
    p_z: Distribution,
    kinks: Sequence[float] = (),
) -> ValueTerms:
    """Both terms of V(G, D) exactly: the average over the data, and the average over the noise.

    Parameters
    ----------
    logit : callable
        D in logits, from an array of x to one of the same shape.
    G : callable
        From an array of z to the x that it makes, of the same shape.
    p_data, p_z : Distribution
        The distributions of the data and of the noise.
    kinks : sequence of float
        The z at which D(G(z)) is not smooth.

    Returns
    -------
    ValueTerms
        `data`, `noise` and their sum `V`, each an `Estimate` in nats.

    Raises
    ------
    ValueError
        When the logit returns another shape or nan.

    References
    ----------
    Goodfellow et al. 2014, Equation 1.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, value_terms
    >>> p = gaussian(0, 1)
    >>> now = value_terms(lambda x: -x, lambda z: 1 + z, p, p)
    >>> round(now.data.value, 4), round(now.noise.value, 4)
    (-0.8061, -0.4069)
    """
    p_data, p_z = as_distribution("p_data", p_data), as_distribution("p_z", p_z)
    return ValueTerms(
        expectation(lambda x: log_sigmoid(checked_logit(logit, x)), p_data),
        expectation(
            lambda z: log_sigmoid(-checked_logit(logit, np.asarray(G(z), float))), p_z, kinks
        ),
    )


def cross_entropy(
    logit: Logit, p_data: Distribution, p_g: Distribution, share: float = 0.5
) -> Estimate:
    """The binary cross-entropy of D as a classifier of data (label 1) and samples (label 0).

    It is computed as a classifier meets it: x is drawn first, from the mixture of both, and then
    its label, by Bayes' rule.

    Parameters
    ----------
    logit : callable
        D in logits, from an array of x to one of the same shape.
    p_data, p_g : Distribution
        The distributions of the data and of G(z).
    share : float
        The probability of the label 1, above 0 and below 1.

    Returns
    -------
    Estimate
        In nats, and its error. At the share 1/2 it is -V(G, D)/2.

    Raises
    ------
    ValueError
        For another share, and when the logit returns another shape or nan.

    References
    ----------
    Goodfellow 2016, section 3.2.1.

    Examples
    --------
    >>> from gan_lab.theory import cross_entropy, gaussian
    >>> round(cross_entropy(lambda x: 0 * x, gaussian(3, 0.5), gaussian(0, 1)).value, 6)
    0.693147
    """
    if not is_real(share) or not 0 < share < 1:
        raise ValueError(f"share must be a number above 0 and below 1, not {quoted(share)}")
    p_data, p_g = as_distribution("p_data", p_data), as_distribution("p_g", p_g)
    ratio, prior = optimal_logit(p_data, p_g), np.log(share / (1 - share))

    def cost(x):
        odds = prior + ratio(x)
        odds[np.isnan(odds)] = 0.0  # an x that rounding has put off both supports
        is_data, costs = expit(odds), both_softplus(checked_logit(logit, x))
        return weighted(is_data, costs[0]) + weighted(1 - is_data, costs[1])

    return expectation(cost, mixture([p_data, p_g], [share, 1 - share]))
