"""What a classifier cannot reject: letters and noise, shown to two that know only digits.

`Softmax` gives p(y | x) alone. `GaussianClasses` has a Gaussian p(x | y) for each digit and, by
Bayes' rule, p(x) as well. Both may refuse what scores low: the softmax by its largest probability,
the Gaussians by log p(x). The bar is the score below which a given share of digits falls that were
kept apart for it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple, cast

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import minimize
from scipy.special import log_softmax, logsumexp

from gan_lab.datasets.images import digits
from gan_lab.sweeps.glyphs import DIGITS, LETTERS, LIKE_DIGITS, drawn_glyphs

SPLITS = 12
TRAINED, FOR_THE_BAR = 897, 500
"""How many digits are learned from, and how many set the bar; the other 400 are a test."""
LOSS = 0.05
"""The share of true digits that the bar may cost."""
EACH = 20
"""How many are drawn of each glyph."""
SHOWN: tuple[str, ...] = (
    "test digits",
    "shuffled digits",
    "letters",
    "digits by another pen",
    "letters like digits",
)
"""What is shown to both: the digits of the test; these with their pixels out of order; and glyphs
that a pen of our own drew."""


class Softmax:
    """Multinomial logistic regression: p(y | x) from logits W x + b, with a small penalty on W."""

    def __init__(self, x: np.ndarray, y: np.ndarray, penalty: float = 1.0):
        x = np.c_[x, np.ones(len(x))]
        true, shape = np.eye(10)[y], (x.shape[1], 10)

        def cost(w):
            w = w.reshape(shape)
            logs, free = log_softmax(x @ w, axis=1), np.r_[w[:-1], np.zeros((1, 10))]
            slope = x.T @ (np.exp(logs) - true) + penalty * free
            return -np.sum(true * logs) + penalty * np.sum(free**2) / 2, slope.ravel()

        self.w = minimize(cost, np.zeros(shape).ravel(), jac=True, method="L-BFGS-B").x
        self.w = self.w.reshape(shape)

    def log_probabilities(self, x: np.ndarray) -> np.ndarray:
        """log p(y | x), (n, 10)."""
        return cast(Any, log_softmax(x @ self.w[:-1] + self.w[-1], axis=1))

    def score(self, x: np.ndarray) -> np.ndarray:
        """The largest p(y | x), (n,)."""
        return np.exp(self.log_probabilities(x).max(1))


class GaussianClasses:
    """A Gaussian for each digit, with `width` squared added to its covariance, and Bayes' rule."""

    def __init__(self, x: np.ndarray, y: np.ndarray, width: float = 0.3):
        self.shares = np.bincount(y, minlength=10) / len(y)
        self.means = np.stack([x[y == k].mean(0) for k in range(10)])
        wide = width**2 * np.eye(x.shape[1])
        self.roots = [np.linalg.cholesky(np.cov(x[y == k].T) + wide) for k in range(10)]

    def log_joint(self, x: np.ndarray) -> np.ndarray:
        """log p(x | y) p(y), (n, 10)."""
        found = []
        for mean, root, share in zip(self.means, self.roots, self.shares, strict=True):
            away = solve_triangular(root, (x - mean).T, lower=True)
            log_volume = np.log(np.diag(root)).sum() + len(mean) / 2 * np.log(2 * np.pi)
            found.append(np.log(share) - np.square(away).sum(0) / 2 - log_volume)
        return np.stack(found, 1)

    def log_probabilities(self, x: np.ndarray) -> np.ndarray:
        """log p(y | x) = log p(x | y) p(y) - log p(x), (n, 10)."""
        return log_softmax(self.log_joint(x), axis=1)

    def score(self, x: np.ndarray) -> np.ndarray:
        """log p(x), (n,), in nats."""
        return cast(Any, logsumexp(self.log_joint(x), axis=1))


class Split(NamedTuple):
    """Both classifiers of one split, their bars, and what is shown to them, by the names SHOWN."""

    softmax: Softmax
    gaussians: GaussianClasses
    bars: tuple[float, float]
    shown: dict[str, np.ndarray]
    labels: np.ndarray

    def rejected(self, name: str) -> tuple[float, float]:
        """The shares of what is shown that fall below the bar: of the softmax, of p(x)."""
        both = zip((self.softmax, self.gaussians), self.bars, strict=True)
        softmax, gaussians = (float((m.score(self.shown[name]) < bar).mean()) for m, bar in both)
        return softmax, gaussians

    def right(self) -> tuple[float, float]:
        """The shares of the test's digits that are named rightly."""
        x = self.shown["test digits"]
        softmax, gaussians = (
            float((m.log_probabilities(x).argmax(1) == self.labels).mean())
            for m in (self.softmax, self.gaussians)
        )
        return softmax, gaussians


class SplitData(NamedTuple):
    """The digits of one split in a new order, and what is shown beside them, by the names SHOWN."""

    x: np.ndarray
    y: np.ndarray
    for_the_bar: np.ndarray
    shown: dict[str, np.ndarray]
    labels: np.ndarray


@cache
def data_of_split(seed: int) -> SplitData:
    """A split, before anything is fitted, and new letters drawn."""
    rng = np.random.default_rng(seed)
    data = digits("all")
    order = rng.permutation(len(data.pixels))
    (x, bar, test), (y, _, labels) = (
        np.split(of[order], [TRAINED, TRAINED + FOR_THE_BAR])
        for of in (data.pixels, data.classes_of)
    )
    glyphs = (drawn_glyphs(which, EACH, rng) for which in (LETTERS, DIGITS, LIKE_DIGITS))
    shown = dict(zip(SHOWN, (test, rng.permuted(test, axis=1), *glyphs), strict=True))
    return SplitData(x, y, bar, shown, labels)


@cache
def split_of(seed: int) -> Split:
    """A split with both classifiers fitted, and their bars."""
    x, y, bar, shown, labels = data_of_split(seed)
    models = Softmax(x, y), GaussianClasses(x, y)
    softmax_bar, gaussian_bar = (float(np.quantile(m.score(bar), LOSS)) for m in models)
    return Split(*models, (softmax_bar, gaussian_bar), shown, labels)


def rejected_by_density(seed: int, name: str) -> float:
    """The share of what is shown whose p(x) falls below the bar, as `Split.rejected` has it."""
    x, y, bar, shown, _ = data_of_split(seed)
    model = GaussianClasses(x, y)
    return float((model.score(shown[name]) < np.quantile(model.score(bar), LOSS)).mean())
