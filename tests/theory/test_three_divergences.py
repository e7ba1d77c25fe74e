"""G against a D* that stands still: twice JSD, twice KL(m || p), half KL(p || q)."""

import numpy as np
import pytest
from says import says

from gan_lab.theory import gaussian, js, kl, mixture

POINTS = np.random.default_rng(0).dirichlet(np.ones(5), size=(20, 2))


def F(loss, r):
    """-phi'(t)/t integrated twice from 1, by the trapezoid rule in log t; F(1) = F'(1) = 0."""
    u = np.linspace(0, np.log(r), 40_001)
    D = 1 / (1 + np.exp(-u))
    steep = {"minimax": D, "non-saturating": 1 - D, "maximum-likelihood": 0.5 * np.exp(u)}[loss]
    return np.trapezoid((r - np.exp(u)) * steep * np.exp(-u), u)


@says(
    r"The minimax loss has $$ \begin{aligned} F''(r) & = \frac{1}{r\,(1 + r)} , \\ "
    r"D_F & = 2\, \mathrm{JSD}(p, q) , \end{aligned} $$ the non-saturating one, with $m$ the mean "
    r"of $p$ and $q$, $$ \begin{aligned} F''(r) & = \frac{1}{r^2\,(1 + r)} , \\ "
    r"D_F & = 2\, \mathrm{KL}(m \| p) , \end{aligned} $$ that of maximum likelihood "
    r"$$ \begin{aligned} F''(r) & = \frac{½}{r} , \\ "
    r"D_F & = ½\, \mathrm{KL}(p \| q) . \end{aligned} $$"
)
@pytest.mark.parametrize("loss", ["minimax", "non-saturating", "maximum-likelihood"])
def test_the_loss_integrated_twice_is_the_divergence(loss):
    for p, q in POINTS[:6]:
        m = (p + q) / 2

        def kl_of(a, b):
            return float(np.sum(a * np.log(a / b)))

        wanted = {
            "minimax": kl_of(p, m) + kl_of(q, m),
            "non-saturating": 2 * kl_of(m, p),
            "maximum-likelihood": 0.5 * kl_of(p, q),
        }[loss]
        found = sum(w * F(loss, r) for w, r in zip(q, p / q, strict=True))
        assert found == pytest.approx(wanted, rel=1e-6, abs=1e-9)


def test_near_the_data_the_three_are_one_up_to_a_factor():
    """F''(1) is 1/2 each: all three are a quarter of chi-squared to second order."""
    p = gaussian(0, 1)
    for eps in (1e-2, 1e-3):
        q = gaussian(eps, 1)
        three = 2 * js(p, q).value, 2 * kl(mixture([p, q]), p).value, 0.5 * kl(p, q).value
        assert three == pytest.approx([eps**2 / 4] * 3, rel=3 * eps)
