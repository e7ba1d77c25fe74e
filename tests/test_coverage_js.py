"""The counting of the page's lines: nested ranges, the joined text, and a real Node."""

import os
import subprocess

from gan_lab.widgets.bundle import classic, modules
from tests import coverage_js
from tests.coverage_js import lines_run

TEXT = "function never() {\n  return 1;\n}\nfunction once(x) {\n  if (x) return 2;\n}\nonce(0);\n"


def test_an_inner_range_is_counted_by_itself():
    never = {"ranges": [{"startOffset": 0, "endOffset": 32, "count": 0}]}
    all_of_it = {"ranges": [{"startOffset": 0, "endOffset": len(TEXT), "count": 1}]}
    seen = coverage_js.is_run(TEXT, [never, all_of_it])
    assert lines_run(TEXT, seen)[:7] == [False, False, False, True, True, True, True]


def test_every_line_of_a_module_has_its_place_in_the_joined_text():
    text, sources = classic(), modules()
    last = {name: source.rstrip("\n").split("\n")[-2] for name, source in sources.items()}
    run = [line != last["numeric/sorted"] for line in text.split("\n")]
    found = dict(coverage_js.of_joined(text, run))
    assert {name: len(lines) for name, lines in found.items()} == {
        name: source.count("\n") for name, source in sources.items()
    }
    assert found["numeric/sorted"][-3:] == [True, False, True]


def test_a_script_of_another_text_is_not_counted():
    whole = len(classic())
    for length, counted in ((whole, True), (whole - 9, False), (whole + 9, False)):
        ranges = [{"startOffset": 0, "endOffset": length, "count": 1}]
        script = {"url": "file:///tmp/gan_lab.js", "functions": [{"ranges": ranges}]}
        assert bool(dict(coverage_js.of_modules(script))) == counted


def test_what_node_runs_of_a_module_is_counted(node, tmp_path):
    module = (coverage_js.FRONT_END / "numeric" / "format.js").as_uri()
    words = f'import {{ formatNats }} from "{module}"; formatNats(0.5);'
    subprocess.run(
        [node, "--input-type=module", "-e", words], check=True, capture_output=True,
        env=os.environ | {"NODE_V8_COVERAGE": str(tmp_path)},
    )  # fmt: skip
    found = coverage_js.merged(tmp_path)
    source = modules()["numeric/format"].split("\n")
    (at,) = (i for i, line in enumerate(source) if "export" in line and "formatNats" in line)
    assert found["numeric/format"][at] and not any(found["ui/stage"])
    assert "numeric" in coverage_js.table(found)
