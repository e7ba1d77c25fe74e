"""The fields of a recipe as a table, from the rows of its schema: `{recipe-fields}` in a page."""

from gan_lab.training.field import Field
from gan_lab.training.recipe import Recipe
from gan_lab.training.schema import FIELDS, fields_by_group

HEAD = ("Field", "In the lab", "What it may be", "Default", "May change in a game")

OTHER_KINDS = {"data": "a distribution", "truth": "`True` or `False`"}


def may_be(field: Field) -> str:
    """The values of a field, in a few words."""
    if field.kind == "choice":
        own = f", or a `{field.own.__name__}` of your own" if field.own else ""
        words = ", ".join(f"`{name}`" for name in field.choices) + own
    elif field.kind == "widths":
        words = f"at most {field.longest} numbers from {field.low} to {field.high}"
    elif field.kind == "whole":
        words = f"a whole number from {field.low} to {field.high}"
    elif field.kind in OTHER_KINDS:
        words = OTHER_KINDS[field.kind]
    else:
        words = f"a number, {field.bounds}"
    return words + (", for each member" if field.per_member else "")


def cells(name: str) -> tuple[str, ...]:
    field = FIELDS[name]
    default = f"`{getattr(Recipe(), name)!r}`"
    return f"`{name}`", field.label, may_be(field), default, "yes" if field.live else "no"


def table() -> list[str]:
    """The lines of a table in Markdown, in the order of the lab's controls."""
    rows = [cells(name) for names in fields_by_group().values() for name in names]
    return [f"| {' | '.join(row)} |" for row in (HEAD, ["---"] * len(HEAD), *rows)]
