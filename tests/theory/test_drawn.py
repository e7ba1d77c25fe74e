"""A density drawn by hand: linear between its points, with exact areas, quantiles and moments."""

import numpy as np
import pytest
from scipy import integrate, stats

from gan_lab import theory
from gan_lab.distributions.tails import power

TENT = theory.drawn([0.0, 1.0, 3.0], [0.0, 5.0, 0.0])
GAP = theory.drawn([-2, -1, 0, 1, 2, 4], [1, 1, 0, 0, 3, 2])
STEP = theory.drawn([1.0, 2.0], [7.0, 7.0])
ALL = [TENT, GAP, STEP]


@pytest.mark.parametrize("law", ALL, ids=repr)
def test_cdf_sf_and_moments_are_integrals_of_the_density(law):
    x = np.linspace(law.points[0] - 0.5, law.points[-1] + 0.5, 23)

    def area(f, low, high):
        return integrate.quad(lambda t: f(t) * law.pdf(t), low, high, points=law.points, limit=200)[
            0
        ]

    ends = law.points[0], law.points[-1]
    for at in x:
        below = area(lambda t: 1.0, ends[0], np.clip(at, *ends))
        assert law.cdf(at) == pytest.approx(below, abs=1e-9)
        assert law.sf(at) == pytest.approx(1 - below, abs=1e-9)
    mean, sd = law.mean, law.sd
    assert mean == pytest.approx(area(lambda t: t, *ends), abs=1e-9)
    assert sd**2 == pytest.approx(area(lambda t: (t - mean) ** 2, *ends), abs=1e-9)


@pytest.mark.parametrize("law", ALL, ids=repr)
def test_quantiles_undo_the_cdf(law):
    u = np.linspace(0, 1, 1001)
    assert np.allclose(law.cdf(law.ppf(u)), u, atol=1e-14)
    assert law.ppf(0.0) >= law.points[0] and law.ppf(1.0) == law.points[-1]
    assert theory.drawn([0, 1, 2, 3], [1, 0, 0, 1]).ppf(0.5) <= 1.0  # the smallest such x


def test_a_tent_is_scipys_triangle():
    tent = stats.triang(1 / 3, 0, 3)
    x = np.linspace(-1, 4, 101)
    assert np.allclose(TENT.pdf(x), tent.pdf(x), atol=1e-15)
    assert np.allclose(TENT.cdf(x), tent.cdf(x), atol=1e-15)
    known = theory.distribution(tent)
    for f in (theory.kl, theory.js, theory.w1):
        assert f(TENT, known).value == pytest.approx(0.0, abs=1e-12)


def test_at_its_ends_and_points_it_is_as_high_as_it_was_drawn():
    for law in ALL:
        assert np.allclose(law.pdf(np.array(law.points)), law.heights, rtol=1e-14)


def test_divergences_know_its_ends():
    # KL from Beta(2, 1), whose density 2x is drawn by two points, to U(0, 1) is log 2 - 1/2
    ramp = theory.drawn([0, 1], [0, 1])
    got = theory.kl(ramp, theory.uniform(0, 1))
    assert abs(got.value - (np.log(2) - 0.5)) <= got.error + 1e-15 and got.error < 1e-10
    # and back it is 1 - log 2, where log p is integrated down to log 0
    got = theory.kl(theory.uniform(0, 1), ramp)
    assert abs(got.value - (1 - np.log(2))) <= got.error + 1e-15 and got.error < 1e-10
    assert theory.kl(STEP, ramp).value == np.inf
    assert theory.js(ramp, STEP).value == pytest.approx(np.log(2), abs=1e-12)


def test_next_to_a_zero_it_keeps_its_digits_on_either_side():
    s = np.array([1e-20, 1e-300])
    height = dict(zip(GAP.points, GAP.heights, strict=True))
    # nothing but the distance from the point where it vanishes can tell these apart
    assert np.allclose(GAP.log_near(0.0, -s), np.log(height[-1.0] * s), rtol=1e-14)
    assert np.allclose(GAP.log_near(1.0, s), np.log(height[2.0] * s), rtol=1e-14)
    assert np.all(GAP.log_near(0.0, s) == -np.inf) and np.all(GAP.log_near(1.0, -s) == -np.inf)
    left = theory.drawn([0, 1, 2, 3], [1, 0, 0, 1])  # where 1 - s rounds to 1
    assert np.allclose(left.log_near(1.0, -s), np.log(s), rtol=1e-14)
    assert GAP.ends() == {(0.0, -1): power(-1), (1.0, 1): power(-1)}
    known = theory.distribution(stats.triang(1 / 3, 0, 3)).ends()
    assert TENT.ends() == {key: known[key] for key in ((0.0, 1), (3.0, -1))}


def test_a_drawn_law_keeps_its_bits():
    assert theory.drawn(GAP.points, GAP.heights) == GAP
    assert GAP.support == ((-2.0, 0.0), (1.0, 4.0))


@pytest.mark.parametrize(
    ("x", "h", "word"),
    [
        ([0], [1], "two or more"),
        ([0, 1], [1], "as many"),
        ([0, 0], [1, 1], "increase"),
        ([0, 2, 1], [1, 1, 1], "increase"),
        ([0, 1], [0, 0], "nor all be 0"),
        ([0, 1], [-1, 2], "below 0"),
        ([0, np.nan], [1, 1], "finite"),
        (["a", 1], [1, 1], "number"),
    ],
)
def test_what_is_no_density_is_refused(x, h, word):
    with pytest.raises(ValueError, match=word):
        theory.drawn(x, h)
