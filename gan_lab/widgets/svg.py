"""Lines and words of a picture as SVG text: as few points as the eye needs, colours by role.

A role is the name of a colour, which the picture's style sheet gives for the theme of the page.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

NEAR = 0.2
"""Pixels by which a curve may leave its points: the fewer points, the smaller the text."""

LETTERS = 15
"""Pixels: what is written so large are letters of a formula."""

SERIF = "'STIX Two Text',Cambria,Georgia,'Times New Roman',serif"


class Scale(NamedTuple):
    """Values from `low` to `high`, drawn at the pixels from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def pixels(self, values):
        share = (values - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def at(self, value: float, more: float = 0.0) -> str:
        """The pixel of a value, and so many more, to a tenth."""
        return f"{self.pixels(value) + more:.1f}".removesuffix(".0")


def path(data: str, role: str, style: str = "") -> str:
    return f'<path d="{data}" style="stroke:var(--{role});{style}"/>' if data else ""


def text(words: str, x, y, role: str, anchor: str = "start", size: int = 11) -> str:
    font = f";font-family:{SERIF}" if size == LETTERS else ""
    style = f"fill:var(--{role});text-anchor:{anchor}{font}"
    return f'<text x="{x}" y="{y}" font-size="{size}" style="{style}">{words}</text>'


def line(xs, ys, x: Scale, y: Scale) -> str:
    """The data of a path through points, in pieces where they are no numbers."""
    there = np.isfinite(ys)
    points = np.column_stack([x.pixels(xs), y.pixels(np.where(there, ys, y.low))])
    pieces = np.split(np.arange(len(xs)), np.flatnonzero(np.diff(there)) + 1)
    return "".join(
        "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points[piece][kept(points[piece])])
        for piece in pieces
        if len(piece) > 1 and there[piece[0]]
    )


def kept(points: np.ndarray) -> np.ndarray:
    """Which points a path needs to come within NEAR of all: Douglas and Peucker 1973."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    waiting = [(0, len(points) - 1)]
    while waiting:
        start, end = waiting.pop()
        (a, b), (along, up) = points[start], points[end] - points[start]
        away = np.abs(along * (points[start:end, 1] - b) - up * (points[start:end, 0] - a))
        far = int(np.argmax(away))
        if end - start > 1 and away[far] > NEAR * np.hypot(along, up):
            keep[start + far] = True
            waiting += [(start, start + far), (start + far, end)]
    return keep


def ruler(values, scale: Scale, y: float) -> list[str]:
    """Round numbers along an axis from the first to the last of some values."""
    if len(values) < 2:
        return []
    low, high = float(values[0]), float(values[-1])
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    step *= 2.0 if (high - low) / step > 8 else 1.0
    ticks = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    return [
        text(f"{v + 0.0:g}".replace("-", "−"), scale.at(v), y, "muted", "middle") for v in ticks
    ]
