"""The notebooks that Jupyter and Colab open: in step with their chapters, and whole."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import twins  # noqa: E402

CHAPTERS = [chapter.stem for chapter in twins.chapters()]


def test_every_chapter_with_code_has_its_twin_in_step():
    assert twins.out_of_step() == []


def test_the_same_source_gives_the_same_bytes():
    assert twins.twins() == twins.twins()


def code_of(notebook) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def twin(name: str):
    return nbformat.read(ROOT / "book" / f"{name}.ipynb", as_version=4)


@pytest.mark.parametrize("name", ["best_discriminator", "lab"])
def test_a_twin_that_trains_little_runs_with_widgets_that_are_alive(name, tmp_path, monkeypatch):
    """Elsewhere than in the checkout, as on Colab after the set-up cell has found the package."""
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    notebook = twin(name)
    resources = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()
    ran = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in ran)


def test_every_twin_ran_top_to_bottom_in_a_fresh_kernel(site):
    """The book is built from runs in an empty folder, and of a twin's very code."""
    executed = (site.parent / ".jupyter_cache" / "executed").glob("*/base.ipynb")
    runs = [code_of(nbformat.read(run, as_version=4)) for run in executed]
    assert [name for name in CHAPTERS if code_of(twin(name))[1:] not in runs] == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_twin_shows_no_myst(name):
    notebook = json.loads((ROOT / "book" / f"{name}.ipynb").read_text(encoding="utf-8"))
    markdown = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    leftovers = [t for t in markdown if "```{" in t or ":::" in t or twins.ROLE.search(t)]
    assert leftovers == []


def test_set_up_is_the_second_cell():
    for name in CHAPTERS:
        notebook = json.loads((ROOT / "book" / f"{name}.ipynb").read_text(encoding="utf-8"))
        cell = notebook["cells"][1]
        assert cell["metadata"]["tags"] == ["set-up"]
        assert cell["metadata"]["cellView"] == "form"


def test_an_unknown_directive_is_refused(tmp_path):
    labels = twins.Labels(twins.BOOK)
    with pytest.raises(ValueError, match="cannot show the directive '{mystery}'"):
        twins.plain("```{mystery}\nbody\n```", labels)
    with pytest.raises(ValueError, match="cannot show the role '{mystery}'"):
        twins.plain("a {mystery}`word`", labels)
