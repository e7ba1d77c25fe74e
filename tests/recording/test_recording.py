"""Recordings: which frames of a game are kept, and how they are handed back."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_by_hand import SMALL
from matplotlib.figure import Figure

from gan_lab import plots
from gan_lab.datasets import gaussian
from gan_lab.recording.frames import frame_of
from gan_lab.recording.recording import Recording, iterations_to_record, record, watch
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.widgets import Player


def test_all_of_a_short_game_is_kept_the_start_first(run):
    assert list(zip(run.t, run.turn, strict=True)) == [
        (0, 0), (0, 1), (1, 2), (1, 1), (2, 2), (2, 1), (3, 2), (3, 1), (4, 2), (4, 1), (5, 2),
        (5, 1), (6, 2),
    ]  # fmt: skip
    assert run.note == "" and run.recipe == SMALL and run.engine["device"] == "cpu"


def test_a_kept_frame_is_what_can_be_seen_at_that_moment(run):
    game = Training(SMALL, device="cpu")
    for _ in game.play(4):
        pass
    mine, theirs = run[7 + 1], frame_of(game, x=run.x)
    assert (mine.t, mine.turn) == (theirs.t, theirs.turn) == (4, "G")
    for name in ("p_g", "D", "D_star", "G_z", "V", "C", "jsd", "loss_D", "loss_G"):
        assert np.array_equal(getattr(mine, name), getattr(theirs, name)), name


def test_the_frames_of_a_pair_share_their_generator(run):
    assert np.array_equal(run.p_g[2], run.p_g[3]) and not np.array_equal(run.D[2], run.D[3])
    assert np.array_equal(run.D[3], run.D[4]) and not np.array_equal(run.p_g[3], run.p_g[4])


def test_a_long_game_keeps_about_as_many_frames_as_asked_and_its_last():
    calls = []
    long = record(Training(SMALL, device="cpu"), 40, frames=15, progress=lambda *c: calls.append(c))
    assert 13 <= len(long) <= 15
    assert (long.t[-1], long.turn[-1], len(calls), calls[-1]) == (40, 2, 40, (40, 40))


@given(st.integers(1, 5000), st.integers(2, 200))
@settings(max_examples=200)
def test_moments_are_kept_ever_further_apart(iterations, count):
    found = iterations_to_record(iterations, count)
    steps = np.diff(found)
    assert found[0] == 0 and found[-1] == iterations and np.all(steps > 0)
    assert len(found) == min(count, iterations + 1) or count / 2 <= len(found) <= count


def test_moments_are_further_apart_by_the_same_factor():
    assert iterations_to_record(1000, 4) == [0, 1, 32, 1000]  # about the square root of 1000 twice
    assert iterations_to_record(0, 9) == [0]


def test_any_iterator_of_games_can_be_watched():
    game = Training(SMALL, device="cpu")
    seen = watch(game.play(5), times={2, 3})
    assert list(seen.t) == [2, 3, 5]
    assert len(watch(Training(SMALL, device="cpu").half_steps(2))) == 4
    with pytest.raises(ValueError, match="no game"):
        watch(iter(()))


def test_who_waits_is_told_how_many_iterations_are_done_and_of_how_many():
    game, said = Training(SMALL, device="cpu"), []
    record(game, iterations=3, frames=3, progress=lambda *words: said.append(words))
    assert said == [(1, 3), (2, 3), (3, 3)]
    record(game, iterations=2, frames=3, progress=lambda *words: said.append(words))
    assert said[-2:] == [(1, 2), (2, 2)]


def test_a_game_goes_on_where_it_stood():
    game = Training(SMALL, device="cpu")
    record(game, 2)
    assert list(record(game).t[[0, -1]]) == [2, 6]


def test_a_run_that_diverges_keeps_its_frames_and_its_words():
    wild = SMALL.but(optimizer="sgd", lr_D=1e30, lr_G=1e30, iterations=50)
    kept = record(Training(wild, device="cpu"))
    assert "diverged" in kept.note and 1 <= len(kept) < 99
    assert Recording.from_bytes(kept.to_bytes()).note == kept.note


@pytest.mark.parametrize("rate", [1e60, 1e160, 1e300])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_game_at_the_end_of_the_floats_keeps_a_note(rate, optimizer, tmp_path):
    wild = SMALL.but(optimizer=optimizer, lr_D=rate, lr_G=rate, dtype="float64")
    kept = record(Training(wild, device="cpu"))
    assert "diverged" in kept.note and len(kept) >= 1
    for quantised in (False, True):
        kept.save(tmp_path / "run.ganrec", quantised)
        assert Recording.load(tmp_path / "run.ganrec").note == kept.note


def test_frames_that_cannot_be_computed_are_left_out_and_counted(monkeypatch):
    real = frame_of

    def at_times(game, *words):
        if game.t in (2, 3) or game.turn == "D":
            raise OverflowError("a number\nthat is too large")
        return real(game, *words)

    monkeypatch.setattr("gan_lab.recording.recording.frame_of", at_times)
    kept = record(Training(SMALL, device="cpu"))
    assert list(kept.t) == [0, 1, 4, 5, 6] and set(kept.turn) == {0, 2}
    assert kept.note == (
        "8 frames could not be computed, the first in iteration 0: a number that is too large"
    )
    monkeypatch.setattr("gan_lab.recording.recording.frame_of", lambda *words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        record(Training(SMALL, device="cpu"))


def test_data_that_are_thin_and_far_away_can_be_saved_quantised(tmp_path):
    thin = record(Training(SMALL.but(data=gaussian(1000, 0.001), iterations=2), "cpu"), frames=4)
    thin.save(tmp_path / "run.ganrec", quantised=True)
    other = Recording.load(tmp_path / "run.ganrec")
    assert np.array_equal(other.x, thin.x) and len(other) == len(thin)


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"iterations": 0}, "iterations must be a whole number, 1 or more, not 0"),
        ({"iterations": True}, "iterations"),
        ({"frames": 2}, "frames must be a whole number, 3 or more, not 2"),
        ({"frames": 9.5}, "frames"),
        ({"member": 1}, "member must be from 0 to 0, not 1"),
    ],
)
def test_what_cannot_be_recorded_is_said(words, match):
    with pytest.raises(ValueError, match=match):
        record(Training(SMALL, device="cpu"), **words)


def test_frames_are_counted_like_a_list(run):
    assert run[-1].t == 6 and len(list(run)) == len(run) == 13
    with pytest.raises(IndexError):
        run[13]


@pytest.mark.parametrize("more", [
    *({"loss": name} for name, loss in LOSSES.items() if not loss.labels),
    {"packing": 2}, {"latent_dim": 2}, {"loss": "wasserstein", "latent_dim": 2},
])  # fmt: skip
def test_what_is_not_known_is_left_out_and_said_and_the_rest_is_a_recording(more, tmp_path):
    made = record(Training(SMALL.but(**more), device="cpu"), 4)
    assert "left out" in made.note and made.panels == {}
    known_generator = made.recipe.latent_dim == 1
    assert np.isfinite(made.jsd).all() == np.isfinite(made.p_g).any() == known_generator
    assert np.isnan(made.V).all() and np.isfinite(made.loss_D[1:]).all()
    made.save(tmp_path / "run", quantised=True)
    back = Recording.load(tmp_path / "run")
    assert np.allclose(back.jsd, made.jsd, equal_nan=True) and np.isnan(back.V).all()
    assert np.array_equal(np.isnan(back.D), np.isnan(made.D)) and back.note == made.note
    above, below = Figure().subplots(2)
    drawn = plots.figure_1(above, made[-1])
    labels = {line.get_label() for inset in drawn.child_axes for line in inset.get_lines()}
    assert (plots.NAMES["D"] in labels) == np.isfinite(made.D).any()
    assert (plots.NAMES["p_g"] in labels) == known_generator
    ((name, *_),) = [[line.get_label() for line in plots.bound(below, made).get_lines()]]
    assert ("JSD" in name) == known_generator
    above.figure.canvas.draw()
    assert "V" not in Player(made).html().split("</svg>")[0].split("iteration")[-1]
