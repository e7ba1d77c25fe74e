"""The lesson of 45 minutes, given: each step of its table is opened, done and looked at."""

import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parents[2] / "book" / "teachers.md").read_text(encoding="utf-8")
STEPS = re.findall(r"^\| (\d+) to (\d+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", PAGE, re.M)


def test_the_lesson_has_no_gap_and_takes_45_minutes():
    ends = [(int(begin), int(end)) for begin, end, *_ in STEPS]
    assert ends[0][0] == 0 and ends[-1][1] == 45
    assert all(end == begin for (_, end), (begin, _) in zip(ends[:-1], ends[1:], strict=True))


def figure_at(page):
    """What the link led to: the lab, or the first figure of the section."""
    anchor = page.url.partition("#")[2]
    if anchor.startswith("lab="):
        figure = page.locator(".gan-lab-lab").first
    else:
        section = f"section#{anchor}, section:has(> #{anchor})"
        figure = page.locator(section).last.locator("figure.gan-lab").first
    figure.scroll_into_view_if_needed()
    figure.locator(".gan-lab-says").first.wait_for()
    return figure


def do(figure, words):
    """What stands in the column `then`: names of buttons in bold, of sliders as code."""
    for label, value in re.findall(r"`(.+?)` to ([\d.]+)", words):
        figure.get_by_label(label, exact=True).first.fill(value)
    for name in re.findall(r"\*\*(.+?)\*\*", words):
        figure.get_by_role("button", name=name, exact=True).click()


@pytest.mark.browser
@pytest.mark.parametrize("step", range(len(STEPS)))
def test_a_step_shows_what_the_script_says(visit, step):
    _, _, _, _, then, see = STEPS[step]
    page = visit("teachers")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("table").first.locator("tbody tr").nth(step).locator("a").first.click()
    figure = figure_at(page)
    do(figure, then)
    said = re.search("“(.+?)”", see)[1].replace("\\*", "*")
    figure.locator(".gan-lab-says", has_text=said).first.wait_for()
    box = figure.locator("canvas").first.bounding_box()
    assert box["height"] < 800
