"""The front end's own tests, in Node: `node --test tests/js`."""

import subprocess
from pathlib import Path

import pytest

FILES = sorted((Path(__file__).resolve().parents[1] / "js").glob("*.test.mjs"))


def test_there_are_some():
    assert len(FILES) >= 4


@pytest.mark.parametrize("file", FILES, ids=[file.name.split(".")[0] for file in FILES])
def test_the_front_end_passes_its_own_tests_in_node(node, file):
    ran = subprocess.run([node, "--test", file], capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stdout + ran.stderr
