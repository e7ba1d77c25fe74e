"""The lessons, given: each step of their lists is opened, done and looked at."""

import re
from pathlib import Path

import lessons
import pytest
import teaching

SPANS = {
    "lesson-45": (0, 45),
    "lesson-90": (45, 90),
    "lecture-1": (0, 90),
    "lecture-2": (0, 90),
    "lecture-3": (0, 90),
    "lecture-4": (0, 90),
}
LESSONS = lessons.lessons()
STEPS = [(label, i) for label in LESSONS for i in range(len(LESSONS[label]))]
TIMED = [(label, i) for label, i in STEPS if label.startswith("lesson")]
TABLE = Path(__file__).parents[2] / "benchmarks" / "lessons.md"
ROW = re.compile(r"^\| ([\w-]+) \| (\d+) \| [\d.]+ to [\d.]+ \| [\d.]+ to [\d.]+ \| (.+) \|$", re.M)


@pytest.mark.parametrize("label", SPANS)
def test_a_lesson_has_no_gap_and_takes_its_time(label):
    found = LESSONS[label]
    assert (found[0].begin, found[-1].end) == SPANS[label]
    assert all(one.end == two.begin for one, two in zip(found[:-1], found[1:], strict=True))


def test_there_are_no_other_lessons_and_all_links_lead_somewhere():
    assert list(LESSONS) == list(SPANS)
    assert teaching.lost(teaching.page("teachers")) == []


def test_a_link_that_leads_nowhere_is_found():
    assert teaching.lost("{ref}`no-such-place`, {sheet}`no_chapter`") == [
        "no-such-place",
        "no_chapter",
    ]
    assert teaching.lost('<a href="lab.html#no-such-experiment">x</a>') == [
        "lab.html#no-such-experiment"
    ]


@pytest.mark.parametrize(("label", "i"), STEPS)
def test_a_step_says_what_to_do_and_what_is_seen(label, i):
    timed = (label, i) in TIMED
    step = LESSONS[label][i]
    assert list(step.parts) == (["Ask", "Do", "See", "Say"] if timed else ["Do", "See"])
    assert bool(step.told) == timed and (step.seen or not timed)


def test_the_seconds_are_those_that_were_measured():
    measured = {
        (label, int(step) - 1): words for label, step, words in ROW.findall(TABLE.read_text())
    }
    assert measured == {key: LESSONS[key[0]][key[1]].told for key in TIMED}


@pytest.mark.browser
@pytest.mark.parametrize(("label", "i"), STEPS)
def test_a_step_shows_what_the_script_says(visit, label, i):
    step, page = LESSONS[label][i], visit("teachers")
    page.set_viewport_size(lessons.WINDOW)
    lessons.open_step(page, label, i)
    if not step.seen:
        anchor = page.url.partition("#")[2]
        page.locator(f"[id='{anchor}']").first.wait_for(state="attached")
        return
    figure = lessons.figure_at(page)
    lessons.do(figure, step.parts["Do"])
    lessons.see(figure, step)
    canvas = figure.locator("canvas")
    assert canvas.count() == 0 or canvas.first.bounding_box()["height"] < 800
