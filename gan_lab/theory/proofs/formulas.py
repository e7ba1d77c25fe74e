r"""Formulas as a page shows them, read back and held against numbers.

A formula is the LaTeX that is displayed. `relations` reads it with sympy, so that what is checked
is what is shown; `plain_text` is the same for a terminal. What a formula compares are *quantities*,
such as `C(G)` or `\mathrm{JSD}(p, q)`: a witness gives each as a number, computed in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any, cast

import numpy as np
import sympy as sp
from sympy.parsing.sympy_parser import (
    convert_xor,
    implicit_multiplication_application,
    parse_expr,
    standard_transformations,
)

from gan_lab.distributions.base import EPS, Estimate, without_float_warnings

Instance = Mapping[str, Any]
"""The quantities of a formula by their LaTeX, each an Estimate, a number or an array of numbers."""


def at_places(value, error) -> Estimate:
    """An Estimate at many places at once: arrays in the place of its two numbers."""
    return Estimate(value, error)


RELATIONS = {r"\le": sp.Le, r"\ge": sp.Ge, "<": sp.Lt, ">": sp.Gt, "=": sp.Eq}
SIGN = r"(\\le|\\ge|[<>=])(?![a-z])"
LAYOUT = re.compile(
    r"\\(?:begin|end)\{aligned\}|\\\\|\\[,;!]|\\quad|\\text\{[^{}]*\}|\\[Bb]igg?[lr]?(?![a-z])|&|\{\}"
)
BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
PLAIN = {"½": "1/2", r"\|": "||", r"\le": "<=", r"\ge": ">=", r"\cdot": "*", r"\sim": "~",
         r"\dots": "...", r"\circ": "o", r"\to": "->"}  # fmt: skip
QUOTIENTS = ((r"\\frac" + BRACED * 2, r"((\1)/(\2))"), (r"\\sqrt" + BRACED, r"sqrt(\1)"))
BRACES = (
    (r"\\(?:mathrm|text)" + BRACED, r"\1"),
    (r"([_^])\{(\w*)\}", r"\1\2"),
    (r"([_^])\{\(?([^{}()]*)\)?\}", r"\1(\2)"),
)
GRAMMAR = (*standard_transformations, convert_xor, implicit_multiplication_application)


def bare(latex: str) -> str:
    """A formula without what only breaks its lines or spaces it, and without its last point."""
    return re.sub(r"\s+", " ", LAYOUT.sub(" ", latex)).strip(" .,")


def single_formulas(latex: str) -> list[str]:
    """The formulas in a piece of mathematics: one for each line that ends in a comma, and none in
    what compares nothing."""
    pieces = re.split(r",\s*\\\\", latex)
    return [piece for piece in pieces if re.search(SIGN, bare(piece))]


@cache
def relations(latex: str, quantities: tuple[str, ...]) -> tuple[sp.Rel, ...]:
    """The relations of a formula, one for each sign of relation, in symbols for its quantities.

    The symbol of a quantity is called by its LaTeX. Raises ValueError for what cannot be read.
    """
    text, names = bare(latex), {}
    for i, quantity in enumerate(sorted(map(bare, quantities), key=len, reverse=True)):
        before = r"(?<![A-Za-z\\])" if quantity[0].isalpha() else ""
        alone = before + re.escape(quantity) + r"(?![A-Za-z])"
        name = f"quantity{chr(ord('A') + i)}"
        text = re.sub(alone, f" {name} ", text)
        names[name] = sp.Symbol(quantity)
    sides = re.split(SIGN, text)
    terms = [_expression(side, latex, names) for side in sides[::2]]
    if len(terms) < 2:
        raise ValueError(f"A formula must compare something, and this does not: {latex}")
    return tuple(
        RELATIONS[sign](left, right, evaluate=False)
        for (left, right), sign in zip(pairwise(terms), sides[1::2], strict=True)
    )


def _rewritten(text: str, rules: Iterable[tuple[str, str]]) -> str:
    """The text with each rule applied until it finds nothing more, from the inside out."""
    for command, into in rules:
        while (deeper := re.sub(command, into, text)) != text:
            text = deeper
    return text


def _expression(text: str, latex: str, names: dict[str, sp.Symbol]) -> sp.Expr:
    text = _rewritten(text, QUOTIENTS)
    text = re.sub(r"\\(log|exp)\b", r" \1 ", text).replace(r"\cdot", "*").replace("½", "(1/2)")
    try:
        found = parse_expr(text, {"log": sp.log, "exp": sp.exp, "sqrt": sp.sqrt} | names, GRAMMAR)
    except Exception as error:
        raise ValueError(f"This formula cannot be read: {latex}") from error
    if unknown := found.free_symbols - set(names.values()):
        raise ValueError(f"This formula speaks of {unknown}, which nothing computes: {latex}")
    return found


def plain_text(latex: str) -> str:
    """A formula for a terminal, in ASCII: the quotients, roots and long indices in brackets."""
    text = re.sub(r"\s+", " ", LAYOUT.sub(" ", latex)).strip()
    text = _rewritten(text, (*QUOTIENTS, *BRACES))
    for sign, word in PLAIN.items():
        text = text.replace(sign, word)
    text = re.sub(r"(?<=[A-Za-z0-9])\\", " ", text).replace("\\", "")
    text = re.sub(r"(?<=\()\((\w+)\)(?=/)|(?<=/)\((\w+)\)", r"\1\2", text)  # of one word, none
    return re.sub(r" +", " ", re.sub(r" ([.,])", r"\1", text)).strip()


def residual(latex: str, instance: Instance, reached: bool = False) -> tuple[float, float]:
    """How far the quantities are from what a formula says of them, and how far they may be.

    For an inequality it is the amount by which it is violated, inf where a strict one is not met;
    for a bound that is `reached`, or the end of what is allowed, how far the two sides of the
    formula's inequalities are apart, at the closest of them.
    How far is found by moving each quantity by its error and a few roundings. The worst of the
    formula's relations, and of the places if the quantities are arrays.
    """
    found = relations(latex, tuple(instance))
    if reached:
        unequal = [r for r in found if not isinstance(r, sp.Eq)]
        bounds: list[Any] = [sp.Eq(*r.args, evaluate=False) for r in unequal]
        return min((_residual(bound, instance) for bound in bounds), key=_ratio)
    return worst([_residual(r, instance) for r in found])


@without_float_warnings
def _residual(relation: sp.Rel, instance: Instance) -> tuple[float, float]:
    gap, sides, wanted = _functions(relation)
    given = {bare(name): value for name, value in instance.items()}
    estimates = [as_estimate(given[name]) for name in wanted]
    values = [np.asarray(e.value, dtype=float) for e in estimates]
    here, scale = gap(*values), sum(np.abs(side) for side in sides(*values))
    slack = 8 * EPS * scale
    for i, (value, error) in enumerate(estimates):
        wide = np.asarray(error) + 4 * EPS * np.abs(value)
        up, down = (gap(*values[:i], value + s, *values[i + 1 :]) - here for s in (wide, -wide))
        most = np.fmax(np.abs(up), np.abs(down))  # the other one, where one is no number
        slack = slack + np.where(np.isnan(most), np.inf, most)
    if isinstance(relation, sp.Ge | sp.Gt):
        here = -here
    if isinstance(relation, sp.Eq):
        off = np.abs(here)
    elif isinstance(relation, sp.Lt | sp.Gt):
        off = np.where(here < 0, 0.0, np.inf)
    else:
        off = np.maximum(here, 0.0)
    off, slack = np.broadcast_arrays(off, slack)
    return worst(list(zip(off.ravel().tolist(), slack.ravel().tolist(), strict=True)))


@cache
def _functions(relation: sp.Rel) -> tuple[Callable, Callable, tuple[str, ...]]:
    """The difference of both sides, and both sides, as functions of the quantities that follow."""
    symbols = sorted(relation.free_symbols, key=str)
    gap = sp.lambdify(symbols, cast(Any, relation.lhs) - relation.rhs, "numpy")
    sides = sp.lambdify(symbols, [relation.lhs, relation.rhs], "numpy")
    return gap, sides, tuple(map(str, symbols))


def as_estimate(value) -> Estimate:
    """A number that was computed exactly but for rounding, as an Estimate."""
    return value if isinstance(value, Estimate) else Estimate(value, 0.0)


def worst(residuals: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The pair with the largest residual for its tolerance; one that is unknown is worse still."""
    return max(residuals, key=_ratio)


def _ratio(pair: tuple[float, float]) -> float:
    off, tolerance = pair
    if not (np.isfinite(off) and 0 <= tolerance < np.inf):
        return np.inf
    return off / tolerance if tolerance else np.inf if off else 0.0
