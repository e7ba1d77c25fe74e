"""A control for every field: what a hand sets becomes the recipe, or a sentence."""

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab import data, plane
from gan_lab.recipe import PRESETS, Recipe
from gan_lab.widgets.controls import EXAMPLES, Controls, data_of, number_of, widths_of


@pytest.fixture
def heard():
    return []


@pytest.fixture
def controls(heard):
    return Controls(Recipe(), heard.append)


def put(controls, name, value):
    controls.fields[name][0].value = value


def test_every_field_of_a_recipe_has_a_named_control(controls):
    assert set(controls.fields) == {f.name for f in fields(Recipe)}
    assert all(made.description == name for name, (made, _) in controls.fields.items())


SET = {
    "data": ("ring(8, sd=0.1)", plane.ring(8, sd=0.1)),
    "latent": ("uniform", "uniform"),
    "latent_dim": (2, 2),
    "G": ("8 8", (8, 8)),
    "D": ("", ()),
    "lr_D": ("0.5", 0.5),
    "loss": ("hinge", "hinge"),
    "k": (3, 3),
    "standardise": (False, False),
    "optimizer": ("sgd", "sgd"),
    "seed": (7, 7),
    "spectral": (True, True),
}


@pytest.mark.parametrize("name", SET)
def test_what_a_hand_sets_becomes_the_recipe(controls, heard, name):
    shown, value = SET[name]
    put(controls, name, shown)
    assert heard == [Recipe(**{name: value})] and controls.recipe == heard[0]
    assert controls.refusal.value == ""


WRONG = {
    "k": (0, "k must be a whole number from 1 to 1000, not 0"),
    "lr_G": ("fast", "lr_G: this must be a number, as in 0.004, not &#x27;fast&#x27;"),
    "G": ("8, x", "G: widths must be whole numbers, as in 48, 48, not &#x27;8, x&#x27;"),
    "data": ("ring(8, ", "data must be one call like gaussian(3.0, 0.5)"),
    "r1": ("-1", "r1 must be a number, 0 or more, not -1.0"),
    "packing": (3, "m must be a multiple of packing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_the_recipe_stays(controls, heard, name):
    shown, sentence = WRONG[name]
    put(controls, name, shown)
    assert sentence in controls.refusal.value and 'role="alert"' in controls.refusal.value
    assert heard == [] and controls.recipe == Recipe()
    put(controls, "loss", "hinge")
    assert controls.refusal.value == "" and controls.recipe == Recipe(loss="hinge")


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_moves_all_controls_and_is_heard_once(controls, heard, name):
    controls.preset.value = name
    assert heard == [PRESETS[name]] and controls.recipe == PRESETS[name]
    shown = {n: control.read(made.value) for n, (made, control) in controls.fields.items()}
    assert Recipe(**shown) == PRESETS[name]


def test_a_recipe_that_is_set_from_outside_is_shown_and_not_heard(controls, heard):
    controls.recipe = Recipe(lr_D=(0.1, 0.2), members=2, data=plane.moons())
    assert controls.fields["lr_D"][0].value == "0.1, 0.2"
    assert controls.fields["data"][0].value == "moons(sd=0.05)" and heard == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_examples_are_data_and_print_as_code_that_remakes_them(code):
    assert data_of(repr(data_of(code))) == data_of(code)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text("(),=*[]ringx1.", max_size=30), st.sampled_from([
    "__import__('os').getcwd()", "ring(open('x'))", "ring.__class__()", "ring(*[8])", "ring(8)(8)",
    "ring(8); ring(8)", "ring", "gaussian(1, 2, 3)", "ring(**{})",
    "[ring(8)]", "gaussian(10**10)", "(" * 300,
])))
def test_no_other_code_is_run(code):
    with pytest.raises(ValueError) as refused:
        data_of(code)
    assert "\n" not in str(refused.value) or "\n" in code


def test_numbers_and_widths_are_read_as_people_write_them():
    assert number_of("0.1, 0.2") == (0.1, 0.2) and number_of(" 3 ") == 3.0
    assert widths_of("32,16  8") == (32, 16, 8) and widths_of(" ") == ()
    assert data_of(" bimodal() ") == data.bimodal()
