"""The ELBO lies under log p(x), by the KL from q to the posterior."""

import numpy as np
import pytest
from says import says
from scipy import integrate, stats

from gan_lab.theory import gaussian, kl
from gan_lab.theory.elbo import linear_gaussian_elbo

Z = np.linspace(-9, 9, 4001)
"""z is N(0, 1), and x is N(tanh(2 z), 0.4^2): no formula gives log p(x)."""


def on_grid(logs):
    """The integral of exp(logs) over z."""
    return integrate.trapezoid(np.exp(logs), Z)


def through_tanh(x, q):
    """log p(x), ELBO, KL(q || posterior) and the two terms, each an integral of its own."""
    prior, given = stats.norm.logpdf(Z), stats.norm.logpdf(x, np.tanh(2 * Z), 0.4)
    log_p, log_q = np.log(on_grid(prior + given)), q.logpdf(Z)

    def mean(values):
        return integrate.trapezoid(q.pdf(Z) * values, Z)

    posterior = prior + given - log_p
    return log_p, mean(prior + given - log_q), mean(log_q - posterior), mean(given), kl_to(q)


def kl_to(q):
    return kl(gaussian(q.mean(), q.std()), gaussian(0, 1)).value


@says(
    r"Let $x$ come from a hidden $z$ by $p(z)$ and $p(x | z)$, let $q$ be a distribution of $z$, "
    r"and let $\mathrm{ELBO}(q)$ be the mean of $\log p(x, z) - \log q(z)$ over $z$ from $q$, "
    r"where all of these are finite.",
    r"Then $$ \begin{aligned} \log p(x) & = \mathrm{ELBO}(q) \\ & \quad + \mathrm{KL}(q \,\|\, "
    r"p(z | x)) , \\ \mathrm{ELBO}(q) & = E_q[\log p(x | z)] \\ & \quad - \mathrm{KL}(q \,\|\, "
    r"p(z)) . \end{aligned} $$",
)
@pytest.mark.parametrize("x", [-1.5, 0.0, 0.7])
@pytest.mark.parametrize("m, t", [(0, 1), (0.6, 0.3), (-2, 0.8)])
def test_of_a_decoder_that_bends_too(x, m, t):
    log_p, elbo, gap, fit, cost = through_tanh(x, stats.norm(m, t))
    assert log_p == pytest.approx(elbo + gap, abs=1e-9)
    assert elbo == pytest.approx(fit - cost, abs=1e-9)
    assert abs(elbo - (fit + cost)) > 0.1 or cost < 1e-9, "the other sign"


@says(
    r"So $$ \mathrm{ELBO}(q) \le \log p(x) , $$ with equality only if $q$ is the posterior "
    r"$p(z | x)$."
)
def test_no_q_comes_above_and_the_posterior_comes_up_to_it():
    x, w, s = 1.3, 0.8, 0.5
    of_prior = linear_gaussian_elbo(x, w, s, 0.0, 1.0)
    assert of_prior.log_p == pytest.approx(gaussian(0, (w**2 + s**2) ** 0.5).logpdf(x))
    grid = [linear_gaussian_elbo(x, w, s, m, t) for m in Z[::80] for t in (0.1, 0.5, 1, 3)]
    assert all(one.elbo < one.log_p for one in grid)
    best = linear_gaussian_elbo(x, w, s, of_prior.mean, of_prior.sd)
    assert best.elbo == pytest.approx(best.log_p, abs=1e-14) and abs(best.gap) < 1e-15
    assert through_tanh(1.0, stats.norm(0.8, 0.5))[2] > 1e-3, "no normal q is this posterior"


def test_the_numbers_of_the_linear_model_are_integrals():
    for x, w, s, m, t in [(1.0, 1.0, 0.6, 0.0, 1.0), (-2, 0.5, 1.2, -1, 0.3), (0, 2, 0.3, 1, 0.9)]:
        found, q = linear_gaussian_elbo(x, w, s, m, t), stats.norm(m, t)
        given = stats.norm.logpdf(x, w * Z, s)
        assert found.log_p == pytest.approx(np.log(on_grid(stats.norm.logpdf(Z) + given)))
        assert found.fit == pytest.approx(integrate.trapezoid(q.pdf(Z) * given, Z), rel=1e-8)
        assert found.cost == pytest.approx(kl_to(q), abs=1e-9)
        posterior = gaussian(found.mean, found.sd)
        assert found.gap == pytest.approx(kl(gaussian(m, t), posterior).value, rel=1e-8)
        assert found.elbo == found.fit - found.cost
