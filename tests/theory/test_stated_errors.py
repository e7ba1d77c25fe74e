"""Errors that are stated: what goes into them, and that nothing of it is forgotten on the way."""

import numpy as np
import pytest
from scipy import special, stats

from gan_lab.distributions import distribution
from gan_lab.distributions.base import EPS, Estimate
from gan_lab.distributions.continuous import Gaussian
from gan_lab.theory import (
    C,
    V,
    chi2,
    game_values,
    gaussian,
    hellinger2,
    js,
    kl,
    mixture,
    optimal_logit,
    pmf,
    pushforward,
    tv,
    uniform,
)
from gan_lab.theory.divergences import (
    FREE,
    Nodes,
    Term,
    _chi2,
    _hellinger2,
    _js,
    _kl,
    _priced,
    _tv,
    rounding,
    settled,
)
from gan_lab.theory.game import C_term, V_term, _integrand_of_C
from gan_lab.theory.quadrature import _beyond

E = 1e-10


class Inexact(Gaussian):
    """A bell of which nobody knows the total mass better than to E."""

    error = E


ROUGH, EXACT = Inexact(0.0, 1.0), gaussian(1, 1)


@pytest.mark.parametrize("f", [js, tv, hellinger2, kl, chi2, C])
def test_no_estimate_is_known_better_than_its_laws(f):
    for p, q in ((ROUGH, EXACT), (EXACT, ROUGH)):
        known = f(gaussian(0, 1), EXACT) if p is ROUGH else f(EXACT, gaussian(0, 1))
        assert E <= f(p, q).error - known.error <= 1e3 * E


def test_neither_is_v_of_any_logit():
    for p, q in ((ROUGH, EXACT), (EXACT, ROUGH)):
        for logit in (optimal_logit(p, q), np.zeros_like, lambda x: x - 1):
            assert V(logit, p, q).error >= E
            assert all(e.error >= E for e in game_values(logit, p, q))


def test_an_error_of_the_laws_is_that_of_the_laws_that_are_made_of_them():
    assert mixture([ROUGH, EXACT], [0.25, 0.75]).error == pytest.approx(0.25 * E)
    assert mixture([EXACT, ROUGH], [0.25, 0.75]).error == pytest.approx(0.75 * E)
    assert E <= pushforward(lambda z: 2 * z, ROUGH, linear=True).error <= 1.01 * E
    assert E <= pushforward(lambda z: z + z**3, ROUGH).error <= 1.01 * E
    both = mixture([ROUGH, pmf([0.0], [1.0])])
    for linear in (True, False):
        pushed = pushforward(lambda z: 2 * z, both, linear=linear)
        assert 0.5 * E <= pushed.error <= 0.51 * E and pushed.atoms == ((0.0, 0.5),)


def test_a_uniform_law_far_from_0_says_how_much_the_rounding_of_its_ends_is():
    law = distribution(stats.uniform(1e6 + 0.1, 1e-3))
    low, high = law.support[0]
    off = abs((high - low) / 1e-3 - 1)
    assert 0 < off <= law.error < 1e-5


@pytest.mark.parametrize("f", [_kl, _js, _tv, _hellinger2, _chi2, _integrand_of_C])
def test_the_slopes_of_an_integrand_bound_how_far_rounding_moves_it(f):
    logs = np.array([*np.linspace(-9, 3, 25), -np.inf])
    lp, lq = (v.ravel() for v in np.meshgrid(logs, logs + 0.013))
    with np.errstate(all="ignore"):
        (y, by_p, by_q), h = f(lp, lq), 1e-6
        for moved, by in ((f(lp + h, lq)[0], by_p), (f(lp, lq + h)[0], by_q)):
            rise = np.abs(moved - y)
            kept = np.isfinite(rise)
            assert kept.any()
            room = 1e-4 * h * np.abs(y) + 1e-15 * (np.exp(lp) + np.exp(lq))
            assert np.all(rise[kept] <= (h * by * (1 + 1e-4) + room)[kept])


def nodes_of(p, q, slack_p, slack_q):
    x = np.linspace(-3, 3, 21)[None]
    lp, lq = p.logpdf(x), q.logpdf(x)
    return Nodes(
        np.zeros_like(x),
        x,
        np.exp(lp),
        np.exp(lq),
        lp,
        lq,
        np.full(x.shape, slack_p),
        np.full(x.shape, slack_q),
    )


@pytest.mark.parametrize("best", [True, False])
def test_the_rounding_of_v_grows_with_that_of_either_law_and_is_never_nothing(best):
    p, q = gaussian(0, 1), gaussian(1, 2)
    term = V_term(optimal_logit(p, q) if best else (lambda x: x**2), p, q)
    nodes = nodes_of(p, q, 0.0, 0.0)
    y, least = term.at(nodes)
    assert np.all(least >= EPS * np.abs(y))
    a, b, l = nodes.p, nodes.q, nodes.log_p - nodes.log_q if best else nodes.s**2
    for slack in ((1e-3, 0.0), (0.0, 1e-3)):
        _, noise = term.at(nodes_of(p, q, *slack))
        # a log density that is off by the slack moves its own half of V by so much
        half = a * np.logaddexp(0, -l) if slack[0] else b * np.logaddexp(0, l)
        np.testing.assert_allclose(noise - least, 1e-3 * half, rtol=1e-9, atol=1e-18)


def test_the_rounding_of_c_is_that_of_both_laws():
    p, q = gaussian(0, 1), gaussian(1, 2)
    _, none = C_term(p, q).at(nodes_of(p, q, 0.0, 0.0))
    _, one = C_term(p, q).at(nodes_of(p, q, 1e-3, 0.0))
    _, two = C_term(p, q).at(nodes_of(p, q, 0.0, 1e-3))
    _, both = C_term(p, q).at(nodes_of(p, q, 1e-3, 1e-3))
    assert np.all(none == 0) and np.all(one > 0) and np.all(two > 0)
    np.testing.assert_allclose(both, one + two, rtol=1e-12)


def test_a_logit_that_is_steep_far_from_0_is_not_known_better_than_x():
    def v(far, slope=1e3):
        def logit(x):
            return slope * (x - far - 0.5)

        return V(logit, gaussian(far, 1), gaussian(far + 1, 1))

    near, far = v(0.0), v(2.0**33)
    assert near.error < 1e-8 < far.error < 1
    assert far.error > 100 * v(2.0**33, 1.0).error
    assert abs(near.value - far.value) <= near.error + far.error


def test_rounding_of_a_log_density_is_its_own_and_that_of_the_place():
    law, anchor = gaussian(0, 1), np.full((1, 5), 1e3)
    s = np.linspace(-1, 1, 5)[None]
    log = law.log_near(anchor, s)
    seen = rounding(law, log, anchor, s)
    # a slope of 1000 at a place that is known to EPS of itself
    assert np.all(seen >= EPS * (np.abs(log) + 999 * 1e3)) and np.all(seen < 1e3 * EPS * 1e4)
    with np.errstate(invalid="ignore"):
        assert np.all(rounding(law, np.full((1, 5), -np.inf), anchor, s) == 0)


@np.errstate(all="ignore")
def test_what_lies_beyond_the_last_node_is_what_its_decay_says():
    rate = np.array([0.2, 3.0])
    y = np.exp(-rate[:, None] * np.array([0.0, -1.0, -2.0]))[None]  # the end, and inwards of it
    for sign in (1, -1):
        value, error = _beyond(sign * y, np.array([False]))
        assert value[0] == pytest.approx(sign * np.sum(1 / rate))
        assert error[0] == pytest.approx(0.5 * np.sum(1 / rate))
    for flat in (np.ones((1, 1, 3)), y[..., ::-1]):  # what does not decay
        assert _beyond(flat, np.array([True])) == (0.0, np.inf)
        assert _beyond(flat, np.array([False])) == (0.0, 0.0)
    assert _beyond(np.zeros((1, 1, 3)), np.array([True])) == (0.0, 0.0)


def test_a_settled_estimate_is_inside_its_bounds_and_so_is_its_error():
    assert settled(0.3, np.inf, (0.0, 1.0)) == Estimate(0.3, 0.7)
    assert settled(0.8, np.nan, (0.0, 1.0)) == Estimate(0.8, 0.8)
    assert settled(0.3, 0.1, (0.0, 1.0)) == Estimate(0.3, 0.1)
    assert settled(-0.1, 1e-3, (0.0, 1.0)) == Estimate(0.0, 1e-3)
    assert settled(1.1, 1e-3, (0.0, 1.0)) == Estimate(1.0, 1e-3)
    assert settled(np.nan, 0.0, (0.0, np.inf)) == Estimate(0.0, np.inf)
    assert settled(np.inf, 0.0, (-2.0, -1.0)) == Estimate(-1.0, 1.0)


UPPER = {
    "gaussian": gaussian(1, 2),
    "mixture": mixture([gaussian(1, 2), gaussian(1, 2)], [0.3, 0.7]),
    "mixture with a part of another kind": mixture(
        [gaussian(1, 2), distribution(stats.norm(1, 2))]
    ),
    "mixture of many": mixture([gaussian(1, 2)] * 9),
    "line": pushforward(lambda z: 2 * z + 1, gaussian(0, 1), linear=True),
    "falling line": pushforward(lambda z: 1 - 2 * z, gaussian(0, 1), linear=True),
    "smooth": pushforward(lambda z: 2 * z + 1, gaussian(0, 1)),
    "family": distribution(stats.norm(1, 2)),
}


@pytest.mark.parametrize("name", UPPER)
def test_both_tails_keep_their_digits(name):
    law, t = UPPER[name], np.array([1.0, 5.0, 12.0])
    np.testing.assert_allclose(law.sf(1 + 2 * t), special.ndtr(-t), rtol=1e-11)
    np.testing.assert_allclose(law.cdf(1 - 2 * t), special.ndtr(-t), rtol=1e-11)
    assert np.all(uniform(0, 1).sf(1 - 1e-16) < 2e-16)


def test_both_tails_of_a_discrete_law_keep_their_digits():
    law = pmf([0, 1, 2], [1 - 3e-20, 1e-20, 2e-20])
    np.testing.assert_allclose(law.sf([-1, 0, 1, 2]), [1, 3e-20, 2e-20, 0], rtol=1e-12)


def test_what_was_missed_is_paid_for_twice_at_the_steepest_price_that_was_seen():
    def error(steepest, lost, own, value=1.0):
        term = Term(None, 0.25, FREE)
        return _priced(term, Estimate(value - 0.25, 1e-3), 1e-4, steepest, lost, own).error - 1.1e-3

    assert error(5.0, 1e-2, 0.0) == pytest.approx(2 * 5 * 1e-2)
    assert error(0.1, 1e-2, 0.0) == pytest.approx(2 * 1e-2)  # a price is 1 at least
    # the laws' own errors are not of what is farthest out
    assert error(5.0, 0.0, 1e-2) == pytest.approx(5 * 1e-2)
    assert error(1e30, 0.0, 1e-12, 9.0) == pytest.approx(100 * (1 + 8.75) * 1e-12, abs=1e-12)
