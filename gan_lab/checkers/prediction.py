"""A question whose answer is committed before it is computed, and what a wrong answer would mean.

The right answer stands nowhere: an answer is right if it fits the number that was computed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from gan_lab.checkers.verdict import Verdict, wrong
from gan_lab.core.validation import number_between, whole_between

AS_YOU_SAID = "As you said."


class Answer(NamedTuple):
    """An answer that a reader may give to a `Prediction`.

    Parameters
    ----------
    words : str
        What is chosen; empty where a number is typed.
    low, high : float
        A choice is right if the computed number lies here; a typed number that lies here has this
        mistake behind it.
    means : str
        What it would mean: the rest of a sentence that begins with "That would mean".

    Examples
    --------
    >>> from gan_lab.checkers import Answer
    >>> Answer("above 0", 0, 1, "that it grows").words
    'above 0'
    """

    words: str
    low: float
    high: float
    means: str


class Written(NamedTuple):
    """The number that something computes as it was written, and as it was mended.

    Parameters
    ----------
    written, mended : list of float
        One, or one for each seed, whose median is the number.

    Examples
    --------
    >>> from gan_lab.checkers import Written
    >>> Written([3, 1, 2], [0]).number
    2
    """

    written: list[float]
    mended: list[float]

    @property
    def number(self) -> float:
        """The median of what is written."""
        return median(self.written)


@dataclass(frozen=True, repr=False)
class Prediction:
    """A question to be answered before it is run; `gan_lab.widgets.predict` shows it.

    Parameters
    ----------
    name : str
        By which the page finds its own computation, and keeps the answer.
    title, setting, code, question : str
        What is shown before. Words between backticks are code.
    answers : sequence of Answer
        The choices, or the known mistakes behind a typed number.
    number : str
        What the number is, for the table of results.
    why, mended : str
        Why it is so, and the right version, as code.
    found : str
        Where it was found.
    compute : callable
        Gives a `Written`.
    typed : float
        0 where there are choices, else how far a typed number may be off.
    digits : int
        Decimals of the results.

    Examples
    --------
    >>> from gan_lab.checkers import BUGS
    >>> BUGS["units"].verdict(0.61)
    As you said.
    """

    name: str
    title: str
    setting: str
    code: str
    question: str
    answers: tuple[Answer, ...]
    number: str
    why: str
    mended: str
    found: str
    compute: Callable[[], Written] = field(compare=False)
    typed: float = 0.0
    digits: int = 2

    def __repr__(self) -> str:
        return f"BUGS[{self.name!r}]"

    def verdict(self, answer) -> Verdict:
        """Whether an answer fits the number that is computed now, and what it would mean if not.

        Parameters
        ----------
        answer : int or float
            Which choice, from 0 on; or the number that was typed.

        Returns
        -------
        Verdict
            As the page gives it.

        Raises
        ------
        ValueError
            For what is no answer.
        """
        number = self.compute().number
        return self.of_number(answer, number) if self.typed else self.of_choice(answer, number)

    def of_choice(self, answer, number: float) -> Verdict:
        chosen = self.answers[whole_between(0, len(self.answers) - 1, answer, "an answer")]
        return verdict_of(chosen.low <= number <= chosen.high, chosen.means)

    def of_number(self, answer, number: float) -> Verdict:
        typed = number_between(-1e9, 1e9, answer, "an answer")
        named = [each.means for each in self.answers if each.low <= typed <= each.high]
        return verdict_of(abs(typed - number) <= self.typed, *named[:1])


def verdict_of(right: bool, means: str = "") -> Verdict:
    """The sentence; `verdictOn` in the page has the same."""
    if right:
        return Verdict(True, AS_YOU_SAID)
    return wrong(f"Not as you said. That would mean {means}." if means else "Not as you said.")
