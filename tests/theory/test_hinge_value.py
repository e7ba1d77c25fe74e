"""The hinge's least cost is twice one minus the total variation."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import gaussian, tv
from gan_lab.theory.critics import CRITICS, earned

P, Q = np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.1, 0.3, 0.5, 0.1])


def L(D):
    return float((P * np.maximum(0, 1 - D) + Q * np.maximum(0, 1 + D)).sum())


@says(
    r"Let $L(D)$ be the mean of $\max(0, 1 - D)$ over data plus that of $\max(0, 1 + D)$ over "
    r"samples."
)
def test_the_quadrature_has_this_cost():
    p, q, row = gaussian(0, 1), gaussian(1, 1), CRITICS["hinge"]
    x = np.linspace(-10, 11, 420_000)  # the jump at 1/2 is half-way between two points
    D = 1.7 * np.sign(0.5 - x) + 0.2
    costs = p.pdf(x) * np.maximum(0, 1 - D) + q.pdf(x) * np.maximum(0, 1 + D)
    assert 2 - earned(row, p, q, row.bent(1.7, 0.2)).value == pytest.approx(
        np.trapezoid(costs, x), abs=1e-5
    )


@says(
    r"For every $D$ $$ L(D) \ge 2 - 2\, \mathrm{TV}(p, q) , $$ with equality where $D$ is 1 "
    r"wherever $p$ is above $q$, $-1$ wherever it is below, and between $-1$ and 1 where they are "
    r"equal."
)
def test_the_sign_costs_least_and_nothing_else_less():
    least = 2 - np.abs(P - Q).sum()
    assert L(np.sign(P - Q)) == pytest.approx(least, abs=1e-15)
    for where_equal, dearer in ((0.3, 0), (-1, 0), (1.5, 0.5), (-3, 2)):
        D = np.where(P == Q, where_equal, np.sign(P - Q))
        assert L(D) == pytest.approx(least + dearer * 0.3, abs=1e-15)
    rng = np.random.default_rng(0)
    assert all(L(2 * rng.normal(size=4)) >= least - 1e-15 for _ in range(1000))


def test_for_two_gaussians_it_is_a_number_of_the_normal_distribution():
    p, q, row = gaussian(0, 1), gaussian(2, 1), CRITICS["hinge"]
    assert earned(row, p, q, row.bent(1, 0)).value == pytest.approx(2 * tv(p, q).value, abs=1e-12)
    assert tv(p, q).value == pytest.approx(0.6826894921370859, abs=1e-12)  # P(|z| < 1)
