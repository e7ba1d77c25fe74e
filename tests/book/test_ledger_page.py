"""The ledger's page: chosen from, followed to the chapters and back, and there as data."""

import json

import pytest
from test_pages import MATHS_SETTLED

from gan_lab.theory.proofs import LEDGER

SEEN = "[...document.querySelectorAll('.gan-lab-ledger article')].filter(a => a.checkVisibility())"


@pytest.fixture
def ledger(visit):
    page = visit("claims")
    page.evaluate(MATHS_SETTLED)
    return page


def seen(page) -> list[str]:
    return [name.removeprefix("claim-") for name in page.evaluate(f"{SEEN}.map(a => a.id)")]


def test_every_claim_is_there_and_its_formulas_are_typeset(ledger):
    assert seen(ledger) == list(LEDGER)
    assert ledger.locator("output", has_text=f"{len(LEDGER)} of {len(LEDGER)} claims").count() == 1
    for name, claim in LEDGER.items():
        if claim.formulas:
            assert ledger.locator(f"#claim-{name} mjx-container").count() >= len(claim.formulas) / 2


def test_a_reader_chooses_by_kind_source_and_state(ledger):
    ledger.get_by_label("kind").select_option("measured")
    assert seen(ledger) == [n for n, claim in LEDGER.items() if claim.kind == "measured"]
    assert not ledger.get_by_role("heading", name="The training loop, step by step").is_visible()
    ledger.get_by_label("kind").select_option("all")
    ledger.get_by_label("source").select_option("Lin 1991")
    assert seen(ledger) == [n for n, claim in LEDGER.items() if "Lin 1991" in claim.source]
    ledger.get_by_label("source").select_option("all")
    ledger.get_by_label("state").select_option("holds")
    assert seen(ledger) == list(LEDGER)


@pytest.mark.parametrize("name", ["theorem-1", "overshoot", "presets-end"])
def test_from_the_ledger_to_the_chapter_and_back(ledger, name):
    ledger.locator(f"#claim-{name} dl a").click()
    ledger.wait_for_url(f"**/{LEDGER[name].chapter}.html#{name}")
    statement = ledger.locator(f"div.proof#{name}")
    statement.get_by_role("link", name=name, exact=True).click()
    ledger.wait_for_url(f"**/claims.html#claim-{name}")
    ledger.locator(f"#claim-{name}").wait_for()


def test_the_claims_lie_beside_the_page_as_data(site):
    records = json.loads((site / "book" / "claims.json").read_text(encoding="utf-8"))
    assert [record["name"] for record in records] == list(LEDGER)
    for record in records:
        claim = LEDGER[record["name"]]
        assert record["statement"] == claim.statement and record["state"] == "holds"
        assert record["residual"] <= record["tolerance"]
