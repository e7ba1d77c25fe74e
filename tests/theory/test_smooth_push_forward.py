"""The density of G(z) for a smooth G: the sum of p_z(z) / |G'(z)| over all z with G(z) = x.

Held at random points, at the images of panel ends and at the seams between pieces, where a
density that is found by comparing two roundings of one number has holes.
"""

import numpy as np
import pytest
from scipy import stats
from scipy.special import expit

from gan_lab.distributions import distribution
from gan_lab.theory import (
    chi2,
    gaussian,
    js,
    mixture,
    optimal_logit,
    pmf,
    pushforward,
    uniform,
    w1,
)
from gan_lab.theory.chebyshev import series
from gan_lab.theory.folds import MARGIN, cells
from gan_lab.theory.smooth import LOST, _range

EPS = np.finfo(float).eps
Z, FAR = gaussian(0, 1), 34.0

SHAPES = {
    "tanh": (np.tanh, lambda z: 1 / np.cosh(z) ** 2),
    "sinh": (np.sinh, np.cosh),
    "exp": (np.exp, np.exp),
    "steep exp": (lambda z: np.exp(7 * z), lambda z: 7 * np.exp(7 * z)),
    "line": (lambda z: 2 * z + 1, lambda z: np.full_like(z, 2.0)),
    "square": (np.square, lambda z: 2 * z),
    "cube": (lambda z: (z - 0.3) ** 3, lambda z: 3 * (z - 0.3) ** 2),
    "fourth power": (lambda z: (z - 0.3) ** 4, lambda z: 4 * (z - 0.3) ** 3),
    "two folds": (lambda z: z**3 - 3 * z, lambda z: 3 * z**2 - 3),
    "far away": (lambda z: 1e6 + z + z**3, lambda z: 1 + 3 * z**2),
}
ACTIVATIONS = {
    "tanh": (np.tanh, lambda a: 1 / np.cosh(np.clip(a, -300, 300)) ** 2),
    "silu": (lambda a: a * expit(a), lambda a: expit(a) * (1 + a * expit(-a))),
}


def network(seed: int, activation: str, widths, gain: float):
    """G and G' of a random network of one number, in float64."""
    rng, (f, slope_of_f) = np.random.default_rng(seed), ACTIVATIONS[activation]
    layers, n = [], 1
    for width in (*widths, 1):
        layers.append((rng.normal(size=(n, width)) * gain / np.sqrt(n), rng.normal(size=width) / 2))
        n = width

    def both(z):
        h, slope = z[:, None], np.ones((len(z), 1))
        for i, (weight, bias) in enumerate(layers):
            h, slope = h @ weight + bias, slope @ weight
            if i < len(layers) - 1:
                h, slope = f(h), slope * slope_of_f(h)
        return h[:, 0], slope[:, 0]

    return lambda z: both(z)[0], lambda z: both(z)[1]


def bisected(f, low, high):
    """Where f changes its sign between each pair low < high."""
    rising = f(high) > f(low)
    for _ in range(56):
        middle = 0.5 * (low + high)
        up = (f(middle) > 0) == rising
        low, high = np.where(up, low, middle), np.where(up, middle, high)
    return 0.5 * (low + high)


def turns(slope, low: float, high: float) -> np.ndarray:
    z = np.linspace(low, high, 40_001)
    d = slope(z)
    at = np.nonzero(d[:-1] * d[1:] < 0)[0]
    return np.concatenate([bisected(slope, z[at], z[at + 1]), z[d == 0]])


def by_preimages(G, slope, p_z, cuts, x) -> np.ndarray:
    """The definition, with the z of every monotone stretch found by bisection."""
    total, images = np.zeros(len(x)), G(cuts)
    for a, b, at_a, at_b in zip(cuts[:-1], cuts[1:], images[:-1], images[1:], strict=True):
        here = (x >= min(at_a, at_b)) & (x <= max(at_a, at_b))
        if here.any():
            start, stop = np.full(here.sum(), a), np.full(here.sum(), b)
            z = bisected(lambda z, y=x[here]: G(z) - y, start, stop)
            total[here] += np.exp(p_z.logpdf(z)) / np.abs(slope(z))
    return total


def held(G, slope, p_z, ends, seed: int, n: int = 430) -> int:
    """Compare at n points, at the images of panel ends and at all seams; how many there were."""
    p_g, rng = pushforward(G, p_z), np.random.default_rng(seed)
    folds = turns(slope, *ends)
    cuts = np.unique(np.concatenate([ends, folds]))
    panels = p_z.panels()[np.isfinite(p_z.panels())]
    z = np.concatenate([p_z.ppf(rng.random(n // 2)), rng.uniform(*np.clip(ends, -8, 8), n // 2)])
    x = np.concatenate([G(z), G(panels), p_g._x.ravel()])
    x = x[(G(cuts).min() <= x) & (x <= G(cuts).max())]
    folded = p_g.branches.x0[p_g.branches.order > 1]
    assert np.all(p_g.pdf(folded) == np.inf)
    jumps = G(np.array([z for interval in p_z.support for z in interval if np.isfinite(z)]))
    x = x[~np.isin(x, folded) & np.all(np.abs(x - jumps[:, None]) > 1e-12, axis=0)]
    got = p_g.pdf(x)
    with np.errstate(all="ignore"):
        want = by_preimages(G, slope, p_z, cuts, x)
        bound = np.full(len(x), 1e-8)
        for fold in G(folds):
            bound = np.maximum(bound, 8 * EPS * np.abs(x) / np.abs(x - fold))
        moved = [by_preimages(G, slope, p_z, cuts, x * (1 + s * EPS)) for s in (-4, 4)]
        # what the rounding of x itself costs where G saturates
        bound = 1e-8 + bound + np.nan_to_num(np.abs(moved[1] - moved[0]) / want, posinf=1)
        asked = (bound < 1e-3) & np.isfinite(want) & (want > 0)
        off = np.abs(got - want) / want
    assert np.all(off[asked] <= bound[asked])
    assert np.all(got[want > 1e-300] > 0)
    return int(asked.sum())


@pytest.mark.parametrize("name", SHAPES)
def test_the_density_is_the_sum_over_preimages(name):
    assert held(*SHAPES[name], Z, (-FAR, FAR), seed=1) > 50


def test_of_random_networks_too():
    asked = 0
    for seed in range(24):
        activation, gain = ("tanh", "silu")[seed % 2], (0.6, 1.0, 2.0, 4.0)[seed // 2 % 4]
        G, slope = network(seed, activation, [(16,), (32, 32), (32, 32, 32)][seed % 3], gain)
        p_z, ends = [(Z, (-FAR, FAR)), (uniform(-1, 1), (-1, 1))][seed % 4 == 3]
        asked += held(G, slope, p_z, ends, seed)
    assert asked > 10_000


def test_of_many_waves():
    for k in (3, 20):
        p_g = pushforward(lambda z, k=k: np.sin(k * z), Z)
        assert p_g.error < 1e-12 and set(p_g.ends()) == {(-1.0, 1), (1.0, -1)}
        x = np.sin(k * np.random.default_rng(2).normal(size=300))
        near = np.arange(-60, 61)[:, None] * np.pi
        z = np.concatenate([near + np.arcsin(x) * (-1.0) ** np.arange(-60, 61)[:, None]]) / k
        want = (np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)).sum(axis=0) / (k * np.sqrt(1 - x**2))
        allowed = 1e-8 + 8 * EPS / np.minimum(1 - x, 1 + x)
        assert np.all(np.abs(p_g.pdf(x) - want) <= allowed * want)


@pytest.mark.parametrize("name", ["tanh", "sinh", "exp", "line"])
def test_at_the_image_of_a_panel_end_the_best_discriminator_is_that_of_beside(name):
    p_g, x = pushforward(SHAPES[name][0], Z), SHAPES[name][0](np.zeros(1))
    logit = optimal_logit(Z, p_g)
    assert abs(logit(x) - logit(x + 1e-9))[0] < 1e-7


def test_neighbouring_pieces_share_their_ends_to_the_last_bit():
    G, _ = network(5, "tanh", (32, 32), 2.0)
    p_g = pushforward(G, Z)
    order = np.argsort(p_g._z[:, 0])
    z, x = p_g._z[order], p_g._x[order]
    assert np.array_equal(z[1:, 0], z[:-1, 1]) and np.array_equal(x[1:, 0], x[:-1, 1])


def test_atoms_of_z_are_counted_once():
    coin = pmf([-1, 1], [0.5, 0.5])
    half = mixture([coin, gaussian(0, 1)], [0.5, 0.5])
    for linear in (True, False):
        p_g = pushforward(lambda z: 2 * z + 1, coin, linear=linear)
        assert p_g.atoms == ((-1.0, 0.5), (3.0, 0.5)) and abs(js(p_g, Z).value - np.log(2)) < 1e-15
        np.testing.assert_array_equal(p_g.cdf([-2, -1, 0, 3]), [0, 0.5, 0.5, 1])
        np.testing.assert_array_equal(p_g.ppf([0.2, 0.7]), [-1, 3])
        p_g = pushforward(lambda z: 2 * z + 1, half, linear=linear)
        same = mixture([pmf([-1, 3], [0.5, 0.5]), gaussian(1, 2)], [0.5, 0.5])
        x = np.array([-4, -1, -0.5, 3, 8])
        np.testing.assert_allclose(p_g.cdf(x), same.cdf(x), rtol=1e-12)
        np.testing.assert_allclose(p_g.sf(x), same.sf(x), rtol=1e-12, atol=1e-16)
        assert js(p_g, same).value <= 1e-14
    assert w1(pushforward(lambda z: 2 * z + 1, half, linear=True), same).value <= 1e-12


def test_where_z_has_no_density_there_is_no_piece():
    p_g = pushforward(np.tanh, mixture([uniform(-2, -1), uniform(1, 2)]))
    assert len(p_g.support) == 2 and p_g.error < 1e-12
    assert p_g.pdf(np.array([0.0]))[0] == 0 and abs(p_g.cdf(0.0) - 0.5) < 1e-15


def test_a_density_that_is_singular_in_z_is_singular_in_x():
    p_z = pushforward(np.square, Z)
    p_g, same = pushforward(lambda z: 3 * z, p_z), pushforward(lambda z: 3 * z**2, Z)
    assert p_g.tail(0.0, 1) == p_z.tail(0.0, 1)
    assert js(p_g, same).value <= js(p_g, same).error < 1e-11


def test_a_chi_squared_is_decided_by_whether_it_has_died_before_the_cut():
    assert chi2(pushforward(lambda z: 2 * z, Z), Z).error == np.inf
    narrow = chi2(pushforward(lambda z: z / 2, Z), Z)
    assert abs(narrow.value - (4 / np.sqrt(7) - 1)) <= narrow.error < 1e-11


def test_a_saturated_network_keeps_its_bounds():
    for seed in range(4):
        G, _ = network(seed, "silu", (32, 32, 32), 6.0)
        d = js(gaussian(0, 1), pushforward(G, Z))
        assert 0 <= d.value <= np.log(2) + d.error and np.isfinite(d.error)


def test_every_branch_rises_even_where_rounding_has_made_it_crooked():
    for seed, widths in ((2, (8, 8)), (1, (16, 16))):
        law = pushforward(network(seed, "tanh", widths, 20.0)[0], Z)
        assert np.all(law.branches.rises()) and law.error < 1e-4  # how crooked, a product decides


@pytest.mark.parametrize("G", [lambda z: np.sin(1e5 * z), lambda z: np.sin(1e5 * z) > 0.5])
def test_what_turns_too_often_is_rearranged_on_demand_and_nothing_is_claimed_of_it(G):
    law = pushforward(lambda z: np.asarray(G(z), dtype=float), Z, rough=True)
    x = np.sort(G(np.random.default_rng(3).normal(size=100_000)))
    at = np.linspace(0.02, 0.98, 25)
    share = np.searchsorted(x, at, side="right") / len(x)
    assert np.all(np.abs(law.cdf(at) - share) < 0.01)
    found = js(law, Z)
    assert 0 <= found.value <= np.log(2) and found.error >= 0.5 * np.log(2)


@pytest.mark.parametrize(
    ("G", "words"),
    [
        (lambda z: z.astype(np.float32), "must compute in float64, and returned .*float32"),
        (lambda z: z.astype(np.float32).astype(float) ** 2, "must be smooth between its kinks"),
        (lambda z: np.sin(1e5 * z), "must be smooth between its kinks"),
    ],
)
def test_what_is_not_smooth_is_refused_in_one_sentence(G, words):
    with pytest.raises(ValueError, match=words):
        pushforward(G, Z)


def test_the_state_of_numpy_changes_nothing():
    def distance():
        p, q = (pushforward(lambda z, k=k: np.exp(k * z), Z) for k in (7, 6))
        return js(p, q)

    quiet = distance()
    with np.errstate(all="raise"):
        p_g = pushforward(lambda z: np.exp(7 * z), Z)
        x = np.array([0.0, 1e-100, 1.0, 1e300, np.inf])
        assert np.all(p_g.cdf(x)[1:] >= p_g.cdf(x)[:-1]) and p_g.logpdf(x)[0] == -np.inf
    assert quiet == distance()


@pytest.mark.parametrize("p_z", [Z, gaussian(5, 2), distribution(stats.logistic(-3, 2))], ids=repr)
def test_an_endless_z_is_cut_where_it_has_lost_next_to_nothing(p_z):
    near, far = _range(p_z)
    lost = np.array([p_z.cdf(near[0]), p_z.sf(near[1])])
    assert np.all(np.abs(lost / LOST - 1) < 1e-3)
    assert np.all(np.abs(far - p_z.ppf(0.5)) > 3.9 * np.abs(near - p_z.ppf(0.5)))
    half, _ = _range(distribution(stats.expon(2, 3)))
    assert half[0] == 2 and abs(distribution(stats.expon(2, 3)).sf(half[1]) / LOST - 1) < 1e-3


def test_a_polynomial_is_fitted_a_little_beyond_its_cell_and_never_beyond_a_kink():
    found = cells(np.tanh, np.array([-6.0, 0.0, 1.0, 6.0]), np.array([0.0]))
    length = found.high - found.low
    below = found.low - (found.middle - found.half)
    above = (found.middle + found.half) - found.high
    for beyond, end in ((below, found.low), (above, found.high)):
        wall = np.isin(end, [-6, 0, 6])
        assert np.allclose(beyond[wall], 0, atol=1e-15)
        assert np.all(beyond <= (MARGIN + 1e-9) * length) and np.all(beyond[~wall] > 0)
    t = np.linspace(-1, 1, 7)[:, None]
    seen = series(found.series.T[:, None], np.broadcast_to(t, (7, len(length))))
    assert np.abs(seen - np.tanh(found.middle + found.half * t)).max() < 1e-12
