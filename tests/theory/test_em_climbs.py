"""EM takes turns too, and both of its halves raise one function."""

import numpy as np
import pytest
from says import says
from scipy.optimize import minimize
from scipy.special import expit
from scipy.stats import norm

from gan_lab.theory.proofs.the_game import em_step, log_likelihood


def points(seed, n=40):
    rng = np.random.default_rng(seed)
    return np.where(rng.random(n) < 0.3, rng.normal(-1, 1, n), rng.normal(2, 1, n))


@says(
    r"Let $p_\theta(x, y)$ be a model of what is seen, $x$, and of what is not, $y$, and let "
    r"$\ell(\theta)$ be $\log p_\theta(x)$."
)
def test_the_likelihood_sums_over_what_is_not_seen():
    x, share, means = points(0), 0.2, np.array([-1.5, 0.5])
    each = share * norm.pdf(x, -1.5) + (1 - share) * norm.pdf(x, 0.5)
    constant = len(x) * 0.5 * np.log(2 * np.pi)
    found = log_likelihood(x, share, means)
    assert found == pytest.approx(np.log(each).sum() + constant)


def expected(theta, x, belongs):
    """The mean of log p(x, y) over y, with the share as a logit."""
    logit, first, second = theta
    return (belongs * (np.log(expit(logit)) - (x - first) ** 2 / 2)).sum() + (
        (1 - belongs) * (np.log(expit(-logit)) - (x - second) ** 2 / 2)
    ).sum()


@says(
    r"If $\theta'$ maximises the mean of $\log p_{\theta'}(x, y)$ over $y$ given $x$ under "
    r"$\theta$, then $$ \ell(\theta') \ge \ell(\theta) . $$"
)
@pytest.mark.parametrize("seed", range(5))
def test_a_step_maximises_that_mean_and_the_likelihood_rises_to_where_em_rests(seed):
    x, share, means = points(seed), 0.6, np.array([-2.0, 0.5])
    logs = np.log([share, 1 - share])[:, None] + norm.logpdf(x, means[:, None])
    belongs = np.exp(logs[0] - np.logaddexp(*logs))
    best = minimize(lambda theta: -expected(theta, x, belongs), [0.0, *means], tol=1e-12).x
    to_share, to_means = em_step(x, share, means)
    assert [to_share, *to_means] == pytest.approx([expit(best[0]), *best[1:]], abs=1e-5)
    heights = [log_likelihood(x, share, means)]
    for _ in range(200):
        share, means = em_step(x, share, means)
        heights.append(log_likelihood(x, share, means))
    assert np.diff(heights).min() > -1e-11
    assert heights[1] > heights[0] and heights[-1] - heights[-2] < 1e-6
