"""One point of the game: a log y + b log(1 - y) bends down and has one maximiser."""

import numpy as np
import pytest
from says import says
from scipy import optimize, special

from gan_lab.theory import kl, pmf

WEIGHTS = [(1, 1), (1, 3), (3, 1), (1e-3, 7), (0, 2), (5, 0)]
GRID = np.arange(65) / 64
weights = pytest.mark.parametrize(("a", "b"), WEIGHTS)


def v(y, a, b):
    return special.xlogy(a, y) + special.xlog1py(b, -y)


@says(r"Let $a \ge 0$ and $b \ge 0$, not both 0, and take $0 \cdot \log 0$ as 0.")
def test_v_has_a_value_on_the_whole_interval_and_is_no_function_to_maximise_for_two_zeros():
    for a, b in WEIGHTS:
        finite = np.isfinite(v(GRID, a, b))
        assert not np.isnan(v(GRID, a, b)).any() and finite[1:-1].all()
        assert (finite[0], finite[-1]) == (a == 0, b == 0)
    assert v(0.0, 0, 2) == v(1.0, 5, 0) == 0 == 0 * np.log(1e-300)
    assert np.array_equal(v(GRID, 0, 0), np.zeros(65))


@says(
    r"On $[0, 1]$ the function $$ v(y) = a \log y + b \log(1 - y) $$ is strictly concave where "
    "it is finite, and $y^* = a/(a + b)$ is its only maximiser."
)
@weights
def test_every_chord_runs_below_v_and_one_place_above_all_others(a, b):
    here = GRID[np.isfinite(v(GRID, a, b))]
    low, high = here[:, None], here[None, :]
    for t in (0.1, 0.5, 0.9):
        chord = (1 - t) * v(low, a, b) + t * v(high, a, b)
        above = v((1 - t) * low + t * high, a, b) - chord
        assert np.all(above[low < high] > 0)
    best = a / (a + b)
    climbed = optimize.minimize_scalar(
        lambda y: -v(y, a, b), bounds=(0, 1), method="bounded", options={"xatol": 1e-9}
    ).x
    assert abs(climbed - best) < 1e-6
    others = GRID[np.abs(GRID - best) > 1e-6]
    assert np.all(v(others, a, b) < v(best, a, b))


@says(
    r"For every $y$ $$ v(y^*) - v(y) = (a + b)\, \mathrm{KL}(y^* \| y) , $$ where "
    r"$\mathrm{KL}(y^* \| y)$ is the Kullback-Leibler divergence between two coins, which show "
    "heads with the probabilities $y^*$ and $y$."
)
@weights
def test_what_is_lost_is_the_divergence_of_two_coins(a, b):
    def coin(heads):
        return pmf([0, 1], [1 - heads, heads])

    best = a / (a + b)
    for y in GRID:
        lost, divergence = v(best, a, b) - v(y, a, b), kl(coin(best), coin(y)).value
        assert lost == pytest.approx((a + b) * divergence, rel=1e-9, abs=1e-13)


def test_three_of_four_against_a_fair_coin_by_hand():
    lost = v(0.75, 3, 1) - v(0.5, 3, 1)
    assert lost == pytest.approx(3 * np.log(3) - 4 * np.log(2), rel=1e-14)
