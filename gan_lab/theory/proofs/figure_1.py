"""What is often said of a flat discriminator, and where the runs of the chapter on Figure 1 end."""

from __future__ import annotations

from scipy import special

from gan_lab.distributions.base import Estimate
from gan_lab.distributions.continuous import gaussian
from gan_lab.theory.divergences import js
from gan_lab.theory.game import V, optimal_logit
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.best_discriminator import _best_line
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.measured import JSD, ends, least_share, recorded_jsd

DATA, SAMPLES = gaussian(0, 1), gaussian(0, 2)
(RUNS,) = {len(recorded_jsd()[preset]) for preset in ("gaussian", "figure-1", "bimodal")}


def best_linear(rng: draws.Rng) -> Drawn:
    """The best line, climbed to, and what it says."""
    (w, c), value = _best_line(DATA, SAMPLES)
    x = draws.places(rng, DATA, SAMPLES)
    yield {
        "D": Estimate(special.expit(w * x + c), 1e-4),
        "V(G, D)": value,
        JSD: js(DATA, SAMPLES),
    }


def best_of_all(rng: draws.Rng) -> Drawn:
    best = optimal_logit(DATA, SAMPLES)
    x = draws.places(rng, DATA, SAMPLES)
    yield {"D": special.expit(best(x)), "V(G, D)": V(best, DATA, SAMPLES)}


FLAT_IS_WON = Claim(
    name="flat-is-won",
    title="Often said of a flat discriminator",
    chapter="figure_1",
    source="told of many a training curve; answered here",
    sentences=(
        r"It is often said that a discriminator which says ½ everywhere shows a finished game.",
        r"It does not: for data from $N(0, 1)$ and samples from $N(0, 2^2)$ the best discriminator "
        rf"with a linear logit is $D = ½$, with $V(G, D) = -\log 4$, and still ${JSD} > 0.09$.",
    ),
    checks=(Check(best_linear), Check(best_linear), Check(best_linear)),
    rivals=(Rival("D may be any function", best_of_all, of=(0, 1)),),
    kind="folklore",
)

PRESETS_END = Claim(
    name="presets-end",
    title="Where the presets end",
    chapter="figure_1",
    source="measured here by benchmarks/optimum.py",
    sentences=(
        rf"All {RUNS} runs of the preset `gaussian` that the benchmark played, each with another "
        rf"seed, end with ${JSD} \le 0.0005$, and so do all {RUNS} of `figure-1`.",
        rf"All {RUNS} of `bimodal` end with ${JSD} \le 0.005$.",
        r"So another run of a preset does so with a probability above "
        rf"{100 * least_share(RUNS):.0f} % (at 95 % confidence).",
    ),
    checks=(Check(ends("gaussian", "figure-1")), Check(ends("bimodal"))),
    rivals=(Rival("a tutorial's defaults are played instead", ends("tutorial"), of=(0, 1)),),
    kind="measured",
)
