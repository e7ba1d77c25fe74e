"""Figures as widgets: observed, linked, put into boxes and moved by cells, without any page."""

import subprocess
import sys

import ipywidgets
import numpy as np
import pytest
import torch
import traitlets
from games import small_recording

from gan_lab.datasets import grid
from gan_lab.recording import recording
from gan_lab.recording.frames import frame_of
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import Player, explore, lab, play
from gan_lab.widgets.kernel.follower import Follower
from gan_lab.widgets.kernel.session import Session

LINE = Recipe(G=(8,), D=(8,), m=16)
PLANE = Recipe(data=grid(2), latent_dim=2, G=(4,), D=(4,), m=8)


def played(recipe=LINE, t=7) -> Training:
    game = Training(recipe, "cpu")
    for _ in game.play(t):
        pass
    return game


def observed(shown) -> list:
    heard = []
    shown.observe(lambda change: heard.append((change.name, change.new)), ["iteration", "playing"])
    return heard


def test_a_cell_moves_a_lab_and_hears_of_it():
    shown = lab(LINE)
    heard = observed(shown)
    shown.step(3)
    assert shown.iteration == shown.training.t == 3 and ("iteration", 3) in heard
    assert shown.jsd == frame_of(shown.training).jsd
    shown.seek(1)
    assert shown.training.t == 1 and heard[-1] == ("iteration", 1)
    shown.seek(4)
    assert torch.equal(shown.training.G.flat, played(t=4).G.flat)
    shown.reset()
    assert shown.training.t == shown.iteration == 0


def test_one_call_is_one_act_which_a_reader_takes_back():
    shown = lab(LINE)
    shown.step(2)
    shown.step(40)
    shown.session.answer({"do": "undo"})
    assert shown.iteration == 2


def test_a_lab_with_a_moment_goes_on_from_there():
    shown = lab(LINE, t=5)
    shown.step()
    assert shown.training.t == 6


@pytest.mark.parametrize("make", [lambda: lab(LINE), lambda: play(small_recording())])
def test_what_is_no_step_or_moment_is_refused_and_nothing_moves(make):
    shown = make()
    for act in (lambda: shown.step(0), lambda: shown.step(1.5), lambda: shown.seek(-1)):
        with pytest.raises(ValueError, match="^(n|iteration) must be a whole number"):
            act()
    with pytest.raises(ValueError, match="iteration"):
        shown.iteration = -3
    assert shown.iteration == 0
    with pytest.raises(traitlets.TraitError, match="jsd"):
        shown.jsd = 0.5


def test_a_slider_that_is_linked_moves_a_lab_and_is_moved():
    shown, slider = lab(LINE), ipywidgets.IntSlider(max=50)
    traitlets.link((shown, "iteration"), (slider, "value"))
    slider.value = 6
    assert shown.training.t == 6
    shown.step(2)
    assert slider.value == 8


def test_play_and_pause_are_wishes_of_the_view_and_a_step_pauses():
    for shown in (lab(PLANE, controls=False), play(small_recording())):
        stage, heard = shown.widget(), observed(shown)
        shown.play()
        assert stage.playing
        stage.playing = False  # by a reader
        assert heard == [("playing", True), ("playing", False)]
        shown.playing = True
        shown.step()
        assert not stage.playing and not shown.playing


def test_a_lab_that_a_reader_pauses_says_the_jsd_of_where_it_stands():
    shown = lab(LINE, controls=False)
    stage, session = shown.widget(), shown.session
    stage.playing = True
    for _ in range(20):
        session.answer({"do": "train", "budget": 1, "most": 1})
    stage.playing = False
    assert shown.iteration == 20
    assert shown.jsd == pytest.approx(frame_of(shown.training).jsd, rel=1e-12)


def test_the_plain_view_plays_and_pauses_too():
    shown = lab(LINE, view="matplotlib")
    board = shown.widget()
    shown.play()
    assert board.playing and board.train.description == "Pause"
    board.toggle()
    assert not shown.playing
    shown.step(2)
    assert "iteration 2" in board.words.value


@pytest.mark.parametrize(
    "make", [lambda: lab(PLANE), lambda: play(small_recording()), explore.pair]
)
def test_it_lies_in_a_box_beside_others_and_opens_no_channel_before(make):
    shown = make()
    assert shown.comm is None
    box = ipywidgets.HBox([shown, ipywidgets.Label("beside")])
    assert f"IPY_MODEL_{shown.model_id}" in box.get_state()["children"]
    assert shown.children == (shown.widget(),)


def test_the_page_can_be_linked_to_what_it_is_told():
    shown = lab(LINE)
    state = shown.get_state()
    assert state["iteration"] == 0 and state["playing"] is False
    assert state["jsd"] == frame_of(shown.training).jsd
    ipywidgets.jslink((shown, "iteration"), (ipywidgets.IntProgress(), "value"))


def test_a_player_tells_of_the_frame_that_its_view_shows():
    run = small_recording()
    shown = Player(run)
    shown.widget().frame = 4
    assert (shown.iteration, shown.jsd) == (run.t[4], run.jsd[4])
    shown.seek(1)
    assert shown.widget().frame == np.flatnonzero(run.t == 1)[-1]
    shown.step(100)
    assert shown.frame == len(run) - 1
    shown.iteration = 2
    assert run.t[shown.frame] == 2
    shown.reset()
    assert shown.widget().frame == 0
    assert shown.recording is run


def test_a_lab_begins_with_a_training_as_it_stands():
    game = played(LINE.but(ema=0.9))
    game.update_discriminator()
    shown = lab(game)
    shown.step(5)
    assert game.t == 7 and game.steps == 1
    for _ in game.play(5):
        pass
    for name in ("G", "D", "average"):
        assert torch.equal(getattr(game, name).flat, getattr(shown.training, name).flat)
    shown.reset()
    assert shown.iteration == 7 and shown.training.steps == 1
    with pytest.raises(ValueError, match="this game begins with iteration 7, and iteration 3 is"):
        shown.seek(3)
    told = shown.session.answer({"do": "tell"})
    assert "what it did up to iteration 7 is not known here" in told["error"]


def test_of_a_game_that_can_go_back_the_lab_can_too():
    before = lab(LINE)
    before.step(6)
    shown = play(before.training)
    shown.seek(2)
    assert shown.training.t == 2 and before.training.t == 6
    assert shown.autoplay and not shown.controls


def test_a_training_begins_nowhere_else():
    game = played()
    with pytest.raises(ValueError, match="a training begins where it stands, in iteration 7"):
        lab(game, t=3)
    with pytest.raises(ValueError, match="there is no device 'cuda:9' here"):
        lab(game, device="cuda:9")
    assert lab(game, device="cpu").training.t == 7


def test_the_page_of_a_training_plays_its_recipe_so_far():
    assert 'data-t="7"' in lab(played()).html()


def test_what_was_seen_of_a_lab_is_a_recording():
    shown = lab(LINE)
    for _ in range(6):
        shown.step()
    seen = shown.recording
    assert seen.t.tolist() == [0, 1, 2, 3, 4, 5, 6] and seen.recipe == LINE
    whole = recording.watch([Training(LINE, "cpu")])
    assert np.array_equal(seen[0].D, whole[0].D)
    assert np.array_equal(seen[6].p_g, frame_of(shown.training, x=seen.x).p_g)
    assert seen.loss_D[6] == float(shown.training.loss_D[0])
    shown.seek(2)
    assert shown.recording.t.tolist() == [0, 1, 2] and not shown.recording.note
    shown.session.answer({"do": "change", "changes": {"lr_D": 1e-3, "activation": "silu"}})
    shown.step()
    changed = shown.recording
    assert "the rules changed on the way" in changed.note
    assert np.array_equal(changed[1].D, seen[1].D)


def test_of_a_long_game_moments_go_evenly():
    session = Session(LINE)
    follower = Follower(session, lambda *_: None, lambda: True)
    for _ in range(600):
        session.answer({"do": "train", "budget": 1, "most": 1})
    kept = [moment["t"] for moment in follower.moments]
    assert kept[0] == 0 and 120 <= len(kept) <= 240 and set(np.diff(kept)) == {4}


def test_while_it_plays_a_tenth_of_the_time_goes_into_the_jsd(monkeypatch):
    time, heard = [0.0], []

    def slow(game):
        time[0] += 0.1
        return game.t / 1000

    monkeypatch.setattr("gan_lab.widgets.kernel.follower.jsd_of", slow)
    session, playing = Session(LINE), [True]
    tell, plays = (lambda *said: heard.append(said)), (lambda: playing[0])
    follower = Follower(session, tell, plays, lambda: time[0])
    for _ in range(200):
        time[0] += 0.03
        session.answer({"do": "train", "budget": 1, "most": 1})
    measured = len({jsd for _, jsd in heard})
    assert [t for t, _ in heard] == list(range(201)) and 5 <= measured <= 8
    playing[0] = False
    follower.rest()
    assert heard[-1] == (200, 0.2)
    session.answer({"do": "train", "budget": 1, "most": 1})
    assert heard[-1] == (201, 0.201)


def test_in_the_plane_the_jsd_is_not_known():
    shown = lab(PLANE)
    shown.step()
    assert shown.jsd is None and shown.iteration == 1


def test_an_interrupt_ends_the_cell_that_steps():
    shown = lab(LINE)
    seen = []

    def press(change):
        seen.append(change.new)
        shown.session.interrupt()

    shown.observe(press, "iteration")
    with pytest.raises(KeyboardInterrupt):
        shown.step(10_000)
    assert shown.training.whole and 0 < shown.training.t < 10_000
    shown.unobserve(press, "iteration")
    before = shown.iteration
    shown.step()  # which is asked for after it, and does not wait
    assert shown.iteration == before + 1


def test_without_ipywidgets_a_figure_is_html_and_a_lab_still_moves():
    code = (
        "import sys; sys.modules['ipywidgets'] = sys.modules['traitlets'] = None\n"
        "import gan_lab as gl\n"
        "shown = gl.lab(gl.Recipe(G=(8,), D=(8,), m=16)); shown.step(3)\n"
        "assert shown.iteration == shown.training.t == 3 and shown.jsd > 0\n"
        "assert 'text/html' in shown._repr_mimebundle_()[0]\n"
        "run = gl.play(shown.recording); run.seek(3); assert run.iteration == 3\n"
        "assert '<figure' in run.html()\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
