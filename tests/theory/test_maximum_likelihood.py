"""The most likely model is the one nearest by KL(p_data || q): the cross-entropy is a sum."""

import numpy as np
import pytest
from says import says
from scipy import stats

from gan_lab.theory import distribution, gaussian, kl, mixture, pmf, uniform
from gan_lab.theory.proofs import LEDGER, check
from gan_lab.theory.proofs.what_is_a_generative_model import mean_surprise

PAIRS = [
    (gaussian(0, 1), gaussian(1, 2)),
    (uniform(0, 2), gaussian(1, 0.5)),
    (mixture([gaussian(-2, 0.5), gaussian(2, 0.5)]), gaussian(0, 2)),
    (pmf([0, 1, 2], [0.5, 0.3, 0.2]), pmf([0, 1, 2], [0.2, 0.2, 0.6])),
]
SUM = r"Then $$ H(p, q) = H(p) + \mathrm{KL}(p \| q) , $$ and both sides are infinite where $q$ "
SUM += r"gives probability 0 to what $p$ does not."


@says(
    r"Let $p$ be the distribution of the data and $q$ that of a model, both densities or both on "
    r"countably many values, with a finite entropy $H(p)$.",
    SUM,
)
@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_the_cross_entropy_is_the_entropy_and_the_divergence(p, q):
    cross, own, apart = mean_surprise(p, q), mean_surprise(p, p), kl(p, q)
    room = cross.error + own.error + apart.error + 1e-12
    assert abs(cross.value - own.value - apart.value) <= room < 1e-8


def test_both_sides_are_infinite_where_the_model_misses_data():
    pairs = [(pmf([0, 1], [0.5, 0.5]), pmf([0], [1.0])), (uniform(0, 2), uniform(0, 1))]
    for p, q in pairs:
        assert kl(p, q).value == np.inf and np.isfinite(mean_surprise(p, p).value)
        assert mean_surprise(p, q).value == np.inf
        assert np.isfinite(kl(q, p).value)  # the other way round it is not noticed


@pytest.mark.parametrize("sd", [0.3, 1, 2])
def test_entropies_are_scipys_and_cross_entropies_of_gaussians_a_closed_form(sd):
    for mean in (0, 1.5):
        wanted = np.log(sd) + 0.5 * np.log(2 * np.pi) + (1 + mean**2) / (2 * sd**2)
        assert mean_surprise(gaussian(0, 1), gaussian(mean, sd)).value == pytest.approx(wanted)
    assert mean_surprise(gaussian(0, sd), gaussian(0, sd)).value == pytest.approx(
        stats.norm(0, sd).entropy()
    )
    t = stats.t(4, 0, sd)
    found = mean_surprise(distribution(t), distribution(t))
    assert found.value == pytest.approx(t.entropy(), abs=1e-6 + found.error)


def test_it_is_what_many_draws_pay_on_average():
    p, q = PAIRS[2]
    paid = -q.logpdf(p.sample(200_000, np.random.default_rng(0)))
    assert abs(paid.mean() - mean_surprise(p, q).value) < 4 * paid.std() / np.sqrt(len(paid))


@says(
    r"So of all models that with the least cross-entropy is the one with the least $\mathrm{KL}$, "
    r"and $$ H(p, q) \ge H(p) , $$ with equality only for the distribution of the data."
)
@pytest.mark.parametrize(("p", "q"), PAIRS)
def test_no_model_is_more_likely_than_the_distribution_of_the_data(p, q):
    assert mean_surprise(p, q).value > mean_surprise(p, p).value + 1e-3


def test_the_same_gaussian_is_best_by_both_and_by_neither_the_other_way_round():
    p = mixture([gaussian(-2, 0.5), gaussian(2, 0.5)])
    models = [gaussian(m, s) for m in (-2, -1, 0, 1, 2) for s in (0.5, 1, 2, p.sd, 3)]
    crossed, apart, turned = (
        int(np.argmin([f(p, q).value for q in models]))
        for f in (mean_surprise, kl, lambda p, q: kl(q, p))
    )
    assert crossed == apart == models.index(gaussian(0, p.sd))
    assert turned != crossed


@says(
    r"On draws $x_1, \dots, x_n$ from countably many values, of which $p_n$ are the frequencies "
    r"and $L_n(q)$ is the mean of $\log q(x_i)$, $$ -L_n(q) = H(p_n) + \mathrm{KL}(p_n \| q) . $$"
)
@pytest.mark.parametrize("seed", range(5))
def test_on_the_draws_themselves_it_is_the_same_sum(seed):
    rng = np.random.default_rng(seed)
    x, q = rng.integers(4, size=9), rng.dirichlet(np.ones(4))
    counts = np.bincount(x, minlength=4)
    seen = counts / counts.sum()
    own = -sum(f * np.log(f) for f in seen if f)
    apart = sum(f * np.log(f / w) for f, w in zip(seen, q, strict=True) if f)
    assert -np.mean([np.log(q[i]) for i in x]) == pytest.approx(own + apart, abs=1e-13)
    assert own == pytest.approx(stats.entropy(seen)) and apart == pytest.approx(
        stats.entropy(seen, q)
    )


def test_the_most_likely_model_of_a_coin_is_the_frequency():
    heads = np.array([1, 1, 0, 1, 0])
    models = np.linspace(0.01, 0.99, 99)
    likelihood = [np.log(np.where(heads, q, 1 - q)).mean() for q in models]
    assert models[np.argmax(likelihood)] == pytest.approx(0.6)


def test_the_ledger_confirms_it_and_refuses_its_rivals():
    report = check(LEDGER["maximum-likelihood"])
    assert report.passed and report.symbolic_ok and report.rivals == ()
    assert report.tolerance < 1e-6
