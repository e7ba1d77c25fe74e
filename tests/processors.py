"""The theory's tests on other processors, as far as this one can play them.

    python -m tests.processors

OpenBLAS has a kernel for every family of processors, and numpy and torch choose theirs by what the
processor offers. They differ in the last bit of a product; no test may hang on that. The tests of
the theory and the fast tests of the engine are run on the oldest processor that can be played: the
oldest kernel, and numpy's and torch's own choices held down to the least. Between it and this one,
`python -m gan_lab verify` is run with each kernel. The kernel that is taken where none is asked for
is that of `make test`, and is not run again. One that was asked for and not taken is a failure;
those that this processor cannot run are named.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

NEEDS = {
    "Haswell": {"AVX2", "FMA3"},
    "SkylakeX": {"AVX512F", "AVX512CD", "AVX512BW", "AVX512DQ", "AVX512VL"},
    "Sandybridge": {"AVX"},
    "Prescott": {"SSE3"},
}
"""OpenBLAS's kernels, and what a processor must offer for them."""

OLDEST = "Prescott"

SAME = {"Katmai": "Prescott"}
"""On 64 bits OpenBLAS has one table for these two, and calls it by the first name."""

LOOK = """
import json, numpy, scipy.linalg, torch, threadpoolctl
from numpy._core import _multiarray_umath as numpy_core
print(json.dumps({
    "blas": [i["architecture"] for i in threadpoolctl.threadpool_info()
             if i["internal_api"] == "openblas"],
    "has": [name for name, there in numpy_core.__cpu_features__.items() if there],
    "chosen": list(numpy_core.__cpu_dispatch__),
    "torch": torch.backends.cpu.get_cpu_capability(),
}))
"""

NO_ENGINE = """
    theory book widgets metrics sweeps training/test_backends.py test_benchmarks.py test_check.py
    test_colab.py test_gpu.py test_makefile.py test_minimal.py test_mutants.py test_optimum.py
    test_processors.py
""".split()
"""What does not test the engine's arithmetic, compares it with itself, or trains long."""

PYTEST = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not browser")
THEORY = (*PYTEST, "tests/theory")
ENGINE = (*PYTEST, *(f"--ignore=tests/{name}" for name in NO_ENGINE), "tests")
VERIFY = ("-m", "gan_lab", "verify")


class Processor(NamedTuple):
    """A processor to play: its name, what is set in the environment, and what is run."""

    name: str
    environment: dict[str, str]
    commands: tuple[tuple[str, ...], ...] = (VERIFY,)


def look(environment: dict[str, str]) -> dict:
    """What numpy, scipy and torch choose in a process with this environment."""
    import json

    said = python(("-c", LOOK), environment)
    if said.returncode:
        raise RuntimeError(said.stdout)
    return json.loads(said.stdout)


def python(command, environment) -> subprocess.CompletedProcess:
    alone = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | alone | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wanted(has: set[str], chosen: list[str], own: Collection[str]) -> tuple[list, list[str]]:
    """The processors that one with these features can play, and the kernels that it cannot.

    `own` are those that it takes by itself.
    """
    able = [name for name, needs in NEEDS.items() if needs <= has]
    held = " ".join(name for name in chosen if name in has)
    least = {"NPY_DISABLE_CPU_FEATURES": held, "ATEN_CPU_CAPABILITY": "default"}
    if OLDEST in able:
        least["OPENBLAS_CORETYPE"] = OLDEST
    plain = Processor("no vector units", least, (THEORY, ENGINE))
    between = [name for name in able if name not in {*own, OLDEST}]
    kernels = [Processor(name, {"OPENBLAS_CORETYPE": name}) for name in between]
    return [plain, *kernels], [name for name in NEEDS if name not in able]


def taken_in(seen: dict) -> set[str]:
    return {SAME.get(name, name) for name in seen["blas"]}


def untaken(processor: Processor, seen: dict) -> str | None:
    """A sentence where what was asked for was not taken."""
    asked = processor.environment
    kernel = asked.get("OPENBLAS_CORETYPE")
    taken = taken_in(seen)
    if kernel and taken != {kernel}:
        return f"asked OpenBLAS for its kernel {kernel}, and it took {', '.join(sorted(taken))}"
    if "NPY_DISABLE_CPU_FEATURES" in asked and set(seen["chosen"]) & set(seen["has"]):
        return "numpy still chooses by what the processor offers"
    if "ATEN_CPU_CAPABILITY" in asked and seen["torch"] != "DEFAULT":
        return f"torch was to choose DEFAULT, and chose {seen['torch']}"
    return None


def played(processor: Processor, command: tuple[str, ...]) -> tuple[bool, str]:
    """Whether a command succeeds on this processor, and what to print of it."""
    if why := untaken(processor, look(processor.environment)):
        return False, f"{processor.name}: {why}"
    done = python(command, processor.environment)
    last = (done.stdout.strip().splitlines() or ["no output"])[-1]
    said = f"{processor.name}: {' '.join(command[1:2] + command[-1:])}: {last}"
    return not done.returncode, f"{done.stdout[-8000:]}\n{said}" if done.returncode else said


def main() -> int:
    here = look({})
    own = taken_in(here)
    print(f"{', '.join(sorted(own))}: this processor's own, which `make test` runs with")
    processors, unable = wanted(set(here["has"]), here["chosen"], own)
    for name in unable:
        print(f"{name}: not run, this processor has no {', '.join(sorted(NEEDS[name]))}")
    asked = [(processor, command) for processor in processors for command in processor.commands]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        good = True
        for done in as_completed(pool.submit(played, *each) for each in asked):
            held, said = done.result()
            print(said, flush=True)
            good &= held
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
