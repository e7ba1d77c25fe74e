"""The page's script is in no cell's output: pages load it, and a change of it runs no chapter."""

import json

import pytest
from made_by_hand import SMALL
from pygments.lexers import JavascriptLexer
from pygments.token import String
from rjsmin import jsmin

from gan_lab.widgets import bundle, explore, lab, play

SHOWN = {
    "a recording": play,
    "a game": lambda run: play(SMALL),
    "the lab": lambda run: lab(SMALL),
    "one x": lambda run: explore.pointwise(),
    "two laws": lambda run: explore.pair(),
}


@pytest.mark.parametrize("make", SHOWN.values(), ids=SHOWN)
def test_what_a_page_shows_is_made_without_the_script(make, run, monkeypatch):
    def unread(*_):
        raise AssertionError("an output reads the page's script")

    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    monkeypatch.setattr(bundle, "modules", unread)
    assert list(make(run)._repr_mimebundle_()) == ["text/html"]


def has_nested_template(text: str) -> bool:
    depth = 0
    for kind, value in JavascriptLexer().get_tokens(text):
        if kind is String.Interpol:
            depth += 1 if value == "${" else -1
        elif kind is String.Backtick and value == "`" and depth:
            return True
    return False


def test_no_template_stands_in_another():
    """The minifier takes the inner one for code, and its words lose their spaces."""
    nested, apart = "`${n}${`, tick at ${n}`}`", "`${n}` + `, tick at ${n}`"
    assert has_nested_template(nested) and ", tick" not in jsmin(nested)
    assert not has_nested_template(apart) and ", tick" in jsmin(apart)
    modules = bundle.modules()
    assert [name for name, text in modules.items() if has_nested_template(text)] == []


def test_no_run_of_the_book_holds_a_line_of_the_script(site):
    """The site is built from these runs; every page loads the script as it is now."""
    lines = {line.strip() for text in bundle.modules().values() for line in text.splitlines()}
    telling = [line for line in lines if len(line) > 50 and not line.startswith(("//", "*"))]
    assert len(telling) > 1000
    runs = list((site.parent / ".jupyter_cache" / "executed").glob("*/base.ipynb"))
    assert runs
    for run in runs:
        cells = json.loads(run.read_text(encoding="utf-8"))["cells"]
        said = [str(output) for cell in cells for output in cell["outputs"]]
        assert not [line for line in telling if any(line in text for text in said)]
    script = site / "_static" / "gan_lab.js"
    small, readable = script.read_text(encoding="utf-8"), bundle.classic()
    assert small == jsmin(readable) and len(small) <= 0.7 * len(readable)
    pages = (site / "book").glob("*.html")
    assert all("_static/gan_lab.js?v=" in page.read_text(encoding="utf-8") for page in pages)
