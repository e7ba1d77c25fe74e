"""Precision and recall: how much of one sample lies near the other, in the space you state."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.spatial import KDTree

from gan_lab.core.validation import whole_between
from gan_lab.metrics.scores import Score, in_space, scaled_to_one, squares
from gan_lab.metrics.standard_errors import binomial_variance, jackknife_variance


def in_manifold(points, manifold, k: int) -> np.ndarray:
    """Which points lie in the union of balls around the manifold's samples.

    Each ball reaches to its sample's k-th nearest other sample (Kynkäänniemi et al. 2019, Eq. 1).
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


def share_within(points, manifold, k: int, space: str) -> Score:
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
        float(value),
        math.sqrt(variance),
        f"in {space}; binomial standard error, with a jackknife's over {groups} groups of "
        f"the {k}-NN manifold",
    )


@np.errstate(all="ignore")
def precision(real, fake, k: int = 3, features: Callable | None = None) -> Score:
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
    features : callable, optional
        Takes (n, d) to (n, f), the space; by default the coordinates themselves.

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
    real, fake, space = in_space(real, fake, features)
    return share_within(fake, real, k, space)


@np.errstate(all="ignore")
def recall(real, fake, k: int = 3, features: Callable | None = None) -> Score:
    """Recall of a generator: the share of the data within the k-NN manifold of its samples.

    See `precision`. Where all fake points are equal the manifold is that one point, and recall is 0
    for data that do not repeat it.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    k : int
        A point's ball reaches to its k-th nearest neighbour; 3 in the paper.
    features : callable, optional
        Takes (n, d) to (n, f), the space; by default the coordinates themselves.

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
    real, fake, space = in_space(real, fake, features)
    return share_within(real, fake, k, space)
