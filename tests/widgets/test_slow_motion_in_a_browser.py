"""Slow motion as a reader has it: each line of Algorithm 1 in the picture, its words beside it."""

import pytest
from lab_page import LINE, PLANE

from gan_lab.widgets import lab

PICTURE = "document.querySelector('.gan-lab-picture canvas').toDataURL()"
ASKS = "Each press does one line of Algorithm 1."


def says(labs):
    return labs.lab().locator(".gan-lab-line-says").text_content()


def next_line(labs):
    """Press once, and wait for the sentence and the picture of that line."""
    before = labs.lab().locator("[aria-current=step]").all_text_contents()
    labs.press("Next line")
    labs.page.wait_for_function(
        "before => { const [here] = document.querySelectorAll('[aria-current=step]');"
        "return here && here.textContent !== before; }",
        arg=before[0] if before else "",
    )
    labs.lab().locator('.gan-lab-board[aria-busy="false"]').wait_for()
    labs.page.evaluate("() => new Promise(go => requestAnimationFrame(() => setTimeout(go)))")
    return labs.page.evaluate(PICTURE)


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_every_line_is_seen_in_the_picture(open_labs, recipe):
    labs = open_labs(lab(recipe.but(k=1)))
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    pictures = [labs.page.evaluate(PICTURE), *(next_line(labs) for _ in range(6))]
    assert len(set(pictures)) == 7


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=["desk", "phone"])
@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_algorithm_1_stands_over_the_picture(open_labs, recipe, size):
    width, height = size
    labs = open_labs(lab(recipe), viewport={"width": width, "height": height})
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    next_line(labs)
    part = {
        name: labs.lab().locator(name).first.bounding_box()
        for name in (".gan-lab-lines", ".gan-lab-line-says", ".gan-lab-slow", ".gan-lab-picture")
    }
    above, picture = part[".gan-lab-slow"], part[".gan-lab-picture"]
    assert 0 <= picture["y"] - (above["y"] + above["height"]) < 20
    assert picture["y"] + 300 - part[".gan-lab-lines"]["y"] < height
    assert labs.page.evaluate("document.documentElement.scrollWidth") <= width


def test_its_sentence_is_of_the_game_that_is_shown(open_labs):
    labs = open_labs(lab(LINE))
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    assert says(labs) == ASKS
    for _ in range(3):
        next_line(labs)
    assert says(labs).startswith("D’s loss on this minibatch was")
    labs.page.locator(".gan-lab-picture").focus()
    labs.page.keyboard.press("Home")
    labs.until("before training")
    assert says(labs) == ASKS and labs.lab().locator("[aria-current=step]").count() == 0
    labs.page.keyboard.press("End")
    labs.until("after D’s step")
    assert says(labs).startswith("D’s loss on this minibatch was")
    labs.press("Reset")
    labs.until("before training")
    labs.until_paused()
    assert says(labs) == ASKS and labs.lab().locator("[aria-current=step]").count() == 0
