"""A notebook without anywidget: each figure is HTML that brings its own script."""

import base64
import sys

import pytest
from games import small_recording
from lab_page import LINE, LabPage

from gan_lab.widgets import explorable, explore, lab, play, player
from gan_lab.widgets.kernel import comm

FIGURES = {
    "a recording": lambda: play(small_recording(), caption="As it was."),
    "the lab": lambda: lab(LINE),
    "one x": explore.pointwise,
    "two laws": explore.pair,
}


@pytest.fixture(params=FIGURES.values(), ids=FIGURES)
def shown(request, monkeypatch) -> dict[str, str]:
    """What a cell that ends with a figure hands to the notebook."""
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    monkeypatch.setitem(sys.modules, "anywidget", None)
    makers = (explorable.board_class, comm.stage_class, player.player_class)
    for maker in makers:
        maker.cache_clear()
    yield request.param()._repr_mimebundle_()[0]
    for maker in makers:
        maker.cache_clear()


def test_it_is_html_with_a_still_and_words(shown):
    assert set(shown) == {"text/html", "text/plain", "image/png"}
    assert base64.b64decode(shown["image/png"]).startswith(b"\x89PNG")


def test_it_moves_in_the_frame_that_colab_puts_it_into(shown, open_file, tmp_path):
    """Only scripts are allowed in it, and another figure may have brought the script before."""
    (tmp_path / "output.html").write_text(f"<!doctype html>{shown['text/html'] * 2}")
    frame = '<iframe sandbox="allow-scripts" src="output.html" width="900" height="900"></iframe>'
    (tmp_path / "notebook.html").write_text(frame)
    page = open_file(tmp_path / "notebook.html")
    output = page.frame_locator("iframe")
    output.locator(".gan-lab canvas").nth(1).wait_for()
    assert output.locator("figure.gan-lab").count() == 2


def test_a_lab_trains_in_the_page(open_file, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "anywidget", None)
    comm.stage_class.cache_clear()
    data, _ = lab(LINE)._repr_mimebundle_()
    (tmp_path / "output.html").write_text(f"<!doctype html>{data['text/html']}")
    page = LabPage(open_file(tmp_path / "output.html", viewport={"width": 900, "height": 900}))
    page.until("iteration 0")
    assert page.train(5) >= 5


def test_another_module_that_is_missing_is_not_taken_for_it(monkeypatch):
    def broken():
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    figure = explore.pointwise()
    monkeypatch.setattr(figure, "new_widget", broken)
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    with pytest.raises(ModuleNotFoundError, match="torch"):
        figure._repr_mimebundle_()
