"""A game as it is now, drawn by matplotlib: for a still, and for the lab without the canvas."""

from __future__ import annotations

import io
import math

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gan_lab import plots
from gan_lab.datasets import Images
from gan_lab.recording.frames import frame_of
from gan_lab.recording.images import image_frame
from gan_lab.recording.plane import quick_frame

PICTURES = 36
"""Of G, and as many of the data, in a lab."""


def picture(training, size=(7.0, 4.4), fine=1) -> bytes:
    """A PNG of the game as it is now; pyplot is not touched.

    On the line Figure 1; in the plane D and points; of pictures those of G; where none of these can
    be drawn, the reason.
    """
    return picture_and_words(training, size, fine)[0]


def picture_and_words(training, size=(7.0, 4.4), fine=1) -> tuple[bytes, str]:
    """`picture`, and the distance from the data where it is known, in words."""
    figure, said = Figure(figsize=size, layout="constrained"), ""
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    try:
        if isinstance(training.recipe.data, Images):
            plots.pictures(ax, image_frame(training, pictures=PICTURES))
        elif training.recipe.data.dim == 2:
            plots.plane(ax, quick_frame(training))
        else:
            frame = frame_of(training)
            plots.figure_1(ax, frame)
            said = frame_in_words(frame)
    except ValueError as why:
        ax.set_axis_off()
        ax.text(0.5, 0.5, str(why), ha="center", va="center", wrap=True)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=100 * fine)
    return file.getvalue(), said


def frame_in_words(frame) -> str:
    """The distance from the data and the value of the game, as far as they are known."""
    known = {
        f"JSD {frame.jsd:.4f} nats": frame.jsd,
        f"V(G, D) {frame.V:.3f} of at most {frame.C:.3f}": frame.V,
    }
    return ", ".join(words for words, value in known.items() if not math.isnan(value))
