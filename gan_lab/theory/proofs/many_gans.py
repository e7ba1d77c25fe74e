"""The claim of the chapter on many GANs at once."""

from __future__ import annotations

import numpy as np
import sympy as sp
from scipy import special, stats

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

CHAPTER = "many_gans"


# An interval for the median

HELD, FEWER = r"P(x_{(r)} \le \mu \le x_{(n+1-r)})", r"P(B < r)"
WITHOUT_ATOMS = (
    draws.bell,
    draws.box,
    draws.heavy,
    draws.singular,
    draws.one_sided,
    draws.by_hand,
)
TIMES = 4000


def experiments(rng: draws.Rng, law: Distribution, n: int, r: int) -> Instance:
    """How often the interval held the median, within 5 standard errors of the binomial."""
    x = np.sort(law.ppf(rng.uniform(size=(TIMES, n))), axis=-1)
    median = float(law.ppf(np.array([0.5]))[0])
    held = float(np.mean((x[:, r - 1] <= median) & (median <= x[:, n - r])))
    spread = 5 * max(held * (1 - held) / TIMES, 1 / TIMES**2) ** 0.5
    fewer = float(stats.binom.cdf(r - 1, n, 0.5))
    return {HELD: Estimate(held, spread), FEWER: fewer, "r": r, "n": n}


def many(rng: draws.Rng) -> Drawn:
    for kind in WITHOUT_ATOMS:
        n = int(rng.integers(4, 12))
        yield experiments(rng, kind(rng), n, int(rng.integers(1, n // 2 + 1)))


def exact(rng: draws.Rng) -> Drawn:
    """By the beta distributions of a uniform law's order statistics."""
    for n in range(2, 14):
        for r in range(1, n // 2 + 1):
            held = special.betainc(r, n + 1 - r, 0.5) - special.betainc(n + 1 - r, r, 0.5)
            fewer = sum(special.comb(n, i, exact=True) for i in range(r)) / 2**n
            yield {HELD: float(held), FEWER: fewer, "r": r, "n": n}


def _both(rng: draws.Rng) -> Drawn:
    yield from many(rng)
    yield from exact(rng)


def _with_atoms(rng: draws.Rng) -> Drawn:
    for _ in range(3):
        yield experiments(rng, draws.point_masses(rng), 10, 2)


_half = sp.Rational(1, 2)


def as_polynomials(n: int = 7, r: int = 2) -> dict[str, sp.Expr]:
    """The probability that U_(r) <= ½ <= U_(n+1-r), by integrating the density of an order
    statistic, and that of fewer than r heads."""
    u = sp.Symbol("u", positive=True)

    def below(k):
        pdf = k * sp.binomial(n, k) * u ** (k - 1) * (1 - u) ** (n - k)
        return sp.integrate(sp.expand(pdf), (u, 0, _half))

    fewer = sum(sp.binomial(n, i) for i in range(r)) * _half**n
    return {HELD: below(r) - below(n + 1 - r), FEWER: fewer}


MEDIAN_INTERVAL = Claim(
    name="median-interval",
    title="An interval for the median",
    chapter=CHAPTER,
    source="the sign test's interval; derived here",
    sentences=(
        r"Let $x_{(1)}, \dots, x_{(n)}$ be independent draws, sorted, from a distribution without "
        r"atoms, $\mu$ its median, and $B$ the number of heads in $n$ tosses of a fair coin.",
        rf"For $1 \le r \le n/2$ $$ {HELD} = 1 - 2\, {FEWER} . $$",
    ),
    checks=(Check(_both), Check(_both, algebra=as_polynomials())),
    rivals=(Rival("the distribution has atoms", _with_atoms, of=(1,)),),
)
