"""The best critic under a gradient penalty, by brute force over its slopes."""

import numpy as np
import pytest
from says import says
from scipy.integrate import quad
from scipy.optimize import minimize

from gan_lab.theory.proofs.supports import Steps, density_between


def drawn_between(x, a, y, b, points, draws=200000):
    """The density of u x + (1 - u) y in each cell, by drawing."""
    rng = np.random.default_rng(0)
    u = rng.uniform(size=draws)
    z = u * rng.choice(x, p=a, size=draws) + (1 - u) * rng.choice(y, p=b, size=draws)
    return np.histogram(z, points)[0] / draws / np.diff(points)


PAIR = np.array([-1.0, 1.5]), np.array([0.4, 0.6]), np.array([0.2, 0.9]), np.array([0.5, 0.5])


@says(
    r"Let $p$ and $q$ be distributions on the line with finite variances and no atom in common, "
    r"$\lambda$ positive, and $\rho$ the density of $ux + (1 - u)y$ with $x \sim p$, $y \sim q$ "
    r"and $u$ uniform on $[0, 1]$, all independent."
)
def test_the_density_between_is_that_of_draws():
    steps = Steps(*PAIR)
    rho = density_between(steps, *PAIR)
    assert rho @ steps.width == pytest.approx(1.0)
    np.testing.assert_allclose(rho, drawn_between(*PAIR, steps.points), atol=0.01)


@says(
    r"Among all $f$, $E_p f - E_q f - \lambda E_\rho[(|f'| - 1)^2]$ is largest where $f'$ has "
    r"the sign of $F_q - F_p$ and $$ |f'| = 1 + \frac{|F_p - F_q|}{2 \lambda \rho} , $$ "
    r"and that $f$ has $$ E_p f - E_q f \ge W_1 + \frac{W_1^2}{2 \lambda} , $$ "
    r"with equality if and only if $|F_p - F_q|$ is a multiple of $\rho$."
)
@pytest.mark.parametrize("strength", [0.5, 1.0, 10.0])
def test_no_start_climbs_higher_and_the_best_overshoots(strength):
    steps = Steps(*PAIR)
    rho = density_between(steps, *PAIR)

    def cost(slopes):
        penalty = strength * (rho * (np.abs(slopes) - 1) ** 2) @ steps.width
        return penalty - steps.difference(slopes)

    best = -np.sign(steps.gap) * (1 + np.abs(steps.gap) / (2 * strength * rho))
    rng = np.random.default_rng(1)
    ends = [minimize(cost, rng.normal(size=3), tol=1e-12).fun for _ in range(20)]
    assert min(ends) == pytest.approx(cost(best), abs=1e-6)
    assert steps.difference(best) > steps.w1 + steps.w1**2 / (2 * strength)


@pytest.mark.parametrize("strength", [1.0, 10.0])
def test_of_two_points_the_wrong_sign_is_a_local_maximum_too(strength):
    """s Delta - lambda (|s| - 1)^2 at unit distance: 1 + 1/(2 lambda), and -(1 - 1/(2 lambda))."""
    s = np.linspace(-3, 3, 60001)
    gain = s - strength * (np.abs(s) - 1) ** 2
    tops = s[1:-1][(gain[1:-1] > gain[:-2]) & (gain[1:-1] > gain[2:])]
    np.testing.assert_allclose(tops, [-1 + 0.5 / strength, 1 + 0.5 / strength], atol=1e-3)


def test_with_an_atom_in_common_there_is_no_such_density():
    rng = np.random.default_rng(0)
    u, x, y = rng.uniform(size=20000), rng.integers(0, 2, 20000), 0.0
    assert np.mean(u * x + (1 - u) * y == 0) == pytest.approx(0.5, abs=0.02)


def test_the_excess_is_bounded_by_variances_and_by_nothing_else():
    """The integral of |F_p - F_q|^2/rho is at most E|x - y|^2, and infinite of some tails."""
    rng = np.random.default_rng(3)
    for n, k in ((1, 2), (3, 2), (5, 6)):
        pair = rng.normal(size=n), rng.dirichlet(np.ones(n)), rng.normal(size=k)
        pair = (*pair, rng.dirichlet(np.ones(k)))
        steps, rho = Steps(*pair), density_between(Steps(*pair), *pair)
        x, a, y, b = pair
        assert (steps.gap**2 / rho) @ steps.width <= a @ (x[:, None] - y) ** 2 @ b + 1e-12
    seen = []
    rho = quad(lambda t: 1.5 * t**-3.5, 2, np.inf)[0]  # of 3/2 x^-5/2 beyond 1, against 0
    assert rho == pytest.approx(0.6 * 2**-2.5)
    for stop in (1e2, 1e4, 1e6):  # |F_p - F_q| is c^-3/2 there
        c = np.geomspace(1, stop, 20001)
        seen.append(np.trapezoid(c**-3.0 / (0.6 * c**-2.5), c))
    assert seen[1] > 10 * seen[0] and seen[2] > 10 * seen[1]


def test_equal_distributions_are_a_case_of_equality():
    """|F_p - F_q| is then 0, which is a multiple of any density."""
    x, weights = np.linspace(-1, 1, 7), np.full(7, 1 / 7)
    steps = Steps(x, weights, x, weights)
    assert not steps.gap.any() and steps.w1 == 0
