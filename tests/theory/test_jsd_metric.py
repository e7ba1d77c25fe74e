"""The root of the Jensen-Shannon divergence keeps to the triangle, and the divergence does not."""

from itertools import product

import numpy as np
import pytest
from families import LAWS
from says import says
from scipy import stats

from gan_lab.theory import js, pmf


def is_metric(d) -> bool:
    """Whether no way through a third is shorter than d[i, j], but for rounding."""
    return bool(np.all(d[:, None, :] <= d[:, :, None] + d[None, :, :] + 1e-6))


def divergences_on_points(laws):
    """By entropies: that of the middle less the average of both."""
    laws = np.array(laws)
    middle = stats.entropy((laws[:, None] + laws[None]) / 2, axis=-1)
    own = stats.entropy(laws, axis=-1)
    return np.maximum(middle - (own[:, None] + own[None]) / 2, 0)


@says(
    r"For all distributions $p, q, r$ $$ \begin{aligned} \sqrt{\mathrm{JSD}(p, q)} \le {} & "
    r"\sqrt{\mathrm{JSD}(p, r)} \\ & + \sqrt{\mathrm{JSD}(r, q)} , \end{aligned} $$ while the "
    "same without the roots fails for some."
)
def test_no_third_law_is_a_short_cut_for_the_root_and_the_fair_coin_is_one_for_the_divergence():
    laws = list(LAWS.values())[::2]
    on_the_line = np.array([[js(p, q).value for q in laws] for p in laws])
    laws = [np.array(w) / 10 for w in product(range(11), repeat=3) if sum(w) == 10]
    on_points = divergences_on_points(laws)
    for found in (on_the_line, on_points):
        assert is_metric(np.sqrt(np.maximum(found, 0)))
        assert not is_metric(found)
    tails, fair, heads = (pmf([0, 1], [1 - w, w]) for w in (0.0, 0.5, 1.0))
    direct, half = js(tails, heads).value, js(tails, fair).value
    assert direct == pytest.approx(np.log(2), rel=1e-14)
    assert half == pytest.approx(1.5 * np.log(2) - 0.75 * np.log(3), rel=1e-14)
    assert direct > half + js(fair, heads).value
    assert np.sqrt(direct) < np.sqrt(half) + np.sqrt(js(fair, heads).value)


def test_the_exponent_is_no_larger_than_one_half():
    near = divergences_on_points([[0.5 - d, 0.5 + d] for d in (-0.1, 0, 0.1)])
    assert is_metric(near**0.5) and not is_metric(near**0.51)


def test_it_is_a_distance_that_is_0_for_equal_laws_alone_and_the_same_both_ways():
    for p, q in product(list(LAWS)[::3], repeat=2):
        there, back = js(LAWS[p], LAWS[q]), js(LAWS[q], LAWS[p])
        assert abs(there.value - back.value) <= there.error + back.error
        assert (there.value <= there.error) == (p == q)
