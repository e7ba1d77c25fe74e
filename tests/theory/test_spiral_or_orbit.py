"""The game of two numbers: simultaneous steps spiral out, alternating ones stay on an ellipse."""

from fractions import Fraction

import numpy as np
import pytest
import sympy as sp
from says import says

STEPS = [Fraction(1, 100), Fraction(1, 3), Fraction(1), Fraction(19, 10)]
STARTS = [(Fraction(1), Fraction(0)), (Fraction(-2, 7), Fraction(3, 5)), (Fraction(5), Fraction(5))]
each_step = pytest.mark.parametrize("h", STEPS)


def together(theta, psi, h):
    return theta - h * psi, psi + h * theta


def in_turns(theta, psi, h):
    psi = psi + h * theta
    return theta - h * psi, psi


def Q(theta, psi, h):
    return theta**2 + h * theta * psi + psi**2


@says(
    r"*Simultaneous* steps, $$ \begin{aligned} \theta' & = \theta - h\psi , \\ \psi' & = "
    r"\psi + h\theta , \end{aligned} $$ multiply the squared distance from the saddle by the "
    r"same number at every step: $$ \theta'^2 + \psi'^2 = (1 + h^2)(\theta^2 + \psi^2) . $$"
)
@each_step
def test_a_simultaneous_step_multiplies_by_1_plus_ih_in_the_complex_plane(h):
    for theta, psi in STARTS:
        start = theta**2 + psi**2
        at = complex(theta, psi)
        for n in range(1, 25):
            theta, psi = together(theta, psi, h)
            at *= 1 + 1j * float(h)
            assert theta**2 + psi**2 == (1 + h**2) ** n * start
            assert complex(theta, psi) == pytest.approx(at, rel=1e-12)


@says(
    r"*Alternating* ones, $D$ first, $$ \begin{aligned} \psi' & = \psi + h\theta , \\ \theta' "
    r"& = \theta - h\psi' , \end{aligned} $$ never change $Q$: $$ \begin{aligned} Q(\theta', "
    r"\psi') & = Q(\theta, \psi) \\ & = \theta^2 + h\,\theta\psi + \psi^2 . \end{aligned} $$"
)
@each_step
def test_alternating_steps_never_change_q_while_the_distance_changes(h):
    for theta, psi in STARTS:
        start, distances = Q(theta, psi, h), {theta**2 + psi**2}
        for _ in range(25):
            theta, psi = in_turns(theta, psi, h)
            assert Q(theta, psi, h) == start
            distances.add(theta**2 + psi**2)
        assert len(distances) > 1


@says(
    r"For $0 < h < 2$ the points with the same positive $Q$ are an ellipse: $$ \begin{aligned} & "
    r"(1 - h/2)(\theta^2 + \psi^2) \\ & \quad \le Q(\theta, \psi) \\ & \quad \le (1 + "
    r"h/2)(\theta^2 + \psi^2) . \end{aligned} $$"
)
@each_step
def test_where_q_is_the_same_is_an_ellipse_between_two_circles(h):
    H = sp.Rational(h.numerator, h.denominator)
    form = sp.Matrix([[1, H / 2], [H / 2, 1]])
    assert set(form.eigenvals()) == {1 - H / 2, 1 + H / 2} and form.is_positive_definite
    h, turn = float(h), np.linspace(0, 2 * np.pi, 721)
    long, short = np.cos(turn) / np.sqrt(1 - h / 2), np.sin(turn) / np.sqrt(1 + h / 2)
    theta, psi = (short + long) / np.sqrt(2), (short - long) / np.sqrt(2)
    np.testing.assert_allclose(Q(theta, psi, h), 1, rtol=1e-12)
    distance = theta**2 + psi**2
    assert distance.max() == pytest.approx(1 / (1 - h / 2), rel=1e-12)
    assert distance.min() == pytest.approx(1 / (1 + h / 2), rel=1e-12)
    at = theta[0], psi[0]
    for _ in range(2000):
        at = in_turns(*at, h)
        assert distance.min() * (1 - 1e-9) <= at[0] ** 2 + at[1] ** 2 <= distance.max() * (1 + 1e-9)


@pytest.mark.parametrize("h", [2.0, 2.1, 5.0])
def test_from_a_step_of_2_on_it_is_no_ellipse_and_the_players_leave(h):
    assert not sp.Matrix([[1, h / 2], [h / 2, 1]]).is_positive_definite
    at = 1.0, 0.0
    for _ in range(100):
        at = in_turns(*at, h)
    assert np.hypot(*at) > 50


def test_with_g_first_the_tilt_of_the_ellipse_is_the_other_one():
    theta, psi, h = Fraction(1), Fraction(1, 2), Fraction(1, 3)
    start = Q(theta, psi, -h)
    theta -= h * psi
    psi += h * theta
    assert Q(theta, psi, -h) == start != Q(theta, psi, h)
