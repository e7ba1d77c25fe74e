"""A file is written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def whole_file(path) -> Iterator[Path]:
    """A path to write to, of the same name, beside `path`, which takes its place in the end.

    Where that goes wrong, or is interrupted, `path` is what it was. Of several who write to it at
    once, the last one's file is there in the end.
    """
    path = Path(path)
    with TemporaryDirectory(".unfinished", f"{path.stem}.", path.parent) as folder:
        part = Path(folder, path.name)
        yield part
        os.replace(part, path)
