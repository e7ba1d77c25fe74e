r"""The game of Goodfellow et al. 2014, section 4: V, the best discriminator, and C(G).

A discriminator is given by its logit, log D - log(1 - D): D near 0 or 1 rounds, its logit does
not. All values are in nats.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.named import as_distribution
from gan_lab.theory.divergences import (
    Nodes,
    Term,
    both_softplus,
    cells_of,
    f_term,
    js_term,
    over_both,
    product,
)

LOG_4 = float(np.log(4))
Logit = Callable[[np.ndarray], np.ndarray]


@without_float_warnings
def log_sigmoid(l):
    """log(1 / (1 + exp(-l))), at any l."""
    return -both_softplus(l)[0]


@without_float_warnings
def weighted(weight, log):
    """weight * log with 0 * (-inf) = 0: where there is no probability there is no term."""
    return np.where(weight == 0, 0.0, weight * log)


@dataclass(frozen=True, eq=False)
class BestLogit:
    """The logit of D*, which knows its two distributions."""

    p_data: Distribution
    p_g: Distribution

    def __call__(self, x):
        x = np.asarray(x, dtype=float)
        return self.given(x, self.p_data.logpdf(x), self.p_g.logpdf(x))

    @without_float_warnings
    def given(self, x, log_data, log_g):
        """The logit at x, where the logarithms of both densities are known already."""
        a, b = self.p_data.mass(x), self.p_g.mass(x)
        return np.where(a + b > 0, np.log(a) - np.log(b), log_data - log_g)

    def near(self, anchor, s):
        """The logit at anchor + s, where s may be far below the spacing of floats there."""
        return self.p_data.log_near(anchor, s) - self.p_g.log_near(anchor, s)


def optimal_logit(p_data: Distribution, p_g: Distribution) -> BestLogit:
    """The optimal discriminator D* in logits: x -> log p_data(x) - log p_g(x).

    Parameters
    ----------
    p_data, p_g : Distribution
        The distributions of the data and of G(z).

    Returns
    -------
    callable
        Of an array of x. +inf off the support of p_g, -inf off that of p_data, nan off both, where
        the paper leaves D* undefined. At an atom the masses take the place of the densities.

    References
    ----------
    Goodfellow et al. 2014, Proposition 1.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.theory import optimal_logit, uniform
    >>> optimal_logit(uniform(0, 2), uniform(1, 3))(np.array([0.5, 1.5, 2.5]))
    array([ inf,   0., -inf])
    """
    return BestLogit(as_distribution("p_data", p_data), as_distribution("p_g", p_g))


def checked_logit(logit: Logit, x: np.ndarray) -> np.ndarray:
    """logit(x) as float64; a ValueError in one sentence unless it is numbers in x's shape."""
    l = np.asarray(logit(x), dtype=float)
    if l.shape != np.shape(x):
        raise ValueError(
            f"The logit must return an array of the shape it was given, {np.shape(x)}, "
            f"and returned one of shape {l.shape}."
        )
    if np.isnan(l).any():
        raise ValueError("The logit must be a number wherever one density is positive.")
    return l


class GameValues(NamedTuple):
    """The values of a game at one moment: V(G, D), C(G) = V(G, D*), and the JSD, in nats.

    Parameters
    ----------
    V : Estimate
        V(G, D).
    C : Estimate
        C(G) = 2 js - log 4.
    js : Estimate
        The Jensen-Shannon divergence of p_data and p_g.

    Examples
    --------
    >>> from gan_lab.theory import game_values, gaussian
    >>> p = gaussian(3, 0.5)
    >>> round(game_values(lambda x: 0.0 * x, p, p).C.value, 6)
    -1.386294
    """

    V: Estimate
    C: Estimate
    js: Estimate


@without_float_warnings
def game_values(logit: Logit, p_data: Distribution, p_g: Distribution, panels=()) -> GameValues:
    """`V`, `C` and the JSD of one moment of a game, integrated over the same nodes.

    As `V`, `C` and `js` give them, but the densities are computed once for all three, which is
    most of what each costs.

    Parameters
    ----------
    logit : callable
        D in logits, as `V` takes it.
    p_data, p_g : Distribution
        The distributions of the data and of G(z).
    panels : sequence of float
        Further points where the logit is not smooth.

    Returns
    -------
    GameValues
        `V`, `C` and `js`, each an `Estimate` in nats.

    Raises
    ------
    ValueError
        As `V` does.

    References
    ----------
    Goodfellow et al. 2014, Equations 1 and 4, Theorem 1.

    Examples
    --------
    >>> import math
    >>> from gan_lab.theory import game_values, gaussian
    >>> now = game_values(lambda x: 0.0 * x, gaussian(3, 0.5), gaussian(0, 1))
    >>> now.V.value < now.C.value
    True
    >>> abs(now.C.value - (2 * now.js.value - math.log(4))) < 1e-6
    True
    """
    p_data, p_g = as_distribution("p_data", p_data), as_distribution("p_g", p_g)
    terms = [V_term(logit, p_data, p_g), C_term(p_data, p_g), js_term(p_data, p_g)]
    cells = cells_of(p_data, p_g, extra=panels)
    return GameValues(*over_both(terms, p_data, p_g, cells))


@without_float_warnings
def V(logit: Logit, p_data: Distribution, p_g: Distribution, panels=()) -> Estimate:
    """The value of the game, V(G, D) = E_{p_data}[log D(x)] + E_{p_g}[log(1 - D(x))], in nats.

    V is at most 0; at the best logit of these very distributions it is at least -log 4.

    Parameters
    ----------
    logit : callable
        D in logits, D(x) = 1 / (1 + exp(-logit(x))): maps a 1-D float64 array to one of the same
        shape, and may be infinite.
    p_data, p_g : Distribution
        The distributions of the data and of G(z).
    panels : sequence of float
        Further points where the logit is not smooth.

    Returns
    -------
    Estimate
        V in nats, and its error.

    Raises
    ------
    ValueError
        When the logit returns another shape or nan.

    References
    ----------
    Goodfellow et al. 2014, Equation 1.

    Examples
    --------
    >>> from gan_lab.theory import V, gaussian
    >>> undecided = V(lambda x: 0.0 * x, gaussian(3, 0.5), gaussian(0, 1))
    >>> round(undecided.value, 6)
    -1.386294
    """
    p_data, p_g = as_distribution("p_data", p_data), as_distribution("p_g", p_g)
    cells = cells_of(p_data, p_g, extra=panels)
    (found,) = over_both([V_term(logit, p_data, p_g)], p_data, p_g, cells)
    return found


def V_term(logit: Logit, p_data: Distribution, p_g: Distribution) -> Term:
    """V(G, D) as something to be integrated."""
    best = isinstance(logit, BestLogit) and (logit.p_data, logit.p_g) == (p_data, p_g)

    def at(nodes: Nodes):
        a, b, x = nodes.p, nodes.q, nodes.anchor + nodes.s
        # far out, where neither law has any probability, the logit may overflow
        l, here = np.zeros(a.shape), a + b > 0
        l[here] = (
            checked_logit(logit, x[here]) if not best else logit.near(nodes.anchor, nodes.s)[here]
        )
        first, second = (-v for v in both_softplus(l))
        noise = product(a, -first * nodes.slack_p) + product(b, -second * nodes.slack_q)
        noise = noise + 8 * EPS * (weighted(a, 1 - first) + weighted(b, 1 - second))
        if not best:
            noise = noise + _rounding_of(l, x, here) * (a * np.exp(second) + b * np.exp(first))
        return weighted(a, first) + weighted(b, second), noise

    bounds = (-LOG_4 if best else -np.inf, 0.0)
    return Term(at, _V_on_atoms(logit, p_data, p_g), bounds)


def _V_on_atoms(logit: Logit, p_data: Distribution, p_g: Distribution) -> float:
    x = np.array(sorted({x for x, _ in p_data.atoms + p_g.atoms}))
    if not len(x):
        return 0.0
    l = checked_logit(logit, x)
    terms = weighted(p_data.mass(x), log_sigmoid(l)) + weighted(p_g.mass(x), log_sigmoid(-l))
    return float(terms.sum())


def _rounding_of(l, x, here) -> np.ndarray:
    """How far the rounding of x moves a logit, by its slope between neighbouring nodes that are
    apart and both asked."""
    step = np.abs(np.diff(x, axis=-1))
    apart = here[..., 1:] & here[..., :-1] & (step > 0)
    rise = np.where(apart, np.abs(np.diff(l, axis=-1)) / np.where(apart, step, 1.0), 0.0)
    moved = np.zeros(l.shape)
    moved[..., 1:] = np.where(np.isfinite(rise), rise, 0.0)
    return EPS * np.abs(x) * np.minimum(moved, 1e300)


def _integrand_of_C(la, lb):
    """The integrand of V at the best logit, which does not feel small errors of that logit."""
    a, b = np.exp(la), np.exp(lb)
    above, below = both_softplus(la - lb)
    first, second = weighted(a, -above), weighted(b, -below)
    return first + second, -first, -second


@without_float_warnings
def C(p_data: Distribution, p_g: Distribution) -> Estimate:
    """C(G) = max over D of V(G, D): the value of the game at the optimal discriminator, in nats.

    The integral of V at the best D. Equal to 2 JSD(p_data, p_g) - log 4 by Theorem 1, which is
    not used here.

    Parameters
    ----------
    p_data, p_g : Distribution
        The distributions of the data and of G(z).

    Returns
    -------
    Estimate
        C in nats, from -log 4 to 0, and its error.

    References
    ----------
    Goodfellow et al. 2014, Equation 4 and Theorem 1.

    Examples
    --------
    >>> from gan_lab.theory import C, gaussian
    >>> value, error = C(gaussian(3, 0.5), gaussian(3, 0.5))
    >>> round(value, 6), error < 1e-6
    (-1.386294, True)
    """
    p_data, p_g = as_distribution("p_data", p_data), as_distribution("p_g", p_g)
    (found,) = over_both([C_term(p_data, p_g)], p_data, p_g, cells_of(p_data, p_g))
    return found


def C_term(p_data: Distribution, p_g: Distribution) -> Term:
    """C(G) as something to be integrated."""
    return f_term(_integrand_of_C, p_data, p_g, (-LOG_4, 0.0))
