"""The steps of the lessons in `book/teachers.md`: read from the page, and done in a browser.

A step is an item of a numbered list, in bold its minutes and the link to what is opened; below it
what to ask, to do, to see and to say. What is done: buttons in bold, sliders as code, by the words
that stand beside them on the page. What is seen: the page's own words in quotes.
"""

import re
from pathlib import Path
from typing import NamedTuple

BOOK = Path(__file__).parents[2] / "book"
SAYS = ".gan-lab-says, .gan-lab-verdict"
HEAD = re.compile(r"^\d+\. \*\*(\d+) to (\d+) min: (.+)\*\*$", re.M)
PART = re.compile(r"^   - \*(Ask|Do|See|Say):\* (.+(?:\n     .+)*)", re.M)
ASKING = "[data-gan-lab-prediction], [data-gan-lab-exercise]"
SLOWEST = 180_000  # ms, on a busy machine
WINDOW = {"width": 1280, "height": 800}


class Step(NamedTuple):
    """A step of a lesson: when it begins and ends, what is opened, and the words of each part."""

    begin: int
    end: int
    link: str
    parts: dict[str, str]

    @property
    def seen(self) -> list[str]:
        return [words.replace("\\*", "*") for words in re.findall("“(.+?)”", self.parts["See"])]

    @property
    def told(self) -> str:
        """How long it takes, as the page says it: in brackets at the end of what to do."""
        found = re.search(r"\(([^()]*)\)$", self.parts["Do"])
        return found[1] if found else ""


def lessons(page: str = "teachers") -> dict[str, list[Step]]:
    """The steps of each lesson, by the label of its section."""
    text = (BOOK / f"{page}.md").read_text(encoding="utf-8")
    parts = re.split(r"^\(([\w-]+)\)=\n##+ .+$", text, flags=re.M)
    found = {label: steps(words) for label, words in zip(parts[1::2], parts[2::2], strict=True)}
    return {label: of_lesson for label, of_lesson in found.items() if of_lesson}


def steps(text: str) -> list[Step]:
    pieces = HEAD.split(text)[1:]
    heads = zip(*(pieces[i::4] for i in range(4)), strict=True)
    return [Step(int(begin), int(end), link, said(below)) for begin, end, link, below in heads]


def said(below: str) -> dict[str, str]:
    return {kind: " ".join(words.split()) for kind, words in PART.findall(below)}


def open_step(page, label: str, step: int) -> None:
    """Follow the step's link on the page of the lessons."""
    section = f"section#{label}, section:has(> #{label})"
    page.locator(section).last.locator(":scope > ol > li").nth(step).locator("a").first.click()


def figure_at(page):
    """What the link led to: the lab, or the section's figure: one to move, if there is one."""
    page.wait_for_load_state()
    anchor = page.url.partition("#")[2]
    if anchor.startswith("lab="):
        labs = page.locator(".gan-lab-lab")
        labs.first.wait_for()
        figure = labs.last if anchor.startswith("lab=ring") else labs.first
    else:
        section = f"section#{anchor}, section:has(> #{anchor})"
        found = page.locator(section).last.locator("figure.gan-lab")
        moved = page.locator(section).last.locator(f"figure.gan-lab:not({ASKING})")
        figure = moved.first if moved.count() else found.first
    figure.scroll_into_view_if_needed()
    figure.locator("button").first.wait_for()
    return figure


def slider(figure, name: str):
    """The slider beside which a name is read; of those that are drawn the one so called."""
    words = re.compile(rf"^{re.escape(name.replace('_', ''))}$")
    beside = figure.page.locator("label", has_text=words)
    rows = figure.locator(".gan-lab-knob:visible", has=beside)
    return rows.locator("input").or_(figure.get_by_label(name, exact=True)).first


def do(figure, words: str) -> None:
    """What stands under *Do*: buttons in bold, sliders as code, answers after *Choose*."""
    for label, value in re.findall(r"`([^`]+)` to (−?[\d.]+)", words):
        slider(figure, label).fill(value.replace("−", "-"))
    if "the slider below it to its end" in words:
        figure.locator(".gan-lab-scrub input").first.press("End")
    for answer in re.findall(r"\*Choose\* “(.+?)”", words):
        figure.get_by_label(answer, exact=True).first.check()
    for name in re.findall(r"\*\*(.+?)\*\*", words):
        shown = figure.locator("button", has_text=re.compile(rf"^\s*{re.escape(name)}\s*$"))
        figure.get_by_role("button", name=name, exact=True).or_(shown).first.click()


def see(figure, step: Step) -> None:
    """Wait until all that the script quotes is there."""
    for words in step.seen:
        figure.locator(SAYS, has_text=words).first.wait_for(timeout=SLOWEST)
