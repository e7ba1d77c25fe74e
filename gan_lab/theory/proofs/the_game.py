"""The claims of the chapter on the game: where samples live, and what V's two terms are."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
import sympy as sp

from gan_lab.distributions.base import Distribution, Estimate
from gan_lab.distributions.continuous import gaussian
from gan_lab.distributions.discrete import pmf
from gan_lab.theory.game import Logit, V, log_sigmoid
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import PAPER, Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.derivations import a, b, y
from gan_lab.theory.proofs.witnesses import FIRST, by_differences
from gan_lab.theory.pushforward import pushforward
from gan_lab.theory.value_terms import cross_entropy, expectation

CHAPTER = "the_game"
VALUE = "V(G, D)"


# Push-forward


def generators(rng: draws.Rng):
    """Of every sort, as (G, p_z, its kinks if it is a line between them, else None): monotone,
    folded, flat in places, constant."""
    bend, knee = rng.uniform(0.2, 1), rng.uniform(-1, 1)
    yield np.arctan, draws.bell(rng), None
    yield lambda z: z + bend * z**2, gaussian(0, 1), None
    yield lambda z: z**3 - 3 * z, draws.two_humps(rng), None
    yield lambda z: np.abs(z - knee), draws.box(rng), (knee,)
    yield lambda z: np.maximum(z, knee), draws.bell(rng), (knee,)
    yield lambda z: 0 * z + bend, draws.one_sided(rng), ()


BOUNDED_ON_ONE_SIDE = (np.cos, np.tanh, lambda x: -np.logaddexp(0, -x) / 8)
OVER_Z, OVER_X = r"E_{z \sim p_z}[h(G(z))]", r"E_{x \sim p_G}[h(x)]"


def averages(rng: draws.Rng) -> Drawn:
    for G, p_z, kinks in generators(rng):
        law = pushforward(G, p_z, kinks=kinks or (), linear=kinks is not None)
        for h in BOUNDED_ON_ONE_SIDE:
            over_z = expectation(lambda z, G=G, h=h: h(G(z)), p_z, kinks or ())
            yield {OVER_Z: over_z, OVER_X: expectation(h, law)}


def averages_over_one_branch(rng: draws.Rng) -> Drawn:
    p_z = gaussian(rng.normal(), 1)
    for h in BOUNDED_ON_ONE_SIDE:
        half = expectation(lambda z, h=h: h(z**2) * (z > 0), p_z, (0,))
        yield {OVER_Z: half, OVER_X: expectation(h, pushforward(np.square, p_z))}


def averages_by_substitution(rng: draws.Rng) -> Drawn:
    """For x = w z the density of z is read at x / w, and not divided by w: that is w times the
    density of x."""
    p_z, w = draws.bell(rng), rng.uniform(1.5, 3)
    law = gaussian(w * p_z.mean, w * p_z.sd)
    for h in BOUNDED_ON_ONE_SIDE:
        value, error = expectation(h, law)
        over_z = expectation(lambda z, h=h, w=w: h(w * z), p_z)
        yield {OVER_Z: over_z, OVER_X: Estimate(w * value, w * error)}


def density_of_exp_of_z() -> dict[str, sp.Expr]:
    """Both averages for h = 1 up to x, differentiated, where G is exp and z Gaussian."""
    x, z = sp.Symbol("x", positive=True), sp.Symbol("z", real=True)
    cdf = (1 + sp.erf(sp.log(x) / sp.sqrt(2))) / 2
    pdf = sp.exp(-(z**2) / 2) / sp.sqrt(2 * sp.pi)
    return {OVER_Z: sp.diff(cdf, x), OVER_X: pdf.subs(z, sp.log(x)) / x}


PUSH_FORWARD = Claim(
    name="push-forward",
    title="Push-forward",
    chapter=CHAPTER,
    source="the law of the unconscious statistician; used in " + PAPER + "proof of Proposition 1",
    sentences=(
        r"Let $z \sim p_z$, let $G$ be measurable, and let $p_G$ be the distribution of $G(z)$.",
        r"For every measurable $h$ that is bounded on one side (or integrable under $p_G$) "
        r"$$ E_{z \sim p_z}[h(G(z))] = E_{x \sim p_G}[h(x)] . $$",
    ),
    checks=(Check(averages, algebra=density_of_exp_of_z()),),
    rivals=(
        Rival("of the z that G takes to one x only one is counted", averages_over_one_branch),
        Rival("the density of z is put in at the z of x, undivided", averages_by_substitution),
    ),
)


# The density of what G makes, on the line

DENSITY, BRANCHES = r"p_G(x)", r"\sum_i \frac{p_z(z_i)}{|G'(z_i)|}"
AWAY = 0.3  # of x from where G turns: the density is infinite there


def real_roots(G: np.poly1d, x: float) -> np.ndarray:
    """The z with G(z) = x, in order."""
    found = np.asarray((G - x).roots)
    return np.sort(np.real(found[np.abs(np.imag(found)) < 1e-9 * (1 + np.abs(found))]))


def share_below(G: np.poly1d, p_z: Distribution, x: float) -> float:
    """P(G(z) <= x), from the stretches between the z with G(z) = x."""
    cdf = np.array([0.0, *p_z.cdf(real_roots(G, x)), 1.0])
    ends = np.array([-1e3, *real_roots(G, x), 1e3])
    return float(np.diff(cdf)[G((ends[1:] + ends[:-1]) / 2) <= x].sum())


def polynomials(rng: draws.Rng):
    """Of one, two and three z for an x."""
    yield np.poly1d([rng.uniform(0.5, 2), rng.normal()])
    yield np.poly1d([rng.uniform(0.3, 1), 1, 0])
    yield np.poly1d([1, 0, -rng.uniform(1, 3), 0])
    yield np.poly1d([-rng.uniform(0.5, 1), 0, 2, rng.normal()])


def _densities(rng: draws.Rng, of: Callable = np.sum, divided: bool = True) -> Drawn:
    """`of` makes one number of those of the branches; `divided` by the slope of G there."""
    for G in polynomials(rng):
        p_z, turns = draws.SMOOTH[rng.integers(2)](rng), G(np.real(G.deriv().roots))
        for x in G(p_z.ppf(rng.uniform(0.1, 0.9, 6))):
            z = real_roots(G, x)
            if np.all(np.abs(turns - x) > AWAY):
                each = p_z.pdf(z) / (np.abs(G.deriv()(z)) if divided else 1)

                def below(h, G=G, p_z=p_z, x=x):
                    return share_below(G, p_z, x + h)

                yield {DENSITY: by_differences(below, FIRST, 1),
                       BRANCHES: Estimate(float(of(each)), 1e-12)}  # fmt: skip


DENSITY_OF_SAMPLES = Claim(
    name="density-of-samples",
    title="The density on the line",
    chapter=CHAPTER,
    source="change of variables; derived here",
    sentences=(
        r"Let $z$ have a continuous density $p_z$ on the line, let $G$ be continuously "
        r"differentiable with $|G(z)| \to \infty$ at both ends of the line, and let $x$ be a "
        r"number that $G$ takes at $z_1, \dots, z_n$ and nowhere else, with slopes $G'(z_i)$ that "
        r"are not 0.",
        rf"Then $p_G$ has at $x$ the density $$ {DENSITY} = {BRANCHES} . $$",
    ),
    checks=(Check(_densities),),
    rivals=(
        Rival("nothing is divided by the slope of G", lambda rng: _densities(rng, divided=False)),
        Rival("of the z with G(z) = x only one is counted", lambda rng: _densities(rng, np.max)),
    ),
)


# Cross-entropy

ENTROPY, UNDECIDED = "H(D)", "H(½)"
LIGHT = (
    draws.bell,
    draws.two_humps,
    draws.box,
    draws.by_hand,
    draws.point_masses,
    draws.with_atoms,
)


def _lines(rng: draws.Rng) -> Logit:
    slope, at = rng.normal(size=2)
    return lambda x: slope * (x - at)


def classified(rng: draws.Rng, share: float = 0.5, sign: int = 1) -> Drawn:
    """`share` of the tosses are heads; -1 for a `sign` exchanges the labels."""
    for p, q in draws.pairs(rng, LIGHT):
        logit = _lines(rng)

        def told(x, logit=logit):
            return sign * logit(x)

        yield {VALUE: V(logit, p, q), ENTROPY: cross_entropy(told, p, q, share),
               UNDECIDED: cross_entropy(np.zeros_like, p, q, share)}  # fmt: skip


def coins_that_differ(rng: draws.Rng) -> Drawn:
    """A D that does not say 1/2."""
    yield {UNDECIDED: cross_entropy(lambda x: 0 * x + 1, draws.bell(rng), draws.bell(rng))}


CROSS_ENTROPY = Claim(
    name="cross-entropy",
    title="D is a classifier",
    chapter=CHAPTER,
    source="Goodfellow 2016, section 3.2.1",
    sentences=(
        r"Toss a fair coin, draw $x$ from $p_{data}$ after heads and from $p_G$ after tails, and "
        r"let $H(D)$ be the mean of what $D$ pays: $-\log D(x)$ after heads and "
        r"$-\log(1 - D(x))$ after tails.",
        rf"Then $$ {VALUE} = -2\, {ENTROPY} , $$ and for a $D$ that says ½ everywhere "
        rf"$$ {UNDECIDED} = \log 2 . $$",
    ),
    checks=(
        Check(
            classified,
            algebra={
                VALUE: a * sp.log(y) + b * sp.log(1 - y),
                ENTROPY: -(a + b) / 2 * (a * sp.log(y) + b * sp.log(1 - y)) / (a + b),
            },
        ),
        Check(classified),
    ),
    rivals=(
        Rival("three in four tosses are heads", lambda rng: classified(rng, share=0.75)),
        Rival("the labels are exchanged", lambda rng: classified(rng, sign=-1)),
        Rival("D says another number everywhere", coins_that_differ, of=(1,)),
    ),
)


# A minibatch

MEAN, VARIANCE = r"E[\hat V]", r"\mathrm{Var}[\hat V]"


def three_points(rng: draws.Rng) -> tuple[np.ndarray, np.ndarray]:
    """Three probabilities, and the logits of D at the points that have them."""
    return rng.dirichlet(np.ones(3)), rng.normal(scale=2, size=3)


def _moments(p: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    mean = float(p @ values)
    return mean, float(p @ (values - mean) ** 2)


def all_minibatches(m: int, one_z: bool):
    """Which points the m data and the m values of the noise are, in every way there is."""
    noise = product(range(3), repeat=1 if one_z else m)
    for i, j in product(list(product(range(3), repeat=m)), list(noise)):
        yield np.array(i), np.array(j)


def minibatches(rng: draws.Rng, one_z: bool = False, log_of_mean: bool = False) -> Drawn:
    for m in (1, 2, 3) if not (one_z or log_of_mean) else (2, 3):
        (p, s), (q, t) = three_points(rng), three_points(rng)
        real, fake = log_sigmoid(s), log_sigmoid(-t)

        def term(logs, log_of_mean=log_of_mean):
            return np.log(np.exp(logs).mean()) if log_of_mean else logs.mean()

        found = [(p[i].prod() * q[j].prod(), term(real[i]) + term(fake[j]))
                 for i, j in all_minibatches(m, one_z)]  # fmt: skip
        mean, variance = _moments(*np.array(found).T)
        yield as_measured(p, s, q, t) | {MEAN: Estimate(mean, 1e-13), "m": m,
                                         VARIANCE: Estimate(variance, 1e-13)}  # fmt: skip


def as_measured(p, s, q, t) -> dict[str, Estimate]:
    """V and both variances, with the data on 0, 1, 2 and the samples on 3, 4, 5."""
    logits = np.array([*s, *t])
    value = V(lambda x: logits[x.astype(int)], pmf(range(3), p), pmf(range(3, 6), q))
    return {VALUE: value, "v_{data}": Estimate(_moments(p, log_sigmoid(s))[1], 1e-13),
            "v_z": Estimate(_moments(q, log_sigmoid(-t))[1], 1e-13)}  # fmt: skip


MINIBATCH_VALUE = Claim(
    name="minibatch-value",
    title="The value on a minibatch",
    chapter=CHAPTER,
    source=PAPER + "Algorithm 1; derived here",
    sentences=(
        r"Let each of the data $x_1, \dots, x_m$ have the distribution $p_{data}$ and each of the "
        r"noises $z_1, \dots, z_m$ the distribution $p_z$, let both terms of $V$ be finite, and "
        r"let $\hat V$ be the mean of $\log D(x_i) + \log(1 - D(G(z_i)))$.",
        rf"Then $$ {MEAN} = {VALUE} . $$",
        r"If all $2m$ draws are independent, and $\log D(x)$ and $\log(1 - D(G(z)))$ have finite "
        r"variances $v_{data}$ and $v_z$, "
        rf"$$ {VARIANCE} = \frac{{v_{{data}} + v_z}}{{m}} . $$",
    ),
    checks=(Check(minibatches), Check(minibatches)),
    rivals=(
        Rival("the logarithm is taken of the mean",
              lambda rng: minibatches(rng, log_of_mean=True), of=(0,)),
        Rival("one z serves for the whole minibatch",
              lambda rng: minibatches(rng, one_z=True), of=(1,)),
    ),
)  # fmt: skip


# EM, which only climbs

BEFORE, AFTER = r"\ell(\theta)", r"\ell(\theta')"


def log_likelihood(x: np.ndarray, share: float, means: np.ndarray) -> float:
    """Of a mixture of two Gaussians with standard deviation 1, up to a constant."""
    each = np.log([share, 1 - share])[:, None] - 0.5 * (x - means[:, None]) ** 2
    return float(np.logaddexp(*each).sum())


def em_step(x: np.ndarray, share: float, means: np.ndarray) -> tuple[float, np.ndarray]:
    """The share and the means with the largest expected log-likelihood of points and labels."""
    each = np.log([share, 1 - share])[:, None] - 0.5 * (x - means[:, None]) ** 2
    belongs = np.exp(each - np.logaddexp(*each))
    return float(belongs[0].mean()), belongs @ x / belongs.sum(axis=1)


def climbs(rng: draws.Rng, reach: float = 1.0) -> Drawn:
    """`reach`: the step as a multiple of the one to the maximum."""
    for _ in range(40):
        x = np.concatenate([rng.normal(-1, 1, 6), rng.normal(2, 1, 6)])
        share, means = rng.uniform(0.1, 0.9), rng.normal(size=2) * 3
        found, moved = em_step(x, share, means)
        moved = means + reach * (moved - means)
        yield {BEFORE: Estimate(log_likelihood(x, share, means), 1e-12),
               AFTER: Estimate(log_likelihood(x, found, moved), 1e-12)}  # fmt: skip


def where_em_rests(rng: draws.Rng) -> Drawn:
    """Both means at that of the data: nothing tells the labels apart, and nothing moves."""
    x = rng.normal(size=12)
    share, means = rng.uniform(0.1, 0.9), np.full(2, x.mean())
    yield {BEFORE: Estimate(log_likelihood(x, share, means), 1e-12),
           AFTER: Estimate(log_likelihood(x, *em_step(x, share, means)), 1e-12)}  # fmt: skip


EM_CLIMBS = Claim(
    name="em-climbs",
    title="EM never lowers the likelihood",
    chapter=CHAPTER,
    source="Dempster et al. 1977, Theorem 1",
    sentences=(
        r"Let $p_\theta(x, y)$ be a model of what is seen, $x$, and of what is not, $y$, and let "
        r"$\ell(\theta)$ be $\log p_\theta(x)$.",
        r"If $\theta'$ maximises the mean of $\log p_{\theta'}(x, y)$ over $y$ given $x$ under "
        rf"$\theta$, then $$ {AFTER} \ge {BEFORE} . $$",
    ),
    checks=(Check(climbs, reached=where_em_rests),),
    rivals=(Rival("the means go four times as far", lambda rng: climbs(rng, reach=4.0)),),
)
