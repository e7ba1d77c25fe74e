"""How long a step of the Dirac-GAN may be with R1: the interval, its ends, and what is outside."""

import numpy as np
import pytest
import sympy as sp
from says import says

from gan_lab.theory.two_numbers import jacobian_of_map, radius, step, trajectory

STEPS = (0.1, 0.5, 1.0, 2.0, 3.5)


def matrix(h, gamma, alternating):
    def moved(theta, psi):
        return step("minimax", (theta, psi, 0, 0), h, 0.0, gamma, alternating)[:2]

    return jacobian_of_map(moved, (0.0, 0.0))


@says(
    "Let both players of the Dirac-GAN make plain steps of the length $h > 0$, let $D$ "
    r"pay R1 of the strength $\gamma$, and let $\rho_s$ and $\rho_a$ be the largest moduli "
    "of the eigenvalues at $(0, 0)$ of a simultaneous and of an alternating step."
)
@pytest.mark.parametrize("h", STEPS)
def test_trace_and_determinant_are_those_of_the_proof(h):
    for gamma in (0.0, 0.3, 2.0):
        at_once, in_turns = (matrix(h, gamma, alternating) for alternating in (False, True))
        assert np.trace(at_once) == pytest.approx(2 - h * gamma)
        assert np.linalg.det(at_once) == pytest.approx(1 - h * gamma + h**2 / 4)
        assert np.trace(in_turns) == pytest.approx(2 - h * gamma - h**2 / 4)
        assert np.linalg.det(in_turns) == pytest.approx(1 - h * gamma)
        for one, alternating in ((at_once, False), (in_turns, True)):
            found = radius("minimax", h=h, gamma=gamma, alternating=alternating)
            assert found == pytest.approx(abs(np.linalg.eigvals(one)).max())


def inside(h, low, high, alternating):
    """Inside of the interval the modulus is below 1, and outside of it above."""
    for share in (0.01, 0.5, 0.99):
        gamma = low + share * (high - low)
        assert radius("minimax", h=h, gamma=gamma, alternating=alternating) < 1
    for gamma in (low - 0.01 * h, high + 0.01 * h):
        assert radius("minimax", h=h, gamma=gamma, alternating=alternating) > 1


@says(
    r"Then $\rho_s < 1$ if and only if $$ \frac{h}{4} < \gamma < \frac{2}{h} + \frac{h}{8} "
    ". $$"
)
@pytest.mark.parametrize("h", STEPS)
def test_at_once_the_interval_begins_at_a_quarter_of_the_step(h):
    inside(h, h / 4, 2 / h + h / 8, alternating=False)


@says(r"And $\rho_a < 1$ if and only if $$ 0 < \gamma < \frac{2}{h} - \frac{h}{8} . $$")
@pytest.mark.parametrize("h", STEPS)
def test_in_turns_any_weak_penalty_will_do(h):
    inside(h, 0.0, 2 / h - h / 8, alternating=True)


@pytest.mark.parametrize("alternating", [False, True])
def test_for_steps_of_four_or_more_no_strength_will_do(alternating):
    for gamma in np.linspace(0, 5, 101):
        assert radius("minimax", h=4.01, gamma=gamma, alternating=alternating) > 1


@pytest.mark.parametrize("alternating", [False, True])
def test_real_paths_from_near_do_what_the_eigenvalues_say(alternating):
    for gamma, comes_in in ((0.3, True), (3.9, True), (4.3, False)):
        points = trajectory(
            "minimax", (0.01, 0.01), 3000, h=0.5, gamma=gamma, alternating=alternating
        )
        end = np.hypot(*points[-1])
        assert end < 1e-4 if comes_in else end > 0.1


def test_the_best_strength_of_the_exercise():
    h, x = sp.symbols("h x", positive=True)
    trace, determinant = 2 - x - h**2 / 4, 1 - x
    at_best = {x: h - h**2 / 4}
    assert sp.expand((trace**2 - 4 * determinant).subs(at_best)) == 0
    assert sp.expand(determinant.subs(at_best) - (1 - h / 2) ** 2) == 0
    for step_length in (0.2, 0.4, 1.0):
        best = 1 - step_length / 4
        least = radius("minimax", h=step_length, gamma=best)
        assert least == pytest.approx(1 - step_length / 2, abs=1e-6)
        for gamma in np.linspace(0.1, 2, 50):
            assert radius("minimax", h=step_length, gamma=gamma) > least - 1e-6
