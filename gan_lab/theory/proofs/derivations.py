r"""Proposition 1 and Theorem 1 of Goodfellow et al. 2014, by sympy, one checked step at a time.

A derivation has three readers: the chapter prints it, the test checks it, the reader runs it.
A step that is not true cannot be made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

import sympy as sp

__all__ = [
    "Derivation",
    "Step",
    "bounds_of_jsd",
    "minimum_of_C",
    "optimal_discriminator",
    "tangent_of_log",
]

a, b = sp.symbols("a b", positive=True)
y = sp.Symbol("y", positive=True)


def holds(claim) -> bool:
    """Whether sympy proves an equation or inequality for positive a, b and 0 < y < 1."""
    if claim in (sp.true, True):
        return True
    if isinstance(claim, sp.Equality):
        left, right = (cast(Any, sp.expand_log(side.doit(), force=True)) for side in claim.args)
        return sp.simplify(left - right) == 0
    if isinstance(claim, sp.StrictLessThan | sp.LessThan):
        gap = sp.simplify(cast(Any, claim.rhs) - claim.lhs)
        return bool(gap.is_positive or (gap.is_nonnegative and claim.func is sp.LessThan))
    return False


def for_each_unit(integrand: sp.Expr) -> sp.Expr:
    """An integrand in a and b, for a and b of an average of 1: there a constant stands for itself,
    as it does in an integral over two densities."""
    return 2 * integrand / (a + b)


@dataclass(frozen=True)
class Step:
    """One sentence of a proof and the equation it states, confirmed by sympy.

    Parameters
    ----------
    words : str
        The sentence.
    equation : sympy expression
        An equation or inequality.
    given : tuple of pairs of expressions
        Substitutions under which it is meant, such as (y, a / (a + b)).

    Raises
    ------
    ValueError
        When sympy cannot confirm the equation.

    Examples
    --------
    >>> import sympy as sp
    >>> from gan_lab.theory.proofs.derivations import Step, a
    >>> Step("A square.", sp.Eq((a + 1) ** 2, a**2 + 2 * a + 1)).words
    'A square.'
    """

    words: str
    equation: sp.Basic
    given: tuple[tuple[sp.Basic, sp.Basic | complex], ...] = ()

    def __post_init__(self):
        claim = self.equation
        if not isinstance(claim, sp.Basic):
            raise ValueError(f"The equation of a step must come from sympy, not be {claim!r}.")
        if not holds(claim.subs(self.given) if self.given else claim):
            raise ValueError(f"The step '{self.words}' is not true: {claim}.")


@dataclass(frozen=True)
class Derivation:
    """A proof by computer algebra: a sequence of steps under a name, for print, test and page.

    Parameters
    ----------
    name : str
        What is derived.
    steps : tuple of Step
        Each is confirmed when it is made.

    Examples
    --------
    >>> from gan_lab.theory.proofs.derivations import tangent_of_log
    >>> len(tangent_of_log().steps) > 1
    True
    """

    name: str
    steps: tuple[Step, ...]

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self.steps)

    def __getitem__(self, i) -> Step:
        return self.steps[i]

    def __str__(self) -> str:
        lines = [f"{i}. {s.words}\n   {s.equation}" for i, s in enumerate(self.steps, 1)]
        return "\n".join([self.name, *lines])

    def _repr_markdown_(self) -> str:
        return "\n\n".join(f"{s.words}\n\n$$\n{typeset(s.equation)}\n$$" for s in self.steps)


LONG = 75
"""Letters of an equation, as it is printed, that fit into a line of a page."""


def typeset(equation) -> str:
    """LaTeX; a long equation in two lines, broken at its sign."""
    if not isinstance(equation, sp.Eq) or len(str(equation)) <= LONG:
        return sp.latex(equation)
    left, right = map(sp.latex, equation.args)
    return rf"\begin{{aligned}} &{left} \\ &\quad = {right} \end{{aligned}}"


def unevaluated(left, right) -> sp.Eq:
    """An equation that sympy does not decide before it is printed."""
    return cast(sp.Eq, sp.Eq(left, right, evaluate=False))


def optimal_discriminator() -> Derivation:
    """Proof of Proposition 1 by sympy: D* = p_data / (p_data + p_g) at each x apart.

    With a = p_data(x), b = p_G(x), y = D(x).

    Returns
    -------
    Derivation
        The steps.

    References
    ----------
    Goodfellow et al. 2014, Proposition 1.

    Examples
    --------
    >>> from gan_lab.theory.proofs.derivations import optimal_discriminator
    >>> optimal_discriminator().name
    'Proposition 1'
    """
    v = a * sp.log(y) + b * sp.log(1 - y)
    slope, bend = sp.diff(v, y), sp.diff(v, y, 2)
    (best,) = sp.solve(slope, y)
    # y = 1 / (1 + t) with t > 0 is every y between 0 and 1
    t = sp.Symbol("t", positive=True)
    inside = ((y, 1 / (1 + t)),)
    derivative = sp.Derivative
    return Derivation(
        "Proposition 1",
        (
            Step(
                "$V(G, D)$ is an integral over $x$ of $a \\log y + b \\log(1 - y)$, where "
                "$a = p_{data}(x)$, $b = p_G(x)$ and $y = D(x)$ can be chosen at each $x$ "
                "apart. Its slope in $y$ is",
                unevaluated(derivative(v, y), a / y - b / (1 - y)),
            ),
            Step("and over one denominator", unevaluated(slope, (a - (a + b) * y) / (y * (1 - y)))),
            Step(
                "which vanishes at one $y$ only, a ratio of the two densities",
                unevaluated(y, best),
                ((y, a / (a + b)),),
            ),
            Step(
                "It is a maximum, the only one, because the curve bends down everywhere between "
                "0 and 1",
                sp.Lt(bend, 0, evaluate=False),
                inside,
            ),
            Step(
                "In logits, which do not round, the best discriminator is the log of the ratio "
                "of the densities",
                unevaluated(sp.log(y / (1 - y)), sp.log(a) - sp.log(b)),
                ((y, best),),
            ),
            Step(
                "What any other $y$ loses is $a + b$ times a KL divergence between two coins, so "
                "it is never negative",
                unevaluated(
                    v.subs(y, best) - v,
                    (a + b)
                    * (
                        a / (a + b) * sp.log(a / (a + b) / y)
                        + b / (a + b) * sp.log(b / (a + b) / (1 - y))
                    ),
                ),
                inside,
            ),
        ),
    )


def minimum_of_C() -> Derivation:
    """Proof of Theorem 1 by sympy: C(G) = 2 JSD - log 4, least exactly where the densities agree.

    Returns
    -------
    Derivation
        The steps.

    References
    ----------
    Goodfellow et al. 2014, Theorem 1.

    Examples
    --------
    >>> from gan_lab.theory.proofs.derivations import minimum_of_C
    >>> minimum_of_C().name
    'Theorem 1'
    """
    best = a / (a + b)
    m = (a + b) / 2
    v = a * sp.log(best) + b * sp.log(1 - best)
    two_jsd = a * sp.log(a / m) + b * sp.log(b / m)
    excess = two_jsd
    return Derivation(
        "Theorem 1",
        (
            Step(
                "With the best discriminator $1 - D^*$ is the other density's share, so that "
                "$C(G)$ is the integral over $x$ of the right side",
                unevaluated(
                    a * sp.log(best) + b * sp.log(1 - sp.UnevaluatedExpr(best)),
                    a * sp.log(a / (a + b)) + b * sp.log(b / (a + b)),
                ),
            ),
            Step(
                "Dividing both logarithms' denominators by 2 makes them compare each density "
                "with the average of the two, and costs $\\log 2$ for each unit of probability",
                unevaluated(
                    a * sp.log(a / (a + b)) + b * sp.log(b / (a + b)),
                    two_jsd - (a + b) * sp.log(2),
                ),
            ),
            Step(
                "The two densities integrate to 1 each, so that the last term comes to",
                unevaluated(sp.Mul(2, sp.log(2), evaluate=False), sp.log(4)),
            ),
            Step(
                "and therefore $C(G) = 2\\,\\mathrm{JSD}(p_{data}, p_G) - \\log 4$. Where "
                "the densities agree, the integrand of the JSD vanishes",
                unevaluated(excess, 0),
                ((b, a),),
            ),
            Step(
                "and so does its slope in $b$",
                unevaluated(sp.Derivative(excess, b), sp.log(2 * b / (a + b))),
            ),
            Step("at $b = a$", unevaluated(sp.log(2 * b / (a + b)), 0), ((b, a),)),
            Step(
                "while it bends up (or, where $a$ is 0, rises as $b \\log 2$), so that it is "
                "positive wherever $b \\ne a$ and "
                "$C(G) = -\\log 4$ exactly when $p_G = p_{data}$",
                unevaluated(sp.Derivative(excess, b, b), a / (b * (a + b))),
            ),
            Step("because", sp.Lt(0, a / (b * (a + b)), evaluate=False)),
            Step(
                "At that minimum the value of the game is",
                unevaluated(v.subs({a: 1, b: 1}), -sp.log(4)),
            ),
        ),
    )


def tangent_of_log() -> Derivation:
    """Proof of Gibbs's inequality by sympy: -log t is above 1 - t, but for t = 1.

    Returns
    -------
    Derivation
        The steps.

    Examples
    --------
    >>> from gan_lab.theory.proofs.derivations import tangent_of_log
    >>> tangent_of_log().name
    'It is never negative'
    """
    t = sp.Symbol("t", positive=True)
    gap = -sp.log(t) - (1 - t)
    return Derivation(
        "It is never negative",
        (
            Step(
                "The gap between the two sides has the slope",
                unevaluated(sp.Derivative(gap, t), 1 - 1 / t),
            ),
            Step(
                "which vanishes at one $t$ only",
                unevaluated(t, sp.solve(1 - 1 / t, t)[0]),
                ((t, 1),),
            ),
            Step("where the gap is", unevaluated(gap, 0), ((t, 1),)),
            Step(
                "and everywhere else it is larger, because it bends up",
                sp.Lt(0, sp.diff(gap, t, 2), evaluate=False),
            ),
        ),
    )


def bounds_of_jsd() -> Derivation:
    """Proof by sympy that the JSD is at most log 2: what it lacks at each x is never negative.

    Returns
    -------
    Derivation
        The steps.

    Examples
    --------
    >>> from gan_lab.theory.proofs.derivations import bounds_of_jsd
    >>> bounds_of_jsd().name
    'Bounds'
    """
    return Derivation(
        "Bounds",
        (
            Step(
                "Against the average of both, the logarithm of a density is below $\\log 2$ by",
                unevaluated(sp.log(2) - sp.log(2 * a / (a + b)), sp.log(1 + b / a)),
            ),
            Step(
                "which is positive wherever $b$ is, and 0 where $b$ is 0",
                sp.Lt(0, sp.log(1 + b / a), evaluate=False),
            ),
        ),
    )
