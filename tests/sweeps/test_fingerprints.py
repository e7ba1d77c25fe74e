"""The fingerprint of a function changes with all that it does, and with nothing else."""

import dataclasses
import enum
import functools
import importlib
import math
import os
import random
import subprocess
import sys
import threading
import types

import numpy as np
import pytest
import torch

from gan_lab.datasets import distribution
from gan_lab.sweeps import provenance, scorers
from gan_lab.sweeps.fingerprints import fingerprint
from gan_lab.theory import gaussian
from gan_lab.training.recipe import PRESETS

LIMIT, TABLE = 3.0, {"a": [1, 2]}


def of(value) -> str:
    return fingerprint(value, "the measure 'x'")


def made(source: str, **names):
    """The function `f` that this source makes, among other names."""
    space = {"__name__": "__main__", **names}
    exec(source, space)
    return space["f"]


SAME = [
    ("def f(t, i): return 1.0", "\n\n# a word about it\ndef f(t, i):\n    return 1.0"),
    ("def f(t, i): return i in {1, 2, 3}", "def f(t, i): return i in {3, 2, 1}"),
    ("f = lambda t, i: t", "f = lambda t, i: t  # as it is"),
]
OTHER = [
    ("def f(t, i): return 1.0", "def f(t, i): return 2.0"),
    ("def f(t, i): return 0.0", "def f(t, i): return -0.0"),
    ("def f(t, i): return 1", "def f(t, i): return 1.0"),
    ("def f(t, i): return 1", "def f(t, i): return True"),
    ("def f(t, i): return t + i", "def f(t, i): return t - i"),
    ("def f(t, i): return t.jsd", "def f(t, i): return t.gap"),
    ("def f(t, i, a=1): return a", "def f(t, i, a=2): return a"),
    ("def f(t, i, *, a=1): return a", "def f(t, i, *, a=2): return a"),
    ("def f(t, i): return [x + 1 for x in t]", "def f(t, i): return [x + 2 for x in t]"),
    ("def f(t, i): return (lambda: 1)()", "def f(t, i): return (lambda: 2)()"),
    ("A = 1\ndef f(t, i): return A", "A = 2\ndef f(t, i): return A"),
    ("A = [1, [2]]\ndef f(t, i): return A", "A = [1, [3]]\ndef f(t, i): return A"),
    ("def g(): return 1\ndef f(t, i): return g()", "def g(): return 2\ndef f(t, i): return g()"),
    (
        "def g(): return 1\nh = {'a': g}\ndef f(t, i): return h['a']()",
        "def g(): return 2\nh = {'a': g}\ndef f(t, i): return h['a']()",
    ),
    (
        "A = 1\ndef g(): return A\ndef f(t, i): return [g() for _ in t]",
        "A = 2\ndef g(): return A\ndef f(t, i): return [g() for _ in t]",
    ),
    ("class C:\n  a = 1\ndef f(t, i): return C.a", "class C:\n  a = 2\ndef f(t, i): return C.a"),
    (
        "class B:\n  def m(s): return 1\nclass C(B): pass\nf = C().m",
        "class B:\n  def m(s): return 2\nclass C(B): pass\nf = C().m",
    ),
    (
        "class C:\n  @property\n  def p(s): return 1\nc = C()\ndef f(t, i): return c.p",
        "class C:\n  @property\n  def p(s): return 2\nc = C()\ndef f(t, i): return c.p",
    ),
    (
        "class C:\n  @staticmethod\n  def s(): return 1\nf = C.s",
        "class C:\n  @staticmethod\n  def s(): return 2\nf = C.s",
    ),
    ("def f(t, i): return f.a\nf.a = 1", "def f(t, i): return f.a\nf.a = 2"),
    (
        "import functools\n@functools.cache\ndef g(): return 1\ndef f(t, i): return g()",
        "import functools\n@functools.cache\ndef g(): return 2\ndef f(t, i): return g()",
    ),
    (
        "import functools\nf = functools.partial(max, 1)",
        "import functools\nf = functools.partial(max, 2)",
    ),
    (
        "import math\ndef f(t, i): return math.sin(i)",
        "import math\ndef f(t, i): return math.cos(i)",
    ),
    (
        "def f(t, i):\n  try: return t\n  except ValueError: return 1",
        "def f(t, i):\n  try: return t\n  except KeyError: return 1",
    ),
    ("def f(t, i): return min(t)", "def min(t): return 3\ndef f(t, i): return min(t)"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_what_does_the_same_is_the_same(one, two):
    assert of(made(one)) == of(made(two))


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_what_does_something_else_is_another(one, two):
    assert of(made(one)) == of(made(one)) != of(made(two))


def closing_over(value):
    return lambda t, i: value


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclasses.dataclass
class Point:
    x: float
    rest: list = dataclasses.field(default_factory=list)


class Slotted:
    __slots__ = ("a",)

    def __init__(self, a):
        self.a = a


class Cached:
    def __init__(self, a):
        self.a = a

    @functools.cached_property
    def twice(self):
        return 2 * self.a


PAIRS = [
    (1, 2),
    (0.1, math.nextafter(0.1, 1)),
    (10**5000, 10**5000 + 1),
    ("a", "b"),
    (b"a", b"b"),
    ((1, 2), [1, 2]),
    ([1, [2]], [1, [3]]),
    ({"a": 1}, {"a": 2}),
    ({1, 2}, {1, 3}),
    (None, False),
    (np.arange(3.0), np.arange(3.0) + 1e-12),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (np.zeros(3), np.zeros(3, "f4")),
    (np.float64(1), np.float64(2)),
    (torch.zeros(3), torch.ones(3)),
    (torch.tensor(1.0), torch.tensor(2.0)),
    (torch.ones(2, dtype=torch.bfloat16), torch.ones(2)),
    (torch.float32, torch.float64),
    (Colour.RED, Colour.BLUE),
    (Point(1), Point(2)),
    (Point(1, [1]), Point(1, [2])),
    (Slotted(1), Slotted(2)),
    (Cached(1), Cached(2)),
    (np.array([1, "a"], object), np.array([1, "b"], object)),
    (np.ma.masked_array([1, 2], [0, 1]), np.ma.masked_array([1, 2], [1, 0])),
    (PRESETS["pacgan-ring"], PRESETS["pacgan-grid"]),
    (distribution("gamma", 2), distribution("gamma", 3)),
    (gaussian(0, 1), gaussian(0, 2)),
    (random.Random(1), random.Random(2)),
    (np.random.default_rng(1), np.random.default_rng(2)),
    (math.sin, math.cos),
    (np.add, np.multiply),
    (len, max),
    (int, float),
    (closing_over(1), closing_over(2)),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: type(p[0]).__name__)
def test_values_that_are_closed_over_count(pair):
    one, two = (of(closing_over(value)) for value in pair)
    assert one == of(closing_over(pair[0])) and one != two


def test_what_is_cached_in_our_own_data_does_not_count():
    data = distribution("gamma", 2)
    before = of(closing_over(data))
    assert data.pdf(1.0) and data.mean and of(closing_over(data)) == before


def test_what_refers_to_itself_has_an_end():
    ring = [1]
    ring.append(ring)
    assert of(ring) == of(ring) != of([1, [1]])
    deep = []
    for _ in range(10**5):
        deep = [deep]
    with pytest.raises(ValueError, match="the measure 'x' cannot be told .* nested too deeply"):
        of(closing_over(deep))


@pytest.mark.parametrize(
    "value", [threading.Lock(), (n for n in "ab"), sys.stdout, types.ModuleType("without_a_file")]
)
def test_what_cannot_be_written_down_is_refused_in_a_sentence_that_names_it(value):
    with pytest.raises(ValueError, match="the measure 'x' cannot be told from others") as refusal:
        of(closing_over(value))
    assert "\n" not in str(refusal.value)


def test_our_own_measures_change_with_the_numbers_in_them(monkeypatch):
    found = [of(measure) for measure in scorers.SCORERS.values()]
    assert len(set(found)) == len(found)
    before = of(scorers.modes)
    monkeypatch.setattr(scorers, "SAMPLES", 99)
    assert of(scorers.modes) != before


@pytest.fixture
def module(tmp_path, monkeypatch):
    """Write a module of the reader's own, and have it imported anew."""
    monkeypatch.syspath_prepend(str(tmp_path))
    names = []

    def write(name: str, text: str) -> types.ModuleType:
        (tmp_path / f"{name}.py").write_text(text)
        importlib.invalidate_caches()
        names.append(name)
        sys.modules.pop(name, None)
        monkeypatch.setattr(sys, "dont_write_bytecode", True)
        return importlib.import_module(name)

    yield write
    for name in names:
        sys.modules.pop(name, None)


USES = [
    "import reader_s_own\ndef f(t, i): return reader_s_own.score(t)",
    "from reader_s_own import score\ndef f(t, i): return score(t)",
    "def f(t, i):\n  import reader_s_own\n  return reader_s_own.score(t)",
    "def f(t, i):\n  from reader_s_own import score\n  return score(t)",
    "import reader_s_own as r\ndef f(t, i): return getattr(r, 'sc' + 'ore')(t)",
]


@pytest.mark.parametrize("use", USES)
def test_a_module_of_the_reader_s_counts_with_what_it_imports(use, module):
    module("reader_s_other", "A = 1")
    module("reader_s_own", "import reader_s_other\ndef score(t): return reader_s_other.A")
    first = of(made(use))
    assert of(made(use)) == first
    module("reader_s_other", "A = 2")
    module("reader_s_own", "import reader_s_other\ndef score(t): return reader_s_other.A")
    second = of(made(use))
    module("reader_s_own", "import reader_s_other\ndef score(t): return 7")
    assert len({first, second, of(made(use))}) == 3


def test_a_number_that_is_set_in_a_module_counts(module):
    own = module("reader_s_own", "LIMIT = 1")
    f = made("import reader_s_own\ndef f(t, i): return reader_s_own.LIMIT")
    before = of(f)
    own.LIMIT = 2
    assert of(f) != before


def test_an_installed_module_counts_by_its_version(monkeypatch):
    f = made("import numpy as np\ndef f(t, i): return np.mean(t)")
    before = of(f)
    provenance.version_of.cache_clear()
    monkeypatch.setattr(np, "__version__", "99.0")
    assert of(f) != before
    provenance.version_of.cache_clear()


def test_another_process_makes_the_same():
    text = (
        "import numpy as np\nfrom gan_lab.sweeps.fingerprints import fingerprint\n"
        "LIMIT = {'a', 'b', 'c', 1, 2}\nclass C:\n  def __call__(s, t, i): return np.mean(LIMIT)\n"
        "f = fingerprint(C(), 'x') + fingerprint(lambda t, i: C() in LIMIT, 'y')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"{text}print(f)"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert ran.stdout.strip() == made(text)


def test_the_package_s_code_is_all_of_its_python():
    assert provenance.own_code() == provenance.own_code.__wrapped__()
    assert set(provenance.versions()) == {"gan_lab", "code", "python", "torch", "numpy", "scipy"}


def test_the_modules_that_a_file_mentions():
    text = b"import a.b, c\nfrom d import e\nfrom . import g\nfrom ..h import i\ndef f(): import j"
    found = provenance.mentioned(text, "top.middle.low")
    assert found >= {"a.b", "c", "d", "d.e", "top.middle", "top.middle.g", "top.h", "top.h.i", "j"}
    assert provenance.mentioned(b"\x7fELF\0", "x") == provenance.mentioned(b"def", "x") == set()
