"""From the lab into the book: each loss, penalty and finding has its place in a chapter."""

import re
from pathlib import Path

import pytest
from docutils.nodes import make_id

from gan_lab.training.family import ADDED
from gan_lab.training.losses import LOSSES
from gan_lab.training.schema import FIELDS
from gan_lab.widgets.bundle import modules

BOOK = Path(__file__).resolve().parents[2] / "book"
RULES_OF_THE_GAME = {name for name, field in FIELDS.items() if field.group == "game"}
BY_FIELD = {
    f"{name} {value}" if value else name: field.read_on(value)
    for name, field in FIELDS.items()
    if field.chapter
    for value in (LOSSES if name == "loss" else [None])
}
FINDINGS = ("diagnostics/diagnose", "diagnostics/divergence_check", "diagnostics/standstill")
STRIP = "ui/lab/diagnostics_strip"


def chapters_in(module: str) -> list[str]:
    return re.findall(r'chapter: "([\w#-]+)"', modules()[module])


LINKS = {**BY_FIELD, **{f"{module} {place}": place for module in (*FINDINGS, STRIP)
                        for place in chapters_in(module)}}  # fmt: skip


def test_every_loss_and_every_penalty_has_a_link():
    assert {f"loss {name}" for name in LOSSES} <= set(BY_FIELD)
    assert RULES_OF_THE_GAME - {"m"} == set(ADDED) <= set(BY_FIELD)


def test_everything_that_can_be_found_wrong_has_a_link():
    kinds = re.search(r"SIGNS = \{(.+?)\}", modules()[STRIP])[1]
    linked = {}
    for module in FINDINGS[:2]:
        found = re.findall(r'kind: "(\w+)".+?chapter: "([\w#-]+)"', modules()[module], re.S)
        assert len(found) == len(re.findall(r"kind: ", modules()[module]))
        linked.update(found)
    assert {*linked, "still"} == set(re.findall(r"(\w+):", kinds))
    still = modules()["diagnostics/standstill"]
    assert len(chapters_in("diagnostics/standstill")) == len(
        re.findall(r"return \{ ?\s*words", still)
    )


@pytest.mark.parametrize("name", sorted(LINKS))
def test_the_page_of_a_link_has_a_section_or_a_row_of_that_name(name):
    page, place = LINKS[name].split("#")
    text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    headings = [make_id(heading) for heading in re.findall(r"^#+ (.*)", text, re.M)]
    rows = [f"loss-{loss}" for loss in LOSSES] + [f"penalty-{field}" for field in ADDED]
    assert place in headings or f"\n({place})=\n" in text or (page == "family" and place in rows)


def test_the_built_page_of_each_link_has_its_place(site):
    missing = []
    for link in sorted(set(LINKS.values())):
        page, place = link.split("#")
        built = (site / "book" / f"{page}.html").read_text(encoding="utf-8")
        missing += [] if re.search(rf'\bid="{place}"', built) else [link]
    assert missing == []


HEART = (
    "the_game best_discriminator what_the_generator_minimises figure_1 training_loop many_gans "
    "generator_losses divergences supports convergence family finite_data"
).split()


@pytest.mark.parametrize("chapter", HEART)
def test_a_chapter_leads_to_a_game_in_the_lab(chapter):
    text = (BOOK / f"{chapter}.md").read_text(encoding="utf-8")
    assert 'href="lab.html#lab=' in text or "{ref}`Some modes and not others <some-modes>`" in text
