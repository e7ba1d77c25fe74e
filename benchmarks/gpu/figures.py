"""A stage's figures: a table in Markdown that is whole on the disk after every row of it."""

from __future__ import annotations

import datetime
import importlib.metadata
import os
import platform
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

import numpy
import torch


class Clock:
    """Until when a stage may go on: when it is over, no other row is begun."""

    def __init__(self, end: float):
        self.end = end

    @property
    def over(self) -> bool:
        return time.monotonic() >= self.end


class Figures:
    """A table that is written down as it grows, and what there is to say about it.

    `failed` counts the rows that are not as they must be. `device` is "cuda", or "cpu" in a
    rehearsal, which the head of the file says.
    """

    def __init__(self, path: Path, title: str, device: str, columns: Sequence[str], how: str):
        self.path, self.failed, self.said, self.rows = path, 0, [], []
        self.head = [f"# {title}", "", *machine(device), "", how, ""]
        self.columns = columns
        self.write()

    def row(self, *cells, good: bool = True) -> None:
        """Another line of the table; `good` says whether it is as it must be."""
        self.failed += not good
        self.rows.append([str(cell).replace("|", "/") for cell in cells])
        self.write()

    def say(self, words: str, good: bool = True) -> None:
        """A sentence below the table."""
        self.failed += not good
        self.said.append(" ".join(words.split()))
        self.write()

    def not_reached(self, names: Sequence) -> None:
        """Say which rows the time did not suffice for."""
        if names:
            self.say(
                f"Not reached in the time of this stage ({len(names)}): "
                + ", ".join(map(str, names))
                + "."
            )

    def write(self) -> None:
        """The file, at once whole: a reader or a machine that stops never sees half of it."""
        table = [self.columns, ["---"] * len(self.columns), *self.rows]
        lines = self.head + [f"| {' | '.join(row)} |" for row in table]
        lines += [line for words in self.said for line in ("", words)]
        whole(self.path, "\n".join([*lines, ""]))


def whole(path: Path, text: str) -> None:
    """Write a file, all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(text)
    os.replace(beside, path)


def machine(device: str) -> list[str]:
    """What it was measured on, and with which versions."""
    today = datetime.datetime.now(datetime.UTC).date()
    versions = [f"Python {platform.python_version()}", f"torch {torch.__version__}"]
    versions += [f"numpy {numpy.__version__}", f"JAX {version('jax')}"]
    return [
        f"- card: {card(device)}",
        f"- processor: {processor()}, {os.cpu_count()} cores, torch uses "
        f"{torch.get_num_threads()} threads",
        f"- versions: {', '.join(versions)}; {today}",
    ]


def card(device: str) -> str:
    """The card's name, memory, driver and CUDA version, or that there is none in this run."""
    if device == "cpu":
        return "none: this is a rehearsal on the CPU, and says nothing about a card"
    of = torch.cuda.get_device_properties(device)
    memory, capability = of.total_memory / 2**30, f"{of.major}.{of.minor}"
    return (
        f"{of.name}, {memory:.0f} GiB, compute capability {capability}, "
        f"driver {driver()}, CUDA {torch.version.cuda}"
    )


def driver() -> str:
    """The version of the card's driver, as the driver's own tool has it."""
    ask = ["nvidia-smi", "--query-gpu=driver_version", "--format=csv,noheader"]
    try:
        said = subprocess.run(ask, capture_output=True, text=True, timeout=10, check=True).stdout
        return said.split()[0]
    except (OSError, subprocess.SubprocessError, IndexError):
        return "unknown"


def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def version(package: str) -> str:
    """The version of a package, or that it is not here."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
