"""The face of the package: what it gives, how little it takes, and what needs no torch."""

import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from made_by_hand import plane_by_hand

import gan_lab
from gan_lab.__main__ import main
from gan_lab.core.lazy import public

ROOT = Path(gan_lab.__file__).parents[1]
ROOMS = ["checkers", "core", "metrics", "recording", "sweeps", "training", "widgets"]

ALONE = "import sys; import gan_lab as gl; print(*sys.modules)"

NO_TORCH = """
import sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "torch":
            raise ModuleNotFoundError("No module named 'torch'", name="torch")

sys.meta_path.insert(0, Blocked())
"""

WITHOUT = (
    NO_TORCH
    + """
import matplotlib
matplotlib.use("agg")
import matplotlib.pyplot as plt
import gan_lab as gl

run = gl.load(sys.argv[1])
assert gl.Recipe.from_json(run.recipe.to_json()) == run.recipe
figure, axes = plt.subplots(1, 5)
gl.plots.figure_1(axes[0], run[-1])
gl.plots.bound(axes[1], run)
gl.plots.compare_runs(axes[2], {"a": run.jsd})
gl.plots.densities(axes[3], run[0])
player = gl.play(run)
assert "data-gan-lab" in player.html() and player.still()
assert player._repr_mimebundle_()
try:
    gl.Training(run.recipe)
except ModuleNotFoundError as error:
    print("it says:", error)
"""
)

THEORY = (
    NO_TORCH
    + """
import importlib, pkgutil
from gan_lab import theory
for found in pkgutil.walk_packages(theory.__path__, "gan_lab.theory."):
    importlib.import_module(found.name)
p, q = theory.gaussian(0, 1), theory.gaussian(1, 1)
print(theory.js(p, q).value)
from gan_lab.theory.proofs import LEDGER, check
assert check(next(iter(LEDGER.values()))).passed
"""
)


def ran(code: str, *words) -> str:
    told = [sys.executable, "-c", code, *map(str, words)]
    ended = subprocess.run(told, cwd=ROOT, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_importing_the_package_imports_nothing_but_its_table():
    outside = {name.split(".")[0] for name in ran(ALONE).split()}
    assert not outside & {"torch", "numpy", "scipy", "sympy", "matplotlib", "ipywidgets", "IPython"}
    ours = {name for name in ran(ALONE).split() if name.startswith("gan_lab")}
    assert ours == {"gan_lab", "gan_lab.core", "gan_lab.core.lazy"}


def test_a_player_brings_no_matplotlib_before_it_has_something_to_draw():
    said = ran("import sys; import gan_lab.widgets.player; print(*sys.modules)").split()
    assert "gan_lab.widgets.stills" in said and "matplotlib" not in said


def test_a_recording_opens_is_drawn_and_plays_without_torch(run, tmp_path):
    run.save(tmp_path / "run")
    assert "No module named 'torch'" in ran(WITHOUT, tmp_path / "run")


PLANE_WITHOUT = (
    NO_TORCH
    + """
import gan_lab as gl

run = gl.load(sys.argv[1])
run.to_svg(sys.argv[1] + ".svg")
assert run[-1].D.shape == run[-1].D_star.shape and gl.play(run).jsd == float(run.jsd[0])
print(len(run))
"""
)


def test_a_recording_in_the_plane_opens_is_drawn_and_plays_without_torch(tmp_path):
    plane_by_hand(3).save(tmp_path / "run", quantised=True)
    assert ran(PLANE_WITHOUT, tmp_path / "run").strip() == "3"


def test_theory_needs_no_torch():
    assert 0.1 < float(ran(THEORY)) < 0.12


def test_what_needs_no_torch_to_be_imported():
    rooms = ["core", "distributions", "theory", "datasets", "metrics", "recording", "plots"]
    rooms.append("checkers")
    ran(
        NO_TORCH + "import importlib, pkgutil, sys\n"
        f"for room in map('gan_lab.'.__add__, {rooms}):\n"
        "    room = importlib.import_module(room)\n"
        "    for found in pkgutil.walk_packages(getattr(room, '__path__', []), ''):\n"
        "        importlib.import_module(f'{room.__name__}.{found.name}')\n"
        "import gan_lab.training.recipe, gan_lab.widgets.player\n"
        "from gan_lab.core import torch\n"
        "try:\n    torch.ones\nexcept ModuleNotFoundError:\n    sys.exit(0)\nsys.exit(1)"
    )


@pytest.mark.parametrize("name", ["gan_lab", *(f"gan_lab.{room}" for room in ROOMS)])
def test_a_room_lends_every_name_that_it_lists(name):
    room = importlib.import_module(name)
    assert room.__all__ and room.__doc__ and set(room.__all__) <= set(dir(room))
    for shown in room.__all__:
        value = getattr(room, shown)
        assert value is getattr(room, shown)
        assert getattr(value, "__module__", name).startswith(name.partition(".")[0])
    inside = {found.name for found in pkgutil.iter_modules(room.__path__)}
    own = set(room.__all__) - inside
    assert name == "gan_lab" or own == set(room.__all__)  # else which one it is hangs on the order
    with pytest.raises(AttributeError, match=f"module '{name}' has no attribute 'nonsense'"):
        _ = room.nonsense


def test_a_name_that_a_module_has_too_is_refused():
    with pytest.raises(ValueError, match="lab has a module and something else of the name loop"):
        public("lab", {"loop": ["loop"]})
    with pytest.raises(ValueError, match="the name data"):
        public("lab", {"loop": ["data"]}, ["data"])


def test_the_command_line_says_what_it_knows(capsys):
    assert main(["--help"]) == 0
    assert "usage: python -m gan_lab" in (said := capsys.readouterr().out)
    assert "verify" in said and "--version" in said
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"gan_lab {gan_lab.__version__}\n"
    assert main(["-h"]) == 0
