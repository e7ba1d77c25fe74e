"""Finished runs in a folder, for any number of sweeps and of processes at a time.

A run lies in a file of its own, named by all that decides its numbers (its key), which the file
repeats. The first line is the SHA-256 of what follows: a file that is cut, changed in one bit, or
of another run is not read but played again. A file is there whole or not at all.

Whoever plays a run claims it, so that a second process on the same folder plays others. A claim is
worth something only as long as its owner lives: each owner holds a lock on a file of its own, which
the system takes back when a process ends in whatever way. Where there are no such locks, or the
folder cannot be written to, nothing is claimed, and at worst a run is played twice.
"""

from __future__ import annotations

import json
import os
import time
import uuid
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np

from gan_lab.core.files import whole_file
from gan_lab.sweeps.provenance import digest

try:
    import fcntl
except ImportError:  # not on Windows
    fcntl = None

OWNERS: weakref.WeakSet[Claims] = weakref.WeakSet()
if hasattr(os, "register_at_fork"):  # a child that outlives its parent holds no claim of it
    os.register_at_fork(after_in_child=lambda: [owner.forget() for owner in list(OWNERS)])

PATIENT = 10.0
"""Seconds to wait for another process that looks at the claims, which takes it milliseconds."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What became of one run's members: numbers by measure, and who diverged.

    Parameters
    ----------
    values : dict of str to ndarray of shape (members,)
        What each measure says at the end of each game; nan where it did not finish.
    diverged : ndarray of int of shape (members,)
        As `Sweep.diverged`.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.sweeps import Outcome
    >>> Outcome({"jsd": np.array([0.25])}, np.zeros(1, int)).values["jsd"].tolist()
    [0.25]
    """

    values: dict[str, np.ndarray]
    diverged: np.ndarray

    def fits(self, key: dict) -> bool:
        """Whether it has a number of each of the key's measures for each of its members."""
        shapes = {v.shape for v in (*self.values.values(), self.diverged)}
        return set(self.values) == set(key["measures"]) and shapes == {(key["recipe"]["members"],)}


class Folder:
    """Finished runs on disk, by their keys: tables of what JSON can hold.

    Parameters
    ----------
    path : str or path
        The folder, which is made where there is none.

    Raises
    ------
    ValueError
        In one sentence, for a folder that there cannot be.

    Examples
    --------
    >>> import tempfile
    >>> import numpy as np
    >>> from gan_lab.sweeps import Folder, Outcome
    >>> with tempfile.TemporaryDirectory() as path:
    ...     folder, key = Folder(path), {"recipe": {"members": 1}, "measures": {"jsd": ""}}
    ...     folder.keep(key, Outcome({"jsd": np.array([0.25])}, np.zeros(1, int)))
    ...     folder.kept(key).values["jsd"].tolist()
    [0.25]
    """

    def __init__(self, path):
        try:
            self.path = Path(path)
            self.path.mkdir(parents=True, exist_ok=True)
        except (OSError, TypeError, ValueError) as error:
            raise ValueError(f"a sweep cannot be kept in {str(path)!r}: {error}") from None
        self.claims = Claims(self.path)

    def file(self, key: dict) -> Path:
        return self.path / f"run-{digest(text_of(key).encode())[:24]}.json"

    def keep(self, key: dict, out: Outcome) -> None:
        """Write one run's outcome down. Raises OSError where that cannot be."""
        values = {name: v.tolist() for name, v in out.values.items()}
        table = {"key": key, "values": values, "diverged": out.diverged.tolist()}
        text = text_of(table).encode()
        with whole_file(self.file(key)) as part:
            part.write_bytes(digest(text).encode() + b"\n" + text)

    def kept(self, key: dict) -> Outcome | None:
        """What is there of a run; None where that is nothing, or nothing that can be trusted."""
        return self.read(self.file(key), key)

    @staticmethod
    def read(path: Path, key: dict | None = None) -> Outcome | None:
        """The outcome in a file, if that is whole and, where a key is given, of that key."""
        try:
            seal, _, text = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if seal != digest(text).encode():
            return None
        try:
            table = json.loads(text)
            values = {name: np.array(v, dtype=float) for name, v in table["values"].items()}
            out = Outcome(values, np.array(table["diverged"], dtype=np.int64))
        except Exception:  # whatever somebody else has sealed
            return None
        right = key is None or (table["key"] == json.loads(text_of(key)) and out.fits(key))
        return out if right else None

    def claim(self, key: dict) -> bool:
        """Whether a run is ours to be played: nobody else who lives has claimed it."""
        return self.claims.take(self.file(key).stem)

    def release(self, key: dict) -> None:
        """Leave a run to others, as it is finished or will not be."""
        self.claims.leave(self.file(key).stem)

    def close(self) -> None:
        self.claims.close()


def text_of(table: dict) -> str:
    return json.dumps(table, sort_keys=True)


class Claims:
    """Which runs of a folder are being played, and by which owner."""

    def __init__(self, path: Path):
        self.path, self.me, self.ours, self.lock = path, uuid.uuid4().hex, set(), None
        OWNERS.add(self)

    def take(self, name: str) -> bool:
        """Claim a run; False where an owner who lives has it."""
        if name in self.ours or not self.here():
            return True
        try:
            with self.alone():
                owner = self.owner_of(name)
                if owner not in ("", self.me) and self.lives(owner):
                    return False
                self.claim_of(name).write_text(self.me)
        except OSError:
            return True
        self.ours.add(name)
        return True

    def leave(self, name: str) -> None:
        if name in self.ours:
            self.ours.discard(name)
            with suppress(OSError), self.alone():
                if self.owner_of(name) == self.me:
                    self.claim_of(name).unlink()

    def close(self) -> None:
        """Leave everything, and take what this owner has written away."""
        for name in list(self.ours):
            self.leave(name)
        if self.lock is not None:
            with suppress(OSError):
                self.owner_file(self.me).unlink()
            self.lock.close()
            self.lock = None

    def forget(self) -> None:
        """Hold nothing any more, and leave what is written to who does."""
        if self.lock is not None:
            self.lock.close()
        self.lock, self.ours = None, set()

    def here(self) -> bool:
        """Whether claims can be made: this owner then holds the lock that says it lives."""
        if self.lock is None and fcntl is not None:
            with suppress(OSError):
                self.lock = open(self.owner_file(self.me), "w")  # noqa: SIM115
                hold(self.lock)
        return self.lock is not None

    def lives(self, owner: str) -> bool:
        """Whether an owner still holds its lock; the file of one that does not is taken away."""
        try:
            with open(self.owner_file(owner), "r+") as file:
                hold(file)
        except BlockingIOError:
            return True
        except OSError:
            return False
        with suppress(OSError):
            self.owner_file(owner).unlink()
        return False

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While one process looks at the claims no other does. OSError where that cannot be."""
        with open(self.path / "claims.lock", "w") as file:
            until(lambda: hold(file), PATIENT)
            yield

    def owner_of(self, name: str) -> str:
        """Who has claimed a run; nobody where that cannot be read."""
        try:
            owner = self.claim_of(name).read_text()
        except (OSError, ValueError):
            return ""
        return owner if len(owner) == 32 and owner.isalnum() else ""

    def claim_of(self, name: str) -> Path:
        return self.path / f"{name}.claim"

    def owner_file(self, owner: str) -> Path:
        return self.path / f"{owner}.owner"


def hold(file: IO) -> None:
    """Lock an open file; BlockingIOError where another holds it, OSError where nothing can."""
    if fcntl is None:
        raise OSError("this system has no locks of files")
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def until(lock: Callable[[], None], seconds: float) -> None:
    """Try to lock until it works, or raise what it raised after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            return lock()
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
