"""A discriminator with a linear logit sees a difference of means and no other."""

from itertools import product

import numpy as np
import pytest
from says import says
from scipy import optimize, stats

from gan_lab.distributions import distribution
from gan_lab.theory import V, gaussian, mixture, pmf, uniform

LOG_4 = np.log(4)
Z, WEIGHT = np.polynomial.hermite_e.hermegauss(120)
WEIGHT = WEIGHT / WEIGHT.sum()
CENTRED = {  # all of mean 1
    "gaussian": gaussian(1, 2),
    "box": uniform(0, 2),
    "exponential": distribution(stats.expon()),
    "student": distribution(stats.t(3, loc=1)),
    "lopsided": pmf([0, 3], [2 / 3, 1 / 3]),
    "humps": mixture([gaussian(-1, 0.5), gaussian(2, 0.5)], [1 / 3, 2 / 3]),
}
CLOUDS = {  # data and samples in the plane or in space, of one mean each
    "xor": ([[1, 1], [-1, -1]], [[1, -1], [-1, 1]]),
    "ring": ([[0, 0]], [[1, 0], [0, 1], [-1, 0], [0, -1]]),
    "space": ([[1, 2, 3], [3, 2, 1], [2, 2, 2]], [[0, 4, 2], [4, 0, 2]]),
}


def earned(w, c, x, y):
    """V of the linear logit w x + c on two clouds of points."""
    return -np.logaddexp(0, -(x @ w + c)).mean() - np.logaddexp(0, y @ w + c).mean()


def of_bells(w, c, mean, sd):
    """V of a linear logit for N(0, 1) against N(mean, sd^2)."""
    return -WEIGHT @ np.logaddexp(0, -(w * Z + c)) - WEIGHT @ np.logaddexp(
        0, w * (mean + sd * Z) + c
    )


@says(
    "If $E_{p_{data}}[x] = E_{p_G}[x]$, both finite, the best discriminator with a linear "
    r"logit $s(x) = w \cdot x + c$ is $D = ½$, and it earns $$ \max_{w, c} V(G, D) = -\log 4 . "
    "$$"
)
def test_between_laws_of_one_mean_no_line_earns_more_than_one_half_does():
    for p, q in product(CENTRED.values(), repeat=2):
        half, error = V(np.zeros_like, p, q)
        assert abs(half + LOG_4) <= error + 1e-15
        for w, c in ((0.3, -0.3), (-0.05, 0.05), (1, 0), (0, 0.1)):
            value, error = V(lambda x, w=w, c=c: w * x + c, p, q)
            assert value + error < -LOG_4
    for x, y in CLOUDS.values():
        x, y = np.array(x, float), np.array(y, float)
        start = np.linspace(0.5, -1, x.shape[1] + 1)
        found = optimize.minimize(lambda s, x=x, y=y: -earned(s[:-1], s[-1], x, y), start)
        assert -found.fun == pytest.approx(-LOG_4, abs=1e-9)
        logits = np.concatenate([x, y]) @ found.x[:-1] + found.x[-1]
        np.testing.assert_allclose(logits, 0, atol=1e-4)


@says(
    "In particular it is blind to a change of variance: for $N(0, 1)$ against $N(0, 2^2)$ it "
    "earns no more than a constant does."
)
def test_a_change_of_variance_goes_unseen_by_every_line_but_not_by_a_parabola():
    constants = [of_bells(0, c, 0, 2) for c in np.linspace(-2, 2, 81)]
    assert max(constants) == pytest.approx(-LOG_4, abs=1e-14)
    for sd in (0.1, 0.5, 2, 5):
        for w, c in product(np.linspace(-2, 2, 41), np.linspace(-2, 2, 21)):
            value = of_bells(w, c, 0, sd)
            assert value <= -LOG_4 + 1e-13
            assert (value > -LOG_4 - 1e-4) == (abs(w) + abs(c) < 1e-9)
    seen, error = V(lambda x: np.log(2) - 3 * x**2 / 8, gaussian(0, 1), gaussian(0, 2))
    assert seen - error > -LOG_4 + 0.1


def test_a_difference_of_means_is_seen():
    for mean in (0.1, -0.5, 2):
        found = optimize.minimize(lambda s, mean=mean: -of_bells(*s, mean, 2), [0, 0])
        assert -found.fun > -LOG_4 + 1e-4 and np.sign(found.x[0]) == -np.sign(mean)


def test_without_a_mean_a_line_earns_no_finite_amount():
    u = (np.arange(100_000) + 0.5) / 100_000
    x = distribution(stats.cauchy()).ppf(u)
    lost = [np.logaddexp(0, -0.1 * x[np.abs(x) < most]).sum() / 1e5 for most in (1e1, 1e3, 1e5)]
    assert np.all(np.diff(lost) > 0.05)
