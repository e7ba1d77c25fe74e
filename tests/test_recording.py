"""Recordings: their frames, their bytes, and every way in which bytes can be wrong."""

import json
import math
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.special import expit, log_expit
from scipy.stats import norm

from gan_lab import recording as module
from gan_lab.frames import Frame, see
from gan_lab.recipe import Recipe
from gan_lab.recording import Recording, figure_1_panels, moments, record, watch
from gan_lab.training import Training

SMALL = Recipe(G=(8,), D=(8,), k=2, m=16, iterations=6)
NOT_A_RECIPE = {"recipe": {"k": 0}}


def frame(t=0, turn="start", mean=2.0, sd=0.8, trust=0.5, n=33, a=9) -> Frame:
    """A frame by hand: two Gaussians, and a D whose logit is `trust` times the best one."""
    x, z = np.linspace(0.0, 6.0, n), norm.ppf((np.arange(a) + 0.5) / a)
    log_p, log_q = norm(3, 0.5).logpdf(x), norm(mean, sd).logpdf(x)
    p, q, logit = np.exp(log_p), np.exp(log_q), log_p - log_q
    V, C = (
        float(np.sum(p * log_expit(l) + q * log_expit(-l)) * (x[1] - x[0]))
        for l in (trust * logit, logit)
    )
    jsd, D, best = (C + math.log(4)) / 2, expit(trust * logit), expit(logit)
    return Frame(t, turn, x, p, q, D, best, z, mean + sd * z, V, C, jsd, 1e-9, 1e-9, 1e-9, 1.2, 0.7)


def by_hand(frames=9, **words) -> Recording:
    turns = ["start"] + ["D", "G"] * frames
    rows = [
        frame((i + 1) // 2 - (turns[i] == "D"), turns[i], 3 - 1.2**-i, 0.5 + 0.5**i, i % 2)
        for i in range(frames)
    ]
    return Recording.of(SMALL, rows, **words)


@pytest.fixture(scope="module")
def run() -> Recording:
    return record(Training(SMALL, device="cpu"))


@pytest.fixture(scope="module")
def header_and_body(run) -> tuple[dict, bytes]:
    header, body = module.opened(run.to_bytes())
    header.pop("seal")
    return header, bytes(body)


def same(one: Recording, other: Recording) -> bool:
    arrays = one.arrays()
    return (one.recipe, one.note, one.panels, one.engine) == (
        other.recipe, other.note, other.panels, other.engine
    ) and all(np.array_equal(v, getattr(other, n), equal_nan=True) for n, v in arrays.items())


# Bytes that are right.


def test_bytes_give_back_the_recording_bit_for_bit(run):
    assert same(run, Recording.from_bytes(run.to_bytes()))


def test_a_file_gives_back_the_recording(run, tmp_path):
    run.save(tmp_path / "run.ganrec")
    assert same(run, Recording.load(tmp_path / "run.ganrec"))


def test_atoms_the_note_the_panels_and_nan_survive():
    one = by_hand(note="broke off", panels={"a": 0, "b": 1, "c": 2, "d": 3})
    first = one[0]
    first.D_star[:3] = np.nan
    one = Recording.of(SMALL, [replace(first, atoms=((1.5, 0.25), (2.0, 0.5))), one[1]],
                       note="broke off, ½ way", engine={"threads": 1})
    other = Recording.from_bytes(one.to_bytes())
    assert same(one, other)
    assert other[0].atoms == ((1.5, 0.25), (2.0, 0.5)) and other[1].atoms == ()
    assert np.isnan(Recording.from_bytes(one.to_bytes(quantised=True))[0].D_star[:3]).all()


def test_quantised_curves_are_off_by_half_a_level_at_most(run):
    other = Recording.from_bytes(run.to_bytes(quantised=True))
    for name in module.CURVES:
        shown = run.within_reach(name, getattr(run, name))
        level = (shown.max() - shown.min()) / 65534
        assert np.abs(getattr(other, name) - shown).max() <= 0.5001 * level
        assert np.abs(getattr(other, name) - shown).max() > 0
    for name in (*module.SHARED, *module.NUMBERS):
        assert np.array_equal(getattr(other, name), getattr(run, name).astype("f4"), True)


def test_a_constant_or_an_empty_curve_can_be_quantised():
    values = np.array([2.0, np.nan])
    levels, low, high = module.quantise(values)
    assert (levels[0], levels[1], low, high) == (0, 65535, 2.0, 2.0)
    assert np.all(module.quantise(np.array([np.nan]))[0] == 65535)


def test_a_quantised_recording_as_the_book_makes_it_fits_a_page():
    rows = [frame(i, "G", 2 + i / 240, 0.5, 0.5, n=257, a=33) for i in range(240)]
    assert len(Recording.of(SMALL, rows).to_bytes(quantised=True)) <= 500_000


def test_the_bytes_are_laid_out_as_the_module_says(run):
    data = run.to_bytes()
    assert data[:8] == b"GANREC\0\1"
    length = int.from_bytes(data[8:12], "little")
    header, body = json.loads(data[12 : 12 + length]), data[12 + length :]
    assert header["format"] == "gan_lab recording" and header["version"] == 1
    assert header["crc32"] == zlib.crc32(body) and header["recipe_code"] == repr(SMALL)
    offset, kinds = 0, {"float64": "<f8", "int32": "<i4", "uint8": "u1"}
    for entry in header["arrays"]:
        offset = math.ceil(offset / 8) * 8
        size = math.prod(entry["shape"])
        values = np.frombuffer(body, kinds[entry["dtype"]], size, offset)
        shown = getattr(run, entry["name"]).ravel()
        assert np.array_equal(values, shown, shown.dtype.kind == "f")
        offset += values.nbytes
    assert offset == len(body)


# Bytes that are wrong.


@pytest.mark.parametrize("quantised", [False, True])
def test_any_flipped_byte_is_noticed(quantised):
    data = bytearray(by_hand(3).to_bytes(quantised))
    for i in range(len(data)):
        data[i] ^= 1 << i % 8
        with pytest.raises(ValueError):
            Recording.from_bytes(data)
        data[i] ^= 1 << i % 8
    Recording.from_bytes(data)


def test_any_cut_and_any_addition_is_noticed():
    data = by_hand(2).to_bytes(quantised=True)
    for end in range(len(data)):
        with pytest.raises(ValueError):
            Recording.from_bytes(data[:end])
    with pytest.raises(ValueError):
        Recording.from_bytes(data + b"\0")


@given(st.binary(max_size=300))
@example(b"GANREC\0\1\xff\xff\xff\xff")
@example(b"GANREC\0\1\x0a\0\0\0" + b"[" * 10)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_foreign_bytes_are_a_value_error(data):
    for start in (b"", b"GANREC\0\1", b"\x80\x04."):
        with pytest.raises(ValueError):
            Recording.from_bytes(start + data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a recording"),
        (b"PK\3\4" + bytes(60), "not a recording"),
        (b"GANREC\0\2" + bytes(60), "format 2; only format 1"),
        (b"GANREC\0\1\xff\xff\xff\xff", "ends before its header"),
        ("text", "from bytes, not from str"),
        (None, "from bytes, not from NoneType"),
    ],
)
def test_the_sentence_says_what_was_wrong(data, words):
    with pytest.raises(ValueError, match=words):
        Recording.from_bytes(data)


def entry(header: dict, name: str) -> dict:
    return next(e for e in header["arrays"] if e["name"] == name)


LIES = {
    "a shape of 2**60 numbers": lambda h: entry(h, "p_g").update(shape=[2**30, 2**30]),
    "a shape beyond any machine": lambda h: entry(h, "x").update(shape=[10**30]),
    "a negative shape": lambda h: entry(h, "x").update(shape=[-1]),
    "a shape of half a number": lambda h: entry(h, "x").update(shape=[1.5]),
    "a shape that is true": lambda h: entry(h, "x").update(shape=[True]),
    "three axes": lambda h: entry(h, "D").update(shape=[1, 1, 1]),
    "no shape": lambda h: entry(h, "x").pop("shape"),
    "the shape turned": lambda h: entry(h, "D").update(shape=entry(h, "D")["shape"][::-1]),
    "objects": lambda h: entry(h, "x").update(dtype="O"),
    "a dtype that is a list": lambda h: entry(h, "x").update(dtype=[]),
    "levels without a range": lambda h: entry(h, "x").update(dtype="uint16"),
    "a foreign name": lambda h: entry(h, "x").update(name="__class__"),
    "a name twice": lambda h: entry(h, "V").update(name="C"),
    "an array less": lambda h: h["arrays"].pop(0),
    "an array less, of the body": lambda h: h["arrays"].remove(entry(h, "V_error")),
    "arrays that are none": lambda h: h.update(arrays=[1, None, "x"]),
    "no arrays": lambda h: h.pop("arrays"),
    "a recipe that is none": lambda h: h.update(NOT_A_RECIPE),
    "a recipe that is text": lambda h: h.update(recipe="Recipe()"),
    "a panel beyond the end": lambda h: h.update(panels={"a": 0, "b": 1, "c": 2, "d": 10**9}),
    "a panel that is none": lambda h: h.update(panels={"a": 0, "b": 1, "c": 2, "d": "3"}),
    "a panel e": lambda h: h.update(panels={"e": 0}),
    "a note that is a number": lambda h: h.update(note=1),
}


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_header_that_lies_is_refused_before_anything_large_is_made(lie, header_and_body):
    header, body = header_and_body
    header = json.loads(json.dumps(header))
    LIES[lie](header)
    data = module.sealed(header, body)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError) as refusal:
            Recording.from_bytes(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(data) + 10**6
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", ["turn", "t", "x"])
def test_numbers_without_sense_are_refused(name):
    values = {"turn": np.full(3, 7, np.uint8), "t": np.array([3, 2, 1], np.int32)}
    values["x"] = np.zeros(33)
    wrong = replace(by_hand(3), **{name: values[name]})
    with pytest.raises(ValueError, match="order"):
        Recording.from_bytes(wrong.to_bytes())


def test_nothing_in_the_module_can_execute_what_it_reads():
    source = Path(module.__file__).read_text()
    assert not any(word in source for word in ("import pickle", "eval(", "exec(", "np.load"))


# Recording a game.


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
    mine, theirs = run[7 + 1], see(game, x=run.x)
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
@settings(max_examples=200, deadline=None, derandomize=True)
def test_moments_are_kept_ever_further_apart(iterations, count):
    found = moments(iterations, count)
    steps = np.diff(found)
    assert found[0] == 0 and found[-1] == iterations and np.all(steps > 0)
    assert len(found) == min(count, iterations + 1) or count / 2 <= len(found) <= count


def test_any_iterator_of_games_can_be_watched():
    game = Training(SMALL, device="cpu")
    seen = watch(game.play(5), times={2, 3})
    assert list(seen.t) == [2, 3, 5]
    assert len(watch(Training(SMALL, device="cpu").turns(2))) == 4
    with pytest.raises(ValueError, match="no game"):
        watch(iter(()))


def test_a_game_goes_on_where_it_stood():
    game = Training(SMALL, device="cpu")
    record(game, 2)
    assert list(record(game).t[[0, -1]]) == [2, 6]


def test_a_run_that_diverges_keeps_its_frames_and_its_words():
    wild = SMALL.but(optimizer="sgd", lr_D=1e30, lr_G=1e30, iterations=50)
    kept = record(Training(wild, device="cpu"))
    assert "diverged" in kept.note and 1 <= len(kept) < 99
    assert Recording.from_bytes(kept.to_bytes()).note == kept.note


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


# The four panels of the paper's Figure 1.


def game_of(*moments) -> Recording:
    """A recording of (turn, sd of p_g, how D's logit compares to the best)."""
    rows, t = [], 0
    for turn, sd, trust in moments:
        t += turn == "G"
        rows.append(frame(t, turn, 3.0, sd, trust, n=129))
    return Recording.of(SMALL, rows)


STORY = [
    ("start", 2.5, 0.0), ("D", 2.5, 0.9), ("G", 1.1, 3.0), ("D", 1.1, 1.3), ("G", 1.0, 2.5),
    ("D", 1.0, 1.1), ("G", 0.7, 1.5), ("D", 0.7, 1.2), ("G", 0.502, 0.5), ("D", 0.502, 1.0),
]  # fmt: skip


def test_the_panels_are_found_in_a_story_that_has_them():
    recording = game_of(*STORY)
    panels = figure_1_panels(recording)
    gap = recording.C - recording.V
    a, b, c, d = (panels[letter] for letter in "abcd")
    assert (a, b, c, d) == (2, 3, 6, 8)
    assert 0.02 <= recording.jsd[a] <= 0.12 and gap[b] <= gap[a] / 2
    assert np.array_equal(recording.p_g[a], recording.p_g[b])
    assert recording.jsd[c] <= 0.6 * recording.jsd[a] and recording.jsd[d] <= 0.003


@pytest.mark.parametrize(
    ("end", "panel"), [(2, "a"), (6, "c"), (8, "d")]
)
def test_a_story_that_breaks_off_says_which_panel_is_missing(end, panel):
    with pytest.raises(ValueError, match=rf"no panel \({panel}\)"):
        figure_1_panels(game_of(*STORY[:end]))


def test_a_discriminator_that_does_not_learn_is_no_panel_b():
    story = [(turn, sd, 3.0) for turn, sd, _ in STORY]
    with pytest.raises(ValueError, match=r"no panel \(b\).* leaves 100%; try a larger k"):
        figure_1_panels(game_of(*story))


def test_frames_of_different_iterations_are_no_pair():
    rows = [game_of(*STORY)[i] for i in range(len(STORY))]
    rows = [replace(f, t=2 * i) for i, f in enumerate(rows)]
    with pytest.raises(ValueError, match=r"no panel \(a\)"):
        figure_1_panels(Recording.of(SMALL, rows))


def test_a_real_game_whose_discriminator_moves_often_has_all_four():
    recipe = Recipe(k=40, lr_G=6e-3, iterations=119, seed=8)
    real = record(Training(recipe, device="cpu"), 30)
    gap = real.C - real.V
    a, b, c, d = (real.panels[letter] for letter in "abcd")
    assert a < b < c < d and gap[b] < gap[a] / 2
    assert real.jsd[d] <= 0.003 < real.jsd[c] < real.jsd[a]
