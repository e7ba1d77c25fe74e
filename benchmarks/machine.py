"""Where a benchmark ran, in one line that every table begins with.

Numbers belong to a machine, and not only times: processors differ in the last bit of a matrix
product, and a game enlarges that until it is another game by the same recipe.
"""

from __future__ import annotations

import json
import math
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import torch


def from_cpuinfo() -> str:
    """The model as Linux has it."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    named = (line.split(":", 1)[1] for line in lines if line.startswith("model name"))
    return next(named, "")


def from_sysctl() -> str:
    """The model as macOS has it."""
    command = ["sysctl", "-n", "machdep.cpu.brand_string"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def processor() -> str:
    """The processor's model, or the kind of machine where the system does not say more."""
    for ask in (from_cpuinfo, from_sysctl, platform.processor):
        try:
            found = " ".join(ask().split())
        except (OSError, subprocess.CalledProcessError):
            continue
        if found:
            return found
    return platform.machine()


def record(file: Path, **found: dict) -> None:
    """Write what was found, by its name, and where: as JSON, in lines that can be compared."""
    text = json.dumps({"machine": machine(), **found}, separators=(",", ":"))
    file.write_text(text.replace('],"', '],\n"').replace('},"', '},\n"') + "\n")


def kept(values) -> list[float | None]:
    """Four digits; None for a game that diverged."""
    return [None if math.isnan(value) else round(float(value), 4) for value in values]


def machine(*packages: str) -> str:
    """Processor, cores, Python, torch, numpy and what else is named, with their versions."""
    others = [f"{name} {version(name)}" for name in ("numpy", *packages)]
    kernels = torch.backends.cpu.get_cpu_capability()  # AVX512, AVX2, DEFAULT ...
    return (
        f"Processor: {processor()}, {platform.machine()}, {os.cpu_count()} cores. "
        f"Python {platform.python_version()}, torch {torch.__version__} ({kernels} kernels), "
        f"{', '.join(others)}."
    )
