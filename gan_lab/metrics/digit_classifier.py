"""The book's classifier of digits: a small network, fixed in a file, that reads pictures.

64 pixels, 32 tanh, 10 logits. `python benchmarks/digit_classifier.py` trained it on the 1297
training images of scikit-learn's digits and wrote the file, sealed, with 16-bit weights; what it
reads of the 500 that were held out, and of noise, stands in `benchmarks/digit_classifier.md`.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path

import numpy as np
from scipy.special import log_softmax

from gan_lab.core.sealed import Sealed
from gan_lab.core.validation import array
from gan_lab.metrics.scores import in_rows

WEIGHTS = Path(__file__).with_suffix(".weights")
STRANGE = "these bytes are not a classifier of digits"
FILE = Sealed(b"GANDIG\0", "classifier of digits", STRANGE, (1,))
WIDTHS = (64, 32, 10)
SHAPES = ((64, 32), (32,), (32, 10), (10,))
"""Weights (in, out) and biases of both layers, in the order of the file."""

SIZES = [int(np.prod(shape)) for shape in SHAPES]
ROUNDING = 1e-6
"""So far beyond [-1, 1] a pixel may lie, for the rounding of whoever made it."""


def classifier_bytes(weights: np.ndarray) -> bytes:
    """The file of a classifier: all its weights in a row, as 16-bit floats."""
    body = np.asarray(weights, "<f2").tobytes()
    return FILE.written({"widths": WIDTHS, "crc32": zlib.crc32(body)}, body)


def weights_of(data: bytes) -> np.ndarray:
    """All weights of such a file in a row; ValueError in one sentence for any other bytes."""
    header, body = FILE.opened(data)
    if header.get("widths") != list(WIDTHS) or len(body) != 2 * sum(SIZES):
        raise ValueError("in this classifier of digits the layers are not 64, 32 and 10 wide")
    return np.frombuffer(body, "<f2").astype(float)


def layers(weights: np.ndarray) -> list[np.ndarray]:
    """Weights in a row as the arrays of `SHAPES`."""
    parts = np.split(weights, np.cumsum(SIZES)[:-1])
    return [part.reshape(shape) for part, shape in zip(parts, SHAPES, strict=True)]


def hidden(weights: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """What the hidden layer makes of pixels (n, 64): (n, 32)."""
    A, a, _, _ = layers(weights)
    return np.tanh(pixels @ A + a)


def log_probabilities(weights: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """The log-probabilities of the ten classes, (n, 10), for pixels (n, 64)."""
    _, _, B, b = layers(weights)
    return log_softmax(hidden(weights, pixels) @ B + b, axis=1)


@cache
def fixed_weights() -> np.ndarray:
    """The weights of the book's classifier, read from their file once."""
    return weights_of(WEIGHTS.read_bytes())


def digit_pixels(images) -> np.ndarray:
    """Images of 8 x 8 as (n, 64), or a ValueError in one sentence."""
    x = in_rows(array(images, "images"))
    if x.ndim != 2 or len(x) < 1 or x.shape[1] != 64:
        raise ValueError(
            f"images must be of 8 x 8 pixels, (n, 64), (n, 8, 8) or (n, 1, 8, 8), not {x.shape}"
        )
    if not (np.abs(x) <= 1 + ROUNDING).all():
        raise ValueError("the pixels of images must be numbers from -1 to 1: scale or clip them")
    return x


def digit_features(images) -> np.ndarray:
    """The features of digits: the 32 hidden units of the book's fixed classifier.

    The space for `frechet`, `frechet_limit`, `precision` and `recall` of digits, as their
    `features`.

    Parameters
    ----------
    images : array of shape (n, 64), (n, 8, 8) or (n, 1, 8, 8)
        Pixels from -1 (paper) to 1 (ink).

    Returns
    -------
    ndarray of shape (n, 32)
        Numbers between -1 and 1.

    Raises
    ------
    ValueError
        In one sentence, for what are no such images.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import digit_features
    >>> digit_features(np.zeros((3, 8, 8))).shape
    (3, 32)
    """
    return hidden(fixed_weights(), digit_pixels(images))


def digit_probabilities(images) -> np.ndarray:
    """What the book's fixed classifier reads: the probabilities of the ten digits.

    Parameters
    ----------
    images : array of shape (n, 64), (n, 8, 8) or (n, 1, 8, 8)
        Pixels from -1 (paper) to 1 (ink).

    Returns
    -------
    ndarray of shape (n, 10)
        Of 0, 1, ... 9.

    Raises
    ------
    ValueError
        In one sentence, for what are no such images.

    Examples
    --------
    A stroke down the middle is a one:

    >>> import numpy as np
    >>> from gan_lab.metrics import digit_probabilities
    >>> stroke = np.full((1, 8, 8), -1.0)
    >>> stroke[:, :, 3:5] = 1
    >>> int(digit_probabilities(stroke).argmax())
    1
    """
    return np.exp(log_probabilities(fixed_weights(), digit_pixels(images)))
