"""Folklore: a flat discriminator is no finished game."""

import numpy as np
from says import says
from scipy.special import expit

from gan_lab.theory import V, gaussian, js, optimal_logit

DATA, SAMPLES = gaussian(0, 1), gaussian(0, 2)


@says(r"It is often said that a discriminator which says ½ everywhere shows a finished game.")
def test_at_a_finished_game_it_does_say_one_half():
    x = np.linspace(-4, 4, 9)
    assert np.array_equal(expit(optimal_logit(DATA, DATA)(x)), np.full(9, 0.5))


@says(
    r"It does not: for data from $N(0, 1)$ and samples from $N(0, 2^2)$ the best discriminator "
    r"with a linear logit is $D = ½$, with $V(G, D) = -\log 4$, and still "
    r"$\mathrm{JSD}(p_{data}, p_G) > 0.09$."
)
def test_the_best_line_is_flat_beside_samples_that_are_too_wide():
    flat = V(np.zeros_like, DATA, SAMPLES)
    assert abs(flat.value + np.log(4)) <= flat.error
    for w in (-1, -0.1, 0, 0.1, 1):
        for c in (-0.5, 0, 0.5):
            worse = V(lambda x, w=w, c=c: w * x + c, DATA, SAMPLES)
            assert worse.value < flat.value or w == c == 0
    x = np.random.default_rng(0).normal(size=(2, 10**6)) * [[1], [2]]
    share = [DATA.pdf(y) / (DATA.pdf(y) + SAMPLES.pdf(y)) for y in x]
    terms = np.log(2 * share[0]), np.log(2 * (1 - share[1]))
    mean = 0.5 * sum(t.mean() for t in terms)
    error = 0.5 * np.sqrt(sum(t.var() / t.size for t in terms))
    assert abs(js(DATA, SAMPLES).value - mean) < 4 * error and mean - 4 * error > 0.09
