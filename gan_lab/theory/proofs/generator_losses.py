"""The claims of the chapter on three games for the generator."""

from __future__ import annotations

import numpy as np
import sympy as sp

from gan_lab.distributions.base import EPS, Distribution, Estimate
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.divergences import js, kl
from gan_lab.theory.game import optimal_logit
from gan_lab.theory.generator_losses import GENERATOR_LOSSES
from gan_lab.theory.proofs import draws, moving
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.derivations import a, b, for_each_unit, y
from gan_lab.theory.proofs.witnesses import climbed, integral
from gan_lab.theory.value_terms import expectation

CHAPTER = "generator_losses"
TUTORIAL = "Goodfellow 2016, section 3.2"
THREE = ("minimax", "non-saturating", "maximum-likelihood")

_m, _half, _r = (a + b) / 2, sp.Rational(1, 2), sp.Symbol("r", positive=True)


# Saturation

COSTS = {r"\log(1 - D)": sp.log(1 - y), r"(-\log D)": -sp.log(y), r"(-½ e^s)": -_half * y / (1 - y)}
IN_S, IN_D = r"\frac{d}{ds} ", r"\frac{d}{dD} "


def _every_slope(rng: draws.Rng, of_s: str = IN_S) -> Drawn:
    """Every slope by a complex step, along D and along the logit; `of_s` is called that in s."""
    step = 1e-30
    for D in rng.uniform(0.01, 0.99, 20):
        along = {IN_D: D + 1j * step, of_s: 1 / (1 + (1 - D) / D * np.exp(-1j * step))}
        found = {"D": D}
        for words, cost in COSTS.items():
            f = sp.lambdify(y, cost, "numpy")
            found |= {d + words: Estimate(f(z).imag / step, 1e-13 / D) for d, z in along.items()}
        yield found


def slopes_in_D(rng: draws.Rng) -> Drawn:
    """Those in D, under the name of those in the logit."""
    for found in _every_slope(rng, of_s="unused"):
        yield {IN_S + words: found[IN_D + words] for words in COSTS} | {"D": found["D"]}


_slopes = {"D": y} | {
    by + words: sp.diff(cost, y) * rate
    for words, cost in COSTS.items()
    for by, rate in ((IN_D, 1), (IN_S, y * (1 - y)))
}
_slopes_in_s, _slopes_in_p = ([by + words for words in COSTS] for by in (IN_S, IN_D))

SATURATION = Claim(
    name="saturation",
    title="Saturation is in the logit",
    chapter=CHAPTER,
    source=TUTORIAL + ", Figure 16, which draws the losses against D alone; derived here",
    sentences=(
        rf"In the logit $s$ of $D$ the three losses have the slopes $$ \begin{{aligned}} "
        rf"{_slopes_in_s[0]} & = -D , \\ {_slopes_in_s[1]} & = -(1 - D) , \\ "
        rf"{_slopes_in_s[2]} & = -\frac{{½\, D}}{{1 - D}} , \end{{aligned}} $$ "
        rf"and in $D$ itself $$ \begin{{aligned}} {_slopes_in_p[0]} & = -\frac{{1}}{{1 - D}} , \\ "
        rf"{_slopes_in_p[1]} & = -\frac{{1}}{{D}} , \\ "
        rf"{_slopes_in_p[2]} & = -\frac{{½}}{{(1 - D)^2}} . "
        rf"\end{{aligned}} $$",
        r"For $D \to 0$ the first and the third vanish in the logit, and none of the three does in "
        r"$D$.",
    ),
    checks=(Check(_every_slope, algebra=_slopes),) * 6,
    rivals=(Rival("the slope is taken in D and called that in s", slopes_in_D, of=(0, 1, 2)),),
)


# Frozen D*


def _named(loss: str, p: moving.GaussianSum, q: moving.MovingSamples) -> dict:
    """J' and D_F' of a loss, each in its own way."""
    row = GENERATOR_LOSSES[loss]
    return {"J'": moving.frozen_slope(row, p, q), "D_F'": moving.true_slope(row, p, q)}


def target(rng: draws.Rng) -> moving.GaussianSum:
    apart, share = rng.uniform(0.5, 1.5), rng.uniform(0.3, 0.7)
    return moving.GaussianSum((share, 1 - share), (-apart, apart), tuple(rng.uniform(0.6, 1, 2)))


def _bends(rng: draws.Rng) -> Drawn:
    """F'' of the table, and phi' by differences of phi."""
    for row in GENERATOR_LOSSES.values():
        for r in rng.uniform(0.2, 4, 3):
            cost = lambda t, row=row, r=r: Estimate(row.cost(np.log(r + t)), EPS)  # noqa: E731
            phi = moving.derivative(cost, 0.002 * r)
            yield {"F''(r)": float(row.bend(np.log(r))), r"\varphi'(r)": phi, "r": r}


def _smooth(rng: draws.Rng) -> Drawn:
    """Every loss, with samples that are shifted and samples that are stretched."""
    for loss in GENERATOR_LOSSES:
        for stretched in (False, True):
            q = moving.GaussianSum(
                (0.4, 0.6), (rng.uniform(-1, 0), 0.8), tuple(rng.uniform(0.8, 1.1, 2))
            )
            yield _named(loss, target(rng), moving.smooth_motion(q, stretched))


def uniform_noise(rng: draws.Rng) -> Drawn:
    for loss in THREE[:2]:
        yield _named(loss, target(rng), moving.with_uniform_noise(rng.uniform(-1, 1), 1.5))


def leaky_kink(rng: draws.Rng) -> Drawn:
    for loss in THREE:
        yield _named(loss, target(rng), moving.kinked(0.2, rng.uniform(-0.5, 0.5)))


def at_a_jump(loss: str, p: moving.GaussianSum, q: moving.MovingSamples) -> dict | None:
    """What the theorem says of one jump; None where the divergence is not finite."""
    row, ((v, m, at_x, left, right),) = GENERATOR_LOSSES[loss], moving.sides(p, q)
    found = _named(loss, p, q)
    values = [row.slope_far if l == np.inf else float(row.slope(l)) for l in (left, right)]
    costs = [0.0 if l == np.inf else float(row.cost(l)) for l in (left, right)]
    names = "F'(r_-)", "F'(r_+)", r"\varphi(r_-)", r"\varphi(r_+)"
    found |= {"v": v, "m": m, "p": at_x} | dict(zip(names, (*values, *costs), strict=True))
    return found if np.isfinite([*found["D_F'"], *values]).all() else None


def jumps(rng: draws.Rng, see_what_passes: bool = True) -> Drawn:
    """One edge, a kink that is carried along, and one that travels through z."""
    for loss in GENERATOR_LOSSES:
        for q in (
            moving.one_edge(rng.uniform(-1, 0), rng.uniform(0.5, 1)),
            moving.kinked(rng.uniform(0.4, 0.8), rng.uniform(-0.5, 0.5)),
            moving.travelling(rng.uniform(0.5, 1.5), rng.uniform(-0.5, 0.5)),
        ):
            if found := at_a_jump(loss, target(rng), q):
                yield found if see_what_passes else found | {"m": 0.0}


def not_seen_to_pass(rng: draws.Rng) -> Drawn:
    return jumps(rng, see_what_passes=False)


def divergences(rng: draws.Rng, sign: float = 1.0) -> Drawn:
    for row in GENERATOR_LOSSES.values():
        for p, q in draws.pairs(rng, draws.SMOOTH, times=1):
            value, error = row.divergence(p, q)
            if np.isfinite([value, error]).all():
                yield {"D_F": Estimate(sign * value, error), "F(1)": 0.0}


def rising(rng: draws.Rng) -> Drawn:
    return divergences(rng, sign=-1.0)


def equal(rng: draws.Rng) -> Drawn:
    for row in GENERATOR_LOSSES.values():
        p = draws.bell(rng)
        weight, _ = draws.finite_weights(rng, p, p)
        yield {"D_F": row.divergence(p, p), "F(1)": 0.0, "p": weight, r"q_\theta": weight}


FROZEN_GRADIENT = Claim(
    name="frozen-gradient",
    title="What a frozen discriminator teaches",
    chapter=CHAPTER,
    source="Arjovsky and Bottou 2017, Theorem 2.5, and Shannon et al. 2020, for smooth densities; "
    "the jumps derived here",
    sentences=(
        r"Let $\varphi$ be a smooth function of the odds $r$ and $F''(r) = -\varphi'(r)/r$.",
        r"Let $D_F$ be the integral of $q_\theta F(p/q_\theta)$, which is $p F'(\infty)$ where "
        r"there are no samples, and $J'$ the mean over $z$ of the slope in $\theta$ of "
        r"$\varphi(r(G_\theta(z)))$, where the odds $r$ of $D^*$ are held still.",
        r"If $p$ and $q_\theta$ are smooth and positive on the line, and slopes may be taken under "
        r"the integral, $$ J' = D_F' . $$",
        r"If $q_\theta$ jumps at a place that moves with the speed $v$, while the probability $m$ "
        r"passes it from right to left for each unit of $\theta$, then $$ \begin{aligned} "
        r"D_F' = {} & J' + v\,p\,\big(F'(r_-) - F'(r_+)\big) \\ "
        r"& + m\,\big(\varphi(r_-) - \varphi(r_+)\big) , \end{aligned} $$ with the odds $r_-$ and "
        r"$r_+$ on its left and right, $\infty$ where there are no samples.",
        r"If $\varphi$ falls, $F$ is convex: $D_F \ge F(1)$, with equality if and only if "
        r"$p = q_\theta$.",
    ),
    checks=(
        Check(_bends, algebra={
            "F''(r)": 1 / (a**2 * (1 + a)), r"\varphi'(r)": sp.diff(sp.log(1 + 1 / a), a), "r": a,
        }),
        Check(_smooth),
        Check(jumps),
        Check(divergences, reached=equal),
        Check(equal),
    ),
    rivals=(
        Rival("the noise is uniform", uniform_noise, of=(1,)),
        Rival("G has a leaky kink", leaky_kink, of=(1,)),
        Rival("what passes a travelling kink is left out", not_seen_to_pass, of=(2,)),
        Rival("φ rises: samples have the label of samples", rising, of=(3,)),
    ),
)  # fmt: skip


# Which divergences

F_OF = {
    "minimax": _r * sp.log(2 * _r / (1 + _r)) + sp.log(2 / (1 + _r)),
    "non-saturating": (1 + _r) * sp.log((1 + _r) / (2 * _r)),
    "maximum-likelihood": _half * (_r * sp.log(_r)),
}
KL_QP, KL_PQ, KL_MP = (rf"\mathrm{{KL}}({of})" for of in (r"q \| p", r"p \| q", r"m \| p"))
JSD = r"\mathrm{JSD}(p, q)"


def bend_of(loss: str):
    """F'' as -phi'/r, of the loss as a function of D, by a complex step."""

    def draw(rng: draws.Rng) -> Drawn:
        cost = sp.lambdify(y, list(COSTS.values())[THREE.index(loss)], "numpy")
        for r in np.exp(rng.uniform(-2, 2, 8)):
            slope = cost((z := r + 1e-30j) / (1 + z)).imag / 1e-30
            yield {"F''(r)": Estimate(-slope / r, 1e-12 * abs(slope / r)), "r": r}

    return draw


def mean_of_F(loss: str, p: Distribution, q: Distribution, share: float = 0.5) -> Estimate:
    """E_q[F(r)] for p and q positive on the line, with the odds r of a D that saw this share of
    data."""
    k = share / (1 - share)

    def of(x, w, _):
        x, both = k * x, k * x + w
        terms = {
            "minimax": (x * np.log(2 * x / both), w * np.log(2 * w / both)),
            "non-saturating": (both * np.log(both / (2 * x)), 0 * x),
            "maximum-likelihood": (0.5 * x * np.log(x / w), 0 * x),
        }[loss]
        seen = (x > 0) & (w > 0)  # far out a density is less than floats hold
        return tuple(np.where(seen, term, 0.0) for term in terms)

    return integral(of, p, q)


def means(loss: str, share: float = 0.5):
    """D_F by its definition, and the divergences."""

    def draw(rng: draws.Rng) -> Drawn:
        for kind in (draws.bell, draws.two_humps) * 2:
            p, q = kind(rng), gaussian(rng.normal(), rng.uniform(0.6, 1.5))
            found = {JSD: js(p, q), KL_PQ: kl(p, q), KL_MP: kl(mixture([p, q]), p)}
            yield {"D_F": mean_of_F(loss, p, q, share)} | found

    return draw


def algebra_of(loss: str) -> dict:
    """The same in sympy: F'' of F, and D_F for p = a, q = b."""
    per_unit = {
        "D_F": b * F_OF[loss].subs(_r, a / b),
        JSD: (a * sp.log(a / _m) + b * sp.log(b / _m)) / 2,
        KL_PQ: a * sp.log(a / b),
        KL_QP: b * sp.log(b / a),
        KL_MP: _m * sp.log(_m / a),
    }
    bend = sp.diff(F_OF[loss], _r, 2).subs(_r, a)
    return {"F''(r)": bend, "r": a} | {name: for_each_unit(f) for name, f in per_unit.items()}


THREE_DIVERGENCES = Claim(
    name="three-divergences",
    title="Three games, three divergences",
    chapter=CHAPTER,
    source="Goodfellow et al. 2014, Theorem 1; Shannon et al. 2020; " + TUTORIAL + ".4",
    sentences=(
        rf"The minimax loss has $$ \begin{{aligned}} F''(r) & = \frac{{1}}{{r\,(1 + r)}} , \\ "
        rf"D_F & = 2\, {JSD} , \end{{aligned}} $$ "
        rf"the non-saturating one, with $m$ the mean of $p$ and $q$, $$ \begin{{aligned}} F''(r) "
        rf"& = \frac{{1}}{{r^2\,(1 + r)}} , \\ D_F & = 2\, {KL_MP} , \end{{aligned}} $$ "
        rf"that of maximum likelihood $$ \begin{{aligned}} F''(r) & = \frac{{½}}{{r}} , \\ "
        rf"D_F & = ½\, {KL_PQ} . \end{{aligned}} $$",
    ),
    checks=tuple(
        Check(draw, algebra=algebra_of(loss))
        for loss in THREE
        for draw in (bend_of(loss), means(loss))
    ),
    rivals=(
        Rival("D was shown fewer data than samples", means("minimax", 0.3), of=(1,)),
        Rival("D was shown fewer data", means("non-saturating", 0.3), of=(3,)),
        Rival("D was shown too few data", means("maximum-likelihood", 0.3), of=(5,)),
    ),
)


# The difference that is none


def _finite(rng: draws.Rng) -> Drawn:
    for p, q in draws.pairs(rng, draws.TAME):
        found = {KL_QP: kl(q, p), JSD: js(p, q), KL_MP: kl(mixture([p, q]), p)}
        if np.isfinite(list(found.values())).all():
            yield found


def both_the_same(rng: draws.Rng) -> Drawn:
    for kind in draws.TAME:
        p = kind(rng)
        weight, _ = draws.finite_weights(rng, p, p)
        yield {KL_QP: kl(p, p), JSD: js(p, p), KL_MP: kl(mixture([p, p]), p), "p": weight,
               "q": weight}  # fmt: skip


def twice_the_jsd(rng: draws.Rng) -> Drawn:
    for found in _finite(rng):
        yield {**found, JSD: Estimate(2 * found[JSD].value, 2 * found[JSD].error)}


NO_CONTRADICTION = Claim(
    name="no-contradiction",
    title="No contradiction",
    chapter=CHAPTER,
    source="Shannon et al. 2020; Arjovsky and Bottou 2017, Theorem 2.5, has the left side",
    sentences=(
        rf"Let $m$ be the mean of $p$ and $q$, and ${KL_QP}$ finite.",
        rf"Then $$ \begin{{aligned}} & {KL_QP} - 2\, {JSD} \\ & = 2\, {KL_MP} \ge 0 , "
        rf"\end{{aligned}} $$ and it is 0 if and only if $p = q$ (almost everywhere).",
    ),
    checks=(
        Check(_finite, reached=both_the_same, algebra=algebra_of("minimax")),
        Check(both_the_same),
    ),
    rivals=(Rival("the halves of the JSD are left out", twice_the_jsd),),
)


# D* put into the maximum-likelihood loss

P_S = "P_p(S)"


def _on_points(rng: draws.Rng, off: float = 0.0, missed: int = 2) -> Drawn:
    """Six points, of which q misses some; D's logit is found by climbing, and moved by `off`."""
    for p, q in rng.dirichlet(np.ones(6), size=(8, 2)):
        q[:missed] = 0.0
        q, here = q / q.sum(), q > 0
        odds = climbed(p[here], q[here]).odds
        value, error = (-0.5 * np.exp(off) * q[here] @ np.array(one) for one in odds)
        yield {"J^*": Estimate(value, -error), P_S: float(p[here].sum())}


def _on_the_line(rng: draws.Rng, covering: bool = False) -> Drawn:
    """A bell, and a box or a mixture that has the bell in it."""
    for _ in range(5):
        p, box = draws.bell(rng), draws.box(rng)
        q = mixture([box, p]) if covering else box
        best = optimal_logit(p, q)
        value, error = expectation(lambda x, best=best: -0.5 * np.exp(best(x)), q)
        ((low, high),) = box.support
        inside = 1.0 if covering else float(p.cdf(high) - p.cdf(low))
        yield {"J^*": Estimate(value, error), P_S: Estimate(inside, 1e-15)}


def put_in(rng: draws.Rng) -> Drawn:
    return [*_on_points(rng), *_on_the_line(rng)]


def covered(rng: draws.Rng) -> Drawn:
    return [*_on_points(rng, missed=0), *_on_the_line(rng, covering=True)]


def _not_at_its_best(rng: draws.Rng) -> Drawn:
    return _on_points(rng, off=0.1, missed=0)


LIKELIHOOD_VALUE = Claim(
    name="likelihood-value",
    title="The value says nothing",
    chapter=CHAPTER,
    source="derived here; " + TUTORIAL + ".4, has the gradient",
    sentences=(
        r"Put $D^*$ into the maximum-likelihood loss, and let $J^*$ be what comes out and $S$ the "
        r"set where $q$ is positive.",
        rf"Then $J^* = -½\, {P_S}$.",
        r"For every $q$ that is positive wherever $p$ is, this is $J^* = -½$.",
    ),
    checks=(Check(put_in, algebra={"J^*": -_half, P_S: sp.Integer(1)}), Check(covered)),
    rivals=(
        Rival("D is not at its best", _not_at_its_best, of=(0, 1)),
        Rival("q misses a part of the data", _on_points, of=(1,)),
    ),
)
