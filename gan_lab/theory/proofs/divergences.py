"""The claims of the chapter on which mistakes a divergence forgives."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from gan_lab.distributions.base import EPS, Distribution, Estimate
from gan_lab.distributions.continuous import gaussian, uniform
from gan_lab.distributions.discrete import pmf
from gan_lab.distributions.drawn import drawn
from gan_lab.distributions.mixtures import mixture
from gan_lab.distributions.named import distribution
from gan_lab.theory.divergences import js, kl
from gan_lab.theory.fits import Fit, best_fits, transition
from gan_lab.theory.generator_losses import twice_kl_from_middle
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance
from gan_lab.theory.proofs.witnesses import FIRST, SECOND, by_differences

CHAPTER = "divergences"
FORWARD, REVERSE = r"\mathrm{KL}(p \| q)", r"\mathrm{KL}(q \| p)"
SOFTENED, JSD = r"\mathrm{KL}(m \| p)", r"\mathrm{JSD}(p, q)"


def _logistic(mean: float, sd: float) -> Distribution:
    """A bell that is no Gaussian."""
    return distribution("logistic", loc=mean, scale=sd * 3**0.5 / np.pi)


# What it costs to miss a share of the data


def missing(p: Distribution, q: Distribution, s: float) -> Instance:
    return {REVERSE: kl(q, p), SOFTENED: kl(mixture([p, q]), p), JSD: js(p, q),
            "s": Estimate(s, 4 * EPS)}  # fmt: skip


def _on_points(rng: draws.Rng, others: float = 1.0) -> Drawn:
    """p on six points, of which q has the first ones; `others` tilts q there."""
    for kept in (1, 2, 3, 4, 5, 6):
        w = rng.dirichlet(np.ones(6))
        q = w[:kept] * rng.uniform(0.2, 1, kept) ** others
        yield missing(pmf(range(6), w), pmf(range(kept), q / q.sum()), float(w[kept:].sum()))


def _on_the_line(rng: draws.Rng, others: float = 1.0) -> Drawn:
    """p with a share s on [3, 4], and q on [0, 2] alone."""
    for s in rng.uniform(0, 1, 5):
        heights = rng.uniform(0.2, 1, 4) ** others
        kept = drawn([0, 0.5, 1.5, 2], heights)
        p = mixture([uniform(0, 2), uniform(3, 4)], [1 - s, s])
        yield missing(p, kept, float(s))


def _missed(rng: draws.Rng) -> Drawn:
    yield from _on_points(rng)
    yield from _on_the_line(rng)


def the_rest_is_right(rng: draws.Rng) -> Drawn:
    """q is p given that A did not happen."""
    yield from list(_on_points(rng, others=0.0))[1:5]  # of an s of 0 or a q of one point all is 0
    yield from _on_the_line(rng, others=0.0)


def not_missed(rng: draws.Rng) -> Drawn:
    """q gives half of what p does to A."""
    for s in rng.uniform(0.2, 0.8, 5):
        p, q = pmf([0, 1], [1 - s, s]), pmf([0, 1], [1 - s / 2, s / 2])
        yield missing(p, q, float(s))


PRICE_OF_COLLAPSE = Claim(
    name="price-of-collapse",
    title="The price of a missed share",
    chapter=CHAPTER,
    source="the data-processing inequality; derived here",
    sentences=(
        r"Let $0 \le s < 1$, let $A$ be a set to which $p$ gives the probability $s$ and $q$ none, "
        r"and let $m$ be the mean of $p$ and $q$.",
        r"Then $$ \begin{aligned} \mathrm{KL}(q \| p) \ge {} & -\log(1 - s) , \\ "
        r"2\, \mathrm{KL}(m \| p) \ge {} & (2 - s) \log \frac{2 - s}{2 - 2s} - s \log 2 , \\ "
        r"2\, \mathrm{JSD}(p, q) \ge {} & s \log 2 + \log \frac{2}{2 - s} \\ "
        r"& + (1 - s) \log \frac{2 - 2s}{2 - s} , \end{aligned} $$ "
        r"each with equality if and only if $q$ is $p$ without $A$, divided by $1 - s$; "
        r"and $\mathrm{KL}(p \| q)$ is infinite unless $s$ is 0.",
    ),
    checks=(
        Check(_missed, reached=draws.end("s", 1.0)),
        Check(_missed, reached=the_rest_is_right),
        Check(_missed, reached=the_rest_is_right),
        Check(_missed, reached=the_rest_is_right),
    ),
    rivals=(Rival("q gives A a part of what p gives it", not_missed, of=(1, 2, 3)),),
)


# The Gaussian nearest by KL(p || q)

AT_BEST, BETWEEN = r"\mathrm{KL}(p \| q^\circ)", r"\mathrm{KL}(q^\circ \| q)"
WITH_MOMENTS = (draws.bell, draws.two_humps, draws.box, draws.one_sided, draws.by_hand)


def _nearest(rng: draws.Rng, sd: float = 1.0, other: Callable = gaussian) -> Drawn:
    """`sd`: that of q° as a multiple of p's; `other`: the family of q and q°."""
    for kind in WITH_MOMENTS * 2:
        p, q = kind(rng), other(rng.normal(), rng.uniform(0.5, 2))
        best = other(p.mean, sd * p.sd)
        yield {FORWARD: kl(p, q), AT_BEST: kl(p, best), BETWEEN: kl(best, q)}


MOMENT_MATCHING = Claim(
    name="moment-matching",
    title="The nearest Gaussian has the moments of the data",
    chapter=CHAPTER,
    source="maximum likelihood; derived here",
    sentences=(
        r"Let $p$ be a density on the line with a mean and a positive variance, and $q^\circ$ the "
        r"Gaussian that has both.",
        rf"For every Gaussian $q$ $$ {FORWARD} = {AT_BEST} + {BETWEEN} , $$ "
        rf"so $q^\circ$ alone is nearest to $p$, if ${AT_BEST}$ is finite.",
    ),
    checks=(Check(_nearest),),
    rivals=(
        Rival("q° has the mean of p and another variance", lambda rng: _nearest(rng, sd=1.5)),
        Rival("q and q° are no Gaussians", lambda rng: _nearest(rng, other=_logistic)),
    ),
)


# Averaging is left by a jump

CURVATURE, BY_SD = r"K_{\mu\mu}", r"K_\sigma"


def _shifted(K: Callable, mu: float, sigma: float, h: float) -> float:
    return K(mu + h, sigma)


def widened(K: Callable, mu: float, sigma: float, h: float) -> float:
    return K(mu, sigma + h)


def curved(rng: draws.Rng, family: Callable = gaussian) -> Drawn:
    for kind in draws.SMOOTH * 2:
        p, mu, sigma = kind(rng), rng.normal(), rng.uniform(0.8, 2)

        def K(mu, sigma, p=p):
            return kl(family(mu, sigma), p).value

        along, wider = partial(_shifted, K, mu, sigma), partial(widened, K, mu, sigma)
        yield {
            CURVATURE: by_differences(along, SECOND, 2),
            BY_SD: by_differences(wider, FIRST, 1),
            r"\sigma": sigma,
        }


MIDDLE_STAYS = Claim(
    name="middle-stays",
    title="The curvature of the reverse divergence",
    chapter=CHAPTER,
    source="the heat equation; derived here",
    sentences=(
        r"Let $p$ be a positive density on the line whose $|\log p|$ grows no faster than a "
        r"polynomial, and let $K(\mu, \sigma)$ be $\mathrm{KL}(q \| p)$ for the Gaussian $q$ with "
        r"mean $\mu$ and standard deviation $\sigma$.",
        rf"Then $$ {CURVATURE} = \frac{{{BY_SD}}}{{\sigma}} + \frac{{1}}{{\sigma^2}} , $$ "
        r"so wherever $\sigma$ is at its best, $K$ bends upwards along $\mu$.",
    ),
    checks=(Check(curved),),
    rivals=(Rival("q is no Gaussian", lambda rng: curved(rng, _logistic)),),
)


# Where the best Gaussian leaves the middle

DISTANCES = {"a_1": "non-saturating", "a_2": "reverse-kl", "a_3": "js"}
BY_CELLS = {"non-saturating": twice_kl_from_middle, "reverse-kl": lambda p, q: kl(q, p), "js": js}
"""By the adaptive quadrature of `theory.divergences`, which `best_fits` does not use."""


def _lead(name: str, a: float, sd: float) -> float:
    """By how much the bump is better than the middle, for bumps of this sd at -a and a."""
    p = mixture([gaussian(-a, sd), gaussian(a, sd)])

    def cost(fit: Fit) -> float:
        return BY_CELLS[name](p, gaussian(sd * fit.mean, sd * fit.sd)).value

    middle, bump = best_fits(name, a / sd)
    assert bump, "near a crossing there is a fit on a bump"
    return cost(middle) - cost(bump)


def crossing(name: str, sd: float = 1.0) -> Estimate:
    """Where the lead vanishes: on the line through two distances next to it, rounded."""
    a = sd * transition(name).value
    low, high = (_lead(name, a + h, sd) for h in (-1e-4, 1e-4))
    return Estimate(a - 1e-4 * (low + high) / (high - low), 5e-6 + 1e-9)


def _crossings(rng: draws.Rng, sd: float = 1.0) -> Drawn:
    yield {quantity: crossing(name, sd) for quantity, name in DISTANCES.items()}


TRANSITIONS = Claim(
    name="transitions",
    title="Where the best fit leaves the middle",
    chapter=CHAPTER,
    source="computed here",
    sentences=(
        r"Let $p$ be halves of $N(-a, 1)$ and $N(a, 1)$.",
        r"The best Gaussian with mean 0 and the best near a bump are equally far from $p$ at "
        r"$$ \begin{aligned} a_1 & = 2.37955 , \\ a_2 & = 2.80008 , \\ a_3 & = 4.24471 "
        r"\end{aligned} $$ (to five decimals) by $2\, \mathrm{KL}(m \| p)$, "
        r"$\mathrm{KL}(q \| p)$ and $\mathrm{JSD}(p, q)$; the first is nearer before, the second "
        r"after.",
    ),
    checks=(Check(_crossings),) * 3,
    rivals=(
        Rival("the bumps have the sd 1.001", lambda rng: _crossings(rng, 1.001), of=(0, 1, 2)),
    ),
)
