"""The front end's own tests, in Node: `node --test tests/js`."""

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "js"


def test_the_front_end_passes_its_own_tests_in_node(node):
    files = sorted(map(str, HERE.glob("*.test.mjs")))
    assert len(files) >= 4
    ran = subprocess.run([node, "--test", *files], capture_output=True, text=True, timeout=900)
    assert ran.returncode == 0, ran.stdout + ran.stderr
