"""The push-forward: E_z h(G(z)) = E_{p_g} h, with folds, kinks and flat pieces."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from says import says
from scipy import stats
from test_densities import mass_of

from gan_lab.theory import (
    C,
    V,
    distribution,
    gaussian,
    js,
    kl,
    mixture,
    pmf,
    pushforward,
    tv,
    uniform,
    w1,
)
from gan_lab.theory.value_terms import expectation

Z = gaussian(0, 1)


def relu(z):
    return np.maximum(z, 0)


def halves(low, high):
    """The law of z + low for z below 0, and of z + high for z above."""
    below, above = stats.truncnorm(-np.inf, 0, low), stats.truncnorm(0, np.inf, high)
    return mixture([distribution(below), distribution(above)])


MADE = {  # a generator of z and the law of what it makes
    "one to one": (np.arctan, pushforward(np.arctan, Z)),
    "folded": (np.square, pushforward(np.square, Z)),
    "folded twice": (lambda z: z**3 - 3 * z, pushforward(lambda z: z**3 - 3 * z, Z)),
    "flat in places": (relu, pushforward(relu, Z, kinks=[0], linear=True)),
    "constant": (lambda z: 0 * z + 3, pushforward(lambda z: 0 * z + 3, Z, linear=True)),
    "with a jump": (lambda z: np.where(z < 0, z, z + 3), halves(0, 3)),
    "jumps alone": (np.sign, pmf([-1, 1], [0.5, 0.5])),
}


@says(r"Let $z \sim p_z$, let $G$ be measurable, and let $p_G$ be the distribution of $G(z)$.")
@pytest.mark.parametrize("name", list(MADE))
def test_what_a_generator_makes_of_many_z_has_the_law_p_g_inverse_or_not(name):
    G, p_g = MADE[name]
    n = 40_000
    made = np.sort(G(Z.sample(n, np.random.default_rng(5))))
    x = np.quantile(made, np.linspace(0.02, 0.98, 13)).round(3)
    x = np.unique([x - 0.0005, x + 0.0005])  # on both sides of an atom
    seen, chance = np.searchsorted(made, x, side="right") / n, p_g.cdf(x)
    assert np.all(np.abs(seen - chance) <= 5 * np.sqrt(chance * (1 - chance) / n) + 1e-9)


def average(h, law) -> float:
    """By the probabilities of many small intervals, and of smaller ones about the atoms."""
    about = [x + side for x, _ in law.atoms for side in (-1e-9, 1e-9)]
    ends = np.unique([*np.sinh(np.linspace(-9, 9, 30_001)), *about])
    chance, middle = np.diff(law.cdf(ends)), (ends[1:] + ends[:-1]) / 2
    return chance[chance > 0] @ h(middle[chance > 0])


@says(
    "For every measurable $h$ that is bounded on one side (or integrable under $p_G$) $$ E_{z "
    r"\sim p_z}[h(G(z))] = E_{x \sim p_G}[h(x)] . $$"
)
@pytest.mark.parametrize(
    ("name", "h", "over_z"),
    [
        ("folded", lambda x: -x, -1),
        ("folded", lambda x: x**2, 3),
        ("folded", lambda x: np.exp(-x / 2), 1 / np.sqrt(2)),
        ("folded twice", lambda x: x**2, 6),
        ("flat in places", np.cos, (1 + np.exp(-0.5)) / 2),
        ("flat in places", lambda x: 1.0 * (x > 0), 0.5),
        ("constant", lambda x: x**2, 9),
        ("with a jump", lambda x: x, 1.5),
        ("with a jump", lambda x: x**2, 5.5 + 6 / np.sqrt(2 * np.pi)),
        ("jumps alone", np.exp, np.cosh(1)),
    ],
)
def test_the_average_over_z_by_hand_is_that_over_x(name, h, over_z):
    assert average(h, MADE[name][1]) == pytest.approx(over_z, abs=3e-6)


def test_on_points_both_averages_are_the_same_fractions_for_every_generator():
    p_z, h = [Fraction(k, 10) for k in (1, 2, 3, 4)], [Fraction(-7), Fraction(1, 3), Fraction(5)]
    for G in product(range(3), repeat=4):
        p_g = [sum(p for p, x in zip(p_z, G, strict=True) if x == made) for made in range(3)]
        over_z = sum(p * h[x] for p, x in zip(p_z, G, strict=True))
        assert over_z == sum(p * value for p, value in zip(p_g, h, strict=True))


def test_an_infinite_average_is_infinite_on_both_sides():
    u = (np.arange(200_000) + 0.5) / 200_000
    x = np.tan(np.pi * (u - 0.5))  # a Cauchy law
    for most in (1e1, 1e2, 1e3):
        root = np.sqrt(most)
        over_x = 2 / np.pi * (root - np.arctan(root)) + most * (1 - 2 / np.pi * np.arctan(root))
        assert np.mean(np.minimum(x**2, most)) == pytest.approx(over_x, rel=1e-3)
        assert over_x > 0.9 * root


def by_chi2(x):
    return distribution(stats.chi2(1)).pdf(x)


def cubic_pdf(x):
    """p_g of z^3 - 3 z by the roots of the cubic."""
    total = []
    for value in x:
        roots = np.roots([1, 0, -3, -value])
        real = roots.real[np.abs(roots.imag) < 1e-9]
        total.append(sum(Z.pdf(z) / abs(3 * z**2 - 3) for z in real))
    return np.array(total)


@pytest.mark.parametrize(
    ("G", "kinks", "pdf", "x"),
    [
        (lambda z: 2 * z + 1, (), lambda x: stats.norm.pdf(x, 1, 2), np.linspace(-5, 6, 12)),
        (np.exp, (), lambda x: stats.lognorm.pdf(x, 1), np.array([0.01, 0.5, 1, 30])),
        (np.square, (), by_chi2, np.array([1e-6, 0.1, 1, 9])),
        (lambda z: z**3 - 3 * z, (), cubic_pdf, np.array([-5, -1.9, 0.3, 1.5, 2.5])),
        (
            lambda z: z**3,
            (0,),
            lambda x: Z.pdf(np.cbrt(x)) / (3 * np.cbrt(x) ** 2),
            np.array([-2, -1e-5, 1e-9, 0.4]),
        ),
    ],
)
def test_a_smooth_generator_has_the_density_of_its_closed_form(G, kinks, pdf, x):
    p_g = pushforward(G, Z, kinks=kinks)
    np.testing.assert_allclose(p_g.pdf(x), pdf(x), rtol=1e-9)
    value, error = mass_of(p_g)
    assert abs(value - 1) <= p_g.error + error and p_g.error < 1e-12


def test_divergences_of_a_push_forward_are_those_of_its_closed_form():
    for G, law in [
        (np.square, stats.chi2(1)),
        (np.exp, stats.lognorm(1)),
        (lambda z: 2 * z + 1, stats.norm(1, 2)),
    ]:
        p_g, same = pushforward(G, Z), distribution(law)
        for p in (gaussian(0, 2), mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])):
            left, right = js(p, p_g), js(p, same)
            assert abs(left.value - right.value) <= left.error + right.error
            assert left.error < 1e-12
        assert js(p_g, same).value <= js(p_g, same).error


def test_a_sine_of_a_uniform_is_an_arcsine_law():
    p_g = pushforward(lambda z: np.sin(2 * np.pi * z), uniform(0, 1))
    law = distribution(stats.arcsine(-1, 2))
    x = np.array([-0.999, -0.3, 0.5, 0.9999])
    np.testing.assert_allclose(p_g.pdf(x), law.pdf(x), rtol=1e-9)
    np.testing.assert_allclose(p_g.cdf(x), law.cdf(x), rtol=1e-9)
    assert p_g.tail(1.0, -1) == law.tail(1.0, -1)


def test_folds_are_panel_ends():
    p_g = pushforward(lambda z: z**3 - 3 * z, Z)
    for fold in (-2, 2):
        assert np.abs(p_g.panels() - fold).min() < 1e-12


def test_a_flat_piece_is_an_atom():
    for p_g in (
        pushforward(relu, Z, kinks=[0], linear=True),
        pushforward(lambda z: relu(z) ** 2, Z, kinks=[0]),
    ):
        ((x, mass),) = p_g.atoms
        assert x == 0 and abs(mass - 0.5) < 1e-12
        assert abs(mass_of(p_g).value + mass - 1) <= p_g.error + 1e-13
    p_g = pushforward(relu, Z, kinks=[0], linear=True)
    assert abs(js(p_g, Z).value - 0.5 * np.log(2)) <= js(p_g, Z).error
    assert kl(p_g, Z) == (np.inf, 0)
    assert abs(C(Z, p_g).value - (2 * js(Z, p_g).value - np.log(4))) < 1e-13
    assert abs(V(np.zeros_like, Z, p_g).value + np.log(4)) < 1e-13


def test_a_saturated_tail_is_no_atom():
    p_g = pushforward(lambda z: np.tanh(2 * z), Z)
    assert p_g.atoms == ()
    c, d = C(Z, p_g), js(Z, p_g)
    assert abs(c.value - (2 * d.value - np.log(4))) <= c.error + 2 * d.error < 1e-9


def test_a_constant_generator_is_a_point():
    for linear in (True, False):
        p_g = pushforward(lambda z: np.full_like(z, 3.0), Z, linear=linear)
        ((x, mass),) = p_g.atoms
        assert x == 3 and abs(mass - 1) < 1e-12
        assert abs(js(p_g, Z).value - np.log(2)) < 1e-12


def zigzag(z):
    return np.abs(z) + 2 * np.maximum(z - 1, 0) - 1.5 * np.maximum(z + 1, 0)


def test_the_two_ways_to_push_forward_agree():
    exact = pushforward(zigzag, Z, kinks=(-1, 0, 1), linear=True)
    general = pushforward(zigzag, Z, kinks=(-1, 0, 1))
    x = np.array([-1.4, -0.75, 0.3, 0.9, 2.2])
    np.testing.assert_allclose(general.pdf(x), exact.pdf(x), rtol=1e-10)
    np.testing.assert_allclose(general.cdf(x), exact.cdf(x), rtol=1e-10)
    for p in (Z, uniform(-1, 2)):
        assert abs(js(p, exact).value - js(p, general).value) < 1e-11
        assert abs(w1(p, exact).value - w1(p, general).value) < 1e-11


@pytest.mark.parametrize(
    ("G", "mean_size"), [(relu, 0.5), (np.abs, 1), (lambda z: np.maximum(z, z / 10), 0.55)]
)
def test_how_far_folded_noise_is_from_a_point_is_known_to_the_last_digits(G, mean_size):
    value, error = w1(pushforward(G, Z, kinks=[0], linear=True), pmf([0], [1]))
    assert abs(value - mean_size * np.sqrt(2 / np.pi)) <= error < 1e-13


def test_samples_quantiles_and_cdf_agree():
    for p_g in (
        pushforward(zigzag, Z, kinks=(-1, 0, 1), linear=True),
        pushforward(lambda z: z**3 - 3 * z, Z),
    ):
        u = np.array([0.1, 0.5, 0.9])
        x = p_g.ppf(u)
        np.testing.assert_allclose(p_g.cdf(x), u, rtol=1e-9)
        np.testing.assert_allclose(p_g.sf(x), 1 - u, rtol=1e-9)
        share = np.mean(p_g.sample(4000, np.random.default_rng(3)) <= x[:, None], axis=1)
        assert np.all(np.abs(share - u) < 4 * np.sqrt(u * (1 - u) / 4000))


def test_tails_of_a_linear_push_forward_decide():
    p_g = pushforward(lambda z: 2 * z + 1, Z, linear=True)
    assert abs(kl(p_g, Z).value - kl(gaussian(1, 2), Z).value) < 1e-12
    assert kl(p_g, Z).error < 1e-12
    assert kl(distribution(stats.cauchy()), p_g) == (np.inf, 0)


places, slopes = (st.integers(-n, n).map(lambda i: i / 100) for n in (300, 200))
nets = st.lists(st.tuples(places, slopes), min_size=1, max_size=6)


@given(nets, slopes)
def test_a_random_piecewise_linear_generator_keeps_the_expectation(units, slope):
    kinks = [k for k, _ in units]

    def G(z):
        return slope * z + sum(w * np.maximum(z - k, 0) for k, w in units)

    p_g = pushforward(G, Z, kinks=kinks, linear=True)
    z = (np.arange(20_000) + 0.5) / 20_000
    fine = np.mean(np.cos(G(Z.ppf(z))))
    atoms = sum(m * np.cos(x) for x, m in p_g.atoms)
    total = mass_of(p_g)
    assert abs(total.value + sum(m for _, m in p_g.atoms) - 1) <= p_g.error + total.error + 1e-13
    assert abs(expectation(np.cos, p_g).value - fine) < 1e-4
    assert abs(atoms) <= 1 + 1e-12
    assert 0 <= tv(p_g, Z).value <= 1 + 1e-12


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: pushforward(np.exp, 3), "p_z: a distribution must be"),
        (lambda: pushforward(lambda z: 1.0, Z), "must return an array of the shape"),
        (lambda: pushforward(lambda z: z / 0.0 * 0, Z), "must return finite numbers"),
        (lambda: pushforward(np.abs, Z, kinks=[np.inf]), "kink must be a finite number"),
    ],
)
def test_what_cannot_be_pushed_forward_is_refused_in_one_sentence(make, words):
    with np.errstate(all="ignore"), pytest.raises(ValueError, match=words):
        make()


@pytest.mark.parametrize("linear", [True, False])
@pytest.mark.parametrize("G", [np.sign, lambda z: z + 3 * (z > 0), lambda z: z + 3 * (z >= 0)])
def test_a_generator_that_jumps_is_refused_in_one_sentence(G, linear):
    with pytest.raises(ValueError, match="at the kink z = 0 it jumps between"):
        pushforward(G, gaussian(0, 1), kinks=[-1, 0, 2], linear=linear)


@pytest.mark.parametrize("slope", [1e-12, 1.0, 1e12])
def test_a_steep_kink_is_no_jump(slope):
    law = pushforward(lambda z: slope * np.abs(z - 0.1), gaussian(0, 1), kinks=[0.1], linear=True)
    assert law.cdf(slope) == pytest.approx(gaussian(0, 1).cdf(1.1) - gaussian(0, 1).cdf(-0.9))


def test_flat_pieces_of_one_height_are_one_atom():
    def tent(z):
        return np.maximum(1 - np.abs(z), 0)

    for linear in (True, False):
        p_g = pushforward(tent, Z, kinks=[-1, 0, 1], linear=linear)
        ((x, mass),) = p_g.atoms
        assert x == 0 and abs(mass - 2 * stats.norm.sf(1)) < 1e-14


def test_kinks_where_there_is_no_z_change_nothing():
    def bent(z):
        return z + np.maximum(z, 0) + 3 * np.maximum(z - 5, 0) - np.minimum(z + 5, 0)

    x = np.linspace(-1.5, 2.5, 9)
    for linear in (True, False):
        p_g = pushforward(bent, uniform(-1, 1), kinks=[-5, 0, 5, 7], linear=linear)
        assert p_g.support == ((-1.0, 2.0),)
        np.testing.assert_allclose(p_g.cdf(x), np.clip(0.5 + np.where(x < 0, x, x / 2) / 2, 0, 1))


def test_a_line_of_what_is_not_known_is_not_known():
    cubic = pushforward(lambda z: z**3 + z, Z)
    p_g = pushforward(lambda x: 2 * x, cubic, linear=True)
    ends = {(2 * x, side) for x, side in cubic.cut_off()}
    assert ends and all(p_g.tail(x, side) is None for x, side in ends)


def test_next_to_a_fold_no_digit_is_lost():
    p_g = pushforward(lambda z: z**2 + 1, Z)
    assert p_g.reach(1.0, 1) == 0.0
    s = np.array([1e-30, 1e-200])
    np.testing.assert_allclose(p_g.log_near(1.0, s), -0.5 * np.log(2 * np.pi * s), rtol=1e-12)
