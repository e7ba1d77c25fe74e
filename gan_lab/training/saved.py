"""A game in a file: all that a training holds, and no code. Reading executes nothing.

The file is `core.sealed`'s: b"GANTRN\\0", a version, a JSON header and the arrays, little endian.
The header has the recipe, where the game is, and name, dtype and shape of each array in order. A
game that is read goes on bit for bit like the one that was saved, on the same device, machine and
number of threads.
"""

from __future__ import annotations

import math
import zlib
from pathlib import Path

import numpy as np

from gan_lab import __version__
from gan_lab.core import torch
from gan_lab.core.ambient import undisturbed
from gan_lab.core.files import whole_file
from gan_lab.core.sealed import Sealed
from gan_lab.core.validation import quoted
from gan_lab.training.recipe import Recipe

FILE = Sealed(b"GANTRN\0", "training", "this file is no training of gan_lab", (1,))
DTYPES = {name: np.dtype(name).newbyteorder("<") for name in ("float32", "float64")}
MOMENTS = ("first", "second", "velocity")
DAMAGED = "this training is damaged: it is not what was written"


def write(game, path) -> None:
    """Save a training. Raises ValueError for one that broke off in the middle of a move."""
    if not game.whole:
        raise ValueError("this game broke off in the middle of a move, and cannot be gone on with")
    arrays = {n: v.detach().cpu().numpy() for n, v in tensors(game).items()}
    named = [{"name": n, "dtype": v.dtype.name, "shape": list(v.shape)} for n, v in arrays.items()]
    body = b"".join(v.astype(DTYPES[v.dtype.name]).tobytes() for v in arrays.values())
    header = {
        "format": "gan_lab training",
        "recipe": game.recipe.as_dict(),
        **place_of(game),
        "made_with": {
            "gan_lab": __version__,
            "torch": str(torch.__version__),
            "device": str(game.device),
            "backend": game.backend.name,
            "threads": torch.get_num_threads(),
        },
        "crc32": zlib.crc32(body),
        "arrays": named,
    }
    with whole_file(path) as part:
        part.write_bytes(FILE.written(header, body))


def tensors(game) -> dict:
    """All numbers of a game that moves change, by name, as they lie in it."""
    found = {"G": game.G.flat, "D": game.D.flat, "loss_D": game.loss_D, "loss_G": game.loss_G}
    if game.average is not None:
        found["average"] = game.average.flat
    if game.before is not None:
        found["before"] = game.before[1]
    for name in ("optimizer_G", "optimizer_D"):
        held = vars(getattr(game, name)).items()
        found |= {f"{name}.{moment}": v for moment, v in held if moment in MOMENTS}
    return found


def place_of(game) -> dict:
    """Where a game is, as words and whole numbers."""
    before = None if game.before is None else "G" if game.before[0] is game.G else "D"
    return {
        "t": game.t,
        "turn": game.turn,
        "steps": game.steps,
        "stopped": game.stopped,
        "diverged_at": sorted(game.diverged_at.items()),
        "before": before,
        "optimizer_steps": [steps_of(game.optimizer_G), steps_of(game.optimizer_D)],
    }


def steps_of(optimizer) -> int | None:
    """How many steps an optimizer has counted; None for one that does not."""
    steps = getattr(optimizer, "steps", None)
    return None if steps is None else int(steps)


@undisturbed
def training_from(make, path, device, compiled: bool):
    """The training in a file, from `make(recipe, device, compiled)`, which is a new one.

    ValueError, in one sentence, for anything else.
    """
    header, body = FILE.opened(Path(path).read_bytes())
    try:
        recipe = Recipe.from_dict(header["recipe"])
    except (KeyError, ValueError) as error:
        made = quoted(header.get("made_with"))
        raise ValueError(
            f"the recipe in this training, made with {made}, cannot be played by gan_lab "
            f"{__version__}: {error}"
        ) from None
    game = make(recipe, device, compiled)
    try:
        stand(game, header, arrays_of(header, body))
    except (KeyError, TypeError, AttributeError):
        raise ValueError(DAMAGED) from None
    return game


def arrays_of(header: dict, body: memoryview) -> dict[str, np.ndarray]:
    """The arrays of a file by name."""
    found, offset = {}, 0
    for entry in header["arrays"]:
        dtype, shape = DTYPES[entry["dtype"]], tuple(entry["shape"])
        count = math.prod(shape)
        if not all(type(n) is int and n >= 0 for n in shape):
            raise ValueError(DAMAGED)
        if offset + count * dtype.itemsize > len(body):
            raise ValueError(DAMAGED)
        found[entry["name"]] = np.frombuffer(body, dtype, count, offset).reshape(shape)
        offset += count * dtype.itemsize
    if offset != len(body):
        raise ValueError(DAMAGED)
    return found


def stand(game, header: dict, arrays: dict[str, np.ndarray]) -> None:
    """Bring a new game to where the one was that was saved."""
    game.t, game.turn, game.steps = header["t"], header["turn"], header["steps"]
    game.stopped = header["stopped"]
    game.diverged_at = {int(member): int(t) for member, t in header["diverged_at"]}
    if (mover := header["before"]) is not None:
        player = {"G": game.G, "D": game.D}[mover]
        game.before = player, player.flat.detach().clone()
    for optimizer, steps in zip(
        (game.optimizer_G, game.optimizer_D), header["optimizer_steps"], strict=True
    ):
        if steps is not None:
            optimizer.steps = steps
    held = tensors(game)
    like = {n: (tuple(v.shape), str(v.dtype).removeprefix("torch.")) for n, v in held.items()}
    if like != {n: (v.shape, v.dtype.name) for n, v in arrays.items()}:
        raise ValueError(DAMAGED)
    with torch.no_grad():
        for name, tensor in held.items():
            tensor.copy_(torch.from_numpy(arrays[name].copy()))
