"""The notebooks that Jupyter and Colab open: in step with their chapters, and whole."""

import json
import subprocess
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


def test_set_up_is_the_second_cell_and_leaves_torch_alone():
    for name in CHAPTERS:
        notebook = json.loads((ROOT / "book" / f"{name}.ipynb").read_text(encoding="utf-8"))
        cell = notebook["cells"][1]
        assert cell["metadata"]["tags"] == ["set-up"]
        assert cell["metadata"]["cellView"] == "form"
        assert "--no-deps" in "".join(cell["source"])
        assert "pip install gan-lab" not in "".join(cell["source"]).replace("gan-lab-book", "")


def test_an_unknown_directive_is_refused(tmp_path):
    labels = twins.Labels(twins.BOOK)
    with pytest.raises(ValueError, match="cannot show the directive '{mystery}'"):
        twins.plain("```{mystery}\nbody\n```", labels)
    with pytest.raises(ValueError, match="cannot show the role '{mystery}'"):
        twins.plain("a {mystery}`word`", labels)


def set_up(cwd, before="", after="", repository="") -> subprocess.CompletedProcess:
    """The set-up cell in a Python that has no packages installed at all."""
    code = "\n".join([before, twins.SET_UP.format(repository=repository), after])
    return subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=cwd, capture_output=True, text=True
    )


def test_set_up_finds_the_checkout_that_the_notebook_lies_in():
    ran = set_up(ROOT / "book", after="import gan_lab; print(gan_lab.__file__)")
    assert Path(ran.stdout.strip()) == ROOT / "gan_lab" / "__init__.py"


def test_set_up_says_what_to_do_where_there_is_no_package(tmp_path):
    ran = set_up(tmp_path)
    assert ran.returncode == 1
    assert "pip install -e ." in ran.stderr.strip().split("\n")[-1]


def test_set_up_is_not_deceived_by_another_gan_lab(tmp_path):
    (tmp_path / "gan_lab").mkdir()
    (tmp_path / "gan_lab" / "__init__.py").write_text("")
    assert "is not installed" in set_up(tmp_path).stderr


def test_set_up_installs_from_the_repository_without_its_dependencies(tmp_path):
    """pip is replaced by what it was asked for: nothing here may reach for torch or numpy."""
    listen = "import subprocess\nsubprocess.run = lambda words, check: print(*words[3:])"
    ran = set_up(tmp_path, before=listen, repository="https://example.org/book")
    assert ran.stdout.split("\n")[:2] == [
        "install -q --no-deps git+https://example.org/book",
        "install -q anywidget",
    ]
