"""A recording as a GIF, an MP4 or an SVG, in one call, and no half file."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import numpy as np
import pytest
from made_by_hand import SMALL, plane_by_hand
from PIL import Image

from gan_lab import films
from gan_lab.recording.recording import record
from gan_lab.training.loop import Training


def shown(path) -> list[tuple[np.ndarray, int]]:
    """The pictures of a GIF, and how long each stands, in milliseconds."""
    found = []
    with Image.open(path) as gif:
        for i in range(gif.n_frames):
            gif.seek(i)
            found.append((np.asarray(gif.convert("L")), gif.info["duration"]))
    return found


def test_a_gif_has_a_picture_for_each_frame_and_the_last_one_stands(run, tmp_path):
    heard = []
    run.to_gif(tmp_path / "run.gif", frames=5, progress=lambda *said: heard.append(said))
    pictures = shown(tmp_path / "run.gif")
    assert heard == [(i, 5) for i in range(1, 6)]
    assert len(pictures) == 5 and [p.shape for p, _ in pictures] == [(448, 512)] * 5
    assert [d for _, d in pictures] == [100] * 4 + [100 * films.LAST]
    assert all(np.abs(a * 1.0 - b).max() > 50 for (a, _), (b, _) in pairwise(pictures))
    assert (tmp_path / "run.gif").stat().st_size < 40_000 * len(pictures)
    assert [file.name for file in tmp_path.iterdir()] == ["run.gif"]


def test_an_mp4_has_the_pictures_of_the_gif(ffmpeg, run, tmp_path):
    heard = []
    how = {"frames": 3, "per_second": 5}
    run.to_mp4(tmp_path / "run.mp4", **how, progress=lambda *said: heard.append(said))
    run.to_gif(tmp_path / "run.gif", **how)
    command = [ffmpeg, "-v", "error", "-i", "run.mp4", "-pix_fmt", "gray", "-f", "rawvideo", "-"]
    raw = subprocess.run(command, capture_output=True, cwd=tmp_path, check=True).stdout
    film = np.frombuffer(raw, np.uint8).reshape(-1, 448, 512)
    assert heard == [(1, 3), (2, 3), (3, 3)] and len(film) == 2 + films.LAST
    for seen, (drawn, _) in zip(film, shown(tmp_path / "run.gif"), strict=False):
        assert np.abs(seen * 1.0 - drawn).mean() < 3  # of 255: both lose a little
    assert np.abs(film[0] * 1.0 - film[1]).max() > 50


def test_without_ffmpeg_an_mp4_is_refused_in_a_sentence(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(films, "find_spec", lambda name: None)
    words = "written by ffmpeg, which is not here: .*; to_gif needs neither"
    with pytest.raises(ValueError, match=words):
        run.to_mp4(tmp_path / "run.mp4")
    assert not list(tmp_path.iterdir())


def test_an_ffmpeg_that_cannot_is_refused_in_a_sentence(run, tmp_path, monkeypatch):
    broken = tmp_path / "ffmpeg"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(ValueError, match="could not write an MP4: .*; to_gif does not"):
        run.to_mp4(tmp_path / "run.mp4", frames=2)
    assert list(tmp_path.iterdir()) == [broken]


def test_a_game_in_the_plane_makes_films_too(tmp_path):
    made = plane_by_hand(3)
    made.to_gif(tmp_path / "run.gif", frames=2)
    made.to_svg(tmp_path / "run.svg", iteration=0)
    (first, _), (last, _) = shown(tmp_path / "run.gif")
    assert np.abs(first * 1.0 - last).max() > 50
    assert "before training" not in (tmp_path / "run.svg").read_text()  # the last of iteration 0


@pytest.mark.parametrize(("count", "most"), [(3, 60), (60, 60), (241, 60), (61, 2)])
def test_frames_are_chosen_evenly_with_both_ends(count, most):
    chosen = films.some_of(count, most)
    assert len(chosen) == min(count, most) and (chosen[0], chosen[-1]) == (0, count - 1)
    assert np.ptp(np.diff(chosen)) <= 1


def test_an_interrupt_leaves_what_was_there(run, tmp_path):
    def press(done, all_):
        raise KeyboardInterrupt

    (tmp_path / "run.gif").write_text("as it was")
    with pytest.raises(KeyboardInterrupt):
        run.to_gif(tmp_path / "run.gif", frames=3, progress=press)
    assert (tmp_path / "run.gif").read_text() == "as it was"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_svg_says_which_moment_it_is(run, tmp_path):
    for iteration, words in ((None, "iteration 6"), (2, "iteration 2")):
        run.to_svg(tmp_path / "one.svg", iteration=iteration)
        text = (tmp_path / "one.svg").read_text()
        assert ElementTree.fromstring(text).tag.endswith("svg")
        assert words in re.sub(r"<!--|-->", "", text) and len(text) < 400_000


def test_the_frame_of_an_iteration_is_the_last_one_up_to_it(run):
    assert [run.at(t) for t in (0, 2, 6)] == [1, 5, 12] and run.at() == len(run) - 1
    with pytest.raises(ValueError, match="iteration must be a whole number from 0 to 6, not 7"):
        run.at(7)


def test_what_is_unknown_is_no_obstacle(tmp_path):
    for more in ({"loss": "wasserstein"}, {"latent_dim": 2}):
        made = record(Training(SMALL.but(**more), "cpu"), 2)
        made.to_gif(tmp_path / "run.gif", frames=2)
        made.to_svg(tmp_path / "run.svg")
        assert len(shown(tmp_path / "run.gif")) == 2


def test_other_endings_and_numbers_are_refused_in_a_sentence(run, tmp_path):
    for act, words in (
        (lambda: run.to_gif(tmp_path / "a.png"), "a film ends with .gif, and not as 'a.png'"),
        (lambda: run.to_svg(tmp_path / "a.gif"), "a drawing ends with .svg, and not as 'a.gif'"),
        (lambda: run.to_gif(tmp_path / "a.gif", frames=1), "frames must be a whole number from 2"),
        (lambda: run.to_gif(tmp_path / "a.gif", per_second=0), "per_second must be"),
    ):
        with pytest.raises(ValueError, match=words):
            act()
    assert not list(tmp_path.iterdir())
