"""What many functions ask of what they are given, and how a sentence of refusal quotes it."""

from __future__ import annotations

from collections.abc import Iterable
from numbers import Integral

import numpy as np

LONGEST = 80
"""The most characters of a value that are quoted."""


def quoted(value) -> str:
    """A value as a sentence can quote it: on one line, and cut where it is long."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # Python does not write out a whole number of more than 4300 digits
        return f"such a large {type(value).__name__}"
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def whole_from(low: int, value, name: str) -> int:
    """A whole number, `low` or more, or a ValueError in one sentence."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < low:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {quoted(value)}")
    return int(value)


def whole_between(low: int, high: int, value, name: str) -> int:
    """A whole number from `low` to `high`, or a ValueError in one sentence."""
    if isinstance(value, bool) or not isinstance(value, Integral) or not low <= value <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {quoted(value)}")
    return int(value)


def member_of(members: int, member) -> int:
    """The number of a member, or a ValueError in one sentence."""
    right = isinstance(member, Integral) and not isinstance(member, bool)
    if not right or not 0 <= member < members:
        raise ValueError(f"member must be from 0 to {members - 1}, not {quoted(member)}")
    return int(member)


def game(training):
    """What has a recipe and players, as a `Training` has, or a ValueError in one sentence."""
    if not all(hasattr(training, name) for name in ("recipe", "members", "p_data")):
        raise ValueError(f"a game must be a Training, not {quoted(training)}")
    return training


def listed(values, words: str) -> tuple:
    """A list as a tuple; `words` begin the sentence that refuses what is none."""
    try:
        if isinstance(values, (str, bytes, dict)) or not isinstance(values, Iterable):
            raise TypeError
        return tuple(values)
    except TypeError:  # an array of no axes says that it can be iterated, and cannot
        raise ValueError(f"{words}, not {quoted(values)}") from None


def array(values, name: str) -> np.ndarray:
    """Real numbers as float64, or a ValueError in one sentence."""
    try:
        found = np.asarray(values)
    except (TypeError, ValueError, RuntimeError):  # rows of two lengths; a tensor with a gradient
        found = np.asarray(None)
    if found.dtype.kind not in "iuf":  # else numpy would read "3", and None as nan
        raise ValueError(f"{name} must be an array of numbers, not {quoted(values)}")
    return found.astype(float, copy=False)
