"""The glossary: the field's words with the way to where they are shown, few words of our own."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "glossary.md").read_text(encoding="utf-8")
ENTRY = re.compile(r"(?m)^(\w[^\n]*)\n(?:(\w[^\n]*)\n)?((?:  \S[^\n]*\n)+)")
THEIRS, OURS = (ENTRY.findall(part) for part in PAGE.split("## The project"))
FIELD, OWN = ({word: told for word, _, told in entries} for entries in (THEIRS, OURS))
CHINESE = [chinese for _, chinese, _ in THEIRS]
SOUGHT = [
    "mode collapse",
    "vanishing gradients",
    "Nash equilibrium",
    "saddle point",
    "latent variable",
    "divergence",
    "mini-batch",
    "learning rate",
    "Lipschitz",
    "generator",
    "discriminator",
    "gradient penalty",
    "Wasserstein distance",
    "Adam",
    "minimax",
    "label smoothing",
]


def test_the_words_of_the_field_are_there_and_those_of_our_own_are_a_dozen_at_most():
    assert set(SOUGHT) <= set(FIELD) and 1 <= len(OWN) <= 12
    assert not set(FIELD) & set(OWN)


def test_each_word_of_the_field_stands_there_in_chinese_too():
    assert len(set(CHINESE)) == len(FIELD) and all(re.search("[一-鿿]", word) for word in CHINESE)


@pytest.mark.parametrize("word", [*FIELD, *OWN])
def test_a_word_is_told_in_few_sentences_and_leads_to_a_page(word):
    told = (FIELD | OWN)[word]
    pages = re.findall(r"\{doc\}`(?:[^<`]*<)?([\w/]+)>?`", told)
    assert pages and all((ROOT / "book" / f"{page}.md").is_file() for page in pages)
    assert len(re.findall(r"[.:)](?=\s|$)", told)) <= 5


def test_the_index_of_the_books_search_has_every_word(site):
    text = (site / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(re.fullmatch(r"Search\.setIndex\((.*)\)", text, re.S)[1])
    glossary = index["docnames"].index("book/glossary")
    found = {
        word
        for word, places in index["indexentries"].items()
        if any(place[0] == glossary for place in places)
    }
    assert {word.lower() for word in FIELD | OWN} <= {word.lower() for word in found}


@pytest.mark.parametrize(
    "word", ["Nash equilibrium", "latent variable", "Lipschitz", "模式崩溃", "JS 散度", "噪声"]
)
def test_who_searches_for_a_word_finds_the_glossary(visit, word):
    page = visit("../search")
    page.goto(page.url.split("?")[0] + f"?q={word.replace(' ', '+')}")
    page.wait_for_selector("#search-results li a[href*='glossary.html']")
