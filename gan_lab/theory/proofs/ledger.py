"""The ledger: what the book proves, measures and examines, in the order of its chapters."""

from gan_lab.theory.proofs import (
    best_discriminator,
    figure_1,
    many_gans,
    training_loop,
    what_the_generator_minimises,
)
from gan_lab.theory.proofs.claim import Claim, check

IN_ORDER = (
    best_discriminator, what_the_generator_minimises, figure_1, training_loop, many_gans,
)  # fmt: skip

LEDGER: dict[str, Claim] = {
    claim.name: claim
    for chapter in IN_ORDER
    for claim in vars(chapter).values()
    if isinstance(claim, Claim)
}


def rows(chapter: str) -> str:
    """The claims of a chapter, checked anew, a line each: the residual and what it may be.

    AssertionError when one fails.
    """
    lines = []
    for name, claim in LEDGER.items():
        if claim.chapter == chapter:
            report = check(claim)
            assert report.passed, f"The claim {name} fails: {report}"
            lines.append(f"{name:20} {report.residual:.0e} <= {report.tolerance:.0e}")
    return "\n".join(lines)
