"""At D = 1/2 the game is worth -log 4 whatever G does: a saddle that is flat along G."""

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import C, V, gaussian, pmf, pushforward

LOG_4 = np.log(4)
Z = gaussian(0, 1)
GENERATORS = {  # with the law of what they make
    "a line": (pushforward(lambda z: 1 + 2 * z, Z, linear=True), gaussian(1, 2)),
    "exp": (pushforward(np.exp, Z), distribution(stats.lognorm(1))),
    "square": (pushforward(np.square, Z), distribution(stats.chi2(1))),
    "constant": (pushforward(lambda z: 0 * z + 3, Z, linear=True), pmf([3], [1])),
}
DISCRIMINATORS = [np.zeros_like, np.sin, np.tanh, lambda x: 0 * x + 2, lambda x: np.tanh(x - 1)]


@says(r"If $D = ½$ everywhere, then $V(G, D) = -\log 4$ for every $G$.")
@pytest.mark.parametrize("data", list(LAWS))
def test_at_one_half_the_value_is_minus_log_4_for_every_generator(data):
    for fake in [*LAWS.values(), *(law for law, _ in GENERATORS.values())]:
        value, error = V(np.zeros_like, LAWS[data], fake)
        assert abs(value + LOG_4) <= error + 1e-15 and error < 1e-10
    off, error = V(lambda x: 0 * x + 0.1, LAWS[data], LAWS[data])
    assert off + error < -LOG_4


@says(
    r"Consequently, with $G^\circ$ a generator whose distribution is $p_{data}$, $$ "
    r"\begin{aligned} V(G^\circ, D) & \le V(G^\circ, ½) = -\log 4 \\ & = V(G, ½) \end{aligned} $$ "
    r"for all $D$ and $G$, so $(G^\circ, ½)$ is a saddle point, flat along $G$."
)
@pytest.mark.parametrize("G", list(GENERATORS))
def test_d_can_only_lose_by_leaving_one_half_and_g_neither_lose_nor_win(G):
    made, data = GENERATORS[G]
    saddle = V(np.zeros_like, data, made)
    most = C(data, made)
    assert abs(saddle.value + LOG_4) <= saddle.error + 1e-15
    assert abs(most.value - saddle.value) <= most.error + saddle.error + 1e-15
    for D in DISCRIMINATORS:
        value, error = V(D, data, made)
        assert value <= saddle.value + error + saddle.error
        assert (value < -LOG_4 - 1e-3) == (D is not np.zeros_like)
    for other, _ in GENERATORS.values():
        value, error = V(np.zeros_like, data, other)
        assert abs(value - saddle.value) <= error + saddle.error + 1e-15


def test_of_a_discriminator_that_answers_the_same_everywhere_it_is_that_of_two_coins():
    for l in (-2.0, 0.5, 3.0):
        D = 1 / (1 + np.exp(-l))
        value, error = V(lambda x, l=l: 0 * x + l, Z, gaussian(5, 2))
        assert abs(value - np.log(D * (1 - D))) <= error + 1e-15
