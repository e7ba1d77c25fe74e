"""No word of a picture lies on another, and none leaves it: many games, widths and moments."""

import base64
from pathlib import Path

import pytest
from games import small_recording

from gan_lab.datasets import gaussian_mixture
from gan_lab.recording.recording import record
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import PRESETS
from gan_lab.widgets.bundle import joined

SMALL = {"G": [8], "D": [8], "m": 16, "k": 1, "lr_D": 0.02, "lr_G": 0.01}
RING = {**SMALL, "data": {"kind": "ring"}, "latent_dim": 2}
GAMES = {
    **{name: {"parts": {**SMALL, "loss": name}, "times": [20, 150]} for name in LOSSES},
    "two z": {"parts": {**SMALL, "latent": "bernoulli"}, "times": [1, 2, 5, 10, 20, 40, 60]},
    "uniform z": {"parts": {**SMALL, "latent": "uniform"}, "times": [30]},
    "relu": {"parts": {**SMALL, "activation": "relu"}, "times": [1, 10, 60]},
    "three numbers in z": {"parts": {**SMALL, "latent_dim": 3}, "times": [30]},
    "steep": {"parts": {**SMALL, "lr_D": 3, "lr_G": 3}, "times": [3, 10]},
    "modes": {
        "parts": {**SMALL, "data": gaussian_mixture([-4, 0, 3], [0.1, 1, 0.3]).as_dict()},
        "times": [40],
    },
    "long": {"parts": {**SMALL, "lr_D": 1e-3, "lr_G": 1e-3}, "times": [1200]},
    "slow motion": {"parts": SMALL, "times": [3], "lines": 6},
    "ring": {"parts": RING, "times": [1, 40], "lines": 6},
    "a critic in the plane": {"parts": {**RING, "loss": "wasserstein", "clip": 0.1}, "times": [30]},
    "T in the plane": {"parts": {**RING, "loss": "f-kl"}, "times": [30]},
    "every layer": {"parts": RING, "times": [1], "layers": True},
    "a curve": {"parts": {**RING, "latent_dim": 1}, "times": [20]},
    "three numbers in the plane": {"parts": {**RING, "latent_dim": 3}, "times": [20]},
}


@pytest.fixture(scope="module")
def canvases(browser, tmp_path_factory):
    """A page with the modules of the front end and no lab in it."""
    own = (Path(__file__).parent / "canvas_words.js").read_text()
    file = tmp_path_factory.mktemp("canvases") / "page.html"
    script = f'(() => {{"use strict";\n{joined()}\n{own}}})();'
    file.write_text(f'<!doctype html><meta charset="utf-8"><body><script>{script}</script>')
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    yield page
    context.close()


def clean(found):
    assert found["count"] > 100
    faults = sorted(set(found["faults"]))
    assert not faults, f"{len(faults)} faults:\n" + "\n".join(faults[:25])


@pytest.mark.parametrize("name", GAMES)
def test_no_word_lies_on_another_in_the_pictures_of_a_game(canvases, name):
    clean(canvases.evaluate("game => wordsOfGame(game)", GAMES[name]))


def test_no_word_lies_on_another_in_the_player(canvases):
    game = PRESETS["gaussian"].but(m=32, k=4, iterations=60)
    panels = {"panels": dict(zip("abcd", (0, 1, 2, 6), strict=True))}
    for recording in (record(Training(game, "cpu")), small_recording(**panels)):
        text = base64.b64encode(recording.to_bytes(quantised=True)).decode()
        clean(canvases.evaluate("text => wordsOfRecording(text)", text))
