"""Integrals over the line of functions of densities, each with an honest error.

Adaptive Gauss-Kronrod (10, 21) on many cells at once. Next to an end where a density is
singular, and in infinite tails, the variable is the logarithm of the distance from that end,
so that power laws become exponentials; the distance itself, not x, is handed to the integrand,
so that no digit is lost next to x = 1. What lies beyond the last node is extrapolated by the
decay seen there and added to the error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from gan_lab.theory.densities import Density, Estimate
from gan_lab.theory.tails import REGULAR

RELATIVE = 2e-13
ROUNDS = 60
MOST_NODES = 400_000
NEAREST, FARTHEST = -680.0, 340.0
DOUBLING = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0, 512.0, 1024.0])

# Kronrod's 21 points (QUADPACK, qk21): positive nodes, their weights, and those of the 10
# Gauss points, which are every second node.
_NODES = [
    0.995657163025808080735527280689003,
    0.973906528517171720077964012084452,
    0.930157491355708226001207180059508,
    0.865063366688984510732096688423493,
    0.780817726586416897063717578345042,
    0.679409568299024406234327365114874,
    0.562757134668604683339000099272694,
    0.433395394129247190799265943165784,
    0.294392862701460198131126603103866,
    0.148874338981631210884826001129720,
    0.0,
]
_KRONROD = [
    0.011694638867371874278064396062192,
    0.032558162307964727478818972459390,
    0.054755896574351996031381300244580,
    0.075039674810919952767043140916190,
    0.093125454583697605535065465083366,
    0.109387158802297641899210590325805,
    0.123491976262065851077958109585166,
    0.134709217311473325928054001771707,
    0.142775938577060080797094273138717,
    0.147739104901338491374841515972068,
    0.149445554002916905664936468389821,
]
_GAUSS = [
    0.066671344308688137593568809893332,
    0.149451349150580593145863396957658,
    0.219086362515982043995534934228163,
    0.269266719309996355091226921569469,
    0.295524224714752870173815619188769,
]
NODES = np.concatenate([-np.array(_NODES), np.array(_NODES[-2::-1])])
KRONROD = np.concatenate([_KRONROD, _KRONROD[-2::-1]])
_half = np.zeros(11)
_half[1:10:2] = _GAUSS
GAUSS = np.concatenate([_half, _half[-2::-1]])
RULES = np.stack([KRONROD, KRONROD - GAUSS], axis=1)

# (anchor, s) -> integrand at anchor + s, and how far rounding may move it
Integrand = Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


@dataclass
class Cells:
    """Intervals of the line, in the coordinate s (way 0) or log |s| (way +1 or -1) of an anchor.

    `last` is -1 for the cell nearest to a rough end, +1 for the farthest of an infinite tail,
    and 0 for the others.
    """

    anchor: np.ndarray
    way: np.ndarray
    low: np.ndarray
    high: np.ndarray
    last: np.ndarray

    def offsets(self, c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The distances s from the anchor at coordinates c, and ds/dc."""
        way = self.way.reshape((-1,) + (1,) * (c.ndim - 1))
        far = np.exp(np.where(way == 0, 0.0, c))
        return np.where(way == 0, c, way * far), np.where(way == 0, 1.0, far)

    def take(self, which) -> Cells:
        return Cells(*(column[which] for column in self.columns()))

    def columns(self) -> tuple[np.ndarray, ...]:
        return self.anchor, self.way, self.low, self.high, self.last

    def join(self, other: Cells) -> Cells:
        pairs = zip(self.columns(), other.columns(), strict=True)
        return Cells(*(np.concatenate(pair) for pair in pairs))

    def halves(self) -> Cells:
        middle = 0.5 * (self.low + self.high)
        return Cells(
            np.tile(self.anchor, 2),
            np.tile(self.way, 2),
            np.concatenate([self.low, middle]),
            np.concatenate([middle, self.high]),
            np.tile(self.last, 2),
        )


Rough = dict[tuple[float, int], float]


def rough_ends(laws: Iterable[Density]) -> Rough:
    """The finite ends (x, side) next to which some density is not smooth, and how near one can
    go there before digits are lost."""
    found: Rough = {}
    for law in laws:
        for (x, side), tail in law.ends().items():
            # where a law is cut off far out in its tail, nothing is singular
            cut = tail is None and not law.support_known
            if np.isfinite(x) and tail != REGULAR and not cut:
                found[x, side] = max(found.get((x, side), 0.0), law.reach(x, side))
    return found


def cover(panels: np.ndarray, rough: Rough) -> Cells:
    """Cells for the panels: plain ones, graded towards rough ends, and infinite tails."""
    finite = panels[np.isfinite(panels)]
    rows: list[tuple[float, ...]] = []

    def graded(anchor: float, way: int, length: float) -> None:
        nearest = max(NEAREST, np.log(max(rough[anchor, way], 1e-300)))
        u = np.log(length) - DOUBLING
        u = np.append(u[u > nearest], nearest)
        n = len(u) - 1
        rows.extend((anchor, way, u[i + 1], u[i], -(i == n - 1)) for i in range(n))

    def tail(anchor: float, way: int, width: float) -> None:
        rows.append((anchor, 0, 0.0, width, 0) if way > 0 else (anchor, 0, -width, 0.0, 0))
        u = np.log(width) + DOUBLING
        u = np.append(u[u < FARTHEST], FARTHEST)
        n = len(u) - 1
        rows.extend((anchor, way, u[i], u[i + 1], i == n - 1) for i in range(n))

    if len(panels) == 0:
        return Cells(*np.empty((5, 0)))
    if len(finite) == 0:
        finite = np.array([0.0])
    length = np.diff(finite) if len(finite) > 1 else np.array([max(1.0, abs(finite[0]))])
    if panels[0] == -np.inf:
        tail(finite[0], -1, length[0])
    for i, (a, b) in enumerate(zip(finite[:-1], finite[1:], strict=True)):
        left, right = (a, 1) in rough, (b, -1) in rough
        if left and right:
            graded(a, 1, 0.5 * (b - a))
            graded(b, -1, 0.5 * (b - a))
        elif left or right:
            graded(a if left else b, 1 if left else -1, b - a)
        else:
            cuts = steps(b - a, length[max(i - 1, 0)], length[min(i + 1, len(length) - 1)])
            for c, d in zip(cuts[:-1], cuts[1:], strict=True):
                # distances from a far end would round what lies next to the near one
                end, back = (a, 0.0) if c + d <= b - a else (b, b - a)
                rows.append((end, 0, c - back, d - back, 0))
    if panels[-1] == np.inf:
        tail(finite[-1], 1, length[-1])
    return Cells(*np.array(rows, dtype=float).reshape(-1, 5).T)


def steps(length: float, left: float, right: float) -> list[float]:
    """Cuts of a panel that is far longer than its neighbours, growing away from them.

    A law that lives on the scale of the neighbours would slip between the nodes of one cell.
    """
    cuts = [0.0, length]
    for near, place in ((left, 1), (right, -1)):
        s = max(near, 1e-12 * length)
        while s < 0.25 * length:
            cuts.append(s if place > 0 else length - s)
            s *= 6
    return sorted(cuts)


def _measure(f: Integrand, cells: Cells) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Kronrod's value, its difference from Gauss's, and the rounding, for each cell."""
    middle, half = 0.5 * (cells.low + cells.high), 0.5 * (cells.high - cells.low)
    s, slope = cells.offsets(middle[:, None] + half[:, None] * NODES)
    y, rounding = f(np.broadcast_to(cells.anchor[:, None], s.shape), s)
    with np.errstate(over="ignore", invalid="ignore"):
        sums = (y * slope) @ RULES * half[:, None]
        noise = (rounding * slope) @ KRONROD * half
    return sums[:, 0], np.abs(sums[:, 1]), noise


def _beyond(f: Integrand, cells: Cells) -> Estimate:
    """What lies nearer than the nearest node of each graded end, or beyond that of a tail."""
    ends = cells.take((cells.last != 0).nonzero()[0])
    if len(ends.anchor) == 0:
        return Estimate(0.0, 0.0)
    outward = ends.last
    u = np.where(outward < 0, ends.low, ends.high)
    s, slope = ends.offsets(u[:, None] - outward[:, None] * np.array([0.0, 1.0, 2.0]))
    y, _ = f(np.broadcast_to(ends.anchor[:, None], s.shape), s)
    size = np.abs(y * slope)
    if not np.all(np.isfinite(size)):
        return Estimate(0.0, np.inf)
    with np.errstate(all="ignore"):
        rate = np.log(size[:, 1] / size[:, 0])
        rest = np.where(size[:, 0] > 0, np.where(rate > 0, size[:, 0] / rate, np.inf), 0.0)
    if not np.all(np.isfinite(rest)):
        return Estimate(0.0, np.inf)
    return Estimate(float((np.sign(y[:, 0]) * rest).sum()), 0.5 * float(rest.sum()))


def integrate(f: Integrand, cells: Cells, relative: float = RELATIVE) -> Estimate:
    """The integral of f over the cells. A nan or inf met inside makes the error infinite."""
    rest = _beyond(f, cells)
    value, gap, noise = _measure(f, cells)
    nodes = value.size * NODES.size
    for _ in range(ROUNDS):
        total, floor = abs(value.sum()), 50 * np.finfo(float).eps * np.abs(value)
        if not np.isfinite(total):
            return Estimate(float(value[np.isfinite(value)].sum()), np.inf)
        open_ = np.where(gap > np.maximum(floor, noise), gap, 0.0)
        if open_.sum() <= relative * total or nodes > MOST_NODES:
            break
        share = 0.2 * max(relative * total, 0.0) / np.count_nonzero(open_)
        split = open_ > share
        parts = cells.take(split).halves()
        new = _measure(f, parts)
        nodes += new[0].size * NODES.size
        value, gap, noise = (
            np.concatenate([old[~split], more])
            for old, more in zip((value, gap, noise), new, strict=True)
        )
        kept = cells.take(~split)
        cells = kept.join(parts)
    error = gap.sum() + noise.sum() + rest.error + 4e-16 * np.abs(value).sum()
    return Estimate(float(value.sum() + rest.value), float(error))
