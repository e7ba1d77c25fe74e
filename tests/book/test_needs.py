"""What a chapter needs, read from its cells and from what they import."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from needs import Sources  # noqa: E402

FILES = {
    "lab/__init__.py": "VERSION = 1\n",
    "lab/__main__.py": "",
    "lab/base.py": "import numpy as np",
    "lab/law.py": "from lab import base\nfrom scipy.stats import norm",
    "lab/late.py": "def f():\n    from lab.law import norm\n    return norm",
    "lab/dots.py": "from . import base\nfrom .inner import leaf",
    "lab/computed.py": "import importlib\nm = importlib.import_module('lab.' + input())",
    "lab/spelt.py": "import importlib\nm = importlib.import_module('lab.law')",
    "lab/process.py": "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'lab'])",
    "lab/table.json": "{}",
    "lab/inner/__init__.py": "from lab.inner.leaf import x",
    "lab/inner/leaf.py": "from .. import dots\nx = 1",
    "lab/inner/numbers.csv": "1",
    "lab/lazy/__init__.py": "from lab.base import np\nimport sys as s\n"
    "def __getattr__(name):\n    import importlib\n"
    "    return importlib.import_module('lab.' + name)",
    "lab/lazy/own.py": "",
    "lab/room/__init__.py": "from lab.base import public\n"
    "__getattr__, __dir__, __all__ = public(__name__, {'held': ['curve', 'point'], 'far': ['a']})",
    "lab/room/held.py": "import lab.law",
    "lab/room/far.py": "",
    "lab/shown/__init__.py": "",
    "lab/shown/static/page.js": "",
    "lab/shown/static/package.json": "{}",
    "lab/shown/static/README.md": "",
    "lab/shown/static/glyphs.bin": "",
    "book/helper.py": "from lab import law",
    "book/_static/curve.npy": "",
    "benchmarks/one.md": "",
    "benchmarks/two.md": "",
}
TOP = {"lab/__init__.py", "lab/table.json"}
BASE = TOP | {"lab/base.py"}
LAW = BASE | {"lab/law.py"}
INNER = BASE | {"lab/dots.py", "lab/inner/__init__.py", "lab/inner/leaf.py"}
INNER |= {"lab/inner/numbers.csv"}
ROOM = BASE | {"lab/room/__init__.py"}
HELD = LAW | ROOM | {"lab/room/held.py"}
ALL = {name for name in FILES if name.startswith("lab/") and name.endswith(".py")}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    root = tmp_path_factory.mktemp("sources").resolve()
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return Sources(root / "lab", root / "book")


def needed(sources, *cells):
    files, outside = sources.needs(list(cells))
    return {path.relative_to(sources.root).as_posix() for path in files}, outside


@pytest.mark.parametrize(
    "cell, wanted",
    [
        ("import math", set()),
        ("import lab", TOP),
        ("import lab.base", BASE),
        ("from lab import VERSION", TOP),
        ("from lab.law import norm", LAW),
        ("from lab import law as l", LAW),
        ("def f():\n    from lab import law", LAW),
        ("if True:\n    import lab.law", LAW),
        ("from lab import late", LAW | {"lab/late.py"}),
        ("import lab.spelt", LAW | {"lab/spelt.py"}),
        ("from lab.dots import leaf", INNER),
        ("import lab.inner", INNER),
        ("from lab.lazy import np", BASE | {"lab/lazy/__init__.py"}),
        ("from lab.lazy import s", BASE | {"lab/lazy/__init__.py"}),
        ("from lab.lazy.own import y", BASE | {"lab/lazy/__init__.py", "lab/lazy/own.py"}),
        ("from lab import shown", TOP | {"lab/shown/__init__.py", "lab/shown/static/glyphs.bin"}),
        ("from lab.room import curve", HELD),
        ("from lab.room.far import a", ROOM | {"lab/room/far.py"}),
        ("from lab import room\nroom.a, room.a.b", ROOM | {"lab/room/far.py"}),
        ("import lab.room as r\nr.curve(1).x", HELD),
        ("import lab\nlab.room.a(3)", ROOM | {"lab/room/far.py"}),
        ("import helper", LAW | {"book/helper.py"}),
        ("%matplotlib inline\nimport lab.base", BASE),
        ("open('../benchmarks/one.md')", {"benchmarks/one.md"}),
        ("open(f'../benchmarks/{x}.md')", {"benchmarks/one.md", "benchmarks/two.md"}),
        ("Path('..') / 'benchmarks' / name", {"benchmarks/one.md", "benchmarks/two.md"}),
        ("np.load('_static/curve.npy')", {"book/_static/curve.npy"}),
        ("['.', '..', '/', '', '/tmp', '~', 'a\\0b', '../..', 'x' * 5000]", set()),
    ],
)
def test_a_cell_needs_what_it_imports_and_reads_and_no_more(sources, cell, wanted):
    assert needed(sources, cell)[0] == wanted


@pytest.mark.parametrize(
    "cell",
    [
        "from lab.computed import m",
        "import lab.process",
        "__import__('lab.' + name)",
        "from lab import *",
        "import lab.lazy",
        "from lab import lazy",
        "from lab.lazy import law",
        "from lab import room",
        "from lab.room import *",
        "import lab.room\nf(lab.room)",
        "from lab.room import of_no_table",
        "!python -m lab verify",
        "%run -m lab",
        "%%time\nimport lab.base",
        "subprocess.run([sys.executable, '-m', 'lab'])",
        "exec('from lab import base')",
        "this is no Python",
    ],
)
def test_a_cell_that_may_import_anything_needs_every_module(sources, cell):
    files, _ = needed(sources, cell)
    assert files >= ALL and "lab/shown/static/page.js" not in files


def test_libraries_are_named_and_the_standard_library_is_not(sources):
    assert needed(sources, "import math, torch.nn\nfrom lab import law")[1] == {
        "numpy", "scipy", "torch",
    }  # fmt: skip


def test_cells_are_taken_together(sources):
    assert needed(sources, "import lab.room as r", "r.a")[0] == ROOM | {"lab/room/far.py"}
    assert needed(sources, "import lab.base", "import helper")[0] == LAW | {"book/helper.py"}


def test_what_the_interpreter_loads_is_among_what_was_read():
    entry = "from gan_lab.theory.proofs import LEDGER; import gan_lab.training.recipe"
    loaded = f"{entry}\nimport sys\nprint(*[m.__file__ for n, m in sys.modules.items() "
    loaded += "if n.split('.')[0] == 'gan_lab'], sep='\\n')"
    ran = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True)
    files = {Path(line) for line in ran.stdout.splitlines()}
    assert len(files) > 10
    assert files <= Sources(ROOT / "gan_lab", ROOT / "book").needs([entry])[0]
