"""Integrals over the line of functions of densities, each with an honest error.

Adaptive Gauss-Kronrod (10, 21) on many cells at once. Away from a marked point, towards an end
where a density is singular and out into infinite tails alike, the variable is the logarithm of the
distance from that point, so that power laws become exponentials and a law may be as thin or as
wide as floats allow; the distance itself, not x, is handed to the integrand, so that no digit is
lost next to x = 1. What lies beyond the last node is extrapolated by the decay seen there and
added to the error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.distributions.tails import REGULAR

EPS = float(np.finfo(float).eps)
RELATIVE = 2e-13
ROUNDS = 60
MOST_NODES, MOST_TERMS = 400_000, 1_000_000
"""Nodes after which no cell is halved any more, and terms of the densities there."""

NEAREST, FARTHEST = -700.0, 680.0
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
# (anchor, s, log ds/dc) -> several integrands times ds/dc, stacked, and their rounding
Several = Callable[[np.ndarray, np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]


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
        """The distances s from the anchor at coordinates c, and log ds/dc."""
        way = self.way.reshape((-1,) + (1,) * (c.ndim - 1))
        log_slope = np.where(way == 0, 0.0, c)
        return np.where(way == 0, c, way * np.exp(log_slope)), log_slope

    def take(self, which) -> Cells:
        return Cells(*(column[which] for column in self.columns()))

    def columns(self) -> tuple[np.ndarray, ...]:
        return self.anchor, self.way, self.low, self.high, self.last

    def join(self, other: Cells) -> Cells:
        pairs = zip(self.columns(), other.columns(), strict=True)
        return Cells(*(np.concatenate(pair) for pair in pairs))

    def cut(self, row: np.ndarray, at: np.ndarray) -> Cells:
        """The cells, those of some rows in two or more parts at coordinates within them."""
        row = np.concatenate([np.arange(len(self.low)), row])
        start = np.concatenate([self.low, at])
        order = np.lexsort((start, row))
        row, start = row[order], start[order]
        last = np.append(row[1:] != row[:-1], True)
        parts = self.take(row)
        parts.low, parts.high = start, np.where(last, self.high[row], np.roll(start, -1))
        # only what touches the outer end of a cell is next to what that cell is next to
        outer = np.where(parts.last < 0, parts.low == self.low[row], parts.high == self.high[row])
        parts.last = np.where(outer, parts.last, 0)
        return parts

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


def rough_ends(laws: Iterable[Distribution]) -> Rough:
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


Marks = tuple[np.ndarray, np.ndarray, np.ndarray]


def gathered_marks(marks: Iterable[Marks]) -> tuple[np.ndarray, np.ndarray]:
    """The marks (x, width, hard) of several laws as increasing points and their widths.

    A soft mark that is nearer to the one before than a third of the smaller width is dropped, so
    that laws which lie on each other need no more cells than one of them.
    """
    x, width, hard = (np.concatenate(column) for column in zip(*marks, strict=True))
    order = np.lexsort((~hard, x))
    x, width, hard = x[order].tolist(), width[order].tolist(), hard[order].tolist()
    points: list[float] = []
    widths: list[float] = []
    firm: list[bool] = []
    for at, w, h in zip(x, width, hard, strict=True):
        if points and (at == points[-1] or not h and at - points[-1] < min(w, widths[-1]) / 3):
            widths[-1], firm[-1] = min(widths[-1], w), firm[-1] or (h and at == points[-1])
            continue
        if points and not firm[-1] and at - points[-1] < min(w, widths[-1]) / 3:
            w = min(w, widths[-1])
            del points[-1], widths[-1], firm[-1]
        points.append(at)
        widths.append(w)
        firm.append(h)
    return np.array(points), _lent(np.array(points), np.array(widths))


def _lent(x: np.ndarray, width: np.ndarray) -> np.ndarray:
    """No width exceeds another and the way to it: what varies there may do so on the way."""
    x, width = x.tolist(), width.tolist()
    for order in (range(len(x)), range(len(x) - 1, -1, -1)):
        for before, i in pairwise(order):
            width[i] = min(width[i], width[before] + abs(x[i] - x[before]))
    return np.array(width)


def cover(points: np.ndarray, widths: np.ndarray, rough: Rough) -> Cells:
    """Cells between marked points (the outermost may be infinite), growing away from them.

    `widths` are the distances on which something varies next to each point; next to a rough end
    cells are graded towards it.
    """
    if len(points) == 0:
        return Cells(*np.empty((5, 0)))
    rows: list[tuple[float, ...]] = []
    finite = np.isfinite(points)
    x, w = (points[finite], widths[finite]) if finite.any() else (np.zeros(1), np.ones(1))
    gaps = np.diff(x).tolist()
    # so far that the distance, in units of the thinnest law, is still a float
    stop = FARTHEST + min(0.0, float(np.log(w.min())))
    first, last = (gaps[0], gaps[-1]) if gaps else (max(1.0, abs(x[0])),) * 2
    x, w = x.tolist(), w.tolist()
    if points[0] == -np.inf:
        _grown(rows, x[0], -1, min(w[0], first), stop, 1)
    for i, gap in enumerate(gaps):
        _between(rows, x[i], x[i + 1], gap, w[i], w[i + 1], rough)
    if points[-1] == np.inf:
        _grown(rows, x[-1], 1, min(w[-1], last), stop, 1)
    return Cells(*np.array(rows, dtype=float).reshape(-1, 5).T)


def _between(rows, a: float, b: float, gap: float, left: float, right: float, rough) -> None:
    """The cells between two neighbouring points, each with the width next to it."""
    starts = [(a, 1, left, rough.get((a, 1))), (b, -1, right, rough.get((b, -1)))]
    needed = [s for s in starts if s[3] is not None or s[2] < 0.25 * gap]
    if not needed:  # two anchors, since distances from one would round what lies next to the other
        rows.append((a, 0, 0.0, 0.5 * gap, 0))
        rows.append((b, 0, -0.5 * gap, 0.0, 0))
    for x, way, width, reach in needed:
        length = gap / len(needed)
        if reach is not None:
            _graded(rows, x, way, min(width, length), reach)
        if reach is None or width < length:
            _grown(rows, x, way, min(width, length), np.log(length), 0, reach is None)


def _graded(rows, x: float, way: int, length: float, reach: float) -> None:
    """Cells in log distance from `length` down to what is nearest to a rough end."""
    nearest = max(NEAREST, np.log(max(reach, 1e-305)))
    u = np.log(length) - DOUBLING
    u = np.append(u[u > nearest], nearest)
    n = len(u) - 1
    rows.extend((x, way, u[i + 1], u[i], -(i == n - 1)) for i in range(n))


def _grown(rows, x: float, way: int, width: float, stop: float, last: int, first=True) -> None:
    """A plain cell of the given width, and cells in log distance from there to `stop`."""
    if first:
        rows.append((x, 0, 0.0, width, 0) if way > 0 else (x, 0, -width, 0.0, 0))
    u = np.log(width) + DOUBLING
    u = np.append(u[u < stop - 1e-9], stop) if u[0] < stop - 1e-9 else u[:0]
    n = len(u) - 1
    rows.extend((x, way, u[i], u[i + 1], last * (i == n - 1)) for i in range(n))


def nodes(cells: Cells) -> np.ndarray:
    """(cells, 21) coordinates of Kronrod's points."""
    middle, half = 0.5 * (cells.low + cells.high), 0.5 * (cells.high - cells.low)
    return middle[:, None] + half[:, None] * NODES


def asked(f: Several, cells: Cells, c: np.ndarray):
    """f at coordinates (cells, n): the integrands and their rounding, (m, cells, n) each."""
    s, log_slope = cells.offsets(c)
    return f(np.broadcast_to(cells.anchor[:, None], s.shape), s, log_slope)


def _steepest(y: np.ndarray, masses: np.ndarray, half: np.ndarray) -> np.ndarray:
    """The largest of each |y| per unit of the masses, over the nodes where these have any."""
    weight = masses.sum(axis=0)
    seen = weight * half[:, None] > 1e-16
    if not seen.any():
        return np.zeros(len(y))
    return (np.abs(y[:, seen]) / weight[seen]).max(axis=1)


def _outermost(ends: Cells) -> np.ndarray:
    """(ends, 21) coordinates: the end of each, one inwards of it, and two."""
    u = np.where(ends.last < 0, ends.low, ends.high)
    return u[:, None] - ends.last[:, None] * np.minimum(np.arange(NODES.size), 2.0)


def _beyond(y: np.ndarray, unbounded: np.ndarray):
    """What lies nearer than the nearest node of each graded end, or beyond that of a tail: value
    and error of each integrand, from those at the `_outermost` (m, ends, 21). A rest that does
    not decay is left to the mass that is missed, unless the integrand is `unbounded`."""
    size = np.abs(y)
    rate = np.log(size[..., 1] / size[..., 0])
    rest = np.where(size[..., 0] > 0, np.where(rate > 0, size[..., 0] / rate, np.inf), 0.0)
    known = np.isfinite(rest)
    value = np.where(known, np.sign(y[..., 0]) * rest, 0.0).sum(axis=1)
    unknown = np.where(unbounded, np.inf, 0.0)
    return value, np.where(known, 0.5 * rest, unknown[:, None]).sum(axis=1)


@dataclass
class Measured:
    """Integrals over cells, (m, cells) each: values, gaps between two rules, and rounding; and
    the largest ratios that were seen of the first integrands to the sum of the others."""

    cells: Cells
    value: np.ndarray
    gap: np.ndarray
    noise: np.ndarray
    steepest: np.ndarray


def measured_cells(cells: Cells, y: np.ndarray, rounding: np.ndarray, wanted: int = 1) -> Measured:
    """From what `asked` gives at the `nodes`; the first `wanted` integrands have a ratio."""
    half = 0.5 * (cells.high - cells.low)
    sums = y @ RULES * half[:, None]
    noise = rounding @ KRONROD * half
    steepest = _steepest(y[:wanted], y[wanted:], half)
    return Measured(cells, sums[..., 0], np.abs(sums[..., 1]), noise, steepest)


def refined(
    f: Several, m: Measured, relative: float = RELATIVE, wanted: int = 1, most: float = MOST_NODES
) -> Measured:
    """Cells are halved until every integral is known to `relative` of itself, as far as rounding
    and so many nodes let it be."""
    count = m.value[0].size * NODES.size
    for _ in range(ROUNDS):
        finite = np.isfinite(m.value) & np.isfinite(m.gap)
        enough = relative * np.abs(np.where(finite, m.value, 0.0).sum(axis=1))[:, None]
        floor = np.maximum(50 * EPS * np.abs(m.value), m.noise)
        open_ = np.where(finite & (m.gap > floor), m.gap, 0.0)
        todo = open_.sum(axis=1, keepdims=True) > enough
        if not todo.any() or count > most:
            break
        share = 0.2 * enough / np.maximum(np.count_nonzero(open_, axis=1), 1)[:, None]
        split = (todo & (open_ > share)).any(axis=0)
        halves = m.cells.take(split).halves()
        new = measured_cells(halves, *asked(f, halves, nodes(halves)), wanted)
        count += new.value[0].size * NODES.size
        m = _joined(m, ~split, new)
    return m


def _joined(old: Measured, kept: np.ndarray, new: Measured) -> Measured:
    value, gap, noise = (
        np.concatenate([before[:, kept], more], axis=1)
        for before, more in ((old.value, new.value), (old.gap, new.gap), (old.noise, new.noise))
    )
    cells = old.cells.take(kept).join(new.cells)
    return Measured(cells, value, gap, noise, np.maximum(old.steepest, new.steepest))


def integrals(
    f: Several, cells: Cells, bounded=(False,), relative: float = RELATIVE, most: float = MOST_NODES
):
    """The integrals of several functions over the same cells: a list of Estimates, and the
    largest ratio that was seen of each of the first functions to the sum of the others, masses.

    `bounded` says of each of the first whether a multiple of these bounds it. A nan or inf met
    inside makes the error infinite.
    """
    n, wanted = len(cells.low), len(bounded)
    ends = cells.take(cells.last != 0)
    both = np.concatenate([nodes(cells), _outermost(ends)])  # asked together, which costs less
    y, rounding = asked(f, cells.join(ends), both)
    m = refined(f, measured_cells(cells, y[:, :n], rounding[:, :n], wanted), relative, wanted, most)
    unbounded = np.append(np.logical_not(bounded), np.zeros(len(y) - wanted, dtype=bool))
    rest, rest_error = _beyond(y[:, n:], unbounded)
    error = m.gap.sum(axis=1) + m.noise.sum(axis=1) + rest_error
    error = error + 4e-16 * np.abs(m.value).sum(axis=1)
    total = np.where(np.isfinite(m.value), m.value, 0.0).sum(axis=1) + rest
    return [
        Estimate(float(v), float(e) if np.isfinite(e) else np.inf)
        for v, e in zip(total, error, strict=True)
    ], m.steepest


def integrate(f: Integrand, cells: Cells, relative: float = RELATIVE) -> Estimate:
    """The integral of f over the cells. A nan or inf met inside makes the error infinite."""

    def several(anchor, s, log_slope):
        y, rounding = f(anchor, s)
        slope = np.exp(log_slope)
        return (y * slope)[None], (np.broadcast_to(rounding, y.shape) * slope)[None]

    with np.errstate(all="ignore"):
        (result,), _ = integrals(several, cells, relative=relative)
    return result
