"""The rules break what they say, the choice is fixed, and the runner tells a breakage from none."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutants.modules import ASKED, DISTRIBUTIONS, ENGINE, EQUIVALENT, KEPT, THEORY, tried  # noqa: E402
from tests.mutants.rules import RULES, applied, chosen, mutants, source  # noqa: E402

SMALL = b'''
LIMIT = 7
TABLE = {"row": lambda a, b: (b - 1, a)}

@wraps(f, 3)
def f(x: int, n: int = 4) -> "3":
    """2 + 3"""
    if x < 0 and x:
        raise ValueError(f"{x + 1}")
    log(x)
    return max(x * n, y(-x, n))
'''


def of(rule: str) -> list[tuple[str, str, str]]:
    return [(m.function, m.was, m.broken) for m in mutants("small", SMALL) if m.rule == rule]


def test_each_rule_breaks_what_it_says():
    assert of("sign") == [("TABLE.row", " - ", " + "), ("f", " * ", " / "), ("f", "-x", "(x)")]
    assert of("constant") == [("TABLE.row", "1", "2"), ("f", "4", "1"), ("f", "0", "1")]
    assert of("turn") == [("f", " < ", " >= ")] and of("shift") == [("f", " < ", " <= ")]
    assert of("swap") == [("TABLE.row", "b - 1, a", "a, b - 1"), ("f", "-x, n", "n, -x")]
    assert ("f", "x * n", "(n)") in of("drop") and ("f", "x < 0 and x", "((x))") in of("drop")
    assert of("logic") == [("f", "x < 0 and x", "((x < 0) or (x))")]
    assert of("extreme") == [("f", "max", "min")]
    assert of("negate") == [("f", "x < 0 and x", "(not (x < 0 and x))")]
    assert of("guard") == [("f", "x < 0 and x", "False")]
    assert of("skip") == [("f", "log(x)", "pass")]


@pytest.mark.parametrize("module", ASKED)
def test_every_mutant_compiles_to_something_else_and_has_a_name_of_its_own(module):
    text, every = source(module), mutants(module)
    assert len({m.name for m in every}) == len(every)
    for mutant in tried(module):
        broken = applied(text, mutant)
        assert broken != text
        compile(broken, module, "exec")


def test_what_a_claim_says_is_broken_word_by_word_where_it_stands():
    said = "A = Claim('½ up', sentences=('For every ½ ', r'$x \\le 2$',))\nStep('up', a)".encode()
    words = [(m.function, m.was, m.broken) for m in mutants("small", said) if m.rule == "word"]
    assert words == [("A", "every", "some"), ("A", "\\le", "\\ge"), ("", "up", "down")]


def test_an_edit_elsewhere_moves_no_mutant():
    later = SMALL.replace(b"LIMIT = 7\n", b"LIMIT = 7\ndef g(a):\n    return a + 1 > 2\n")
    theirs = {m.name: (m.was, m.broken) for m in mutants("small", later)}
    assert all(theirs[m.name] == (m.was, m.broken) for m in mutants("small", SMALL))


def test_the_choice_is_fixed_and_takes_every_rule_in_turn():
    every = mutants("distributions/mixtures")
    first = chosen(every, 12)
    assert first == chosen(every, 13)[:12]
    assert max(Counter(m.rule for m in first).values()) <= 2
    assert {m.rule for module in ASKED for m in tried(module)} == set(RULES)


def test_there_are_enough_of_them_and_few_are_argued_away():
    for modules, least in ((THEORY | DISTRIBUTIONS, 80), (KEPT, 40), (ENGINE, 104)):
        names = [m.name for module in modules for m in tried(module)]
        assert len(names) >= least and len(set(names)) == len(names)
        assert sum(name in EQUIVALENT for name in names) <= 0.05 * len(names)


def test_what_is_argued_away_is_still_what_the_argument_is_about():
    every = {m.name: m for module in ASKED for m in tried(module)}
    for name, (words, reason) in EQUIVALENT.items():
        assert str(every[name]) == f"{name}  {words}" and reason


RUN = """
import json, sys
from pathlib import Path
from tests.mutants.__main__ import outcomes
from tests.mutants.rules import Mutant, source

was = "self.steps = self.steps + 1"
start = source("training/optimizers").index(was.encode())
made = [
    Mutant("training/optimizers", "Adam.step", rule, 1, 0, start, start + len(was), was, broken)
    for rule, broken in (("drop", "self.steps = 1"), ("swap", "self.steps = 1 + self.steps"))
]
whose, kept = {"training/optimizers": ("training/test_optimizers",)}, Path(sys.argv[1])
print(json.dumps({m.rule: test for m, test, _ in outcomes(made, whose, kept, at_once=1)}))
"""


def test_the_runner_notices_a_breakage_and_lets_a_harmless_one_pass(tmp_path):
    # in a process of its own, since it forks
    ran = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "clean.json")],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        check=True,
    )
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["drop"].startswith("tests/training/test_optimizers.py::") and found["swap"] == ""
