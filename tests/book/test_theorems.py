"""What the chapters state is what the ledger checks."""

import re
from pathlib import Path

from gan_lab.core.chapters import CHAPTERS
from gan_lab.theory.proofs import LEDGER

BOOK = Path(__file__).resolve().parents[2] / "book"
STATEMENT = re.compile(
    r"^(`{3,}|:{3,})\{prf:(theorem|proposition|lemma|corollary|remark|observation)\} (.*?)^\1$",
    re.M | re.S,
)
PARTS = re.compile(r"(.+)\n:label: (\S+)\n\n(.+?)\n\n\{claim\}`(\S+)`\n", re.S)


def statements():
    for chapter in sorted(BOOK.glob("*.md")):
        for match in STATEMENT.finditer(chapter.read_text(encoding="utf-8")):
            yield chapter.stem, match[3]


def test_a_chapter_states_what_its_claim_states_word_for_word():
    found = {}
    for chapter, text in statements():
        title, label, statement, name = PARTS.fullmatch(text).groups()
        assert label == name
        assert (title, chapter) == (LEDGER[name].title, LEDGER[name].chapter)
        assert "".join(statement.split()) == "".join(LEDGER[name].statement.split())
        found[name] = chapter
    assert set(found) == set(LEDGER)


def test_the_ledger_is_in_the_order_of_the_book():
    toc = (BOOK.parent / "_toc.yml").read_text(encoding="utf-8")
    places = [toc.index(f"book/{claim.chapter}") for claim in LEDGER.values()]
    assert places == sorted(places)


def test_the_ledgers_page_calls_a_chapter_by_its_name():
    for chapter, title in CHAPTERS.items():
        text = (BOOK / f"{chapter}.md").read_text(encoding="utf-8")
        assert re.search(r"^# (.+)$", text, re.M)[1] == title


NO_STATEMENT = {"ref", "proof", "definition", "algorithm"}


def test_no_statement_escapes_however_it_is_indented_or_named():
    for chapter in BOOK.glob("*.md"):
        text = chapter.read_text(encoding="utf-8")
        kinds = re.findall(r"\{prf:(\w+)\}", text)
        stated = [kind for kind in kinds if kind not in NO_STATEMENT]
        assert stated == [match[2] for match in STATEMENT.finditer(text)], chapter.name


BEFORE_A_PROOF = r"\{claim\}`(\S+)`\n```\n+(?:% depth: .+\n+)?```\{prf:proof\}"


def test_every_statement_with_a_proof_is_a_claim():
    for chapter in BOOK.glob("*.md"):
        text = chapter.read_text(encoding="utf-8")
        names = re.findall(BEFORE_A_PROOF, text)
        assert len(names) == text.count("{prf:proof}"), chapter.name
        assert set(names) <= set(LEDGER)


def test_every_exercise_has_a_solution():
    for chapter in sorted(BOOK.glob("*.md")):
        text = chapter.read_text(encoding="utf-8")
        asked = set(re.findall(r"^:label: (ex-\S+)$", text, re.M))
        solved = set(re.findall(r"^`{3,}\{solution\} (\S+)$", text, re.M))
        assert asked == solved, chapter.name
