"""The runs of a sweep: played here or by executors, kept as they finish, and shared with others."""

from __future__ import annotations

import os
import time
from functools import partial

from gan_lab.sweeps.executors import BrokenError, Executor, processes, run_remote
from gan_lab.sweeps.kept_runs import Folder, Outcome
from gan_lab.training.recipe import Recipe

__all__ = ["Executor", "Folder", "Outcome", "processes", "run"]

SOON = 3.0
"""Seconds after which a sweep says how far it is, if nobody asked for it sooner."""

WAIT = 0.5
"""Seconds between looks at runs that another process is playing."""


def run(
    recipes: list[Recipe],
    task: partial,
    executor: Executor | None,
    folder: Folder | None,
    keys: list[dict],
    progress: bool | None,
) -> tuple[dict[int, Outcome], str]:
    """(outcomes by number, note): every run that is not kept yet, played.

    The note is empty, or says in a sentence each what is missing after an interrupt or after the
    executors broke, and what could not be kept. Raises what a run raises.
    """
    runs = Runs(recipes, task, executor, folder, keys, progress)
    try:
        runs.play()
    except KeyboardInterrupt:
        runs.notes.append(f"interrupted: {runs.share()}")
    except BrokenError as error:
        if not runs.done:
            raise
        runs.notes.append(f"{error}; {runs.share()}")
    finally:
        runs.close()
    return runs.done, "; ".join([*runs.notes, *runs.unkept()])


class Runs:
    """What is done of a sweep's runs, what is left, and what did not go as it should."""

    def __init__(self, recipes, task: partial, executor, folder, keys, progress):
        self.recipes, self.task, self.executor = recipes, task, executor
        self.folder, self.keys = folder, keys
        self.done: dict[int, Outcome] = {}
        self.notes: list[str] = []
        self.lost: list[OSError] = []  # why runs could not be kept, one for each
        self.take_kept()
        self.bar = Bar(recipes, self.done, progress)

    def play(self) -> None:
        """All runs that are left; those that others have claimed, when they are finished or free.

        Here one is claimed at a time, so that several processes share the runs; an executor is
        given all that are free.
        """
        while self.left():
            for number in self.take_kept():
                self.bar.finish(number)
            ours = self.claimed(None if self.executor else 1)
            if self.executor is not None and ours:
                recipes = {number: self.recipes[number] for number in ours}
                run_remote(recipes, self.task, self.executor, self.keep)
            elif ours:
                self.bar.say(self.task.keywords.get("compiled", False) and "compiling")
                self.keep(ours[0], self.task(self.recipes[ours[0]], self.bar.step))
            elif self.left():
                self.bar.say("another process is playing the rest")
                time.sleep(WAIT)

    def left(self) -> list[int]:
        return [number for number in range(len(self.recipes)) if number not in self.done]

    def take_kept(self) -> list[int]:
        """Read what is in the folder by now of what is left."""
        if self.folder is None:
            return []
        found = {number: self.folder.kept(self.keys[number]) for number in self.left()}
        new = {number: out for number, out in found.items() if out is not None}
        self.done |= new
        return list(new)

    def claimed(self, most: int | None) -> list[int]:
        """Runs that are free, and now ours."""
        if self.folder is None:
            return self.left()[:most]
        ours = []
        for number in self.left():
            if len(ours) == most:
                break
            if self.folder.claim(self.keys[number]):
                ours.append(number)
        return [number for number in ours if not self.finished_meanwhile(number)]

    def finished_meanwhile(self, number: int) -> bool:
        """Whether another process finished a run between a look at it and our claim."""
        out = self.folder.kept(self.keys[number])
        if out is not None:
            self.done[number] = out
            self.folder.release(self.keys[number])
            self.bar.finish(number)
        return out is not None

    def keep(self, number: int, out: Outcome) -> None:
        """A run is finished: in memory whatever happens, and in the folder where that can be."""
        self.done[number] = out
        self.bar.finish(number)
        if self.folder is not None:
            try:
                self.folder.keep(self.keys[number], out)
            except OSError as error:
                self.lost.append(error)
            self.folder.release(self.keys[number])

    def share(self) -> str:
        return f"{len(self.done)} of {len(self.recipes)} runs are finished"

    def unkept(self) -> list[str]:
        if not self.lost:
            return []
        return [
            f"{len(self.lost)} of {len(self.recipes)} runs could not be kept in "
            f"{str(self.folder.path)!r} ({self.lost[-1]}) and are in this sweep alone"
        ]

    def close(self) -> None:
        self.bar.close()
        if self.folder is not None:
            self.folder.close()


class Bar:
    """A bar with the time that is left, in iterations of single games.

    It is there at once where it is `wanted`; where that is None, when there is something long to
    wait for: after `SOON`, or while nothing is played. Not in the book, whose pages are made once.
    """

    def __init__(self, recipes: list[Recipe], done, wanted: bool | None):
        self.sizes = [r.iterations * r.members for r in recipes]
        self.bar, self.under_way, self.said = None, 0, ""
        if wanted is None and os.environ.get("GAN_LAB_STATIC") == "1":
            wanted = False
        if wanted is not False:
            from tqdm.auto import tqdm

            first = sum(self.sizes[number] for number in done)
            self.bar = tqdm(
                total=sum(self.sizes),
                initial=first,
                unit="it",
                unit_scale=True,
                delay=SOON if wanted is None else 0,
            )

    def step(self, iterations: int) -> None:
        """The run that is played here has done so many more."""
        self.under_way += iterations
        self.say("")
        if self.bar is not None:
            self.bar.update(iterations)

    def say(self, words: str | bool) -> None:
        """What is going on instead of iterations; nothing when they go on."""
        if self.bar is not None and (words or "") != self.said:
            self.said = str(words or "")
            self.bar.set_description(self.said, refresh=bool(words))
            self.bar.delay = 0 if words else self.bar.delay  # it has been shown

    def finish(self, number: int) -> None:
        """A run is finished, if need be before all its iterations."""
        if self.bar is not None:
            self.bar.update(self.sizes[number] - self.under_way)
        self.under_way = 0

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
