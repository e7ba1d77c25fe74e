"""Letters and digits of 8 x 8 pixels, drawn by a pen of our own.

Scikit-learn's digits were made from bitmaps of 32 x 32, of which each block of 4 x 4 was counted
(Alpaydin and Kaynak 1998). These are made alike: strokes, turned, slanted and stretched at random,
on a bitmap of 32 x 32.
"""

from __future__ import annotations

from functools import cache

import numpy as np

STROKES = {
    "A": "0 10 5 0 10 10|2.5 6 7.5 6",
    "E": "9 0 1 0 1 10 9 10|1 5 7 5",
    "F": "9 0 1 0 1 10|1 5 7 5",
    "H": "1 0 1 10|9 0 9 10|1 5 9 5",
    "K": "1 0 1 10|9 0 1 5.5 9 10",
    "M": "0 10 1 0 5 6 9 0 10 10",
    "N": "1 10 1 0 9 10 9 0",
    "T": "0 0 10 0|5 0 5 10",
    "V": "0 0 5 10 10 0",
    "W": "0 0 2.5 10 5 3 7.5 10 10 0",
    "X": "0 0 10 10|10 0 0 10",
    "Y": "0 0 5 5 10 0|5 5 5 10",
    "B": "1 0 1 10|1 0 7 0 8.5 2.5 6 4.7 1 4.7|6 4.7 9 7.5 7 10 1 10",
    "C": "9 2 7 0 4 0 1 3 1 7 4 10 7 10 9 8",
    "I": "5 0 5 10",
    "L": "2 0 2 10 9 10",
    "O": "5 0 8 1.5 9 5 8 8.5 5 10 2 8.5 1 5 2 1.5 5 0",
    "S": "8.5 1.5 5 0 2 2 3 4.5 7 5.5 8 8 5 10 1.5 8.5",
    "Z": "1.5 0 9 0 1.5 10 9 10",
    "0": "5 0 8 1.5 9 5 8 8.5 5 10 2 8.5 1 5 2 1.5 5 0",
    "1": "2.5 2.5 5.5 0 5.5 10",
    "2": "1.5 2 5 0 8.5 2.5 1.5 10 9 10",
    "3": "1.5 0.5 6 0 8.5 2.5 5 4.7 8.5 7.5 5 10 1.5 9",
    "4": "6 0 1 6.5 9.5 6.5|7 3.5 7 10",
    "5": "8.5 0 2 0 2 4.5 6 4 8.5 7 6 10 1.5 9.5",
    "6": "7 0 3 3 1.5 7 4 10 7.5 9 8 6.5 5 5 2 7",
    "7": "1.5 0 9 0 4 10|3 5 8 5",
    "8": "5 0 8 2 2.5 7 4 10 7 10 8 7.5 2 2.5 5 0",
    "9": "8 3 5 5 2 3 4.5 0 8 2 7.5 6 5 10",
}
"""The corners x y of each line of a glyph, in tenths of its box, the top left one 0 0."""
LETTERS, LIKE_DIGITS, DIGITS = "AEFHKMNTVWXY", "BCILOSZ", "0123456789"
"""Letters that no digit looks like, those that some digit does, and the digits."""
MADE, BLOCK = 32, 4


@cache
def pixel_centres() -> np.ndarray:
    """(x, y) of the bitmap's pixels, a row after the other, in a box of side 1."""
    at = (np.arange(MADE) + 0.5) / MADE
    return np.stack(np.meshgrid(at, at), -1).reshape(-1, 2)


@cache
def corners(glyph: str) -> list[np.ndarray]:
    """The lines of a glyph, each (corners, 2), around 0."""
    lines = STROKES[glyph].split("|")
    return [np.array(line.split(), float).reshape(-1, 2) / 10 - 0.5 for line in lines]


def distance_to_segment(points: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """How far points (n, 2) are from the segment between a and b."""
    along = np.clip((points - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)
    return np.linalg.norm(points - a - along[:, None] * (b - a), axis=1)


def hand(rng: np.random.Generator) -> np.ndarray:
    """What a hand does to a glyph: it turns, slants and stretches it, a matrix (2, 2)."""
    turn, slant, width = rng.normal(scale=0.12), rng.normal(scale=0.15), rng.uniform(0.45, 0.75)
    c, s, high = np.cos(turn), np.sin(turn), 0.86
    return np.array([[c, -s], [s, c]]) @ np.array([[width, slant * high], [0, high]])


def drawn_glyph(glyph: str, rng: np.random.Generator) -> np.ndarray:
    """One glyph as 64 pixels from -1 (paper) to 1 (ink)."""
    by_hand, pen = hand(rng), rng.uniform(0.05, 0.085)
    nearest = np.full(MADE**2, np.inf)
    for line in corners(glyph):
        at = line @ by_hand.T + 0.5 + rng.normal(scale=0.015, size=line.shape)
        for a, b in zip(at[:-1], at[1:], strict=True):
            nearest = np.minimum(nearest, distance_to_segment(pixel_centres(), a, b))
    side = MADE // BLOCK
    ink = (nearest < pen).reshape(side, BLOCK, side, BLOCK).mean((1, 3))
    return 2 * ink.ravel() - 1


def drawn_glyphs(glyphs: str, each: int, rng: np.random.Generator) -> np.ndarray:
    """So many of each glyph, (n, 64), a glyph after the other."""
    return np.stack([drawn_glyph(one, rng) for one in glyphs for _ in range(each)])
