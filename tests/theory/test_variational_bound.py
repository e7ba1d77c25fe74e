"""What any critic earns is at most the divergence, and the slope of f at p/q earns all of it."""

import numpy as np
import pytest
from says import says
from scipy import integrate, optimize

from gan_lab.theory import chi2, gaussian, hellinger2, js, kl
from gan_lab.theory.critics import CRITICS, F_DIVERGENCES, bent_bound, earned

P, Q = gaussian(0, 1), gaussian(0.8, 1.3)
WANTED = {
    "kl": kl(P, Q).value,
    "reverse-kl": kl(Q, P).value,
    "pearson": chi2(P, Q).value,
    "hellinger": 2 * hellinger2(P, Q).value,
    "js": 2 * js(P, Q).value,
    "gan": 2 * js(P, Q).value - np.log(4),
}


def conjugate(f, t):
    """The least upper bound of ut - f(u), by a search over log u."""
    search = optimize.minimize_scalar(
        lambda s: f(np.exp(s)) - t * np.exp(s), bounds=(-30, 30), method="bounded",
        options={"xatol": 1e-10},
    )  # fmt: skip
    return -search.fun


@says(
    r"Let $f$ be convex and smooth on the positive numbers, let $f^*(t)$ be the least upper "
    r"bound of $ut - f(u)$ over them, and let $q$ be positive wherever $p$ is."
)
@pytest.mark.parametrize("name", F_DIVERGENCES)
def test_each_f_is_convex_and_its_slope_is_the_critics_best(name):
    row = F_DIVERGENCES[name]
    u = np.exp(np.linspace(-3, 3, 41))
    numeric = (row.f(u * (1 + 1e-6)) - row.f(u * (1 - 1e-6))) / (2e-6 * u)
    assert row.slope(u) == pytest.approx(numeric, abs=1e-7)
    assert (np.diff(row.slope(u)) > 0).all()
    assert row.best(np.log(u)) == pytest.approx(row.slope(u), abs=1e-12)
    if np.isfinite(row.end):
        assert row.end - row.best(np.log(u)) == pytest.approx(row.gap(np.log(u)), abs=1e-12)


@says(
    r"A critic $T$ with values where $f^*$ is finite, and finite means, earns $V(T)$, the mean of "
    r"$T$ over data less the mean of $f^*(T)$ over samples, and $D_f$ is the mean of $f(p/q)$ over "
    r"samples."
)
@pytest.mark.parametrize("name", F_DIVERGENCES)
def test_what_a_critic_earns_is_the_two_means_by_their_definition(name):
    row = F_DIVERGENCES[name]
    T = row.bent(0.7, -0.3)
    x = np.linspace(-9, 11, 401)
    l = P.logpdf(x) - Q.logpdf(x)
    t, _ = T(l)
    star = np.array([conjugate(row.f, one) for one in t])
    if name == "pearson":  # f on the whole line
        star = t + t**2 / 4
    by_hand = integrate.trapezoid(P.pdf(x) * t - Q.pdf(x) * star, x)
    assert earned(row, P, Q, T).value == pytest.approx(by_hand, abs=1e-8)
    mean_of_f = integrate.trapezoid(Q.pdf(x) * row.f(np.exp(l)), x)
    assert row.most(P, Q).value == pytest.approx(mean_of_f, abs=1e-8)


@says(
    r"Then $$ V(T) \le D_f , $$ and for $T^*$, the slope of $f$ at $p/q$, if it is one, "
    r"$$ V(T^*) = D_f . $$"
)
@pytest.mark.parametrize("name", F_DIVERGENCES)
def test_no_bend_of_the_best_critic_earns_more(name):
    row = F_DIVERGENCES[name]
    value, error = earned(row, P, Q, row.bent(1.0, 0.0))
    assert abs(value - WANTED[name]) < 1e-12 and error < 1e-10
    for scale, shift in ((1.0, -0.1), (0.9, 0.0), (0.5, -0.5), (0.0, -1.0)):
        assert earned(row, P, Q, row.bent(scale, shift)).value < value - 1e-4


def test_where_data_are_missing_the_slope_of_kl_is_no_critic_and_the_bound_is_only_approached():
    p, q, row = np.array([1.0, 0.0]), np.array([0.5, 0.5]), F_DIVERGENCES["kl"]
    with np.errstate(divide="ignore"):
        assert row.slope(p / q)[1] == -np.inf
    critics = [np.array([1 + np.log(2), low]) for low in (-1.0, -10.0, -30.0)]
    gains = [np.log(2) - (p @ T - q @ row.fake(T, np.inf)) for T in critics]
    assert gains == pytest.approx([np.exp(T[1] - 1) / 2 for T in critics], abs=1e-15)
    assert gains[0] > gains[1] > gains[2] > 0


def test_a_critic_outside_of_the_domain_has_no_bound():
    assert (
        bent_bound("f-hellinger", P, Q, 1.0, 0.4).value > -np.inf
    )  # q is wider: T* stays away from 1
    narrow = gaussian(0.8, 0.9)
    assert bent_bound("f-hellinger", P, narrow, 1.0, 0.1).value == -np.inf
    assert bent_bound("f-reverse-kl", P, narrow, 1.0, 1e-9).value == -np.inf
    assert bent_bound("minimax", P, narrow, 0.0, 0.5).value == -np.inf
    assert np.isfinite(bent_bound("f-kl", P, narrow, 0.5, 5.0).value)


def test_the_critics_of_the_page_are_those_of_the_family_and_two_more():
    assert set(CRITICS) == {
        "minimax", "f-kl", "f-reverse-kl", "f-pearson", "f-hellinger", "least-squares", "hinge",
    }  # fmt: skip
