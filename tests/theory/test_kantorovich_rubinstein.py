"""W1 on the line: the cheapest plan, cdfs, quantiles, the best 1-Lipschitz function, and POT."""

import numpy as np
import ot
import pytest
from says import says
from scipy.integrate import quad
from scipy.optimize import brentq
from scipy.stats import wasserstein_distance

from gan_lab.theory import gaussian, uniform, w1
from gan_lab.theory.couplings import plan, potential


def pair(seed, n=7, k=5, d=None):
    rng = np.random.default_rng(seed)
    shape = (lambda m: m) if d is None else (lambda m: (m, d))
    return (rng.normal(size=shape(n)), rng.dirichlet(np.ones(n)),
            rng.normal(size=shape(k)) + 1, rng.dirichlet(np.ones(k)))  # fmt: skip


@says(
    r"Let $p$ and $q$ be distributions on the line with means, $F_p$ and $F_q$ their "
    r"distribution functions, and $W_1(p, q)$ the least mean of $|x - y|$ over all pairs with "
    r"$x \sim p$ and $y \sim q$."
)
@pytest.mark.parametrize("seed", range(4))
def test_the_plan_carries_p_to_q_and_none_is_cheaper(seed):
    x, a, y, b = pair(seed)
    found = plan(x, a, y, b)
    assert found.mass.min() >= 0
    np.testing.assert_allclose(found.mass.sum(1), a, atol=1e-12)
    np.testing.assert_allclose(found.mass.sum(0), b, atol=1e-12)
    assert found.cost <= float(a @ np.abs(np.subtract.outer(x, y)) @ b) + 1e-12
    assert found.cost == pytest.approx(wasserstein_distance(x, y, a, b), abs=1e-9)


@says(
    r"Then $$ \begin{aligned} W_1(p, q) & = \int |F_p - F_q|\, dx \\ & = "
    r"\int_0^1 |F_p^{-1}(u) - F_q^{-1}(u)|\, du , \end{aligned} $$ "
    r"and every 1-Lipschitz $f$ has $$ E_p f - E_q f \le W_1(p, q) , $$ with "
    r"equality if and only if $f'$ is the sign of $F_q - F_p$ at almost every $x$ where the two "
    r"differ."
)
def test_of_densities_by_cdfs_by_quantiles_and_by_the_best_f():
    p, q = gaussian(0, 1), uniform(-1, 3)
    value, error = w1(p, q)
    crossed = float(p.cdf(brentq(lambda x: float(p.cdf(x) - q.cdf(x)), 2, 3)))
    ends = ((0, crossed), (crossed, 1))
    by_quantiles = sum(abs(quad(lambda u: float(p.ppf(u) - q.ppf(u)), *e)[0]) for e in ends)
    assert by_quantiles == pytest.approx(value, abs=1e-6 + error)
    x = np.linspace(-9, 9, 200001)
    gap = q.cdf(x) - p.cdf(x)
    f = np.cumsum(np.sign(gap)) * (x[1] - x[0])
    f_average = np.trapezoid if hasattr(np, "trapezoid") else np.trapz
    gained = f_average(f * (p.pdf(x) - q.pdf(x)), x)
    assert gained == pytest.approx(value, abs=1e-3)
    for other in (x, np.sin(x), np.abs(x - 1), -x):
        assert f_average(other * (p.pdf(x) - q.pdf(x)), x) < value - 1e-4


@pytest.mark.parametrize("d", [None, 1, 2, 5])
def test_primal_and_dual_programmes_agree_with_each_other_and_with_pot(d):
    for seed in range(3):
        x, a, y, b = pair(seed, d=d)
        cost, dual = plan(x, a, y, b).cost, potential(x, a, y, b)
        assert dual.value == pytest.approx(cost, abs=1e-9)
        columns = [z.reshape(len(z), -1) for z in (x, y)]
        assert cost == pytest.approx(ot.emd2(a, b, ot.dist(*columns, metric="euclidean")), abs=1e-9)
        f, z = np.append(dual.at_x, dual.at_y), np.concatenate(columns)
        apart = np.linalg.norm(z[:, None] - z, axis=-1)
        assert (np.abs(f[:, None] - f) <= apart + 1e-9).all()
        assert f[0] == 0


def test_the_potential_is_not_unique_where_the_cdfs_agree():
    # nothing has to cross from 1 to 3: what f does between is free
    x, a, y, b = [0.0, 3.0], [0.5, 0.5], [1.0, 4.0], [0.5, 0.5]
    assert potential(x, a, y, b).value == pytest.approx(1.0)
    for f in ([0.0, -3.0, -1.0, -4.0], [0.0, 0.0, -1.0, -1.0], [0.0, 1.0, -1.0, 0.0]):
        assert np.dot(f, [0.5, 0.5, -0.5, -0.5]) == pytest.approx(1.0)
