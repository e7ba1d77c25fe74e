"""What a minibatch says of V: right on average, and off by 1 / sqrt(m)."""

import numpy as np
from says import says
from scipy.special import expit

from gan_lab.theory import V, gaussian, value_terms

P, LOGIT = gaussian(0, 1), lambda x: 0.5 - x
GAMES = 20_000


def made(z):
    return 1 + 2 * z


def on_minibatches(m, seed=0):
    """The value on many minibatches of m data and m noises."""
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=(2, GAMES, m))
    return (np.log(expit(LOGIT(x))) + np.log(expit(-LOGIT(made(z))))).mean(axis=1)


@says(
    r"Let each of the data $x_1, \dots, x_m$ have the distribution $p_{data}$ and each of the "
    r"noises $z_1, \dots, z_m$ the distribution $p_z$, let both terms of $V$ be finite, and let "
    r"$\hat V$ be the mean of $\log D(x_i) + \log(1 - D(G(z_i)))$.",
    r"Then $$ E[\hat V] = V(G, D) . $$",
)
def test_the_mean_over_minibatches_of_any_size_is_the_value():
    value = V(LOGIT, P, gaussian(1, 2)).value
    for m in (1, 4, 16):
        found = on_minibatches(m)
        assert abs(found.mean() - value) < 4 * found.std() / np.sqrt(GAMES)


@says(
    r"If all $2m$ draws are independent, and $\log D(x)$ and $\log(1 - D(G(z)))$ have finite "
    r"variances $v_{data}$ and $v_z$, $$ \mathrm{Var}[\hat V] = \frac{v_{data} + v_z}{m} . $$"
)
def test_four_times_the_minibatch_halves_the_spread():
    rng = np.random.default_rng(7)
    x, z = rng.normal(size=(2, 2_000_000))
    both = np.log(expit(LOGIT(x))).var() + np.log(expit(-LOGIT(made(z)))).var()
    for m in (1, 4, 16):
        assert abs(m * on_minibatches(m).var() / both - 1) < 0.05


def test_the_logarithm_of_the_mean_is_more():
    rng = np.random.default_rng(2)
    x, z = rng.normal(size=(2, GAMES, 16))
    wrong = np.log(expit(LOGIT(x)).mean(axis=1)) + np.log(expit(-LOGIT(made(z))).mean(axis=1))
    assert wrong.mean() > value_terms(LOGIT, made, P, P).V.value + 0.1
