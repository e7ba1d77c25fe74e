"""The live source: a game in the kernel, for the stage in a notebook.

The front end asks and the kernel answers (`session`): with two asks under way the kernel is never
idle, and when the view is hidden, closed or paused nobody asks and nothing runs. The weights
travel, as bytes; the pictures are made where they are shown.
"""

from __future__ import annotations

import functools

import numpy as np

from gan_lab.widgets.front_end import esm
from gan_lab.widgets.session import Session

ARRAYS = ("G", "D", "numbers")


def message(reply: dict) -> tuple[dict, list[bytes]]:
    """A reply as JSON and, in the order of `ARRAYS`, float64 bytes, little endian."""
    words = {name: value for name, value in reply.items() if name not in ARRAYS}
    return words, [np.asarray(reply[name], dtype="<f8").tobytes() for name in ARRAYS]


def stage(session: Session, **traits):
    """An anywidget whose view plays `session`; every view of it shows the same game.

    The trait `recipe` is a wish (a dict, as `Recipe.as_dict` has it): the view that sees it change
    asks for it, by a change of the running game where that can be and else by a new one.
    """
    made = stage_class()(recipe=session.game.recipe.as_dict(), **traits)

    def hear(widget, content, buffers):
        words, arrays = message(session.answer(content))
        widget.send(words, arrays)

    made.on_msg(hear)
    return made


@functools.cache
def stage_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class LiveStage(anywidget.AnyWidget):
        _esm = esm()
        kind = traitlets.Unicode("live").tag(sync=True)
        recipe = traitlets.Dict().tag(sync=True)
        autoplay = traitlets.Bool(False).tag(sync=True)
        view = traitlets.Dict().tag(sync=True)

    return LiveStage
