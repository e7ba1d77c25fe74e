"""What a field of a recipe is: its kind and bounds, how a value is read, and what is said of it.

`schema` has a row for each field, made by the functions at the end of this module.
"""

from __future__ import annotations

import dataclasses
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral
from typing import Any

import numpy as np

from gan_lab.core.validation import is_real, quoted, scalar, whole_between
from gan_lab.datasets import data_of


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field of a recipe; `schema` says in a row of this what the field means everywhere.

    `label` and `hint` are for readers of page and notebook, who find the field in its `group`,
    ordered by `place` and then as in the schema; `says` is for who writes code.
    """

    kind: str  # a key of READERS
    default: Any
    label: str
    hint: str
    group: str
    says: str
    place: int = 0
    low: Any = None  # of numbers
    high: float = math.inf
    below: bool = False  # whether `high` itself is too much
    choices: Sequence[str] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)  # of a choice, for readers
    own: type | None = None  # of what a choice may be beside its names,
    read_own: Callable | None = None  # as this reads it
    per_member: bool = False  # whether every member may have its own
    live: bool = True  # whether a running game can change it
    move: str | None = None  # "number" enters a move as an argument, "form" decides what it is
    step: float | None = None  # what an arrow key adds in the page, up to `reach`
    reach: float | None = None
    longest: Any = None  # of a list
    of: Sequence[str] = ()  # the optimizers that read it; all where none is named
    in_page: bool = True  # whether it has a control there
    chapter: str = ""  # the place in the book that says what it does; {} stands for a choice

    def read(self, name: str, value):
        """The value as a recipe keeps it. Raises ValueError, in one sentence, for what is none."""
        read = READERS[self.kind]
        if not self.per_member or not isinstance(value, (tuple, list)):
            return read(self, name, value)
        if len(value) == 0:
            raise ValueError(f"{name} must be a number or a list of numbers, not {quoted(value)}")
        return tuple(read(self, name, one) for one in value)

    def read_on(self, value) -> str:
        """Where the book says what this value does, as in "family#loss-hinge"; nothing where it
        does not."""
        if self.kind == "choice" and value not in self.choices:
            return ""
        return self.chapter.format(value)

    @property
    def bounds(self) -> str:
        """What a number may be, in words."""
        if math.isinf(self.high):
            return f"{self.low:g} or more"
        if self.below:
            return f"{self.low:g} or more and below {self.high:g}"
        return f"from {self.low:g} to {self.high:g}"


def read_whole(field: Field, name: str, value) -> int:
    return whole_between(field.low, field.high, value, name)


def read_real(field: Field, name: str, value) -> float:
    value = float(value) if isinstance(value, np.floating) else value
    right = is_real(value) and field.low <= value <= min(field.high, sys.float_info.max)  # not nan
    if not right or (field.below and value == field.high):
        raise ValueError(f"{name} must be a number, {field.bounds}, not {quoted(value)}")
    return float(value)


def read_choice(field: Field, name: str, value):
    if field.own and isinstance(value, field.own):
        assert field.read_own, f"{name} takes an own value, and nothing reads it"
        return field.read_own(value)
    if not isinstance(value, str) or value not in field.choices:
        own = f", or a {field.own.__name__}" if field.own else ""
        raise ValueError(
            f"{name} must be one of {', '.join(field.choices)}{own}, not {quoted(value)}"
        )
    return str(value)  # numpy has words of its own, which print as no code


def read_truth(field: Field, name: str, value) -> bool:
    truth = scalar(value)
    if not isinstance(truth, bool):
        raise ValueError(f"{name} must be True or False, not {quoted(value)}")
    return truth


def read_widths(field: Field, name: str, value) -> tuple[int, ...]:
    value = value.tolist() if getattr(value, "ndim", 0) == 1 else value
    right = isinstance(value, (tuple, list)) and len(value) <= field.longest
    if not right or any(isinstance(w, bool) or not isinstance(w, Integral) for w in value):
        wanted = f"a list of at most {field.longest} layer widths"
        raise ValueError(f"{name} must be {wanted}, not {quoted(value)}")
    if any(not field.low <= w <= field.high for w in value):
        wanted = f"layer widths from {field.low} to {field.high}"
        raise ValueError(f"{name} must be {wanted}, not {quoted(value)}")
    return tuple(int(w) for w in value)


def read_data(field: Field, name: str, value):
    try:
        return data_of(value)
    except ValueError as refusal:
        raise ValueError(f"{name}: {refusal}") from None


READERS = {
    "data": read_data,  # a distribution, what one can be made of, or what `as_dict` wrote
    "choice": read_choice,
    "widths": read_widths,  # the sizes of hidden layers
    "truth": read_truth,
    "whole": read_whole,
    "real": read_real,
    "rate": read_real,  # a learning rate, which readers set in powers of ten
}
"""How a value of each kind is read."""


def row(kind: str, default, **rest) -> Any:
    """The default of a dataclass's field that carries its `Field`."""
    field = Field(kind=kind, default=default, **rest)
    return dataclasses.field(default=default, metadata={"field": field})


def data(default, **rest) -> Any:
    """A row of data."""
    return row("data", default, **rest)


def choice(default: str, choices, **rest) -> Any:
    """A row of one of a few names."""
    return row("choice", default, choices=tuple(choices), **rest)


def widths(default: tuple[int, ...], **rest) -> Any:
    """A row of the sizes of hidden layers."""
    return row("widths", default, low=1, high=4096, longest=8, **rest)


def truth(default: bool, **rest) -> Any:
    """A row of yes or no."""
    return row("truth", default, **rest)


def whole(default: int, low: int, high: int, *, step: int = 1, **rest) -> Any:
    """A row of a whole number between two bounds."""
    return row("whole", default, low=low, high=high, step=step, **rest)


def real(default: float, low: float = 0, high: float = math.inf, **rest) -> Any:
    """A row of a finite number from `low` up to `high`, or below it."""
    return row("real", default, low=low, high=high, **rest)


def share(default: float, **rest) -> Any:
    """A row of a number from 0 up to 1, and not 1 itself."""
    return real(default, 0, 1, below=True, **rest)


def rate(default: float, **rest) -> Any:
    """A row of a learning rate."""
    return row("rate", default, low=0, **rest)
