"""Of data that are a mixture of Gaussians: how many modes a generator has found, and how well.

The measures of VEEGAN (Srivastava et al. 2017) and PacGAN (Lin et al. 2018). `fake` is (n, d), or
(n,) on the line; `data` has `means`, `sds` and `weights`. To ask what a perfect generator scores,
`metrics.baseline(lambda real, fake: captured(fake, data), data, 2500)`.
"""

from __future__ import annotations

import math
from typing import Any, cast

import numpy as np
from scipy.spatial import KDTree

from gan_lab.core.validation import number_between, quoted
from gan_lab.metrics.scores import Score, samples, share_score, squares


def modes_of(data) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """means (K, d), sds (K,) and weights (K,) of data that are a mixture of Gaussians."""
    try:
        found = [getattr(data, name) for name in ("means", "sds", "weights")]
    except AttributeError:
        text = f"only a mixture of Gaussians has modes to count, and not {quoted(data)}"
        raise ValueError(text) from None
    means, sds, weights = (np.asarray(values, dtype=float) for values in found)
    return means.reshape(len(sds), -1), sds, weights


def nearest(fake, data, sds: float = 3.0) -> tuple[np.ndarray, np.ndarray]:
    """For each sample (n,) its nearest mode, and whether it lies within `sds` sds of it, strictly.

    The rule of PacGAN's code (MetricLogger in extensions.py): nearest is the mode of the least
    sqrt(sum((x - mean)^2 / sd^2)), in its own sds; a good sample is one of less than 3. So a
    sample is good just if it lies within 3 sds of any mode. Where all sds are equal that is the
    nearest mean; where they are not, a thin mode may be nearer and still not hold the sample.
    """
    means, scale, _ = modes_of(data)
    fake = samples(fake, "fake")
    if fake.shape[1] != means.shape[1]:
        raise ValueError(f"fake must have {means.shape[1]} coordinate(s), not {fake.shape[1]}")
    sds = number_between(0.0, math.inf, sds, "sds")
    if (scale == scale[0]).all():
        distance, which = cast(Any, KDTree(means).query(fake))
    else:
        distance, which = least_in_sds(fake, means, scale)
    return which, distance < sds * scale[which]


def least_in_sds(x, means, scale) -> tuple[np.ndarray, np.ndarray]:
    """(distance, index) of the mode that is nearest to each of the points x in its own sds."""
    distance, which = np.empty(len(x)), np.empty(len(x), dtype=int)
    for start, square in squares(x, means):
        some, away = slice(start, start + len(square)), np.sqrt(square)
        which[some] = (away / scale).argmin(axis=1)
        distance[some] = np.take_along_axis(away, which[some, None], axis=1)[:, 0]
    return distance, which


def high_quality(fake, data, sds: float = 3.0) -> Score:
    """The share of high-quality samples: those within 3 sds of the nearest mode.

    A perfect generator in the plane scores 1 - exp(-9/2) = 0.98889, not 1: more means narrower
    modes than the data's. The error is the binomial one (see `metrics.scores.share_score`).

    Parameters
    ----------
    fake : array of shape (n, d)
        Samples of the generator, (n,) on the line.
    data : Data
        A distribution with modes, as `ring` or `bimodal`.
    sds : float
        How many standard deviations of a mode a sample may be away from it.

    Returns
    -------
    Score
        The share, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for data without modes and for what are no samples.

    References
    ----------
    Srivastava et al. 2017, "VEEGAN"; Lin et al. 2018, "PacGAN".

    Examples
    --------
    >>> from gan_lab.datasets import bimodal
    >>> from gan_lab.metrics import high_quality
    >>> high_quality([-2.0, 0.0, 2.1, 2.2], bimodal(0, apart=4, sd=0.5)).value
    0.75
    """
    good = nearest(fake, data, sds)[1]
    return share_score(int(good.sum()), len(good), "binomial standard error")


def captured(fake, data, sds: float = 3.0) -> Score:
    """Count the modes captured, to see mode collapse: modes nearest to a high-quality sample.

    The published tables use n = 2500. With other samples of the same generator mode k is missed
    with probability (1 - s_k)^n, s_k its share of the samples; the error is the binomial standard
    deviation of the count at the shares seen here, as if misses were independent (they are
    negatively correlated). Modes that no sample hit are not in it, and may still have a share of up
    to about 3/n.

    Parameters
    ----------
    fake : array of shape (n, d)
        Samples of the generator, (n,) on the line.
    data : Data
        A distribution with modes, as `ring` or `bimodal`.
    sds : float
        How many standard deviations of a mode a sample may be away from it.

    Returns
    -------
    Score
        The number of modes, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for data without modes and for what are no samples.

    References
    ----------
    Srivastava et al. 2017, "VEEGAN"; Lin et al. 2018, "PacGAN".

    Examples
    --------
    >>> from gan_lab.datasets import bimodal
    >>> from gan_lab.metrics import captured
    >>> captured([-2.0, -2.1, -1.9], bimodal(0, apart=4, sd=0.5)).value
    1.0
    """
    which, good = nearest(fake, data, sds)
    n, hits = len(good), np.bincount(which[good], minlength=len(data.sds))
    seen = hits[hits > 0]
    missed = (1 - seen / n) ** n
    error = math.sqrt(float((missed * (1 - missed)).sum()))
    return Score(
        float(len(seen)),
        error,
        "binomial error of the modes seen; one not seen may still have a share of up to "
        f"{min(3 / n, 1):.2g}",
    )


def reverse_kl(fake, data, sds: float = 3.0) -> Score:
    """Reverse KL of the modes: KL(shares of the samples over the modes || data's weights), in nats.

    Of the high-quality samples. PacGAN's measure, whose weights are equal. Biased upwards: by about
    (K' - 1)/(2 h) for h high-quality samples on K' modes, which a perfect generator scores and
    which `words` states. The error is the delta method's; where the shares equal the weights it is
    of first order 0, and the chi-square one's sqrt((K' - 1)/2)/h takes its place if larger.
    With no high-quality sample the value is infinite.

    Parameters
    ----------
    fake : array of shape (n, d)
        Samples of the generator, (n,) on the line.
    data : Data
        A distribution with modes, as `ring` or `bimodal`.
    sds : float
        How many standard deviations of a mode a sample may be away from it.

    Returns
    -------
    Score
        The divergence in nats, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for data without modes and for what are no samples.

    References
    ----------
    Lin et al. 2018, "PacGAN"; Miller 1955, "Note on the bias of information estimates".

    Examples
    --------
    >>> from gan_lab.datasets import bimodal
    >>> from gan_lab.metrics import reverse_kl
    >>> round(reverse_kl([-2.0, -2.1, -1.9], bimodal(0, apart=4, sd=0.5)).value, 6)
    0.693147
    """
    which, good = nearest(fake, data, sds)
    weights = modes_of(data)[2]
    hits = np.bincount(which[good], minlength=len(weights))
    h, there = int(hits.sum()), hits > 0
    if h == 0:
        return Score(math.inf, math.inf, "no sample is of high quality")
    shares = hits[there] / h
    log = np.log(shares / weights[there])
    value = max(float(shares @ log), 0.0)  # rounding may take it below
    spread = math.sqrt(max(float(shares @ (log - value) ** 2), 0.0) / h)
    free = int(there.sum()) - 1
    error = max(spread, math.sqrt(free / 2) / h)
    return Score(value, error, f"delta method; biased upwards by about {free / (2 * h):.2g}")
