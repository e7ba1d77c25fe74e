"""The moving Figure 1 of the built page, under a reader's hands."""

import pytest

PICTURE = ".gan-lab-picture canvas"
SAYS = ".gan-lab-says"
SLIDER = '.gan-lab input[type="range"]'
PIXELS = "canvas => canvas.toDataURL()"


@pytest.fixture
def page(visit):
    """The figure's chapter; it does not play by itself."""
    page = visit("figure_1")
    page.locator(".gan-lab[data-gan-lab]").first.scroll_into_view_if_needed()
    page.wait_for_selector(SAYS)
    page.locator(SAYS).scroll_into_view_if_needed()
    return page


def now(page) -> int:
    return int(page.locator(SLIDER).first.input_value())


def test_nothing_moves_until_it_is_played(page):
    before = page.locator(PICTURE).first.evaluate(PIXELS)
    page.wait_for_timeout(400)
    assert page.locator(PICTURE).first.evaluate(PIXELS) == before
    assert now(page) == 0


def test_play_changes_the_picture_and_pause_holds_it(page):
    before = page.locator(PICTURE).first.evaluate(PIXELS)
    page.get_by_role("button", name="Play").first.click()
    page.wait_for_function("i => document.querySelector('.gan-lab input').value > i", arg=3)
    page.get_by_role("button", name="Pause").first.click()
    held = now(page)
    assert page.locator(PICTURE).first.evaluate(PIXELS) != before
    page.wait_for_timeout(400)
    assert now(page) == held


def test_the_keyboard_alone_is_enough(page):
    page.locator(".gan-lab-picture").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert now(page) == 2
    page.keyboard.press("ArrowLeft")
    assert now(page) == 1
    page.keyboard.press("End")
    last = now(page)
    assert last > 100
    page.keyboard.press("Home")
    assert now(page) == 0
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('.gan-lab input').value > 1")
    page.keyboard.press("Space")


def test_the_chart_scrubs(page):
    chart = page.locator(f"{PICTURE}.gan-lab-chart").first
    chart.scroll_into_view_if_needed()
    box = chart.bounding_box()
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    some = now(page)
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    assert 0 < some < now(page)


def test_the_four_panels_are_marked_and_in_order(page):
    marks = page.locator('.gan-lab [aria-label="Panels of Figure 1"]').first.locator("button")
    assert marks.all_inner_texts() == ["(a)", "(b)", "(c)", "(d)"]
    frames, words = [], []
    for mark in marks.all():
        mark.click()
        frames.append(now(page))
        words.append(page.locator(SAYS).first.inner_text())
    assert frames == sorted(set(frames))
    assert "after G" in words[0] and "after D" in words[1] and "after G" in words[2]


def test_dark_mode_repaints(page):
    light = page.locator(PICTURE).first.evaluate(PIXELS)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_timeout(300)
    assert page.locator(PICTURE).first.evaluate(PIXELS) != light


def test_the_introduction_opens_moving(visit):
    page = visit("intro")
    page.wait_for_function("() => document.querySelector('.gan-lab input')?.value > 1")


def test_reduced_motion_is_respected(visit):
    page = visit("intro", reduced_motion="reduce")
    page.wait_for_selector(SAYS)
    page.wait_for_timeout(600)
    assert now(page) == 0


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
def test_digits_emerge_on_the_first_screen(visit, width, height):
    box = visit("intro", width=width).locator(".gan-lab-picture").first.bounding_box()
    assert box["y"] + box["height"] < height
