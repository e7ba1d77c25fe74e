"""The schema of a recipe and the presets as the page has them, in `training/recipe/schema.js`.

`python -m gan_lab.widgets.page_schema` writes it anew when a field or a preset has changed.
"""

from __future__ import annotations

import json
import math
from dataclasses import MISSING, fields
from pathlib import Path

from gan_lab.training.family import ROWS
from gan_lab.training.field import Field
from gan_lab.training.recipe import PRESET_ROWS, Preset, Recipe
from gan_lab.training.schema import FIELDS, GROUPS, fields_by_group

FILE = Path(__file__).parents[1] / "front_end" / "training" / "recipe" / "schema.js"

HEAD = """\
// The fields of a recipe, the groups in which a reader finds them, and the presets: how each is
// called, what is different from the default recipe, and how far it is played before the reader
// sees it. `large` ones are made for more room than a page has: they are slow here. Written by
// `python -m gan_lab.widgets.page_schema` from schema.py and recipe.py in gan_lab/training/: a
// change is made there. FORMULAS are what each player lowers, of family.py there.
"""

FOR_PYTHON = {"says", "move", "place", "own", "read_own"}
"""What a row says that the page has no use for."""


def schema_text() -> str:
    """What the file has to be."""
    defaults = Recipe().as_dict()
    rows = {
        name: what_the_page_needs(field) | {"default": defaults[name]}
        for name, field in FIELDS.items()
    }
    groups = {name: {"words": GROUPS[name], "fields": of} for name, of in fields_by_group().items()}
    presets = {name: offered(preset) for name, preset in PRESET_ROWS.items() if preset.in_page}
    formulas = {name: {"D": row.D, "G": row.G} for name, row in ROWS.items()}
    tables = {"SCHEMA": rows, "GROUPS": groups, "PRESETS": presets, "FORMULAS": formulas}
    return "\n".join([HEAD, *(exported_constant(name, rows) for name, rows in tables.items())])


def offered(preset: Preset) -> dict:
    """A preset as the page has it."""
    usual = Recipe().as_dict()
    parts = {n: v for n, v in preset.recipe.as_dict().items() if v != usual[n]}
    return {"words": preset.words, "parts": parts, "t": preset.t, "large": preset.large}


def what_the_page_needs(field: Field) -> dict:
    """What the page needs of a row: all that is said in it and not left as it is."""
    said = {f.name: getattr(field, f.name) for f in fields(field) if f.name not in FOR_PYTHON}
    return {name: json_value(value) for name, value in said.items() if not left(name, value)}


def left(name: str, value) -> bool:
    """Whether a row leaves this part of it as it is."""
    usual = Field.__dataclass_fields__[name]
    if usual.default_factory is not MISSING:
        return value == usual.default_factory()
    return value == usual.default


def json_value(value):
    """A value as JSON has it, a whole number without a point."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and math.isfinite(value) else value
    return value


def exported_constant(name: str, rows: dict[str, dict]) -> str:
    """An exported constant, a row a line."""
    lines = (
        f"  {json.dumps(row)}: {json.dumps(is_, ensure_ascii=False)},\n"
        for row, is_ in rows.items()
    )
    return f"export const {name} = {{\n{''.join(lines)}}};\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
