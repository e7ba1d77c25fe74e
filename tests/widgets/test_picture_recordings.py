"""A recording of pictures, as the page reads it."""

import base64

import numpy as np
import pytest
from in_node import numbers
from made_by_hand import OF_PICTURES, pictures_by_hand
from scipy.special import expit

from gan_lab.recording.images import ImageRecording

FRAMES = """((base64) => {
  const { bytesOf, recordingOf } = $recording$recording;
  const { length, frame, history, picture, note, rules, recipe } = recordingOf(bytesOf(base64));
  const plain = (v) => typeof v === "number" ? String(v)
    : ArrayBuffer.isView(v) || Array.isArray(v) ? Array.from(v, plain) : v;
  const plainly = (o) => Object.fromEntries(Object.entries(o).map(([name, v]) => [name, plain(v)]));
  const frames = Array.from({ length }, (_, i) => plainly(frame(i)));
  return { frames, history: plainly(history), picture, note, rules, recipe };
})"""


def read_in_page(run_js, recording, quantised=False):
    text = base64.b64encode(recording.to_bytes(quantised)).decode()
    return run_js(f'{FRAMES}("{text}")')


@pytest.mark.parametrize("quantised", [False, True])
def test_javascript_shows_the_very_frames_that_python_has(run_js, quantised):
    made = pictures_by_hand(n=5, note="½")
    made.D_fake[0] = made.D_real[0] = np.nan
    told = read_in_page(run_js, made, quantised)
    back = ImageRecording.from_bytes(made.to_bytes(quantised))
    assert (told["picture"], told["note"], told["recipe"]) == ([8, 8], "½", repr(made.recipe))
    for i, frame in enumerate(back):
        page = told["frames"][i]
        assert (float(page["t"]), page["turn"]) == (frame.t, frame.turn)
        for name in ("fake", "real", "loss_D", "loss_G"):
            values = np.ravel(numbers(page[name])).astype(float)
            np.testing.assert_array_equal(values, np.ravel(getattr(frame, name)), err_msg=name)
        for name in ("D_fake", "D_real"):
            np.testing.assert_allclose(numbers(page[name]), expit(getattr(frame, name)), rtol=1e-12)
    assert [page["D_kind"] for page in told["frames"]] == ["unknown"] + 4 * ["probability"]
    np.testing.assert_array_equal(numbers(told["history"]["loss_D"]), back.loss_D)


def test_an_opinion_is_read_as_the_loss_has_it(run_js):
    games = {
        loss: read_in_page(run_js, pictures_by_hand(recipe=OF_PICTURES.but(loss=loss)))
        for loss in ("relativistic", "wasserstein", "least-squares")
    }
    made, last = pictures_by_hand(), {loss: told["frames"][-1] for loss, told in games.items()}
    fake, real = made.D_fake[-1], made.D_real[-1]
    seen = [numbers(last["relativistic"][name]) for name in ("D_fake", "D_real")]
    assert abs(np.mean(seen) - 0.5) < 1e-9  # a free D: as many are called data as there are
    np.testing.assert_allclose(np.diff(np.log(seen[0] / (1 - seen[0]))), np.diff(fake), rtol=1e-5)
    score = last["wasserstein"]
    both = np.append(fake, real)
    assert score["D_kind"] == "score"
    for name, wanted in (
        ("score_range", [both.min(), both.max()]),
        ("score_means", [real.mean(), fake.mean()]),
    ):
        np.testing.assert_allclose(numbers(score[name]), wanted, rtol=1e-6, err_msg=name)
    np.testing.assert_allclose(
        numbers(last["least-squares"]["D_fake"]), np.clip((1 + fake) / 2, 0, 1), atol=1e-7
    )


def test_a_label_that_is_asked_for_is_known_by_its_place(run_js):
    recipe = OF_PICTURES.but(conditional=True)
    told = read_in_page(run_js, pictures_by_hand(n=12, recipe=recipe))
    words = run_js(
        '$draw$pictures$sentences.pictureSentence({ classes: 10, D_kind: "probability", '
        'loss: "minimax", D_fake: [...Array(11).fill(0.25), 0.75] }, { of: "fake", i: 11 })'
    )
    assert float(told["frames"][0]["classes"]) == 10
    assert words == "Sample 12 of G, asked for a 1: D 0.75, rather data"
