"""The claims of the chapter on what the generator minimises."""

from __future__ import annotations

import numpy as np
import sympy as sp
from scipy import special

from gan_lab.distributions.base import EPS, Estimate, without_float_warnings
from gan_lab.distributions.discrete import pmf
from gan_lab.theory.divergences import js, kl
from gan_lab.theory.game import C, V
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.best_discriminator import LOGITS
from gan_lab.theory.proofs.claim import PAPER, Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.derivations import (
    a,
    b,
    bounds_of_jsd,
    for_each_unit,
    minimum_of_C,
    tangent_of_log,
)
from gan_lab.theory.proofs.formulas import Instance, at_places
from gan_lab.theory.proofs.witnesses import climbed

CHAPTER = "what_the_generator_minimises"

_m, _half = (a + b) / 2, sp.Rational(1, 2)
_jsd = for_each_unit((a * sp.log(a / _m) + b * sp.log(b / _m)) / 2)
_c = for_each_unit(a * sp.log(a / (a + b)) + b * sp.log(b / (a + b)))


# Divergences

KL, JSD = r"\mathrm{KL}(p \| q)", r"\mathrm{JSD}(p, q)"


def finite_divergences(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng):
        found = kl(p, q)
        if np.isfinite(found).all():
            yield {KL: found}


def _same(rng: draws.Rng) -> Drawn:
    """The same distribution twice, made twice where that can be."""
    for kind in draws.KINDS:
        seed = rng.integers(2**32)
        p, q = (kind(np.random.default_rng(seed)) for _ in range(2))
        at_p, at_q = draws.finite_weights(rng, p, q)
        yield {KL: kl(p, q), JSD: js(p, q), "p": at_p, "q": at_q}


def too_much_mass(rng: draws.Rng) -> Drawn:
    """The divergence of masses on six points, whose q adds up to 2."""
    for _ in range(20):
        p, q = rng.dirichlet(np.ones(6), size=2)
        yield {KL: float(special.rel_entr(p, 2 * q).sum())}


GIBBS = Claim(
    name="gibbs",
    title="It is never negative",
    chapter=CHAPTER,
    source="Gibbs's inequality",
    sentences=(
        r"$\mathrm{KL}(p \| q) \ge 0$, and it is 0 if and only if $p = q$ (almost everywhere).",
    ),
    checks=(
        Check(finite_divergences, reached=_same),
        Check(_same),
    ),
    rivals=(Rival("q does not integrate to 1", too_much_mass),),
    derivation=tangent_of_log,
)


def js_pairs(rng: draws.Rng) -> Drawn:
    for p, q in (*draws.pairs(rng), *draws.disjoint(rng)):
        yield {JSD: js(p, q)}


def _disjoint(rng: draws.Rng) -> Drawn:
    for p, q in draws.disjoint(rng):
        yield {JSD: js(p, q)}


def in_bits(rng: draws.Rng) -> Drawn:
    for p, q in draws.disjoint(rng):
        yield {JSD: js(p, q).value / np.log(2)}


JSD_BOUNDS = Claim(
    name="jsd-bounds",
    title="Bounds",
    chapter=CHAPTER,
    source="Lin 1991; equality derived here",
    sentences=(
        r"$0 \le \mathrm{JSD}(p, q) \le \log 2$.",
        r"It is 0 if and only if $p = q$, and $\log 2$ if and only if $p$ and $q$ are disjoint: "
        r"where one is positive the other is 0 (almost everywhere).",
    ),
    checks=(
        Check(js_pairs, reached=lambda rng: [*_same(rng), *_disjoint(rng)]),
        Check(_same),
    ),
    rivals=(Rival("it is measured in bits", in_bits),),
    derivation=bounds_of_jsd,
)


def triples(rng: draws.Rng, power: float = 1.0) -> Drawn:
    """Three distributions, on points and on the line, some of them nearly on one line; `power` is
    what the divergences are raised to."""

    def named(p, q, r):
        names = r"\mathrm{JSD}(p, q)", r"\mathrm{JSD}(p, r)", r"\mathrm{JSD}(r, q)"
        found = js(p, q), js(p, r), js(r, q)
        return {
            name: Estimate(max(d.value, 0.0) ** power, power * d.error)
            for name, d in zip(names, found, strict=True)
        }

    for p, q, r in rng.dirichlet([0.5] * 4, size=(30, 3)):
        yield named(*(pmf(range(4), w / w.sum()) for w in (p, q, r)))
    for p, q in draws.pairs(rng, draws.TAME, times=1):
        yield named(p, q, draws.bell(rng))
    for share in rng.uniform(0.2, 0.8, 8):
        p, r, q = (pmf([0, 1], [w, 1 - w]) for w in share + np.array([-0.02, 0, 0.02]))
        yield named(p, q, r)


def halfway(rng: draws.Rng) -> Drawn:
    """r = p, where the two sides are equal."""
    for p, q in draws.pairs(rng, draws.SMOOTH):
        yield {
            r"\mathrm{JSD}(p, q)": js(p, q),
            r"\mathrm{JSD}(p, r)": 0.0,
            r"\mathrm{JSD}(r, q)": js(p, q),
        }


JSD_METRIC = Claim(
    name="jsd-metric",
    title="The root of JSD is a metric",
    chapter=CHAPTER,
    source="Endres and Schindelin 2003",
    sentences=(
        r"For all distributions $p, q, r$ $$ \begin{aligned} "
        r"\sqrt{\mathrm{JSD}(p, q)} \le {} & \sqrt{\mathrm{JSD}(p, r)} \\ "
        r"& + \sqrt{\mathrm{JSD}(r, q)} , \end{aligned} $$ "
        r"while the same without the roots fails for some.",
    ),
    checks=(Check(triples, reached=halfway),),
    rivals=(
        Rival("the roots are left out", lambda rng: triples(rng, 2.0)),
        Rival("the exponent is 0.55 and not ½", lambda rng: triples(rng, 1.1)),
    ),
)


# Theorem 1

JSD_OF_G = r"\mathrm{JSD}(p_{data}, p_G)"


def _values(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng):
        yield {"C(G)": C(p, q), JSD_OF_G: js(p, q)}


def at_the_data(rng: draws.Rng) -> Drawn:
    """p_G = p_data."""
    for kind in draws.KINDS:
        p = kind(rng)
        weight, _ = draws.finite_weights(rng, p, p)
        yield {
            "C(G)": C(p, p),
            JSD_OF_G: js(p, p),
            "p_G": weight,
            "p_{data}": weight,
            "D^*": climbed(weight, weight).D,
        }


def _not_at_its_best(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng, draws.SMOOTH):
        yield {"C(G)": V(LOGITS[1], p, q), JSD_OF_G: js(p, q)}


THEOREM_1 = Claim(
    name="theorem-1",
    title="The least value of the game",
    chapter=CHAPTER,
    source=PAPER + "Theorem 1, Equations 5 and 6",
    sentences=(
        r"For every generator $G$ $$ C(G) = 2\, \mathrm{JSD}(p_{data}, p_G) - \log 4 . $$",
        r"Hence $C(G) \ge -\log 4$, with equality if and only if $p_G = p_{data}$; and then "
        r"$D^* = ½$ wherever there are data.",
    ),
    checks=(
        Check(_values, algebra={"C(G)": _c, JSD_OF_G: _jsd}),
        Check(_values, reached=at_the_data),
        Check(at_the_data),
        Check(at_the_data, algebra={"D^*": (a / (a + b)).subs(b, a)}),
    ),
    rivals=(Rival("D is not at its best", _not_at_its_best, of=(0, 1)),),
    derivation=minimum_of_C,
)


def at_one_half(rng: draws.Rng, D: float = 0.5) -> Drawn:
    """A discriminator that answers the same everywhere."""
    l = float(special.logit(D))
    for p, q in draws.pairs(rng):
        here = V(lambda x: np.full_like(x, l), p, q)
        yield {"D": D, "V(G, D)": here, "V(G, ½)": here}


def saddle(rng: draws.Rng, other: bool = False) -> Drawn:
    """`other`: G° is not there yet."""
    for p, q in draws.pairs(rng):
        at_data = q if other else p
        for D in LOGITS:
            yield {
                r"V(G^\circ, D)": V(D, p, at_data),
                r"V(G^\circ, ½)": V(np.zeros_like, p, at_data),
                "V(G, ½)": V(np.zeros_like, p, q),
            }


GAME_VALUE = Claim(
    name="game-value",
    title="The degenerate saddle",
    chapter=CHAPTER,
    source=PAPER + "Equation 1 at D = 1/2",
    sentences=(
        r"If $D = ½$ everywhere, then $V(G, D) = -\log 4$ for every $G$.",
        r"Consequently, with $G^\circ$ a generator whose distribution is $p_{data}$, "
        r"$$ \begin{aligned} V(G^\circ, D) & \le V(G^\circ, ½) = -\log 4 \\ & = V(G, ½) "
        r"\end{aligned} $$ for all $D$ and $G$, so $(G^\circ, ½)$ is a saddle point, flat "
        r"along $G$.",
    ),
    checks=(
        Check(at_one_half),
        Check(
            at_one_half,
            algebra={
                "V(G, D)": for_each_unit(a * sp.log(_half) + b * sp.log(1 - _half)),
            },
        ),
        Check(saddle),
    ),
    rivals=(
        Rival("D says 0.6 everywhere", lambda rng: at_one_half(rng, 0.6), of=(1,)),
        Rival("G° is not distributed like the data", lambda rng: saddle(rng, other=True), of=(2,)),
    ),
)


# Proposition 2

ETA = r"0 < \eta \le 1"
FINAL = 60


def C_of(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """C on finitely many points."""
    return (special.rel_entr(p, p + q) + special.rel_entr(q, p + q)).sum(-1)


def _jsd_of(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """JSD on finitely many points."""
    m = 0.5 * (p + q)
    return 0.5 * (special.rel_entr(p, m) + special.rel_entr(q, m)).sum(-1)


@without_float_warnings
def _path(p: np.ndarray, q: np.ndarray, eta: float) -> Instance:
    """Along the rule from q_0 = q, written without its exponential function: what it says of each
    step, and what it comes to."""
    laws, sums = [q], []
    for _ in range(FINAL):
        tilted = np.where(q > 0, q ** (1 - eta) * (0.5 * (p + q)) ** eta, 0.0)
        sums.append(tilted.sum())
        q = tilted / sums[-1]
        laws.append(q)
    laws, C_q = np.array(laws), C_of(p, np.array(laws))
    before, rounding = laws[:-1], 16 * EPS * len(p)
    return {
        r"\eta": eta,
        "p": p,
        "q_t": before,
        "Z_t": np.array(sums)[:, None],
        "q_{t+1}": at_places(laws[1:], 1e-12 * laws[1:]),
        "g_t": at_places(np.log(before) - np.log(0.5 * (p + before)), rounding),
        "C(q_t)": at_places(C_q[:-1], rounding),
        "C(q_{t+1})": at_places(C_q[1:], rounding),
        "C(q_T)": at_places(C_q[1:], rounding),
        "T": np.arange(1, FINAL + 1),
        r"\mathrm{JSD}(p, q_T)": at_places(_jsd_of(p, laws[1:]), rounding),
        r"\mathrm{KL}(p \| q_0)": float(special.rel_entr(p, laws[0]).sum()),
    }


def paths(rng: draws.Rng, beyond: float = 1.0) -> Drawn:
    """`beyond`: eta as a multiple of what the proposition allows. The last start is so nearly 0 at
    one point that any eta above 1 goes past p there."""
    for eta in beyond * draws.within_hypothesis(ETA, r"\eta", rng, 8):
        p, q = rng.dirichlet([0.5] * 12, size=2)
        yield _path(p, (q + 1e-9) / (1 + 12e-9), eta)
        yield _path(np.array([0.9, 0.1]), np.array([1.0, 1e-60]), eta)


def not_positive(rng: draws.Rng) -> Drawn:
    """q_0 is 0 where p is not: no step changes that. The bound is what it is from 1e-6 there."""
    for _ in range(5):
        p, q = rng.dirichlet([2] * 5, size=2)
        q[0] = 1e-6
        bound = float(special.rel_entr(p, q / q.sum()).sum())
        q[0] = 0
        found = _path(p, q / q.sum(), 1.0)
        yield {**found, r"\mathrm{KL}(p \| q_0)": bound}


PROPOSITION_2 = Claim(
    name="proposition-2",
    title="Convergence, for one rule",
    chapter=CHAPTER,
    source=PAPER + "Proposition 2, which names no update; derived here",
    sentences=(
        r"Let $p$, the distribution of the data, and $q_0$ be distributions on finitely many "
        rf"points, $q_0$ positive at each of them, and ${ETA}$.",
        r"Under the rule $$ \begin{aligned} q_{t+1} & = \frac{1}{Z_t}\; q_t \exp(-\eta\, g_t) , \\ "
        r"g_t & = \log \frac{2 q_t}{p + q_t} , \end{aligned} $$ where $Z_t$ makes the sum 1, "
        r"$C$ never rises: $C(q_{t+1}) \le C(q_t)$.",
        r"For every $T \ge 1$ $$ \begin{aligned} "
        r"C(q_T) + \log 4 & = 2\, \mathrm{JSD}(p, q_T) \\ "
        r"& \le \frac{\mathrm{KL}(p \,\|\, q_0)}{\eta\, T} . \end{aligned} $$",
        r"So $q_T \to p$.",
    ),
    checks=(
        Check(paths, reached=draws.end(r"\eta", 1.0)),
        Check(paths),
        Check(paths),
        Check(paths),
        Check(paths, reached=draws.end("T", 1.0)),
        Check(paths, algebra={"C(q_T)": _c, r"\mathrm{JSD}(p, q_T)": _jsd}),
    ),
    rivals=(
        Rival("eta is 1.05", lambda rng: paths(rng, beyond=1.05), of=(3,)),
        Rival("q_0 is 0 where p is not", not_positive, of=(5,)),
    ),
)
