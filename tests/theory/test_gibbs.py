"""The Kullback-Leibler divergence is never negative, and 0 for equal laws only."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import drawn, gaussian, kl, mixture, pmf, pushforward, uniform

TWICE = {
    "in scipy": (gaussian(0, 1), distribution(stats.norm())),
    "drawn": (uniform(0, 1), drawn((0, 1), (1, 1))),
    "pushed": (distribution(stats.lognorm(1)), pushforward(np.exp, gaussian(0, 1))),
    "folded": (distribution(stats.chi2(1)), pushforward(np.square, gaussian(0, 1))),
    "mixed": (pmf([0, 1], [0.5, 0.5]), mixture([pmf([0], [1]), pmf([1], [1])])),
}


@says(r"$\mathrm{KL}(p \| q) \ge 0$, and it is 0 if and only if $p = q$ (almost everywhere).")
def test_it_is_never_negative_and_0_for_the_same_law_alone():
    for p, q in product(LAWS, repeat=2):
        value, error = kl(LAWS[p], LAWS[q])
        assert value >= 0
        assert (value <= error) if p == q else (value - error > 1e-3)
    for p, q in TWICE.values():
        for pair in ((p, q), (q, p)):
            value, error = kl(*pair)
            assert 0 <= value <= error + 1e-15
    halves = mixture([uniform(0, 0.5), uniform(0.5, 1)])
    assert halves.pdf(np.array([0.5])) != uniform(0, 1).pdf(np.array([0.5]))
    assert kl(halves, uniform(0, 1)).value == kl(uniform(0, 1), halves).value == 0


def test_all_laws_on_three_points_by_brute_force():
    laws = [np.array(w) / 6 for w in product(range(7), repeat=3) if sum(w) == 6]
    for p, q in product(laws, repeat=2):
        value = kl(pmf(range(3), p), pmf(range(3), q)).value
        assert (value == 0) if p is q else (value > 1e-3)
        assert np.isinf(value) == np.any((p > 0) & (q == 0))


@pytest.mark.parametrize("t", [Fraction(1, 10), Fraction(1, 2), Fraction(9, 10), Fraction(1)])
def test_of_two_boxes_it_is_the_logarithm_of_how_much_wider_the_second_is(t):
    value, error = kl(uniform(0, float(t)), uniform(0, 1))
    assert abs(value + np.log(float(t))) <= error + 1e-15


def test_a_small_change_costs_its_square():
    costs = [kl(gaussian(0, 1), gaussian(d, 1)).value / d**2 for d in (0.1, 0.01, 0.001)]
    np.testing.assert_allclose(costs, 0.5, rtol=1e-6)
