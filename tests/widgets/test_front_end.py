"""One text for pages and notebooks, and Python's bytes read by JavaScript number for number."""

import json
import math
import re
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from games import small_recording
from lies import LIES, NONSENSE
from made_by_hand import by_hand

from gan_lab import __version__
from gan_lab.plots import PALETTE
from gan_lab.recording import file_format, panels
from gan_lab.recording.file_format import CURVES, NUMBERS
from gan_lab.recording.recording import Recording
from gan_lab.widgets import bundle

READ = """
import { readFileSync } from "node:fs";
const { decode, recordingOf } = await import(process.argv[2]);
const bytes = new Uint8Array(readFileSync(process.argv[3]));
const { arrays } = decode(bytes);
const { length, panels, note, recipe } = recordingOf(bytes);
const words = (v) => Number.isFinite(v) ? v : String(v);
const values = Object.entries(arrays).map(([name, a]) => [name, Array.from(a.values, words)]);
console.log(JSON.stringify({ length, panels, note, recipe, arrays: Object.fromEntries(values) }));
"""


def run_node(node, *arguments, script=None):
    ran = subprocess.run(
        [node, *arguments], input=script, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture
def read(node, tmp_path):
    """Python's bytes as JavaScript reads them, through the module that anywidget would load."""
    script, module, data = (tmp_path / name for name in ("read.mjs", "front.mjs", "run.ganrec"))
    script.write_text(READ)
    exported = "\nexport const { decode, recordingOf } = $recording$recording;"
    module.write_text(bundle.joined() + exported)

    def reading(blob):
        data.write_bytes(blob)
        told = json.loads(run_node(node, str(script), str(module), str(data)))
        told["arrays"] = {
            name: np.array([float(value) for value in values])  # "NaN" and "-Infinity" are words
            for name, values in told["arrays"].items()
        }
        return told

    return reading


def test_javascript_reads_the_very_numbers_that_python_wrote(read):
    run = small_recording(note="ended early: ½", panels={"a": 1, "b": 2, "c": 3, "d": 6})
    run.V[0] = -math.inf
    told = read(run.to_bytes())
    assert told["length"] == len(run) == 7
    assert told["panels"] == run.panels and told["note"] == run.note
    assert told["recipe"] == repr(run.recipe)
    for name, values in run.arrays().items():
        np.testing.assert_array_equal(told["arrays"][name], values.ravel(), err_msg=name)


def test_quantised_curves_are_read_to_half_a_step_and_numbers_as_float32(read):
    run = small_recording()
    told = read(run.to_bytes(quantised=True))["arrays"]
    for name in CURVES:
        values = getattr(run, name).ravel()
        step = (np.nanmax(values) - np.nanmin(values)) / 65534
        assert np.array_equal(np.isnan(told[name]), np.isnan(values)), name
        assert np.nanmax(np.abs(told[name] - values)) <= 0.5001 * step, name
    for name in NUMBERS:
        np.testing.assert_array_equal(told[name], getattr(run, name).astype(np.float32))


def test_python_and_javascript_restore_the_same_quantised_numbers(read):
    blob = small_recording().to_bytes(quantised=True)
    told, again = read(blob)["arrays"], type(small_recording()).from_bytes(blob)
    for name, values in again.arrays().items():
        np.testing.assert_allclose(told[name], values.ravel(), rtol=0, atol=1e-15, err_msg=name)


def test_bytes_that_python_would_refuse_are_refused_in_javascript(node, tmp_path):
    module, data = tmp_path / "front.mjs", tmp_path / "run.ganrec"
    module.write_text(bundle.joined() + "\nexport const { recordingOf } = $recording$recording;")
    blob = bytearray(small_recording().to_bytes())
    data.write_bytes(blob)
    script = (
        'import { readFileSync } from "node:fs";'
        f"const {{ recordingOf }} = await import({json.dumps(module.as_uri())});"
        f"const good = readFileSync({json.dumps(str(data))});"
        "const survived = [];"
        "for (let i = 0; i < good.length; i += 7) {"
        "  const bytes = Uint8Array.from(good); bytes[i] ^= 4;"
        "  try { recordingOf(bytes); survived.push(i); }"
        "  catch ({ message }) { if (!/^[A-Z][^\\n]*\\.$/.test(message)) survived.push(message); }"
        "}"
        "console.log(JSON.stringify(survived));"
    )
    told = run_node(node, "--input-type=module", "-", script=script)
    assert json.loads(told) == []


NOT_IN_JAVASCRIPT = {"a recipe that is none"}
"""Fields of a recipe, which a page shows as code and does not play."""


def refused_blobs():
    """Bytes with a right seal that Python refuses, by what is wrong with them."""
    good = by_hand(3)
    header, body = file_format.opened(good.to_bytes())
    header.pop("seal")
    for name, lie in LIES.items():
        wrong = json.loads(json.dumps(header))
        lie(wrong)
        yield name, file_format.sealed(wrong, bytes(body))
    for name, arrays in NONSENSE.items():
        yield name, replace(good, **arrays).to_bytes()
    newer = json.loads(json.dumps(header)) | {"panels": {"e": 1}}
    newer["engine"] = {"gan_lab": "0.12.0"}
    yield "a newer version", file_format.sealed(newer, bytes(body))


def test_headers_that_lie_are_refused_in_javascript_as_in_python(node, tmp_path):
    module = tmp_path / "front.mjs"
    module.write_text(bundle.joined() + "\nexport const { recordingOf } = $recording$recording;")
    blobs = {name: blob for name, blob in refused_blobs() if name not in NOT_IN_JAVASCRIPT}
    for name, blob in blobs.items():
        with pytest.raises(ValueError):
            Recording.from_bytes(blob)
        (tmp_path / f"{name}.ganrec").write_bytes(blob)
    script = (
        'import { readFileSync } from "node:fs";'
        f"const {{ recordingOf }} = await import({json.dumps(module.as_uri())});"
        f"const told = {{}}; for (const name of {json.dumps(list(blobs))}) {{"
        f"  const bytes = readFileSync({json.dumps(str(tmp_path))} + `/${{name}}.ganrec`);"
        "  try { recordingOf(bytes); told[name] = 'taken'; }"
        "  catch (error) { told[name] = `${error.constructor.name}: ${error.message}`; }"
        "}"
        "console.log(JSON.stringify(told));"
    )
    told = json.loads(run_node(node, "--input-type=module", "-", script=script))
    for name, words in told.items():
        assert re.fullmatch(r"Error: (The|This|These) [^\n]*\.", words), (name, words)
    words = f"gan_lab 0.12.0, which is newer than this page, {__version__},"
    assert words in told["a newer version"]


def test_joined_is_one_script_without_import_or_export():
    text = bundle.joined()
    assert not re.search(r"^\s*(import|export)\b", text, re.M)
    for name in bundle.modules():
        assert text.count(f"const {bundle.variable(name)} = ") == 1


def test_a_page_may_run_the_script_and_a_notebook_may_load_the_module(node, tmp_path):
    page, module = tmp_path / "page.js", tmp_path / "front.mjs"
    page.write_text(bundle.classic())
    module.write_text(bundle.esm())
    run_node(node, "--check", str(page))
    told = run_node(
        node,
        "--input-type=module",
        "-",
        script=f"const module = await import({json.dumps(module.as_uri())});"
        "console.log(Object.keys(module.default));",
    )
    assert "render" in told
    told = run_node(
        node,
        "-",
        script="globalThis.window = {}; globalThis.document = {readyState: 'loading', "
        f"addEventListener() {{}} }};\n{page.read_text()}\n"
        "console.log(Object.keys(window.GanLab).join(' '));",
    )
    wanted = {"mountAll", "mountStage", "mountRecording", "recordingOf", "recordingSource"}
    assert wanted | {"drawFigure1", "drawBound", "THEMES"} <= set(told.split())


def test_a_page_makes_the_worker_from_its_own_text_which_holds_each_module_once(node):
    text = bundle.joined()
    told = run_node(node, "-", script=text + "\nprocess.stdout.write($source$worker.workerText());")
    worker = bundle.worker()
    assert told == worker
    modules = bundle.modules()
    held = {bundle.variable(name) for name in bundle.needed("source/session", modules)}
    assert set(re.findall(r"^const (\$\S+) = \(", worker, re.M)) == held
    assert len(text) < 1.05 * sum(map(len, modules.values())) < 1_100_000
    assert not re.search(r"\b(document|window)\.|requestAnimationFrame", worker)


def test_the_worker_answers(node, tmp_path):
    (tmp_path / "worker.js").write_text(
        "let onmessage; const said = []; const postMessage = (m) => said.push(m);\n"
        + bundle.worker().replace('"use strict";', "", 1)
        + "\nonmessage({ data: { id: 3, do: 'start', recipe: { G: [4], D: [4] } } });"
        "\nconsole.log(said[0].id, said[0].frame.t, said[0].recipe.G[0]);"
    )
    assert run_node(node, str(tmp_path / "worker.js")).split() == ["3", "0", "4"]


def test_the_script_may_stand_in_a_script_element():
    assert not re.search(r"</script|<!--", bundle.joined(), re.I)


def test_nothing_in_the_front_end_asks_the_network():
    text = re.sub(r"http://www\.w3\.org/2000/svg", "", bundle.joined())
    assert not re.search(r"https?:|fetch\(|XMLHttpRequest|importScripts|@import|url\(", text)


@pytest.mark.parametrize(
    ("sources", "said"),
    [
        ({"a": 'import { b } from "./b.js";\n'}, "'b.js', which is not there"),
        ({"up/a": 'import { b } from "../in/b.js";\n'}, "'in/b.js', which is not there"),
        ({"a": 'import { c } from "./b.js";\n', "b": "export const b = 1;\n"}, "does not export"),
        ({"a": 'import * as b from "./b.js";\n', "b": ""}, "cannot be joined"),
        ({"a": "export default 1;\n"}, "cannot be joined"),
        (
            {
                "a": 'import { b } from "./b.js";\nexport const a = 1;\n',
                "b": 'import { a } from "./a.js";\nexport const b = 1;\n',
            },
            "need each other: a",
        ),
    ],
)
def test_what_cannot_be_joined_is_named(sources, said):
    with pytest.raises(ValueError, match=said):
        bundle.joined(sources)


def test_modules_of_one_name_in_two_folders_keep_their_own_names(node):
    sources = {
        "up/a": 'import { b } from "../a.js";\nconst L = 1;\nexport const c = () => L + b();\n',
        "a": "const L = 10;\nexport function b() {\n  return L;\n}\n",
    }
    told = run_node(node, "-", script=bundle.joined(sources) + "\nconsole.log($up$a.c());")
    assert told.strip() == "11"


def constant(name):
    """The text of `export const NAME = {...}` in the front end."""
    (found,) = re.findall(rf"^const {name} = (\{{.*?^\}});", bundle.joined(), re.M | re.S)
    return found


def test_the_canvas_and_matplotlib_have_one_palette(node):
    theme = bundle.joined({"draw/theme": bundle.modules()["draw/theme"]})
    script = theme + "\nconsole.log(JSON.stringify([$draw$theme.THEMES.light, $draw$theme.DASH]));"
    light, dash = json.loads(run_node(node, "-", script=script))
    for role in ("p_data", "p_g", "D", "D_star"):
        assert light[role] == PALETTE[role]["color"], role
    assert dash["p_g"] == dash["D_star"] == [] and dash["p_data"][0] == 0 and dash["D"][0] > 0
    kinds = {role: PALETTE[role]["dash"] for role in dash}
    assert kinds["p_g"] == kinds["D_star"] != kinds["D"] != kinds["p_data"] != kinds["p_g"]


def test_the_buttons_state_the_criterion_with_the_numbers_it_uses():
    text = constant("PANELS")
    low, high = panels.NEAR
    assert f"from {low} to {high} nats" in text
    assert panels.CLOSED == 0.5 and "at least halves" in text
    assert f"at most {panels.MOVED} of that in (a)" in text
    assert f"at most {panels.DONE} nats, D within {panels.FLAT} of ½" in text
    assert f"over {panels.CENTRAL:.0%} of the data".replace("%", " %") in text


def room(name):
    """The folder that a module is in, of those at the top; main.js is one of its own."""
    return name.split("/")[0]


def test_a_module_imports_from_its_own_room_and_from_those_before_it_only():
    readme = (Path(bundle.__file__).parents[1] / "front_end" / "README.md").read_text()
    order = re.findall(r"^## (\w+)", readme, re.MULTILINE)
    sources = bundle.modules()
    assert sorted(order) == sorted({room(name) for name in sources})
    for name, text in sources.items():
        for _, wanted in bundle.imports(name, text):
            assert order.index(room(wanted)) <= order.index(room(name)), f"{name} imports {wanted}"


def test_an_exported_name_has_one_meaning():
    sources = bundle.modules()
    names = [name for text in sources.values() for name in bundle.exported(text)]
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_a_module_uses_what_it_imports():
    for name, text in bundle.modules().items():
        body = re.sub(r"//.*", "", bundle.IMPORT.sub("", text))
        for names, _ in bundle.imports(name, text):
            for wanted in re.findall(r"[\w$]+", names):
                assert re.search(rf"(?<![\w$]){re.escape(wanted)}(?![\w$])", body), (name, wanted)
