"""What the book's classifier sees in samples of digits: how surely it reads them, and which digits.

Images are arrays (n, 64), (n, 8, 8) or (n, 1, 8, 8) of pixels from -1 to 1. A perfect generator
does not score 1: see what held-out images score, `compared(read_surely, fake, held_out)`.
"""

from __future__ import annotations

import math

import numpy as np

from gan_lab.core.validation import number_between
from gan_lab.metrics.digit_classifier import digit_probabilities
from gan_lab.metrics.scores import Score, share_score


def read_surely(images, above: float = 0.9) -> Score:
    """The share of images that the fixed classifier reads as a digit with p > 0.9.

    Of held-out images of scikit-learn's digits it is 0.86, and 0.07 of uniform noise. It does not
    see whether all are one and the same digit, or copies: see `class_entropy`, `memorised`.

    Parameters
    ----------
    images : array of shape (n, 64), (n, 8, 8) or (n, 1, 8, 8)
        Samples of the generator, or real images, of pixels from -1 to 1.
    above : float
        The probability that the likeliest digit must exceed.

    Returns
    -------
    Score
        The share, and its binomial standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no such images, and for what is no probability.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import read_surely
    >>> read_surely(np.zeros((5, 8, 8))).value
    0.0
    """
    above = number_between(0.0, 1.0, above, "above")
    sure = digit_probabilities(images).max(axis=1) > above
    words = f"read with p > {above:g} by the book's classifier; binomial standard error"
    return share_score(int(sure.sum()), len(sure), words)


def class_counts(images) -> np.ndarray:
    """How many images are read as 0, 1, ... 9: each as its likeliest digit."""
    return np.bincount(digit_probabilities(images).argmax(axis=1), minlength=10)


def class_entropy(images) -> Score:
    """The spread over classes: the entropy, in nats, of the digits that the classifier reads.

    At most log 10 = 2.303, for ten equal shares, and 0 where all are read as one digit. Biased
    downwards by about (K - 1)/(2 n), K being how many digits are read. The error is the delta
    method's; where shares are equal it is of first order 0, and the chi-square one's
    sqrt((K - 1)/2)/n takes its place if larger.

    Parameters
    ----------
    images : array of shape (n, 64), (n, 8, 8) or (n, 1, 8, 8)
        Samples of the generator, or real images, of pixels from -1 to 1.

    Returns
    -------
    Score
        The entropy in nats, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no such images.

    References
    ----------
    Miller 1955, "Note on the bias of information estimates".

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import class_entropy
    >>> class_entropy(np.zeros((5, 8, 8))).value
    0.0
    """
    hits = class_counts(images)
    n, seen = int(hits.sum()), hits[hits > 0]
    shares, free = seen / n, len(seen) - 1
    log = np.log(shares)
    value = max(0.0, -float(shares @ log))
    spread = math.sqrt(max(float(shares @ (log + value) ** 2), 0.0) / n)
    error = max(spread, math.sqrt(free / 2) / n)
    return Score(value, error, f"delta method; biased downwards by about {free / (2 * n):.2g}")


def smallest_class(images) -> Score:
    """The share of the digit that is read least often: near 0 where a class is missing.

    Of ten equal classes a perfect generator scores a little less than 0.1, since the smallest of
    ten counts is taken: biased downwards.

    Parameters
    ----------
    images : array of shape (n, 64), (n, 8, 8) or (n, 1, 8, 8)
        Samples of the generator, or real images, of pixels from -1 to 1.

    Returns
    -------
    Score
        The share, and the binomial standard error of that class.

    Raises
    ------
    ValueError
        In one sentence, for what are no such images.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import smallest_class
    >>> smallest_class(np.zeros((5, 8, 8))).value
    0.0
    """
    hits = class_counts(images)
    least = int(hits.argmin())
    return share_score(
        int(hits[least]),
        int(hits.sum()),
        f"of the digit {least}; binomial standard error; biased downwards, as a minimum",
    )
