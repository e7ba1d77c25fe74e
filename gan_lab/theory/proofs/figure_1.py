"""What is often said of a flat discriminator, and where the runs of the chapter on Figure 1 end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import special

from gan_lab.theory.densities import Estimate, gaussian
from gan_lab.theory.divergences import js
from gan_lab.theory.game import V, optimal_logit
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.best_discriminator import best_line
from gan_lab.theory.proofs.claim import Check, Claim, Rival
from gan_lab.theory.proofs.formulas import Instance
from gan_lab.theory.proofs.measured import JSD, reached

DATA, SAMPLES = gaussian(0, 1), gaussian(0, 2)


def best_linear(rng: draws.Rng) -> Iterator[Instance]:
    """The best line, climbed to, and what it says."""
    (w, c), value = best_line(DATA, SAMPLES)
    x = draws.places(rng, DATA, SAMPLES)
    yield {
        "D": Estimate(special.expit(w * x + c), 1e-4),
        "V(G, D)": value,
        JSD: js(DATA, SAMPLES),
    }


def best_of_all(rng: draws.Rng) -> Iterator[Instance]:
    best = optimal_logit(DATA, SAMPLES)
    x = draws.places(rng, DATA, SAMPLES)
    yield {"D": special.expit(best(x)), "V(G, D)": V(best, DATA, SAMPLES), JSD: np.nan}


FLAT_IS_WON = Claim(
    name="flat-is-won",
    title="Often said of a flat discriminator",
    chapter="figure_1",
    source="told of many a training curve; answered here",
    sentences=(
        r"It is often said that a discriminator which says ½ everywhere shows a finished game.",
        r"It does not: among the lines the best for data from $N(0, 1)$ and samples from "
        rf"$N(0, 2^2)$ is $D = ½$, with $V(G, D) = -\log 4$, and still ${JSD} > 0.09$.",
    ),
    checks=(Check(best_linear), Check(best_linear), Check(best_linear)),
    rivals=(
        Rival("D may be any function", best_of_all),
        Rival("D may be any function", best_of_all, of=1),
    ),
    kind="folklore",
)

GAUSSIAN_ENDS = reached("gaussian", 0.0005)
FIGURE_1_ENDS = reached("figure-1", 0.0005)
BIMODAL_ENDS = reached("bimodal", 0.005)
