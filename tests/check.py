"""What `make check` runs: linters, types, and the tests that are not slow.

    python -m tests.check             all of it
    python -m tests.check ruff tsc    these steps alone

Each step says the seconds of processor time that it took. A tool that is not there is named, with
how to get it, and is no failure but with `REQUIRE_TOOLS=1`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.slow_files import SLOW

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.prefix) / ("Scripts" if os.name == "nt" else "bin")
DEV = "pip install -e '.[dev]'"
TYPED = "gan_lab/front_end/jsconfig.json"


IGNORED = tuple(f"--ignore=tests/{name}" for name in sorted(SLOW))
"""Not even read, which takes as long as many a test; a marker leaves them out of other runs."""


class Step(NamedTuple):
    """A tool with its words, and how it is had where it is not there."""

    name: str
    words: tuple[str, ...]
    install: str

    @property
    def tool(self) -> str:
        return self.name.split()[0]


STEPS = (
    Step("ruff", ("check", "."), DEV),
    Step("ruff format", ("format", "--check", "."), DEV),
    Step("basedpyright", ("--pythonpath", sys.executable), DEV),
    Step("biome", ("check", "--error-on-warnings"), DEV),
    Step("tsc", ("--project", TYPED), "apt-get install node-typescript"),
    Step("pytest", ("-q", "-m", "not slow and not browser", *IGNORED), DEV),
)


def found(tool: str) -> str | None:
    """Where a tool is: beside this Python, or on PATH."""
    return shutil.which(tool, path=BIN) or shutil.which(tool)


def spent() -> float:
    """Seconds of processor time of the children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def passes(step: Step, folder: Path = ROOT) -> bool | None:
    """Whether a tool finds nothing wrong in a checkout; None where it is not there."""
    if not (tool := found(step.tool)):
        print(f"{step.name:13} skipped: it is not there. To have it: {step.install}", flush=True)
        return None
    before = spent()
    ran = subprocess.run([tool, *step.words], cwd=folder, capture_output=True, text=True)
    words = "passed" if ran.returncode == 0 else "FAILED"
    print(f"{step.name:13} {words} in {spent() - before:.1f} CPU s", flush=True)
    if ran.returncode:
        print(ran.stdout, ran.stderr, sep="", flush=True)
    return ran.returncode == 0


def main(names: list[str]) -> int:
    tools = list(dict.fromkeys(step.tool for step in STEPS))
    if unknown := set(names).difference(tools):
        print(f"There is no step {min(unknown)}: there are {', '.join(tools)}.")
        return 2
    results = [passes(step) for step in STEPS if not names or step.tool in names]
    print(f"{'in all':13} {spent():.1f} CPU s")
    wrong = (False, None) if os.environ.get("REQUIRE_TOOLS") == "1" else (False,)
    return int(any(result in wrong for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
