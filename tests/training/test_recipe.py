"""A recipe is a value: it prints as code, goes to JSON and back, and refuses what cannot be."""

import json
import math
from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab.datasets import (
    bimodal,
    digits,
    distribution,
    dots,
    gaussian,
    gaussian_mixture,
    mnist,
    ring,
)
from gan_lab.training.losses import LOSSES
from gan_lab.training.networks import PIECEWISE_LINEAR
from gan_lab.training.recipe import PRESET_ROWS, PRESETS, Recipe
from gan_lab.training.schema import FIELDS

CODE = {"Recipe": Recipe, "gaussian": gaussian, "gaussian_mixture": gaussian_mixture, "ring": ring,
        "dots": dots, "distribution": distribution}

GOOD = st.fixed_dictionaries(
    {},
    optional={
        "data": st.sampled_from(
            [
                gaussian(1.0, 2.0),
                bimodal(),
                gaussian_mixture([0, 3], [1, 2], [1, 9]),
                distribution("beta", 2, 3),
                ring(),
                dots([(0, 1), (2, 3)], 0.1),
            ]
        ),
        "n": st.integers(0, 2**20),
        "latent": st.sampled_from(["gaussian", "uniform", "bernoulli"]),
        "latent_dim": st.integers(1, 8),
        "G": st.lists(st.integers(1, 64), max_size=3),
        "D": st.lists(st.integers(1, 64), max_size=3),
        "activation": st.sampled_from(["relu", "tanh", "silu"]),
        "loss": st.sampled_from(list(LOSSES)),
        "instance_noise": st.floats(0, 1e3),
        "r1": st.floats(0, 1e3),
        "gp": st.floats(0, 1e3),
        "clip": st.floats(0, 1e3),
        "k": st.integers(1, 9),
        "k_G": st.integers(1, 9),
        "optimizer": st.sampled_from(["sgd", "adam", "rmsprop"]),
        "optimizer_G": st.sampled_from(["as D", "sgd", "adam", "rmsprop"]),
        "lr_G": st.floats(0, 1e3),
        "beta1": st.floats(0, 0.999),
        "ema": st.floats(0, 0.999),
        "schedule": st.sampled_from(["constant", "cosine"]),
        "standardise": st.booleans(),
        "packing": st.sampled_from([1, 2, 4]),
        "members": st.integers(1, 100),
        "seed": st.integers(0, 2**53 - 99),  # the last member of 100 has one too
        "dtype": st.sampled_from(["float32", "float64"]),
    },
)


@settings(max_examples=100)
@given(GOOD)
def test_a_recipe_prints_as_the_code_that_remakes_it(parts):
    recipe = Recipe(**parts)
    assert eval(repr(recipe), CODE) == recipe
    assert hash(eval(repr(recipe), CODE)) == hash(recipe)


@settings(max_examples=100)
@given(GOOD)
def test_a_recipe_goes_to_json_and_back(parts):
    recipe = Recipe(**parts)
    text = recipe.to_json()
    assert Recipe.from_json(text) == recipe
    assert json.loads(text) == recipe.as_dict()
    assert Recipe.from_json(text).to_json() == text


def test_a_recipe_prints_only_what_differs_from_the_defaults():
    assert repr(Recipe()) == "Recipe()"
    assert repr(Recipe(k=4, m=64, data=gaussian(3, 0.5))) == "Recipe(m=64)"
    assert repr(Recipe(data=gaussian(0, 1))) == "Recipe(data=gaussian(0.0, 1.0))"


def test_fields_left_out_of_json_are_the_defaults():
    assert Recipe.from_json('{"k": 2}') == Recipe(k=2) == Recipe().but(k=2)


def test_a_recipe_cannot_be_changed_in_place():
    with pytest.raises(FrozenInstanceError):
        Recipe().k = 3


def test_numbers_are_kept_as_floats_and_lists_as_tuples():
    recipe = Recipe(r1=1, lr_D=0, G=[3, 4])
    assert (type(recipe.r1), type(recipe.lr_D), recipe.G) == (float, float, (3, 4))
    assert recipe == Recipe(r1=1.0, lr_D=0.0, G=(3, 4))


def test_a_list_of_rates_is_kept_printed_and_read():
    recipe = Recipe(members=2, lr_D=[1e-3, 0])
    assert recipe.lr_D == (0.001, 0.0) and repr(recipe) == "Recipe(lr_D=(0.001, 0.0), members=2)"
    assert eval(repr(recipe), CODE) == recipe == Recipe.from_json(recipe.to_json())
    assert recipe.as_dict()["lr_D"] == [0.001, 0.0]


def test_every_field_is_read_and_every_reader_has_a_field():
    assert set(FIELDS) == {f.name for f in fields(Recipe)}


def test_the_presets_are_the_games_of_the_book():
    of_the_page = {"bump", "two", "turns", "bare", "kinks", "ring", "pair", "grid", "moons"}
    of_the_book = {"gaussian", "figure-1", "bimodal", "tutorial", "pacgan-ring", "pacgan-grid"}
    of_pictures = {"digits", "digits dcgan", "digits conditional"}
    assert set(PRESETS) == of_the_book | of_the_page | of_pictures
    assert {n for n, preset in PRESET_ROWS.items() if not preset.in_page} == of_pictures
    smooth = ("gaussian", "figure-1", "bimodal")
    assert not {PRESETS[name].activation for name in smooth} & set(PIECEWISE_LINEAR)
    # The blind discriminator plays for the same data, as they are.
    assert PRESETS["tutorial"].data == PRESETS["gaussian"].data == gaussian(3.0, 0.5)
    assert not PRESETS["tutorial"].standardise


BAD = [
    ("data", 3.0), ("data", "gaussian"), ("data", {"means": [0.0]}), ("data", None),
    ("data", {"kind": "ring", "sides": 3}), ("data", {"kind": "heap"}), ("data", {"kind": []}),
    ("latent", "cauchy"), ("latent", None), ("latent_dim", 0), ("latent_dim", 1.0),
    ("n", -1), ("n", 0.5), ("n", 2**20 + 1),
    ("G", 48), ("G", (48, 0)), ("G", ("48",)), ("D", (True,)), ("D", (1,) * 9), ("D", None),
    ("activation", "gelu"), ("activation", ["relu"]), ("gain", -1), ("gain", "big"),
    ("loss", "wgan"), ("loss", 1),
    ("r1", -0.1), ("r1", math.nan), ("r2", math.inf), ("r2", "0.1"), ("r2", None),
    ("gp", -1), ("gp", math.inf), ("clip", -0.01), ("clip", True), ("spectral", 1.0),
    ("unrolled", -1), ("unrolled", 101), ("unrolled", True),
    ("packing", 0), ("packing", 65), ("packing", 2.0),
    ("smoothing", 1.0), ("smoothing", -0.1), ("instance_noise", -1), ("instance_noise", math.nan),
    ("k", 0), ("k", 1.5), ("k", True), ("k", "1"), ("m", 0), ("m", -256),
    ("optimizer", "adagrad"), ("k_G", 0),
    ("optimizer_G", "adagrad"), ("lr_D", -1e-3), ("lr_D", math.nan), ("lr_G", math.inf),
    ("lr_G", 10**400), ("k", 10**400), ("r1", 1j),
    ("lr_G", [1e-3, 1e-3]), ("lr_G", []), ("lr_D", [math.nan]), ("lr_D", ["1"]), ("lr_D", [[1]]),
    ("beta1", 1.0), ("beta1", -0.1), ("beta2", 1.0), ("momentum", 1.0),
    ("schedule", "linear"), ("ema", 1.0), ("ema", -0.5),
    ("iterations", 0), ("iterations", 1e3), ("standardise", 1),
    ("members", 0), ("members", None), ("seed", -1), ("seed", 2**60), ("seed", 0.0),
    ("dtype", "float16"), ("dtype", float),
    ("network", "resnet"), ("norm", "group"), ("z_in", True), ("conditional", 1),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_field_is_refused_in_one_sentence_that_names_it(name, value):
    with pytest.raises(ValueError) as refusal:
        Recipe(**{name: value})
    message = str(refusal.value)
    assert name in message and "must be" in message and "\n" not in message


TOGETHER = [
    ({"clip": 0.1, "spectral": True}, "clip and spectral"),
    ({"loss": "wasserstein", "smoothing": 0.1}, "D has no labels"),
    ({"loss": "relativistic", "smoothing": 0.1}, "minimax, non-saturating, maximum-likelihood"),
    ({"unrolled": 2, "clip": 0.1}, "unrolled steps of D are plain gradient steps"),
    ({"unrolled": 2, "spectral": True}, "hold D back by a penalty"),
    ({"packing": 3}, "m must be a multiple of packing"),
    ({"packing": 4, "m": 30}, "30 is none of 4"),
    ({"members": 2, "lr_D": [0.1, 0.2, 0.3]}, "one for each of the 2 members, not a list of 3"),
    ({"members": 4, "lr_G": (0.1, 0.2, 0.3)}, "lr_G must be one number"),
]

OF_PICTURES = [
    ({"data": gaussian(0, 1), "network": "dcgan"}, "network='dcgan' is for pictures, and the"),
    ({"data": ring(), "norm": "layer"}, "norm='layer' is for pictures, and the data of this rec"),
    ({"data": ring(), "z_in": "nowhere"}, "data of this recipe are in the plane"),
    ({"data": gaussian(0, 1), "conditional": True}, "data of this recipe are on the line"),
    ({"norm": "batch"}, "has no slope at one picture to be penalised: set r1, r2, gp to 0"),
    ({"network": "dcgan", "G": (8, 8, 8, 8)}, "from 1 to 3 widths for pictures of 8 x 8, not 4"),
    ({"network": "dcgan", "D": ()}, "not 2 and 0"),
    ({"network": "dcgan", "data": mnist(), "G": (8, 8, 8)}, "from 1 to 2 widths for pictures of 2"),
    ({"conditional": True, "packing": 2}, "is told the label of one picture, and packs have sever"),
]


@pytest.mark.parametrize(("parts", "words"), OF_PICTURES)
def test_networks_of_pictures_that_cannot_be_are_refused_in_one_sentence(parts, words):
    with pytest.raises(ValueError) as refusal:
        Recipe(**{"data": digits()} | parts)
    assert words in str(refusal.value) and "\n" not in str(refusal.value)


@pytest.mark.parametrize(("parts", "words"), TOGETHER)
def test_what_does_not_go_together_is_refused_in_one_sentence(parts, words):
    with pytest.raises(ValueError) as refusal:
        Recipe(**parts)
    assert words in str(refusal.value) and "\n" not in str(refusal.value)
    for name in parts.keys() - {"members", "m"}:  # and it is their company that was refused
        Recipe(**{n: v for n, v in parts.items() if n != name})


def test_every_field_has_a_bad_value_above():
    assert {name for name, _ in BAD} == set(FIELDS)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
    | st.sampled_from(["tanh", "minimax", "sgd", "uniform", "cosine", "float64"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(max_examples=300)
@given(st.dictionaries(st.sampled_from(list(FIELDS)), ANYTHING, max_size=3))
def test_anything_at_all_is_either_a_recipe_or_a_ValueError(parts):
    try:
        recipe = Recipe.from_dict(parts)
    except ValueError as refusal:
        assert "\n" not in str(refusal)
    else:
        assert Recipe.from_json(recipe.to_json()) == recipe


@settings(max_examples=100)
@given(st.text() | ANYTHING.map(json.dumps))
def test_any_text_is_either_a_recipe_or_a_ValueError(text):
    try:
        recipe = Recipe.from_json(text)
    except ValueError as refusal:
        assert "recipe" in str(refusal) or "must be" in str(refusal)
    else:
        assert recipe == Recipe.from_json(recipe.to_json())


@pytest.mark.parametrize("make", [lambda: Recipe.from_json('{"K": 1}'), lambda: Recipe().but(K=1)])
def test_an_unknown_field_is_refused_with_the_names_there_are(make):
    with pytest.raises(ValueError, match="no field 'K'; its fields are data, n, latent"):
        make()


@pytest.mark.parametrize("text", ["", "[]", "3", "null", "{", b"\xff", None, 7, "[" * 100_000])
def test_what_is_no_recipe_in_json_is_refused_in_a_sentence(text):
    with pytest.raises(ValueError, match="recipe"):
        Recipe.from_json(text)


def test_numbers_of_numpy_are_taken_as_pythons_own():
    taken = Recipe(standardise=np.True_, G=np.array([32, 16]), m=np.int64(64), lr_D=np.float32(0.5))
    assert taken == Recipe(standardise=True, G=(32, 16), m=64, lr_D=0.5)
    assert eval(repr(taken)) == taken
