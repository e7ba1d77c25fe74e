"""Relativistic pairs: the most that a D can earn is the divergence of pairs."""

import numpy as np
import pytest
from says import says
from scipy.optimize import minimize

from gan_lab.theory import gaussian, js
from gan_lab.theory.critics import pairs_earned

P, Q = np.array([0.5, 0.3, 0.2]), np.array([0.1, 0.3, 0.6])
PAIRS, TURNED = np.outer(P, Q), np.outer(Q, P)


def R(D):
    return float((PAIRS * -np.logaddexp(0, D - D[:, None])).sum())


def jsd(u, v):
    m = (u + v) / 2
    return float((u * np.log(u / m) + v * np.log(v / m)).sum() / 2)


@says(
    r"Let $x$ be drawn from $p$ and $y$ from $q$, independently, let $R(D)$ be the mean of $\log "
    r"\sigma(D(x) - D(y))$, and write $pq$ for the distribution of the pair $(x, y)$."
)
def test_pairs_are_independent_draws():
    rng = np.random.default_rng(0)
    D = np.array([0.4, -1.0, 0.3])
    x, y = rng.choice(3, 200_000, p=P), rng.choice(3, 200_000, p=Q)
    drawn = -np.logaddexp(0, D[y] - D[x])
    assert drawn.mean() == pytest.approx(R(D), abs=5 * drawn.std() / np.sqrt(len(x)))


@says(
    r"For every $D$ $$ R(D) \le \mathrm{JSD}(p q, q p) - \log 2 , $$ with equality where $D$ is "
    r"$\log(p/q)$ and any constant."
)
def test_an_optimizer_finds_the_logarithm_of_the_ratio_and_no_more():
    found = minimize(lambda D: -R(D), np.zeros(3), method="BFGS", options={"gtol": 1e-10})
    most = jsd(PAIRS, TURNED) - np.log(2)
    assert -found.fun == pytest.approx(most, abs=1e-12)
    apart = found.x - np.log(P / Q)
    assert np.ptp(apart) < 1e-5
    assert R(np.log(P / Q) + 7.0) == pytest.approx(most, abs=1e-14)


@says(
    r"And pairs tell more than points: $$ \mathrm{JSD}(p q, q p) \ge \mathrm{JSD}(p, q) , $$ "
    r"with equality if $p$ and $q$ are equal or have nothing in common."
)
def test_pairs_tell_more_than_points():
    assert jsd(PAIRS, TURNED) > jsd(P, Q) + 0.01
    assert jsd(np.outer(P, P), np.outer(P, P)) == 0


@pytest.mark.parametrize("d", [0.1, 1.0, 3.0])
def test_for_gaussians_of_one_width_it_is_a_distance_times_the_root_of_two(d):
    by_pairs = pairs_earned(gaussian(0, 1), gaussian(d, 1), lambda l: l)
    by_points = js(gaussian(0, 1), gaussian(np.sqrt(2) * d, 1))
    assert by_pairs.value == pytest.approx(by_points.value, abs=1e-13)
