"""Where integrals look: the points that laws mark, and the widths next to them."""

import numpy as np
import pytest
from scipy import stats

from gan_lab.distributions import distribution
from gan_lab.theory import C, js
from gan_lab.theory.game import LOG_4
from gan_lab.theory.quadrature import _lent, cover, gathered_marks, integrate


def marks(*rows):
    x, width, hard = zip(*rows, strict=True)
    return np.array(x, dtype=float), np.array(width, dtype=float), np.array(hard)


@pytest.mark.parametrize("known", [{0.0: 1.0, 6.0: 0.1}, {0.0: 1.0, 1.0: 9.0, 6.0: 0.1, 10.0: 7.0}])
def test_no_width_exceeds_another_and_the_way_to_it(known):
    x = np.array([-np.inf, 0.0, 1.0, 5.0, 6.0, 10.0, np.inf])
    width = np.array([known.get(at, np.inf) for at in x])
    found = _lent(x, width)
    for at, w in zip(x[1:-1], found[1:-1], strict=True):
        assert w == pytest.approx(min(v + abs(at - k) for k, v in known.items()))
    assert np.isinf(found[[0, -1]]).all()
    assert np.isinf(_lent(x, np.full(7, np.inf))).all()


@pytest.mark.parametrize("swapped", [False, True])
def test_marks_that_nearly_meet_are_one_and_the_firm_one_stays(swapped):
    def met(*laws):
        points, widths = gathered_marks(laws[::-1] if swapped else laws)
        return points.tolist(), widths.tolist()

    soft, firm = marks((0.0, 0.3, False)), marks((0.05, 1.0, True))
    assert met(soft, firm) == ([0.05], [0.3])
    assert met(marks((0.05, 1.0, True)), marks((0.1, 0.3, False))) == ([0.05], [0.3])
    assert met(marks((0.0, 0.3, False)), marks((0.05, 1.0, False))) == ([0.0], [0.3])
    # two firm ones are two, however near; far ones are two, however soft
    assert met(marks((0.0, 0.3, True)), firm) == ([0.0, 0.05], [0.3, 0.35])
    assert met(soft, marks((0.2, 1.0, False))) == ([0.0, 0.2], [0.3, 0.5])
    # of one point: the smaller width, and firm if one of them is
    both = met(marks((0.0, 0.3, False)), marks((0.0, 1.0, True)), marks((0.05, 9.0, True)))
    assert both == ([0.0, 0.05], [0.3, 0.35])


def test_cells_are_halved_only_where_the_integral_is_not_known():
    asked = []

    def kinked(anchor, s):
        asked.append(s.size)
        return np.sqrt(np.abs(anchor + s - 0.3)), np.zeros(s.shape)

    # 64 cells, of which the kink is in one
    cells = cover(np.linspace(0, 1, 65), np.full(65, 1.0), {})
    got = integrate(kinked, cells)
    truth = (0.3**1.5 + 0.7**1.5) * 2 / 3
    assert abs(got.value - truth) <= got.error < 1e-10
    # the first look, and two halves at a time where the kink is
    assert asked[0] == 21 * len(cells.low) and len(asked) > 10
    assert max(asked[1:]) <= 21 * 8


def test_the_mark_of_a_wide_law_hides_no_tail_of_a_thin_one():
    wide = distribution(stats.maxwell())
    for sd in (3.3e-4, 3.4e-4, 3.5e-4, 3.6e-4):
        thin = distribution(stats.lognorm(sd))
        c, d = C(thin, wide), js(thin, wide)
        assert abs(c.value - (2 * d.value - LOG_4)) <= c.error + 2 * d.error + 4e-16
