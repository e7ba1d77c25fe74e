"""The ratio of two independent errors has a median and no mean."""

import numpy as np
import pytest
from says import says
from scipy import stats


@says(
    r"Let $e$ and $r$ be independent Gaussians with mean 0, the errors of $D$ and of its slope "
    r"at a sample where both should be 0, with the standard deviations $s$ and $u$."
)
def test_where_the_errors_go_together_the_ratio_is_no_cauchy():
    e = np.random.default_rng(0).normal(size=10000)
    assert np.ptp(3 * e / e) < 1e-12


@says(
    r"Then the slope $-r/e$ of $-\log D$ has a Cauchy distribution with $$ \mathrm{median}\, "
    r"|r / e| = \frac{u}{s} , $$ and no mean."
)
@pytest.mark.parametrize(("s", "u"), [(1.0, 1.0), (0.1, 2.0), (3.0, 0.5)])
def test_the_ratio_is_cauchy_and_its_means_do_not_settle(s, u):
    e, r = np.random.default_rng(1).normal(size=(2, 1000, 1000)) * [[[s]], [[u]]]
    slope = -r / e
    share = (np.abs(slope) < u / s).mean()
    assert abs(share - 0.5) < 5 * 0.5 / 1000  # five standard errors of a million draws
    assert stats.kstest(slope[0], stats.cauchy(scale=u / s).cdf).pvalue > 1e-3
    # the mean of a thousand is as spread as one: half of them are beyond u / s
    beyond = (np.abs(slope.mean(1)) > u / s).mean()
    assert abs(beyond - 0.5) < 5 * 0.5 / np.sqrt(1000)
