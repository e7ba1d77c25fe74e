"""The claims of the chapter on pictures."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from gan_lab.distributions.base import EPS, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival

CHAPTER = "pictures"
FRECHET, COST = r"\mathrm{FD}(p, q)", "W(p, q)"
Points = np.ndarray


def of_moments(x: Points, y: Points) -> Estimate:
    """The Fréchet distance: the eigenvalues of S S' are those of the matrix under the root."""
    S, T = (np.atleast_2d(np.cov(points, rowvar=False, bias=True)) for points in (x, y))
    roots = np.sqrt(np.maximum(np.linalg.eigvals(S @ T).real, 0.0))
    apart = ((x.mean(0) - y.mean(0)) ** 2).sum()
    spread = np.trace(S) + np.trace(T)
    return Estimate(float(apart + spread - 2 * roots.sum()), 1e-10 * float(1 + apart + spread))


def of_pairs(x: Points, y: Points) -> Estimate:
    """The least mean of |x - y|^2 over all ways to pair as many points."""
    costs = cdist(x, y, "sqeuclidean")
    return Estimate(float(costs[linear_sum_assignment(costs)].mean()), 64 * EPS * costs.max())


def cloud(rng: draws.Rng, dim: int, n: int = 24) -> Points:
    """Points in one heap or in two, drawn out and moved."""
    heaps = rng.normal(size=(n, dim)) + rng.integers(2, size=(n, 1)) * rng.uniform(0, 4)
    return heaps @ rng.normal(size=(dim, dim)) + rng.normal(size=dim)


def any_clouds(rng: draws.Rng) -> Drawn:
    for dim in (1, 2, 3, 3):
        x, y = cloud(rng, dim), cloud(rng, dim)
        yield {FRECHET: of_moments(x, y), COST: of_pairs(x, y)}


def stretched_clouds(rng: draws.Rng) -> Drawn:
    """y = A x + b with a symmetric A that has positive eigenvalues alone."""
    for dim in (1, 2, 3):
        x, B = cloud(rng, dim), rng.normal(size=(dim, dim))
        y = x @ (B @ B.T + 0.2 * np.eye(dim)) + rng.normal(size=dim)
        yield {FRECHET: of_moments(x, y), COST: of_pairs(x, y)}


def of_samples(rng: draws.Rng) -> Drawn:
    """p and q are equal, and the moments are those of eight points of either."""
    for dim in (2, 3):
        x = cloud(rng, dim)
        some, others = (x[rng.permutation(len(x))[:8]] for _ in range(2))
        yield {FRECHET: of_moments(some, others), COST: of_pairs(x, x)}


FRECHET_BOUND = Claim(
    name="frechet-bound",
    title="The Fréchet distance is a lower bound",
    chapter=CHAPTER,
    source="Gelbrich 1990; for Gaussians Dowson and Landau 1982",
    sentences=(
        r"For means $m$ and $m'$ and covariances $S$ and $S'$ of $p$ and $q$ let $\mathrm{FD}(p, "
        r"q)$ be $$ \begin{aligned} |m - m'|^2 & + \mathrm{tr}\, S + \mathrm{tr}\, S' \\ & - 2\, "
        r"\mathrm{tr}\, (S^{1/2} S' S^{1/2})^{1/2} , \end{aligned} $$ and $W(p, q)$ the least mean "
        r"of $|x - y|^2$ over all pairs of an $x$ drawn from $p$ and a $y$ drawn from $q$.",
        r"Then $$ \mathrm{FD}(p, q) \le W(p, q) , $$ with equality if $y$ is $A x$ and a shift, "
        r"where $A$ is symmetric without negative eigenvalues.",
    ),
    checks=(Check(any_clouds, reached=stretched_clouds),),
    rivals=(Rival("the moments are those of a few samples", of_samples),),
)
