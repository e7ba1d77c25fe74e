"""A recording as a picture that moves, a GIF or an MP4, and one of its frames as a drawing, an SVG.

By matplotlib and Pillow, without pyplot and without a page; an MP4 by ffmpeg, where that is there.
A file is written whole or not at all.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from matplotlib import rc_context, rcParams
from matplotlib.animation import AbstractMovieWriter, FFMpegWriter, PillowWriter
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gan_lab import plots
from gan_lab.core.files import whole_file
from gan_lab.core.validation import quoted, whole_between
from gan_lab.recording.images import ImageFrame, ImageRecording
from gan_lab.recording.recording import Recording

SIZE = (6.4, 5.6)
"""Inches: Figure 1, the plane or pictures above, the value of the game below."""

PLACE = {"left": 0.12, "right": 0.94, "top": 0.93, "bottom": 0.09, "hspace": 0.2}
"""Of the two in it: always the same, so that nothing but the game moves."""

DOTS = 80
"""Pixels to the inch."""

MOST = 60
"""Frames of a film, unless more are asked for: seven seconds, and one or two MB."""

LAST = 12
"""How many times the last frame stands, to be looked at before the film begins anew."""


def film(
    recording: Recording | ImageRecording,
    path,
    frames: int = MOST,
    per_second: int = 10,
    progress: Callable[[int, int], None] | None = None,
    ending: str = ".gif",
) -> None:
    """Write a recording as a GIF or, with the `ending` ".mp4", as an MP4.

    At most `frames` of its frames, evenly chosen, the first and the last among them, each drawn by
    `plots.moment` and `plots.bound`. `progress(done, all)` is called after each; an interrupt, or
    an error, leaves no half file. Raises ValueError for a name that ends in another way, for
    numbers that are not whole and positive, and for an MP4 where no ffmpeg can write it.
    """
    ends_with(path, ending, "a film")
    per_second = whole_between(1, 50, per_second, "per_second")
    chosen = some_of(len(recording), whole_between(2, 10_000, frames, "frames"))
    figure = Figure(figsize=SIZE)
    FigureCanvasAgg(figure)
    with whole_file(path) as part, written_by(ending, per_second, figure, part) as write:
        for done, i in enumerate(chosen, start=1):
            draw_frame(figure, recording, i)
            for _ in range(LAST if i == chosen[-1] else 1):
                write.grab_frame()
            if progress is not None:
                progress(done, len(chosen))


@contextmanager
def written_by(ending: str, per_second: int, figure, part) -> Iterator[AbstractMovieWriter]:
    """Who writes a film with this ending, and takes pictures of the figure."""
    if ending == ".gif":
        write = PillowWriter(fps=per_second)
        with write.saving(figure, str(part), DOTS):
            yield write
        return
    with rc_context({"animation.ffmpeg_path": ffmpeg()}):
        write = FFMpegWriter(fps=per_second, codec="h264")
        try:
            with write.saving(figure, str(part), DOTS):
                yield write
        except (subprocess.CalledProcessError, BrokenPipeError):
            raise ValueError(
                "this ffmpeg could not write an MP4: it needs an encoder of H.264; to_gif does not"
            ) from None


def ffmpeg() -> str:
    """Where ffmpeg is: on the system, or as imageio-ffmpeg carries it. ValueError if nowhere."""
    if found := shutil.which(rcParams["animation.ffmpeg_path"]):
        return found
    if find_spec("imageio_ffmpeg"):
        return import_module("imageio_ffmpeg").get_ffmpeg_exe()
    raise ValueError(
        "an MP4 is written by ffmpeg, which is not here: install it, or the package "
        "imageio-ffmpeg; to_gif needs neither"
    )


def write_svg(recording: Recording | ImageRecording, path, iteration: int | None = None) -> None:
    """Write one frame of a recording as SVG: the last one of an iteration, by default of all.

    Of an iteration that no frame was kept of, the frame before it. Raises ValueError for another
    ending than .svg, and for an iteration before the first or after the last.
    """
    ends_with(path, ".svg", "a drawing")
    figure = Figure(figsize=SIZE)
    draw_frame(figure, recording, recording.at(iteration))
    with whole_file(path) as part:
        figure.savefig(part, format="svg", metadata={"Date": None})


def ends_with(path, ending: str, what: str) -> None:
    """Refuse a name that ends in another way."""
    if Path(path).suffix.lower() != ending:
        raise ValueError(f"{what} ends with {ending}, and not as {quoted(Path(path).name)}")


def some_of(count: int, most: int) -> list[int]:
    """At most so many of the numbers below `count`, evenly, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(int)).tolist()


def draw_frame(figure: Figure, recording: Recording | ImageRecording, i: int) -> None:
    """A frame on an empty figure: Figure 1 or the plane, the value of the game, and when it is."""
    figure.clear()
    frame = recording[i]
    above, below = figure.subplots(2, 1, height_ratios=(2.4, 1), gridspec_kw=PLACE)
    plots.moment(above, frame)
    if isinstance(frame, ImageFrame):
        above.set_title("")  # that of the figure says when it is
    plots.bound(below, recording, i)
    when = {"start": "before training", "D": "after $D$'s step", "G": "after $G$'s step"}
    figure.suptitle(f"iteration {frame.t}, {when[frame.turn]}", fontsize="medium")
