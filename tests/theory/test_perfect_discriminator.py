"""Where two sets are apart there is a discriminator that is right, and flat where samples are."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import gaussian, js, pmf, uniform

DELTAS = [0.01, 0.5, 3.0]


def D_between(low, high):
    """1 up to `low`, 0 from `high` on, and 3 t^2 - 2 t^3 between."""

    def D(x):
        t = np.clip((high - x) / (high - low), 0.0, 1.0)
        return t * t * (3 - 2 * t)

    return D


@says(
    r"Let $p$ have all of its probability on a bounded closed set $A$ of the line and $q$ on "
    r"another, $B$, which is at the distance $\delta > 0$ from $A$."
)
def test_without_a_distance_there_is_no_continuous_D_that_is_right():
    # p on [0, 1], q on [1, 2]: at 1 a continuous D has one value, and loses on one side of it
    x = np.linspace(0, 1e-3, 1001)
    for slope in (10.0, 1e3):
        at_1 = 0.5
        loss = -np.log(np.minimum(1.0, at_1 + slope * x)).mean()
        assert loss > 0
    with pytest.warns(RuntimeWarning, match="divide|invalid"):
        assert not np.isfinite(3 / np.float64(2 * 0.0))
    assert js(uniform(0, 1), uniform(1, 2)).value == pytest.approx(np.log(2), abs=1e-12)


@says(
    r"Then there is a continuously differentiable $D$ from the line to $[0, 1]$, 1 on $A$ and "
    r"0 on $B$, with $$ \begin{aligned} V(G, D) & = 0 , \\ E_p |D'| + E_q |D'| & = 0 , \\ "
    r"\max |D'| & = \frac{3}{2 \delta} , \\ \mathrm{JSD}(p, q) & = \log 2 . \end{aligned} $$"
)
@pytest.mark.parametrize("delta", DELTAS)
def test_the_smooth_step_between_two_boxes(delta):
    D, h = D_between(1.0, 1.0 + delta), 1e-6 * delta
    real, fake = np.linspace(0, 1, 101), np.linspace(1 + delta, 2 + delta, 101)
    assert (D(real) == 1).all() and (D(fake) == 0).all()

    def slope(x):
        return np.abs(D(x + h) - D(x - h)) / (2 * h)

    assert np.abs(slope(np.concatenate([real, fake]))).max() < 1e-4 / delta
    x = np.linspace(0, 2 + delta, 20001)
    assert slope(x).max() <= 1.5 / delta * (1 + 1e-6)
    assert slope(1 + delta / 2) == pytest.approx(1.5 / delta, rel=1e-6)
    value, error = js(uniform(0, 1), uniform(1 + delta, 2 + delta))
    assert abs(value - np.log(2)) <= error + 1e-15


def test_a_point_beside_a_density_is_disjoint_from_it_though_not_apart():
    assert js(pmf([0.0], [1.0]), gaussian(0, 1)).value == pytest.approx(np.log(2), abs=1e-12)
