"""From a control of the lab to the place in the book that says what its value does."""

import re
from pathlib import Path

import pytest
from lab_page import LINE

from gan_lab.core.chapters import CHAPTERS
from gan_lab.training.family import added, loss_table
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import Recipe
from gan_lab.training.schema import FIELDS
from gan_lab.widgets import lab
from gan_lab.widgets.kernel.comm import stage
from gan_lab.widgets.kernel.controls import Controls, hint_of
from gan_lab.widgets.kernel.session import Session

BOOK = Path(__file__).resolve().parents[2] / "book"
JS = BOOK.parent / "gan_lab" / "front_end"
LINKED = [name for name, field in FIELDS.items() if field.chapter and field.in_page]


def test_a_click_leads_from_a_loss_and_a_penalty_to_their_rows(open_labs, tmp_path):
    rows = loss_table()._repr_html_() + added()._repr_html_()
    (tmp_path / "family.html").write_text(f"<meta charset='utf-8'>{rows}", encoding="utf-8")
    labs = open_labs(lab(LINE))
    labs.open_groups()
    for name in LINKED:
        row = labs.lab().locator(f"[data-field={name}]")
        row.get_by_role("button", name="About: ").click()
        assert row.locator(".gan-lab-hint a").is_visible()
    assert labs.lab().locator(".gan-lab-hint a:visible").count() == len(LINKED)
    link = labs.lab().locator("[data-field=loss] .gan-lab-hint a")
    for loss in ("hinge", "f-kl", "relativistic"):
        labs.field("loss").select_option(loss)
        labs.page.wait_for_function(
            "([link, loss]) => link.getAttribute('href') === `family.html#loss-${loss}`",
            arg=[link.element_handle(), loss],
        )
    link.click()
    labs.page.wait_for_url("**/family.html#loss-relativistic")
    assert labs.page.locator("tr:target th").inner_text() == "relativistic pairs"
    labs.page.go_back()
    labs.until("iteration")
    labs.open_groups()
    penalty = labs.lab().locator("[data-field=r1]")
    penalty.get_by_role("button", name="About: ").focus()
    labs.page.keyboard.press("Enter")
    labs.page.keyboard.press("Tab")
    labs.page.keyboard.press("Tab")
    labs.page.keyboard.press("Enter")
    labs.page.wait_for_url("**/family.html#penalty-r1")


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.chapter])
def test_the_chapter_is_there_with_the_place_or_the_tables(name):
    for value in LOSSES if name == "loss" else (None,):
        page, place = FIELDS[name].read_on(value).split("#")
        text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
        if page != "family":
            assert f"\n({place})=\n## " in text
            continue
        assert re.search(r"^loss_table\(\)$", text, re.M) and re.search(r"^added\(\)$", text, re.M)
        assert f'id="{place}"' in loss_table()._repr_html_() + added()._repr_html_()


def test_in_a_notebook_what_the_lab_finds_names_its_chapter():
    files = [*(JS / "diagnostics").iterdir(), JS / "ui/lab/diagnostics_strip.js"]
    places = [p for f in files for p in re.findall(r'chapter: "(\w+)#', f.read_text("utf-8"))]
    assert len(places) >= 7
    for page in set(places):
        title = CHAPTERS[page]
        assert f"\n# {title}\n" in (BOOK / f"{page}.md").read_text(encoding="utf-8")
    shown = stage(Session(Recipe(G=(4,), D=(4,), m=8), "cpu"))
    assert shown.chapters == CHAPTERS


def test_in_a_notebook_the_hint_names_the_chapter():
    controls = Controls(Recipe())
    for name in ("loss", "r1", "packing"):
        made, _ = controls.fields[name]
        assert made.tooltip == hint_of(name)
        assert made.tooltip.endswith(" More in the book: A family of games.")
    assert hint_of("k") == FIELDS["k"].hint
