"""A number as a reader types it, never taken for another one: the twin of `typed_number.js`.

A comma may stand for the point. What can be read in two ways ("1,000") or has separators of
thousands is no number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from gan_lab.core.validation import quoted

NUMBER = re.compile(r"[-+]?(\d+[.,]?\d*|[.,]\d+)(e[-+]?\d+)?", re.ASCII | re.IGNORECASE)
WHOLE = re.compile(r"[-+]?\d{1,30}", re.ASCII)
TWO_WAYS = re.compile(r"[-+]?[1-9]\d{0,2},\d{3}", re.ASCII)
BETWEEN = re.compile(r",?\s+|;\s*")


def one(word: str) -> float:
    """The number in a word. Raises ValueError where there is none, or perhaps another."""
    number = float(word.replace(",", ".")) if NUMBER.fullmatch(word) else math.inf
    if TWO_WAYS.fullmatch(word) or not math.isfinite(number):
        raise ValueError(word)
    return number


def one_whole(word: str) -> int:
    """The whole number in a word. Raises ValueError where there is none."""
    if not WHOLE.fullmatch(word):
        raise ValueError(word)
    return int(word)


def numbers_in(text: str, read: Callable, wanted: str):
    """A number, or as many as there are members, apart by spaces.

    Raises ValueError, in one sentence that says what is wanted, for anything else.
    """
    words = BETWEEN.split(text.strip().replace("−", "-"))
    try:
        found = tuple(read(word) for word in words)
    except ValueError:
        raise ValueError(f"must be {wanted}, not {quoted(text)}") from None
    return found[0] if len(found) == 1 else found


def number_of(text: str) -> float | tuple[float, ...]:
    """What "0,004" or "0.004, 0.001" says."""
    return numbers_in(text, one, "a number, as in 0.004")


def whole_of(text: str) -> int | tuple[int, ...]:
    """What "4" or "0, 1, 2" says."""
    return numbers_in(text, one_whole, "a whole number, as in 4")
