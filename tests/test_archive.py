"""An archive of the source (sdist) has what its own tests read."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
BUILD = "from setuptools import build_meta; print(build_meta.build_sdist('made'))"
OF_EACH_ROOM = (
    "core/test_tables.py",
    "distributions/test_by_definition.py",
    "theory/test_gibbs.py",
    "test_data.py",
    "metrics/test_modes.py",
    "training/test_optimizers.py",
    "recording/test_panels.py",
    "test_plots.py",
    "sweeps/test_grid.py::test_the_gap_is_what_D_leaves_on_the_table",
    "test_checkers.py",
    "widgets/test_front_end.py",
    "book/test_needs.py",
    "book/test_package.py",
)


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory) -> Path:
    """The archive that setuptools makes of this checkout, unpacked elsewhere."""
    checkout = tmp_path_factory.mktemp("checkout") / "it"
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    left_out = shutil.ignore_patterns(".*", "_build", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, checkout, ignore=left_out)
    shutil.copy(ROOT / ".gitignore", checkout)
    made = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=checkout, capture_output=True, text=True
    )
    assert made.returncode == 0, made.stderr
    with tarfile.open(checkout / "made" / made.stdout.split()[-1]) as archive:
        archive.extractall(elsewhere, filter="data")
    (folder,) = elsewhere.iterdir()
    return folder


@pytest.mark.slow
def test_tests_of_every_room_pass_in_an_archive_of_the_source(unpacked):
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "not browser",
         *(f"tests/{name}" for name in OF_EACH_ROOM)],
        cwd=unpacked, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
