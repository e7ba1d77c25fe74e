"""The truth is within the stated error, and bounds hold: drawn laws, and the hard ones by name."""

import warnings

import mpmath as mp
import numpy as np
import pytest
from honest import CLOSED, MAPS, anew, closed, game, mapped, rescaled, shapes_of, verdicts
from scipy import stats

from gan_lab.distributions.families import FAMILIES
from gan_lab.theory import (
    C,
    V,
    chi2,
    distribution,
    drawn,
    gaussian,
    hellinger2,
    js,
    kl,
    mixture,
    optimal_logit,
    pmf,
    tv,
    uniform,
    w1,
)

LOG_2, LOG_4 = np.log(2), np.log(4)
EPS = np.finfo(float).eps


def right(trial):
    """No divergence of a trial is wrong or out of its bounds."""
    for name, verdict, got, truth in verdicts(trial):
        assert verdict in ("right", "open"), (trial, name, got, truth)


@pytest.mark.parametrize("name", list(CLOSED))
def test_kl_is_its_closed_form_within_the_stated_error(name):
    rng = np.random.default_rng(sum(map(ord, name)))
    for _ in range(4):
        right(anew(lambda rng: closed(name, rng), rng))


@pytest.mark.parametrize("kind", list(MAPS))
def test_a_monotone_map_changes_no_divergence(kind):
    rng = np.random.default_rng(3)
    for name in MAPS[kind][1]:
        right(anew(lambda rng, name=name: mapped(kind, name, rng), rng))


@pytest.mark.parametrize("name", list(FAMILIES))
def test_units_change_no_divergence_and_theorem_1_holds(name):
    rng = np.random.default_rng(sum(map(ord, name)))
    trial = anew(lambda rng: rescaled(name, rng), rng)
    right(trial)
    assert game(trial) is None


@pytest.mark.parametrize("name", list(FAMILIES))
def test_the_formula_of_a_family_is_scipys(name):
    shapes = {
        "loguniform": (0.5, 3.0),
        "truncnorm": (-1.0, 2.5),
        "triang": (0.3,),
        "skewcauchy": (0.4,),
        "genpareto": (-0.4,),
        "erlang": (3.0,),
        "f": (3.5, 6.2),
        "beta": (2.3, 0.7),
        "betaprime": (0.6, 2.2),
    }.get(name, (1.7,))
    dist = getattr(stats, name)(*shapes[: len(FAMILIES[name].shapes)], loc=-0.3, scale=1.4)
    x = dist.ppf(np.linspace(0.01, 0.99, 41))
    np.testing.assert_allclose(distribution(dist).logpdf(x), dist.logpdf(x), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", list(FAMILIES))
def test_a_cdf_rises_from_0_to_1_and_quantiles_undo_it(name):
    rng = np.random.default_rng(7)
    u = np.linspace(0.001, 0.999, 101)
    for _ in range(4):
        p = distribution(getattr(stats, name)(*shapes_of(name, rng)))
        x = p.ppf(u)
        assert np.all(np.diff(x) >= 0)
        cdf = p.cdf(np.concatenate([[-np.inf], x, [np.inf]]))
        assert cdf[0] == 0 and cdf[-1] == 1 and np.all(np.diff(cdf) >= 0)
        # as near as the neighbouring floats are
        below, above = p.cdf(np.nextafter(x, -np.inf)), p.cdf(np.nextafter(x, np.inf))
        assert np.all(below <= u + 1e-9) and np.all(above >= u - 1e-9)
        assert np.all(p.pdf(x) >= 0)


HARD = [
    gaussian(0, 1e-150),
    gaussian(1e150, 1e140),
    gaussian(1e20, 1.0),
    uniform(-1e150, 1e150),
    distribution(stats.t(0.05)),
    distribution(stats.t(1e20)),
    distribution(stats.lognorm(1e-8)),
    distribution(stats.lognorm(50)),
    distribution(stats.beta(4e8, 4e8)),
    distribution(stats.levy()),
    distribution(stats.invgauss(1e-12)),
    distribution(stats.gennorm(0.1)),
    distribution(stats.gennorm(100)),
    mixture([gaussian(-1e6, 1e-6), distribution(stats.cauchy())], [0.5, 0.5]),
    pmf([0, 1, 1e150], [0.2, 0.3, 0.5]),
    mixture([pmf([0.0], [1.0]), gaussian(0, 1)]),
    drawn([0, 1e-6, 1e6], [0, 1, 0]),
]


def test_bounds_hold_for_any_two_laws_and_nothing_is_raised_or_said():
    upper = {js: LOG_2, tv: 1.0, hellinger2: 1.0, kl: np.inf, chi2: np.inf, w1: np.inf}
    pairs = [(HARD[i], HARD[(5 * i + 3) % len(HARD)]) for i in range(len(HARD))]
    with np.errstate(all="raise"), warnings.catch_warnings():
        warnings.simplefilter("error")
        for p, q in pairs:
            for f, most in upper.items():
                value, error = f(p, q)
                assert 0 <= value <= most and error >= 0, (f, p, q)
                assert error <= most
            for value, error in (C(p, q), V(optimal_logit(p, q), p, q)):
                assert -LOG_4 <= value <= 0 and 0 <= error <= LOG_4, (p, q)
            x = np.array([-1e300, -1.0, 0.0, 0.5, 1.0, 1e300])
            assert np.all(p.pdf(x) >= 0) and np.all(np.diff(p.cdf(x)) >= 0)


def test_the_detector_sees_a_law_that_no_cell_sees():
    class Hidden(type(gaussian(0, 1))):
        """A thin law that tells nobody where it is."""

        def marks(self):
            x = np.array([-np.inf, 0.0, np.inf])
            return x, np.array([np.inf, 1.0, np.inf]), np.array([True, False, True])

    thin, wide = Hidden(3.17, 1e-7), gaussian(0, 1)
    for f, truth in ((js, LOG_2), (tv, 1.0), (hellinger2, 1.0)):
        got = f(thin, wide)
        assert abs(got.value - truth) <= got.error + 1e-3
    assert C(thin, wide).error > 0.1 and kl(thin, wide).error > 1


@pytest.mark.parametrize("df", [1e6, 1e10, 1e16, 1e20])
def test_students_t_becomes_the_normal_law(df):
    mp.mp.dps = 50
    p = distribution(stats.t(df))
    got, truth = js(p, gaussian(0, 1)), 7 / 16 / df**2
    assert abs(got.value - truth) <= got.error + 1e-3 * truth
    n = mp.mpf(df)
    constant = mp.loggamma((n + 1) / 2) - mp.loggamma(n / 2) - mp.log(n * mp.pi) / 2
    for x in (0.0, 1.0, 30.0):
        log = constant - (n + 1) / 2 * mp.log1p(mp.mpf(x) ** 2 / n)
        assert abs(p.logpdf(x) - float(log)) <= 8 * EPS * (1 + abs(float(log)))


def test_a_mixture_of_a_thousand_parts_asks_only_those_that_are_near():
    rng = np.random.default_rng(0)
    parts = [
        gaussian(m, s)
        for m, s in zip(rng.uniform(-10, 10, 300), rng.uniform(0.01, 1, 300), strict=True)
    ]
    many, x = mixture(parts), np.concatenate([np.linspace(-60, 60, 1501), [-1e200, 1e200]])
    with np.errstate(all="ignore"):
        logs = np.stack([c.logpdf(x) for c in parts])
        top = logs.max(axis=0)
        brute = np.where(np.isfinite(top), top + np.log(np.mean(np.exp(logs - top), axis=0)), top)
    np.testing.assert_allclose(many.logpdf(x), brute, rtol=1e-12)
    np.testing.assert_allclose(many.cdf(x), np.mean([c.cdf(x) for c in parts], axis=0), atol=1e-14)
    np.testing.assert_allclose(many.sf(x), np.mean([c.sf(x) for c in parts], axis=0), atol=1e-14)
    one, two = js(many, uniform(-10, 10)), js(mixture([many, many]), uniform(-10, 10))
    assert abs(one.value - two.value) <= one.error + two.error < 1e-12


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: gaussian(0, 1e-170), "from 1e-150 to 1e\\+150"),
        (lambda: gaussian(1e160, 1), "from -1e\\+150 to 1e\\+150"),
        (lambda: uniform(-1e308, 1e308), "low must be from"),
        (lambda: pmf([0, 1e200], [0.5, 0.5]), "A point must be from"),
        (lambda: distribution(stats.norm(0, 1e200)), "scale must be from"),
        (lambda: distribution(stats.levy_stable(1.8, 0)), "take one of norm, t, cauchy"),
        (lambda: distribution(stats.vonmises(1)), "not known to be right"),
        (lambda: distribution(stats.t(0.01)), "from 0.05 to 1e\\+20"),
        (lambda: distribution(stats.f(2, 0.01)), "from 0.1 to 2e\\+07 and from"),
        (lambda: distribution(stats.genpareto(1e-9)), "0 or at least 1e-6"),
        (lambda: distribution(stats.lognorm(0.1, loc=1e20)), "thinner than the spacing of floats"),
    ],
)
def test_what_cannot_be_honest_is_refused_in_one_sentence(make, words):
    with pytest.raises(ValueError, match=words) as refused:
        make()
    assert str(refused.value).count(". ") == 0 and str(refused.value).endswith(".")


def test_transport_without_means_is_finite_for_a_shift_only():
    for law, a in ((stats.cauchy, ()), (stats.t, (0.8,)), (stats.levy, ()), (stats.halfcauchy, ())):
        p, q = distribution(law(*a)), distribution(law(*a, loc=1.5))
        got = w1(p, q)
        assert abs(got.value - 1.5) <= got.error < 1e-3
        assert w1(p, distribution(law(*a, scale=2))) == (np.inf, 0)
