"""A field is added as CONTRIBUTING says, in a copy, and arrives wherever a field has to be."""

import json
import re
import sys

import pytest
from in_a_copy import copied, made_again, put, ran, told_of
from lab_page import LINE, PAGE, LabPage

from gan_lab.widgets import lab

TOLD = told_of("A field of a recipe")
ROW = """\
    warmth: Number = real(
        0.25, 0, 10, group="game", label="Warmth of the game", per_member=True, step=0.25, reach=5,
        says="how warm the game is",
        hint="How warm the game is. Raise it when both players look as if they were cold.",
    )
"""

IN_PYTHON = """
import json, recipe_fields
from gan_lab.sweeps.grid import sweep
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.bundle import classic
from gan_lab.widgets.kernel.controls import Controls
def refused(make):
    try: make()
    except ValueError as error: return str(error)
controls = Controls(Recipe())
widget = controls.fields["warmth"][0]
widget.value = "1,5"
set_to = controls.recipe.warmth
widget.value = "11"
game = Training(Recipe(G=(4,), D=(4,), m=4), "cpu")
game.change(warmth=2)
open("gan_lab.js", "w").write(classic())
print(json.dumps({
    "code": repr(Recipe(warmth=[1, 2], members=2)), "json": Recipe.from_json('{"warmth": 3}').warmth,
    "refusal": refused(lambda: Recipe(warmth=11)), "member": Recipe(warmth=[1, 2], members=2).alone(1).warmth,
    "doc": Recipe.__doc__, "label": widget.description, "set": set_to, "said": controls.refusals["warmth"].value,
    "changed": game.recipe.warmth, "table": recipe_fields.table(),
}))
"""  # noqa: E501

IN_NODE = """
import { asPython, recipeOf } from "./gan_lab/front_end/training/recipe/recipe.js";
import { groupsFor } from "./gan_lab/front_end/ui/lab/controls/fields.js";
import { linkOf, stateOfLink } from "./gan_lab/front_end/ui/lab/share/link.js";
let refusal = null;
try { recipeOf({ warmth: 11 }); } catch ({ message }) { refusal = message; }
const link = linkOf({ recipe: recipeOf({ warmth: 1.5 }) });
const control = groupsFor(1).find(({ name }) => name === "game").fields.find(({ name }) => name === "warmth");
console.log(JSON.stringify({ refusal, link, back: stateOfLink(link).recipe.warmth, control, code: asPython(recipeOf({ warmth: 1.5 })) }));
"""  # noqa: E501


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package with one more field, made by what CONTRIBUTING names and no more."""
    folder = copied(tmp_path_factory.mktemp("copy"))
    [place] = re.findall(r"row in `([\w/]+\.py)`", TOLD)
    put(folder, place, "    packing: int", ROW)
    made_again(folder, TOLD)
    return folder


@pytest.fixture(scope="module")
def told(copy):
    """What Python says of the field in the copy."""
    return json.loads(ran([sys.executable, "-"], copy, IN_PYTHON))


def test_a_recipe_has_it_with_its_check_and_its_words(told):
    assert told["code"] == "Recipe(warmth=(1.0, 2.0), members=2)" and told["member"] == 2.0
    assert told["json"] == 3.0 and told["changed"] == 2.0
    assert told["refusal"] == "warmth must be a number, from 0 to 10, not 11"
    assert "warmth : float, or one for each member\n        how warm the game is" in told["doc"]


def test_a_notebook_has_its_control_and_the_reference_its_row(told):
    assert told["label"] == "Warmth of the game" and told["set"] == 1.5
    assert "Warmth of the game must be a number, from 0 to 10, not 11.0" in told["said"]
    [row] = [row for row in told["table"] if "`warmth`" in row]
    assert "Warmth of the game | a number, from 0 to 10, for each member | `0.25` | yes" in row


def test_the_page_has_its_check_its_control_its_link_and_its_code(node, copy):
    page = json.loads(ran([node, "--input-type=module", "-"], copy, IN_NODE))
    assert page["refusal"] == "warmth must be a number, from 0 to 10, not 11."
    assert "&warmth=1.5" in page["link"] and page["back"] == 1.5
    assert page["code"] == "Recipe(warmth=1.5)"
    assert page["control"] == {
        "name": "warmth",
        "kind": "number",
        "label": "Warmth of the game",
        "low": 0,
        "high": 5,
        "step": 0.25,
        "hint": "How warm the game is. Raise it when both players look as if they were cold.",
    }


def test_a_reader_of_the_page_sets_it_while_the_game_goes_on(open_file, copy, told):
    file = copy / "page.html"
    file.write_text(PAGE.format(lab(LINE).html()), encoding="utf-8")
    page = LabPage(open_file(file))
    page.until("iteration")
    then = page.train(3)
    page.set("warmth", 1.5)
    row = page.lab().locator("[data-field=warmth]")
    assert row.locator("label").text_content() == "Warmth of the game"
    page.set("warmth", 11)
    said = "Warmth of the game must be a number, from 0 to 10, not 11."
    row.locator(".gan-lab-refusal", has_text=said).wait_for()
    assert page.t() == then
