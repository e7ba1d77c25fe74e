"""What every recording is, whatever its frames show: frames in the order of time, and a file."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Self

import numpy as np

from gan_lab.core.validation import whole_between


class KeptFrames:
    """Frames of one game. Subclasses have `t`, give frame i as `self[i]`, and read their bytes."""

    t: np.ndarray

    def __len__(self) -> int:
        return len(self.t)

    def place(self, i: int) -> int:
        """The number of frame i from the start; those below 0 count from the end."""
        if not -len(self) <= i < len(self):
            raise IndexError(f"a recording of {len(self)} frames has no frame {i}")
        return i % len(self)

    def at(self, iteration: int | None = None) -> int:
        """The number of the last frame of an iteration, or of the last one that was kept before it.

        By default that of the end. ValueError for an iteration before the first or after the last.
        """
        first, last = int(self.t[0]), int(self.t[-1])
        iteration = last if iteration is None else iteration
        iteration = whole_between(first, last, iteration, "iteration")
        return int(np.searchsorted(self.t, iteration, side="right")) - 1

    def to_gif(self, path, **how) -> None:
        """Write the frames as a GIF; see `films.film` for what can be said of it."""
        self.films.film(self, path, **how)

    def to_mp4(self, path, **how) -> None:
        """Write the frames as an MP4; see `films.film`. ValueError where there is no ffmpeg."""
        self.films.film(self, path, ending=".mp4", **how)

    def to_svg(self, path, iteration: int | None = None) -> None:
        """Write the frame at an iteration, by default the last: see `films.write_svg`."""
        self.films.write_svg(self, path, iteration)

    def __getattr__(self, name: str):
        """`films`, the room that draws, which stands above this one: lent when it is asked for."""
        if name != "films":
            raise AttributeError(f"a {type(self).__name__} has no {name}")
        return import_module("gan_lab.films")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        raise NotImplementedError

    @classmethod
    def load(cls, path) -> Self:
        """Read a file that `save` wrote; ValueError when it holds anything else."""
        return cls.from_bytes(Path(path).read_bytes())
