"""For each chapter: its aim, minutes, two beliefs with the place that breaks each, a sheet."""

import re
import sys
from pathlib import Path

import pytest
import teaching
from test_openings import CHAPTERS, minutes, read

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
import openings  # noqa: E402

PAGE = teaching.page("for_each_chapter")
ENTRY = re.compile(
    r"^\*\*\{doc\}`(\w+)`\*\* \(\{minutes\}`(\w+)`(?:; \{sheet\}`(\w+)`)?\)\. "
    r"(Afterwards a student can .+?\.)\n\n(.+?)(?=\n\n(?:\*\*|## )|\n*\Z)",
    re.M | re.S,
)
ENTRIES = {found[1]: found for found in ENTRY.finditer(PAGE)}
BELIEF = re.compile(r"^- \*“(.+?[.!?])”\* (.+?)(?=\n- |\Z)", re.M | re.S)


def test_all_chapters_are_there_in_their_order():
    assert list(ENTRIES) == ["intro", *CHAPTERS] and PAGE.count("**{doc}`") == len(ENTRIES)


@pytest.mark.parametrize("name", ["intro", *CHAPTERS])
def test_a_chapter_has_two_beliefs_each_with_a_place_that_is_there(name):
    _, said, sheet, _aim, below = ENTRIES[name].groups()
    assert said == name and sheet == (name if "```{exercise}" in read(name) else None)
    beliefs = BELIEF.findall(below)
    assert len(beliefs) == below.count("\n- ") + 1 == 2
    for _belief, answer in beliefs:
        assert teaching.PLACES.search(answer) or teaching.HREF.search(answer)
        assert teaching.lost(answer) == []


@pytest.mark.parametrize("name", ["intro", *CHAPTERS])
def test_its_minutes_are_those_of_its_opening(name):
    assert openings.minutes(name) == f"{minutes(name)} minutes"


@pytest.mark.browser
def test_minutes_and_sheets_are_on_the_page(site, visit):
    page = visit("for_each_chapter")
    words = page.locator("article").inner_text()
    assert all(f"{title(name)} ({openings.minutes(name)}" in words for name in CHAPTERS)
    links = page.locator("a[href*='sheets/']").evaluate_all("all => all.map((a) => a.href)")
    asking = [name for name in ["intro", *CHAPTERS] if "```{exercise}" in read(name)]
    assert len(links) == 2 * len(asking)
    assert all(Path(link.removeprefix("file://")).is_file() for link in links)


def title(name: str) -> str:
    return re.search(r"^# (.+)$", read(name), re.M)[1]
