"""A recipe in the page is the recipe in Python: its defaults, its code, what it refuses."""

import json
import math
import random
import subprocess
from pathlib import Path

import numpy as np
import pytest

from gan_lab import datasets
from gan_lab.core.random_streams import Domain
from gan_lab.datasets import images
from gan_lab.training.losses import CONSTRAINTS, LOSSES, PENALTIES
from gan_lab.training.networks import ACTIVATIONS
from gan_lab.training.optimizers import OPTIMIZERS
from gan_lab.training.recipe import PRESET_ROWS, Recipe
from gan_lab.training.schema import BUILT_IN

FRONT_END = Path(datasets.__file__).parents[1] / "front_end"
OF_PAGE = [preset.recipe for preset in PRESET_ROWS.values() if preset.in_page]
MODULES = {
    "recipe": "training/recipe/recipe", "training": "training/loop",
    "streams": "numeric/random_streams", "penalties": "training/penalties",
    "laws_of_data": "data/densities", "normal": "numeric/normal", "link": "ui/lab/share/link",
}


def asked(node, script, value=None):
    """What a module prints as JSON; `value` is there as `given`."""
    lines = [
        f'import * as {name} from "{(FRONT_END / path).as_uri()}.js";'
        for name, path in MODULES.items()
    ]
    lines.append(f"const given = {json.dumps(value)};")
    lines.append(f"console.log(JSON.stringify(({script})));")
    ran = subprocess.run(
        [node, "--input-type=module", "-"], input="\n".join(lines), capture_output=True,
        text=True, timeout=60,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_tables_are_those_of_python(node):
    told = asked(
        node,
        "{ defaults: recipe.DEFAULTS, offered: recipe.OFFERED, purposes: streams.DOMAIN, "
        "built: recipe.BUILT_IN, "
        "at: Object.entries(penalties.PENALTIES).map(([n, p]) => [n, p.at]) }",
    )
    assert told["defaults"] == Recipe().as_dict()
    assert list(told["defaults"]) == list(Recipe().as_dict())  # the order of the code
    offered = told["offered"]
    assert offered["loss"] == list(LOSSES) and offered["activation"] == list(ACTIVATIONS)
    assert offered["laws"] == list(NAMED)
    assert sorted(offered["optimizer"]) == sorted(OPTIMIZERS)
    assert set(offered["data"]) == {"mixture", *datasets.KINDS} - {*images.KINDS}
    assert set(offered["penalties"]) == set(PENALTIES)
    assert set(CONSTRAINTS) == set(offered["constraints"])
    of_games = [p for p in Domain if not p.name.endswith("TO_LOOK")]
    assert told["purposes"] == {p.name: p.value for p in of_games}
    assert told["built"] == list(BUILT_IN)
    assert dict(told["at"]) == {name: p.at for name, p in PENALTIES.items()}


def some_data(rng):
    points = [[rng.uniform(-3, 3), float(rng.randint(-2, 2))] for _ in range(rng.randint(1, 4))]
    sds = [10 ** rng.uniform(-3, 1) for _ in points]
    weights = [rng.uniform(0.1, 3) for _ in points]
    return rng.choice([
        datasets.gaussian(rng.gauss(0, 10), 10 ** rng.uniform(-5, 5)),
        datasets.gaussian_mixture([p[0] for p in points], sds, weights),
        datasets.gaussian_mixture([-1, 1], [0.3, 0.3], [1e6, 0.5]),
        datasets.drawn([-1e-5, 1.0, 2.5], [0.0, rng.random(), 1.0]),
        datasets.distribution("cauchy", loc=rng.choice([0, -0.3]), scale=rng.choice([1, 1e-5])),
        datasets.ring(rng.randint(1, 20), rng.uniform(0, 1e5), 1e-5),
        datasets.grid(rng.randint(1, 6)),
        datasets.spots(points, sds, weights),
        datasets.dots(points, 0.25),
        datasets.moons(rng.uniform(0.01, 0.3)),
        datasets.spiral(rng.uniform(0, 3), rng.randint(1, 4)),
        datasets.swiss_roll(),
        datasets.two_rings(0.25, 2, 0.1),
    ])


def some_recipe(rng):
    loss = rng.choice(list(LOSSES))
    choices = {
        "data": some_data(rng), "latent": rng.choice(["gaussian", "uniform", "bernoulli"]),
        "n": rng.choice([0, rng.randint(1, 2**20)]), "latent_dim": rng.randint(1, 9),
        "G": [rng.randint(1, 64)] * rng.randint(0, 3),
        "D": [rng.randint(1, 64) for _ in range(rng.randint(0, 8))],
        "activation": rng.choice(list(ACTIVATIONS)), "gain": rng.uniform(0, 100), "loss": loss,
        "r1": 10 ** rng.uniform(-12, 3), "r2": rng.choice([0, 1, 1e16, 1e15, 123456789012345680]),
        "gp": rng.choice([0.0, 10.0, 1e-5, 0.0001]), "clip": 10 ** rng.uniform(-300, 300),
        "smoothing": rng.uniform(0, 0.9) if LOSSES[loss].labels else 0.0,
        "instance_noise": rng.choice([0.0, 1e22, 5e-324]), "k": rng.randint(1, 9),
        "m": rng.randint(1, 999), "optimizer": rng.choice(list(OPTIMIZERS)),
        "lr_D": 10 ** rng.uniform(-7, 1), "lr_G": 0.1, "beta1": rng.random(), "beta2": 0.5,
        "momentum": 0.9, "schedule": rng.choice(["constant", "cosine"]), "ema": 0.999,
        "iterations": rng.randint(1, 10**8), "standardise": rng.choice([True, False]),
        "seed": rng.choice([0, 2**53, rng.randint(0, 2**40)]),
        "dtype": rng.choice(["float32", "float64"]),
    }
    names = [name for name in choices if rng.random() < 0.4]
    return Recipe(**{name: choices[name] for name in names if name != "smoothing"})


def test_the_code_of_a_recipe_is_its_repr(node):
    rng = random.Random(5)
    recipes = [Recipe(), *OF_PAGE, *(some_recipe(rng) for _ in range(300))]
    told = asked(
        node,
        "given.map((parts) => [recipe.asPython(recipe.recipeOf(parts)), recipe.recipeOf(parts)])",
        [r.as_dict() for r in recipes],
    )
    for r, (code, parts) in zip(recipes, told, strict=True):
        assert code == repr(r)
        assert Recipe.from_dict(parts) == r  # and nothing was changed on the way


def test_a_link_brings_back_the_very_recipe(node):
    rng = random.Random(8)
    recipes = [*OF_PAGE, *(some_recipe(rng) for _ in range(300))]
    told = asked(
        node,
        "given.map((parts) => link.stateOfLink(link.linkOf({ recipe: recipe.recipeOf(parts) })))"
        ".map(({ recipe, wrong }) => [recipe, wrong])",
        [r.as_dict() for r in recipes],
    )
    for r, (parts, wrong) in zip(recipes, told, strict=True):
        assert wrong is None and Recipe.from_dict(parts) == r


def test_data_that_could_not_be_read_back_are_refused_by_both(node):
    parts = [
        {"means": [0, 1], "sds": [1, 1], "weights": [1e6, 1e-7]},
        {"kind": "spots", "means": [[0, 0], [1, 1]], "sds": [1, 1], "weights": [1e6, 1e-7]},
        {"kind": "drawn", "points": [0, 1e-9, 2e-9, 1], "heights": [0, 1, 0, 1e-9]},
    ]
    told = asked(
        node,
        "given.map((data) => { try { return recipe.recipeOf({ data }).data; } "
        "catch (error) { return error.message; } })",
        parts,
    )
    for data_parts, said in zip(parts, told, strict=True):
        assert isinstance(said, str) and ("of their sum or more" in said or "high once" in said)
        with pytest.raises(ValueError, match="of their sum or more|high once"):
            datasets.from_dict(data_parts)


def test_weights_and_heights_are_made_to_sum_to_one_as_in_python(node):
    rng = random.Random(6)
    parts = []
    for _ in range(200):
        n = rng.randint(1, 9)
        lists = {"means": [rng.gauss(0, 1) for _ in range(n)], "sds": [rng.uniform(0.1, 2)] * n}
        parts.append(lists | {"weights": [10 ** rng.uniform(-3, 3) for _ in range(n)]})
    told = asked(node, "given.map((data) => recipe.recipeOf({ data }).data)", parts)
    assert told == [datasets.from_dict(p).as_dict() for p in parts]
    heights = {"kind": "drawn", "points": [0, 1, 3, 4], "heights": [0, 3, 1, 0.5]}
    told = asked(node, "recipe.recipeOf({ data: given }).data.heights", heights)
    np.testing.assert_allclose(told, datasets.from_dict(heights).heights, rtol=1e-15)


IMPOSSIBLE = [
    {"loss": "hinges"}, {"lr_D": -1}, {"lr_D": "fast"}, {"lr_D": None}, {"m": 2.5}, {"m": 0},
    {"k": True}, {"G": 3}, {"G": [3, 0]}, {"D": [4] * 9}, {"beta1": 1}, {"ema": 1.5},
    {"seed": -1}, {"seed": 2**53 + 2}, {"standardise": 1}, {"foo": 1}, {"toString": 1},
    {"loss": "hinge", "smoothing": 0.1}, {"data": 3}, {"data": {"kind": "blob"}},
    {"data": {"kind": "toString"}}, {"data": {"kind": "ring", "modes": 0}},
    {"data": {"kind": "ring", "sds": 1}}, {"data": {"means": [1], "sds": [1, 2], "weights": [1]}},
    {"data": {"means": [], "sds": [], "weights": []}}, {"data": {"means": [1], "sds": [0]}},
    {"data": {"means": ["a"], "sds": [1], "weights": [1]}},
    {"data": {"kind": "drawn", "points": [0, 0], "heights": [1, 1]}},
    {"data": {"kind": "drawn", "points": [0, 1], "heights": [0, 0]}},
    {"data": {"kind": "spots", "means": [[1]], "sds": [1], "weights": [1]}},
    {"data": {"kind": "dots", "points": []}}, {"data": {"kind": "spiral", "turns": 11}},
    {"data": {"kind": "law", "name": "laplace", "shapes": [1]}}, {"data": {"kind": "law"}},
    {"data": {"kind": "law", "name": "toString"}},
    {"data": {"kind": "two_rings", "inner": 2, "outer": 1}}, {"data": None}, {"dtype": "float16"},
    {"clip": 0.1, "spectral": True},
]
ONLY_IN_PYTHON = [
    {"packing": 2}, {"unrolled": 3}, {"members": 4, "lr_D": 0.1},
    {"lr_D": [0.1]}, {"data": datasets.distribution("beta", 2, 3).as_dict()}, {"m": 2**20},
    {"D": [4096, 4096]}, {"data": datasets.digits().as_dict()}, {"data": {"kind": "mnist"}},
    *({"data": datasets.digits().as_dict(), name: value} for name, value in (
        ("network", "dcgan"), ("norm", "layer"), ("z_in", "nowhere"), ("conditional", True),
    )),
]


def test_what_is_no_recipe_or_not_offered_is_refused_in_one_sentence(node):
    told = asked(
        node,
        "given.map((parts) => { try { recipe.recipeOf(parts); return null; } "
        "catch (error) { return [error.constructor.name, error.message]; } })",
        [*IMPOSSIBLE, *ONLY_IN_PYTHON, [], None, "recipe"],
    )
    for parts, said in zip([*IMPOSSIBLE, *ONLY_IN_PYTHON, [], None, "recipe"], told, strict=True):
        assert said and said[0] == "Error", parts
        assert said[1].endswith(".") and "\n" not in said[1] and len(said[1]) < 420, said
    for parts in IMPOSSIBLE:
        with pytest.raises((ValueError, TypeError)):
            Recipe.from_dict(parts)
    for parts in ONLY_IN_PYTHON:
        Recipe.from_dict(parts | ({"members": 1} if parts.get("lr_D") == [0.1] else {}))


NAMED = ("norm", "uniform", "expon", "laplace", "logistic", "gumbel_r", "cauchy")
LAWS = [
    *(datasets.distribution(name, loc=-0.25, scale=1.5) for name in NAMED),
    datasets.gaussian(3.0, 0.5),
    datasets.bimodal(),
    datasets.gaussian_mixture([1, 2, -3], [0.1, 1, 3], [1, 2, 3]),
    datasets.drawn([0, 1, 2, 4, 5], [0, 1, 0, 0, 3]),
    datasets.ring(),
    datasets.grid(),
    datasets.spots([[0, 0], [1, 2]], [0.3, 0.5], [1, 2]),
    datasets.dots([[0, 0], [1, 3]]),
    datasets.moons(),
    datasets.spiral(),
    datasets.spiral(3, 5),
    datasets.spiral(0, 1),
    datasets.swiss_roll(),
    datasets.two_rings(),
]


def test_the_law_of_the_data_is_that_of_the_theory(node):
    rng = np.random.default_rng(0)
    x, y, edges = rng.normal(0, 2, 60), rng.normal(0, 1, 60), np.linspace(-2, 2.3, 12)
    u = np.concatenate([[1e-9, 2.0**-33, 0.5], rng.random(40)])
    given = [
        {"data": d.as_dict(), "x": x.tolist(), "y": y.tolist(), "u": u.tolist(),
         "edges": edges.tolist()}
        for d in LAWS
    ]
    told = asked(
        node,
        "given.map(({ data, x, y, u, edges }) => { const d = laws_of_data.densityOf(data); "
        "return d.dim === 1 ? { ...d, at: x.map(d.pdf), below: x.map(d.cdf), ends: u.map(d.ppf) } "
        ": { ...d, at: x.map((v, i) => d.pdf(v, y[i])), cells: Array.from(d.cells(edges, edges)) "
        "}; })",
        given,
    )
    for d, law in zip(LAWS, told, strict=True):
        truth = d
        np.testing.assert_allclose(law["mean"], np.atleast_1d(d.mean), rtol=1e-14, atol=1e-14)
        assert law["sd"] == pytest.approx(d.sd, rel=1e-14)
        if d.dim == 1:
            np.testing.assert_allclose(law["at"], truth.pdf(x), rtol=1e-12, atol=1e-300)
            np.testing.assert_allclose(law["below"], truth.cdf(x), rtol=1e-12, atol=1e-300)
            np.testing.assert_allclose(law["ends"], truth.ppf(u), rtol=1e-13, atol=1e-13)
        else:
            points = np.stack([x, y], 1)
            np.testing.assert_allclose(law["at"], truth.pdf(points), rtol=1e-11, atol=1e-290)
            cells = truth.cells(edges, edges).T.ravel()
            np.testing.assert_allclose(law["cells"], cells, rtol=1e-11, atol=1e-290)
        if hasattr(d, "means"):
            places = [[mode["x"], mode["y"]] if d.dim == 2 else mode["x"] for mode in law["modes"]]
            np.testing.assert_allclose(places, d.means, rtol=1e-14, atol=1e-15)
            weights = [mode["weight"] for mode in law["modes"]]
            np.testing.assert_allclose(weights, d.weights, rtol=1e-15)
        else:
            assert law["modes"] is None


def test_the_normal_law_has_its_digits_in_both_tails(node):
    from scipy.special import ndtr, ndtri

    x = np.concatenate([np.linspace(-37, 9, 400), [-1e-9, 0.0, 2.0, -2.0]])
    u = np.concatenate([10.0 ** -np.arange(1, 300, 7.0), np.linspace(0.01, 0.99, 99)])
    cdf, quantile, ends = asked(
        node,
        "[given[0].map(normal.normalCdf), given[1].map(normal.normalQuantile), "
        "[0, 1, -0.1, NaN].map((u) => String(normal.normalQuantile(u)))]",
        [x.tolist(), u.tolist()],
    )
    np.testing.assert_allclose(cdf, ndtr(x), rtol=1e-12)
    np.testing.assert_allclose(quantile, ndtri(u), rtol=1e-12, atol=1e-15)
    assert [float(v) for v in ends[:2]] == [-math.inf, math.inf] and ends[2:] == ["NaN", "NaN"]
