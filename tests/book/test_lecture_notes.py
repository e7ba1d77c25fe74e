"""The page of the lecture notes: every point and every error of each has its place in the book."""

import re

import pytest
from test_questions import BOOK, PLACE, there

PAGE = (BOOK / "lecture_notes.md").read_text(encoding="utf-8")
NOTES = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=\n## |\Z)", PAGE, re.M | re.S))
COUNTS = {
    "Generative Models Ⅱ": (20, 8),
    "基本原理及数学推导": (20, 20),
    "生成模型读书笔记七": (19, 24),
    "生成对抗网络 (handwritten)": (11, 11),
    "Generative Models": (11, 12),
}
"""How many things each of them says, and how many of them are wrong or loose."""


def rows(note: str, columns: int) -> list[list[str]]:
    lines = re.findall(r"^\| (.*) \|$", NOTES[note], re.M)
    cells = [line.split(" | ") for line in lines]
    return [row for row in cells if len(row) == columns and row[-1] != "Here"]


def test_there_are_81_points_and_75_errors():
    assert {note: (len(rows(note, 2)), len(rows(note, 3))) for note in NOTES} == COUNTS
    assert [sum(count) for count in zip(*COUNTS.values(), strict=True)] == [81, 75]


@pytest.mark.parametrize("note", COUNTS)
def test_each_has_a_place_that_is_there(note):
    for row in rows(note, 2) + rows(note, 3):
        [place] = PLACE.findall(row[-1])
        assert there(*place), row
        assert all(cell.strip() for cell in row)


@pytest.mark.parametrize("note", COUNTS)
def test_what_is_right_is_not_what_was_written(note):
    for written, right, _ in rows(note, 3):
        assert written != right
