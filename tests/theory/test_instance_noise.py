"""Noise makes two distributions overlap, and bounds what a divergence says by their distance."""

import numpy as np
import pytest
from says import says
from scipy.stats import norm

from gan_lab.theory import gaussian, js, mixture, pmf, tv, w1
from gan_lab.theory.supports import apart


@says(
    r"Let $p$ and $q$ be distributions on the line with means, and $p_\sigma$ and $q_\sigma$ "
    r"what becomes of them with an independent noise $N(0, \sigma^2)$."
)
def test_noise_on_points_makes_a_mixture_of_gaussians():
    x, a, sigma = np.array([-1.0, 0.5, 2.0]), np.array([0.2, 0.5, 0.3]), 0.7
    rng = np.random.default_rng(0)
    drawn = rng.choice(x, p=a, size=100000) + sigma * rng.normal(size=100000)
    law = mixture([gaussian(at, sigma) for at in x], a)
    for at in (-1.5, 0.0, 1.0):
        assert abs((drawn < at).mean() - law.cdf(at)) < 5 * 0.5 / np.sqrt(1e5)


@says(
    r"Then $$ \begin{aligned} \mathrm{TV}(p_\sigma, q_\sigma) & \le "
    r"\frac{W_1(p, q)}{\sigma \sqrt{2 \pi}} , \\ \mathrm{JSD}(p_\sigma, q_\sigma) & \le "
    r"\mathrm{TV}(p_\sigma, q_\sigma) \log 2 , \end{aligned} $$ "
    r"and, however far apart $p$ and $q$ are, the second of these is below $\log 2$."
)
@pytest.mark.parametrize("apart", [0.01, 1.0, 6.0])
@pytest.mark.parametrize("sigma", [0.5, 2.0])
def test_two_points_under_noise(apart, sigma):
    p, q = gaussian(0, sigma), gaussian(apart, sigma)
    seen = tv(p, q).value
    assert seen == pytest.approx(2 * norm.cdf(apart / (2 * sigma)) - 1, abs=1e-12)
    distance = w1(pmf([0.0], [1.0]), pmf([apart], [1.0])).value
    assert distance == pytest.approx(apart, abs=1e-12)
    assert seen <= distance / (sigma * np.sqrt(2 * np.pi)) + 1e-15
    assert js(p, q).value <= seen * np.log(2) + 1e-15
    if apart / sigma < 10:
        assert js(p, q).value < np.log(2)


def test_noise_of_two_values_leaves_points_disjoint():
    p, q = pmf([-1.0, 1.0], [0.5, 0.5]), pmf([-0.9, 1.1], [0.5, 0.5])
    assert tv(p, q).value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("theta", "sigma", "jsd", "slope"),
    [  # two bells at the distance theta, where the boxes are narrow; their ends, where sharp
        (100, 1e4, 1e-4 / 8, 1e-6 / 4),
        (1e9, 1e12, 1e-6 / 8, 1e-15 / 4),
        (0.5, 1e-9, np.log(2) / 2, np.log(2)),
        (1, 1e-9, np.log(2), 0.5),
        (1e9, 1e3, np.log(2), 0),
    ],
)
def test_boxes_under_very_much_and_very_little_noise(theta, sigma, jsd, slope):
    found = apart(theta, sigma)
    assert found.jsd == pytest.approx(jsd, rel=1e-4)
    assert found.jsd_slope == pytest.approx(slope, rel=1e-4)
