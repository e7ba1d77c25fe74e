"""Is the truth within the stated error? Drawn pairs of laws, against what is known otherwise.

Three kinds of truth: a closed form of KL, in mpmath from the very floats; the same pair after a
monotone map, which changes no f-divergence (log makes a lognormal law normal, a Weibull law
Gumbel, a log-logistic one logistic); the same pair in other units. Shapes go from the smallest
to the largest accepted, scales over ten decades, the second law is near the first or anywhere.

The long run is `python -m tests.theory.honest --pairs 5000`; a part of it is in
`test_honest.py`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import mpmath as mp
import numpy as np
from scipy import stats

from gan_lab.distributions.families import FAMILIES
from gan_lab.theory import C, V, chi2, distribution, hellinger2, js, kl, mixture, optimal_logit, tv

EPS = float(np.finfo(float).eps)
LOG_4 = float(np.log(4))
ALL = {"kl": kl, "js": js, "tv": tv, "hellinger2": hellinger2, "chi2": chi2}
UPPER = {"kl": np.inf, "js": np.log(2), "tv": 1.0, "hellinger2": 1.0, "chi2": np.inf}


@dataclass(frozen=True)
class Law:
    """A family's name, its shapes, and its place: what distribution(scipy.stats...) is made of."""

    name: str
    shapes: tuple[float, ...] = ()
    loc: float = 0.0
    scale: float = 1.0

    @property
    def frozen(self):
        return getattr(stats, self.name)(*self.shapes, loc=self.loc, scale=self.scale)

    def density(self):
        return distribution(self.frozen)

    def thinness(self) -> float:
        """How far its median is from 0, in widths: what rounding of parameters is worth."""
        with np.errstate(all="ignore"):
            low, middle, high = self.frozen.ppf([0.25, 0.5, 0.75])
        width = high - low
        far = max(abs(middle), abs(self.loc))
        return 1.0 + (far / width if width > 0 and np.isfinite(far / width) else 0.0)


@dataclass(frozen=True)
class Trial:
    """A pair, the divergences to be asked, and for each its truth and how well that is known."""

    kind: str
    p: Law
    q: Law
    truth: Callable[[str], tuple[float, float] | None]
    names: tuple[str, ...] = tuple(ALL)


def logs(rng, low: float, high: float) -> float:
    """A number between two bounds, even in its logarithm; now and then a bound itself."""
    if rng.random() < 0.1:
        return float(low if rng.random() < 0.5 else high)
    u = rng.random() if rng.random() < 0.6 else 0.5 + 0.06 * rng.standard_normal()
    u = min(max(u, 0.0), 1.0)
    return float(min(max(np.exp(np.log(low) * (1 - u) + np.log(high) * u), low), high))


def shapes_of(name: str, rng) -> tuple[float, ...]:
    """Accepted shapes of a family, from the smallest to the largest."""
    if name == "loguniform":
        low = logs(rng, 1e-100, 1e99)
        return low, min(low * (1.0011 + logs(rng, 1e-3, 1e6)), 1e100)
    if name == "truncnorm":
        low = float(rng.uniform(-30, 29))
        return low, float(min(low + logs(rng, 1.1e-3, 60.0), 40.0))
    if name == "genpareto":
        return (float(rng.choice([-1, 1])) * logs(rng, 1e-6, 20.0),)
    if name == "skewcauchy":
        return (float(rng.uniform(-0.999, 0.999)),)
    if name == "triang":
        return (float(rng.choice([0.0, 1.0, rng.uniform(1e-6, 1 - 1e-6)])),)
    shapes = tuple(logs(rng, low, high) for low, high in FAMILIES[name].shapes)
    return tuple(float(round(s)) for s in shapes) if name == "erlang" else shapes


def law_of(name: str, rng, loc: bool = False) -> Law:
    law = Law(name, shapes_of(name, rng), 0.0, logs(rng, 1e-5, 1e5))
    return law if not loc else Law(name, law.shapes, float(law.scale * rng.normal(0, 3)), law.scale)


def near(law: Law, rng, moved=(True, True)) -> Law:
    """A law of the same family about a width away: (shapes, scale) as far as they may move."""
    width = min(1.0, 1.0 / law.thinness())
    ranges = FAMILIES[law.name].shapes
    step = rng.normal(0, width, len(law.shapes) + 1)
    shapes = law.shapes
    if moved[0]:
        shapes = tuple(
            float(min(max(s * np.exp(d), low), high))
            for s, d, (low, high) in zip(law.shapes, step, ranges, strict=False)
        )
        shapes = tuple(float(round(s)) for s in shapes) if law.name == "erlang" else shapes
    scale = float(law.scale * np.exp(step[-1])) if moved[1] else law.scale
    return Law(law.name, shapes, law.loc, scale)


# ---------------------------------------------------------------- closed forms of KL, in mpmath
def _gauss(m, s, n, t):
    return mp.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - mp.mpf(1) / 2


def _gamma(a, s, b, t):
    return (
        (a - b) * mp.digamma(a)
        - mp.loggamma(a)
        + mp.loggamma(b)
        + b * mp.log(t / s)
        + a * (s - t) / t
    )


def _beta(a, b, c, d):
    def log_beta(x, y):
        return mp.loggamma(x) + mp.loggamma(y) - mp.loggamma(x + y)

    return (
        log_beta(c, d)
        - log_beta(a, b)
        + (a - c) * mp.digamma(a)
        + (b - d) * mp.digamma(b)
        + (c - a + d - b) * mp.digamma(a + b)
    )


def _rates(a, b):
    """Exponential laws of rates a and b, and all that map to them."""
    return mp.log(a / b) + b / a - 1


def _weibull(k, s, j, t):
    return (
        mp.log(k / s**k)
        - mp.log(j / t**j)
        + (k - j) * (mp.log(s) - mp.euler / k)
        + (s / t) ** j * mp.gamma(j / k + 1)
        - 1
    )


def _gennorm(b, s, d, t):
    return (
        mp.log(b * t / (d * s))
        + mp.loggamma(1 / d)
        - mp.loggamma(1 / b)
        + (s / t) ** d * mp.exp(mp.loggamma((d + 1) / b) - mp.loggamma(1 / b))
        - 1 / b
    )


def _gumbel(m, s, n, t):
    return (
        mp.log(t / s)
        + mp.euler * (s / t - 1)
        + (m - n) / t
        + mp.exp((n - m) / t) * mp.gamma(s / t + 1)
        - 1
    )


def _invgauss(m, l, n, k):
    return (mp.log(l / k) - 1 + k * ((m - n) ** 2 / (m * n**2) + 1 / l)) / 2


def _laplace(m, s, n, t):
    d = abs(m - n)
    return mp.log(t / s) + d / t + s / t * mp.exp(-d / s) - 1


def _cauchy(m, s, n, t):
    return mp.log(((s + t) ** 2 + (m - n) ** 2) / (4 * s * t))


def _placed(form):
    return lambda p, q: form(*map(mp.mpf, (p.loc, p.scale, q.loc, q.scale)))


def _shaped(form):
    return lambda p, q: form(*map(mp.mpf, (p.shapes[0], p.scale, q.shapes[0], q.scale)))


def _scaled(form):
    return lambda p, q: form(mp.mpf(p.scale), mp.mpf(q.scale))


def _only(form):
    return lambda p, q: form(*map(mp.mpf, (*p.shapes, *q.shapes)))


def _half(p):
    return mp.mpf(p.shapes[0]) / 2


def _log_normal(p, q):
    return _gauss(mp.log(p.scale), mp.mpf(p.shapes[0]), mp.log(q.scale), mp.mpf(q.shapes[0]))


# family: (closed form, whether shapes may move, whether the scale may, whether places differ)
CLOSED = {
    "norm": (_placed(_gauss), (True, True), True),
    "cauchy": (_placed(_cauchy), (True, True), True),
    "laplace": (_placed(_laplace), (True, True), True),
    "gumbel_r": (_placed(_gumbel), (True, True), True),
    "gumbel_l": (_placed(lambda m, s, n, t: _gumbel(-m, s, -n, t)), (True, True), True),
    "skewcauchy": (_scaled(lambda s, t: _cauchy(0, s, 0, t)), (False, True), False),
    "expon": (_scaled(lambda s, t: _rates(1 / s, 1 / t)), (True, True), False),
    "gamma": (_shaped(_gamma), (True, True), False),
    "erlang": (_shaped(_gamma), (True, True), False),
    "chi2": (
        lambda p, q: _gamma(_half(p), 2 * mp.mpf(p.scale), _half(q), 2 * mp.mpf(q.scale)),
        (True, True),
        False,
    ),
    "invgamma": (
        lambda p, q: _gamma(
            mp.mpf(p.shapes[0]), 1 / mp.mpf(p.scale), mp.mpf(q.shapes[0]), 1 / mp.mpf(q.scale)
        ),
        (True, True),
        False,
    ),
    "levy": (_scaled(lambda s, t: _rates(s, t) / 2), (True, True), False),
    "weibull_min": (_shaped(_weibull), (True, True), False),
    "gennorm": (_shaped(_gennorm), (True, True), False),
    "lognorm": (_log_normal, (True, True), False),
    "invgauss": (
        lambda p, q: _invgauss(
            mp.mpf(p.shapes[0]) * p.scale,
            mp.mpf(p.scale),
            mp.mpf(q.shapes[0]) * q.scale,
            mp.mpf(q.scale),
        ),
        (True, True),
        False,
    ),
    "pareto": (_only(_rates), (True, False), False),
    "lomax": (_only(_rates), (True, False), False),
    "powerlaw": (_only(_rates), (True, False), False),
    "halfnorm": (_scaled(lambda s, t: _gauss(0, s, 0, t)), (True, True), False),
    "halfcauchy": (_scaled(lambda s, t: _cauchy(0, s, 0, t)), (True, True), False),
    "rayleigh": (_scaled(lambda s, t: _rates(1 / s**2, 1 / t**2)), (True, True), False),
    "maxwell": (_scaled(lambda s, t: 3 * _gauss(0, s, 0, t)), (True, True), False),
    "beta": (_only(_beta), (True, False), False),
    "betaprime": (_only(_beta), (True, False), False),
}


def closed(name: str, rng) -> Trial:
    form, moved, placed = CLOSED[name]
    p = law_of(name, rng, loc=placed)
    q = near(p, rng, moved)
    if placed:
        q = Law(name, q.shapes, float(p.loc + p.scale * rng.normal(0, 2)), q.scale)
    if rng.random() < 0.2 and not placed and moved == (True, True):
        q = law_of(name, rng)

    def truth(asked):
        mp.mp.dps = 60
        value = form(p, q)
        return float(value), 4 * EPS * abs(float(value))

    return Trial("closed", p, q, truth, ("kl",))


# --------------------------------------------------------------------------- monotone maps
def _log(name, p):
    """The law of log x."""
    place = float(np.log(p.scale))
    return {
        "lognorm": lambda: Law("norm", (), place, p.shapes[0]),
        "weibull_min": lambda: Law("gumbel_l", (), place, 1 / p.shapes[0]),
        "fisk": lambda: Law("logistic", (), place, 1 / p.shapes[0]),
        "halfcauchy": lambda: Law("hypsecant", (), place, 1.0),
        "pareto": lambda: Law("expon", (), place, 1 / p.shapes[0]),
        "loguniform": lambda: Law(
            "uniform",
            (),
            place + float(np.log(p.shapes[0])),
            float(np.log1p((p.shapes[1] - p.shapes[0]) / p.shapes[0])),
        ),
    }[name]()


def _inverse(name, p):
    """The law of 1 / x."""
    a, s = p.shapes, 1 / p.scale
    return {
        "gamma": lambda: Law("invgamma", a, 0.0, s),
        "invgamma": lambda: Law("gamma", a, 0.0, s),
        "chi2": lambda: Law("invgamma", (a[0] / 2,), 0.0, s / 2),
        "levy": lambda: Law("gamma", (0.5,), 0.0, 2 * s),
        "f": lambda: Law("f", a[::-1], 0.0, s),
        "betaprime": lambda: Law("betaprime", a[::-1], 0.0, s),
        "lognorm": lambda: Law("lognorm", a, 0.0, s),
        "fisk": lambda: Law("fisk", a, 0.0, s),
        "halfcauchy": lambda: Law("halfcauchy", (), 0.0, s),
        "loguniform": lambda: Law("loguniform", (1 / a[1], 1 / a[0]), 0.0, s),
        "powerlaw": lambda: Law("pareto", a, 0.0, s),
    }[name]()


def _square(name, p):
    """The law of x^2."""
    a, s = p.shapes, p.scale**2
    return {
        "halfnorm": lambda: Law("gamma", (0.5,), 0.0, 2 * s),
        "rayleigh": lambda: Law("expon", (), 0.0, 2 * s),
        "maxwell": lambda: Law("gamma", (1.5,), 0.0, 2 * s),
        "halfcauchy": lambda: Law("betaprime", (0.5, 0.5), 0.0, s),
        "weibull_min": lambda: Law("weibull_min", (a[0] / 2,), 0.0, s),
        "lognorm": lambda: Law("lognorm", (2 * a[0],), 0.0, s),
        "fisk": lambda: Law("fisk", (a[0] / 2,), 0.0, s),
        "gennorm": lambda: None,
        # those below are even, and the map is monotone on each half, where ratios are the same
        "norm": lambda: Law("gamma", (0.5,), 0.0, 2 * s),
        "cauchy": lambda: Law("betaprime", (0.5, 0.5), 0.0, s),
        "t": lambda: Law("f", (1.0, a[0]), 0.0, s),
    }[name]()


def _odds(name, p):
    """The law of x / (1 - x)."""
    a = p.shapes
    return {
        "beta": lambda: Law("betaprime", a),
        "powerlaw": lambda: Law("betaprime", (a[0], 1.0)),
        "uniform": lambda: Law("lomax", (1.0,)),
        "triang": lambda: Law("betaprime", (1.0, 2.0) if a[0] == 0 else (2.0, 1.0)),
    }[name]()


def _raised(name, p):
    """The law of 1 + x / scale."""
    a = p.shapes
    return {
        "lomax": lambda: Law("pareto", a),
        "genpareto": lambda: Law("pareto", (1 / a[0],), 0.0),
    }[name]()


MAPS = {
    "log": (_log, ("lognorm", "weibull_min", "fisk", "halfcauchy", "pareto", "loguniform")),
    "inverse": (
        _inverse,
        (
            "gamma",
            "invgamma",
            "chi2",
            "levy",
            "f",
            "betaprime",
            "lognorm",
            "fisk",
            "halfcauchy",
            "loguniform",
        ),
    ),
    "square": (
        _square,
        ("halfnorm", "rayleigh", "maxwell", "halfcauchy", "weibull_min", "lognorm", "fisk"),
    ),
    "even square": (_square, ("norm", "cauchy", "t")),
    "odds": (_odds, ("beta", "powerlaw", "uniform", "triang")),
}


def unit(law: Law) -> Law:
    shapes = law.shapes
    if law.name == "triang":
        shapes = (float(round(shapes[0])),)
    return Law(law.name, shapes, 0.0, 1.0)


def allowed(law: Law) -> bool:
    try:
        law.density()
    except ValueError:
        return False
    return True


def mapped(kind: str, name: str, rng) -> Trial:
    image, names = MAPS[kind]
    for _ in range(200):
        p = law_of(name, rng)
        same = rng.random() < 0.6
        q = near(p, rng) if same else law_of(str(rng.choice(names)), rng)
        if kind == "odds":
            p, q = unit(p), unit(q)
        if not same and rng.random() < 0.7:  # in the same place
            q = Law(q.name, q.shapes, 0.0, p.scale if kind != "odds" else 1.0)
        two = image(p.name, p), image(q.name, q)
        if all(allowed(law) for law in (p, q, *two)):
            break
    return Trial(kind, p, q, partial(by_estimate, two, (p, q)))


def by_estimate(two, one, asked):
    """The truth as another estimate of the same number, and how far that may be off."""
    f, g = (law.density() for law in two)
    value, error = ALL[asked](f, g)
    thin = sum(law.thinness() for law in (*two, *one))
    return value, error + 8 * EPS * thin * (1 + 4 * abs(value)) if np.isfinite(value) else 0.0


def rescaled(name: str, rng) -> Trial:
    """Any two families in other units, which are no power of two."""
    p = law_of(name, rng, loc=rng.random() < 0.5)
    if rng.random() < 0.4:
        q = near(p, rng)
    else:
        q = law_of(str(rng.choice(list(FAMILIES))), rng, loc=rng.random() < 0.5)
        q = Law(q.name, q.shapes, q.loc / q.scale * p.scale, p.scale * logs(rng, 0.05, 20))
    two = (p, q)
    for _ in range(200):
        c = logs(rng, 1e-10, 1e10)
        two = tuple(Law(l.name, l.shapes, l.loc * c, l.scale * c) for l in (p, q))
        if all(allowed(law) for law in two):
            break
    names = tuple(rng.choice(list(ALL), 2, replace=False))
    return Trial("units", p, q, partial(by_estimate, two, (p, q)), names)


def anew(make, rng) -> Trial:
    """A trial whose laws are accepted."""
    while True:
        trial = make(rng)
        if allowed(trial.p) and allowed(trial.q):
            return trial


def trials(rng, count: int) -> Iterator[Trial]:
    """Every family in turn, in every way in which something is known about it."""
    ways = [partial(closed, name) for name in CLOSED]
    ways += [partial(mapped, kind, name) for kind, (_, names) in MAPS.items() for name in names]
    ways += [partial(rescaled, name) for name in FAMILIES]
    for i in range(count):
        yield anew(ways[i % len(ways)], rng)


def verdicts(trial: Trial) -> Iterator[tuple[str, str, object, object]]:
    """(name, verdict, estimate, truth) of each divergence asked: right, wrong, open or out."""
    p, q = trial.p.density(), trial.q.density()
    for name in trial.names:
        got, truth = ALL[name](p, q), trial.truth(name)
        value, error = truth
        if np.isnan(got.value) or np.isnan(got.error) or not 0 <= got.value <= UPPER[name]:
            verdict = "out of bounds"
        elif np.isinf(value) or np.isinf(got.value):
            both = got.value == value or error == np.inf or got.error == np.inf
            verdict = "right" if both or value > 1e300 else "wrong"
        elif abs(got.value - value) > got.error + error + 4 * EPS * abs(value):
            verdict = "wrong"
        else:
            open_ = got.error > 1e-3 * (1 + abs(got.value))
            verdict = "open" if open_ else "right"
        yield name, verdict, got, truth


def game(trial: Trial) -> str | None:
    """What is wrong with C and V of a pair, against the JSD of Theorem 1."""
    p, q = trial.p.density(), trial.q.density()
    c, v, d = C(p, q), V(optimal_logit(p, q), p, q), js(p, q)
    right = 2 * d.value - LOG_4
    for name, e in (("C", c), ("V", v)):
        if not -LOG_4 <= e.value <= 0 or np.isnan(e.error):
            return f"{name} out of bounds: {e}"
        if abs(e.value - right) > e.error + 2 * d.error + 4 * EPS:
            return f"{name}: {e}, not {right} +- {2 * d.error:.1e}"
    m = mixture([p, q], [0.25, 0.75])
    one, other = tv(m, q), tv(p, q)
    if abs(one.value - 0.25 * other.value) > one.error + other.error:
        return f"tv of a mixture: {one}, a quarter of {other}"
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--game", type=int, default=5, help="C, V and a mixture every so often")
    asked = parser.parse_args()
    counts, families, open_ = Counter(), Counter(), Counter()
    start = time.time()
    for i, trial in enumerate(trials(np.random.default_rng(asked.seed), asked.pairs)):
        families[trial.p.name] += 1
        for name, verdict, got, truth in verdicts(trial):
            counts[verdict] += 1
            if verdict == "open":
                open_[trial.p.name] += 1
            if verdict not in ("right", "open"):
                print(verdict, i, trial.kind, name, trial.p, trial.q, got, truth, flush=True)
            if verdict == "open" and open_[trial.p.name] <= 3:
                print("open", i, trial.kind, name, trial.p, trial.q, got, truth, flush=True)
        if i % asked.game == 0 and (words := game(trial)):
            counts["wrong"] += 1
            print("wrong", i, trial.kind, trial.p, trial.q, words, flush=True)
        if i % 500 == 499:
            print(i + 1, dict(counts), f"{time.time() - start:.0f} s", flush=True)
    print(dict(counts), dict(families), "open:", dict(open_))
    sys.exit(int(counts["wrong"] + counts["out of bounds"] > 0))


if __name__ == "__main__":
    main()
