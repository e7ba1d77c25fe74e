r"""Push-forward by a smooth G: branches of its inverse, and what happens where it folds.

G is replaced by polynomials on cells small enough that nothing is lost, and cut where its
derivative vanishes. Near such a fold z0, G(z) - G(z0) = R(d) d^k with d = |z - z0|, and R is
what is kept, by division: so the density c |x - x0|^(1/k - 1) keeps its digits next to the fold.
The ends of all pieces stand in one table, in z and in x, and neighbours look them up there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from scipy.special import xlogy

from gan_lab.distributions.base import Distribution, Estimate, union
from gan_lab.distributions.tails import REGULAR, Tail, power
from gan_lab.theory.chebyshev import DEGREE, EPS, deflated, derivatives, series
from gan_lab.theory.folds import FLAT, SeriesCells, cells, folds, peaks
from gan_lab.theory.pushforward import (
    Pushed,
    Rough,
    evaluate,
    gathered_atoms,
    interval_mass,
    rescaled,
)

LOST = 1e-17
"""What of p_z's probability may lie beyond the first and the last piece, each."""

FAR = 4.0
OVERLAPS = 2000
"""How much further than to LOST z goes, which loses 1e-250 of a Gaussian, and how many pairs of a
piece and a gap above it that may cost."""

SATURATED = 1e-11
"""A flat piece of no more probability is a saturated tail of G, and is left to the error."""

NARROW = 0.1
"""A peak is marked where it is so thin, relative to the distance between the panels beside it."""

APART = 1e-8
"""Two of Newton's steps that are nearer, relative to the piece, say nothing of a second slope."""

AT_ONCE = 8192
"""Points whose z are looked for together: so few that their polynomials stay in a cache."""

TINY = 1e-300
STEPS = 16
"""Steps of the table in which an inverse is looked up before Newton's method."""


@dataclass(frozen=True, eq=False)
class Branches:
    """Monotone pieces: z = z0 + way * d and x = x0 + rise * R(d) d^order, 0 <= d <= length.

    All (pieces,) but `ratio` (DEGREE + 1, pieces): R > 0 is a Chebyshev series in t0 + rate * d.
    """

    z0: np.ndarray
    x0: np.ndarray
    way: np.ndarray
    rise: np.ndarray
    order: np.ndarray
    length: np.ndarray
    t0: np.ndarray
    rate: np.ndarray
    ratio: np.ndarray

    @cached_property
    def _both(self):
        """The series of R and of its slope in d, (DEGREE + 1, 2, pieces)."""
        slope = derivatives(self.ratio.T).T * self.rate
        return np.stack([self.ratio, np.vstack([slope, np.zeros(slope.shape[1])])], axis=1)

    @cached_property
    def _table(self):
        """w = |x - x0|^(1/order) at d = 0, length / STEPS, ..., increasing, and the slopes of d
        in w there: (STEPS + 1, pieces) each."""
        d = np.arange(STEPS + 1)[:, None] / STEPS * self.length
        R, slope = series(self._both[:, :, None], self.t0 + self.rate * d)
        w, steep = _root(d, np.maximum(R, TINY), slope, self.order)
        return np.maximum.accumulate(w, axis=0), 1 / steep

    def rises(self) -> np.ndarray:
        """Whether each branch increases in d, as a look at many of its points says."""
        d = np.arange(2 * DEGREE + 1)[:, None] / (2 * DEGREE) * self.length
        R, slope = series(self._both[:, :, None], self.t0 + self.rate * d)
        return np.all((R > 0) & (self.order * R + d * slope > 0), axis=0)

    def inverse(self, piece: np.ndarray, distance: np.ndarray):
        """The d at which |x - x0| is the distance, and log |dx/dd| there, for each piece."""
        parts = range(0, max(len(piece), 1), AT_ONCE)
        found = [self._inverse(piece[i : i + AT_ONCE], distance[i : i + AT_ONCE]) for i in parts]
        return found[0] if len(found) == 1 else tuple(map(np.concatenate, zip(*found, strict=True)))

    def _inverse(self, piece: np.ndarray, distance: np.ndarray):
        order, length = self.order[piece], self.length[piece]
        t0, rate, both = self.t0[piece], self.rate[piece], self._both.take(piece, axis=2)
        w = distance if np.all(order == 1) else distance ** (1 / order)
        low, high, d = self._bracket(piece, w)
        past, log_past = d, np.zeros(len(d))
        for _ in range(12):
            R, slope = series(both, t0 + rate * d)
            here, steep = _root(d, np.maximum(R, TINY), slope, order)
            new, log_steep = np.clip(d - (here - w) / steep, low, high), np.log(steep)
            step, back = new - d, d - past
            far = np.abs(back) > APART * length
            # the slope at the new d by that at the last two, which lacks their product
            ahead = np.where(far, (log_steep - log_past) / np.where(far, back, 1.0) * step, 0.0)
            moved, lacks = np.abs(step), np.where(far, np.abs(step * back), 0.0)
            past, log_past, d = d, log_steep, new
            # w itself is not known any better than by its own rounding
            near = (moved <= 4 * EPS * length) | (moved * steep <= 8 * EPS * w)
            if np.all(near | (far & (lacks <= 0.01 * EPS * length**2))):
                break
        return d, np.log(order) + log_steep + ahead + xlogy(order - 1, w)

    def _bracket(self, piece, w):
        """Two d between which the table has w, and the cubic's (Hermite) guess between them."""
        table, slope = self._table
        step = np.count_nonzero(table[1:-1].take(piece, axis=1) <= w, axis=0)
        unit = self.length[piece] / STEPS
        low, high = table[step, piece], table[step + 1, piece]
        gap = np.maximum(high - low, TINY)
        share = np.clip((w - low) / gap, 0, 1)
        before, after = slope[step, piece] * gap - unit, slope[step + 1, piece] * gap - unit
        bend = share * (1 - share) * ((1 - share) * before - share * after)
        start = step * unit
        return start, start + unit, np.clip(start + share * unit + bend, start, start + unit)


def _root(d, R, slope, order):
    """(R d^order)^(1/order) and its slope in d, for the R of a fold and the slope of R."""
    base = R if np.all(order == 1) else R ** (1 / order)
    return d * base, np.maximum(base * (1 + d * slope / (order * R)), TINY)


@dataclass(frozen=True, eq=False)
class Smooth(Pushed):
    """The law of G(z) for a smooth G, by the branches of its inverse."""

    p_z: Distribution
    G: object
    branches: Branches
    _z: np.ndarray
    _x: np.ndarray
    _marks: np.ndarray
    _peaks: np.ndarray
    atoms: tuple[tuple[float, float], ...] = ()
    whole: bool = True
    error_hides = 1e-12

    @cached_property
    def error(self) -> float:
        """How far atoms and branches are from a total of 1, and the polynomials from G."""
        if not len(self._z):
            return self.error_seen(Estimate(0.0, 0.0))
        from gan_lab.theory.divergences import cells_of
        from gan_lab.theory.quadrature import integrate

        return self.error_seen(
            integrate(
                lambda anchor, s: (np.exp(self.log_near(anchor, s)), np.zeros(s.shape)),
                cells_of(self),
            )
        )

    def error_seen(self, mass: Estimate) -> float:
        total = sum(m for _, m in self.atoms) + mass.value
        return abs(1 - total) + mass.error + 1e-14 + self.p_z.error

    @property
    def support_known(self) -> bool:
        """Whether the branches carry all of the support, not just nearly all of the mass."""
        return self.whole

    @cached_property
    def support(self):
        return union(map(tuple, np.sort(self._x, axis=1).tolist()))

    def _preimage(self, piece, anchor, s):
        b = self.branches
        distance = b.rise[piece] * ((anchor - b.x0[piece]) + s)
        d, log_slope = b.inverse(piece, np.maximum(distance, 0.0))
        return b.z0[piece], b.way[piece] * d, log_slope

    def sample(self, n, rng):
        return evaluate(self.G, self.p_z.sample(n, rng))

    @cached_property
    def _panels(self):
        """The images of p_z's panels, of kinks and of folds: nothing happens at other ends."""
        return np.unique(self._x[np.isin(self._z, self._marks)])

    def panels(self):
        return self._panels

    @cached_property
    def poles(self):
        return np.unique(self.branches.x0[self.branches.order > 1])

    def marks(self):
        """Those of the panels, and softly the peaks that are thin compared with their distance."""
        x, width, hard = super().marks()
        at, thin = self._peaks.T
        i = np.clip(np.searchsorted(x, at), 1, len(x) - 1)
        at, thin = self._peaks[thin < NARROW * (x[i] - x[i - 1])].T
        x, width = np.concatenate([x, at]), np.concatenate([width, thin])
        order = np.argsort(x, kind="stable")
        return x[order], width[order], np.append(hard, np.zeros(len(at), dtype=bool))[order]

    @cached_property
    def _ends(self):
        b, tails = self.branches, self.p_z.ends()
        rough: Rough = {}
        for i in range(len(b.z0)):
            tail = tails.get((b.z0[i], b.way[i]), REGULAR)
            if tail != REGULAR or b.order[i] > 1:
                key = (float(b.x0[i]), int(b.rise[i]))
                rough.setdefault(key, {})[i] = self._tail(i, tail)
        ends = self._with_others(rough)
        unknown = {(low, 1) for low, _ in self.support} | {(high, -1) for _, high in self.support}
        return ends | dict.fromkeys(unknown & self.cut_off())

    def _tail(self, i: int, tail: Tail | None) -> Tail | None:
        b = self.branches
        if b.order[i] > 1:
            return power(1 - 1 / b.order[i]) if tail == REGULAR else None
        slope = float(b.rise[i] * b.way[i] * series(b.ratio[:, i], b.t0[i]))
        return rescaled(tail, slope, float(b.x0[i]), float(b.z0[i]), float(b.z0[i]))

    def cut_off(self):
        """The images, with sides, of the z at which an endless p_z was cut off."""
        if self.whole or not len(self._z):
            return set()
        first, last = self._x[self._z[:, 0].argmin()], self._x[self._z[:, 1].argmax()]
        return {(float(x), 1 if x < y else -1) for x, y in (first, last[::-1])}

    def ends(self):
        return self._ends

    def __repr__(self):
        return f"pushforward of {self.p_z!r} by a smooth G of {len(self._z)} branches"


def smooth(G, p_z: Distribution, kinks: np.ndarray, moved=()) -> Smooth:
    """The law of G(z) for a G that is smooth between its kinks; `moved` are p_z's atoms in x.

    An endless p_z is cut where it has lost LOST; far beyond that, if G can follow it there in few
    pieces.
    """
    near, far = _range(p_z)
    try:
        law = _between(G, p_z, kinks, far, moved)
        if len(law._over.over) <= OVERLAPS:
            return law
    except ValueError:
        pass
    return _between(G, p_z, kinks, near, moved)


@lru_cache(maxsize=16)
def _range(p_z: Distribution) -> tuple[np.ndarray, np.ndarray]:
    """The ends in z for which G is asked: to LOST, and far beyond where p_z is endless."""
    bounds = np.array([p_z.support[0][0], p_z.support[-1][1]])
    middle = float(p_z.ppf(np.array([0.5]))[0])
    lost = _beyond(p_z.cdf, middle, -1), _beyond(p_z.sf, middle, 1)
    near = np.where(np.isfinite(bounds), bounds, lost)
    return near, np.where(np.isfinite(bounds), bounds, middle + FAR * (near - middle))


def _between(G, p_z: Distribution, kinks: np.ndarray, ends: np.ndarray, moved) -> Smooth:
    """The law for the z between two ends, all of them inside the support of p_z."""
    inner = np.union1d(p_z.panels(), kinks)
    marks = np.concatenate([ends[:1], inner[(inner > ends[0]) & (inner < ends[1])], ends[1:]])
    found = cells(G, marks, kinks)
    rough = [z for (z, _), tail in p_z.ends().items() if np.isfinite(z) and tail != REGULAR]
    z, x, special = _pieces(G, found, np.union1d(folds(G, found), rough), p_z)
    flat = found.flat[found.at(z.mean(axis=1))] | (x[:, 0] == x[:, 1])
    mass = interval_mass(p_z, *z[flat].T)
    heavy = mass > SATURATED
    atoms = gathered_atoms([*zip(x[flat, 0][heavy], mass[heavy], strict=True), *moved])
    z, x, special = z[~flat], x[~flat], special[~flat]
    marks = np.union1d(marks, z[special])
    branches, thin = _branches(found, z, x, special), _peaks(G, found, p_z)
    whole = bool(np.isfinite([p_z.support[0][0], p_z.support[-1][1]]).all())
    return Smooth(p_z, G, branches, z, x, marks, thin, atoms, whole)


def _peaks(G, found: SeriesCells, p_z: Distribution) -> np.ndarray:
    """Rows (x, width): the peaks that are of some probability."""
    z, width = peaks(found)
    seen = (p_z.cdf(z) > LOST) & (p_z.sf(z) > LOST)
    return np.stack([evaluate(G, z), width], axis=1)[seen]


def _beyond(probability, middle: float, side: int) -> float:
    """A z on one side of the middle with a probability of about LOST beyond it."""
    near, far = 0.0, max(abs(middle), 1.0)
    while probability(middle + side * far) > LOST:
        near, far = far, 2 * far
    for _ in range(20):
        half = 0.5 * (near + far)
        near, far = (half, far) if probability(middle + side * half) > LOST else (near, half)
    return middle + side * far


def _pieces(G, found: SeriesCells, special: np.ndarray, p_z: Distribution):
    """(z, x, special): the ends (pieces, 2) of the monotone pieces in z and in x, from one table
    of both, and at which ends G folds or p_z is not smooth: at most at one of a piece.
    """
    cuts = np.unique(np.concatenate([found.low, found.high[-1:], special]))
    for _ in range(2):
        known = np.isin(cuts, special)
        crowded = known[:-1] & known[1:]
        cuts = np.union1d(cuts, 0.5 * (cuts[:-1] + cuts[1:])[crowded])
        x = evaluate(G, cuts)
        way = np.sign(np.diff(x))
        # a turn that lies so near to an end of a cell that neither side has seen it
        special = np.union1d(special, cuts[1:-1][way[:-1] * way[1:] < 0])
    x = _levelled(x, np.isin(cuts, special))
    middle = 0.5 * (cuts[:-1] + cuts[1:])
    kept = np.any([(low < middle) & (middle < high) for low, high in p_z.support], axis=0)
    pairs = np.stack([np.nonzero(kept)[0], np.nonzero(kept)[0] + 1], axis=1)
    return cuts[pairs], x[pairs], np.isin(cuts, special)[pairs]


def _levelled(x: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """x with the images of folds that differ only by rounding made equal: one singularity."""
    at = np.nonzero(folds)[0]
    order = at[np.argsort(x[at])]
    level = x[order]
    apart = np.diff(level) > 8 * EPS * np.maximum(np.abs(level[1:]), np.abs(level[:-1]))
    group = np.append(0, np.cumsum(apart))[: len(level)]
    x = x.copy()
    x[order] = level[np.searchsorted(group, group)]
    return x


def _branches(found: SeriesCells, z, x, special) -> Branches:
    """Each piece from its special end, if it has one, with the order of the fold there."""
    back, row = special[:, 1].astype(int), np.arange(len(z))
    z0, x0, x1 = z[row, back], x[row, back], x[row, 1 - back]
    cell = found.at(z.mean(axis=1))
    t0, way = (z0 - found.middle[cell]) / found.half[cell], 1 - 2 * back
    rise, unit = np.where(x1 > x0, 1, -1), way * found.half[cell]
    order, ratio = np.zeros(len(z)), np.zeros((len(z), DEGREE + 1))
    rest, quotient = row, found.series[cell]
    for k in (1, 2, 3, 4):
        quotient = deflated(quotient, t0[rest])
        at_fold = np.abs(series(quotient.T, t0[rest]))
        right = (at_fold > 1e-7 * np.abs(quotient).max(axis=1)) | (k == 4)
        right |= ~special[rest].any(axis=1)
        done = rest[right]
        order[done], ratio[done] = k, quotient[right] * (rise / unit**k)[done, None]
        rest, quotient = rest[~right], quotient[~right]
        if not len(rest):
            break
    length = np.ptp(z, axis=1)
    branches = Branches(z0, x0, way, rise, order, length, t0, 1 / unit, ratio.T.copy())
    # what rounding has made crooked is drawn as a line
    crooked = ~branches.rises() | (np.abs(x1 - x0) <= 16 * FLAT * np.abs(x0))
    line = np.zeros(branches.ratio.shape)
    line[0] = np.abs(x1 - x0) / length
    return replace(
        branches,  # anew: it keeps what it has computed from its series
        order=np.where(crooked, 1.0, order),
        ratio=np.where(crooked, line, branches.ratio),
    )
