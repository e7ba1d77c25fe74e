"""Proposition 1: for a fixed G the best discriminator is p_data / (p_data + p_g)."""

import numpy as np
import pytest

from gan_lab.theory import C, V, gaussian, mixture, optimal_logit, pmf, uniform

P, Q = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0.7, 1.1)


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
