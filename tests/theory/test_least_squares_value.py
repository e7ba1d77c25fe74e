"""Least squares: the best D, Pearson's divergence from the mean, and what G descends."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import chi2, gaussian, mixture

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
CODINGS = {"Mao's condition": (-1, 1, 0), "the usual one": (0, 1, 1), "another": (0.5, 3, -2)}


def best(a, b):
    return (b * P + a * Q) / (P + Q)


def cost(a, b, c):
    return float(((P + Q) * (best(a, b) - c) ** 2).sum() / 2)


def half_chi2():
    m = (P + Q) / 2
    return float(((P - m) ** 2 / m).sum())


@says(
    r"Let $D$ be drawn by least squares to $b$ on data and to $a$ on samples, let $C$ be the "
    r"mean of $½\,(D^* - c)^2$ over data plus that over samples, and $m$ the mean of $p$ and $q$."
)
def test_the_condition_of_mao_gives_the_divergence_itself():
    assert cost(-1, 1, 0) == pytest.approx(half_chi2(), abs=1e-15)
    by_paper = ((2 * Q - (P + Q)) ** 2 / (P + Q)).sum() / 2  # Mao et al. 2017: 2 C is this sum
    assert cost(-1, 1, 0) == pytest.approx(by_paper, abs=1e-15)


@says(
    r"Then $$ D^* = \frac{b p + a q}{p + q} , $$ and $$ \begin{aligned} C = {} & \frac{(a + b - "
    r"2 c)^2}{4} \\ & + \frac{(b - a)^2}{4}\, \chi^2(p \| m) . \end{aligned} $$"
)
@pytest.mark.parametrize(("a", "b", "c"), CODINGS.values(), ids=CODINGS)
def test_any_targets_give_it_times_a_factor_and_a_constant(a, b, c):
    rng = np.random.default_rng(0)
    squares = lambda D: float((P * (D - b) ** 2 + Q * (D - a) ** 2).sum())  # noqa: E731
    least = squares(best(a, b))
    assert all(squares(best(a, b) + 0.1 * rng.normal(size=3)) > least for _ in range(20))
    wanted = (a + b - 2 * c) ** 2 / 4 + (b - a) ** 2 / 4 * half_chi2()
    assert cost(a, b, c) == pytest.approx(wanted, abs=1e-14)


@says(
    r"At a $D^*$ that stands still the part over samples, which $G$ lowers, has the $F$ with $$ "
    r"F''(r) = \frac{(b - a)\,(c - D^*)}{r\,(1 + r)^2} , $$ which for $b$ above $a$ is positive "
    r"at every $r$ only if $c$ is not below $b$."
)
def test_only_a_target_at_the_top_descends_a_divergence():
    r = np.exp(np.linspace(-4, 4, 81))
    for a, b, c in CODINGS.values():
        D, h = lambda r, a=a, b=b: (a + b * r) / (1 + r), 1e-6
        phi = lambda r, D=D, c=c: (D(r) - c) ** 2 / 2  # noqa: E731
        bend = -(phi(r * (1 + h)) - phi(r * (1 - h))) / (2 * h * r) / r
        wanted = (b - a) * (c - D(r)) / (r * (1 + r) ** 2)
        assert bend == pytest.approx(wanted, abs=1e-7, rel=1e-6)
        assert (wanted > 0).all() == (c >= b)


def test_on_the_line_it_lies_between_nothing_and_one():
    p, m = gaussian(0, 1), lambda q: mixture([gaussian(0, 1), q])
    assert chi2(p, m(p)).value < 1e-12
    assert 0.99 < chi2(p, m(gaussian(9, 1))).value <= 1
