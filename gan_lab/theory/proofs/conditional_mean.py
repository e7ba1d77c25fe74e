"""A claim of the chapter on pictures: what a squared error asks for is a mean, and no sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from gan_lab.distributions.base import EPS, Estimate
from gan_lab.theory.proofs import draws
from gan_lab.theory.proofs.claim import Check, Claim, Drawn, Rival
from gan_lab.theory.proofs.formulas import Instance

ANY, BEST = "E|x - f(y)|^2", "E|x - m(y)|^2"
APART, LEFT = "E|m(y) - f(y)|^2", r"E|m(y) - \bar x|^2"
SPREAD, TWICE = r"E|x - \bar x|^2", "E|x - x'|^2"


class SeenPictures(NamedTuple):
    """Pictures x (n, dim), with `p` (n, k) the probability of each with each of k things seen."""

    x: np.ndarray
    p: np.ndarray

    @property
    def given(self) -> np.ndarray:
        """The probabilities of the pictures given what is seen, (n, k)."""
        return self.p / self.p.sum(0)

    def means(self) -> np.ndarray:
        """The mean picture for each thing seen, (k, dim)."""
        return self.given.T @ self.x

    def medians(self) -> np.ndarray:
        """The median of each pixel for each thing seen, (k, dim)."""
        order = np.argsort(self.x, axis=0)
        half = (np.cumsum(self.given[order], axis=0) >= 0.5).argmax(0)
        return np.take_along_axis(np.sort(self.x, axis=0), half.T, axis=0)


def some_pictures(rng: draws.Rng) -> SeenPictures:
    """A few pictures at any scale, of which some cannot be seen as some y."""
    n, k, dim = rng.integers(2, 9), rng.integers(1, 5), rng.integers(1, 4)
    x = (rng.normal(size=(n, dim)) + rng.normal(size=dim)) * 10.0 ** rng.uniform(-2, 2)
    return SeenPictures(x, rng.dirichlet(np.full(n * k, 0.4)).reshape(n, k) + 1e-9)


def _squared(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """|a - b|^2 over the last axis."""
    return np.square(a - b).sum(-1)


def instance(seen: SeenPictures, m: np.ndarray, f: np.ndarray, other: np.ndarray) -> Instance:
    """What the claim speaks of: answers m and f (k, dim), or f (n, k, dim) of one that sees x, and
    `other` (n, k), the probabilities of x' for each y."""
    x, p, of_y = seen.x, seen.p / seen.p.sum(), seen.p.sum(0) / seen.p.sum()
    mean = p.sum(1) @ x
    pairs = _squared(x[:, None], x[None])
    error = 256 * EPS * len(x) * (np.abs(x).max() + np.abs(f).max()) ** 2 * x.shape[1]
    found = {
        ANY: np.sum(p * _squared(x[:, None], f)),
        BEST: np.sum(p * _squared(x[:, None], m)),
        APART: np.sum(p * _squared(m, f)),
        LEFT: of_y @ _squared(m, mean),
        SPREAD: p.sum(1) @ _squared(x, mean),
        TWICE: np.einsum("ik,jk,ij->", p, other, pairs),
    }
    return {name: Estimate(float(value), error) for name, value in found.items()}


def _answers(rng: draws.Rng, change: Callable[..., Instance] = instance) -> Drawn:
    """The mean, beside some other answer."""
    for _ in range(60):
        seen = some_pictures(rng)
        m = seen.means()
        f = m + rng.normal(size=m.shape) * np.abs(seen.x).max()
        yield change(seen, m, f, seen.given)


def medians(rng: draws.Rng) -> Drawn:
    """The median of each pixel in the place of the mean."""
    return _answers(rng, lambda seen, m, f, given: instance(seen, seen.medians(), f, given))


def peeking(rng: draws.Rng) -> Drawn:
    """An f that sees the picture itself, and answers half way to it."""
    return _answers(
        rng, lambda seen, m, f, given: instance(seen, m, (seen.x[:, None] + f) / 2, given)
    )


def blind(rng: draws.Rng) -> Drawn:
    """An x' that is drawn from the data without a look at y."""

    def without_a_look(seen, m, f, given):
        whole = seen.p.sum(1, keepdims=True) / seen.p.sum()
        return instance(seen, m, f, np.broadcast_to(whole, given.shape))

    return _answers(rng, without_a_look)


CONDITIONAL_MEAN = Claim(
    name="conditional-mean",
    title="The best answer by squares is a mean",
    chapter="pictures",
    source="folklore, proved here; the last line after Blau and Michaeli 2018",
    sentences=(
        r"Let $x$ be a picture with a finite mean square and the mean $\bar x$, let $y$ be what is "
        r"seen of it, and let $m(y)$ be the mean of $x$ given $y$.",
        rf"Every $f$ has $$ \begin{{aligned}} {ANY} & = {BEST} \\ & \quad + {APART} , "
        r"\end{aligned} $$ so $m$ is the best answer, and the only one (almost everywhere).",
        rf"It varies less than the data, by its own error: $$ \begin{{aligned}} {LEFT} & = "
        rf"{SPREAD} \\ & \quad - {BEST} . \end{{aligned}} $$",
        r"If $x'$ is a draw of its own from the distribution of $x$ given $y$, then it has the "
        rf"distribution of the data, and $$ {TWICE} = 2\, {BEST} . $$",
    ),
    checks=(Check(_answers), Check(_answers), Check(_answers)),
    rivals=(
        Rival("m is the median of each pixel", medians, of=(0, 1, 2)),
        Rival("f sees the picture itself", peeking),
        Rival("x' is drawn without a look at y", blind, of=(2,)),
    ),
)
