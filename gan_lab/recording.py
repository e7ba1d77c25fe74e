"""Frames over time: what a recording is, and how one is made.

A recording watches games go by and keeps what `frames.see` shows of some of them. It is a value:
arrays and the recipe that made them. How its bytes look is `recording_bytes`' to say.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path

import numpy as np

from gan_lab import __version__
from gan_lab.frames import TURNS, Frame, see
from gan_lab.panels import figure_1_panels
from gan_lab.recipe import Recipe
from gan_lab.recording_bytes import CURVES, NUMBERS, SHARED, of_its_time, packed, unpacked
from gan_lab.refusals import game as a_game
from gan_lab.refusals import member_of, whole_from


@dataclass(frozen=True, eq=False)
class Recording:
    """T frames of one game: `len(recording)`, `recording[i]` and iteration give `Frame`s.

    x, p_data (n,) and z (a,) are shared by all frames; t and turn (T,), the curves p_g, D and
    D_star (T, n), G_z (T, a) and the numbers V, C, jsd, their errors and the losses (T,) have a
    row for each. turn counts "start", "D", "G" from 0. `atoms` (q, 3) has rows (frame, x,
    mass). `note` says in words how the run broke off, or is empty; `panels` maps the names a-d
    of the paper's Figure 1 to frames, and is empty where `figure_1_panels` does not find them;
    `engine` says what the run was made with.
    """

    recipe: Recipe
    x: np.ndarray
    p_data: np.ndarray
    z: np.ndarray
    t: np.ndarray
    turn: np.ndarray
    p_g: np.ndarray
    D: np.ndarray
    D_star: np.ndarray
    G_z: np.ndarray
    V: np.ndarray
    C: np.ndarray
    jsd: np.ndarray
    V_error: np.ndarray
    C_error: np.ndarray
    jsd_error: np.ndarray
    loss_D: np.ndarray  # noqa: N815
    loss_G: np.ndarray  # noqa: N815
    atoms: np.ndarray = field(default_factory=lambda: np.empty((0, 3)))
    note: str = ""
    panels: dict = field(default_factory=dict)
    engine: dict = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.t)

    def __getitem__(self, i: int) -> Frame:
        if not -len(self) <= i < len(self):
            raise IndexError(f"a recording of {len(self)} frames has no frame {i}")
        i %= len(self)
        row = {name: getattr(self, name)[i] for name in (*CURVES, *NUMBERS)}
        row |= {name: float(row[name]) for name in NUMBERS}
        atoms = tuple((float(x), float(m)) for j, x, m in self.atoms if j == i)
        shared = {name: getattr(self, name) for name in SHARED}
        when = {"t": int(self.t[i]), "turn": TURNS[self.turn[i]]}
        return Frame(**when, **shared, **row, atoms=atoms)

    def __repr__(self) -> str:
        return f"<Recording: {len(self)} frames of {self.t[-1]} iterations, {self.recipe!r}>"

    @classmethod
    def of(cls, recipe: Recipe, frames: list[Frame], **words) -> Recording:
        """A recording of frames that share x and z."""
        rows = {
            name: np.array([getattr(f, name) for f in frames], dtype=float)
            for name in (*CURVES, *NUMBERS)
        }
        rows["t"] = np.array([f.t for f in frames], dtype=np.int32)
        rows["turn"] = np.array([TURNS.index(f.turn) for f in frames], dtype=np.uint8)
        atoms = [(i, x, mass) for i, f in enumerate(frames) for x, mass in f.atoms]
        rows["atoms"] = np.array(atoms, dtype=float).reshape(-1, 3)
        shared = {name: getattr(frames[0], name) for name in SHARED}
        return cls(recipe, **shared, **rows, **words)

    def to_bytes(self, quantised: bool = False) -> bytes:
        """The recording as bytes. Quantised, curves have 16 bits and numbers float32.

        A quantised curve is off by at most (its range in this recording) / 131068, where p_g is
        cut at 64 times the peak of p_data and G(z) at 64 axes' lengths from the middle of x.
        """
        words = {
            "recipe": self.recipe.as_dict(), "recipe_code": repr(self.recipe), "note": self.note,
            "engine": self.engine, "panels": self.panels,
        }
        return packed(words, self.arrays(), quantised)

    def arrays(self) -> dict[str, np.ndarray]:
        """All arrays by name, in the order in which they are written."""
        found = {f.name: getattr(self, f.name) for f in fields(self)}
        return {name: v for name, v in found.items() if isinstance(v, np.ndarray)}

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """A recording from its bytes; ValueError in one sentence for any other bytes."""
        words, arrays = unpacked(data)
        try:
            recipe = Recipe.from_dict(words.pop("recipe"))
        except ValueError as error:
            wrong = ValueError(f"the recipe in this recording is damaged: {error}")
            raise of_its_time(words, wrong) from None
        return cls(recipe, **arrays, **words)

    def save(self, path, quantised: bool = False) -> None:
        """Write the bytes to a file: ValueError, and no file, where `load` would refuse them."""
        data = self.to_bytes(quantised)
        try:
            self.from_bytes(data)
        except ValueError as error:
            raise ValueError(f"these frames make no recording that can be read: {error}") from None
        Path(path).write_bytes(data)

    @classmethod
    def load(cls, path) -> Recording:
        """Read a file that `save` wrote; ValueError when it holds anything else."""
        return cls.from_bytes(Path(path).read_bytes())


def record(
    training,
    iterations: int | None = None,
    frames: int = 240,
    member: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> Recording:
    """Play a game and keep about `frames` frames of it, more often early than late.

    Runs `iterations` more iterations (by default those of the recipe that are left). Frames come
    in pairs that share their generator: as it stands when D's turn comes, and after D's turn.
    The first is the start, the last is the end. When the run breaks off, the frames until then
    are kept and `note` says why; so it does of frames in which the game was so far gone that they
    cannot be computed. `progress(done, iterations)` is called after each iteration.
    Raises ValueError for numbers that are not whole and positive, and for what `see` refuses.
    """
    member = member_of(a_game(training).members, member)
    if iterations is None:
        iterations = max(1, training.recipe.iterations - training.t)
    iterations, frames = whole_from(1, iterations, "iterations"), whole_from(3, frames, "frames")
    start = training.t
    wanted = {start + t for t in moments(iterations, (frames + 1) // 2)}
    games = chain([training], training.turns(iterations))
    if progress is not None:
        games = reported(games, lambda t: progress(t - start, iterations))
    return watch(games, wanted, member)


def reported(games: Iterable, say: Callable[[int], None]) -> Iterable:
    for game in games:
        if game.turn == "G":
            say(game.t)
        yield game


def moments(iterations: int, count: int) -> list[int]:
    """About `count` whole numbers from 0 to `iterations`, both kept, ever further apart.

    One after another at first, then each by the same factor larger than the one before.
    """
    if count > iterations:
        return list(range(iterations + 1))
    found, left = [0], count - 1
    while left:
        now = found[-1]
        ratio = (iterations / max(now, 1)) ** (1 / left)
        step = max(1, round(now * (ratio - 1))) if now else 1
        found.append(min(now + step, iterations) if left > 1 else iterations)
        left = left - 1 if found[-1] < iterations else 0
    return found


def watch(games: Iterable, times: Iterable[int] | None = None, member: int = 0) -> Recording:
    """A recording of any games that go by: of those whose t is in `times`, or of all.

    The last game is kept whatever its t. All frames share the x axis and the z of the first, of
    which what `see` refuses is raised; later frames that cannot be computed are left out.
    """
    seen, game = Seen(member), None
    times = None if times is None else frozenset(times)
    for game in games:
        if times is None or game.t in times:
            seen.look(game)
    if game is None:
        raise ValueError("there was no game to record")
    if seen.latest != (game.t, game.turn):
        seen.look(game)
    engine = {"gan_lab": __version__, "numpy": np.__version__, **made_with(game)}
    note = "; ".join(filter(None, [game.stopped, seen.note()]))
    recording = Recording.of(game.recipe, seen.frames, note=note, engine=engine)
    try:
        recording.panels.update(figure_1_panels(recording))
    except ValueError:
        pass  # a run need not look like the paper's; who needs the panels asks for them
    return recording


class Seen:
    """The frames of games that go by, and what could not be seen."""

    def __init__(self, member: int):
        self.member, self.frames, self.latest = member, [], None
        self.missed: list[tuple[int, Exception]] = []

    def look(self, game) -> None:
        """Keep a frame; a later one than the first may fail, as near the end of the floats."""
        self.latest = game.t, game.turn
        try:
            self.frames.append(see(game, self.member, self.frames[0].x if self.frames else None))
        except (ValueError, ArithmeticError) as error:
            if not self.frames:
                raise
            self.missed.append((game.t, error))

    def note(self) -> str:
        if not self.missed:
            return ""
        t, error = self.missed[0]
        return (
            f"{len(self.missed)} frames could not be computed, the first in iteration {t}: "
            f"{' '.join(str(error).split())}"
        )


def made_with(game) -> dict:
    """What a game ran on, as far as it says so."""
    words = {"device": str(game.device)}
    torch = sys.modules.get("torch")
    if torch is not None:
        words |= {"torch": str(torch.__version__), "threads": torch.get_num_threads()}
    path = getattr(game, "path", None)
    return words if path is None else words | {"path": path.name}
