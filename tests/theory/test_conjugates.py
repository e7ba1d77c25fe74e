"""Six conjugates: by the slope that meets t, and where there is no such slope."""

import numpy as np
import pytest
from says import says
from scipy import optimize

from gan_lab.theory.critics import F_DIVERGENCES
from gan_lab.theory.proofs.family import _climbed

ROOM = {"kl": None, "reverse-kl": 0.0, "pearson": None, "hellinger": 1.0, "js": np.log(2),
        "gan": 0.0}  # fmt: skip


@says(
    r"The $f$ of KL, reverse KL, Pearson, squared Hellinger, Jensen-Shannon and the original GAN "
    r"have the conjugates $$ \begin{aligned} f_{\mathrm{KL}}^*(t) & = \exp(t - 1) , \\ "
    r"f_{\mathrm{R}}^*(t) & = -1 - \log(-t) , \\ f_{\mathrm{P}}^*(t) & = \frac{t^2}{4} + t , \\ "
    r"f_{\mathrm{H}}^*(t) & = \frac{t}{1 - t} , \\ f_{\mathrm{JS}}^*(t) & = -\log(2 - \exp(t)) , "
    r"\\ f_{\mathrm{G}}^*(t) & = -\log(1 - \exp(t)) , \end{aligned} $$ the first for all $t$, "
    r"the second and the last for $t < 0$, the third for $t \ge -2$, the fourth for $t < 1$, the "
    r"fifth for $t < \log 2$."
)
@pytest.mark.parametrize("name", F_DIVERGENCES)
def test_the_bound_is_met_where_the_slope_of_f_is_t(name):
    row = F_DIVERGENCES[name]
    for u in (0.05, 0.4, 1.0, 2.5, 30.0):
        t = row.slope(u)
        root = optimize.brentq(lambda s, t=t: row.slope(np.exp(s)) - t, -12, 12, xtol=1e-14)
        met = np.exp(root) * t - row.f(np.exp(root))
        assert row.fake(t, row.end - t) == pytest.approx(met, abs=1e-9)
        assert t < row.end and (name != "pearson" or t >= -2)


@says(r"Pearson's is $-1$ for smaller $t$; the four that end are infinite for larger $t$.")
@pytest.mark.parametrize("name", F_DIVERGENCES)
def test_beyond_the_domain(name):
    row, end = F_DIVERGENCES[name], ROOM[name]
    if name == "pearson":
        assert [_climbed(row, t).value for t in (-2, -3, -9)] == pytest.approx([-1] * 3, abs=1e-9)
    if end is None:
        return
    assert row.end == pytest.approx(end)
    inside = [_climbed(row, end - 0.1, most).value for most in (10, 20)]
    beyond = [_climbed(row, end + 0.1, most).value for most in (10, 20)]
    assert inside[0] == pytest.approx(inside[1], abs=1e-6)
    assert beyond[1] > 100 * beyond[0] > 1000  # the higher u may be, the more
