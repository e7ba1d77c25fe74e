"""How smooth and how fast a game in a notebook is: frames drawn a second, and the training's share.

    python benchmarks/in_notebook.py [rounds]

A real JupyterLab in Chromium, its kernel and its server all on this machine. In each round the
recipe is first trained bare, by `Training.play` in a cell of that kernel, and then played in the
lab; the share is that of the bare speeds before and after, and medians of the rounds count. While
it is played nothing watches from outside: the page itself notes when its picture changed. Writes
`in_notebook.md`.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from machine import machine

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests" / "widgets"))
from in_jupyter import free_port, jupyter, notebook, open_notebook, result, run  # noqa: E402

GOALS = (25, 0.85)
WARM, SECONDS = 5, 6  # of play before it counts, and that count
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update --window-size=1300,1000"
).split()
GAMES = {
    "Recipe()": "Recipe()",
    "the lab's ring": (
        "Recipe(data=ring(8, 1.0, 0.05), latent_dim=2, G=(32, 32), D=(32, 32), m=64, k=1, "
        "gain=1.0, lr_D=4e-3, lr_G=2e-3, beta1=0.5, beta2=0.99, iterations=4000)"
    ),
}
WORDS = {
    "Recipe()": "On the line: G and D 1-48-48-1, R1 and R2, Adam, m 256, k 4",
    "the lab's ring": "In the plane: a ring of eight spots, G and D 2-32-32, Adam, m 64, k 1",
}

CELL = """
import time, torch
from gan_lab.datasets import ring
from gan_lab.training.recipe import Recipe
from gan_lab.training.loop import Training
from gan_lab.widgets import lab

torch.set_num_threads(1)
recipe = {recipe}
shown = lab(recipe, device="cpu")
answer, held = shown.session.answer, []

def timed(request):
    start = time.perf_counter()
    reply = answer(request)
    if request["do"] == "train":
        held.append(1e3 * (time.perf_counter() - start))
    return reply

shown.session.answer = timed

def bare(seconds=3.0):
    game = Training(recipe, device="cpu")
    for _ in game.play(20):
        pass
    start, before = time.perf_counter(), game.t
    for _ in game.play(10**9):
        if time.perf_counter() - start >= seconds:
            return (game.t - before) / (time.perf_counter() - start)

shown
"""
HELD = "held.sort(); said = held[len(held) // 2], held[int(0.95 * len(held))]; held.clear(); said"

# Plays, and notes in `window.seen` when the iteration in the sentence under the picture changed.
WATCH = """([warm, seconds]) => {
  const said = document.querySelector(".gan-lab-says");
  const button = document.querySelector(".gan-lab-whole .gan-lab-play");
  window.seen = null;
  const seen = [];
  const note = () => requestAnimationFrame((now) => {
    const t = Number(/iteration (\\d+)/i.exec(said.textContent)?.[1]);
    if (t !== seen.at(-1)?.[1]) seen.push([now, t]);
  });
  const watcher = new MutationObserver(note);
  setTimeout(() => button.click(), 300);
  setTimeout(() => watcher.observe(said, { childList: true }), 1000 * warm);
  setTimeout(() => {
    watcher.disconnect();
    button.click();
    window.seen = seen;
  }, 1000 * (warm + seconds));
}"""


def executable() -> str:
    """Chromium's."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise SystemExit("This benchmark needs Chromium on the PATH, or in CHROMIUM.")
    return found


@contextlib.contextmanager
def chromium(folder: Path):
    """A Chromium that can be left alone: its address for those who look in."""
    port = free_port()
    flags = [*FLAGS, f"--remote-debugging-port={port}", f"--user-data-dir={folder / 'profile'}"]
    with open(folder / "chromium.log", "wb") as log:
        process = subprocess.Popen([executable(), *flags, "about:blank"], stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def looking(playwright, address: str):
    """The page of that Chromium, for a moment: who is attached costs time."""
    for tries in range(40):
        try:
            browser = playwright.chromium.connect_over_cdp(address)
            break
        except Exception:
            if tries == 39:
                raise
            time.sleep(0.25)
    yield browser.contexts[0].pages[0]
    browser.close()


def played(playwright, address: str) -> tuple[float, float]:
    """Frames drawn a second and iterations a second of a game that plays unwatched."""
    with looking(playwright, address) as page:
        page.evaluate(WATCH, [WARM, SECONDS])
    time.sleep(WARM + SECONDS + 0.5)
    with looking(playwright, address) as page:
        page.wait_for_function("window.seen", timeout=60_000)
        page.wait_for_timeout(500)
        seen = page.evaluate("window.seen")
    (begin, first), (end, last) = seen[0], seen[-1]
    return 1e3 * (len(seen) - 1) / (end - begin), 1e3 * (last - first) / (end - begin)


def measured(playwright, name: str, rounds: int) -> list[dict]:
    """What each round found, for one game in a server, a kernel and a browser of its own."""
    with tempfile.TemporaryDirectory() as made:
        folder, found = Path(made), []
        cells = [CELL.format(recipe=GAMES[name]), "bare()", HELD]
        (folder / "game.ipynb").write_text(notebook(cells))
        with jupyter(folder) as url, chromium(folder) as address:
            with looking(playwright, address) as page:
                open_notebook(page, f"{url}/lab/tree/game.ipynb?reset")
                run(page, 0)
                page.wait_for_selector(".gan-lab-whole canvas", timeout=120_000)
                before = float(result(page, 1))
            for _ in range(rounds):
                frames, speed = played(playwright, address)
                with looking(playwright, address) as page:
                    held = [float(word) for word in re.findall(r"[\d.]+", result(page, 2))]
                    after = float(result(page, 1))
                bare = (before + after) / 2
                found.append(
                    {
                        "frames": frames,
                        "bare": bare,
                        "live": speed,
                        "share": speed / bare,
                        "held": held[0],
                        "held_95": held[1],
                        "load": os.getloadavg()[0],
                    }
                )
                print(name, {k: round(v, 2) for k, v in found[-1].items()}, flush=True)
                before = after
        return found


def table(name: str, found: list[dict]) -> list[str]:
    lines = [
        f"## {WORDS[name]}",
        "",
        "| round | frames a second | iterations a second, bare | in the lab | share | an ask holds "
        "the kernel, ms: median, 95 % | load |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    rows = [*enumerate(found, 1), ("**median**", middle(found))]
    for i, row in rows:
        lines.append(
            f"| {i} | {row['frames']:.1f} | {row['bare']:.0f} | {row['live']:.0f} | "
            f"{100 * row['share']:.0f} % | {row['held']:.0f}, {row['held_95']:.0f} | "
            f"{row['load']:.1f} |"
        )
    return [*lines, ""]


def middle(found: list[dict]) -> dict:
    return {name: median(row[name] for row in found) for name in found[0]}


def main(rounds: int = 7, *names: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = {name: measured(playwright, name, rounds) for name in names or GAMES}
    lines = [
        "# The lab in a notebook",
        "",
        f"`python benchmarks/in_notebook.py`, {rounds} rounds: torch on one thread, headless "
        f"Chromium that draws in software. {machine('jupyterlab', 'ipykernel')}",
        "",
        f"The goal: {GOALS[0]} frames a second at {100 * GOALS[1]:.0f} % of the bare speed.",
        "",
        *(line for name, rows in found.items() for line in table(name, rows)),
    ]
    text = "\n".join(lines)
    (HERE / "in_notebook.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))
