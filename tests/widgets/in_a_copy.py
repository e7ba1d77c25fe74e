"""Something is added to a copy of the package: where CONTRIBUTING says, and nowhere else."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def told_of(title):
    """The paragraph of CONTRIBUTING on how to add it."""
    return re.search(rf"\*\*{title}\.\*\*(.*?)\n\n", CONTRIBUTING, re.S)[1]


def copied(folder):
    for part in ("gan_lab", "book/_ext"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def put(folder, place, before, row):
    """A row before a line that stands in the file once."""
    file = folder / "gan_lab" / place
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, (place, before)
    file.write_text(text.replace(before, row + before), encoding="utf-8")


def made_again(folder, told):
    """The generated files, by the commands that are told."""
    for module in re.findall(r"`python -m ([\w.]+)`", told):
        ran([sys.executable, "-m", module], folder)


def ran(command, folder, script=None):
    path = os.pathsep.join(map(str, (folder, folder / "book" / "_ext")))
    told = subprocess.run(
        command,
        cwd=folder,
        input=script,
        capture_output=True,
        text=True,
        timeout=300,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert told.returncode == 0, told.stderr
    return told.stdout
