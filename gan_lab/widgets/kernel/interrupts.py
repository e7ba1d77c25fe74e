"""Interrupting the kernel stops the games that play in it.

Python's KeyboardInterrupt would not do: raised on the main thread, it may break off a move or an
answer that the front end waits for, and from ipykernel 7 on a widget's messages may be answered on
another thread, which it does not reach. So the signal is noticed, and the games are told: while an
ask is answered on the main thread, between two messages, by the handler that the kernel puts back
after each, and at the end of a cell that was interrupted.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sys
import threading
import weakref

STOPPED = (KeyboardInterrupt, asyncio.CancelledError)
"""What ends a cell that is interrupted, a plain one and one that awaits."""

_sessions = weakref.WeakSet()
_shells = weakref.WeakSet()


def heed(session) -> None:
    """From now on an interrupt of the kernel, if there is one, calls `session.interrupt()`.

    To be called in a cell: signals are the main thread's.
    """
    _sessions.add(session)
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    kernel = getattr(shell, "kernel", None)
    if shell is None or kernel is None or threading.current_thread() is not threading.main_thread():
        return
    if shell not in _shells:
        shell.events.register("post_run_cell", interrupted_cell_ended)
        _shells.add(shell)
    before = getattr(kernel, "saved_sigint_handler", None)  # until this cell ends
    if before is not None and not isinstance(before, Noticed):
        kernel.saved_sigint_handler = Noticed(before)


class Noticed:
    """A handler of the signal that tells the games, and then does what another one did."""

    def __init__(self, before):
        self.before = before

    def __call__(self, number, frame):
        tell()
        if callable(self.before):
            self.before(number, frame)


@contextlib.contextmanager
def noticed():
    """While this lasts an interrupt is told to the games, and raises nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, Noticed(None))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if before is None else before)


def interrupted_cell_ended(result) -> None:
    """A cell has ended: if it was interrupted, so is all that plays."""
    if isinstance(getattr(result, "error_in_exec", None), STOPPED):
        tell()


def tell() -> None:
    for session in list(_sessions):
        session.interrupt()
