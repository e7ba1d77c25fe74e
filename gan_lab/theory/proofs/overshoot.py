"""A claim of the chapter on convergence: a penalty of the slope that overshoots."""

from __future__ import annotations

import numpy as np
from scipy import special

from gan_lab.distributions.base import EPS, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

FACTOR = r"|1 - h\gamma|"


def stepped(psi, b, x, z, h, gamma):
    """The slope psi of the logit psi x + b after a step of length h down the cross entropy of data
    x and samples z and down R1, which is gamma/2 psi^2."""
    pull = np.mean(special.expit(-(psi * x + b)) * x) - np.mean(special.expit(psi * z + b) * z)
    return psi + h * pull - h * gamma * psi


def one_step(rng: draws.Rng, h, gamma, B=1.0, outside: float = 0.0) -> Instance:
    """A step of the slope psi of a discriminator without hidden layers, on data and samples within
    B: down the gradient of its cross entropy and of R1. Or, with `outside`, on data that are all
    there, which D takes for samples."""
    x, z = rng.uniform(-B, B, (2, 64))
    psi, b = rng.normal() * 10.0 ** rng.uniform(-1, 3), rng.normal()
    if outside:
        x, b = np.full(64, outside), -1e6
    new = stepped(psi, b, x, z, h, gamma)
    size = abs(psi) + abs(h * gamma * psi) + 2 * h * B
    return {
        "h": h,
        r"\gamma": gamma,
        "B": B,
        r"|\psi|": abs(psi),
        r"|\psi'|": Estimate(abs(new), 16 * EPS * size),
        FACTOR: abs(1 - h * gamma),
        "|x|": np.abs(np.concatenate([x, z])),
        "c": h * B / abs(h * gamma - 2),
    }


def slow(rng: draws.Rng) -> Drawn:
    """Steps with h gamma below 2."""
    for product in rng.uniform(0, 2, 40):
        h = 10.0 ** rng.uniform(-2, 1)
        yield one_step(rng, h, product / h, 10.0 ** rng.uniform(-1, 1))


def fast(rng: draws.Rng) -> Drawn:
    """Steps with h gamma above 2."""
    for product in 2 + 10.0 ** rng.uniform(-2, 1, 40):
        h = 10.0 ** rng.uniform(-2, 1)
        yield one_step(rng, h, product / h, 10.0 ** rng.uniform(-1, 1))


def any_step(rng: draws.Rng) -> Drawn:
    yield from slow(rng)
    yield from fast(rng)


def beyond_the_bound(rng: draws.Rng) -> Drawn:
    for _ in range(40):
        yield one_step(rng, 1.0, 2.1, outside=20.0)


def _two(rng: draws.Rng) -> Drawn:
    yield {"h": 0.5, r"\gamma": 4.0}


def held_back(rng: draws.Rng) -> Drawn:
    """All data at B, and a D that takes them and all samples for samples, with psi above 0."""
    for h in (0.1, 1.0):
        psi, gamma, B = 60.0, 4 / h, 2.0
        yield {
            "h": h,
            r"\gamma": gamma,
            "B": B,
            "c": h * B / (h * gamma - 2),
            r"|\psi|": psi,
            r"|\psi'|": abs(psi + h * B * special.expit(-(psi * B - 1e6)) - h * gamma * psi),
        }


def driven(rng: draws.Rng) -> Drawn:
    """Data all at B and samples all at -B, with a D that is sure and wrong."""
    for h in (0.1, 1.0):
        psi, gamma, B = -60.0, 1.5 / h, 1.0
        yield {
            "h": h,
            r"\gamma": gamma,
            "B": B,
            r"|\psi|": abs(psi),
            FACTOR: abs(1 - h * gamma),
            r"|\psi'|": abs(psi + 2 * h * B * special.expit(-psi * B) - h * gamma * psi),
        }


OVERSHOOT = Claim(
    name="overshoot",
    title="A penalty that overshoots",
    chapter="convergence",
    source="derived here",
    sentences=(
        r"Let $D$ have the logit $\psi x + b$ and make plain steps of the length $h > 0$ down its "
        r"cross entropy and R1 of the strength $\gamma > 0$, and let $|x| \le B$ for all data and "
        r"samples.",
        r"Whatever $G$ does, a step takes $\psi$ to a $\psi'$ with "
        rf"$$ |\psi'| \le {FACTOR}\, |\psi| + 2hB . $$",
        r"So if $h\gamma < 2$, then $|\psi|$ stays bounded.",
        r"If $h\gamma > 2$, let $c = \frac{hB}{h\gamma - 2}$: then "
        r"$$ |\psi'| - c \ge (h\gamma - 1)(|\psi| - c) , $$ "
        r"so that $|\psi|$ grows geometrically, without end, as soon as it is larger than $c$.",
    ),
    checks=(
        Check(any_step),
        Check(any_step),
        Check(any_step),
        Check(any_step, reached=driven),
        Check(slow, reached=_two),
        Check(fast, reached=_two),
        Check(fast),
        Check(fast, reached=held_back),
    ),
    rivals=(Rival("the data are not bounded", beyond_the_bound, of=(3, 7)),),
)
