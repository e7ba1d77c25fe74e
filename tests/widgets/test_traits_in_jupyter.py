"""A player and a lab as widgets in JupyterLab: in boxes, linked, moved by cells and by hand."""

import pytest
from coverage_js import counting
from in_jupyter import jupyter, notebook, open_notebook, result, run

CELLS = [
    "import torch; torch.set_num_threads(1)\n"
    "import ipywidgets as w\n"
    "import gan_lab as gl\n"
    "recipe = gl.Recipe(G=(8,), D=(8,), m=16, k=1, schedule='constant')\n"
    "shown = gl.play(gl.record(gl.Training(recipe), 60, frames=40))\n"
    "told = w.IntText(); w.jslink((shown, 'iteration'), (told, 'value'))\n"
    "w.HBox([shown, told])",
    "shown.play()",
    "shown.iteration, shown.playing, shown.frame == len(shown.recording) - 1",
    "shown.seek(7); shown.iteration",
    "live = gl.lab(recipe, controls=False); told = w.IntText()\n"
    "w.dlink((live, 'iteration'), (told, 'value')); w.HBox([live, told])",
    "live.play()",
    "live.playing, live.iteration > 20, 0 <= live.training.t - live.iteration < 100",
    "live.pause()",
    "live.step(5); (live.iteration, live.training.t)",
    "import math\nmath.isfinite(live.jsd), len(live.recording) > 5",
    "times, i = shown.recording.t.tolist(), shown.frame\n"
    "shown.iteration == times[i] > 7, times[i - 1] == 7",
]


@pytest.fixture
def page(tmp_path, browser):
    """A window of JupyterLab with the notebook; its kernel ends with the test."""
    (tmp_path / "traits.ipynb").write_text(notebook(CELLS))
    with jupyter(tmp_path) as url:
        context = browser.new_context(viewport={"width": 1300, "height": 1000})
        page = context.new_page()
        write_count = counting(page)
        open_notebook(page, f"{url}/lab/tree/traits.ipynb?reset")
        yield page
        write_count()
        context.close()


def number_reaches(page, least: int, words: str) -> int:
    """Wait until the number beside a figure, and the figure's sentence, say so much."""
    field = page.locator("input[type=number]").last
    page.wait_for_function(
        "least => [...document.querySelectorAll('input[type=number]')].at(-1).value >= least",
        arg=least,
        timeout=60_000,
    )
    page.locator(".gan-lab-says", has_text=words).first.wait_for()
    return int(field.input_value())


def test_a_player_and_a_lab_in_boxes_are_played_by_cells_and_by_hand(page):
    run(page, 0)
    page.locator(".gan-lab-stage canvas").first.wait_for(timeout=60_000)
    run(page, 1)
    number_reaches(page, 60, "iteration 60")
    page.get_by_role("button", name="Play", exact=True).wait_for()  # it ended there
    assert result(page, 2) == "(60, False, True)"
    assert result(page, 3) == "7"
    number_reaches(page, 7, "iteration 7")
    page.get_by_role("button", name="One frame on").click()
    page.locator(".gan-lab-says", has_text="after G’s step").wait_for()
    assert result(page, 10) == "(True, True)"

    run(page, 4)
    page.locator(".gan-lab-whole canvas").first.wait_for()
    page.locator(".gan-lab-says", has_text="before training").wait_for()
    run(page, 5)
    number_reaches(page, 30, "iteration")
    assert result(page, 6) == "(True, True, True)"
    run(page, 7)
    page.wait_for_timeout(1000)
    t = int(result(page, 8).strip("()").split(",")[0])
    assert result(page, 8) == f"({t + 5}, {t + 5})"
    page.locator(".gan-lab-says", has_text=f"iteration {t + 5}").wait_for()
    assert result(page, 9) == "(True, True)"
