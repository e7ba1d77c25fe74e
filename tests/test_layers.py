"""The rooms of the package: imports go downwards, and torch stays where it computes."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import gan_lab

ROOT = Path(gan_lab.__file__).parent

ROOMS = [
    "minimal",
    "core",
    "distributions",
    "theory",
    "datasets",
    "metrics",
    "training",
    "recording",
    "plots",
    "films",
    "sweeps",
    "checkers",
    "widgets",
    "__main__",
]
"""From the ground up: a room imports from those before it. (`__init__` lends, and imports none.)"""

HOMES = {
    "torch": {"minimal", "core", "datasets", "training", "sweeps"},
    "sklearn": {"datasets"},
    "matplotlib": {"plots", "films", "widgets"},
    "ipywidgets": {"widgets"},
    "anywidget": {"widgets"},
    "traitlets": {"widgets"},
    "IPython": {"widgets"},
    "rjsmin": {"widgets"},
}
"""The rooms that may import a library; the others numpy, scipy, sympy and tqdm."""

EVERYWHERE = {"gan_lab", "numpy", "scipy", "sympy", "tqdm", "cloudpickle", *sys.stdlib_module_names}
FILES = sorted(ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room(name: str) -> str:
    """The room of a module; that of the package itself is `core`, of which alone it is made."""
    return [*name.split("."), "core"][1]


def imports(path: Path, late: bool = True) -> set[str]:
    """The modules that a file imports: anywhere in it or, without `late`, as it is imported."""
    found = set()
    for node in ast.walk(tree := ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots: write the name out"
            found |= {module(node.module, alias.name) for alias in node.names}
    return found if late else found - imports_in_functions(tree)


def imports_in_functions(tree) -> set[str]:
    inside = {n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    froms = [n for n in inside if isinstance(n, ast.ImportFrom)]
    return {module(n.module, alias.name) for n in froms for alias in n.names}


def module(base: str, name: str) -> str:
    """What `from base import name` imports: the module of that name, or the one that holds it."""
    path = ROOT.parent.joinpath(*base.split("."), name)
    return f"{base}.{name}" if path.is_dir() or path.with_suffix(".py").is_file() else base


def test_every_room_has_its_place():
    assert {room(name_of(path)) for path in FILES} == set(ROOMS)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_imports_upwards(path):
    here = ROOMS.index(room(name_of(path)))
    up = {n for n in imports(path) if n.startswith("gan_lab") and ROOMS.index(room(n)) > here}
    assert not up


def test_the_smallest_gan_stands_alone():
    outside = {name.split(".")[0] for name in imports(ROOT / "minimal.py")}
    assert outside - sys.stdlib_module_names == {"torch"}
    assert not [path for path in FILES if "gan_lab.minimal" in imports(path)]


def test_no_module_imports_itself_in_a_circle():
    graph = {name_of(p): {n for n in imports(p, late=False) if "gan_lab." in n} for p in FILES}
    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_library_is_imported_where_it_is_at_home(path):
    for library in {name.split(".")[0] for name in imports(path)} - EVERYWHERE:
        assert room(name_of(path)) in HOMES[library], f"{library} is not at home here"


MEANT = {
    "main": "the command line, and the smallest GAN played",
    "w1": "one distance, of samples in `metrics` and of distributions in `theory`",
}
"""The names that two modules may give to something, and why."""


def test_no_function_or_class_has_two_meanings():
    """A private one, of a leading underscore, is known in its own module alone."""
    homes: dict[str, set[str]] = {}
    for path in FILES:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
                homes.setdefault(node.name, set()).add(name_of(path))
    assert {name for name, where in homes.items() if len(where) > 1} == set(MEANT)
