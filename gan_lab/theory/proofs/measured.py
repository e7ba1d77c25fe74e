"""What was measured on trained games: how many, how far from the optimum, and what that allows to
say of another one. `python benchmarks/optimum.py` records the numbers; a test plays some again."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Drawn

RECORD = Path(__file__).with_name("measured.json")
JSD = r"\mathrm{JSD}(p_{data}, p_G)"


@cache
def recorded_jsd() -> dict[str, dict[str, float]]:
    """JSD(p_data, p_G) in nats at the end of each run, by preset and seed."""
    return json.loads(RECORD.read_text())["jsd"]


def ends(*presets: str):
    """A draw that yields where every run of some presets ended."""

    def draw(rng: draws.Rng) -> Drawn:
        return ({JSD: jsd} for preset in presets for jsd in recorded_jsd()[preset].values())

    return draw


def least_share(n: int, confidence: float = 0.95) -> float:
    """The least probability of success that n successes in n runs leave possible."""
    return (1 - confidence) ** (1 / n)
