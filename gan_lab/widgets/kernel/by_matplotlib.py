"""The lab without the canvas: a game in the kernel, drawn by matplotlib, moved by plain controls.

For a notebook where the front end's own picture cannot load. Slower and plainer, and the same game:
it asks the same `Session`. A tick of ipywidgets' Play is an ask, so that nothing runs that nobody
watches.
"""

from __future__ import annotations

import html
import math
import time
from collections.abc import Callable
from typing import Any

import ipywidgets as ipy

from gan_lab.training.recipe import Recipe
from gan_lab.training.schema import BUILT_IN, FIELDS
from gan_lab.widgets.kernel.cells import share_with_cells
from gan_lab.widgets.kernel.controls import Controls, control_of
from gan_lab.widgets.kernel.devices import Devices
from gan_lab.widgets.kernel.interrupts import heed, noticed
from gan_lab.widgets.kernel.labels import LABELS, in_words_of_labels
from gan_lab.widgets.kernel.picture import picture_and_words
from gan_lab.widgets.kernel.session import Session

TICK = 500
"""Milliseconds between two asks while it plays: a picture takes a few hundred."""

ASKS = 4
"""Asks for training between two pictures."""

FINE = 2
"""Pixels of a picture for each of a plain screen's, which has 100 to the inch."""

NEAR = ("lr_D", "lr_G", "k")
"""The fields that stand beside the buttons; all of them stand below."""

INTERRUPTED = "The kernel was interrupted. The game stands where it was after its last whole step."

# A notebook's theme is known to its page alone. Turned inside out, with the hues turned back, a
# picture on white is one on black.
STYLE = """<style>
.gan-lab-still { width: 700px; max-width: 100%; height: auto; }
:is(body[data-jp-theme-light="false"], body[data-vscode-theme-kind*="dark"], html[theme="dark"])
.gan-lab-still { filter: invert(0.93) hue-rotate(180deg); }
</style>"""


def state_sentence(reply: dict, said: str) -> str:
    """What a game shows now: how far it is, what its picture says, and the losses once it moved."""
    whose = {"start": "before training", "D": "after D’s step", "G": "after G’s step"}
    losses = zip("DG", reply["numbers"][:2], strict=True)
    losses = [f"loss of {name} {value:.3f}" for name, value in losses if math.isfinite(value)]
    moment = f"iteration {reply['t']} on {reply['device']}, {whose[reply['turn']]}"
    numbers = ", ".join([*filter(None, [said]), *losses])
    return ": ".join(filter(None, [moment, numbers])).replace(" -", " \N{MINUS SIGN}")


class ByMatplotlib(ipy.VBox):
    """A picture, what it shows in words, buttons that move the game, and its settings.

    With `controls` every field of the recipe can be set, the rates and k beside the buttons.
    `clock` counts seconds.
    """

    asks = ASKS

    def __init__(
        self,
        session: Session,
        controls: bool = True,
        autoplay: bool = False,
        clock: Callable[[], float] = time.perf_counter,
    ):
        heed(session)
        share_with_cells(session)
        self.session, self.clock, self.ended = session, clock, -math.inf
        self.image = self.new_image()
        self.words, self.alert = ipy.HTML(), ipy.HTML()
        self.play = ipy.Play(interval=TICK, max=10**6, layout={"display": "none"})
        self.going = "playing" if self.play.has_trait("playing") else "_playing"  # ipywidgets 7
        self.play.observe(lambda _: self.tick(), names="value")
        self.train = self.button("Train", self.toggle)
        self.play.observe(lambda _: self.begin_run(), names=self.going)
        self.runs = 0
        moves = {
            "D step": {"do": "move", "what": "D"},
            "G step": {"do": "move", "what": "G"},
            "Both": {"do": "move", "what": "both"},
            "Undo": {"do": "undo"},
            "To the start": {"do": "rewind", "t": 0},
        }
        self.buttons = {name: self.button(name, self.mover(wish)) for name, wish in moves.items()}
        self.panel = Controls(session.game.recipe, self.wish)
        self.near = {name: self.field(name) for name in NEAR}
        wrap = {"flex_flow": "wrap"}
        row = ipy.HBox([self.play, self.train, *self.buttons.values()], layout=wrap)
        near = ipy.HBox([*self.near.values()], layout=wrap)
        device = Devices(session, lambda reply: self.ask(do="see"))
        parts = [ipy.HTML(STYLE), self.image, self.words, row, self.alert, *self.more()]
        super().__init__([*parts, *([near, device, self.panel] if controls else [])])
        session.views.append(lambda: self.ask(do="see"))
        self.ask(do="see")
        self.playing = autoplay

    def new_image(self) -> Any:
        """What shows the game."""
        made = ipy.Image(format="png")
        made.add_class("gan-lab-still")
        return made

    def more(self) -> list[ipy.Widget]:
        """What stands between the buttons and the settings."""
        return []

    def draw(self, reply: dict) -> str:
        """Show the game as it is, and what there is to say of it."""
        self.image.value, said = picture_and_words(self.session.game, fine=FINE)
        return said

    def sentence(self, reply: dict, said: str) -> str:
        """What stands under the picture."""
        return state_sentence(reply, said)

    def button(self, name: str, act: Callable[[], None]) -> ipy.Button:
        made = ipy.Button(description=name, layout={"width": "auto"})
        made.on_click(lambda _: act())
        return made

    def mover(self, request: dict) -> Callable[[], None]:
        """What a button does: the game is paused, and moves as the request says."""

        def act():
            self.playing = False
            self.ask(**request)

        return act

    def field(self, name: str) -> Any:
        """A control of the panel once more, beside the buttons."""
        control = control_of(FIELDS[name])
        made = control.make(
            description=LABELS[name],
            value=control.show(getattr(self.panel.recipe, name)),
            layout={"width": "17em"},
            style={"description_width": "9.5em"},
        )
        made.observe(lambda change: self.panel.set(name, control, change["new"]), names="value")
        return made

    @property
    def playing(self) -> bool:
        return getattr(self.play, self.going)

    @playing.setter
    def playing(self, on: bool) -> None:
        setattr(self.play, self.going, on)

    def toggle(self) -> None:
        """Train, or pause."""
        self.playing = not self.playing

    def begin_run(self) -> None:
        """All ticks from one start of the playing to its end are one act, to be taken back."""
        self.runs += 1
        self.train.description = "Pause" if self.playing else "Train"

    def tick(self) -> None:
        """Train for a moment, unless this tick waited while the last was drawn, or till a pause.

        Each button has a thread of its own, and waits until what is trained has been drawn.
        """
        with self.session.lock:
            if not self.playing or self.clock() - self.ended < TICK / 4000:
                return
            ask = {"do": "train", "budget": 40, "act": f"run {self.runs}"}
            with noticed():
                for _ in range(self.asks - 1):
                    self.session.answer(ask)
            self.ask(**ask)  # says so if the others went wrong
            self.ended = self.clock()

    def wish(self, recipe: Recipe) -> None:
        """What a control asks for: other rules, or another game where that is built in."""
        new, old = recipe.as_dict(), self.session.game.recipe.as_dict()
        changes = {name: value for name, value in new.items() if value != old[name]}
        if set(changes) & set(BUILT_IN):
            self.ask(do="start", recipe=new)
        elif changes:
            self.ask(do="change", changes=changes)

    def ask(self, **request) -> dict:
        """Ask the session, and show what it says."""
        with self.session.lock:
            with noticed():
                reply = self.session.answer(request)
            over = INTERRUPTED if reply.get("interrupted") else ""
            said = reply.get("error") or reply.get("halted") or reply.get("stopped") or over
            words = html.escape(in_words_of_labels(said)) if said else ""
            self.alert.value = f"<p role='alert'>{words}</p>" if said else ""
            if said:
                self.playing = False
            if "numbers" in reply:
                self.show(reply)
            return reply

    def show(self, reply: dict) -> None:
        """The game as it is after this reply."""
        said = self.draw(reply)
        self.words.value = f"<p>{html.escape(self.sentence(reply, said))}</p>"
        self.panel.recipe = recipe = Recipe.from_dict(reply["recipe"])
        silent, self.panel.silent = self.panel.silent, True
        try:
            for name, made in self.near.items():
                made.value = self.panel.fields[name][1].show(getattr(recipe, name))
        finally:
            self.panel.silent = silent
