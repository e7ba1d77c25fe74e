"""A file of a header and a body, of which every byte is as it was written; else it is refused.

    magic (7 bytes)  uint8 version  uint32 length of the header  header (JSON)  body

Numbers are little endian. The header holds the CRC-32 of the body, `crc32`; its last field, `seal`,
is the CRC-32 (8 hexadecimal digits) of every byte of the file before those digits. Reading executes
nothing, and makes nothing of the size that a file claims.
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import dataclass

PREFIX = struct.Struct("<7sBI")
SEAL = len('00000000"}')


@dataclass(frozen=True)
class Sealed:
    """A kind of file. `what` it is, in a sentence; `strange` is that sentence for another file.

    `versions` of its format are read, of which the last is written, or one that is asked for.
    """

    magic: bytes
    what: str
    strange: str
    versions: tuple[int, ...]

    @property
    def version(self) -> int:
        return self.versions[-1]

    def written(self, header: dict, body: bytes, version: int | None = None) -> bytes:
        """The bytes of a file with this body, and this header, which holds its CRC-32."""
        text = json.dumps(header)[:-1].encode() + b', "seal": "'
        start = PREFIX.pack(self.magic, version or self.version, len(text) + SEAL) + text
        return start + b'%08x"}' % zlib.crc32(start) + body

    def opened(self, data: bytes) -> tuple[dict, memoryview]:
        """(header, body) of a file; ValueError in one sentence for any other bytes."""
        if not isinstance(data, (bytes, bytearray, memoryview)):
            raise ValueError(f"a {self.what} is read from bytes, not from {type(data).__name__}")
        file = memoryview(bytes(data))
        if len(file) < PREFIX.size or file[: len(self.magic)] != self.magic:
            raise ValueError(self.strange)
        _, version, length = PREFIX.unpack(file[: PREFIX.size])
        self.check(version)
        text, body = file[PREFIX.size : PREFIX.size + length], file[PREFIX.size + length :]
        damaged = f"this {self.what} is damaged: "
        if len(text) < length or length < SEAL:
            raise ValueError(damaged + "it ends before its header does")
        seal = b'%08x"}' % zlib.crc32(file[: PREFIX.size + length - SEAL])
        try:
            header = json.loads(bytes(text).decode()) if text[-SEAL:] == seal else None
        except (ValueError, RecursionError):
            header = None
        if not isinstance(header, dict):
            raise ValueError(damaged + "its header is not what was written")
        if header.get("crc32") != zlib.crc32(body):
            raise ValueError(damaged + "its numbers are not what was written")
        return header, body

    def check(self, version: int) -> None:
        """Refuse a version that is not read."""
        if version in self.versions:
            return
        newer = ", of a newer gan_lab" if version > self.version else ""
        *others, last = map(str, self.versions)
        read = f"formats {', '.join(others)} and {last} are" if others else f"{last} is"
        raise ValueError(f"this {self.what} has format {version}{newer}; only {read} read")
