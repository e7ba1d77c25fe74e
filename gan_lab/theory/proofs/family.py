"""The claims of the chapter on a family of games."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import sympy as sp
from scipy.optimize import minimize_scalar

from gan_lab.distributions.base import EPS, Distribution, Estimate
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.mixtures import mixture
from gan_lab.theory.critics import (
    CRITICS,
    F_DIVERGENCES,
    LOG_2,
    FDivergence,
    earned,
    half_chi2,
    pairs_earned,
)
from gan_lab.theory.divergences import js, tv
from gan_lab.theory.generator_losses import softplus
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.derivations import a, b, for_each_unit
from gan_lab.theory.proofs.formulas import at_places
from gan_lab.theory.proofs.witnesses import integral

CHAPTER = "family"
F_GAN = "Nowozin et al. 2016"
Weights = np.ndarray


def _on_points(rng: draws.Rng, count: int = 6) -> Iterator[tuple[Weights, Weights]]:
    """Pairs of positive weights on six points."""
    for _ in range(count):
        yield tuple(rng.dirichlet(np.full(6, 2.0), size=2))


def summed(terms: Weights) -> Estimate:
    return Estimate(float(terms.sum()), 32 * EPS * float(1 + np.abs(terms).sum()))


# The bound of a critic

BOUND, AT_BEST, DIVERGENCE = "V(T)", "V(T^*)", "D_f"


def of_points(row: FDivergence, p: Weights, q: Weights, T: Weights, room: Weights) -> dict:
    """What T earns and the divergence, as sums."""
    return {
        BOUND: summed(p * row.real(T) - q * row.fake(T, room)),
        DIVERGENCE: summed(q * row.f(p / q)),
    }


def _allowed(rng: draws.Rng, row: FDivergence, size: int) -> tuple[Weights, Weights]:
    """Any values that are allowed, and their room."""
    room = rng.exponential(1.0, size) + 0.01
    return (rng.normal(size=size), room) if np.isinf(row.end) else (row.end - room, room)


def on_lines(rng: draws.Rng, scale: float = 1.0, shift: float = 0.0, name: str = BOUND) -> Drawn:
    """The critic scale T* + shift on the line; that what it earns is finite, is seen."""
    for row in F_DIVERGENCES.values():
        for p, q in draws.pairs(rng, (draws.bell, draws.two_humps), times=2):
            wide = mixture([q, gaussian(0, 3)])
            found = earned(row, p, wide, row.bent(scale, shift))
            if np.isfinite([*found]).all():
                yield {name: found, DIVERGENCE: row.most(p, wide)}


def any_critic(rng: draws.Rng) -> Drawn:
    for row in F_DIVERGENCES.values():
        for p, q in _on_points(rng):
            yield of_points(row, p, q, *_allowed(rng, row, len(p)))
    yield from on_lines(rng, scale=0.7, shift=-0.2)


def the_best(rng: draws.Rng) -> Drawn:
    for row in F_DIVERGENCES.values():
        for p, q in _on_points(rng):
            T, room = row.bent(1.0, 0.0)(np.log(p / q))
            yield of_points(row, p, q, T, room)


def best_on_lines(rng: draws.Rng) -> Drawn:
    return on_lines(rng, name=AT_BEST)


def too_high(rng: draws.Rng) -> Drawn:
    """Values above the end, put into the formulas of the conjugates that give a number there."""
    row = F_DIVERGENCES["hellinger"]
    for p, q in _on_points(rng):
        room = -rng.exponential(1.0, len(p)) - 0.01
        yield of_points(row, p, q, row.end - room, room)


def bends_down(rng: draws.Rng) -> Drawn:
    """f = -(u - 1)^2, with what the slopes give for its conjugate: t - t^2/4."""
    for p, q in _on_points(rng):
        T = rng.normal(size=len(p))
        yield {
            BOUND: summed(p * T - q * (T - T**2 / 4)),
            DIVERGENCE: summed(-q * (p / q - 1) ** 2),
        }


def of_another(rng: draws.Rng) -> Drawn:
    """Pearson's divergence with the best critic of KL."""
    row, other = F_DIVERGENCES["pearson"], F_DIVERGENCES["kl"]
    for p, q in _on_points(rng):
        T, room = other.bent(1.0, 0.0)(np.log(p / q))
        found = of_points(row, p, q, T, room)
        yield {AT_BEST: found[BOUND], DIVERGENCE: found[DIVERGENCE]}


_t, _f = sp.symbols("t f")  # slope and value of any f at p/q: f* is then (p/q) t - f

VARIATIONAL_BOUND = Claim(
    name="variational-bound",
    title="A critic bounds the divergence",
    chapter=CHAPTER,
    source=F_GAN + ", Equations 4 and 5; Nguyen et al. 2010",
    sentences=(
        r"Let $f$ be convex and smooth on the positive numbers, let $f^*(t)$ be the least upper "
        r"bound of $ut - f(u)$ over them, and let $q$ be positive wherever $p$ is.",
        r"A critic $T$ with values where $f^*$ is finite, and finite means, earns $V(T)$, the mean "
        r"of $T$ over data less the mean of $f^*(T)$ over samples, and $D_f$ is the mean of "
        r"$f(p/q)$ over samples.",
        r"Then $$ V(T) \le D_f , $$ and for $T^*$, the slope of $f$ at $p/q$, if it is one, "
        r"$$ V(T^*) = D_f . $$",
    ),
    checks=(
        Check(any_critic, reached=the_best),
        Check(best_on_lines, algebra={
            AT_BEST: a * _t - b * (a / b * _t - _f), DIVERGENCE: b * _f,
        }),
    ),
    rivals=(
        Rival("T leaves the domain of f*", too_high),
        Rival("f bends down", bends_down),
        Rival("T is the best critic of another f", of_another, of=(1,)),
    ),
)  # fmt: skip


# The conjugates

LETTERS = {"kl": "KL", "reverse-kl": "R", "pearson": "P", "hellinger": "H", "js": "JS", "gan": "G"}
CONJUGATE = {name: rf"f_{{\mathrm{{{letter}}}}}^*(t)" for name, letter in LETTERS.items()}
BELOW_0, BELOW_1, BELOW_LOG_2, FROM_MINUS_2 = "t < 0", "t < 1", r"t < \log 2", r"t \ge -2"
FARTHEST = 60.0  # of log u


def _climbed(row: FDivergence, t: float, most: float = FARTHEST) -> Estimate:
    """The least upper bound of ut - f(u) over log u below `most`, by a search."""
    cost = lambda s: row.f(np.exp(s)) - t * np.exp(s)  # noqa: E731
    found = minimize_scalar(cost, bounds=(-FARTHEST, most), method="bounded",
                            options={"xatol": 1e-11, "maxiter": 500})  # fmt: skip
    value = -float(found.fun)
    return Estimate(value, 1e-12 * (1 + abs(value)))


def _slopes(name: str, rng: draws.Rng, count: int = 8) -> np.ndarray:
    """Values that f' takes."""
    return F_DIVERGENCES[name].slope(np.exp(rng.uniform(-2, 2, count)))


def conjugate_of(name: str, most: float = FARTHEST) -> Callable[[draws.Rng], Drawn]:
    def draw(rng: draws.Rng) -> Drawn:
        for t in _slopes(name, rng):
            yield {CONJUGATE[name]: _climbed(F_DIVERGENCES[name], t, most), "t": float(t)}

    return draw


def kept_small(rng: draws.Rng) -> Drawn:
    """All six at once, with u below 1/5 alone."""
    for t in rng.uniform(-0.4, -0.1, 4):
        found = {CONJUGATE[name]: _climbed(F_DIVERGENCES[name], t, np.log(0.2)) for name in LETTERS}
        yield found | {"t": float(t)}


def beyond(rng: draws.Rng) -> Drawn:
    for t in rng.uniform(1.2, 3, 4):
        yield {CONJUGATE["hellinger"]: _climbed(F_DIVERGENCES["hellinger"], t, 5.0), "t": float(t)}


def slopes_of(*names: str) -> Callable[[draws.Rng], Drawn]:
    """What f' takes lies in the domain."""
    return lambda rng: [{"t": float(t)} for name in names for t in _slopes(name, rng)]


_F = {
    "kl": a * sp.log(a),
    "reverse-kl": -sp.log(a),
    "pearson": (a - 1) ** 2,
    "hellinger": (sp.sqrt(a) - 1) ** 2,
    "js": a * sp.log(a) - (1 + a) * sp.log((1 + a) / 2),
    "gan": a * sp.log(a) - (1 + a) * sp.log(1 + a),
}


def by_slopes(name: str) -> dict[str, sp.Expr]:
    """f* at t = f'(u), which is u f'(u) - f(u)."""
    slope = sp.simplify(sp.diff(_F[name], a))
    return {CONJUGATE[name]: a * slope - _F[name], "t": slope}


CONJUGATES = Claim(
    name="conjugates",
    title="Six conjugates and their domains",
    chapter=CHAPTER,
    source=F_GAN + ", Table 2; derived here",
    sentences=(
        r"The $f$ of KL, reverse KL, Pearson, squared Hellinger, Jensen-Shannon and the original "
        r"GAN have the conjugates $$ \begin{aligned} "
        rf"{CONJUGATE['kl']} & = \exp(t - 1) , \\ "
        rf"{CONJUGATE['reverse-kl']} & = -1 - \log(-t) , \\ "
        rf"{CONJUGATE['pearson']} & = \frac{{t^2}}{{4}} + t , \\ "
        rf"{CONJUGATE['hellinger']} & = \frac{{t}}{{1 - t}} , \\ "
        rf"{CONJUGATE['js']} & = -\log(2 - \exp(t)) , \\ "
        rf"{CONJUGATE['gan']} & = -\log(1 - \exp(t)) , \end{{aligned}} $$ "
        rf"the first for all $t$, the second and the last for ${BELOW_0}$, the third for "
        rf"${FROM_MINUS_2}$, the fourth for ${BELOW_1}$, the fifth for ${BELOW_LOG_2}$.",
        r"Pearson's is $-1$ for smaller $t$; the four that end are infinite for larger $t$.",
    ),
    checks=(
        *(Check(conjugate_of(name), algebra=by_slopes(name)) for name in LETTERS),
        Check(slopes_of("reverse-kl", "gan"), reached=draws.end("t", 0.0)),
        Check(slopes_of("pearson"), reached=draws.end("t", -2.0)),
        Check(slopes_of("hellinger"), reached=draws.end("t", 1.0)),
        Check(slopes_of("js"), reached=draws.end("t", LOG_2)),
    ),
    rivals=(
        Rival("u is kept below one fifth", kept_small, of=tuple(range(6))),
        Rival("t lies beyond the domain", beyond, of=(3,)),
    ),
)


# Least squares

BEST_D, COST, CHI2 = "D^*", "C", r"\chi^2(p \| m)"
_c, _a, _b = sp.symbols("gamma alpha beta", real=True)


def targets(rng: draws.Rng) -> dict[str, float]:
    low, high, c = rng.normal(size=3)
    return {"a": float(low), "b": float(high), "c": float(c)}


def by_lstsq(p: float, q: float, a: float, b: float) -> float:
    """The D of least squares from b, weighted by p, and from a, weighted by q."""
    roots = np.sqrt([[p], [q]])
    (found,), *_ = np.linalg.lstsq(roots, roots[:, 0] * [b, a])
    return float(found)


def fitted(rng: draws.Rng, off: float = 0.0) -> Drawn:
    for p, q in _on_points(rng):
        at = targets(rng)
        D = np.array([by_lstsq(u, v, at["a"], at["b"]) for u, v in zip(p, q, strict=True)]) + off
        error = np.full(len(p), 64 * EPS * (1 + abs(at["a"]) + abs(at["b"])))
        yield at | {BEST_D: at_places(D, error), "p": p, "q": q}


def cost_at(rng: draws.Rng, off: float = 0.0, both: bool = True) -> Drawn:
    """The two halves of the cost at D*, `off` from it, or that of the samples alone."""
    for p, q in draws.pairs(rng, draws.TAME, times=1):
        at = targets(rng)

        def halves(u, v, x, at=at):
            whole = u + v
            share = np.divide(u, whole, out=np.zeros_like(whole), where=whole > 0)
            square = (at["a"] + (at["b"] - at["a"]) * share + off - at["c"]) ** 2 / 2
            return both * u * square, v * square

        value, error = integral(halves, p, q)
        if np.isfinite(error):
            yield at | {COST: Estimate(value, 8 * error), CHI2: half_chi2(p, q)}


def one_half(rng: draws.Rng) -> Drawn:
    return cost_at(rng, both=False)


def _bends(rng: draws.Rng, off: float = 0.0) -> Drawn:
    """-phi'/r by a complex step."""
    step = 1e-30
    for r in rng.uniform(0.2, 4, 10):
        at = targets(rng)
        D = lambda r, at=at: (at["a"] + at["b"] * r) / (1 + r) + off  # noqa: E731
        phi = 0.5 * (D(r + 1j * step) - at["c"]) ** 2
        yield at | {"F''(r)": Estimate(-phi.imag / step / r, 1e-13), BEST_D: D(r) - off, "r": r}


_D = (_a * b + _b * a) / (a + b)
_chi2 = (a - b) ** 2 / (2 * (a + b))  # (p - m)^2 / m
_odd = (a - b) * (_b - _a) * (_a + _b - 2 * _c) / 4  # p and q have one mass: its integral is 0

LEAST_SQUARES_VALUE = Claim(
    name="least-squares-value",
    title="What least squares measure",
    chapter=CHAPTER,
    source="Mao et al. 2017, section 3.2, for two conditions on the targets; for all targets, and "
    "at a frozen D, derived here",
    sentences=(
        r"Let $D$ be drawn by least squares to $b$ on data and to $a$ on samples, let $C$ be the "
        r"mean of $½\,(D^* - c)^2$ over data plus that over samples, and $m$ the mean of $p$ and "
        r"$q$.",
        r"Then $$ D^* = \frac{b p + a q}{p + q} , $$ and $$ \begin{aligned} "
        r"C = {} & \frac{(a + b - 2 c)^2}{4} \\ & + \frac{(b - a)^2}{4}\, \chi^2(p \| m) . "
        r"\end{aligned} $$",
        r"At a $D^*$ that stands still the part over samples, which $G$ lowers, has the $F$ with "
        r"$$ F''(r) = \frac{(b - a)\,(c - D^*)}{r\,(1 + r)^2} , $$ "
        r"which for $b$ above $a$ is positive at every $r$ only if $c$ is not below $b$.",
    ),
    checks=(
        Check(fitted, algebra={
            BEST_D: _D, "p": a, "q": b, "a": _a, "b": _b,
        }),
        Check(cost_at, algebra={
            COST: for_each_unit((a + b) * (_D - _c) ** 2 / 2 - _odd), CHI2: for_each_unit(_chi2),
            "a": _a, "b": _b, "c": _c,
        }),
        Check(_bends),
    ),
    rivals=(
        Rival("D is not at its best", lambda rng: fitted(rng, off=0.1)),
        Rival("C is the part over samples alone", one_half, of=(1,)),
        Rival("G faces another D than that", lambda rng: _bends(rng, off=0.1), of=(2,)),
    ),
)  # fmt: skip


# Hinge

HINGE, TV = "L(D)", r"\mathrm{TV}(p, q)"


def hinge_of(p: Distribution, q: Distribution, scale: float, shift: float) -> dict:
    row = CRITICS["hinge"]
    value, error = earned(row, p, q, row.bent(scale, shift))
    return {HINGE: Estimate(2 - value, error), TV: tv(p, q)}


def hinges(rng: draws.Rng, scale: float | None = None, low: float = 0.0) -> Drawn:
    """Any D on points; the sign of p - q, stretched and moved, on lines. `low`: of the hinges."""
    for p, q in _on_points(rng):
        D = 2 * rng.normal(size=len(p)) if scale is None else scale * np.sign(p - q)
        costs = p * np.maximum(low, 1 - D) + q * np.maximum(low, 1 + D)
        yield {HINGE: summed(costs), TV: summed(np.abs(p - q) / 2)}
    if np.isfinite(low):
        for p, q in draws.pairs(rng, draws.TAME, times=1):
            bend = rng.uniform(0, 2), rng.normal() if scale is None else 0.0
            yield hinge_of(p, q, *(bend if scale is None else (scale, 0.0)))


HINGE_VALUE = Claim(
    name="hinge-value",
    title="The hinge measures total variation",
    chapter=CHAPTER,
    source="Lim and Ye 2017 have the loss; the value derived here",
    sentences=(
        r"Let $L(D)$ be the mean of $\max(0, 1 - D)$ over data plus that of $\max(0, 1 + D)$ over "
        r"samples.",
        r"For every $D$ $$ L(D) \ge 2 - 2\, \mathrm{TV}(p, q) , $$ with equality where $D$ is 1 "
        r"wherever $p$ is above $q$, $-1$ wherever it is below, and between $-1$ and 1 where they "
        r"are equal.",
    ),
    checks=(Check(hinges, reached=lambda rng: hinges(rng, scale=1.0)),),
    rivals=(Rival("the hinges are left off", lambda rng: hinges(rng, 3.0, -np.inf)),),
)


# Relativistic pairs

MEAN, OF_PAIRS, OF_POINTS = "R(D)", r"\mathrm{JSD}(p q, q p)", r"\mathrm{JSD}(p, q)"


def _jsd_of(u: Weights, v: Weights) -> Estimate:
    m = (u + v) / 2
    part = lambda w: np.where(w > 0, w * np.log(np.where(w > 0, w, 1) / m), 0)  # noqa: E731
    return summed((part(u) + part(v)) / 2)


def pair_of_points(p: Weights, q: Weights, D: Weights, together: Weights | None = None) -> dict:
    """The quantities for weights p and q; `together` are those of pairs that hang together."""
    both = np.outer(p, q) if together is None else together
    apart = D[:, None] - D
    return {
        MEAN: summed(-both * softplus(-apart)),
        OF_PAIRS: _jsd_of(np.outer(p, q).ravel(), np.outer(q, p).ravel()),
        OF_POINTS: _jsd_of(p, q),
    }


def _pairs(rng: draws.Rng) -> Drawn:
    for p, q in _on_points(rng, 12):
        yield pair_of_points(p, q, 2 * rng.normal(size=len(p)))
    for d in (0.3, 1.0, 2.5):
        p, q, scale = gaussian(0, 1), gaussian(d, 1), rng.uniform(0.3, 2)
        value, error = pairs_earned(p, q, lambda l, scale=scale: scale * l)
        yield {
            MEAN: Estimate(value - LOG_2, error),
            OF_PAIRS: js(gaussian(0, 1), gaussian(np.sqrt(2) * d, 1)),
            OF_POINTS: js(p, q),
        }


def best_pairs(rng: draws.Rng) -> Drawn:
    for p, q in _on_points(rng, 12):
        yield pair_of_points(p, q, np.log(p / q) + rng.normal())


def no_difference(rng: draws.Rng) -> Drawn:
    """Data and samples alike, or with nothing in common."""
    for p, _ in _on_points(rng, 3):
        yield pair_of_points(p, p, p)
    p, q = np.array([0.4, 0.6, 0, 0]), np.array([0, 0, 0.3, 0.7])
    m = np.where(np.outer(p, q) + np.outer(q, p) > 0)
    both, turned = np.outer(p, q)[m], np.outer(q, p)[m]
    yield {OF_PAIRS: _jsd_of(both, turned), OF_POINTS: Estimate(LOG_2, EPS)}


def _neighbours(rng: draws.Rng) -> Drawn:
    """x is one place before its y: p on places 0 to 4, q on 1 to 5, a little of both everywhere."""
    p, q, together = np.full(6, 1e-3), np.full(6, 1e-3), np.full((6, 6), 1e-3 / 6)
    p[:-1], q[1:] = 0.199, 0.199
    together[np.arange(5), np.arange(1, 6)] += 0.1988
    yield pair_of_points(p, q, -9.0 * np.arange(6), together)


def shuffled(rng: draws.Rng) -> Drawn:
    """Each pair in an order that a coin decides."""
    for p, q in _on_points(rng):
        either = (np.outer(p, q) + np.outer(q, p)).ravel() / 2
        yield {OF_PAIRS: _jsd_of(either, either), OF_POINTS: _jsd_of(p, q)}


RELATIVISTIC_VALUE = Claim(
    name="relativistic-value",
    title="Relativistic pairs measure the divergence of pairs",
    chapter=CHAPTER,
    source="Jolicoeur-Martineau 2018 and 2020 have the loss; the value derived here",
    sentences=(
        r"Let $x$ be drawn from $p$ and $y$ from $q$, independently, let $R(D)$ be the mean of "
        r"$\log \sigma(D(x) - D(y))$, and write $pq$ for the distribution of the pair $(x, y)$.",
        rf"For every $D$ $$ R(D) \le {OF_PAIRS} - \log 2 , $$ with equality where $D$ is "
        r"$\log(p/q)$ and any constant.",
        rf"And pairs tell more than points: $$ {OF_PAIRS} \ge {OF_POINTS} , $$ with equality if "
        r"$p$ and $q$ are equal or have nothing in common.",
    ),
    checks=(Check(_pairs, reached=best_pairs), Check(_pairs, reached=no_difference)),
    rivals=(
        Rival("x and y come together, and not independently", _neighbours),
        Rival("a coin turns the pairs round", shuffled, of=(1,)),
    ),
)
