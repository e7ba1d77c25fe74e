"""The built pages in a real browser, opened from disk, with everything but local files blocked."""

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"


@dataclass
class Visit:
    """A page, and what went wrong while it was open."""

    page: object
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self):
        self.page.route("**/*", self.only_local)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", self.hear)

    def only_local(self, route):
        if route.request.url.startswith(("file:", "data:", "blob:")):
            route.continue_()
        else:
            self.requests.append(route.request.url)
            route.abort()

    def hear(self, message):
        if message.type == "error":
            self.errors.append(message.text)


@pytest.fixture(scope="session")
def site(chromium) -> Path:
    """The folder of the built book, built first if it is stale."""
    build = ROOT / "book" / "_ext" / "build.py"
    made = subprocess.run([sys.executable, str(build)], capture_output=True, text=True)
    assert made.returncode == 0, made.stdout[-4000:] + made.stderr[-4000:]
    return SITE


@pytest.fixture
def visit(browser, site):
    """Open a page of the book: `visit("intro", width=390, dark=True)`."""
    contexts = []

    def open_page(name: str, width=1280, dark=False, **options) -> Visit:
        scheme = "dark" if dark else "light"
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.watch()
        visit.page.goto((site / "book" / f"{name}.html").as_uri(), wait_until="load")
        return visit

    yield open_page
    for context in contexts:
        context.close()
