"""Densities: what each law evaluates, samples and refuses."""

import numpy as np
import pytest
from families import LAWS
from scipy import stats

from gan_lab.distributions import gaussian_mixture  # noqa: F401, printed by a mixture
from gan_lab.distributions.base import Distribution
from gan_lab.theory import distribution, gaussian, mixture, pmf, uniform
from gan_lab.theory.divergences import cells_of
from gan_lab.theory.quadrature import integrate

every_law = pytest.mark.parametrize("name", list(LAWS))


def mass_of(p):
    return integrate(lambda a, s: (np.exp(p.log_near(a, s)), np.zeros(s.shape)), cells_of(p))


@every_law
def test_a_density_integrates_to_one_within_its_error(name):
    value, error = mass_of(LAWS[name])
    assert abs(value - 1) <= error + 1e-13 and error < 1e-11


@every_law
def test_panels_are_sorted_and_cover_the_support(name):
    p = LAWS[name]
    ends = p.panels()
    assert np.all(np.diff(ends) > 0)
    assert ends[0] == p.support[0][0] and ends[-1] == p.support[-1][1]


@every_law
def test_cdf_ppf_and_sf_agree(name):
    p, u = LAWS[name], np.array([0.01, 0.3, 0.5, 0.9])
    x = p.ppf(u)
    np.testing.assert_allclose(p.cdf(x), u, rtol=1e-9)
    np.testing.assert_allclose(p.sf(x), 1 - u, rtol=1e-9)


@every_law
def test_samples_follow_the_cdf(name):
    p = LAWS[name]
    x = p.sample(4000, np.random.default_rng(5))
    share = np.mean(x <= p.ppf(np.array([0.2, 0.5, 0.8]))[:, None], axis=1)
    error = np.sqrt(np.array([0.16, 0.25, 0.16]) / 4000)
    assert np.all(np.abs(share - [0.2, 0.5, 0.8]) < 4 * error)


@every_law
def test_the_slope_of_the_cdf_is_the_pdf(name):
    p = LAWS[name]
    x = p.ppf(np.array([0.15, 0.45, 0.85]))
    h = 1e-5 * np.maximum(np.abs(x), 1e-3) if name != "horns" else 1e-5 * np.minimum(x, 1 - x)
    slope = (p.cdf(x + h) - p.cdf(x - h)) / (2 * h)
    np.testing.assert_allclose(slope, p.pdf(x), rtol=1e-5)


def test_logpdf_matches_scipy_where_scipy_is_right():
    x = np.array([0.05, 0.3, 0.7, 1.5, 20.0])
    for law in (
        stats.t(3),
        stats.cauchy(1, 2),
        stats.pareto(1.5),
        stats.laplace(1, 3),
        stats.arcsine(-1, 30),
        stats.halfcauchy(),
        stats.triang(0.3, 0, 25),
    ):
        np.testing.assert_allclose(distribution(law).logpdf(x), law.logpdf(x), rtol=1e-13)


def test_a_singular_upper_end_keeps_the_digits_of_the_distance_from_it():
    horns = distribution(stats.beta(0.1, 0.2))
    mirrored = distribution(stats.beta(0.2, 0.1))
    s = np.array([1e-3, 1e-20, 1e-200])
    np.testing.assert_allclose(
        horns.log_near(np.ones(3), -s), mirrored.log_near(np.zeros(3), s), rtol=1e-14
    )


def test_a_mixture_is_the_weighted_sum_of_its_components():
    parts = [gaussian(0, 1), uniform(-1, 2), distribution(stats.cauchy())]
    x = np.linspace(-5, 5, 41)
    sums = 0.2 * parts[0].pdf(x) + 0.3 * parts[1].pdf(x) + 0.5 * parts[2].pdf(x)
    np.testing.assert_allclose(mixture(parts, [0.2, 0.3, 0.5]).pdf(x), sums, rtol=1e-14)


def test_a_discrete_law_has_masses_and_no_density():
    p = pmf([2, 0], [0.25, 0.75])
    assert p.atoms == ((0.0, 0.75), (2.0, 0.25))
    np.testing.assert_array_equal(p.mass([0, 1, 2]), [0.75, 0, 0.25])
    np.testing.assert_array_equal(p.pdf(np.array([0.0, 1.0])), [0, 0])
    np.testing.assert_array_equal(p.cdf([-1, 0, 1, 2]), [0, 0.75, 0.75, 1])
    np.testing.assert_array_equal(p.sf([-1, 0, 1, 2]), [1, 0.25, 0.25, 0])
    np.testing.assert_array_equal(p.ppf([0.5, 0.75, 0.8, 1]), [0, 0, 2, 2])


def test_a_law_prints_as_the_code_that_remakes_it():
    for p in (
        gaussian(0, 1),
        uniform(0, 2),
        pmf([0, 1], [0.5, 0.5]),
        mixture([gaussian(-1, 1), gaussian(1, 2)], [0.5, 0.5]),
    ):
        assert eval(repr(p)) == p
    beta = distribution(stats.beta(2, 3, scale=2))
    assert eval(repr(beta)) == beta == distribution("beta", 2, 3, scale=2)


def test_a_law_cannot_be_changed():
    with pytest.raises(AttributeError):
        gaussian(0, 1).sd = 2.0


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: gaussian(0, 0), "standard deviation must be a finite number above 0"),
        (lambda: gaussian(0, -1), "standard deviation must be a finite number above 0"),
        (lambda: gaussian(float("nan"), 1), "mean must be a finite number"),
        (lambda: gaussian("wide", 1), "mean must be a number"),
        (lambda: uniform(1, 1), "low must be below high"),
        (lambda: uniform(0, float("inf")), "high must be a finite number"),
        (lambda: mixture([]), "at least one component"),
        (lambda: mixture([1, 2]), "must be given by name"),
        (lambda: mixture([gaussian(0, 1)] * 2, [0.5, 0.6]), "must sum to 1"),
        (lambda: mixture([gaussian(0, 1)] * 2, [1.5, -0.5]), "not negative"),
        (lambda: mixture([gaussian(0, 1)] * 2, [1.0]), "must be 2 numbers"),
        (lambda: pmf([0, 0], [0.5, 0.5]), "must differ"),
        (lambda: pmf([], []), "at least one point"),
        (lambda: pmf([0, 1], [0.5, 0.4]), "must sum to 1"),
        (lambda: distribution(3), "must be given"),
        (lambda: distribution(stats.poisson(3)), "must be given"),
        (lambda: distribution(stats.norm), "must be given"),
        (lambda: distribution(stats.beta(-1, 2)), "make no beta distribution"),
        (lambda: distribution(stats.norm([0, 1], 1)), "arrays of several"),
    ],
)
def test_what_is_no_law_is_refused_in_one_sentence(make, words):
    with pytest.raises(ValueError, match=words) as refused:
        make()
    assert str(refused.value).count("\n") == 0 and str(refused.value).endswith(".")


def test_a_subclass_that_says_nothing_is_abstract():
    with pytest.raises(NotImplementedError):
        Distribution().pdf(0.0)


def test_at_the_ends_of_a_support_there_is_something_on_one_side_only():
    p, places = uniform(0, 1), (-1, 0, 0.5, 1, 2)
    seen = {(x, side) for x in places for side in (-1, 1) if not p.tail(x, side).nothing}
    assert seen == {(0, 1), (0.5, -1), (0.5, 1), (1, -1)}


def test_a_place_slips_by_its_distance_from_where_the_law_is_exact():
    laws = [
        distribution(stats.gamma(2, 3, 2)),
        distribution(stats.beta(2, 3, 3, 2)),
        gaussian(3, 2),
        mixture([gaussian(3, 2)] * 2),
        mixture([gaussian(3, 2)] * 9),
    ]
    for p in laws:
        for away in (1e-8, 1.0, 1e8):
            slip = p.slip(np.array([3 + away]))
            assert slip == pytest.approx(np.finfo(float).eps * away, rel=1e-6)
    horns = distribution(stats.beta(2, 3, 3, 2))
    assert horns.slip(np.array([5.0])) == 0 and laws[0].slip(np.array([np.inf])) > 0


def test_a_part_of_no_weight_is_no_part():
    assert mixture([gaussian(0, 1), uniform(0, 1)], [1, 0]) == mixture([gaussian(0, 1)])
    assert pmf([0, 1], [0, 1]) == pmf([1], [1])


def test_a_bell_kept_to_one_side_is_the_mirror_image_of_the_other():
    for a, b in ((-12.0, -10.0), (-3.0, 1.0), (-30.0, -29.0)):
        left, right = distribution(stats.truncnorm(a, b)), distribution(stats.truncnorm(-b, -a))
        x = np.linspace(a, b, 9)
        np.testing.assert_array_equal(left.logpdf(x), right.logpdf(-x))


def test_how_near_one_can_go_to_an_end_is_in_units_of_the_law():
    for size in (1.0, 1e6, 1e-6):
        arch, horns = (
            distribution(stats.semicircular(0, size)),
            distribution(stats.beta(2, 3, 0, size)),
        )
        assert arch.reach(-size, 1) == pytest.approx(64 * np.finfo(float).eps * size)
        assert arch.reach(size, -1) == horns.reach(0.0, 1) == horns.reach(size, -1) == 0
