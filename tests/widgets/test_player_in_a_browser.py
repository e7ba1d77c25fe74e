"""A player in a real browser, from `file://`: keys, mouse, several at once, damage, motion."""

import re

import pytest
from games import small_recording
from made_by_hand import plane_by_hand

from gan_lab.recording.for_a_page import page_text
from gan_lab.recording.recording import record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import Player
from gan_lab.widgets.bundle import classic

PANELS = {"a": 1, "b": 2, "c": 3, "d": 6}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>players</title>
<script src="gan_lab.js"></script><body style="margin: 0; background: white">{}</body></html>"""


@pytest.fixture
def open_page(open_file, tmp_path):
    """Open a page with these figures and wait until the first can be seen."""

    def opened(*figures, **options):
        (tmp_path / "gan_lab.js").write_text(classic())
        (tmp_path / "page.html").write_text(PAGE.format("".join(figures)))
        page = open_file(tmp_path / "page.html", **options)
        page.locator(".gan-lab-stage").first.wait_for()
        return page

    return opened


def figure(**options):
    return Player(small_recording(panels=PANELS), **options).html()


def now(page, which=0):
    return int(page.locator(".gan-lab-scrub input").nth(which).input_value())


def ink(page):
    return page.locator(".gan-lab canvas").first.evaluate("canvas => canvas.toDataURL()")


def test_every_key_does_what_the_figure_says(open_page):
    page = open_page(figure())
    page.locator(".gan-lab-picture").focus()
    seen = []
    for key in ["ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", *"abcd"]:
        page.keyboard.press(key)
        seen.append(now(page))
    assert seen == [1, 2, 1, 6, 0, 1, 2, 3, 6]
    page.keyboard.press("s")
    said = page.locator("[aria-live]").text_content()
    assert said.startswith("iteration 3, after G’s step: JSD 0.10 nats; V(G,D) −1.29 ≤ −1.19")
    assert page.locator(".gan-lab-says").text_content().split() == said.split()
    page.keyboard.press(" ")
    assert page.get_by_role("button", name="Pause").count() == 1
    page.get_by_role("button", name="Play", exact=True).wait_for()  # it ends, and stands still
    assert now(page) == 6 and page.evaluate("scrollY") == 0


def test_mouse_on_the_chart_and_on_the_buttons(open_page):
    page = open_page(figure())
    chart = page.locator(".gan-lab-chart").bounding_box()
    left, right = chart["x"] + 40, chart["x"] + chart["width"] - 32
    page.mouse.move(left + 2, chart["y"] + 100)
    page.mouse.down()
    page.mouse.move(right + 20, chart["y"] + 100, steps=4)
    assert now(page) == 6
    page.mouse.move((left + right) / 2, chart["y"] + 100, steps=4)
    page.mouse.up()
    page.mouse.move(left, chart["y"] + 100)
    assert now(page) == 3
    page.get_by_role("button", name="Panel (b)").click()
    assert now(page) == 2
    before = ink(page)
    page.get_by_role("button", name="One frame on").click()
    while ink(page) == before:  # until it is painted
        page.wait_for_timeout(20)
    assert now(page) == 3


def test_players_are_independent_and_a_damaged_one_says_so(open_page):
    held = re.compile(r'(?<=octet-stream">)[^<]*')
    other = held.sub(page_text(b"GANRED" + bytes(20)), figure())
    cut = held.sub(lambda found: found[0][:200], figure())
    page = open_page(other, cut, figure(), figure(), viewport={"width": 1280, "height": 3000})
    page.locator(".gan-lab-stage").nth(1).wait_for()
    page.locator(".gan-lab-picture").nth(1).press("End")
    assert (now(page, 0), now(page, 1)) == (0, 6)
    said = page.locator(".gan-lab-broken").all_text_contents()
    assert sorted(said) == [
        "This recording cannot be shown. The recording is damaged: its text is not gzip.",
        "This recording cannot be shown. These bytes are not a recording of this book.",
    ]


def test_a_phone_in_the_dark(open_page):
    phone = {"width": 390, "height": 844}
    page = open_page(figure(), viewport=phone, device_scale_factor=3)
    light = ink(page)
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_selector('.gan-lab[data-dark="true"]')
    assert ink(page) != light
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    canvas = page.locator(".gan-lab canvas").first
    assert canvas.evaluate("c => c.width / c.clientWidth") == 3


@pytest.mark.parametrize(("motion", "end"), [("no-preference", 6), ("reduce", 0)])
def test_it_plays_once_by_itself_unless_less_motion_is_asked_for(open_page, motion, end):
    page = open_page(figure(autoplay=True), reduced_motion=motion)
    if end:
        page.wait_for_function(f"document.querySelector('input').value === '{end}'")
    page.wait_for_timeout(700)  # longer than seven frames take
    assert now(page) == end


@pytest.mark.parametrize("more", [{"loss": "wasserstein"}, {"latent_dim": 2}])
def test_what_is_left_out_of_a_recording_is_not_drawn_and_the_reason_stands_below(open_page, more):
    game = Training(Recipe(G=(8,), D=(8,), m=16).but(**more), "cpu")
    page = open_page(Player(record(game, 4)).html())
    page.keyboard.press("Tab")
    page.locator(".gan-lab-picture").focus()
    page.keyboard.press("End")
    said = page.locator(".gan-lab-says").text_content()
    assert said.startswith("iteration 4, after G’s step: ") and "V(G,D)" not in said
    assert ("JSD" in said) == ("loss" in more) and "unknown" not in said
    assert "left out" in page.locator(".gan-lab-note").text_content()
    before = ink(page)
    page.keyboard.press("Home")
    page.wait_for_timeout(200)
    assert ink(page) != before


def test_in_the_plane_a_reader_ticks_layers_and_charts(open_page):
    page = open_page(Player(plane_by_hand()).html())
    says, canvas = page.locator(".gan-lab-says"), page.locator(".gan-lab-picture canvas")
    page.locator(".gan-lab-picture").press("End")
    assert "iteration 3, after G’s step: JSD 0.13" in " ".join(says.text_content().split())
    before = canvas.evaluate("canvas => canvas.toDataURL()")
    for name in ("where G’s loss pulls them", "the grid of z under G", "Divergence"):
        page.get_by_label(name).check()
    page.get_by_label("Map", exact=True).select_option("both")
    page.wait_for_function(
        "before => document.querySelector('.gan-lab-picture canvas').toDataURL() !== before",
        arg=before,
    )
    assert page.locator(".gan-lab-charts canvas").count() == 3
    label = canvas.get_attribute("aria-label")
    assert "maps of D and of D*" in label and "arrows down the slope" in label
    page.get_by_role("button", name="One frame back").click()
    assert "iteration 2, after D’s step" in says.text_content()
    page.locator(".gan-lab-picture").press("Home")
    page.keyboard.press("s")
    assert page.locator("[aria-live]").text_content().startswith("iteration 0, before training")
    assert "Missing modes: (2.00, 1.00)" in canvas.get_attribute("aria-label")
