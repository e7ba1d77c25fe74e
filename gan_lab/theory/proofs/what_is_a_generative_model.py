"""The claim of the chapter on generative models: what maximum likelihood makes small."""

from __future__ import annotations

import numpy as np
import sympy as sp
from scipy import special

from gan_lab.distributions.base import EPS, Distribution, Estimate, without_float_warnings
from gan_lab.distributions.discrete import pmf
from gan_lab.theory.divergences import cells_of, kl
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance
from gan_lab.theory.quadrature import integrate

CHAPTER = "what_is_a_generative_model"
CROSS, OWN, KL = "H(p, q)", "H(p)", r"\mathrm{KL}(p \| q)"
MEAN_LOG, OF_DRAWS, FROM_DRAWS = "L_n(q)", "H(p_n)", r"\mathrm{KL}(p_n \| q)"


def mean_surprise(p: Distribution, q: Distribution) -> Estimate:
    """The mean of -log q over p, in nats: of densities by quadrature, of point masses as a sum."""

    def integrand(anchor, s):
        a, log_q = np.exp(p.log_near(anchor, s)), q.log_near(anchor, s)
        paid = np.where(a > 0, -a * log_q, 0.0)
        return paid, 64 * EPS * (a + np.abs(paid))

    if p.atoms:
        x = np.array([x for x, _ in p.atoms])
        paid = -special.xlogy(p.mass(x), q.mass(x))
        return Estimate(float(paid.sum()), 8 * EPS * float(np.abs(paid).sum()))
    found = integrate(without_float_warnings(integrand), cells_of(p, q))
    known = np.isfinite(found.error)  # it is not where q is 0 and p is not
    return found if known else Estimate(np.inf, np.inf)


def _surprise(p: Distribution, q: Distribution) -> Instance:
    return {CROSS: mean_surprise(p, q), OWN: mean_surprise(p, p), KL: kl(p, q)}


SAMPLED = (draws.bell, draws.two_humps, draws.box, draws.by_hand, draws.heavy, draws.point_masses)


def some_pairs(rng: draws.Rng) -> list[draws.Pair]:
    """Data of every kind, and a model that has no less wide tails."""
    found = []
    for kind in SAMPLED * 2:
        model = {draws.heavy: draws.heavy, draws.point_masses: draws.point_masses}
        found.append((kind(rng), model.get(kind, draws.two_humps)(rng)))
    return found


def _pairs(rng: draws.Rng) -> Drawn:
    return (_surprise(p, q) for p, q in some_pairs(rng))


def _same(rng: draws.Rng) -> Drawn:
    return (_surprise(p, p) for p, _ in some_pairs(rng))


def exchanged(rng: draws.Rng) -> Drawn:
    """KL(q || p) in the place of KL(p || q)."""
    pairs = ((draws.bell(rng), draws.bell(rng)) for _ in range(6))
    return ({**_surprise(p, q), KL: kl(q, p)} for p, q in pairs)


def too_much_in_all(rng: draws.Rng) -> Drawn:
    """A model that is three times a density."""
    for p, _ in some_pairs(rng):
        found = _surprise(p, p)
        value, error = found[CROSS]
        yield {**found, CROSS: Estimate(value - np.log(3), error)}


POINTS = 5


def of_five_values(rng: draws.Rng, frequencies) -> Instance:
    """Draws from five values, under a model; `frequencies` of (p, the draws) stand for p_n."""
    p, q = rng.dirichlet(np.ones(POINTS)), rng.dirichlet(np.ones(POINTS)) * 0.98 + 0.004
    x = rng.choice(POINTS, size=rng.integers(1, 40), p=p)
    seen = pmf(range(POINTS), frequencies(p, x))
    model = pmf(range(POINTS), q)
    mean = Estimate(float(np.log(q[x]).mean()), 1e-14)
    return {MEAN_LOG: mean, OF_DRAWS: mean_surprise(seen, seen), FROM_DRAWS: kl(seen, model)}


def _samples(rng: draws.Rng) -> Drawn:
    counted = lambda p, x: np.bincount(x, minlength=POINTS) / len(x)  # noqa: E731
    return (of_five_values(rng, counted) for _ in range(30))


def of_the_source(rng: draws.Rng) -> Drawn:
    """The distribution that the draws come from in the place of their frequencies."""
    return (of_five_values(rng, lambda p, x: p) for _ in range(10))


def _on_points(*names: str) -> dict[str, sp.Expr]:
    """Cross-entropy, entropy and KL on three values, by these names."""
    p, q = (sp.symbols(f"{letter}1:4", positive=True) for letter in "pq")
    both = list(zip(p, q, strict=True))
    means = (
        -sp.Add(*(a * sp.log(b) for a, b in both)),
        -sp.Add(*(a * sp.log(a) for a in p)),
        sp.Add(*(a * sp.log(a / b) for a, b in both)),
    )
    return dict(zip(names, means, strict=True))


def _of_counts() -> dict[str, sp.Expr]:
    found = _on_points(MEAN_LOG, OF_DRAWS, FROM_DRAWS)
    return {**found, MEAN_LOG: -found[MEAN_LOG]}


MAXIMUM_LIKELIHOOD = Claim(
    name="maximum-likelihood",
    title="What maximum likelihood makes small",
    chapter=CHAPTER,
    source="Goodfellow 2016, section 2.1; the sum on the draws themselves derived here",
    sentences=(
        r"Let $p$ be the distribution of the data and $q$ that of a model, both densities or both "
        r"on countably many values, with a finite entropy $H(p)$.",
        rf"Then $$ {CROSS} = {OWN} + {KL} , $$ and both sides are infinite where $q$ gives "
        r"probability 0 to what $p$ does not.",
        r"So of all models that with the least cross-entropy is the one with the least "
        rf"$\mathrm{{KL}}$, and $$ {CROSS} \ge {OWN} , $$ with equality only for the distribution "
        r"of the data.",
        r"On draws $x_1, \dots, x_n$ from countably many values, of which $p_n$ are the "
        r"frequencies and $L_n(q)$ is the mean of $\log q(x_i)$, "
        rf"$$ -{MEAN_LOG} = {OF_DRAWS} + {FROM_DRAWS} . $$",
    ),
    checks=(
        Check(_pairs, algebra=_on_points(CROSS, OWN, KL)),
        Check(_pairs, reached=_same),
        Check(_samples, algebra=_of_counts()),
    ),
    rivals=(
        Rival("KL is taken the other way round", exchanged),
        Rival("the model adds up to 3", too_much_in_all, of=(0, 1)),
        Rival("p_n is what the draws come from", of_the_source, of=(2,)),
    ),
)
