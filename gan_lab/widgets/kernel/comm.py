"""The live source: a game in the kernel, for the stage in a notebook.

The front end asks and the kernel answers (`session`): with two asks under way the kernel is never
idle, and when the view is hidden, closed or paused nobody asks and nothing runs. The weights
travel, as bytes; the pictures are made where they are shown.
"""

from __future__ import annotations

import functools

import ipywidgets as ipy
import numpy as np

from gan_lab.core.chapters import CHAPTERS
from gan_lab.training.device import cards
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.kernel.cells import share_with_cells
from gan_lab.widgets.kernel.controls import Controls
from gan_lab.widgets.kernel.devices import Devices
from gan_lab.widgets.kernel.interrupts import heed, noticed
from gan_lab.widgets.kernel.session import Session

ARRAYS = ("G", "D", "numbers")


def message(reply: dict) -> tuple[dict, list[bytes]]:
    """A reply as JSON and, in the order of `ARRAYS`, float64 bytes, little endian."""
    words = {name: value for name, value in reply.items() if name not in ARRAYS}
    arrays = [reply[name] for name in ARRAYS if name in reply]  # none where that went wrong
    return words, [np.asarray(array, dtype="<f8").tobytes() for array in arrays]


def board(made: ipy.Widget, session: Session, controls: bool = True):
    """The stage of a session, and under it the device and, if wanted, every field of the recipe.

    Without controls, and where there is but one device, it is the stage alone.
    """
    if not controls and not cards():
        return made
    device = Devices(session, lambda reply: setattr(made, "device", reply["device"]))
    if not controls:
        return ipy.VBox([made, device])
    panel = Controls(session.game.recipe, lambda recipe: setattr(made, "recipe", recipe.as_dict()))

    def heard(change):
        recipe = Recipe.from_dict(change["new"])
        if recipe != panel.recipe:
            panel.recipe = recipe

    made.observe(heard, names="recipe")
    return ipy.VBox([made, device, panel])


def stage(session: Session, **traits):
    """An anywidget whose view plays `session`; every view of it shows the same game.

    The trait `playing` is what the view does, and what it is to do.
    The trait `recipe` is a wish (a dict, as `Recipe.as_dict` has it): the view that sees it change
    asks for it, by a change of the running game where that can be and else by a new one.
    """
    heed(session)
    share_with_cells(session)
    game = session.game
    made = stage_class()(recipe=game.recipe.as_dict(), device=str(game.device), **traits)

    def hear(widget, content, buffers):
        with noticed():
            widget.send(*message(session.answer(content)))

    made.on_msg(hear)
    session.views.append(lambda: made.send({"news": True}))
    return made


@functools.cache
def stage_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class LiveStage(anywidget.AnyWidget):
        _esm = esm("ui/lab/notebook", "renderLive")
        recipe = traitlets.Dict().tag(sync=True)
        t = traitlets.Int(0).tag(sync=True)
        device = traitlets.Unicode("").tag(sync=True)
        chapters = traitlets.Dict(CHAPTERS).tag(sync=True)
        autoplay = traitlets.Bool(False).tag(sync=True)
        playing = traitlets.Bool(False).tag(sync=True)

    return LiveStage
