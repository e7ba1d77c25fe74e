"""Every page can be read, on a desk and on a phone, without a network: nothing is cut off.

Each page is opened once at either width, for opening is what takes time.
"""

import io
import math
import re

import pytest
from PIL import Image
from test_pages import MATHS_SETTLED, NAMES, SIDEWAYS

OPEN_ALL = "document.querySelectorAll('details').forEach(node => node.open = true)"
SMALLEST = 9  # px of type, on a phone

RAW_MATHS = """() => [...document.querySelectorAll('.math')]
    .filter(node => !node.querySelector('mjx-container')).map(node => node.textContent)"""
BROKEN_MATHS = "[...document.querySelectorAll('mjx-merror')].map(node => node.title)"

# What is wider than its box, without the shadow or the fading edge that say: there is more.
CUT = """() => [...document.querySelectorAll('article *')]
    .filter(el => el.checkVisibility() && el.clientWidth && el.scrollWidth > el.clientWidth + 1)
    .filter(el => !el.closest('mjx-container *, span.math, .gan-lab'))
    .filter(el => getComputedStyle(el).overflowX !== 'visible')
    .filter(el => !getComputedStyle(el).backgroundAttachment.includes('local'))
    .filter(el => parseFloat(getComputedStyle(el).getPropertyValue('--from-right')) === 0)
    .map(el => `${el.tagName}.${el.className}: ${el.textContent.trim().slice(0, 60)}`)"""
CUT_FORMULAS = """() => [...document.querySelectorAll('article span.math')]
    .filter(el => el.checkVisibility() && el.querySelector('mjx-math'))
    .filter(el => el.querySelector('mjx-math').getBoundingClientRect().right
                  > el.getBoundingClientRect().right + 1)
    .filter(el => parseFloat(getComputedStyle(el).getPropertyValue('--from-right')) === 0)
    .map(el => el.textContent.slice(0, 60))"""
SCROLLED_OUTPUTS = """() => [...document.querySelectorAll('div.cell_output pre')]
    .filter(el => el.scrollWidth > el.clientWidth + 1).map(el => el.textContent)"""
# Marks that follow a formula and stand in the next line.
LEFT_ALONE = """() => [...document.querySelectorAll('article span.math')]
    .filter(el => el.checkVisibility() && /^[^\\s\\w(]/.test(el.nextSibling?.data ?? ''))
    .filter(el => {
      const mark = document.createRange();
      mark.setStart(el.nextSibling, 0);
      mark.setEnd(el.nextSibling, 1);
      return mark.getBoundingClientRect().left < el.getBoundingClientRect().left;
    }).map(el => el.textContent + el.nextSibling.data.slice(0, 20))"""
FIGURES = "div.cell_output img"


def opened(visit, name, width, **options):
    page = visit(name, width=width, **options)
    page.evaluate(MATHS_SETTLED)
    page.evaluate(OPEN_ALL)
    return page


def assert_whole(page):
    """No end is hidden, and no mark that follows a formula begins a line."""
    for lost in (CUT, CUT_FORMULAS, SCROLLED_OUTPUTS, LEFT_ALONE):
        assert page.evaluate(lost) == []


@pytest.mark.parametrize("name", NAMES)
def test_page_on_a_desk(visit, name):
    """Read to its end, it asks nothing of a network and throws nothing: `open_file` listens."""
    page = opened(visit, name, 1280)
    assert page.evaluate(RAW_MATHS) == []
    assert page.evaluate(BROKEN_MATHS) == []
    assert_whole(page)
    page.mouse.wheel(0, 20_000)
    page.wait_for_timeout(300)


@pytest.mark.parametrize("name", NAMES)
def test_page_on_a_phone(visit, site, name):
    page = visit(name, width=390)
    page.evaluate(MATHS_SETTLED)
    assert page.evaluate(SIDEWAYS) <= 0
    page.evaluate(OPEN_ALL)
    assert page.evaluate(SIDEWAYS) <= 0
    assert_whole(page)
    for figure in page.locator(FIGURES).all():
        drawing = (site / "book" / figure.get_attribute("src")).read_text(encoding="utf-8")
        assert smallest_letters(drawing, figure.bounding_box()["width"]) >= SMALLEST - 0.1


def smallest_letters(drawing: str, width: float) -> float:
    """In px, in a figure of that width: matplotlib draws letters of 100 units, scaled to points.

    A figure of pictures alone has no letters.
    """
    points = [100 * float(scale) for scale in re.findall(r"\) scale\((\S+) -\S+\)", drawing)]
    wide = float(re.search(r'<svg [^>]*viewBox="0 0 (\S+) ', drawing)[1])
    return min(points, default=math.inf) * width / wide


def test_what_is_cut_off_would_be_found(visit):
    """A hidden end, a bar without a shadow, a wide formula, and a comma in the next line."""
    page = opened(visit, "figure_1", 390)
    page.add_style_tag(
        content="""
        div.highlight pre { background: none !important; }
        div.cell_output pre { white-space: pre !important; }
        .unbroken { white-space: normal !important; }"""
    )
    assert page.evaluate(CUT) and page.evaluate(SCROLLED_OUTPUTS)
    lost = [opened(visit, "figure_1", width) for width in (390, 380, 370, 360, 350, 340)]
    for one in lost:
        one.add_style_tag(content=".unbroken { white-space: normal !important; }")
    assert any(one.evaluate(LEFT_ALONE) for one in lost)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_figure_stands_on_the_ground_of_the_page(visit, dark):
    page = opened(visit, "figure_1", 1280, dark=dark)
    figure = page.locator(FIGURES).last
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    wanted = tuple(map(int, re.findall(r"\d+", ground)[:3]))
    shown = Image.open(io.BytesIO(figure.screenshot())).convert("RGB")
    at_the_edge = shown.getpixel((1, shown.height // 2))
    assert max(abs(a - b) for a, b in zip(at_the_edge, wanted, strict=True)) <= 2
    levels = shown.convert("L").getextrema()
    assert levels[1] - levels[0] > 150  # and its words stand out
