"""Metrics of samples, against their definitions, closed forms and independent code."""

import math

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import sqrtm
from scipy.spatial.distance import cdist

from gan_lab.data import FOR_D, bimodal, gaussian, grid, moons, ring
from gan_lab.held_out import held_out_js, held_out_kl, log_smooth, smooth
from gan_lab.metrics import Score, baseline, frechet, frechet_gaussian, precision, recall, within
from gan_lab.modes import captured, high_quality, nearest, reverse_kl
from gan_lab.streams import Stream
from gan_lab.two_sample import c2st, logistic, mmd, neighbours, w1

SEEN = 1 - math.exp(-4.5)  # within 3 sds of the mean, in the plane


def drawn(data, n, seed=0):
    return data.sample(Stream([seed]), FOR_D, 0, n)[0].numpy()


def normal(n, d, seed, mean=0.0, sd=1.0):
    return mean + sd * np.random.default_rng(seed).normal(size=(n, d))


def spread(score, repeats, *samplers):
    """Values and stated errors of a score over independent pairs of samples."""
    scores = [score(*(sampler(i) for sampler in samplers)) for i in range(repeats)]
    return np.array([s.value for s in scores]), np.array([s.error for s in scores])


# -- modes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [ring(), grid()], ids=repr)
def test_a_perfect_generator_scores_what_the_formula_says(data):
    n = 2500
    fake = drawn(data, 20 * n)
    hq = high_quality(fake, data)
    assert abs(hq.value - SEEN) < 4 * hq.error
    assert hq.error == pytest.approx(math.sqrt(SEEN * (1 - SEEN) / (20 * n)), rel=0.05)
    base = baseline(lambda real, fake: high_quality(fake, data), data, n, 30)
    assert abs(base.mean - SEEN) < 4 * base.error
    # the spread of repeats is the binomial law's, and so is the stated error
    assert base.sd == pytest.approx(math.sqrt(SEEN * (1 - SEEN) / n), rel=4 / math.sqrt(2 * 29))
    found = baseline(lambda real, fake: captured(fake, data), data, n, 5)
    assert found.mean == len(data.means) and found.sd == 0
    # (K - 1) / 2h, the mean of the chi-square law with K - 1 degrees of freedom over 2h
    kl = baseline(lambda real, fake: reverse_kl(fake, data), data, n, 30)
    wanted = (len(data.means) - 1) / (2 * n * SEEN)
    assert abs(kl.mean - wanted) < 4 * kl.error
    one = reverse_kl(drawn(data, n), data)
    law = wanted * math.sqrt(2 / (len(data.means) - 1))  # the sd of chi-square over 2h
    assert law * 0.99 < one.error < 2 * law and 0.5 * law < kl.sd < 1.5 * law
    assert f"{wanted:.2g}" in one.words


def test_the_three_sd_rule_is_strict_and_of_the_nearest_mode():
    data = grid(sd=0.0625)  # three sds are 0.1875, exactly
    edge = np.array([[0.1875, 0.0], [0.1874999, 0.0], [2.0, 0.19], [2.1, 2.1], [4.0, -4.0]])
    which, good = nearest(edge, data)
    assert [data.means[i] for i in which] == [(0, 0), (0, 0), (2, 0), (2, 2), (4, -4)]
    assert good.tolist() == [False, True, False, True, True]
    assert high_quality(edge, data).value == 0.6 and captured(edge, data).value == 3
    assert nearest(edge, data, 3.1)[1].tolist() == [True, True, True, True, True]


def test_modes_of_different_widths_and_of_the_line():
    data = bimodal(0.0, 10.0, 1.0)
    fake = np.array([-5.0, -2.1, -1.9, 2.0, 7.9, 8.1])
    assert high_quality(fake, data).value == pytest.approx(3 / 6)
    assert captured(fake, data).value == 2
    assert reverse_kl(fake, data).value == pytest.approx(
        2 / 3 * math.log(4 / 3) + 1 / 3 * math.log(2 / 3)
    )


def test_a_collapse_scores_as_it_should():
    data = ring()
    one = np.tile(data.means[3], (2500, 1))
    assert captured(one, data).value == 1 and high_quality(one, data).value == 1.0
    assert captured(one, data).error == 0.0 and high_quality(one, data).error > 0
    kl = reverse_kl(one, data)
    assert kl.value == pytest.approx(math.log(8)) and kl.error == 0.0
    half = np.repeat(np.array(data.means)[:4], 10, axis=0)
    assert reverse_kl(half, data).value == pytest.approx(math.log(2))
    away = np.full((10, 2), 3.0)
    assert captured(away, data).value == high_quality(away, data).value == 0
    assert reverse_kl(away, data).value == math.inf


def test_the_errors_of_the_mode_metrics_are_those_of_their_laws():
    # shares such that some modes are hit about once or twice in a sample
    data, n = ring(), 60
    shares = np.array([0.4, 0.3, 0.2, 0.04, 0.03, 0.02, 0.01, 0.0])

    def fake(i):
        rng = np.random.default_rng(i)
        return np.array(data.means)[rng.choice(8, n, p=shares)]

    values, errors = spread(lambda x: captured(x, data), 400, fake)
    assert abs(values.mean() - np.sum(1 - (1 - shares) ** n)) < 4 * values.std() / 20
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    values, errors = spread(lambda x: reverse_kl(x, data), 400, fake)
    assert errors.mean() == pytest.approx(values.std(), rel=0.2)


def test_the_errors_of_the_mode_metrics_by_hand():
    data = ring()
    even = np.repeat(np.array(data.means), 5, axis=0)
    kl = reverse_kl(even, data)  # where the delta method gives 0, the chi-square law's spread
    assert kl.value == pytest.approx(0, abs=1e-15)
    assert kl.error == pytest.approx(math.sqrt(7 / 2) / 40)
    few = np.array([data.means[0]] * 5 + [data.means[3]])
    missed = np.array([(1 / 6) ** 6, (5 / 6) ** 6])
    assert captured(few, data).error == pytest.approx(math.sqrt(np.sum(missed * (1 - missed))))
    shares, log = np.array([5, 1]) / 6, np.log(np.array([5, 1]) / 6 * 8)
    spread_of_log = shares @ log**2 - (shares @ log) ** 2
    assert reverse_kl(few, data).error == pytest.approx(math.sqrt(spread_of_log / 6))


# -- manifolds --------------------------------------------------------------------------------


def test_the_manifold_is_the_union_of_balls_to_the_kth_neighbour():
    x, y, k = normal(80, 2, 0), normal(50, 2, 1, sd=3.0), 3
    radius = np.sort(cdist(x, x), axis=1)[:, k]
    brute = (cdist(y, x) <= radius).any(axis=1)
    assert np.array_equal(within(y, x, k), brute) and 0 < brute.sum() < 50
    assert precision(x, y, k).value == brute.mean() == recall(y, x, k).value


def test_precision_and_recall_tell_collapse_from_noise():
    data = ring(8, 1.0, 0.05)
    real, fake = drawn(data, 800), drawn(data, 800, 1)
    narrow = fake[nearest(fake, data)[0] < 4]
    wide = normal(800, 2, 2)
    assert precision(real, narrow).value > 0.85 and recall(real, narrow).value < 0.6
    assert precision(real, wide).value < 0.4
    base = baseline(precision, data, 400, 10)
    assert 0.85 < base.mean < 1 and base.sd < 0.05


# -- Fréchet ----------------------------------------------------------------------------------


def test_the_distance_of_gaussians_in_closed_form():
    # with covariances that commute it is |m - m'|^2 + sum (s_i - s_i')^2
    assert frechet_gaussian([0, 0], np.diag([1.0, 4.0]), [3, 4], np.diag([9.0, 1.0])) == (
        pytest.approx(25 + 4 + 1)
    )
    rng = np.random.default_rng(0)
    S, T = (a @ a.T for a in rng.normal(size=(2, 3, 3)))
    product = np.trace(np.real(sqrtm(S @ T)))
    assert frechet_gaussian(np.zeros(3), S, np.ones(3), T) == pytest.approx(
        3 + np.trace(S) + np.trace(T) - 2 * product
    )
    assert frechet_gaussian(0.0, 4.0, 1.0, 1.0) == pytest.approx(2.0)  # W2 on the line, squared
    assert frechet_gaussian([0, 0], np.diag([1.0, 0]), [0, 0], np.diag([0, 1.0])) == (
        pytest.approx(2.0)
    )


def test_the_sample_distance_and_its_error():
    values, errors = spread(
        frechet, 60, lambda i: normal(500, 2, i), lambda i: normal(500, 2, 1000 + i, 1.0, 1.5)
    )
    exact = 2 + 2 * 0.25
    assert abs(values.mean() - exact) < 4 * values.std() / math.sqrt(60) + 0.02
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    assert "raw coordinates" in frechet(normal(99, 2, 0), normal(99, 2, 1)).words


def test_the_jackknife_of_groups_by_hand():
    x, y = normal(30, 2, 0), normal(20, 2, 1)
    square = 0.0
    for which in (0, 1):
        values = []
        for g in range(4):
            kept = [np.array([p for i, p in enumerate(s) if w != which or i % 4 != g])
                    for w, s in enumerate((x, y))]
            values.append(frechet(*kept, groups=2).value)
        square += 3 / 4 * np.sum((np.array(values) - np.mean(values)) ** 2)
    assert frechet(x, y, groups=4).error == pytest.approx(math.sqrt(square), rel=1e-9)


def test_features_are_named():
    def radius(x):
        return np.hypot(x[:, 0], x[:, 1])

    score = frechet(normal(500, 2, 0), normal(500, 2, 1, sd=2.0), features=radius)
    rayleigh = stats.rayleigh
    exact = rayleigh.mean() ** 2 + rayleigh.var()  # all is doubled
    assert abs(score.value - exact) < 4 * score.error and "in radius" in score.words


# -- W1 ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(40, 40), (17, 50), (2, 3)])
def test_w1_is_scipys(sizes):
    x, y = np.random.default_rng(0).normal(size=sizes[0]), stats.t(3).rvs(sizes[1], random_state=1)
    x[0] = y[0]  # a tie
    assert w1(x, y).value == pytest.approx(stats.wasserstein_distance(x, y), rel=1e-12)


def test_w1_of_a_shift_and_its_error():
    values, errors = spread(
        lambda x, y: w1(x, y, 100), 60, lambda i: normal(200, 1, i),
        lambda i: normal(200, 1, 500 + i, 2.0),
    )
    # far apart it is the difference of the means, whose sd is known
    assert abs(values.mean() - 2) < 4 * math.sqrt(2 / 200 / 60)
    assert errors.mean() == pytest.approx(math.sqrt(2 / 200), rel=0.1)
    assert baseline(lambda a, b: w1(a, b, 2), gaussian(), 200, 10).mean > 0.03


# -- MMD --------------------------------------------------------------------------------------


def test_mmd_is_the_unbiased_estimate_by_brute_force():
    x, y, h = normal(30, 2, 0), normal(20, 2, 1, 1.0), 0.8

    def k(a, b):
        return math.exp(-np.sum((a - b) ** 2) / (2 * h * h))

    brute = np.mean([k(a, b) for i, a in enumerate(x) for j, b in enumerate(x) if i != j])
    brute += np.mean([k(a, b) for i, a in enumerate(y) for j, b in enumerate(y) if i != j])
    brute -= 2 * np.mean([k(a, b) for a in x for b in y])
    assert mmd(x, y, h).value == pytest.approx(brute, rel=1e-12)

    def left(which, i):
        return mmd(*(np.delete(s, i, 0) if w == which else s for w, s in enumerate((x, y))), h)

    square = 0.0
    for which, n in ((0, 30), (1, 20)):
        values = np.array([left(which, i).value for i in range(n)])
        square += (n - 1) / n * np.sum((values - values.mean()) ** 2)
    assert mmd(x, y, h).error == pytest.approx(math.sqrt(square), rel=1e-10)


def test_mmd_of_gaussians_in_closed_form_and_its_error():
    h, d = 1.0, 1.5
    # E k(x, y) = h / sqrt(h^2 + 2) exp(-d^2 / (2 (h^2 + 2))) for x, y ~ N(0, 1), N(d, 1)
    exact = 2 * h / math.sqrt(h * h + 2) * (1 - math.exp(-d * d / (2 * (h * h + 2))))
    values, errors = spread(
        lambda x, y: mmd(x, y, h), 60, lambda i: normal(150, 1, i),
        lambda i: normal(150, 1, 500 + i, d),
    )
    assert abs(values.mean() - exact) < 4 * values.std() / math.sqrt(60)
    assert errors.mean() == pytest.approx(values.std(), rel=0.35)
    null, errors = spread(
        lambda x, y: mmd(x, y, h), 100, lambda i: normal(60, 1, i),
        lambda i: normal(60, 1, 500 + i),
    )
    assert abs(null.mean()) < 4 * null.std() / 10 and null.min() < 0
    assert null.std() < 1.1 * np.sqrt(np.mean(errors**2)) < 3 * null.std()


def test_mmd_states_its_bandwidth():
    x = normal(50, 1, 0)
    pooled = np.concatenate([x, x + 1])
    median = np.median(cdist(pooled, pooled)[np.triu_indices(100, 1)])
    assert f"bandwidth {median:.4g}" in mmd(x, x + 1).words


# -- C2ST -------------------------------------------------------------------------------------


@pytest.mark.parametrize("classifier", ["knn", "logistic"])
def test_under_the_null_the_p_value_is_a_p_value(classifier):
    n, repeats = 60, 300
    scores = [c2st(normal(n, 2, i), normal(n, 2, 9999 + i), classifier) for i in range(repeats)]
    p = np.array([s.p_value for s in scores])
    for level in (0.05, 0.2, 0.5):  # discrete, and so conservative: never too small too often
        assert np.mean(p <= level) < level + 3 * math.sqrt(level * (1 - level) / repeats)
    assert np.mean(p <= 0.5) > 0.25
    accuracy = np.array([s.value for s in scores])
    assert abs(accuracy.mean() - 0.5) < 4 * 0.5 / math.sqrt(n * repeats)
    assert accuracy.std() < 1.2 * 0.5 / math.sqrt(n)


def test_the_accuracy_of_a_threshold_is_the_binomial_laws():
    d, n = 1.0, 400

    def threshold(x, label):
        return lambda points: d / 2 - points[:, 0]

    values, errors = spread(
        lambda x, y: c2st(x, y, threshold), 100, lambda i: normal(n, 1, i),
        lambda i: normal(n, 1, 5000 + i, d),
    )
    exact = stats.norm.cdf(d / 2)
    sd = math.sqrt(exact * (1 - exact) / n)
    assert abs(values.mean() - exact) < 4 * sd / 10
    assert values.std() == pytest.approx(sd, rel=0.3)
    assert errors.mean() == pytest.approx(sd, rel=0.1)


def test_the_p_value_is_fishers():
    x, y = normal(40, 1, 0), normal(40, 1, 1, 1.0)
    score = c2st(x, y, "logistic", seed=3)
    rng = np.random.default_rng(3)
    x, y = (s[rng.permutation(40)] for s in (x, y))
    logit = logistic(np.concatenate([x[:20], y[:20]]), np.repeat([1.0, 0.0], 20))
    right, wrong = (logit(x[20:]) > 0).sum(), (logit(y[20:]) > 0).sum()
    table = [[right, 20 - right], [wrong, 20 - wrong]]
    assert score.p_value == pytest.approx(stats.fisher_exact(table, "greater").pvalue)
    assert score.value == (right + 20 - wrong) / 40


def test_logistic_regression_finds_the_known_logit():
    x, y = normal(50_000, 1, 0), normal(50_000, 1, 1, 1.0)
    logit = logistic(np.concatenate([x, y]), np.repeat([1.0, 0.0], 50_000))
    at = np.array([[-1.0], [0.5], [2.0]])
    assert np.allclose(logit(at), 0.5 - at[:, 0], atol=0.06)  # N(0,1) against N(1,1): 1/2 - x


def test_neighbours_vote():
    x = np.array([[0.0], [0.1], [0.2], [5.0], [5.1], [5.2]])
    vote = neighbours(x, np.array([1.0, 1, 1, 0, 0, 0]), 3)
    assert vote(np.array([[0.0], [6.0], [2.0]])).tolist() == [0.5, -0.5, 0.5]


def test_neighbours_see_modes_that_moments_do_not():
    data = ring(8, 1.0, 0.05)
    blob = normal(800, 2, 3, sd=data.sd)
    assert c2st(drawn(data, 800), blob, "knn").p_value < 1e-6
    far = c2st(normal(100, 2, 0), normal(100, 2, 1, 50.0))
    assert far.value == 1.0 and far.error > 0 and far.p_value < 1e-20


# -- held-out ---------------------------------------------------------------------------------


def test_the_smoothed_density_is_a_density():
    x = normal(300, 1, 0)
    at = np.linspace(-6, 6, 4001)
    kde = stats.gaussian_kde(x[:, 0], 0.3 / x.std(ddof=1))
    assert np.allclose(np.exp(log_smooth(at[:, None], x, 0.3)), kde(at), rtol=1e-9)
    left = [log_smooth(x[i : i + 1], np.delete(x, i, 0), 0.3)[0] for i in range(300)]
    assert np.allclose(log_smooth(x, x, 0.3, itself=True), left, rtol=1e-9)
    tight = drawn(ring(), 400)  # the width is that of a mode, not that of the ring
    assert 0.002 < smooth(tight)[1] < 0.02


def test_held_out_estimates_are_near_the_truth_and_below_it():
    from gan_lab import theory

    data, other = gaussian(), theory.gaussian(1.0, 1.0)
    js = theory.js(data.density(), other).value
    kl = 0.5
    pairs = [(normal(1000, 1, i), normal(1000, 1, 100 + i, 1.0)) for i in range(8)]
    found = [held_out_js(x, y, data) for x, y in pairs]
    mean, error = np.mean([(s.value, s.error / math.sqrt(8)) for s in found], axis=0)
    assert js - 0.02 < mean < js + 4 * error
    found = [held_out_kl(y, data) for _, y in pairs]
    mean, error = np.mean([(s.value, s.error / math.sqrt(8)) for s in found], axis=0)
    assert kl - 0.05 < mean < kl + 4 * error
    assert all("estimate" in s.words for s in found)


def test_a_collapsed_ring_is_estimated_as_the_formula_of_collapse_says():
    data, n = ring(), 2000
    x, fake = drawn(data, n), drawn(data, 8 * n, 1)
    one = fake[nearest(fake, data)[0] == 2][:n]
    exact = 0.5 * (math.log(2 / 9) / 8 + 7 / 8 * math.log(2) + math.log(16 / 9))
    assert exact == pytest.approx(0.49692912665, abs=1e-10)  # theory.md, F-8
    score = held_out_js(x, one, data)
    assert exact - 0.02 < score.value < exact + 4 * score.error
    kl = held_out_kl(one, data)
    assert abs(kl.value - math.log(8)) < 0.05 + 4 * kl.error
    perfect = held_out_js(x, drawn(data, n, 2), data)
    assert -0.05 < perfect.value < 4 * perfect.error


# -- bad input --------------------------------------------------------------------------------

GOOD = np.arange(20.0).reshape(10, 2)


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda: mmd([[1, math.nan], [1, 2]], GOOD), "finite"),
        (lambda: mmd("ab", GOOD), "array of numbers"), (lambda: mmd(GOOD[:1], GOOD), "two or more"),
        (lambda: mmd(GOOD, GOOD[:, :1]), "as many coordinates"),
        (lambda: mmd(GOOD, GOOD, 0.0), "bandwidth"), (lambda: mmd(GOOD[:2], GOOD), "three points"),
        (lambda: w1(GOOD, GOOD), "line"), (lambda: w1([1, 2], [1, 2], 0), "bootstraps"),
        (lambda: c2st(GOOD, GOOD, "svm"), "classifier"), (lambda: c2st(GOOD[:5], GOOD), "8 points"),
        (lambda: c2st(GOOD, GOOD, lambda x, y: lambda z: [1.0]), "one logit"),
        (lambda: precision(GOOD, GOOD, 10), "k must"),
        (lambda: precision(GOOD, GOOD, 1.5), "whole"),
        (lambda: frechet(GOOD, GOOD, groups=6), "groups"),
        (lambda: high_quality(GOOD, moons()), "mixture of Gaussians"),
        (lambda: high_quality(GOOD, gaussian()), "1 coordinate"),
        (lambda: high_quality(GOOD, ring(), 0), "above 0"),
        (lambda: held_out_js(GOOD, GOOD, gaussian()), "coordinate"),
        (lambda: held_out_kl(GOOD[:5], ring()), "8 fake"),
        (lambda: baseline(w1, gaussian(), 1), "n must"),
        (lambda: baseline(w1, gaussian(), 10, 1), "repeats"),
        (lambda: baseline(w1, gaussian(), 10, seed=-1), "seed"),
    ],
)
def test_bad_input_gets_one_sentence(do, word):
    with pytest.raises(ValueError, match=word) as refusal:
        do()
    assert "\n" not in str(refusal.value)


def test_a_score_prints_its_error():
    assert repr(Score(0.51234, 0.01, "why", 0.25)) == "0.51234 ± 0.01, p = 0.25 (why)"
