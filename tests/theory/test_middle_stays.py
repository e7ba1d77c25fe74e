"""KL(q || p) bends upwards along the mean where the sd is best: averaging stays a minimum."""

import numpy as np
import pytest
from says import says
from scipy.integrate import quad
from scipy.optimize import minimize_scalar

from gan_lab.theory import gaussian, kl, mixture
from gan_lab.theory.fits import around, best_fits


@says(
    r"Let $p$ be a positive density on the line whose $|\log p|$ grows no faster than a "
    r"polynomial, and let $K(\mu, \sigma)$ be $\mathrm{KL}(q \| p)$ for the Gaussian $q$ with "
    r"mean $\mu$ and standard deviation $\sigma$."
)
def test_the_curvature_is_also_minus_the_mean_curvature_of_log_p():
    a, mu, sigma = 1.5, 0.4, 1.3
    row = around("reverse-kl", a, mu, np.log(sigma))[2][0, 0]

    def bend(x):  # (log p)'' = -1 + a^2 / cosh(a x)^2 for bumps of sd 1
        return gaussian(mu, sigma).pdf(np.array([x]))[0] * (1 - (a / np.cosh(a * x)) ** 2)

    assert row == pytest.approx(quad(bend, -12, 12, epsabs=1e-12)[0], abs=1e-9)


@says(
    r"Then $$ K_{\mu\mu} = \frac{K_\sigma}{\sigma} + \frac{1}{\sigma^2} , $$ "
    r"so wherever $\sigma$ is at its best, $K$ bends upwards along $\mu$."
)
def test_between_bumps_however_far_apart_the_middle_is_a_minimum():
    for a in (0.5, 2.0, 4.0, 6.0):
        middle = best_fits("reverse-kl", a).middle
        _, slope, second = around("reverse-kl", a, 0.0, np.log(middle.sd))
        assert np.abs(slope).max() < 1e-12
        assert second[0, 0] == pytest.approx(1 / middle.sd**2, rel=1e-9)
        assert np.linalg.eigvalsh(second).min() > 0
    for mu, sigma in ((0.3, 0.7), (-1.0, 2.0)):  # and away from where sigma is at its best
        _, slope, second = around("reverse-kl", 2.0, mu, np.log(sigma))
        assert second[0, 0] == pytest.approx(slope[1] / sigma**2 + 1 / sigma**2, rel=1e-9)


def test_of_a_skew_density_too_and_by_scipy():
    p = mixture([gaussian(-1, 0.5), gaussian(2, 1)], [0.3, 0.7])
    for mu in (-0.5, 1.0):
        best = minimize_scalar(
            lambda sd, mu=mu: kl(gaussian(mu, sd), p).value, bounds=(0.2, 4), method="bounded",
            options={"xatol": 1e-9},
        ).x  # fmt: skip
        K = [kl(gaussian(mu + h, best), p).value for h in (-0.01, 0, 0.01)]
        assert (K[0] - 2 * K[1] + K[2]) / 1e-4 == pytest.approx(1 / best**2, rel=1e-3)
