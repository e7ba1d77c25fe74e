"""How long the steps of the lessons take on a weak laptop, in Chromium that is slowed down.

    python benchmarks/lessons.py [rounds] [folder of the built book]

Does each step of `book/teachers.md` as its test does, in a window of 1280 by 800, with the page
held back to a quarter of its speed (Chromium's own `Emulation.setCPUThrottlingRate`). That holds
back what draws and answers; what trains in a worker runs at the machine's speed. Writes
`lessons.md`, from which the page has its words. `make book` first.
"""

import os
import sys
import time
from pathlib import Path

from in_notebook import executable
from machine import machine
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "book"))
import lessons  # noqa: E402

SITE = HERE.parent / "_build" / "html"
TIMED = ("lesson-45", "lesson-90")
SLOWER = 4
ROUND = (1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180)


def measured(browser, site: Path, label: str, step: int) -> tuple[float, float]:
    """Seconds until what is opened is there, and from the last click to what is to be seen."""
    context = browser.new_context(offline=True, viewport=lessons.WINDOW)
    page = context.new_page()
    page.goto((site / "book" / "teachers.html").as_uri())
    held_back = {"rate": SLOWER}
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", held_back)
    asked = lessons.lessons()[label][step]
    start = time.perf_counter()
    lessons.open_step(page, label, step)
    figure = lessons.figure_at(page)
    opened = time.perf_counter()
    lessons.do(figure, asked.parts["Do"])
    lessons.see(figure, asked)
    seen = time.perf_counter()
    context.close()
    return opened - start, seen - opened


def in_words(seconds: list[float]) -> str:
    """A rounded range that holds all that was measured."""
    if max(seconds) < ROUND[0]:
        return "at once"
    low = max((edge for edge in ROUND if edge <= min(seconds)), default=0)
    high = min(edge for edge in ROUND if edge >= max(seconds))
    return f"about {low} to {high} s" if low else f"up to {high} s"


def main(rounds: int = 3, site: Path = SITE) -> None:
    """Measure, print the table and write it down."""
    if not (site / "book" / "teachers.html").exists():
        raise SystemExit("This benchmark needs the built book: make book.")
    found = {(label, i): [] for label in TIMED for i in range(len(lessons.lessons()[label]))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        for _ in range(rounds):
            for key, rows in found.items():
                rows.append(measured(browser, site, *key))
        version = browser.version
        browser.close()
    lines = [
        "# The steps of the lessons",
        "",
        f"`python benchmarks/lessons.py`, {rounds} rounds: headless Chromium {version} that draws "
        f"in software, its page held back to 1/{SLOWER}, load {os.getloadavg()[0]:.1f} at the end. "
        f"{machine()}",
        "",
        "| lesson | step | to open, s | to see, s | in words |",
        "| --- | ---: | ---: | ---: | --- |",
        *(row(*key, rows) for key, rows in found.items()),
    ]
    text = "\n".join([*lines, ""])
    print(text)
    Path(__file__).with_suffix(".md").write_text(text)


def row(label: str, step: int, rows: list[tuple[float, float]]) -> str:
    opened, seen = zip(*rows, strict=True)
    spans = (f"{min(part):.1f} to {max(part):.1f}" for part in (opened, seen))
    return f"| {label} | {step + 1} | {' | '.join(spans)} | {in_words(list(seen))} |"


if __name__ == "__main__":
    given = sys.argv[1:]
    main(*map(int, given[:1]), *map(Path, given[1:]))
