"""A claim: sentences for a page, and for each formula in them what computes its quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

import numpy as np
import sympy as sp

from gan_lab.theory.proofs.derivations import Derivation, holds
from gan_lab.theory.proofs.formulas import (
    Instance,
    bare,
    plain_text,
    relations,
    residual,
    single_formulas,
    worst,
)

KINDS = ("theorem", "measured", "folklore")
MATHS = re.compile(r"\$\$(.+?)\$\$|\$(.+?)\$", re.S)
PAPER = "Goodfellow et al. 2014, "
Drawn = Iterable[Instance]
Draw = Callable[[np.random.Generator], Drawn]


@dataclass(frozen=True)
class Check:
    """How one formula of a claim is checked.

    `draw` yields instances under the claim's hypotheses, with each quantity computed in its own
    way. `reached` yields instances at which a bound is an equality, so that no other bound would
    do. `algebra` gives the quantities as expressions, for which sympy must confirm the equations of
    the formula, as they were read from the page.
    """

    draw: Draw
    reached: Draw | None = None
    algebra: Mapping[str, sp.Expr] | None = None

    def confirmed(self, formula: str, quantities: Iterable[str]) -> bool:
        """Whether sympy confirms the formula's equations."""
        known = (self.algebra or {}).items()
        asked: dict[Any, Any] = {sp.Symbol(bare(name)): value for name, value in known}
        return all(
            holds(sp.Eq(*(side.subs(asked) for side in r.args), evaluate=False))
            for r in relations(formula, tuple(quantities))
            if isinstance(r, sp.Eq)
        )


@dataclass(frozen=True)
class Rival:
    """The same formula where a hypothesis is broken, as `words` say: it must fail there.

    `of` are the numbers of the formulas, among those of the claim, that it must fail.
    """

    words: str
    draw: Draw
    of: tuple[int, ...] = (0,)


class Report(NamedTuple):
    """What checking a claim found.

    Parameters
    ----------
    symbolic_ok : bool or None
        Whether sympy confirmed the algebra; None where it is asked nothing.
    instances : int
        How many were drawn.
    residual : float
        The worst of all instances, in the units of what the formula compares.
    tolerance : float
        What the residual may be there.
    rivals : tuple of str
        The words of the rivals that did not fail, and ought to.
    passed : bool
        Whether all is well.

    Examples
    --------
    >>> from gan_lab.theory.proofs import LEDGER, check
    >>> report = check(LEDGER["gibbs"])
    >>> report.passed, report.rivals
    (True, ())
    """

    symbolic_ok: bool | None
    instances: int
    residual: float
    tolerance: float
    rivals: tuple[str, ...]
    passed: bool

    @property
    def state(self) -> str:
        return "holds" if self.passed else "fails"


@dataclass(frozen=True)
class Claim:
    """A statement of the book with its source, its kind, and how it is checked.

    Parameters
    ----------
    name : str
        Its name, which is the label of the directive that states it.
    title : str
        What it is called on the page.
    chapter : str
        The page that proves it.
    source : str
        Paper and theorem, or that it is the book's own.
    sentences : tuple of str
        What the chapter prints, in Markdown with LaTeX. A formula is a piece of mathematics with a
        sign of relation in it.
    checks : tuple of Check
        One for each formula, in their order.
    rivals : tuple of Rival
        The same formulas with a hypothesis broken.
    derivation : callable, optional
        Makes the checked steps of a proof.
    kind : str
        A word of `KINDS`.

    Raises
    ------
    ValueError
        For a kind that is not in `KINDS`, and unless there is one check for each formula.

    Examples
    --------
    >>> from gan_lab.theory.proofs import LEDGER
    >>> claim = LEDGER["theorem-1"]
    >>> claim.title, len(claim.checks)
    ('The least value of the game', 4)
    """

    name: str
    title: str
    chapter: str
    source: str
    sentences: tuple[str, ...]
    checks: tuple[Check, ...]
    rivals: tuple[Rival, ...] = ()
    derivation: Callable[[], Derivation] | None = None
    kind: str = "theorem"

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"A claim is one of {', '.join(KINDS)}, not {self.kind!r}.")
        if len(self.checks) != len(self.formulas):
            raise ValueError(
                f"{self.name} shows {len(self.formulas)} formulas and checks {len(self.checks)}."
            )

    @property
    def statement(self) -> str:
        return " ".join(self.sentences)

    @cached_property
    def formulas(self) -> tuple[str, ...]:
        maths = (block or inline for block, inline in MATHS.findall(self.statement))
        return tuple(part for piece in maths for part in single_formulas(piece))

    @property
    def test(self) -> str:
        """The file whose tests hold the sentences."""
        if self.kind == "measured":
            return "tests/test_optimum.py"
        return f"tests/theory/test_{self.name.replace('-', '_')}.py"

    @property
    def plain(self) -> str:
        """The statement for a terminal, in ASCII."""
        words = MATHS.sub(lambda found: plain_text(found[1] or found[2]), self.statement)
        return re.sub(r"\s+", " ", words).replace(" ,", ",").replace("½", "1/2").strip()


def check(claim: Claim, seed: int = 0) -> Report:
    """Check a theorem numerically and by algebra: every formula of a claim on drawn instances.

    Its rivals, which break a hypothesis, must fail.

    Parameters
    ----------
    claim : Claim
        What is checked.
    seed : int
        Of the instances that are drawn.

    Returns
    -------
    Report
        What was found.

    Examples
    --------
    >>> from gan_lab.theory.proofs import LEDGER, check
    >>> check(LEDGER["gibbs"]).passed
    True
    """

    @cache
    def instances(draw):
        return list(draw(np.random.default_rng(seed)))

    found, algebra = [], []
    for formula, by in zip(claim.formulas, claim.checks, strict=True):
        found += residuals(formula, by, instances)
        if by.algebra:
            algebra.append(by.confirmed(formula, instances(by.draw)[0]))
    if claim.derivation:
        algebra.append(len(claim.derivation()) > 0)
    standing = tuple(r.words for r in claim.rivals if not fails(claim, r, instances(r.draw)))
    off, tolerance = worst(found)
    within = bool(np.isfinite(tolerance) and off <= tolerance)
    symbolic = all(algebra) if algebra else None
    passed = within and symbolic is not False and not standing
    return Report(symbolic, len(found), off, tolerance, standing, passed)


def residuals(
    formula: str, by: Check, instances: Callable[[Draw], list[Instance]]
) -> list[tuple[float, float]]:
    """How far each instance is from a formula, and how far it may be."""
    found = [residual(formula, instance) for instance in instances(by.draw)]
    if by.reached:
        found += [residual(formula, at, reached=True) for at in instances(by.reached)]
    return found


def fails(claim: Claim, rival: Rival, instances: list[Instance]) -> bool:
    """Whether a rival is refuted in each of its formulas, by one instance at least."""

    def refuted(formula):
        found = (residual(formula, instance) for instance in instances)
        return any(np.isfinite(tolerance) and off > tolerance for off, tolerance in found)

    return all(refuted(claim.formulas[i]) for i in rival.of)
