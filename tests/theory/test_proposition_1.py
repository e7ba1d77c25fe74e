"""Proposition 1: for a fixed G the best discriminator is p_data / (p_data + p_g)."""

from itertools import product

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import special

from gan_lab.theory import C, V, gaussian, mixture, optimal_logit, pmf, uniform

P, Q = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0.7, 1.1)


def on_points(p, q, D):
    """V for masses p and q, and a row of discriminators for each point."""
    return (special.xlogy(p, D) + special.xlog1py(q, -D)).sum(axis=-1)


@says(
    r"For a fixed generator $G$, $V(G, D) \le V(G, D^*)$ for every $D$, where $$ D^*(x) = "
    r"\frac{p_{data}(x)}{p_{data}(x) + p_G(x)} $$ wherever the denominator is positive."
)
def test_the_ratio_of_p_data_to_the_sum_earns_the_most_of_all_discriminators():
    p, q = np.array([0.1, 0.6, 0.3, 0.0]), np.array([0.4, 0.4, 0.0, 0.2])
    every = np.array(list(product(np.arange(11) / 10, repeat=4)))
    earned = on_points(p, q, every)
    assert np.array_equal(every[np.argmax(earned)], [0.2, 0.6, 1, 0])
    laws = [pmf(range(4), w) for w in (p, q)]
    assert earned.max() == pytest.approx(C(*laws).value, abs=1e-14)
    for one, two in zip(list(LAWS), list(LAWS)[4:], strict=False):
        real, fake = LAWS[one], LAWS[two]
        x = np.concatenate([law.ppf(np.linspace(0.1, 0.9, 5)) for law in (real, fake)])
        a, b = real.pdf(x), fake.pdf(x)
        best = special.expit(optimal_logit(real, fake)(x))
        np.testing.assert_allclose(best, a / (a + b), rtol=1e-12)
        most = C(real, fake)
        for D in (np.zeros_like, np.tanh):
            value, error = V(D, real, fake)
            assert value <= most.value + error + most.error


@says(
    "There $D^*$ is the only best discriminator, up to a set that has probability 0 under "
    "both distributions; elsewhere $D^*$ may take any value."
)
def test_d_may_be_anything_where_neither_law_has_probability_and_nothing_else_elsewhere():
    p, q = np.array([0.1, 0.6, 0.3, 0.0, 0.0]), np.array([0.4, 0.4, 0.0, 0.2, 0.0])
    best, heads = np.array([0.2, 0.6, 1, 0, 0.5]), np.arange(11) / 10
    for i in range(5):
        moved = np.tile(best, (11, 1))
        moved[:, i] = heads
        loses = on_points(p, q, moved) < on_points(p, q, best) - 1e-9
        assert np.array_equal(loses, (heads != best[i]) & (i < 4))
    boxes, best = (uniform(0, 2), uniform(1, 4)), optimal_logit(uniform(0, 2), uniform(1, 4))

    def changed(where):
        return lambda x: np.where(where(x), 0.7, best(x))

    most = C(*boxes)
    for where in (lambda x: x == 1.5, lambda x: x == 0.5, lambda x: (x < 0) | (x > 4)):
        value, error = V(changed(where), *boxes, panels=[0.5, 1.5])
        assert abs(value - most.value) <= error + most.error + 1e-13
    for low, high in ((0.5, 0.6), (1.5, 1.6), (3, 3.1)):
        value, error = V(
            changed(lambda x, a=low, b=high: (a < x) & (x < b)), *boxes, panels=[low, high]
        )
        assert value + error < most.value - 1e-4
    atom = pmf([1.5], [1.0])
    for with_atom in ([mixture([boxes[0], atom]), boxes[1]], [boxes[0], mixture([boxes[1], atom])]):
        s = optimal_logit(*with_atom)
        value, error = V(lambda x, s=s: np.where(x == 1.5, 0.7, s(x)), *with_atom, panels=[1.5])
        assert value + error < C(*with_atom).value - 0.1


def test_the_best_logit_is_the_log_of_the_density_ratio():
    x = np.linspace(-4, 4, 33)
    D = 1 / (1 + np.exp(-optimal_logit(P, Q)(x)))
    np.testing.assert_allclose(D, P.pdf(x) / (P.pdf(x) + Q.pdf(x)), rtol=1e-13)


def test_equal_variances_make_the_best_logit_a_line():
    x = np.linspace(-9, 9, 19)
    best = optimal_logit(gaussian(0, 1), gaussian(1, 1))(x)
    np.testing.assert_allclose(best, 0.5 - x, atol=1e-13)


def test_the_best_logit_is_undefined_off_both_supports_only():
    best = optimal_logit(uniform(0, 2), uniform(1, 3))(np.array([-1, 0.5, 1.5, 2.5, 4]))
    np.testing.assert_array_equal(best, [np.nan, np.inf, 0, -np.inf, np.nan])


def test_at_an_atom_the_masses_take_the_place_of_the_densities():
    best = optimal_logit(pmf([0, 1], [0.5, 0.5]), mixture([pmf([0], [1.0]), Q], [0.25, 0.75]))
    np.testing.assert_allclose(best([0.0, 1.0]), [np.log(2), np.inf])


@pytest.mark.parametrize("D", [np.zeros_like, np.sin, lambda x: 3 * x, lambda x: 0 * x + 40])
def test_no_other_discriminator_does_better(D):
    best, here = C(P, Q), V(D, P, Q)
    assert here.value <= best.value - best.error - here.error


@pytest.mark.parametrize("size", [1e-1, 1e-2, 1e-3])
def test_a_small_mistake_of_the_logit_costs_its_square(size):
    best = optimal_logit(P, Q)
    moved = V(lambda x: best(x) + size * np.cos(x), P, Q)
    cost = (C(P, Q).value - moved.value) / size**2
    assert 0 < moved.error < 1e-12 and 0.01 < cost < 0.125


def test_v_at_the_best_discriminator_is_c():
    v, c = V(optimal_logit(P, Q), P, Q), C(P, Q)
    assert abs(v.value - c.value) <= v.error + c.error


def test_v_is_minus_infinity_for_a_sure_and_wrong_discriminator():
    value, error = V(lambda x: np.where(x > 0, np.inf, -np.inf), P, Q)
    assert value == -np.inf or error == np.inf


def test_v_of_discrete_laws_is_a_sum():
    p, q = pmf([0, 1], [0.5, 0.5]), pmf([0, 1], [0.2, 0.8])
    value, error = V(lambda x: x - 0.3, p, q)
    D = 1 / (1 + np.exp(-(np.array([0, 1]) - 0.3)))
    truth = np.sum([0.5, 0.5] * np.log(D)) + np.sum([0.2, 0.8] * np.log(1 - D))
    assert abs(value - truth) <= error


def test_a_kinked_discriminator_is_integrated_between_its_kinks():
    def D(x):
        return np.abs(x - 0.3)

    with_kink, without = V(D, P, Q, panels=[0.3]), V(D, P, Q)
    assert abs(with_kink.value - without.value) <= with_kink.error + without.error
    assert with_kink.error < 1e-12


@pytest.mark.parametrize(
    ("D", "words"),
    [(lambda x: 1.0, "of the shape it was given"), (lambda x: x * np.nan, "must be a number")],
)
def test_a_logit_that_is_no_function_is_refused_in_one_sentence(D, words):
    with pytest.raises(ValueError, match=words):
        V(D, P, Q)
