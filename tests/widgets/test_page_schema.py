"""The page's schema is Python's: the file that is committed is the one that the rows make."""

from gan_lab.training.field import Field
from gan_lab.training.schema import FIELDS, GROUPS, fields_by_group
from gan_lab.widgets import page_schema


def test_the_file_is_what_the_rows_make():
    assert page_schema.FILE.read_text(encoding="utf-8") == page_schema.schema_text(), (
        "run python -m gan_lab.widgets.page_schema"
    )


def test_every_field_stands_in_one_group():
    assert sorted(name for names in fields_by_group().values() for name in names) == sorted(FIELDS)
    assert list(fields_by_group()) == list(GROUPS) and all(fields_by_group().values())


def test_a_row_leaves_out_what_it_leaves_as_it_is():
    field = Field(kind="real", default=0.5, label="Warmth", hint="", group="game", says="", low=0)
    assert page_schema.what_the_page_needs(field) == {
        "kind": "real",
        "default": 0.5,
        "label": "Warmth",
        "hint": "",
        "group": "game",
        "low": 0,
    }
