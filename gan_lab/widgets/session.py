"""What a reader can do with a game that plays in the kernel: requests in, replies out.

The twin of `static/session.js`, which answers the same requests in the page. Nothing here draws,
waits or starts a thread: the front end asks, an ask trains for a budget of time, and when nobody
asks nothing runs. A reply carries the weights, and the front end makes its pictures from them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from gan_lab.history import Rewindable
from gan_lab.jacobian import next_gradient_norm
from gan_lab.paths import one_thread
from gan_lab.recipe import SMOOTH, Recipe
from gan_lab.training import place

LONGEST = 0.04
"""Seconds that one ask may train, whatever budget it names: the kernel is everybody's."""

QUIET = 1.0
"""Seconds after an interrupt in which nothing is trained: all that was asked before it is over."""


class Session:
    """One game and its past, for any number of views.

    `answer(request)` obeys `request["do"]` and hands back the game as it is then:

    "see"                             nothing
    "start"   recipe, t = 0           another game, played to t
    "on"      device                  the same recipe from its start, on that device
    "train"   budget (ms), most       iterations until either is used up, at least one
    "move"    what                    a step of "D", of "G", of "both", or the next "line"
    "back"    moves;  "rewind"  t     moves are taken back
    "change"  changes                 other rules from now on; see `Training.change`

    After an interrupt of the kernel an ask for training does little or nothing, and says that it
    was `interrupted`: the game stands after its last whole move. `held` is how long all of that
    took, and `spent` how much of it was training (ms). A request that makes no sense changes
    nothing, and the reply's `error` says why. Calls from several threads wait for each other.
    `clock` counts seconds.
    """

    def __init__(
        self,
        recipe: Recipe | None = None,
        device: str = "auto",
        clock: Callable[[], float] = time.perf_counter,
    ):
        self.clock, self.device, self.lock = clock, device, threading.Lock()
        self.quiet = None  # after an interrupt, until when
        self.begin(SMOOTH if recipe is None else recipe)

    def begin(self, recipe: Recipe) -> None:
        """Another game, at its start."""
        self.game, self.line = Rewindable(recipe, self.device), None

    def answer(self, request: dict) -> dict:
        """Do what is asked; see the class. The reply is `seen` and what else there is to say."""
        with self.lock, one_thread():
            start = self.clock()
            said = {"id": request.get("id") if isinstance(request, dict) else None}
            try:
                said |= self.do(request) or {}
            except ValueError as error:
                said["error"] = str(error)
            except KeyboardInterrupt:
                self.game.stand_after(len(self.game.moves))  # as it was after its last whole move
                self.interrupt()
                said["interrupted"] = True
            said |= self.seen()
            return said | {"held": 1000 * (self.clock() - start)}

    def interrupt(self) -> None:
        """The kernel is interrupted: who asks for training now is told so. From any thread."""
        self.quiet = self.clock() + QUIET

    @property
    def interrupted(self) -> bool:
        return self.quiet is not None and self.clock() < self.quiet

    def do(self, request: dict) -> dict | None:
        """Obey one request. Raises ValueError for one that makes no sense."""
        known = ("see", "start", "on", "train", "move", "back", "rewind", "change")
        wish = request.get("do") if isinstance(request, dict) else None
        if wish not in known:
            raise ValueError(f"a request must do one of {', '.join(known)}, not {wish!r}")
        words = {name: v for name, v in request.items() if name not in ("id", "do")}
        if wish != "move":
            self.line = None  # what is next is looked for afresh
        try:
            return getattr(self, wish)(**words)
        except TypeError as error:
            if "argument" not in str(error):
                raise
            raise ValueError(f"a request to {wish} cannot have {sorted(words)}") from None

    def see(self) -> None:
        """Nothing happens."""

    def start(self, recipe: dict, t: int = 0) -> dict | None:
        """Another game, played to t iterations."""
        iterations = whole("t", t, 0)
        self.begin(Recipe.from_dict(recipe))
        for _ in self.game.play(iterations):
            if self.interrupted:
                return {"interrupted": True}
        return None

    def on(self, device: str) -> None:
        """The same recipe from its start, on another device: a run keeps to one."""
        self.device = str(place(device))
        self.begin(self.game.recipe)

    def train(self, budget: float, most: int | None = None) -> dict:
        """Train for `budget` milliseconds or `most` iterations, whichever ends first."""
        if isinstance(budget, bool) or not isinstance(budget, int | float) or not budget >= 0:
            raise ValueError(f"budget must be a number of milliseconds, 0 or more, not {budget!r}")
        most = None if most is None else whole("most", most, 1)
        start, before = self.clock(), self.game.t
        if self.interrupted:
            return {"interrupted": True}
        for game in self.game.play(2**53):
            enough = most is not None and game.t - before >= most
            if enough or self.interrupted or self.clock() - start >= min(budget / 1000, LONGEST):
                break
        done = {"iterations": self.game.t - before, "spent": 1000 * (self.clock() - start)}
        return done | ({"interrupted": True} if self.interrupted else {})

    def move(self, what: str) -> dict | None:
        """A step of D, of G, the rest of the iteration, or its next line."""
        if what == "line":
            return self.next_line()
        self.line = None
        moves = {
            "D": self.game.update_discriminator,
            "G": self.game.update_generator,
            "both": lambda: [None for _ in self.game.play(1)],
        }
        if not isinstance(what, str) or what not in moves:
            raise ValueError(f"what moves must be one of {', '.join(moves)}, line, not {what!r}")
        moves[what]()
        return None

    def next_line(self) -> dict | None:
        """The next line of Algorithm 1."""
        if self.line is None:
            self.line = self.game.lines(2**53)
        with suppress(StopIteration):  # every member has diverged, and there is no next line
            line = next(self.line)
            loss = None if line.loss is None else float(line.loss[0])
            return {"line": {"name": line.name, "loss": loss}}
        return None

    def back(self, moves: int = 1) -> None:
        """Take moves back."""
        self.game.back(moves)

    def rewind(self, t: int = 0) -> None:
        """Back to the moment when t iterations had been completed."""
        self.game.rewind(t)

    def change(self, changes: dict) -> None:
        """Go on by other rules."""
        if not isinstance(changes, dict):
            raise ValueError(f"changes must be a table of fields, not {changes!r}")
        self.game.change(**changes)

    def seen(self) -> dict:
        """The game as it is: words for JSON, and arrays for what JSON cannot say.

        `G` and `D` are the first member's weights as they lie in `MLP.flat`, (P,) float64;
        `numbers` are loss_D, loss_G (nats; nan before) and the norm of G's gradient.
        """
        game = self.game
        losses = float(game.loss_D[0]), float(game.loss_G[0])
        return {
            "recipe": game.recipe.as_dict(),
            "t": game.t,
            "turn": game.turn,
            "steps": game.steps,
            "stopped": game.stopped,
            "device": str(game.device),
            "G": flat(game.G),
            "D": flat(game.D),
            "numbers": np.array([*losses, next_gradient_norm(game)]),
        }


def flat(player) -> np.ndarray:
    """One network's first member, (P,) float64."""
    return player.flat[0].detach().cpu().double().numpy().copy()


def whole(name: str, value, low: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= 2**53:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {value!r}")
    return value
