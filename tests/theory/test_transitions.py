"""Where the best Gaussian for two bumps leaves the middle, by four divergences."""

import math

import numpy as np
import pytest
from says import says
from scipy.optimize import minimize

from gan_lab.theory import gaussian, js, kl, mixture
from gan_lab.theory.fits import ROWS, best_fits, divergence_of, transition

WANTED = {"non-saturating": 2.37955, "reverse-kl": 2.80008, "js": 4.24471}


def by_cells(name, a, mu, sd):
    """The divergence by adaptive quadrature, which `best_fits` does not use."""
    p, q = mixture([gaussian(-a, 1), gaussian(a, 1)]), gaussian(mu, sd)
    if name == "non-saturating":
        return 2 * kl(mixture([p, q]), p).value
    return {"kl": kl(p, q), "reverse-kl": kl(q, p), "js": js(p, q)}[name].value


@says(r"Let $p$ be halves of $N(-a, 1)$ and $N(a, 1)$.")
@pytest.mark.parametrize("name", list(ROWS))
def test_fits_have_the_divergence_that_adaptive_quadrature_finds_and_are_minima(name):
    for a in (0.0, 1.0, 2.6, 5.0):
        for fit in filter(None, best_fits(name, a)):
            assert fit.value == pytest.approx(by_cells(name, a, fit.mean, fit.sd), abs=1e-11)
            for mu, sd in ((0.05, 0), (-0.05, 0), (0, 0.05), (0, -0.05), (0.03, 0.03)):
                assert divergence_of(name, a, fit.mean + mu, fit.sd + sd) > fit.value


@says(
    r"The best Gaussian with mean 0 and the best near a bump are equally far from $p$ at "
    r"$$ \begin{aligned} a_1 & = 2.37955 , \\ a_2 & = 2.80008 , \\ a_3 & = 4.24471 \end{aligned} "
    r"$$ (to five decimals) by $2\, \mathrm{KL}(m \| p)$, $\mathrm{KL}(q \| p)$ and "
    r"$\mathrm{JSD}(p, q)$; the first is nearer before, the second after."
)
@pytest.mark.parametrize("name", list(WANTED))
def test_at_the_transition_the_lead_changes_and_not_before(name):
    value, error = transition(name)
    assert error < 1e-10 and round(value, 5) == WANTED[name]
    for a, sign in ((value - 1e-3, 1), (value + 1e-3, -1)):
        middle, bump = best_fits(name, a)
        costs = (by_cells(name, a, *bump[:2]), by_cells(name, a, *middle[:2]))
        assert sign * (costs[0] - costs[1]) > 0
    for a in np.arange(0.5, 6, 0.5):
        assert (best_fits(name, a).best.mean > 0) == (a > value)


@pytest.mark.parametrize("name", list(WANTED))
def test_no_gaussian_of_a_wide_grid_is_better_and_another_optimiser_ends_there(name):
    for a in (WANTED[name] - 0.1, WANTED[name] + 0.1):
        best = best_fits(name, a).best
        for mu in np.linspace(0, 2 * a, 25):
            for sd in np.geomspace(0.1, 8, 25):
                assert divergence_of(name, a, mu, sd) > best.value - 1e-12
        end = minimize(
            lambda where, a=a: divergence_of(name, a, where[0], math.exp(where[1])),
            (best.mean + 0.1, math.log(best.sd) + 0.1), method="Nelder-Mead",
            options={"xatol": 1e-8, "fatol": 1e-14},
        )  # fmt: skip
        assert end.fun == pytest.approx(best.value, abs=1e-12)


def test_forward_kl_never_leaves_the_middle():
    assert transition("kl").value == math.inf
    for a in (0.0, 3.0, 6.0):
        middle, bump = best_fits("kl", a)
        assert bump is None and middle.sd == pytest.approx(math.hypot(1, a), abs=1e-12)


def test_what_is_not_possible_is_said():
    with pytest.raises(ValueError, match="divergence is one of kl, js, .*, and not 'tv'"):
        best_fits("tv", 1.0)
    with pytest.raises(ValueError, match="a must be a number from 0 to 6, not 7"):
        best_fits("kl", 7)
    with pytest.raises(ValueError, match="a must be a number from 0 to 6, not nan"):
        best_fits("kl", math.nan)
    with pytest.raises(ValueError, match="divergence is one of"):
        transition("hinge")
