"""The Jensen-Shannon divergence lies between 0 and log 2, and says when it is at either end."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import drawn, js, mixture, pmf, uniform

LOG_2 = np.log(2)
PLACES = np.linspace(-3, 3, 240)  # none of them an end that two laws share


@says(r"$0 \le \mathrm{JSD}(p, q) \le \log 2$.")
@pytest.mark.parametrize("p", list(LAWS))
def test_the_divergence_lies_between_0_and_log_2(p):
    for q in LAWS:
        value, error = js(LAWS[p], LAWS[q])
        assert error < 1e-10
        assert -error <= value <= LOG_2 + error


@says(
    r"It is 0 if and only if $p = q$, and $\log 2$ if and only if $p$ and $q$ are disjoint: "
    "where one is positive the other is 0 (almost everywhere)."
)
def test_it_is_0_for_equal_laws_alone_and_log_2_for_disjoint_ones_alone():
    for p, q in combinations_with_replacement(list(LAWS)[1::2], 2):
        value, error = js(LAWS[p], LAWS[q])
        assert (value <= error) == (p == q)
        apart = not np.any((LAWS[p].pdf(PLACES) > 0) & (LAWS[q].pdf(PLACES) > 0))
        assert (value >= LOG_2 - error) == apart
    halves = mixture([uniform(0, 0.5), uniform(0.5, 1)])  # differs from the next at 0.5 alone
    assert js(halves, uniform(0, 1)).value == 0
    touching = uniform(0, 1), uniform(1, 2)
    assert np.all(touching[0].pdf(np.array([1.0])) * touching[1].pdf(np.array([1.0])) > 0)
    for pair in (touching, (distribution(stats.expon()), pmf([1, 2], [0.5, 0.5]))):
        value, error = js(*pair)
        assert abs(value - LOG_2) <= error + 1e-15
    laws = [np.array(w) / sum(w) for w in product((0, 1, 3), repeat=3) if sum(w)]
    for p, q in combinations_with_replacement(laws, 2):
        value = js(pmf(range(3), p), pmf(range(3), q)).value
        assert (value < 1e-12) == np.allclose(p, q)
        assert (value > LOG_2 - 1e-12) == bool(np.all(p * q == 0))


@pytest.mark.parametrize("overlap", [1.0, 0.5, 1e-3, 1e-6, 0.0])
def test_boxes_that_overlap_a_little_stay_below_log_2_by_just_that_share(overlap):
    value, error = js(uniform(0, 1), uniform(1 - overlap, 2 - overlap))
    assert abs(value - (1 - overlap) * LOG_2) <= error + 1e-15


def test_where_an_end_is_nearly_reached_it_is_not_reached():
    nearly = drawn((0, 0.5, 1), (1, 1.002, 1))
    assert 1e-9 < js(nearly, uniform(0, 1)).value < 1e-6
