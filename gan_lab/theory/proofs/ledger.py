"""The ledger: what the book proves, measures and examines, in the order of its chapters."""

from gan_lab.theory.proofs import (
    best_discriminator,
    figure_1,
    many_gans,
    training_loop,
    what_the_generator_minimises,
)
from gan_lab.theory.proofs.claim import Claim

CHAPTERS = (
    best_discriminator, what_the_generator_minimises, figure_1, training_loop, many_gans,
)  # fmt: skip

LEDGER: dict[str, Claim] = {
    claim.name: claim
    for chapter in CHAPTERS
    for claim in vars(chapter).values()
    if isinstance(claim, Claim)
}
