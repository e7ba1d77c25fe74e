"""A preset's name means one game: in the page and in Python."""

import json
import subprocess

from in_node import JS

from gan_lab.training.recipe import PRESET_ROWS, PRESETS, Recipe

SAY = """
import { presetRecipe } from "./training/recipe/presets.js";
import { PRESETS } from "./training/recipe/schema.js";
import { asPython } from "./training/recipe/recipe.js";
const all = Object.keys(PRESETS).map((name) => [name, [presetRecipe(name), asPython(presetRecipe(name))]]);
console.log(JSON.stringify(Object.fromEntries(all)));
"""  # noqa: E501


def test_the_page_s_presets_are_python_s(node):
    ran = subprocess.run(
        [node, "--input-type=module", "-e", SAY],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=JS.parents[1] / "gan_lab" / "front_end",
    )
    assert ran.returncode == 0, ran.stderr
    page = json.loads(ran.stdout)
    assert list(page) == [name for name, preset in PRESET_ROWS.items() if preset.in_page]
    for name, (parts, code) in page.items():
        assert Recipe.from_dict(parts) == PRESETS[name], name
        assert code == repr(PRESETS[name])


def test_readers_can_tell_presets_apart():
    words = [(preset.words, preset.recipe.data.dim) for preset in PRESET_ROWS.values()]
    assert len(set(words)) == len(words)
