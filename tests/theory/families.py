"""The families on which accuracy is promised, and their log densities in mpmath.

Smooth, two-humped, heavy-tailed, singular at an end point, kinked. An mpmath log density takes
an anchor and the offset from it, and returns None where the density is 0.
"""

from __future__ import annotations

import mpmath as mp
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import gaussian, mixture, uniform

LAWS = {
    "gaussian": gaussian(0, 1),
    "wide": gaussian(1, 2),
    "two-humps": mixture([gaussian(-2, 0.5), gaussian(2, 0.5)], [0.25, 0.75]),
    "cauchy": distribution(stats.cauchy(0, 1)),
    "student": distribution(stats.t(3)),
    "pareto": distribution(stats.pareto(1.5)),
    "lognormal": distribution(stats.lognorm(1)),
    "gamma": distribution(stats.gamma(0.5)),
    "exponential": distribution(stats.expon()),
    "logistic": distribution(stats.logistic()),
    "laplace": distribution(stats.laplace()),
    "beta": distribution(stats.beta(2, 3)),
    "horns": distribution(stats.beta(0.1, 0.2)),
    "uniform": uniform(0, 1),
    "triangle": distribution(stats.triang(0.25, loc=-1, scale=4)),
}

KINKS = {name: [] for name in LAWS} | {"laplace": [0.0], "triangle": [0.0]}


def _normal(mean, sd):
    return lambda a, s: -(((a - mean + s) / sd) ** 2) / 2 - mp.log(sd * mp.sqrt(2 * mp.pi))


def _two_humps(a, s):
    left, right = _normal(-2, mp.mpf(1) / 2), _normal(2, mp.mpf(1) / 2)
    u, v = left(a, s) + mp.log(mp.mpf(1) / 4), right(a, s) + mp.log(mp.mpf(3) / 4)
    return max(u, v) + mp.log1p(mp.exp(-abs(u - v)))


def _student(a, s):
    return mp.log(2 / (mp.pi * mp.sqrt(3))) - 2 * mp.log1p((a + s) ** 2 / 3)


def _pareto(a, s):
    y = (a - 1) + s
    return None if y < 0 else mp.log(mp.mpf(3) / 2) - mp.mpf(5) / 2 * mp.log1p(y)


def _lognormal(a, s):
    x = a + s
    if x <= 0:
        return None
    return -(mp.log(x) ** 2) / 2 - mp.log(x) - mp.log(2 * mp.pi) / 2


def _gamma(a, s):
    x = a + s
    return None if x <= 0 else -x - mp.log(x) / 2 - mp.log(mp.pi) / 2


def _exponential(a, s):
    return None if a + s < 0 else -(a + s)


def _logistic(a, s):
    x = abs(a + s)
    return -x - 2 * mp.log1p(mp.exp(-x))


def _laplace(a, s):
    return -abs(a + s) - mp.log(2)


def _beta(alpha, beta):
    alpha, beta = mp.mpf(alpha), mp.mpf(beta)

    def log(a, s):
        low, high = a + s, (1 - a) - s
        if low <= 0 or high <= 0:
            return None
        total = (alpha - 1) * mp.log(low) + (beta - 1) * mp.log(high)
        return total - mp.log(mp.beta(alpha, beta))

    return log


def _uniform(a, s):
    return mp.mpf(0) if a + s >= 0 and (1 - a) - s >= 0 else None


def _triangle(a, s):
    low, high = (a + 1) + s, (3 - a) - s
    if low <= 0 or high <= 0:
        return None
    return mp.log(low / 2) if a + s < 0 else mp.log(high / 6)


MP_LOGS = {
    "gaussian": _normal(0, 1),
    "wide": _normal(1, 2),
    "two-humps": _two_humps,
    "cauchy": lambda a, s: -mp.log(mp.pi) - mp.log1p((a + s) ** 2),
    "student": _student,
    "pareto": _pareto,
    "lognormal": _lognormal,
    "gamma": _gamma,
    "exponential": _exponential,
    "logistic": _logistic,
    "laplace": _laplace,
    "beta": _beta(2, 3),
    "horns": _beta(0.1, 0.2),
    "uniform": _uniform,
    "triangle": _triangle,
}
