"""The lab without the canvas: buttons move the session's game, and the picture is of it."""

import io
import itertools
import re

import matplotlib.image
import numpy as np
import pytest

from gan_lab import datasets
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.kernel.by_matplotlib import ByMatplotlib
from gan_lab.widgets.kernel.picture import picture, picture_and_words
from gan_lab.widgets.kernel.session import Session

SMALL = Recipe(G=(6,), D=(6,), m=16, k=2, iterations=20)
IN_THE_PLANE = SMALL.but(data=datasets.ring(sd=0.1), latent_dim=2)


def clock():
    """Time that passes a second a look."""
    count = itertools.count()
    return lambda: float(next(count))


def pixels(png):
    return matplotlib.image.imread(io.BytesIO(png))


def test_every_button_moves_the_game_and_the_picture():
    view = ByMatplotlib(Session(SMALL, "cpu"), clock=clock())
    seen = []
    for name in ("D step", "D step", "G step", "Both", "Undo", "To the start"):
        view.buttons[name].click()
        game = view.session.game
        seen.append((game.t, game.steps))
    assert seen == [(0, 1), (0, 2), (1, 0), (2, 0), (1, 0), (0, 0)]
    first = pixels(view.image.value)
    view.playing = True
    view.play.value = 1  # a tick of the front end
    assert view.session.game.t >= 1 and f"iteration {view.session.game.t}" in view.words.value
    assert np.abs(first - pixels(view.image.value)).max() > 0.1


def test_train_is_pause_while_it_plays_and_a_move_by_hand_pauses():
    view = ByMatplotlib(Session(SMALL, "cpu"))
    view.train.click()
    assert view.play.playing and view.train.description == "Pause"
    view.train.click()
    assert not view.play.playing and view.train.description == "Train"
    view.train.click()
    view.buttons["D step"].click()
    assert not view.playing and view.train.description == "Train"
    assert ByMatplotlib(Session(SMALL, "cpu"), autoplay=True).playing


def test_ticks_that_waited_while_a_picture_was_drawn_are_passed_over():
    view = ByMatplotlib(Session(SMALL, "cpu"), clock=lambda: 0.0)
    view.playing = True
    for tick in range(1, 6):
        view.play.value = tick
    asks = view.session.game.t
    view.play.value = 6
    assert asks == view.session.game.t > 0


def test_a_tick_that_was_on_its_way_when_the_game_was_paused_trains_nothing():
    view = ByMatplotlib(Session(SMALL, "cpu"), clock=clock())
    view.playing = True
    view.play.value = 1
    view.buttons["To the start"].click()
    view.play.value = 2
    assert view.session.game.t == 0


def test_the_words_say_what_is_known_and_no_number_that_is_none():
    view = ByMatplotlib(Session(SMALL, "cpu"), clock=clock())
    known = r"JSD \S+ nats, V\(G, D\) \S+ of at most \S+"
    assert re.match(f"<p>iteration 0 on cpu, before training: {known}</p>", view.words.value)
    view.buttons["D step"].click()
    assert "iteration 0 on cpu, after D’s step: JSD" in view.words.value
    assert "loss of D" in view.words.value and "loss of G" not in view.words.value
    view.playing = True
    view.play.value = 1
    assert "loss of G" in view.words.value and "nan" not in view.words.value


def test_rates_and_k_stand_beside_the_buttons_and_everything_else_below():
    view = ByMatplotlib(Session(SMALL, "cpu"), clock=clock())
    view.playing = True
    view.play.value = 1
    t = view.session.game.t
    view.near["lr_D"].value, view.near["k"].value = "0,25", "3"
    game = view.session.game
    assert (game.t, game.recipe.lr_D, game.recipe.k) == (t, 0.25, 3)
    assert view.panel.recipe == game.recipe
    view.panel.fields["k"][0].value = "4"
    assert view.near["k"].value == "4" and view.session.game.recipe.k == 4
    view.panel.fields["seed"][0].value = "7"
    game = view.session.game
    assert game.t == 0 and game.recipe == SMALL.but(lr_D=0.25, k=4, seed=7)
    view.near["lr_D"].value = "fast"
    assert "Learning rate of D must be a number" in view.panel.refusals["lr_D"].value
    assert view.session.game.recipe.lr_D == 0.25
    small = ByMatplotlib(Session(SMALL, "cpu"), controls=False)
    assert small.panel not in small.children


def test_a_picture_is_as_fine_as_good_screens_and_follows_a_dark_notebook():
    view = ByMatplotlib(Session(SMALL, "cpu"))
    assert pixels(view.image.value).shape[1] == 2 * 700
    style = view.children[0].value
    assert "gan-lab-still" in view.image._dom_classes and "width: 700px" in style
    assert 'data-jp-theme-light="false"' in style and "data-vscode-theme-kind" in style


def test_a_cell_that_moves_the_game_is_seen():
    session = Session(SMALL, "cpu")
    view = ByMatplotlib(session)
    list(session.game.play(3))
    session.tell_views()
    assert "iteration 3" in view.words.value


def test_it_says_that_a_game_has_diverged_and_stops_playing():
    session = Session(SMALL.but(optimizer="sgd", lr_D=1e30, lr_G=1e30), "cpu")
    view = ByMatplotlib(session, clock=clock())
    view.play.playing = True
    for tick in range(1, 6):
        view.play.value = tick
    assert "diverged" in view.alert.value and not view.play.playing
    assert "Try smaller learning rate of D and learning rate of G" in view.alert.value


@pytest.mark.parametrize("recipe", [SMALL, IN_THE_PLANE], ids=["line", "plane"])
def test_a_picture_is_of_the_game_as_it_is(recipe):
    game = Training(recipe, "cpu")
    before = pixels(picture(game))
    list(game.play(5))
    assert np.abs(before - pixels(picture(game))).max() > 0.1


def test_what_cannot_be_drawn_is_said():
    ink = pixels(picture(Training(SMALL.but(latent_dim=2), "cpu")))
    assert ink.min() < 0.5  # the sentence


@pytest.mark.parametrize(("more", "said"), [({"loss": "hinge"}, "JSD "), ({"latent_dim": 2}, "")])
def test_what_is_not_known_is_not_said(more, said):
    words = picture_and_words(Training(SMALL.but(**more), "cpu"))[1]
    assert words.startswith(said) and "nan" not in words and "V(" not in words
