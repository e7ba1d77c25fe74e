"""How good samples are: arrays in, a number and its standard error out.

Samples are arrays (n, d), or (n,) on the line, of numpy, torch or pandas, or lists; `real` are the
data's and `fake` the generator's, and they need not be as many. A perfect generator does not score
0, or 1, at a finite n: `baseline` says what it scores. Here are precision, recall and the Fréchet
distance; what knows the data's modes is in `modes`, what asks whether two samples have one law in
`two_sample`, and estimates of KL and JSD in `held_out`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial import KDTree

from gan_lab.core.random_streams import Stream
from gan_lab.core.validation import array, quoted, whole_between
from gan_lab.datasets import data_of
from gan_lab.datasets.minibatches import FOR_D, FOR_G, draw
from gan_lab.metrics.standard_errors import binomial_variance, jackknife_variance

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
    x = array(x, name)
    x = x[:, None] if x.ndim == 1 else x
    if x.ndim != 2 or len(x) < 2 or x.shape[1] < 1:
        raise ValueError(f"{name} must be two or more points, (n, d) or (n,), not {x.shape}")
    if not np.isfinite(x).all():
        raise ValueError(f"{name} must be finite: some of its numbers are nan or infinite")
    if np.abs(x).max() > LARGEST:
        raise ValueError(f"{name} must be of numbers up to {LARGEST:g}, whose squares can be had")
    return x


def two_samples(real, fake) -> tuple[np.ndarray, np.ndarray]:
    """Both samples, of as many coordinates."""
    real, fake = samples(real, "real"), samples(fake, "fake")
    if real.shape[1] != fake.shape[1]:
        raise ValueError(
            f"real and fake must have as many coordinates, not {real.shape[1]} and "
            f"{fake.shape[1]}"
        )
    return real, fake


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
    draws = ([draw(data, stream, w, i, n)[0].numpy() for w in (FOR_D, FOR_G)]
             for i in range(repeats))
    values = np.array([value_of(metric(real, fake)) for real, fake in draws])
    spread = float(values.std(ddof=1)) if np.isfinite(values).all() else math.inf
    return Baseline(float(values.mean()), spread, values)


def value_of(score) -> float:
    if not hasattr(score, "value"):
        raise ValueError(f"the metric of a baseline must give a Score, not {quoted(score)}")
    return score.value


# -- manifolds --------------------------------------------------------------------------------


def in_manifold(points, manifold, k: int) -> np.ndarray:
    """Which points lie in the union of balls around the manifold's samples.

    Each ball reaches to its sample's k-th nearest other sample (Kynkaanniemi et al. 2019, Eq. 1).
    """
    return in_some_ball(points, manifold, reach(manifold, k)[None])[0]


def reach(manifold, k: int) -> np.ndarray:
    """How far away the k-th nearest other sample is, (len(manifold),)."""
    return KDTree(manifold).query(manifold, k + 1)[0][:, -1]


def in_some_ball(points, centres, radii) -> np.ndarray:
    """Which points (n,) lie in a ball, for each row of radii (rows, centres): (rows, n).

    A ball of a negative radius is not there.
    """
    found = np.zeros((len(radii), len(points)), dtype=bool)
    widest = radii.max(axis=0)
    for start, square in squares(points, centres):
        away = np.sqrt(square)  # as the tree's distances are, so that balls hold their own rim
        i, j = np.nonzero(away <= widest)
        near = away[i, j]
        for row, radius in zip(found, radii, strict=True):
            row[start + i[near <= radius[j]]] = True
    return found


def without_each_group(manifold, k: int, groups: int) -> np.ndarray:
    """The radii of the balls (groups, n) when every groups-th sample is left out, from g on."""
    radii = np.full((groups, len(manifold)), -1.0)
    for g, radius in enumerate(radii):
        kept = np.arange(len(manifold)) % groups != g
        radius[kept] = reach(manifold[kept], k)
    return radii


def share_score(hits: int, n: int, words: str) -> Score:
    """hits of n, with the binomial law's standard error (see `binomial_variance`)."""
    return Score(hits / n, math.sqrt(binomial_variance(hits, n)), words)


def share_within(points, manifold, k: int) -> Score:
    k, n = whole_between(1, 10**7, k, "k"), len(manifold)
    if n < k + 2:
        raise ValueError(f"a manifold of k = {k} neighbours needs {k + 2} points or more, not {n}")
    (points, manifold), _ = scaled_to_one(points, manifold)
    groups = min(20, n)
    while n - -(-n // groups) <= k:  # what is left must have k neighbours
        groups += 1
    radii = np.vstack([reach(manifold, k), without_each_group(manifold, k, groups)])
    value, *left = in_some_ball(points, manifold, radii).mean(axis=1)
    hits = round(value * len(points))
    variance = binomial_variance(hits, len(points)) + jackknife_variance(left)
    return Score(
        float(value), math.sqrt(variance),
        f"binomial standard error, with a jackknife's over {groups} groups of the {k}-NN manifold",
    )


@np.errstate(all="ignore")
def precision(real, fake, k: int = 3) -> Score:
    """Precision of a generator: the share of its samples within the k-NN manifold of the data.

    The error is of both samples: the binomial one of the fake ones, and a jackknife's over groups
    of the real ones, which make the manifold. Where all fake points are equal it is 0 or 1, as that
    one point is out or in.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    k : int
        A point's ball reaches to its k-th nearest neighbour; 3 in the paper.

    Returns
    -------
    Score
        From 0 to 1, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples, and for fewer than k + 2 points.

    References
    ----------
    Kynkäänniemi et al. 2019, "Improved precision and recall metric", Equations 1 and 2.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import precision
    >>> precision(np.arange(20.0), [3.5, 4.5, 90.0, 91.0]).value
    0.5
    """
    real, fake = two_samples(real, fake)
    return share_within(fake, real, k)


@np.errstate(all="ignore")
def recall(real, fake, k: int = 3) -> Score:
    """Recall of a generator: the share of the data within the k-NN manifold of its samples.

    See `precision`. Where all fake points are equal the manifold is that one point, and recall is 0
    for data that do not repeat it.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    k : int
        A point's ball reaches to its k-th nearest neighbour; 3 in the paper.

    Returns
    -------
    Score
        From 0 to 1, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples, and for fewer than k + 2 points.

    References
    ----------
    Kynkäänniemi et al. 2019, "Improved precision and recall metric", Equations 1 and 2.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import recall
    >>> recall(np.arange(20.0), np.arange(10.0) + 0.25).value < 1
    True
    """
    real, fake = two_samples(real, fake)
    return share_within(real, fake, k)


# -- the Fréchet distance ---------------------------------------------------------------------


def frechet_gaussian(mean, cov, other_mean, other_cov) -> float:
    """|m - m'|^2 + tr(S + S' - 2 (S S')^(1/2)): squared W2 of two Gaussians (Dowson, Landau 1982).

    The trace of the root is the sum of the roots of the eigenvalues of S^(1/2) S' S^(1/2).
    """
    values, vectors = np.linalg.eigh(np.atleast_2d(cov))
    root = (vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T
    inner = np.linalg.eigvalsh(root @ np.atleast_2d(other_cov) @ root)
    trace = np.trace(np.atleast_2d(cov)) + np.trace(np.atleast_2d(other_cov))
    apart = np.sum((np.asarray(mean) - np.asarray(other_mean)) ** 2)
    return max(float(apart + trace - 2 * np.sqrt(np.maximum(inner, 0.0)).sum()), 0.0)


@np.errstate(all="ignore")
def frechet(real, fake, features: Callable | None = None, groups: int | None = None) -> Score:
    """The Fréchet distance of the Gaussians fitted to both samples: FID, in the space you state.

    Squared, as FID is, in squared units of the space. Blind to all but means and covariances. The
    error is a jackknife's; biased upwards by O(1/n). Of equal points the covariance is 0, and the
    distance to them `|m - m'|^2 + tr S`.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    features : callable, optional
        Takes (n, d) to (n, f), the space; by default the coordinates themselves.
    groups : int, optional
        How many groups of both samples the jackknife deletes; by default 20, or as many as leave
        two points in each.

    Returns
    -------
    Score
        The squared distance, and its standard error.

    Raises
    ------
    ValueError
        For fewer than four points of either kind, and for what are no samples.

    References
    ----------
    Heusel et al. 2017, "GANs trained by a two time-scale update rule", Equation 6.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import frechet
    >>> x = np.arange(40.0)
    >>> round(frechet(x, x + 2).value, 6)
    4.0
    """
    real, fake = two_samples(real, fake)
    space = "the raw coordinates"
    if features is not None and not callable(features):
        raise ValueError(f"features must be a function of points, not {quoted(features)}")
    if features is not None:
        real, fake = two_samples(features(real), features(fake))
        space = getattr(features, "__name__", "given features")
    least = min(len(real), len(fake))
    if least < 4:
        raise ValueError(f"a Fréchet distance needs four points of each kind or more, not {least}")
    most = least // 2
    groups = min(20, most) if groups is None else whole_between(2, most, groups, "groups")
    both, e = scaled_to_one(real, fake)

    def value(real, fake):
        (m, S), (n, T) = ((x.mean(axis=0), np.cov(x, rowvar=False)) for x in (real, fake))
        return frechet_gaussian(m, S, n, T)

    whole_value, variance = value(*both), 0.0
    for which in range(2):
        left = [
            value(*(np.delete(x, np.s_[g::groups], axis=0) if i == which else x
                    for i, x in enumerate(both)))
            for g in range(groups)
        ]
        variance += jackknife_variance(left)
    return Score(
        math.ldexp(whole_value, 2 * e), math.ldexp(math.sqrt(variance), 2 * e),
        f"in {space}; jackknife over {groups} groups; biased upwards by O(1/n)",
    )
