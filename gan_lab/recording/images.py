"""A game of pictures over time: the same z at every moment, what G makes of them, and D's opinion.

Pixels have 8 bits. What `recording` is for the line this is for pictures: a value, arrays and the
recipe that made them, which opens, is drawn and is saved without torch. Its bytes are those of
`image_format`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from gan_lab import __version__
from gan_lab.core.files import whole_file
from gan_lab.core.validation import checked_game, member_of, whole_between
from gan_lab.datasets import Images
from gan_lab.datasets.forms import where_they_are
from gan_lab.recording.frames import TURNS
from gan_lab.recording.image_format import DAMAGED, packed_images, unpacked_images
from gan_lab.recording.kept_frames import KeptFrames
from gan_lab.training.architectures import labels_in, with_labels_in_turn
from gan_lab.training.recipe import Recipe

ROOM = 580_000
"""Bytes that a recording may take: as many pictures are followed as have room, at most `MOST`.
A page has half of them, in base64, beside its script and a still: less than 700 kB in all."""
MOST = 64


@dataclass(frozen=True, eq=False)
class ImageFrame:
    """One moment of a GAN of pictures: samples of G at fixed z, D's output at each, and losses.

    Parameters
    ----------
    t : int
        Iterations completed.
    turn : {"start", "D", "G"}
        Who moved last.
    fake, real : ndarray of uint8 of shape (n, rows, columns)
        G(z), and pictures of the data: 0 is paper (-1) and 255 ink (1).
    D_fake, D_real : ndarray of shape (n,)
        D's output at each; nan where D judges packs.
    loss_D, loss_G : float
        The players' minibatch losses at their last moves, nan before.

    Examples
    --------
    >>> from gan_lab import PRESETS, Training
    >>> from gan_lab.recording import image_frame
    >>> frame = image_frame(Training(PRESETS["digits"], device="cpu"), pictures=9)
    >>> frame.fake.shape, frame.fake.dtype.name, frame.D_real.shape
    ((9, 8, 8), 'uint8', (9,))
    """

    t: int
    turn: str
    fake: np.ndarray
    real: np.ndarray
    D_fake: np.ndarray
    D_real: np.ndarray
    loss_D: float = math.nan
    loss_G: float = math.nan


def image_frame(training, member: int = 0, pictures: int = MOST) -> ImageFrame:
    """The frame of one member of a game of pictures as it is now.

    The z, and the pictures of the data, are a function of the member's seed and of nothing else.

    Parameters
    ----------
    training : Training
        A game of pictures.
    member : int
        Which member.
    pictures : int
        How many of G and of the data, from 1 to 1024.

    Returns
    -------
    ImageFrame
        The moment.

    Raises
    ------
    ValueError
        For other data, and for a member that is not there.

    Examples
    --------
    >>> from gan_lab import PRESETS, Training
    >>> from gan_lab.recording import image_frame
    >>> image_frame(Training(PRESETS["digits"], device="cpu")).turn
    'start'
    """
    data = of_pictures(training)
    member = member_of(training.members, member)
    z, real, labels = followed(training, member, whole_between(1, 1024, pictures, "pictures"))
    fake = training.map(member)(z)
    told = (np.arange(len(z)) % data.classes, labels)
    D_fake, D_real = (
        judged(training, member, x, of) for x, of in zip((fake, real), told, strict=True)
    )
    fake, real = (quantised(x).reshape(-1, *data.shape) for x in (fake, real))
    losses = float(training.loss_D[member]), float(training.loss_G[member])
    return ImageFrame(training.t, training.turn, fake, real, D_fake, D_real, *losses)


def of_pictures(training) -> Images:
    """The data of a game of pictures, or a sentence."""
    data = checked_game(training).recipe.data
    if not isinstance(data, Images):
        raise ValueError(f"this frame needs pictures as data, and these are {where_they_are(data)}")
    return data


def followed(training, member: int, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """z (n, latent_dim), pictures of the data (n, dim) and their labels, to be looked at.

    In a conditional game each z is followed by a label, one after another.
    """
    recipe, data = training.recipe, training.recipe.data
    rng = np.random.default_rng([20140610, recipe.seeds[member]])
    z = with_labels_in_turn(recipe, training.p_z.sample(n * recipe.latent_dim, rng).reshape(n, -1))
    which = rng.integers(len(data.pixels), size=n)
    return z.astype(np.float32).astype(float), data.pixels[which], data.classes_of[which]


def judged(training, member: int, x: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """D's output at pictures (n, dim); nan where it judges packs."""
    if training.recipe.packing > 1:
        return np.full(len(x), np.nan)
    told = labels if training.recipe.conditional else None
    return training.logit(x, labels=told)[member].double().cpu().numpy()


def quantised(x: np.ndarray) -> np.ndarray:
    """Pixels from -1 to 1 as whole numbers from 0 to 255; what is beyond is cut."""
    return np.rint((np.clip(np.nan_to_num(x), -1.0, 1.0) + 1.0) * 127.5).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class ImageRecording(KeptFrames):
    """A recorded GAN training on pictures: T frames of one game, in memory and in a file.

    `len(recording)`, `recording[i]` and iteration give an `ImageFrame`.

    Parameters
    ----------
    recipe : Recipe
        What was played.
    t, turn : ndarray of int of shape (T,)
        Iterations completed; who moved last, counting "start", "D", "G" from 0.
    z : ndarray of shape (n, latent_dim)
        The noise that is followed.
    G_z : ndarray of uint8 of shape (T, n, dim)
        G(z), in 8 bits.
    real : ndarray of uint8 of shape (n, dim)
        Pictures of the data.
    D_fake, D_real : ndarray of shape (T, n)
        D's output at both.
    loss_D, loss_G : ndarray of shape (T,)
        The players' minibatch losses.
    note : str
        How the run broke off, in words, or empty.
    engine : dict
        What the run was made with.

    Examples
    --------
    >>> from gan_lab import PRESETS, Training, record
    >>> recording = record(Training(PRESETS["digits"], device="cpu"), iterations=2)
    >>> len(recording), recording[-1].t, len(recording.to_bytes()) < 10**6
    (3, 2, True)
    """

    recipe: Recipe
    t: np.ndarray
    turn: np.ndarray
    z: np.ndarray
    G_z: np.ndarray
    real: np.ndarray
    D_fake: np.ndarray
    D_real: np.ndarray
    loss_D: np.ndarray  # noqa: N815
    loss_G: np.ndarray  # noqa: N815
    note: str = ""
    engine: dict = field(default_factory=dict)

    def __getitem__(self, i: int) -> ImageFrame:
        i = self.place(i)
        shape = cast(Images, self.recipe.data).shape
        fake, real = (x.reshape(-1, *shape) for x in (self.G_z[i], self.real))
        return ImageFrame(
            int(self.t[i]),
            TURNS[self.turn[i]],
            fake,
            real,
            self.D_fake[i],
            self.D_real[i],
            float(self.loss_D[i]),
            float(self.loss_G[i]),
        )

    def __repr__(self) -> str:
        return f"<ImageRecording: {len(self)} frames of {self.t[-1]} iterations, {self.recipe!r}>"

    @classmethod
    def of(cls, recipe: Recipe, frames: list[ImageFrame], z: np.ndarray, **words) -> ImageRecording:
        """A recording of frames of one game at these z."""
        rows = {
            name: np.array([getattr(f, name) for f in frames])
            for name in ("t", "D_fake", "D_real", "loss_D", "loss_G")
        }
        turn = np.array([TURNS.index(f.turn) for f in frames], dtype=np.uint8)
        G_z = np.array([f.fake.reshape(len(z), -1) for f in frames])
        real = frames[0].real.reshape(len(z), -1)
        return cls(recipe, turn=turn, z=z, G_z=G_z, real=real, **rows, **words)

    def to_bytes(self, quantised: bool = False) -> bytes:
        """The recording as bytes. ValueError for a recipe with a loss of the reader's own.

        Quantised, for a page, a pixel has 16 shades, and D's outputs are off by at most their range
        in this recording / 131068.
        """
        words = {
            "format": "gan_lab recording of pictures",
            "recipe": self.recipe.as_dict(),
            "recipe_code": repr(self.recipe),
            "note": self.note,
            "engine": self.engine,
            "picture": picture_of(self.recipe),
        }
        return packed_images(words, vars(self), quantised)

    @classmethod
    def from_bytes(cls, data: bytes) -> ImageRecording:
        """A recording from its bytes; ValueError in one sentence for any other bytes."""
        header, arrays = unpacked_images(data)
        try:
            recipe = Recipe.from_dict(header["recipe"])
            words = {"note": header["note"], "engine": header["engine"]}
        except (KeyError, TypeError, AttributeError):
            raise ValueError(DAMAGED) from None
        right = isinstance(words["note"], str) and isinstance(words["engine"], dict)
        if not (
            right
            and fit(recipe, arrays)
            and header.get("picture", picture_of(recipe)) == picture_of(recipe)
        ):
            raise ValueError(DAMAGED)
        return cls(recipe, **arrays, **words)

    def save(self, path, quantised: bool = False) -> None:
        """Write the bytes to a file."""
        data = self.to_bytes(quantised)
        with whole_file(path) as part:
            part.write_bytes(data)


def picture_of(recipe: Recipe) -> list[int]:
    """Rows and columns of a picture."""
    return list(cast(Images, recipe.data).shape)


def fit(recipe: Recipe, arrays: dict[str, np.ndarray]) -> bool:
    """Whether arrays are those of a game of this recipe."""
    if not isinstance(recipe.data, Images):
        return False
    frames, n, dim = len(arrays["t"]), len(arrays["z"]), recipe.data.dim
    wanted = dict.fromkeys(("t", "turn", "loss_D", "loss_G"), (frames,))
    wanted |= {"z": (n, recipe.latent_dim + labels_in(recipe))}
    wanted |= {"G_z": (frames, n, dim), "real": (n, dim)}
    wanted |= dict.fromkeys(("D_fake", "D_real"), (frames, n))
    return (
        frames > 0
        and n > 0
        and all(arrays[name].shape == shape for name, shape in wanted.items())
        and bool(arrays["t"][0] >= 0 and np.all(arrays["t"][1:] >= arrays["t"][:-1]))
        and bool(np.all(arrays["turn"] < len(TURNS)))
    )


def with_room(frames: int, dim: int) -> int:
    """How many pictures of so many pixels can be followed for so many frames in `ROOM`."""
    return max(1, min(MOST, ROOM // (frames * (dim + 8))))


def watch_images(
    games: Iterable,
    times: frozenset[int] | None,
    member: int,
    engine,
    pictures: int,
) -> ImageRecording:
    """Record games of pictures that go by: of those whose t is in `times`, after G's turn, or all.

    The first game and the last are kept as they are. `engine(game)` says what it ran on. So many
    `pictures` are followed.
    """
    frames: list[ImageFrame] = []
    game = None
    for game in games:
        if frames and times is not None and (game.turn != "G" or game.t not in times):
            continue
        frames.append(image_frame(game, member, pictures))
    if game is None:
        raise ValueError("there was no game to record")
    if (frames[-1].t, frames[-1].turn) != (game.t, game.turn):
        frames.append(image_frame(game, member, pictures))
    made = {"gan_lab": __version__, "numpy": np.__version__, **engine(game)}
    z = followed(game, member, pictures)[0]
    return ImageRecording.of(game.recipe, frames, z, note=game.stopped or "", engine=made)
