"""The best critic under a gradient penalty, by brute force over its slopes."""

import numpy as np
import pytest
from says import says
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
    r"Let $p$ and $q$ be distributions on the line with means, $\lambda$ positive, and $\rho$ "
    r"the density of $ux + (1 - u)y$ with $x \sim p$, $y \sim q$ and $u$ uniform on $[0, 1]$, "
    r"all independent."
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
    r"with equality if and only if $\rho$ is a multiple of $|F_p - F_q|$."
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
