"""How an answer is judged, whatever it is an answer to.

An answer is a function. It is run on a few cases; when its values are not the right ones, they
are compared with those of the mistakes that are easy to make, and the first mistake that gives
the same values in every case is named. A checker never shows the right formula, and an answer
that raises is a wrong answer, not an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np

from gan_lab.core.validation import array

TOLERANCE = 1e-6


@dataclass(frozen=True, repr=False)
class Verdict:
    """Whether an answer is right, and words for the reader; true when it is right.

    Parameters
    ----------
    right : bool
        Whether it is.
    words : str
        What is wrong with it, or that it is right.

    Examples
    --------
    >>> from gan_lab.checkers import Verdict
    >>> bool(Verdict(False, "At x = 0 you are off by 0.1."))
    False
    """

    right: bool
    words: str

    def __repr__(self) -> str:
        return self.words

    def _repr_html_(self) -> str:
        return f"<p>{escape(self.words)}</p>"  # a paragraph, which wraps

    def __bool__(self) -> bool:
        return self.right


def wrong(words: str) -> Verdict:
    """A verdict that is not right."""
    return Verdict(False, words)


def equal_within(values, others, tolerance=TOLERANCE) -> bool:
    """Equal within the tolerance, times 1 and the value's size together."""
    values, others = np.asarray(values, float), np.asarray(others, float)
    return bool(np.allclose(values, others, rtol=tolerance, atol=tolerance))


def first_mistake(values, mistakes: Iterable[tuple[str, Any]], tolerance=TOLERANCE) -> str:
    """The words of the first mistake, of pairs of words and values, that explains these values."""
    known = (words for words, others in mistakes if equal_within(values, others, tolerance))
    return next(known, "")


def call(answer, *arguments) -> np.ndarray | Verdict:
    """The answer's value as floats, or the verdict on an answer that cannot be run."""
    try:
        with np.errstate(all="ignore"):
            value = answer(*arguments)
    except Exception as error:  # a reader's code may raise anything
        return wrong(f"Your function could not be run: {type(error).__name__}: {error}")
    if value is None:
        return wrong("Your function gives nothing back: a `return` is missing.")
    try:
        return array(value, "what your function gives back", truth=True)
    except ValueError as refusal:
        said = str(refusal)
        return wrong(f"{said[0].upper()}{said[1:]}.")
