"""What is known in closed form of scipy.stats families: tails, kinks and reflections.

A family is described by its standard member (loc 0, scale 1) at both ends of its support.
Families that are not listed still work wherever no tail has to decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from gan_lab.theory.tails import LINE, LOG, LOG_SQUARE, REGULAR, SQUARE, Tail, power

Ends = tuple[Tail, Tail]


@dataclass(frozen=True)
class Family:
    """A scipy family: its tails at (lower, upper) end, and what else is special about it.

    `tails(shapes, loc, scale)`; `kinks(shapes)` in standard units, with the tail on both of
    their sides; `upper(distance, shapes)` is the standard logpdf as a function of the distance
    from the upper end, which keeps the digits that 1 - x loses; `logpdf(y, shapes)` replaces
    scipy's where that one underflows.
    """

    tails: Callable[..., Ends]
    kinks: Callable[..., dict[float, Tail]] | None = None
    upper: Callable[..., np.ndarray] | None = None
    logpdf: Callable[..., np.ndarray] | None = None


def both(tail: Tail) -> Ends:
    return tail, tail


def exponential(scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-y / scale) y^c."""
    return Tail({LINE: -1 / scale, LOG: c})


def bell(loc: float, scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-(y - loc)^2 / (2 scale^2)) y^c."""
    return Tail({SQUARE: -0.5 / scale**2, LINE: loc / scale**2, LOG: c})


def stretched(k: float, loc: float, scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-((y - loc) / scale)^k) y^c; the shift's own terms are left vague for k > 1."""
    vague = (0.0, k - 1, 0.0) if k > 1 and loc != 0 else (0.0, 0.0, 0.0)
    return Tail({(0.0, k, 0.0): -(scale**-k), LOG: c}, vague)


def lognormal(shapes, loc, scale) -> Ends:
    (s,) = shapes
    mu = np.log(scale)
    return (
        Tail({LOG_SQUARE: -0.5 / s**2, LOG: 1 - mu / s**2}),
        Tail({LOG_SQUARE: -0.5 / s**2, LOG: mu / s**2 - 1}),
    )


def gumbel_right(shapes, loc, scale) -> Ends:
    far_left = Tail({(1 / scale, 0.0, 0.0): -np.exp(loc / scale), LINE: 1 / scale})
    return far_left, exponential(scale)


def gumbel_left(shapes, loc, scale) -> Ends:
    far_right = Tail({(1 / scale, 0.0, 0.0): -np.exp(-loc / scale), LINE: 1 / scale})
    return exponential(scale), far_right


def generalised_pareto(shapes, loc, scale) -> Ends:
    (c,) = shapes
    if c == 0:
        return REGULAR, exponential(scale)
    return REGULAR, power(-(1 + 1 / c)) if c > 0 else power(1 + 1 / c)


def triangle(shapes, loc, scale) -> Ends:
    (c,) = shapes
    return (REGULAR if c == 0 else power(-1)), (REGULAR if c == 1 else power(-1))


def truncated_bell(shapes, loc, scale) -> Ends:
    low, high = shapes
    return (
        REGULAR if np.isfinite(low) else bell(-loc, scale),
        REGULAR if np.isfinite(high) else bell(loc, scale),
    )


def _reflected_beta(t, shapes):
    a, b = shapes
    return stats.beta._logpdf(t, b, a)


def _triangle_top(t, shapes):
    (c,) = shapes
    return np.where(t <= 1 - c, np.log(2 * t / (1 - c)), np.log(2 * (1 - t) / c))


def _arcsine(t, shapes):
    return -np.log(np.pi) - 0.5 * (np.log(t) + np.log1p(-t))


def _arcsine_below(y, shapes):
    return _arcsine(y, shapes)


def _cauchy(y, shapes):
    return -np.log(np.pi) - 2 * np.log(np.hypot(1.0, y))


def _laplace(y, shapes):
    return -np.abs(y) - np.log(2)


def _half_cauchy(y, shapes):
    return np.log(2) + _cauchy(y, shapes)


def _pareto(y, shapes):
    (b,) = shapes
    return np.log(b) - (b + 1) * np.log(y)


def _student(y, shapes):
    (df,) = shapes
    constant = stats.t._logpdf(0.0, df)
    return constant - (df + 1) * np.log(np.hypot(1.0, y / np.sqrt(df)))


FAMILIES: dict[str, Family] = {
    "norm": Family(lambda s, l, k: (bell(-l, k), bell(l, k))),
    "t": Family(lambda s, l, k: both(power(-(s[0] + 1))), logpdf=_student),
    "cauchy": Family(lambda s, l, k: both(power(-2)), logpdf=_cauchy),
    "laplace": Family(
        lambda s, l, k: both(exponential(k)), lambda s: {0.0: REGULAR}, logpdf=_laplace
    ),
    "logistic": Family(lambda s, l, k: both(exponential(k))),
    "hypsecant": Family(lambda s, l, k: both(exponential(k))),
    "gumbel_r": Family(gumbel_right),
    "gumbel_l": Family(gumbel_left),
    "expon": Family(lambda s, l, k: (REGULAR, exponential(k))),
    "gamma": Family(lambda s, l, k: (power(1 - s[0]), exponential(k, s[0] - 1))),
    "chi2": Family(lambda s, l, k: (power(1 - s[0] / 2), exponential(2 * k, s[0] / 2 - 1))),
    "erlang": Family(lambda s, l, k: (power(1 - s[0]), exponential(k, s[0] - 1))),
    "weibull_min": Family(
        lambda s, l, k: (power(1 - s[0]), stretched(s[0], l, k, s[0] - 1))
    ),
    "gennorm": Family(
        lambda s, l, k: (stretched(s[0], -l, k), stretched(s[0], l, k)),
        lambda s: {0.0: Tail({(0.0, -1.0, 0.0): 1.0})},
    ),
    "lognorm": Family(lognormal),
    "pareto": Family(lambda s, l, k: (REGULAR, power(-(s[0] + 1))), logpdf=_pareto),
    "lomax": Family(lambda s, l, k: (REGULAR, power(-(s[0] + 1)))),
    "genpareto": Family(generalised_pareto),
    "halfnorm": Family(lambda s, l, k: (REGULAR, bell(l, k))),
    "halfcauchy": Family(lambda s, l, k: (REGULAR, power(-2)), logpdf=_half_cauchy),
    "rayleigh": Family(lambda s, l, k: (power(-1), bell(l, k, 1.0))),
    "maxwell": Family(lambda s, l, k: (power(-2), bell(l, k, 2.0))),
    "invgamma": Family(
        lambda s, l, k: (Tail({LINE: -k, LOG: s[0] + 1}), power(-(s[0] + 1)))
    ),
    "levy": Family(lambda s, l, k: (Tail({LINE: -k / 2, LOG: 1.5}), power(-1.5))),
    "f": Family(lambda s, l, k: (power(1 - s[0] / 2), power(-(s[1] / 2 + 1)))),
    "betaprime": Family(lambda s, l, k: (power(1 - s[0]), power(-(s[1] + 1)))),
    "fisk": Family(lambda s, l, k: (power(1 - s[0]), power(-(s[0] + 1)))),
    "beta": Family(lambda s, l, k: (power(1 - s[0]), power(1 - s[1])), upper=_reflected_beta),
    "arcsine": Family(
        lambda s, l, k: both(power(0.5)), upper=_arcsine, logpdf=_arcsine_below
    ),
    "powerlaw": Family(lambda s, l, k: (power(1 - s[0]), REGULAR)),
    "semicircular": Family(lambda s, l, k: both(power(-0.5))),
    "triang": Family(triangle, lambda s: {float(s[0]): REGULAR}, _triangle_top),
    "uniform": Family(lambda s, l, k: both(REGULAR)),
    "loguniform": Family(lambda s, l, k: both(REGULAR)),
    "truncnorm": Family(truncated_bell),
}
