"""What the answers say about finite data, pictures, likelihoods, flows, bugs and curves is so."""

import numpy as np
import pytest

from gan_lab.checkers import EXERCISES
from gan_lab.checkers.by_chapter.pictures import SAMPLE_SIZES, distance_of_two_samples
from gan_lab.checkers.formula import read_formula
from gan_lab.metrics import memorised
from gan_lab.metrics.gaussian_fits import frechet_gaussian
from gan_lab.theory import C, V, gaussian, js, kl
from gan_lab.theory.elbo import kl_of_normals
from gan_lab.theory.flows import euler_map, straight_velocity

RNG = np.random.default_rng(0)


def right(name: str) -> list[tuple[dict, float]]:
    """The values at which an answer is tried, and the right answer there."""
    one = EXERCISES[name]
    answers = one.values_of(read_formula(one.right, one.letters))
    return list(zip(one.cases, answers, strict=True))


def test_ten_points_known_by_heart():
    for at, answer in right("seen less unseen"):
        seen, half = np.log(1 - at["u"]) + np.log(0.5), np.log(0.5)
        assert answer == pytest.approx(seen - 2 * half)


def test_copies_are_nearer():
    training, held_out = RNG.normal(size=(50, 1)), RNG.normal(size=(4000, 1))
    for at, answer in right("share nearer"):
        copies = int(4000 * at["c"])
        fresh = RNG.normal(size=(4000 - copies, 1))
        fake = np.concatenate([np.resize(training, (copies, 1)), fresh])
        found = memorised(fake, training, held_out)
        assert abs(found.value - answer) < 5 * found.error


def test_the_distance_of_a_pixel():
    for at, answer in right("Fréchet distance of a pixel"):
        m, s, n, r = ([at[one]] for one in "msnr")
        assert answer == pytest.approx(frechet_gaussian(m, [[s[0] ** 2]], n, [[r[0] ** 2]]))


@pytest.mark.parametrize("n", SAMPLE_SIZES)
def test_two_samples_of_one_distribution_are_apart(n):
    x, y = np.random.default_rng(n).normal(size=(2, 20_000, n))
    apart = (x.mean(1) - y.mean(1)) ** 2 + (x.std(1, ddof=1) - y.std(1, ddof=1)) ** 2
    error = apart.std() / np.sqrt(len(apart))
    assert abs(apart.mean() - distance_of_two_samples(n)) < 5 * error


def test_a_draw_costs_twice_the_error_of_the_mean():
    for at, answer in right("a draw in place of a mean"):
        x, p = np.array([1.0, -1.0]), np.array([at["p"], 1 - at["p"]])
        assert answer == pytest.approx(p @ (x[:, None] - x) ** 2 @ p)
        assert answer == pytest.approx(2 * p @ (x - p @ x) ** 2)


def test_the_cost_of_a_code():
    for at, answer in right("cost of a code"):
        each = [kl_of_normals(m, t, 0, 1) for m, t in zip(at["m"], at["t"], strict=True)]
        assert answer == pytest.approx(sum(each))


def test_two_coins_that_know_each_other():
    for at, answer in right("what two coins say of each other"):
        p = np.array([[1 - at["f"], at["f"]], [at["f"], 1 - at["f"]]]) / 2
        product = (p / p.sum(0)) * (p / p.sum(1, keepdims=True))
        assert answer == pytest.approx((p * np.log(product / p)).sum())


def test_two_steps_are_too_narrow():
    for at, answer in right("two steps"):
        step = euler_map(straight_velocity(gaussian(0, at["s"])), 2)
        assert step(np.array([1.0]))[0] == pytest.approx(answer)


def test_the_way_that_moves_more():
    z = gaussian(0, 1).ppf((np.arange(100_000) + 0.5) / 100_000)
    for at, answer in right("the way that moves more"):
        G = gaussian(at["a"], at["s"]).ppf(gaussian(0, 1).cdf(-z))
        assert np.mean((G - z) ** 2) == pytest.approx(answer, rel=1e-3)


def test_what_the_wrong_mean_prints():
    for at, answer in right("a KL below 0"):
        assert answer == pytest.approx(-kl(gaussian(0, at["s"]), gaussian(0, 1)).value, abs=1e-9)


def test_the_best_D_proves_the_whole_JSD():
    p, q = gaussian(0, 1), gaussian(1.5, 0.7)
    proven = read_formula(EXERCISES["what a loss of D proves"].right, "L")
    assert proven({"L": -C(p, q).value}) == pytest.approx(js(p, q).value, abs=1e-9)
    assert proven({"L": -V(lambda x: -x, p, q).value}) < js(p, q).value


def test_the_other_loss_of_one_D():
    for at, answer in right("the other loss"):
        D = np.exp(-at["g"])
        assert answer == pytest.approx(-np.log1p(-D))
        apart = np.array([D**0.5, D**1.5])  # a D that varies, of the same loss of G
        assert -np.log1p(-apart).mean() > answer


def test_the_penalty_of_enlarged_pictures():
    w = RNG.normal(size=(3, 3))
    for at, answer in right("gamma at another size"):
        r = int(at["r"])
        slopes = np.kron(w, np.ones((r, r))) / r**2  # of a D that is linear in the means
        assert answer * np.sum(slopes**2) == pytest.approx(at["g"] * np.sum(w**2))
