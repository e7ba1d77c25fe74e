"""The page of the lab: its experiments set a lab up, which then trains as the page says."""

import re
from pathlib import Path

import pytest
from docutils.nodes import make_id

from gan_lab.widgets.front_end import modules

BOOK = Path(__file__).resolve().parents[2] / "book"
LABS = ".gan-lab-lab"


@pytest.fixture
def page(visit):
    page = visit("lab")
    said(page, 0, "iteration 600, after G’s step: JSD 0.0003 nats")
    return page


def said(page, which: int, words):
    """Wait until a lab's sentence has these words."""
    page.locator(LABS).nth(which).locator(".gan-lab-says", has_text=words).first.wait_for()


def follow(page, section: str):
    """Press the link of an experiment; the lab that it speaks of comes into sight."""
    here = page.locator("section").filter(has=page.get_by_role("heading", name=section)).last
    here.get_by_role("link", name="Set it up").click()
    page.wait_for_function(
        """() => [...document.querySelectorAll('.gan-lab-lab')].some((lab) => {
          const { top } = lab.getBoundingClientRect();
          return top >= 0 && top < innerHeight / 2;
        })"""
    )


def test_an_experiment_of_the_line_is_set_up_and_played(page):
    follow(page, "A game that reaches its end")
    said(page, 0, "iteration 0, before training")
    lab = page.locator(LABS).first
    lab.get_by_label("Iterations for each picture").select_option("20")
    lab.get_by_role("button", name="Train", exact=True).click()
    said(page, 0, re.compile("iteration [1-9]"))
    lab.get_by_role("button", name="Pause", exact=True).click()
    follow(page, "One player alone")
    said(page, 0, "iteration 15, after G’s step: JSD 0.38 nats; V(G,D) −0.80 ≤ −0.63")
    follow(page, "One player alone")  # the same address sets it up once more
    said(page, 0, "iteration 15, after G’s step: JSD 0.38 nats; V(G,D) −0.80 ≤ −0.63")
    follow(page, "A discriminator that sees nothing")
    said(page, 0, "iteration 1000, after G’s step: JSD 0.18 nats")
    assert lab.locator(".gan-lab-charts canvas").count() == 2


def test_an_experiment_of_the_plane_has_two_games(page):
    follow(page, "Some modes and not others")
    said(page, 1, "iteration 0, before training")
    captions = page.locator(LABS).nth(1).locator(".gan-lab-which")
    assert captions.all_text_contents() == ["Penalty r1 0", "Penalty r1 0.1"]


def test_what_is_wrong_with_a_game_links_to_a_section_that_is_there():
    text = modules()["health"] + modules()["blown_up"]
    links = re.findall(r'chapter: "(\w+)#([\w-]+)"', text)
    assert len(links) == text.count('chapter: "') == 5
    for chapter, section in links:
        headings = re.findall(r"^#+ (.*)", (BOOK / f"{chapter}.md").read_text(), re.MULTILINE)
        assert section in [make_id(heading) for heading in headings], (chapter, section)
