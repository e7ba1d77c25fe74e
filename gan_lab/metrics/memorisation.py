"""Has a generator learned its training data by heart? Distances to the nearest training point."""

from __future__ import annotations

import math
from typing import Any, cast

import numpy as np
from scipy.spatial import KDTree
from scipy.stats import mannwhitneyu

from gan_lab.metrics.scores import Score, scaled_to_one, two_samples


def nearest_training(points, training) -> tuple[np.ndarray, np.ndarray]:
    """The nearest training neighbour of each point: how far away it is, and which.

    Parameters
    ----------
    points : array of shape (n, d)
        Samples of a generator, (n,) on the line; pictures too.
    training : array of shape (m, d)
        What it was trained on.

    Returns
    -------
    tuple of (ndarray of shape (n,), ndarray of int of shape (n,))
        Euclidean distances, and indices into `training`.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples.

    Examples
    --------
    >>> from gan_lab.metrics import nearest_training
    >>> distance, index = nearest_training([0.5, 9.0], [0.0, 8.0, 20.0])
    >>> distance.tolist(), index.tolist()
    ([0.5, 1.0], [0, 1])
    """
    return nearest_of(points, training, "points")


def nearest_of(points, training, name: str) -> tuple[np.ndarray, np.ndarray]:
    """`nearest_training`, where a sentence of refusal calls the points by this name."""
    points, training = two_samples(points, training, (name, "training"))
    (points, training), e = scaled_to_one(points, training)
    distance, index = cast(Any, KDTree(training).query(points))
    return np.ldexp(distance, e), index


def placements(x, y) -> np.ndarray:
    """For each of x the share of y that is larger, and half of what is equal."""
    y = np.sort(y)
    larger = len(y) - (np.searchsorted(y, x, "left") + np.searchsorted(y, x, "right")) / 2
    return larger / len(y)


def variance_of_mean(shares) -> float:
    """The variance of the mean of shares, among which two are 0 and two 1 that were not there.

    So it is not 0 where all are equal; of hits and misses it is `binomial_variance`.
    """
    return float(np.concatenate([shares, [0, 0, 1, 1]]).var()) / (len(shares) + 4)


@np.errstate(all="ignore")
def memorised(fake, training, held_out) -> Score:
    """Memorisation: how often a fake point is nearer to the training data than a held-out one is.

    The probability that the distance of a fake point to its nearest training point is smaller than
    that of a point that was held out: 1/2 for a perfect generator, 1 for one that copies training
    data, below 1/2 for one that is far from them. It is above 1/2 too for points that lie where the
    data are dense, and are no copies: look at pairs of `nearest_training` before you say so.

    Parameters
    ----------
    fake, training, held_out : array of shape (n, d)
        Samples of the generator, what it was trained on, and data of the same distribution that it
        has not seen; each of its own number.

    Returns
    -------
    Score
        From 0 to 1, its standard error for this training set, and `p_value` of a generator whose
        distances are no smaller than those of held-out data.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples.

    References
    ----------
    Meehan, Chaudhuri and Dasgupta 2020, "A non-parametric test to detect data-copying in generative
    models", of all space as one cell; DeLong et al. 1988 for the error; Mann and Whitney 1947.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import memorised
    >>> x = np.random.default_rng(0).normal(size=(3, 100, 5))
    >>> memorised(x[0] + 0.01, x[0], x[1]).value, 0.3 < memorised(x[2], x[0], x[1]).value < 0.7
    (1.0, True)
    """
    far, _ = nearest_of(held_out, training, "held_out")
    near, _ = nearest_of(fake, training, "fake")
    of_fake, of_held = placements(near, far), placements(-far, -near)
    error = math.sqrt(variance_of_mean(of_fake) + variance_of_mean(of_held))
    p_value = float(mannwhitneyu(near, far, alternative="less", method="asymptotic").pvalue)
    return Score(
        float(of_fake.mean()),
        error,
        "how often nearer to the training data than held-out data are; 0.5 if as they; "
        "DeLong's standard error",
        1.0 if math.isnan(p_value) else p_value,
    )
