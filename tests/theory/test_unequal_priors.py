"""With a share pi of data, the best discriminator's logit moves by log(pi / (1 - pi))."""

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import optimize, special, stats

from gan_lab.theory import C, gaussian, js, kl, mixture, optimal_logit

P, Q = np.array([0.5, 0.3, 0.15, 0.05]), np.array([0.1, 0.2, 0.3, 0.4])
shares = pytest.mark.parametrize("pi", [0.02, 0.3, 0.5, 0.9])


def V_pi(pi, logits):
    """The game on four points."""
    return -pi * P @ np.logaddexp(0, -logits) - (1 - pi) * Q @ np.logaddexp(0, logits)


def climbed(pi):
    found = optimize.minimize(lambda s: -V_pi(pi, s), np.zeros(4), options={"gtol": 1e-9})
    return found.x, -found.fun


@says(
    r"Let a share $0 < \pi < 1$ of what $D$ is shown be data, and $$ \begin{aligned} V_\pi = "
    r"{} & \pi\, E_{p_{data}}[\log D] \\ & + (1 - \pi)\, E_{p_G}[\log(1 - D)] . \end{aligned} "
    "$$"
)
@shares
def test_of_many_examples_a_share_pi_of_them_data_the_average_is_v_pi(pi):
    rng, n = np.random.default_rng(1), 100_000
    logits = np.array([1.0, 0.5, -0.5, -2.0])
    real = rng.random(n) < pi
    x = np.where(real, rng.choice(4, n, p=P), rng.choice(4, n, p=Q))
    earned = np.where(real, np.log(special.expit(logits)[x]), np.log1p(-special.expit(logits)[x]))
    within = 5 * earned.std() / np.sqrt(n)
    assert abs(earned.mean() - V_pi(pi, logits)) < within < 0.02


@says(
    r"The best discriminator is $$ D^*_\pi = \frac{\pi p_{data}}{\pi p_{data} + (1 - \pi) p_G} "
    ". $$"
)
@shares
def test_the_best_discriminator_says_how_probably_what_it_sees_is_data(pi):
    data_given_x = pi * P / (pi * P + (1 - pi) * Q)
    np.testing.assert_allclose(special.expit(climbed(pi)[0]), data_given_x, atol=1e-6)


@says(
    r"Its logit is $s^*_\pi = s^* + \log(\pi/(1 - \pi))$, where $s^*$ is that of $D^*$, and $$ "
    r"\max_D V_\pi = \mathrm{JSD}_\pi - H(\pi) , $$ with $m_\pi = \pi p_{data} + (1 - \pi) "
    r"p_G$ and $$ \begin{aligned} \mathrm{JSD}_\pi = {} & \pi\, \mathrm{KL}(p_{data} \| m_\pi) "
    r"\\ & + (1 - \pi)\, \mathrm{KL}(p_G \| m_\pi) , \\ H(\pi) = {} & -\pi \log \pi \\ & - (1 "
    r"- \pi) \log(1 - \pi) . \end{aligned} $$"
)
@shares
def test_its_logit_is_moved_and_it_earns_what_x_tells_of_the_label_less_what_there_is_to_tell(pi):
    logits, earned = climbed(pi)
    np.testing.assert_allclose(logits, np.log(P / Q) + np.log(pi / (1 - pi)), atol=1e-5)
    m, H = pi * P + (1 - pi) * Q, stats.entropy([pi, 1 - pi])
    told = stats.entropy(m) - pi * stats.entropy(P) - (1 - pi) * stats.entropy(Q)
    divergences = pi * stats.entropy(P, m) + (1 - pi) * stats.entropy(Q, m)
    assert told == pytest.approx(divergences, rel=1e-10)
    assert H == pytest.approx(-pi * np.log(pi) - (1 - pi) * np.log(1 - pi), rel=1e-14)
    assert earned == pytest.approx(told - H, abs=1e-9)
    labels_given_x = np.array([pi * P, (1 - pi) * Q]) / m
    assert earned == pytest.approx(-m @ stats.entropy(labels_given_x), abs=1e-9)


@shares
def test_on_the_line_v_pi_at_its_best_is_known_from_a_gaussian_quadrature(pi):
    z, weight = np.polynomial.hermite_e.hermegauss(150)
    weight = weight / weight.sum()
    p, q = gaussian(0, 1), gaussian(1, 1)
    s = [optimal_logit(p, q)(x) + np.log(pi / (1 - pi)) for x in (z, z + 1)]
    earned = -pi * weight @ np.logaddexp(0, -s[0]) - (1 - pi) * weight @ np.logaddexp(0, s[1])
    m = mixture([p, q], [pi, 1 - pi])
    told = pi * kl(p, m).value + (1 - pi) * kl(q, m).value
    assert earned == pytest.approx(told - stats.entropy([pi, 1 - pi]), abs=1e-9)


@pytest.mark.parametrize("p", list(LAWS)[::3])
def test_equal_shares_give_half_of_the_game(p):
    for q in list(LAWS)[::4]:
        m = mixture([LAWS[p], LAWS[q]], [0.5, 0.5])
        jsd = (kl(LAWS[p], m).value + kl(LAWS[q], m).value) / 2
        assert jsd == pytest.approx(js(LAWS[p], LAWS[q]).value, abs=1e-10)
        assert jsd - np.log(2) == pytest.approx(C(LAWS[p], LAWS[q]).value / 2, abs=1e-10)
