"""A question whose answer is committed before it is computed, and what a wrong answer would mean.

The right answer stands nowhere: an answer is right if it fits the number that was computed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

import numpy as np

from gan_lab.checkers.verdict import Verdict, wrong
from gan_lab.core.validation import array, number_between, quoted, whole_between

AS_YOU_SAID = "As you said."


class Answer(NamedTuple):
    """An answer that a reader may give to a `Prediction`.

    Parameters
    ----------
    words : str
        What is chosen; empty where a number is typed.
    low, high : float or list of float
        A choice is right if the computed number lies here; a number that was typed, and lies here,
        has this mistake behind it, and so has a drawing that does, at each place (`near_curve`).
    means : str
        What it would mean: the rest of a sentence that begins with "That would mean".

    Examples
    --------
    >>> from gan_lab.checkers import Answer
    >>> Answer("above 0", 0, 1, "that it grows").words
    'above 0'
    """

    words: str
    low: float | list[float]
    high: float | list[float]
    means: str

    def explains(self, values: list[float]) -> bool:
        """Whether all values lie between this answer's ends."""
        lows, highs = (np.broadcast_to(end, len(values)) for end in (self.low, self.high))
        return bool(np.all((lows <= values) & (values <= highs)))


def near_curve(curve: Sequence[float], within: float) -> tuple[list[float], list[float]]:
    """The ends of an `Answer`: what lies within a distance of a drawn curve.

    Examples
    --------
    >>> from gan_lab.checkers.prediction import near_curve
    >>> near_curve([0.5, 1.0], 0.25)
    ([0.25, 0.75], [0.75, 1.25])
    """
    return [y - within for y in curve], [y + within for y in curve]


class Written(NamedTuple):
    """The number that something computes as it was written, and as it was mended.

    Parameters
    ----------
    written, mended : list of float
        One, or one for each seed, whose median is the number, or one for each place of a drawing.
        Nothing is mended where nothing was wrong.

    Examples
    --------
    >>> from gan_lab.checkers import Written
    >>> Written([3, 1, 2], [0]).number
    2
    """

    written: list[float]
    mended: list[float] = []  # noqa: RUF012  (a NamedTuple's default; nobody changes it)

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
        The choices, or the known mistakes behind a number or a drawing.
    number : str
        What the number is, for the results.
    why, mended : str
        Why it is so, the model answer to `asks_why`; and the right version, as code.
    found : str
        Where it was found.
    compute : callable
        Gives a `Written`.
    within : float
        0 where there are choices, else how far a number, or each of a drawing, may be off.
    digits : int
        Decimals of the results.
    places : sequence of str
        Where a curve is drawn; `Written` has a number for each. Where something is mended, the
        first of the answers is the mended curve, drawn.
    ends : pair of float, optional
        Between which a curve is drawn or a slider goes. Without, a number is typed.
    asks_why : str
        What the reader is asked after the run.
    recorded : str
        Where the numbers come from if the page does not compute them, such as "recorded over 12
        seeds": then it shows those of `compute`.

    Examples
    --------
    >>> from gan_lab.checkers import BUGS
    >>> BUGS["units"].verdict(0.61)
    As you said.
    """

    name: str
    title: str
    setting: str
    code: str = ""
    question: str = ""
    answers: tuple[Answer, ...] = ()
    number: str = ""
    why: str = ""
    mended: str = ""
    found: str = ""
    compute: Callable[[], Written] = field(compare=False, default=lambda: Written([]))
    within: float = 0.0
    digits: int = 2
    places: tuple[str, ...] = ()
    ends: tuple[float, float] | None = None
    asks_why: str = "Why did it come out so?"
    recorded: str = ""

    def __repr__(self) -> str:
        return f"{'BUGS' if self.mended else 'PREDICTIONS'}[{self.name!r}]"

    def verdict(self, answer) -> Verdict:
        """Whether an answer fits the number that is computed now, and what it would mean if not.

        Parameters
        ----------
        answer : int, float or sequence of float
            Which choice, from 0 on; the number that was typed; or those that were drawn.

        Returns
        -------
        Verdict
            As the page gives it.

        Raises
        ------
        ValueError
            For what is no answer.
        """
        return self.verdict_on(answer, self.compute())

    def verdict_on(self, answer, found: Written) -> Verdict:
        """`verdict`, where the number is computed already."""
        if self.places:
            return self.of_drawing(answer, found)
        of = self.of_number if self.within else self.of_choice
        return of(answer, found.number)

    def of_choice(self, answer, number: float) -> Verdict:
        chosen = self.answers[whole_between(0, len(self.answers) - 1, answer, "an answer")]
        return verdict_of(chosen.explains([number]), chosen.means)

    def of_number(self, answer, number: float) -> Verdict:
        typed = number_between(-1e9, 1e9, answer, "an answer")
        return verdict_of(abs(typed - number) <= self.within, *self.named([typed])[:1])

    def of_drawing(self, answer, found: Written) -> Verdict:
        drawn = array(answer, "an answer")
        if drawn.shape != (len(self.places),):
            raise ValueError(f"an answer must be {len(self.places)} numbers, not {quoted(answer)}")
        as_mended = bool(found.mended) and self.near(drawn, found.mended)
        named = [self.answers[0].means] if as_mended else self.named(drawn)
        return verdict_of(self.near(drawn, found.written), *named[:1])

    def near(self, values, others) -> bool:
        return all(abs(a - b) <= self.within for a, b in zip(values, others, strict=True))

    def named(self, values) -> list[str]:
        """The known mistakes behind numbers, the first first."""
        return [one.means for one in self.answers if one.explains(values)]

    def in_digits(self, values: list[float]) -> str:
        """Numbers as the page prints them: at each place, or the median."""
        shown = values if self.places else [median(values)]
        return ", ".join(
            f"{round(value, self.digits) + 0:.{self.digits}f}".replace("-", "\u2212")
            for value in shown
        )


def verdict_of(right: bool, means: str = "") -> Verdict:
    """The sentence; `verdictOn` in the page has the same."""
    if right:
        return Verdict(True, AS_YOU_SAID)
    return wrong(f"Not as you said. That would mean {means}." if means else "Not as you said.")
