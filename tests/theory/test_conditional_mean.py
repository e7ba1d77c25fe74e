"""What a squared error asks for is the mean of all pictures that it may have been."""

import numpy as np
import pytest
from says import says

from gan_lab.datasets import digits
from gan_lab.theory.proofs.conditional_mean import some_pictures

DRAWN = [some_pictures(np.random.default_rng(seed)) for seed in range(20)]
NOISE = 1.0


@says(
    r"Let $x$ be a picture with a finite mean square and the mean $\bar x$, let $y$ be what is "
    r"seen of it, and let $m(y)$ be the mean of $x$ given $y$."
)
def test_means_and_medians_are_those_of_draws():
    rng = np.random.default_rng(0)
    for seen in DRAWN[:3]:
        at = rng.choice(len(seen.x), size=200_000, p=seen.given[:, 0])
        size = np.abs(seen.x).max()
        assert np.abs(seen.x[at].mean(0) - seen.means()[0]).max() < 0.02 * size
        assert (np.median(seen.x[at], axis=0) == seen.medians()[0]).all()


@says(
    r"Every $f$ has $$ \begin{aligned} E|x - f(y)|^2 & = E|x - m(y)|^2 \\ & \quad + "
    r"E|m(y) - f(y)|^2 , \end{aligned} $$ so $m$ is the best answer, and the only one (almost "
    r"everywhere)."
)
def test_least_squares_finds_the_mean():
    for seen in DRAWN:
        rows, columns = np.indices(seen.p.shape)
        root = np.sqrt(seen.p.ravel())[:, None]
        told = root * np.eye(seen.p.shape[1])[columns.ravel()]
        best, *_ = np.linalg.lstsq(told, root * seen.x[rows.ravel()], rcond=None)
        assert best == pytest.approx(seen.means(), rel=1e-6, abs=1e-6 * np.abs(seen.x).max())


@says(
    r"It varies less than the data, by its own error: $$ \begin{aligned} E|m(y) - \bar x|^2 & = "
    r"E|x - \bar x|^2 \\ & \quad - E|x - m(y)|^2 . \end{aligned} $$"
)
def test_the_mean_of_what_says_nothing_does_not_vary():
    x = np.array([[-1.0], [1.0]])
    blind = DRAWN[0]._replace(x=x, p=np.full((2, 3), 1 / 6))
    assert blind.means() == pytest.approx(0, abs=1e-15)
    clear = blind._replace(p=np.eye(2) / 2)
    assert clear.means() == pytest.approx(x)


@says(
    r"If $x'$ is a draw of its own from the distribution of $x$ given $y$, then it has the "
    r"distribution of the data, and $$ E|x - x'|^2 = 2\, E|x - m(y)|^2 . $$"
)
def test_of_noisy_digits_a_draw_costs_twice_the_mean_and_varies_as_the_data():
    """With the training digits, each as likely as another, for all pictures that there are."""
    rng, x = np.random.default_rng(1), digits().pixels
    y = x + NOISE * rng.normal(size=x.shape)
    closeness = (2 * y @ x.T - np.square(x).sum(1)) / (2 * NOISE**2)
    given = np.exp(closeness - closeness.max(1, keepdims=True))
    given /= given.sum(1, keepdims=True)
    m = given @ x
    drawn = np.array([x[rng.choice(len(x), p=p)] for p in given])
    best, twice = (np.square(x - other).sum(1).mean() for other in (m, drawn))
    assert twice / best == pytest.approx(2, abs=0.2)
    assert drawn.var(0).sum() == pytest.approx(x.var(0).sum(), rel=0.03)
    lost = x.var(0).sum() - m.var(0).sum()
    assert lost == pytest.approx(best, rel=0.05)
