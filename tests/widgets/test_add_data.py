"""Data in the plane are added as CONTRIBUTING says, in a copy, and arrive wherever they have to."""

import json
import re
import sys

import numpy as np
import pytest
from in_a_copy import copied, put, ran, told_of
from lab_page import PAGE, PLANE, LabPage

from gan_lab.widgets import lab

TOLD = told_of("Data")
NAMED = {
    "in_the_plane.py": "datasets/in_the_plane.py",
    "__init__.py": "datasets/__init__.py",
    "kinds.js": "front_end/data/kinds.js",
    "data.js": "front_end/training/recipe/data.js",
    "presets.js": "front_end/training/recipe/presets.js",
}
ROWS = [
    (
        "in_the_plane.py",
        "class Curves(InThePlane):",
        """@dataclass(frozen=True, repr=False)
class Cross(Modes):
    arm: float = 1.0
    width: float = 0.1
    kind = "cross"

    def __post_init__(self):
        settle(
            self, arm=bounded_real(self.arm, "arm", 0.0),
            width=bounded_real(self.width, "sd", SMALLEST),
        )

    @property
    def means(self):
        a = self.arm
        return ((0.0, 0.0), (a, 0.0), (0.0, a), (-a, 0.0), (0.0, -a))

    @property
    def sds(self):
        return (self.width,) * 5

    @property
    def weights(self):
        return (0.2,) * 5


""",
    ),
    (
        "in_the_plane.py",
        "KINDS = {",
        """def cross(arm: float = 1.0, sd: float = 0.1) -> Cross:
    return Cross(arm, sd)


""",
    ),
    ("in_the_plane.py", '    "swiss_roll": swiss_roll,', '    "cross": cross,\n'),
    ("__init__.py", "    dots,\n", "    cross,\n"),
    ("__init__.py", '    "KINDS",', '    "cross",\n'),
    (
        "kinds.js",
        "  spots: (",
        """  cross: ({ arm, sd }) => ({
    means: [[0, 0], [arm, 0], [0, arm], [-arm, 0], [0, -arm]],
    sds: same(5, sd),
    weights: equal(5),
  }),
""",
    ),
    (
        "data.js",
        "  spots: {",
        """  cross: {
    parts: { arm: 1, sd: 0.1 },
    read: ({ arm, sd }) => ({ arm: real(arm, "arm", 0), sd: real(sd, "sd", SMALLEST) }),
  },
""",
    ),
    ("presets.js", "  pair: [", '  cross: ["A cross", { kind: "cross", arm: 2, sd: 0.2 }],\n'),
]
"""The rows: in which of those files, the line that each is put before, and the row."""

IN_PYTHON = """
import json
import gan_lab as gl
from gan_lab import datasets
from gan_lab.recording.plane import frame_in_plane
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.bundle import classic
from gan_lab.widgets.kernel.controls import Controls
def refused(make):
    try: make()
    except ValueError as error: return str(error)
controls = Controls(Recipe(latent_dim=2))
box = controls.fields["data"][0]
box.value = "cross(2, sd=0.2)"
data = datasets.cross(2.0, 0.2)
recipe = Recipe(data=data, G=(4,), D=(4,), m=8, k=2, latent_dim=2, dtype="float64", seed=3)
game = Training(recipe, "cpu")
real = game.minibatches.for_D(0, 0)[0][0]
frame = frame_in_plane(game, cells=40, mesh=50)
for _ in game.play(5): pass
open("gan_lab.js", "w").write(classic())
print(json.dumps({
    "code": repr(data), "json": Recipe.from_json(recipe.to_json()) == recipe,
    "set": controls.recipe.data == data, "refusal": refused(lambda: datasets.cross(-1)),
    "other": refused(lambda: datasets.from_dict({"kind": "heap"})),
    "mass": frame.p_data.sum(), "sd": data.sd, "recipe": recipe.as_dict(),
    "G": game.G.flat[0].tolist(), "D": game.D.flat[0].tolist(), "real": real.tolist(),
}))
"""

IN_NODE = """
import { readFileSync } from "node:fs";
import { momentsOf } from "./gan_lab/front_end/data/kinds.js";
import { Training } from "./gan_lab/front_end/training/loop.js";
import { asPython, recipeOf } from "./gan_lab/front_end/training/recipe/recipe.js";
import { groupsFor } from "./gan_lab/front_end/ui/lab/controls/fields.js";
import { linkOf, stateOfLink } from "./gan_lab/front_end/ui/lab/share/link.js";
const recipe = JSON.parse(readFileSync("recipe.json"));
const refused = (data) => { try { recipeOf({ data }); } catch ({ message }) { return message; } };
const plane = recipeOf({ data: { kind: "cross", arm: 2, sd: 0.2 }, latent_dim: 2 });
const link = linkOf({ recipe: plane });
const game = new Training(recipe);
game.play(5);
const menu = groupsFor(2).flatMap(({ fields }) => fields).find(({ name }) => name === "data");
console.log(JSON.stringify({
  refusal: refused({ kind: "cross", arm: -1 }), other: refused({ kind: "heap" }), link,
  back: stateOfLink(link).recipe.data, choices: menu.choices, sd: momentsOf(plane.data).sd,
  code: asPython(recipeOf({ data: { kind: "cross" } })), G: [...game.G.flat], D: [...game.D.flat],
}));
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the package with one more kind of data, made where CONTRIBUTING says."""
    folder = copied(tmp_path_factory.mktemp("copy"))
    plane = TOLD[TOLD.index("In the plane") : TOLD.index("`tests/")]
    named = re.findall(r"`((?:data|datasets|training)/[\w/]+\.(?:py|js))`", plane)
    assert {f"front_end/{n}" if n.endswith("js") else n for n in named} == set(NAMED.values())
    for name, before, row in ROWS:
        put(folder, NAMED[name], before, row)
    return folder


@pytest.fixture(scope="module")
def told(copy):
    """What Python says of the data in the copy."""
    found = json.loads(ran([sys.executable, "-"], copy, IN_PYTHON))
    (copy / "recipe.json").write_text(json.dumps(found["recipe"]), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def in_page(node, copy, told):
    return json.loads(ran([node, "--input-type=module", "-"], copy, IN_NODE))


def test_a_recipe_a_frame_and_a_notebook_know_them(told):
    assert told["code"] == "cross(arm=2.0, sd=0.2)" and told["json"] and told["set"]
    assert told["refusal"] == "arm must be from 0 to 1e+06, not -1"
    assert "cross" in told["other"] and told["mass"] == pytest.approx(1.0, abs=1e-4)
    # per coordinate: 2/5 of the points lie at a distance of 2, and every mode is 0.2 wide
    assert told["sd"] == pytest.approx((0.4 * 4 + 0.04) ** 0.5)


def test_the_page_has_them_in_menu_link_code_and_refusals(in_page):
    assert ["cross", "A cross"] in in_page["choices"] and "target=" in in_page["link"]
    assert in_page["back"] == {"kind": "cross", "arm": 2, "sd": 0.2}
    assert in_page["code"] == "Recipe(data=cross(arm=1.0, sd=0.1))"
    assert in_page["refusal"].startswith("arm must be from 0") and "cross" in in_page["other"]


def test_both_play_the_same_game(told, in_page):
    for name in ("G", "D", "sd"):
        np.testing.assert_allclose(in_page[name], told[name], rtol=1e-9, atol=1e-12)


def test_a_reader_of_the_page_chooses_them(open_file, copy, told):
    file = copy / "page.html"
    file.write_text(PAGE.format(lab(PLANE).html()), encoding="utf-8")
    page = LabPage(open_file(file))
    page.until("iteration")
    page.open_groups()
    page.field("data").select_option(label="A cross")
    page.until("iteration 0")
    assert page.train(3) >= 3 and page.field("data").input_value() == "cross"
