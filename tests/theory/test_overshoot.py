"""A penalty of the slope tames it with small steps and throws it out with large ones."""

from itertools import product

import numpy as np
import pytest
from says import says

from gan_lab.theory.proofs.overshoot import stepped

B = 2.0
SLOW = [(0.1, 0.5), (0.5, 2.0), (1.0, 1.5), (0.3, 6.6), (1e-3, 1.0)]
FAST = [(0.1, 21.0), (1.0, 2.5), (0.5, 10.0), (3.0, 1.0)]
ENDS = np.array([-B, 0.0, B])
BIASES = (-50.0, -1.0, 0.0, 1.0, 50.0)


def softplus(s):
    above = s.real > 0
    return np.where(above, s, 0) + np.log1p(np.exp(np.where(above, -s, s)))


def loss(psi, b, x, y, gamma):
    """Cross entropy of the logit psi x + b for data x and samples y, and R1's half gamma psi^2."""
    entropy = softplus(-(psi * x + b)).mean(axis=0) + softplus(psi * y + b).mean(axis=0)
    return entropy + gamma / 2 * psi**2


def step(psi, b, x, y, h, gamma):
    """Down the slope of the loss, which is taken with an imaginary step."""
    return psi - h * loss(psi + 1e-20j, b, x, y, gamma).imag / 1e-20


def all_steps(psi, h, gamma):
    """Wherever one datum and one sample may lie, and whatever else D may be."""
    x, y, b = np.array(list(product(ENDS, ENDS, BIASES))).T
    return step(psi, b, x[None], y[None], h, gamma)


@says(
    r"Let $D$ have the logit $\psi x + b$ and make plain steps of the length $h > 0$ down its "
    r"cross entropy and R1 of the strength $\gamma > 0$, and let $|x| \le B$ for all data and "
    r"samples."
)
def test_data_and_samples_within_b_pull_at_the_slope_by_2_b_at_most():
    rng = np.random.default_rng(4)
    for h, gamma in SLOW + FAST:
        assert h > 0 and gamma > 0
        for _ in range(10):
            x, y = rng.uniform(-B, B, (2, 16))
            psi, b = rng.normal(0, 3), rng.normal()
            pull = (step(psi, b, x, y, h, gamma) - psi) / h + gamma * psi
            assert abs(pull) <= 2 * B
            wide = (step(psi, b, 3 * x, 3 * y, h, gamma) - psi) / h + gamma * psi
            assert abs(wide) <= 6 * B
    worst = step(-20, 0, np.array([B]), np.array([-B]), 1, 1e-9) + 20
    assert worst == pytest.approx(2 * B, abs=1e-6)


@says(
    r"Whatever $G$ does, a step takes $\psi$ to a $\psi'$ with $$ |\psi'| \le |1 - h\gamma|\, "
    r"|\psi| + 2hB . $$"
)
@pytest.mark.parametrize(("h", "gamma"), SLOW + FAST)
def test_no_samples_that_g_may_make_take_the_slope_further(h, gamma):
    for psi in (-30.0, -1.0, 0.0, 0.2, 10.0):
        most = abs(1 - h * gamma) * abs(psi) + 2 * h * B
        assert np.abs(all_steps(psi, h, gamma)).max() <= most * (1 + 1e-12)


@says(r"So if $h\gamma < 2$, then $|\psi|$ stays bounded.")
@pytest.mark.parametrize(("h", "gamma"), SLOW)
def test_with_small_steps_the_slope_stays_bounded_whoever_pulls(h, gamma):
    assert h * gamma < 2
    bound = 2 * h * B / (1 - abs(1 - h * gamma))
    for psi in (0.0, 3.0, -100.0):
        most = max(abs(psi), bound)
        for _ in range(60):
            worst = all_steps(psi, h, gamma)
            psi = worst[np.argmax(np.abs(worst))]
            assert abs(psi) <= most * (1 + 1e-12)


@says(
    r"If $h\gamma > 2$, let $c = \frac{hB}{h\gamma - 2}$: then $$ |\psi'| - c \ge (h\gamma - "
    r"1)(|\psi| - c) , $$ so that $|\psi|$ grows geometrically, without end, as soon as it is "
    "larger than $c$."
)
@pytest.mark.parametrize(("h", "gamma"), FAST)
def test_with_large_steps_a_slope_above_c_grows_without_end_whoever_pulls(h, gamma):
    assert h * gamma > 2
    c = h * B / (h * gamma - 2)
    for psi in (1.01 * c, -2 * c, 0.5 * c, 0.0):
        reached = np.abs(all_steps(psi, h, gamma))
        assert np.all(reached - c >= (h * gamma - 1) * (abs(psi) - c) - 1e-12 * (c + abs(psi)))
    psi = 1.01 * c
    for n in range(1, 151):
        least = all_steps(psi, h, gamma)
        psi = least[np.argmin(np.abs(least))]
        assert abs(psi) - c >= 0.999 * (h * gamma - 1) ** n * 0.01 * c
    assert abs(psi) > 1000 * c


def test_at_c_itself_the_slope_may_be_held():
    h, gamma = 1.0, 2.5
    c = psi = h * B / (h * gamma - 2)
    for _ in range(20):
        side = np.array([np.sign(psi) * B])
        psi = step(psi, -50.0, side, side, h, gamma)
        assert abs(psi) == pytest.approx(c, rel=1e-9)


def test_data_without_a_bound_break_it():
    new = step(0.0, 0.0, np.array([10 * B]), np.array([-10 * B]), 1.0, 1.0)
    assert abs(new) > 2 * B


def test_the_witness_steps_down_the_slope_of_the_loss():
    rng = np.random.default_rng(5)
    for h, gamma in SLOW + FAST:
        x, y = rng.uniform(-B, B, (2, 16))
        psi, b = rng.normal(size=2)
        assert stepped(psi, b, x, y, h, gamma) == pytest.approx(step(psi, b, x, y, h, gamma))
