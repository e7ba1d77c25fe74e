"""Divergences: each against a closed form or mpmath, within the error that it states itself."""

import json
from itertools import product
from pathlib import Path

import mpmath as mp
import numpy as np
import pytest
from families import LAWS, MP_LOGS
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from gan_lab.theory import (
    C,
    chi2,
    distribution,
    gaussian,
    hellinger2,
    js,
    kl,
    mixture,
    pmf,
    pushforward,
    tv,
    uniform,
    w1,
)

REFERENCES = json.loads(Path(__file__).with_name("references.json").read_text())
ALL = {"kl": kl, "js": js, "tv": tv, "hellinger2": hellinger2, "chi2": chi2}
PAIRS = [pair for pair in product(LAWS, LAWS) if pair[0] != pair[1]]
LOG_2 = np.log(2)
RELATIVE = 1e-10


def within(estimate, truth):
    """The truth is inside the stated error, give or take the rounding of the truth itself."""
    return abs(estimate.value - truth) <= estimate.error + 4e-16 * abs(truth)


def accurate(estimate, truth):
    return within(estimate, truth) and estimate.error <= RELATIVE * abs(truth)


@pytest.mark.parametrize("name", list(ALL))
def test_every_pair_of_families_agrees_with_mpmath_within_the_stated_error(name):
    checked, wrong = 0, []
    for p, q in PAIRS:
        estimate = ALL[name](LAWS[p], LAWS[q])
        truth = REFERENCES.get(f"{name} {p} {q}")
        if truth is None or np.isinf(estimate.value):
            continue
        checked += 1
        if not accurate(estimate, truth):
            wrong.append((p, q, estimate, truth))
    assert not wrong
    assert checked >= {"chi2": 50, "kl": 90}.get(name, 200)


@pytest.mark.parametrize("name", ["kl", "chi2"])
def test_every_pair_is_either_decided_infinite_or_has_a_finite_error(name):
    for p, q in PAIRS:
        value, error = ALL[name](LAWS[p], LAWS[q])
        assert (value == np.inf and error == 0) or error <= RELATIVE * value, (p, q)


@pytest.mark.parametrize(
    ("p", "q"),
    [("gaussian", "wide"), ("gaussian", "cauchy"), ("horns", "uniform"), ("laplace", "logistic")],
)
def test_a_few_references_are_made_again_here(p, q):
    mp.mp.dps = 20
    f, g = MP_LOGS[p], MP_LOGS[q]

    def live(x):
        lp, lq = f(x, 0), g(x, 0)
        return 0 if lp is None else mp.exp(lp) * (lp - lq)

    if p == "horns":
        lower = mp.quad(lambda u: live(u**20) * 20 * u**19, [0, mp.mpf(1) / 2, 0.5**0.05])
        shift = mp.quad(lambda u: 10 * u**9 * _near_one(f, g, u**10), [0, 0.5**0.1])
        truth = lower + shift
    else:
        truth = mp.quad(live, [-mp.inf, -8, -4, -2, -1, 0, 1, 2, 4, 8, mp.inf])
    assert abs(float(truth) - REFERENCES[f"kl {p} {q}"]) < 1e-12


def _near_one(f, g, s):
    return mp.exp(f(1, -s)) * (f(1, -s) - g(1, -s))


def test_kl_between_gaussians():
    for m, s, n, t in [(0, 1, 0.5, 1), (0, 1, 0, 2), (3, 0.1, -2, 5), (0, 1, 1e-3, 1.0)]:
        truth = np.log(t / s) + (s**2 + (m - n) ** 2) / (2 * t**2) - 0.5
        estimate = kl(gaussian(m, s), gaussian(n, t))
        assert abs(estimate.value - truth) <= estimate.error + 4e-16
        assert estimate.error <= RELATIVE * truth


def test_chi2_hellinger_and_tv_between_shifted_gaussians():
    for d in (0.01, 0.5, 2.0, 5.0):
        p, q = gaussian(0, 1), gaussian(d, 1)
        assert accurate(chi2(p, q), np.expm1(d**2))
        assert accurate(hellinger2(p, q), -np.expm1(-(d**2) / 8))
        assert accurate(tv(p, q), special.erf(d / (2 * np.sqrt(2))))


def test_kl_of_the_beta_law_that_truncation_gets_wrong():
    a, b = 0.1, 0.2
    total = special.digamma(a + b)
    entropy = (
        special.betaln(a, b)
        - (a - 1) * special.digamma(a)
        - (b - 1) * special.digamma(b)
        + (a + b - 2) * total
    )
    estimate = kl(distribution(stats.beta(a, b)), uniform(0, 1))
    assert accurate(estimate, -entropy)
    assert round(estimate.value, 3) == 4.977


def test_kl_between_shifted_cauchy_laws():
    p, q = distribution(stats.cauchy(0, 1)), distribution(stats.cauchy(3, 2))
    truth = np.log(((1 + 2) ** 2 + 3**2) / (4 * 1 * 2))
    assert accurate(kl(p, q), truth) and accurate(kl(q, p), truth)


def test_kl_between_pareto_lognormal_and_exponential_laws():
    a, b = 0.3, 2.5
    assert accurate(
        kl(distribution(stats.pareto(a)), distribution(stats.pareto(b))), np.log(a / b) + b / a - 1
    )
    assert accurate(
        kl(distribution(stats.lognorm(1)), distribution(stats.lognorm(2, scale=np.e))),
        np.log(2) + (1 + 1) / 8 - 0.5,
    )
    assert accurate(
        kl(distribution(stats.expon(scale=0.2)), distribution(stats.expon())), np.log(5) + 0.2 - 1
    )


def test_divergences_between_overlapping_uniforms():
    p, q = uniform(0, 1), uniform(0.25, 1.25)
    assert accurate(js(p, q), 0.25 * LOG_2)
    assert accurate(tv(p, q), 0.25)
    assert accurate(hellinger2(p, q), 0.25)
    assert accurate(w1(p, q), 0.25)
    assert kl(p, q) == (np.inf, 0)
    assert accurate(kl(p, uniform(-1, 3)), np.log(4))
    assert accurate(chi2(p, uniform(-1, 3)), 3.0)


def test_disjoint_laws_are_as_far_apart_as_laws_can_be():
    p, q = uniform(0, 1), uniform(2, 3)
    assert within(js(p, q), LOG_2) and within(tv(p, q), 1) and within(hellinger2(p, q), 1)
    assert kl(p, q).value == chi2(p, q).value == np.inf
    assert within(w1(p, q), 2)


def test_a_law_is_at_distance_zero_from_itself():
    for p in LAWS.values():
        for f in (kl, js, tv, hellinger2, chi2, C):
            value, error = f(p, p)
            assert abs(value - (-np.log(4) if f is C else 0)) <= error < 1e-13


def test_close_laws_lose_no_digits():
    d = 1e-6
    p, q = gaussian(0, 1), gaussian(d, 1)
    assert abs(kl(p, q).value / (d**2 / 2) - 1) < 1e-9
    assert abs(js(p, q).value / (d**2 / 8) - 1) < 1e-9


def test_supports_decide_what_is_infinite():
    assert kl(gaussian(0, 1), uniform(-9, 9)) == (np.inf, 0)
    assert chi2(uniform(0, 2), uniform(0, 1)) == (np.inf, 0)
    assert np.isfinite(kl(uniform(0, 1), uniform(0, 2)).error)


def test_tails_decide_what_is_infinite():
    cauchy, t3 = LAWS["cauchy"], LAWS["student"]
    assert kl(cauchy, gaussian(0, 1)) == (np.inf, 0)
    assert chi2(gaussian(0, 2), gaussian(0, 1)) == (np.inf, 0)
    assert chi2(cauchy, t3) == (np.inf, 0)
    assert kl(distribution(stats.lognorm(1)), distribution(stats.expon())).error < 1e-9
    assert chi2(distribution(stats.laplace()), gaussian(0, 1)) == (np.inf, 0)
    assert chi2(distribution(stats.laplace(0, 2)), distribution(stats.laplace(0, 1))) == (np.inf, 0)
    assert np.isfinite(
        chi2(distribution(stats.laplace(0, 1.9)), distribution(stats.laplace())).value
    )


def test_end_points_decide_what_is_infinite():
    horns = LAWS["horns"]
    assert chi2(horns, uniform(0, 1)) == (np.inf, 0)
    assert chi2(uniform(0, 1), distribution(stats.beta(3, 3))) == (np.inf, 0)
    assert np.isfinite(kl(uniform(0, 1), distribution(stats.beta(3, 3))).error)


def test_where_nothing_decides_the_error_is_infinite():
    folded = pushforward(lambda z: z**3 + z, gaussian(0, 1))
    assert kl(gaussian(0, 1), folded).error == chi2(folded, gaussian(0, 1)).error == np.inf
    assert kl(folded, uniform(-20_000, 20_000)).error == np.inf  # who knows how far G goes on


def test_kl_from_a_smooth_push_forward_is_known_where_its_cut_tails_cannot_matter():
    folded = pushforward(lambda z: z**3 + z, gaussian(0, 1))
    z = np.linspace(-12, 12, 24_001)
    log_slope = np.sum(stats.norm.pdf(z) * np.log(3 * z**2 + 1)) * 1e-3
    # E x^2 = 15 + 2 * 3 + 1, and the entropy of x is that of z plus E log G'(z)
    truth = 22 / 2 + 0.5 * np.log(2 * np.pi) - stats.norm.entropy() - log_slope
    got = kl(folded, gaussian(0, 1))
    assert within(got, truth) and got.error < 1e-7
    square = kl(pushforward(np.square, gaussian(0, 1)), distribution(stats.chi2(2)))
    assert within(square, 0.409390070086012) and square.error < 1e-9


def test_w1_of_a_shift_and_of_a_change_of_scale():
    for law, args in ((stats.norm, ()), (stats.laplace, ()), (stats.logistic, ()), (stats.t, (3,))):
        p, q = distribution(law(*args)), distribution(law(*args, loc=0.75))
        assert accurate(w1(p, q), 0.75)
    assert accurate(w1(gaussian(0, 1), gaussian(0, 3)), 2 * np.sqrt(2 / np.pi))
    assert accurate(w1(distribution(stats.expon()), distribution(stats.expon(scale=4))), 3.0)


def test_w1_of_heavy_tails():
    a, b = 1.5, 2.5
    truth = a / (a - 1) - b / (b - 1)
    assert accurate(w1(distribution(stats.pareto(a)), distribution(stats.pareto(b))), truth)
    assert w1(LAWS["cauchy"], gaussian(0, 1)) == (np.inf, 0)
    assert w1(distribution(stats.cauchy(0, 2)), LAWS["cauchy"]) == (np.inf, 0)


def test_two_laws_without_means_can_be_near_each_other():
    assert accurate(w1(distribution(stats.cauchy(1)), LAWS["cauchy"]), 1.0)
    far = w1(distribution(stats.pareto(0.6, 2)), distribution(stats.pareto(0.6)))
    assert within(far, 2.0) and far.error < 1e-5


def test_discrete_laws_follow_the_sums():
    p, q = pmf([0, 1, 2], [0.5, 0.3, 0.2]), pmf([0, 1, 2], [0.2, 0.2, 0.6])
    a, b = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.2, 0.6])
    m = (a + b) / 2
    assert within(kl(p, q), np.sum(a * np.log(a / b)))
    assert within(js(p, q), 0.5 * np.sum(a * np.log(a / m) + b * np.log(b / m)))
    assert within(tv(p, q), 0.5 * np.abs(a - b).sum())
    assert within(hellinger2(p, q), 0.5 * np.sum((np.sqrt(a) - np.sqrt(b)) ** 2))
    assert within(chi2(p, q), np.sum((a - b) ** 2 / b))
    assert within(w1(p, q), np.abs(np.cumsum(a - b))[:2].sum())
    assert kl(q, pmf([0, 1], [0.5, 0.5])) == (np.inf, 0)


def test_w1_of_points_that_are_few_floats_apart():
    x = 1e3 + 1e-9 * np.arange(50)
    a, b = np.full(50, 1 / 50), np.random.default_rng(0).dirichlet(np.ones(50))
    assert within(w1(pmf(x, a), pmf(x, b)), np.abs(np.cumsum(a - b))[:-1] @ np.diff(x))
    near = np.nextafter(np.e, 3)
    assert within(w1(pmf([np.e], [1]), pmf([near], [1])), near - np.e)


def test_an_atom_is_disjoint_from_every_continuous_law():
    half = mixture([pmf([0], [1.0]), gaussian(0, 1)], [0.5, 0.5])
    assert within(js(pmf([0], [1.0]), gaussian(0, 1)), LOG_2)
    assert kl(half, gaussian(0, 1)) == (np.inf, 0)
    assert accurate(kl(gaussian(0, 1), half), LOG_2)
    assert accurate(tv(half, gaussian(0, 1)), 0.5)
    truth = 0.5 * (0.5 * LOG_2 + 0.5 * np.log(2 / 3) + np.log(4 / 3))
    assert accurate(js(half, gaussian(0, 1)), truth)


laws = st.lists(
    st.tuples(st.floats(-5, 5), st.floats(0.05, 3), st.floats(0.05, 1)), min_size=1, max_size=4
).map(
    lambda rows: mixture(
        [gaussian(m, s) for m, s, _ in rows],
        np.array([w for *_, w in rows]) / sum(w for *_, w in rows),
    )
)


@given(laws, laws)
def test_random_mixtures_obey_the_inequalities_between_divergences(p, q):
    d, t, h, k = js(p, q), tv(p, q), hellinger2(p, q), kl(p, q)
    slack = 1e-12 + d.error + t.error + h.error
    assert -slack <= d.value <= min(t.value * LOG_2, LOG_2) + slack
    assert h.value - slack <= t.value <= np.sqrt(h.value * (2 - h.value)) + slack
    assert k.error == np.inf or t.value**2 <= k.value / 2 + k.error + slack
    assert abs(d.value - js(q, p).value) <= 2 * d.error + js(q, p).error
    mean = sum(w * c.mean for w, c in zip(p.weights, p.components, strict=True))
    other = sum(w * c.mean for w, c in zip(q.weights, q.components, strict=True))
    distance = w1(p, q)
    assert distance.value + distance.error + 1e-12 >= abs(mean - other)


@given(laws, laws)
def test_random_mixtures_agree_with_a_fine_sum(p, q):
    x = np.linspace(-40, 40, 160_001)
    a, b = p.pdf(x), q.pdf(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = a * np.log(2 * a / (a + b)), b * np.log(2 * b / (a + b))
    fine = 0.5 * sum(np.where(np.isnan(t), 0, t).sum() for t in terms) * (x[1] - x[0])
    assert abs(fine - js(p, q).value) < 1e-9


@pytest.mark.parametrize("f", [kl, js, tv, hellinger2, chi2, w1])
def test_what_is_no_density_is_refused_in_one_sentence(f):
    with pytest.raises(ValueError, match="second argument: a distribution must be"):
        f(gaussian(0, 1), 3)
