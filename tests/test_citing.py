"""How the project is cited and what may be done with it: one answer, wherever it is asked."""

import re
from pathlib import Path

import pytest
import yaml

import gan_lab

ROOT = Path(__file__).resolve().parents[1]
CFF = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
PROSE, CODE = "https://creativecommons.org/licenses/by/4.0/", "MIT"

# Of the schema of version 1.2.0, which allows no other field.
NEEDED = {"cff-version", "message", "title", "authors"}
FIELDS = NEEDED | {
    "abstract", "commit", "contact", "date-released", "doi", "identifiers", "keywords", "license",
    "license-url", "preferred-citation", "references", "repository", "repository-artifact",
    "repository-code", "type", "url", "version",
}  # fmt: skip
OF_A_BOOK = {"type", "title", "authors", "year", "version", "license"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_citation_file_has_what_its_schema_asks_for_and_nothing_that_it_does_not_know():
    assert CFF["cff-version"] == "1.2.0" and CFF["type"] == "software"
    assert NEEDED <= set(CFF) <= FIELDS and set(CFF["preferred-citation"]) == OF_A_BOOK
    assert all(isinstance(CFF[field], str) and CFF[field] for field in ("message", "abstract"))
    assert len(set(CFF["keywords"])) == len(CFF["keywords"])


@pytest.mark.parametrize("cited", [CFF, CFF["preferred-citation"]], ids=["package", "book"])
def test_it_names_the_version_and_the_authors_that_are(cited):
    assert cited["version"] == gan_lab.__version__
    assert cited["authors"] == [{"name": CONFIG["author"]}]


def test_the_book_is_cited_by_its_title_and_year_on_its_page_as_in_the_file():
    book, page = CFF["preferred-citation"], read("book/bibliography.md")
    assert (book["title"], str(book["year"])) == (CONFIG["title"], CONFIG["copyright"])
    entry = dict(re.findall(r"^  (\w+) += \{(.+?)\},?$", page, re.M))
    plain = {field: text.replace("{", "").replace("}", "") for field, text in entry.items()}
    assert plain == {
        "author": CONFIG["author"], "title": CONFIG["title"],
        "year": CONFIG["copyright"], "version": gan_lab.__version__,
    }  # fmt: skip


def test_one_licence_for_prose_and_one_for_code_wherever_they_are_named():
    assert (CFF["license"], CFF["preferred-citation"]["license"]) == (CODE, "CC-BY-4.0")
    assert 'license = "MIT"' in read("pyproject.toml") and read("LICENSE").startswith("MIT License")
    for name in ("_config.yml", "README.md", "LICENSE-prose", "book/bibliography.md"):
        assert PROSE in read(name) and "CC BY 4.0" in read(name) and CODE in read(name)
