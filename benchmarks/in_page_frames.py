"""How many pictures a second the lab in a page draws while it trains, in Chromium.

    python benchmarks/in_page_frames.py [rounds]

Opens the built page from the disk, trains each of its two labs for some seconds, and reads what
the browser counts: its own frames (60 a second where nothing is late), new pictures of the game,
and iterations. Writes `in_page_frames.md`. `make book` first.
"""

import os
import sys
from pathlib import Path
from statistics import median

from in_notebook import executable
from machine import machine
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "_build" / "html" / "book" / "lab.html"
SECONDS = 5
LABS = ("on the line", "in the plane")

# Counts within the page, for so many milliseconds: frames of the browser, changes of the sentence
# (which names the iteration of the picture), and the iterations between the first and the last.
COUNT = """([which, span]) => new Promise((done) => {
  const says = document.querySelectorAll(".gan-lab-lab")[which].querySelector(".gan-lab-says");
  const t = () => Number(says.textContent.match(/iteration ([0-9]+)/)?.[1] ?? 0);
  const start = performance.now(), first = t();
  let frames = 0, pictures = 0, last = first;
  const look = (now) => {
    frames++;
    if (t() !== last) pictures++;
    last = t();
    const spent = (now - start) / 1000;
    if (1000 * spent < span) return requestAnimationFrame(look);
    const iterations = (last - first) / spent;
    done({ frames: frames / spent, pictures: pictures / spent, iterations });
  };
  requestAnimationFrame(look);
})"""


def measured(page, which: int) -> dict:
    """One lab's figures, a few seconds after its start."""
    page.locator("figure[data-gan-lab=lab]").nth(which).scroll_into_view_if_needed()
    lab = page.locator(".gan-lab-lab").nth(which)  # made when it comes into sight
    lab.locator(".gan-lab-says", has_text="iteration").wait_for()
    lab.get_by_role("button", name="Train", exact=True).click()
    page.wait_for_timeout(2000)
    found = page.evaluate(COUNT, [which, 1000 * SECONDS])
    lab.get_by_role("button", name="Pause", exact=True).click()
    return found


def main(rounds: int = 5) -> None:
    """Measure, print the table and write it down."""
    if not PAGE.exists():
        raise SystemExit("This benchmark needs the built book: make book.")
    found = {which: [] for which in range(len(LABS))}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        for _ in range(rounds):
            for which, rows in found.items():
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.goto(PAGE.as_uri())
                rows.append(measured(page, which))
                page.close()
        version = browser.version
        browser.close()
    lines = [
        "# Pictures in the page",
        "",
        f"`python benchmarks/in_page_frames.py`, medians of {rounds} rounds of {SECONDS} seconds: "
        f"headless Chromium {version} that draws in software, load {os.getloadavg()[0]:.1f} at "
        f"the end. {machine()}",
        "",
        "| lab | frames of the browser a second | new pictures a second | iterations a second |",
        "| --- | ---: | ---: | ---: |",
    ]
    for name, rows in zip(LABS, found.values(), strict=True):
        parts = (median(row[what] for row in rows) for what in ("frames", "pictures", "iterations"))
        lines.append(f"| {name} | " + " | ".join(f"{part:.0f}" for part in parts) + " |")
    text = "\n".join([*lines, ""])
    print(text)
    Path(__file__).with_suffix(".md").write_text(text)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
