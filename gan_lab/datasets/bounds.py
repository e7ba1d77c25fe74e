"""How large and how small the numbers of data may be that are trained on."""

from __future__ import annotations

from gan_lab.core.validation import is_real, listed, quoted

LARGEST = 1e6
SMALLEST = 1e-6
MOST = 10_000
"""The most points that can be drawn, and modes that there can be."""


def reals(values, name: str, low: float = -LARGEST, high: float = LARGEST) -> tuple[float, ...]:
    """A tuple of finite floats between two bounds, or a sentence that says what was wrong."""
    values = listed(values, f"{name} must be a list of numbers")
    return tuple(bounded_real(value, name, low, high) for value in values)


def bounded_real(value, name: str, low: float = -LARGEST, high: float = LARGEST) -> float:
    """A finite float between two bounds, or a sentence that says what was wrong."""
    if not is_real(value) or not low <= value <= high:
        raise ValueError(f"{name} must be from {low:g} to {high:g}, not {quoted(value)}")
    return float(value)
