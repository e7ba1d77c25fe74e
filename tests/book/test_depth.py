"""What a first reader can pass by is folded, what is left is short, links open folds."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from depth import MARK  # noqa: E402

TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
TAUGHT = [TOC["root"], *(chapter["file"] for part in TOC["parts"] for chapter in part["chapters"]
                         if part["caption"] not in ("Reference", "The package"))]  # fmt: skip
CHAPTERS = [name for name in TAUGHT if name != "book/lab"]
READ_THROUGH = [name for name in CHAPTERS if name != "book/questions"]  # that is looked up in
LONGEST, ALL_TOGETHER = 1200, 15_800

FENCE = re.compile(r"^\s*(`{3,}|:{3,})(.*)$")
UNREAD = ("{code-cell}", "{dropdown}", "{solution}", "{exercise}")
"""Directives that the core is without, and code."""
SYNTAX = (
    (re.compile(r"\$\$.*?\$\$", re.S), " "),
    (re.compile(r"\$[^$]*\$"), "x"),
    (re.compile(r"^\|.*\|$", re.M), ""),
    (re.compile(r"^(:[\w-]+:.*|\([\w-]+\)=|%.*)$", re.M), ""),
    (re.compile(r"\{[\w:]+\}`(?:([^`<]*)<)?[^`]*`"), r"\1x"),
    (re.compile(r"\]\([^)]*\)"), "]"),
    (re.compile(r"<[a-z/][^>]*>"), ""),
)
"""What of Markdown is no word: a formula counts as one, a reference with its own words, and a
table, which is looked up, as none."""
WORD = re.compile(r"[^\W\d_][\w’'-]*")

CHAPTER = """---
kernelspec: x
---

# Two words

Three words $x^2$ follow, see {prf:ref}`here <theorem-1>`.

```{dropdown} Not counted
folded
```

## One
% depth: nothing of this

folded folded

### folded

````{prf:theorem} folded
folded
````

## Two

(label)=
[a link](nowhere.md)

```{code-cell}
code
```

```{exercise} An exercise
nothing
```
"""


def words_of_core(chapter: str) -> int:
    """How many words of a chapter a reader sees who opens nothing and does no exercise."""
    prose = "\n".join(core(chapter.split("\n")))
    for unread, instead in SYNTAX:
        prose = unread.sub(instead, prose)
    return len(WORD.findall(prose))


def core(lines: list[str]) -> Iterator[str]:
    """The lines of a chapter that are neither folded nor code nor an exercise."""
    open_, level, depth = [], 0, None  # fences that are open; of the present heading, of a fold
    for line in lines[lines.index("---", 1) + 1 :]:
        fence = FENCE.match(line)
        heading = re.match(r"#+ ", line) if not open_ else None
        level = len(heading[0]) - 1 if heading else level
        if depth and heading and level <= depth:
            depth = None
        if MARK.match(line):
            depth = level
        elif fence and fence[2].strip():
            open_.append(fence[2].split()[0] if fence[2].startswith("{") else "{code-cell}")
        elif fence and open_:
            open_.pop()
        elif not depth and not {*open_} & {*UNREAD}:
            yield line


def words(name: str) -> int:
    return words_of_core((ROOT / f"{name}.md").read_text(encoding="utf-8"))


def test_the_core_is_what_is_read_without_opening_anything():
    read = "Two words Three words x follow see here x One Two a link".split()
    assert words_of_core(CHAPTER) == len(read)


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_core_of_a_chapter_is_short(name):
    assert words(name) <= LONGEST


def test_the_cores_together_can_be_read_in_a_day():
    assert sum(map(words, READ_THROUGH)) <= ALL_TOGETHER


def test_a_fold_says_what_is_in_it_and_opens_for_a_link_into_it(site, open_file):
    page = open_file(site / "book" / "what_the_generator_minimises.html")
    fold = page.locator("section#is-it-a-distance details.gan-depth")
    inside = page.locator("#jsd-metric")
    assert fold.locator("summary").first.inner_text().strip() == "The proof, and two witnesses"
    assert not inside.is_visible()
    assert page.locator("section#is-it-a-distance > h2").is_visible()
    page.locator("a[href='#jsd-metric']").first.click()
    inside.wait_for(state="visible")
    page.goto("about:blank")
    page.goto(f"{(site / 'book' / 'what_the_generator_minimises.html').as_uri()}#jsd-bounds")
    page.locator("#jsd-bounds").wait_for(state="visible")


def test_all_folds_are_open_on_paper(site, open_file):
    page = open_file(site / "book" / "what_the_generator_minimises.html")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".bd-article details:not([open])").count() == 0
