"""A game that can take its moves back: snapshots here and there, and replay in between.

A draw is a function of counters, so that a game which is played again from a snapshot is the
same game, bit for bit, on the same machine with the same threads.
"""

from __future__ import annotations

import copy

from gan_lab.ambient import undisturbed
from gan_lab.recipe import Recipe
from gan_lab.refusals import whole_between, whole_from
from gan_lab.training import Training


class Rewindable(Training):
    """A `Training` whose moves can be taken back, as far as its start.

    A move is a step of D, a step of G or a change of the rules; `moves` lists them. At most
    `keep` snapshots are held, equally far apart: when there are more, every second one goes.
    To go back costs at most (moves so far) / (keep / 2) moves of replay. Raises ValueError for
    a `keep` that is not a whole number from 2 on.
    """

    def __init__(self, recipe: Recipe, device="auto", keep: int = 64):
        self.keep, self.every, self.moves = whole_from(2, keep, "keep"), 1, []
        super().__init__(recipe, device)
        self.snapshots = {0: self.snapshot()}

    @undisturbed
    def snapshot(self) -> dict:
        """All that changes in a training, copied; minibatches can be drawn again."""
        own = ("keep", "every", "moves", "snapshots")
        state = copy.deepcopy({n: v for n, v in vars(self).items() if n not in own})
        state["minibatches"].ready = {}
        return state

    def update_discriminator(self) -> None:
        """One step of D, remembered."""
        if not self.over:
            super().update_discriminator()
            self.remember("D")

    def update_generator(self) -> None:
        """One step of G, remembered."""
        if not self.over:
            super().update_generator()
            self.remember("G")

    def change(self, **changes) -> None:
        """Go on by other rules, remembered; see `Training.change`."""
        super().change(**changes)
        self.remember(changes)

    def remember(self, move: str | dict) -> None:
        """Write a move down, with a snapshot where one is due."""
        self.moves.append(move)
        count = len(self.moves)
        if count % self.every == 0:
            self.snapshots[count] = self.snapshot()
        if len(self.snapshots) > self.keep:
            self.every *= 2
            self.snapshots = {n: s for n, s in self.snapshots.items() if n % self.every == 0}

    def back(self, moves: int = 1) -> None:
        """Take so many moves back. ValueError where there were fewer."""
        self.stand_after(len(self.moves) - whole_between(0, len(self.moves), moves, "moves"))

    def rewind(self, t: int = 0) -> None:
        """Back to the moment when t iterations had been completed. ValueError for a later one."""
        t = whole_between(0, self.t, t, "t")
        ends = [0] + [i + 1 for i, move in enumerate(self.moves) if move == "G"]
        self.stand_after(ends[t])

    @undisturbed
    def stand_after(self, count: int) -> None:
        """As it was after the first `count` moves; those after them are forgotten."""
        start = max(n for n in self.snapshots if n <= count)
        vars(self).update(copy.deepcopy(self.snapshots[start]))
        for move in self.moves[start:count]:
            if move == "D":
                super().update_discriminator()
            elif move == "G":
                super().update_generator()
            else:
                super().change(**move)
        del self.moves[count:]
        self.snapshots = {n: s for n, s in self.snapshots.items() if n <= count}
