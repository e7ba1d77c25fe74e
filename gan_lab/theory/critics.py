r"""Critics: what a loss pays a function T of x, the T that earns most, and what it then earns.

A critic earns E_p[real(T)] - E_q[fake(T)], for p = p_data and q = p_G. Of the f-GAN family
real(T) = T and fake(T) = f*(T), f* the conjugate of f; of least squares and hinge both are written
so that a critic that is 0 earns 0. Relativistic pairs earn E[log sigmoid(T(x) - T(y))] + log 2. In
nats where T is a logit. The best T is a function of l = log(p/q), and earns a divergence.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.divergences import LOG_2, cells_of, chi2, crossings, hellinger2, js, kl, tv
from gan_lab.theory.generator_losses import softplus, times
from gan_lab.theory.quadrature import integrate

Of = Callable[[Any], Any]
"""A function of a number, or of each in an array; what it hands back is alike."""

LOG_4 = 2 * LOG_2


@dataclass(frozen=True)
class Critic:
    """What a loss pays: `real(T)` for data less `fake(T, room)` for samples, T below `end`.

    `room` is end - T, without its rounding. `best` is T by l = log(p/q), and `most` what it earns,
    by another way: as a divergence. `gap` is the room of the best T, where there is an end.
    """

    real: Of
    fake: Callable[[Any, Any], Any]
    best: Of
    most: Callable[[Distribution, Distribution], Estimate]
    end: float = np.inf
    gap: Of = abs

    def bent(self, scale: float, shift: float) -> Callable[[Any], tuple]:
        """scale T* + shift as a function of l, and its room."""
        if np.isinf(self.end):
            return lambda l: (scale * self.best(l) + shift, np.inf)
        rest = self.end * (1 - scale) - shift
        return lambda l: (scale * self.best(l) + shift, rest + scale * self.gap(l))


@dataclass(frozen=True)
class FDivergence(Critic):
    """A row of the f-GAN family: E_q[f(p/q)], with f and its slope by r = p/q."""

    f: Of = abs
    slope: Of = abs


def itself(T):
    return T


def shifted_estimate(by: float, found: Estimate) -> Estimate:
    return Estimate(found.value + by, found.error)


F_DIVERGENCES = {
    "kl": FDivergence(
        f=lambda r: r * np.log(r),
        slope=lambda r: 1 + np.log(r),
        real=itself,
        fake=lambda T, room: np.exp(T - 1),
        best=lambda l: 1 + l,
        most=kl,
    ),
    "reverse-kl": FDivergence(
        f=lambda r: -np.log(r),
        slope=lambda r: -1 / r,
        real=itself,
        fake=lambda T, room: -1 - np.log(room),
        best=lambda l: -np.exp(-l),
        gap=lambda l: np.exp(-l),
        most=lambda p, q: kl(q, p),
        end=0.0,
    ),
    "pearson": FDivergence(
        f=lambda r: (r - 1) ** 2,
        slope=lambda r: 2 * (r - 1),
        real=itself,
        fake=lambda T, room: T + T**2 / 4,
        best=lambda l: 2 * np.expm1(l),
        most=chi2,
    ),
    "hellinger": FDivergence(
        f=lambda r: (np.sqrt(r) - 1) ** 2,
        slope=lambda r: 1 - 1 / np.sqrt(r),
        real=itself,
        fake=lambda T, room: T / room,
        best=lambda l: -np.expm1(-l / 2),
        gap=lambda l: np.exp(-l / 2),
        most=lambda p, q: times(2.0, hellinger2(p, q)),
        end=1.0,
    ),
    "js": FDivergence(
        f=lambda r: r * np.log(r) - (1 + r) * np.log((1 + r) / 2),
        slope=lambda r: np.log(2 * r / (1 + r)),
        real=itself,
        fake=lambda T, room: -LOG_2 - np.log(-np.expm1(-room)),
        best=lambda l: LOG_2 - softplus(-l),
        gap=lambda l: softplus(-l),
        most=lambda p, q: times(2.0, js(p, q)),
        end=LOG_2,
    ),
    "gan": FDivergence(
        f=lambda r: r * np.log(r) - (1 + r) * np.log(1 + r),
        slope=lambda r: np.log(r / (1 + r)),
        real=itself,
        fake=lambda T, room: -np.log(-np.expm1(-room)),
        best=lambda l: -softplus(-l),
        gap=lambda l: softplus(-l),
        most=lambda p, q: shifted_estimate(-LOG_4, times(2.0, js(p, q))),
        end=0.0,
    ),
}
"""The family of Nowozin, Cseke and Tomioka 2016, Tables 1 and 2, by the names of the losses there.

Pearson's f is taken on the whole line: for r >= 0 alone its conjugate is -1 below T = -2."""


def half_chi2(p: Distribution, q: Distribution) -> Estimate:
    """chi2(p || m), m the mean of p and q."""
    return chi2(p, mixture([p, q]))


CRITICS = {f"f-{name}": row for name, row in F_DIVERGENCES.items() if name not in ("js", "gan")} | {
    "minimax": F_DIVERGENCES["gan"],
    "least-squares": Critic(
        real=lambda T: T - T**2 / 2,
        fake=lambda T, room: T + T**2 / 2,
        best=lambda l: np.tanh(l / 2),
        most=half_chi2,
    ),
    "hinge": Critic(
        real=lambda T: np.minimum(T, 1),
        fake=lambda T, room: np.maximum(T, -1),
        best=np.sign,
        most=lambda p, q: times(2.0, tv(p, q)),
    ),
}
"""The losses whose critic looks at one point at a time, by the names of `training.losses`."""

RELATIVISTIC = "relativistic"


@without_float_warnings
def earned(row: Critic, p: Distribution, q: Distribution, T: Callable[[Any], tuple]) -> Estimate:
    """What a critic earns: an integral, and a sum over the atoms.

    `T` gives its values and their room for l = log(p/q), as `Critic.bent` does.
    """

    def pay(lp, lq):
        a, b, l = np.exp(lp), np.exp(lq), lp - lq
        t, room = T(l)
        gain = np.where(a > 0, a * row.real(t), 0.0)
        price = np.where(b > 0, b * row.fake(t, room), 0.0)
        reach = np.where(a + b > 0, np.minimum(np.abs(l), 800), 0.0)
        noise = 64 * EPS * (1 + reach) * (a + b + np.abs(gain) + np.abs(price))
        return gain - price, noise

    def integrand(anchor, s):
        return pay(p.log_near(anchor, s), q.log_near(anchor, s))

    kinks = crossings(p, q) if p.support and q.support else ()
    value, error = integrate(integrand, cells_of(p, q, extra=kinks))
    x = np.unique([x for x, _ in p.atoms + q.atoms])
    on_atoms, noise = pay(np.log(p.mass(x)), np.log(q.mass(x)))
    return Estimate(value + float(np.sum(on_atoms)), error + float(np.sum(noise)) + 8 * EPS)


def trapezoid_rule(law: Distribution, step: float) -> tuple[np.ndarray, np.ndarray]:
    """Points and weights of the trapezoid rule for a law that falls like a Gaussian."""
    x = law.mean + law.sd * np.arange(-10, 10 + step, step)
    weight = law.pdf(x)
    return x, weight / weight.sum()


def pairs_earned(p: Distribution, q: Distribution, T: Of, step: float = 1 / 48) -> Estimate:
    """E[log sigmoid(T(x) - T(y))] + log 2 over x from p and y from q, two Gaussians in nats.

    The error is what half as many points change, far more than theirs.
    """
    values = []
    for width in (step, 2 * step):
        (x, a), (y, b) = trapezoid_rule(p, width), trapezoid_rule(q, width)
        of_x, of_y = (T(p.logpdf(at) - q.logpdf(at)) for at in (x, y))
        values.append(LOG_2 - float(a @ softplus(of_y - of_x[:, None]) @ b))
    return Estimate(values[0], abs(values[0] - values[1]) + 1e-14)


def bent_bound(loss: str, p: Distribution, q: Distribution, scale: float, shift: float) -> Estimate:
    """What scale T* + shift earns between two Gaussians; -inf where it leaves the domain of f*."""
    if loss == RELATIVISTIC:
        return pairs_earned(p, q, lambda l: scale * l + shift)
    row = CRITICS[loss]
    if np.isfinite(row.end) and highest(row, p, q, scale) + shift > row.end:
        return Estimate(-np.inf, 0.0)
    return earned(row, p, q, row.bent(scale, shift))


def highest(row: Critic, p: Distribution, q: Distribution, scale: float) -> float:
    """The least upper bound of scale T* over the line, for p = N(0, 1) and a Gaussian q."""
    if scale == 0:
        return 0.0
    if q.sd > 1:
        top = float(np.log(q.sd) + q.mean**2 / (2 * (q.sd**2 - 1)))
    else:
        top = 0.0 if (q.mean, q.sd) == (0, 1) else np.inf
    return scale * (row.end if np.isinf(top) else float(row.best(top)))
