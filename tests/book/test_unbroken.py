"""A formula in a sentence is wrapped with the marks that touch it, and with nothing else."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "book" / "_ext"))

from unbroken import FORMULA, wrapped  # noqa: E402

X = r'<span class="math notranslate nohighlight">\(x &lt; y\)</span>'
LEDGERS = r'<span class="math">\(x\)</span>'


@pytest.mark.parametrize("formula", [X, LEDGERS])
@pytest.mark.parametrize(
    ("before", "first", "last", "after"),
    [
        ("if ", "", ",", " then"),
        ("", "(", ").", " So"),
        ("", "“", "”;", "</p>"),
        ("of ", "", "’s", " turn"),
        ("the ", "", "-", "axis"),
        ("<em>", "", "", "</em>."),
        ("so ", "", "", " is"),
        ("so ", "", "", "<a>"),
    ],
)
def test_marks_go_with_the_formula(before, first, last, after, formula):
    kept = first + formula + last
    wanted = f'<span class="unbroken">{kept}</span>' if first + last else formula
    assert FORMULA.sub(wrapped, before + kept + after) == before + wanted + after


def test_each_formula_has_a_wrap_of_its_own_and_displays_have_none():
    displayed = r'<div class="math notranslate nohighlight">\[x\]</div>.'
    found = FORMULA.sub(wrapped, f"({X}, {LEDGERS}) {displayed}")
    assert found.count("unbroken") == 2 and found.endswith(displayed)
