"""The built book as a whole, as a reader with no network opens it; page by page: test_readable."""

import re
from pathlib import Path

import pytest
import yaml

from gan_lab.widgets import Player
from gan_lab.widgets.standalone import minified, script

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
PAGES = [TOC["root"], *(c["file"] for part in TOC["parts"] for c in part["chapters"])]
NAMES = [page.removeprefix("book/") for page in PAGES]
MB = 1_000_000
HELD = re.compile(r'<script type="application/octet-stream">([^<]*)</script>')

MATHS_SETTLED = "window.MathJax?.startup?.promise?.then(() => true) ?? true"
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_what_sphinx_adds_fits_a_phone(visit, site):
    """The index, the list of modules, the list of claims, and the search with what it found."""
    names = {path.stem for path in site.glob("*.html")} - {"index"}  # that one only leads on
    assert names >= {"genindex", "py-modindex", "search"}
    pages = {name: visit(f"../{name}", width=390) for name in sorted(names)}
    pages["search"].goto(pages["search"].url + "?q=discriminator")
    pages["search"].wait_for_selector("#search-results li a")
    assert {name for name, page in pages.items() if page.evaluate(SIDEWAYS) > 0} == set()


@pytest.mark.parametrize("name", NAMES)
def test_page_is_light(site, name):
    assert (site / "book" / f"{name}.html").stat().st_size <= 2 * MB


def test_site_is_light(site):
    files = [path for path in site.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 40 * MB


def test_a_player_of_a_page_as_one_file_is_light(site):
    script_of_players = len(minified(script(*Player.mounted)).encode())
    pages = {page.name: page.read_text(encoding="utf-8") for page in (site / "book").glob("*.html")}
    held = [(name, len(text)) for name, page in pages.items() for text in HELD.findall(page)]
    assert held and [name for name, size in held if size + script_of_players > MB / 2] == []


def test_search_works_from_disk(visit):
    page = visit("../search")
    page.goto(page.url.split("?")[0] + "?q=discriminator")
    page.wait_for_selector("#search-results li a")


def test_every_page_says_its_licences(site):
    pages = {*site.glob("*.html"), *site.glob("book/**/*.html")} - {site / "index.html"}
    silent = [p.name for p in pages if p.read_text(encoding="utf-8").count('rel="license"') != 2]
    assert len(pages) >= len(NAMES) and silent == []
