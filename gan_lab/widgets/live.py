"""The live source: a game in the kernel, for the stage in a notebook.

The front end asks and the kernel answers (`session`): with two asks under way the kernel is never
idle, and when the view is hidden, closed or paused nobody asks and nothing runs. The weights
travel, as bytes; the pictures are made where they are shown.
"""

from __future__ import annotations

import functools

import ipywidgets as ipy
import numpy as np

from gan_lab.recipe import Recipe
from gan_lab.training import cards
from gan_lab.widgets.controls import Controls
from gan_lab.widgets.front_end import esm
from gan_lab.widgets.interrupts import heed, noticed
from gan_lab.widgets.session import Session

ARRAYS = ("G", "D", "numbers")


def message(reply: dict) -> tuple[dict, list[bytes]]:
    """A reply as JSON and, in the order of `ARRAYS`, float64 bytes, little endian."""
    words = {name: value for name, value in reply.items() if name not in ARRAYS}
    return words, [np.asarray(reply[name], dtype="<f8").tobytes() for name in ARRAYS]


def board(session: Session, t: int = 0, controls: bool = True, autoplay: bool = False):
    """The stage of a session, and under it, if wanted, the device and every field of the recipe."""
    made = stage(session, t=t, autoplay=autoplay)
    if not controls:
        return made
    panel = Controls(session.game.recipe, lambda recipe: setattr(made, "recipe", recipe.as_dict()))

    def heard(change):
        recipe = Recipe.from_dict(change["new"])
        if recipe != panel.recipe:
            panel.recipe = recipe

    made.observe(heard, names="recipe")
    return ipy.VBox([made, devices(session, made), panel])


def devices(session: Session, made) -> ipy.Dropdown:
    """Where the game is played: what is there, to be chosen. Another one begins it anew."""
    there = ["cpu", *(f"cuda:{i}" for i in range(cards()))]
    now = "cpu" if session.game.device.type == "cpu" else f"cuda:{session.game.device.index or 0}"
    choice = ipy.Dropdown(
        options=there, value=now, description="device", style={"description_width": "9em"}
    )

    def move(change):
        if change["new"] != made.device:
            reply = session.answer({"do": "on", "device": change["new"]})
            made.device = choice.value = reply["device"]

    choice.observe(move, names="value")
    return choice


def stage(session: Session, **traits):
    """An anywidget whose view plays `session`; every view of it shows the same game.

    The trait `recipe` is a wish (a dict, as `Recipe.as_dict` has it): the view that sees it change
    asks for it, by a change of the running game where that can be and else by a new one.
    """
    heed(session)
    game = session.game
    made = stage_class()(recipe=game.recipe.as_dict(), device=str(game.device), **traits)

    def hear(widget, content, buffers):
        with noticed():
            widget.send(*message(session.answer(content)))

    made.on_msg(hear)
    return made


@functools.cache
def stage_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class LiveStage(anywidget.AnyWidget):
        _esm = esm("lab_live", "renderLive")
        recipe = traitlets.Dict().tag(sync=True)
        t = traitlets.Int(0).tag(sync=True)
        device = traitlets.Unicode("").tag(sync=True)
        autoplay = traitlets.Bool(False).tag(sync=True)

    return LiveStage
