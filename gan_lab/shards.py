"""Runs that can be played elsewhere, and are kept when they are finished.

No scheduler of our own: an executor in the style of `concurrent.futures` plays the runs, and when
it breaks (a worker was killed, a machine went away) another takes the rest.
"""

from __future__ import annotations

import multiprocessing
import os
import zipfile
import zlib
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch

from gan_lab.recipe import Recipe

Executor = Callable[[], object]
"""A function that makes an executor: with `submit`, and to be used in a `with`."""

PATIENCE = 3
"""Executors that may break, one after another, without finishing a run."""


def processes(workers: int) -> Executor:
    """Makes pools of so many processes of this machine.

    Each starts anew: the copy of a process in which torch has threads may wait for them for ever.
    """
    return partial(ProcessPoolExecutor, workers, mp_context=multiprocessing.get_context("spawn"))


UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
"""What numpy raises for a file of arrays that is not whole."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one run's members: numbers by measure, (members,), and `Sweep.diverged`."""

    values: dict[str, np.ndarray]
    diverged: np.ndarray


class Folder:
    """Finished runs on disk, a file for each.

    `mark` says whose they are. Raises ValueError for a folder that holds another sweep's, or that
    cannot be one.
    """

    def __init__(self, path, mark: str):
        try:
            self.path = Path(path)
            self.path.mkdir(parents=True, exist_ok=True)
        except (OSError, TypeError, ValueError) as error:
            raise ValueError(f"a sweep cannot be kept in {str(path)!r}: {error}") from None
        kept = self.path / "sweep.txt"
        if not kept.exists():
            self.write(kept, lambda file: file.write(mark.encode()))
        elif kept.read_bytes() != mark.encode():
            raise ValueError(
                f"the folder {str(path)!r} holds another sweep: use a new one, or the same "
                "recipe, grid, seeds, measures and together_at_most"
            )

    @staticmethod
    def write(path: Path, write: Callable) -> None:
        """A file that is there whole or not at all, whatever happens meanwhile."""
        unfinished = path.with_suffix(f".{os.getpid()}.unfinished")
        with open(unfinished, "wb") as file:
            write(file)
        os.replace(unfinished, path)

    def file(self, number: int) -> Path:
        return self.path / f"run-{number:05d}.npz"

    def keep(self, number: int, out: Outcome) -> None:
        """Write one run's outcome down."""
        arrays = {f"value {name}": v for name, v in out.values.items()}
        self.write(self.file(number), lambda f: np.savez(f, diverged=out.diverged, **arrays))

    def kept(self, count: int) -> dict[int, Outcome]:
        """What is there of the first `count` runs; a file that cannot be read is played again."""
        found = {number: self.read(self.file(number)) for number in range(count)}
        return {number: out for number, out in found.items() if out is not None}

    @staticmethod
    def read(path: Path) -> Outcome | None:
        if not path.exists():
            return None
        try:
            with open(path, "rb") as file, np.load(file, allow_pickle=False) as arrays:
                values = {n[6:]: arrays[n] for n in arrays.files if n.startswith("value ")}
                return Outcome(values, arrays["diverged"])
        except UNREADABLE:
            return None


class Failed:
    """What a run raised, handed back as a value: not to be taken for a worker that died."""

    def __init__(self, error: Exception):
        self.error = error


def played(task: Callable[[Recipe], Outcome], recipe: Recipe) -> Outcome | Failed:
    """One run in a worker: on one thread, as the others need theirs."""
    torch.set_num_threads(1)
    try:
        return task(recipe)
    except Exception as error:
        return Failed(error)


def run(
    recipes: list[Recipe],
    task: Callable,
    executor: Executor | None,
    folder: Folder | None,
    progress: bool,
) -> tuple[dict[int, Outcome], str]:
    """(outcomes by number, note): every run that is not kept yet, played.

    The note is empty, or says what is missing after an interrupt.
    """
    done = {} if folder is None else folder.kept(len(recipes))
    bar = Bar(recipes, done, progress)

    def keep(number: int, out: Outcome) -> None:
        done[number] = out
        if folder is not None:
            folder.keep(number, out)

    left = [number for number in range(len(recipes)) if number not in done]
    try:
        if executor is None:
            for number in left:
                keep(number, task(recipes[number], bar.step))
                bar.finish(number)
        else:
            elsewhere(recipes, left, task, executor, lambda n, out: (keep(n, out), bar.finish(n)))
    except KeyboardInterrupt:
        return done, f"interrupted: {len(done)} of {len(recipes)} runs are finished"
    finally:
        bar.close()
    return done, ""


def elsewhere(recipes, left: list[int], task, executor: Executor, keep: Callable) -> None:
    """Give the runs to executors until all are played; see `sweep`."""
    left, barren, why = set(left), 0, None
    while left:
        before = len(left)
        with executor() as pool:
            futures: dict[Future, int] = {}
            try:
                for number in sorted(left):
                    futures[pool.submit(played, task, recipes[number])] = number
                for future in as_completed(futures):
                    why = take(future, futures[future], keep, left) or why
            except BrokenExecutor as error:  # it broke while it was given runs
                why = error
            finally:
                for future in futures:
                    future.cancel()  # after an interrupt, what has not begun need not
        barren = barren + 1 if len(left) == before else 0
        if barren == PATIENCE:
            raise RuntimeError(
                f"{PATIENCE} executors in a row broke before one of the {len(left)} runs that are "
                f"left was finished: {why}"
            )


def take(future: Future, number: int, keep: Callable, left: set[int]) -> Exception | None:
    """Keep what a future brings. A worker's death is handed back, a run's own error is raised."""
    try:
        out = future.result()
    except Exception as error:  # every kind of executor has its own for a worker that died
        return error
    if isinstance(out, Failed):
        raise out.error
    left.discard(number)
    keep(number, out)
    return None


class Bar:
    """A bar with the time that is left, in iterations of single games; none unless it is wanted."""

    def __init__(self, recipes: list[Recipe], done, wanted: bool):
        self.sizes = [r.iterations * r.members for r in recipes]
        self.bar, self.under_way = None, 0
        if wanted:
            from tqdm.auto import tqdm

            first = sum(self.sizes[number] for number in done)
            self.bar = tqdm(total=sum(self.sizes), initial=first, unit="it", unit_scale=True)

    def step(self, iterations: int) -> None:
        """The run that is played here has done so many more."""
        self.under_way += iterations
        if self.bar is not None:
            self.bar.update(iterations)

    def finish(self, number: int) -> None:
        """A run is finished, if need be before all its iterations."""
        if self.bar is not None:
            self.bar.update(self.sizes[number] - self.under_way)
        self.under_way = 0

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
