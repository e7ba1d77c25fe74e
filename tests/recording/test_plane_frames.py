"""Recordings of games in the plane: their frames, what is left out of them, and their bytes."""

from dataclasses import replace

import numpy as np
import pytest
from made_by_hand import SMALL_IN_PLANE, by_hand, plane_by_hand, plane_frame

from gan_lab.datasets import moons, ring
from gan_lab.recording import file_format, plane_format
from gan_lab.recording.panels import figure_1_panels
from gan_lab.recording.plane import frame_in_plane, quick_frame
from gan_lab.recording.plane_frames import CELLS, PlaneSight, free_constant
from gan_lab.recording.recording import Recording, record, watch
from gan_lab.training.loop import Training
from gan_lab.training.losses import Loss, cross_entropy_loss

FLOATS = plane_format.LEVELLED_BY_ROW


@pytest.fixture(scope="module")
def made() -> Recording:
    return record(Training(SMALL_IN_PLANE, "cpu"), 3)


def test_frames_come_in_pairs_that_share_what_is_of_G(made):
    moments = [(frame.t, frame.turn) for frame in made]
    assert moments == [(0, "start"), (0, "D"), (1, "G"), (1, "D"), (2, "G"), (2, "D"), (3, "G")]
    assert made.dim == 2 and made.panels == {} and made.note == ""
    for name in plane_format.OF_G:
        assert np.array_equal(getattr(made, name)[2], getattr(made, name)[3], equal_nan=True)
    assert not np.array_equal(made.logit[2], made.logit[3])
    assert not np.array_equal(made.G_z[3], made.G_z[4])
    with pytest.raises(ValueError, match="Figure 1 is of a game on the line"):
        figure_1_panels(made)


def test_a_frame_is_what_is_seen_of_the_game_at_that_moment(made):
    game = Training(SMALL_IN_PLANE, "cpu")
    list(game.play(3))
    frame = made[-1]
    np.testing.assert_array_equal(frame.D, quick_frame(game, cells=CELLS).D)
    cells = frame_in_plane(game, cells=2 * CELLS, mesh=224)
    assert (frame.jsd, frame.jsd_error) == (cells.estimate.value, cells.estimate.error)
    assert frame.C == 2 * frame.jsd - np.log(4) and abs(frame.V - frame.C) < 2
    G_z = game.generate(frame.z)[0].double().numpy()
    np.testing.assert_allclose(frame.fake, G_z, atol=1e-5)
    pull = game.pull(G_z, frame.real)[0].double().numpy()
    np.testing.assert_allclose(frame.pull, pull, rtol=1e-3, atol=1e-5)
    assert frame.loss_G == float(game.loss_G[0])


def test_a_pull_is_minus_the_slope_of_the_loss_at_each_point():
    game, step = Training(SMALL_IN_PLANE.but(dtype="float64"), "cpu"), 1e-6
    real, fake = np.array([[0.0, 0.1], [2.0, 1.2]]), np.array([[0.5, -0.4], [1.0, 2.0]])
    pull = game.pull(fake, real)[0].numpy()
    for i, j in np.ndindex(2, 2):
        costs = []
        for sign in (1, -1):
            moved = fake.copy()
            moved[i, j] += sign * step
            costs.append(np.logaddexp(0, -game.logit(moved)[0].detach().numpy()).sum())
        assert pull[i, j] == pytest.approx((costs[1] - costs[0]) / (2 * step), rel=1e-4, abs=1e-8)
    with pytest.raises(ValueError, match="this recipe's D judges packs"):
        Training(SMALL_IN_PLANE.but(packing=2), "cpu").pull(fake, real)


def test_where_G_stands_still_its_mesh_is_not_pushed_again(monkeypatch):
    calls = []
    seen = "gan_lab.recording.plane_frames.frame_in_plane"
    monkeypatch.setattr(seen, lambda *words: calls.append(1) or frame_in_plane(*words))
    record(Training(SMALL_IN_PLANE, "cpu"), 2)
    assert len(calls) == 3


def test_a_relativistic_D_is_shown_where_it_tells_best():
    rng = np.random.default_rng(0)
    real, fake = rng.normal(7, 1, 50), rng.normal(5, 2, 50)
    c = free_constant("relativistic", real, fake)
    called = 1 / (1 + np.exp(c - np.concatenate([real, fake])))
    assert called.sum() == pytest.approx(50, abs=1e-6)
    assert free_constant("minimax", real, fake) == 0


def own(real, fake):
    return 2 * cross_entropy_loss(real, fake)


def raised(real, fake):
    return -fake.mean(-1)


UNKNOWN = [
    ({"loss": "relativistic"}, "V(G, D) is left out", {"V", "C"}),
    ({"loss": "wasserstein"}, "V(G, D) is left out", {"V", "C"}),
    ({"loss": Loss(own, raised, name="mine")}, "and not in mine", {"V", "C"}),
    ({"packing": 2}, "D judges packs of 2 points", {"V", "C", "logit", "pull"}),
    ({"latent_dim": 3}, "the latent_dim of this recipe is 3", {"D_star", "jsd", "C"}),
    ({"latent_dim": 1}, "on a curve", {"D_star"}),
    ({"latent": "bernoulli"}, "on finitely many points", {"D_star"}),
    ({"data": moons(0.1)}, "", {"quality"}),
]


@pytest.mark.parametrize(("changes", "words", "gone"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_what_is_not_known_is_left_out_and_said_and_the_rest_is_a_recording(changes, words, gone):
    made = record(Training(SMALL_IN_PLANE.but(**changes), "cpu"), 1)
    assert words in made.note and bool(words) == bool(made.note)
    for name in (*FLOATS, "V", "C", "jsd", "quality"):
        assert np.isnan(getattr(made, name)).all() == (name in gone) or name == "warp", name
    if "latent" in str(changes) and "latent_dim': 3" not in str(changes):
        assert made.jsd.tolist() == [np.log(2)] * 3
    for quantised in (False, True):
        back = Recording.from_bytes(made.to_bytes(quantised))
        assert back.note == made.note and len(back) == 3
        for name in FLOATS:
            one, other = getattr(back, name), getattr(made, name)
            assert one.shape == other.shape and np.array_equal(np.isnan(one), np.isnan(other))


def test_bytes_give_back_the_recording_bit_for_bit_and_quantised_to_half_a_level(made):
    assert made.to_bytes()[7] == 3 and by_hand(2).to_bytes()[7] == 2
    back, short = (Recording.from_bytes(made.to_bytes(quantised)) for quantised in (False, True))
    for name, values in made.arrays().items():
        assert np.array_equal(getattr(back, name), values, equal_nan=values.dtype.kind == "f")
        rows, other = values.reshape(len(values), -1), getattr(short, name).reshape(len(values), -1)
        if name in FLOATS:
            ranges = np.nanmax(rows, 1) - np.nanmin(rows, 1)
            assert np.all(np.nanmax(np.abs(other - rows), 1) <= ranges / 131068 * 1.001)
        else:
            np.testing.assert_allclose(other * 1.0, rows * 1.0, rtol=1e-7, atol=1e-12)


def test_a_recording_of_the_ring_as_record_makes_it_is_a_megabyte_at_most():
    frame, rng = PlaneSight().frame(Training(SMALL_IN_PLANE.but(data=ring()), "cpu")), np.random
    rows = [
        replace(
            frame,
            t=i // 2,
            turn=("G", "D")[i % 2],
            G_z=frame.G_z + i // 2,
            warp=rng.default_rng(i // 2).normal(size=frame.warp.shape),
        )
        for i in range(120)
    ]
    made = Recording.of(SMALL_IN_PLANE.but(data=ring()), rows)
    assert 800_000 < len(made.to_bytes(quantised=True)) <= 1_000_000


def test_any_flipped_byte_is_noticed():
    data = bytearray(plane_by_hand(3).to_bytes(quantised=True))
    for i in range(0, len(data), 3):
        data[i] ^= 1 << i % 8
        with pytest.raises(ValueError):
            Recording.from_bytes(data)
        data[i] ^= 1 << i % 8
    assert len(Recording.from_bytes(data)) == 3


def wrong(**arrays) -> bytes:
    made = plane_by_hand(4)
    names = {name: array(getattr(made, name)) for name, array in arrays.items()}
    return replace(made, **names).to_bytes()


@pytest.mark.parametrize(("data", "words"), [
    (lambda: wrong(t=lambda t: t[::-1].copy()), "no possible order"),
    (lambda: wrong(window=lambda w: -w), "no possible order"),
    (lambda: wrong(modes=lambda m: -m), "no possible order"),
    (lambda: wrong(turn=lambda turn: turn + 3), "no possible order"),
    (lambda: wrong(warp=lambda warp: warp[:, :5]), "no possible order"),
    (lambda: wrong(V=lambda V: V[1:]), "the shape of V does not fit"),
    (lambda: wrong(logit=lambda l: l[:, 1:]), "the shape of logit does not fit"),
    (lambda: replace(plane_by_hand(2), panels={"a": 0}).to_bytes(), "no possible order"),
    (lambda: file_format.packed({}, by_hand(2).arrays()), "no recipe that can be read"),
])  # fmt: skip
def test_frames_without_sense_are_refused(data, words):
    with pytest.raises(ValueError, match=words):
        Recording.from_bytes(data())


def test_frames_of_another_kind_than_the_recipe_are_refused():
    plane, line = plane_by_hand(2), by_hand(2)
    words = {"recipe": line.recipe.as_dict(), "recipe_code": "", "note": "", "engine": {}}
    data = file_format.packed(words | {"panels": {}}, plane.arrays(), dim=2)
    with pytest.raises(ValueError, match="its frames are not of its recipe"):
        Recording.from_bytes(data)


def test_games_that_go_by_are_watched_and_one_that_fails_is_said(monkeypatch):
    seen = watch(Training(SMALL_IN_PLANE, "cpu").play(4), times={2})
    assert seen.t.tolist() == [2, 4]
    wild = SMALL_IN_PLANE.but(optimizer="sgd", lr_D=1e30, lr_G=1e30)
    kept = record(Training(wild, "cpu"), 30)
    assert "diverged" in kept.note and len(kept) >= 1
    assert Recording.from_bytes(kept.to_bytes(quantised=True)).note == kept.note


def test_a_frame_has_what_a_recording_has():
    made = plane_by_hand(5)
    for i, frame in enumerate(made):
        for name, value in vars(plane_frame(i)).items():
            assert np.array_equal(
                getattr(frame, name), value, equal_nan=name != "turn" and name != "found"
            ), name
