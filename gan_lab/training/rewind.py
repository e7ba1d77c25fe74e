"""A game that can take its moves back: snapshots here and there, and replay in between.

A draw is a function of counters, so that a game which is played again from a snapshot is the
same game, bit for bit, on the same machine with the same threads.
"""

from __future__ import annotations

import copy
from typing import Any, cast

from gan_lab.core.ambient import undisturbed
from gan_lab.core.validation import whole_between, whole_from
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

ROOM = 2**29
"""Bytes that the snapshots of a game may take together; two it holds in any case."""


def moves_in_words(moves: list[Any], recipe: Recipe, t: int = 0) -> list[list]:
    """Moves in few words, from iteration t of a recipe on.

    ["play", n] is n whole iterations, ["D", n] and ["G", n] are n single steps, and
    ["change", {...}] is other rules from there on.
    """
    k, k_G = recipe.k, recipe.k_G
    words, steps, broken = [], 0, False  # steps of D not told yet; is this iteration half told?

    def tell(name, n):
        if n and words and words[-1][0] == name:
            words[-1][1] = words[-1][1] | n if name == "change" else words[-1][1] + n
        elif n:
            words.append([name, n])

    for move in moves:
        if move == "D":
            steps += 1
            continue
        if move == "G" and steps == (0 if t % k_G else k) and not broken:
            tell("play", 1)
        else:
            tell("D", steps)
            if move == "G":
                tell("G", 1)
            else:
                tell("change", move)
                k, k_G = move.get("k", k), move.get("k_G", k_G)
        broken = move != "G" and (broken or steps > 0)
        steps, t = 0, t + (move == "G")
    tell("D", steps)
    return words


def check_is_plain(training: Training) -> None:
    """Refuse a kind of training whose moves are others than Algorithm 1's, as a `Refiner`."""
    if type(training) not in (Training, Rewindable):
        raise ValueError(
            "only a plain Training can be played in a lab or take its moves back, and this is a "
            f"{type(training).__name__}"
        )


class Rewindable(Training):
    """A `Training` whose moves can be taken back, as far as its start.

    A move is a step of D, a step of G or a change of the rules; `moves` lists them. To go back
    costs at most (moves so far) / (snapshots / 2) moves of replay.

    Parameters
    ----------
    recipe : Recipe
        The game.
    device : str or torch.device
        Where it is played.
    keep : int
        The most snapshots that are held, equally far apart: when there are too many, every second
        one goes.
    room : int
        The bytes that they may take; two are held whatever they take.

    Raises
    ------
    ValueError
        For a `keep` that is not a whole number from 2 on, for a `room` that is not one from 0 on,
        and for what `Training` refuses.

    Examples
    --------
    >>> from gan_lab import Recipe
    >>> from gan_lab.training import Rewindable
    >>> game = Rewindable(Recipe(G=(4,), D=(4,), m=8, k=1), device="cpu")
    >>> for game in game.play(3):
    ...     pass
    >>> game.rewind(1)
    >>> game.t
    1
    """

    def __init__(self, recipe: Recipe, device="auto", keep: int = 64, room: int = ROOM):
        self.keep, self.room = whole_from(2, keep, "keep"), whole_from(0, room, "room")
        self.every, self.moves = 1, []
        super().__init__(recipe, device)
        self.snapshots = {0: self.snapshot()}

    @classmethod
    @undisturbed
    def of(cls, training: Training) -> Rewindable:
        """A copy of a game as it stands, whose moves from here on can be taken back.

        Of a game that can take moves back already, the copy can take back the same ones.
        """
        if isinstance(training, Rewindable):
            return copy.deepcopy(training)
        check_is_plain(training)
        game = cls.__new__(cls)
        vars(game).update(keep=64, room=ROOM, every=1, moves=[])
        vars(game).update(copy.deepcopy(vars(training)))
        game.snapshots = {0: game.snapshot()}
        return game

    @property
    def start(self) -> int:
        """The iteration as far as which moves can be taken back."""
        return self.snapshots[0]["t"]

    @undisturbed
    def snapshot(self) -> dict:
        """All that changes in a training, copied; minibatches can be drawn again."""
        own = ("keep", "room", "every", "moves", "snapshots")
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
            while len(self.snapshots) > self.most():
                self.every *= 2
                self.snapshots = {n: s for n, s in self.snapshots.items() if n % self.every == 0}

    def most(self) -> int:
        """How many snapshots may be held, as large as the last one."""
        *_, last = self.snapshots.values()
        return max(2, min(self.keep, self.room // size_of(last)))

    def told(self, count: int | None = None) -> tuple[Recipe, list[list]]:
        """The recipe of the start, and the first `count` moves, or all (`moves_in_words`)."""
        all_ = len(self.moves)
        count = all_ if count is None else whole_between(0, all_, count, "count")
        recipe = self.snapshots[0]["recipe"]
        return recipe, moves_in_words(self.moves[:count], recipe, self.start)

    def back(self, moves: int = 1) -> None:
        """Take so many moves back. ValueError where there were fewer."""
        self.stand_after(len(self.moves) - whole_between(0, len(self.moves), moves, "moves"))

    def rewind(self, t: int = 0) -> None:
        """Back to the moment when t iterations had been completed.

        ValueError for a later one, and for one before `start`.
        """
        t = whole_between(self.start, self.t, t, "t")
        ends = [0] + [i + 1 for i, move in enumerate(self.moves) if move == "G"]
        self.stand_after(ends[t - self.start])

    @undisturbed
    def stand_after(self, count: int) -> None:
        """As it was after the first `count` moves; those after them are forgotten."""
        start, now = max(n for n in self.snapshots if n <= count), dict(vars(self))
        vars(self).update(copy.deepcopy(self.snapshots[start]))
        try:
            for move in self.moves[start:count]:
                self.again(move)
        except BaseException:  # told to stop, or out of memory: it stands where it stood
            vars(self).update(now)
            raise
        del self.moves[count:]
        self.snapshots = {n: s for n, s in self.snapshots.items() if n <= count}

    def again(self, move: str | dict) -> None:
        """A move that is remembered already."""
        if move == "D":
            super().update_discriminator()
        elif move == "G":
            super().update_generator()
        else:
            super().change(**cast(dict, move))


def size_of(snapshot: dict) -> int:
    """About how many bytes a snapshot takes: those of weights and moments."""
    parts = [snapshot[name] for name in ("G", "D", "average", "optimizer_G", "optimizer_D")]
    held = [value for part in parts if part is not None for value in vars(part).values()]
    held += snapshot["before"] or ()
    return sum(getattr(value, "nbytes", 0) for value in held)
