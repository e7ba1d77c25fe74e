"""What the chapters state is what the ledger checks."""

import re
from pathlib import Path

from gan_lab.theory.claims import LEDGER

BOOK = Path(__file__).resolve().parents[2] / "book"
STATEMENT = re.compile(
    r"^(`{3,}|:{3,})\{prf:(theorem|proposition|lemma|corollary)\}(.*?)^\1$", re.M | re.S
)


def statements():
    for chapter in sorted(BOOK.glob("*.md")):
        for match in STATEMENT.finditer(chapter.read_text(encoding="utf-8")):
            yield chapter.name, match[3]


def test_every_displayed_theorem_names_its_claim():
    found = list(statements())
    assert len(found) >= 6
    for chapter, text in found:
        label = re.search(r"^:label: (\S+)$", text, re.M)
        assert label and label[1] in LEDGER, (chapter, text[:80])
        assert f"`{label[1]}`" in text, (chapter, label[1])


def test_every_theorem_of_the_ledger_is_in_a_chapter():
    text = "".join(chapter.read_text(encoding="utf-8") for chapter in BOOK.glob("*.md"))
    assert [name for name in LEDGER if f"`{name}`" not in text] == []


def test_every_exercise_has_a_solution():
    for chapter in sorted(BOOK.glob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        asked = set(re.findall(r"^:label: (ex-\S+)$", text, re.M))
        solved = set(re.findall(r"^`{3,}\{solution\} (\S+)$", text, re.M))
        assert asked == solved, chapter.name
