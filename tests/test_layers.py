"""Rows import downwards only: the table of the architecture, held against the imports."""

import ast
from pathlib import Path

import pytest

import gan_lab

ROOT = Path(gan_lab.__file__).parent

# What each module of the package may import of the package.
ENGINE = {"streams", "data", "networks", "losses", "optimizers", "recipe", "theory", "training"}
ENGINE |= {"laws", "plane", "jacobian", "memory", "paths", "shards", "ambient"}
ENGINE |= {"executors", "fingerprints", "provenance"}
MAY = {
    "__init__": set(),
    "refusals": set(),
    "streams": set(),
    "losses": set(),
    "optimizers": set(),
    "ambient": set(),
    "networks": {"ambient", "streams"},
    "laws": {"streams", "theory"},
    "plane": {"laws", "streams", "theory"},
    "data": {"ambient", "laws", "plane", "streams", "theory"},
    "recipe": {"networks", "losses", "optimizers", "data", "plane"},
    "paths": {"optimizers"},
    "memory": {"paths"},
    "training": {
        "ambient", "memory", "paths", "losses", "optimizers", "streams", "networks", "data",
        "recipe", "theory",
    },
    "standard_errors": set(),
    "metrics": {"data", "standard_errors", "streams"},
    "modes": {"metrics"},
    "two_sample": {"metrics", "standard_errors"},
    "held_out": {"metrics"},
    "jacobian": {"ambient", "metrics", "standard_errors", "streams", "training"},
    "planes": {"theory"},
    "history": {"ambient", "training", "recipe"},
    "frames": {"training", "theory", "losses"},
    "panels": {"frames"},
    "recording_bytes": {"frames", "__init__"},
    "recording": {"frames", "recipe", "recording_bytes", "panels", "__init__"},
    "provenance": {"__init__"},
    "fingerprints": {"provenance"},
    "kept_runs": {"provenance"},
    "executors": {"paths"},
    "compiling": {"paths", "recipe"},
    "shards": {"executors", "kept_runs", "recipe"},
    "measures": {"losses", "modes", "theory", "training"},
    "intervals": set(),
    "sweep": {
        "compiling", "figures", "fingerprints", "intervals", "measures", "provenance", "recipe",
        "shards", "training",
    },
    "figures": {"frames", "recording", "panels", "planes", "theory"},
    "theory": {"theory"},
    "checkers": {"theory"},
    "widgets": {
        "theory", "data", "laws", "plane", "losses", "networks", "optimizers", "recipe", "paths",
        "training", "history", "jacobian", "frames", "planes", "recording", "figures", "__init__",
    },
    "__main__": {"theory"},
}
BELOW_ALL = {"refusals"}
PICTURES = {"matplotlib"}
WIDGETS = {"ipywidgets", "anywidget", "traitlets", "IPython"}


def row(path: Path) -> str:
    """The row of the table that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it, with dots."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by dots: write the name out"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def ours(path: Path) -> set[str]:
    """The rows of the package that a file imports."""
    found = set()
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "gan_lab":
            inside = (ROOT / parts[1]).is_dir() or (ROOT / f"{parts[1]}.py").is_file()
            found.add(parts[1] if inside else "__init__")
    return found


FILES = sorted(ROOT.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_module_imports_only_what_its_row_of_the_table_allows(path):
    assert row(path) in MAY, f"give {row(path)} a row in the table of this test"
    assert ours(path) <= MAY[row(path)] | BELOW_ALL | {row(path)}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_torch_pictures_and_widgets_stay_on_their_floors(path):
    outside = {name.split(".")[0] for name in imports(path)}
    if row(path) not in ENGINE - {"theory", "recipe"}:
        assert "torch" not in outside
    if row(path) not in {"figures", "widgets"}:
        assert not outside & PICTURES
    if row(path) != "widgets":
        assert not outside & WIDGETS
    if row(path) == "theory":
        assert outside - {"gan_lab"} <= {"numpy", "scipy", "sympy", *standard()}


def standard() -> set[str]:
    import sys

    return set(sys.stdlib_module_names)


def test_the_table_has_no_circle_between_rows():
    actual = {}
    for path in FILES:
        actual.setdefault(row(path), set()).update(ours(path) - {row(path), "__init__"})
    while actual:
        floor = {name for name, above in actual.items() if not above & set(actual)}
        assert floor, f"these rows import one another in a circle: {sorted(actual)}"
        actual = {name: above for name, above in actual.items() if name not in floor}
