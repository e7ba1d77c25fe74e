"""What a discriminator earns less than the best one is an average divergence of coins."""

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import integrate, special

from gan_lab.theory import C, V, gaussian, kl, mixture, optimal_logit, pmf, uniform

P, Q = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0.7, 1.1)


def coin(heads):
    return pmf([0, 1], [1 - heads, heads])


@says(
    r"For every $D$ $$ \begin{aligned} & V(G, D^*) - V(G, D) \\ & = \int (p_{data} + p_G)\, "
    r"\mathrm{KL}(D^* \| D)\, dx \\ & \ge 0 , \end{aligned} $$ with the divergence of two "
    r"coins, $\mathrm{KL}(D^*(x) \| D(x))$, at each $x$."
)
@pytest.mark.parametrize("D", [np.zeros_like, np.sin, lambda x: 3 * x, lambda x: 0 * x + 5])
def test_the_gap_is_the_average_divergence_of_the_coins(D):
    def cost(x):
        p, q, heads = P.pdf(x), Q.pdf(x), special.expit(D(x))
        best = p / (p + q)
        coins = special.rel_entr(best, heads) + special.rel_entr(1 - best, 1 - heads)
        return (p + q) * coins

    x = np.linspace(-9, 9, 20_001)
    lost = C(P, Q).value - V(D, P, Q).value
    assert lost == pytest.approx(integrate.trapezoid(cost(x), x), rel=1e-8)
    assert lost > 0


def test_the_best_discriminator_loses_nothing():
    c, v = C(P, Q), V(optimal_logit(P, Q), P, Q)
    assert abs(c.value - v.value) <= c.error + v.error < 1e-12


def test_on_points_it_is_a_sum_over_every_discriminator():
    p, q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
    laws, best = [pmf(range(3), w) for w in (p, q)], p / (p + q)
    for heads in np.random.default_rng(1).uniform(0, 1, (40, 3)):
        coins = [kl(coin(b), coin(h)).value for b, h in zip(best, heads, strict=True)]
        lost = C(*laws).value - V(lambda x, h=heads: special.logit(h)[x.astype(int)], *laws).value
        assert lost == pytest.approx((p + q) @ coins, rel=1e-10) and lost > 0


@pytest.mark.parametrize("law", list(LAWS))
def test_of_two_laws_that_are_the_same_a_constant_loses_what_its_coin_does(law):
    v, c = V(lambda x: 0 * x + 1.5, LAWS[law], LAWS[law]), C(LAWS[law], LAWS[law])
    lost = 2 * kl(coin(0.5), coin(special.expit(1.5))).value
    assert abs(c.value - v.value - lost) <= c.error + v.error + 1e-15


def test_where_one_law_has_no_probability_a_sure_discriminator_loses_nothing():
    def sure(x):
        return np.where(x < 0.5, np.inf, -np.inf)

    apart = uniform(0, 0.5), uniform(0.5, 1)
    assert V(sure, *apart).value == C(*apart).value == 0
    value, error = V(np.zeros_like, *apart)
    assert abs(value + 2 * kl(coin(1.0), coin(0.5)).value) <= error + 1e-15
