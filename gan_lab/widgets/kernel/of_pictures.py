"""The lab of a game of pictures: the kernel trains, and sends what G makes of the same z.

The picture is the front end's, that of a recording, to which moments come (`ui/pictures_live.js`);
buttons and settings are those of the lab without the canvas. Below them are the way between two z
and the nearest training picture of a sample.
"""

from __future__ import annotations

import functools
import html
import io
import math
from typing import Any

import ipywidgets as ipy
import numpy as np
import traitlets
from matplotlib.image import imsave

from gan_lab.recording.images import ImageFrame, ImageRecording, followed, image_frame
from gan_lab.recording.sheets import sheet_of
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.kernel.by_matplotlib import ByMatplotlib
from gan_lab.widgets.kernel.picture import PICTURES
from gan_lab.widgets.kernel.samples import NearestPicture, nearest_picture, walk_between

KEPT = 100
"""Moments that a view can go back to; beyond, every other one is forgotten."""

WALK = 9
"""Pictures on the way between two z."""


class LabOfPictures(ByMatplotlib):
    """Samples of G while it trains, with D's opinion of each, and what can be asked of one."""

    asks = 6  # a picture takes a hundredth of a second here, and not some tenths

    def new_image(self) -> Any:
        self.kept: list[tuple[int, ImageFrame]] = []
        self.number = None
        made = live_class()()
        made.on_msg(lambda widget, content, buffers: self.heard(content))
        return made

    def more(self) -> list[ipy.Widget]:
        names = [(f"sample {i}", i) for i in range(1, PICTURES + 1)]
        choose = {"options": names, "layout": {"width": "11em"}}
        self.sample: Any = ipy.Dropdown(description="of", value=1, **choose)
        self.ends: list[Any] = [
            ipy.Dropdown(description=word, value=value, **choose)
            for word, value in (("from", 1), ("to", 2))
        ]
        for one in (self.sample, *self.ends):
            one.style.description_width = "3em"
        self.found, self.way = (
            ipy.Image(format="png", layout={"width": width, "max_width": "100%"})
            for width in ("12em", "40em")
        )
        self.said = ipy.HTML()
        self.hide()
        near = self.button("Nearest training picture", self.show_nearest)
        walk = self.button("Walk from z to z", self.show_walk)
        wrap = {"flex_flow": "wrap"}
        traitlets.link((self.image, "playing"), (self.play, self.going))
        return [
            ipy.HBox([near, self.sample], layout=wrap),
            ipy.HBox([self.found, self.said], layout=wrap),
            ipy.HBox([walk, *self.ends], layout=wrap),
            self.way,
        ]

    def hide(self) -> None:
        """What was asked is of an earlier moment."""
        for made in (self.found, self.way):
            made.layout.display = "none"
        self.said.value = ""

    def heard(self, content: dict) -> None:
        """A step on from the last moment is one of the game; a sample may be asked for."""
        match content:
            case {"press": "on"}:
                self.buttons["Both"].click()
            case {"choose": int(sample)} if 1 <= sample <= PICTURES:
                self.sample.value = sample
                self.show_nearest()

    def begin_run(self) -> None:
        super().begin_run()
        if not self.playing:
            with self.session.lock:
                self.send_all()

    def draw(self, reply: dict) -> str:
        before = len(self.kept)
        self.keep(reply["made"], image_frame(self.session.game, pictures=PICTURES))
        if self.playing and len(self.kept) == before + 1:  # the others have been sent
            self.image.newest = self.as_bytes(self.kept[-1:])
        else:
            self.send_all()
        self.hide()
        return ""

    def send_all(self) -> None:
        """All moments that are kept: for views that come later, too."""
        self.image.recording, self.image.newest = self.as_bytes(self.kept), b""

    def as_bytes(self, kept: list[tuple[int, ImageFrame]]) -> bytes:
        """These moments, as a page gets them."""
        game = self.session.game
        z = followed(game, 0, PICTURES)[0]
        frames = [frame for _, frame in kept]
        made = ImageRecording.of(game.recipe, frames, z, note=game.stopped or "")
        return made.to_bytes(quantised=True)

    def sentence(self, reply: dict, said: str) -> str:
        """Where it is trained: the picture says the rest."""
        return f"Trained in the kernel, on {reply['device']}."

    def keep(self, made: int, frame: ImageFrame) -> None:
        """The moment of so many moves; those that the game went back from never were."""
        if self.number != self.session.number:
            self.number, self.kept = self.session.number, []
        self.kept = [(moves, old) for moves, old in self.kept if moves < made]
        if len(self.kept) >= KEPT:
            self.kept = self.kept[::2]
        self.kept.append((made, frame))

    def show_nearest(self) -> None:
        """A sample, and the training picture that is nearest to it; the game pauses."""
        self.playing = False
        with self.session.lock:
            frame = image_frame(self.session.game, pictures=PICTURES)
            near = nearest_picture(self.session.game, self.sample.value)
            self.say_nearest(frame, near)

    def say_nearest(self, frame: ImageFrame, near: NearestPicture) -> None:
        pair = np.stack([frame.fake[self.sample.value - 1], near.picture])
        show_sheet(self.found, pair, columns=2)
        usual = f"; the median over held-out pictures is {near.usual:.1f}"
        said = (
            f"Sample {self.sample.value}, and beside it the nearest of the training pictures, a "
            f"{near.label}, at a distance of {near.distance:.1f}"
        )
        self.said.value = (
            f"<p>{html.escape(said + (usual if math.isfinite(near.usual) else ''))}.</p>"
        )

    def show_walk(self) -> None:
        """Pictures on the straight line between the z of two samples; the game pauses."""
        self.playing = False
        with self.session.lock:
            way = walk_between(self.session.game, self.ends[0].value, self.ends[1].value, WALK)
            show_sheet(self.way, way, columns=WALK)


def show_sheet(image: ipy.Image, pictures: np.ndarray, columns: int) -> None:
    """Pictures side by side, each pixel of a size that can be seen."""
    sheet, file = np.nan_to_num(sheet_of(pictures, columns)), io.BytesIO()
    fine = np.kron(sheet, np.ones((6, 6)))
    imsave(file, fine, format="png", cmap="gray_r", vmin=0.0, vmax=1.0)
    image.value, image.layout.display = file.getvalue(), None
    image.add_class("gan-lab-still")


@functools.cache
def live_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget

    class LivePictures(anywidget.AnyWidget):
        _esm = esm("ui/pictures_live", "renderPictures")
        recording = traitlets.Bytes().tag(sync=True)
        newest = traitlets.Bytes().tag(sync=True)  # one more moment of it; empty where it has all
        playing = traitlets.Bool(False).tag(sync=True)

    return LivePictures
