"""A control for every field: what a hand sets becomes the recipe, or a sentence."""

import json
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab import datasets
from gan_lab.training.recipe import PRESET_ROWS, PRESETS, Recipe
from gan_lab.widgets.kernel.controls import EXAMPLES, Controls, data_of_code, widths_of
from gan_lab.widgets.kernel.labels import LABELS, in_words_of_labels
from gan_lab.widgets.kernel.typed_number import number_of, whole_of

FIELDS = Path(datasets.__file__).parents[1] / "front_end" / "ui" / "lab" / "controls"


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
    assert all(made.description == LABELS[name] for name, (made, _) in controls.fields.items())
    assert list(LABELS) == list(Recipe().as_dict())


SET = {
    "data": ("ring(8, sd=0.1)", datasets.ring(8, sd=0.1)),
    "n": ("100", 100),
    "latent": ("uniform", "uniform"),
    "latent_dim": ("2", 2),
    "G": ("8 8", (8, 8)),
    "D": ("", ()),
    "lr_D": (" 0,5 ", 0.5),
    "gain": ("1e-3", 0.001),
    "loss": ("hinge", "hinge"),
    "k": ("3", 3),
    "standardise": (False, False),
    "optimizer": ("sgd", "sgd"),
    "seed": ("9007199254740991", 2**53 - 1),
    "spectral": (True, True),
}


@pytest.mark.parametrize("name", SET)
def test_what_a_hand_sets_becomes_the_recipe(controls, heard, name):
    shown, value = SET[name]
    put(controls, name, shown)
    assert heard == [Recipe(**{name: value})] and controls.recipe == heard[0]
    assert controls.refusals[name].value == ""


WRONG = {
    "k": ("0", ">k must be a whole number from 1 to 1000, not 0"),
    "m": ("1.000", "Minibatch size m must be a whole number, as in 4, not &#x27;1.000&#x27;"),
    "lr_G": ("½", "Learning rate of G must be a number, as in 0.004, not &#x27;½&#x27;"),
    "seed": ("9007199254740993", "Seed must be a whole number from 0 to 9007199254740992, not"),
    "beta1": ("1,5", "β1 of Adam must be a number, 0 or more and below 1, not 1.5"),
    "G": ("8, x", "Layers of G must be whole numbers, as in 48, 48, not &#x27;8, x&#x27;"),
    "data": ("ring(8, ", "data must be one call like gaussian(3.0, 0.5)"),
    "r1": ("−1", "Penalty R1 must be a number, 0 or more, not -1.0"),
    "packing": ("3", "m must be a multiple of packing"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_refused_in_a_sentence_and_the_recipe_stays(controls, heard, name):
    shown, sentence = WRONG[name]
    put(controls, name, shown)
    said = controls.refusals[name].value
    assert sentence in said and 'role="alert"' in said
    assert heard == [] and controls.recipe == Recipe()
    put(controls, "loss", "hinge")
    assert controls.refusals[name].value == "" and controls.recipe == Recipe(loss="hinge")


def test_why_a_field_was_not_set_stands_in_its_own_group_which_opens(controls):
    put(controls, "k", "0")
    here = controls.groups.selected_index
    pages = controls.groups.children
    assert controls.fields["k"][0] in pages[here].children
    said = [page.children[-1].value for page in pages]
    assert "k must be" in said.pop(here) and set(said) == {""}


@pytest.mark.parametrize("name", [name for name, row in PRESET_ROWS.items() if row.in_page])
def test_a_preset_moves_all_controls_and_is_heard_once(controls, heard, name):
    controls.preset.value = name
    assert heard == [PRESETS[name]] and controls.recipe == PRESETS[name]
    shown = {n: control.read(made.value) for n, (made, control) in controls.fields.items()}
    assert Recipe(**shown) == PRESETS[name]


def test_a_recipe_that_is_set_from_outside_is_shown_and_not_heard(controls, heard):
    controls.recipe = Recipe(lr_D=(0.1, 0.2), members=2, data=datasets.moons())
    assert controls.fields["lr_D"][0].value == "0.1, 0.2"
    assert controls.fields["data"][0].value == "moons(sd=0.05)" and heard == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_examples_are_data_and_print_as_code_that_remakes_them(code):
    assert data_of_code(repr(data_of_code(code))) == data_of_code(code)


@settings(max_examples=200)
@given(
    st.one_of(
        st.text("(),=*[]ringx1.", max_size=30),
        st.sampled_from(
            [
                "__import__('os').getcwd()",
                "ring(open('x'))",
                "ring.__class__()",
                "ring(*[8])",
                "ring(8)(8)",
                "ring(8); ring(8)",
                "ring",
                "gaussian(1, 2, 3)",
                "ring(**{})",
                "[ring(8)]",
                "gaussian(10**10)",
                "(" * 300,
            ]
        ),
    )
)
def test_no_other_code_is_run(code):
    with pytest.raises(ValueError) as refused:
        data_of_code(code)
    assert "\n" not in str(refused.value) or "\n" in code


def test_what_was_typed_is_shown_as_it_was_read(controls):
    put(controls, "lr_D", "0,5")
    assert controls.fields["lr_D"][0].value == "0.5"
    put(controls, "members", "2")
    put(controls, "lr_D", "0,5 0.25")
    assert controls.fields["lr_D"][0].value == "0.5, 0.25"


def test_labels_and_sentences_are_those_of_the_page(node):
    sentences = [
        "latent_dim must be 1.",
        "Try smaller lr_D and lr_G, or another r1.",
        "k must be 1.",
        "clip and spectral each want the last word on D's weights: set one of them",
        "beta2 and gp, m and G",
        "nothing of a recipe",
    ]
    file = FIELDS / "fields.js"
    script = (
        f'import {{ inWords, labelOf }} from "{file.as_uri()}";'
        f"console.log(JSON.stringify([{json.dumps(list(LABELS))}.map(labelOf), "
        f"{json.dumps(sentences)}.map(inWords)]));"
    )
    ran = subprocess.run(
        [node, "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [
        list(LABELS.values()),
        [in_words_of_labels(s) for s in sentences],
    ]


TYPED = {
    "1,5": 1.5,
    "1e-3": 0.001,
    " 0.5 ": 0.5,
    "1,5e-3": 0.0015,
    ".5": 0.5,
    ",5": 0.5,
    "5.": 5.0,
    "−2": -2.0,
    "0,005": 0.005,
    "1.000": 1.0,
    "+3": 3.0,
}
NOT_TYPED = [
    "½",
    "1.000,5",
    "1,000",
    "1,000,000",
    "1 000",
    "0x10",
    "1e999",
    "inf",
    "",
    "1,5,2",
    "٣",
]
WHOLE = {"12": 12, " 9007199254740991": 2**53 - 1, "-3": -3}
NOT_WHOLE = ["1.000", "1,5", "1,000", "½", "", "12a", "²"]


def test_a_typed_number_is_read_alike_in_page_and_notebook_and_never_as_another(node):
    for typed, number in TYPED.items():
        assert number_of(typed) == number
    for typed, number in WHOLE.items():
        assert whole_of(typed) == number
    for read, all_of in ((number_of, NOT_TYPED), (whole_of, NOT_WHOLE)):
        for typed in set(all_of) - {"1 000"}:  # in a notebook, of two members
            with pytest.raises(ValueError, match=r"must be a (whole )?number, as in .*, not '"):
                read(typed)
    fraction, too_long = {"1,5": 1.5, "0.5": 0.5}, ["9007199254740993", "1" * 400]
    page = [typed for typed in NOT_WHOLE if typed not in fraction]  # which says what is wanted
    script = (
        f'import {{ typedNumber as read }} from "{(FIELDS / "typed_number.js").as_uri()}";'
        f"const is = (all, whole) => all.map((words) => read(words, whole));"
        f"console.log(JSON.stringify([is({json.dumps([*TYPED, *NOT_TYPED])}, false), "
        f"is({json.dumps([*WHOLE, *fraction, *page, *too_long])}, true)]));"
    )
    ran = subprocess.run(
        [node, "--input-type=module", "-"], input=script, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == [
        [*TYPED.values(), *NOT_TYPED],
        [*WHOLE.values(), *fraction.values(), *page, *too_long],
    ]


def test_numbers_and_widths_are_read_as_people_write_them():
    assert number_of("0.1, 0.2") == (0.1, 0.2) and number_of(" 3 ") == 3.0
    assert number_of("0,1; 0,2") == number_of("0,1 0,2") == (0.1, 0.2)
    assert whole_of("0, 1") == (0, 1)
    assert widths_of("32,16  8") == (32, 16, 8) and widths_of(" ") == ()
    assert data_of_code(" bimodal() ") == datasets.bimodal()
