"""A recipe is refused in one sentence when it is made, or comes back from everywhere as it was."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_by_hand import by_hand, plane_by_hand

from gan_lab import datasets
from gan_lab.distributions.families import FAMILIES
from gan_lab.recording.recording import Recording
from gan_lab.training import schema
from gan_lab.training.losses import LOSSES
from gan_lab.training.networks import ACTIVATIONS
from gan_lab.training.optimizers import OPTIMIZERS
from gan_lab.training.recipe import PRESETS, Recipe
from gan_lab.training.schema import LARGEST_SEED, PER_MEMBER

CODE = {"Recipe": Recipe} | {name: getattr(datasets, name) for name in datasets.__all__}


def at_ends(low, high):
    """Numbers of an interval, its ends and powers of ten more often than others."""
    powers = [s * 10.0**e for s in (-1, 1) for e in range(-12, 7)]
    inside = [p for p in (*powers, 0.0, 0.1, 1 / 3) if low <= p <= high]
    return st.floats(low, high) | st.sampled_from([low, high, *inside])


PLACES, SDS, WEIGHTS = at_ends(-1e6, 1e6), at_ends(1e-6, 1e6), at_ends(1e-12, 1e6)
POINTS = st.tuples(PLACES, PLACES)


def rows(*columns, least=1, most=5):
    """As many of each, as lists side by side."""
    return st.lists(st.tuples(*columns), min_size=least, max_size=most).map(
        lambda found: [list(column) for column in zip(*found, strict=True)]
    )


SHAPES = {"gamma": 1, "beta": 2, "t": 1, "norm": 0, "pareto": 1, "lognorm": 1, "f": 2}
DATA = {
    "gaussian": st.tuples(PLACES, SDS),
    "bimodal": st.tuples(PLACES, PLACES, SDS),
    "gaussian_mixture": rows(PLACES, SDS, WEIGHTS) | rows(PLACES, SDS),
    "distribution": st.sampled_from(list(SHAPES)).flatmap(
        lambda name: st.tuples(st.just(name), *[at_ends(1e-3, 1e3)] * SHAPES[name])
    ),
    "drawn": rows(at_ends(-1e6, 1e6), at_ends(0, 1e6), least=2, most=6).map(
        lambda columns: [sorted(columns[0]), columns[1]]
    ) | st.tuples(st.lists(at_ends(-1, 1), min_size=2, max_size=6, unique=True).map(sorted),
                  st.lists(at_ends(0, 1), min_size=6, max_size=6)).map(
        lambda pair: [pair[0], pair[1][: len(pair[0])]]
    ),
    "ring": st.tuples(st.integers(1, 1000), at_ends(0, 1e6), SDS),
    "grid": st.tuples(st.integers(1, 32), at_ends(0, 1e6), SDS),
    "spots": rows(POINTS, SDS, WEIGHTS),
    "dots": st.tuples(st.lists(POINTS, min_size=1, max_size=5), SDS),
    "moons": st.tuples(at_ends(1e-3, 1e6)),
    "spiral": st.tuples(at_ends(0, 10), st.integers(1, 20), at_ends(1e-3, 1e6)),
    "swiss_roll": st.tuples(at_ends(1e-3, 1e6)),
    "two_rings": st.tuples(at_ends(0, 1e3), at_ends(1e-6, 1e3), at_ends(1e-3, 1e6)),
    **dict.fromkeys(("digits", "mnist"), st.tuples(
        st.sampled_from(["train", "held out", "all", "test"]),
        st.none() | st.integers(0, 10) | st.lists(st.integers(0, 9), max_size=4),
    )),
}
SOME_DATA = st.sampled_from(list(DATA)).flatmap(
    lambda kind: st.tuples(st.just(kind), DATA[kind])
)

BELOW_ONE = st.floats(0, 1, exclude_max=True) | st.sampled_from([0.0, 0.1, np.nextafter(1, 0)])
STRENGTH = st.floats(0, allow_infinity=False) | st.sampled_from([0.0, 5e-324, 1e-7, 1.7e308])
NUMBERS = {name: STRENGTH for name in PER_MEMBER} | dict.fromkeys(
    ("smoothing", "beta1", "beta2", "momentum", "ema"), BELOW_ONE
) | {"gain": at_ends(0, 100), "seed": st.integers(0, LARGEST_SEED)}
WIDTHS = st.lists(st.integers(1, 4096), max_size=8)
FIELDS = {
    "n": st.integers(0, 2**20),
    "latent": st.sampled_from(["gaussian", "uniform", "bernoulli"]),
    "latent_dim": st.integers(1, 1024), "G": WIDTHS, "D": WIDTHS,
    "activation": st.sampled_from(list(ACTIVATIONS)), "loss": st.sampled_from(list(LOSSES)),
    "spectral": st.booleans(), "packing": st.integers(1, 64), "unrolled": st.integers(0, 100),
    "k": st.integers(1, 1000), "m": st.integers(1, 2**20), "standardise": st.booleans(),
    "k_G": st.integers(1, 1000),
    "optimizer": st.sampled_from(list(OPTIMIZERS)),
    "optimizer_G": st.sampled_from(["as D", *OPTIMIZERS]),
    "schedule": st.sampled_from(["constant", "cosine"]), "iterations": st.integers(1, 10**8),
    "dtype": st.sampled_from(["float32", "float64"]),
}
OF_PICTURES = {
    "network": st.sampled_from(["mlp", "dcgan"]), "conditional": st.booleans(),
    "norm": st.sampled_from(["none", "batch", "layer"]),
    "z_in": st.sampled_from(["input", "every layer", "nowhere"]),
}


@st.composite
def parts(draw):
    """Fields of a recipe, each within its bounds, which may still not go together."""
    members = draw(st.integers(1, 4))
    found = draw(st.fixed_dictionaries({}, optional=FIELDS)) | {"members": members}
    for name in draw(st.sets(st.sampled_from(list(NUMBERS)), max_size=5)):
        each = st.lists(NUMBERS[name], min_size=members, max_size=members)
        found[name] = draw(NUMBERS[name] | each | each.map(np.array).map(tuple))
    if draw(st.booleans()):
        found |= draw(st.fixed_dictionaries({}, optional=OF_PICTURES))
        found |= {"data": datasets.digits()}
    return found


def made(make):
    """What is made, or None where that is refused in one sentence."""
    try:
        return make()
    except ValueError as refusal:
        assert str(refusal) and "\n" not in str(refusal) and len(str(refusal)) < 600
        return None


def comes_back(recipe: Recipe) -> None:
    assert Recipe.from_json(recipe.to_json()) == recipe
    assert Recipe.from_json(recipe.to_json()).to_json() == recipe.to_json()
    assert Recipe.from_dict(recipe.as_dict()) == recipe
    assert eval(repr(recipe), CODE) == recipe
    assert repr(eval(repr(recipe), CODE)) == repr(recipe)
    if hand := HAND.get(recipe.data.dim):
        assert Recording.from_bytes(replace(hand, recipe=recipe).to_bytes()).recipe == recipe


HAND = {1: by_hand(2), 2: plane_by_hand(2)}
"""Recordings, by the dimension of the data: those of pictures are of another class."""


def test_every_kind_of_data_and_every_field_is_drawn():
    others = {"from_dict", "data_of", "download_mnist"}
    makers = {name for name in datasets.__all__ if name.islower()} - others
    assert set(DATA) == makers - {"mixture"}
    assert {*FIELDS, *OF_PICTURES, *NUMBERS, "data", "members"} == set(schema.FIELDS)
    assert set(SHAPES) <= set(FAMILIES)


@settings(max_examples=400)
@given(SOME_DATA)
def test_data_come_back_or_are_refused(kind_and_numbers):
    kind, numbers = kind_and_numbers
    recipe = made(lambda: Recipe(data=CODE[kind](*numbers)))
    assume(recipe is not None)
    comes_back(recipe)
    one = recipe.data
    assert datasets.from_dict(json.loads(json.dumps(one.as_dict()))) == one


@settings(max_examples=200)
@given(parts())
def test_recipes_come_back_or_are_refused(fields):
    recipe = made(lambda: Recipe(**fields))
    assume(recipe is not None)
    comes_back(recipe)
    for member in range(recipe.members):
        comes_back(recipe.alone(member))


def test_most_of_what_is_drawn_is_accepted_and_some_of_every_kind():
    counts = {}

    @settings(max_examples=300)
    @given(SOME_DATA)
    def count(kind_and_numbers):
        kind, numbers = kind_and_numbers
        recipe = made(lambda: Recipe(data=CODE[kind](*numbers)))
        counts.setdefault(kind, []).append(recipe is not None)

    count()  # draws among the constants of all modules that are loaded: no two runs of tests alike
    assert set(counts) == set(DATA)
    assert all(np.mean(found) > 0.1 for found in counts.values()), counts
    assert np.mean(sum(counts.values(), [])) > 0.5, counts


@pytest.mark.parametrize("name", PRESETS)
def test_presets_come_back(name):
    comes_back(PRESETS[name])


def test_a_light_part_of_a_mixture_comes_back():
    comes_back(Recipe(data=datasets.gaussian_mixture([-1, 1], [0.3, 0.3], [1e6, 0.5])))
    comes_back(Recipe(data=datasets.spots([(0, 0), (1, 1)], [1, 1], [1e6, 0.5])))


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: datasets.gaussian_mixture([0, 1], [1, 1], [1e6, 1e-7]),
            "each weight of a mixture must be",
        ),
        (lambda: datasets.spots([(0, 0), (1, 1)], [1, 1], [1e6, 1e-7]), "each weight of a set of"),
        (
            lambda: datasets.gaussian_mixture([0, 1], [1, 1], [1, 1e-13]),
            "weights of a mixture must be from",
        ),
        (
            lambda: datasets.from_dict(
                {"kind": "drawn", "points": [0, 1e-9, 2e-9, 1], "heights": [0, 1, 0, 1e-9]}
            ),
            "must be at most 1e\\+06 high",
        ),
    ],
)
def test_what_could_not_be_read_back_is_refused_when_it_is_made(make, words):
    with pytest.raises(ValueError, match=words):
        make()


def test_words_and_numbers_of_numpy_print_as_code():
    recipe = Recipe(
        activation=np.str_("relu"), k=np.int64(3), r1=np.float32(0.5), G=[np.int32(4)],
        data=datasets.distribution(np.str_("gamma"), np.float64(2)),
    )
    assert "np." not in repr(recipe)
    comes_back(recipe)


SLOW = [
    ("exponnorm", 1.5), ("foldnorm", 2), ("foldcauchy", 2), ("vonmises", 0.5), ("irwinhall", 10),
    ("norminvgauss", 1.25, 0.5), ("geninvgauss", 2.3, 1.5), ("levy_stable", 1.8, -0.5),
    ("genhyperbolic", 0.5, 1.5, -0.5), ("recipinvgauss", 0.63), ("kstwo", 10), ("ksone", 1000),
    ("rel_breitwigner", 10), ("studentized_range", 3, 10), ("kappa4", 0.0, 0.13),
    ("dpareto_lognorm", 1e6, 1e6, 4.5, 1), ("argus", 1.0), ("gausshyper", 1, 1, 1, 1),
]


@pytest.mark.parametrize("name", SLOW, ids=lambda name: name[0])
def test_a_law_whose_quantiles_take_too_long_is_refused_by_name(name):
    with pytest.raises(ValueError, match=f"numbers of a {name[0]} distribution are not known"):
        datasets.distribution(*name)


def test_a_law_that_is_taken_has_its_own_quantiles_in_scipy():
    from scipy import stats

    here = {name for name in FAMILIES if hasattr(stats, name)}
    assert len(here) >= 25
    searching = stats.rv_continuous._ppf
    assert not [name for name in here if getattr(stats, name)._ppf.__func__ is searching]


def test_whatever_scipy_says_of_shapes_is_one_sentence(monkeypatch):
    from scipy import stats

    def fails(*words, **more):
        raise RuntimeError("it did not\nconverge")

    monkeypatch.setattr(type(stats.gamma), "ppf", fails)
    with pytest.raises(ValueError, match="make no gamma distribution"):
        datasets.distribution("gamma", 2)
