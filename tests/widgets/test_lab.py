"""The figure of the lab: what it carries to a page and to a notebook."""

import base64
import html
import json
import re
import sys
from types import ModuleType, SimpleNamespace

import ipywidgets
import pytest
from anywidget._util import enable_custom_widget_manager_once

from gan_lab.datasets import gaussian, grid
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import Lab, lab, play
from gan_lab.widgets.explore import pair, pointwise
from gan_lab.widgets.kernel.devices import Devices

PLANE = Recipe(data=grid(2), latent_dim=2, G=(4,), D=(4,), m=8)


def test_a_page_gets_the_recipe_and_the_moment(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    ((kind, text),) = lab(PLANE, t=30)._repr_mimebundle_().items()
    assert kind == "text/html"
    said = re.search(r'data-recipe="([^"]*)" data-t="(\d+)"', text)
    assert Recipe.from_dict(json.loads(html.unescape(said[1]))) == PLANE
    assert said[2] == "30" and "<noscript>" in text


def test_without_a_recipe_it_is_the_default_game_with_a_smooth_generator():
    assert lab().recipe == Recipe(activation="silu")
    assert repr(lab(PLANE, t=2)) == f"lab({PLANE!r}, t=2)"
    assert isinstance(lab(), Lab)


@pytest.mark.parametrize("recipe", [PLANE, Recipe(G=(4,), D=(4,)), Recipe(latent_dim=2, G=(4,))])
def test_a_notebook_gets_a_widget_and_a_picture_of_the_start(recipe, monkeypatch):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    data, _ = lab(recipe, t=1)._repr_mimebundle_()
    assert data["text/plain"] == f"lab({recipe!r}, t=1)"
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "application/vnd.jupyter.widget-view+json" in data


def figures(recording):
    games = [lab(PLANE), play(PLANE), lab(PLANE, controls=False)]
    return [*games, play(recording), pair(), pointwise()]


def test_on_colab_everything_says_who_can_show_it_also_with_old_widgets(monkeypatch, run):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    view = "application/vnd.jupyter.widget-view+json"
    for shown in figures(run):
        assert shown._repr_mimebundle_()[1] == {}
    output = ModuleType("google.colab.output")
    output._widgets = SimpleNamespace(_installed_url=None)
    there = "https://example.org/manager.js"
    output.enable_custom_widget_manager = lambda: setattr(output._widgets, "_installed_url", there)
    monkeypatch.setitem(sys.modules, "google.colab.output", output)
    enable_custom_widget_manager_once.cache_clear()
    for as_in in (8, 7):
        for shown in figures(run):
            data, metadata = shown._repr_mimebundle_()
            assert metadata[view]["colab"]["custom_widget_manager"]["url"] == there, as_in
            assert data[view]["model_id"] == shown.model_id
        monkeypatch.delattr(ipywidgets.Widget, "_repr_mimebundle_", raising=as_in == 8)
    enable_custom_widget_manager_once.cache_clear()


def parts(shown: Lab):
    """Stage, choice of the device, controls."""
    return shown.widget().children


def test_the_widget_has_the_recipe_and_the_front_end_with_a_lab():
    stage, _, _ = parts(lab(PLANE, t=4))
    assert (stage.recipe, stage.t, stage.device) == (PLANE.as_dict(), 4, "cpu")
    assert "$ui$lab$notebook.renderLive" in stage._esm


def test_a_control_becomes_a_wish_of_the_stage_and_what_the_stage_does_moves_the_controls():
    stage, _, controls = parts(lab(PLANE))
    controls.fields["k"][0].value = "2"
    assert Recipe.from_dict(stage.recipe) == PLANE.but(k=2)
    stage.recipe = PLANE.but(lr_D=0.5).as_dict()
    assert controls.recipe == PLANE.but(lr_D=0.5)
    assert controls.fields["lr_D"][0].value == "0.5"


def test_without_controls_there_is_the_stage_alone_and_play_of_a_recipe_plays():
    stage = lab(PLANE, controls=False).widget()
    assert stage.recipe == PLANE.as_dict() and not stage.autoplay
    playing = play(PLANE)
    assert isinstance(playing, Lab) and playing.widget().autoplay


def test_the_device_is_shown_and_another_one_begins_the_game_anew(monkeypatch):
    monkeypatch.setattr("gan_lab.widgets.kernel.devices.cards", lambda: 2)
    shown = lab(PLANE)
    shown.session.answer({"do": "move", "what": "both"})
    stage, device, _ = parts(shown)
    assert device.choice.options == ("cpu", "cuda:0", "cuda:1") and device.choice.value == "cpu"
    device.choice.value = "cuda:0"  # which is not there after all
    assert shown.training.t == 1 and device.choice.value == "cpu" and stage.device == "cpu"
    assert "there is no device" in device.refusal.value
    monkeypatch.setattr(Devices, "now", lambda self: "cuda:0")
    device.move("cpu")
    assert shown.training.t == 0 and device.refusal.value == "" and stage.device == "cpu"


def test_where_there_is_a_card_a_game_that_plays_can_change_its_device_too(monkeypatch):
    for module in ("comm", "devices"):
        monkeypatch.setattr(f"gan_lab.widgets.kernel.{module}.cards", lambda: 1)
    stage, device = parts(play(PLANE))
    assert stage.autoplay and device.choice.options == ("cpu", "cuda:0")


def test_the_training_is_at_hand_and_nothing_runs_by_itself():
    shown = lab(PLANE)
    shown.widget()
    assert shown.training.t == 0
    shown.session.answer({"do": "move", "what": "both"})
    assert shown.training.t == 1 and shown.training.recipe == PLANE


def test_where_the_canvas_cannot_load_matplotlib_shows_the_same_game():
    shown = lab(PLANE, view="matplotlib")
    assert shown.widget().session is shown.session
    with pytest.raises(ValueError, match="view must be one of canvas, matplotlib"):
        lab(PLANE, view="webgl")


def test_a_device_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="there is no device 'cuda:9' here"):
        lab(PLANE, device="cuda:9")


@pytest.mark.parametrize("wrong", [{"recipe": gaussian()}, {"t": -1}, {"t": 1.5}, {"t": True}])
def test_what_is_no_beginning_is_refused_in_one_sentence(wrong):
    with pytest.raises(ValueError, match="^(a lab begins with a Recipe|t must be a whole number)"):
        lab(**wrong)
