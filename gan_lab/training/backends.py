"""What computes the moves of a game: torch operation by operation, compiled code, a CUDA graph.

There is one definition of a move, `Training.move_D` and `move_G`. The faster backends let it run
once, on copies, with all that differs from one call to the next as arguments (weights, moments,
numbers of the recipe, minibatches and noise), and keep what it asked of torch. No gradient is
written out by hand. A backend that rounds differently in the last bits is otherwise the same game.
"""

from __future__ import annotations

import copy
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from threading import Lock
from typing import Any, cast

import torch
from torch import Tensor

from gan_lab.training.optimizers import is_enabled, with_axes
from gan_lab.training.schema import FIELDS

NUMBERS = tuple(name for name, field in FIELDS.items() if field.move == "number")
"""The fields of a recipe whose values are arguments: only whether they are on forms a move."""

FORM = tuple(name for name, field in FIELDS.items() if field.move == "form")
"""The fields, beside the networks and the members, that decide what a move asks of torch."""

AGREE = {torch.float32: 1e-3, torch.float64: 1e-9}
"""How closely, relative to the largest, a backend must repeat a move before it is trusted."""


TOGETHER = 16
"""So many members at most are moved at once by compiled code, whose arrays then fit the cache."""


class Draws:
    """In a move's hands instead of minibatches: draws that were made before, as it asks for them.

    With none given it hands out zeros; `asked` lists what was wanted.
    """

    def __init__(self, given: Iterator[Tensor] | None, like: Tensor):
        self.given, self.like, self.asked = given, like, []

    def drawn(self, kind: str, purpose: int, t: int, step: int, shape) -> Tensor:
        self.asked.append((kind, purpose, step, tuple(shape)))
        if self.given is None:
            return self.like.new_zeros(len(self.like), *shape)
        return next(self.given)


class TracedMove:
    """One player's move as a function of tensors: `move(*move.arguments(game, real, z))`.

    It changes the first `states` arguments, weights and moments, in place, and hands back the
    four parts of `divergence_guard.Moved`.
    """

    def __init__(self, game, player: str, real: Tensor | None, z: Tensor):
        self.player, self.sees_data, self.like = player, real is not None, copy.copy(game)
        numbers = {name: game.number(name) for name in NUMBERS}
        self.rows = [n for n, v in numbers.items() if isinstance(v, Tensor)]
        self.scalars = [n for n, v in numbers.items() if n not in self.rows and is_enabled(v)]
        self.draws = []
        self.moments = list(optimizer_memory(optimizer(game, player)))
        self.states = 2 + len(self.moments)
        self.draws = self.played(copies(self.arguments(game, real, z)), None)[1].asked
        self.like.minibatches = None  # whoever keeps a move keeps no game's minibatches

    @staticmethod
    def form(game, player: str, sees_data: bool) -> tuple:
        """What two moves have in common if they are the same function, for as many members."""
        numbers = (v if isinstance(v, Tensor) else is_enabled(v) for v in map(game.number, NUMBERS))
        shapes = (tuple(v.shape) if isinstance(v, Tensor) else v for v in numbers)
        fields = (getattr(game.recipe, name) for name in FORM)
        fixed = (game.G.widths, game.D.widths, str(game.device))
        return (player, sees_data, torch.get_num_threads(), *fixed, *fields, *shapes)

    def arguments(self, game, real: Tensor | None, z: Tensor) -> list[Tensor]:
        """All that this move depends on in this game, at this moment."""
        mover = optimizer(game, self.player)
        numbers = [*map(game.number, self.scalars), getattr(mover, "steps", 0)]
        first = game.steps if self.player == "D" else 0
        draw = game.minibatches.drawn
        return [
            game.G.flat,
            game.D.flat,
            *(getattr(mover, name) for name in self.moments),
            torch.tensor(numbers, dtype=torch.float64, device=game.device),
            *map(game.number, self.rows),
            *([cast(Tensor, real)] if self.sees_data else []),
            z,
            *(draw(kind, what, game.t, first + step, s) for kind, what, step, s in self.draws),
        ]

    def __call__(self, *arguments: Tensor) -> tuple[Tensor, ...]:
        return self.played(arguments, True)[0]

    def some(self, arguments: Sequence[Tensor], members: slice) -> list[Tensor]:
        """The arguments that concern some members only."""
        return [a if i == self.states else a[members] for i, a in enumerate(arguments)]

    def played(self, arguments, given) -> tuple[tuple[Tensor, ...], Draws]:
        """The move made by a game that stands in for any other of its form."""
        game, rest = copy.copy(self.like), iter(arguments)
        game.steps, game.G, game.D = 0, self.like.G.over(next(rest)), self.like.D.over(next(rest))
        mover = copy.copy(optimizer(game, self.player))
        vars(mover).update({name: next(rest) for name in self.moments})
        scalars = dict(zip([*self.scalars, "steps"], next(rest).unbind(), strict=True))
        numbers = dict.fromkeys(NUMBERS, 0.0) | scalars | {name: next(rest) for name in self.rows}
        vars(mover).update({name: numbers[name] for name in mover.SETTINGS}, steps=scalars["steps"])
        game.number = lambda name, axes=2: with_axes(numbers[name], axes)
        setattr(game, f"optimizer_{self.player}", mover)
        minibatch = next(rest) if self.sees_data else None, next(rest)
        game.minibatches = Draws(rest if given else None, game.D.flat)
        move = game.move_D if self.player == "D" else game.move_G
        return tuple(move(*minibatch)), game.minibatches


def optimizer(game, player: str):
    return game.optimizer_D if player == "D" else game.optimizer_G


def optimizer_memory(mover) -> dict[str, Tensor]:
    """What an optimizer remembers, by name."""
    kept = {n: v for n, v in vars(mover).items() if n not in (*mover.SETTINGS, "steps")}
    return {n: v for n, v in kept.items() if isinstance(v, Tensor)}


@cache
def groups(members: int, together: int) -> list[slice]:
    """Which members are moved at once: groups of one size, or all where none is near the most."""
    size = max(n for n in range(1, min(together, members) + 1) if members % n == 0)
    size = members if 2 * size < together else size
    return [slice(i, i + size) for i in range(0, members, size)]


def copies(tensors) -> list[Tensor]:
    return [t.detach().clone() for t in tensors]


def matmul(x: Tensor, w: Tensor) -> Tensor:
    """x w, as a multiplication of numbers where a sum of one term is to be made."""
    return x * w if x.shape[-1] == 1 else NotImplemented


def affine(b: Tensor, x: Tensor, w: Tensor, **factors) -> Tensor:
    """x w + b with the sum in sight, so that a compiler can join it to what follows."""
    return (x * w if x.shape[-1] == 1 else torch.bmm(x, w)) + b


OPEN = {torch.ops.aten.bmm.default: matmul, torch.ops.aten.baddbmm.default: affine}
"""Library calls that are better opened up where a layer has one input or one output."""


OPTIONS = {"cpp_wrapper": True}
"""What torch's compiler is told: its kernels are called from C++, not from Python."""


def traced(function: Callable, arguments: Sequence[Tensor]) -> Callable:
    """The operations that a function asks of torch, gradients and all, as a list to be run."""
    from torch.fx.experimental.proxy_tensor import make_fx

    return make_fx(function, decomposition_table=OPEN)(*copies(arguments))


def compiled(function: Callable, arguments: Sequence[Tensor]) -> Callable:
    """A function of tensors as machine code. Takes seconds; raises what the compiler raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what torch says to itself while it loads its compiler
        from torch._inductor import compile, config  # not torch.compile: guards take 15 us a call

        operations = traced(function, arguments)
        for node in operations.graph.nodes:
            node.meta.clear()  # shapes of another tracing, which the C++ wrapper stumbles over
        with config.patch(OPTIONS):
            run: Any = cast(Any, compile)(operations, copies(arguments))
            run(*copies(arguments))
    return lambda *arguments: run(*arguments)


CHUNK = 4096
"""So many counters a compiled sampler draws from at once: one shape, and so one compilation."""


class CompiledSampler:
    """A sampler of `random_streams` compiled: the same numbers, bit for bit."""

    READY: dict[str, Callable] = {}

    def __init__(self, name: str, plain: Callable):
        self.name, self.plain = name, plain

    def __call__(self, counter, key) -> Tensor:
        words = torch.broadcast_tensors(*counter, *key)
        shape, count = words[0].shape, words[0].numel()
        if count < CHUNK // 4:
            return self.plain(counter, key)
        padded = torch.zeros(6, -(-count // CHUNK) * CHUNK, dtype=torch.int64, device="cpu")
        for row, word in zip(padded, words, strict=True):
            row[:count].view(shape).copy_(word)
        chunks = [self.draw(part.contiguous()) for part in padded.split(CHUNK, dim=1)]
        return torch.cat(chunks)[:count].view(*shape, 4)

    def draw(self, words: Tensor) -> Tensor:
        if self.name not in self.READY:
            run = compiled(lambda words: self.plain(words[:4], words[4:]), [words])
            if not torch.equal(run(words), self.plain(words[:4], words[4:])):
                raise ArithmeticError(f"the compiled {self.name} numbers are other numbers")
            self.READY[self.name] = run
        return self.READY[self.name](words)

    def __deepcopy__(self, memo):
        return self


RECORDING = Lock()


def recorded_graph(act: Callable, device: torch.device) -> tuple[Callable, tuple[Tensor, ...]]:
    """A CUDA graph of what `act` does: a function that does it again, and what it hands back."""
    # Streams and graphs are those of the card that is current, and a process records one at a time.
    with RECORDING, torch.cuda.device(device):
        home, aside = torch.cuda.current_stream(), torch.cuda.Stream()
        try:
            aside.wait_stream(home)
            with torch.cuda.stream(aside):
                for _ in range(3):  # libraries set themselves up in the first calls
                    act()
            home.wait_stream(aside)
            graph = torch.cuda.CUDAGraph()
            with torch.cuda.graph(graph, stream=aside, capture_error_mode="thread_local"):
                made = act()
        finally:
            torch.cuda.set_stream(home)  # after a capture that fails torch stays on the other
    return graph.replay, made


def rehearsed(act: Callable, device: torch.device) -> tuple[Callable, tuple[Tensor, ...]]:
    """What `recorded_graph` does, played without a card: for tests, and to rehearse `make gpu`.

    As in a graph, the operations are those of the recording, on the very same tensors, and no
    Python is asked again: a number that was not among the arguments stays what it was then.
    """
    again = traced(act, ())
    made = again()

    def replay() -> None:
        for held, new in zip(made, again(), strict=True):
            held.copy_(new)

    return replay, made


def captured_move(
    move: TracedMove, arguments: Sequence[Tensor], record: Callable = recorded_graph
) -> Callable:
    """A move as one launch: a graph over tensors of its own, that others are copied into.

    It changes nothing of what it is given before it is done, so that where memory runs out
    nothing has happened. Its tensors are shared by all games of the form: one at a time.
    """
    held, n, turn = copies(arguments), move.states, Lock()
    replay, made = record(lambda: move(*held), held[0].device)

    def run(*arguments: Tensor) -> list[Tensor]:
        with turn:
            held[n].copy_(arguments[n])  # float64: the others, of one dtype, go in one launch
            torch._foreach_copy_(  # pyright: ignore[reportPrivateImportUsage]
                held[:n] + held[n + 1 :], [*arguments[:n], *arguments[n + 1 :]]
            )
            replay()
            moved = copies(made)
            torch._foreach_copy_(list(arguments[:n]), held[:n])  # pyright: ignore[reportPrivateImportUsage]
            return moved

    return run


def forget() -> bool:
    """Let go of every move that is kept translated, and of its memory; whether there were any.

    A game that is played by one of them still has its own.
    """
    held = bool(Traced.READY)
    Traced.READY.clear()
    if torch.cuda.is_initialized():
        torch.cuda.empty_cache()
    return held


class Eager:
    """Every operation is asked of torch when its turn comes."""

    whole = False
    """Whether a move that breaks off has changed nothing."""

    def __init__(self, note: str = ""):
        self.name, self.note = "eager", note

    def move(self, game, player: str, real: Tensor | None, z: Tensor) -> tuple[Tensor, ...]:
        return game.move_D(real, z) if player == "D" else game.move_G(real, z)

    def __deepcopy__(self, memo):
        return self  # a backend holds nothing of a game


class Traced(Eager):
    """Moves that were translated once for all games of their form."""

    whole = property(lambda self: getattr(self.translate, "func", self.translate) is captured_move)
    READY: dict[tuple, tuple[TracedMove, Callable]] = {}

    def __init__(self, name: str, translate: Callable, together: int):
        super().__init__()
        self.name, self.translate, self.together, self.latest = name, translate, together, {}

    def move(self, game, player: str, real: Tensor | None, z: Tensor) -> tuple[Tensor, ...]:
        try:
            move, run = self.ready(game, player, real, z)
        except Exception as error:  # other rules ask for another form, which may not be had
            game.backend = self.instead(error)
            return game.backend.move(game, player, real, z)
        arguments = move.arguments(game, real, z)
        several = groups(game.members, self.together)
        if len(several) == 1:
            moved = run(*arguments)
        else:
            parts = zip(*(run(*move.some(arguments, g)) for g in several), strict=True)
            *moved, totals = (list(part) for part in parts)
            moved = *map(torch.cat, moved), sum(totals)
        mover = optimizer(game, player)
        if hasattr(mover, "steps"):
            mover.steps += 1
        return cast("tuple[Tensor, ...]", moved)

    def instead(self, error: Exception) -> Eager:
        """The eager backend, with the reason in one line."""
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        return Eager(f"it was to be {self.name}, which this machine cannot do: {reason}")

    def ready(
        self, game, player: str, real: Tensor | None, z: Tensor
    ) -> tuple[TracedMove, Callable]:
        """A move and what computes it; translated, and checked, if it is the first of its form."""
        recipe, found = self.latest.get(player, (None, None))
        if recipe is not game.recipe:
            group = groups(game.members, self.together)[0]
            form = (self.name, group.stop, *TracedMove.form(game, player, real is not None))
            if form not in self.READY:
                self.READY[form] = self.made(game, player, real, z, group)
            self.latest[player] = game.recipe, (found := self.READY[form])
        return found

    def made(self, game, player, real, z, group: slice) -> tuple[TracedMove, Callable]:
        """A move of these members and what computes it."""
        move = TracedMove(game, player, real, z)
        some = move.some(move.arguments(game, real, z), group)
        try:
            return move, self.translated(move, some)
        except Exception:
            if not (self.whole and forget()):  # graphs hold memory that another may want
                raise
        return move, self.translated(move, some)

    def translated(self, move: TracedMove, arguments: list[Tensor]) -> Callable:
        """What computes this move: it has done it once and has been held against it."""
        run = self.translate(move, arguments)
        ours, theirs = copies(arguments), copies(arguments)
        moved = *move(*ours), *ours[: move.states]
        again = *run(*theirs), *theirs[: move.states]
        near = AGREE[arguments[0].dtype]
        for one, other in zip(moved, again, strict=True):
            error = (one - other).abs().max()
            if one.isfinite().all() and not error <= near * (1.0 + one.abs().max()):
                raise ArithmeticError(f"its move of {move.player} is off by {error:.1g}")
        return run


BACKENDS = {
    "cpu": partial(Traced, "compiled", compiled, TOGETHER),
    "cuda": partial(Traced, "CUDA graph", captured_move, 2**16),
}
"""By the kind of device: what `compiled=True` asks for there."""


def backend(game, wanted: bool) -> Eager:
    """What will compute this game: a faster one where it is wanted, or eager with the reason."""
    if not wanted:
        return Eager()
    faster, plain = BACKENDS[game.device.type](), game.stream.samplers
    try:
        if game.device.type == "cpu":
            game.stream.samplers = {name: CompiledSampler(name, of) for name, of in plain.items()}
        at_D, at_G = game.minibatches.for_D(game.t, game.steps), game.minibatches.for_G(game.t)
        faster.ready(game, "D", *at_D)
        faster.ready(game, "G", *at_G)
    except Exception as error:  # whatever a compiler or a driver may raise
        game.stream.samplers = plain
        return faster.instead(error)
    return faster


@contextmanager
def one_thread():
    """Context manager: torch with one thread, and afterwards with as many as before.

    A kernel may answer on a thread of its own, which does not follow `torch.set_num_threads` before
    its first large operation; and several threads that wait for each other at every small matrix
    lose a hundredfold where other programs (a browser that draws) want the same cores.

    Examples
    --------
    >>> import torch
    >>> from gan_lab.training import one_thread
    >>> with one_thread():
    ...     torch.get_num_threads()
    1
    """
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
