"""While a cell of the notebook runs, it has the games for itself.

From ipykernel 7 on a widget's messages may be answered on another thread while a cell runs. A game
that went on then would move under the hands of the cell that plays it, and torch has one number of
threads for all. So a cell waits until the ask that is under way has made room, and those that come
meanwhile wait until the cell has ended: as they do in a kernel that has but one thread. Where the
cell has moved a game, its views are told to look again.
"""

from __future__ import annotations

import sys
import threading
import weakref

_sessions = weakref.WeakSet()
_shells = weakref.WeakSet()


class Cell:
    """The cell that runs, with those that it runs itself, and the games that it has."""

    def __init__(self):
        self.request, self.depth, self.held = None, 0, []

    def begins(self, request) -> None:
        if request != self.request:  # of whatever was before, nobody told the end
            self.request, self.depth = request, 0
        self.depth += 1

    def take(self, session) -> None:
        """The game, as soon as its present ask has made room."""
        session.wanted, got = True, session in self.held
        while not got:
            try:
                got = session.lock.acquire()
                self.held.append(session)
            except KeyboardInterrupt:
                session.interrupt()
        session.wanted = False

    def ends(self) -> None:
        self.depth -= 1
        while self.depth <= 0 and self.held:
            session = self.held.pop()
            session.lock.release()
            session.tell_views()


now = Cell()


def share_with_cells(session) -> None:
    """From now on every cell has this game while it runs; to be called in one."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is None or getattr(shell, "kernel", None) is None or not on_main_thread():
        return
    _sessions.add(session)
    if shell not in _shells:
        shell.events.register("pre_run_cell", before_cell)
        shell.events.register("post_run_cell", cell_ended)
        _shells.add(shell)
        now.begins(request_of(shell))
    if now.depth:
        now.take(session)


def before_cell(info) -> None:
    if on_main_thread():
        now.begins(request_of(sys.modules["IPython"].get_ipython()))
        for session in list(_sessions):
            now.take(session)


def cell_ended(result) -> None:
    if on_main_thread():
        now.ends()


def on_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()


def request_of(shell):
    """Which message asked for the cell; a cell that another one runs has the same."""
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    return parent.get("header", {}).get("msg_id")
