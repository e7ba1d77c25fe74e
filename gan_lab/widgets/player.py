"""A recording that plays, in a notebook or on a page.

The picture and its controls are the front end's (`front_end/`); here is only what carries a
recording to it: its quantised bytes.
"""

from __future__ import annotations

import functools
import html
import math
import sys
from typing import TYPE_CHECKING, cast

from gan_lab.recording.for_a_page import page_text
from gan_lab.recording.images import ImageRecording
from gan_lab.recording.recording import Recording
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import stills
from gan_lab.widgets.box import Moving, VBox
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.shown import FIND_ME, Shown

if VBox is not None:
    import traitlets
if TYPE_CHECKING:
    from gan_lab.training.loop import Training
    from gan_lab.widgets.lab_figure import Lab

NO_SCRIPT = "This figure moves where JavaScript is allowed: it plays a recorded training."


class Player(Shown, Moving):
    """Player of a recording: the moving Figure 1, with V(G, D) and its bound below it.

    Of a game in the plane it has the lab's picture: D, points, the pull of G's loss and the grid of
    z, with the charts that a reader ticks. Of a game of pictures it has G(z) and pictures of the
    data, D's opinion of each, and the players' losses. Displayed at the end of a cell it plays. The
    picture is drawn from the quantised bytes: 1/65534 of each curve's range, 16 shades of a pixel.

    It is a widget of ipywidgets: it lies in boxes, and `iteration`, `jsd` (nats), `playing` and
    `frame`, which counts the frames from 0, can be observed and linked. `step(n)` goes n frames on,
    `seek(iteration)` to the last frame of that iteration or, where it has none, of the one before.

    Parameters
    ----------
    recording : Recording or ImageRecording
        What is shown.
    autoplay : bool
        Whether it starts, once, when it comes into sight (never where the reader's system asks for
        less motion).
    caption : str
        Plain text under it.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, record
    >>> from gan_lab.widgets import Player
    >>> recording = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> "A short game" in Player(recording, caption="A short game").html()
    True
    """

    mounted = ("ui/recordings", "mountRecordings")

    if VBox is None:
        frame = 0
    else:
        frame = traitlets.Int(0).tag(sync=True)

    def __init__(
        self, recording: Recording | ImageRecording, autoplay: bool = False, caption: str = ""
    ):
        if not isinstance(recording, Recording | ImageRecording):
            raise ValueError(
                f"a Player shows a Recording, and got {recording!r}: "
                "make one with gan_lab.record(training), or read one with gan_lab.load(path)"
            )
        if not isinstance(caption, str):
            raise ValueError(f"caption is text, and got {caption!r}")
        self.recording = recording
        self.autoplay = bool(autoplay)
        self.caption = caption
        super().__init__()
        self._show()
        if VBox is not None:
            self.observe(lambda _: self._show(), "frame")

    def _show(self) -> None:
        """The traits tell of the present frame; one beyond the ends is the last or the first."""
        self.frame = min(max(self.frame, 0), len(self.recording) - 1)
        made = self.recording
        jsd = float(made.jsd[self.frame]) if isinstance(made, Recording) else math.nan
        self._tell(int(self.recording.t[self.frame]), jsd if math.isfinite(jsd) else None)

    def _go_on(self, n: int) -> None:
        self.frame = min(self.frame + n, len(self.recording) - 1)
        self._show()

    def _go_to(self, iteration: int) -> None:
        self.frame = self.recording.at(iteration)
        self._show()

    def _start(self) -> int:
        return int(self.recording.t[0])

    def reset(self) -> None:
        """Pause, and show the first frame."""
        self.pause()
        self.frame = 0
        self._show()

    def __repr__(self) -> str:
        return f"Player({self.recording!r})"

    def html(self) -> str:
        """A figure that holds the recording, and a still of its last frame.

        The page's script puts the stage in the place of the still.
        """
        text = page_text(self.recording.to_bytes(quantised=True))
        autoplay = " data-autoplay" if self.autoplay else ""
        return (
            f'<figure class="gan-lab" data-gan-lab="recording"{autoplay}>\n'
            f'<script type="application/octet-stream">{text}</script>\n'
            f"{stills.of_recording(self.recording)}"
            f"<noscript><p>{NO_SCRIPT}</p></noscript>\n"
            f"<figcaption>{html.escape(self.caption)}</figcaption>\n"
            f"</figure>\n{FIND_ME}"
        )

    def new_widget(self):
        made = player_class()(
            recording=self.recording.to_bytes(quantised=True),
            autoplay=self.autoplay,
            caption=self.caption,
        )
        for name in ("frame", "playing"):
            traitlets.link((self, name), (made, name))
        return made

    def draw(self, figure):
        from gan_lab.plots import bound, moment

        above, below = figure.subplots(2, 1, height_ratios=(2.4, 1))
        moment(above, self.recording[-1])
        bound(below, self.recording, len(self.recording) - 1)


def play(
    shown: Recording | ImageRecording | Recipe | Training, autoplay: bool = False, caption: str = ""
) -> Player | Lab:
    """Play a recording in a notebook; or a game, trained while it is watched.

    `play(recipe)` and `play(training)` return at once and train while it is watched: a `Lab`
    without controls. A training is copied as it stands, and goes on from there.

    Parameters
    ----------
    shown : Recording, ImageRecording, Recipe or Training
        What is played.
    autoplay : bool
        Whether it starts when it comes into sight.
    caption : str
        Plain text under a recording.

    Returns
    -------
    Player or Lab
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For what is neither.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, play, record
    >>> recording = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> type(play(recording)).__name__
    'Player'
    """
    if isinstance(shown, Recipe) or is_training(shown):
        from gan_lab.widgets.lab_figure import Lab  # a recording plays without torch

        return Lab(shown, controls=False, autoplay=True)
    made_before = cast(Recording, shown)  # or it is refused by name
    return Player(made_before, autoplay=autoplay, caption=caption)


def is_training(shown) -> bool:
    """Whether it is a `Training`, of which there is none where its module was never imported."""
    loop = sys.modules.get("gan_lab.training.loop")
    return loop is not None and isinstance(shown, loop.Training)


@functools.cache
def player_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget

    class Stage(anywidget.AnyWidget):
        _esm = esm()
        recording = traitlets.Bytes().tag(sync=True)
        autoplay = traitlets.Bool(False).tag(sync=True)
        caption = traitlets.Unicode("").tag(sync=True)
        frame = traitlets.Int(0).tag(sync=True)
        playing = traitlets.Bool(False).tag(sync=True)

    return Stage
