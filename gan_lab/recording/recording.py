"""Frames over time: what a recording is, and how one is made.

A recording watches games go by and keeps what `frames.frame_of`, or in the plane
`plane_frames.PlaneSight`, shows of some of them. It is a value: arrays and the recipe that made
them. How its bytes look is for `file_format` to say.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import KW_ONLY, dataclass, field, fields
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from gan_lab import __version__
from gan_lab.core.files import whole_file
from gan_lab.core.validation import checked_game, member_of, whole_between, whole_from
from gan_lab.datasets import Images
from gan_lab.recording.file_format import (
    ARRAYS,
    CURVES,
    NUMBERS,
    OUTLINE,
    SHARED,
    of_its_time,
    packed,
    unpacked,
)
from gan_lab.recording.frames import TURNS, Frame, frame_of, unknown
from gan_lab.recording.image_format import FILE as FILE_OF_IMAGES
from gan_lab.recording.images import ImageRecording, watch_images, with_room
from gan_lab.recording.kept_frames import KeptFrames
from gan_lab.recording.panels import figure_1_panels
from gan_lab.recording.plane_format import NUMBERS_OF_PLANE, SHAPES
from gan_lab.recording.plane_frames import PlaneFrame, PlaneSight, unknown_in_plane
from gan_lab.training import saved
from gan_lab.training.loss import Loss, gone
from gan_lab.training.recipe import Recipe, parts_of

if TYPE_CHECKING:
    from gan_lab.training.loop import Training


SHARED_IN_PLANE = ("window", "modes", "real", "z")
ROWS_IN_PLANE = ("G_z", "pull", "warp", "logit", "D_star", "found", *NUMBERS_OF_PLANE)
FRAMES, FRAMES_IN_PLANE = 240, 120
"""About how many frames are kept: in the plane as many as a page can carry."""


def nothing() -> np.ndarray:
    """What recordings of the other kind of frames have."""
    return np.empty(0)


@dataclass(frozen=True, eq=False)
class Recording(KeptFrames):
    """A recorded GAN training: T frames of one game, in memory and in a file.

    `len(recording)`, `recording[i]` and iteration give a `Frame`, or a `PlaneFrame` of a game in
    the plane. What one of the two has not is an empty array in a recording of such.

    Parameters
    ----------
    recipe : Recipe
        What was played.
    x, p_data : ndarray of shape (n,)
        The points of the picture and the density of the data there, shared by all frames.
    z : ndarray of shape (a,)
        Equally probable z, shared by all frames; in the plane draws (s, latent_dim).
    t, turn : ndarray of int of shape (T,)
        Iterations completed; who moved last, counting "start", "D", "G" from 0.
    p_g, D, D_star : ndarray of shape (T, n)
        The curves, a row for each frame; in the plane D_star of cells (T, c, c), and no others.
    G_z : ndarray of shape (T, a)
        G(z); in the plane (T, s, 2).
    V, C, jsd : ndarray of shape (T,)
        V(G, D), C(G) and the Jensen-Shannon divergence, in nats.
    V_error, C_error, jsd_error : ndarray of shape (T,)
        Their errors, in nats.
    loss_D, loss_G : ndarray of shape (T,)
        The players' minibatch losses.
    atoms : ndarray of shape (q, 3)
        Rows (frame, x, mass).
    vertices : ndarray of int of shape (T,)
        How many vertices each outline has; 0 where it is that of the frame before. In a recording
        without outlines these three are empty.
    outline_x, outline_p_g : ndarray of shape (q,)
        The outlines, one after another.
    window, modes, real, pull, warp, logit, found : ndarray
    quality, D_star_error, D_star_known : ndarray of shape (T,)
        Of a game in the plane: see `PlaneFrame`. The first three are shared by all frames.
    note : str
        How the run broke off, and what is left out since it is not known (nan, see `Frame`), in
        words; or empty.
    panels : dict of str to int
        The names a-d of the paper's Figure 1, with their frames; empty where `figure_1_panels` does
        not find them, and in the plane.
    engine : dict
        What the run was made with.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, record
    >>> tiny = Recipe(G=(4,), D=(4,), m=8, k=1, iterations=3)
    >>> recording = record(Training(tiny, device="cpu"))
    >>> len(recording), [frame.turn for frame in recording][:3]
    (7, ['start', 'D', 'G'])
    >>> bool((recording.jsd >= 0).all())
    True
    """

    recipe: Recipe
    _: KW_ONLY
    x: np.ndarray = field(default_factory=nothing)
    p_data: np.ndarray = field(default_factory=nothing)
    z: np.ndarray
    t: np.ndarray
    turn: np.ndarray
    p_g: np.ndarray = field(default_factory=nothing)
    D: np.ndarray = field(default_factory=nothing)
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
    vertices: np.ndarray = field(default_factory=lambda: np.empty(0, np.int32))
    outline_x: np.ndarray = field(default_factory=nothing)
    outline_p_g: np.ndarray = field(default_factory=nothing)
    window: np.ndarray = field(default_factory=nothing)
    modes: np.ndarray = field(default_factory=nothing)
    real: np.ndarray = field(default_factory=nothing)
    pull: np.ndarray = field(default_factory=nothing)
    warp: np.ndarray = field(default_factory=nothing)
    logit: np.ndarray = field(default_factory=nothing)
    found: np.ndarray = field(default_factory=nothing)
    quality: np.ndarray = field(default_factory=nothing)
    D_star_error: np.ndarray = field(default_factory=nothing)
    D_star_known: np.ndarray = field(default_factory=nothing)
    note: str = ""
    panels: dict = field(default_factory=dict)
    engine: dict = field(default_factory=dict)

    @property
    def dim(self) -> int:
        """1 of a game on the line, 2 in the plane."""
        return self.recipe.data.dim

    def __getitem__(self, i: int) -> Frame | PlaneFrame:
        i = self.place(i)
        return self._in_plane(i) if self.dim == 2 else self._on_line(i)

    def _in_plane(self, i: int) -> PlaneFrame:
        row = {name: getattr(self, name)[i] for name in ROWS_IN_PLANE}
        row |= {name: float(row[name]) for name in NUMBERS_OF_PLANE}
        shared = {name: getattr(self, name) for name in SHARED_IN_PLANE}
        return PlaneFrame(t=int(self.t[i]), turn=TURNS[self.turn[i]], **shared, **row)

    def _on_line(self, i: int) -> Frame:
        row = {name: getattr(self, name)[i] for name in (*CURVES, *NUMBERS)}
        row |= {name: float(row[name]) for name in NUMBERS}
        atoms = tuple((float(x), float(m)) for j, x, m in self.atoms if j == i)
        shared = {name: getattr(self, name) for name in SHARED}
        when = {"t": int(self.t[i]), "turn": TURNS[self.turn[i]]}
        return Frame(**when, **shared, **row, atoms=atoms, outline=self._outline(i))

    def _outline(self, i: int) -> np.ndarray | None:
        if not len(self.vertices):
            return None
        own = int(np.flatnonzero(self.vertices[: i + 1])[-1])
        start, count = int(self.vertices[:own].sum()), self.vertices[own]
        return np.stack([self.outline_x, self.outline_p_g])[:, start : start + count]

    def __repr__(self) -> str:
        return f"<Recording: {len(self)} frames of {self.t[-1]} iterations, {self.recipe!r}>"

    @classmethod
    def of(cls, recipe: Recipe, frames: list, **words) -> Recording:
        """A recording of frames that share x and z; in the plane, of one `PlaneSight`."""
        if recipe.data.dim == 2:
            rows = {name: np.array([getattr(f, name) for f in frames]) for name in ROWS_IN_PLANE}
            shared = {name: getattr(frames[0], name) for name in SHARED_IN_PLANE}
            return cls(recipe, **shared, **rows, **moments_of(frames), **words)
        rows = {
            name: np.array([getattr(f, name) for f in frames], dtype=float)
            for name in (*CURVES, *NUMBERS)
        }
        rows |= moments_of(frames)
        atoms = [(i, x, mass) for i, f in enumerate(frames) for x, mass in f.atoms]
        rows["atoms"] = np.array(atoms, dtype=float).reshape(-1, 3)
        rows |= outlines(frames)
        shared = {name: getattr(frames[0], name) for name in SHARED}
        return cls(recipe, **shared, **rows, **words)

    def to_bytes(self, quantised: bool = False) -> bytes:
        """The recording as bytes. Quantised, curves have 16 bits and numbers float32.

        A quantised curve is off by at most (its range in this recording) / 131068, where p_g is
        cut at 64 times the peak of p_data and G(z) at 64 axes' lengths from the middle of x. Of the
        outlines x is such a curve, and heights are float32, which nothing cuts. In the plane all
        but the numbers, z and the points of the data have 16 bits over the range of their frame,
        where G is cut 64 windows away.

        Of a recipe's own loss the bytes hold the name and not the code: what is read from them can
        be shown and drawn, and its recipe be played once `but(loss=...)` has given the loss anew.
        """
        words = {
            "recipe": in_file(self.recipe),
            "recipe_code": repr(self.recipe),
            "note": self.note,
            "engine": self.engine,
            "panels": self.panels,
        }
        return packed(words, self.arrays(), quantised, self.dim)

    def arrays(self) -> dict[str, np.ndarray]:
        """All arrays by name, in the order in which they are written; outlines if there are any."""
        names = set(SHAPES) if self.dim == 2 else ARRAYS
        names = names if len(self.vertices) else names - {*OUTLINE}
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name in names}

    @classmethod
    def from_bytes(cls, data: bytes) -> Recording:
        """A recording from its bytes; ValueError in one sentence for any other bytes."""
        words, arrays = unpacked(data)
        try:
            recipe = from_file(words.pop("recipe"))
        except ValueError as error:
            wrong = ValueError(f"the recipe in this recording is damaged: {error}")
            raise of_its_time(words, wrong) from None
        if (recipe.data.dim == 2) != ("window" in arrays):
            raise ValueError("this recording is damaged: its frames are not of its recipe")
        return cls(recipe, **arrays, **words)

    def save(self, path, quantised: bool = False) -> None:
        """Write the bytes to a file: ValueError, and no file, where `load` would refuse them."""
        data = self.to_bytes(quantised)
        try:
            self.from_bytes(data)
        except ValueError as error:
            raise ValueError(f"these frames make no recording that can be read: {error}") from None
        with whole_file(path) as part:
            part.write_bytes(data)


def load(path) -> Recording | ImageRecording | Training:
    """Open a recording, or a training, from a file that `save` of either wrote.

    A recording needs no torch, and neither needs a network.

    Parameters
    ----------
    path : str or path
        The file.

    Returns
    -------
    Recording, ImageRecording or Training
        What was saved.

    Raises
    ------
    ValueError
        When the file holds anything else.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from gan_lab import Recipe, Training, load, record
    >>> recording = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "game.gan"
    ...     recording.save(path)
    ...     load(path).recipe == recording.recipe
    True
    """
    with open(path, "rb") as file:
        head = file.read(len(saved.FILE.magic))
    if head == FILE_OF_IMAGES.magic:
        return ImageRecording.load(path)
    if head != saved.FILE.magic:
        return Recording.load(path)
    from gan_lab.training.loop import Training  # a recording opens without torch

    return Training.load(path)


def in_file(recipe: Recipe) -> dict:
    """A recipe as a file holds it: of a loss of the reader's own, what it is called."""
    parts, loss = parts_of(recipe), recipe.loss
    own = isinstance(loss, Loss)
    return parts | {"loss": {"name": loss.name, "labels": loss.labels}} if own else parts


def from_file(parts: dict) -> Recipe:
    """The recipe in a file. ValueError, in one sentence, for what is none."""
    match parts.get("loss"):
        case {"name": str(name), "labels": bool(labels)}:
            parts = parts | {"loss": Loss(gone, gone, labels=labels, name=name)}
    return Recipe.from_dict(parts)


def moments_of(frames: list) -> dict[str, np.ndarray]:
    """When frames are of, as a recording has it."""
    return {
        "t": np.array([f.t for f in frames], dtype=np.int32),
        "turn": np.array([TURNS.index(f.turn) for f in frames], dtype=np.uint8),
    }


def outlines(frames: list[Frame]) -> dict[str, np.ndarray]:
    """The outlines of frames in a row, but for those that are of the frame before as well."""
    lines = [f.outline for f in frames if f.outline is not None]
    if len(lines) < len(frames):
        return {}
    new = [i == 0 or not np.array_equal(lines[i], lines[i - 1]) for i in range(len(lines))]
    x, p_g = np.concatenate([line for line, is_new in zip(lines, new, strict=True) if is_new], 1)
    count = [line.shape[1] * is_new for line, is_new in zip(lines, new, strict=True)]
    return {"vertices": np.array(count, np.int32), "outline_x": x, "outline_p_g": p_g}


def record(
    training,
    iterations: int | None = None,
    frames: int | None = None,
    member: int = 0,
    progress: Callable[[int, int], None] | None = None,
    pictures: int | None = None,
) -> Recording | ImageRecording:
    """Train a GAN and record it: play a game, on the line or in the plane, and keep frames of it.

    More often early than late. Frames come in pairs that share their generator: as it stands when
    D's turn comes, and after D's turn. The first is the start, the last is the end. When the run
    breaks off, the frames until then are kept and `note` says why; so it does of frames in which
    the game was so far gone that they cannot be computed, and of what is left out of all frames
    because it is not known, as D where it is no probability.

    Parameters
    ----------
    training : Training
        The game, which goes on from where it is.
    iterations : int, optional
        How many more, by default those of the recipe that are left.
    frames : int, optional
        About how many are kept, by default 240, or 120 of a game in the plane.
    member : int
        Which member.
    progress : callable, optional
        `progress(done, iterations)` is called after each iteration.
    pictures : int, optional
        Of a game of pictures how many of G and of the data are followed, from 1 to 1024; by default
        as many as have room in a megabyte, and 64 at most.

    Returns
    -------
    Recording or ImageRecording
        The frames; of a game of pictures those after G's turns.

    Raises
    ------
    ValueError
        For numbers that are not whole and positive, and for what `frame_of` refuses.

    Examples
    --------
    >>> from gan_lab import Recipe, Training, record
    >>> recording = record(Training(Recipe(G=(4,), D=(4,), m=8), device="cpu"), iterations=2)
    >>> recording[-1].t
    2
    """
    member = member_of(checked_game(training).members, member)
    of_images = isinstance(training.recipe.data, Images)
    if pictures is not None:
        if not of_images:
            raise ValueError(
                "pictures says how many are followed of a game of pictures, and of none other"
            )
        pictures = whole_between(1, 1024, pictures, "pictures")
    if iterations is None:
        iterations = max(1, training.recipe.iterations - training.t)
    if frames is None:
        frames = FRAMES_IN_PLANE if training.recipe.data.dim == 2 else FRAMES
    iterations, frames = whole_from(1, iterations, "iterations"), whole_from(3, frames, "frames")
    start = training.t
    wanted = {start + t for t in iterations_to_record(iterations, (frames + 1) // 2)}
    games = chain([training], training.half_steps(iterations))
    if progress is not None:
        games = reported(games, lambda t: progress(t - start, iterations))
    if of_images:
        pictures = pictures or with_room(len(wanted), training.recipe.data.dim)
        return watch_images(games, frozenset(wanted), member, made_with, pictures)
    return watch(games, wanted, member)


def reported(games: Iterable, say: Callable[[int], None]) -> Iterable:
    for game in games:
        if game.turn == "G":
            say(game.t)
        yield game


def iterations_to_record(iterations: int, count: int) -> list[int]:
    """About `count` whole numbers from 0 to `iterations`, both kept, ever further apart.

    One after another at first, then each by the same factor larger than the one before.
    """
    found = [0]
    for left in range(count - 1, 0, -1):
        if (now := found[-1]) == iterations:
            break
        ratio = (iterations / max(now, 1)) ** (1 / left)
        step = max(1, round(now * (ratio - 1)))
        found.append(min(now + step, iterations) if left > 1 else iterations)
    return found


def watch(games: Iterable, times: Iterable[int] | None = None, member: int = 0) -> Recording:
    """Record any games that go by: of those whose t is in `times`, or of all.

    The last game is kept whatever its t. All frames share the x axis (in the plane a window) and
    the z of the first, of which what `frame_of` refuses is raised; later frames that cannot be
    computed are left out.

    Parameters
    ----------
    games : iterable of Training
        As `Training.play` or `Training.half_steps` gives them.
    times : iterable of int, optional
        The iterations to keep.
    member : int
        Which member.

    Returns
    -------
    Recording
        The frames.

    Raises
    ------
    ValueError
        For what `frame_of` refuses of the first game.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.recording import watch
    >>> game = Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> watch(game.play(4), times=[2]).t.tolist()
    [2, 4]
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
    left_out = (unknown_in_plane if game.recipe.data.dim == 2 else unknown)(game.recipe)
    note = "; ".join(filter(None, [game.stopped, seen.note(), left_out]))
    recording = Recording.of(game.recipe, seen.frames, note=note, engine=engine)
    if recording.dim == 2:
        return recording
    try:
        recording.panels.update(figure_1_panels(recording))
    except ValueError:
        pass  # a run need not look like the paper's; who needs the panels asks for them
    return recording


class Seen:
    """The frames of games that go by, and what could not be seen."""

    def __init__(self, member: int):
        self.member, self.frames, self.latest = member, [], None
        self.plane = PlaneSight(member)
        self.missed: list[tuple[int, Exception]] = []

    def look(self, game) -> None:
        """Keep a frame; a later one than the first may fail, as near the end of the floats."""
        self.latest = game.t, game.turn
        try:
            self.frames.append(self.frame(game))
        except (ValueError, ArithmeticError) as error:
            if not self.frames:
                raise
            self.missed.append((game.t, error))

    def frame(self, game) -> Frame | PlaneFrame:
        if checked_game(game).recipe.data.dim == 2:
            return self.plane.frame(game)
        return frame_of(game, self.member, self.frames[0].x if self.frames else None)

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
    backend = getattr(game, "backend", None)
    return words if backend is None else words | {"path": backend.name}
