r"""The Gaussian nearest to two bumps by each of four divergences, and where it leaves the middle.

The data are $p = \tfrac12 N(-a, 1) + \tfrac12 N(a, 1)$, the fit is $q = N(\mu, \sigma^2)$. Every
divergence here is an f-divergence $\int q f(r)\,dx$ with $r = p/q$, so with the scores
$s = \partial \log q$ of $q$ its slopes are $\int q\, (f - r f')\, s$ and its second derivatives
$\int q\, [(f - r f')(s s^T + \partial s) + r^2 f''\, s s^T]$. Newton's method on these finds two
kinds of fit: one in the middle of the bumps, and one on a bump. All values are in nats.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from gan_lab.core.validation import is_real, quoted, scalar
from gan_lab.distributions.base import Estimate
from gan_lab.theory.divergences import LOG_2, both_softplus

WIDEST = 6.0
"""The largest a: the grid below holds nine standard deviations of every fit up to there."""
STEP, END = 1 / 16, 60.0
"""Of the trapezoid rule, whose error for these functions falls like exp(-2 pi d / STEP), d the
distance of their nearest singularity from the line: at least 0.26 here."""

Nodes = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class FitRow:
    """A divergence as functions of log p and log q: its integrand, q (f - r f') and q r^2 f''."""

    value: Callable[[np.ndarray, np.ndarray], np.ndarray]
    pull: Callable[[np.ndarray, np.ndarray], np.ndarray]
    bend: Callable[[np.ndarray, np.ndarray], np.ndarray]


def log_share(of: np.ndarray, other: np.ndarray) -> np.ndarray:
    """log(2 of / (of + other)), from the two logarithms."""
    return LOG_2 - both_softplus(of - other)[0]


ROWS = {
    "kl": FitRow(
        value=lambda p, q: np.exp(p) * (p - q),
        pull=lambda p, q: -np.exp(p),
        bend=lambda p, q: np.exp(p),
    ),
    "js": FitRow(
        value=lambda p, q: 0.5 * (np.exp(p) * log_share(p, q) + np.exp(q) * log_share(q, p)),
        pull=lambda p, q: 0.5 * np.exp(q) * log_share(q, p),
        bend=lambda p, q: 0.5 * np.exp(q) * expit(p - q),
    ),
    "non-saturating": FitRow(
        value=lambda p, q: -(np.exp(p) + np.exp(q)) * log_share(p, q),
        pull=lambda p, q: -np.exp(q) * log_share(p, q),
        bend=lambda p, q: np.exp(q) * expit(q - p),
    ),
    "reverse-kl": FitRow(
        value=lambda p, q: np.exp(q) * (q - p),
        pull=lambda p, q: np.exp(q) * (q - p),
        bend=lambda p, q: np.exp(q),
    ),
}
"""KL(p || q), JSD(p, q), 2 KL(m || p) with m the mean of p and q, and KL(q || p). The third is what
the non-saturating loss descends where D is at its best (Shannon et al. 2020)."""


class Fit(NamedTuple):
    """N(mean, sd^2), and its divergence from the data in nats."""

    mean: float
    sd: float
    value: float


class Fits(NamedTuple):
    """The best fit in the middle, and the best on the right bump; None where that is no minimum."""

    middle: Fit
    on_a_bump: Fit | None

    @property
    def best(self) -> Fit:
        """The better of the two; that nothing else is better is searched for, and not proved."""
        return min((f for f in self if f), key=lambda fit: fit.value)


def logs(a: float, mu: float, log_sd: float, x: np.ndarray) -> Nodes:
    """log p and log q at x."""
    normal = -0.5 * math.log(2 * math.pi)
    bumps = np.logaddexp(-0.5 * (x - a) ** 2, -0.5 * (x + a) ** 2) - LOG_2
    return normal + bumps, normal - log_sd - 0.5 * ((x - mu) * math.exp(-log_sd)) ** 2


def divergence_of(name: str, a: float, mu: float, sd: float, step: float = STEP) -> float:
    """One divergence of N(mu, sd^2) from the two bumps."""
    x = np.arange(-END, END + step, step)
    return float(step * ROWS[name].value(*logs(a, mu, math.log(sd), x)).sum())


def around(name: str, a: float, mu: float, log_sd: float) -> tuple[float, np.ndarray, np.ndarray]:
    """Value, slopes (2,) and second derivatives (2, 2) in mu and log sd."""
    x, row = np.arange(-END, END + STEP, STEP), ROWS[name]
    at, sd = logs(a, mu, log_sd, x), math.exp(log_sd)
    t = (x - mu) / sd
    score = np.stack([t / sd, t * t - 1])
    moved = np.array([[-np.ones_like(t) / sd**2, -2 * t / sd], [-2 * t / sd, -2 * t * t]])
    outer, pull = score[:, None] * score, row.pull(*at)
    second = (pull * (outer + moved) + row.bend(*at) * outer).sum(-1)
    return STEP * float(row.value(*at).sum()), STEP * (pull * score).sum(-1), STEP * second


def descended(name: str, a: float, where: np.ndarray, free: tuple[int, ...] = (0, 1)) -> Fit:
    """The minimum that Newton's method with halved steps reaches from (mu, log sd); only the `free`
    of the two move."""
    value, slope, second = around(name, a, *where)
    for _ in range(100):
        step = downhill(slope, second, list(free))
        if np.abs(step).max() < 1e-13:
            break
        after = around(name, a, *(where + step))
        while after[0] > value + 1e-15 and np.abs(step).max() > 1e-13:
            step = step / 2
            after = around(name, a, *(where + step))
        where, (value, slope, second) = where + step, after
    return Fit(float(where[0]), math.exp(where[1]), value)


def downhill(slope: np.ndarray, second: np.ndarray, free: list[int]) -> np.ndarray:
    """Newton's step with the curvatures made positive, at most one half long."""
    curvature, axes = np.linalg.eigh(second[np.ix_(free, free)])
    along = axes.T @ slope[free] / np.maximum(np.abs(curvature), 1e-3)
    step = np.zeros(2)
    step[free] = -axes @ along
    return step * min(1.0, 0.5 / max(float(np.abs(step).max()), 1e-300))


def checked_divergence(divergence: str) -> None:
    """Refuses what is no name of ROWS."""
    if divergence not in ROWS:
        raise ValueError(f"divergence is one of {', '.join(ROWS)}, and not {quoted(divergence)}")


def best_fits(divergence: str, a: float) -> Fits:
    """Both kinds of best fit to bumps at -a and a, 0 <= a <= 6; `divergence` is a name of ROWS.

    ValueError for another name and for another a.
    """
    checked_divergence(divergence)
    a = scalar(a)
    if not is_real(a) or not 0 <= a <= WIDEST:
        raise ValueError(f"a must be a number from 0 to {WIDEST:g}, not {quoted(a)}")
    a = float(a)
    middle = descended(divergence, a, np.array([0.0, 0.5 * math.log1p(a * a)]), free=(1,))
    bump = descended(divergence, a, np.array([a, 0.0]))
    return Fits(middle, bump if bump.mean > 0.1 else None)


def lead(divergence: str, a: float) -> float:
    """By how much the fit on a bump is better than that in the middle; -1 where there is none."""
    middle, bump = best_fits(divergence, a)
    return middle.value - bump.value if bump else -1.0


def transition(divergence: str) -> Estimate:
    """The a beyond which the best Gaussian sits on a bump; inf for "kl", whose best has p's mean.

    The error is that of the quadrature, seen by halving its step, over the slope of the lead.
    """
    checked_divergence(divergence)
    if divergence == "kl":
        return Estimate(math.inf, 0.0)
    a = float(cast(Any, brentq(lambda a: lead(divergence, a), 1.0, WIDEST, xtol=1e-13)))
    slope = (lead(divergence, a + 1e-3) - lead(divergence, a - 1e-3)) / 2e-3
    middle, bump = best_fits(divergence, a)
    assert bump, "where the lead is 0 there is a fit on a bump"
    off = sum(
        abs(f.value - divergence_of(divergence, a, f.mean, f.sd, STEP / 2)) for f in (middle, bump)
    )
    return Estimate(a, (off + 1e-13) / slope)
