"""What was measured on trained games: how many, how far from the optimum, and what that allows to
say of another one. `python benchmarks/optimum.py` records the numbers; a test plays some again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Rival
from gan_lab.theory.proofs.formulas import Instance

RECORD = Path(__file__).with_name("measured.json")
JSD = r"\mathrm{JSD}(p_{data}, p_G)"


def recorded(preset: str) -> dict[str, float]:
    """JSD(p_data, p_G) in nats at the end of each seed's run."""
    return json.loads(RECORD.read_text())["jsd"][preset]


def ends(preset: str):
    """A draw that yields where every run of a preset ended."""

    def draw(rng: draws.Rng) -> Iterator[Instance]:
        return ({JSD: jsd} for jsd in recorded(preset).values())

    return draw


def least_share(n: int, confidence: float = 0.95) -> float:
    """The least probability of success that n successes in n runs leave possible."""
    return (1 - confidence) ** (1 / n)


def reached(preset: str, bound: float) -> Claim:
    """The claim that every run of a preset ends at most so far from the data."""
    n = len(recorded(preset))
    return Claim(
        name=f"{preset}-ends",
        title=f"Where the preset {preset} ends",
        chapter="figure_1",
        source="measured here by benchmarks/optimum.py",
        sentences=(
            f"All {n} runs of the preset `{preset}` that the benchmark played, each with another "
            f"seed, end with ${JSD} \\le {bound:g}$, so that another one does with a probability "
            f"above {100 * least_share(n):.0f} % (at 95 % confidence).",
        ),
        checks=(Check(ends(preset)),),
        rivals=(Rival("a tutorial's defaults are played instead", ends("tutorial")),),
        kind="measured",
    )
