r"""The game of Goodfellow et al. 2014, section 4: V, the best discriminator, and C(G).

A discriminator is given by its logit, log D - log(1 - D): D near 0 or 1 rounds, its logit does
not. All values are in nats.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gan_lab.theory.densities import Density, Estimate, as_density
from gan_lab.theory.divergences import EPS, cells_of
from gan_lab.theory.quadrature import integrate

Logit = Callable[[np.ndarray], np.ndarray]


def log_sigmoid(l):
    """log(1 / (1 + exp(-l))), at any l."""
    return -np.logaddexp(0.0, -l)


def weighted(weight, log):
    """weight * log with 0 * (-inf) = 0: where there is no probability there is no term."""
    with np.errstate(invalid="ignore"):
        return np.where(weight == 0, 0.0, weight * log)


def optimal_logit(p_data: Density, p_g: Density) -> Logit:
    """Proposition 1 in logits: x -> log p_data(x) - log p_g(x).

    +inf off the support of p_g, -inf off that of p_data, nan off both, where the paper leaves
    D* undefined. At an atom the masses take the place of the densities.
    """
    as_density("p_data", p_data), as_density("p_g", p_g)

    def logit(x):
        x = np.asarray(x, dtype=float)
        with np.errstate(invalid="ignore", divide="ignore"):
            here = p_data.logpdf(x) - p_g.logpdf(x)
            a, b = p_data.mass(x), p_g.mass(x)
            return np.where(a + b > 0, np.log(a) - np.log(b), here)

    return logit


def V(logit: Logit, p_data: Density, p_g: Density, panels=()) -> Estimate:
    r"""V(G, D) = E_{p_data}[log D(x)] + E_{p_g}[log(1 - D(x))], Equation 1, in nats.

    `logit` maps a 1-D float64 array to one of the same shape and may be infinite; `panels` are
    further points where it is not smooth. Raises ValueError when it returns
    another shape or nan.
    """
    as_density("p_data", p_data), as_density("p_g", p_g)

    def value(x):
        l = np.asarray(logit(x), dtype=float)
        if l.shape != np.shape(x):
            raise ValueError(
                f"The logit must return an array of the shape it was given, {np.shape(x)}, "
                f"and returned one of shape {l.shape}."
            )
        if np.isnan(l).any():
            raise ValueError("The logit must be a number wherever one density is positive.")
        return l

    def integrand(anchor, s):
        a, b = np.exp(p_data.log_near(anchor, s)), np.exp(p_g.log_near(anchor, s))
        # far out, where neither law has any probability, the logit may overflow
        l, here = np.zeros(a.shape), a + b > 0
        l[here] = value((anchor + s)[here])
        return _v(l, a, b)

    return _on_all(integrand, value, p_data, p_g, panels)


def _v(l, a, b):
    """The integrand of V at weights a of p_data and b of p_g, and its rounding."""
    first, second = log_sigmoid(l), log_sigmoid(-l)
    y = weighted(a, first) + weighted(b, second)
    return y, 8 * EPS * (weighted(a, 1 - first) + weighted(b, 1 - second))


def _on_all(integrand, logit, p_data, p_g, panels) -> Estimate:
    """The integral over the line plus the sum over the atoms."""
    total, error = 0.0, p_data.error + p_g.error
    atoms = np.array(sorted({x for x, _ in p_data.atoms + p_g.atoms}))
    if len(atoms):
        y, rounding = _v(logit(atoms), p_data.mass(atoms), p_g.mass(atoms))
        total, error = total + float(y.sum()), error + float(rounding.sum())
    if p_data.support or p_g.support:
        more = integrate(integrand, cells_of(p_data, p_g, extra=panels))
        total, error = total + more.value, error + more.error
    return Estimate(total, error)


def C(p_data: Density, p_g: Density) -> Estimate:
    r"""C(G) = max over D of V(G, D), as the integral of V at the best D, in nats.

    Equal to 2 JSD(p_data, p_g) - log 4 by Theorem 1, which is not used here.
    """
    best = optimal_logit(p_data, p_g)

    def integrand(anchor, s):
        with np.errstate(invalid="ignore", over="ignore"):
            la, lb = p_data.log_near(anchor, s), p_g.log_near(anchor, s)
            a, b, l = np.exp(la), np.exp(lb), la - lb
            y, rounding = _v(l, a, b)
            # V does not feel small errors of the best logit, only those of the weights
            first = weighted(a * np.abs(la), log_sigmoid(l))
            second = weighted(b * np.abs(lb), log_sigmoid(-l))
        noise = np.where(a > 0, first, 0.0) + np.where(b > 0, second, 0.0)
        return y, rounding - 2 * EPS * noise

    return _on_all(integrand, best, p_data, p_g, ())
