"""The claim of the chapter on likelihood models."""

from __future__ import annotations

from itertools import product

import numpy as np
import sympy as sp

from gan_lab.distributions.base import Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

CHAPTER = "likelihood_models"
LOG_P, ELBO = r"\log p(x)", r"\mathrm{ELBO}(q)"
FIT, COST = "E_q[\\log p(x | z)]", r"\mathrm{KL}(q \,\|\, p(z))"
GAP = r"\mathrm{KL}(q \,\|\, p(z | x))"


# Of finitely many z


def of_states(prior: np.ndarray, given: np.ndarray, q: np.ndarray) -> Instance:
    """Sums over the states of z: their probabilities, p(x | z) of each, and q."""
    joint = prior * given
    found = {
        LOG_P: np.log(joint.sum()),
        ELBO: q @ np.log(joint / q),
        FIT: q @ np.log(given),
        COST: q @ np.log(q / prior),
        GAP: q @ np.log(q / (joint / joint.sum())),
    }
    return {name: Estimate(float(value), 1e-12) for name, value in found.items()}


def states(rng: draws.Rng, k: int) -> tuple[np.ndarray, np.ndarray]:
    """A prior of k states, and p(x | z), which may be a density and larger than 1."""
    return rng.dirichlet(np.ones(k)), np.exp(rng.normal(scale=2, size=k))


# Gaussian and linear


def kl_gaussians(m: np.ndarray, S: np.ndarray, mean: np.ndarray, T: np.ndarray) -> float:
    """KL(N(m, S) || N(mean, T))."""
    logs = np.linalg.slogdet(T)[1] - np.linalg.slogdet(S)[1]
    off = np.linalg.solve(T, np.outer(m - mean, m - mean) + S)
    return 0.5 * (logs + np.trace(off) - len(m))


def log_gaussian(x: np.ndarray, mean: np.ndarray, S: np.ndarray) -> float:
    """The log density of N(mean, S)."""
    off = np.linalg.solve(S, x - mean) @ (x - mean)
    return -0.5 * (off + np.linalg.slogdet(2 * np.pi * S)[1])


def of_gaussians(W: np.ndarray, s: float, x: np.ndarray, m: np.ndarray, S: np.ndarray) -> Instance:
    """z is N(0, I), x is N(W z, s^2 I), q is N(m, S). The ELBO is summed over the nodes of a
    quadrature that is exact for squares; the posterior is read off the joint covariance."""
    I, noise = np.eye(len(m)), s**2 * np.eye(len(x))
    total = W @ W.T + noise
    nodes = (np.array(at) for at in product((-1.0, 1.0), repeat=len(m)))
    L, logs = np.linalg.cholesky(S), []
    for at in nodes:
        z = m + L @ at
        joint = log_gaussian(z, 0 * m, I) + log_gaussian(x, W @ z, noise)
        logs.append(joint - log_gaussian(z, m, S))
    back = W.T @ np.linalg.inv(total)
    found = {
        LOG_P: log_gaussian(x, 0 * x, total),
        ELBO: np.mean(logs),
        FIT: log_gaussian(x, W @ m, noise) - np.trace(W @ S @ W.T) / (2 * s**2),
        COST: kl_gaussians(m, S, 0 * m, I),
        GAP: kl_gaussians(m, S, back @ x, I - back @ W),
    }
    return {name: Estimate(float(value), 1e-9 * (1 + abs(value))) for name, value in found.items()}


def any_gaussians(rng: draws.Rng) -> Instance:
    latents, dims = rng.integers(1, 3, size=2)
    A = rng.normal(size=(latents, latents))
    S = A @ A.T + 0.1 * np.eye(latents)
    W, x = rng.normal(size=(dims, latents)), 2 * rng.normal(size=dims)
    return of_gaussians(W, rng.uniform(0.3, 2), x, rng.normal(size=latents), S)


def any_q(rng: draws.Rng) -> Drawn:
    for k in (1, 2, 5, 30):
        yield of_states(*states(rng, k), rng.dirichlet(np.ones(k)))
    for _ in range(12):
        yield any_gaussians(rng)


def posteriors(rng: draws.Rng) -> Drawn:
    for k in (2, 5, 30):
        prior, given = states(rng, k)
        yield of_states(prior, given, prior * given / (prior @ given))
    W, x = rng.normal(size=(2, 2)), rng.normal(size=2)
    back = W.T @ np.linalg.inv(W @ W.T + np.eye(2))
    yield of_gaussians(W, 1.0, x, back @ x, np.eye(2) - back @ W)


def wrong_sign(rng: draws.Rng) -> Drawn:
    """The KL to the prior is added to the fit."""
    for found in any_q(rng):
        both = Estimate(found[FIT].value + found[COST].value, found[FIT].error)
        yield {**found, ELBO: both}


def prior_for_posterior(rng: draws.Rng) -> Drawn:
    for found in any_q(rng):
        yield {**found, GAP: found[COST]}


def other_way_round(rng: draws.Rng) -> Drawn:
    """KL(p(z | x) || q) in the place of KL(q || p(z | x))."""
    for k in (2, 5):
        (prior, given), q = states(rng, k), rng.dirichlet(np.ones(k))
        post = prior * given / (prior @ given)
        yield {**of_states(prior, given, q), GAP: Estimate(float(post @ np.log(post / q)), 1e-12)}


def in_symbols() -> dict[str, sp.Expr]:
    """One latent and one number x: z is N(0, 1), x is N(w z, s^2), q is N(m, t^2)."""
    x, m = sp.symbols("x m", real=True)
    w, s, t = sp.symbols("w s t", positive=True)
    e = sp.Symbol("e", real=True)
    total = w**2 + s**2

    def log_normal(at, mean, sd):
        return -sp.log(2 * sp.pi) / 2 - sp.log(sd) - (at - mean) ** 2 / (2 * sd**2)

    def mean_over_q(log):
        """Of a square in z = m + t e, where e has the mean 0 and the variance 1."""
        p = sp.Poly(log(m + t * e), e)
        return p.coeff_monomial(1) + p.coeff_monomial(e**2)

    def prior(z):
        return log_normal(z, 0, 1)

    def given(z):
        return log_normal(x, w * z, s)

    def q(z):
        return log_normal(z, m, t)

    def posterior(z):
        return log_normal(z, w * x / total, s / sp.sqrt(total))

    return {
        LOG_P: log_normal(x, 0, sp.sqrt(total)),
        ELBO: mean_over_q(lambda z: prior(z) + given(z) - q(z)),
        FIT: mean_over_q(given),
        COST: mean_over_q(lambda z: q(z) - prior(z)),
        GAP: mean_over_q(lambda z: q(z) - posterior(z)),
    }


SYMBOLS = in_symbols()

ELBO_GAP = Claim(
    name="elbo-gap",
    title="What the ELBO lacks",
    chapter=CHAPTER,
    source="Kingma and Welling 2014, Equations 1 to 3",
    sentences=(
        r"Let $x$ come from a hidden $z$ by $p(z)$ and $p(x | z)$, let $q$ be a distribution of "
        r"$z$, and let $\mathrm{ELBO}(q)$ be the mean of $\log p(x, z) - \log q(z)$ over $z$ from "
        r"$q$, where all of these are finite.",
        rf"Then $$ \begin{{aligned}} {LOG_P} & = {ELBO} \\ & \quad + {GAP} , \\ "
        rf"{ELBO} & = {FIT} \\ & \quad - {COST} . \end{{aligned}} $$",
        rf"So $$ {ELBO} \le {LOG_P} , $$ with equality only if $q$ is the posterior $p(z | x)$.",
    ),
    checks=(
        Check(any_q, algebra=SYMBOLS),
        Check(any_q, algebra=SYMBOLS),
        Check(any_q, reached=posteriors),
    ),
    rivals=(
        Rival("the KL to the prior is added", wrong_sign, of=(0, 1, 2)),
        Rival("the prior is taken for the posterior", prior_for_posterior),
        Rival("the KL is taken the other way round", other_way_round),
    ),
)
