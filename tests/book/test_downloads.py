"""What the menu of a page offers, clicked as a reader does who has the book on a disk."""

import sys
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup
from test_accessibility import assert_none, drawn, in_both_modes
from test_pages import NAMES

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import downloads  # noqa: E402
import package  # noqa: E402
import twins  # noqa: E402

CHAPTERS = [chapter.stem for chapter in twins.chapters()]
WHEEL = package.wheel_name(package.project())
SELF_CONTAINED = "notebooks/{}-colab.ipynb"
OFFERED = {
    "Self-contained notebook, for Colab": SELF_CONTAINED,
    "Notebook, where gan_lab is installed": "notebooks/{}.ipynb",
    "Package gan_lab (.whl)": f"_static/{WHEEL}",
}
LINK = ".dropdown-item"
ITEMS = f".dropdown-download-buttons {LINK}"


def opened(page):
    page.locator(".dropdown-download-buttons > button").click()
    page.locator(ITEMS).first.wait_for()
    return page


@pytest.mark.parametrize("name", ["figure_1", "lab"])
@pytest.mark.parametrize(("words", "path"), OFFERED.items(), ids=["self-contained", "plain", "whl"])
def test_a_click_saves_the_very_file(visit, site, name, words, path):
    page = opened(visit(name))
    with page.expect_download() as saved:
        page.locator(ITEMS, has_text=words).click()
    path = site / path.format(name)
    assert saved.value.suggested_filename == path.name
    assert Path(saved.value.path()).read_bytes() == path.read_bytes()
    assert page.url.endswith(f"{name}.html")


def test_each_chapter_offers_its_own_and_other_pages_no_notebook(site):
    """Where no script runs, too: each link leads to a file."""
    for name in NAMES:
        path = site / "book" / f"{name}.html"
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        files = [(path.parent / link["href"]).resolve() for link in page.select(f"a{LINK}")]
        led = {path.relative_to(site).as_posix() for path in files}
        wanted = {path.format(name) for path in OFFERED.values()} if name in CHAPTERS else set()
        assert led - {f"_sources/book/{name}.md"} == wanted
        assert [path for path in files if not path.is_file()] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_the_menu_fits_and_can_be_pressed(visit, width):
    page = opened(visit("figure_1", width=width))
    for item in page.locator(ITEMS).all():
        box = item.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width and box["height"] >= 24


def test_what_is_offered_is_what_the_sources_say(site, tmp_path):
    downloads.write(tmp_path)
    made = {path.relative_to(tmp_path): path for path in tmp_path.rglob("*") if path.is_file()}
    assert len(made) == 2 * len(CHAPTERS) + 2
    for name, path in made.items():
        assert (site / name).read_bytes() == path.read_bytes()
    for name in CHAPTERS:
        plain = (ROOT / "book" / f"{name}.ipynb").read_bytes()
        assert made[Path("notebooks") / f"{name}.ipynb"].read_bytes() == plain
        nbformat.validate(nbformat.read(site / SELF_CONTAINED.format(name), as_version=4))


@pytest.mark.parametrize("name", ["glossary", "figure_1"])
def test_axe_finds_nothing_serious_in_the_open_menu(visit, name):
    page = opened(drawn(visit(name, reduced_motion="reduce")))
    assert_none(in_both_modes(page, ".dropdown-download-buttons"))
