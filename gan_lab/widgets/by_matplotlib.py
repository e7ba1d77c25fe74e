"""The lab without the canvas: a game in the kernel, drawn by matplotlib, moved by plain buttons.

For a notebook where the front end's own picture cannot load. Slower and plainer, and the same game:
it asks the same `Session`. A tick of ipywidgets' Play is an ask, so that nothing runs that nobody
watches.
"""

from __future__ import annotations

import html
import io

import ipywidgets as ipy
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from gan_lab import figures
from gan_lab.frames import see
from gan_lab.planes import look
from gan_lab.widgets.interrupts import heed, noticed
from gan_lab.widgets.session import Session

TICK = 500
"""Milliseconds between two asks while it plays: a picture takes a few hundred."""

INTERRUPTED = "The kernel was interrupted. The game stands where it was after its last whole step."


def picture(training, size=(7.0, 4.4)) -> bytes:
    """A PNG of the game as it is now; pyplot is not touched.

    On the line Figure 1; in the plane D and points; where neither can be drawn, the reason.
    """
    figure = Figure(figsize=size, layout="constrained")
    FigureCanvasAgg(figure)
    ax = figure.subplots()
    try:
        if training.recipe.data.dim == 2:
            figures.plane(ax, look(training))
        else:
            figures.figure_1(ax, see(training))
    except ValueError as why:
        ax.set_axis_off()
        ax.text(0.5, 0.5, str(why), ha="center", va="center", wrap=True)
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=100)
    return file.getvalue()


class ByMatplotlib(ipy.VBox):
    """A picture, what it shows in words, and buttons: play, steps of D, of G and of both, back."""

    def __init__(self, session: Session):
        heed(session)
        self.session = session
        self.image = ipy.Image(format="png", layout={"max_width": "100%"})
        self.words = ipy.HTML()
        self.play = ipy.Play(interval=TICK, max=10**6, description="play")
        self.play.observe(lambda tick: self.ask(do="train", budget=40), names="value")
        moves = {
            "D step": {"do": "move", "what": "D"},
            "G step": {"do": "move", "what": "G"},
            "iteration": {"do": "move", "what": "both"},
            "back": {"do": "back", "moves": 1},
            "start": {"do": "rewind", "t": 0},
        }
        buttons = [self.button(name, request) for name, request in moves.items()]
        super().__init__([self.image, self.words, ipy.HBox([self.play, *buttons])])
        self.ask(do="see")

    def button(self, name: str, request: dict) -> ipy.Button:
        made = ipy.Button(description=name, layout={"width": "auto"})
        made.on_click(lambda _: self.ask(**request))
        return made

    def ask(self, **request) -> dict:
        """Ask the session, and show what it says."""
        with noticed():
            reply = self.session.answer(request)
        over = INTERRUPTED if reply.get("interrupted") else ""
        said = reply.get("error") or reply["stopped"] or over
        loss_D, loss_G, _ = reply["numbers"]
        moment = f"iteration {reply['t']} on {reply['device']}"
        losses = f"loss of D {loss_D:.3f}, of G {loss_G:.3f}"
        self.words.value = f"<p>{moment}: {losses}</p><p role='alert'>{html.escape(said)}</p>"
        if reply["stopped"] or reply.get("interrupted"):
            self.play.playing = False
        self.image.value = picture(self.session.game)
        return reply
