"""The page on the rooms: its picture is that of the imports, and what it names is there."""

import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

import rooms  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "book" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[a-z_]+/)*[a-z_]+\.(?:py|js)|[a-z_]+/(?:[a-z_]+/)*)`", PAGE)))


def test_each_room_stands_above_all_that_it_imports():
    needs = rooms.imports()
    floor = {room: i for i, row in enumerate(rooms.floors(needs)) for room in row}
    assert all(floor[room] > floor[below] for room in needs for below in needs[room])
    assert floor["core"] == 0 and max(floor, key=floor.get) in {"films", "sweeps", "widgets"}


def test_a_circle_is_said():
    with pytest.raises(ValueError, match="in a circle: \\['a', 'b'\\]"):
        rooms.floors({"a": {"b"}, "b": {"a"}, "c": set()})


def test_lines_are_left_out_only_where_another_way_says_it():
    needs = {"top": {"middle", "ground"}, "middle": {"ground"}, "ground": set()}
    assert rooms.stairs(needs) == {("top", "middle"), ("middle", "ground")}


def test_every_room_has_its_paragraph_and_its_page():
    for room in rooms.imports():
        assert f"**{room}**" in PAGE
        assert (ROOT / "book" / "api" / f"{room}.md").exists() or room in ("plots", "films")


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name):
    assert (ROOT / name).exists() or any((ROOT / "gan_lab").rglob(name.rstrip("/")))


TESTS = sorted(set(re.findall(r"`((?:[a-z]+/)?test_[a-z_0-9]+|js/[a-z_]+)`", PAGE)))


@pytest.mark.parametrize("name", TESTS)
def test_a_test_that_the_page_names_is_there(name):
    home, ending = (ROOT / "tests", ".test.mjs" if name.startswith("js/") else ".py")
    assert home.joinpath(name + ending).exists()
