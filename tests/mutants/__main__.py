"""Breaks one line of the engine after another and says which breakages no test noticed.

`make mutants`, or `python -m tests.mutants [module ...]`. The package is copied, the copy broken,
and the tests of the broken module run against it until the first that fails; two mutants at a time.
The working tree is not touched. Exit code 1 below 95 %.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.mutants.table import MUTANTS, TESTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
ENOUGH = 0.95
PATIENCE = 240
"""Seconds after which a mutant counts as noticed: a test that hangs has noticed something."""


def broken(text: str, mutant: Mutant) -> str:
    """A module's text with one mutant in it. ValueError unless its line stands there once."""
    if text.count(mutant.text) != 1:
        raise ValueError(
            f"{mutant.module}.py must hold this once, not {text.count(mutant.text)} times: "
            f"{mutant.text}"
        )
    return text.replace(mutant.text, mutant.broken)


def noticed(mutant: Mutant, tests: tuple[str, ...] | None = None) -> str | None:
    """The test that a mutant fails, or None if it passes them all."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("gan_lab", "tests", "benchmarks", "pyproject.toml"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder) / name)
        module = Path(folder) / "gan_lab" / f"{mutant.module}.py"
        module.write_text(broken(module.read_text(), mutant))
        names = TESTS[mutant.module] if tests is None else tests
        files = [f"tests/test_{name}.py" for name in names]
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *files]
        env = os.environ | {"PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            ran = subprocess.run(
                command, cwd=folder, env=env, capture_output=True, text=True, timeout=PATIENCE
            )
        except subprocess.TimeoutExpired:
            return f"nothing came back for {PATIENCE} seconds"
    if ran.returncode == 0:
        return None
    if "while loading conftest" in ran.stderr:
        return "the package, which cannot be imported"
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", ran.stdout, re.MULTILINE)
    if not failed:
        raise RuntimeError(f"the tests did not run: {ran.stdout[-1500:]}{ran.stderr[-1500:]}")
    return failed[1]


def main(modules: list[str]) -> int:
    """Try them all, or those of some modules; 0 if enough are noticed."""
    chosen = [m for m in MUTANTS if not modules or m.module in modules]
    start, missed = time.perf_counter(), []
    with ThreadPoolExecutor(2) as pool:
        for mutant, test in zip(chosen, pool.map(noticed, chosen), strict=True):
            print(f"{'noticed' if test else 'MISSED '} {mutant.module}: {mutant.broken}")
            if test:
                print(f"        by {test}", flush=True)
            else:
                missed.append(mutant)
    share = 1 - len(missed) / len(chosen)
    minutes = (time.perf_counter() - start) / 60
    print(f"{len(chosen) - len(missed)} of {len(chosen)} noticed ({share:.1%}), {minutes:.1f} min")
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
