"""The bytes of recordings, and every way in which bytes can be wrong."""

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
from lies import LIES, NONSENSE
from made_by_hand import SMALL, by_hand, frame

from gan_lab.recording import file_format, recording
from gan_lab.recording.recording import Recording


@pytest.fixture(scope="module")
def header_and_body(run) -> tuple[dict, bytes]:
    header, body = file_format.opened(run.to_bytes())
    header.pop("seal")
    return header, bytes(body)


def same(one: Recording, other: Recording) -> bool:
    arrays = one.arrays()
    return (one.recipe, one.note, one.panels, one.engine) == (
        other.recipe,
        other.note,
        other.panels,
        other.engine,
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
    one = Recording.of(
        SMALL,
        [replace(first, atoms=((1.5, 0.25), (2.0, 0.5))), one[1]],
        note="broke off, ½ way",
        engine={"threads": 1},
    )
    other = Recording.from_bytes(one.to_bytes())
    assert same(one, other)
    assert other[0].atoms == ((1.5, 0.25), (2.0, 0.5)) and other[1].atoms == ()
    assert np.isnan(Recording.from_bytes(one.to_bytes(quantised=True))[0].D_star[:3]).all()


def test_quantised_curves_are_off_by_half_a_level_at_most(run):
    other = Recording.from_bytes(run.to_bytes(quantised=True))
    for name in file_format.CURVES:
        shown = file_format.within_reach(name, run.arrays())
        level = (shown.max() - shown.min()) / 65534
        assert np.abs(getattr(other, name) - shown).max() <= 0.5001 * level
        assert np.abs(getattr(other, name) - shown).max() > 0
    for name in (*file_format.SHARED, *file_format.NUMBERS):
        assert np.array_equal(getattr(other, name), getattr(run, name).astype("f4"), True)


def test_a_constant_or_an_empty_curve_can_be_quantised():
    values = np.array([2.0, np.nan])
    levels, low, high = file_format.quantise(values)
    assert (levels[0], levels[1], low, high) == (0, 65535, 2.0, 2.0)
    assert np.all(file_format.quantise(np.array([np.nan]))[0] == 65535)


def test_a_quantised_recording_as_the_book_makes_it_fits_a_page():
    rows = [frame(i, "G", 2 + i / 240, 0.5, 0.5, n=257, a=33) for i in range(240)]
    assert len(Recording.of(SMALL, rows).to_bytes(quantised=True)) <= 500_000


def test_the_bytes_are_laid_out_as_the_module_says(run):
    data = run.to_bytes()
    assert data[:8] == b"GANREC\0\2"
    length = int.from_bytes(data[8:12], "little")
    header, body = json.loads(data[12 : 12 + length]), data[12 + length :]
    assert header["format"] == "gan_lab recording" and header["version"] == 2
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


def test_a_recording_of_format_1_is_read_and_has_no_outlines(run, monkeypatch):
    first = replace(file_format.ON_THE_LINE, version=1)
    monkeypatch.setattr(file_format, "ON_THE_LINE", first)
    bare = [replace(frame, outline=None) for frame in run]
    old = Recording.of(run.recipe, bare, engine=run.engine, panels=run.panels)
    data = old.to_bytes()
    monkeypatch.undo()
    assert data[7] == 1 and b"outline" not in data
    read = Recording.from_bytes(data)
    assert same(old, read) and read[3].outline is None


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
@settings(max_examples=200)
def test_foreign_bytes_are_a_value_error(data):
    for start in (b"", b"GANREC\0\1", b"\x80\x04."):
        with pytest.raises(ValueError):
            Recording.from_bytes(start + data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "not a recording"),
        (b"PK\3\4" + bytes(60), "not a recording"),
        (b"GANREC\0\4" + bytes(60), "format 4, of a newer gan_lab; only formats 1, 2 and 3"),
        (b"GANREC\0\0" + bytes(60), "format 0; only formats 1, 2 and 3"),
        (b"GANREC\0\1\xff\xff\xff\xff", "ends before its header"),
        ("text", "from bytes, not from str"),
        (None, "from bytes, not from NoneType"),
    ],
)
def test_the_sentence_says_what_was_wrong(data, words):
    with pytest.raises(ValueError, match=words):
        Recording.from_bytes(data)


@pytest.mark.parametrize("lie", LIES, ids=str)
def test_a_header_that_lies_is_refused_before_anything_large_is_made(lie, header_and_body):
    header, body = header_and_body
    header = json.loads(json.dumps(header))
    LIES[lie](header)
    data = file_format.sealed(header, body)
    tracemalloc.start()
    try:
        with pytest.raises(ValueError) as refusal:
            Recording.from_bytes(data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 20 * len(data) + 10**6
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("name", NONSENSE)
def test_numbers_without_sense_are_refused(name, tmp_path):
    wrong = replace(by_hand(3), **NONSENSE[name])
    for quantised in (False, True):
        with pytest.raises(ValueError, match="order"):
            Recording.from_bytes(wrong.to_bytes(quantised))
        with pytest.raises(ValueError, match="these frames make no recording that can be read"):
            wrong.save(tmp_path / "run.ganrec", quantised)
    assert not list(tmp_path.iterdir())


# Recordings of another time.


def of_another_version(header_and_body, version, **changes) -> bytes:
    header, body = header_and_body
    header = json.loads(json.dumps(header)) | changes
    header["engine"]["gan_lab"] = version
    return file_format.sealed(header, body)


@pytest.mark.parametrize("version", ["0.2.0", "0.1.1", "1", "0.1.0.1", "10.0rc1", "0.2.dev3+x"])
@pytest.mark.parametrize("change", ["field", "loss", "array", "words"])
def test_a_recording_of_a_newer_version_is_named_as_such(version, change, header_and_body):
    header = json.loads(json.dumps(header_and_body[0]))
    changes = {
        "field": {"recipe": header["recipe"] | {"weight_decay": 0.0}},
        "loss": {"recipe": header["recipe"] | {"loss": "a loss to come"}},
        "array": {"arrays": [{**header["arrays"][0], "name": "uncertainty"}]},
        "words": {"panels": {"e": 0}},
    }[change]
    with pytest.raises(ValueError) as refusal:
        Recording.from_bytes(of_another_version(header_and_body, version, **changes))
    words = f"this recording was made with gan_lab {version!r}, which is newer than this"
    assert str(refusal.value).startswith(words) and "damaged" not in str(refusal.value)


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "", "new", 2, None, [9]])
def test_what_is_not_newer_is_damaged(version, header_and_body):
    wrong = {"recipe": {"k": 0}}
    with pytest.raises(ValueError, match="the recipe in this recording is damaged") as refusal:
        Recording.from_bytes(of_another_version(header_and_body, version, **wrong))
    assert "\n" not in str(refusal.value)


def test_a_newer_recording_that_can_be_read_is_read(header_and_body):
    assert len(Recording.from_bytes(of_another_version(header_and_body, "0.2.0"))) == 13


def test_without_atoms_and_errors_of_the_jsd_there_are_none(run, header_and_body):
    words = {name: header_and_body[0][name] for name in file_format.WORDS}
    words["recipe_code"] = repr(run.recipe)
    arrays = {n: v for n, v in run.arrays().items() if n not in ("atoms", "jsd_error")}
    read = Recording.from_bytes(file_format.packed(words, arrays, False))
    assert read.atoms.shape == (0, 3) and read.jsd_error.tolist() == [0.0] * len(run)


# Numbers at the ends of the floats.

ANY = st.floats(allow_nan=True, allow_infinity=True)
EXTREME = ANY | st.sampled_from([1e300, -1e300, 1.7e308, -1.7e308, 1e39, 5e-324, 1e-40, 0.0])


@settings(max_examples=150)
@given(st.data())
def test_whatever_the_numbers_are_what_is_written_is_read(data):
    one = by_hand(2)
    names = data.draw(
        st.sets(
            st.sampled_from([*one.arrays()]).filter(
                lambda name: name not in ("t", "turn", "x", "atoms")
            ),
            max_size=4,
        )
    )
    for name in names:
        values = getattr(one, name).copy()
        values.flat[:3] = data.draw(st.lists(EXTREME, min_size=3, max_size=3))[: values.size]
        one = replace(one, **{name: values})
    other = Recording.from_bytes(one.to_bytes(quantised=True))
    assert same(one, Recording.from_bytes(one.to_bytes()))
    for name in file_format.NUMBERS:
        with np.errstate(all="ignore"):
            mine, theirs = getattr(one, name), getattr(other, name)
            assert np.array_equal(np.isfinite(mine), np.isfinite(theirs)), name


@settings(max_examples=100)
@given(
    st.floats(-1e6, 1e6),
    st.floats(-6, 6).map(lambda e: 10.0**e),
    st.integers(2, 300),
)
def test_the_axis_of_a_quantised_recording_keeps_its_shape(low, length, n):
    one = by_hand(2)
    x = np.linspace(low, low + length, n)
    if np.any(np.diff(x) <= 0):
        return
    flat = {name: np.zeros((2, n)) for name in ("p_g", "D", "D_star")}
    one = replace(one, x=x, p_data=np.ones(n), **flat)
    other = Recording.from_bytes(one.to_bytes(quantised=True))
    assert np.abs(other.x - x).max() <= 1e-3 * np.diff(x).min()


def test_an_axis_whose_points_would_nearly_meet_is_written_in_full():
    even, uneven = 1e4 + np.arange(9.0), 1e4 + np.append(np.arange(8.0), 7.0 + 1e-3)
    assert file_format.short("x", even)
    assert not file_format.short("x", uneven)
    assert file_format.short("z", uneven)


def test_a_curve_is_cut_where_no_picture_shows_it():
    x, high = np.linspace(0, 1, 3), np.array([0.0, 1e9, 1.0])
    seen = {"x": x, "p_data": np.array([0.0, 2.0, math.inf]), "p_g": high, "G_z": high}
    tallest = file_format.TALLEST
    assert file_format.within_reach("p_g", seen).tolist() == [0, 2 * tallest, 1]
    assert file_format.within_reach("G_z", seen).tolist() == [0, 0.5 + tallest, 1]
    assert file_format.within_reach("p_g", seen | {"p_data": 0 * x}).tolist() == high.tolist()


@pytest.mark.parametrize("module", [recording, file_format], ids=lambda m: m.__name__)
def test_nothing_in_the_module_can_execute_what_it_reads(module):
    source = Path(module.__file__).read_text()
    assert not any(word in source for word in ("import pickle", "eval(", "exec(", "np.load"))
