"""A recording of a game in the plane, as the page reads and shows it."""

import base64

import numpy as np
import pytest
from in_node import numbers
from made_by_hand import SMALL_IN_PLANE, plane_by_hand
from scipy.special import expit
from test_sight import IN_THE_PLANE, near, played, seen

from gan_lab import load
from gan_lab.recording.plane_frames import CELLS, MESH, PlaneSight
from gan_lab.recording.recording import Recording
from gan_lab.widgets import Player, lab

OF_PAGE = {"G_z": "fake", "window": "box"}
"""What the page calls otherwise."""

FRAMES = """((base64) => {
  const { bytesOf, recordingOf } = $recording$recording;
  const { length, frame, history, dim, note, rules } = recordingOf(bytesOf(base64));
  const plain = (v) => typeof v === "number" ? String(v)
    : ArrayBuffer.isView(v) || Array.isArray(v) ? Array.from(v, plain) : v;
  const plainly = (o) => Object.fromEntries(Object.entries(o).map(([name, v]) => [name, plain(v)]));
  const frames = Array.from({ length }, (_, i) => plainly(frame(i)));
  const warps = Array.from({ length }, (_, i) => plain(frame(i).warp.points));
  return { frames, warps, dim, note, rules, modes_found: plain(history.modes_found) };
})"""


@pytest.mark.parametrize("quantised", [False, True])
def test_javascript_shows_the_very_frames_that_python_has(run_js, quantised):
    data = plane_by_hand(note="½").to_bytes(quantised)
    told = run_js(f'{FRAMES}("{base64.b64encode(data).decode()}")')
    assert (told["dim"], told["note"], told["rules"]["loss"]) == (2, "½", "non-saturating")
    back = Recording.from_bytes(data)
    for i, frame in enumerate(back):
        page = told["frames"][i]
        assert (float(page["t"]), page["turn"]) == (frame.t, frame.turn)
        for name in (
            "real",
            "pull",
            "D_star",
            "G_z",
            "window",
            "V",
            "C",
            "jsd",
            "jsd_error",
            "quality",
            "D_star_error",
            "D_star_known",
            "loss_D",
            "loss_G",
        ):
            values = np.ravel(numbers(page[OF_PAGE.get(name, name)])).astype(float)
            wanted = np.ravel(getattr(frame, name))
            np.testing.assert_allclose(values, wanted, rtol=1e-14, atol=1e-15)
        np.testing.assert_allclose(numbers(page["D"]), frame.D.ravel(), rtol=1e-12)
        warp = np.array(told["warps"][i], dtype=float)
        np.testing.assert_allclose(warp, frame.warp.ravel(), rtol=1e-14, atol=1e-15)
        assert [float(k) for k in page["missing"]] == np.flatnonzero(~frame.found).tolist()
    found = [float(count) for count in told["modes_found"]]
    assert found == back.found.sum(axis=1).tolist() and set(found) == {1, 2}


def test_a_recorded_frame_is_what_the_page_sees_of_the_same_game(ask):
    games = {name: played(*IN_THE_PLANE[name]) for name in ("ring", "moons", "uniform z")}
    recipe, t = IN_THE_PLANE["ring"]
    games["relativistic"] = played(recipe.but(loss="relativistic"), t)
    pages = seen(ask, list(games.values()), cells=CELLS, mesh=MESH)
    for (name, game), page in zip(games.items(), pages, strict=True):
        frame = PlaneSight().frame(game)
        close = 1e-9 if game.recipe.dtype == "float64" else 2e-4
        near(page["box"], frame.window, name, 1e-12)
        near(page["real"], frame.real.ravel(), f"{name}: data", 1e-9)
        near(page["fake"], frame.G_z.ravel(), f"{name}: G(z)", close)
        near(page["pull"], frame.pull.ravel(), f"{name}: pull", close)
        near(page["warp"]["points"], frame.warp.ravel(), f"{name}: warp", close)
        near(page["D"], expit(frame.logit).ravel(), f"{name}: D", close)
        near([page["quality"]], [frame.quality], f"{name}: quality", 1e-3)
        if name != "relativistic":
            near([page["V"], page["V_error"]], [frame.V, frame.V_error], f"{name}: V", close)
        assert list(page["missing"]) == np.flatnonzero(~frame.found).tolist()
        if np.isfinite([page["jsd"], frame.jsd]).all():
            assert abs(page["jsd"] - frame.jsd) <= page["jsd_error"] + frame.jsd_error


def test_what_was_seen_of_a_lab_in_the_plane_is_a_recording(tmp_path):
    shown = lab(SMALL_IN_PLANE, device="cpu")
    for _ in range(2):
        shown.step()
    seen_so_far = shown.recording
    assert seen_so_far.t.tolist() == [0, 1, 2] and seen_so_far.dim == 2
    seen_so_far.save(tmp_path / "run", quantised=True)
    player = Player(load(tmp_path / "run"))
    player.seek(1)
    assert (player.frame, player.iteration) == (1, 1) and player.jsd > 0
    assert "The plane with a map of D" in player.html() and player.still()
