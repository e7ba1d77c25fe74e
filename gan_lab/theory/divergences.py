r"""How far apart two laws are.

KL and JS in nats; TV, squared Hellinger and chi-squared as plain numbers; Wasserstein in the units
of x. Each returns an `Estimate`: the truth should be within `error` of `value`, unless something
narrower than all that the laws declare was missed. All but `w1` are integrals of
a function of the two densities plus the same function summed over the atoms (an f-divergence
does not care which measure dominates both). They are written in r = log p - log q and so that
the integrand is never negative: close laws lose no digits. Whether one is infinite is decided
by supports and declared tails, not by the size of a number; where neither decides, the error is
infinite.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from gan_lab.theory.densities import Density, Estimate, as_density
from gan_lab.theory.quadrature import Cells, cover, integrate, rough_ends
from gan_lab.theory.tails import combine, converges, power

EPS = np.finfo(float).eps
INFINITE = Estimate(float("inf"), 0.0)

# (log p, log q) -> (the integrand, its slopes in log p and in log q)
Integrand = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray, np.ndarray]]


def _kl(lp, lq):
    """p log(p/q) - p + q, which has the integral of p log(p/q) when both laws have mass 1."""
    p, q, r = np.exp(lp), np.exp(lq), lp - lq
    x = -r
    small = x * x * (1 / 2 + x * (1 / 6 + x * (1 / 24 + x * (1 / 120 + x * (1 / 720)))))
    y = np.where(np.abs(r) < 1e-2, p * small, q - p + p * r)
    y = np.where(lp == -np.inf, q, y)
    return np.where(p + q == 0, 0.0, y), p * np.abs(r), np.abs(p - q)


def _js(lp, lq):
    p, q, r = np.exp(lp), np.exp(lq), lp - lq
    m, d = 0.5 * (p + q), np.tanh(0.5 * r)
    d2 = d * d
    series = d2 * (1 + d2 * (1 / 6 + d2 * (1 / 15 + d2 * (1 / 28 + d2 * (1 / 45 + d2 / 66)))))
    up, down = np.logaddexp(0, -r) - np.log(2), np.logaddexp(0, r) - np.log(2)
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
    y = np.where((lp == -np.inf) & (lq == -np.inf), 0.0, y)
    gap, p = np.exp(lq + log_gap), np.exp(lp)
    slope_p = 2 * np.exp(lp + log_gap)
    slope = np.where(np.isfinite(lp), slope_p, 0.0)
    return y, slope, np.where(np.isfinite(lp), slope_p + y, gap + p)


def pair_of(p: Density, q: Density) -> tuple[Density, Density]:
    """Both arguments, once they are known to be densities."""
    return as_density("The first argument", p), as_density("The second argument", q)


def panels_of(*laws: Density) -> np.ndarray:
    """The panel ends of several densities together."""
    return np.unique(np.concatenate([law.panels() for law in laws]))


def cells_of(*laws: Density, extra=()) -> Cells:
    """Quadrature cells on which all of the densities are smooth."""
    return cover(np.union1d(panels_of(*laws), np.asarray(extra, float)), rough_ends(laws))


def _on_densities(f: Integrand, p: Density, q: Density):
    def integrand(anchor, s):
        lp, lq = p.log_near(anchor, s), q.log_near(anchor, s)
        with np.errstate(all="ignore"):
            y, by_p, by_q = f(lp, lq)
            noise = np.where(np.isfinite(lp), by_p * (4 + np.abs(lp)), 0.0)
            noise = noise + np.where(np.isfinite(lq), by_q * (4 + np.abs(lq)), 0.0)
        return y, EPS * noise

    return integrand


def _on_atoms(f: Integrand, p: Density, q: Density) -> float:
    points = np.array(sorted({x for x, _ in p.atoms + q.atoms}))
    if len(points) == 0:
        return 0.0
    with np.errstate(all="ignore"):
        return float(f(np.log(p.mass(points)), np.log(q.mass(points)))[0].sum())


def f_divergence(f: Integrand, p: Density, q: Density, extra=()) -> Estimate:
    """The integral of f over the line plus its sum over the atoms."""
    discrete = _on_atoms(f, p, q)
    if not (p.support or q.support):
        return Estimate(discrete, 1e-15 * (1 + len(p.atoms)) * abs(discrete))
    value, error = integrate(_on_densities(f, p, q), cells_of(p, q, extra=extra))
    return Estimate(value + discrete, error + 1e-15 * discrete + p.error + q.error)


def dominated(p: Density, q: Density) -> bool:
    """Whether q gives probability to every set to which p does, as far as supports tell."""
    covered = all(
        any(a <= low and high <= b for a, b in q.support) for low, high in p.support
    )
    return covered and {x for x, _ in p.atoms} <= {x for x, _ in q.atoms}


def critical_ends(p: Density, q: Density) -> set[tuple[float, int]]:
    """The ends, with sides, at which an integral over p and q could diverge."""
    inner = {(x, side) for law in (p, q) for low, high in law.support
             for x, side in ((low, 1), (high, -1))}
    return inner | set(p.ends()) | set(q.ends())


def kl_converges(p: Density, q: Density) -> bool | None:
    """Whether KL(p || q) is finite; None where supports and tails do not decide."""
    return _decide(p, q, lambda at_p, at_q: (at_p, combine(1.0, at_p, -1.0, at_q)))


def chi2_converges(p: Density, q: Density) -> bool | None:
    """Whether chi2(p || q) is finite; None where supports and tails do not decide."""
    return _decide(p, q, lambda at_p, at_q: (combine(2.0, at_p, -1.0, at_q), None))


def _decide(p, q, integrand) -> bool | None:
    if not dominated(p, q):
        return False if p.support_known and q.support_known else None
    verdicts = set()
    for x, side in critical_ends(p, q):
        at_p, at_q = p.tail(x, side), q.tail(x, side)
        if at_p is not None and at_p.nothing:
            continue
        if at_p is None or at_q is None:
            verdicts.add(None)
            continue
        tail, factor = integrand(at_p, at_q)
        verdicts.add(converges(tail, bool(np.isfinite(x)), factor))
    return False if False in verdicts else (None if None in verdicts else True)


def _if_it_converges(f: Integrand, p: Density, q: Density, finite: bool | None) -> Estimate:
    if finite is False:
        return INFINITE
    value, error = f_divergence(f, p, q)
    return Estimate(value, error if finite else np.inf)


def kl(p: Density, q: Density) -> Estimate:
    """KL(p || q), the mean under p of log p - log q, in nats."""
    p, q = pair_of(p, q)
    return _if_it_converges(_kl, p, q, kl_converges(p, q))


def js(p: Density, q: Density) -> Estimate:
    """The Jensen-Shannon divergence with both its halves, between 0 and log 2 nats."""
    return f_divergence(_js, *pair_of(p, q))


def tv(p: Density, q: Density) -> Estimate:
    """Total variation, half the integral of |p - q|, between 0 and 1."""
    p, q = pair_of(p, q)
    return f_divergence(_tv, p, q, extra=crossings(p, q))


def hellinger2(p: Density, q: Density) -> Estimate:
    """The squared Hellinger distance with its half, between 0 and 1."""
    return f_divergence(_hellinger2, *pair_of(p, q))


def chi2(p: Density, q: Density) -> Estimate:
    """Pearson's chi-squared, the integral of (p - q)^2 / q."""
    p, q = pair_of(p, q)
    return _if_it_converges(_chi2, p, q, chi2_converges(p, q))


def sign_changes(f, cells: Cells, count: int = 8) -> np.ndarray:
    """Points x at which f(anchor, s) changes sign inside cells, by bisection."""
    c = np.linspace(cells.low, cells.high, count, axis=1)
    s, _ = cells.offsets(c)
    sign = np.sign(f(np.broadcast_to(cells.anchor[:, None], s.shape), s))
    row, column = np.nonzero(sign[:, :-1] * sign[:, 1:] < 0)
    if len(row) == 0:
        return np.empty(0)
    cells, low, high, start = cells.take(row), c[row, column], c[row, column + 1], sign[row, column]
    for _ in range(48):
        middle = 0.5 * (low + high)
        same = np.sign(f(cells.anchor, cells.offsets(middle)[0])) == start
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return cells.anchor + cells.offsets(high)[0]


def crossings(p: Density, q: Density) -> np.ndarray:
    """The points where p = q and p - q changes sign: the kinks of |p - q|."""
    if not (p.support and q.support):
        return np.empty(0)

    def difference(anchor, s):
        lp, lq = p.log_near(anchor, s), q.log_near(anchor, s)
        with np.errstate(invalid="ignore"):
            return np.where(np.isfinite(lp) & np.isfinite(lq), lp - lq, 0.0)

    return sign_changes(difference, cells_of(p, q))


def w1(p: Density, q: Density) -> Estimate:
    """The Wasserstein-1 distance, the integral of |F_p - F_q|, in the units of x."""
    p, q = pair_of(p, q)
    finite = _w1_converges(p, q)
    if finite is False:
        return INFINITE

    def difference(anchor, s):
        x = anchor + s
        below = q.cdf(x) - p.cdf(x)
        above = p.sf(x) - q.sf(x)
        return np.where(p.cdf(x) + q.cdf(x) < 1, -below, -above)

    def integrand(anchor, s):
        x = anchor + s
        cp, cq, sp, sq = p.cdf(x), q.cdf(x), p.sf(x), q.sf(x)
        low = cp + cq < 1
        y = np.where(low, np.abs(cp - cq), np.abs(sp - sq))
        return y, 8 * EPS * np.where(low, cp + cq, sp + sq)

    atoms = [x for x, _ in p.atoms + q.atoms]
    panels = np.union1d(panels_of(p, q), atoms)
    if len(panels) < 2:
        return Estimate(0.0, 0.0)
    cells = cover(panels, rough_ends((p, q)))
    cells = cover(np.union1d(panels, sign_changes(difference, cells)), rough_ends((p, q)))
    value, error = integrate(integrand, cells)
    return Estimate(value, error if finite else np.inf)


def _w1_converges(p: Density, q: Density) -> bool | None:
    """True when both means are finite, False when exactly one is not."""
    verdicts = {True}
    for x, side in ((-np.inf, 1), (np.inf, -1)):
        mean = [_mean_converges(law, x, side) for law in (p, q)]
        if mean[0] is None or mean[1] is None:
            verdicts.add(None)
        elif mean[0] != mean[1]:
            verdicts.add(False)
        elif not mean[0]:
            verdicts.add(_same_tail(p, q, x, side))
    return False if False in verdicts else (None if None in verdicts else True)


def _mean_converges(law: Density, x: float, side: int) -> bool | None:
    tail = law.tail(x, side)
    if tail is None or tail.nothing:
        return None if tail is None else True
    return converges(combine(1.0, tail, 1.0, power(1.0)), False)


def _same_tail(p: Density, q: Density, x: float, side: int) -> bool | None:
    """Two infinite means: different tails make w1 infinite; equal ones decide nothing here."""
    difference = combine(1.0, p.tail(x, side), -1.0, q.tail(x, side))
    if difference.leading() is not None:
        return False
    far = np.array([-side * 1e60])
    ratio = p.logpdf(far) - q.logpdf(far)
    return False if np.all(np.abs(ratio) > 1e-6) else None
