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
LONGEST, ALL_TOGETHER = 1200, 15_000

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
FIGURE = re.compile(r"\b(explore\.\w+|gl\.(play|lab)|plt\.show|\w+\.tight_layout)\(")
"""What a cell that shows a figure calls, be it to look at or to move."""
WORDS_IN_A_MINUTE, OFF = 200, 5
PLAYED = ("book/find_the_bug",)  # its minutes go to ten bugs, and not to reading

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
    return words_of(prose)


def minutes_of_core(chapter: str) -> float:
    """A minute for 200 words, for a formula on lines of its own, and for a figure."""
    lines = chapter.split("\n")
    prose, with_code = ("\n".join(core(lines, unread)) for unread in (UNREAD, UNREAD[1:]))
    formulas, figures = prose.count("$$") / 2, len(FIGURE.findall(with_code))
    return words_of(prose) / WORDS_IN_A_MINUTE + formulas + figures


def words_of(prose: str) -> int:
    for unread, instead in SYNTAX:
        prose = unread.sub(instead, prose)
    return len(WORD.findall(prose))


def core(lines: list[str], unread: tuple[str, ...] = UNREAD) -> Iterator[str]:
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
        elif not depth and not {*open_} & {*unread}:
            yield line


def words(name: str) -> int:
    return words_of_core((ROOT / f"{name}.md").read_text(encoding="utf-8"))


def test_the_core_is_what_is_read_without_opening_anything():
    read = "Two words Three words x follow see here x One Two a link".split()
    assert words_of_core(CHAPTER) == len(read)


@pytest.mark.parametrize("name", CHAPTERS)
def test_the_core_of_a_chapter_is_short(name):
    assert words(name) <= LONGEST


@pytest.mark.parametrize("name", CHAPTERS)
def test_before_a_fold_a_section_says_why_one_would_open_it(name):
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    for part in re.split(r"^(?=##+ )", text, flags=re.M)[1:]:
        heading, _, rest = part.partition("\n")
        before, mark, _ = f"\n{rest}".partition("\n% depth: ")
        assert not mark or words_of_core(f"---\n---\n{before}") >= 5, heading


def test_the_cores_together_can_be_read_in_a_day():
    assert sum(map(words, READ_THROUGH)) <= ALL_TOGETHER


@pytest.mark.parametrize("name", [name for name in CHAPTERS if name not in PLAYED])
def test_the_minutes_that_a_chapter_states_are_those_of_its_core(name):
    text = (ROOT / f"{name}.md").read_text(encoding="utf-8")
    stated = int(re.search(r"\*Time:\*\s(\d+)\sminutes", text)[1])
    assert abs(stated - minutes_of_core(text)) <= OFF


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
