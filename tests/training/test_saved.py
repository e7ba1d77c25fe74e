"""A training in a file: it goes on like the one that was saved, and other files are refused."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from test_rewind import RICH, SMALL, after, face

import gan_lab as gl
from gan_lab.datasets import ring
from gan_lab.training.loop import Training
from gan_lab.training.saved import DAMAGED, FILE

PLANE = SMALL.but(data=ring(3), latent_dim=2, lr_D=(1e-3, 2e-3))
RECIPES = [SMALL, RICH, PLANE, SMALL.but(optimizer="sgd", momentum=0.5, unrolled=1)]


def same(game, other) -> bool:
    pairs = zip(face(game)[0], face(other)[0], strict=True)
    return all(np.array_equal(a.numpy(), b.numpy(), equal_nan=True) for a, b in pairs)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A short file of a small game."""
    path = tmp_path_factory.mktemp("saved") / "game"
    after(Training(SMALL.but(G=(2,), D=(2,), members=1), "cpu"), 3).save(path)
    return path


@pytest.mark.parametrize("recipe", RECIPES)
@pytest.mark.parametrize("half", [False, True])
def test_it_goes_on_bit_for_bit(recipe, half, tmp_path):
    game = after(Training(recipe, "cpu"), 5)
    if half:
        game.change(lr_G=5e-4)
        game.update_discriminator()
    game.save(tmp_path / "game")
    again = Training.load(tmp_path / "game")
    assert (again.t, again.steps, again.turn) == (5, int(half), "D" if half else "G")
    assert again.recipe == game.recipe and face(again)[1:] == face(game)[1:] and same(again, game)
    assert same(after(again, 4), after(game, 4)) and again.t == game.t


def test_what_diverged_stays_so_and_the_last_good_weights_can_be_gone_back_to(tmp_path):
    game = after(Training(SMALL.but(lr_D=(1e-3, 1e150), optimizer="sgd", r1=0.0), "cpu"), 6)
    assert game.diverged_at.keys() == {1}
    game.save(tmp_path / "game")
    again = gl.load(tmp_path / "game")
    assert again.diverged_at == game.diverged_at and again.stopped == game.stopped
    assert torch.equal(again.before[1], game.before[1]) and again.before[0] is again.G
    assert same(after(again, 3), after(game, 3))


def test_float32_and_a_new_game_and_another_process(tmp_path):
    game = Training(SMALL.but(dtype="float32"), "cpu")
    game.save(tmp_path / "game")
    code = (
        "import sys, torch; torch.set_num_threads(1)\n"
        "import gan_lab as gl\n"
        "game = gl.load(sys.argv[1])\n"
        "for _ in game.play(3): pass\n"
        "game.save(sys.argv[1] + '2')\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / "game"], check=True)
    assert same(Training.load(tmp_path / "game2"), after(game, 3))


def test_one_function_loads_both_kinds_of_file(tmp_path):
    game = Training(SMALL, "cpu")
    gl.record(game, 3).save(tmp_path / "run")
    game.save(tmp_path / "game")
    assert gl.load(tmp_path / "run").t[-1] == gl.load(tmp_path / "game").t == 3
    with pytest.raises(ValueError, match="this file is no training of gan_lab"):
        Training.load(tmp_path / "run")
    with pytest.raises(ValueError, match="not a recording"):
        gl.recording.Recording.load(tmp_path / "game")


@settings(max_examples=60)
@given(data=st.data())
def test_no_flipped_bit_and_no_cut_is_read(data, file):
    good = bytearray(file.read_bytes())
    bad = file.with_name("bad")
    if data.draw(st.booleans()):
        good[data.draw(st.integers(0, len(good) - 1))] ^= 1 << data.draw(st.integers(0, 7))
        bad.write_bytes(good)
    else:
        bad.write_bytes(good[: data.draw(st.integers(0, len(good) - 1))])
    with pytest.raises(ValueError, match=r"^this (file|training|recording) [^\n]*$|^these bytes"):
        Training.load(bad)


def rewritten(file, change) -> None:
    """The file with another header, and a seal that fits."""
    header, body = FILE.opened(file.read_bytes())
    version = 2 if change(header) == 2 else 1
    kind = dataclasses.replace(FILE, versions=(version,))
    file.with_name("bad").write_bytes(kind.written(header, bytes(body)))


@pytest.mark.parametrize(("change", "words"), [
    (lambda h: 2, "has format 2, of a newer gan_lab; only 1 is read"),
    (lambda h: h["recipe"].update(colour="red"), "cannot be played by gan_lab .*: .*colour"),
    (lambda h: h.pop("recipe"), "cannot be played"),
    (lambda h: h.pop("t"), DAMAGED),
    (lambda h: h.update(before="E"), DAMAGED),
    (lambda h: h["recipe"].update(ema=0.9), DAMAGED),
    (lambda h: h["recipe"].update(G=[3]), DAMAGED),
    (lambda h: h["arrays"].pop(), DAMAGED),
    (lambda h: h["arrays"][0].update(shape=[1, -7]), DAMAGED),
    (lambda h: h["arrays"][0].update(shape=[2**40, 2**40]), DAMAGED),
    (lambda h: h["arrays"][0].update(dtype="object"), DAMAGED),
])  # fmt: skip
def test_a_file_that_is_not_of_this_version_or_makes_no_sense_is_refused(change, words, file):
    rewritten(file, change)
    with pytest.raises(ValueError, match=words):
        Training.load(file.with_name("bad"))


def test_a_game_that_broke_off_is_not_saved_and_no_file_is_left(tmp_path):
    game = Training(SMALL, "cpu")
    game.whole = False
    with pytest.raises(ValueError, match="broke off in the middle of a move"):
        game.save(tmp_path / "game")
    assert not list(tmp_path.iterdir())
