"""A claim: sentences for a page, and for each formula in them what computes its quantities."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

import numpy as np
import sympy as sp

from gan_lab.theory.proofs.derivations import Derivation, holds
from gan_lab.theory.proofs.formulas import (
    Instance,
    bare,
    parts,
    plain,
    relations,
    residual,
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
        asked = {sp.Symbol(bare(name)): value for name, value in self.algebra.items()}
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

    `symbolic_ok` is None where sympy is asked nothing. `residual` is in the units of what the
    formula compares, and the worst of all `instances`. `rivals` are the words of the rivals that
    did not fail, and ought to.
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
    """A statement and how it is known. ValueError for a kind that is not in KINDS, and unless
    there is one check for each formula.

    `sentences` are what the chapter prints, in Markdown with LaTeX; `chapter` is the page that
    proves it, under a label that is the claim's name. A formula is a piece of mathematics with a
    sign of relation in it; `checks` follow their order. A `derivation` is made of checked steps.
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
        return tuple(part for piece in maths for part in parts(piece))

    @property
    def test(self) -> str:
        """The file whose tests hold the sentences."""
        if self.kind == "measured":
            return "tests/test_optimum.py"
        return f"tests/theory/test_{self.name.replace('-', '_')}.py"

    @property
    def plain(self) -> str:
        """The statement for a terminal, in ASCII."""
        words = MATHS.sub(lambda found: plain(found[1] or found[2]), self.statement)
        return re.sub(r"\s+", " ", words).replace(" ,", ",").replace("½", "1/2").strip()


def check(claim: Claim, seed: int = 0) -> Report:
    """Check every formula of a claim on drawn instances, its algebra, and that its rivals fail."""

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
