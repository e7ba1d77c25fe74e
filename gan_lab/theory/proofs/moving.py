"""Generators on the line that move by one number, for what a gradient at a fixed D is compared to.

The density of the samples is that of a bell on each of some pieces of the line; where two pieces
meet, or one ends, it jumps. What moves is followed twice: each sample, by its velocity, and the
density as a whole, by another distribution for each theta.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy import stats

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import distribution
from gan_lab.theory.generator_losses import GeneratorLoss
from gan_lab.theory.pushforward import pushforward

FAR = 40.0
CENTRAL = {6: (3 / 4, -3 / 20, 1 / 60), 8: (4 / 5, -1 / 5, 4 / 105, -1 / 280)}


@dataclass(frozen=True)
class GaussianSum:
    """Weighted Gaussians with log density, its slope, and themselves as a distribution."""

    weights: tuple[float, ...]
    means: tuple[float, ...]
    sds: tuple[float, ...]

    def law(self) -> Distribution:
        return mixture(list(map(gaussian, self.means, self.sds)), self.weights)

    def log(self, x):
        return np.logaddexp.reduce(self._logs(x))

    def slope(self, x):
        z = (x[:, None] - self.means) / self.sds
        share = np.exp(self._logs(x) - self.log(x))
        return -(share.T * z / self.sds).sum(1)

    def _logs(self, x):
        z = (x[:, None] - self.means) / self.sds
        return (np.log(self.weights) - np.log(self.sds) - 0.5 * z**2).T - 0.5 * np.log(2 * np.pi)


@dataclass(frozen=True)
class Piece:
    """Where samples have the log density `log` with the slope `slope`, and move by `velocity`."""

    low: float
    high: float
    log: Callable[[np.ndarray], np.ndarray]
    slope: Callable[[np.ndarray], np.ndarray]
    velocity: Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class MovingSamples:
    """Samples at theta = 0 by pieces, in order, and `at(theta)`, the distribution they have.

    A jump is (x, its speed, the probability that passes it from right to left per unit of theta).
    """

    pieces: tuple[Piece, ...]
    at: Callable[[float], Distribution]
    jumps: tuple[tuple[float, float, float], ...] = ()


def _still(x):
    return np.zeros_like(x)


def shift(x):
    return np.ones_like(x)


def smooth_motion(q: GaussianSum, stretched: bool) -> MovingSamples:
    """All samples shifted by theta, or stretched by 1 + theta away from 0."""
    whole = Piece(-FAR, FAR, q.log, q.slope, (lambda x: x) if stretched else shift)

    def at(theta):
        by, off = (1 + theta, 0) if stretched else (1, theta)
        means = tuple(by * m + off for m in q.means)
        return GaussianSum(q.weights, means, tuple(by * s for s in q.sds)).law()

    return MovingSamples((whole,), at)


def with_uniform_noise(low: float, width: float) -> MovingSamples:
    """Noise with two edges, and a generator that shifts it."""
    piece = Piece(low, low + width, lambda x: _still(x) - np.log(width), _still, shift)
    jumps = ((low, 1.0, 0.0), (low + width, 1.0, 0.0))
    return MovingSamples((piece,), lambda theta: uniform(low + theta, low + width + theta), jumps)


def one_edge(low: float, scale: float) -> MovingSamples:
    """Exponential noise, shifted: it begins with a jump."""
    piece = Piece(low, FAR, lambda x: (low - x) / scale - np.log(scale),
                  lambda x: _still(x) - 1 / scale, shift)  # fmt: skip
    at = lambda theta: distribution(stats.expon(low + theta, scale))  # noqa: E731
    return MovingSamples((piece,), at, ((low, 1.0, 0.0),))


def kinked(left: float, at_x: float) -> MovingSamples:
    """G(z) = at_x + theta + max(z, left z), 0 < left < 1: the kink is carried along."""
    near, far = (GaussianSum((1.0,), (at_x,), (sd,)) for sd in (left, 1.0))
    pieces = (Piece(-FAR, at_x, near.log, near.slope, shift),
              Piece(at_x, FAR, far.log, far.slope, shift))  # fmt: skip

    def at(theta):
        return pushforward(lambda z: at_x + theta + np.maximum(z, left * z), gaussian(0, 1),
                           kinks=[0.0], linear=True)  # fmt: skip

    return MovingSamples(pieces, at, ((at_x, 1.0, 0.0),))


def travelling(rise: float, c: float) -> MovingSamples:
    """G(z) = z + rise max(z - c - theta, 0): the kink travels through z, at the speed 1 in x."""
    near, far = GaussianSum((1.0,), (0.0,), (1.0,)), GaussianSum((1.0,), (-rise * c,), (1 + rise,))
    pieces = (Piece(-FAR, c, near.log, near.slope, _still),
              Piece(c, FAR, far.log, far.slope, lambda x: _still(x) - rise))  # fmt: skip

    def at(theta):
        knee = c + theta
        return pushforward(lambda z: z + rise * np.maximum(z - knee, 0), gaussian(0, 1),
                           kinks=[knee], linear=True)  # fmt: skip

    return MovingSamples(pieces, at, ((c, 1.0, float(stats.norm.pdf(c))),))


def gauss_nodes(low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Gauss's nodes and weights on panels of an eighth, in order."""
    ends = np.linspace(low, high, max(2, int(8 * (high - low)) + 1))
    t, w = np.polynomial.legendre.leggauss(16)
    centre, half = (ends[1:] + ends[:-1]) / 2, np.diff(ends) / 2
    return (centre[:, None] + half[:, None] * t).ravel(), (half[:, None] * w).ravel()


@without_float_warnings
def frozen_slope(loss: GeneratorLoss, p: GaussianSum, q: MovingSamples) -> Estimate:
    """J': the mean over samples of the slope of phi, where each moves and D* stands still."""
    total, size = 0.0, 0.0
    for piece in q.pieces:
        x, w = gauss_nodes(piece.low, piece.high)
        log_q = piece.log(x)
        l = p.log(x) - log_q
        steep = w * np.exp(log_q + loss.log_steepness(l)) * piece.velocity(x)
        total -= steep @ (p.slope(x) - piece.slope(x))
        size += np.abs(steep) @ (np.abs(p.slope(x)) + np.abs(piece.slope(x)) + np.abs(log_q))
    return Estimate(total, 64 * EPS * size)


@without_float_warnings
def derivative(f: Callable[[float], Estimate], step: float) -> Estimate:
    """f'(0) by central differences, of order 8; the error by those of order 6."""
    found = {}
    for k in range(1, 5):
        up, down = f(k * step), f(-k * step)
        found[k] = up.value - down.value, up.error + down.error
    high, low = (sum(c * found[k][0] for k, c in enumerate(CENTRAL[n], 1)) / step for n in (8, 6))
    rounding = sum(abs(c) * found[k][1] for k, c in enumerate(CENTRAL[8], 1)) / step
    return Estimate(high, abs(high - low) + rounding + 64 * EPS * abs(high) / step)


def true_slope(
    loss: GeneratorLoss, p: GaussianSum, q: MovingSamples, step: float = 0.008
) -> Estimate:
    """D_F', of the divergence itself, with a D* that follows."""
    law = p.law()
    return derivative(lambda theta: loss.divergence(law, q.at(theta)), step)


def sides(p: GaussianSum, q: MovingSamples) -> list[tuple[float, float, float, float, float]]:
    """For each jump its speed, the probability that passes it, p there, and the logits of D* left
    and right of it: inf where there are no samples."""
    ends = [piece.low for piece in q.pieces] + [q.pieces[-1].high]
    assert all(a.high == b.low for a, b in pairwise(q.pieces)) and ends == sorted(ends)

    def logit(x, which):
        over = [piece for piece in q.pieces if getattr(piece, which) == x]
        at = np.array([x])
        return float((p.log(at) - over[0].log(at))[0]) if over else np.inf

    return [
        (v, m, float(np.exp(p.log(np.array([x])))[0]), logit(x, "high"), logit(x, "low"))
        for x, v, m in q.jumps
    ]
