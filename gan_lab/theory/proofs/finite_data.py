"""The claim of the chapter on finite data."""

from __future__ import annotations

from itertools import product

import numpy as np

from gan_lab.distributions.base import Estimate
from gan_lab.theory.game import log_sigmoid
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

CHAPTER = "finite_data"


# The value on the data that were learned from, and on others

SEEN, BEST, UNSEEN = "E[V_n(D_n)]", r"\max_D V(G, D)", "E[V(G, D_n)]"
POINTS = 3


def on_every_set(p: np.ndarray, logits: np.ndarray, of_fake: np.ndarray, n: int, pick) -> Instance:
    """Both means over all training sets of n points, each set with its probability.

    Of each D: its logits at the three points that have the probabilities p, (Ds, 3), and its
    E[log(1 - D(G(z)))]. `pick` chooses D_n by what each D gets on the training set.
    """
    logs = log_sigmoid(logits)
    value = logs @ p + of_fake
    means = np.zeros(2)
    for points in product(range(POINTS), repeat=n):
        on_set = logs[:, list(points)].mean(1) + of_fake
        chosen = pick(on_set)
        means += p[list(points)].prod() * np.array([on_set[chosen], value[chosen]])
    seen, unseen = (Estimate(float(mean), 1e-13) for mean in means)
    return {SEEN: seen, UNSEEN: unseen, BEST: Estimate(float(value.max()), 1e-13)}


def drawn_games(rng: draws.Rng, n: int, Ds: int, pick=np.argmax) -> Instance:
    """Data on three points, samples on three others, and so many D."""
    p, q = rng.dirichlet(np.ones(POINTS)), rng.dirichlet(np.ones(POINTS))
    logits, at_fake = rng.normal(scale=2, size=(2, Ds, POINTS))
    return on_every_set(p, logits, log_sigmoid(-at_fake) @ q, n, pick)


def learned(rng: draws.Rng) -> Drawn:
    for n, Ds in product((1, 2, 3, 5), (2, 5, 40)):
        yield drawn_games(rng, n, Ds)


def of_one_discriminator(rng: draws.Rng) -> Drawn:
    for n in (1, 3):
        yield drawn_games(rng, n, 1)


def badly_learned(rng: draws.Rng) -> Drawn:
    for n in (1, 2, 3):
        yield drawn_games(rng, n, 5, np.argmin)


def on_other_data(rng: draws.Rng) -> Drawn:
    """D_n is best on one training set, and V_n is taken on another one."""
    for n in (1, 2, 3):
        found = drawn_games(rng, n, 5)
        yield found | {SEEN: found[UNSEEN]}


SEEN_AND_UNSEEN = Claim(
    name="seen-and-unseen",
    title="Seen and unseen data",
    chapter=CHAPTER,
    source="a known inequality on the optimism of training scores; derived here",
    sentences=(
        r"Let $G$ stand still, let $x_1, \dots, x_n$ be independent draws from $p_{data}$, and let "
        r"$V_n(D)$ be $V(G, D)$ with the mean over these in the place of the expectation over the "
        r"data.",
        r"Of finitely many $D$ whose $V(G, D)$ is finite let $D_n$ be one with the largest "
        r"$V_n(D)$.",
        rf"Then $$ \begin{{aligned}} {UNSEEN} & \le {BEST} \\ & \le {SEEN} . \end{{aligned}} $$",
    ),
    checks=(Check(learned, reached=of_one_discriminator),),
    rivals=(
        Rival("D_n is the worst on the training set", badly_learned),
        Rival("V_n is taken on a training set of its own", on_other_data),
    ),
)
