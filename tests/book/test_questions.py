"""The page of questions: each says where it was asked, is short, and leads to a proof or a run."""

import re
from pathlib import Path

import pytest
from test_depth import words_of_core

BOOK = Path(__file__).resolve().parents[2] / "book"
PAGE = (BOOK / "questions.md").read_text(encoding="utf-8")
QUESTION = re.compile(r"^## (.+?)\n\n(Asked as .+?)\n\n(.+?)(?=\n\n## |\s*\Z)", re.M | re.S)
ASKED = {question: (where, answer) for question, where, answer in QUESTION.findall(PAGE)}
PERMALINK = re.compile(
    r"\]\((https://(?:github\.com/\S+/issues|\w+\.stackexchange\.com/questions)/\d+)\)"
)
PLACE = re.compile(r"\{(prf:ref|ref|doc)\}`(?:[^<`]*<)?([\w/-]+)>?`")
LABEL = re.compile(r"^(?::label: |\()([\w-]+)(?:\)=)?$", re.M)
LABELS = {name for page in BOOK.glob("*.md") for name in LABEL.findall(page.read_text("utf-8"))}


def there(role: str, name: str) -> bool:
    return (BOOK / f"{name}.md").is_file() if role == "doc" else name in LABELS


def test_there_are_ten_and_no_two_from_one_place():
    headings = re.findall("^## (.+)$", PAGE, re.M)
    assert headings == [*ASKED, "Exercises"] and len(ASKED) == 10
    places = PERMALINK.findall(PAGE)
    assert len(set(places)) == len(places) == PAGE.count("](http")


@pytest.mark.parametrize("question", ASKED)
def test_a_question_says_where_it_was_asked_and_its_answer_where_it_is_shown(question):
    where, answer = ASKED[question]
    assert PERMALINK.search(where) and question.endswith("?")
    assert 40 <= words_of_core(f"---\n---\n{answer}") <= 90
    shown = PLACE.findall(answer)
    assert shown and all(there(*place) for place in shown)
