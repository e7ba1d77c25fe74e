"""How good samples are: arrays in, a number and its standard error out.

Samples are float arrays (n, d), or (n,) on the line; `real` are the data's and `fake` the
generator's. A perfect generator does not score 0, or 1, at a finite n: `baseline` says what it
scores. Here are precision, recall and the Fréchet distance; what knows the data's modes is in
`modes`, what asks whether two samples have one law in `two_sample`, and estimates of KL and JSD in
`held_out`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from gan_lab.data import FOR_D, FOR_G
from gan_lab.refusals import array, quoted, whole_between
from gan_lab.streams import Stream


@dataclass(frozen=True)
class Score:
    """A value, its standard error, and words on how the error was found and what is biased.

    `p_value`, of a test: how often samples of one law would score so high; else None.
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
    """What a perfect generator scores: `mean` and `sd` over repeats, and the `values` (repeats,).

    `sd` is the spread of one score; `error` is the standard error of `mean`.
    """

    mean: float
    sd: float
    values: np.ndarray

    @property
    def error(self) -> float:
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
    return x


def two(real, fake) -> tuple[np.ndarray, np.ndarray]:
    """Both samples, of as many coordinates."""
    real, fake = samples(real, "real"), samples(fake, "fake")
    if real.shape[1] != fake.shape[1]:
        raise ValueError(
            f"real and fake must have as many coordinates, not {real.shape[1]} and "
            f"{fake.shape[1]}"
        )
    return real, fake


def baseline(metric: Metric, data, n: int, repeats: int = 20, seed: int = 0) -> Baseline:
    """What a perfect generator of `data` scores with n samples against n of the data.

    `metric(real, fake)` gives a Score (a measure that wants the data instead: `lambda real,
    fake: captured(fake, data)`). Both samples are drawn anew, apart, in each of the repeats.
    """
    if not callable(metric):
        raise ValueError(f"metric must be a function of two samples, not {quoted(metric)}")
    if not hasattr(data, "sample"):
        raise ValueError(f"a baseline needs data made by gan_lab.data, not {quoted(data)}")
    n, repeats = whole_between(2, 10**7, n, "n"), whole_between(2, 10**5, repeats, "repeats")
    stream = Stream([whole_between(0, 2**53, seed, "seed")])
    draws = ([data.sample(stream, w, i, n)[0].numpy() for w in (FOR_D, FOR_G)]
             for i in range(repeats))
    values = np.array([metric(real, fake).value for real, fake in draws])
    return Baseline(float(values.mean()), float(values.std(ddof=1)), values)


# -- manifolds --------------------------------------------------------------------------------


def within(points, manifold, k: int) -> np.ndarray:
    """Which points lie in the union of balls around the manifold's samples.

    Each ball reaches to its sample's k-th nearest other sample (Kynkaanniemi et al. 2019, Eq. 1).
    """
    radius = cKDTree(manifold).query(manifold, k + 1)[0][:, -1]
    return in_some_ball(points, manifold, radius)


def in_some_ball(points, centres, radius, at_once: int = 4_000_000) -> np.ndarray:
    found = np.empty(len(points), dtype=bool)
    step = max(1, at_once // len(centres))
    for start in range(0, len(points), step):
        some = points[start : start + step]
        square = sum((some[:, None, i] - centres[:, i]) ** 2 for i in range(some.shape[1]))
        found[start : start + step] = (square <= radius**2).any(axis=1)
    return found


def share_within(points, manifold, k: int) -> Score:
    k = whole_between(1, len(manifold) - 1, k, "k")
    n, hits = len(points), int(within(points, manifold, k).sum())
    share = (hits + 2) / (n + 4)
    error = math.sqrt(share * (1 - share) / (n + 4))
    return Score(hits / n, error, f"binomial standard error, given the {k}-NN manifold")


def precision(real, fake, k: int = 3) -> Score:
    """The share of fake samples within the k-NN manifold of the real ones.

    Kynkaanniemi et al. 2019, whose k is 3. The manifold too is random, which the error leaves
    out: `baseline` has the whole spread.
    """
    real, fake = two(real, fake)
    return share_within(fake, real, k)


def recall(real, fake, k: int = 3) -> Score:
    """The share of real samples within the k-NN manifold of the fake ones (see `precision`)."""
    real, fake = two(real, fake)
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
    return float(apart + trace - 2 * np.sqrt(np.maximum(inner, 0.0)).sum())


def frechet(real, fake, features: Callable | None = None, groups: int = 20) -> Score:
    """The Fréchet distance of the Gaussians fitted to both samples: FID, in a space that is stated.

    The space is the coordinates themselves, or `features` (n, d) -> (n, f). Squared, as FID is,
    in squared units of the space. Blind to all but means and covariances. The error is a
    jackknife's over `groups` deleted groups of both samples; biased upwards by O(1/n).
    """
    real, fake = two(real, fake)
    space = "the raw coordinates"
    if features is not None and not callable(features):
        raise ValueError(f"features must be a function of points, not {quoted(features)}")
    if features is not None:
        real, fake = two(features(real), features(fake))
        space = getattr(features, "__name__", "given features")
    groups = whole_between(2, min(len(real), len(fake)) // 2, groups, "groups")

    def value(real, fake):
        (m, S), (n, T) = ((x.mean(axis=0), np.cov(x, rowvar=False)) for x in (real, fake))
        return frechet_gaussian(m, S, n, T)

    whole_value = value(real, fake)
    square = 0.0
    for which in range(2):  # the two samples are independent, and their variances add
        left = np.array([
            value(*(np.delete(x, np.s_[g::groups], axis=0) if i == which else x
                    for i, x in enumerate((real, fake))))
            for g in range(groups)
        ])
        square += (groups - 1) / groups * np.sum((left - left.mean()) ** 2)
    return Score(
        whole_value, math.sqrt(square),
        f"in {space}; jackknife over {groups} groups; biased upwards by O(1/n)",
    )
