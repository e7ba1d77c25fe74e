"""Data beyond the Gaussian mixtures: samples against densities, densities against definitions."""

import json
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from gan_lab import datasets as module
from gan_lab.core.random_streams import Stream
from gan_lab.datasets import (
    distribution,
    dots,
    drawn,
    from_dict,
    grid,
    moons,
    ring,
    spiral,
    spots,
    swiss_roll,
    two_rings,
)
from gan_lab.datasets.minibatches import FOR_D, FOR_G, draw
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

UNEQUAL = spots([(0, 0), (3, 1), (-1, 2)], [0.1, 1.0, 0.5], [1, 3, 4])
DRAWN = dots([(0.0, 0.0), (0.5, 0.1), (0.7, 1.0)], 0.2)
MODES = [ring(), ring(5, 2.0, 0.1), grid(), grid(2, 1.0, 0.3), UNEQUAL, DRAWN]
CURVES = [moons(), moons(0.3), spiral(), spiral(2.5, 3, 0.05), swiss_roll(), two_rings()]
PLANE = MODES + CURVES
LINE = [
    distribution("beta", 2, 3),
    distribution("t", 3, loc=1, scale=2),
    distribution("gamma", 0.5),
    distribution("cauchy"),
    drawn([0, 1, 3], [0, 2, 0]),
    drawn([-1, 0, 1, 2], [1, 0, 0, 3]),
]
CODE = {name: getattr(module, name) for name in module.__all__} | {"Recipe": Recipe}


def rng():
    return np.random.default_rng(6)


def sampled(data, n=2**15, seed=5):
    return draw(data, Stream([seed]), FOR_D, 0, n)[0].numpy()


@pytest.mark.parametrize("data", PLANE + LINE, ids=repr)
def test_data_print_as_code_and_go_to_json_and_back(data):
    assert eval(repr(data), CODE) == data
    assert from_dict(json.loads(json.dumps(data.as_dict()))) == data
    assert hash(from_dict(data.as_dict())) == hash(data)
    recipe = Recipe(data=data)
    assert Recipe.from_json(recipe.to_json()) == recipe == eval(repr(recipe), CODE)


@pytest.mark.parametrize("data", PLANE + LINE, ids=repr)
def test_a_sample_belongs_to_its_member_iteration_step_and_player(data):
    stream = Stream([4, 9])
    x = draw(data, stream, FOR_D, range(3), 10, range(2))
    assert x.shape == (3, 2, 2, 10, data.dim)
    assert torch.equal(x[2, 1], draw(data, stream, FOR_D, 2, 10, 1))
    assert torch.equal(x[2, 1, 1:], draw(data, Stream([9]), FOR_D, 2, 10, 1))
    assert not torch.isin(draw(data, stream, FOR_G, 2, 10, 1), x).any()
    assert draw(data, stream, FOR_D, 0, 3, dtype=torch.float32).dtype == torch.float32


@pytest.mark.parametrize("data", LINE, ids=repr)
def test_samples_on_the_line_have_the_law_of_the_density(data):
    x = sampled(data)[:, 0]
    # Kolmogorov: sqrt(n) times the largest distance exceeds 1.95 once in a thousand samples.
    assert math.sqrt(len(x)) * stats.kstest(x, data.cdf).statistic < 1.95


def test_mean_and_sd_on_the_line():
    assert (distribution("beta", 2, 3).mean, distribution("beta", 2, 3).sd) == pytest.approx(
        (0.4, 0.2)
    )
    assert distribution("t", 3, loc=1, scale=2).sd == pytest.approx(2 * math.sqrt(3))
    # where there are no moments: the median, and the middle half over that of N(0, 1)
    assert distribution("cauchy", loc=7).mean == pytest.approx(7)
    assert distribution("cauchy").sd == pytest.approx(1 / stats.norm.ppf(0.75))
    triangle = stats.triang(1 / 3, 0, 3)
    assert drawn([0, 1, 3], [0, 2, 0]).mean == pytest.approx(triangle.mean())
    assert drawn([0, 1, 3], [0, 2, 0]).sd == pytest.approx(triangle.std())


@pytest.mark.parametrize(
    "drawn_by", [sampled, lambda d, n: d.sample(n, rng())], ids=["torch", "numpy"]
)
@pytest.mark.parametrize("data", PLANE, ids=repr)
def test_samples_in_the_plane_fill_the_cells_as_the_density_says(data, drawn_by):
    n, (mx, my), s = 2**15, data.mean, data.sd
    x = drawn_by(data, n)
    edges = [
        np.append(-np.inf, np.append(m + s * np.linspace(-2, 2, 12), np.inf)) for m in (mx, my)
    ]
    finite = [np.nan_to_num(e, posinf=1e9, neginf=-1e9) for e in edges]
    mass = data.cells(*finite)
    assert mass.sum() == pytest.approx(1.0, abs=1e-12)
    share = np.histogram2d(x[:, 0], x[:, 1], finite)[0]
    big = n * mass > 5
    # the cells with less than five expected points are one cell of the test
    seen, wanted = np.append(share[big], share[~big].sum()), np.append(mass[big], mass[~big].sum())
    seen, wanted = seen[wanted > 0], n * wanted[wanted > 0]
    chi = np.sum((seen - wanted) ** 2 / wanted)
    assert chi < stats.chi2.ppf(0.999, len(wanted) - 1)
    assert np.all(np.abs(x.mean(axis=0) - data.mean) < 5 * 2 * s / math.sqrt(n))
    assert x.var(axis=0).mean() == pytest.approx(s**2, rel=0.05)


@pytest.mark.parametrize("data", [ring(5, 2.0, 0.1), UNEQUAL, DRAWN], ids=repr)
def test_a_mixtures_density_is_the_sum_of_its_bells(data):
    x = np.random.default_rng(0).normal(size=(200, 2))
    rows = zip(data.weights, data.means, data.sds, strict=True)
    brute = sum(w * stats.multivariate_normal(mu, s * s).pdf(x) for w, mu, s in rows)
    assert np.allclose(data.pdf(x), brute, rtol=1e-12)
    between = [np.array(data.mean) + d for d in (-0.3, 0.4)]
    cell = data.cells([between[0][0], between[1][0]], [between[0][1], between[1][1]])[0, 0]
    quad = integrate.dblquad(
        lambda y, x: data.pdf([x, y]), between[0][0], between[1][0], between[0][1], between[1][1]
    )[0]
    assert cell == pytest.approx(quad, rel=1e-6)


@pytest.mark.parametrize("data", CURVES + [moons(0.01), swiss_roll(0.01)], ids=repr)
def test_a_curves_density_is_the_average_of_bells_along_it(data):
    rng = np.random.default_rng(1)
    x = draw(data, Stream([3]), FOR_D, 0, 60)[0].numpy() + data.width * rng.normal(size=(60, 2))
    steps = 40 * int(data.length / data.width)
    u = (torch.arange(steps, dtype=torch.float64) + 0.5) / steps
    brute = 0.0
    for i in range(data.pieces):
        path = data.path(torch.full_like(u, i), u).numpy()
        square = ((x[:, None] - path) ** 2).sum(axis=-1)
        brute = brute + np.exp(-square / (2 * data.width**2)).mean(axis=1) / data.pieces
    brute /= 2 * np.pi * data.width**2
    # the midpoint rule's own error at the ends of an open curve is (1/40)^2 of the top
    assert np.allclose(data.pdf(x), brute, atol=3e-4 * brute.max())
    # and against a rule twice as fine, within the error that is stated
    law = data.bells
    finer = type(data)(**{f: getattr(data, f) for f in data.__dataclass_fields__})
    type(data).length, kept = 2 * data.length, type(data).length
    try:
        error = np.abs(finer.pdf(x) - law.pdf(x)).max()
    finally:
        type(data).length = kept
    assert error <= law.error * brute.max()


def test_the_published_sets_are_theirs():
    assert np.allclose(
        ring().means,
        [(math.cos(i * math.pi / 4), math.sin(i * math.pi / 4)) for i in range(8)],
        atol=1e-15,
    )
    assert set(ring().sds) == {0.01} and set(grid().sds) == {0.05}
    assert sorted(grid().means) == [(x, y) for x in (-4, -2, 0, 2, 4) for y in (-4, -2, 0, 2, 4)]
    # sklearn's swiss roll: t from 1.5 pi to 4.5 pi; its noise 0.25, all over 7.5
    t = 1.5 * np.pi * (1 + 2 * np.array([0.0, 0.3, 1.0]))
    roll = swiss_roll()
    path = roll.path(torch.zeros(3), torch.tensor([0.0, 0.3, 1.0], dtype=torch.float64))
    assert np.allclose(path, np.stack([t * np.cos(t), t * np.sin(t)], axis=1) / 7.5)
    assert roll.width == 0.25 / 7.5


def test_sd_is_one_number_and_a_ring_stays_round():
    for n in (2, 3, 8):  # radius / sqrt 2, whatever the number of modes
        assert ring(n, 3.0, 0.4).sd == pytest.approx(math.sqrt(4.5 + 0.16), rel=1e-14)
    x = sampled(ring(2))
    assert x[:, 0].std() > 50 * x[:, 1].std()  # two modes on a line: not stretched into a square
    game = Training(Recipe(data=ring(2), m=4096, dtype="float64"), "cpu")
    seen = game.minibatches.for_D(0, 0)[0][0].numpy()
    assert np.ptp(seen[:, 0]) == pytest.approx(np.ptp(x[:, 0]) / ring(2).sd, rel=0.05)
    assert seen[:, 1].std() == pytest.approx(0.01 / ring(2).sd, rel=0.1)


SMALL = Recipe(G=(16,), D=(16,), m=32, k=1, iterations=20, latent_dim=2, members=2)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("data", [ring(), moons()], ids=repr)
def test_a_game_in_the_plane_is_played_in_data_units(data, dtype):
    game = Training(SMALL.but(data=data, dtype=dtype), "cpu")
    assert game.G.widths == (2, 16, 2) and game.D.widths == (2, 16, 1)
    before = game.G.flat.clone()
    for _ in game.play(5):
        pass
    assert not torch.equal(before, game.G.flat) and game.stopped is None
    z = np.random.default_rng(0).normal(size=(7, 2))
    x = game.generate(z)
    assert x.shape == (2, 7, 2) and x.dtype == game.dtype and game.logit(x).shape == (2, 7)
    for i in range(2):
        assert np.allclose(game.map(i)(z), x[i], atol=1e-5)
    net = game.G(torch.tensor(z, dtype=game.dtype).expand(2, 7, 2)).detach()
    assert np.allclose(np.array(data.mean) + data.sd * net.numpy(), x, atol=1e-5)


def test_members_in_the_plane_play_alone_as_in_company():
    recipe = SMALL.but(data=ring(), dtype="float64")
    together, alone = Training(recipe, "cpu"), Training(recipe.but(members=1, seed=1), "cpu")
    for game in (together, alone):
        for _ in game.play(20):
            pass
    assert torch.allclose(together.G.flat[1], alone.G.flat[0], rtol=1e-9, atol=1e-12)


def test_a_bernoulli_latent_is_a_coin():
    recipe = SMALL.but(latent="bernoulli", latent_dim=3, m=4096, dtype="float64")
    z = Training(recipe, "cpu").minibatches.for_D(0, 0)[1]
    assert z.shape == (2, 4096, 3) and set(z.unique().tolist()) == {0.0, 1.0}
    assert (z.mean(dim=1) - 0.5).abs().max() < 4.5 * 0.5 / math.sqrt(4096)
    both = (z[..., 0] * z[..., 1]).mean()  # coordinates are independent
    assert abs(both - 0.25) < 4.5 * math.sqrt(0.25 * 0.75 / 8192)
    assert dict(Training(recipe, "cpu").p_z.atoms) == {0.0: 0.5, 1.0: 0.5}


NAMES = st.sampled_from(
    [
        "name",
        "shapes",
        "points",
        "heights",
        "modes",
        "radius",
        "sd",
        "means",
        "sds",
        "weights",
        "side",
        "turns",
        "arms",
        "inner",
        "jitter",
        3,
    ]
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["beta", "t", "x"]),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300)
@given(st.sampled_from(sorted(module.KINDS)), st.dictionaries(NAMES, VALUES, max_size=4))
def test_any_table_of_a_kind_is_either_data_or_a_ValueError(kind, parts):
    try:
        data = from_dict({"kind": kind} | parts)
    except ValueError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert from_dict(json.loads(json.dumps(data.as_dict()))) == data


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: ring(0), "modes"),
        (lambda: ring(8, -1), "radius"),
        (lambda: ring(sd=0), "sd"),
        (lambda: ring(8.0), "whole number"),
        (lambda: ring(True), "modes"),
        (lambda: grid(0), "side"),
        (lambda: grid(5, math.nan), "spacing"),
        (lambda: grid(sd=math.inf), "sd"),
        (lambda: spots([], [], []), "1 to 10000"),
        (lambda: spots([(0, 0)], [1, 1]), "as many"),
        (lambda: spots([(0, 0, 0)], [1]), "points"),
        (lambda: spots([0, 1], [1, 1]), "list of numbers"),
        (lambda: spots(3, [1]), "list of po"),
        (lambda: spots([(0, 0)], [1], [0]), "weights"),
        (lambda: dots([]), "points"),
        (lambda: dots([(0, 0)], 0), "jitter"),
        (lambda: moons(1e-5), "sd"),
        (lambda: spiral(11), "turns"),
        (lambda: spiral(arms=0), "arms"),
        (lambda: swiss_roll(None), "sd"),
        (lambda: two_rings(2, 1), "inner"),
        (lambda: two_rings(0, 0), "outer"),
        (lambda: distribution("heap"), "scipy.stats"),
        (lambda: distribution("beta", 1), "2 shape"),
        (lambda: distribution("beta", -1, 2), "shapes of a beta"),
        (lambda: distribution("norm", scale=0), "scale"),
        (lambda: distribution("norm", loc="0"), "loc"),
        (lambda: distribution(["norm"]), "a sample"),
        (lambda: drawn([0, 1], [1]), "as many"),
        (lambda: drawn([0, 1], [0, 0]), "nor all be 0"),
        (lambda: drawn(1, 2), "list of numbers"),
        (lambda: from_dict({"kind": "drawn", "points": [0, 1e-7], "heights": [1, 1]}), "wider"),
        (lambda: from_dict({"kind": "ring", "sides": 3}), "numbers of a ring"),
        (lambda: from_dict({"kind": "heap"}), "kind among"),
        (lambda: Training(Recipe(data=ring()), "cpu").generator(), "data on the line"),
        (lambda: Training(Recipe(data=ring()), "cpu").discriminator(), "data on the line"),
        (lambda: Training(Recipe(data=ring()), "cpu").logit([0.0]), r"shape \(n, 2\)"),
    ],
)
def test_impossible_data_are_refused_in_one_sentence(make, word):
    with pytest.raises(ValueError, match=word) as refusal:
        make()
    assert "\n" not in str(refusal.value)
