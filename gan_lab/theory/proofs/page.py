r"""The ledger as a page: each claim in sentences, by chapter, with what to choose from above them.

Made of HTML, so that it is the same in the book and in a notebook; MathJax sets the formulas. The
same claims are in the page as JSON, for whoever wants to count or quote them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby

from gan_lab.core.chapters import CHAPTERS
from gan_lab.theory.proofs.claim import MATHS, Claim, Report
from gan_lab.theory.proofs.ledger import LEDGER

PAPERS = re.compile(r"[A-Z][a-z]+(?:-[A-Z][a-z]+)?(?: (?:and [A-Z][a-z]+|et al\.))? \d{4}")
WHERE = {"theorem": "Proved in", "measured": "Measured for", "folklore": "Examined in"}
ALGEBRA = {True: "sympy confirms the equations", False: "sympy does NOT confirm the equations",
           None: "no equation for sympy"}  # fmt: skip

SCRIPT = """
(() => {
  const ledger = document.currentScript.parentElement;
  const chosen = () => [...ledger.querySelectorAll("select")].filter((box) => box.value);
  const has = (claim, { name, value }) => claim.dataset[name].split("|").includes(value);
  const choose = () => {
    const claims = [...ledger.querySelectorAll("article")];
    for (const claim of claims)
      claim.hidden = !chosen().every((box) => has(claim, box));
    for (const part of ledger.querySelectorAll("section"))
      part.hidden = !part.querySelector("article:not([hidden])");
    const left = claims.filter((claim) => !claim.hidden).length;
    ledger.querySelector("output").textContent = `${left} of ${claims.length} claims`;
  };
  ledger.addEventListener("change", choose);
  choose();
})();
"""


def html(sentence: str) -> str:
    """A sentence with its mathematics as MathJax finds it."""
    out, last = [], 0
    for found in MATHS.finditer(sentence):
        out.append(_words(sentence[last : found.start()]))
        maths = escape(found[1] or found[2])
        if found[1]:
            out.append(rf'<span class="math displayed">\[{maths}\]</span>')
        else:
            out.append(rf'<span class="math">\({maths}\)</span>')
        last = found.end()
    return "".join([*out, _words(sentence[last:])])


def _words(text: str) -> str:
    text = re.sub(r"`(.+?)`", r"<code>\1</code>", escape(text))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)


def papers(claim: Claim) -> list[str]:
    """The papers that a claim's source names, or that it is the book's own."""
    return PAPERS.findall(claim.source) or ["this book"]


def as_record(claim: Claim, report: Report) -> dict:
    """A claim and what its check found, as JSON can hold it."""
    return {
        "name": claim.name, "title": claim.title, "kind": claim.kind, "chapter": claim.chapter,
        "source": claim.source, "statement": claim.statement, "plain": claim.plain,
        "formulas": list(claim.formulas), "test": claim.test,
        "fails_when": [rival.words for rival in claim.rivals],
        "state": report.state, "instances": report.instances,
        "residual": report.residual, "tolerance": report.tolerance,
    }  # fmt: skip


@dataclass(frozen=True)
class Page:
    """Claims that were checked, for a notebook and for the book's page. `suffix` is what the
    chapters' files end in."""

    reports: Mapping[str, Report]
    suffix: str = ".html"

    def _repr_html_(self) -> str:
        claims = [LEDGER[name] for name in self.reports]
        parts = [
            f"<section><h3>{CHAPTERS[chapter]}</h3>{''.join(map(self.article, group))}</section>"
            for chapter, group in groupby(claims, key=lambda claim: claim.chapter)
        ]
        records = [as_record(claim, self.reports[claim.name]) for claim in claims]
        data = json.dumps(records, ensure_ascii=False).replace("</", r"<\/")
        return (
            f'<div class="gan-lab-ledger">{self.filters(claims)}{"".join(parts)}'
            f'<script type="application/json" class="claims">{data}</script>'
            f"<script>{SCRIPT}</script></div>"
        )

    def filters(self, claims: list[Claim]) -> str:
        boxes = {
            "kind": {claim.kind for claim in claims},
            "source": {paper for claim in claims for paper in papers(claim)},
            "state": {report.state for report in self.reports.values()},
        }
        chosen = "".join(
            f'<label>{name} <select name="{name}"><option value="">all</option>'
            + "".join(f"<option>{escape(value)}</option>" for value in sorted(values))
            + "</select></label> "
            for name, values in boxes.items()
        )
        return f"<p>{chosen}<output></output></p>"

    def article(self, claim: Claim) -> str:
        report = self.reports[claim.name]
        there = f"{claim.chapter}{self.suffix}#{claim.name}"
        rows = {
            WHERE[claim.kind]: f'<a href="{there}">{CHAPTERS[claim.chapter]}</a>',
            "Source": escape(claim.source),
            "Checked": f"{ALGEBRA[report.symbolic_ok]}; residual {report.residual:.1e} of "
            f"{report.tolerance:.1e} allowed, the worst of {report.instances} instances",
            "Fails, as it must, when": "; ".join(escape(rival.words) for rival in claim.rivals),
            "Its sentences are tests in": f"<code>{claim.test}</code>",
        }
        facts = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows.items())
        return (
            f'<article id="claim-{claim.name}" data-kind="{claim.kind}" '
            f'data-source="{escape("|".join(papers(claim)))}" data-state="{report.state}">'
            f"<h4>{escape(claim.title)} <code>{claim.name}</code> "
            f"<small>{claim.kind}, {report.state}</small></h4>"
            f"<p>{html(claim.statement)}</p><dl>{facts}</dl></article>"
        )
