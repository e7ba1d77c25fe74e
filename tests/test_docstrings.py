"""Docstrings of public names: numpydoc's sections, the signature's names, an example that runs.

The examples themselves are run by `--doctest-modules`, which pyproject.toml sets.
"""

import enum
import importlib
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = [
    "core",
    "distributions",
    "theory",
    "theory.mesh",
    "theory.proofs",
    "theory.proofs.derivations",
    "datasets",
    "metrics",
    "training",
    "recording",
    "plots",
    "sweeps",
    "checkers",
    "widgets",
    "widgets.explore",
]
ORDER = ["Parameters", "Attributes", "Returns", "Raises", "References", "Examples"]
HEADING = re.compile(r"(?m)^([A-Z]\w+)\n-{3,}$")
NAMES = re.compile(r"(?m)^([*\w, ]+) : \S")


def public() -> dict[str, object]:
    """Functions and classes that a room lists, once each."""
    found = {}
    for room in map("gan_lab.{}".format, ROOMS):
        module = importlib.import_module(room)
        for thing in (getattr(module, name) for name in module.__all__):
            if inspect.isfunction(thing) or inspect.isclass(thing):
                found.setdefault(f"{thing.__module__}.{thing.__qualname__}", thing)
    return found


PUBLIC = public()


def sections(thing) -> dict[str, str]:
    """The text of a docstring by its headings; what stands above them is that of ''."""
    first, *rest = HEADING.split(inspect.getdoc(thing) or "")
    return {"": first} | dict(zip(rest[::2], rest[1::2], strict=True))


def described(text: str) -> list[str]:
    return [name.strip("* ") for names in NAMES.findall(text) for name in names.split(",")]


def taken(thing) -> list[str]:
    """The names of what is handed over, as the signature has them."""
    made_by_others = inspect.isclass(thing) and issubclass(thing, (enum.Enum, BaseException))
    if made_by_others:
        return []
    return list(inspect.signature(thing).parameters)


def faults(thing) -> list[str]:
    """What a docstring lacks, in words."""
    found = sections(thing)
    summary, after, *_ = [*found[""].split("\n"), ""]
    told = described(found.get("Parameters", ""))
    checks = {
        "the first line is a sentence of its own": summary.endswith(".") and not after,
        "sections are known and in order": [s for s in ORDER if s in found] == list(found)[1:],
        f"parameters are {taken(thing)}, not {told}": sorted(told) == sorted(taken(thing))
        or (inspect.isclass(thing) and issubclass(thing, enum.Enum)),
        "what is returned is described": inspect.isclass(thing)
        or "Returns" in found
        or hasattr(thing, "__wrapped__")
        and inspect.isgeneratorfunction(thing.__wrapped__),
        "what is raised stands in its section": "Raises ValueError" not in found[""],
        "there is an example": ">>> " in found.get("Examples", ""),
    }
    return [words for words, holds in checks.items() if not holds]


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_name_is_described_in_full_and_shown_at_work(name):
    assert faults(PUBLIC[name]) == []


def poor(a, b):
    """What it is
    and does. Raises ValueError.

    Examples
    --------
    None.

    Parameters
    ----------
    a : int
        The first.
    """


def test_what_a_docstring_lacks_is_found():
    assert len(faults(poor)) == 6


def test_examples_are_run_with_the_tests_and_a_wrong_one_fails(tmp_path):
    """By pytest's own settings: warnings are errors in them too."""
    (tmp_path / "shown.py").write_text('"""Shown.\n\n>>> 1 + 1\n3\n"""\n')
    warns = "import warnings; warnings.warn('x')"
    (tmp_path / "warns.py").write_text(f'"""Warns.\n\n>>> {warns}\n"""\n')
    (tmp_path / "right.py").write_text('"""Right.\n\n>>> 1 + 1\n2\n"""\n')
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", ROOT / "pyproject.toml", "-q", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert "2 failed, 1 passed" in run.stdout, run.stdout + run.stderr
