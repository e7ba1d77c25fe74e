"""Paths of a velocity on the line keep their order; so a flow is the one increasing map."""

import numpy as np
from says import says
from scipy.integrate import solve_ivp

from gan_lab.theory import gaussian, mixture
from gan_lab.theory.flows import euler_map, straight_velocity

DATA = mixture([gaussian(-1, 0.4), gaussian(1, 0.4)])
Z = np.linspace(-2.5, 2.5, 41)


@says(
    r"Let $v(x, t)$ be a velocity on the line, continuous in $t$ and Lipschitz in $x$ with the "
    r"constant $L$ for all $t$ from 0 to 1.",
    r"Let $x_t$ and $y_t$ follow it, and let $y_0$ lie above $x_0$.",
    r"Then $$ y_1 - x_1 \ge \exp(-L) (y_0 - x_0) , $$ so the map from start to end increases.",
)
def test_neighbours_stay_in_order_and_as_far_apart_as_the_bound_says():
    velocity, x = straight_velocity(DATA), np.linspace(-6, 6, 1201)
    L = max(np.abs(np.gradient(velocity(x, t), x)).max() for t in np.linspace(0, 1, 101))
    path = solve_ivp(lambda t, x: velocity(x, t), (0, 1), Z, rtol=1e-10, atol=1e-10)
    apart = np.diff(path.y[:, -1])
    assert (apart >= np.exp(-1.01 * L) * np.diff(Z)).all()
    assert (np.diff(path.y, axis=0) > 0).all()


def test_the_exact_flow_ends_in_the_map_by_quantiles():
    """An increasing map that carries N(0, 1) to the data can only be this one."""
    path = solve_ivp(lambda t, x: straight_velocity(DATA)(x, t), (0, 1), Z, rtol=1e-10, atol=1e-10)
    by_quantiles = DATA.ppf(gaussian(0, 1).cdf(Z))
    assert np.abs(path.y[:, -1] - by_quantiles).max() < 1e-6
    assert np.abs(euler_map(straight_velocity(DATA), 4000)(Z) - by_quantiles).max() < 0.01


def test_without_a_lipschitz_constant_paths_meet():
    G = euler_map(lambda x, t: -2 * np.sign(x) * np.sqrt(np.abs(x)), 20000)
    assert np.abs(G(np.array([-0.9, -0.2, 0.3, 0.8]))).max() < 1e-3
