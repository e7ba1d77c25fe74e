"""The set-up cell: where a notebook gets the package from, and what it leaves alone."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import package  # noqa: E402
import twins  # noqa: E402
from repository import Repository  # noqa: E402

HELD = package.files()
NOWHERE = Repository()
SOMEWHERE = Repository("https://example.org/book", "next")
WHERE = "import gan_lab; print(gan_lab.__file__)"
LIBRARIES = ("torch", "numpy", "scipy", "sympy", "matplotlib", "anywidget", "psygnal")
PIP = """
import subprocess, types
def run(words, **_):
    print(*words[3:])
    return types.SimpleNamespace(returncode={code}, stderr="no route to host")
subprocess.run = run
"""


@pytest.fixture
def python(tmp_path):
    """Runs the set-up cell in a Python that has no package, only the names of these libraries."""

    def run(cwd, after="", before="", repository=NOWHERE, packed="", has=LIBRARIES):
        there = tmp_path / "site"
        shutil.rmtree(there, ignore_errors=True)
        for name in has:
            (there / name).mkdir(parents=True)
        cell = twins.set_up(repository)
        if packed:
            cell = cell.replace('CARRIED = ""', f'CARRIED = """\n{packed}"""')
        code = "\n".join(["import sys", f"sys.path.append({str(there)!r})", before, cell, after])
        command = [sys.executable, "-ES", "-"]
        return subprocess.run(command, cwd=cwd, input=code, capture_output=True, text=True)

    return run


@pytest.fixture
def empty(tmp_path):
    (tmp_path / "empty").mkdir()
    return tmp_path / "empty"


def small(says: str, **others: str) -> dict[str, bytes]:
    """A package as small as can be that is still taken for the book's."""
    held = {"gan_lab/__init__.py": f"SAYS = {says!r}", "gan_lab/theory/__init__.py": "", **others}
    return {name: text.encode() for name, text in held.items()}


def last(ran) -> str:
    return ran.stderr.strip().split("\n")[-1]


def test_it_finds_the_checkout_that_the_notebook_lies_in(python):
    ran = python(ROOT / "book", after=WHERE)
    assert Path(ran.stdout.strip()) == ROOT / "gan_lab" / "__init__.py"


def test_what_the_notebook_carries_is_the_whole_package_and_nothing_stays_behind(python, empty):
    """Every file as in the checkout, but for what only its readers want; gone at the end."""
    after = """
import gan_lab, pathlib
folder = pathlib.Path(gan_lab.__file__).parents[1]
print(folder)
for path in sorted(folder.rglob("*")):
    if path.is_file(): print(path.relative_to(folder).as_posix(), path.stat().st_size)
"""
    packed = package.packed(HELD)
    assert len(packed) <= 640_000
    ran = python(empty, after, packed=packed)
    folder, *lines = ran.stdout.splitlines()
    sizes = {name: int(size) for name, size in map(str.split, lines) if "__pycache__" not in name}
    whole, held = HELD, package.carried(HELD)
    assert sizes == {name: len(text) for name, text in held.items()}
    assert not Path(folder).exists()
    assert {*held} == {name for name in whole if not name.endswith(".js")} | {package.JOINED}
    for name in filter(lambda name: name.endswith(".py"), held):
        assert code_of(held[name]) == code_of(whole[name])


def code_of(text: bytes) -> str:
    """What a module does: all but the strings that nobody takes."""
    tree = ast.parse(text)
    for body in package.bodies(tree):
        body[:] = [each for each in body if not package.is_text(each)] or [ast.Pass()]
    return ast.dump(tree)


def test_help_for_a_public_name_begins_in_a_notebook_as_it_does_in_the_book():
    name = "gan_lab/theory/divergences.py"
    carried, whole = (files[name].decode() for files in (package.carried(HELD), HELD))
    assert "Parameters\n    ---" in whole and "Parameters\n    ---" not in carried
    said, whole = described(carried), described(whole)
    assert said["js"] and whole["js"].startswith(said["js"])


def described(module: str) -> dict[str, str]:
    functions = (node for node in ast.parse(module).body if isinstance(node, ast.FunctionDef))
    return {node.name: (ast.get_docstring(node) or "").strip() for node in functions}


def test_a_wheel_beside_the_notebook_is_taken_before_what_it_carries(python, empty):
    told = package.project()
    wheel = empty / package.wheel_name(told)
    wheel.write_bytes(package.wheel(told, small("from the wheel")))
    says = "import gan_lab; print(gan_lab.SAYS)"
    packed = package.packed(small("carried"))
    assert python(empty, says, packed=packed).stdout == "from the wheel\n"
    assert python(empty, says).stdout == "from the wheel\n"
    wheel.write_bytes(wheel.read_bytes()[:300])  # an upload that was broken off
    assert python(empty, says, packed=packed).stdout == "carried\n"
    assert "put the book's wheel" in last(python(empty, says))


def test_it_says_what_to_do_where_there_is_no_package(python, empty):
    ran = python(empty)
    assert ran.returncode == 1
    assert "self-contained notebook" in last(ran) and "pip install -e ." in last(ran)


@pytest.mark.parametrize("other", ["gan_lab/__init__.py", "gan_lab.py"])
def test_it_is_not_deceived_by_another_gan_lab(other, python, empty):
    (empty / other).parent.mkdir(exist_ok=True)
    (empty / other).write_text("")
    assert "is not installed" in python(empty).stderr
    says = "import gan_lab; print(gan_lab.SAYS)"
    assert python(empty, says, packed=package.packed(small("ours"))).stdout == "ours\n"


def test_what_else_is_missing_is_named(python, empty):
    ran = python(empty, packed=package.packed(small("")), has=("numpy", "sympy", "matplotlib"))
    assert last(ran) == (
        "ModuleNotFoundError: This notebook needs torch, scipy: run 'pip install torch scipy' "
        "where Jupyter runs, and then this cell again."
    )


def test_pip_brings_the_package_and_anywidget_and_nothing_that_these_want(python, empty):
    """pip is replaced by what it was asked for: nothing here may reach for torch or numpy."""
    without = [name for name in LIBRARIES if name not in ("anywidget", "psygnal")]
    ran = python(empty, before=PIP.format(code=0), repository=SOMEWHERE, has=without)
    assert ran.stdout.splitlines() == [
        "install -q --no-deps --retries=1 git+https://example.org/book@next",
        "install -q --no-deps --retries=1 anywidget psygnal",
    ]


def test_without_a_network_it_says_so_in_a_sentence(python, empty):
    failing = {"before": PIP.format(code=1), "has": LIBRARIES[:5]}
    ran = python(empty, repository=SOMEWHERE, **failing)
    assert last(ran) == (
        "ModuleNotFoundError: The package gan_lab could not be had from "
        "git+https://example.org/book@next: no route to host"
    )
    ran = python(empty, "print('goes on')", packed=package.packed(small("")), **failing)
    asked, said, after = ran.stdout.splitlines()
    assert asked.endswith("anywidget psygnal") and said.startswith("Without anywidget")
    assert after == "goes on"
