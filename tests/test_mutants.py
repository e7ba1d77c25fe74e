"""The table of mutants fits the code, and its runner tells a breakage from none."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.mutants.__main__ import broken, noticed  # noqa: E402
from tests.mutants.table import MUTANTS, TESTS, Mutant  # noqa: E402


@pytest.mark.parametrize("module", TESTS)
def test_every_line_that_is_to_be_broken_stands_in_its_module_once(module):
    text = (ROOT / "gan_lab" / f"{module}.py").read_text()
    ours = [m for m in MUTANTS if m.module == module]
    assert len(ours) >= 5
    for mutant in ours:
        compile(broken(text, mutant), module, "exec")
        assert mutant.broken != mutant.text


def test_there_are_enough_of_them_and_none_twice():
    assert len(MUTANTS) >= 60 and len(set(MUTANTS)) == len(MUTANTS)


def test_a_line_that_is_gone_is_said_to_be_gone():
    with pytest.raises(ValueError, match="must hold this once, not 0 times"):
        broken("x = 1\n", Mutant("losses", "y = 2", "y = 3"))


def test_the_runner_notices_a_breakage_and_lets_a_comment_pass():
    wrong = next(m for m in MUTANTS if m.module == "optimizers")
    assert noticed(wrong, ("optimizers",)).startswith("tests/test_optimizers.py::")
    harmless = Mutant("optimizers", "self.steps = self.steps + 1", "self.steps = 1 + self.steps")
    assert noticed(harmless, ("optimizers",)) is None
