"""The scipy.stats families that are accepted, and what is known of each in closed form.

Accepted is what keeps its promises over all of its range of shapes, in the property tests of
`tests/theory`: a log density without cancellation, tails at both ends, quantiles that undo the
cdf and take microseconds. Other names and shapes are refused when a distribution is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gan_lab.distributions import stable
from gan_lab.distributions.tails import LINE, LOG, LOG_SQUARE, REGULAR, SQUARE, Tail, power

Ends = tuple[Tail, Tail]
Range = tuple[float, float]


@dataclass(frozen=True)
class Family:
    """A scipy family: its log density, its tails at (lower, upper) end, and its shapes.

    `logpdf(y, *shapes)` is that of the standard member (loc 0, scale 1), with y measured from
    `origin`; `tails(shapes, loc, scale)`; `shapes` is the accepted range of each and `between`
    what must hold between them, in words and as a function; `kinks(shapes)` are in standard
    units, with the tail on both of their sides; `upper(distance, *shapes)` is the log density as
    a function of the distance from the upper end, which keeps the digits that 1 - y loses;
    `cdf(y, *shapes, above)` stands in where scipy's is wrong or its quantiles are slow.
    """

    logpdf: Callable[..., np.ndarray]
    tails: Callable[..., Ends]
    shapes: tuple[Range, ...] = ()
    kinks: Callable[..., dict[float, Tail]] | None = None
    upper: Callable[..., np.ndarray] | None = None
    origin: float = 0.0
    between: tuple[str, Callable[..., bool]] | None = None
    cdf: Callable[..., np.ndarray] | None = None


def on_both_sides(tail: Tail) -> Ends:
    return tail, tail


def exponential(scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-y / scale) y^c."""
    return Tail({LINE: -1 / scale, LOG: c})


def gaussian_tail(loc: float, scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-(y - loc)^2 / (2 scale^2)) y^c."""
    line = min(max(loc / scale**2, -1e300), 1e300)
    return Tail({SQUARE: -0.5 / scale**2, LINE: line, LOG: c})


def stretched(k: float, loc: float, scale: float, c: float = 0.0) -> Tail:
    """p ~ exp(-((y - loc) / scale)^k) y^c; the shift's own terms are left vague for k > 1."""
    vague = (0.0, k - 1, 0.0) if k > 1 and loc != 0 else (0.0, 0.0, 0.0)
    return Tail({(0.0, k, 0.0): -_exp(-k * np.log(scale)), LOG: c}, vague)


def _exp(x: float) -> float:
    """exp(x) as a coefficient of a tail: neither 0 nor infinite."""
    return float(np.exp(min(max(x, -690.0), 690.0)))


def lognormal_ends(shapes, loc, scale) -> Ends:
    (s,) = shapes
    mu = np.log(scale)
    return (
        Tail({LOG_SQUARE: -0.5 / s**2, LOG: 1 - mu / s**2}),
        Tail({LOG_SQUARE: -0.5 / s**2, LOG: mu / s**2 - 1}),
    )


def gumbel_right(shapes, loc, scale) -> Ends:
    far_left = Tail({(1 / scale, 0.0, 0.0): -_exp(loc / scale), LINE: 1 / scale})
    return far_left, exponential(scale)


def gumbel_left(shapes, loc, scale) -> Ends:
    far_right = Tail({(1 / scale, 0.0, 0.0): -_exp(-loc / scale), LINE: 1 / scale})
    return exponential(scale), far_right


def inverse_gaussian_ends(shapes, loc, scale) -> Ends:
    (mu,) = shapes
    return Tail({LINE: -scale / 2, LOG: 1.5}), exponential(2 * scale * mu**2, -1.5)


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
        REGULAR if np.isfinite(low) else gaussian_tail(-loc, scale),
        REGULAR if np.isfinite(high) else gaussian_tail(loc, scale),
    )


def _triangle(y, c) -> Any:
    rising = np.log(2 * y / c) if c > 0 else -np.inf
    falling = np.log(2 * (1 - y) / (1 - c)) if c < 1 else -np.inf
    return np.where(y < c, rising, falling) if 0 < c < 1 else (falling if c == 0 else rising)


def _arcsine(y):
    return -np.log(np.pi) - 0.5 * (np.log(y) + np.log1p(-y))


def _cauchy(y):
    w = np.abs(y)
    near = w < 1e3
    square = np.where(near, w, 0.0) ** 2
    return -np.log(np.pi) - np.where(near, np.log1p(square), 2 * np.log(np.hypot(1.0, w)))


def _logistic(y):
    return -np.abs(y) - 2 * np.log1p(np.exp(-np.abs(y)))


def _secant(y):
    return np.log(2 / np.pi) - np.abs(y) - np.log1p(np.exp(-2 * np.abs(y)))


def _skew_cauchy(y, a):
    return _cauchy(y / (1 + a * np.sign(y)))


def _half_bell(y):
    return 0.5 * np.log(2 / np.pi) - 0.5 * y * y


def _powers(y, a):
    return np.log(a) + (a - 1) * np.log(y)


def _log_uniform(y, a, b):
    return -np.log(y) - np.log(np.log1p((b - a) / a))


INDEX = (0.05, 1e8)
FAMILIES: dict[str, Family] = {
    "norm": Family(
        lambda y: -0.5 * y * y - 0.5 * stable.LOG_2PI,
        lambda s, l, k: (gaussian_tail(-l, k), gaussian_tail(l, k)),
    ),
    "t": Family(
        stable.student_logpdf, lambda s, l, k: on_both_sides(power(-(s[0] + 1))), ((0.05, 1e20),)
    ),
    "cauchy": Family(_cauchy, lambda s, l, k: on_both_sides(power(-2))),
    "skewcauchy": Family(
        _skew_cauchy,
        lambda s, l, k: on_both_sides(power(-2)),
        ((-0.999, 0.999),),
        lambda s: {0.0: REGULAR},
    ),
    "laplace": Family(
        lambda y: -np.abs(y) - np.log(2),
        lambda s, l, k: on_both_sides(exponential(k)),
        kinks=lambda s: {0.0: REGULAR},
    ),
    "logistic": Family(_logistic, lambda s, l, k: on_both_sides(exponential(k))),
    "hypsecant": Family(_secant, lambda s, l, k: on_both_sides(exponential(k))),
    "gumbel_r": Family(lambda y: -y - np.exp(-y), gumbel_right),
    "gumbel_l": Family(lambda y: y - np.exp(y), gumbel_left),
    "expon": Family(lambda y: -y, lambda s, l, k: (REGULAR, exponential(k))),
    "gamma": Family(
        stable.gamma, lambda s, l, k: (power(1 - s[0]), exponential(k, s[0] - 1)), ((0.05, 1e12),)
    ),
    "chi2": Family(
        lambda y, df: stable.gamma(0.5 * y, 0.5 * df) - np.log(2),
        lambda s, l, k: (power(1 - s[0] / 2), exponential(2 * k, s[0] / 2 - 1)),
        ((0.1, 1e12),),
    ),
    "erlang": Family(
        stable.gamma,
        lambda s, l, k: (power(1 - s[0]), exponential(k, s[0] - 1)),
        ((1, 1e12),),
        between=("a whole number", lambda a: a == int(a)),
    ),
    "weibull_min": Family(
        stable.weibull,
        lambda s, l, k: (power(1 - s[0]), stretched(s[0], l, k, s[0] - 1)),
        (INDEX,),
    ),
    "gennorm": Family(
        stable.general_normal,
        lambda s, l, k: (stretched(s[0], -l, k), stretched(s[0], l, k)),
        ((0.1, 100.0),),
        lambda s: {0.0: Tail({(0.0, -1.0, 0.0): 1.0})},
    ),
    "lognorm": Family(stable.lognormal_logpdf, lognormal_ends, ((1e-8, 50.0),)),
    "invgauss": Family(
        stable.inverse_gaussian_logpdf,
        inverse_gaussian_ends,
        ((1e-12, 1e6),),
        cdf=stable.inverse_gaussian_cdf,
    ),
    "pareto": Family(
        lambda t, b: np.log(b) - (b + 1) * np.log1p(t),
        lambda s, l, k: (REGULAR, power(-(s[0] + 1))),
        (INDEX,),
        origin=1.0,
    ),
    "lomax": Family(
        lambda y, c: np.log(c) - (c + 1) * np.log1p(y),
        lambda s, l, k: (REGULAR, power(-(s[0] + 1))),
        (INDEX,),
    ),
    "genpareto": Family(
        stable.general_pareto,
        generalised_pareto,
        ((-20.0, 20.0),),
        upper=stable.general_pareto_top,
        between=("0 or at least 1e-6 away from it", lambda c: c == 0 or abs(c) >= 1e-6),
    ),
    "halfnorm": Family(_half_bell, lambda s, l, k: (REGULAR, gaussian_tail(l, k))),
    "halfcauchy": Family(lambda y: np.log(2) + _cauchy(y), lambda s, l, k: (REGULAR, power(-2))),
    "rayleigh": Family(
        lambda y: np.log(y) - 0.5 * y * y, lambda s, l, k: (power(-1), gaussian_tail(l, k, 1.0))
    ),
    "maxwell": Family(
        lambda y: _half_bell(y) + 2 * np.log(y),
        lambda s, l, k: (power(-2), gaussian_tail(l, k, 2.0)),
    ),
    "invgamma": Family(
        stable.inverse_gamma,
        lambda s, l, k: (Tail({LINE: -k, LOG: s[0] + 1}), power(-(s[0] + 1))),
        (INDEX,),
    ),
    "levy": Family(
        lambda y: stable.inverse_gamma(2 * y, 0.5) + np.log(2),
        lambda s, l, k: (Tail({LINE: -k / 2, LOG: 1.5}), power(-1.5)),
    ),
    "f": Family(
        stable.fisher,
        lambda s, l, k: (power(1 - s[0] / 2), power(-(s[1] / 2 + 1))),
        ((0.1, 2e7), (0.1, 2e7)),
    ),
    "betaprime": Family(
        stable.beta_prime,
        lambda s, l, k: (power(1 - s[0]), power(-(s[1] + 1))),
        ((0.05, 1e7), (0.05, 1e7)),
    ),
    "fisk": Family(stable.fisk, lambda s, l, k: (power(1 - s[0]), power(-(s[0] + 1))), (INDEX,)),
    "beta": Family(
        stable.beta,
        lambda s, l, k: (power(1 - s[0]), power(1 - s[1])),
        ((0.05, 4e8), (0.05, 4e8)),
        upper=lambda t, a, b: stable.beta(t, b, a),
    ),
    "arcsine": Family(_arcsine, lambda s, l, k: on_both_sides(power(0.5)), upper=_arcsine),
    "powerlaw": Family(
        _powers,
        lambda s, l, k: (power(1 - s[0]), REGULAR),
        (INDEX,),
        upper=lambda t, a: np.log(a) + (a - 1) * np.log1p(-t),
    ),
    "semicircular": Family(
        lambda y: np.log(2 / np.pi) + 0.5 * (np.log1p(-y) + np.log1p(y)),
        lambda s, l, k: on_both_sides(power(-0.5)),
        upper=lambda t: np.log(2 / np.pi) + 0.5 * (np.log(t) + np.log(2 - t)),
    ),
    "triang": Family(
        _triangle,
        triangle,
        ((0.0, 1.0),),
        lambda s: {float(s[0]): REGULAR},
        lambda t, c: _triangle(t, 1 - c),
        between=(
            "0, 1 or at least 1e-6 away from both",
            lambda c: c in (0, 1) or 1e-6 <= c <= 1 - 1e-6,
        ),
    ),
    "uniform": Family(lambda y: np.zeros_like(y), lambda s, l, k: on_both_sides(REGULAR)),
    "loguniform": Family(
        _log_uniform,
        lambda s, l, k: on_both_sides(REGULAR),
        ((1e-100, 1e100), (1e-100, 1e100)),
        between=("a 1e-3 of itself below b, or more", lambda a, b: b >= a * 1.001),
    ),
    "truncnorm": Family(
        stable.truncated_normal,
        truncated_bell,
        ((-np.inf, 30.0), (-30.0, np.inf)),
        between=("a 1e-3 below b, or more", lambda a, b: b - a >= 1e-3),
    ),
}


def refuse(name: str, shapes: tuple[float, ...]) -> None:
    """A ValueError in one sentence for a name that is not accepted, or shapes out of range."""
    family = FAMILIES.get(name)
    if family is None:
        known = ", ".join(FAMILIES)
        raise ValueError(
            f"The numbers of a {name} distribution are not known to be right, or its quantiles are "
            f"slow; draw its density instead (drawn), or take one of {known}."
        )
    words = [f"from {low:g} to {high:g}" for low, high in family.shapes]
    if any(not low <= s <= high for s, (low, high) in zip(shapes, family.shapes, strict=True)):
        raise ValueError(
            f"The shapes of a {name} distribution must be {' and '.join(words)}, "
            f"not {list(shapes)}."
        )
    if family.between and not family.between[1](*shapes):
        raise ValueError(
            f"The shapes of a {name} distribution must be {family.between[0]}, not {list(shapes)}."
        )
