"""What Euler's method makes of the exact velocity: order is kept, and one step is a mean."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import gaussian, mixture
from gan_lab.theory.flows import euler_jsd, euler_map, straight_velocity

TWO = mixture([gaussian(-1, 0.4), gaussian(1, 0.4)])
UNEVEN = mixture([gaussian(-2, 1), gaussian(1, 0.2)], [0.3, 0.7])
DATA = {"one": gaussian(3, 0.5), "two": TWO, "uneven": UNEVEN}


@says(
    r"Let $z$ be drawn from $N(0, 1)$ and $x$, independent of it, from data with a finite mean "
    r"square; let $x_t$ be $(1 - t) z + t x$ and $v(y, t)$ the mean of $x - z$ given that $x_t$ is "
    r"$y$."
)
@pytest.mark.parametrize("name", DATA)
def test_the_velocity_is_the_mean_of_x_minus_z_near_y(name):
    rng, n = np.random.default_rng(0), 400_000
    x, z = DATA[name].sample(n, rng), rng.normal(size=n)
    for t in (0.2, 0.6):
        at = (1 - t) * z + t * x
        y = np.quantile(at, 0.3)
        near = np.abs(at - y) < 0.02
        seen = (x - z)[near]
        room = 4 * seen.std() / np.sqrt(near.sum()) + 0.02 * 2
        assert abs(seen.mean() - straight_velocity(DATA[name])(y, t)) < room


@says(
    r"With $m(y, t)$ and $\mathrm{Var}$ the mean and the variance of $x$ given that $x_t$ is $y$, "
    r"and $S$ the slope in $y$ of a step of the length $h$ from $y$ at the time $t$, $$ "
    r"\begin{aligned} y + (1 - t) v(y, t) & = m(y, t) , \\ S & = 1 - \frac{h}{1 - t} + "
    r"\frac{h t}{(1 - t)^3} \mathrm{Var} . \end{aligned} $$"
)
@pytest.mark.parametrize("t", [0.1, 0.5, 0.8])
def test_mean_and_slope_by_quadrature(t):
    x, y, h = np.linspace(-8, 8, 20001), 0.37, 0.15
    weight = TWO.pdf(x) * np.exp(-0.5 * ((y - t * x) / (1 - t)) ** 2)
    weight /= weight.sum()
    mean = weight @ x
    var = weight @ (x - mean) ** 2
    v = straight_velocity(TWO)
    assert y + (1 - t) * v(y, t) == pytest.approx(mean, abs=1e-9)
    e = 1e-5
    slope = 1 + h * (v(y + e, t) - v(y - e, t)) / (2 * e)
    assert slope == pytest.approx(1 - h / (1 - t) + h * t / (1 - t) ** 3 * var, abs=1e-7)


@says(
    r"So no step that ends by time 1 turns the order of two points round, and a single one from "
    r"time 0 takes every $z$ to the mean of the data."
)
@pytest.mark.parametrize("name", DATA)
def test_steps_keep_the_order_and_one_is_the_mean(name):
    z, velocity = np.linspace(-5, 5, 2001), straight_velocity(DATA[name])
    for steps in (2, 3, 5, 17):
        assert (np.diff(euler_map(velocity, steps)(z)) > 0).all()
    assert np.abs(euler_map(velocity, 1)(z) - DATA[name].mean).max() < 1e-12
    assert euler_jsd(DATA[name], 1) == pytest.approx(np.log(2), abs=1e-12)


def test_more_steps_come_nearer():
    found = [euler_jsd(TWO, n) for n in (1, 2, 4, 8, 16, 32)]
    assert found == sorted(found, reverse=True) and found[-1] < 0.02


def test_what_is_no_mixture_is_refused():
    from gan_lab.theory import uniform

    with pytest.raises(ValueError, match=r"^data must be a Gaussian or a mixture of Gaussians, "):
        straight_velocity(uniform(0, 1))
