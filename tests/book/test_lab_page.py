"""The page of the lab: its experiments set a lab up, which then trains as the page says."""

import re

import pytest

LABS = ".gan-lab-lab"


@pytest.fixture
def page(visit):
    page = visit("lab")
    said(page, 0, "iteration 600, after G’s step: JSD 0.0052 nats")
    return page


def said(page, which: int, words):
    """Wait until a lab's sentence has these words; a busy machine trains slowly."""
    says = page.locator(LABS).nth(which).locator(".gan-lab-says", has_text=words).first
    says.wait_for(timeout=120_000)


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


def test_an_experiment_is_set_up_anew_whatever_was_played(page):
    follow(page, "A game that reaches its end")
    said(page, 0, "iteration 0, before training")
    lab = page.locator(LABS).first
    lab.get_by_role("button", name="Train", exact=True).click()
    said(page, 0, re.compile("iteration [1-9]"))
    lab.get_by_role("button", name="Pause", exact=True).click()
    follow(page, "One player alone")
    start = "iteration 10, after G’s step: JSD 0.13 nats; V(G,D) −1.17 ≤ −1.12"
    said(page, 0, start)
    lab.get_by_role("button", name="D step", exact=True).click()
    said(page, 0, "iteration 10, after D’s step")
    follow(page, "One player alone")  # the same address sets it up once more
    said(page, 0, start)
    follow(page, "A discriminator that sees nothing")
    said(page, 0, "iteration 1000, after G’s step: JSD 0.18 nats")
    assert lab.locator(".gan-lab-charts canvas").count() == 2


def test_an_experiment_of_the_plane_has_two_games(page):
    follow(page, "Some modes and not others")
    said(page, 1, "iteration 0, before training")
    captions = page.locator(LABS).nth(1).locator(".gan-lab-which")
    assert captions.all_text_contents() == ["Learning rate of G 0.01", "Learning rate of G 0.002"]


def test_the_labs_of_the_page_are_presets_and_alive_for_longer_than_a_look(page):
    names = page.locator(LABS).get_by_label("Game to begin with")
    assert names.first.locator("option:checked").text_content() == "One bump, at iteration 600"
    lab = page.locator(LABS).first
    before = lab.locator(".gan-lab-says").text_content()
    lab.get_by_label("Iterations for each picture").select_option("20")
    lab.get_by_role("button", name="Train", exact=True).click()
    said(page, 0, re.compile("iteration (1[1-9]|[2-9].|1..)00"))  # the rates were 0 there once
    lab.get_by_role("button", name="Pause", exact=True).click()
    assert lab.locator("[data-health=still]").count() == 0
    assert lab.locator(".gan-lab-says").text_content().split(";")[0] != before.split(";")[0]
