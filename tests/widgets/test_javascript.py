"""The front end's own tests, in Node: `node --test tests/js`."""

import subprocess
from pathlib import Path

import pytest
from slow_files import QUICK_IN_NODE

SLOW = pytest.mark.slow
FILES = sorted((Path(__file__).resolve().parents[1] / "js").glob("*.test.mjs"))


def test_there_are_some():
    assert len(FILES) >= 4


def name_of(file: Path) -> str:
    return file.name.split(".")[0]


@pytest.mark.parametrize("file", [
    pytest.param(file, id=name_of(file), marks=() if name_of(file) in QUICK_IN_NODE else SLOW)
    for file in FILES
])  # fmt: skip
def test_the_front_end_passes_its_own_tests_in_node(node, file):
    ran = subprocess.run([node, "--test", file], capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stdout + ran.stderr
