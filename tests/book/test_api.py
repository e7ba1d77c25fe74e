"""The reference: every public name stands on the page of its room, and nothing else does."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from gan_lab.widgets import explore

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))

import api  # noqa: E402

ROOMS = [
    "core",
    "distributions",
    "theory",
    "theory.proofs",
    "datasets",
    "metrics",
    "training",
    "recording",
    "plots",
    "sweeps",
    "checkers",
    "widgets",
]
PAGES = {path.stem: path.read_text() for path in (ROOT / "book" / "api").glob("*.md")}
HOMES = {"theory.proofs": "theory", "plots": "recording"}  # the others have pages of their own
MODULES = [(room, name) for room in ROOMS for name in api.modules(f"gan_lab.{room}")]
DEAD = """() => [...document.querySelectorAll('table.autosummary td:first-child')]
    .filter(cell => !document.getElementById(cell.querySelector('a')?.hash.slice(1)))
    .map(cell => cell.textContent.trim())"""
ENTRIES = "() => [...document.querySelectorAll('dl.py > dt[id]')].map(dt => dt.id)"


@pytest.mark.parametrize(("room", "module"), MODULES, ids=[name for _, name in MODULES])
def test_a_module_with_public_names_has_its_section_and_the_others_are_inside(room, module):
    page = PAGES[HOMES.get(room, room)]
    assert (f"```{{api}} {module}\n" in page) == bool(api.public(module))
    assert f"```{{room}} gan_lab.{room}\n" in page
    assert api.public(module) or f"```{{inside}} gan_lab.{room}\n" in page


def test_what_is_public_is_what_the_room_lists():
    found = api.public("gan_lab.theory.game")
    assert found["gan_lab.theory.C"] == "autofunction"
    assert found["gan_lab.theory.GameValues"] == "autoclass"
    assert "gan_lab.theory.weighted" not in found and "gan_lab.theory.gaussian" not in found
    assert api.public("gan_lab.training.losses")["gan_lab.training.losses.LOSSES"] == "autodata"
    assert set(api.public("gan_lab.widgets.explore")) == {
        f"gan_lab.widgets.explore.{name}" for name in explore.__all__
    }
    assert api.public("gan_lab.widgets.svg") == {}


def test_a_class_shows_what_it_has_from_bases_that_have_no_entry():
    assert api.entry("gan_lab.training.Rewindable", "autoclass")[1].startswith(
        "   :inherited-members: Training, "
    )
    player = api.entry("gan_lab.widgets.Player", "autoclass")[1]
    assert "object" in player and "Shown" not in player


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_lists_nothing_that_no_page_has(room):
    listed = importlib.import_module(f"gan_lab.{room}")
    shown = {name.rpartition(".")[2] for _, module in MODULES for name in api.public(module)}
    assert set(listed.__all__) <= shown


@pytest.mark.parametrize("page", sorted(PAGES.keys() - {"minimal"}))
def test_the_table_of_a_room_leads_to_every_entry(visit, page):
    opened = visit(f"api/{page}")
    assert opened.evaluate(DEAD) == []
    modules = re.findall(r"\{api\} (\S+)", PAGES[page])
    wanted = {name for module in modules for name in api.public(module)}
    assert wanted <= set(opened.evaluate(ENTRIES))
    assert opened.locator("table.autosummary tr").count() == len(wanted)
