"""Between two order statistics lies the median, as often as a fair coin says."""

from itertools import product
from math import comb

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import stats

from gan_lab.theory import mixture, pmf, uniform

TIMES = 4000


def draws_of(law, n, seed=3):
    return np.sort(law.sample(TIMES * n, np.random.default_rng(seed)).reshape(TIMES, n), axis=1)


def coins(n):
    """All equally probable results of n tosses, as numbers of heads."""
    return [sum(tosses) for tosses in product((0, 1), repeat=n)]


def held(n, r) -> float:
    """Of all ways that n draws can fall below or above the median, how many have r on each side."""
    return np.mean([r <= below <= n - r for below in coins(n)])


@says(
    r"Let $x_{(1)}, \dots, x_{(n)}$ be independent draws, sorted, from a distribution without "
    r"atoms, $\mu$ its median, and $B$ the number of heads in $n$ tosses of a fair coin."
)
@pytest.mark.parametrize("name", list(LAWS))
def test_how_many_draws_are_below_the_median_is_a_number_of_heads(name):
    law, n = LAWS[name], 5
    x, median = draws_of(law, n), law.ppf(np.array([0.5]))[0]
    assert np.all(np.diff(x, axis=1) > 0) and law.atoms == ()
    below = (x <= median).sum(axis=1)
    for heads in range(n + 1):
        chance = comb(n, heads) / 2**n
        spread = np.sqrt(chance * (1 - chance) / TIMES)
        assert abs(np.mean(below == heads) - chance) < 5 * spread


@says(r"For $1 \le r \le n/2$ $$ P(x_{(r)} \le \mu \le x_{(n+1-r)}) = 1 - 2\, P(B < r) . $$")
@pytest.mark.parametrize("n", range(2, 12))
def test_the_interval_holds_the_median_but_for_two_tails_of_a_coin(n):
    law = LAWS["lognormal"]
    x, median = draws_of(law, n), law.ppf(np.array([0.5]))[0]
    for r in range(1, n // 2 + 1):
        fewer = np.mean([heads < r for heads in coins(n)])
        assert fewer == pytest.approx(stats.binom.cdf(r - 1, n, 0.5), rel=1e-12)
        chance = 1 - 2 * fewer
        assert held(n, r) == pytest.approx(chance, abs=1e-15)
        seen = np.mean((x[:, r - 1] <= median) & (median <= x[:, n - r]))
        assert abs(seen - chance) < 5 * np.sqrt(chance * (1 - chance) / TIMES)


def test_the_smallest_and_the_largest_of_six_hold_it_31_times_in_32():
    assert held(6, 1) == 31 / 32


def test_with_two_medians_and_all_between_them_it_does_not_matter_which():
    law = mixture([uniform(0, 1), uniform(2, 3)])
    x = draws_of(law, 6)
    held_by = [np.mean((x[:, 0] <= m) & (m <= x[:, 5])) for m in (1.0, 1.5, 2.0)]
    assert held_by[0] == held_by[1] == held_by[2] == pytest.approx(31 / 32, abs=0.014)


def test_a_law_with_atoms_is_another_matter():
    x = draws_of(pmf([0, 1, 2], [0.1, 0.8, 0.1]), 6)
    assert np.mean((x[:, 0] <= 1) & (x[:, 5] >= 1)) > 0.999 > 31 / 32 + 5 * 0.003
