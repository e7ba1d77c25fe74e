"""The bytes of a recording of pictures: in full, or small enough for a page.

The file is `core.sealed`'s: b"GANIMG\\0", a version, a JSON header and the arrays in the order of
`ARRAYS`, little endian, of the shapes that the header names. Version 2 is for a page: a pixel has 4
bits, two pixels a byte, the first in the lower half; D's outputs are levels of 16 bits between the
ends of a range in the header. `front_end/recording/pictures.js` reads both.
"""

from __future__ import annotations

import math
import zlib

import numpy as np

from gan_lab.core.sealed import Sealed
from gan_lab.recording.file_format import is_range, quantise, unquantised

FILE = Sealed(
    b"GANIMG\0", "recording of pictures", "these bytes are no recording of pictures", (1, 2)
)
FULL, SMALL = FILE.versions
ARRAYS = {
    "t": "<i4",
    "turn": "<u1",
    "z": "<f4",
    "G_z": "<u1",
    "real": "<u1",
    "D_fake": "<f4",
    "D_real": "<f4",
    "loss_D": "<f4",
    "loss_G": "<f4",
}
"""The arrays of a recording and how their numbers are written."""

PIXELS, OPINIONS = ("G_z", "real"), ("D_fake", "D_real")
SHADE = 17
"""Of 256 shades of grey the page has every seventeenth: 0, 17, ..., 255."""

DAMAGED = "this recording of pictures is damaged: it is not what was written"


def packed_images(words: dict, arrays: dict[str, np.ndarray], quantised: bool = False) -> bytes:
    """A file with these arrays, and these words in its header."""
    ranges, parts = {}, []
    for name, kind in ARRAYS.items():
        values = np.asarray(arrays[name])
        if quantised and name in PIXELS:
            values, kind = in_half_bytes(values), "<u1"
        elif quantised and name in OPINIONS:
            (values, *ranges[name]), kind = quantise(values), "<u2"
        parts.append(values.astype(kind).tobytes())
    body = b"".join(parts)
    shapes = {name: list(np.shape(arrays[name])) for name in ARRAYS}
    header = words | {"shapes": shapes, "ranges": ranges, "crc32": zlib.crc32(body)}
    return FILE.written(header, body, SMALL if quantised else FULL)


def in_half_bytes(pixels: np.ndarray) -> np.ndarray:
    """Pixels of 8 bits as the nearest of 16 shades, two in a byte."""
    shades = np.rint(pixels.ravel() / SHADE).astype(np.uint8)
    pairs = np.append(shades, np.zeros(len(shades) % 2, np.uint8)).reshape(-1, 2)
    return pairs[:, 0] | pairs[:, 1] << 4


def from_half_bytes(pairs: np.ndarray, count: int) -> np.ndarray:
    """So many pixels of 8 bits, from two in a byte."""
    return np.stack([pairs & 15, pairs >> 4], axis=1).ravel()[:count] * np.uint8(SHADE)


def unpacked_images(data: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """The header of a file and its arrays. ValueError, in one sentence, for any other bytes."""
    header, body = FILE.opened(data)
    ranges = header.get("ranges") if data[len(FILE.magic)] == SMALL else None
    found, offset = {}, 0
    try:
        for name in ARRAYS:
            found[name], offset = array_at(offset, name, body, header["shapes"][name], ranges)
    except (KeyError, TypeError, IndexError, ValueError):
        raise ValueError(DAMAGED) from None
    if offset != len(body):
        raise ValueError(DAMAGED)
    return header, found


def array_at(
    offset: int, name: str, body: memoryview, shape: list, ranges: dict | None
) -> tuple[np.ndarray, int]:
    """An array of a file, with `ranges` of one for a page, and where the next one begins."""
    if not isinstance(shape, list) or not all(type(n) is int and 0 <= n < 2**31 for n in shape):
        raise ValueError(DAMAGED)
    count = math.prod(shape)
    dtype = np.dtype("<u2" if ranges is not None and name in OPINIONS else ARRAYS[name])
    stored = (count + 1) // 2 if ranges is not None and name in PIXELS else count
    if offset + stored * dtype.itemsize > len(body):
        raise ValueError(DAMAGED)
    values = np.frombuffer(body, dtype, stored, offset)
    offset += values.nbytes
    if ranges is not None and name in PIXELS:
        values = from_half_bytes(values, count)
    elif ranges is not None and name in OPINIONS:
        low, high = ranges[name]
        if not is_range(low, high):
            raise ValueError(DAMAGED)
        values = unquantised(values, low, high)
    return (values.astype(float) if dtype.kind == "f" else values).reshape(shape), offset
