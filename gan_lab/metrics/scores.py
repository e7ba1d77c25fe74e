"""How good samples are: arrays in, a number and its standard error out.

Samples are arrays (n, d), or (n,) on the line, of numpy, torch or pandas, or lists; `real` are the
data's and `fake` the generator's, and they need not be as many. Pictures may be (n, h, h) or
(n, 1, h, h): each is a point of h² coordinates. A perfect generator does not score 0, or 1, at a
finite n: `baseline` says what it scores, and `compared` what data score that were held out.

Precision and recall are in `manifolds`, the Fréchet distance in `gaussian_fits`; what knows the
data's modes in `modes`, what asks whether two samples have one distribution in `two_sample`,
estimates of KL and JSD in `held_out`; what reads digits in `digit_classifier`, `pictures`, and what
finds copies of training data in `memorisation`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from gan_lab.core.random_streams import Stream
from gan_lab.core.validation import array, quoted, whole_between
from gan_lab.datasets import data_of
from gan_lab.datasets.minibatches import FOR_D, FOR_G, draw
from gan_lab.metrics.standard_errors import binomial_variance

AT_ONCE = 4_000_000
"""How many pairs of points are held in memory at a time."""

LARGEST = 1e150
"""The largest number in a sample: its square is a number too."""


@dataclass(frozen=True)
class Score:
    """A metric's value with its standard error, and words on its bias.

    Parameters
    ----------
    value : float
        The value.
    error : float
        Its standard error.
    words : str
        How the error was found, and what is biased.
    p_value : float, optional
        Of a test: how often samples of one distribution would score so high.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import w1
    >>> score = w1(np.arange(4.0), np.arange(4.0) + 1)
    >>> score.value, score.error > 0
    (1.0, True)
    """

    value: float
    error: float
    words: str
    p_value: float | None = None

    def __repr__(self) -> str:
        p = "" if self.p_value is None else f", p = {self.p_value:.3g}"
        return f"{self.value:.5g} ± {self.error:.2g}{p} ({self.words})"


@dataclass(frozen=True, eq=False)
class Baseline:
    """What a perfect generator scores: mean and spread of a metric over repeats.

    Parameters
    ----------
    mean : float
        The mean over the repeats; its standard error is `error`.
    sd : float
        The spread of one score.
    values : ndarray of shape (repeats,)
        The scores.

    Examples
    --------
    >>> from gan_lab.datasets import gaussian
    >>> from gan_lab.metrics import baseline, w1
    >>> perfect = baseline(w1, gaussian(3, 0.5), n=200, repeats=5)
    >>> 0 < perfect.error < perfect.sd < perfect.mean
    True
    """

    mean: float
    sd: float
    values: np.ndarray

    @property
    def error(self) -> float:
        """The standard error of `mean`."""
        return self.sd / math.sqrt(len(self.values))


Metric = Callable[[np.ndarray, np.ndarray], Score]


def samples(x, name: str = "a sample") -> np.ndarray:
    """x as float64 (n, d) with n of 2 or more, or a ValueError in one sentence."""
    x = in_rows(array(x, name))
    if x.ndim != 2 or len(x) < 2 or x.shape[1] < 1:
        raise ValueError(
            f"{name} must be two or more points, (n, d) or (n,), or pictures, (n, h, h) or "
            f"(n, 1, h, h), not {x.shape}"
        )
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must be finite: some of its numbers are nan or infinite")
    if np.abs(x).max() > LARGEST:
        raise ValueError(f"{name} must be of numbers up to {LARGEST:g}, whose squares can be had")
    return x


def in_rows(x: np.ndarray) -> np.ndarray:
    """Numbers (n,) and pictures (n, h, h) or (n, 1, h, h) as (n, d); anything else as it is."""
    if x.ndim == 1:
        return x[:, None]
    grey = x[:, 0] if x.ndim == 4 and x.shape[1] == 1 else x
    square = grey.ndim == 3 and grey.shape[1] == grey.shape[2] and len(x) > 0
    return grey.reshape(len(x), -1) if square else x


def two_samples(x, y, names: tuple[str, str] = ("real", "fake")) -> tuple[np.ndarray, np.ndarray]:
    """Both samples, of as many coordinates."""
    x, y = (samples(z, name) for z, name in zip((x, y), names, strict=True))
    if x.shape[1] != y.shape[1]:
        raise ValueError(
            f"{' and '.join(names)} must have as many coordinates, not {x.shape[1]} and "
            f"{y.shape[1]}"
        )
    return x, y


def in_space(real, fake, features: Callable | None) -> tuple[np.ndarray, np.ndarray, str]:
    """Both samples in the space of the features, and its name, for the words of a score."""
    real, fake = two_samples(real, fake)
    if features is None:
        return real, fake, "the raw coordinates"
    if not callable(features):
        raise ValueError(f"features must be a function of points, not {quoted(features)}")
    space = getattr(features, "__name__", "given features")
    return *two_samples(features(real), features(fake)), space


def scaled_to_one(*xs) -> tuple[list[np.ndarray], int]:
    """Samples divided by a power of two 2^e that makes their largest number about 1, and e.

    That is exact, and their squares then neither overflow nor vanish.
    """
    e = int(np.frexp(max(np.abs(x).max() for x in xs))[1])
    return [np.ldexp(x, -e) for x in xs], e


def squares(x, y) -> Iterator[tuple[int, Any]]:
    """(start, |x_i - y_j|^2 (b, len(y)) of b points from start on), block by block."""
    step = max(1, AT_ONCE // len(y))
    for start in range(0, len(x), step):
        some = x[start : start + step]
        yield start, sum((some[:, None, i] - y[:, i]) ** 2 for i in range(x.shape[1]))


def baseline(metric: Metric, data, n: int, repeats: int = 20, seed: int = 0) -> Baseline:
    """What a perfect generator scores by a metric: n samples of the data against n others.

    Both samples are drawn anew, apart, in each of the repeats.

    Parameters
    ----------
    metric : callable
        `metric(real, fake)` gives a Score. For a measure that wants the data instead,
        `lambda real, fake: captured(fake, data)`.
    data : Data
        The distribution of both samples.
    n : int
        How many points a sample has.
    repeats : int
        How often.
    seed : int
        Of the samples.

    Returns
    -------
    Baseline
        Mean, spread and values.

    Raises
    ------
    ValueError
        In one sentence, for numbers that are not whole and positive, and for what is no data.

    Examples
    --------
    >>> from gan_lab.datasets import ring
    >>> from gan_lab.metrics import baseline, captured
    >>> data = ring(8, sd=0.1)
    >>> baseline(lambda real, fake: captured(fake, data), data, n=500, repeats=3).mean
    8.0
    """
    if not callable(metric):
        raise ValueError(f"metric must be a function of two samples, not {quoted(metric)}")
    data = data_of(data)
    n, repeats = whole_between(2, 10**7, n, "n"), whole_between(2, 10**5, repeats, "repeats")
    stream = Stream([whole_between(0, 2**53, seed, "seed")])
    draws = (
        [draw(data, stream, w, i, n)[0].numpy() for w in (FOR_D, FOR_G)] for i in range(repeats)
    )
    values = np.array([value_of(metric(real, fake)) for real, fake in draws])
    spread = float(values.std(ddof=1)) if np.isfinite(values).all() else math.inf
    return Baseline(float(values.mean()), spread, values)


def value_of(score) -> float:
    if not hasattr(score, "value"):
        raise ValueError(f"a metric must give a Score, not {quoted(score)}")
    return score.value


@dataclass(frozen=True)
class Compared:
    """What a generator scores, and what data score that were held out, at one n.

    Parameters
    ----------
    fake, held_out : Score
        The two scores.
    n : int
        How many points each of them is of.

    Examples
    --------
    >>> from gan_lab.metrics import Compared, Score
    >>> Compared(Score(0.9, 0.01, "a share"), Score(0.95, 0.01, "a share"), 500)
    0.9 ± 0.01; held-out data 0.95 ± 0.01, n = 500 (a share)
    """

    fake: Score
    held_out: Score
    n: int

    def __repr__(self) -> str:
        fake, held = (f"{s.value:.5g} ± {s.error:.2g}" for s in (self.fake, self.held_out))
        return f"{fake}; held-out data {held}, n = {self.n} ({self.fake.words})"


def compared(metric: Callable, fake, held_out, seed: int = 0) -> Compared:
    """Score a generator beside data that were held out, as many of either: bias in n is in both.

    The larger of the two is cut, at random, to the number of the other.

    Parameters
    ----------
    metric : callable
        `metric(points)` gives a Score. A distance to the data is
        `lambda fake: frechet(real, fake)`, where `real` has none of those that were held out.
    fake, held_out : array of shape (n, d)
        Samples of the generator, and data that it was not trained on.
    seed : int
        Of the cut.

    Returns
    -------
    Compared
        Both scores.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples, and for a metric that gives no Score.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import compared, frechet
    >>> x = np.random.default_rng(0).normal(size=(3, 200))
    >>> found = compared(lambda fake: frechet(x[0], fake), 2 * x[1] + 1, x[2])
    >>> found.fake.value > 10 * found.held_out.value
    True
    """
    if not callable(metric):
        raise ValueError(f"metric must be a function of samples, not {quoted(metric)}")
    fake, held_out = two_samples(fake, held_out, ("fake", "held_out"))
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    n = min(len(fake), len(held_out))
    ours, theirs = (metric(x[rng.permutation(len(x))[:n]]) for x in (fake, held_out))
    for score in (ours, theirs):
        value_of(score)
    return Compared(ours, theirs, n)


def share_score(hits: int, n: int, words: str) -> Score:
    """hits of n, with the binomial law's standard error (see `binomial_variance`)."""
    return Score(hits / n, math.sqrt(binomial_variance(hits, n)), words)
