"""What `make colab` notices: a notebook that fails, shows nothing, or ran with something else."""

import json
import sys
from pathlib import Path

import nbformat
import pytest

from tests import colab

SAID = {
    "IPython": "7.34.0", "ipykernel": "6.17.1", "ipywidgets": "7.7.1", "anywidget": False,
    "gan_lab": f"{colab.tempfile.gettempdir()}/gan_lab_x/gan_lab/__init__.py",
}  # fmt: skip


def notebook(*cells):
    """A notebook of (source, outputs)."""
    made = [nbformat.v4.new_code_cell(source, outputs=outputs) for source, outputs in cells]
    return nbformat.v4.new_notebook(cells=made)


def result(**data):
    data = {kind.replace("_", "/"): text for kind, text in data.items()}
    return nbformat.v4.new_output("execute_result", data=data)


def test_a_figure_that_does_not_show_itself_is_noticed():
    figure = result(text_html='<figure class="gan-lab">', text_plain="lab")
    words = result(text_plain="lab")
    good = notebook(("lab()", [figure]), ("x = 1", []), ("play(\n    run)", [figure]))
    assert colab.unshown(good) == []
    for source in ("play(run)", "lab(\n  recipe)", "explore.pair()"):
        for outputs in ([], [words]):
            (ill,) = colab.unshown(notebook((source, outputs)))
            assert ill.endswith(source)


def test_where_anywidget_is_there_a_figure_is_a_widget():
    html = result(text_html='<figure class="gan-lab">')
    view = nbformat.v4.new_output("execute_result", data={colab.VIEW: {"model_id": "1"}})
    assert colab.unshown(notebook(("lab()", [view])), anywidget=True) == []
    assert colab.unshown(notebook(("lab()", [html])), anywidget=True) != []
    assert colab.unshown(notebook(("lab()", [view]))) != []


def test_an_error_that_stopped_nothing_is_noticed():
    """As IPython shows one in how a figure says what it is."""
    error = nbformat.v4.new_output("error", ename="E", evalue="", traceback=["one", "two"])
    assert colab.unshown(notebook(("x", [error]))) == ["one\ntwo"]


@pytest.mark.parametrize(
    ("name", "other", "words"),
    [
        ("IPython", "9.1", "IPython was 9.1"),
        ("ipywidgets", "8.1.9", "ipywidgets was 8.1.9"),
        ("gan_lab", "/checkout/gan_lab/__init__.py", "the package came from /checkout"),
        ("anywidget", True, "anywidget was there"),
    ],
)
def test_a_notebook_that_ran_with_something_else_is_noticed(name, other, words):
    def ran(said):
        text = nbformat.v4.new_output("stream", name="stdout", text=json.dumps(said))
        return notebook(("print()", [text]))

    assert colab.untrue(ran(SAID)) == []
    (ill,) = colab.untrue(ran(SAID | {name: other}))
    assert ill.startswith(words)


def test_a_library_that_changed_came_or_went_is_noticed():
    before = {"numpy": "2", "torch": "2.13", "files of torch": {"torch/a.py": 1}}
    assert colab.other(before, dict(before)) == []
    after = {"torch": "2.14", "files of torch": {"torch/a.py": 2}, "anywidget": "0.11"}
    assert colab.other(before, after) == ["anywidget", "files of torch", "numpy", "torch"]


def test_a_cell_that_fails_is_noticed_and_this_python_is_not_taken_for_colabs(tmp_path):
    path = tmp_path / "one.ipynb"
    nbformat.write(notebook(("1 / 0", [])), path)
    (ill,) = colab.run(path, Path(sys.executable))
    assert "ZeroDivisionError" in ill
    nbformat.write(notebook(("1", [])), path)
    assert "IPython was" in colab.run(path, Path(sys.executable))[0]
