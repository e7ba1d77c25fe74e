"""The ledger: what the book proves, measures and examines, in the order of its chapters."""

from gan_lab.core.tables import Table
from gan_lab.theory.proofs import (
    at_rest,
    best_discriminator,
    conditional_mean,
    convergence,
    divergences,
    family,
    figure_1,
    finite_data,
    generator_losses,
    likelihood_models,
    many_gans,
    overshoot,
    pictures,
    supports,
    the_game,
    today,
    two_numbers,
    what_is_a_generative_model,
    what_the_generator_minimises,
)
from gan_lab.theory.proofs.claim import Claim, check

IN_ORDER = (
    what_is_a_generative_model,
    the_game,
    best_discriminator, what_the_generator_minimises, figure_1, many_gans,
    generator_losses, divergences, supports, two_numbers, convergence, overshoot, at_rest,
    family, finite_data, pictures, conditional_mean, likelihood_models, today,
)  # fmt: skip

LEDGER: dict[str, Claim] = {
    claim.name: claim
    for chapter in IN_ORDER
    for claim in vars(chapter).values()
    if isinstance(claim, Claim)
}
"""The claims of the book by their names, in the order of its chapters."""


def rows(chapter: str) -> Table:
    """The claims of a chapter, checked anew, as a table: each residual and what it may be.

    Parameters
    ----------
    chapter : str
        The name of a chapter's page.

    Returns
    -------
    Table
        A line for each claim.

    Raises
    ------
    AssertionError
        When a claim fails.

    Examples
    --------
    >>> from gan_lab.theory.proofs import rows
    >>> rows("figure_1").head
    ('claim', 'residual', 'tolerance')
    """
    lines = []
    for name, claim in LEDGER.items():
        if claim.chapter == chapter:
            report = check(claim)
            assert report.passed, f"The claim {name} fails: {report}"
            lines.append((name, f"{report.residual:.0e}", f"{report.tolerance:.0e}"))
    return Table(("claim", "residual", "tolerance"), lines)
