"""The Fréchet distance of the Gaussians fitted to two samples (FID), plain and at infinite n."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from gan_lab.core.validation import whole_between
from gan_lab.metrics.scores import Score, in_space, scaled_to_one
from gan_lab.metrics.standard_errors import jackknife_variance

PARTS = (1, 2, 3, 4)
"""In how many parts both samples are cut, for the distance at infinite n."""


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
    real, fake, space = in_space(real, fake, features)
    least = min(len(real), len(fake))
    if least < 4:
        raise ValueError(f"a Fréchet distance needs four points of each kind or more, not {least}")
    most = least // 2
    groups = min(20, most) if groups is None else whole_between(2, most, groups, "groups")
    return of_two(of_fits, real, fake, groups, f"in {space}", "biased upwards by O(1/n)")


def of_fits(x, y) -> float:
    """The distance of the Gaussians that have means and covariances of the samples."""
    (m, S), (n, T) = ((s.mean(axis=0), np.cov(s, rowvar=False)) for s in (x, y))
    return frechet_gaussian(m, S, n, T)


def of_two(value, real, fake, groups: int, space: str, bias: str) -> Score:
    """A squared distance of two samples, with the jackknife's error over groups of either."""
    both, e = scaled_to_one(real, fake)
    variance = 0.0
    for which in range(2):
        left = [
            value(
                *(
                    np.delete(x, np.s_[g::groups], axis=0) if i == which else x
                    for i, x in enumerate(both)
                )
            )
            for g in range(groups)
        ]
        variance += jackknife_variance(left)
    return Score(
        math.ldexp(value(*both), 2 * e),
        math.ldexp(math.sqrt(variance), 2 * e),
        f"{space}; jackknife over {groups} groups; {bias}",
    )


def at_infinity(x, y) -> float:
    """The intercept of the line through the distances of parts of 1/p of either, against p."""
    means = [
        np.mean(
            [of_fits(a, b) for a, b in zip(np.array_split(x, p), np.array_split(y, p), strict=True)]
        )
        for p in PARTS
    ]
    return float(np.polynomial.polynomial.polyfit(PARTS, means, 1)[0])


@np.errstate(all="ignore")
def frechet_limit(real, fake, features: Callable | None = None, seed: int = 0) -> Score:
    """The Fréchet distance (FID) as of infinitely many samples, without its bias in 1/n.

    Both samples are cut at random into 1, 2, 3 and 4 parts. The mean distance of parts of 1/p of
    the samples grows by b p where its bias is b/n; the intercept of the line at p = 0 is the
    estimate. Of two samples of one distribution it is 0 on average, and so it may be below 0. The
    line holds where a part has many more points than the space has dimensions. The jackknife's
    error is on average at least the spread, and larger than it where both distributions are one.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line; they may be of different length.
    features : callable, optional
        Takes (n, d) to (n, f), the space; by default the coordinates themselves.
    seed : int
        Of the parts.

    Returns
    -------
    Score
        The squared distance, and its standard error by the jackknife.

    Raises
    ------
    ValueError
        For fewer than 16 points of either kind, or than 4 (f + 1), and for what are no samples.

    References
    ----------
    Chong and Forsyth 2020, "Effectively unbiased FID and Inception Score and where to find them",
    Section 3; there the fake samples alone are cut, and here both.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.metrics import frechet, frechet_limit
    >>> x, y = np.random.default_rng(0).normal(size=(2, 300, 10))
    >>> frechet(x, y).value > 0.2 > 0.1 > abs(frechet_limit(x, y).value)
    True
    """
    real, fake, space = in_space(real, fake, features)
    least, needed = min(len(real), len(fake)), max(16, 4 * (real.shape[1] + 1))
    if least < needed:
        raise ValueError(
            f"a Fréchet distance at infinite n needs {needed} points of each kind or more in "
            f"{real.shape[1]} dimensions, not {least}"
        )
    rng = np.random.default_rng(whole_between(0, 2**53, seed, "seed"))
    real, fake = (rng.permutation(x) for x in (real, fake))
    return of_two(
        at_infinity,
        real,
        fake,
        10,
        f"in {space}, extrapolated to infinite n",
        "unbiased up to O(1/n²), may be below 0",
    )
