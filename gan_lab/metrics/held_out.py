"""Estimates of KL and JSD, in nats, where p_g has no formula: labelled as what they are.

For data on the line or in the plane. p_g is smoothed on one half of the samples and the estimate is
made on points that the smoothing has not seen, which makes it, on average, a bound from below.
Where p_g has a formula or a fine mesh, use that: `theory.js`, `plane.frame_in_plane`.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.special import log_expit

from gan_lab.core.validation import whole_between
from gan_lab.datasets import data_of
from gan_lab.datasets.images import Images
from gan_lab.metrics.scores import Score, squares, two_samples


def log_smooth(points, centres, h: float, itself: bool = False) -> np.ndarray:
    """log of the kernel density (bells of sd h) at points; `itself`: points are the centres, and
    each is left out of the density at itself."""
    d, n = centres.shape[1], len(centres) - itself
    norm = -d * (0.5 * math.log(2 * math.pi) + math.log(h)) - math.log(n)
    found = np.empty(len(points))
    for start, square in squares(points, centres):
        rows = np.arange(len(square))
        if itself:
            square[rows, start + rows] = np.inf
        near = square.min(axis=1)  # taken out of the sum, of which it is the largest term
        bells = np.exp((near[:, None] - square) / (2 * h * h)).sum(axis=1)
        found[start + rows] = np.log(bells) - near / (2 * h * h) + norm
    return found


def kernel_density(x, sd: float = 1.0) -> tuple[Callable[[np.ndarray], np.ndarray], float]:
    """(log density, bandwidth): bells around the points x, of the sd that is likeliest when each
    point is left out of its own density, among eighteen from 2 to 2^-10 times Scott's.

    Scott's is not less than 2^-20 of `sd`, the data's: of equal points the thinnest bell would win.
    """
    spread = math.sqrt((x - x[0]).var(axis=0).mean())
    scott = max(spread * len(x) ** (-1 / (x.shape[1] + 4)), sd * 2.0**-20)
    widths = scott * 2.0 ** np.linspace(1, -10, 18)
    with np.errstate(all="ignore"):  # far bells underflow
        likely = [log_smooth(x, x, h, itself=True).mean() for h in widths]
    h = float(widths[int(np.argmax(likely))])
    return (lambda points: log_smooth(points, x, h)), h


def two_halves(fake, seed: int) -> tuple[np.ndarray, np.ndarray]:
    order = np.random.default_rng(whole_between(0, 2**53, seed, "seed")).permutation(len(fake))
    if len(fake) < 8:
        raise ValueError(f"a held-out estimate needs 8 fake points or more, not {len(fake)}")
    return fake[order[::2]], fake[order[1::2]]


def error_of_mean(x) -> float:
    """The standard error of the mean of x (n,), infinite where one of them is."""
    return float(x.std(ddof=1) / math.sqrt(len(x))) if np.isfinite(x).all() else math.inf


def law_of(data, real):
    """log p_data as a function of points (n, d), d being 1 or 2."""
    data = data_of(data)
    if isinstance(data, Images):
        raise ValueError("pictures have no density, and a held-out estimate needs that of the data")
    if real.shape[1] > 2 or data.dim != real.shape[1]:
        raise ValueError(f"the data have {data.dim} coordinate(s) and real has {real.shape[1]}")
    return (lambda x: data.logpdf(x[:, 0])) if data.dim == 1 else data.logpdf


@np.errstate(all="ignore")  # densities underflow far away, as they should
def held_out_js(real, fake, data, seed: int = 0) -> Score:
    """Estimate JSD(p_data, p_g) from samples, from below, in nats, where p_g has no formula.

    p_g is smoothed on half of `fake`; D is p_data/(p_data + that); V(G, D) is measured on `real`
    and the other half, none of which D has seen, and (V + log 4)/2 is on average at most the
    JSD, for any D. Below 0 when D does worse than 1/2. Of a generator whose points are all equal it
    is nearly log 2, which is the truth.

    Parameters
    ----------
    real, fake : array of shape (n, d)
        The samples, (n,) on the line.
    data : Data
        The distribution of the real ones.
    seed : int
        Of the halves.

    Returns
    -------
    Score
        The estimate in nats, and its standard error.

    Raises
    ------
    ValueError
        For a real point where p_data is 0, and for what are no samples or no data.

    References
    ----------
    Goodfellow et al. 2014, Theorem 1.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.datasets import gaussian
    >>> from gan_lab.metrics import held_out_js
    >>> p, rng = gaussian(0, 1), np.random.default_rng(0)
    >>> score = held_out_js(p.sample(400, rng), p.sample(400, rng) + 9, p)
    >>> 0.6 < score.value < 0.7
    True
    """
    real, fake = two_samples(real, fake)
    log_p = law_of(data, real)
    first, second = two_halves(fake, seed)
    log_q, h = kernel_density(first, data.sd)
    if np.isneginf(log_p(real)).any():
        raise ValueError("real must be samples of these data, whose density is 0 at some of them")
    a = log_expit(log_p(real) - log_q(real))
    # where both underflow, any D will do: 1/2
    logit = log_q(second) - log_p(second)
    b = log_expit(np.where(np.isnan(logit), 0.0, logit))
    value = 0.5 * (a.mean() + b.mean() + math.log(4))
    error = 0.5 * math.hypot(error_of_mean(a), error_of_mean(b))
    return Score(
        float(value), error, f"an estimate from below, not exact; p_g smoothed with sd {h:.3g}"
    )


@np.errstate(all="ignore")  # densities underflow far away, as they should
def held_out_kl(fake, data, seed: int = 0) -> Score:
    """Estimate KL(p_g || p_data) from samples, from below, in nats, where p_g has no formula.

    The mean of log(q / p_data) on half of `fake`, with q smoothed on the other half: on average
    KL(p_g || p_data) - KL(p_g || q). Where p_data is 0 or underflows it is infinite. Where all
    points are equal the truth is infinite, and this only a bound: how large, the smoothing says.

    Parameters
    ----------
    fake : array of shape (n, d)
        Samples of the generator, (n,) on the line.
    data : Data
        The distribution of the data.
    seed : int
        Of the halves.

    Returns
    -------
    Score
        The estimate in nats, and its standard error.

    Raises
    ------
    ValueError
        In one sentence, for what are no samples or no data.

    Examples
    --------
    >>> import numpy as np
    >>> from gan_lab.datasets import gaussian
    >>> from gan_lab.metrics import held_out_kl
    >>> p, rng = gaussian(0, 1), np.random.default_rng(0)
    >>> 1.5 < held_out_kl(p.sample(400, rng) + 2, p).value < 2.5
    True
    """
    fake = two_samples(fake, fake)[1]
    log_p = law_of(data, fake)
    first, second = two_halves(fake, seed)
    log_q, h = kernel_density(first, data.sd)
    log_p = log_p(second)
    log = np.where(np.isneginf(log_p), math.inf, log_q(second) - log_p)
    return Score(
        float(log.mean()),
        error_of_mean(log),
        f"an estimate from below, not exact; p_g smoothed with sd {h:.3g}",
    )
