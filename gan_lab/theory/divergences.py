r"""How far apart two laws are.

KL and JS in nats; TV, squared Hellinger and chi-squared as plain numbers. Each returns an
`Estimate` inside the bounds that it has by definition: the truth should be within `error` of
`value`. They are integrals of a function of the two densities plus the same function summed over
the atoms (an f-divergence does not care which measure dominates both), written in
r = log p - log q and so that the integrand is never negative: close laws lose no digits. The same
cells integrate p and q themselves: what they miss of a mass that must be 1 is added to the error,
at the steepest price at which mass was seen to be paid for. Whether an integral is infinite is
decided by supports and declared tails, not by the size of a number; where neither decides, the
error is infinite, but never above the range of what is bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.named import as_distribution
from gan_lab.distributions.tails import combine, converges
from gan_lab.theory.quadrature import (
    MOST_NODES,
    MOST_TERMS,
    Cells,
    Rough,
    cover,
    gathered_marks,
    integrals,
    rough_ends,
)

LOG_2 = float(np.log(2))
FAINT = -200.0
"""A logarithm of what no integral notices."""

INFINITE = Estimate(float("inf"), 0.0)
UNRESOLVED = 1e-9
"""A mass that is not known better than this is counted as missed."""

# (log p, log q) -> (the integrand, its slopes in log p and in log q); homogeneous in (p, q)
Integrand = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]
Bounds = tuple[float, float]
FREE: Bounds = (0.0, float("inf"))


def _kl(lp, lq):
    """p log(p/q) - p + q, which has the integral of p log(p/q) when both laws have mass 1."""
    p, q, r = np.exp(lp), np.exp(lq), lp - lq
    x = -r
    small = x * x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720)))))
    y = np.where(np.abs(r) < 1e-2, p * small, q - p + p * r)
    return np.where(p == 0, q, y), np.where(p == 0, 0.0, p * np.abs(r)), np.abs(p - q)


def both_softplus(r):
    """log(1 + exp(-r)) and log(1 + exp(r)), at any r; `np.logaddexp` takes five times as long."""
    least = np.log1p(np.exp(-np.abs(r)))
    return least + np.maximum(-r, 0.0), least + np.maximum(r, 0.0)


def _js(lp, lq):
    p, q, r = np.exp(lp), np.exp(lq), lp - lq
    m, d = 0.5 * (p + q), np.tanh(0.5 * r)
    d2 = d * d
    series = d2 * (1 + d2 * (1 / 6 + d2 * (1 / 15 + d2 * (1 / 28 + d2 * (1 / 45 + d2 / 66)))))
    up, down = (v - np.log(2) for v in both_softplus(r))
    y = 0.5 * (np.where(p > 0, -p * up, 0.0) + np.where(q > 0, -q * down, 0.0))
    y = np.where(np.abs(d) < 1e-2, 0.5 * m * series, y)
    y = np.where((p == 0) | (q == 0), 0.5 * (p + q) * np.log(2), y)
    return y, 0.5 * p * np.abs(np.where(p > 0, up, 0)), 0.5 * q * np.abs(np.where(q > 0, down, 0))


def _tv(lp, lq):
    p, q = np.exp(lp), np.exp(lq)
    small = -np.expm1(-np.abs(lp - lq))
    return 0.5 * np.where(p == q, 0.0, np.maximum(p, q) * small), 0.5 * p, 0.5 * q


def _hellinger2(lp, lq):
    big = np.maximum(lp, lq)
    gap = -np.expm1(-0.5 * np.abs(lp - lq))
    y = np.where(big == -np.inf, 0.0, 0.5 * np.exp(big) * gap**2)
    slope = np.where(big == -np.inf, 0.0, 0.5 * np.exp(0.5 * big) * gap)
    return y, slope * np.exp(0.5 * lp), slope * np.exp(0.5 * lq)


def _chi2(lp, lq):
    r = lp - lq
    log_gap = np.where(r > 0, r, 0.0) + np.log(-np.expm1(-np.abs(r)))
    y = np.exp(lq + 2 * log_gap)
    y = np.where(r == 0, 0.0, np.where(lp == -np.inf, np.exp(lq), y))
    gap, p = np.exp(lq + log_gap), np.exp(lp)
    slope_p = np.where(np.isfinite(lp), 2 * np.exp(lp + log_gap), 0.0)
    slope_q = np.where(np.isfinite(lp), slope_p + y, gap + p)
    # far out in two tails the logarithms themselves overflow
    far = (lp < -1e100) & (lq < -1e100)
    y, slope_p, slope_q = (np.where(far, 0.0, v) for v in (y, slope_p, slope_q))
    return y, slope_p, slope_q


def pair_of(p: Distribution, q: Distribution) -> tuple[Distribution, Distribution]:
    """Both arguments, once they are known to be densities."""
    return as_distribution("The first argument", p), as_distribution("The second argument", q)


def panels_of(*laws: Distribution) -> np.ndarray:
    """The panel ends of several densities together."""
    return np.unique(np.concatenate([law.panels() for law in laws]))


def where_to_look(laws, extra=()) -> tuple[np.ndarray, np.ndarray, Rough]:
    """Where to look for some densities: points, the widths next to them, and the rough ends."""
    rough = rough_ends(laws)
    more = np.array([*np.ravel(extra), *{x for x, _ in rough}], dtype=float)
    further = more, np.full(len(more), np.inf), np.ones(len(more), dtype=bool)
    return *gathered_marks([*(law.marks() for law in laws), further]), rough


@without_float_warnings
def cells_of(*laws: Distribution, extra=()) -> Cells:
    """Quadrature cells on which all of the densities are smooth."""
    return cover(*where_to_look(laws, extra))


def rounding(law: Distribution, log, anchor, s) -> np.ndarray:
    """How far rounding may move log densities (cells, nodes): in the logarithm itself, and since
    x is rounded, by the slope seen between neighbouring nodes."""
    rise = np.abs(np.diff(log, axis=-1) / np.diff(s, axis=-1))
    rise = np.where(np.isfinite(rise), rise, 0.0)
    slope = np.zeros(np.shape(log))
    slope[..., 1:] = rise
    slope[..., :-1] = np.maximum(slope[..., :-1], rise)
    moved = slope * (law.slip(anchor[..., :1]) + 4 * EPS * np.abs(s))
    return np.where(np.isfinite(log), EPS * (8 + 2 * np.abs(log)) + moved, 0.0)


def product(factor, other):
    """factor * other, 0 wherever factor is."""
    return np.where(factor == 0, 0.0, factor * other)


@dataclass
class Nodes:
    """Two laws at the nodes (cells, nodes) of some cells: logarithms, densities, and how far
    rounding may move the logarithms. The stretch of the coordinate goes into all of them."""

    anchor: np.ndarray
    s: np.ndarray
    p: np.ndarray
    q: np.ndarray
    log_p: np.ndarray
    log_q: np.ndarray
    slack_p: np.ndarray
    slack_q: np.ndarray


def _nodes(p: Distribution, q: Distribution, anchor, s, log_slope) -> Nodes:
    lp, lq = p.log_near(anchor, s), q.log_near(anchor, s)
    slack_p, slack_q = rounding(p, lp, anchor, s), rounding(q, lq, anchor, s)
    lp, lq = lp + log_slope, lq + log_slope
    return Nodes(anchor, s, np.exp(lp), np.exp(lq), lp, lq, slack_p, slack_q)


class Term(NamedTuple):
    """A functional of two laws: an integral of (y, how far rounding may move y) plus a sum over
    the atoms, and the bounds that it has by definition."""

    at: Callable[[Nodes], tuple[np.ndarray, np.ndarray]]
    on_atoms: float
    bounds: Bounds


def f_term(f: Integrand, p: Distribution, q: Distribution, bounds: Bounds) -> Term:
    """The f-divergence of an integrand as something to be integrated."""

    def at(nodes: Nodes):
        y, by_p, by_q = f(nodes.log_p, nodes.log_q)
        return y, product(by_p, nodes.slack_p) + product(by_q, nodes.slack_q)

    return Term(at, _on_atoms(f, p, q), bounds)


def js_term(p: Distribution, q: Distribution) -> Term:
    return f_term(_js, p, q, (0.0, LOG_2))


def _on_atoms(f: Integrand, p: Distribution, q: Distribution) -> float:
    points = np.array(sorted({x for x, _ in p.atoms + q.atoms}))
    if len(points) == 0:
        return 0.0
    return float(f(np.log(p.mass(points)), np.log(q.mass(points)))[0].sum())


def missed_mass(law: Distribution, mass: Estimate) -> float:
    """The probability of a law that an integral over it did not see, 0 for what rounding hides."""
    gap = abs(1.0 - sum(m for _, m in law.atoms) - mass.value)
    hidden = min(law.error_seen(mass), law.error_hides)
    known = mass.error + hidden + 1e-14 * (1 + len(law.atoms))
    return 0.0 if gap <= known < UNRESOLVED else gap + known


def settled(value: float, error: float, bounds: Bounds) -> Estimate:
    """An estimate inside its bounds: a finite value, and an error that is a number and no larger
    than what the bounds leave open."""
    low, high = bounds
    if not np.isfinite(value):
        value, error = max(low, min(high, 0.0)), np.inf
    error = np.inf if np.isnan(error) else error
    value = min(max(value, low), high)
    return Estimate(float(value), float(min(error, max(value - low, high - value))))


def over_both(
    terms: Sequence[Term], p: Distribution, q: Distribution, cells: Cells
) -> list[Estimate]:
    """Each term over the same nodes, at which the densities, and their masses, are asked once."""
    atoms = [1e-15 * (1 + len(p.atoms) + len(q.atoms)) * abs(t.on_atoms) for t in terms]
    if not (p.support or q.support):
        return [settled(t.on_atoms, e, t.bounds) for t, e in zip(terms, atoms, strict=True)]

    def several(anchor, s, log_slope):
        at = _nodes(p, q, anchor, s, log_slope)
        y, noise = zip(*(t.at(at) for t in terms), strict=True)
        noise = [*noise, product(at.p, at.slack_p), product(at.q, at.slack_q)]
        return np.stack([*y, at.p, at.q]), np.stack(noise)

    bounded = [bool(np.isfinite(t.bounds).all()) for t in terms]
    most = min(MOST_NODES, MOST_TERMS / (p.terms + q.terms))
    (*wholes, mass_p, mass_q), steepest = integrals(several, cells, bounded, most=most)
    lost = missed_mass(p, mass_p) + missed_mass(q, mass_q)
    own = p.error_seen(mass_p) + q.error_seen(mass_q)
    return [_priced(*of, lost, own) for of in zip(terms, wholes, atoms, steepest, strict=True)]


def _priced(term: Term, whole: Estimate, atoms: float, steepest, lost: float, own: float):
    """The estimate of a term, when so much mass was lost and the laws' own errors are so large."""
    price = max(1.0, float(steepest))
    # the errors of the laws are of all that they are, not of what is farthest out
    error = 2 * price * lost + min(price, 100 * (1 + abs(whole.value))) * own
    return settled(whole.value + term.on_atoms, whole.error + atoms + error, term.bounds)


@without_float_warnings
def f_divergence(
    f: Integrand, p: Distribution, q: Distribution, bounds: Bounds = (-np.inf, np.inf), cells=None
) -> Estimate:
    """The integral of f over the line plus its sum over the atoms, within the bounds it has."""
    (found,) = over_both([f_term(f, p, q, bounds)], p, q, cells or cells_of(p, q))
    return found


def dominated(p: Distribution, q: Distribution) -> bool:
    """Whether q gives probability to every set to which p does, as far as supports tell."""
    covered = all(any(a <= low and high <= b for a, b in q.support) for low, high in p.support)
    return covered and {x for x, _ in p.atoms} <= {x for x, _ in q.atoms}


def critical_ends(p: Distribution, q: Distribution) -> set[tuple[float, int]]:
    """The ends, with sides, at which an integral over p and q could diverge."""
    inner = {
        (x, side)
        for law in (p, q)
        for low, high in law.support
        for x, side in ((low, 1), (high, -1))
    }
    return inner | set(p.ends()) | set(q.ends())


def kl_converges(p: Distribution, q: Distribution) -> bool | None:
    """Whether KL(p || q) is finite; None where supports and tails do not decide."""
    return _decide(p, q, (1.0, 0.0), lambda at_p, at_q: (at_p, combine(1.0, at_p, -1.0, at_q)))


def chi2_converges(p: Distribution, q: Distribution) -> bool | None:
    """Whether chi2(p || q) is finite; None where supports and tails do not decide."""
    return _decide(p, q, (2.0, -1.0), lambda at_p, at_q: (combine(2.0, at_p, -1.0, at_q), None))


def _decide(p, q, powers, integrand) -> bool | None:
    """Whether the integral of p^a q^b, up to a logarithm, converges at every end."""
    if not dominated(p, q):
        return False if p.support_known and q.support_known else None
    verdicts = {_verdict(p, q, end, powers, integrand) for end in critical_ends(p, q)}
    return False if False in verdicts else (None if None in verdicts else True)


def _verdict(
    p: Distribution, q: Distribution, end: tuple[float, int], powers, integrand
) -> bool | None:
    """Whether an integral converges at one end; where p is nothing there is nothing to converge."""
    at_p, at_q = p.tail(*end), q.tail(*end)
    if at_p is not None and at_p.nothing:
        return True
    if at_p is None and end in p.cut_off():
        # that p^a q^b goes on to die out as it has before the cut is what `pushforward` asks of G
        a, b = powers
        return bool(a * p.logpdf(end[0]) + (b * q.logpdf(end[0]) if b else 0.0) < FAINT) or None
    if at_p is None or at_q is None:
        return None
    tail, factor = integrand(at_p, at_q)
    return converges(tail, bool(np.isfinite(end[0])), factor)


def _if_it_converges(
    f: Integrand, p: Distribution, q: Distribution, finite: bool | None
) -> Estimate:
    if finite is False:
        return INFINITE
    value, error = f_divergence(f, p, q, bounds=FREE)
    return Estimate(value, error if finite else np.inf)


@without_float_warnings
def kl(p: Distribution, q: Distribution) -> Estimate:
    """The Kullback-Leibler divergence KL(p || q), the mean under p of log p - log q, in nats.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        From 0 to infinity, in nats, and its error.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, kl, uniform
    >>> round(kl(gaussian(0, 1), gaussian(1, 1)).value, 6)
    0.5
    >>> kl(uniform(0, 2), uniform(0, 1)).value
    inf
    """
    p, q = pair_of(p, q)
    return _if_it_converges(_kl, p, q, kl_converges(p, q))


@without_float_warnings
def js(p: Distribution, q: Distribution) -> Estimate:
    """The Jensen-Shannon divergence (JSD) of two distributions, in nats.

    With both its halves: (KL(p || m) + KL(q || m)) / 2, where m = (p + q) / 2.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        From 0 to log 2 nats, and its error.

    References
    ----------
    Goodfellow et al. 2014, Theorem 1; Lin 1991, "Divergence measures based on the Shannon
    entropy".

    Examples
    --------
    >>> from gan_lab.theory import gaussian, js, uniform
    >>> value, error = js(uniform(0, 1), uniform(2, 3))
    >>> round(value, 6), error < 1e-6
    (0.693147, True)
    >>> js(gaussian(3, 0.5), gaussian(3, 0.5)).value < 1e-9
    True
    """
    p, q = pair_of(p, q)
    (found,) = over_both([js_term(p, q)], p, q, cells_of(p, q))
    return found


@without_float_warnings
def tv(p: Distribution, q: Distribution) -> Estimate:
    """The total variation distance, half the integral of `|p - q|`.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        From 0 to 1, and its error.

    Examples
    --------
    >>> from gan_lab.theory import tv, uniform
    >>> round(tv(uniform(0, 2), uniform(1, 3)).value, 6)
    0.5
    """
    p, q = pair_of(p, q)
    cells = cells_of(p, q)
    return f_divergence(_tv, p, q, (0.0, 1.0), cells.cut(*_crossed(p, q, cells)))


@without_float_warnings
def hellinger2(p: Distribution, q: Distribution) -> Estimate:
    """The squared Hellinger distance, half the integral of (sqrt p - sqrt q)^2.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        From 0 to 1, and its error.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, hellinger2
    >>> round(hellinger2(gaussian(0, 1), gaussian(2, 1)).value, 6)
    0.393469
    """
    return f_divergence(_hellinger2, *pair_of(p, q), bounds=(0.0, 1.0))


@without_float_warnings
def chi2(p: Distribution, q: Distribution) -> Estimate:
    """Pearson's chi-squared divergence, the integral of (p - q)^2 / q.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        From 0 to infinity, and its error.

    Examples
    --------
    >>> from gan_lab.theory import chi2, gaussian
    >>> round(chi2(gaussian(0, 1), gaussian(1, 1)).value, 6)
    1.718282
    """
    p, q = pair_of(p, q)
    return _if_it_converges(_chi2, p, q, chi2_converges(p, q))


def sign_changes(f, cells: Cells, count: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """(cell, coordinate in it) where f(anchor, s) changes sign, by bisection."""
    c = np.linspace(cells.low, cells.high, count, axis=1)
    s, _ = cells.offsets(c)
    sign = np.sign(f(np.broadcast_to(cells.anchor[:, None], s.shape), s))
    row, column = np.nonzero(sign[:, :-1] * sign[:, 1:] < 0)
    if len(row) == 0:
        return row, np.empty(0)
    cells, low, high, start = cells.take(row), c[row, column], c[row, column + 1], sign[row, column]
    for _ in range(48):
        middle = 0.5 * (low + high)
        same = np.sign(f(cells.anchor, cells.offsets(middle)[0])) == start
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return row, high


def _crossed(p: Distribution, q: Distribution, cells: Cells) -> tuple[np.ndarray, np.ndarray]:
    """Where p - q changes sign: the kinks of |p - q|, as (cell, coordinate)."""

    def difference(anchor, s):
        lp, lq = p.log_near(anchor, s), q.log_near(anchor, s)
        return np.where(np.isfinite(lp) & np.isfinite(lq), lp - lq, 0.0)

    return sign_changes(difference, cells)


@without_float_warnings
def crossings(p: Distribution, q: Distribution) -> np.ndarray:
    """The points where p = q and p - q changes sign."""
    cells = cells_of(p, q)
    row, at = _crossed(p, q, cells)
    found = cells.take(row)
    return found.anchor + found.offsets(at)[0]
