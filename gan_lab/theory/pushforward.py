r"""The law of x = G(z) on the line, exactly, for a one-dimensional z: p_g of the paper.

G is cut where it turns (its folds) and where it has kinks. On each piece it is monotone, so the
density at x is the sum over pieces of p_z(z) / |G'(z)| at the z of that piece with G(z) = x. A
piece on which G is constant sends all its probability to one point, which is an atom.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from gan_lab.distributions.base import (
    Distribution,
    finite_number,
    quantile_by_bisection,
    union,
)
from gan_lab.distributions.discrete import Pmf
from gan_lab.distributions.named import as_distribution
from gan_lab.distributions.tails import CONSTANT, NOTHING, REGULAR, Tail, heavier
from gan_lab.theory.overlaps import Overlaps, log_sums, sums

Rough = dict[tuple[float, int], dict[int, Tail | None]]
"""{(x, side): {piece: its tail there}}"""

TANGLED = 100_000
"""Pairs of a piece and a gap above it that are integrated over in about a second."""

LOOKS, KEPT = 2**15, 2**9
"""Equally probable z at which a G is rearranged, and the pieces that are made of them."""


class Tangled(ValueError):  # noqa: N818
    """G turns too often to be followed."""


class Pushed(Distribution):
    """A law of G(z), by the pieces on which G is monotone.

    Subclasses have `p_z`; `_z`, `_x` (pieces, 2) the two ends of each piece in z, which increase,
    and their images, which neighbours share to the last bit; and `_preimage`.
    """

    p_z: Distribution
    _z: np.ndarray
    _x: np.ndarray

    def _preimage(self, piece, anchor, s):
        """(z0, offset, log |G'|) at the z = z0 + offset of a piece whose image is anchor + s."""
        raise NotImplementedError

    @cached_property
    def _over(self) -> Overlaps:
        return Overlaps(self._x.min(axis=1), self._x.max(axis=1))

    @property
    def terms(self) -> float:
        return max(1.0, len(self._over.over) / max(1, len(self._over.ends)))

    @cached_property
    def _mass(self) -> np.ndarray:
        return interval_mass(self.p_z, *self._z.T)

    def _with_others(self, rough: Rough) -> dict[tuple[float, int], Tail | None]:
        """The tails of rough pieces, and whatever the others that lie there add."""
        ends: dict[tuple[float, int], Tail | None] = {}
        low, high = self._x.min(axis=1), self._x.max(axis=1)
        for (x, side), those in rough.items():
            over = (low <= x) & (x < high) if side > 0 else (low < x) & (x <= high)
            over[list(those)] = False
            tail: Tail | None = REGULAR if over.any() else NOTHING
            for other in those.values():
                tail = heavier(tail, other)
            ends[x, side] = tail
        return ends

    @np.errstate(all="ignore")
    def log_near(self, anchor, s):
        anchor, s = np.broadcast_arrays(np.asarray(anchor, dtype=float), s)
        shape, anchor, s = s.shape, anchor.ravel(), s.ravel()
        gap = self._over.gap(anchor, s)
        total = self._log_in(gap, anchor, s)
        # at an end itself, the larger of what is seen above and below: pieces hold both their ends
        end = self._over.at_an_end(gap, anchor, s)
        if end.any():
            total[end] = np.maximum(total[end], self._log_in(gap[end] - 1, anchor[end], s[end]))
        return total.reshape(shape)

    @property
    def ends_of_pieces(self) -> np.ndarray:
        """The x between which the density is smooth; at one of them it may jump, or be infinite."""
        return self._over.ends

    @property
    def poles(self) -> np.ndarray:
        """The images of folds, at which the density is infinite."""
        return np.empty(0)

    @np.errstate(all="ignore")
    def log_beside(self, x: np.ndarray, side: int) -> np.ndarray:
        """The log density just above points x (side 1) or just below them (-1)."""
        gap = self._over.gap(x, 0.0)
        if side < 0:
            gap = gap - self._over.at_an_end(gap, x, 0.0)
        return self._log_in(gap, x, np.zeros(len(x)))

    def _log_in(self, gap, anchor, s):
        point, piece, count = self._over.pairs(gap)
        if not len(point):
            return np.full(len(gap), -np.inf)
        z0, offset, log_slope = self._preimage(piece, anchor[point], s[point])
        return log_sums(self.p_z.log_near(z0, offset) - log_slope, count)

    @np.errstate(all="ignore")
    def _probability(self, x, upper: bool):
        x = np.asarray(x, dtype=float)
        flat = x.ravel()
        gap = self._over.gap(flat, 0.0)
        point, piece, count = self._over.pairs(gap)
        z0, offset, _ = self._preimage(piece, flat[point], np.zeros(len(point)))
        low, high = self._z[piece].T
        z = np.clip(z0 + offset, low, high)
        near = (self._x[piece, 0] < self._x[piece, 1]) != upper
        part = interval_mass(self.p_z, np.where(near, low, z), np.where(near, z, high))
        total = self._over.wholly(self._mass, upper)[gap + 1] + sums(part, count)
        for atom, mass in self.atoms:
            total = total + mass * ((flat < atom) if upper else (flat >= atom))
        return np.clip(total, 0.0, 1.0).reshape(x.shape)

    def cdf(self, x):
        return self._probability(x, upper=False)

    def sf(self, x):
        return self._probability(x, upper=True)

    def ppf(self, u):
        u = np.asarray(u, dtype=float)
        edges = [x for interval in self.support for x in interval] + [x for x, _ in self.atoms]
        least, most = min(edges), max(edges)
        bounds = [np.full(u.shape, np.clip(e, -1e300, 1e300)) for e in (least, most)]
        x = quantile_by_bisection(self.cdf, u, bounds)
        return np.where(u <= 0, least, np.where(u >= 1, most, x))


@dataclass(frozen=True, eq=False)
class PiecewiseLinear(Pushed):
    """The law of x = G(z) where G is `start + slope * (z - anchor)` on each piece of z.

    z: (pieces + 1,) ends of the pieces, the outermost ones may be infinite; x: their images;
    slope, start and anchor: (pieces,); `moved`: the atoms (z, mass) of p_z as (G(z), mass).
    """

    p_z: Distribution
    z: np.ndarray
    x: np.ndarray
    slope: np.ndarray
    anchor: np.ndarray
    start: np.ndarray
    moved: tuple[tuple[float, float], ...] = ()

    @property
    def error(self):
        return self.p_z.error + 1e-15

    @cached_property
    def _all_mass(self):
        return interval_mass(self.p_z, self.z[:-1], self.z[1:])

    @cached_property
    def _kept(self):
        """The pieces with a slope and some mass."""
        return np.nonzero((self.slope != 0) & (self._all_mass > 0))[0]

    @cached_property
    def _z(self):
        return np.stack([self.z[self._kept], self.z[self._kept + 1]], axis=1)

    @cached_property
    def _x(self):
        return np.stack([self.x[self._kept], self.x[self._kept + 1]], axis=1)

    @cached_property
    def atoms(self):
        flat = np.nonzero((self.slope == 0) & (self._all_mass > 0))[0]
        return gathered_atoms(
            [*zip(self.start[flat], self._all_mass[flat], strict=True), *self.moved]
        )

    @cached_property
    def support(self):
        return union(
            cast(
                "tuple[float, float]",
                tuple(sorted((self._image(i, max(a, low)), self._image(i, min(b, high))))),
            )
            for i, (a, b) in zip(self._kept, self._z, strict=True)
            for low, high in self.p_z.support
            if max(a, low) < min(b, high)
        )

    def _image(self, i: int | np.integer, z: float) -> float:
        """G(z) on piece i: at an end of it, the number that its neighbour has too."""
        for end in (i, i + 1):
            if z == self.z[end]:
                return float(self.x[end])
        return float(self.start[i] + self.slope[i] * (z - self.anchor[i]))

    def _preimage(self, piece, anchor, s):
        i = self._kept[piece]
        z0, slope = self.anchor[i], self.slope[i]
        offset = ((anchor - self.start[i]) + s) / slope
        low, high = self._z[piece].T
        return z0, np.clip(offset, low - z0, high - z0), np.log(np.abs(slope))

    def sample(self, n, rng):
        return self(self.p_z.sample(n, rng))

    def __call__(self, z):
        """G itself, on any array of z."""
        i = np.clip(np.searchsorted(self.z, z, side="right") - 1, 0, len(self.slope) - 1)
        return self.start[i] + self.slope[i] * (z - self.anchor[i])

    @cached_property
    def _panels(self):
        inner = self.p_z.panels()
        a, b = self._z[:, :1], self._z[:, 1:]
        inside = (inner > a) & (inner < b) & np.isfinite(inner)
        i = self._kept[:, None]
        x = self.start[i] + self.slope[i] * (np.where(inside, inner, 0.0) - self.anchor[i])
        return np.unique(np.concatenate([self._x.ravel(), x[inside]]))

    def panels(self):
        return self._panels

    @cached_property
    def _ends(self):
        rough: Rough = {}
        for (z, side), tail in self.p_z.ends().items():
            for piece, (i, (low, high)) in enumerate(zip(self._kept, self._z, strict=True)):
                if not low <= z <= high or z == (high if side > 0 else low):
                    continue
                key = (self._image(i, z), side if self.slope[i] > 0 else -side)
                moved = rescaled(tail, self.slope[i], self.start[i], self.anchor[i], z)
                rough.setdefault(key, {})[piece] = moved
        return self._with_others(rough)

    def ends(self):
        return self._ends

    def reach(self, x, side):
        return 0.0 if (x, side) not in self.ends() else 64 * np.finfo(float).eps * abs(x)

    def __repr__(self):
        return f"pushforward of {self.p_z!r} by a line of {len(self.slope)} pieces"


class Rearranged(PiecewiseLinear):
    """Of a law that is known at some quantiles only: how far its density is from the truth, no
    integral of it says."""

    error = np.inf  # pyright: ignore[reportAssignmentType]  # a property of others


def rearranged(G, p_z: Distribution, moved=()) -> Rearranged:
    """The law of the increasing line through quantiles of G(z), at equally probable z."""
    u = np.arange(LOOKS + 1) / LOOKS
    x = np.sort(evaluate(G, p_z.ppf(0.5 * (u[1:] + u[:-1]))))
    each = LOOKS // KEPT
    x = np.concatenate([x[:1], 0.5 * (x[each - 1 : -1 : each] + x[each::each]), x[-1:]])
    z = p_z.ppf(np.concatenate([[0.5 / LOOKS], u[each:-1:each], [1 - 0.5 / LOOKS]]))
    # what only rounding parts is one atom
    apart = np.diff(x) > 64 * np.finfo(float).eps * np.maximum(np.abs(x[1:]), np.abs(x[:-1]))
    x = x[np.flatnonzero(np.append(True, apart))][np.append(0, np.cumsum(apart))]
    first, *_, last = slope = np.diff(x) / np.diff(z)
    low, high = p_z.support[0][0], p_z.support[-1][1]
    ends = (
        x[0] - first * (z[0] - low) if first else x[0],
        x[-1] + last * (high - z[-1]) if last else x[-1],
    )
    return Rearranged(
        p_z,
        np.concatenate([[low], z, [high]]),
        np.concatenate([ends[:1], x, ends[1:]]),
        np.concatenate([[first], slope, [last]]),
        np.concatenate([z[:1], z]),
        np.concatenate([x[:1], x]),
        moved,
    )


def gathered_atoms(atoms) -> tuple[tuple[float, float], ...]:
    """Atoms (x, mass) in order, those at one point as one."""
    total: dict[float, float] = {}
    for x, mass in atoms:
        total[float(x)] = total.get(float(x), 0.0) + float(mass)
    return tuple(sorted(total.items()))


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


def interval_mass(p: Distribution, low, high):
    """The probability that p's part with a density has between low and high, without atoms.

    By the tail in which the difference does not cancel.
    """
    low, high = np.asarray(low, dtype=float), np.asarray(high, dtype=float)
    if not p.support:
        return np.zeros(np.broadcast_shapes(low.shape, high.shape))
    below = _smooth_part(p, low, upper=False)
    lower = _smooth_part(p, high, upper=False) - below
    upper = _smooth_part(p, low, upper=True) - _smooth_part(p, high, upper=True)
    return np.maximum(np.where(below < 0.5, lower, upper), 0.0)


def _smooth_part(p: Distribution, x, upper: bool):
    """cdf or sf of the part with a density."""
    total = p.sf(x) if upper else p.cdf(x)
    for point, mass in p.atoms:
        total = total - mass * ((x < point) if upper else (x >= point))
    return total


@np.errstate(all="ignore")
def pushforward(
    G, p_z: Distribution, *, kinks=(), linear: bool = False, rough: bool = False
) -> Distribution:
    """The push-forward of p_z through G: the exact distribution p_g of x = G(z).

    Where p_z has no end, a smooth G is followed to where p_z has nearly vanished (1e-250 of a
    Gaussian, if G can be), and is asked to go on without a surprise beyond.

    Parameters
    ----------
    G : callable
        Maps a float64 array to one of the same shape; it need not be monotone.
    p_z : Distribution
        The distribution of the noise.
    kinks : sequence of float
        The z at which G is not smooth, in any order.
    linear : bool
        A promise that G is linear between kinks and beyond the outermost two; the distribution is
        then in closed form.
    rough : bool
        A G that turns so often that to follow it takes seconds, or more than floats hold, is then
        not refused but `rearranged`, which is quick and of which nothing is known.

    Returns
    -------
    Distribution
        With `atoms` where p_z has them, and where G is constant on a set of positive probability.
        Its pdf and its atoms integrate to 1 within its `error`. At the image of a fold itself the
        pdf is infinite.

    Raises
    ------
    ValueError
        When p_z is no density, when a kink is not finite, when G returns another shape, a number
        that is not finite or one of single precision, when it jumps at a kink, and when it is not
        smooth between its kinks.

    Examples
    --------
    >>> from gan_lab.theory import gaussian, js, pushforward
    >>> p_g = pushforward(lambda z: 3 + 0.5 * z, gaussian(0, 1), linear=True)
    >>> js(p_g, gaussian(3, 0.5)).value < 1e-9
    True
    >>> folded = pushforward(abs, gaussian(0, 1), kinks=[0.0], linear=True)
    >>> round(float(folded.cdf(1.0)), 4)
    0.6827
    """
    p_z = as_distribution("p_z", p_z)
    kinks = np.unique([finite_number("A kink", k) for k in np.ravel(kinks)])
    no_jump(G, kinks)
    at = evaluate(G, np.array([z for z, _ in p_z.atoms]))
    moved = gathered_atoms(zip(at, (mass for _, mass in p_z.atoms), strict=True))
    if not p_z.support:
        return Pmf(*zip(*moved, strict=True))
    if linear:
        return _linear(G, p_z, kinks, moved)
    from gan_lab.theory.smooth import smooth

    try:
        law = smooth(G, p_z, kinks, moved)
    except Tangled:
        if not rough:
            raise
        return rearranged(G, p_z, moved)
    return rearranged(G, p_z, moved) if rough and len(law._over.over) > TANGLED else law


def no_jump(G, kinks: np.ndarray) -> None:
    """Refuse a G that moves more between a kink and the next float than on a way that is 1e6 times
    as long."""
    if not len(kinks):
        return
    near = np.nextafter(kinks, [[-np.inf], [np.inf]])
    far = near + 1e-6 * (1 + np.abs(kinks)) * [[-1], [1]]
    at, *x = evaluate(G, np.concatenate([[kinks], near, far]).ravel()).reshape(5, -1)
    near, far = np.array(x[:2]), np.array(x[2:])
    rounding = 1e-9 * np.maximum(np.abs(at), np.abs(near))
    sides, jumps = np.nonzero(np.abs(near - at) > np.abs(far - near) + rounding)
    if len(jumps):
        low, high = sorted((at[jumps[0]], near[sides[0], jumps[0]]))
        raise ValueError(
            f"G must be continuous: at the kink z = {kinks[jumps[0]]:g} it jumps between {low:g} "
            f"and {high:g}."
        )


def evaluate(G, z: np.ndarray) -> np.ndarray:
    """G(z) as float64, checked."""
    x = np.asarray(G(z))
    if x.dtype in (np.float16, np.float32):
        raise ValueError(
            f"G must compute in float64, and returned numbers of type {x.dtype}, whose rounding "
            "would be taken for folds."
        )
    x = np.asarray(x, dtype=float)
    if x.shape != z.shape:
        raise ValueError(
            f"G must return an array of the shape it was given, {z.shape}, and returned one of "
            f"shape {x.shape}."
        )
    if not np.all(np.isfinite(x)):
        raise ValueError("G must return finite numbers, and returned one that is not.")
    return x


def _linear(G, p_z: Distribution, kinks: np.ndarray, moved) -> Distribution:
    """Slopes from two points well inside each piece, starts from its end."""
    step = 1.0 + (np.abs(kinks).max() if len(kinks) else 0.0)
    outer = np.array([kinks[0] - step, kinks[-1] + step] if len(kinks) else [-1.0, 1.0])
    z = np.concatenate([outer[:1], kinks, outer[1:]])
    bounds = np.array([min(i[0] for i in p_z.support), max(i[1] for i in p_z.support)])
    x = evaluate(G, np.concatenate([z, np.where(np.isfinite(bounds), bounds, 0.0)]))
    x, images = x[:-2], x[-2:]
    rise = np.diff(x)
    # rounding of G makes a flat piece look slightly tilted
    flat = np.abs(rise) <= 16 * np.finfo(float).eps * np.maximum(np.abs(x[:-1]), np.abs(x[1:]))
    slope = np.where(flat, 0.0, rise) / np.diff(z)
    images = np.where(np.isfinite(bounds), images, bounds * slope[[0, -1]])
    inside = (kinks > bounds[0]) & (kinks < bounds[1])
    ends = np.concatenate([bounds[:1], kinks[inside], bounds[1:]])
    x_ends = np.concatenate([images[:1], x[1:-1][inside], images[1:]])
    first, last = np.searchsorted(kinks, ends[[0, -2]], side="right")
    kept = slice(first, last + 1)
    return PiecewiseLinear(
        p_z, ends, x_ends, slope[kept], z[:-1][kept].copy(), x[:-1][kept].copy(), moved
    )
