"""Breaks the package in one place after another and says which breakages no test noticed.

`make mutants`, or `python -m tests.mutants [module ...]`. The tests are run once as they are, to
know how long each takes and which functions it enters. Then each mutant is written into a copy of
the package, and the tests that its module has are run until the first that fails: those first that
enter the broken function, the fast ones before the slow. Two mutants at a time (`AT_ONCE`). The
working tree is not touched. Exit code 1 below 95 %.

A process that has imported everything but the package is forked for each run.
"""

import contextlib
import hashlib
import importlib
import json
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path

import pytest

from tests.mutants.modules import ASKED, EQUIVALENT, tried
from tests.mutants.rules import Mutant, applied

ROOT = Path(__file__).resolve().parents[2]
CLEAN = ROOT / "_build" / "mutants.json"
AT_ONCE = int(os.environ.get("AT_ONCE", 2))
ENOUGH = 0.95
MEMORY = 8 << 30
"""Bytes that a mutant may ask for, more than the tests need."""

LIBRARIES = (
    "numpy",
    "scipy.stats",
    "scipy.ndimage",
    "torch",
    "sympy",
    "mpmath",
    "hypothesis",
    "matplotlib.pyplot",
    "PIL",
    "ot",
    "sklearn.neighbors",
    "pandas",
    "tqdm",
)
Clean = dict[str, tuple[float, list[str]]]
"""{test: (seconds, the functions "module:first line" that it enters)}"""

fork = multiprocessing.get_context("fork")


class Watch:
    """A plugin of pytest: what each test takes and enters."""

    def __init__(self, package: str):
        self.package, self.found = package + "/", {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        entered, start = set(), time.perf_counter()

        def watch(frame, event, arg):
            entered.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        sys.settrace(watch)
        result = yield
        sys.settrace(None)
        names = [
            f"{file.removeprefix(self.package).removesuffix('.py')}:{line}"
            for file, line in entered
            if file.startswith(self.package)
        ]
        self.found[item.nodeid] = (time.perf_counter() - start, sorted(names))
        return result


class Order:
    """A plugin of pytest: runs tests in an order, and remembers the first that fails."""

    def __init__(self, order: list[str]):
        self.order, self.failed = {name: i for i, name in enumerate(order)}, None

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: self.order.get(item.nodeid, len(self.order)))

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed = self.failed or report.nodeid

    def pytest_collectreport(self, report):
        if report.failed:
            self.failed = self.failed or f"{report.nodeid}, which cannot be collected"


def copied(folder: Path) -> None:
    for name in ("gan_lab", "tests", "benchmarks", "book", "_toc.yml", "pyproject.toml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)


def moved_to(folder: Path) -> None:
    """Make this process, which is good for nothing else then, one that works in a copy."""
    sys.path[:] = [str(folder)] + [p for p in sys.path if Path(p or ".").resolve() != ROOT]
    for name in [n for n in sys.modules if n.split(".")[0] in ("gan_lab", "tests")]:
        del sys.modules[name]
    os.chdir(folder)
    os.environ |= {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    sys.dont_write_bytecode = True
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 1), os.dup2(nowhere.fileno(), 2)


def tests_in(files: list[str], plugin) -> int:
    early = "ignore::pytest.PytestAssertRewriteWarning"  # hypothesis is imported already
    return pytest.main(["-x", "-q", "-W", early, *files], plugins=[plugin])


def clean_run(folder: Path, file: str, answer) -> None:
    moved_to(folder)
    watch = Watch(str(folder / "gan_lab"))
    code = tests_in([file], watch)
    answer.send((int(code), watch.found))


def broken_run(folder: Path, order: list[str], answer) -> None:
    """The files of the first tests first: to collect the others takes longer than these."""
    os.setpgrp()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    moved_to(folder)
    plugin, failed = Order(order), ""
    soon, all_files = (list(dict.fromkeys(n.split("::")[0] for n in o)) for o in (order[:3], order))
    for files in filter(None, (soon, [f for f in all_files if f not in soon])):
        code = tests_in(files, plugin)
        if code == pytest.ExitCode.USAGE_ERROR:
            failed = "the package, which cannot be imported"
        elif code != pytest.ExitCode.OK:
            failed = plugin.failed or f"pytest's exit code {int(code)}"
        if failed:
            break
    answer.send(failed)


def answers(start, jobs, folders: list[Path], patience=None) -> Iterator[tuple]:
    """(job, folder, what its process sent or None, seconds) as they come, a process a folder."""
    jobs, free, running = list(jobs)[::-1], list(folders), {}
    while jobs or running:
        while jobs and free:
            job, folder = jobs.pop(), free.pop()
            here, there = fork.Pipe(duplex=False)
            process = fork.Process(target=start, args=(folder, job, there))
            process.start()
            there.close()
            running[here] = (job, folder, process, time.monotonic())
        left = [
            began + patience(job) - time.monotonic() if patience else 3600
            for job, _, _, began in running.values()
        ]
        ready = wait(list(running), max(0.0, min(left)))
        late = [
            here
            for here, (job, _, _, began) in running.items()
            if here not in ready and patience and time.monotonic() > began + patience(job)
        ]
        for here in [*ready, *late]:
            job, folder, process, began = running.pop(here)
            seconds, sent = time.monotonic() - began, None
            with contextlib.suppress(EOFError):
                sent = here.recv() if here in ready else f"nothing for {seconds:.0f} seconds"
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.join()
            here.close()
            free.append(folder)
            yield job, folder, sent, seconds


def clean(files: list[str], folders: list[Path], kept: Path) -> Clean:
    """What the tests of some files take and enter as they are; kept until something changes."""
    package = sorted(Path(ROOT, "gan_lab").rglob("*.py"))
    helpers = sorted(p for p in ROOT.glob("tests/**/[!t]*.py") if p.parent.name != "mutants")
    shared = b"".join(p.read_bytes() for p in [*package, *helpers])
    known = json.loads(kept.read_text()) if kept.exists() else {}
    keys = {f: hashlib.sha256(shared + Path(ROOT, f).read_bytes()).hexdigest() for f in files}
    jobs = [f for f in files if known.get(f, {}).get("key") != keys[f]]
    for file, _, sent, seconds in answers(clean_run, jobs, folders):
        code, found = sent or (None, {})
        if code != 0:
            raise RuntimeError(f"{file} does not pass as it is")
        print(f"clean   {file}: {seconds:.0f} s", flush=True)
        known[file] = {"key": keys[file], "tests": found}
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(json.dumps(known))
    return {name: of for f in files for name, of in known[f]["tests"].items()}


def order_of(mutant: Mutant, tests: Clean) -> list[str]:
    """The tests that enter a mutant's function, or its module, and then the others: fast ones
    first."""

    def slowness(name: str):
        seconds, entered = tests[name]
        there = f"{mutant.module}:{mutant.entered}" in entered
        if not mutant.entered:
            there = any(e.startswith(f"{mutant.module}:") for e in entered)
        return not there, seconds

    return sorted(tests, key=slowness)


def outcomes(mutants: list[Mutant], whose=ASKED, kept=CLEAN, at_once=AT_ONCE) -> Iterator[tuple]:
    """(mutant, the test that it fails or "" if none, seconds) as they come."""
    with tempfile.TemporaryDirectory() as temporary:
        whole, *folders = (Path(temporary, str(i)) for i in range(at_once + 1))
        whole.mkdir()
        copied(whole)
        for folder in folders:
            shutil.copytree(whole, folder)
        asked = {m.module: [f"tests/{name}.py" for name in whose[m.module]] for m in mutants}
        tests = clean(sorted({f for files in asked.values() for f in files}), folders, kept)
        of = {
            module: {n: t for n, t in tests.items() if n.split("::")[0] in files}
            for module, files in asked.items()
        }

        def start(folder: Path, mutant: Mutant, answer) -> None:
            path = folder / "gan_lab" / f"{mutant.module}.py"
            before = path.read_bytes()
            path.unlink()
            path.write_bytes(applied(before, mutant))
            broken_run(folder, order_of(mutant, of[mutant.module]), answer)

        def patience(mutant: Mutant) -> float:
            return 30 + 2 * sum(seconds for seconds, _ in of[mutant.module].values())

        for mutant, folder, sent, seconds in answers(start, mutants, folders, patience):
            name = f"gan_lab/{mutant.module}.py"
            shutil.copy2(whole / name, folder / name)
            yield mutant, "the process, which died" if sent is None else sent, seconds


def main(modules: list[str]) -> int:
    """Try those of all modules, or of some; 0 if enough are noticed."""
    start = time.perf_counter()
    for library in LIBRARIES:
        with contextlib.suppress(ImportError):
            importlib.import_module(library)
    every = [m for module in modules or ASKED for m in tried(module)]
    mutants = [m for m in every if m.name not in EQUIVALENT]
    missed = 0
    for mutant, test, seconds in outcomes(mutants):
        missed += not test
        print(f"{'noticed' if test else 'MISSED '} {seconds:3.0f} s  {mutant}")
        if test:
            print(f"        by {test}", flush=True)
    share, minutes = 1 - missed / len(mutants), (time.perf_counter() - start) / 60
    print(
        f"{len(mutants) - missed} of {len(mutants)} noticed ({share:.1%}), "
        f"{len(every) - len(mutants)} argued away, {minutes:.1f} min"
    )
    return int(share < ENOUGH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
