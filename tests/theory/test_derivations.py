"""Derivations: a step that sympy cannot confirm cannot be made."""

import pytest
import sympy as sp

from gan_lab.theory.derivations import Step, a, b, minimum_of_C, optimal_discriminator, y

both = pytest.mark.parametrize("derive", [optimal_discriminator, minimum_of_C])


@both
def test_a_derivation_prints_each_step_as_words_and_as_maths(derive):
    steps = derive()
    text = steps._repr_markdown_()
    assert text.count("$$") == 2 * len(steps)
    for step in steps:
        assert step.words in text and step.words in str(steps)
        assert sp.latex(step.equation) in text


@both
def test_each_step_holds_in_numbers_too(derive):
    for step in derive():
        free = {s for _, value in step.given for s in value.free_symbols} | {a, b, y}
        places = {s: sp.Rational(2, 7) for s in free} | {a: 2, b: sp.Rational(3, 5)}
        left, right = (
            side.doit().subs(step.given).subs(places) for side in step.equation.args
        )
        if isinstance(step.equation, sp.Equality):
            assert abs(sp.N(left - right, 30)) < 1e-25
        else:
            assert sp.N(left) < sp.N(right)


@pytest.mark.parametrize(
    "claim",
    [
        sp.Eq(y, b / (a + b), evaluate=False),
        sp.Eq(sp.log(a) - sp.log(b), sp.log(a * b), evaluate=False),
        sp.Lt(a, b, evaluate=False),
        sp.false,
    ],
)
def test_a_false_step_cannot_be_made(claim):
    with pytest.raises(ValueError, match="is not true"):
        Step("A false step", claim)


def test_a_step_needs_an_equation():
    with pytest.raises(ValueError, match="must come from sympy"):
        Step("Words alone", "a = b")
