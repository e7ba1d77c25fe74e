"""A game of pictures over time: the same z at every moment, in few bytes that are read safely."""

import json
import subprocess
import sys

import numpy as np
import pytest
import torch
from made_by_hand import pictures_by_hand
from matplotlib.figure import Figure

from gan_lab import plots
from gan_lab.datasets import digits, ring
from gan_lab.recording.image_format import ARRAYS, FILE, OPINIONS, PIXELS
from gan_lab.recording.images import ImageRecording, image_frame
from gan_lab.recording.recording import load, record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import Player, play, stills

TINY = Recipe(
    data=digits(), latent_dim=3, G=(6,), D=(6,), m=8, k=1, gain=1.0, iterations=40, members=2
)


@pytest.fixture(scope="module")
def recording() -> ImageRecording:
    return record(Training(TINY, device="cpu"), frames=20)


def test_frames_are_of_the_start_and_after_turns_of_g_to_the_end(recording):
    assert recording[0].turn == "start" and recording[0].t == 0 and np.isnan(recording[0].loss_D)
    assert {frame.turn for frame in list(recording)[1:]} == {"G"}
    assert recording.t[-1] == 40 and np.all(np.diff(recording.t) > 0) and len(recording) == 10
    assert recording.at(40) == 9 and recording[-1].fake.shape == (64, 8, 8)


def test_a_frame_is_what_the_game_makes_of_the_same_z(recording):
    game = Training(TINY.alone(0), device="cpu")
    for i, frame in enumerate(recording):
        while game.t < frame.t:
            list(game.play(1))
        x = game.generate(recording.z)[0]
        wanted = (x.double().clamp(-1, 1) + 1) * 127.5
        off = np.abs(recording.G_z[i] - wanted.numpy())
        assert off.max() < 0.51
        real = torch.tensor(recording.real / 127.5 - 1, dtype=torch.float32)
        np.testing.assert_allclose(game.logit(real)[0].detach(), frame.D_real, atol=0.05)
        np.testing.assert_allclose(game.logit(x)[0].detach(), frame.D_fake, atol=1e-4)
    assert frame.loss_G == pytest.approx(float(game.loss_G[0]), rel=1e-4)


def test_what_is_followed_is_a_function_of_the_member_s_seed_alone():
    both, alone = Training(TINY, "cpu"), Training(TINY.alone(1), "cpu")
    one, other = image_frame(both, 1, pictures=5), image_frame(alone, 0, pictures=5)
    np.testing.assert_array_equal(one.fake, other.fake)
    np.testing.assert_array_equal(one.real, other.real)
    assert (image_frame(both, 0, pictures=5).fake != one.fake).any()


def test_a_recording_comes_back_from_its_bytes_and_a_full_one_is_small(recording, tmp_path):
    recording.save(tmp_path / "game.gan")
    again = load(tmp_path / "game.gan")
    assert again.recipe == recording.recipe and again.engine == recording.engine
    for name, kind in ARRAYS.items():
        np.testing.assert_array_equal(
            getattr(again, name), getattr(recording, name).astype(kind), err_msg=name
        )
    assert again.to_bytes() == recording.to_bytes()
    frames = 120 / len(recording)
    assert frames * len(recording.to_bytes()) < 1e6


def test_it_opens_and_is_drawn_where_torch_cannot_be_imported(recording, tmp_path):
    recording.save(tmp_path / "game.gan")
    code = (
        "import sys\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('torch', 'sklearn'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "import gan_lab as gl, json\n"
        "from matplotlib.figure import Figure\n"
        "found = gl.load(sys.argv[1])\n"
        "ax = gl.plots.pictures(Figure().subplots(), found[-1])\n"
        "print(json.dumps([len(found), ax.get_title(), ax.images[0].get_array().sum()]))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "game.gan")], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    frames, title, ink = json.loads(ran.stdout)
    assert frames == len(recording) and title == "$G(z)$ after 40 iterations"
    assert ink == pytest.approx(recording[-1].fake.sum() / 255)


def test_pictures_are_drawn_where_they_belong():
    shown = np.zeros((3, 2, 4), dtype=np.uint8)
    shown[1] = 255
    sheet = plots.pictures(Figure().subplots(), shown, columns=2).images[0].get_array()
    assert sheet.shape == (7, 11) and sheet.count() == 24
    assert np.all(sheet[1:3, 6:10] == 1.0) and sheet.sum() == 8.0
    with pytest.raises(ValueError, match="must have the shape"):
        plots.pictures(Figure().subplots(), shown[0])


def test_other_bytes_are_refused_in_a_sentence(recording):
    data = recording.to_bytes()
    for wrong in (data[:-1], data[:40], b"", data[:9] + b"x" + data[10:]):
        with pytest.raises(ValueError, match="recording of pictures"):
            ImageRecording.from_bytes(wrong)
    header, body = FILE.opened(data)
    header.pop("seal")
    changes = [
        {"shapes": header["shapes"] | {"t": [1]}},
        {"recipe": {}},
        {"shapes": {}},
        {"note": None},
        {"picture": [4, 16]},
        {"shapes": header["shapes"] | {"t": [2**40]}},
        {"recipe": Recipe(data=ring()).as_dict()},
    ]
    for change in changes:
        with pytest.raises(ValueError, match="damaged"):
            ImageRecording.from_bytes(FILE.written(header | change, bytes(body), 1))


def test_for_a_page_pixels_have_16_shades_and_outputs_16_bits():
    full = pictures_by_hand(frames=4, n=3)
    small = ImageRecording.from_bytes(full.to_bytes(quantised=True))
    assert small.recipe == full.recipe
    for name in ARRAYS:
        off = np.abs(getattr(small, name) * 1.0 - getattr(full, name))
        step = 8.5 if name in PIXELS else 1e-6
        step = np.ptp(getattr(full, name)) / 131068 * 1.001 if name in OPINIONS else step
        assert np.nanmax(off) <= step, name
        assert np.isnan(off).sum() == np.isnan(getattr(full, name)).sum(), name


def test_as_many_pictures_are_followed_as_are_asked_for():
    few = record(Training(TINY, "cpu"), 2, pictures=5)
    assert few[-1].fake.shape == few[-1].real.shape == (5, 8, 8)
    with pytest.raises(ValueError, match="pictures must be a whole number from 1 to 1024, not 0"):
        record(Training(TINY, "cpu"), 2, pictures=0)
    with pytest.raises(ValueError, match="pictures says how many are followed"):
        record(Training(Recipe(G=(4,), D=(4,)), "cpu"), 2, pictures=5)


def test_a_film_and_a_still_show_the_pictures_of_g(tmp_path):
    made = pictures_by_hand()
    made.to_gif(tmp_path / "run.gif", frames=2)
    made.to_svg(tmp_path / "run.svg", iteration=10)
    assert "iteration 10" in (tmp_path / "run.svg").read_text().replace("-->", "")
    assert (tmp_path / "run.gif").stat().st_size > 1000 and Player(made).still()
    still = stills.of_recording(made)
    assert "6 pictures of G, iteration 40" in still and len(still) < 10_000
    paper = stills.inked(np.array([[np.nan, 1.0]]), "dark")
    np.testing.assert_allclose(paper[0] * 255, [[20, 24, 29], [232, 234, 237]])


def test_a_player_goes_through_the_frames_and_knows_no_jsd():
    player = play(pictures_by_hand(), caption="Digits")
    player.seek(25)
    assert (player.frame, player.iteration, player.jsd) == (2, 20, None)
    assert "Digits</figcaption>" in player.html()


def test_sixty_moments_of_36_pictures_are_small_in_a_page():
    assert len(Player(pictures_by_hand(frames=60, n=36)).html()) < 150_000


def test_a_frame_of_another_game_is_refused():
    with pytest.raises(ValueError, match="needs pictures as data, and these are in the plane"):
        image_frame(Training(Recipe(data=ring(), G=(4,), D=(4,)), "cpu"))
