"""Runs the stages one after another, each in a process of its own that is ended after a minute.

`python -m benchmarks.gpu [--device cuda|cpu] [--out FOLDER] [STAGE ...]`; without options the
device is `$GPU_DEVICE` or cuda, the folder `$OUT` or this one (of a rehearsal, `_build/gpu`). The
exit status is 0 where everything is as it must be.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

BEGAN = time.monotonic()  # before torch is imported, which takes its part of a stage's time
os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")  # JAX would take most of the card

LIMIT = 60
"""So many seconds a stage has, its start included."""
FAILED = 3
"""The exit status of a stage whose figures say what is wrong; Python's own, of an error, is 1."""
STAGES = ("parity", "graphs", "memory", "speed", "pictures", "beside_jax", "crossover")
HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def main(words: list[str] | None = None) -> int:
    """Run what is asked for; the exit status."""
    asked = read(words)
    if asked.device == "cuda" and (why := no_card()):
        print(f"There is no CUDA card here ({why}): make gpu GPU_DEVICE=cpu rehearses without one.")
        return 2
    if asked.inside:
        return stage(asked.stages[0], asked.device, asked.out, BEGAN + asked.seconds)
    status = 0
    for name in asked.stages:
        began = time.monotonic()
        said = apart(name, asked.device, asked.out, asked.seconds)
        took = f"({time.monotonic() - began:.0f} s)"
        print(f"{name}: {said or 'as it must be'} {took}", flush=True)
        status = 1 if said else status
    print(f"The figures are in {asked.out}.")
    return status


def read(words: list[str] | None) -> argparse.Namespace:
    """The options."""
    reader = argparse.ArgumentParser("python -m benchmarks.gpu", description=__doc__)
    reader.add_argument("stages", nargs="*", metavar="STAGE", help=", ".join(STAGES))
    reader.add_argument("--device", default=os.environ.get("GPU_DEVICE") or "cuda")
    reader.add_argument("--out", type=Path, default=None)
    reader.add_argument("--seconds", type=float, default=50.0, help="after so many a stage stops")
    reader.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = reader.parse_args(words)
    if asked.device not in ("cuda", "cpu"):
        reader.error(f"the device must be cuda, or cpu for a rehearsal, not {asked.device!r}")
    if strange := [name for name in asked.stages if name not in STAGES]:
        reader.error(f"there is no stage {strange[0]!r}: they are {', '.join(STAGES)}")
    asked.stages = asked.stages or list(STAGES)
    usual = HERE if asked.device == "cuda" else ROOT / "_build" / "gpu"
    asked.out = (asked.out or Path(os.environ.get("OUT") or usual)).resolve()
    return asked


def no_card() -> str:
    """Why there is no card, or nothing."""
    import torch

    if torch.version.cuda is None:
        return f"torch {torch.__version__} is built without CUDA"
    return "" if torch.cuda.is_available() else "torch finds none"


def apart(name: str, device: str, out: Path, seconds: float, limit: float = LIMIT) -> str:
    """A stage in a process of its own; what went wrong, or nothing. It is ended at the limit."""
    command = [sys.executable, "-m", "benchmarks.gpu", "--inside", "--device", device]
    command += ["--seconds", str(seconds), "--out", str(out), name]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            _, errors = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return noted(out, name, f"it was ended after {limit:g} s")
    if process.returncode in (0, FAILED):  # it has said in its figures what there is to say
        return "" if process.returncode == 0 else f"NOT as it must be, see {name}.md"
    how = (
        f"ended by {signal.Signals(-process.returncode).name}"
        if process.returncode < 0
        else f"exit status {process.returncode}"
    )
    last = ([line for line in errors.splitlines() if line.strip()] or ["nothing said"])[-1]
    return noted(out, name, f"its process broke off ({how}): {last}")


def noted(out: Path, name: str, words: str) -> str:
    """Write into a stage's figures, from outside, how it ended."""
    from benchmarks.gpu.figures import whole

    path = out / f"{name}.md"
    before = path.read_text() if path.exists() else f"# {name}\n"
    whole(path, f"{before}\n**This stage is not whole: {words}.**\n")
    return words


def stage(name: str, device: str, out: Path, end: float, **options) -> int:
    """A stage in this process, until `end` of the monotonic clock; its exit status.

    What it raises is written into its figures.
    """
    from benchmarks.gpu.figures import Clock, Figures
    from benchmarks.gpu.rehearsal import rehearsed

    module = importlib.import_module(f"benchmarks.gpu.{name}")
    clock = Clock(end - getattr(module, "LONGEST_ROW", 0.0))
    figures = Figures(out / f"{name}.md", module.TITLE, device, module.COLUMNS, module.HOW)
    try:
        with rehearsed(device):
            module.run(figures, clock, device, **options)
    except Exception as error:
        figures.say(f"**This stage broke off: {type(error).__name__}: {error}**", good=False)
    return FAILED if figures.failed else 0


if __name__ == "__main__":
    sys.exit(main())
