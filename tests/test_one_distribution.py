"""One hierarchy of distributions: what a recipe takes, a divergence and a plot take too."""

import json
import math

import numpy as np
import pytest
from scipy import stats

from gan_lab import datasets, theory
from gan_lab.core.random_streams import Stream
from gan_lab.datasets.minibatches import FOR_D, draw
from gan_lab.distributions import (
    Distribution2D,
    Gaussians2D,
    distribution,
    gaussian,
    mixture,
    pmf,
    uniform,
)
from gan_lab.recording.frames import frame_of
from gan_lab.recording.plane import frame_in_plane
from gan_lab.theory.mesh import on_cells
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

SAMPLE = np.random.default_rng(0).gamma(3.0, size=4000)
PARTS = mixture([uniform(-2, -1), distribution("gamma", 2.0), gaussian(4, 0.3)], [0.2, 0.5, 0.3])
GIVEN = {
    "a distribution": gaussian(3, 0.5),
    "a frozen distribution of scipy": stats.beta(2, 3, loc=-1),
    "a name of scipy": distribution("t", 5, scale=0.5),
    "a sample": SAMPLE,
    "a list of numbers": SAMPLE[:50].tolist(),
    "a drawn curve": datasets.drawn([0, 1, 3], [0, 2, 1]),
    "a uniform distribution": uniform(-1, 2),
    "a mixture of several kinds": PARTS,
}


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_a_recipe_takes_what_a_divergence_takes(given):
    recipe = Recipe(data=given, G=(4,), D=(4,), m=8, k=1)
    p = recipe.data
    assert theory.js(p, distribution(given)).value < 1e-12
    assert 0 < theory.js(p, gaussian(p.mean, p.sd)).value + 1e-12 < math.log(2)
    frame = frame_of(Training(recipe, device="cpu"))
    np.testing.assert_array_equal(frame.p_data, p.pdf(frame.x))


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_it_goes_to_json_and_prints_as_code(given):
    recipe = Recipe(data=given)
    assert Recipe.from_json(recipe.to_json()) == recipe
    names = {name: getattr(datasets, name) for name in datasets.__all__}
    assert eval(repr(recipe.data), names) == recipe.data
    assert datasets.from_dict(json.loads(json.dumps(recipe.data.as_dict()))) == recipe.data


@pytest.mark.parametrize("given", GIVEN.values(), ids=GIVEN)
def test_its_minibatches_are_draws_of_it(given):
    data = Recipe(data=given).data
    n = 2**14
    x = draw(data, Stream([3]), FOR_D, 0, n)[0, :, 0].numpy()
    # sqrt(n) times the largest distance exceeds 1.95 once in a thousand samples
    assert math.sqrt(n) * stats.kstest(x, data.cdf).statistic < 1.95
    assert abs(x.mean() - data.mean) < 5 * data.sd / math.sqrt(n)


def test_a_sample_becomes_a_density_near_the_one_that_it_is_of():
    found = [
        theory.js(distribution(SAMPLE[:n]), distribution("gamma", 3.0)).value for n in (100, 4000)
    ]
    assert found[1] < 0.01 < found[0] < 0.1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (pmf([0, 1], [0.5, 0.5]), "a recipe, JSON or a link takes"),
        (theory.pushforward(lambda z: z**2, gaussian()), "a recipe, JSON or a link takes"),
        (mixture([pmf([0], [1]), gaussian()]), "a recipe, JSON or a link takes"),
        (gaussian(0, 1e-9), "standard deviations of a mixture must be from 1e-06"),
        (distribution("norm", scale=1e100), "scale must be from"),
        ([1.0] * 20, "the numbers of a sample must differ"),
        ([1.0, 2.0], "8 finite numbers or more"),
        (stats.poisson(3), "a distribution must be given"),
        (stats.beta([1, 2], 3), "arrays of several"),
        (3.0, "a distribution must be given"),
    ],
)
def test_what_no_recipe_can_carry_is_refused_in_one_sentence(given, words):
    with pytest.raises(ValueError, match=words) as refusal:
        Recipe(data=given)
    assert "\n" not in str(refusal.value)


def test_a_mixture_of_several_kinds_comes_back_whatever_its_weights():
    rng = np.random.default_rng(2)
    for weights in rng.dirichlet(np.ones(3), 200):
        recipe = Recipe(data=mixture([uniform(0, 1), gaussian(), distribution("t", 4)], weights))
        assert Recipe.from_json(recipe.to_json()) == recipe


def test_a_mixture_in_a_mixture_is_refused_in_one_sentence_however_deep():
    deep = one = distribution("norm").as_dict()
    for _ in range(2000):
        deep = {"kind": "mixture", "components": [deep, one], "weights": [0.5, 0.5]}
    for given in (deep, mixture([PARTS, gaussian()])):
        with pytest.raises(ValueError, match="must not be a mixture of several kinds itself"):
            Recipe(data=given)


def test_a_mixture_of_the_line_and_the_plane_is_refused_in_one_sentence():
    both = {
        "kind": "mixture",
        "weights": [0.5, 0.5],
        "components": [distribution("norm").as_dict(), datasets.ring().as_dict()],
    }
    with pytest.raises(ValueError, match="components of a mixture must be on the line"):
        datasets.from_dict(both)
    with pytest.raises(ValueError, match="data must be"):
        datasets.from_dict(both | {"components": [3, 4]})


def test_shapes_belong_to_a_name():
    with pytest.raises(ValueError, match="named by a string"):
        distribution(stats.norm(), 3)


SPOTS = Gaussians2D(
    np.array([(0.0, 0.0), (1.0, 0.5)]), np.array([0.1, 0.2]), np.array([0.25, 0.75])
)
PLANE = {
    "spots as arrays": SPOTS,
    "a ring": datasets.ring(5, 1.0, 0.2),
    "a curve": datasets.moons(0.2),
    "as JSON has it": datasets.grid(2, 1.0, 0.2).as_dict(),
}


@pytest.mark.parametrize("given", PLANE.values(), ids=PLANE)
def test_what_a_recipe_takes_in_the_plane_a_divergence_and_a_frame_take_too(given):
    recipe = Recipe(data=given, G=(4,), D=(4,), m=8, k=1, latent_dim=2)
    game, p = Training(recipe, "cpu"), recipe.data
    assert isinstance(p, Distribution2D) and p is game.p_data
    x, y = (m + p.sd * np.linspace(-4, 4, 61) for m in p.mean)
    seen = on_cells(game.map(), game.p_z, p, x, y, 100)
    np.testing.assert_array_equal(seen.p_data, p.cells(x, y))
    window = (x[0], x[-1], y[0], y[-1])
    frame = frame_in_plane(game, cells=60, mesh=100, window=window)
    np.testing.assert_allclose(frame.p_data, seen.p_data, atol=1e-15)
    names = {name: getattr(datasets, name) for name in datasets.__all__}
    assert Recipe.from_json(recipe.to_json()) == recipe and eval(repr(p), names) == p


def test_spots_as_arrays_are_the_spots_of_a_recipe():
    p, x = Recipe(data=SPOTS).data, np.random.default_rng(0).normal(size=(50, 2))
    assert repr(p) == "spots(means=[[0.0, 0.0], [1.0, 0.5]], sds=[0.1, 0.2], weights=[0.25, 0.75])"
    np.testing.assert_array_equal(p.logpdf(x), SPOTS.logpdf(x))
    assert (p.mean, p.sd, p.thinnest) == (SPOTS.mean, SPOTS.sd, 0.1) and p.mean == (0.75, 0.375)
    assert Recipe(data=datasets.moons(0.3).bells).data.mean == pytest.approx((0.5, 0.25), abs=1e-9)
