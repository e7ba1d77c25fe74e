"""What a reader can do with a game that plays in the kernel: requests in, replies out.

As `front_end/source/session.js` in the page, for the requests that a kernel needs. Nothing here
draws, waits or starts a thread: the front end asks, an ask trains for a budget of time, and when
nobody asks nothing runs. A reply carries the weights, and the front end makes its pictures from
them.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import numpy as np

from gan_lab.training.backends import one_thread
from gan_lab.training.device import largest_product, resolve_device
from gan_lab.training.jacobian import next_gradient_norm
from gan_lab.training.loop import Training
from gan_lab.training.memory import out_of_memory
from gan_lab.training.recipe import SMOOTH, Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.training.stopping import Stopped, breakable, stoppable
from gan_lab.widgets.kernel.acts import Acts, Place

LONGEST = 0.04
"""Seconds that one ask may train, whatever budget it names: the kernel is everybody's."""

QUIET = 1.0
"""Seconds after an interrupt in which nothing is trained: all that was asked before it is over."""

AT_ONCE = 2 * 10**10
"""Multiplications that one operation may make on a CPU: about a second, and nothing stops it."""


class Session:
    """One game and its past, for any number of views.

    `answer(request)` obeys `request["do"]` and hands back the game as it is then:

    "see"                             nothing
    "start"   recipe, t = 0           another game, played to t
    "on"      device                  the same recipe from its start, on that device
    "train"   budget (ms), most       iterations until either is used up, at least one
    "move"    what                    a step of "D", of "G", of "both", or the next "line"
    "rewind"  t                       back to when t iterations had been completed
    "change"  changes                 other rules from now on; see `Training.change`
    "tell"    count                   what the first moves were: `told`, see `Rewindable.told`
    "undo"                            the last act is taken back, be it a new game

    Requests that name the same `act` are one act, and a request without a name is one of its own;
    the reply's `acts` is how many can be taken back, and `game` the number of the game.

    After an interrupt of the kernel the ask that is under way, however long it would take, ends
    soon and says that it was `interrupted`; those that come just after it train nothing and say so
    too. `held` is how long all of that took, and `spent` how much of it was training (ms).

    There is always a reply. The `error` of a request that makes no sense, or that failed, says why
    in a sentence, and the game is what it was; where moves had been made before it failed, that
    sentence is `halted`, and the game stands after its last whole move.

    Calls from several threads wait for each other, and for whoever holds `lock`. `views` are called
    after others have moved the game (see `cells`), and `listeners` with every reply. `clock` counts
    seconds. A session of a `Training` begins with a copy of that game as it stands.
    """

    def __init__(
        self,
        recipe: Recipe | Training | None = None,
        device: str = "auto",
        clock: Callable[[], float] = time.perf_counter,
    ):
        self.clock, self.device, self.lock = clock, device, threading.RLock()
        self.views: list[Callable[[], object]] = []
        self.listeners: list[Callable[[dict], None]] = []
        self.quiet = None  # after an interrupt, until when
        self.told = self.busy = False  # whether it is to stop what it does, and does anything
        self.wanted = self.training = False  # whether a cell waits for the game, and it is trained
        self.acts, self.number, self.games = Acts(), 0, 0
        game = SMOOTH if recipe is None else recipe
        begun = isinstance(game, Training)
        self.begin(Rewindable.of(game) if begun else new_game(game, device))
        self.known = self.moment  # of the last reply

    def begin(self, game: Rewindable) -> None:
        """This game from now on."""
        self.game = game
        self.games += 1
        self.number = self.games
        self.break_off()

    def break_off(self) -> None:
        """The next line of Algorithm 1 is looked for afresh."""
        self.line, self.drawn = None, 0

    def place(self) -> Place:
        """Where an act that is done now begins."""
        return Place(self.number, self.game, len(self.game.moves), self.drawn)

    def answer(self, request: dict) -> dict:
        """Do what is asked; see the class. The reply is `seen` and what else there is to say."""
        reply = self.obey(request)
        for hear in self.listeners:
            hear(reply)
        return reply

    def obey(self, request: dict) -> dict:
        """Do what is asked, and nobody else is told."""
        with self.lock, one_thread(), stoppable(self.stops):
            self.busy, start, before = True, self.clock(), self.moment
            places = list(self.acts.places)
            said = {"id": request.get("id") if isinstance(request, dict) else None}
            try:
                said |= self.do(request) or {}
            except KeyboardInterrupt as error:
                said["interrupted"] = True
                self.mend(before, places)
                if not isinstance(error, Stopped):
                    self.interrupt()
            except Exception as error:
                self.mend(before, places)
                said["error" if self.moment == before else "halted"] = error_in_words(error)
            try:
                said |= self.seen()
            except Exception as error:
                said.setdefault("error", error_in_words(error))
            self.known = self.moment
            self.rest()
            return said | {"held": 1000 * (self.clock() - start)}

    @property
    def moment(self) -> tuple:
        """Which game this is, and how far it has come."""
        return id(self.game), len(self.game.moves), self.game.turn

    def go_on(self, iterations: int) -> None:
        """So many iterations, as one act, for a cell that waits for them; views look again.

        Fewer where every member diverges. Raises ValueError with what went wrong, and, after an
        interrupt, KeyboardInterrupt.
        """
        act, end, self.quiet = f"{iterations} from {self.moment}", self.game.t + iterations, None
        try:
            while self.game.t < end and not self.game.over:
                ask = {"do": "train", "budget": 40, "most": end - self.game.t, "act": act}
                demand(self.answer(ask))
        finally:
            self.show()

    def go_to(self, t: int) -> None:
        """Back to iteration t, or on to it, as `go_on` does."""
        if t > self.game.t:
            self.go_on(t - self.game.t)
        elif t < self.game.start:
            raise ValueError(
                f"this game begins with iteration {self.game.start}, and iteration {t} is not known"
            )
        else:
            demand(self.answer({"do": "rewind", "t": t}))
            self.show()

    def tell_views(self) -> None:
        """If the game has been moved by others since the last reply: let the views look again."""
        if self.known != self.moment:
            self.show()

    def show(self) -> None:
        """Let the views look again."""
        for look in self.views:
            look()

    def mend(self, before: tuple, places: list[Place]) -> None:
        """After something went wrong: the game as it was after its last whole move, and no act
        where nothing was done."""
        self.break_off()
        if not self.game.whole:
            self.stand()
        if self.moment == before:
            self.acts.places = places

    def stand(self) -> None:
        """The game as it was after its last whole move, or after its last snapshot."""
        try:
            self.game.stand_after(len(self.game.moves))
        except (Exception, Stopped):  # then from where nothing has to be played again
            with suppress(Exception):
                self.game.stand_after(max(self.game.snapshots))

    def interrupt(self) -> None:
        """The kernel is interrupted: who asks for training now is told so. From any thread."""
        self.told, self.quiet = self.busy, self.clock() + QUIET

    def rest(self) -> None:
        """An ask is over. An interrupt that came meanwhile is one for those that wait, too."""
        if self.told:
            self.quiet = self.clock() + QUIET
        self.told = self.busy = False

    @property
    def interrupted(self) -> bool:
        return self.told or (self.quiet is not None and self.clock() < self.quiet)

    @property
    def gives_way(self) -> bool:
        """Whether training is to make room for a cell."""
        return self.wanted and self.training

    def stops(self) -> bool:
        """Whether a move that is under way is to stop."""
        return self.told or self.gives_way

    def do(self, request: dict) -> dict | None:
        """Obey one request. Raises ValueError for one that makes no sense."""
        known = "see", "start", "on", "train", "move", "rewind", "change", "tell", "undo"
        wish = request.get("do") if isinstance(request, dict) else None
        if wish not in known:
            raise ValueError(f"a request must do one of {', '.join(known)}, not {wish!r}")
        words = {name: v for name, v in request.items() if name not in ("id", "do", "act")}
        act, here = request.get("act"), self.place()
        if wish in ("start", "train", "move", "change"):
            self.acts.add(act, here)
        elif wish == "see":
            self.acts.name = act  # a view that joins goes on with what it sees
        if wish != "move":
            self.break_off()
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
        iterations = whole_number("t", t, 0)
        game = new_game(Recipe.from_dict(recipe), self.device)
        try:
            stopped = any(self.interrupted for _ in game.play(iterations))
        except Stopped:
            stopped = True
        self.begin(game)
        return {"interrupted": True} if stopped else None

    def on(self, device: str) -> None:
        """The same recipe from its start, on another device: a run keeps to one."""
        device = str(resolve_device(device))
        self.begin(new_game(self.game.recipe, device))
        self.device = device
        self.acts.clear()

    def train(self, budget: float, most: int | None = None) -> dict:
        """Train for `budget` milliseconds or `most` iterations, whichever ends first."""
        if isinstance(budget, bool) or not isinstance(budget, int | float) or not budget >= 0:
            raise ValueError(f"budget must be a number of milliseconds, 0 or more, not {budget!r}")
        most = None if most is None else whole_number("most", most, 1)
        start, before = self.clock(), self.game.t
        if self.interrupted:
            return {"interrupted": True}
        self.training = True
        try:
            for game in self.game.play(2**53):
                enough = most is not None and game.t - before >= most
                late = self.clock() - start >= min(budget / 1000, LONGEST)
                if enough or late or self.interrupted or self.gives_way:
                    break
            how = {}
        except Stopped:
            how = {"gave_way": True}
        finally:
            self.training = False
        done = {"iterations": self.game.t - before, "spent": 1000 * (self.clock() - start)}
        return done | ({"interrupted": True} if self.interrupted else how)

    def move(self, what: str) -> dict | None:
        """A step of D, of G, the rest of the iteration, or its next line."""
        if what == "line":
            return self.next_line()
        self.break_off()
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
            loss = None if line.loss is None else json_number(float(line.loss[0]))
            self.drawn = self.drawn + 1 if line.loss is None else 0
            return {"line": {"name": line.name, "loss": loss}}
        return None

    def undo(self) -> dict | None:
        """The last act never happened; a line that drew samples is drawn again, to be seen."""
        self.number, self.game, count, drawn = self.acts.pop()
        self.game.stand_after(count)
        said = None
        for _ in range(drawn):
            said = self.next_line()
        return said

    def rewind(self, t: int = 0) -> None:
        """Back to the moment when t iterations had been completed."""
        self.game.rewind(t)
        self.acts.cut(self.number, len(self.game.moves))

    def change(self, changes: dict) -> None:
        """Go on by other rules."""
        if not isinstance(changes, dict):
            raise ValueError(f"changes must be a table of fields, not {changes!r}")
        check_can_be_stopped(self.game.recipe.but(**changes), self.game.device)
        self.game.change(**changes)

    def tell(self, count: int | None = None) -> dict:
        """The recipe of the start and the first moves in few words.

        Raises ValueError for a game that had been played before it came here.
        """
        if self.game.snapshots[0]["turn"] != "start":
            raise ValueError(
                f"this game was trained before: what it did up to iteration {self.game.start} is "
                "not known here"
            )
        recipe, moves = self.game.told(count)
        return {"told": {"recipe": recipe.as_dict(), "moves": moves}}

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
            "made": len(game.moves),
            "device": str(game.device),
            "game": self.number,
            "acts": len(self.acts),
            "G": flat(game.G),
            "D": flat(game.D),
            "numbers": np.array([*losses, self.pull()]),
        }

    def pull(self) -> float:
        """The norm of the gradient of G's next step; nan where that was to stop."""
        try:
            return breakable(next_gradient_norm)(self.game)
        except Stopped:
            return math.nan


def demand(reply: dict) -> None:
    """Raise what a reply says went wrong: ValueError, or KeyboardInterrupt."""
    if said := reply.get("error") or reply.get("halted"):
        raise ValueError(said)
    if reply.get("interrupted"):
        raise KeyboardInterrupt


def new_game(recipe: Recipe, device: str) -> Rewindable:
    """A game that can be stopped at any time. Raises ValueError for one that cannot."""
    check_can_be_stopped(recipe, resolve_device(device, recipe))
    return Rewindable(recipe, device)


def check_can_be_stopped(recipe: Recipe, device) -> None:
    """Refuse a game that would hold the kernel for seconds, in which no interrupt is heard."""
    count = largest_product(recipe)
    if device.type == "cpu" and count > AT_ONCE:
        raise ValueError(
            f"a single operation of this game makes {count:.0e} multiplications: for seconds "
            "nothing could interrupt the kernel. Make members, m or the widths of G and D smaller"
        )


def error_in_words(error: Exception) -> str:
    """What went wrong, in a sentence."""
    lines = str(error).strip().splitlines() or [""]
    if isinstance(error, ValueError) and len(lines) == 1:
        return lines[0]
    if out_of_memory(error):
        return "this does not fit into memory: make members, m or the widths of G and D smaller"
    said = lines[0] if len(lines[0]) <= 200 else lines[0][:199] + "…"
    return f"that went wrong in the kernel ({type(error).__name__}: {said})"


def json_number(number: float) -> float | None:
    """A number as JSON can say it."""
    return number if math.isfinite(number) else None


def flat(player) -> np.ndarray:
    """One network's first member, (P,) float64."""
    return player.flat[0].detach().cpu().double().numpy().copy()


def whole_number(name: str, value, low: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= 2**53:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {value!r}")
    return value
