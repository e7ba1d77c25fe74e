"""Every self-contained notebook of the built book, run as Colab would: with its versions, offline.

    python -m tests.colab              all of them
    python -m tests.colab lab intro    some

The environment, `_build/colab`, has Colab's IPython, ipykernel and ipywidgets, no anywidget and no
`gan_lab`; what is heavy and not Colab's own, torch above all, is linked from the environment that
runs this. The notebooks run in an empty folder, where pip finds nothing to install. A cell that
fails, a figure that does not show itself, a package or a file of torch that is not what it was
before: each is a failure. Two run once more where anywidget is there, as pip brings it on Colab.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from importlib import metadata
from pathlib import Path

import nbformat
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / "_build" / "colab"
NOTEBOOKS = ROOT / "_build" / "html" / "notebooks"
ENDS_IN = "-colab"

COLABS = (
    "ipython==7.34.0", "ipykernel==6.17.1", "ipywidgets==7.7.1", "jupyter_client==7.4.9",
    "backcall==0.2.0", "decorator==5.2.1", "entrypoints==0.4", "ipython_genutils==0.2.0",
    "nest-asyncio==1.6.0", "pickleshare==0.7.5",
)  # fmt: skip
"""What is installed, without its dependencies: these are here, or linked."""

LINKED = (
    "torch", "numpy", "scipy", "scikit-learn", "sympy", "matplotlib", "tqdm",
    "debugpy", "jedi", "jupyter_core", "matplotlib-inline", "packaging", "pexpect",
    "prompt_toolkit", "psutil", "Pygments", "python-dateutil", "pyzmq", "tornado", "traitlets",
)  # fmt: skip
"""What is linked from the environment that runs this, with all that it requires."""

LONGEST = {"many_gans"}
"""What begins first, so that it is not alone at the end."""

WITH_ANYWIDGET = {"best_discriminator", "lab"}
VIEW = "application/vnd.jupyter.widget-view+json"

FIGURE = re.compile(r"^(play|lab|explore\.\w+)\(", re.MULTILINE)
LAST = """
import importlib.util, json, sys
import gan_lab, IPython, ipykernel, ipywidgets
print(json.dumps({
    "IPython": IPython.__version__, "ipykernel": ipykernel.__version__,
    "ipywidgets": ipywidgets.__version__, "gan_lab": gan_lab.__file__,
    "anywidget": importlib.util.find_spec("anywidget") is not None}))
"""


def closure(names) -> set[str]:
    """Distributions and all that they require here."""
    found, waiting = set(), list(names)
    while waiting:
        library = metadata.distribution(waiting.pop())
        if library.name not in found:
            found.add(library.name)
            wanted = map(Requirement, library.requires or ())
            waiting += [w.name for w in wanted if not w.marker or w.marker.evaluate({"extra": ""})]
    return found


def environment() -> Path:
    """The environment's Python; made anew unless it is there, whole, and of these versions."""
    mark, python = HOME / "made_of.json", HOME / "bin" / "python"
    linked = {name: metadata.distribution(name) for name in sorted(closure(LINKED))}
    there = [(name, lib.version, str(lib.locate_file(""))) for name, lib in linked.items()]
    made_of = json.dumps([sys.version, COLABS, there])
    if mark.exists() and mark.read_text() == made_of:
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
    pip = [python, "-m", "pip", "install", "-q", "--no-deps", *COLABS]
    subprocess.run(pip, check=True, stderr=subprocess.DEVNULL)
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([python, "-c", ask], text=True).strip())
    for library in linked.values():
        link(library, site)
    for name in ("anywidget", "psygnal"):
        link(metadata.distribution(name), HOME / "anywidget")
    mark.write_text(made_of)
    return python


def link(library: metadata.Distribution, site: Path) -> None:
    """Make a library importable in another environment."""
    site.mkdir(exist_ok=True)
    for top in {file.parts[0] for file in library.files} - {"..", "__pycache__"}:
        if not (site / top).exists():
            (site / top).symlink_to(Path(library.locate_file(top)).resolve())


def what_is_there(python: Path) -> dict:
    """All that is installed, and when each file of torch was last written."""
    ask = "from importlib.metadata import *\nfor d in distributions(): print(d.name, d.version)"
    said = subprocess.check_output([python, "-c", ask], text=True, cwd=HOME)
    torch = metadata.distribution("torch")
    files = {str(f): torch.locate_file(f) for f in torch.files if "__pycache__" not in f.parts}
    written = {name: os.stat(path).st_mtime_ns for name, path in files.items() if path.exists()}
    return dict(line.split() for line in said.splitlines()) | {"files of torch": written}


def run(path: Path, python: Path, anywidget: bool = False) -> list[str]:
    """What is wrong with a notebook when all its cells have run from top to bottom."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(LAST))
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook, timeout=300, kernel_name="", kernel_manager_class=kernel_of(python),
            resources={"metadata": {"path": folder}},
        )  # fmt: skip
        try:
            client.execute(env=alone(anywidget))
        except CellExecutionError as error:
            return [str(error)]
    return [*unshown(notebook, anywidget), *untrue(notebook, anywidget)]


def kernel_of(python: Path) -> type:
    """Starts kernels of another Python than the one that runs this."""
    command = [str(python), "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]

    class Kernel(AsyncKernelManager):
        kernel_spec = KernelSpec(argv=[*command, "-f", "{connection_file}"])

    return Kernel


def alone(anywidget: bool) -> dict[str, str]:
    """An environment that leads neither to the checkout nor to a package index."""
    ours = {"PYTHONPATH", "GAN_LAB_STATIC", "PYTHONHOME", "VIRTUAL_ENV"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    there = {"PYTHONPATH": str(HOME / "anywidget")} if anywidget else {}
    return kept | there | {"PIP_NO_INDEX": "1", "OMP_NUM_THREADS": "1"}


def unshown(notebook, anywidget: bool = False) -> list[str]:
    """Cells that end with a figure and do not show it, and errors that stopped nothing."""
    ills = []
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        shown = [out.data for out in outputs if out.output_type == "execute_result"]
        if cell.cell_type == "code" and FIGURE.search(cell.source):
            by_itself = any('class="gan-lab"' in data.get("text/html", "") for data in shown)
            if not (any(VIEW in data for data in shown) if anywidget else by_itself):
                ills.append(f"shows no figure: {cell.source[:200]}")
        ills += ["\n".join(out.traceback) for out in outputs if out.output_type == "error"]
    return ills


def untrue(notebook, anywidget: bool = False) -> list[str]:
    """Where the notebook did not run with Colab's versions and the package that it brought."""
    said = json.loads(notebook.cells[-1].outputs[0].text)
    wanted = dict(each.split("==") for each in COLABS)
    ills = [
        f"{name} was {said[name]}"
        for name in ("IPython", "ipykernel", "ipywidgets")
        if said[name] != wanted[name.lower()]
    ]
    if not Path(said["gan_lab"]).is_relative_to(tempfile.gettempdir()):
        ills.append(f"the package came from {said['gan_lab']}")
    if said["anywidget"] != anywidget:
        ills.append(f"anywidget was {'there' if said['anywidget'] else 'not there'}")
    return ills


def tried(path: Path, python: Path, anywidget: bool) -> tuple[list[str], str]:
    began = time.monotonic()
    ills = run(path, python, anywidget)
    how = f"{chapter(path)} with anywidget" if anywidget else chapter(path)
    return ills, f"{how}: {'fails' if ills else 'runs'}, {time.monotonic() - began:.0f} s"


def chapter(path: Path) -> str:
    return path.stem.removesuffix(ENDS_IN)


def main(names: list[str]) -> int:
    paths = NOTEBOOKS.glob(f"*{ENDS_IN}.ipynb")
    paths = sorted(paths, key=lambda path: (chapter(path) not in LONGEST, path))
    paths = [path for path in paths if not names or chapter(path) in names]
    if not paths:
        print(f"There is no such notebook in {NOTEBOOKS.relative_to(ROOT)}: build the book first.")
        return 1
    python, good = environment(), True
    before = what_is_there(python)
    tries = [(path, python, False) for path in paths]
    tries += [(path, python, True) for path in paths if chapter(path) in WITH_ANYWIDGET]
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for done in as_completed(pool.submit(tried, *each) for each in tries):
            ills, line = done.result()
            print("\n".join([*ills, line]), flush=True)
            good &= not ills
    if changed := other(before, what_is_there(python)):
        print(f"Not what it was before: {', '.join(changed)}")
    return 0 if good and not changed else 1


def other(before: dict, after: dict) -> list[str]:
    return sorted(name for name in before | after if before.get(name) != after.get(name))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
