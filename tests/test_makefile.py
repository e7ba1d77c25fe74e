"""`make` and its PYTHON: obeyed or refused, and an environment that is whole or made anew.

Each test runs make in a folder with the repository's Makefile. The Pythons are real, without
packages; an environment is made without its pip, and the stand-in for pip answers at once, writes
down what it was asked for, and can be killed at its work with who called it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PIP = """
import os, pathlib, signal, sys
environment = pathlib.Path(sys.prefix)
with open(environment / "pip.log", "a") as log:
    log.write(pathlib.Path(sys.argv[sys.argv.index("-r") + 1]).read_text() + "\\n")
if "KILLED" in os.environ:
    (environment / "half").touch()
    os.kill(os.getppid(), signal.SIGKILL)
    sys.exit(1)
"""
VENV = """
import os, runpy, sys
sys.path.remove(os.path.dirname(__file__))
sys.argv.append("--without-pip")
runpy.run_module("venv", run_name="__main__")
"""
BUILD = "import sys; print('built in', sys.prefix)"


class Checkout:
    def __init__(self, folder: Path):
        self.folder, self.venv = folder / "the book", folder / "the book" / ".venv"
        extension = self.folder / "book" / "_ext"
        extension.mkdir(parents=True)
        shutil.copy(ROOT / "Makefile", self.folder)
        shutil.copy(ROOT / "book" / "_ext" / "environment.py", extension)
        (extension / "build.py").write_text(BUILD)
        (self.folder / "requirements.txt").write_text("numpy==2\ntorch==2.13\n-e .\n")
        (self.folder / "pyproject.toml").write_text("")
        stand_ins = folder / "stand-ins"
        stand_ins.mkdir()
        (stand_ins / "pip.py").write_text(PIP)
        (stand_ins / "venv.py").write_text(VENV)
        self.environment = os.environ | {"PYTHONPATH": str(stand_ins)}

    def make(self, *words, **environment):
        return subprocess.run(
            ["make", "book", *words], cwd=self.folder, capture_output=True, text=True,
            env=self.environment | environment,
        )  # fmt: skip

    def built(self, *words):
        """The environment is whole and the book was built in it."""
        made = self.make(*words)
        assert made.returncode == 0, made.stderr
        assert f"built in {self.venv}" in made.stdout
        return made.stdout

    def refused(self, *words) -> str:
        made = self.make(*words)
        assert made.returncode != 0 and "built in" not in made.stdout
        sentence, make_itself = made.stderr.splitlines()
        assert "Traceback" not in sentence and make_itself.startswith("make: ***")
        return sentence

    def asked_of_pip(self) -> list[str]:
        return (self.venv / "pip.log").read_text().split()


@pytest.fixture
def checkout(tmp_path):
    if not shutil.which("make"):
        pytest.skip("needs make")
    return Checkout(tmp_path)


@pytest.fixture(scope="session")
def pythons(tmp_path_factory):
    """Two Pythons, each with a space in its path, and PYTHON=... for each."""
    homes = [tmp_path_factory.mktemp("pythons") / name for name in ("one python", "isn't it two")]
    for home in homes:
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    return [(home, f"PYTHON={home / 'bin' / 'python'}") for home in homes]


def test_the_python_that_is_named_makes_the_environment(checkout, pythons):
    for home, named in pythons:
        shutil.rmtree(checkout.venv, ignore_errors=True)
        checkout.built(named)
        assert str(home) in (checkout.venv / "ready").read_text()
        assert checkout.asked_of_pip() == ["numpy==2", "torch==2.13", "-e", "."]


def test_another_python_than_the_one_that_made_it_is_refused(checkout, pythons):
    (one, named_one), (two, named_two) = pythons
    checkout.built(named_one)
    sentence = checkout.refused(named_two)
    assert str(one) in sentence and str(two) in sentence and "make clean" in sentence
    for words in [(named_one,), (), ("PYTHON=",), (f"PYTHON={checkout.venv}/bin/python",)]:
        checkout.built(*words)
    assert len(checkout.asked_of_pip()) == 4  # once


def test_an_environment_that_does_not_say_who_made_it_is_kept_or_refused(checkout, pythons):
    checkout.built(pythons[0][1])
    (checkout.venv / "ready").write_text("")
    (checkout.venv / "made_by").unlink()
    checkout.built()
    assert "does not name" in checkout.refused(pythons[1][1])


def test_what_is_no_python_or_too_old_is_refused(checkout, tmp_path):
    for none in ("/nowhere/a python", shutil.which("true"), str(tmp_path)):
        assert f"{none} is no Python that runs" in checkout.refused(f"PYTHON={none}")
    old = tmp_path / "old python"
    old.write_text('#!/bin/sh\ncase "$2" in *platform*) echo Python 3.9.2;; *) echo False;; esac\n')
    old.chmod(0o755)
    assert f"{old} is Python 3.9.2" in checkout.refused(f"PYTHON={old}")
    assert not checkout.venv.exists()


@pytest.mark.parametrize("then", [0, 1, None])
def test_an_interrupted_installation_is_made_anew(checkout, pythons, then):
    """By the Python that is named now, or by the one that began it."""
    assert checkout.make(pythons[0][1], KILLED="yes").returncode != 0
    assert (checkout.venv / "half").exists()
    assert "made anew" in checkout.built(*([] if then is None else [pythons[then][1]]))
    home = str(pythons[then or 0][0])
    assert home in (checkout.venv / "ready").read_text()
    assert home in (checkout.venv / "pyvenv.cfg").read_text()
    assert not (checkout.venv / "half").exists()


def test_a_change_of_what_is_pinned_is_installed_into_what_is_there(checkout, pythons):
    checkout.built(pythons[0][1])
    for changed, version in [("requirements.txt", "3"), ("pyproject.toml", "4")]:
        (checkout.folder / "requirements.txt").write_text(f"numpy=={version}\n")
        os.utime(checkout.folder / "requirements.txt", (1, 1))
        os.utime(checkout.folder / "pyproject.toml", (1, 1))
        os.utime(checkout.venv / "ready", (2, 2))
        os.utime(checkout.folder / changed, (3, 3))
        checkout.built()
        assert checkout.asked_of_pip()[-1] == f"numpy=={version}"
    assert len(checkout.asked_of_pip()) == 6
    assert str(pythons[0][0]) in checkout.refused(pythons[1][1])
    os.utime(checkout.venv / "ready", (2, 2))
    assert checkout.make(KILLED="yes").returncode != 0
    assert "made anew" in checkout.built()
    assert str(pythons[0][0]) in (checkout.venv / "ready").read_text()


def test_a_torch_that_is_there_is_used(checkout, tmp_path):
    home = tmp_path / "with torch"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home], check=True)
    (library,) = home.glob("lib/python*/site-packages")
    (library / "torch").mkdir()
    (library / "torch" / "__init__.py").write_text("WHOSE = 'theirs'")
    assert f"Using the torch in {library}" in checkout.built(f"PYTHON={home / 'bin' / 'python'}")
    assert checkout.asked_of_pip() == ["numpy==2", "-e", "."]
    ask = [checkout.venv / "bin" / "python", "-c", "import torch; print(torch.WHOSE)"]
    assert subprocess.run(ask, capture_output=True, text=True).stdout == "theirs\n"


def test_a_link_and_the_environments_own_python_are_not_made_anew(checkout, pythons, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "theirs").touch()
    checkout.venv.symlink_to(elsewhere)
    assert "is a link" in checkout.refused(pythons[0][1])
    assert (elsewhere / "theirs").exists()
    checkout.venv.unlink()
    checkout.make(pythons[0][1], KILLED="yes")
    assert "is the one of .venv itself" in checkout.refused(f"PYTHON={checkout.venv}/bin/python")
