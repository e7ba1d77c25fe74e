"""A recording that plays, in a notebook or on a page.

The picture and its controls are the front end's (`static/`); here is only what carries a recording
to it. In Jupyter that is an anywidget, given the recording's bytes. In the book's build, where the
environment variable `GAN_LAB_STATIC` is 1, it is plain HTML for the page's own script to find.
"""

import base64
import functools
import html
import io
import os

from gan_lab.recording import Recording
from gan_lab.widgets.front_end import esm

NO_SCRIPT = "This figure moves where JavaScript is allowed: it plays a recorded training."
FIND_ME = "<script>window.GanLab && GanLab.mountAll();</script>"


class Player:
    """Shows a `Recording` as the moving Figure 1, with V(G, D) and its bound below it.

    Displayed at the end of a cell it plays; `autoplay` starts it, once, when it comes into sight
    (never where the reader's system asks for less motion). `caption` is plain text under it. The
    picture is drawn from the quantised bytes, 1/65534 of each curve's range.
    """

    def __init__(self, recording: Recording, autoplay: bool = False, caption: str = ""):
        if not isinstance(recording, Recording):
            raise ValueError(
                f"a Player shows a Recording, and got {recording!r}: "
                "make one with gan_lab.recording.record(training), or Recording.load(path)"
            )
        if not isinstance(caption, str):
            raise ValueError(f"caption is text, and got {caption!r}")
        self.recording = recording
        self.autoplay = bool(autoplay)
        self.caption = caption
        self._widget = None

    def __repr__(self) -> str:
        return f"Player({self.recording!r})"

    def html(self) -> str:
        """A figure that holds the recording as base64; the page's script puts the stage into it."""
        bytes_ = base64.b64encode(self.recording.to_bytes(quantised=True)).decode("ascii")
        autoplay = " data-autoplay" if self.autoplay else ""
        return (
            f'<figure class="gan-lab" data-gan-lab="recording"{autoplay}>\n'
            f'<script type="application/octet-stream">{bytes_}</script>\n'
            f"<noscript><p>{NO_SCRIPT}</p></noscript>\n"
            f"<figcaption>{html.escape(self.caption)}</figcaption>\n"
            f"</figure>\n{FIND_ME}"
        )

    def widget(self):
        """The anywidget of this player, made when first asked for."""
        if self._widget is None:
            self._widget = widget_class()(
                recording=self.recording.to_bytes(quantised=True),
                autoplay=self.autoplay,
                caption=self.caption,
            )
        return self._widget

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict:
        if os.environ.get("GAN_LAB_STATIC") == "1":
            return {"text/html": self.html()}
        view = self.widget()._repr_mimebundle_()
        data, metadata = view if isinstance(view, tuple) else (view, {})
        still = {"text/plain": repr(self), "image/png": picture(self.recording)}
        return {**data, **still}, metadata


def play(recording: Recording, autoplay: bool = False, caption: str = "") -> Player:
    """A `Player` of the recording: `play(record(Training(recipe)))`."""
    return Player(recording, autoplay=autoplay, caption=caption)


@functools.cache
def widget_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class Stage(anywidget.AnyWidget):
        _esm = esm()
        recording = traitlets.Bytes().tag(sync=True)
        autoplay = traitlets.Bool(False).tag(sync=True)
        caption = traitlets.Unicode("").tag(sync=True)

    return Stage


def picture(recording: Recording) -> str:
    """The last frame as base64 PNG, for where no widget can be shown; pyplot is not touched."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    from gan_lab.figures import bound, figure_1

    figure = Figure(figsize=(7, 5.4), layout="constrained")
    FigureCanvasAgg(figure)
    above, below = figure.subplots(2, 1, height_ratios=(2.4, 1))
    figure_1(above, recording[len(recording) - 1])
    bound(below, recording, len(recording) - 1)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=100)
    return base64.b64encode(file.getvalue()).decode("ascii")
