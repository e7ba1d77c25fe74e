"""What is known of a game that plays: how far it is, its JSD, and what was seen of it so far."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from gan_lab.datasets import Images
from gan_lab.recording.frames import jsd_of
from gan_lab.recording.images import MOST, ImageRecording, watch_images
from gan_lab.recording.recording import Recording, made_with, watch
from gan_lab.training.backends import one_thread
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

FRAMES = 240
"""Moments that are kept: as many frames as `record` makes."""

FRAMES_OF_PLANE = 80
"""In the plane as many as a page can carry where no two of them share a generator."""

BYTES = 2**26
"""What the weights of these moments may take together, about."""

SHARE = 0.1
"""Of the kernel's time that goes into the JSD of a game while it plays."""


class Follower:
    """Hears the replies of a session, and calls `tell(iteration, jsd)` with what they say.

    `playing()` is whether more of them are to come soon: then the JSD of some is left out, and is
    the last one that was computed. `clock` counts seconds.
    """

    def __init__(
        self,
        session,
        tell: Callable[[int, float | None], None],
        playing: Callable[[], bool],
        clock: Callable[[], float] = time.perf_counter,
    ):
        self.session, self.tell, self.playing, self.clock = session, tell, playing, clock
        self.moments: list[dict] = []
        self.every, self.count = 1, 0  # of so many moments one is kept; how many since the last
        self.due, self.jsd, self.known = -math.inf, None, None
        session.listeners.append(self.hear)
        session.views.append(self.look)
        self.look()

    def look(self) -> None:
        """Others have moved the game."""
        self.session.answer({"do": "see", "act": self.session.acts.name})

    def hear(self, reply: dict) -> None:
        """Keep a moment, and tell what is known of it."""
        if "G" not in reply:
            return
        self.keep(reply)
        if not (self.playing() and self.clock() < self.due):
            self.measure()
        self.tell(reply["t"], self.jsd)

    def rest(self) -> None:
        """The game plays no more: its JSD is that of its present moment."""
        self.measure()
        self.tell(self.session.game.t, self.jsd)

    def measure(self) -> None:
        """The JSD of the present moment, where it is not known yet."""
        with self.session.lock, one_thread():
            moment = self.session.number, len(self.session.game.moves)
            if moment == self.known:
                return
            start, self.known = self.clock(), moment
            self.jsd = jsd_of(self.session.game)
            self.due = self.clock() + (self.clock() - start) * (1 / SHARE - 1)

    def keep(self, reply: dict) -> None:
        """A moment that is new; those that it went back from never were."""
        if self.moments and self.moments[-1]["game"] != reply["game"]:
            self.moments, self.every, self.count = [], 1, 0
        if self.moments and self.moments[-1]["made"] == reply["made"]:
            return
        while self.moments and self.moments[-1]["made"] >= reply["made"]:
            self.moments.pop()
            self.count = self.every
        self.count += 1
        if self.moments and self.count < self.every:
            return
        self.moments.append(reply)
        self.count = 0
        if len(self.moments) > self.most(reply):
            self.moments, self.every = self.moments[::2], 2 * self.every

    def most(self, reply: dict) -> int:
        frames = FRAMES if self.session.game.recipe.data.dim == 1 else FRAMES_OF_PLANE
        return max(2, min(frames, BYTES // (reply["G"].nbytes + reply["D"].nbytes)))

    def recording(self) -> Recording | ImageRecording:
        """The moments that were kept, and the present one, as frames of the first member."""
        with self.session.lock, one_thread():
            of_images = isinstance(self.session.game.recipe.data, Images)
            made = self.of_images() if of_images else watch(self.games())
        rules = {str(moment["recipe"]) for moment in self.moments}
        changed = "the rules changed on the way; the recipe is the last" if len(rules) > 1 else ""
        return replace(made, note="; ".join(filter(None, [made.note, changed])))

    def of_images(self) -> ImageRecording:
        """The moments of a game of pictures."""
        return watch_images(self.games(), None, 0, made_with, MOST)

    def games(self) -> Iterator[Training]:
        """One game, as it was at one moment after another."""
        now, game = self.session.game, Training.__new__(Training)
        vars(game).update(now.snapshot())
        for moment in self.moments:
            if moment["game"] == self.session.number and moment["made"] < len(now.moves):
                yield as_it_was(game, moment)
        yield now


def as_it_was(game: Training, moment: dict) -> Training:
    """The first member of this game at a moment of its past, to be looked at and not played."""
    game.apply_recipe(Recipe.from_dict(moment["recipe"]))
    game.loss_D[0], game.loss_G[0] = moment["numbers"][:2].tolist()
    for player, name in ((game.G, "G"), (game.D, "D")):
        player.flat.data[0] = player.flat.new_tensor(moment[name])
    game.t, game.turn, game.steps = moment["t"], moment["turn"], moment["steps"]
    game.stopped = moment["stopped"]
    return game
