"""The table of a recipe's fields in the reference: every field, as the schema has it."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

import recipe_fields  # noqa: E402

from gan_lab.training.schema import FIELDS  # noqa: E402


def test_every_field_has_its_row_of_as_many_cells_as_the_head():
    head, line, *rows = recipe_fields.table()
    assert sorted(row.split("`")[1] for row in rows) == sorted(FIELDS)
    assert {row.count("|") for row in (head, line, *rows)} == {len(recipe_fields.HEAD) + 1}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("r1", "a number, 0 or more, for each member"),
        ("k", "a whole number from 1 to 1000"),
        ("G", "at most 8 numbers from 1 to 4096"),
        ("schedule", "`constant`, `cosine`"),
        ("beta1", "a number, 0 or more and below 1, for each member"),
        ("data", "a distribution"),
    ],
)
def test_a_row_says_what_a_field_may_be(name, words):
    assert recipe_fields.may_be(FIELDS[name]) == words
