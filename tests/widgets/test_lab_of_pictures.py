"""The lab of a game of pictures: the kernel trains, and says what can be asked of a sample."""

import itertools
import threading

import numpy as np
import pytest

from gan_lab.datasets import digits
from gan_lab.recording.images import ImageRecording, followed, image_frame
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe
from gan_lab.widgets import lab, play
from gan_lab.widgets.kernel.controls import Controls

TINY = Recipe(data=digits(), latent_dim=3, G=(6,), D=(6,), m=8, k=1, gain=1.0)


def shown(recipe=TINY, **words):
    """A lab, and its view, whose clock goes a second a look."""
    made = lab(recipe, device="cpu", **words)
    view = made.widget()
    count = itertools.count()
    view.clock = lambda: float(next(count))
    return made, view


def kept(view) -> ImageRecording:
    return ImageRecording.from_bytes(view.image.recording)


def test_it_trains_while_it_is_watched_and_moments_come_to_the_picture():
    made, view = shown()
    assert kept(view).t.tolist() == [0] and "on cpu" in view.words.value
    view.playing = True
    sent = []
    view.image.observe(lambda change: sent.append(change["new"]), names="newest")
    view.play.value = 1  # a tick of the front end
    view.play.value = 2
    assert kept(view).t.tolist() == [0]  # only what is new is sent
    newest = [ImageRecording.from_bytes(moment) for moment in sent]
    view.playing = False
    seen = kept(view)
    assert [each.t.tolist() for each in newest] == [[t] for t in seen.t[1:]]
    assert view.image.newest == b""
    assert seen.t[-1] == made.iteration > 0 and len(seen) == 3 and seen.G_z.shape[1:] == (36, 64)
    frame = image_frame(made.training, pictures=36)
    assert np.abs(seen[-1].fake - frame.fake.astype(int)).max() <= 8  # 16 shades
    view.buttons["Undo"].click()
    view.buttons["To the start"].click()
    assert made.iteration == 0 and kept(view).t.tolist() == [0]
    view.heard({"press": "on"})
    assert made.iteration == 1 and made.jsd is None


def test_the_stage_plays_when_the_game_does_and_the_other_way():
    made, view = shown()
    view.image.playing = True
    assert made.playing and view.playing and view.train.description == "Pause"
    made.pause()
    assert not view.image.playing
    assert play(TINY).widget().image.playing  # and it has no settings
    assert view.panel in view.children and view.panel not in play(TINY).widget().children


def test_the_rules_change_and_another_game_begins_by_the_same_controls():
    made, view = shown()
    made.step(2)
    view.near["lr_G"].value = "0.01"
    assert (made.iteration, made.training.recipe.lr_G) == (2, 0.01)
    view.panel.fields["data"][0].value = "digits(labels=[0, 1])"
    assert (made.iteration, made.training.recipe.data.labels) == (0, (0, 1))
    view.panel.fields["data"][0].value = "ring(8)"
    said = view.panel.refusals["data"].value
    assert "data must be one call like digits(), of one of digits, mnist" in said
    view.panel.preset.value = "digits conditional"
    assert made.training.recipe == PRESETS["digits conditional"] and len(kept(view)) == 1
    assert view.panel.preset.value == "digits conditional"
    view.near["lr_G"].value = "0.02"
    assert view.panel.preset.value == ""  # and it can be chosen again
    view.panel.preset.value = "digits conditional"
    assert made.training.recipe == PRESETS["digits conditional"]
    offered = [name for _, name in view.panel.preset.options if name]
    assert offered == ["digits", "digits dcgan", "digits conditional"]
    assert "digits" not in [name for _, name in Controls(Recipe()).preset.options]


def test_the_nearest_training_picture_of_a_sample_is_that_of_brute_force():
    made, view = shown()
    made.step(3)
    data, game = made.recipe.data, made.training
    fake = game.map()(followed(game, 0, 36)[0])[4]
    far = np.linalg.norm(data.pixels - fake, axis=1)
    found = made.nearest(5)
    assert found.index == far.argmin() and found.distance == pytest.approx(far.min())
    assert found.label == data.classes_of[found.index]
    ink = (data.pixels[found.index] + 1) * 127.5
    np.testing.assert_allclose(found.picture.ravel(), ink, atol=0.51)
    held = digits("held out").pixels
    usual = [np.linalg.norm(data.pixels - x, axis=1).min() for x in held]
    assert found.usual == pytest.approx(np.median(usual))
    view.playing = True
    view.heard({"choose": 5})  # as when it is pressed
    assert not view.playing and view.sample.value == 5
    assert f"a distance of {found.distance:.1f}; the median over held-out" in view.said.value
    assert view.found.layout.display is None
    view.buttons["Both"].click()
    assert view.said.value == "" and view.found.layout.display == "none"


def test_what_is_asked_of_a_sample_while_it_trains_stays_to_be_read():
    made, view = shown()
    asks = []

    def press(reply):  # each button has a thread of its own
        if not asks:
            asks.append(threading.Thread(target=view.show_nearest))
            asks[0].start()

    made.session.listeners.append(press)
    view.playing = True
    for tick in (1, 2):
        view.play.value = tick
        asks[0].join(60)
    assert not view.playing and view.said.value.startswith("<p>Sample 1, and beside it")


def test_a_walk_goes_from_one_sample_to_another_and_asks_for_one_label():
    for recipe in (TINY, TINY.but(conditional=True)):
        made, view = shown(recipe)
        frame = image_frame(made.training, pictures=36)
        way = made.walk(1, 12, steps=3)
        np.testing.assert_array_equal(way[0], frame.fake[0])
        assert np.array_equal(way[-1], frame.fake[11]) is not recipe.conditional
        assert (way[1] != way[0]).any() and way.shape == (3, 8, 8)
        view.show_walk()
        assert view.way.value and view.way.layout.display is None
    np.testing.assert_array_equal(made.walk(1, 11)[-1], frame.fake[10])  # both are asked for a 0


def test_what_was_seen_is_a_recording_and_the_game_is_saved(tmp_path):
    made, _ = shown(t=0)
    made.step(2)
    made.step()
    seen = made.recording
    assert seen.t.tolist() == [0, 2, 3] and seen.G_z.shape == (3, 64, 64)
    np.testing.assert_array_equal(seen[-1].fake, image_frame(made.training).fake)
    play(seen).html()
    made.training.save(tmp_path / "game.gan")
    assert Training.load(tmp_path / "game.gan", device="cpu").t == 3


def test_other_games_and_samples_are_refused_in_a_sentence():
    made, _ = shown()
    for ask, words in (
        (lambda: made.nearest(37), "sample must be a whole number from 1 to 36, not 37"),
        (lambda: made.walk(0, 3), "first must be a whole number from 1 to 36, not 0"),
        (lambda: made.walk(1, 2, steps=1), "steps must be a whole number from 2 to 1000, not 1"),
        (lambda: lab(Recipe(G=(4,), D=(4,)), device="cpu").nearest(1), "needs pictures as data"),
    ):
        with pytest.raises(ValueError, match=words):
            ask()


def test_a_page_shows_a_still_and_says_where_it_trains(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    page = lab(TINY, device="cpu")._repr_mimebundle_()["text/html"]
    assert "This page trains no games of pictures" in page and "<svg" in page
    assert "data-gan-lab" not in page  # the page's script has nothing to do here
    assert lab(TINY, device="cpu", view="matplotlib").widget().image.format == "png"
