"""Theorem 1: C(G) = 2 JSD(p_data, p_g) - log 4, least exactly at p_g = p_data."""

from itertools import product

import numpy as np
import pytest
from families import LAWS
from says import says

from gan_lab.theory import C, V, gaussian, js, mixture, optimal_logit, pushforward

DATA = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])
LOG_4 = np.log(4)


@says(r"For every generator $G$ $$ C(G) = 2\, \mathrm{JSD}(p_{data}, p_G) - \log 4 . $$")
@pytest.mark.parametrize("p", list(LAWS))
def test_c_is_twice_the_jsd_less_log_4(p):
    for q in LAWS:
        c, d = C(LAWS[p], LAWS[q]), js(LAWS[p], LAWS[q])
        slack = c.error + 2 * d.error + 1e-15
        assert abs(c.value - (2 * d.value - LOG_4)) <= slack < 1e-10


@says(
    r"Hence $C(G) \ge -\log 4$, with equality if and only if $p_G = p_{data}$; and then $D^* = ½$ "
    r"wherever there are data."
)
def test_the_least_value_is_minus_log_4_and_that_of_p_data_alone():
    for p, q in product(LAWS.values(), repeat=2):
        value, error = C(p, q)
        if p is q:
            assert abs(value + LOG_4) <= error < 1e-12
            x = p.ppf(np.linspace(0.01, 0.99, 9))
            assert np.array_equal(optimal_logit(p, q)(x), np.zeros(9))
        else:
            assert value - error > -LOG_4


def test_no_generator_goes_below_minus_log_4():
    for mean, sd in product((-2, 0, 1), (0.3, 1, 2.2)):
        value, error = C(DATA, gaussian(mean, sd))
        assert value - error > -LOG_4


def test_c_grows_with_the_distance_of_the_generator_from_the_data():
    values = [C(gaussian(0, 1), gaussian(d, 1)).value for d in (0, 0.5, 1, 2, 4, 8)]
    assert np.all(np.diff(values) > 0) and abs(values[-1]) < 0.01


def test_a_perfect_generator_of_a_gaussian_is_a_line():
    c = C(gaussian(3, 0.5), pushforward(lambda z: 3 + z / 2, gaussian(0, 1), linear=True))
    assert abs(c.value + LOG_4) <= c.error < 1e-12


def test_the_literal_reading_with_a_misplaced_half_is_off_by_log_4():
    assert round(C(gaussian(0, 1), gaussian(0.5, 1)).value, 5) == -1.32567


@pytest.mark.parametrize("mean", [0, 1, 5])
def test_the_game_is_flat_in_g_at_the_discriminator_one_half(mean):
    value, error = V(np.zeros_like, DATA, gaussian(mean, 1))
    assert abs(value + LOG_4) <= error
