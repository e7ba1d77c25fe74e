"""The built pages in a real browser, as a reader with no network opens them from a disk."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "_build" / "html"


@pytest.fixture(scope="session")
def site(chromium) -> Path:
    """The folder of the built book, built first if it is stale."""
    build = ROOT / "book" / "_ext" / "build.py"
    made = subprocess.run([sys.executable, str(build)], capture_output=True, text=True)
    assert made.returncode == 0, made.stdout[-4000:] + made.stderr[-4000:]
    return SITE


@pytest.fixture
def visit(open_file, site):
    """Open a page of the book: `visit("intro", width=390, dark=True)`."""

    def page(name: str, width=1280, dark=False, **options):
        size, scheme = {"width": width, "height": 900}, "dark" if dark else "light"
        path = site / "book" / f"{name}.html"
        return open_file(path, viewport=size, color_scheme=scheme, **options)

    return page
