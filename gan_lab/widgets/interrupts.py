"""Interrupting the kernel stops the games that play in it.

Up to ipykernel 6 a widget's messages are answered on the main thread, and there an interrupt is a
KeyboardInterrupt. From 7 on they may be answered on a thread of their own, which no signal
reaches; and between two messages every kernel ignores the signal. So it is noticed in two more
places: by the handler that the kernel puts back after each message, and at the end of a cell that
it stopped.
"""

from __future__ import annotations

import asyncio
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
    if kernel is None or threading.current_thread() is not threading.main_thread():
        return
    if shell not in _shells:
        shell.events.register("post_run_cell", after_cell)
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


def after_cell(result) -> None:
    """A cell has ended: if it was interrupted, so is all that plays."""
    if isinstance(getattr(result, "error_in_exec", None), STOPPED):
        tell()


def tell() -> None:
    for session in list(_sessions):
        session.interrupt()
