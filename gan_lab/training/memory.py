"""What becomes of a game that finds no memory: one sentence, and the game as it was.

Memory of a card is small, and a foreign error from the middle of a move would leave the weights
of one moment beside the moments of another. Here a move is made wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import torch
from torch import Tensor

from gan_lab.training.backends import forget

SAID = (
    "out of memory",
    "can't allocate memory",
    "not enough memory",
    "alloc_failed",
    "bad_alloc",
)
"""What torch, its libraries (cuBLAS, cuSOLVER) and the C++ language say when memory ran out."""

KEEPS = ("cuda",)
"""The kinds of device on which a move is put back. Other memory gives way to the disk, and a copy
of the weights before every move would cost the CPU a twentieth of its time."""

GAME = "this game does", "make members, m, k, unrolled or the widths of G and D smaller"
POINTS = "so many points do", "ask for fewer at a time"


def out_of_memory(error: BaseException) -> bool:
    """Whether it says that memory ran out."""
    if isinstance(error, (torch.cuda.OutOfMemoryError, MemoryError)):
        return True
    return isinstance(error, RuntimeError) and any(s in str(error).lower() for s in SAID)


class Kept:
    """A game as it is now, and how to put it back: its parts, and with `tensors` what is in them.

    `parts` are the names of the players and optimizers that may change.
    """

    def __init__(self, game, parts: tuple[str, ...], tensors: bool):
        self.game, self.own = game, vars(game) | {"diverged_at": dict(game.diverged_at)}
        found = [part for name in parts if (part := getattr(game, name)) is not None]
        self.parts = [(part, dict(vars(part))) for part in found]
        held = (t for _, own in self.parts for t in own.values() if isinstance(t, Tensor))
        self.tensors = [(t, t.detach().clone()) for t in held] if tensors else []

    def back(self) -> None:
        """Put everything back."""
        for one, own in [(self.game, self.own), *self.parts]:
            vars(one).update(own)
        with torch.no_grad():
            for tensor, was in self.tensors:
                tensor.copy_(was)


def kept_for_move(player: str) -> Callable:
    """What a move of this player may change, of a game on a device of `KEEPS`; else None."""
    parts = (player, f"optimizer_{player}", *(["average"] if player == "G" else []))

    def kept(game) -> Kept | None:
        if game.device.type not in KEEPS:
            return None
        whole = game.backend.whole and not game.recipe.spectral  # which needs room of its own
        return Kept(game, parts, not whole)

    return kept


def kept_for_change(game) -> Kept:
    """All that other rules may change."""
    return Kept(game, ("G", "D", "average", "optimizer_G", "optimizer_D"), True)


def within_memory(words: tuple[str, str] = GAME, kept: Callable | None = None) -> Callable:
    """A method of a game which, where memory runs out, raises ValueError in one sentence.

    Before that it lets go of what moves of other games hold, and is tried once more. `words` are
    who needs room, and what helps; `kept` makes a `Kept` of the game before it is tried.
    """

    def decorated(act: Callable) -> Callable:
        @wraps(act)
        def tried(game, *given, **named):
            before = begun = None
            for _ in range(2):
                try:
                    before = kept(game) if kept else None  # which needs memory as well
                    begun = True
                    return act(game, *given, **named)
                except Exception as error:
                    if not out_of_memory(error):
                        raise
                # beyond the handler, so that the failed call and its tensors are let go
                stands = "; the game stands as it was" if before or not begun else ""
                refusal = memory_sentence(game, *words, stands)
                if before:
                    before.back()
                before = begun = None
                if not forget():
                    break
            raise ValueError(refusal)

        return tried

    return decorated


def memory_sentence(game, who: str, advice: str, end: str) -> str:
    """What was too large, for what memory, and what may help."""
    recipe, device = game.recipe, game.device
    memory = f"the memory of {device}"
    if device.type == "cuda" and torch.cuda.is_available():
        card = torch.cuda.get_device_properties(device)
        memory += f" ({card.name}, {card.total_memory / 2**30:.0f} GiB)"
    members = "1 member" if recipe.members == 1 else f"{recipe.members} members"
    return (
        f"{who} not fit into {memory}, with {members}, hidden layers {list(recipe.G)} and "
        f"{list(recipe.D)} and minibatches of {recipe.m}: {advice}"
        + ("" if device.type == "cpu" else ", or use the device cpu")
        + end
    )
