"""The Wasserstein-1 distance, in the units of x: the integral of |F_p - F_q|."""

from __future__ import annotations

from typing import cast

import numpy as np

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.tails import Tail, combine, converges, power
from gan_lab.theory.divergences import (
    FREE,
    INFINITE,
    pair_of,
    settled,
    sign_changes,
    where_to_look,
)
from gan_lab.theory.quadrature import (
    Cells,
    asked,
    cover,
    gathered_marks,
    integrate,
    measured_cells,
    nodes,
    refined,
)

ROUGHLY = 32 * EPS
"""The least relative error that is assumed of a cdf."""
CLOSE, CANCELLED = 1e-2, 1e-7
"""Ratios of tails that are nearly the same, and so nearly that the difference loses digits."""


@without_float_warnings
def w1(p: Distribution, q: Distribution) -> Estimate:
    """The Wasserstein-1 (earth mover's) distance of two distributions on the line.

    The integral of `|F_p - F_q|`, of the two cdfs. Two distributions without means have one where
    their tails differ by little enough.

    Parameters
    ----------
    p, q : Distribution
        Two distributions on the line.

    Returns
    -------
    Estimate
        In the units of x, from 0 to infinity, and its error.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, w1
    >>> round(w1(gaussian(0, 1), gaussian(2, 1)).value, 6)
    2.0
    """
    p, q = pair_of(p, q)
    if p == q:
        return Estimate(0.0, 0.0)
    finite, cuts, rest = True, [-np.inf, np.inf], Estimate(0.0, 0.0)
    for i, side in enumerate((-1, 1)):
        verdict = _both_means(p, q, side)
        if _infinite_means(p, q, side):
            verdict, cuts[i], more = _nearly_the_same(p, q, side)
            rest = Estimate(rest.value + more.value, rest.error + more.error)
        if verdict is False:
            return INFINITE
        finite = finite and verdict is True
    value, error = _between(p, q, *cuts)
    # next to an atom x is rounded onto it
    error += EPS * sum(abs(x) * mass for x, mass in p.atoms + q.atoms)
    return settled(value + rest.value, error + rest.error if finite else np.inf, FREE)


def _between(p: Distribution, q: Distribution, low: float, high: float) -> Estimate:
    """The integral of |F_p - F_q| from low to high."""

    def parts(anchor, s):
        x = anchor + s
        cp, cq, sp, sq = p.cdf(x), q.cdf(x), p.sf(x), q.sf(x)
        below = cp + cq < 1
        return x, np.where(below, cp - cq, sq - sp), np.where(below, cp + cq, sp + sq)

    def integrand(anchor, s):
        x, gap, size = parts(anchor, s)
        density = np.exp(p.log_near(anchor, s)) + np.exp(q.log_near(anchor, s))
        at_x = np.where(np.isfinite(density), EPS * np.abs(x) * density, 0.0)
        return np.abs(gap), rough_by * size + at_x

    points, widths, rough = where_to_look((p, q), [x for x, _ in p.atoms + q.atoms])
    points, widths = _cut(points, widths, low, high)
    if len(points) < 2:
        return Estimate(0.0, 0.0)
    cells = cover(points, widths, rough)
    cells = cells.cut(*sign_changes(lambda anchor, s: parts(anchor, s)[1], cells))
    rough_by = max(ROUGHLY, *(_off(law, cells) for law in (p, q)))
    return integrate(integrand, cells)


def _off(law: Distribution, cells: Cells) -> float:
    """How far a cdf is from the integral of its density over some cell, as a share of the tail
    in which that cell lies."""
    if not law.support:
        return 0.0

    def several(anchor, s, log_slope):
        return np.exp(law.log_near(anchor, s) + log_slope)[None], np.zeros((1, *s.shape))

    m = refined(several, measured_cells(cells, *asked(several, cells, nodes(cells))), 1e-12)
    s, _ = m.cells.offsets(np.stack([m.cells.low, m.cells.high], axis=1))
    x = np.sort(m.cells.anchor[:, None] + s, axis=1)
    below, above = law.cdf(x), law.sf(x)
    # cells with an atom at an end tell nothing
    free = ~np.isin(x, [a for a, _ in law.atoms]).any(axis=1)
    by_cdf, size = below[:, 1] - below[:, 0], below[:, 1]
    right = above[:, 0] < size
    by_cdf = np.where(right, above[:, 0] - above[:, 1], by_cdf)
    size = np.where(right, above[:, 0], size)
    moved = EPS * np.abs(x).max(axis=1) * np.exp(law.logpdf(x)).max(axis=1)
    excess = np.abs(by_cdf - m.value[0]) - m.gap[0] - moved
    # what is so rare that the cells were not refined for it tells nothing either
    share = np.where(free & (excess > 0) & (size > 1e-9), excess / size, 0.0)
    return float(np.nanmax(share, initial=0.0))


def _cut(points, widths, low: float, high: float):
    """Marked points between two ends, which become points themselves."""
    inside = (points > low) & (points < high)
    ends = [x for x, kept in ((low, points[0] < low), (high, points[-1] > high)) if kept]
    ends += [x for x in (points[0], points[-1]) if low <= x <= high and not low < x < high]
    x = np.concatenate([points[inside], np.array(ends, dtype=float)])
    w = np.concatenate([widths[inside], np.full(len(ends), np.inf)])
    return gathered_marks([(x, w, np.ones(len(x), dtype=bool))])


def _both_means(p: Distribution, q: Distribution, side: int) -> bool | None:
    """True when both means converge on a side, False when one does; None for neither or unknown."""
    means = [_mean_converges(law, side) for law in (p, q)]
    if None in means or means == [False, False]:
        return None
    return means[0] == means[1]


def _infinite_means(p: Distribution, q: Distribution, side: int) -> bool:
    return [_mean_converges(law, side) for law in (p, q)] == [False, False]


def _mean_converges(law: Distribution, side: int) -> bool | None:
    tail = law.tail(side * np.inf, -side)
    if tail is None or tail.nothing:
        return None if tail is None else True
    return converges(combine(1.0, tail, 1.0, power(1.0)), False)


def _nearly_the_same(
    p: Distribution, q: Distribution, side: int
) -> tuple[bool | None, float, Estimate]:
    """Two tails without means: whether their difference has an integral, where to stop before it
    loses its digits, and what lies beyond, as the power law that is seen there."""
    end, unknown = side * np.inf, Estimate(0.0, 0.0)
    tail_p, tail_q = (cast(Tail, d.tail(end, -side)) for d in (p, q))
    if combine(1.0, tail_p, -1.0, tail_q).leading() is not None:
        return False, end, unknown
    x = side * np.exp(np.arange(-300.0, 600.0) * 0.5)
    one, two = (law.sf(x) if side > 0 else law.cdf(x) for law in (p, q))
    ratio = np.abs(np.log(one) - np.log(two))
    tail = np.cumsum((~(ratio < CLOSE))[::-1])[::-1] == 0
    if not tail.any():
        return False, end, unknown
    here = np.flatnonzero(tail & (ratio > CANCELLED))
    if len(here) < 9:
        return None, end, unknown
    k = here[-1]
    log = np.log(np.abs(one - two))
    rate, before = log[k - 4] - log[k], log[k - 8] - log[k - 4]
    excess = 0.5 * rate - 1
    if not abs(excess) > 0.02 + abs(rate - before):
        return None, end, unknown
    if excess < 0:
        return False, end, unknown
    value = abs(one[k] - two[k]) * abs(x[k]) / excess
    return True, float(x[k]), Estimate(value, value * (1e-6 + 4 * abs(rate - before) / excess))
