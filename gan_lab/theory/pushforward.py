r"""The law of x = G(z) on the line, exactly, for a one-dimensional z: p_g of the paper.

G is cut where it turns (its folds) and where it has kinks. On each piece it is monotone, so the
density at x is the sum over pieces of p_z(z) / |G'(z)| at the z of that piece with G(z) = x. A
piece on which G is constant sends all its probability to one point, which is an atom.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gan_lab.theory.densities import Density, as_density, number, quantile_by_bisection, union
from gan_lab.theory.tails import CONSTANT, NOTHING, Tail, heavier


class Pushed(Density):
    """A law of G(z): the probability of a half-line is a sum over pieces, and over atoms."""

    def _moved(self, x: np.ndarray, upper: bool) -> np.ndarray:
        """The probability above or below x, without the atoms."""
        raise NotImplementedError

    def _probability(self, x, upper: bool):
        x = np.asarray(x, dtype=float)
        total = self._moved(x, upper)
        for point, mass in self.atoms:
            total = total + mass * ((x < point) if upper else (x >= point))
        return np.clip(total, 0.0, 1.0)

    def cdf(self, x):
        return self._probability(x, upper=False)

    def sf(self, x):
        return self._probability(x, upper=True)


@dataclass(frozen=True, eq=False)
class PiecewiseLinear(Pushed):
    """The law of x = G(z) where G is `start + slope * (z - anchor)` on each piece of z.

    z: (pieces + 1,) ends of the pieces, the outermost ones may be infinite; slope, start and
    anchor: (pieces,).
    """

    p_z: Density
    z: np.ndarray
    slope: np.ndarray
    anchor: np.ndarray
    start: np.ndarray

    @property
    def error(self):
        return self.p_z.error + 1e-15

    @cached_property
    def _piece_mass(self):
        below, above = self.p_z.cdf(self.z), self.p_z.sf(self.z)
        low = below[1:] < 0.5
        return np.where(low, np.diff(below), -np.diff(above))

    @cached_property
    def _moving(self):
        """(low x, high x, slope, anchor, start) of the pieces with a slope and some mass."""
        keep = (self.slope != 0) & (self._piece_mass > 0)
        slope, anchor, start = self.slope[keep], self.anchor[keep], self.start[keep]
        with np.errstate(invalid="ignore"):
            x = np.stack([start + slope * (z[keep] - anchor) for z in (self.z[:-1], self.z[1:])])
        return x.min(axis=0), x.max(axis=0), slope, anchor, start

    @cached_property
    def atoms(self):
        total: dict[float, float] = {}
        flat = (self.slope == 0) & (self._piece_mass > 0)
        for x, mass in zip(self.start[flat], self._piece_mass[flat], strict=True):
            total[float(x)] = total.get(float(x), 0.0) + float(mass)
        for x, mass in self.p_z.atoms:
            i = np.clip(np.searchsorted(self.z, x) - 1, 0, len(self.slope) - 1)
            if self.slope[i] != 0:
                y = float(self.start[i] + self.slope[i] * (x - self.anchor[i]))
                total[y] = total.get(y, 0.0) + mass
        return tuple(sorted(total.items()))

    @cached_property
    def support(self):
        bounds = [self._image(i, interval) for i in range(len(self.slope))
                  for interval in self.p_z.support]
        return union(b for b in bounds if b is not None)

    def _image(self, i: int, interval) -> tuple[float, float] | None:
        """The x of piece i when z is kept to an interval; None when there are none."""
        a, b = max(interval[0], self.z[i]), min(interval[1], self.z[i + 1])
        if not a < b or self.slope[i] == 0 or self._piece_mass[i] == 0:
            return None
        x = [float(self.start[i] + self.slope[i] * (z - self.anchor[i])) for z in (a, b)]
        return min(x), max(x)

    @cached_property
    def _index(self):
        """Sorted ends of the pieces in x, and for each gap between them the pieces over it."""
        low, high, *_ = self._moving
        ends = np.unique(np.concatenate([low, high]))
        first, last = np.searchsorted(ends, low), np.searchsorted(ends, high)
        lengths = last - first
        piece = np.repeat(np.arange(len(low)), lengths)
        gap = np.arange(len(piece)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        gap += np.repeat(first, lengths)
        order = np.argsort(gap, kind="stable")
        offsets = np.searchsorted(gap[order], np.arange(len(ends)))
        return ends, piece[order], offsets

    def log_near(self, anchor, s):
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        shape, anchor, s = s.shape, anchor.ravel(), s.ravel()
        _, _, slope, z0, x0 = self._moving
        if len(slope) == 0:
            return np.full(shape, -np.inf)
        ends, pieces, offsets = self._index
        # side="left" at an anchor approached from below keeps a point in the gap it is in
        gap = np.searchsorted(ends, anchor + s, side="right") - 1
        on_end = (anchor + s == anchor) & (s < 0)
        gap = np.where(on_end, np.searchsorted(ends, anchor, side="left") - 1, gap)
        inside = (gap >= 0) & (gap < len(ends) - 1)
        gap = np.where(inside, gap, 0)
        count = np.where(inside, np.append(offsets, len(pieces))[gap + 1] - offsets[gap], 0)
        point = np.repeat(np.arange(len(s)), count)
        piece = pieces[np.arange(len(point)) - np.repeat(np.cumsum(count) - count, count)
                       + np.repeat(offsets[gap], count)]
        m = slope[piece]
        with np.errstate(over="ignore"):
            z = z0[piece] + ((anchor[point] - x0[piece]) + s[point]) / m
        parts = self.p_z.logpdf(z) - np.log(np.abs(m))
        return log_sums(parts, count).reshape(shape)

    def _moved(self, x, upper):
        flat = x.ravel()[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            z = self.anchor + (flat - self.start) / self.slope
        z = np.clip(np.where(np.isnan(z), 0.0, z), self.z[:-1], self.z[1:])
        rising = self.slope > 0
        left = np.where(rising != upper, self.z[:-1], z)
        right = np.where(rising != upper, z, self.z[1:])
        total = np.where(self.slope != 0, interval_mass(self.p_z, left, right), 0.0).sum(axis=1)
        return total.reshape(x.shape)

    def ppf(self, u):
        u = np.asarray(u, dtype=float)
        edges = [x for interval in self.support for x in interval]
        edges += [x for x, _ in self.atoms]
        low, high = (np.clip(e, -1e300, 1e300) for e in (min(edges), max(edges)))
        x = quantile_by_bisection(
            self.cdf, u, [np.full(u.shape, low), np.full(u.shape, high)]
        )
        return np.where(u <= 0, min(edges), np.where(u >= 1, max(edges), x))

    def sample(self, n, rng):
        return self(self.p_z.sample(n, rng))

    def __call__(self, z):
        """G itself, on any array of z."""
        i = np.clip(np.searchsorted(self.z, z, side="right") - 1, 0, len(self.slope) - 1)
        return self.start[i] + self.slope[i] * (z - self.anchor[i])

    @cached_property
    def _panels(self):
        inner = self.p_z.panels()
        low, high, slope, z0, x0 = self._moving
        points = [low, high]
        if len(slope):
            keep = np.nonzero((self.slope != 0) & (self._piece_mass > 0))[0]
            a, b = self.z[keep][:, None], self.z[keep + 1][:, None]
            inside = (inner > a) & (inner < b) & np.isfinite(inner)
            x = x0[:, None] + slope[:, None] * (np.where(inside, inner, 0) - z0[:, None])
            points.append(x[inside])
        return np.unique(np.concatenate(points))

    def panels(self):
        return self._panels

    @cached_property
    def _ends(self):
        ends: dict[tuple[float, int], Tail | None] = {}
        for (z, side), tail in self.p_z.ends().items():
            for i in np.nonzero(self.slope)[0]:
                if self.z[i] <= z <= self.z[i + 1] and self._piece_mass[i] > 0:
                    if z == (self.z[i + 1] if side > 0 else self.z[i]):
                        continue
                    x = self.start[i] + self.slope[i] * (z - self.anchor[i])
                    key = (float(x), side if self.slope[i] > 0 else -side)
                    moved = rescaled(tail, self.slope[i], self.start[i], self.anchor[i], z)
                    ends[key] = heavier(ends.get(key, NOTHING), moved)
        return ends

    def ends(self):
        return self._ends

    def reach(self, x, side):
        return 0.0 if (x, side) not in self.ends() else 64 * np.finfo(float).eps * abs(x)

    def __repr__(self):
        return f"pushforward of {self.p_z!r} by a line of {len(self.slope)} pieces"


def rescaled(tail: Tail | None, slope: float, start: float, anchor: float, z: float):
    """The tail of x = start + slope (z - anchor) from that of z, as x grows."""
    if tail is None or tail.nothing:
        return tail
    if np.isfinite(z):
        slope = 1 / slope
    terms: dict = {}
    shift = start - slope * anchor if not np.isfinite(z) else 0.0
    vague = tail.vague
    for (r, k, j), c in tail.terms.items():
        if r != 0 or j > 1 or (k > 1 and k != 2 and shift != 0):
            if r != 0 or shift != 0 or abs(slope) != 1:
                vague = max(vague, (r, k, j))
            terms[r, k, j] = terms.get((r, k, j), 0.0) + c
            continue
        scale = abs(slope)
        terms[r, k, j] = terms.get((r, k, j), 0.0) + c / scale**k
        if k == 2 and shift != 0:
            # y_z = (y_x - sign shift) / scale, whose square has a term in y_x
            way = np.sign(slope) * np.sign(z) * shift
            terms[0.0, 1.0, 0.0] = terms.get((0.0, 1.0, 0.0), 0.0) - 2 * c * way / scale**2
    return Tail(terms, vague if vague > CONSTANT else CONSTANT)


def log_sums(parts: np.ndarray, count: np.ndarray) -> np.ndarray:
    """log of the sum of exp over consecutive groups of the given lengths; -inf for none."""
    result = np.full(len(count), -np.inf)
    some = count > 0
    if not some.any():
        return result
    starts = (np.cumsum(count) - count)[some]
    top = np.maximum.reduceat(parts, starts)
    safe = np.where(np.isfinite(top), top, 0.0)
    total = np.add.reduceat(np.exp(parts - np.repeat(safe, count[some])), starts)
    with np.errstate(divide="ignore"):
        result[some] = safe + np.log(total)
    return result


def interval_mass(p: Density, low, high):
    """The probability of (low, high], by the tail in which it does not cancel."""
    below, above = p.cdf(low), p.sf(high)
    return np.where(below + above < 1, np.where(
        below < 0.5, p.cdf(high) - below, p.sf(low) - above), 0.0)


def pushforward(G, p_z: Density, *, kinks=(), linear: bool = False) -> Density:
    """The law of x = G(z) for z with the law p_z.

    G maps a float64 array to one of the same shape; it need not be monotone. `kinks`: the z at
    which G is not smooth, in any order. `linear=True` promises that G is linear between kinks
    and beyond the outermost two; the law is then in closed form.

    The result has `atoms` where G is constant on a set of positive probability. Its pdf and its
    atoms integrate to 1 within its `error`. Raises ValueError when p_z is no density, when a
    kink is not finite, or when G returns another shape or a number that is not finite.
    """
    as_density("p_z", p_z)
    kinks = np.unique([number("A kink", k) for k in np.ravel(kinks)])
    if linear:
        return _linear(G, p_z, kinks)
    from gan_lab.theory.folds import smooth

    return smooth(G, p_z, kinks)


def evaluate(G, z: np.ndarray) -> np.ndarray:
    """G(z) as float64, checked."""
    x = np.asarray(G(z), dtype=float)
    if x.shape != z.shape:
        raise ValueError(
            f"G must return an array of the shape it was given, {z.shape}, and returned one of "
            f"shape {x.shape}."
        )
    if not np.all(np.isfinite(x)):
        raise ValueError("G must return finite numbers, and returned one that is not.")
    return x


def _linear(G, p_z: Density, kinks: np.ndarray) -> Density:
    """Slopes from two points well inside each piece, starts from its end."""
    step = 1.0 + (np.abs(kinks).max() if len(kinks) else 0.0)
    outer = np.array([kinks[0] - step, kinks[-1] + step] if len(kinks) else [-1.0, 1.0])
    z = np.concatenate([outer[:1], kinks, outer[1:]])
    x = evaluate(G, z)
    rise = np.diff(x)
    # rounding of G makes a flat piece look slightly tilted
    flat = np.abs(rise) <= 16 * np.finfo(float).eps * np.maximum(np.abs(x[:-1]), np.abs(x[1:]))
    rise = np.where(flat, 0.0, rise)
    slope = rise / np.diff(z)
    ends = np.concatenate([[-np.inf], kinks, [np.inf]])
    return PiecewiseLinear(p_z, ends, slope, z[:-1].copy(), x[:-1].copy())
