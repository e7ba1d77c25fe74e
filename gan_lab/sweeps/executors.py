"""Runs that are played by executors: what goes there, what comes back, and who has died.

No scheduler of our own: an executor in the style of `concurrent.futures` plays the runs, and when
it breaks (a worker was killed, a machine went away) another takes the rest. A run goes out as bytes
and what it raises comes back as words, so that nothing an executor does not know how to carry is
taken for a death.
"""

from __future__ import annotations

import multiprocessing
import pickle
import time
import traceback
import uuid
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from gan_lab.core.validation import quoted
from gan_lab.training.backends import one_thread

try:
    from cloudpickle import dumps  # which comes with Dask, and carries a notebook's functions
except ImportError:
    from pickle import dumps

Executor = Callable[[], Any]
"""A function that makes an executor: with `submit`, and to be used in a `with`."""

MAX_RETRIES = 3
"""Executors that may break, one after another, without finishing a run."""

LOOK = 1.0
"""Seconds after which an executor that has brought nothing is looked at."""

SILENCE = 60.0
"""Seconds for which a cluster may be without its scheduler, or without any worker it had."""


def processes(workers: int) -> Executor:
    """Play a sweep in parallel: makes pools of so many processes of this machine.

    Each starts anew: the copy of a process in which torch has threads may wait for them for ever.

    Parameters
    ----------
    workers : int
        How many processes.

    Returns
    -------
    callable
        What `sweep` takes as `executor`.

    Examples
    --------
    >>> from gan_lab.sweeps import processes
    >>> callable(processes(2))
    True
    """
    return partial(ProcessPoolExecutor, workers, mp_context=multiprocessing.get_context("spawn"))


class BrokenError(RuntimeError):
    """Raised when executors broke, one after another, and some runs were not played.

    Examples
    --------
    >>> from gan_lab.sweeps import BrokenError
    >>> issubclass(BrokenError, Exception)
    True
    """


class ElsewhereError(Exception):
    """The cause of an error that was raised in a worker: its traceback there, as text."""

    def __str__(self) -> str:
        return f"\n{self.args[0]}"


@dataclass(frozen=True)
class Failure:
    """What a run raised, in words, and as bytes where those can be read back."""

    kind: str
    said: str
    notes: list[str] = field(default_factory=list)
    traceback: str = ""
    pickled: bytes = b""

    @classmethod
    def of(cls, error: BaseException) -> Failure:
        """Never raises, whatever the error is."""
        try:
            said = str(error)
        except Exception:
            said = "an error that cannot be printed"
        notes = [str(note) for note in getattr(error, "__notes__", ())]
        words = "".join(traceback.format_exception(error))
        return cls(type(error).__name__, said, notes, words, carried(error))

    def error(self) -> Exception:
        """The error itself where it could be carried, else one that says what it was."""
        try:
            error = pickle.loads(self.pickled) if self.pickled else None
        except Exception:  # readable there, and not here
            error = None
        if error is None:
            said = f"a run raised {self.kind}, {'; '.join(self.notes)}: {self.said}"
            error = RuntimeError(said)
        else:
            error.__notes__ = list(self.notes)
        error.__cause__ = ElsewhereError(self.traceback)
        return error


def carried(error: BaseException) -> bytes:
    """An error as bytes, or none where it would not come back as it was."""
    if not isinstance(error, Exception):
        return b""  # SystemExit would end the program that asks for the results
    try:
        data = pickle.dumps(error)
        again = pickle.loads(data)
        return data if type(again) is type(error) and str(again) == str(error) else b""
    except Exception:
        return b""


def bundled(task: Callable, recipe):
    """A run as bytes; where those cannot be made, as it is, for executors of this process."""
    try:
        return dumps((task, recipe))
    except Exception:
        return task, recipe


def run_in_worker(bundle, name: str):
    """One run in a worker, on one thread, as the others need theirs. Never raises an error.

    `name` is another for every try, so that no executor takes two for the same.
    """
    try:
        with one_thread():
            task, recipe = pickle.loads(bundle) if isinstance(bundle, bytes) else bundle
            return task(recipe)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Failure.of(error)


def run_remote(recipes: dict, task: Callable, executor: Executor, keep: Callable) -> None:
    """Give runs, by number, to executors until all are played; `keep(number, outcome)` each.

    Raises what a run raised, after all that was finished is kept, and `BrokenError`.
    """
    left, barren, why = dict(recipes), 0, None
    while left:
        before = len(left)
        round_ = Round(task, keep, left)
        why = round_.play(executor) or why
        if round_.failure is not None:
            raise round_.failure.error()
        barren = barren + 1 if len(left) == before else 0
        if barren == MAX_RETRIES:
            raise BrokenError(
                f"{MAX_RETRIES} executors in a row broke before one of the {len(left)} runs that "
                f"are left was finished: {why}"
            )


class Round:
    """What one executor plays of the runs that are left, until it has done so or breaks."""

    def __init__(self, task: Callable, keep: Callable, left: dict):
        self.task, self.keep, self.left = task, keep, left
        self.futures: dict[Future, int] = {}
        self.failure: Failure | None = None
        self.why: str | None = None

    def play(self, executor: Executor) -> str | None:
        """Why the executor broke, if it did."""
        try:
            with ExitStack() as stack:
                pool = stack.enter_context(executor())
                try:
                    self.give(pool)
                    if self.gather(SchedulerWatch(pool)):
                        self.futures.clear()  # nobody is there who could cancel them,
                        stack.pop_all()  # nor end what the executor would wait for
                finally:
                    for future in self.futures:
                        future.cancel()  # after an interrupt, what has not begun need not
        except Exception as error:  # every kind of executor has its own for what went wrong
            self.why = words(error)
        finally:
            for future in [f for f in self.futures if f.done()]:
                self.take(future)  # what ran on while the executor was closed
        return self.why

    def give(self, pool) -> None:
        for number, recipe in list(self.left.items()):
            bundle = bundled(self.task, recipe)
            self.futures[pool.submit(run_in_worker, bundle, uuid.uuid4().hex)] = number

    def gather(self, watch: SchedulerWatch) -> bool:
        """Take what comes until there is nothing left to come; True where the executor is gone."""
        pending = set(self.futures)
        while pending and self.failure is None:
            done, pending = wait(pending, LOOK, FIRST_COMPLETED)
            for future in done:
                self.take(future)
            if not done and (gone := watch.gone()):
                self.why = gone
                return True
        return False

    def take(self, future: Future) -> None:
        """Keep what a future brings; what it raises is no run's doing but an executor's."""
        number = self.futures.pop(future)
        try:
            out = future.result()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # asyncio's CancelledError, for one, is no Exception
            self.why = self.why if future.cancelled() and self.why else words(error)
            return
        if isinstance(out, Failure):
            self.failure = self.failure or out
        else:
            del self.left[number]
            self.keep(number, out)


def words(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class SchedulerWatch:
    """Looks after an executor whose futures would never say that it is gone: Dask's.

    A client knows whether it is connected and which workers there are; others are trusted.
    """

    def __init__(self, pool):
        self.client: Any = getattr(pool, "_client", None)
        self.had_workers, self.well = False, time.monotonic()

    def gone(self) -> str | None:
        """Why nothing will come any more, or None."""
        status = getattr(self.client, "status", None)
        if status in ("closed", "closing"):
            return f"the Dask client is {status}, as its scheduler is gone"
        missing = self.missing(status)
        if missing is None:
            self.well = time.monotonic()
        elif time.monotonic() - self.well > SILENCE:
            return f"the Dask client has been without {missing} for {SILENCE:g} seconds"
        return None

    def missing(self, status) -> str | None:
        if status != "running":
            return "its scheduler" if status == "connecting" else None
        try:
            workers = len(self.client.scheduler_info()["workers"])
        except Exception as error:
            return f"an answer ({quoted(error)})"
        self.had_workers |= workers > 0
        return "workers" if self.had_workers and not workers else None
