"""A recording that plays, in a notebook or on a page.

The picture and its controls are the front end's (`static/`); here is only what carries a recording
to it: its quantised bytes.
"""

import base64
import functools
import html

from gan_lab.recipe import Recipe
from gan_lab.recording import Recording
from gan_lab.widgets.front_end import esm
from gan_lab.widgets.lab import Lab
from gan_lab.widgets.shown import FIND_ME, Shown

NO_SCRIPT = "This figure moves where JavaScript is allowed: it plays a recorded training."


class Player(Shown):
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

    def new_widget(self):
        return widget_class()(
            recording=self.recording.to_bytes(quantised=True),
            autoplay=self.autoplay,
            caption=self.caption,
        )

    def draw(self, figure):
        from gan_lab.figures import bound, figure_1

        above, below = figure.subplots(2, 1, height_ratios=(2.4, 1))
        figure_1(above, self.recording[-1])
        bound(below, self.recording, len(self.recording) - 1)


def play(shown: Recording | Recipe, autoplay: bool = False, caption: str = "") -> Player | Lab:
    """A `Player` of a recording, as in `play(record(Training(recipe)))`; or a game that plays.

    `play(recipe)` returns at once and trains while it is watched: a `Lab` without controls.
    """
    if isinstance(shown, Recipe):
        return Lab(shown, controls=False, autoplay=True)
    return Player(shown, autoplay=autoplay, caption=caption)


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
