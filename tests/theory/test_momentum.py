"""In the game of two numbers only negative momentum, and only in turns, brings the players in."""

import numpy as np
import pytest
from says import says

from gan_lab.theory.two_numbers import eigenvalues, radius, trajectory

BETAS = (-0.95, -0.5, -0.1, 0.1, 0.5, 0.95)
STEPS = (0.05, 0.3, 1.0, 1.9, 4.0)


def polynomial(h, beta, alternating):
    """(x - 1)^2 (x - beta)^2 + h^2 x^2, or x^3 in turns, of which the eigenvalues are the roots."""
    square = np.polymul(*[np.poly([1, beta])] * 2)
    return np.polyadd(square, h**2 * np.array([1, 0, 0, 0] if alternating else [1, 0, 0]))


@says(
    r"Let $h > 0$ and $|\beta| < 1$, let both players of the game of two numbers have the "
    r"momentum $\beta$, and let $\rho$ be the largest modulus of the eigenvalues of a "
    "step."
)
@pytest.mark.parametrize("alternating", [False, True])
@pytest.mark.parametrize("beta", BETAS)
def test_the_eigenvalues_are_the_roots_of_the_proofs_polynomial(beta, alternating):
    for h in STEPS:
        found = eigenvalues("bilinear", h=h, beta=beta, alternating=alternating)
        assert len(found) == 4 and h > 0 and abs(beta) < 1
        # by coefficients, since roots that lie close to each other lose digits
        np.testing.assert_allclose(
            np.poly(found), polynomial(h, beta, alternating), rtol=1e-11, atol=1e-11
        )
        assert radius("bilinear", h=h, beta=beta, alternating=alternating) == abs(found).max()


@says(r"With *simultaneous* steps $\rho > 1$.")
@pytest.mark.parametrize("beta", [*BETAS, 0.0])
def test_at_once_the_players_leave_with_any_momentum(beta):
    for h in STEPS:
        assert radius("bilinear", h=h, beta=beta, alternating=False) > 1
    points = trajectory("bilinear", (1, 0), 100_000, h=0.2, beta=beta, alternating=False)
    assert np.hypot(*points[-1]) > 1000


@says(r"With *alternating* ones $\rho < 1$ if $\beta < 0$ and $h < 2(1 + \beta)$.")
@pytest.mark.parametrize("beta", [-0.95, -0.5, -0.1])
def test_in_turns_a_negative_momentum_brings_them_in_up_to_a_step(beta):
    border = 2 * (1 + beta)
    for share in (0.2, 0.5, 0.9, 0.999):
        assert radius("bilinear", h=share * border, beta=beta) < 1
    assert radius("bilinear", h=1.001 * border, beta=beta) > 1
    assert min(abs(np.roots(polynomial(border, beta, True)) + 1)) < 1e-6
    assert np.hypot(*trajectory("bilinear", (1, 0), 20_000, h=0.5 * border, beta=beta)[-1]) < 0.02


@says(r"With *alternating* ones $\rho > 1$ if $\beta > 0$.")
@pytest.mark.parametrize("beta", [0.1, 0.5, 0.95])
def test_in_turns_a_positive_one_drives_them_out(beta):
    for h in STEPS:
        assert radius("bilinear", h=h, beta=beta) > 1
    assert np.hypot(*trajectory("bilinear", (1, 0), 100_000, h=0.2, beta=beta)[-1]) > 1000


@pytest.mark.parametrize("beta", [-0.5, 0.3])
def test_for_short_steps_the_growth_is_that_of_the_proof(beta):
    h = 1e-3
    growth = (radius("bilinear", h=h, beta=beta) ** 2 - 1) / h**2
    assert growth == pytest.approx(2 * beta / (1 - beta) ** 3, rel=1e-3)


def test_without_momentum_in_turns_the_modulus_is_1():
    for h in (0.1, 1.0, 1.9):
        assert radius("bilinear", h=h) == pytest.approx(1, abs=1e-12)
