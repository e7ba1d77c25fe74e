"""Numbers computed in other ways than the theory computes them: integrals of two weights, the best
discriminator by climbing, derivatives by differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from scipy import special

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.theory.divergences import cells_of
from gan_lab.theory.game import log_sigmoid
from gan_lab.theory.proofs.formulas import at_places
from gan_lab.theory.quadrature import integrate

AT = np.arange(-2, 3)
FIRST, SECOND = np.array([1, -8, 0, 8, -1]) / 12, np.array([-1, 16, -30, 16, -1]) / 12
"""Weights of five values for the first and the second derivative in the middle."""


def by_differences(
    f: Callable[[float], float], weights: np.ndarray, order: int, step: float = 0.01
) -> Estimate:
    """A derivative at 0 from five values; the error is what another distance changes, with
    rounding."""
    near, far = (sum(w * f(h * i) for w, i in zip(weights, AT, strict=True)) / h**order
                 for h in (step, 1.5 * step))  # fmt: skip
    return Estimate(near, abs(near - far) + 1e-12 / step**order)


def integral(f: Callable, p: Distribution, q: Distribution) -> Estimate:
    """The integral of f(a, b, x), the sum of its two terms, over the line and the atoms, where a
    and b are the weights of p and q at x."""

    def integrand(anchor, s):
        a, b = np.exp(p.log_near(anchor, s)), np.exp(q.log_near(anchor, s))
        first, second = f(a, b, anchor + s)
        return first + second, 64 * EPS * (a + b + np.abs(first) + np.abs(second))

    value, error = integrate(without_float_warnings(integrand), cells_of(p, q))
    x = np.unique([x for x, _ in p.atoms + q.atoms])
    on_atoms = without_float_warnings(f)(p.mass(x), q.mass(x), x)
    return Estimate(value + float(np.sum(on_atoms)), error + 8 * EPS)


def climbed_logit(share_real, share_fake):
    """The logit that maximises share_real log D + share_fake log(1 - D), by bisection."""
    low, high = np.full(share_real.shape, -800.0), np.full(share_real.shape, 800.0)
    for _ in range(80):
        l = 0.5 * (low + high)
        rises = share_real * np.exp(log_sigmoid(-l)) > share_fake * np.exp(log_sigmoid(l))
        low, high = np.where(rises, l, low), np.where(rises, high, l)
    return 0.5 * (low + high)


class Climbed(NamedTuple):
    """The best D at each place, in three forms, as far as rounding lets one climb."""

    logit: Estimate
    D: Estimate
    odds: Estimate


@without_float_warnings
def climbed(share_real, share_fake) -> Climbed:
    """The D that maximises share_real log D + share_fake log(1 - D)."""
    l = climbed_logit(share_real, share_fake)
    astray, D, odds = 64 * EPS * (1 + np.abs(l)), special.expit(l), np.exp(l)
    return Climbed(
        at_places(l, astray),
        at_places(D, D * special.expit(-l) * astray),
        at_places(odds, odds * astray),
    )
