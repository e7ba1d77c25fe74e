r"""The ledger of what the book states: each claim with its source, its proof and its witness.

`symbolic` asks sympy; `numeric` computes both sides of the claim in different ways and returns
how far they are apart and how far they may be. The chapters' theorems carry these names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import sympy as sp

from gan_lab.theory import witnesses as see
from gan_lab.theory.derivations import a, b, holds, minimum_of_C, optimal_discriminator, y

PAPER = "Goodfellow et al. 2014, "
KINDS = ("theorem", "measured", "folklore")


class Report(NamedTuple):
    """What checking a claim found. `residual` is in the units of what the claim compares."""

    symbolic_ok: bool
    residual: float
    tolerance: float
    passed: bool


@dataclass(frozen=True)
class Claim:
    """A statement and how it is known. ValueError for a kind that is not in KINDS.

    `statement` is in plain ASCII, for a terminal; `formula` is its heart in LaTeX, without $$, for
    a page. `symbolic()` is true when sympy confirms the algebra; `numeric()` is (residual,
    tolerance).
    """

    name: str
    statement: str
    formula: str
    source: str
    kind: str
    symbolic: Callable[[], bool]
    numeric: Callable[[], tuple[float, float]]

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"A claim is one of {', '.join(KINDS)}, not {self.kind!r}.")


def check(claim: Claim) -> Report:
    """Run both checks of a claim."""
    ok = bool(claim.symbolic())
    residual, tolerance = (float(v) for v in claim.numeric())
    within = bool(np.isfinite(tolerance) and residual <= tolerance)
    return Report(ok, residual, tolerance, ok and within)


def equal(left, right) -> bool:
    """Whether sympy finds two expressions equal."""
    return holds(sp.Eq(left, right, evaluate=False))


_v = a * sp.log(y) + b * sp.log(1 - y)
_c, _d = sp.symbols("c d", positive=True)  # 1 - alpha and alpha, or pi and 1 - pi


def _pushforward() -> bool:
    x, z = sp.Symbol("x", positive=True), sp.Symbol("z", real=True)
    cdf = (1 + sp.erf(sp.log(x) / sp.sqrt(2))) / 2
    pdf = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)
    return equal(sp.diff(cdf, x), pdf.subs(z, sp.log(x)) / x)


def _unequal_priors() -> bool:
    v = _c * a * sp.log(y) + _d * b * sp.log(1 - y)
    (best,) = sp.solve(sp.diff(v, y), y)
    m = _c * a + _d * b
    jsd = _c * a * sp.log(a / m) + _d * b * sp.log(b / m)
    entropy = -_c * a * sp.log(_c) - _d * b * sp.log(_d)
    odds = sp.log(a) - sp.log(b) + sp.log(_c / _d)
    return (
        equal(best, _c * a / m)
        and equal(v.subs(y, best), jsd - entropy)
        and equal(sp.log(best / (1 - best)), odds)
    )


def _label_smoothing() -> bool:
    v = a * (_c * sp.log(y) + _d * sp.log(1 - y)) + b * sp.log(1 - y)
    (best,) = sp.solve(sp.diff(v, y), y)
    odds = sp.simplify(best / (1 - best))
    return equal(odds, _c * a / (b + _d * a)) and sp.limit(odds, a, sp.oo) == _c / _d


def _bound() -> bool:
    t = sp.Symbol("t", positive=True)
    best, D = a / (a + b), 1 / (1 + t)
    coins = best * sp.log(best / D) + (1 - best) * sp.log((1 - best) / (1 - D))
    return equal(_v.subs(y, best) - _v.subs(y, D), (a + b) * coins)


def _jsd_bounds() -> bool:
    room = sp.log(2) - sp.log(2 * a / (a + b))
    curve = sp.diff(a * sp.log(2 * a / (a + b)) + b * sp.log(2 * b / (a + b)), b, 2)
    return equal(room, sp.log(1 + b / a)) and equal(curve, a / (b * (a + b)))


def _jsd_metric() -> bool:
    far = sp.log(2)
    near = (sp.log(sp.Rational(4, 3)) + sp.log(sp.Rational(2, 3)) / 2 + sp.log(2) / 2) / 2
    return bool(far > 2 * near) and bool(sp.sqrt(far) < 2 * sp.sqrt(near))


def _proposition_2() -> bool:
    # the game is linear in b at a fixed D, and C, a supremum of such, bends up in b
    at_best = _v.subs(y, a / (a + b))
    slope = sp.log(b / (a + b))
    return (
        sp.diff(_v, b, 2) == 0
        and equal(sp.diff(at_best, b), slope)
        and equal(sp.diff(slope, b), a / (b * (a + b)))
    )


def _linear_discriminator() -> bool:
    w, c, x = sp.symbols("w c x", real=True)
    s = sp.Symbol("s", positive=True)
    pdf = sp.exp(-(x**2) / (2 * s**2)) / (s * sp.sqrt(2 * sp.pi))
    log_D = -sp.log(1 + sp.exp(-(w * x + c)))
    slopes = [sp.diff(log_D, k).subs({w: 0, c: 0}) for k in (w, c)]
    means = [sp.integrate(sp.expand(k * pdf), (x, -sp.oo, sp.oo)) for k in slopes]
    bend = sp.diff(log_D.subs(w * x + c, y), y, 2)
    # both means are free of the variance, so the slopes under p_data and p_g cancel
    return all(sp.diff(sp.simplify(m), s) == 0 for m in means) and holds(sp.Lt(bend, 0))


def _ledger() -> dict[str, Claim]:
    rows = [
        ("push-forward", "E_z h(G(z)) = E_{x ~ p_g} h(x), whether or not G can be inverted",
         r"E_{z \sim p_z}[h(G(z))] = E_{x \sim p_G}[h(x)]",
         "the law of the unconscious statistician; used in " + PAPER + "proof of Proposition 1",
         _pushforward, see.pushforward_expectation),
        ("game-value", "V(G, D = 1/2) = -log 4 for every G: the saddle is degenerate",
         r"V(G, ½) = -\log 4 \quad \text{for every } G",
         PAPER + "Equation 1 at D = 1/2",
         lambda: equal(_v.subs(y, sp.Rational(1, 2)), -(a + b) * sp.log(2)), see.game_value),
        ("proposition-1", "for a fixed G the best D is p_data / (p_data + p_g)",
         r"D^* = \frac{p_{data}}{p_{data} + p_G}",
         PAPER + "Proposition 1, Equation 2",
         lambda: len(optimal_discriminator()) > 0, see.best_discriminator),
        ("concavity", "for a, b >= 0, not both 0, a log y + b log(1 - y) is strictly concave in y "
         "on (0, 1)",
         r"\frac{d^2}{dy^2} [a \log y + b \log(1 - y)] < 0",
         PAPER + "proof of Proposition 1",
         lambda: equal(sp.diff(_v, y, 2), -a / y**2 - b / (1 - y) ** 2), see.concavity),
        ("unequal-priors", "with a share pi of real data D* = pi p / (pi p + (1 - pi) q), and "
         "the best value is JSD_pi(p, q) - H(pi)",
         r"\max_D V_\pi = \mathrm{JSD}_\pi - H(\pi)",
         "Lin 1991 for JSD_pi; derived here", _unequal_priors, see.unequal_priors),
        ("label-smoothing", "labels 1 - alpha on real data make the odds of the best D "
         "(1 - alpha) p / (q + alpha p), at most (1 - alpha) / alpha",
         r"\frac{D}{1 - D} = \frac{(1 - \alpha)\, p}{q + \alpha\, p} \le \frac{1 - \alpha}{\alpha}",
         "Goodfellow 2016, section 4.2, with beta = 0", _label_smoothing, see.label_smoothing),
        ("density-ratio", "the odds of the best discriminator are D* / (1 - D*) = p_data / p_g",
         r"\frac{D^*}{1 - D^*} = \frac{p_{data}}{p_G}",
         PAPER + "Equation 2",
         lambda: equal((a / (a + b)) / (1 - a / (a + b)), a / b), see.density_ratio),
        ("bound", "V(G, D) <= V(G, D*), and the gap is the integral of (p + q) times the KL "
         "divergence of the coins D* and D",
         r"V(G, D) \le V(G, D^*)",
         "derived here from " + PAPER + "Equation 3", _bound, see.bound),
        ("theorem-1", "C(G) = 2 JSD(p_data, p_g) - log 4, least exactly at p_g = p_data",
         r"C(G) = 2\, \mathrm{JSD}(p_{data}, p_G) - \log 4",
         PAPER + "Theorem 1, Equations 5 and 6", lambda: len(minimum_of_C()) > 0, see.theorem_1),
        ("jsd-bounds", "0 <= JSD <= log 2, and log 2 exactly when p and q are disjoint",
         r"0 \le \mathrm{JSD}(p, q) \le \log 2",
         "Lin 1991; equality derived here", _jsd_bounds, see.jsd_bounds),
        ("jsd-metric", "the square root of the JSD obeys the triangle inequality, the JSD does "
         "not",
         r"\sqrt{\mathrm{JSD}(p, q)} \le \sqrt{\mathrm{JSD}(p, r)} + \sqrt{\mathrm{JSD}(r, q)}",
         "Endres and Schindelin 2003", _jsd_metric, see.jsd_metric),
        ("proposition-2", "on finitely many points, from q_0 > 0 and with 0 < eta <= 1, the update "
         "q exp(-eta log(2 q / (p + q))) / Z never raises C, and brings it to -log 4",
         r"C(q_T) + \log 4 \le \frac{\mathrm{KL}(p \| q_0)}{\eta T}",
         PAPER + "Proposition 2, which names no update; derived here",
         _proposition_2, see.mirror_descent),
        ("linear-discriminator", "where p_data and p_g have the same finite mean, the best V of a "
         "linear logit is -log 4, whatever their variances",
         r"E_{p_{data}}[x] = E_{p_G}[x] \Rightarrow \max_{w, c} V(G, \sigma(wx + c)) = -\log 4",
         "derived here", _linear_discriminator, see.linear_discriminator),
    ]
    return {
        name: Claim(name, statement, formula, source, "theorem", symbolic, numeric)
        for name, statement, formula, source, symbolic, numeric in rows
    }


LEDGER: dict[str, Claim] = _ledger()
