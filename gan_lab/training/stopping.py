"""How a long move is told to stop, without harm to its game.

Whoever wants to be able to stop says so for a thread, with `stoppable`. A move then looks whether
it is to stop before it begins and, where it may take long, before every operation of torch, also on
the way backwards. From `must_end` on it goes to its end: so a move is made wholly or not at all.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from functools import wraps

from torch.utils._python_dispatch import TorchDispatchMode


class Stopped(KeyboardInterrupt):
    """Raised by a move that was told to stop, and nothing of which has happened.

    Examples
    --------
    >>> from gan_lab.training import Stopped
    >>> issubclass(Stopped, KeyboardInterrupt)
    True
    """


class Watch(TorchDispatchMode):
    """While it lasts, every operation of torch looks first whether it is to stop."""

    def __init__(self, stop: Callable[[], bool]):
        super().__init__()
        self.stop = stop

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        return False  # torch would load its compiler, seconds of it, to keep it away from here

    def __torch_dispatch__(self, operation, types, arguments=(), words=None):
        if self.stop():
            raise Stopped
        return operation(*arguments, **(words or {}))


class Here(threading.local):
    """What holds in this thread: whether to stop, and who watches the present move."""

    stop: Callable[[], bool] | None = None
    watched: ExitStack | None = None  # closed when the move must end


here = Here()


@contextmanager
def stoppable(stop: Callable[[], bool]):
    """Context manager: moves of this thread raise `Stopped` soon after `stop()` is true.

    Parameters
    ----------
    stop : callable
        Without arguments; asked between moves and, of large ones, between their operations.

    Examples
    --------
    >>> from gan_lab import Recipe, Training
    >>> from gan_lab.training import Stopped, stoppable
    >>> game = Training(Recipe(G=(4,), D=(4,), m=8), device="cpu")
    >>> try:
    ...     with stoppable(lambda: True):
    ...         game.update_discriminator()
    ... except Stopped:
    ...     game.turn
    'start'
    """
    before, here.stop = here.stop, stop
    try:
        yield
    finally:
        here.stop = before


def breakable(act: Callable) -> Callable:
    """A method of a game that may be told to stop; of a `heavy` one between its operations."""

    @wraps(act)
    def run(game, *given, **named):
        if here.stop is None:
            return act(game, *given, **named)
        if here.stop():
            raise Stopped
        if here.watched or not game.heavy:
            return act(game, *given, **named)
        with ExitStack() as here.watched:
            here.watched.enter_context(Watch(here.stop))
            try:
                return act(game, *given, **named)
            finally:
                must_end()
                here.watched = None

    return run


def must_end() -> None:
    """From here on the present move is not told to stop: it begins to change its game."""
    if here.watched:
        here.watched.close()
