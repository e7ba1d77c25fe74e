"""A sheet for each chapter, to print: what it asks, with room to write, and the same with answers.

    _build/html/sheets/<chapter>.html                what is asked
    _build/html/sheets/<chapter>-with-answers.html   and what the chapter answers

They are taken from the page as it is built, in its order: each exercise with its solution, and each
figure that asks for a prediction or checks an answer, whose fold holds the answer. Links are the
page's own: a sheet says that it stands where the chapter stands (`<base>`).
"""

from copy import copy
from pathlib import Path
from string import Template
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

FOLDER = "sheets"
WITH_ANSWERS = "-with-answers"
FIGURES = "figure[data-gan-lab-prediction], figure[data-gan-lab-exercise]"
ASKED = f"div.exercise, {FIGURES}"
WORKED = ("script", "a.headerlink", ".gan-lab-live", "button")
"""What works on a screen alone."""

PAGE = Template("""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<base href="../$page.html">
<title>$title: $kind</title>
<link rel="stylesheet" href="$static/sheet.css">
<script defer src="$static/$mathjax"></script>
</head>
<body>
<header>
<h1>$title</h1>
<p>$kind_title. Chapter: <a id="address" href="$page_name.html">$page.html</a></p>
$who
</header>
<main>
$asked
</main>
<footer>$book. Prose and figures: CC BY 4.0.</footer>
<script>if (location.protocol.startsWith("http")) address.textContent = address.href;</script>
</body>
</html>
""")
WHO = '<p class="who">Name: <span></span> Date: <span></span></p>'


class Asked(NamedTuple):
    """Something that a chapter asks: its title, what is asked, and what the answer is."""

    title: str
    question: str
    answer: str
    kind: str
    """`exercise`, or `figure`, of which a few lines are room enough."""


def asked_on(body: str) -> list[Asked]:
    """All that a page asks, in its order."""
    page = BeautifulSoup(body, "html.parser")
    answers = {solved(solution): solution for solution in page.select("div.solution")}
    return [
        of_figure(found) if found.name == "figure" else of_exercise(found, answers)
        for found in page.select(ASKED)
    ]


def solved(solution: Tag) -> str:
    """The id of the exercise that a solution is of, which its title links to."""
    return solution.select_one(".admonition-title a")["href"].partition("#")[2]


def of_exercise(found: Tag, answers: dict[str, Tag]) -> Asked:
    """An exercise, with the cells that follow it: the code that it asks to be written in."""
    number = found.select_one(".caption-number").get_text(strip=True)
    words = found.select_one(".admonition-title").get_text().strip()
    title = words.replace(number, "", 1).strip().removeprefix("(").removesuffix(")")
    answer = answers.get(found["id"])
    question = inside(found) + code_after(found)
    return Asked(f"{number}. {title}", question, inside(answer) if answer else "", "exercise")


def inside(admonition: Tag) -> str:
    """What stands in an admonition below its title."""
    kept = clean(admonition)
    kept.select_one(".admonition-title").decompose()
    return "".join(str(child) for child in kept.section.contents).strip()


def code_after(found: Tag) -> str:
    code = ""
    beside = found.find_next_sibling()
    while beside is not None and "cell" in beside.get("class", ()):
        code += "".join(
            f"<pre>{pre.decode_contents()}</pre>" for pre in beside.select(".cell_input pre")
        )
        beside = beside.find_next_sibling()
    return code


def of_figure(found: Tag) -> Asked:
    """A figure of the page as it is without a script: a question, and its answer in a fold."""
    section = found.find_parent("section")
    heading = section and clean(section.find(["h1", "h2", "h3", "h4"]))
    kept = clean(found)
    folds = [fold.extract() for fold in kept.select("details")]
    answer = "".join(fold.decode_contents() for fold in folds).strip()
    title = heading.get_text() if heading else ""
    title = "Question" if title in ("", "Exercises") else title
    return Asked(title, kept.decode_contents().strip(), answer, "figure")


def clean(found: Tag) -> Tag:
    """A copy without what works on a screen alone, and without names to link to."""
    kept = copy(found)
    for worked in kept.select(", ".join(WORKED)):
        worked.decompose()
    for named in kept.select("[id]"):
        del named["id"]
    return kept


def in_html(asked: Asked, answered: bool) -> str:
    below = f'<div class="answer">{asked.answer}</div>' if answered else '<div class="room"></div>'
    question = f'<div class="question"><h2>{asked.title}</h2>\n{asked.question}</div>'
    return f'<section class="asked {asked.kind}">{question}\n{below}</section>'


def sheet(asked: list[Asked], answered: bool, **page: str) -> str:
    """The whole of a sheet; `page` has the chapter's name and title, and the way to `_static`."""
    kind = "exercises, with answers" if answered else "exercises"
    parts = "\n".join(in_html(one, answered) for one in asked)
    return PAGE.substitute(
        page, kind=kind, kind_title=kind.capitalize(), who="" if answered else WHO, asked=parts,
        page_name=page["page"].rpartition("/")[2],
    )  # fmt: skip


def write(app, pagename, templatename, context, doctree):
    """Both sheets of a chapter that asks something, as its page is written."""
    asked = asked_on(context["body"]) if doctree is not None else []
    folder, name = Path(app.outdir) / FOLDER, Path(pagename).name
    if not asked:
        return
    folder.mkdir(parents=True, exist_ok=True)
    page = {
        "page": pagename, "title": context["title"], "book": app.config.html_title,
        "static": context["pathto"]("_static", 1), "mathjax": app.config.mathjax_path,
    }  # fmt: skip
    for answered, ending in {False: "", True: WITH_ANSWERS}.items():
        text = sheet(asked, answered, **page)
        (folder / f"{name}{ending}.html").write_text(text, encoding="utf-8")


def setup(app):
    # When other extensions are done with the page's words (gan_book.py, unbroken.py).
    app.connect("html-page-context", write, priority=950)
