"""The bibliography: every entry is cited, can be followed, and bears the label of the text."""

import re
import sys
from pathlib import Path

import pytest
from pybtex.database import parse_file

from gan_lab.theory.proofs import LEDGER
from gan_lab.theory.proofs.page import papers

BOOK = Path(__file__).resolve().parents[2] / "book"
sys.path.insert(0, str(BOOK / "_ext"))

from citations import AuthorYear, ByAuthor  # noqa: E402

ENTRIES = parse_file(str(BOOK / "references.bib")).entries
LABELS = AuthorYear().format_labels(list(ENTRIES.values()))
CITED = re.compile(r"\{cite:[pt]\}`([^`]+)`")


def cited() -> set[str]:
    text = "\n".join(path.read_text(encoding="utf-8") for path in BOOK.glob("*.md"))
    return {key.strip() for keys in CITED.findall(text) for key in keys.split(",")}


def test_every_entry_is_cited_and_every_citation_has_an_entry():
    assert cited() == set(ENTRIES)


def test_every_entry_leads_to_the_paper():
    for key, entry in ENTRIES.items():
        fields = entry.fields
        assert re.fullmatch(r"10\.\d{4,}/\S+", fields.get("doi", "")) or re.fullmatch(
            r"\d{4}\.\d{4,5}", fields.get("eprint", "")
        ), key


def test_labels_name_authors_and_year_as_the_text_does():
    labels = dict(zip(ENTRIES, LABELS, strict=True))
    assert labels["goodfellow2014"] == "Goodfellow et al., 2014"
    assert labels["fuglede2004"] == "Fuglede and Topsøe, 2004"
    assert labels["lin1991"] == "Lin, 1991"


def test_entries_stand_in_the_order_of_their_first_authors():
    listed = [entry.label for entry in ByAuthor().format_entries(ENTRIES.values())]
    first = [re.match(r"[^ ,]+", label)[0] for label in listed]
    assert first == sorted(first) and sorted(listed) == sorted(LABELS)


def test_two_entries_of_one_label_are_refused():
    with pytest.raises(ValueError, match="both be cited as Lin, 1991"):
        AuthorYear().format_labels([ENTRIES["lin1991"], ENTRIES["lin1991"]])


@pytest.mark.parametrize("name", LEDGER)
def test_the_papers_of_a_claim_are_in_the_bibliography(name):
    own = {"this book"}
    assert set(papers(LEDGER[name])) <= own | {label.replace(",", "") for label in LABELS}
