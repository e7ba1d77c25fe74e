"""A claim of the chapter on convergence: how long a step may be where a game rests."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.optimize import brentq

from gan_lab.distributions.base import Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

MU, RHO = r"\mu", r"\rho"
ROUNDED = 2e-6  # of the modulus of an eigenvalue that may be double


def both_steps(B: np.ndarray, C: np.ndarray, h: float, alternating: bool = True) -> np.ndarray:
    """The matrix of D's step and then G's on (theta, a), or of both at once."""
    n, m = C.shape
    of_D, of_G = np.eye(n + m), np.eye(n + m)
    of_D[n:] -= h * np.hstack([C.T, B])
    of_G[:n, n:] += h * C
    return of_G @ of_D if alternating else of_G + of_D - np.eye(n + m)


def largest_of_sum(B: np.ndarray, C: np.ndarray, h: float) -> float:
    """mu: the largest eigenvalue of 2 h B + h^2 C^T C."""
    return float(np.linalg.eigvalsh(2 * h * B + h**2 * C.T @ C).max())


def instance_at_rest(B: np.ndarray, C: np.ndarray, h: float, alternating: bool) -> Instance:
    rho = np.abs(np.linalg.eigvals(both_steps(B, C, h, alternating))).max()
    mu = largest_of_sum(B, C, h)
    return {"h": h, MU: Estimate(mu, 1e-12 * mu), RHO: Estimate(rho, ROUNDED)}


def game_at_rest(rng: draws.Rng, lowest: float) -> tuple[np.ndarray, np.ndarray]:
    """(B, C), where the eigenvalues of B begin at `lowest`, and some may be that."""
    n, m = rng.integers(1, 4), rng.integers(1, 6)
    turned = np.linalg.qr(rng.normal(size=(m, m)))[0]
    values = lowest + 10.0 ** rng.uniform(-2, 1, m) * (rng.random(m) < 0.8)
    return (turned * values) @ turned.T, rng.normal(size=(n, m)) * 10.0 ** rng.uniform(-1, 1)


def steps_with(
    rng: draws.Rng, low: float, high: float, alternating: bool = True, lowest: float = 0.0
) -> Drawn:
    """mu between two numbers, by the h that gives it."""
    for mu in rng.uniform(low, high, 40):
        B, C = game_at_rest(rng, lowest)
        h: Any = brentq(lambda h, B=B, C=C, mu=mu: largest_of_sum(B, C, h) - mu, 0, 1e4, xtol=1e-14)
        yield instance_at_rest(B, C, h, alternating)


def short_steps(rng: draws.Rng) -> Drawn:
    return steps_with(rng, 0.01, 4.0)


def long_steps(rng: draws.Rng) -> Drawn:
    return steps_with(rng, 4.1, 12.0)


def at_four(rng: draws.Rng) -> Drawn:
    return steps_with(rng, 4.0, 4.0)


STEPS_AT_REST = Claim(
    name="steps-at-rest",
    title="How long a step may be at rest",
    chapter="convergence",
    source="derived here",
    sentences=(
        r"Let the weights $a$ of $D$ move along $-C^T \theta - B a$ and those of $G$, $\theta$, "
        r"along $C a$, in turns, by steps of the length $h > 0$, $D$ first, where $B$ is "
        r"symmetric and has no negative eigenvalue; let $\rho$ be the largest modulus of the "
        r"eigenvalues of both steps together, and $\mu$ the largest eigenvalue of "
        r"$2 h B + h^2 C^T C$.",
        r"If $\mu \le 4$, then $\rho \le 1$.",
        r"If $\mu > 4$, then $\rho > 1$.",
    ),
    checks=(
        Check(short_steps),
        Check(short_steps, reached=at_four),
        Check(short_steps, reached=at_four),
        Check(long_steps),
        Check(long_steps),
    ),
    rivals=(
        Rival("the players move at once", lambda rng: steps_with(rng, 0.01, 4, False), of=(2,)),
        Rival(
            "B has a negative eigenvalue",
            lambda rng: steps_with(rng, 0.01, 4.0, lowest=-0.5),
            of=(2,),
        ),
        Rival("the steps are shorter", short_steps, of=(3, 4)),
    ),
)
