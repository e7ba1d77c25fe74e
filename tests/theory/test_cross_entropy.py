"""V is minus twice the cross-entropy of D as a classifier, which sees as many data as samples."""

import numpy as np
import pytest
from says import says
from scipy import stats

from gan_lab.theory import V, cross_entropy, gaussian, mixture, pmf, uniform, value_terms

PAIRS = [
    (gaussian(0, 1), gaussian(1, 2)),
    (uniform(0, 2), uniform(1, 4)),
    (pmf([0, 1], [0.3, 0.7]), mixture([gaussian(0, 1), pmf([1], [1.0])])),
]


def line(x):
    return 0.7 - x


@says(
    r"Toss a fair coin, draw $x$ from $p_{data}$ after heads and from $p_G$ after tails, and let "
    r"$H(D)$ be the mean of what $D$ pays: $-\log D(x)$ after heads and $-\log(1 - D(x))$ after "
    r"tails."
)
def test_the_cross_entropy_is_what_tosses_pay_on_average():
    rng, n = np.random.default_rng(3), 400_000
    p, q = PAIRS[0]
    heads = rng.random(n) < 0.5
    x = np.where(heads, p.sample(n, rng), q.sample(n, rng))
    D = stats.logistic.cdf(line(x))
    paid = -np.where(heads, np.log(D), np.log(1 - D))
    assert abs(paid.mean() - cross_entropy(line, p, q).value) < 4 * paid.std() / np.sqrt(n)


@says(
    r"Then $$ V(G, D) = -2\, H(D) , $$ and for a $D$ that says ½ everywhere "
    r"$$ H(½) = \log 2 . $$"
)
@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_v_is_minus_twice_that_and_one_half_pays_log_two(p, q):
    value, entropy = V(line, p, q), cross_entropy(line, p, q)
    assert abs(value.value + 2 * entropy.value) <= value.error + 2 * entropy.error + 1e-15
    assert cross_entropy(np.zeros_like, p, q).value == pytest.approx(np.log(2), abs=1e-13)


def test_an_unfair_coin_weighs_the_two_terms():
    p, q = PAIRS[0]
    data, noise = value_terms(line, lambda z: 1 + 2 * z, p, gaussian(0, 1))
    for share in (0.1, 0.9):
        wanted = -share * data.value - (1 - share) * noise.value
        assert cross_entropy(line, p, q, share).value == pytest.approx(wanted, abs=1e-12)


def test_points_pay_by_hand():
    p, q = pmf([0, 1], [0.5, 0.5]), pmf([0], [1.0])
    D = {0: 1 / 3, 1: 0.9}
    paid = -0.5 * (0.5 * np.log(D[0]) + 0.5 * np.log(D[1])) - 0.5 * np.log(1 - D[0])
    logit = {x: np.log(y / (1 - y)) for x, y in D.items()}
    found = cross_entropy(lambda x: np.array([logit[int(v)] for v in x]), p, q)
    assert found.value == pytest.approx(paid, abs=1e-14)


@pytest.mark.parametrize("G", [lambda z: 1 - 2 * z, lambda z: z**2 - 1, lambda z: np.maximum(z, 0)])
def test_the_second_term_over_the_noise_is_that_over_the_samples(G):
    rng, n = np.random.default_rng(1), 400_000
    p = gaussian(0, 1)
    now = value_terms(line, G, p, p, kinks=[0])
    paid = np.log(stats.logistic.sf(line(G(p.sample(n, rng)))))
    assert abs(paid.mean() - now.noise.value) < 4 * paid.std() / np.sqrt(n)
    assert now.noise.error < 1e-10
    x = np.linspace(-12, 12, 100_001)
    data = np.sum(stats.norm.pdf(x) * np.log(stats.logistic.cdf(line(x)))) * (x[1] - x[0])
    assert now.data.value == pytest.approx(data, abs=1e-10)
    assert now.V.value == now.data.value + now.noise.value
    assert now.V.error == now.data.error + now.noise.error


def test_no_noise_gives_a_point_which_the_data_never_hit():
    p = gaussian(0, 1)
    now = value_terms(lambda x: 0 * x - 30, lambda z: 0 * z + 3, p, p)
    assert now.noise.value == pytest.approx(-np.log1p(np.exp(-30)), rel=1e-12)
