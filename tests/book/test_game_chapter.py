"""The chapter on the game: its links into the lab, and the lines of code that it names."""

import re
from pathlib import Path

BOOK = Path(__file__).resolve().parents[2] / "book"
CHAPTER = (BOOK / "the_game.md").read_text(encoding="utf-8")


def test_its_links_are_experiments_of_the_lab_whose_lessons_hold():
    links = re.findall(r'href="lab\.html(#[^"]+)"', CHAPTER)
    lab = (BOOK / "lab.md").read_text(encoding="utf-8")
    assert len(links) == 2 and all(f'<a href="{link}">Set it up</a>' in lab for link in links)


def test_the_code_that_it_names_for_each_line_is_there():
    package = BOOK.parent / "gan_lab"
    loop = (package / "training" / "loop.py").read_text(encoding="utf-8")
    minimal = (package / "minimal.py").read_text(encoding="utf-8")
    rows = re.findall(r"^\| [1-6](?:, 2)? \| (.+) \| (.+) \|$", CHAPTER, re.M)
    assert len(rows) == 5
    for in_loop, in_minimal in rows:
        for text, named in ((loop, in_loop), (minimal, in_minimal)):
            for code in re.findall(r"`([^`]+)`", named):
                assert code.split("…")[0] in text, code
