"""The odds of the best discriminator are the ratio of the densities."""

import numpy as np
import pytest
from families import LAWS, MP_LOGS
from mpmath import mp
from says import says
from scipy import optimize, special, stats

from gan_lab.distributions import distribution
from gan_lab.theory import gaussian, optimal_logit, pmf, uniform


@says(
    "Where both densities are positive, the odds of $D^*$ are their ratio, and its logit the "
    r"logarithm of it: $$ \begin{aligned} \frac{D^*}{1 - D^*} & = \frac{p_{data}}{p_G} , \\ "
    r"s^* & = \log p_{data} - \log p_G . \end{aligned} $$"
)
@pytest.mark.parametrize("p", list(LAWS))
def test_odds_are_the_ratio_and_the_logit_its_logarithm(p):
    for q in LAWS:
        for x in (-0.7, 0.4, 2.5):
            logs = [MP_LOGS[name](mp.mpf(x), mp.mpf(0)) for name in (p, q)]
            s = float(optimal_logit(LAWS[p], LAWS[q])(np.array([x]))[0])
            if None in logs:
                assert not np.isfinite(s)
                continue
            assert s == pytest.approx(float(logs[0] - logs[1]), rel=1e-11, abs=1e-11)
            D = special.expit(s)
            assert D / (1 - D) == pytest.approx(float(mp.exp(logs[0] - logs[1])), rel=1e-9)


def test_a_discriminator_that_is_climbed_to_has_these_odds():
    masses = np.array([0.05, 0.15, 0.8]), np.array([0.5, 0.3, 0.2])

    def lost(s):
        return masses[0] @ np.logaddexp(0, -s) + masses[1] @ np.logaddexp(0, s)

    found = optimize.minimize(lost, np.zeros(3), options={"gtol": 1e-8}).x
    np.testing.assert_allclose(np.exp(found), [0.1, 0.5, 4], rtol=1e-6)
    best = optimal_logit(*(pmf(range(3), m) for m in masses))(np.arange(3.0))
    np.testing.assert_allclose(np.exp(best), [0.1, 0.5, 4], rtol=1e-14)


def test_of_two_gaussians_it_is_a_parabola_and_of_two_exponentials_a_line():
    x = np.linspace(0.1, 5, 9)
    bells = optimal_logit(gaussian(0, 1), gaussian(0, 2))(x)
    np.testing.assert_allclose(bells, np.log(2) - 3 * x**2 / 8, atol=1e-13)
    waits = optimal_logit(distribution(stats.expon(0, 1)), distribution(stats.expon(0, 0.5)))(x)
    np.testing.assert_allclose(waits, x - np.log(2), atol=1e-13)


def test_where_one_density_is_0_the_logit_is_infinite_and_where_both_are_there_is_none():
    s = optimal_logit(uniform(0, 2), uniform(1, 3))(np.array([0.5, 1.5, 2.5, 3.5]))
    np.testing.assert_array_equal(s, [np.inf, 0, -np.inf, np.nan])
