"""`page.html?present`: one figure alone in the window, in big type, driven by keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_page import LINE, PLANE
from made_by_hand import pictures_by_hand

import gan_lab as gl
from gan_lab.training.loop import Training
from gan_lab.widgets import Player, explore, lab, one_file
from gan_lab.widgets.bundle import classic

SHOWN = ".gan-lab-presented"
WINDOWS = [(1280, 800), (1920, 1080), (390, 844)]
SECTION = '<section id="s{0}"><h2>Figure {0}</h2><p>Prose.</p>{1}</section>'
PAGE = """<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8"><title>b</title>
<meta name="viewport" content="width=device-width"><script src="gan_lab.js"></script>
<body style="margin: 0; background: white"><header>Header</header><main><h1>A chapter</h1>{}</main>
<footer>Footer</footer></body></html>"""
MEASURED = """() => {
  const figure = document.querySelector(".gan-lab-presented");
  const { width, height } = figure.getBoundingClientRect();
  const seen = (el) => el.checkVisibility() && !figure.contains(el) && !el.contains(figure);
  const canvas = figure.querySelector("canvas:not([hidden])");
  return {
    fills: [Math.round(width), Math.round(height)],
    larger: width / figure.offsetWidth,
    over: figure.scrollHeight - figure.clientHeight,
    wide: figure.scrollWidth - figure.clientWidth,
    fine: canvas.width / canvas.getBoundingClientRect().width,
    low: [...figure.querySelectorAll(".gan-lab-charts canvas:not([hidden])")].filter(
      ({ offsetHeight }) => innerWidth > innerHeight && offsetHeight < 165).length,
    around: [...document.body.querySelectorAll("*")].filter(seen).length,
  };
}"""


@pytest.fixture(scope="module")
def figures():
    recording = gl.record(Training(LINE, device="cpu"), 30, frames=60)
    return [
        Player(recording),
        Player(pictures_by_hand(n=30), autoplay=True, caption="Digits"),
        explore.you_are_g(),
        explore.pair(),
        lab(LINE),
        lab(PLANE),
    ]


@pytest.fixture
def open_page(open_file, tmp_path, monkeypatch, figures):
    """A page with all the figures, each in its section, at an address."""
    monkeypatch.setenv("GAN_LAB_STATIC", "1")

    def opened(address, width=1280, height=800):
        held = [figure._repr_mimebundle_()["text/html"] for figure in figures]
        text = PAGE.format("".join(SECTION.format(*pair) for pair in enumerate(held)))
        (tmp_path / "gan_lab.js").write_text(classic())
        (tmp_path / "page.html").write_text(text, encoding="utf-8")
        page = open_file(tmp_path / "page.html", viewport={"width": width, "height": height})
        page.goto((tmp_path / "page.html").as_uri() + address)
        return page

    return opened


def section(page):
    """The section whose figure is shown, when it has come to rest there."""
    page.locator(f"{SHOWN} canvas").first.wait_for()
    page.wait_for_timeout(400)
    return page.locator(f"section:has({SHOWN})").get_attribute("id")


def axe(page):
    return Axe().run(page).response["violations"]


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_every_figure_fills_the_window_alone_in_larger_type(open_page, width, height):
    page = open_page("?present", width, height)
    for number in range(6):
        assert section(page) == f"s{number}"
        page.wait_for_timeout(800)
        found = page.evaluate(MEASURED)
        assert found["fills"] == [width, height] and found["around"] == 0, found
        assert found["over"] <= (20 if width == 390 else 4), (number, found)
        assert found["wide"] <= 1, (number, found)
        assert found["larger"] >= (1.0 if width == 390 else 1.3 * height / 800), (number, found)
        assert found["fine"] > 0.95, found  # as sharp as it is large
        assert not found["low"], found  # beside a picture charts have room for their words
        assert not axe(page)
        page.keyboard.press("PageDown")


def test_keys_reach_the_picture_without_a_click_and_lead_on_and_out(open_page):
    page = open_page("?present&other=words")
    assert section(page) == "s0"
    says = page.locator(f"{SHOWN} .gan-lab-says")
    page.keyboard.press("ArrowRight")
    says.get_by_text("after D’s step").wait_for()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    says.get_by_text("iteration 30").wait_for()
    page.keyboard.press("Space")
    page.locator(f"{SHOWN} button[aria-label=Pause]").wait_for()
    for key, wanted in (("n", "s1"), ("n", "s2"), ("PageUp", "s1"), ("p", "s0"), ("p", "s0")):
        page.keyboard.press(key)
        assert section(page) == wanted
    assert page.locator(f"{SHOWN} button[aria-label=Play]").count()  # who goes on has paused it
    line = page.locator(".gan-lab-keys")
    assert "n p next and previous figure (1 of 6)" in line.text_content()
    page.keyboard.press("h")
    assert line.is_hidden()
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert section(page) == "s2"
    before = page.locator(f"{SHOWN} .gan-lab-says").text_content()
    page.keyboard.press("ArrowLeft")  # the first sample
    assert page.locator(f"{SHOWN} .gan-lab-says").text_content() != before
    page.keyboard.press("Escape")
    page.locator("main > h1").wait_for()
    assert not page.locator(SHOWN).count() and page.locator(".gan-lab-keys").count() == 0
    held = "document.activeElement.closest('section').id"
    assert page.evaluate(held) == "s2" and page.locator("#s2 canvas").first.is_visible()
    assert page.evaluate("document.body.style.cssText.includes('--gl-')") is False


def test_a_hand_moves_what_lies_under_it(open_page):
    page = open_page("?present#s2")
    assert section(page) == "s2"
    first = page.locator(f"{SHOWN} .gan-lab-handle").first
    box, value = first.bounding_box(), float(first.input_value())
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    larger = page.evaluate(MEASURED)["larger"]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100 * larger, y)
    page.mouse.up()
    after = first.bounding_box()
    assert after["x"] + after["width"] / 2 == pytest.approx(x - 100 * larger, abs=4 * larger)
    assert float(first.input_value()) < value


def test_the_link_that_share_gives_shows_this_very_figure(open_page):
    page = open_page("")
    page.locator("#s3 canvas").first.scroll_into_view_if_needed()
    page.locator("#s3").get_by_role("button", name="Share").click()
    page.locator("#s3").get_by_role("button", name="Present", exact=True).click()
    assert section(page) == "s3"
    page.keyboard.press("Escape")
    link = page.locator("#s3 textarea").input_value()
    assert link.endswith("page.html?present#s3")
    page.goto(link)
    assert section(page) == "s3"
    page.keyboard.press("n")
    assert section(page) == "s4"
    page.locator(f"{SHOWN} .gan-lab-says", has_text="iteration").wait_for()
    page.keyboard.press("b")
    page.locator(f"{SHOWN} .gan-lab-says", has_text="iteration 1,").wait_for()
    page.keyboard.press("Escape")
    page.locator("#s4").get_by_role("button", name="Share").click()
    page.locator("#s4").get_by_role("button", name="Present", exact=True).click()
    link = page.locator("#s4 textarea").first.input_value()
    assert "page.html?present#lab=" in link and "t=1" in link
    page.goto(link)
    page.reload()
    assert section(page) == "s4"
    page.locator(f"{SHOWN} .gan-lab-says", has_text="iteration 1,").wait_for()
    for address, wanted in (("?present=2#s1", "s2"), ("?present=x#nowhere", "s0"), ("?x", None)):
        page.goto(page.url.split("?")[0] + address)
        page.reload()
        assert not wanted or section(page) == wanted
    assert not page.locator(SHOWN).count()


def test_one_file_is_presented_too(open_file, tmp_path):
    (tmp_path / "lab.html").write_text(one_file(lab(LINE)), encoding="utf-8")
    page = open_file(tmp_path / "lab.html")
    page.goto((tmp_path / "lab.html").as_uri() + "?present")
    page.locator(f"{SHOWN} .gan-lab-says", has_text="iteration 0,").wait_for()
    page.wait_for_timeout(400)
    page.keyboard.press("Space")
    page.locator(f"{SHOWN} .gan-lab-says", has_text="iteration 1").wait_for()
    assert page.locator("main > h1").is_hidden() and page.locator(".gan-lab-controls").is_hidden()
    page.keyboard.press("Escape")
    assert page.locator("main > h1").is_visible()
