"""A loss is added as CONTRIBUTING says, in a copy, and arrives wherever a loss has to be."""

import json
import re
import sys

import numpy as np
import pytest
from in_a_copy import copied, made_again, put, ran, told_of
from lab_page import LINE, PAGE, LabPage

from gan_lab.widgets import lab

TOLD = told_of("A loss")
ROWS = {
    "ROWS": (
        "]\n\nLOSSES = {loss.name",
        """    Loss(
        lambda real, fake: (-real / 2).exp().mean(-1) + (fake / 2).exp().mean(-1),
        lambda real, fake: (-fake / 2).exp().mean(-1),
        best=logit_as_it_is, name="exponential", words="exponential, as boosting has it",
    ),
""",
    ),
    "LOSSES": (
        "  minimax: {",
        """  exponential: {
    D: {
      real: at(-0.5, { value: Math.exp, slope: Math.exp }),
      fake: at(0.5, { value: Math.exp, slope: Math.exp }),
    },
    G: { fake: at(-0.5, { value: Math.exp, slope: Math.exp }) },
    best: itself,
    labels: false,
    readout: LOGIT,
  },
""",
    ),
}
"""By the table that CONTRIBUTING names: the row, and the line that it is put before."""

IN_PYTHON = """
import json, recipe_fields
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.bundle import classic
from gan_lab.widgets.kernel.controls import Controls
def refused(make):
    try: make()
    except ValueError as error: return str(error)
controls = Controls(Recipe())
menu = controls.fields["loss"][0]
menu.value = "exponential"
recipe = Recipe(loss="exponential", G=(4,), D=(4,), m=8, k=2, dtype="float64", seed=3)
game = Training(recipe, "cpu")
for _ in game.play(5): pass
open("gan_lab.js", "w").write(classic())
print(json.dumps({
    "code": repr(Recipe(loss="exponential")), "json": Recipe.from_json(recipe.to_json()) == recipe,
    "refusal": refused(lambda: Recipe(loss="heap")),
    "smoothing": refused(lambda: recipe.but(smoothing=0.1)),
    "menu": list(menu.options), "set": controls.recipe.loss,
    "row": [row for row in recipe_fields.table() if "`loss`" in row],
    "G": game.G.flat[0].tolist(), "D": game.D.flat[0].tolist(),
    "loss_D": game.loss_D.item(), "loss_G": game.loss_G.item(), "recipe": recipe.as_dict(),
}))
"""

IN_NODE = """
import { readFileSync } from "node:fs";
import { equilibriumOf } from "./gan_lab/front_end/frame/equilibrium.js";
import { Training } from "./gan_lab/front_end/training/loop.js";
import { asPython, recipeOf } from "./gan_lab/front_end/training/recipe/recipe.js";
import { groupsFor } from "./gan_lab/front_end/ui/lab/controls/fields.js";
import { linkOf, stateOfLink } from "./gan_lab/front_end/ui/lab/share/link.js";
const recipe = JSON.parse(readFileSync("recipe.json"));
let refusal = null;
try { recipeOf({ loss: "heap" }); } catch ({ message }) { refusal = message; }
const link = linkOf({ recipe: recipeOf({ loss: "exponential" }) });
const game = new Training(recipe);
game.play(5);
const menu = groupsFor(1).flatMap(({ fields }) => fields).find(({ name }) => name === "loss");
console.log(JSON.stringify({
  refusal, link, back: stateOfLink(link).recipe.loss, choices: menu.choices,
  code: asPython(recipeOf({ loss: "exponential" })), end: equilibriumOf(recipe),
  G: [...game.G.flat], D: [...game.D.flat], loss_D: game.loss_D, loss_G: game.loss_G,
}));
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package with one more loss, made by what CONTRIBUTING names and no more."""
    folder = copied(tmp_path_factory.mktemp("copy"))
    named = re.findall(r"one\s+row\s+of\s+`(\w+)`\s+in\s+`([\w/.]+)`", TOLD)
    assert [table for table, _ in named] == list(ROWS)
    for table, place in named:
        put(folder, place, *ROWS[table])
    made_again(folder, TOLD)
    return folder


@pytest.fixture(scope="module")
def told(copy):
    """What Python says of the loss in the copy."""
    found = json.loads(ran([sys.executable, "-"], copy, IN_PYTHON))
    (copy / "recipe.json").write_text(json.dumps(found["recipe"]), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def in_page(node, copy, told):
    return json.loads(ran([node, "--input-type=module", "-"], copy, IN_NODE))


def test_a_recipe_a_notebook_and_the_reference_know_it(told):
    assert told["code"] == "Recipe(loss='exponential')" and told["json"]
    assert ", exponential, or a Loss, not 'heap'" in told["refusal"]
    assert "in the loss 'exponential' D has no labels" in told["smoothing"]
    assert told["menu"][-1] == "exponential" == told["set"]
    assert "`f-gan`, `exponential`, or a `Loss` of your own" in told["row"][0]


def test_the_page_has_it_in_menu_link_code_and_refusal(in_page):
    assert ["exponential", "exponential, as boosting has it"] in in_page["choices"]
    assert "&loss=exponential" in in_page["link"] and in_page["back"] == "exponential"
    assert in_page["code"] == "Recipe(loss='exponential')" and "exponential" in in_page["refusal"]


def test_both_play_the_same_game_which_ends_where_the_row_says(told, in_page):
    for name in ("G", "D", "loss_D", "loss_G"):
        np.testing.assert_allclose(in_page[name], told[name], rtol=1e-9, atol=1e-12)
    two, one = {"value": 2, "words": "2"}, {"value": 1, "words": "1"}
    assert in_page["end"] == {"D": two, "G": one, "at": "D = ½"}


def test_a_reader_of_the_page_chooses_it(open_file, copy, told):
    file = copy / "page.html"
    file.write_text(PAGE.format(lab(LINE).html()), encoding="utf-8")
    page = LabPage(open_file(file))
    page.until("iteration")
    page.open_groups()
    page.field("loss").select_option(label="exponential, as boosting has it")
    assert page.train(5) >= 5 and page.field("loss").input_value() == "exponential"
