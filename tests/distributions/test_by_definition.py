"""Numbers of distributions, and of the pieces they are made of, against their definitions."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from gan_lab.distributions import (
    distribution,
    drawn,
    gaussian,
    gaussian_mixture,
    mixture,
    pmf,
    uniform,
)
from gan_lab.distributions.base import EPS, made_to_sum_to_one
from gan_lab.distributions.gaussians_2d import blurred_path
from gan_lab.distributions.stable import inverse_gaussian_cdf, stirling
from gan_lab.distributions.tails import LOG, REGULAR, Tail, converges, power

DENSITIES = {
    "gaussian": gaussian(3, 0.5),
    "uniform": uniform(-1, 2),
    "named": distribution("gamma", 2.5, loc=1.0, scale=0.4),
    "drawn": drawn([0, 1, 3], [0, 2, 1]),
    "Gaussians": gaussian_mixture([-1, 2], [0.5, 0.1], [1, 3]),
    "several kinds": mixture([uniform(-2, -1), distribution("gamma", 2.0)], [0.25, 0.75]),
}


@pytest.mark.parametrize("p", DENSITIES.values(), ids=DENSITIES)
def test_mean_and_sd_are_integrals_of_the_density(p):
    low, high = p.ppf(1e-12), p.ppf(1 - 1e-12)
    edges = np.unique([low, *np.linspace(low, high, 400), *p.panels(), high])
    edges = edges[(edges >= low) & (edges <= high)]
    nodes, weights = np.polynomial.legendre.leggauss(12)
    x = (edges[:-1, None] + np.diff(edges)[:, None] * (nodes + 1) / 2).ravel()
    mass = (np.diff(edges)[:, None] * weights / 2).ravel() * p.pdf(x)
    mean = mass @ x
    assert p.mean == pytest.approx(mean, rel=1e-8)
    assert p.sd == pytest.approx(math.sqrt(mass @ (x - mean) ** 2), rel=1e-7)


def test_mean_and_sd_of_points_weigh_them():
    p = pmf([0, 1, 4], [0.5, 0.25, 0.25])
    assert p.mean == 1.25
    assert p.sd**2 == pytest.approx(0.5 * 1.25**2 + 0.25 * 0.25**2 + 0.25 * 2.75**2, rel=1e-15)


def test_only_a_mixture_of_gaussians_has_modes():
    assert DENSITIES["Gaussians"].means == (-1.0, 2.0)
    for name in ("means", "sds"):
        with pytest.raises(AttributeError, match=f"no {name}"):
            getattr(DENSITIES["several kinds"], name)


@pytest.mark.parametrize("n", [1, 2, 3, 10, 1000])
def test_weights_sum_to_one_and_stay_what_they_are(n):
    rng = np.random.default_rng(n)
    for _ in range(200):
        weights = made_to_sum_to_one(tuple(rng.exponential(size=n) ** 3))
        assert abs(sum(map(Fraction, weights)) - 1) <= Fraction(EPS)
        assert made_to_sum_to_one(weights) == weights


@pytest.mark.parametrize("mu", [0.01, 0.3, 1.0, 7.0])
@pytest.mark.parametrize("above", [False, True])
def test_the_inverse_gaussian_cdf_is_shusters(mu, above):
    for share in (0.05, 0.7, 1.0, 1.5, 20.0):
        y = share * mu
        with mpmath.workdps(60):
            a, b = ((mpmath.mpf(y) + s * mu) / (mu * mpmath.sqrt(y)) for s in (-1, 1))
            below = mpmath.ncdf(a) + mpmath.exp(mpmath.mpf(2) / mu) * mpmath.ncdf(-b)
            exact = float(1 - below if above else below)
        assert inverse_gaussian_cdf(y, mu, above) == pytest.approx(exact, rel=1e-9, abs=1e-300)
    with np.errstate(all="ignore"):  # as every distribution is asked
        ends = inverse_gaussian_cdf(np.array([0.0, np.inf]), mu, above)
        every = inverse_gaussian_cdf(np.geomspace(1e-9, 1e9, 20001) * mu, mu, above)
    assert ends.tolist() == [above, not above]
    assert every.min() >= 0 and every.max() <= 1


@pytest.mark.parametrize("a", [0.25, 1.0, 11.9, 12.0, 12.1, 50.0, 1e8])
def test_stirlings_remainder_is_what_his_formula_leaves(a):
    with mpmath.workdps(40):
        a_ = mpmath.mpf(a)
        formula = (a_ - 0.5) * mpmath.log(a_) - a_ + mpmath.log(2 * mpmath.pi) / 2
        exact = float(mpmath.loggamma(a_) - formula)
    assert abs(stirling(a) - exact) <= (1e-15 * exact if a >= 12 else 1e-14)


def test_a_tail_of_which_little_is_known_converges_only_where_anything_like_it_does():
    at_most_log = Tail(vague=LOG)
    assert converges(power(-3.0), False, at_most_log) is True  # y^-3 log y
    assert converges(power(-1.0), False, at_most_log) is None
    assert converges(power(0.0), True, at_most_log) is True  # at a finite end, log 1/s
    assert converges(power(2.0), True, at_most_log) is None
    assert converges(power(-1.0), False, REGULAR) is False
    assert converges(power(-1.5), False) is True


@pytest.mark.parametrize("length", [15.9, 17.0, 31.9])
def test_a_blurred_path_has_a_stretch_for_every_two_sds(length):
    fine = blurred_path(lambda u: np.stack([length * u, 0 * u], axis=-1), 0.5, length)
    assert len(fine.weights) / 8 * 2 * 0.5 >= length
    assert fine.weights.sum() == pytest.approx(1, rel=1e-14)


def test_only_an_end_with_a_singularity_is_kept_away_from():
    p = distribution("beta", 0.5, 0.5, loc=1.0, scale=2.0)
    assert p.reach(2.0, 1) == 0.0 and p.reach(np.inf, -1) == 0.0
    assert p.reach(1.0, 1) == 0.0  # its distance is exact there
