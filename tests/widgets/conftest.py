"""What tests of labs in a browser, and of what the page sees, share."""

import json
import subprocess

import pytest
from in_node import JS, numbers
from lab_page import PAGE, LabPage

from gan_lab.widgets.bundle import classic, joined

FIGURES = """<!doctype html><html data-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"></head><body>{}
<script src="gan_lab.js"></script></body></html>"""


@pytest.fixture
def open_labs(open_file, tmp_path):
    """Open a page with these labs, and an address, and wait until each has its picture."""

    def opened(*labs, link="", ready="iteration", **options):
        (tmp_path / "gan_lab.js").write_text(classic())
        page_file = tmp_path / "page.html"
        page_file.write_text(PAGE.format("".join(one.html() for one in labs)))
        page = open_file(page_file, **options)
        if link:
            page.goto(page_file.as_uri() + link)
            page.reload()
        labs_page = LabPage(page)
        labs_page.until(ready)
        return labs_page

    return opened


@pytest.fixture
def open_figures(open_file, tmp_path, monkeypatch):
    """Open a page with these figures, as a chapter shows them, and `more` HTML under them."""
    monkeypatch.setenv("GAN_LAB_STATIC", "1")

    def opened(*figures, width=390, height=900, more="", **options):
        held = [figure._repr_mimebundle_()["text/html"] for figure in figures]
        (tmp_path / "gan_lab.js").write_text(classic())
        page_file = tmp_path / "page.html"
        page_file.write_text(FIGURES.format("\n".join([*held, more])), encoding="utf-8")
        page = open_file(page_file, viewport={"width": width, "height": height}, **options)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        return page

    return opened


@pytest.fixture
def run_js(node, tmp_path):
    """What an expression over the joined front end's modules is, as JSON."""

    def run(expression: str):
        script = tmp_path / "told.mjs"
        script.write_text(f"{joined()}\nconsole.log(JSON.stringify({expression}));")
        ran = subprocess.run([node, str(script)], capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


@pytest.fixture
def ask(node, tmp_path):
    """What the page says to each question, all in one run of Node."""

    def asked(questions):
        file = tmp_path / "questions.json"
        file.write_text(json.dumps(questions))
        ran = subprocess.run(
            [node, str(JS / "see_games.mjs"), str(file)],
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert ran.returncode == 0, ran.stderr
        return numbers(json.loads(ran.stdout))

    return asked
