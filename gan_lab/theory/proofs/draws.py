"""Distributions drawn at random, as general as the hypotheses of the claims allow.

Every kind is drawn, of the first of a pair and of the second: with unequal supports, with atoms,
singular at an end, heavy in the tails, disjoint, seen through a generator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, cast

import numpy as np
import sympy as sp
from scipy import stats

from gan_lab.distributions.base import Distribution
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.drawn import drawn
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import distribution
from gan_lab.theory.proofs.formulas import relations
from gan_lab.theory.pushforward import pushforward

Rng = np.random.Generator
Pair = tuple[Distribution, Distribution]


def bell(rng: Rng) -> Distribution:
    return gaussian(rng.normal(), rng.uniform(0.3, 2))


def box(rng: Rng) -> Distribution:
    low = rng.uniform(-2, 1)
    return uniform(low, low + rng.uniform(0.5, 3))


def two_humps(rng: Rng) -> Distribution:
    apart, share = rng.uniform(1, 3), rng.uniform(0.2, 0.8)
    return mixture([gaussian(-apart, 0.5), gaussian(apart, 0.7)], [share, 1 - share])


def heavy(rng: Rng) -> Distribution:
    return distribution(stats.t(rng.uniform(1.5, 5), rng.normal(), rng.uniform(0.5, 2)))


def singular(rng: Rng) -> Distribution:
    """Unbounded at both ends of its support."""
    return distribution(stats.beta(*rng.uniform(0.2, 0.8, 2), loc=rng.uniform(-1, 0), scale=2))


def one_sided(rng: Rng) -> Distribution:
    return distribution(stats.expon(rng.uniform(-1, 1), rng.uniform(0.5, 2)))


def by_hand(rng: Rng) -> Distribution:
    """Linear between points, with a gap where it is 0."""
    heights = rng.uniform(0.1, 1, 7)
    heights[[0, 3, 4, -1]] = 0
    return drawn(np.sort(rng.uniform(-3, 3, 7)), heights)


def point_masses(rng: Rng) -> Distribution:
    """Atoms and no density, on some of the whole numbers from -2 to 2."""
    return pmf(range(-2, 3), rng.dirichlet([0.5] * 5))


def with_atoms(rng: Rng) -> Distribution:
    share = rng.uniform(0.2, 0.8)
    return mixture([point_masses(rng), bell(rng)], [share, 1 - share])


def folded(rng: Rng) -> Distribution:
    """A smooth generator that takes two z to one x, and a density that is infinite at the fold."""
    bend = rng.uniform(0.2, 1)
    return pushforward(lambda z: z + bend * z**2, gaussian(0, 1))


KINDS: tuple[Callable[[Rng], Distribution], ...] = (
    bell,
    box,
    two_humps,
    heavy,
    singular,
    one_sided,
    by_hand,
    point_masses,
    with_atoms,
    folded,
)
SMOOTH = (bell, two_humps, heavy)
TAME = (*SMOOTH, box, one_sided, by_hand, point_masses, with_atoms)


def pairs(rng: Rng, kinds=KINDS, times: int = 2) -> Iterator[Pair]:
    """`times` pairs for each kind, of that kind and of one that is drawn."""
    for kind in (*kinds,) * times:
        yield kind(rng), kinds[rng.integers(len(kinds))](rng)


def overlapping(
    rng: Rng, kinds=KINDS
) -> Iterator[tuple[Distribution, Distribution, np.ndarray, np.ndarray]]:
    """Pairs, and their weights at places where both are positive and finite."""
    for p, q in pairs(rng, kinds, times=2):
        real, fake = finite_weights(rng, p, q)
        here = (real > 0) & (fake > 0)
        if here.any():
            yield p, q, real[here], fake[here]


def disjoint(rng: Rng) -> Iterator[Pair]:
    """Pairs of which one is 0 wherever the other is positive."""
    low = rng.uniform(-1, 1)
    yield uniform(low, low + 1), uniform(low + 1, low + 3)
    yield bell(rng), point_masses(rng)
    yield distribution(stats.beta(0.5, 0.5)), distribution(stats.expon(1.0))
    yield pmf([0, 2], [0.5, 0.5]), pmf([1, 3], [0.1, 0.9])


def places(rng: Rng, p: Distribution, q: Distribution, count: int = 12) -> np.ndarray:
    """Places where p or q has probability: drawn from each, and the atoms of both."""
    atoms = [x for x, _ in p.atoms + q.atoms]
    return np.unique([*p.ppf(rng.uniform(size=count)), *q.ppf(rng.uniform(size=count)), *atoms])


def weights(p: Distribution, q: Distribution, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both densities at x with respect to one measure: masses where either has an atom."""
    a, b = p.mass(x), q.mass(x)
    atom = a + b > 0
    return np.where(atom, a, p.pdf(x)), np.where(atom, b, q.pdf(x))


def finite_weights(rng: Rng, p: Distribution, q: Distribution) -> tuple[np.ndarray, np.ndarray]:
    """Their weights at places where both are finite."""
    a, b = weights(p, q, places(rng, p, q))
    here = np.isfinite(a + b)
    return a[here], b[here]


def within_hypothesis(hypothesis: str, name: str, rng: Rng, count: int) -> np.ndarray:
    r"""Numbers that meet a displayed hypothesis, such as `0 < \eta \le 1` for the name `\eta`:
    drawn from its interval, with the ends that belong to it."""
    interval = interval_of(hypothesis, name)
    low, high = (float(cast(Any, end)) for end in (interval.start, interval.end))
    found = low + (high - low) * (1 - rng.uniform(size=count))
    ends = [end for end, out in ((low, interval.left_open), (high, interval.right_open)) if not out]
    found[found == high] = 0.5 * (low + high)
    found[: len(ends)] = ends
    return found


def end(name: str, value: float) -> Callable[[Rng], list[dict[str, float]]]:
    """A draw that yields the end of what a hypothesis allows."""
    return lambda rng: [{name: value}]


@cache
def interval_of(hypothesis: str, name: str) -> sp.Interval:
    """The numbers that a displayed hypothesis allows."""
    symbol = sp.Symbol(name, real=True)
    found = sp.Interval(-sp.oo, sp.oo)
    for relation in relations(hypothesis, (name,)):
        found &= relation.subs(sp.Symbol(name), symbol).doit().as_set()
    return cast(sp.Interval, found)
