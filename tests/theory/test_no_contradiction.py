"""KL(q || p) - 2 JSD is no difference of what is raised and what is lowered, but a divergence."""

import numpy as np
import pytest
from families import LAWS
from says import says

from gan_lab.theory import gaussian, js, kl, mixture, uniform


@says(r"Let $m$ be the mean of $p$ and $q$, and $\mathrm{KL}(q \| p)$ finite.")
def test_where_kl_is_infinite_the_other_side_is_infinite_too_or_the_difference_is_none():
    p, q = uniform(0, 1), uniform(0, 2)
    assert kl(q, p).value == np.inf == kl(mixture([p, q]), p).value
    assert kl(gaussian(0, 2), gaussian(0, 1)).value < np.inf


@says(
    r"Then $$ \begin{aligned} & \mathrm{KL}(q \| p) - 2\, \mathrm{JSD}(p, q) \\ "
    r"& = 2\, \mathrm{KL}(m \| p) \ge 0 , \end{aligned} $$ and it is 0 if and only if $p = q$ "
    r"(almost everywhere)."
)
@pytest.mark.parametrize("name", ["gaussian", "wide", "two-humps", "logistic", "student"])
def test_the_difference_is_twice_kl_of_the_mean(name):
    p = LAWS[name]
    for q in (LAWS[other] for other in ("gaussian", "wide", "uniform", "beta", "two-humps")):
        found = kl(q, p), js(p, q), kl(mixture([p, q]), p)
        if not np.isfinite([f.value for f in found]).all():
            continue
        left = found[0].value - 2 * found[1].value
        slack = found[0].error + 2 * found[1].error + 2 * found[2].error + 1e-14
        assert abs(left - 2 * found[2].value) <= slack < 1e-9
        assert (found[2].value <= found[2].error) == (p is q)


def test_the_values_on_points_by_hand():
    p, q = np.array([0.75, 0.25]), np.array([0.25, 0.75])
    m = np.array([0.5, 0.5])
    reverse = 0.5 * np.log(3)
    twice_js = sum(float(np.sum(a * np.log(a / m))) for a in (p, q))
    assert reverse - twice_js == pytest.approx(2 * 0.5 * np.log(4 / 3), rel=1e-14)
