"""The ledger: what it shows is what it checks, and what is false is found out and named."""

import dataclasses
import io
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import sympy as sp
from says import said_in, words

from gan_lab.__main__ import main, verify
from gan_lab.theory import Estimate
from gan_lab.theory.proofs import LEDGER, check
from gan_lab.theory.proofs.claim import Check, Claim, Rival, residuals
from gan_lab.theory.proofs.formulas import plain_text, relations, residual, worst
from gan_lab.theory.proofs.page import papers

every_claim = pytest.mark.parametrize("name", sorted(LEDGER))


@every_claim
def test_the_claim_holds_and_its_rivals_fail(name):
    for seed in (1, 2):
        report = check(LEDGER[name], seed)
        assert report.symbolic_ok in (True, None)
        assert 0 <= report.residual <= report.tolerance
        assert report.rivals == () and report.passed


@every_claim
def test_each_sentence_is_held_by_a_test_of_the_claims_own_file(name):
    claim = LEDGER[name]
    said, sentences = said_in(Path(claim.test).stem), [words(s) for s in claim.sentences]
    assert set(sentences) <= set(said) if claim.kind == "measured" else sentences == said


@every_claim
def test_a_claim_has_a_rival_a_source_and_a_statement_for_a_terminal(name):
    claim = LEDGER[name]
    assert claim.name == name and claim.rivals
    assert papers(claim) != ["this book"] or re.search("here|inequality", claim.source)
    assert claim.plain.isascii() and "\\" not in claim.plain and "$" not in claim.plain
    for formula in claim.formulas:
        assert formula.count("{") == formula.count("}")


# What is shown is what is checked: a formula with another sign, number or direction fails.

OTHER = {"+": "-", "-": "+", "=": r"\ge ½ +", r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<"}
SIGNS = re.compile(r"(?<!_\{x \\)(\\le(?![a-z])|\\ge(?![a-z])|[-+=<>])")
NUMBERS = re.compile(r"½|(?<![\w{^.])\d+(?![\w.])|(?<=\^)\d")


def changed(formula: str):
    """Formulas with one sign, number or direction changed."""
    for found in SIGNS.finditer(formula):
        yield formula[: found.start()] + OTHER[found[0]] + formula[found.end() :]
    for found in NUMBERS.finditer(formula):
        other = "1" if found[0] == "½" else str(int(found[0]) + 1)
        yield formula[: found.start()] + f" {other} " + formula[found.end() :]


def stands(formula: str, by: Check, instances) -> bool:
    """Whether a formula that is shown instead of a claim's own would pass."""
    try:
        off, tolerance = worst(residuals(formula, by, instances))
    except ValueError:  # it says something that nothing computes
        return False
    return off <= tolerance


@every_claim
def test_a_formula_that_says_something_else_fails(name):
    claim = LEDGER[name]

    @cache
    def instances(draw):
        return list(draw(np.random.default_rng(0)))

    standing = [
        other
        for formula, by in zip(claim.formulas, claim.checks, strict=True)
        for other in changed(formula)
        if stands(other, by, instances)
    ]
    assert standing == []


# Where something is wrong, it is said.


def with_quantities(C, rivals=()) -> Claim:
    """A claim that C(G) is 2, checked on one instance."""
    by = Check(lambda rng: [{"C(G)": C}])
    return Claim("two", "Two", "intro", "here", ("So $C(G) = 2$.",), (by,), rivals)


def test_a_residual_above_the_tolerance_fails_a_claim():
    assert check(with_quantities(C=2.0)).passed
    assert not check(with_quantities(C=2.1)).passed
    assert not check(with_quantities(C=np.nan)).passed
    assert not check(with_quantities(C=Estimate(2.0, np.inf))).passed
    assert check(with_quantities(C=Estimate(2.1, 0.2))).passed


def test_algebra_that_sympy_cannot_confirm_fails_a_claim():
    for value, ok in ((sp.Integer(2), True), (sp.Integer(3), False)):
        by = Check(lambda rng: [{"C(G)": 2.0}], algebra={"C(G)": value})
        report = check(dataclasses.replace(with_quantities(C=2.0), checks=(by,)))
        assert report.symbolic_ok == report.passed == ok


def test_a_rival_that_holds_fails_a_claim():
    fails = Rival("C is 3", lambda rng: [{"C(G)": 3.0}])
    holds = Rival("C is 2 as well", lambda rng: [{"C(G)": 2.0}])
    assert check(with_quantities(C=2.0, rivals=(fails,))).passed
    report = check(with_quantities(C=2.0, rivals=(fails, holds)))
    assert report.rivals == ("C is 2 as well",) and not report.passed


def test_one_unknown_residual_among_many_is_the_worst():
    small, unknown = (1e-17, 1e-15), (0.5, float("inf"))
    assert worst([small, (0.0, 1e-15)]) == small
    assert worst([small, unknown]) == unknown
    assert worst([small, (float("nan"), 1.0)])[1] == 1.0
    assert worst([small, (0.1, 0.0)]) == (0.1, 0.0)


@pytest.mark.parametrize(
    ("formula", "words"),
    [("C(G) + 2", "must compare something"), ("C(G) = k", "nothing computes"),
     ("C(G) = 2 +", "cannot be read")],
)  # fmt: skip
def test_a_formula_that_cannot_be_checked_is_refused_in_one_sentence(formula, words):
    with pytest.raises(ValueError, match=words):
        relations(formula, ("C(G)",))


def test_a_strict_inequality_is_not_met_at_its_end():
    assert residual("0 < h", {"h": 1.0}) == (0.0, pytest.approx(0, abs=1e-14))
    assert residual("0 < h", {"h": 0.0})[0] == np.inf


def test_a_formula_for_a_terminal_keeps_its_brackets():
    assert plain_text(r"\frac{a}{a + b} \le \sqrt{½} .") == "(a/(a + b)) <= sqrt(1/2)."
    assert plain_text(r"\log \frac{2 q_t}{p + q_t}") == "log ((2 q_t)/(p + q_t))"


def test_verify_names_the_claim_that_fails():
    out = io.StringIO()
    ledger = {"good": LEDGER["concavity"], "bad one": with_quantities(C=3.0)}
    assert verify(ledger, out) == 1
    assert "1 of 2 claims fail: bad one." in out.getvalue()


def test_verify_succeeds_when_all_hold():
    out = io.StringIO()
    assert verify({"concavity": LEDGER["concavity"]}, out) == 0
    assert "[ 1/1] concavity" in out.getvalue() and "All 1 claims hold." in out.getvalue()


def test_an_unknown_command_is_answered_in_one_sentence(capsys):
    assert main(["prove"]) == 2
    assert "knows the commands verify and embed, and was given prove" in capsys.readouterr().err


def test_a_claim_has_a_known_kind_and_a_check_for_each_formula():
    with pytest.raises(ValueError, match="theorem, measured, folklore"):
        dataclasses.replace(with_quantities(C=2.0), kind="rumour")
    with pytest.raises(ValueError, match="shows 1 formulas and checks 0"):
        dataclasses.replace(with_quantities(C=2.0), checks=())
