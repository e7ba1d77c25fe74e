"""Where the eigenvalues are silent: minimax circles, non-saturating comes in, and slowly."""

import numpy as np
import pytest
from says import says
from scipy.integrate import solve_ivp

from gan_lab.theory.two_numbers import radius, trajectory, velocity

STARTS = [(1.0, 1.0), (2.0, -0.5), (0.3, 0.0)]


def flow(game, start, until):
    """(theta, psi) along the field, at 400 times."""
    times = np.linspace(0, until, 400)
    return solve_ivp(
        lambda t, y: velocity(game, *y), (0, until), start, t_eval=times, rtol=1e-10, atol=1e-12
    ).y


@says(
    "Let both players of the Dirac-GAN move along the field, without a penalty; let $s$ "
    "be the logit at the sample, $D$ the output there, and $r$ the distance from $(0, "
    "0)$."
)
@pytest.mark.parametrize("game", ["minimax", "non-saturating"])
def test_both_losses_have_the_same_eigenvalues_on_the_unit_circle(game):
    for h in (0.1, 0.5, 1.0):
        assert radius(game, h=h) == pytest.approx(1, abs=1e-12)
        at_once = radius(game, h=h, alternating=False)
        assert at_once == pytest.approx((1 + h**2 / 4) ** 0.5)


@says("With the minimax loss $$ (r^2)' = 0 . $$")
@pytest.mark.parametrize("start", STARTS)
def test_with_the_minimax_loss_every_path_is_a_circle(start):
    radii = np.hypot(*flow("minimax", start, 100))
    np.testing.assert_allclose(radii, np.hypot(*start), rtol=1e-7)


@says(
    r"With the non-saturating loss $$ (r^2)' = 2 s\, (1 - 2 D) \le 0 , $$ with equality "
    "only where $s$ is 0."
)
@pytest.mark.parametrize("start", STARTS)
def test_with_the_non_saturating_loss_the_distance_never_grows(start):
    radii = np.hypot(*flow("non-saturating", start, 100))
    assert np.diff(radii).max() < 1e-9 and radii[-1] < radii[0]
    theta, psi = np.random.default_rng(0).normal(size=(2, 100)) * 2
    a, b = velocity("non-saturating", theta, psi)
    s = theta * psi
    np.testing.assert_allclose(2 * (theta * a + psi * b), -2 * s * np.tanh(s / 2), atol=1e-12)


def test_it_comes_in_like_the_root_of_eight_over_t():
    theta, psi = flow("non-saturating", (1.0, 1.0), 4000)
    assert np.hypot(theta[-1], psi[-1]) == pytest.approx((8 / 4000) ** 0.5, rel=0.05)


def test_simultaneous_steps_end_on_a_cycle():
    for h in (0.02, 0.2):
        points = trajectory("non-saturating", (1, 1), 60_000, h=h, alternating=False)
        mean = np.hypot(*points[-2000:].T).mean()
        assert mean == pytest.approx((2 * h) ** 0.5, rel=0.02)


def test_the_same_step_comes_in_from_near_and_leaves_from_afar():
    step = {"h": 1.9, "gamma": 1.0, "alternating": False}
    assert radius("minimax", **step) < 0.1
    assert np.hypot(*trajectory("minimax", (0.1, 0.1), 300, **step)[-1]) < 1e-9
    assert np.hypot(*trajectory("minimax", (1, 1), 300, **step)[-1]) > 1000


def test_what_is_no_game_and_no_number_is_refused():
    with pytest.raises(ValueError, match="game is one of bilinear, minimax, non-saturating"):
        trajectory("chess", (1, 1), 10, h=0.1)
    with pytest.raises(ValueError, match="h must be a number, not nan"):
        radius("minimax", h=float("nan"))
    with pytest.raises(ValueError, match="theta must be a number, not 'one'"):
        trajectory("minimax", ("one", 1), 10, h=0.1)
