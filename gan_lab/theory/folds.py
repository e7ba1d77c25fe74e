r"""Push-forward by a smooth G: branches of its inverse, and what happens where it folds.

G is replaced by polynomials on cells small enough that nothing is lost, and cut where its
derivative vanishes. Near such a fold z0, G(z) - G(z0) = R(d) d^k with d = |z - z0|, and R is
what is interpolated: so the density c |x - x0|^(1/k - 1) keeps its digits next to the fold.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.polynomial import chebyshev

from gan_lab.theory.densities import Density, quantile_by_bisection, union
from gan_lab.theory.pushforward import Pushed, evaluate, interval_mass
from gan_lab.theory.tails import REGULAR, Tail, power

DEGREE = 16
POINTS = chebyshev.chebpts1(DEGREE + 1)
TO_COEFFICIENTS = np.linalg.inv(chebyshev.chebvander(POINTS, DEGREE))
LOST = 1e-17
SATURATED = 1e-11
MOST_CELLS = 4000


@dataclass(frozen=True, eq=False)
class Branch:
    """One monotone piece: z = z0 + way * d and x = x0 + rise * R(d) d^order, 0 <= d <= length.

    R > 0 is the Chebyshev series `ratio` in 2 d / length - 1.
    """

    z0: float
    x0: float
    way: int
    rise: int
    order: int
    length: float
    ratio: np.ndarray

    @cached_property
    def slope(self):
        return chebyshev.chebder(self.ratio) * 2 / self.length

    @cached_property
    def table(self):
        d = np.linspace(0, self.length, 65)
        return self.root(d)[0], d

    @cached_property
    def height(self) -> float:
        return float(self.table[0][-1] ** self.order)

    def root(self, d):
        """(|x - x0|^(1/order), its derivative in d)."""
        t = 2 * d / self.length - 1
        R = np.maximum(chebyshev.chebval(t, self.ratio), 1e-300)
        base = R ** (1 / self.order)
        slope = base * (1 + d * chebyshev.chebval(t, self.slope) / (self.order * R))
        return base * d, slope

    def inverse(self, s):
        """The d at which |x - x0| = s, and log |dx/dd| there."""
        w = s ** (1 / self.order)
        d = np.interp(w, *self.table)
        for _ in range(8):
            h, slope = self.root(d)
            step = (h - w) / slope
            d = np.clip(d - step, 0.0, self.length)
            if np.all(np.abs(step) <= 1e-15 * self.length):
                break
        slope = self.root(d)[1]
        with np.errstate(divide="ignore", invalid="ignore"):
            log_w = np.log(w) if self.order > 1 else 0.0
            return d, np.log(self.order * slope) + (self.order - 1) * log_w


@dataclass(frozen=True, eq=False)
class Folded(Pushed):
    """The law of G(z) for a smooth G, by the branches of its inverse."""

    p_z: Density
    G: object
    branches: tuple[Branch, ...]
    atoms: tuple[tuple[float, float], ...] = ()
    whole: bool = True
    error: float = 0.0

    @property
    def support_known(self) -> bool:
        """Whether the branches carry all of the support, not just nearly all of the mass."""
        return self.whole

    @cached_property
    def _extents(self):
        ends = np.array([[b.x0, b.x0 + b.rise * b.height] for b in self.branches])
        ends = ends.reshape(-1, 2)
        return ends.min(axis=1), ends.max(axis=1)

    @cached_property
    def support(self):
        low, high = self._extents
        return union(zip(low.tolist(), high.tolist(), strict=True), slack=1e-13)

    def log_near(self, anchor, s):
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        total = np.full(s.shape, -np.inf)
        for b in self.branches:
            distance = b.rise * ((anchor - b.x0) + s)
            here = (distance > 0) & (distance <= b.height)
            if here.any():
                d, log_slope = b.inverse(distance[here])
                more = self.p_z.log_near(b.z0, b.way * d) - log_slope
                total[here] = np.logaddexp(total[here], more)
        return total

    def _moved(self, x, upper):
        total = np.zeros(x.shape)
        for b in self.branches:
            s = np.clip(b.rise * (x - b.x0), 0.0, b.height)
            d = np.clip(b.inverse(s)[0], 0.0, b.length)
            near = (b.rise > 0) != upper
            low, high = (np.zeros_like(d), d) if near else (d, np.full_like(d, b.length))
            ends = b.z0 + b.way * low, b.z0 + b.way * high
            total = total + interval_mass(self.p_z, np.minimum(*ends), np.maximum(*ends))
        return total

    def ppf(self, u):
        u = np.asarray(u, dtype=float)
        edges = [x for interval in self.support for x in interval] + [x for x, _ in self.atoms]
        brackets = [np.full(u.shape, min(edges)), np.full(u.shape, max(edges))]
        return quantile_by_bisection(self.cdf, u, brackets)

    def sample(self, n, rng):
        return evaluate(self.G, self.p_z.sample(n, rng))

    @cached_property
    def _panels(self):
        return np.unique(np.concatenate(self._extents))

    def panels(self):
        return self._panels

    @cached_property
    def _ends(self):
        ends: dict[tuple[float, int], Tail | None] = {}
        for b in self.branches:
            key = (b.x0, b.rise)
            if b.order > 1 and ends.get(key, REGULAR) is not None:
                ends[key] = power(1 - 1 / b.order)
        unknown = {z for (z, _), tail in self.p_z.ends().items() if tail != REGULAR}
        for low, high in self.support if unknown else ():
            ends |= {(low, 1): None, (high, -1): None}
        return ends

    def ends(self):
        return self._ends

    def reach(self, x, side):
        exact = any(b.x0 == x and b.rise == side for b in self.branches)
        return 0.0 if exact else 64 * np.finfo(float).eps * max(abs(x), 1e-300)

    def __repr__(self):
        return f"pushforward of {self.p_z!r} by a smooth G of {len(self.branches)} branches"


def smooth(G, p_z: Density, kinks: np.ndarray) -> Density:
    """The law of G(z) for a G that is smooth between its kinks."""
    z, whole = _range(p_z, kinks)
    cells = _cells(G, z)
    cuts = sorted({x for cell in cells for x in (*cell[:2], *_folds(*cell))})
    branches: list[Branch] = []
    atoms: dict[float, float] = {}
    for a, b in zip(cuts[:-1], cuts[1:], strict=True):
        mass = float(interval_mass(p_z, np.float64(a), np.float64(b)))
        x = evaluate(G, np.linspace(a, b, 9))
        if np.ptp(x) <= 64 * np.finfo(float).eps * np.abs(x).max():
            if mass > 0:
                atoms[float(x[4])] = atoms.get(float(x[4]), 0.0) + mass
        else:
            branches += _branches(G, a, b)
    # a saturated tail of G is not a flat piece: its mass is left to the error
    atoms = {x: mass for x, mass in atoms.items() if mass > SATURATED}
    for x, mass in ((float(G(np.array([x]))[0]), m) for x, m in p_z.atoms):
        atoms[x] = atoms.get(x, 0.0) + mass
    law = Folded(p_z, G, tuple(branches), tuple(sorted(atoms.items())), whole, 0.0)
    return Folded(p_z, G, law.branches, law.atoms, whole, _mass_error(law) + p_z.error)


def _range(p_z: Density, kinks: np.ndarray) -> tuple[np.ndarray, bool]:
    """Ends of the first cells in z, and whether they hold the whole support of p_z."""
    panels = np.union1d(p_z.panels(), kinks)
    low, high = min(i[0] for i in p_z.support), max(i[1] for i in p_z.support)
    whole = bool(np.isfinite(low) and np.isfinite(high))
    if not whole:
        tail = p_z.ppf(np.array([LOST])) if not np.isfinite(low) else np.array([low])
        low = float(tail[0])
        high = high if np.isfinite(high) else _upper(p_z, panels)
    inner = panels[(panels > low) & (panels < high)]
    return np.concatenate([[low], inner, [high]]), whole


def _upper(p_z: Density, panels: np.ndarray) -> float:
    """An x beyond which p_z has a probability of at most LOST."""
    x = panels[np.isfinite(panels)]
    low, high = x[-1], x[-1] + max(x[-1] - x[0], 1.0)
    while p_z.sf(high) > LOST:
        low, high = high, high + 2 * (high - x[0])
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if p_z.sf(middle) > LOST else (low, middle)
    return float(high)


def _cells(G, z: np.ndarray):
    """Cells (low, high, coefficients) on which polynomials follow G."""
    waiting, cells = list(zip(z[:-1], z[1:], strict=True)), []
    scale = np.abs(evaluate(G, 0.5 * (z[:-1] + z[1:]))).max()
    while waiting:
        low, high = waiting.pop()
        x = evaluate(G, 0.5 * (low + high) + 0.5 * (high - low) * POINTS)
        c = TO_COEFFICIENTS @ x
        size = np.abs(x).max()
        tail, rounding = np.abs(c[-3:]).max(), 8 * np.finfo(float).eps * max(size, scale)
        tight = tail <= max(1e-13 * np.abs(c[1:]).max(), rounding)
        tiny = high - low <= 1e-12 * max(abs(low), abs(high))
        if tight or tiny or len(cells) + len(waiting) > MOST_CELLS:
            cells.append((float(low), float(high), c))
        else:
            waiting += [(low, 0.5 * (low + high)), (0.5 * (low + high), high)]
    return sorted(cells, key=lambda cell: cell[0])


def _folds(low: float, high: float, c: np.ndarray) -> list[float]:
    """The z in a cell at which the derivative of the series vanishes."""
    slope = chebyshev.chebder(c)
    size = np.abs(slope).sum()
    if size <= 1e-14 * np.abs(c).max() or abs(slope[0]) > np.abs(slope[1:]).sum():
        return []
    roots = chebyshev.chebroots(chebyshev.chebtrim(slope, 1e-15 * size))
    real = np.sort(roots.real[(np.abs(roots.imag) < 1e-12) & (np.abs(roots.real) <= 1)])
    curve = chebyshev.chebder(slope)
    for _ in range(2):
        bend = chebyshev.chebval(real, curve)
        with np.errstate(all="ignore"):
            step = chebyshev.chebval(real, slope) / bend
        real = np.where(np.abs(step) < 1e-6, real - step, real)
    return [0.5 * (low + high) + 0.5 * (high - low) * t for t in real if -1 < t < 1]


def _branches(G, a: float, b: float) -> list[Branch]:
    """A monotone piece as one branch, or as two when both its ends are folds."""
    left, right = _branch(G, a, b), _branch(G, b, a)
    if left.order > 1 and right.order > 1:
        middle = 0.5 * (a + b)
        return [_branch(G, a, middle), _branch(G, b, middle)]
    return [right if right.order > 1 else left]


def _branch(G, start: float, stop: float) -> Branch:
    """The branch that starts at one end of a monotone piece; its order is found here."""
    x0, x1 = evaluate(G, np.array([start, stop]))
    length, way = abs(stop - start), 1 if stop > start else -1
    d = 0.5 * length * (1 + POINTS)
    rise = 1 if x1 > x0 else -1
    growth = rise * (evaluate(G, start + way * d) - x0)
    for order in (1, 2, 3, 4):
        ratio = TO_COEFFICIENTS @ (growth / d**order)
        at_fold = chebyshev.chebval(-1.0, ratio)
        if abs(at_fold) > 1e-7 * np.abs(ratio).max():
            break
    return Branch(float(start), float(x0), way, rise, order, float(length), ratio)


def _mass_error(law: Folded) -> float:
    """How far atoms and branches are from a total of 1, and the polynomials from G."""
    from gan_lab.theory.divergences import cells_of
    from gan_lab.theory.quadrature import integrate

    total = sum(mass for _, mass in law.atoms)
    if not law.branches:
        return abs(1 - total) + 1e-15
    value, error = integrate(
        lambda anchor, s: (np.exp(law.log_near(anchor, s)), np.zeros(s.shape)), cells_of(law)
    )
    return abs(1 - total - value) + error + 1e-14
