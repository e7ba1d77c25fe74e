"""Derivations: a step that sympy cannot confirm cannot be made."""

import numpy as np
import pytest
import sympy as sp
from says import said_in, says, words
from scipy import integrate, special

from gan_lab.theory import C, V, gaussian, js, mixture
from gan_lab.theory.proofs.derivations import (
    Step,
    a,
    b,
    bounds_of_jsd,
    holds,
    minimum_of_C,
    optimal_discriminator,
    tangent_of_log,
    typeset,
    y,
)

DERIVATIONS = (optimal_discriminator, minimum_of_C, tangent_of_log, bounds_of_jsd)
each_derivation = pytest.mark.parametrize("derive", DERIVATIONS)


@each_derivation
def test_a_derivation_prints_each_step_as_words_and_as_maths(derive):
    steps = derive()
    text = steps._repr_markdown_()
    assert text.count("$$") == 2 * len(steps)
    for step in steps:
        assert step.words in text and step.words in str(steps)
        assert all(sp.latex(side) in text for side in step.equation.args)


def test_a_long_equation_is_broken_at_its_sign():
    pages = [typeset(step.equation) for step in optimal_discriminator()]
    assert [r"\\ &\quad =" in page for page in pages] == [False] * 5 + [True]
    assert pages[0] == sp.latex(optimal_discriminator()[0].equation)


@each_derivation
def test_each_step_holds_in_numbers_too(derive):
    for step in derive():
        free = step.equation.free_symbols
        free = free.union(*(sp.sympify(value).free_symbols for _, value in step.given))
        places = {s: sp.Rational(2, 7) for s in free} | {a: 2, b: sp.Rational(3, 5)}
        left, right = (side.doit().subs(step.given).subs(places) for side in step.equation.args)
        if isinstance(step.equation, sp.Equality):
            assert abs(sp.N(left - right, 30)) < 1e-25
        else:
            assert sp.N(left) < sp.N(right)


@pytest.mark.parametrize(
    "claim",
    [
        sp.Eq(y, b / (a + b), evaluate=False),
        sp.Eq(sp.log(a) - sp.log(b), sp.log(a * b), evaluate=False),
        sp.Lt(a, b, evaluate=False),
        sp.false,
    ],
)
def test_a_false_step_cannot_be_made(claim):
    with pytest.raises(ValueError, match="is not true"):
        Step("A false step", claim)


def test_what_may_be_equal_is_not_strictly_less():
    x = sp.Symbol("x", nonnegative=True)
    assert holds(sp.Le(0, x**2, evaluate=False)) and not holds(sp.Lt(0, x**2, evaluate=False))


def test_a_step_needs_an_equation():
    with pytest.raises(ValueError, match="must come from sympy"):
        Step("Words alone", "a = b")


# What the words of each step say, in numbers.

P, Q = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0.7, 1.1)
X = np.linspace(-9, 9, 20_001)
JUMP = (X[11_111] + X[11_112]) / 2
REAL, FAKE = P.pdf(X), Q.pdf(X)
Y = np.linspace(0.005, 0.995, 199)
T = np.geomspace(1e-3, 1e3, 600)
LOG_2, LOG_4 = np.log(2), np.log(4)
WEIGHTS = [(1, 1), (1, 3), (5, 2), (1e-2, 7), (40, 0.3)]
weights = pytest.mark.parametrize(("a", "b"), WEIGHTS)


def v(y, a, b):
    return a * np.log(y) + b * np.log(1 - y)


def excess(a, b):
    """Twice the integrand of the JSD."""
    m = (a + b) / 2
    return special.rel_entr(a, m) + special.rel_entr(b, m)


def slope_of(f, at):
    """By a step in the imaginary direction."""
    return f(at + 1e-30j).imag / 1e-30


def gap(t):
    return -np.log(t) - (1 - t)


def over_x(values) -> float:
    return integrate.trapezoid(values, X)


@says(
    r"$V(G, D)$ is an integral over $x$ of $a \log y + b \log(1 - y)$, where $a = "
    r"p_{data}(x)$, $b = p_G(x)$ and $y = D(x)$ can be chosen at each $x$ apart. Its "
    "slope in $y$ is"
)
def test_v_is_an_integral_of_what_each_x_earns_apart():
    for D in (np.zeros_like, np.tanh, lambda x: np.where(x > JUMP, 1.0, -0.5)):
        heads = special.expit(D(X))
        value = V(D, P, Q, panels=[JUMP]).value
        assert over_x(v(heads, REAL, FAKE)) == pytest.approx(value, abs=1e-7)
    for real, fake in WEIGHTS:
        slope = slope_of(lambda y, a=real, b=fake: v(y, a, b), Y)
        np.testing.assert_allclose(slope, real / Y - fake / (1 - Y), rtol=1e-12)


@says("and over one denominator")
@weights
def test_the_slope_is_one_fraction(a, b):
    slope = slope_of(lambda y: v(y, a, b), Y)
    np.testing.assert_allclose(slope * Y * (1 - Y), a - (a + b) * Y, atol=1e-12 * (a + b))


@says("which vanishes at one $y$ only, a ratio of the two densities")
@weights
def test_the_slope_changes_its_sign_once_at_the_ratio(a, b):
    y = np.linspace(0, 1, 10_002)[1:-1]
    positive = slope_of(lambda y: v(y, a, b), y) > 0
    assert np.abs(np.diff(positive)).sum() == 1
    assert positive.mean() == pytest.approx(a / (a + b), abs=2e-4)


@says("It is a maximum, the only one, because the curve bends down everywhere between 0 and 1")
@weights
def test_all_second_differences_are_negative_and_one_place_is_highest(a, b):
    assert np.all(np.diff(v(Y, a, b), 2) < 0)
    top = a / (a + b)
    others = Y[np.abs(Y - top) > 1e-6]
    assert np.all(v(others, a, b) < v(top, a, b))


@says(
    "In logits, which do not round, the best discriminator is the log of the ratio of the densities"
)
def test_the_best_logit_tells_apart_what_the_best_discriminator_rounds_to_1():
    for real, fake in WEIGHTS:
        logit = special.logit(real / (real + fake))
        assert logit == pytest.approx(np.log(real) - np.log(fake), rel=1e-12)
    assert 1e20 / (1e20 + 1) == 1e25 / (1e25 + 1) == 1
    assert np.log(1e25) - np.log(1e20) == pytest.approx(5 * np.log(10))


@says(
    "What any other $y$ loses is $a + b$ times a KL divergence between two coins, so it is "
    "never negative"
)
@weights
def test_what_another_y_loses_is_never_negative_and_that_of_two_coins(a, b):
    best = a / (a + b)
    coins = special.rel_entr(best, Y) + special.rel_entr(1 - best, 1 - Y)
    lost = v(best, a, b) - v(Y, a, b)
    assert np.all(lost >= -1e-14 * (a + b))
    np.testing.assert_allclose(lost, (a + b) * coins, atol=1e-12 * (a + b))


@says(
    "With the best discriminator $1 - D^*$ is the other density's share, so that $C(G)$ is "
    "the integral over $x$ of the right side"
)
def test_c_is_an_integral_of_the_logarithms_of_both_shares():
    best = REAL / (REAL + FAKE)
    np.testing.assert_allclose(1 - best, FAKE / (REAL + FAKE), atol=1e-15)
    shares = special.xlogy(REAL, best) + special.xlogy(FAKE, FAKE / (REAL + FAKE))
    assert over_x(shares) == pytest.approx(C(P, Q).value, abs=1e-9)


@says(
    "Dividing both logarithms' denominators by 2 makes them compare each density with the "
    r"average of the two, and costs $\log 2$ for each unit of probability"
)
@weights
def test_halved_denominators_cost_log_2_for_each_unit(a, b):
    m = (a + b) / 2
    halved = a * np.log(a / m) + b * np.log(b / m)
    whole = a * np.log(a / (a + b)) + b * np.log(b / (a + b))
    assert halved - whole == pytest.approx((a + b) * LOG_2, rel=1e-12)


@says("The two densities integrate to 1 each, so that the last term comes to")
def test_two_units_of_probability_cost_log_4():
    assert over_x(REAL) == pytest.approx(1, abs=1e-12)
    assert over_x((REAL + FAKE) * LOG_2) == pytest.approx(LOG_4, abs=1e-12)


@says(
    r"and therefore $C(G) = 2\,\mathrm{JSD}(p_{data}, p_G) - \log 4$. Where the densities "
    "agree, the integrand of the JSD vanishes"
)
def test_c_is_twice_the_jsd_less_log_4_and_equal_densities_add_nothing():
    assert over_x(excess(REAL, FAKE)) == pytest.approx(2 * js(P, Q).value, abs=1e-9)
    assert C(P, Q).value == pytest.approx(2 * js(P, Q).value - LOG_4, abs=1e-12)
    assert np.array_equal(excess(REAL, REAL), np.zeros(len(X)))


@says(
    "and so does its slope in $b$",
    "at $b = a$",
)
@weights
def test_where_the_densities_agree_the_slope_vanishes(a, b):
    def along_b(b):
        return a * np.log(2 * a / (a + b)) + b * np.log(2 * b / (a + b))

    assert slope_of(along_b, b) == pytest.approx(np.log(2 * b / (a + b)), abs=1e-12)
    assert abs(slope_of(along_b, a)) < 1e-14 < abs(slope_of(along_b, 1.1 * a))


@says(
    r"while it bends up (or, where $a$ is 0, rises as $b \log 2$), so that it is positive wherever "
    r"$b \ne a$ and $C(G) = -\log 4$ exactly when $p_G = p_{data}$",
    "because",
)
def test_it_bends_up_and_is_positive_wherever_the_densities_differ():
    b = np.linspace(0.01, 8, 800)
    for real in (0.05, 1.0, 5.0):
        bend = np.diff(excess(real, b), 2) / 0.01**2
        assert np.all(bend > 0)
        np.testing.assert_allclose(bend[50:], (real / (b * (real + b)))[51:-1], rtol=1e-3)
        assert np.all(excess(real, b)[np.abs(b - real) > 1e-6] > 0)
    np.testing.assert_allclose(excess(1e-300, b), b * np.log(2))
    assert C(P, Q).value > -LOG_4 + 0.1
    assert abs(C(P, P).value + LOG_4) < 1e-12


@says("At that minimum the value of the game is")
def test_at_the_minimum_the_game_is_worth_minus_log_4():
    assert v(0.5, 1, 1) == pytest.approx(-LOG_4, rel=1e-15)
    assert V(np.zeros_like, P, P).value == pytest.approx(-LOG_4, abs=1e-12)


@says("The gap between the two sides has the slope")
def test_the_gap_of_the_logarithm_to_its_tangent_has_this_slope():
    np.testing.assert_allclose(slope_of(gap, T), 1 - 1 / T, atol=1e-12)


@says(
    "which vanishes at one $t$ only",
    "where the gap is",
)
def test_the_slope_of_the_gap_changes_its_sign_once_where_the_gap_is_0():
    (last,) = np.flatnonzero(np.diff(slope_of(gap, T) > 0))
    assert T[last] < 1 < T[last + 1]
    assert slope_of(gap, 1.0) == gap(1.0) == 0


@says("and everywhere else it is larger, because it bends up")
def test_the_gap_bends_up_and_is_positive_elsewhere():
    even = np.linspace(0.01, 20, 2000)
    assert np.all(np.diff(gap(even), 2) > 0)
    assert np.all(gap(T[np.abs(T - 1) > 1e-6]) > 0)


@says(r"Against the average of both, the logarithm of a density is below $\log 2$ by")
@weights
def test_the_logarithm_against_the_average_stays_below_log_2(a, b):
    lacks = LOG_2 - np.log(a / ((a + b) / 2))
    assert lacks == pytest.approx(np.log1p(b / a), rel=1e-12)


@says("which is positive wherever $b$ is, and 0 where $b$ is 0")
def test_what_it_lacks_is_positive_wherever_the_other_density_is():
    a = np.geomspace(1e-3, 1e3, 13)[:, None]
    b = np.array([0, 1e-12, 1e-3, 1, 1e3])
    lacks = np.log1p(b / a)
    assert np.array_equal(lacks > 0, np.broadcast_to(b > 0, lacks.shape))
    assert np.array_equal(lacks[:, 0], np.zeros(13))


def test_the_words_of_every_step_are_held():
    steps = [words(step.words) for derive in DERIVATIONS for step in derive()]
    assert said_in("test_derivations") == steps
