"""A player of pictures in a real browser: it plays, steps by keys, and tells of one picture."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_by_hand import pictures_by_hand

from gan_lab.widgets import Player


def opinion(page):
    return page.locator(".gan-lab-opinion").text_content()


def pixels(page):
    return page.locator(".gan-lab-grid canvas").first.evaluate("canvas => canvas.toDataURL()")


def test_a_reader_plays_steps_and_asks_for_an_opinion(open_figures):
    page = open_figures(Player(pictures_by_hand(n=9)), width=760)
    board, says = page.locator(".gan-lab-grid"), page.locator(".gan-lab-says")
    board.press("ArrowRight")
    words = " ".join(says.text_content().split())
    assert words.startswith("iteration 10, after G’s step: D takes 0 of 9 samples of G for data")
    assert words.endswith("losses of D 0.60 and G 1.80")
    page.keyboard.press("s")
    assert " ".join(page.locator("[aria-live]").text_content().split()) == words
    page.keyboard.press("Tab")
    assert opinion(page) == "Sample 1 of G: D 0.18, rather generated"
    page.keyboard.press("ArrowRight")  # to the next picture, not to the next moment
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert opinion(page) == focused == "Sample 2 of G: D 0.20, rather generated"
    page.get_by_role("button", name="Picture 1 of the data").hover()
    assert opinion(page) == "Picture 1 of the data: D 0.85, rather data"
    page.mouse.move(0, 0)
    assert opinion(page).startswith("Sample 2 of G")
    before = pixels(page)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function("document.querySelector('.gan-lab-scrub input').value === '4'")
    assert says.text_content().startswith("iteration 40") and pixels(page) != before


@pytest.mark.parametrize(("width", "theme"), [(390, "light"), (760, "dark")])
def test_it_is_accessible_and_all_of_it_is_in_sight(open_figures, width, theme):
    page = open_figures(Player(pictures_by_hand(n=36), caption="Digits"), width=width)
    page.evaluate(f"document.documentElement.dataset.theme = '{theme}'")
    page.evaluate(f"document.body.style.background = '{'#14181d' if theme == 'dark' else '#fff'}'")
    page.locator(f'.gan-lab[data-dark="{str(theme == "dark").lower()}"]').wait_for()
    page.locator(".gan-lab-cell").nth(7).click()
    assert opinion(page).startswith("Sample 8 of G: D ")
    found = Axe().run(page, "figure", {"resultTypes": ["violations"], "preload": False})
    assert [rule["id"] for rule in found.response["violations"]] == []
    sizes = page.locator(".gan-lab-cell").evaluate_all(
        "cells => cells.map(cell => Math.min(cell.offsetWidth, cell.offsetHeight))"
    )
    assert len(sizes) > 36 and min(sizes) >= 24
