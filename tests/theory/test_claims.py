"""The ledger: every claim is confirmed twice, and a false one is found out and named."""

import dataclasses
import io

import pytest

from gan_lab.__main__ import main, verify
from gan_lab.theory.claims import LEDGER, Claim, check
from gan_lab.theory.witnesses import worst

NAMES = {
    "push-forward", "game-value", "proposition-1", "concavity", "unequal-priors",
    "label-smoothing", "density-ratio", "bound", "theorem-1", "jsd-bounds", "jsd-metric",
    "proposition-2", "linear-discriminator",
}


def test_the_ledger_holds_the_names_that_the_chapters_use():
    assert set(LEDGER) >= NAMES
    for name, claim in LEDGER.items():
        assert claim.name == name and claim.statement and claim.source
        assert claim.statement.isascii()


def test_every_claim_has_a_formula_that_a_page_can_set():
    formulas = [claim.formula for claim in LEDGER.values()]
    assert all(formulas) and len(set(formulas)) == len(formulas)
    for formula in formulas:
        assert "$" not in formula and "\n" not in formula
        assert formula.count("{") == formula.count("}")


@pytest.mark.parametrize("name", sorted(LEDGER))
def test_the_claim_holds(name):
    report = check(LEDGER[name])
    assert report.symbolic_ok
    assert 0 <= report.residual <= report.tolerance <= 1e-10
    assert report.passed


def test_a_residual_above_the_tolerance_fails_a_claim():
    claim = LEDGER["concavity"]
    assert not check(dataclasses.replace(claim, numeric=lambda: (2.0, 1.0))).passed
    assert not check(dataclasses.replace(claim, numeric=lambda: (0.0, float("inf")))).passed
    assert not check(dataclasses.replace(claim, numeric=lambda: (float("nan"), 1.0))).passed
    assert not check(dataclasses.replace(claim, symbolic=lambda: False)).passed


def test_one_unknown_residual_among_many_is_the_worst():
    small, unknown = (1e-17, 1e-15), (0.5, float("inf"))
    assert worst([small, (0.0, 1e-15)]) == small
    assert worst([small, unknown]) == unknown
    assert worst([small, (float("nan"), 1.0)])[1] == 1.0
    assert worst([small, (0.1, 0.0)]) == (0.1, 0.0)


def test_verify_names_the_claim_that_fails():
    claim = dataclasses.replace(LEDGER["concavity"], numeric=lambda: (2.0, 1.0))
    out = io.StringIO()
    assert verify({"good": LEDGER["density-ratio"], "bad one": claim}, out) == 1
    assert "1 of 2 claims fail: bad one." in out.getvalue()


def test_verify_succeeds_when_all_hold():
    out = io.StringIO()
    assert verify({"density-ratio": LEDGER["density-ratio"]}, out) == 0
    assert "[ 1/1] density-ratio" in out.getvalue() and "All 1 claims hold." in out.getvalue()


def test_an_unknown_command_is_answered_in_one_sentence(capsys):
    assert main(["prove"]) == 2
    assert "knows the command verify, and was given prove" in capsys.readouterr().err


def test_a_claim_has_a_known_kind():
    with pytest.raises(ValueError, match="theorem, measured, folklore"):
        Claim("x", "x", "x", "x", "rumour", bool, tuple)
