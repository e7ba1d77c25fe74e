"""The figure of the lab: what it carries to a page and to a notebook."""

import base64
import html
import json
import re

import pytest

from gan_lab.data import gaussian, grid
from gan_lab.recipe import Recipe
from gan_lab.widgets import Lab, lab

PLANE = Recipe(data=grid(2), latent_dim=2, G=(4,), D=(4,), m=8)


def test_a_page_gets_the_recipe_and_the_moment(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    (kind, text), = lab(PLANE, t=30)._repr_mimebundle_().items()
    assert kind == "text/html"
    said = re.search(r'data-recipe="([^"]*)" data-t="(\d+)"', text)
    assert Recipe.from_dict(json.loads(html.unescape(said[1]))) == PLANE
    assert said[2] == "30" and "<noscript>" in text


def test_without_a_recipe_it_is_the_default_game():
    assert lab().recipe == Recipe()
    assert repr(lab(PLANE, t=2)) == f"lab({PLANE!r}, t=2)"
    assert isinstance(lab(), Lab)


@pytest.mark.parametrize("recipe", [PLANE, Recipe(G=(4,), D=(4,)), Recipe(latent_dim=2, G=(4,))])
def test_a_notebook_gets_a_widget_and_a_picture_of_the_start(recipe, monkeypatch):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    data, _ = lab(recipe, t=1)._repr_mimebundle_()
    assert data["text/plain"] == f"lab({recipe!r}, t=1)"
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_widget_has_the_recipe_and_the_front_end_with_a_lab():
    widget = lab(PLANE, t=4).widget()
    assert (widget.recipe, widget.t) == (PLANE.as_dict(), 4)
    assert "$lab_mount.renderLab" in widget._esm


@pytest.mark.parametrize("wrong", [{"recipe": gaussian()}, {"t": -1}, {"t": 1.5}, {"t": True}])
def test_what_is_no_beginning_is_refused_in_one_sentence(wrong):
    with pytest.raises(ValueError, match="^(a lab begins with a Recipe|t must be a whole number)"):
        lab(**wrong)
