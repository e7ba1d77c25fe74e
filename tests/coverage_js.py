"""Which lines of the page's modules the tests run, by room: `make coverage`.

    python -m tests.coverage_js [--browser]

V8 counts: in every Node that a test starts (`NODE_V8_COVERAGE`), and with `--browser` in the pages
and notebooks that the browser tests open (Chromium is asked over CDP). Workers of pages are not
counted. A line is run when any part of it was; lines without a letter or digit, and comments, are
not counted.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import uuid
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from gan_lab.widgets.bundle import as_function, classic, esm, in_order, modules

ROOT = Path(__file__).resolve().parents[1]
FRONT_END = ROOT / "gan_lab" / "front_end"
NODE = ("tests/widgets/test_javascript.py",)
BROWSER = ("tests/widgets", "-m", "browser")
COMMENT = re.compile(r"\s*(//|/?\*)|[^\w]*$")


def counting(page):
    """Where `JS_COVERAGE` is set, Chromium counts from now on what a page runs of its scripts.

    Returns a function that writes the count, for `coverage_js`, while the page is open.
    """
    if "JS_COVERAGE" not in os.environ:
        return lambda: None
    session = page.context.new_cdp_session(page)
    session.send("Profiler.enable")
    session.send("Profiler.startPreciseCoverage", {"callCount": True, "detailed": True})

    def write():
        report = json.dumps(session.send("Profiler.takePreciseCoverage"))
        Path(os.environ["JS_COVERAGE"], f"{uuid.uuid4().hex}.json").write_text(report)

    return write


def is_run(text: str, functions: list[dict]) -> bytearray:
    """1 for each character that was run, of the nested ranges that V8 reports."""
    seen = bytearray(b"\1" * len(text))
    ranges = [r for function in functions for r in function["ranges"]]
    for r in sorted(ranges, key=lambda r: (r["startOffset"], -r["endOffset"])):
        start, end = r["startOffset"], min(r["endOffset"], len(text))
        seen[start:end] = (b"\1" if r["count"] else b"\0") * (end - start)
    return seen


def lines_run(text: str, seen: bytearray) -> list[bool]:
    """Whether any part of each line was run."""
    found, at = [], 0
    for line in text.split("\n"):
        inside = [i for i, letter in enumerate(line) if not letter.isspace()]
        found.append(any(seen[at + i] for i in inside))
        at += len(line) + 1
    return found


def length_of(script: dict) -> int:
    """How long a script is: a page of a test that changes the package has another one."""
    ranges = (r for function in script["functions"] for r in function["ranges"])
    return max((r["endOffset"] for r in ranges), default=0)


@cache
def scripts() -> tuple[str, ...]:
    """The joined texts that a page and the widgets of a notebook load."""
    rendered = (
        ("main", "render"),
        ("ui/explore/explorables", "renderExplorable"),
        ("ui/lab/notebook", "renderLive"),
        ("ui/pictures_live", "renderPictures"),
        ("ui/ask/prediction", "renderPrediction"),
    )
    return classic(), *(esm(*of) for of in rendered)


def of_modules(script: dict) -> Iterator[tuple[str, list[bool]]]:
    """(module, its lines) of a script: a module's own file, or the joined text of a page."""
    path = Path(unquote(urlsplit(script["url"]).path))
    if path.is_relative_to(FRONT_END):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(FRONT_END).as_posix().removesuffix(".js")
        yield name, lines_run(text, is_run(text, script["functions"]))
    elif path.name == "gan_lab.js" or script["url"].startswith("blob:"):  # a page's, a notebook's
        for text in filter(lambda text: len(text) == length_of(script), scripts()):
            yield from of_joined(text, lines_run(text, is_run(text, script["functions"])))


def of_joined(text: str, run: list[bool]) -> Iterator[tuple[str, list[bool]]]:
    """The lines of each module in the joined text, in which its imports may take fewer."""
    sources, at = modules(), 0
    for name in in_order(sources):
        joined = as_function(name, sources)
        at = text.index(joined, at)
        first = text.count("\n", 0, at) + 1  # after the line that opens the function
        count = joined.count("\n") - 4  # without how it begins and what it hands back
        own = run[first : first + count]
        yield name, [True] * (sources[name].count("\n") - count) + own


def merged(folder: Path) -> dict[str, list[bool]]:
    """The lines of each module that were run in any of the reports."""
    found = {name: [False] * text.count("\n") for name, text in modules().items()}
    for report in folder.glob("*.json"):
        for script in json.loads(report.read_text(encoding="utf-8"))["result"]:
            for name, lines in of_modules(script):
                found[name] = [a or b for a, b in zip(found[name], lines, strict=False)]
    return found


def table(found: dict[str, list[bool]]) -> str:
    """Lines run of those that count, in %, by room and in all."""
    rooms = defaultdict(lambda: [0, 0])
    for name, text in modules().items():
        counts = [not COMMENT.match(line) for line in text.split("\n")]
        run = [ran for ran, counted in zip(found[name], counts, strict=False) if counted]
        for room in (name.rpartition("/")[0] or "main", "in all"):
            rooms[room][0] += sum(run)
            rooms[room][1] += len(run)
    rows = sorted(rooms.items(), key=lambda row: (row[0] == "in all", row[0]))
    return "\n".join(f"{room:22} {100 * ran / of:5.1f} % of {of:5}" for room, (ran, of) in rows)


def main(words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"NODE_V8_COVERAGE": folder, "JS_COVERAGE": folder}
        tests = [sys.executable, "-m", "pytest", "-q"]
        code = subprocess.run([*tests, *NODE], cwd=ROOT, env=env).returncode
        if "--browser" in words:
            code = subprocess.run([*tests, *BROWSER], cwd=ROOT, env=env).returncode or code
        print(table(merged(Path(folder))))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
