"""With labels of 1 - alpha for data the best discriminator's odds have a ceiling."""

from itertools import product

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import optimize, special, stats

from gan_lab.theory import mixture, optimal_logit

P, Q = np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.0, 0.1, 0.4, 0.5])
smoothings = pytest.mark.parametrize("alpha", [0.01, 0.1, 0.5, 0.9])


def earned(alpha, logits):
    """What D maximises, on four points."""
    log_D, log_other = -np.logaddexp(0, -logits), -np.logaddexp(0, logits)
    return P @ ((1 - alpha) * log_D + alpha * log_other) + Q @ log_other


@says(
    r"Let data have the label $1 - \alpha$ instead of 1, with $0 < \alpha < 1$, and samples "
    r"the label 0, so that $D$ maximises $$ \begin{aligned} & E_{p_{data}}[(1 - \alpha) \log D "
    r"+ \alpha \log(1 - D)] \\ & + E_{p_G}[\log(1 - D)] . \end{aligned} $$"
)
@smoothings
def test_what_d_maximises_is_that_each_label_be_as_probable_as_it_says(alpha):
    logits = np.array([2.0, 1.0, -0.5, -2.0])
    D = special.expit(logits)

    def cross_entropy(label):
        return stats.entropy([label, 1 - label]) + np.array(
            [stats.entropy([label, 1 - label], [d, 1 - d]) for d in D]
        )

    labelled = P @ cross_entropy(1 - alpha) + Q @ cross_entropy(0)
    assert earned(alpha, logits) == pytest.approx(-labelled, rel=1e-12)
    rng, n = np.random.default_rng(2), 100_000
    x, y = rng.choice(4, n, p=P), rng.choice(4, n, p=Q)
    told = np.where(rng.random(n) < alpha, np.log(1 - D[x]), np.log(D[x])) + np.log(1 - D[y])
    assert abs(told.mean() - earned(alpha, logits)) < 5 * told.std() / np.sqrt(n)


@says(
    r"The best discriminator and its odds are $$ \begin{aligned} D^*_\alpha & = \frac{(1 - "
    r"\alpha)\, p_{data}}{p_{data} + p_G} , \\ \frac{D^*_\alpha}{1 - D^*_\alpha} & = \frac{(1 "
    r"- \alpha)\, p_{data}}{p_G + \alpha\, p_{data}} \;\le\; \frac{1 - \alpha}{\alpha} . "
    r"\end{aligned} $$"
)
@smoothings
def test_the_best_is_smaller_by_1_less_alpha_and_its_odds_stop_at_a_ceiling(alpha):
    best = special.expit(
        optimize.minimize(lambda s: -earned(alpha, s), np.zeros(4), options={"gtol": 1e-9}).x
    )
    np.testing.assert_allclose(best, (1 - alpha) * P / (P + Q), atol=1e-5)
    odds, ceiling = best / (1 - best), (1 - alpha) / alpha
    np.testing.assert_allclose(odds, (1 - alpha) * P / (Q + alpha * P), rtol=1e-3, atol=1e-4)
    assert odds[0] == pytest.approx(ceiling, rel=1e-3)
    assert np.all(odds[1:] < 0.99 * ceiling)


@pytest.mark.parametrize(("p", "q"), list(product(list(LAWS)[::4], list(LAWS)[1::4])))
def test_data_that_are_labelled_as_samples_at_times_have_the_same_best_discriminator(p, q):
    alpha, (p, q) = 0.2, (LAWS[p], LAWS[q])
    x = np.concatenate([law.ppf(np.linspace(0.05, 0.95, 9)) for law in (p, q)])
    labelled_0 = mixture([q, p], [1 / (1 + alpha), alpha / (1 + alpha)])
    logit = optimal_logit(p, labelled_0)(x) + np.log((1 - alpha) / (1 + alpha))
    share = p.pdf(x) / (p.pdf(x) + q.pdf(x))
    np.testing.assert_allclose(special.expit(logit), (1 - alpha) * share, rtol=1e-10)
