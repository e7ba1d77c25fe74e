"""The bytes of a recording: its arrays and its words in, bytes out, and back.

The file is `core.sealed`'s: b"GANREC\\0", a version, a JSON header and the arrays. Bytes that are
damaged, cut short or not a recording are refused with one ValueError before anything of their
claimed size is made. Numbers are little endian; each array starts at a multiple of 8 bytes from the
header's end, and the header names the arrays in order.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gan_lab import __version__
from gan_lab.core.sealed import Sealed
from gan_lab.core.validation import quoted
from gan_lab.recording import plane_format
from gan_lab.recording.frames import TURNS

FILE = Sealed(b"GANREC\0", "recording", "these bytes are not a recording of gan_lab", (1, 2, 3))
"""Its first format has no outlines; the third is of games in the plane, the others of the line."""

opened = FILE.opened
KINDS = ("float64", "float32", "int32", "uint16", "uint8")
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in KINDS}
MISSING, LEVELS = 65535, 65534
SHARED = {"x": "n", "p_data": "n", "z": "a"}
CURVES = {"p_g": "n", "D": "n", "D_star": "n", "G_z": "a"}
NUMBERS = ("V", "C", "jsd", "V_error", "C_error", "jsd_error", "loss_D", "loss_G")
WORDS = {"recipe": dict, "note": str, "engine": dict, "panels": dict}
OUTLINE = ("vertices", "outline_x", "outline_p_g")
"""The graphs of p_g, one after another, and the vertices of each; 0: those of the frame before."""

ARRAYS = {"t", "turn", "atoms", *OUTLINE, *SHARED, *CURVES, *NUMBERS}
WHOLE = {"t": np.int32, "turn": np.uint8, "vertices": np.int32}
LEVELLED = {*CURVES, "outline_x"}
LARGEST = 1e300
"""No curve is quantised, or read back from levels, beyond this."""

IN_FULL = {"window", "modes", "real"}
"""Of the plane these are few, and float32 would move them, far from 0."""

SHARPEST = 1e-3
"""Quantised, the points x are float32 only where that moves none by such a part of a step."""

TALLEST = 64.0
"""Quantised, p_g is cut at so many times the peak of p_data, and G(z) so many axes away."""


@dataclass(frozen=True)
class Layout:
    """A kind of frames in a file: their arrays, and how these are quantised and checked."""

    version: int
    names: frozenset[str]
    whole: dict[str, type]
    levelled: frozenset[str]
    by_row: bool
    within_reach: Callable[[str, dict[str, np.ndarray]], np.ndarray]
    folded: Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]
    unfolded: Callable[[dict[str, np.ndarray], dict], dict[str, np.ndarray]]


def layout_of(version) -> Layout:
    """How a file of this format is laid out."""
    return ON_THE_LINE if version != IN_THE_PLANE.version else IN_THE_PLANE


def packed(
    words: dict, arrays: dict[str, np.ndarray], quantised: bool = False, dim: int = 1
) -> bytes:
    """The bytes of a file that holds these words (anything JSON has) and arrays.

    Quantised, curves and x of outlines have 16 bits, numbers and heights of outlines float32. `dim`
    is that of the data.
    """
    layout = IN_THE_PLANE if dim == 2 else ON_THE_LINE
    entries, body, arrays = [], b"", layout.folded(arrays)
    for name in arrays:
        with np.errstate(all="ignore"):  # numbers near the ends of the floats
            values, levels = written_array(name, arrays, quantised, layout)
        kind, shape = values.dtype.name, list(values.shape)
        entries.append({"name": name, "dtype": kind, "shape": shape, **levels})
        body += bytes(-len(body) % 8) + values.tobytes()
    return sealed(
        {
            "format": "gan_lab recording",
            "version": layout.version,
            **words,
            "crc32": zlib.crc32(body),
            "arrays": entries,
        },
        body,
    )


def sealed(header: dict, body: bytes) -> bytes:
    """The bytes of a file of the format that its header names, if there is such a one."""
    version = header.get("version")
    return FILE.written(header, body, version if version in FILE.versions else FILE.version)


def written_array(
    name: str, arrays: dict[str, np.ndarray], quantised: bool, layout: Layout
) -> tuple[np.ndarray, dict]:
    """An array's numbers as they are written, and the range of the levels of a curve."""
    values, kind, levels = arrays[name], arrays[name].dtype.name, {}
    if quantised and name in layout.levelled:
        shown = layout.within_reach(name, arrays)
        values, low, high = (quantise_rows if layout.by_row else quantise)(shown)
        kind, levels = "uint16", {"low": low, "high": high}
    elif quantised and short(name, values):
        kind = "float32"
    return values.astype(DTYPES[kind]), levels


def short(name: str, values: np.ndarray) -> bool:
    """Whether an array of float64 may be written as float32: all that is finite stays so."""
    if values.dtype != np.float64 or name in IN_FULL:
        return False
    there = np.abs(values[np.isfinite(values)])
    largest = float(there.max()) if there.size else 0.0
    if largest > float(np.finfo(np.float32).max):
        return False
    # far from 0 the points of x would fall together
    return name != "x" or largest * 2.0**-24 < SHARPEST * float(np.diff(values).min())


def within_reach(name: str, arrays: dict[str, np.ndarray]) -> np.ndarray:
    """The part of a curve that a picture can show."""
    values, x = arrays[name], arrays["x"]
    if name == "p_g":
        heights = arrays["p_data"][np.isfinite(arrays["p_data"])]
        return np.minimum(values, TALLEST * heights.max(initial=0.0) or np.inf)
    if name == "G_z":
        middle, length = (x[0] + x[-1]) / 2, x[-1] - x[0]
        return np.clip(values, middle - TALLEST * length, middle + TALLEST * length)
    return values


def quantise(values: np.ndarray) -> tuple[np.ndarray, float, float]:
    """Levels 0 to 65534 between the least and the largest finite value; 65535 is nan."""
    there = np.clip(values[np.isfinite(values)], -LARGEST, LARGEST)
    low, high = (float(there.min()), float(there.max())) if there.size else (0.0, 0.0)
    share = (np.clip(values, low, high) - low) / ((high - low) or 1.0)
    return np.where(np.isnan(values), MISSING, np.rint(share * LEVELS)), low, high


def unquantised(levels: np.ndarray, low, high) -> np.ndarray:
    """The numbers that levels stand for between these ends."""
    return np.where(levels == MISSING, np.nan, low + (high - low) * (levels / LEVELS))


def quantise_rows(values: np.ndarray) -> tuple[np.ndarray, list[float], list[float]]:
    """The levels of each row, between its own least and largest value."""
    rows = [quantise(row) for row in values]
    return np.stack([levels for levels, *_ in rows]), [r[1] for r in rows], [r[2] for r in rows]


def newer(header: dict) -> str:
    """The version that a recording says it was made with, if that is later than this one's."""
    engine = header.get("engine")
    made_with = engine.get("gan_lab") if isinstance(engine, dict) else None
    if isinstance(made_with, str) and version_numbers(made_with) > version_numbers(__version__):
        return made_with
    return ""


def version_numbers(version: str) -> list[int]:
    """The numbers at the start of a version: [0, 2] of "0.2.dev1"."""
    found = re.match(r"\d{1,9}(\.\d{1,9})*", version)
    return [int(part) for part in found[0].split(".")] if found else []


def complain_of(header: dict) -> None:
    """Refuse a header whose words are of the wrong kind, before its arrays are looked at."""
    for name, kind in (WORDS | {"arrays": list}).items():
        if not isinstance(header.get(name), kind):
            raise ValueError(f"the header of this recording has no {name} that can be read")


def unpacked(data: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """(words, arrays) of a file: arrays are float64 (but `WHOLE`); or a ValueError."""
    header, body = opened(data)
    try:
        return laid_out(header, body)
    except ValueError as error:
        raise of_its_time(header, error) from None


def of_its_time(header: dict, error: ValueError) -> ValueError:
    """What was wrong with a recording; of a later version, that this one cannot read it."""
    if not (version := newer(header)):
        return error
    return ValueError(
        f"this recording was made with gan_lab {quoted(version)}, which is newer than this "
        f"{__version__} and writes what that cannot read"
    )


def laid_out(header: dict, body: memoryview) -> tuple[dict, dict[str, np.ndarray]]:
    """The words and arrays of a file that is as it was written, if they make sense."""
    complain_of(header)
    arrays, offset, layout = {}, 0, layout_of(header.get("version"))
    for entry in header["arrays"]:
        name, dtype, shape = described(entry, layout)
        offset += -offset % 8
        count = math.prod(shape)
        if offset + count * dtype.itemsize > len(body) or name in arrays:
            raise ValueError(f"this recording is damaged: it does not hold the {name} it names")
        raw = np.frombuffer(body, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
        arrays[name] = restored(entry, raw, layout)
    if offset != len(body):
        raise ValueError("this recording is damaged: it holds more than its header names")
    return {name: header[name] for name in WORDS}, layout.unfolded(arrays, header["panels"])


def described(entry, layout: Layout) -> tuple[str, np.dtype, tuple[int, ...]]:
    """Name, dtype and shape of an array in the header."""
    shape: Any = entry.get("shape") if isinstance(entry, dict) else None
    right = (
        isinstance(shape, list)
        and len(shape) in (1, 2, 3)
        and all(type(n) is int and 0 <= n < 2**31 for n in shape)
        and isinstance(entry.get("name"), str)
        and isinstance(entry.get("dtype"), str)
    )
    if not right or entry["name"] not in layout.names or entry["dtype"] not in DTYPES:
        raise ValueError("this recording is damaged: it names an array that cannot be")
    if entry["name"] in layout.whole and entry["dtype"].startswith("float"):
        raise ValueError(f"this recording is damaged: {entry['name']} is no row of whole numbers")
    return entry["name"], DTYPES[entry["dtype"]], tuple(shape)


def restored(entry: dict, raw: np.ndarray, layout: Layout) -> np.ndarray:
    """An array's numbers as they were before they were quantised."""
    kept = layout.whole.get(entry["name"])
    if kept is not None or raw.dtype != DTYPES["uint16"]:
        return raw.astype(kept or np.float64)
    low, high = entry.get("low", math.nan), entry.get("high", math.nan)
    if not layout.by_row:
        right = is_range(low, high)
    elif right := isinstance(low, list) and isinstance(high, list):
        right = len(low) == len(high) == len(raw) and all(map(is_range, low, high))
    if not right:
        raise ValueError(f"this recording is damaged: {entry['name']} has no range")
    if layout.by_row:
        low, high = (np.reshape(ends, (-1,) + (1,) * (raw.ndim - 1)) for ends in (low, high))
    return unquantised(raw, low, high)


def is_range(low, high) -> bool:
    """Whether these are the ends of a range of levels."""
    return all(type(v) in (int, float) and abs(v) <= LARGEST for v in (low, high)) and low <= high


def checked_arrays(arrays: dict[str, np.ndarray], panels: dict) -> dict[str, np.ndarray]:
    """The same arrays, all there, of shapes that fit one another and with sense in them."""
    optional = {"atoms", "jsd_error", *OUTLINE}
    if 0 < len({*OUTLINE} & set(arrays)) < len(OUTLINE):
        raise ValueError("this recording is damaged: it has half an outline of p_g")
    if missing := sorted(ARRAYS - optional - set(arrays)):
        raise ValueError(f"this recording is damaged: it has no {missing[0]}")
    size = {"T": arrays["t"].size, "n": arrays["x"].size, "a": arrays["z"].size}
    arrays.setdefault("jsd_error", np.zeros(size["T"]))
    arrays.setdefault("atoms", np.empty((0, 3)))
    wanted = {name: (size[s],) for name, s in SHARED.items()}
    wanted |= {name: (size["T"], size[s]) for name, s in CURVES.items()}
    wanted |= dict.fromkeys(("t", "turn", *NUMBERS), (size["T"],))
    wanted["atoms"] = (len(arrays["atoms"]), 3)
    if "vertices" in arrays:
        drawn = int(np.sum(arrays["vertices"], dtype=float))
        wanted |= {"vertices": (size["T"],), "outline_x": (drawn,), "outline_p_g": (drawn,)}
    for name, shape in wanted.items():
        if arrays[name].shape != shape:
            raise ValueError(f"this recording is damaged: the shape of {name} does not fit")
        arrays[name].setflags(write=False)
    x, t, atoms = arrays["x"], arrays["t"], arrays["atoms"][:, 0]
    sense = [
        size["T"] > 0,
        len(x) > 1,
        size["a"] > 0,
        np.all(np.diff(x) > 0),
        np.all(np.isfinite(x)),
        t[:1] >= 0,
        np.all(t[1:] >= t[:-1]),
        np.all(arrays["turn"] < len(TURNS)),
        np.all(np.isin(atoms, np.arange(size["T"]))),
        drawable(*(arrays[name] for name in OUTLINE if name in arrays)),
        set(panels) in ({*"abcd"}, set()),
        all(type(i) is int and 0 <= i < size["T"] for i in panels.values()),
    ]
    if not all(sense):
        raise ValueError("this recording is damaged: its frames are in no possible order")
    return arrays


def drawable(vertices: Any = None, x: Any = None, p_g: Any = None) -> bool:
    """Whether each outline has two vertices at least, x that never falls, and no height below 0."""
    if vertices is None:
        return True
    starts = np.cumsum(vertices)[:-1]
    falls = np.flatnonzero(np.diff(x) < 0) + 1
    return bool(
        vertices[0] > 0
        and np.all((vertices == 0) | (vertices > 1))
        and np.all(np.isfinite(x))
        and np.all(np.isin(falls, starts))
        and np.all(p_g >= 0)
    )


ON_THE_LINE = Layout(
    2,
    frozenset(ARRAYS),
    WHOLE,
    frozenset(LEVELLED),
    by_row=False,
    within_reach=within_reach,
    folded=dict,
    unfolded=checked_arrays,
)
IN_THE_PLANE = Layout(
    3,
    frozenset(plane_format.SHAPES),
    plane_format.WHOLE_IN_PLANE,
    frozenset(plane_format.LEVELLED_BY_ROW),
    by_row=True,
    within_reach=plane_format.within_windows,
    folded=plane_format.once_per_generator,
    unfolded=plane_format.unfolded,
)
