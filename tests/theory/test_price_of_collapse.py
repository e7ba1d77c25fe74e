"""What it costs to miss a share of the data, and that only the data without it cost no more."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import gaussian, js, kl, mixture, pmf, uniform

SHARES = [0.0, 1e-6, 0.1, 0.5, 0.875, 0.999]


def prices(s):
    """KL(q || p), 2 KL(m || p) and JSD of two coins: A has s under p and nothing under q."""
    p, q = np.array([s, 1 - s]), np.array([0.0, 1.0])

    def by_sum(u, v):
        there = u > 0
        return float((u[there] * np.log(u[there] / v[there])).sum())

    m = (p + q) / 2
    return by_sum(q, p), 2 * by_sum(m, p), (by_sum(p, m) + by_sum(q, m)) / 2


def measured(p, q):
    return kl(q, p), kl(mixture([p, q]), p), js(p, q)


@says(
    r"Let $0 \le s < 1$, let $A$ be a set to which $p$ gives the probability $s$ and $q$ none, "
    r"and let $m$ be the mean of $p$ and $q$."
)
@pytest.mark.parametrize("s", SHARES)
def test_data_without_a_share_cost_what_two_coins_do(s):
    p = mixture([uniform(0, 2), uniform(3, 4)], [1 - s, s]) if s else uniform(0, 2)
    found = measured(p, uniform(0, 2))
    for (value, error), price, factor in zip(found, prices(s), (1, 2, 1), strict=True):
        assert abs(factor * value - price) <= factor * error + 1e-14


@says(
    r"Then $$ \begin{aligned} \mathrm{KL}(q \| p) \ge {} & -\log(1 - s) , \\ "
    r"2\, \mathrm{KL}(m \| p) \ge {} & (2 - s) \log \frac{2 - s}{2 - 2s} - s \log 2 , \\ "
    r"2\, \mathrm{JSD}(p, q) \ge {} & s \log 2 + \log \frac{2}{2 - s} \\ "
    r"& + (1 - s) \log \frac{2 - 2s}{2 - s} , \end{aligned} $$ "
    r"each with equality if and only if $q$ is $p$ without $A$, divided by $1 - s$; "
    r"and $\mathrm{KL}(p \| q)$ is infinite unless $s$ is 0."
)
def test_any_other_q_costs_more_and_forward_kl_costs_everything():
    rng = np.random.default_rng(0)
    for kept in (2, 3, 5):
        w = rng.dirichlet(np.ones(6))
        s, p = float(w[kept:].sum()), pmf(range(6), w)
        right = pmf(range(kept), w[:kept] / w[:kept].sum())
        tilted = w[:kept] * np.linspace(0.9, 1.1, kept)
        wrong = pmf(range(kept), tilted / tilted.sum())
        assert np.isinf(kl(p, right).value)
        pairs = zip(measured(p, right), measured(p, wrong), prices(s), (1, 2, 1), strict=True)
        for least, more, price, factor in pairs:
            assert factor * least.value == pytest.approx(price, abs=1e-14)
            assert factor * more.value > price + 1e-5


def test_one_mode_of_eight_on_the_line():
    narrow = [gaussian(10 * i, 0.01) for i in range(8)]
    found = measured(mixture(narrow), narrow[0])
    wanted = np.log(8), 2 * (9 / 16 * np.log(9 / 2) - 7 / 16 * np.log(2)), 0.49692912665
    for (value, error), price, factor in zip(found, wanted, (1, 2, 1), strict=True):
        assert abs(factor * value - price) <= factor * error + 1e-10
