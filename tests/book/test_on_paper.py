"""Every page where nothing moves: in print and without JavaScript each figure has its picture.

On paper the answers stay closed, those of exercises and of experiments, and the proofs are open.
"""

import pytest
from test_pages import NAMES

# A picture of a figure that can be seen: drawn, and of some size. Questions have words alone.
PICTURES = """() => {
  const drawn = picture => {
    if (picture.tagName !== 'CANVAS') return true;
    const { data } = picture.getContext('2d').getImageData(0, 0, picture.width, picture.height);
    return data.some(v => v > 0);
  };
  const seen = picture => {
    const { width, height } = picture.getBoundingClientRect();
    return width > 250 && height > 90 && drawn(picture);
  };
  const figures = 'figure.gan-lab:not([data-gan-lab-prediction], [data-gan-lab-exercise])';
  return [...document.querySelectorAll(figures)].map(figure =>
    [figure.outerHTML.slice(0, 90), [...figure.querySelectorAll('svg, img, canvas')].some(seen)]);
}"""
FADING = """() => {
  dispatchEvent(new Event('beforeprint'));
  const inTime = fade => fade instanceof CSSAnimation && fade.timeline === document.timeline;
  return document.getAnimations().filter(inTime).length;
}"""
PAPER = 718  # pixels between the margins of A4
CUT = """() => {
  const cut = box => box.checkVisibility() && box.scrollWidth > box.clientWidth + 2;
  const boxes = document.querySelectorAll('.bd-article :is(pre, .output:has(table))');
  return [...boxes].filter(cut).map(box => box.textContent.trim().slice(0, 60));
}"""
FOLDS = ".bd-article details:not(.gan-answer, .solution details, figure details)"


def without_a_picture(page):
    return [figure for figure, seen in page.evaluate(PICTURES) if not seen]


@pytest.mark.parametrize("name", NAMES)
def test_without_javascript_every_figure_has_its_picture(visit, name):
    assert without_a_picture(visit(name, java_script_enabled=False)) == []


@pytest.mark.parametrize("name", NAMES)
def test_on_paper_every_figure_has_its_picture_and_answers_are_closed(visit, name):
    page = visit(name)
    page.emulate_media(media="print")
    assert page.evaluate(FADING) == 0  # what fades in is printed blank
    page.wait_for_timeout(200)
    assert without_a_picture(page) == []
    solutions = page.locator("div.solution")
    for solution in solutions.all():
        assert "toggle-hidden" in solution.get_attribute("class")
        assert not solution.locator("section").first.is_visible()
    assert page.locator(".gan-answer[open], figure details[open]:not(.gan-lab-lab *)").count() == 0
    assert page.locator(f"{FOLDS}:not([open])").count() == 0
    assert page.locator(".gan-lab button:visible:not(.gan-lab-cell)").count() == 0
    page.set_viewport_size({"width": PAPER, "height": 1000})
    assert page.evaluate(CUT) == []


def test_the_checks_would_find_it(visit):
    page = visit("figure_1", java_script_enabled=False)
    page.evaluate("document.querySelectorAll('figure.gan-lab svg').forEach(svg => svg.remove())")
    assert len(without_a_picture(page)) == 1
