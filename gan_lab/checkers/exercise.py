"""An exercise whose answer is a formula, a number or a choice, and what each wrong answer means.

The page judges by the same rules (`front_end/checkers/exercise.js`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from gan_lab.checkers.formula import FormulaError, Reading, read_formula
from gan_lab.checkers.verdict import TOLERANCE, Verdict, equal_within, first_mistake, wrong
from gan_lab.core.validation import quoted

RIGHT = "That is right."
NOT_A_NUMBER = "Your formula gives a number for each point: a sum or a mean is missing."
GENERAL = (  # right value r, mistaken value, words
    (lambda r: -r, "The sign is the wrong way round."),
    (lambda r: 2 * r, "This is twice too much: a factor ½ is missing."),
    (lambda r: r / 2, "This is half of it: a factor 2 is missing."),
    (lambda r: r / np.log(2), "This is in bits: with natural logarithms it is in nats."),
    (lambda r: 1 / r, "This is upside down: one over the right value."),
    (lambda r: 1 - r, "This is 1 minus the right value: look whose it is."),
)


class Mistake(NamedTuple):
    """A wrong answer that people give, and what it means.

    Parameters
    ----------
    answer : str
        A formula; or words, where the answer is chosen.
    means : str
        What is wrong with it: whole sentences, which do not say the right answer.

    Examples
    --------
    >>> from gan_lab.checkers import Mistake
    >>> Mistake("-log(2)", "One log 2 is dropped.").means
    'One log 2 is dropped.'
    """

    answer: str
    means: str


class Variable(NamedTuple):
    """A letter of an exercise's formulas.

    Parameters
    ----------
    name, words : str
        The letter, and what it is.
    values : tuple of float, or of tuples of float
        At which an answer is tried; all variables of an exercise have equally many.

    Examples
    --------
    >>> from gan_lab.checkers import Variable
    >>> Variable("p", "p_data(x)", (0.3, 1.2)).name
    'p'
    """

    name: str
    words: str
    values: tuple


@dataclass(frozen=True, repr=False)
class Exercise:
    """An exercise of which a wrong answer is named; `gan_lab.widgets.exercise` shows it.

    Parameters
    ----------
    name : str
        By which it is found in `EXERCISES`, and its answer kept by the page.
    question : str
        What is asked. Words between backticks are code.
    right : str
        The right answer: a formula in the variables, a number as a formula, or words.
    mistakes : tuple of Mistake
        In the order in which they are looked for.
    why : str
        The model answer.
    variables : tuple of Variable
        Of the formula; none where a number is asked for.
    within : float
        How far off a value may be, times 1 and the value's size together.
    choose : bool
        Whether the answer is chosen, among `right` and the mistakes.

    Examples
    --------
    >>> from gan_lab.checkers import EXERCISES
    >>> all(one.verdict(one.right) for one in EXERCISES.values())
    True
    """

    name: str
    question: str
    right: str
    mistakes: tuple[Mistake, ...]
    why: str
    variables: tuple[Variable, ...] = ()
    within: float = TOLERANCE
    choose: bool = False

    def __repr__(self) -> str:
        return f"EXERCISES[{self.name!r}]"

    @property
    def choices(self) -> list[str]:
        """What can be chosen, in alphabetical order; empty where a formula is asked for."""
        return sorted([self.right, *(one.answer for one in self.mistakes)]) if self.choose else []

    def verdict(self, answer: str | float) -> Verdict:
        """Whether an answer is right, and which mistake is behind it if not.

        Parameters
        ----------
        answer : str or float
            A formula in the exercise's variables, a number, or the words of a choice.

        Raises
        ------
        ValueError
            For words that cannot be chosen, or an answer of another kind.
        """
        if self.choose:
            return self.of_choice(answer)
        if isinstance(answer, bool) or not isinstance(answer, (str, int, float)):
            raise ValueError(f"an answer is a formula or a number, not {quoted(answer)}")
        try:
            values = self.values_of(read_formula(str(answer), self.letters))
        except FormulaError as refusal:
            return wrong(str(refusal))
        return self.of_values(values)

    def of_choice(self, answer) -> Verdict:
        if answer not in self.choices:
            raise ValueError(f"an answer is one of {self.choices}, not {quoted(answer)}")
        means = next((one.means for one in self.mistakes if one.answer == answer), None)
        return Verdict(True, RIGHT) if means is None else wrong(means)

    @property
    def letters(self) -> tuple[str, ...]:
        """The variables' names."""
        return tuple(variable.name for variable in self.variables)

    @property
    def cases(self) -> list[dict]:
        """The variables' values, at which an answer is tried."""
        rows = zip(*(variable.values for variable in self.variables), strict=True)
        return [dict(zip(self.letters, map(as_array, row), strict=True)) for row in rows] or [{}]

    def values_of(self, reading: Reading) -> list:
        with np.errstate(all="ignore"):
            return [reading(case) for case in self.cases]

    def of_values(self, values: list) -> Verdict:
        if any(np.ndim(value) for value in values):
            return wrong(NOT_A_NUMBER)
        right = np.array(self.values_of(read_formula(self.right, self.letters)))
        if equal_within(values, right, self.within):
            return Verdict(True, RIGHT)
        own = first_mistake(values, self.own_mistakes(), self.within)
        lost = np.flatnonzero(~np.isfinite(values))
        if lost.size:
            return wrong(own or f"Your formula has no value{where(self.cases[lost[0]])}.")
        named = own or first_mistake(values, general_mistakes(right), self.within)
        return wrong(named or self.off(values, right))

    def own_mistakes(self) -> Iterator[tuple[str, Any]]:
        for one in self.mistakes:
            yield one.means, self.values_of(read_formula(one.answer, self.letters))

    def off(self, values, right) -> str:
        """Where, and on which side, values are that no known mistake gives."""
        distances = [abs(value - true) for value, true in zip(values, right, strict=True)]
        worst = int(np.argmax(distances))
        side = "too much" if values[worst] > right[worst] else "too little"
        return f"Not yet. Your formula gives {side}{where(self.cases[worst])}."


def general_mistakes(right: np.ndarray) -> list[tuple[str, np.ndarray]]:
    with np.errstate(all="ignore"):
        return [(words, change(right)) for change, words in GENERAL]


def as_array(value):
    return np.array(value, float) if isinstance(value, tuple) else np.float64(value)


def where(case: dict) -> str:
    """The case in words, such as " where p = 0.3, q = 0.8"."""
    told = (f"{name} = {in_digits(value)}" for name, value in case.items())
    return f" where {', '.join(told)}" if case else ""


def in_digits(value) -> str:
    """A number of at most four digits, or several in brackets."""
    if np.ndim(value):
        return f"({', '.join(map(in_digits, value))})"
    return f"{float(value):.4g}".replace("-", "−")
