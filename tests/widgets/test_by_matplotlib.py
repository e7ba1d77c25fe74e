"""The lab without the canvas: buttons move the session's game, and the picture is of it."""

import io

import matplotlib.image
import numpy as np
import pytest

from gan_lab import plane
from gan_lab.recipe import Recipe
from gan_lab.training import Training
from gan_lab.widgets.by_matplotlib import ByMatplotlib, picture
from gan_lab.widgets.session import Session

SMALL = Recipe(G=(6,), D=(6,), m=16, k=2, iterations=20)
IN_THE_PLANE = SMALL.but(data=plane.ring(sd=0.1), latent_dim=2)


def button(view, name):
    return next(b for b in view.children[2].children if b.description == name)


def pixels(png):
    return matplotlib.image.imread(io.BytesIO(png))


def test_every_button_moves_the_game_and_the_picture():
    view = ByMatplotlib(Session(SMALL, "cpu"))
    seen = []
    for name in ("D step", "D step", "G step", "iteration", "back", "start"):
        button(view, name).click()
        game = view.session.game
        seen.append((game.t, game.steps))
    assert seen == [(0, 1), (0, 2), (1, 0), (2, 0), (1, 2), (0, 0)]
    first = pixels(view.image.value)
    view.play.value = 1  # a tick of the front end
    assert view.session.game.t >= 1 and f"iteration {view.session.game.t}" in view.words.value
    assert np.abs(first - pixels(view.image.value)).max() > 0.1


def test_it_says_that_a_game_has_diverged_and_stops_playing():
    view = ByMatplotlib(Session(SMALL.but(optimizer="sgd", lr_D=1e30, lr_G=1e30), "cpu"))
    view.play.playing = True
    for tick in range(1, 6):
        view.play.value = tick
    assert "diverged" in view.words.value and not view.play.playing


@pytest.mark.parametrize("recipe", [SMALL, IN_THE_PLANE], ids=["line", "plane"])
def test_a_picture_is_of_the_game_as_it_is(recipe):
    game = Training(recipe, "cpu")
    before = pixels(picture(game))
    list(game.play(5))
    assert np.abs(before - pixels(picture(game))).max() > 0.1


def test_what_cannot_be_drawn_is_said():
    ink = pixels(picture(Training(SMALL.but(latent_dim=2), "cpu")))
    assert ink.min() < 0.5  # the sentence
