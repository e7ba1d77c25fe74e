"""Where a game of the kernel is played: what there is, to be chosen."""

from __future__ import annotations

import html
from collections.abc import Callable

import ipywidgets as ipy

from gan_lab.training.device import cards


class Devices(ipy.VBox):
    """The device of a session's game by name, and the others; `moved(reply)` after it has changed.

    Another one begins the game anew. One that cannot be had is refused in a sentence, and the
    choice goes back.
    """

    def __init__(self, session, moved: Callable[[dict], object]):
        self.session, self.moved, self.refusal = session, moved, ipy.HTML()
        self.choice = ipy.Dropdown(
            options=["cpu", *(f"cuda:{i}" for i in range(cards()))],
            value=self.now(),
            description="device",
            style={"description_width": "9em"},
        )
        self.choice.observe(lambda change: self.move(change["new"]), names="value")
        super().__init__([self.choice, self.refusal])

    def now(self) -> str:
        """The name of the device where the game is."""
        device = self.session.game.device
        return "cpu" if device.type == "cpu" else f"cuda:{device.index or 0}"

    def move(self, device: str) -> None:
        if device == self.now():
            return
        reply = self.session.answer({"do": "on", "device": device})
        said = reply.get("error", "")
        self.refusal.value = f'<p role="alert">{html.escape(said)}</p>' if said else ""
        self.choice.value = self.now()
        if not said:
            self.moved(reply)
