"""Have two samples one law? Three distances between samples, and a test.

Arrays (n, d), or (n,) on the line, in; a `Score` with its standard error out. What two samples
of one law score is not 0: see `metrics.baseline`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.spatial import cKDTree
from scipy.special import expit, log_expit
from scipy.stats import hypergeom

from gan_lab.metrics import Score, squares, two, unit
from gan_lab.refusals import array, number_between, quoted, whole_between
from gan_lab.standard_errors import binomial_variance, jackknife_variance

# -- W1 ---------------------------------------------------------------------------------------


def w1_of(real, fake, weight=None, other=None) -> np.ndarray | float:
    """The integral of |F - G| of two samples on the line: W1, exactly (Vallender 1974).

    `weight` (..., n) and `other` (..., m) are how much each sorted point counts, by default alike.
    """
    weight = np.full(len(real), 1 / len(real)) if weight is None else weight
    other = np.full(len(fake), 1 / len(fake)) if other is None else other
    x = np.concatenate([real, fake])
    order = np.argsort(x, kind="stable")
    mass = np.concatenate([weight, -other], axis=-1)[..., order]
    return np.abs(np.cumsum(mass, axis=-1)[..., :-1]) @ np.diff(x[order])


@np.errstate(all="ignore")
def w1(real, fake, bootstraps: int = 200, seed: int = 0) -> Score:
    """W1 between two samples on the line, exactly, in units of x; the error by bootstrap.

    Of two samples of one law it is of the order of sd / sqrt(n), never 0: biased upwards. Raises
    ValueError for points of more than one coordinate.
    """
    real, fake = two(real, fake)
    if real.shape[1] != 1:
        raise ValueError(f"W1 is exact on the line only, and these points have {real.shape[1]}"
                         " coordinates")
    real, fake = real[:, 0], fake[:, 0]
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    again = np.empty(whole_between(2, 10**5, bootstraps, "bootstraps"))
    for i in range(len(again)):
        again[i] = w1_of(real, fake, *resampled(rng, real, fake))
    return Score(
        float(w1_of(real, fake)), float(again.std(ddof=1)),
        f"bootstrap over {len(again)} resamples; biased upwards",
    )


def resampled(rng, *samples):
    """How much each point counts in a bootstrap's resample."""
    counts = (rng.multinomial(len(x), np.full(len(x), 1 / len(x))) for x in samples)
    return [c / c.sum() for c in counts]


@np.errstate(all="ignore")
def sliced_w1(real, fake, directions: int = 50, bootstraps: int = 50, seed: int = 0) -> Score:
    """The mean of W1 over directions of space, in units of x (Bonneel et al. 2015, for p = 1).

    The points are projected on unit vectors drawn evenly, and each W1 is exact. On the line it is
    W1 itself. The error is a bootstrap's over both samples, with that of the mean over directions;
    like W1 it is never 0 for two samples of one law: biased upwards.
    """
    real, fake = two(real, fake)
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    count = whole_between(2, 10**5, directions, "directions")
    repeats = whole_between(2, 10**5, bootstraps, "bootstraps")
    lines = rng.normal(size=(count, real.shape[1]))
    lines /= np.linalg.norm(lines, axis=1, keepdims=True)
    weights = [resampled(rng, real, fake) for _ in range(repeats)]
    found, again = np.empty(count), np.zeros(repeats)
    for i, line in enumerate(lines):
        x, y = real @ line, fake @ line
        found[i] = w1_of(x, y)
        again += [w1_of(x, y, *weight) / count for weight in weights]
    variance = again.var(ddof=1) + found.var(ddof=1) / count
    return Score(
        float(found.mean()), math.sqrt(variance),
        f"over {count} directions; bootstrap over {repeats} resamples; biased upwards",
    )


# -- MMD --------------------------------------------------------------------------------------


def median_distance(x, most: int = 1000) -> float:
    """The median distance between points, of at most `most` of them, evenly picked."""
    x = x[np.linspace(0, len(x) - 1, min(len(x), most)).astype(int)]
    square = sum((x[:, None, i] - x[:, i]) ** 2 for i in range(x.shape[1]))
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
    """MMD^2 with the kernel exp(-|x - y|^2 / (2 bandwidth^2)), unbiased: it may be below 0.

    Gretton et al. 2012, Equation 3. The bandwidth is the median distance of the pooled points
    unless given, and their root mean square distance where more than half of them are equal, as
    those of a collapsed generator are. The error is a jackknife over the points of both samples,
    whose square is at least the variance on average (Efron and Stein 1981), also where both laws
    are the same. Of two equal samples it is below 0; of two samples of one and the same point, 0.
    """
    real, fake = two(real, fake)
    if min(len(real), len(fake)) < 3:
        raise ValueError("MMD with its error needs three points of each kind or more")
    (real, fake), e = unit(real, fake)
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
        float(value(a, n, b, m, c)), math.sqrt(variance),
        f"squared, unbiased, Gaussian kernel of bandwidth {bandwidth:.4g}; jackknife",
    )


# -- the classifier two-sample test -----------------------------------------------------------

Classifier = Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]


def neighbours(x, label, k: int | None = None):
    """The share of real points among the k nearest of x (n, d), less 1/2; k is odd, near sqrt n."""
    k = 2 * int(math.sqrt(len(x)) / 2) + 1 if k is None else k
    tree = cKDTree(x)

    def logit(points):
        found = tree.query(points, k)[1].reshape(len(points), -1)
        return label[found].mean(axis=1) - 0.5

    return logit


def monomials(x) -> np.ndarray:
    """1, the coordinates and their products: (n, 1 + d + d (d + 1) / 2)."""
    i, j = np.triu_indices(x.shape[1])
    return np.concatenate([np.ones((len(x), 1)), x, x[:, i] * x[:, j]], axis=1)


def logistic(x, label, ridge: float = 1e-3):
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


CLASSIFIERS = {"knn": neighbours, "logistic": logistic}


@np.errstate(all="ignore")
def c2st(real, fake, classifier: str | Classifier = "knn", seed: int = 0) -> Score:
    """The accuracy of a classifier on points it was not shown (Lopez-Paz and Oquab 2017).

    Both samples are cut to one length and split in halves at random; the classifier is fitted to
    the first halves and judged on the second, in which both labels are equally frequent. It is
    "knn", "logistic", or a function (x (n, d), label (n,), 1 for real) -> (x -> logit). Under the
    null hypothesis of one law, the labels of the second half are exchangeable: given how many
    points the classifier calls real, how many of those are so has the hypergeometric law, of
    which `p_value` is the upper tail (Fisher's exact test). The error is the binomial one of
    either half, at accuracies moved two points towards 1/2, for the classifier that was fitted:
    another first half would fit another one. Near 1/2 is good: what this classifier cannot see it
    does not report. Raises ValueError for fewer than 8 points of either kind.
    """
    real, fake = two(real, fake)
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
        (real, fake), _ = unit(real, fake)
    half, rest = n // 2, n - n // 2
    label = np.repeat([1.0, 0.0], half)
    fit = CLASSIFIERS[classifier] if known else classifier
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
        float(correct.sum() / (2 * rest)), error,
        f"accuracy of {name} on {2 * rest} held-out points, once fitted; 0.5 ± "
        f"{0.5 / math.sqrt(2 * rest):.2g} if the laws are one", min(p_value, 1.0),
    )
