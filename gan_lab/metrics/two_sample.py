"""Have two samples one law? Three distances between samples, and a test.

Arrays (n, d), or (n,) on the line, in; a `Score` with its standard error out. What two samples
of one law score is not 0: see `metrics.baseline`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.spatial import KDTree
from scipy.special import expit, log_expit
from scipy.stats import hypergeom, wasserstein_distance

from gan_lab.core.validation import array, number_between, quoted, whole_between
from gan_lab.metrics.scores import Score, scaled_to_one, squares, two_samples
from gan_lab.metrics.standard_errors import binomial_variance, jackknife_variance

# -- W1 ---------------------------------------------------------------------------------------


@np.errstate(all="ignore")
def w1(real, fake, bootstraps: int = 200, seed: int = 0) -> Score:
    """The Wasserstein-1 (earth mover's) distance of two samples on the line, exactly.

    Of two samples of one distribution it is of the order of sd / sqrt(n), never 0: biased upwards.

    Parameters
    ----------
    real, fake : array of shape (n,)
        The samples; they may be of different length.
    bootstraps : int
        How many resamples the error is from.
    seed : int
        Of the resamples.

    Returns
    -------
    Score
        In units of x, and its standard error by bootstrap.

    Raises
    ------
    ValueError
        For points of more than one coordinate, and for what are no samples.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import w1
    >>> w1(np.arange(10.0), np.arange(10.0) + 2).value
    2.0
    """
    real, fake = two_samples(real, fake)
    if real.shape[1] != 1:
        raise ValueError(
            f"W1 is exact on the line only, and these points have {real.shape[1]} coordinates"
        )
    real, fake = real[:, 0], fake[:, 0]
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    again = np.empty(whole_between(2, 10**5, bootstraps, "bootstraps"))
    for i in range(len(again)):
        again[i] = wasserstein_distance(real, fake, *resampled(rng, real, fake))
    return Score(
        float(wasserstein_distance(real, fake)),
        float(again.std(ddof=1)),
        f"bootstrap over {len(again)} resamples; biased upwards",
    )


def resampled(rng, *samples):
    """How much each point counts in a bootstrap's resample."""
    counts = (rng.multinomial(len(x), np.full(len(x), 1 / len(x))) for x in samples)
    return [c / c.sum() for c in counts]


@np.errstate(all="ignore")
def sliced_w1(real, fake, directions: int = 50, bootstraps: int = 50, seed: int = 0) -> Score:
    """Sliced Wasserstein distance: the mean of W1 over directions of space, in units of x.

    The points are projected on unit vectors drawn evenly, and each W1 is exact. On the line it is
    W1 itself. The error is a bootstrap's over both samples, with that of the mean over directions;
    like W1 it is never 0 for two samples of one distribution: biased upwards.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    directions : int
        How many.
    bootstraps : int
        How many resamples the error is from.
    seed : int
        Of directions and resamples.

    Returns
    -------
    Score
        The distance, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples and for numbers that are not whole and positive.

    References
    ----------
    Bonneel, Rabin, Peyré and Pfister 2015, "Sliced and Radon Wasserstein barycenters", for p = 1.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import sliced_w1
    >>> square = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    >>> 0.5 < sliced_w1(square, square + [1, 0]).value < 0.8
    True
    """
    real, fake = two_samples(real, fake)
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    count = whole_between(2, 10**5, directions, "directions")
    repeats = whole_between(2, 10**5, bootstraps, "bootstraps")
    lines = rng.normal(size=(count, real.shape[1]))
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    weights = [resampled(rng, real, fake) for _ in range(repeats)]
    found, again = np.empty(count), np.zeros(repeats)
    for i, line in enumerate(lines):
        x, y = real @ line, fake @ line
        found[i] = wasserstein_distance(x, y)
        again += np.array([wasserstein_distance(x, y, *weight) / count for weight in weights])
    variance = again.var(ddof=1) + found.var(ddof=1) / count
    return Score(
        float(found.mean()),
        math.sqrt(variance),
        f"over {count} directions; bootstrap over {repeats} resamples; biased upwards",
    )


# -- MMD --------------------------------------------------------------------------------------


def median_distance(x, most: int = 1000) -> float:
    """The median distance between points, of at most `most` of them, evenly picked."""
    x = x[np.linspace(0, len(x) - 1, min(len(x), most)).astype(int)]
    square: Any = sum((x[:, None, i] - x[:, i]) ** 2 for i in range(x.shape[1]))
    return float(np.sqrt(np.median(square[np.triu_indices(len(x), 1)])))


def bandwidth_of(x) -> float:
    """The median distance of the points x; their root mean square distance where that is 0.

    So it is where more than half are equal. Where all are, the kernel is 1 whatever its width.
    """
    return median_distance(x) or math.sqrt(2 * (x - x[0]).var(axis=0).sum()) or 1.0


def row_sums(x, y, bandwidth: float) -> np.ndarray:
    """sum_j exp(-|x_i - y_j|^2 / (2 bandwidth^2)), (len(x),)."""
    found = np.empty(len(x))
    for start, square in squares(x, y):
        kernel = np.exp(-square / (2 * bandwidth**2))
        found[start : start + len(square)] = kernel.sum(axis=1)
    return found


@np.errstate(all="ignore")  # far away the kernel underflows, as it should
def mmd(real, fake, bandwidth: float | None = None) -> Score:
    """Maximum mean discrepancy (MMD^2), unbiased, with a Gaussian kernel: it may be below 0.

    The kernel is `exp(-|x - y|^2 / (2 bandwidth^2))`. The error is a jackknife over the points of
    both samples, whose square is at least the variance on average, also where both distributions
    are the same. Of two equal samples it is below 0; of two samples of one and the same point, 0.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    bandwidth : float, optional
        By default the median distance of the pooled points, and their root mean square distance
        where more than half of them are equal, as those of a collapsed generator are.

    Returns
    -------
    Score
        MMD^2, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples, too few points, or no bandwidth.

    References
    ----------
    Gretton et al. 2012, "A kernel two-sample test", Equation 3; Efron and Stein 1981.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import mmd
    >>> rng = np.random.default_rng(0)
    >>> score = mmd(rng.normal(0, 1, 100), rng.normal(3, 1, 100))
    >>> score.value > 5 * score.error
    True
    """
    real, fake = two_samples(real, fake)
    if min(len(real), len(fake)) < 3:
        raise ValueError("MMD with its error needs three points of each kind or more")
    (real, fake), e = scaled_to_one(real, fake)
    if bandwidth is None:
        h = bandwidth_of(np.concatenate([real, fake]))
        bandwidth = math.ldexp(h, e)
    else:
        bandwidth = number_between(1e-151, 1e151, bandwidth, "the bandwidth")
        h = max(float(np.ldexp(bandwidth, -e)), 1e-150)
    n, m = len(real), len(fake)
    xx, yy = (row_sums(x, x, h) - 1 for x in (real, fake))  # without the point itself
    xy, yx = row_sums(real, fake, h), row_sums(fake, real, h)

    def value(xx, n, yy, m, xy):
        return xx / (n * (n - 1)) + yy / (m * (m - 1)) - 2 * xy / (n * m)

    a, b, c = xx.sum(), yy.sum(), xy.sum()
    variance = jackknife_variance(value(a - 2 * xx, n - 1, b, m, c - xy))
    variance += jackknife_variance(value(a, n, b - 2 * yy, m - 1, c - yx))
    return Score(
        float(value(a, n, b, m, c)),
        math.sqrt(variance),
        f"squared, unbiased, Gaussian kernel of bandwidth {bandwidth:.4g}; jackknife",
    )


# -- the classifier two-sample test -----------------------------------------------------------

Classifier = Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]


def share_of_neighbours(x, label, k: int | None = None):
    """The share of real points among the k nearest of x (n, d), less 1/2; k is odd, near sqrt n."""
    k = 2 * int(math.sqrt(len(x)) / 2) + 1 if k is None else k
    tree = KDTree(x)

    def logit(points):
        found = tree.query(points, k)[1].reshape(len(points), -1)
        return label[found].mean(axis=1) - 0.5

    return logit


def monomials(x) -> np.ndarray:
    """1, the coordinates and their products: (n, 1 + d + d (d + 1) / 2)."""
    i, j = np.triu_indices(x.shape[1])
    return np.concatenate([np.ones((len(x), 1)), x, x[:, i] * x[:, j]], axis=1)


def logistic_regression(x, label, ridge: float = 1e-3):
    """Logistic regression on the monomials up to degree 2 of the standardised coordinates.

    Newton's method on the mean log-likelihood less ridge |w|^2 / 2. It sees means and
    covariances, and nothing of modes within them.
    """
    size = 2.0 ** np.frexp(np.abs(x).max(axis=0))[1]  # a thin coordinate keeps its spread
    center, scale = x.mean(axis=0), size * ((x - x[0]) / size).std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    features = monomials((x - center) / scale)
    w = np.zeros(features.shape[1])

    def cost(w):
        s = features @ w
        return -np.mean(label * log_expit(s) + (1 - label) * log_expit(-s)) + ridge / 2 * w @ w

    for _ in range(50):
        p = expit(features @ w)
        slope = features.T @ (p - label) / len(x) + ridge * w
        bend = (features.T * (p * (1 - p))) @ features / len(x) + ridge * np.eye(len(w))
        move, now = np.linalg.solve(bend, slope), cost(w)
        while cost(w - move) > now + 1e-12:
            move = move / 2
        w = w - move
        if np.abs(move).max() < 1e-10:
            break
    return lambda points: monomials((points - center) / scale) @ w


CLASSIFIERS = {"knn": share_of_neighbours, "logistic": logistic_regression}


@np.errstate(all="ignore")
def c2st(real, fake, classifier: str | Classifier = "knn", seed: int = 0) -> Score:
    """Classifier two-sample test (C2ST): the accuracy of a classifier on points it was not shown.

    Both samples are cut to one length and split in halves at random; the classifier is fitted to
    the first halves and judged on the second, in which both labels are equally frequent. Under the
    null hypothesis of one distribution, the labels of the second half are exchangeable: given how
    many points the classifier calls real, how many of those are so is hypergeometric, of which
    `p_value` is the upper tail (Fisher's exact test). The error is the binomial one of either half,
    at accuracies moved two points towards 1/2, for the classifier that was fitted: another first
    half would fit another one. Near 1/2 is good: what this classifier cannot see, it does not say.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line; they may be of different length.
    classifier : {"knn", "logistic"} or callable
        A function takes x (n, d) and label (n,), 1 for real, and returns x -> logit.
    seed : int
        Of the split.

    Returns
    -------
    Score
        The accuracy, its standard error, and `p_value`.

    Raises
    ------
    ValueError
        For fewer than 8 points of either kind, and for what are no samples.

    References
    ----------
    Lopez-Paz and Oquab 2017, "Revisiting classifier two-sample tests".

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import c2st
    >>> rng = np.random.default_rng(0)
    >>> score = c2st(rng.normal(0, 1, 200), rng.normal(5, 1, 200))
    >>> score.value > 0.9, score.p_value < 0.01
    (True, True)
    """
    real, fake = two_samples(real, fake)
    known = isinstance(classifier, str) and classifier in CLASSIFIERS
    if not known and not callable(classifier):
        raise ValueError(
            f"the classifier must be knn, logistic or a function, not {quoted(classifier)}"
        )
    n = min(len(real), len(fake))
    if n < 8:
        raise ValueError(f"a classifier test needs 8 points of each kind or more, not {n}")
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    real, fake = (x[rng.permutation(len(x))[:n]] for x in (real, fake))
    if known:
        (real, fake), _ = scaled_to_one(real, fake)
    half, rest = n // 2, n - n // 2
    label = np.repeat([1.0, 0.0], half)
    fit = CLASSIFIERS[classifier] if isinstance(classifier, str) else classifier
    logit = fit(np.concatenate([real[:half], fake[:half]]), label)
    asked = np.concatenate([real[half:], fake[half:]])
    said = array(logit(asked), "the logits of a classifier", truth=True).ravel() > 0
    if len(said) != 2 * rest:
        raise ValueError("the classifier must give one logit for each point")
    right, called = int(said[:rest].sum()), int(said.sum())
    correct = np.array([right, rest - (called - right)])
    error = 0.5 * math.sqrt(float(np.sum(binomial_variance(correct, rest))))
    p_value = float(hypergeom.sf(right - 1, 2 * rest, rest, called))
    name = classifier if known else getattr(classifier, "__name__", "given")
    return Score(
        float(correct.sum() / (2 * rest)),
        error,
        f"accuracy of {name} on {2 * rest} held-out points, once fitted; 0.5 ± "
        f"{0.5 / math.sqrt(2 * rest):.2g} if the distributions are one",
        min(p_value, 1.0),
    )
