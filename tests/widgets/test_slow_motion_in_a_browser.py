"""Slow motion as a reader has it: each line of Algorithm 1 in the picture, its words beside it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_page import LINE, PLANE

from gan_lab.widgets import lab

PICTURE = "document.querySelector('.gan-lab-picture canvas').toDataURL()"
CANVAS = ".gan-lab-picture canvas"
FORMULA = ".gan-lab-formulas"
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


def boxes(labs, *names):
    return [labs.lab().locator(name).first.bounding_box() for name in names]


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_algorithm_1_stands_beside_the_picture(open_labs, recipe):
    """On one screen with the picture: the line, its sentence, and the formula."""
    labs = open_labs(lab(recipe), viewport={"width": 1280, "height": 800})
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    next_line(labs)
    picture, *parts = boxes(labs, CANVAS, ".gan-lab-lines", ".gan-lab-line-says", FORMULA)
    assert picture["width"] > 500 and picture["y"] + picture["height"] < 800
    for part in parts:
        assert part["x"] > picture["x"] + picture["width"]
        assert 0 <= part["y"] and part["y"] + part["height"] < 800
    assert labs.page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("recipe", [LINE, PLANE], ids=["line", "plane"])
def test_on_a_phone_the_line_is_under_the_picture_on_one_screen(open_labs, recipe):
    labs = open_labs(lab(recipe), viewport={"width": 390, "height": 844})
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    for _ in range(6):
        next_line(labs)
        picture, line, bar = boxes(labs, CANVAS, "[aria-current=step]", ".gan-lab-train")
        button = labs.lab().get_by_role("button", name="Next line").bounding_box()
        assert picture["y"] >= 0
        assert picture["y"] + picture["height"] <= button["y"] < line["y"]
        assert line["y"] + line["height"] < bar["y"] < 844
    assert labs.page.evaluate("document.documentElement.scrollWidth") <= 390


def lit(labs):
    """The rows of the formula that are lit, and the number in each row that has one."""
    rows = labs.lab().locator(f"{FORMULA} li").all()
    seen = {row.get_attribute("data-term"): row for row in rows}
    numbers = {name: row.locator(".gan-lab-term-is").text_content() for name, row in seen.items()}
    return (
        [name for name, row in seen.items() if row.get_attribute("aria-current")],
        {name: [number(v) for v in text.split(" → ")] for name, text in numbers.items() if text},
    )


def number(text):
    return float(text.replace("−", "-"))


def test_the_term_that_a_line_works_out_is_lit(open_labs):
    """With its mean on the minibatch: both terms together are V, and D's step lifts it."""
    labs = open_labs(lab(LINE.but(k=1, loss="minimax", r1=0.0, r2=0.0)))
    labs.page.get_by_text("Slow motion").click()
    labs.until_paused()
    seen = []
    for _ in range(5):
        next_line(labs)
        seen.append(lit(labs))
    names = ["D samples", "D data", "D step", "G samples", "G step"]
    assert [rows for rows, _ in seen] == [[name] for name in names]
    (_, noise), (_, both), (_, moved), (_, of_G), (_, ends) = seen
    assert set(noise) == {"D samples"} and set(of_G) == {"G samples", "G step"}
    assert both["D step"][0] == pytest.approx(both["D data"][0] + both["D samples"][0], abs=2e-3)
    assert moved["D step"][1] > moved["D step"][0] == both["D step"][0]
    assert ends["G step"][1] < ends["G step"][0] == of_G["G samples"][0]
    (said,) = re.findall(r"(−?[\d.]+) on average", says_after(labs, "sample m data x"))
    assert number(said) == lit(labs)[1]["D data"][0]


def says_after(labs, line):
    while labs.lab().locator("[aria-current=step]").text_content() != line:
        next_line(labs)
    return says(labs)


def formula(labs):
    return " ".join(labs.lab().locator(FORMULA).inner_text().split())


def test_the_formula_is_that_of_the_loss(open_labs):
    labs = open_labs(lab(LINE.but(loss="minimax", r1=0.0, r2=0.0)))
    labs.page.get_by_text("Slow motion").click()
    assert formula(labs).startswith("V(G, D) = 𝔼x log D(x) + 𝔼z log(1 − D(G(z))) D goes up ∇D V")
    labs.field("loss").select_option("hinge")
    labs.page.wait_for_function(f"document.querySelector('{FORMULA}').textContent.includes('max')")
    assert formula(labs).startswith("LD = 𝔼x max(0, 1 − D(x)) + 𝔼z max(0, 1 + D(G(z))) D goes down")
    assert formula(labs).endswith("LG = −𝔼z D(G(z)) G goes down ∇G LG")


def test_slow_motion_is_for_everyone(open_labs):
    """By keys alone, and axe-core finds nothing serious in it, in light and dark."""
    labs = open_labs(lab(LINE))
    labs.page.get_by_text("Slow motion").focus()
    labs.page.keyboard.press("Enter")
    labs.page.keyboard.press("Tab")
    labs.until_paused()
    labs.page.keyboard.press("Enter")
    labs.lab().locator("[aria-current=step]").wait_for()
    for theme in ("light", "dark"):
        labs.page.evaluate(
            "theme => { document.documentElement.dataset.theme = theme;"
            "document.body.style.background = theme === 'dark' ? '#14181d' : 'white'; }",
            theme,
        )
        labs.page.locator(f".gan-lab-lab[data-dark={str(theme == 'dark').lower()}]").wait_for()
        found = Axe().run(labs.page, ".gan-lab-lab").response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in ("serious", "critical")] == []


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
