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
from made_by_hand import SMALL, by_hand, frame

from gan_lab import recording, recording_bytes
from gan_lab.recording import Recording

NOT_A_RECIPE = {"recipe": {"k": 0}}


@pytest.fixture(scope="module")
def header_and_body(run) -> tuple[dict, bytes]:
    header, body = recording_bytes.opened(run.to_bytes())
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
    for name in recording_bytes.CURVES:
        shown = recording_bytes.within_reach(name, run.arrays())
        level = (shown.max() - shown.min()) / 65534
        assert np.abs(getattr(other, name) - shown).max() <= 0.5001 * level
        assert np.abs(getattr(other, name) - shown).max() > 0
    for name in (*recording_bytes.SHARED, *recording_bytes.NUMBERS):
        assert np.array_equal(getattr(other, name), getattr(run, name).astype("f4"), True)


def test_a_constant_or_an_empty_curve_can_be_quantised():
    values = np.array([2.0, np.nan])
    levels, low, high = recording_bytes.quantise(values)
    assert (levels[0], levels[1], low, high) == (0, 65535, 2.0, 2.0)
    assert np.all(recording_bytes.quantise(np.array([np.nan]))[0] == 65535)


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
    data = recording_bytes.sealed(header, body)
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


@pytest.mark.parametrize("module", [recording, recording_bytes], ids=lambda m: m.__name__)
def test_nothing_in_the_module_can_execute_what_it_reads(module):
    source = Path(module.__file__).read_text()
    assert not any(word in source for word in ("import pickle", "eval(", "exec(", "np.load"))
