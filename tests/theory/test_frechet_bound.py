"""The Fréchet distance of two distributions is at most what it costs to move one to the other."""

import numpy as np
import pytest
from says import says
from scipy.linalg import sqrtm

from gan_lab.metrics.gaussian_fits import frechet_gaussian
from gan_lab.theory.proofs.pictures import cloud, of_moments, of_pairs

RNG = np.random.default_rng(0)
X, Y = cloud(RNG, 3), cloud(RNG, 3)


@says(
    r"For means $m$ and $m'$ and covariances $S$ and $S'$ of $p$ and $q$ let $\mathrm{FD}(p, "
    r"q)$ be $$ \begin{aligned} |m - m'|^2 & + \mathrm{tr}\, S + \mathrm{tr}\, S' \\ & - 2\, "
    r"\mathrm{tr}\, (S^{1/2} S' S^{1/2})^{1/2} , \end{aligned} $$ and $W(p, q)$ the least mean "
    r"of $|x - y|^2$ over all pairs of an $x$ drawn from $p$ and a $y$ drawn from $q$."
)
def test_it_is_the_formula_with_its_roots_and_the_distance_of_the_metrics():
    S, T = (np.cov(points, rowvar=False, bias=True) for points in (X, Y))
    root = np.real(sqrtm(S))
    trace = np.trace(S) + np.trace(T) - 2 * np.real(np.trace(sqrtm(root @ T @ root)))
    apart = np.sum((X.mean(0) - Y.mean(0)) ** 2)
    assert of_moments(X, Y).value == pytest.approx(apart + trace, rel=1e-9)
    found = frechet_gaussian(X.mean(0), S, Y.mean(0), T)
    assert found == pytest.approx(apart + trace, rel=1e-9)
    assert of_pairs(X, X[::-1]).value == 0
    assert of_pairs(np.array([[0.0], [1.0]]), np.array([[3.0], [0.5]])).value == (0.25 + 4) / 2


@says(
    r"Then $$ \mathrm{FD}(p, q) \le W(p, q) , $$ with equality if $y$ is $A x$ and a shift, "
    r"where $A$ is symmetric without negative eigenvalues."
)
def test_it_is_below_and_equal_for_a_stretch_and_not_for_a_turn():
    assert of_moments(X, Y).value < of_pairs(X, Y).value
    for A in (np.diag([2.0, 0.5, 0.0]), np.array([[2.0, 1, 0], [1, 2, 0], [0, 0, 1]])):
        assert of_moments(X, X @ A + 3).value == pytest.approx(of_pairs(X, X @ A + 3).value)
    turned = X @ np.array([[0.0, 1, 0], [-1, 0, 0], [0, 0, 1]])
    assert of_moments(X, turned).value < 0.99 * of_pairs(X, turned).value


def test_two_clouds_that_are_not_alike_can_have_the_distance_0():
    x = np.array([[-1.0], [-1.0], [1.0], [1.0]])
    y = np.array([[-np.sqrt(2)], [0.0], [0.0], [np.sqrt(2)]])
    assert of_moments(x, y).value == pytest.approx(0, abs=1e-12) and of_pairs(x, y).value > 0.1
