"""Sheets to print: each chapter has both, with all its answers and with none of them."""

import io
import re
import sys
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from test_openings import CHAPTERS, read

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))
import sheets  # noqa: E402

ASKING = [name for name in ["intro", *CHAPTERS] if "```{exercise}" in read(name)]
BLOCKS = re.compile(r"^```\{(exercise|solution)\}.*?^```$", re.M | re.S)
NO_WORDS = re.compile(r"\$[^$]*\$|\{[\w:-]+\}`[^`]*`|^:[\w-]+:.*$|^```.*$|[^\w\s'’]", re.M)
CONF = f"""
import sys
sys.path.insert(0, {sheets.__file__.rpartition("/")[0]!r})
project, extensions = "The book", ["myst_parser", "sphinx_exercise", "sphinx.ext.mathjax", "sheets"]
myst_enable_extensions = ["amsmath", "dollarmath", "colon_fence"]
mathjax_path, numfig = "mathjax/there.js", True
"""
NUMBERED = "\n".join(["```{toctree}", *ASKING[1:], "```"])
FIGURE = """<section><h3>A name<a class="headerlink" href="#a">#</a></h3>
<figure class="gan-lab" data-gan-lab-{}="{{}}"><p id="p">A setting.</p>
<div class="gan-lab-answers"><p>Which?</p><ol type="a"><li>this</li><li>that</li></ol></div>
<details><summary>The answer, and why</summary><p>It is that.</p></details>
</figure><script>mount()</script></section>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """The sheets of all chapters, from their titles, exercises and solutions alone."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("out")
    (source / "conf.py").write_text(CONF)
    for name in ASKING:
        title = re.search(r"^# .+$", read(name), re.M)[0]
        parts = [title, *(block[0] for block in BLOCKS.finditer(read(name)))]
        parts += [NUMBERED] if name == "intro" else []
        (source / f"{name}.md").write_text("\n\n".join(parts), encoding="utf-8")
    said = {"status": None, "warning": io.StringIO()}
    app = Sphinx(source, source, out, out / "doctrees", "html", {"root_doc": "intro"}, **said)
    app.build()
    return out / sheets.FOLDER


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+", text.replace("’", "'")))


def shown(path: Path) -> str:
    """The words of a sheet without its formulas."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    for formula in page.select(".math, style, script"):
        formula.replace_with(" ")
    return words(page.get_text())


def phrases(kind: str, name: str) -> list[str]:
    """What the source says in its exercises or solutions, in pieces between formulas and links."""
    blocks = [block[0] for block in BLOCKS.finditer(read(name)) if block[1] == kind]
    pieces = {words(piece) for block in blocks for piece in NO_WORDS.split(block)}
    return sorted(piece for piece in pieces if len(piece.split()) >= 5)


@pytest.mark.parametrize("name", ASKING)
def test_a_chapter_has_both_and_the_answers_stand_on_one_alone(made, name):
    asked = shown(made / f"{name}.html")
    answered = shown(made / f"{name}{sheets.WITH_ANSWERS}.html")
    questions, answers = phrases("exercise", name), phrases("solution", name)
    assert questions and all(one in asked and one in answered for one in questions)
    assert answers and [one for one in answers if one not in answered] == []
    assert [one for one in answers if one in asked] == []


@pytest.mark.parametrize("name", ASKING)
def test_there_is_room_to_write_under_each_and_its_formulas_are_drawn_offline(made, name):
    page = BeautifulSoup((made / f"{name}.html").read_text("utf-8"), "html.parser")
    asked = len(re.findall(r"^```\{exercise\}", read(name), re.M))
    assert len(page.select(".asked .room")) == len(page.select("h2")) == asked
    assert page.base["href"] == f"../{name}.html"
    assert page.select_one("script[src]")["src"] == "_static/mathjax/there.js"


@pytest.mark.parametrize("kind", ["prediction", "exercise"])
def test_a_figure_that_asks_comes_as_its_plain_question(kind):
    (asked,) = sheets.asked_on(FIGURE.format(kind))
    assert asked.title == "A name" and asked.kind == "figure"
    assert "A setting." in asked.question and "<li>that</li>" in asked.question
    assert "It is that." in asked.answer and "It is that." not in asked.question
    assert "id=" not in asked.question and "mount" not in asked.question


def test_a_figure_among_the_exercises_is_a_question():
    section = FIGURE.format("exercise").replace("A name", "Exercises")
    assert [asked.title for asked in sheets.asked_on(section)] == ["Question"]


def test_a_figure_that_only_shows_is_not_asked():
    assert sheets.asked_on(FIGURE.format("explore")) == []


def figures(site: Path, name: str) -> list:
    page = BeautifulSoup((site / "book" / f"{name}.html").read_text("utf-8"), "html.parser")
    return page.select(sheets.FIGURES)


def on_site(site: Path, name: str, ending: str = "") -> str:
    return shown(site / sheets.FOLDER / f"{name}{ending}.html")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["intro", *CHAPTERS])
def test_the_built_book_has_each_figure_s_answer_on_one_sheet_alone(site, name):
    asking = figures(site, name)
    if name not in ASKING and not asking:
        assert not (site / sheets.FOLDER / f"{name}.html").exists()
        return
    asked, answered = on_site(site, name), on_site(site, name, sheets.WITH_ANSWERS)
    for figure in asking:
        questions = [words(p.get_text()) for p in figure.select(".gan-lab-answers :is(p, li)")]
        answer = max((words(p.get_text()) for p in figure.select("details p")), key=len)
        assert questions and all(one in asked for one in questions)
        assert answer in answered and answer not in asked


@pytest.mark.browser
@pytest.mark.parametrize("ending", ["", sheets.WITH_ANSWERS])
def test_a_sheet_is_read_without_a_network(visit, ending):
    page = visit(f"../{sheets.FOLDER}/the_game{ending}")
    page.locator("mjx-container").first.wait_for()
    assert page.get_by_role("heading", level=1).inner_text() == "The game"
    assert page.locator("script[src*=gan_lab], canvas, button").count() == 0
    page.locator("#address").click()
    page.wait_for_url("**/book/the_game.html")
