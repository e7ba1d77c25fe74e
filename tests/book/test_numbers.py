"""What a run ends with is printed by a cell, or told over at least ten seeds: never typed in prose.

Another processor ends a long game elsewhere, so that a number of one run, written down by hand, is
wrong on most machines. The numbers of `lab.md` come from the page's own trainer, whose arithmetic
is JavaScript's everywhere; `tests/js/experiments.test.mjs` plays them.
"""

import re
from pathlib import Path

import pytest

BOOK = Path(__file__).resolve().parents[2] / "book"

CONSTANTS = {
    "intro": {},
    "figure_1": {
        "0.02": "criterion of panel (a)",
        "0.12": "criterion of panel (a)",
        "0.003": "criterion of panel (d)",
        "0.1": "criterion of panel (d)",
        "0.0005": "a bound of the ledger",
        "0.005": "a bound of the ledger",
        "0.09": "a bound of the ledger",
    },
    "the_game": {
        "0.9": "what a D says in an exercise",
        "0.1": "1 - 0.9",
        "2.408": "-log 0.9 - log 0.1",
        "0.01": "a rate in a link",
        "1.386": "log 4",
        "0.693": "log 2",
        "0.5": "a half",
        "0.798": "sqrt(2 / pi)",
    },
    "training_loop": {
        "1.386": "log 4",
        "0.693": "log 2",
        "1.3863": "log 4",
        "0.6931": "log 2",
        "0.0": "what stands still",
    },
    "convergence": {
        "2.5": "a step size to predict with",
        "4.25": "h^2 - 2 at 2.5",
        "0.2002": "exact steps of two numbers",
        "0.2": "a step; sqrt(2 h), h = 0.02",
        "9.975": "2/h - h/8 at 0.2",
        "1.875": "2/h - h/8 at 1",
        "4.1": "a theorem's number",
        "0.9": "1 - h/4 at 0.4",
        "0.8": "1 - h/2 at 0.4",
    },
    "generator_losses": {
        "0.7": "a generator to look at",
        "1.1": "a generator to look at",
    },
    "family": {"1.2": "a generator to look at", "102.01": "1.01 + 101"},
    "finite_data": {
        "0.1": "a strength of R1",
        "0.003078": "a JSD of two Gaussians",
    },
    "pictures": {"0.9": "what counts as read"},
    "is_my_curve_normal": {
        "0.0002": "a rate",
        "0.0005": "a rate in a link",
        "0.001": "a rate",
        "0.01": "a loss to explain; a rate in a link",
        "0.02": "a loss to explain; a rate in a link",
        "0.99": "1 - 0.01",
        "4.6": "-log 0.01",
        "0.05": "a limit",
        "0.1": "a limit; a strength of R1 in a link",
        "0.15": "a limit",
        "0.9": "a limit; a momentum",
    },
    "many_gans": {
        "0.1": "what is called a success; a rate",
        "1.96": "a quantile of the normal distribution",
        "0.9375": "1 - 1/16",
        "0.969": "1 - 1/32",
        "0.99": "1 - 1 %",
        "0.05": "1 - 95 %",
        "0.01": "1 %",
        "298.07": "log 0.05 / log 0.99",
        "0.001": "a rate in a link",
        "0.004": "a rate in a link",
        "0.005": "a strength in a link",
    },
}
"""Decimals that belong to a definition or to arithmetic, chapter by chapter, with their reason."""

COUNTED = re.compile(
    r"\b(ten|twelve|twenty|thirty|fifty|(?:a )?hundred|[1-9]\d+)\s+seeds\b", re.IGNORECASE
)
DECIMAL = re.compile(r"(?<![\w.])\d*\.\d+")


def prose(text: str) -> str:
    """A chapter without its head, its cells, and code; comments in an exercise's code stay."""
    text = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.S)
    text = re.sub(r"^```\{code-cell\}.*?^```$", "", text, flags=re.S | re.M)
    text = re.sub(r"^ {4}[^#\n]*", "", text, flags=re.M)
    return re.sub(r"`[^`\n]+`", "", text)


def typed(text: str) -> set[str]:
    """The decimals in paragraphs that do not say over how many seeds."""
    paragraphs = re.split(r"\n\s*\n", prose(text))
    return {n for p in paragraphs if not COUNTED.search(p) for n in DECIMAL.findall(p)}


@pytest.mark.parametrize("chapter", CONSTANTS)
def test_no_number_of_a_run_is_typed_in_prose(chapter):
    found = typed((BOOK / f"{chapter}.md").read_text(encoding="utf-8"))
    assert found == set(CONSTANTS[chapter])


def test_every_chapter_that_trains_is_looked_at():
    training = re.compile(r"^[^`\n]*\bTraining\(", re.MULTILINE)  # in code, and not named in prose
    trains = {f.stem for f in BOOK.glob("*.md") if training.search(f.read_text(encoding="utf-8"))}
    assert trains == set(CONSTANTS)


def test_the_rule_finds_what_it_is_for():
    assert typed("The JSD is 0.136 nats.\n\nBy 0.2 `gain=0.6`.\n") == {"0.136", "0.2"}
    assert typed("| `k=4` | 0.075 |\n") == {"0.075"}
    assert typed("Over ten seeds it ends\nbetween 0.03 and 0.2.") == set()
    assert typed("Over five seeds it ends at 0.03.") == {"0.03"}
    assert typed("    print(x, 0.3)   # 0.017\n") == {"0.017"}
    assert typed("```{code-cell} ipython3\nh = 0.3\n```\n") == set()
