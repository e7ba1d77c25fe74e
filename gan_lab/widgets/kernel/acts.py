"""What was done with a game, act by act, so that exactly one of them can be taken back.

The twin of `front_end/source/acts.js`.
"""

from __future__ import annotations

from typing import NamedTuple

from gan_lab.training.rewind import Rewindable

ROOM = 500
"""Acts that can be taken back."""

GAMES = 3
"""Earlier games that can be gone back to."""


class Place(NamedTuple):
    """Where an act began: a game after so many moves, and lines of Algorithm 1 since the last."""

    number: int
    game: Rewindable
    count: int
    drawn: int


class Acts:
    """The places before the acts of a reader.

    An act is all that was asked for under one name: a step, a whole iteration, a change of the
    rules, a line of Algorithm 1, a run of many asks, a new game with the way to its moment.
    """

    def __init__(self):
        self.places, self.name = [], None

    def __len__(self) -> int:
        return len(self.places)

    def add(self, name, place: Place) -> None:
        """Something is done that begins here; without a name it is an act of its own."""
        if name is None or name != self.name:
            self.places.append(place)
        self.name = name
        games = list(dict.fromkeys(place.number for place in reversed(self.places)))
        kept = games[: GAMES + 1]
        self.places = [place for place in self.places[-ROOM:] if place.number in kept]

    def pop(self) -> Place:
        """The place before the last act, which is forgotten. ValueError where there is none."""
        self.name = None
        if not self.places:
            raise ValueError("there is nothing to take back")
        return self.places.pop()

    def cut(self, number: int, count: int) -> None:
        """A game went back to its first `count` moves: what came after them never was."""
        self.name = None
        self.places = [p for p in self.places if p.number != number or p.count < count]

    def clear(self) -> None:
        """No act can be taken back any more."""
        self.places, self.name = [], None
