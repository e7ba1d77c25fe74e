"""A game that is too large for the card: one sentence, and what was played before is not lost."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch

from benchmarks.gpu.compare import deviation, played
from benchmarks.gpu.figures import Clock, Figures
from benchmarks.gpu.parity import BASE
from benchmarks.gpu.rehearsal import RunsOut
from gan_lab.training.backends import backend, one_thread
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

SMALL = BASE.but(r1=0.1, ema=0.9)
HUGE = Recipe(G=(4096,) * 4, D=(4096,) * 4, members=2**16)  # 13 TB of weights
LARGE = {"m": 2**20, "k": 50}
"""The change after which a move of SMALL has more to hold than ROOM."""
ROOM = 256 * 2**20
ADVICE = "smaller"
MOVES = {
    "eager": ({}, False),
    "eager, spectral": ({"spectral": True}, False),
    "as a graph": ({}, True),
    "as a graph, spectral": ({"spectral": True}, True),
}
"""Moves in which memory is let run out: a recipe's fields, and whether they are captured."""


@contextmanager
def room(device: str, extra: int) -> Iterator[None]:
    """A card with so many more bytes than are in use; on the CPU, a few operations' worth."""
    if device == "cpu":
        with RunsOut(20):
            yield
        return
    torch.cuda.empty_cache()
    whole = torch.cuda.get_device_properties(device).total_memory
    share = (torch.cuda.memory_reserved() + extra) / whole
    torch.cuda.set_per_process_memory_fraction(min(1.0, share))  # of the card that is current
    try:
        yield
    finally:
        torch.cuda.set_per_process_memory_fraction(1.0)


def refused(act: Callable) -> str:
    """The sentence in which something is refused; says what is wrong with it, if anything is."""
    try:
        act()
    except ValueError as error:
        words = str(error)
        foreign = error.__cause__ or error.__context__
        good = "\n" not in words and ADVICE in words and foreign is None
        return words if good else f"NOT ONE SENTENCE OF OURS: {words} ({foreign})"
    except Exception as error:
        return f"A FOREIGN ERROR: {type(error).__name__}: {error}"
    return "IT WAS NOT REFUSED"


def too_large_from_the_start(device: str) -> tuple[str, bool]:
    """A game whose weights alone are too many."""
    with room(device, ROOM):
        words = refused(lambda: Training(SMALL if device == "cpu" else HUGE, device))
    return words, words.startswith("this game does not fit")


def too_large_midway(device: str, compiled: bool) -> tuple[str, bool]:
    """A game that is given larger minibatches than there is room for, and then small ones again."""
    game = played(SMALL, device, 2, compiled)
    calm = copy.deepcopy(game)
    game.change(**LARGE if device != "cpu" else {"k": 3})
    held = copy.deepcopy(game)
    with room(device, ROOM):
        words = refused(game.update_discriminator)
    as_it_was = deviation(game, held)[0] == 0.0 and game.turn == held.turn == "G"
    for one in (game, calm):
        one.change(m=SMALL.m, k=SMALL.k)
        for _ in one.play(3):
            pass
    goes_on = deviation(game, calm)[0] == 0.0
    end = "as it was" if as_it_was else "CHANGED"
    end += ", and goes on" if goes_on else ", and does NOT go on as it would have"
    return f"{words} [It stands {end}.]", words.startswith("this game does") and as_it_was & goes_on


def at_every_operation(device: str, more: dict, compiled: bool, player: str) -> tuple[str, bool]:
    """Memory that runs out at the first operation of a move, at the second, and so on."""
    game = played(SMALL.but(**more), device, 1, compiled)
    move = game.update_discriminator if player == "D" else game.update_generator
    held, count, wrong = copy.deepcopy(game), 0, []
    while True:
        with (out := RunsOut(count)):
            words = refused(move)
        if not out.ran_out:
            break
        if not (words.startswith("this game does") and deviation(game, held)[0] == 0.0):
            wrong.append(f"{count + 1} ({words[:60]})")
        count += 1
    with RunsOut(10**9):  # as the last attempt, with room enough, was made
        getattr(held, move.__name__)()
    same = deviation(game, held)[0] == 0.0
    words = f"{count} operations; " + (f"wrong at {wrong[:3]}" if wrong else "as it was after each")
    return words + ("" if same else "; then it went another way"), same and not wrong


def capture_without_room(device: str) -> tuple[str, bool]:
    """A graph that finds no room to be recorded: the game is played eagerly, and says why."""
    game = played(SMALL.but(m=40), device, 1)  # of no form that is recorded already
    with RunsOut(50):
        game.backend = backend(game, True)
    for _ in game.play(2):
        pass
    same = deviation(game, played(game.recipe, device, 3))[0] == 0.0
    note = game.backend.note
    return note or f"its path is {game.backend.name}", same and "memory" in note


def cases(device: str) -> list[tuple[str, Callable]]:
    """What is tried, by name."""
    return [
        ("a game of 65536 members of 4 layers of 4096", lambda: too_large_from_the_start(device)),
        ("minibatches that grow, eager", lambda: too_large_midway(device, False)),
        ("minibatches that grow, as graphs", lambda: too_large_midway(device, True)),
        ("no room for a graph", lambda: capture_without_room(device)),
        *(
            (
                f"no room at operation 1, 2, ... of a move of {player}, {name}",
                lambda player=player, more=more: at_every_operation(device, *more, player),
            )
            for player in "DG"
            for name, more in MOVES.items()
        ),
    ]


@one_thread()  # small games: threads would only wait for each other
def run(figures: Figures, clock: Clock, device: str) -> None:
    """A row for each case."""
    left = cases(device)
    while left and not clock.over:
        name, act = left.pop(0)
        words, good = act()
        figures.row(name, words, "as it must be" if good else "**WRONG**", good=good)
    figures.not_reached([name for name, _ in left])


COLUMNS = ["what does not fit", "what is said", ""]
TITLE = "What does not fit into the card's memory"
HOW = (
    f"The card is told to give this process {ROOM // 2**20} MiB more than it has; the rows with "
    "operations pretend that it has none left."
)
