"""The Gaussian nearest by KL(p || q) has p's mean and variance, and others pay the difference."""

import numpy as np
from says import says
from scipy.integrate import quad
from scipy.optimize import minimize

from gan_lab.theory import drawn, gaussian, kl, mixture, uniform

DATA = {
    "two bumps": mixture([gaussian(-3, 1), gaussian(3, 1)]),
    "uneven bumps": mixture([gaussian(-2, 0.5), gaussian(1, 1)], [0.2, 0.8]),
    "a box": uniform(-1, 3),
    "drawn": drawn([0, 1, 4], [0, 1, 0]),
}


@says(
    r"Let $p$ be a density on the line with a mean and a positive variance, and $q^\circ$ the "
    r"Gaussian that has both."
)
def test_an_optimiser_that_knows_no_moments_finds_them():
    for p in DATA.values():

        def cost(where, p=p):
            return kl(p, gaussian(where[0], np.exp(where[1]))).value

        start = (p.mean + 0.7, np.log(p.sd) + 0.5)
        end = minimize(cost, start, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-13})
        assert abs(end.x[0] - p.mean) < 1e-5 and abs(np.exp(end.x[1]) - p.sd) < 1e-5


@says(
    r"For every Gaussian $q$ $$ \mathrm{KL}(p \| q) = \mathrm{KL}(p \| q^\circ) + "
    r"\mathrm{KL}(q^\circ \| q) , $$ so $q^\circ$ alone is nearest to $p$, if $\mathrm{KL}(p \| "
    r"q^\circ)$ is finite."
)
def test_every_other_gaussian_pays_its_distance_from_the_best():
    for p in DATA.values():
        best = gaussian(p.mean, p.sd)
        for mu, sd in ((p.mean, p.sd / 2), (p.mean + 1, p.sd), (-4, 3), (p.mean, 1.01 * p.sd)):
            q = gaussian(mu, sd)
            whole, least, more = kl(p, q), kl(p, best), kl(best, q)
            assert abs(whole.value - least.value - more.value) <= whole.error + least.error + 1e-12
            ratio = (p.sd / sd) ** 2
            by_hand = (ratio - 1 - np.log(ratio) + ((mu - p.mean) / sd) ** 2) / 2
            assert abs(more.value - by_hand) <= more.error + 1e-12
            assert more.value > 1e-5


def test_a_density_with_an_infinite_entropy_is_infinitely_far_from_every_gaussian():
    """1/(x log^2 x) on (0, 1/e): for u = -log x the mean of log p is that of u - 2 log u under
    1/u^2 on (1, oo), which grows with the logarithm of where one stops; mean and sd are finite."""
    for stop in (1e3, 1e6, 1e12):
        seen, _ = quad(lambda v: np.exp(-v) * (np.exp(v) - 2 * v), 0, np.log(stop))
        rest = 2 * (1 + np.log(stop)) / stop
        assert abs(seen - (np.log(stop) - 2 + rest)) < 1e-8
