"""What many functions ask of what they are given, and how a sentence of refusal quotes it."""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable
from numbers import Integral, Real
from typing import TypeGuard

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


def scalar(value):
    """A number of numpy, torch or pandas, of no axes, as Python's own; anything else as it is."""
    bare = isinstance(value, np.generic) or getattr(value, "shape", None) == ()
    if not bare or not hasattr(value, "item") or is_masked(value):
        return value
    try:
        return value.item()
    except (RuntimeError, TypeError):  # a tensor on the device `meta` has no number in it
        return value


def is_whole(value) -> TypeGuard[int]:
    """Whether it is a whole number, of Python or numpy: True and False are none."""
    return isinstance(value, Integral) and not isinstance(value, bool)


def is_real(value) -> TypeGuard[float]:
    """Whether it is a real number, of Python or numpy: True and False are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def whole_from(low: int, value, name: str) -> int:
    """A whole number, `low` or more, or a ValueError in one sentence."""
    whole = scalar(value)
    if not is_whole(whole) or whole < low:
        raise ValueError(f"{name} must be a whole number, {low} or more, not {quoted(value)}")
    return int(whole)


def whole_between(low: float, high: float, value, name: str) -> int:
    """A whole number from `low` to `high`, or a ValueError in one sentence."""
    whole = scalar(value)
    if not is_whole(whole) or not low <= whole <= high:
        raise ValueError(f"{name} must be a whole number from {low} to {high}, not {quoted(value)}")
    return int(whole)


def number_between(low: float, high: float, value, name: str) -> float:
    """A number strictly between two bounds, or a ValueError in one sentence."""
    number = scalar(value)
    if not is_real(number) or not low < number < high or abs(number) > sys.float_info.max:
        bounds = f"above {low:g}" if math.isinf(high) else f"between {low:g} and {high:g}"
        raise ValueError(f"{name} must be a number {bounds}, not {quoted(value)}")
    return float(number)


def member_of(members: int, member) -> int:
    """The number of a member, or a ValueError in one sentence."""
    whole = scalar(member)
    if not is_whole(whole) or not 0 <= whole < members:
        raise ValueError(f"member must be from 0 to {members - 1}, not {quoted(member)}")
    return int(whole)


def checked_game(training):
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


def is_masked(values) -> bool:
    """Whether there is a mask in it, which numpy.asarray would drop: numpy's or torch's."""
    if isinstance(values, (list, tuple)):
        return any(map(is_masked, values))
    return isinstance(values, np.ma.MaskedArray) or hasattr(values, "get_mask")


def plain(values):
    """What a user of torch or pandas holds, as numpy reads it; anything else as it is.

    A tensor leaves its gradient behind, comes from its device, and loses no digit (numpy has no
    bfloat16). The columns of a table may be of several kinds of numbers.
    """
    if isinstance(values, (list, tuple)):
        return [plain(value) for value in values]
    if hasattr(values, "detach"):
        values = values.detach().cpu()
        return (values.double() if values.is_floating_point() else values).numpy(force=True)
    if hasattr(values, "columns") and hasattr(values, "items"):
        return np.stack([np.asarray(column) for _, column in values.items()], axis=1)
    return values


def array(values, name: str, truth: bool = False) -> np.ndarray:
    """Real numbers as float64, or a ValueError in one sentence.

    From lists, numpy, pandas and torch: tensors of any precision and device, with a gradient or
    without. Refused are masked arrays, complex numbers, and whatever is not a number: True and
    False too, unless `truth`.
    """
    if is_masked(values):
        raise ValueError(
            f"{name} must not be a masked array, whose mask would be lost: give the points that "
            "it keeps, as x.compressed() or numpy.ma.compress_rows(x) do"
        )
    try:
        found = np.asarray(plain(values))
    except (TypeError, ValueError, RuntimeError):  # rows of two lengths, a tensor without data
        found = np.asarray(None)
    if found.dtype.kind == "c":
        raise ValueError(f"{name} must be real numbers, not complex ones")
    kinds = "biuf" if truth else "iuf"
    if found.dtype.kind not in kinds:  # else numpy would read "3", and None as nan
        raise ValueError(f"{name} must be an array of numbers, not {quoted(values)}")
    with np.errstate(over="ignore"):  # a long double beyond the floats is infinite
        return found.astype(float, copy=False)
