"""What readers predict in five chapters: the numbers, against another way to each of them."""

import numpy as np
import pytest
from scipy.special import log_expit

from gan_lab.checkers.by_chapter import figure_1, lab, many_gans, training_loop
from gan_lab.checkers.by_chapter import what_the_generator_minimises as minimises
from gan_lab.sweeps.many_seeds import recorded_seeds
from gan_lab.theory import C, V, gaussian

LOG_4 = np.log(4)
PREDICTIONS = {
    one.name: one
    for chapter in (minimises, figure_1, training_loop, many_gans, lab)
    for one in chapter.PREDICTIONS
}


@pytest.fixture(scope="module")
def found():
    return {name: one.compute() for name, one in PREDICTIONS.items()}


@pytest.mark.parametrize("name", PREDICTIONS)
def test_every_known_mistake_is_a_mistake(name, found):
    one = PREDICTIONS[name]
    right = found[name].written if one.places else found[name].number
    assert one.verdict_on(right, found[name])
    for answer in one.answers:
        lows, highs = (
            np.broadcast_to(end, len(one.places) or 1).clip(*one.ends)
            for end in (answer.low, answer.high)
        )
        given = (lows + highs) / 2
        verdict = one.verdict_on(given.tolist() if one.places else float(given[0]), found[name])
        assert not verdict and verdict.words.startswith("Not as you said. That would mean")


def test_the_mistaken_curves_are_those_of_the_right_quantities(found):
    jsd = found["JSD against distance"].written
    assert minimises.JSD == pytest.approx(jsd, abs=6e-4)
    z = np.array(figure_1.AT)
    assert figure_1.NOISE == pytest.approx(gaussian(0, 1).pdf(z), abs=6e-4)
    at_z = gaussian(0, 1).pdf(np.where(z < 0, z, z / figure_1.SLOPE))
    assert figure_1.AS_HIGH == pytest.approx(at_z, abs=6e-4)


def test_jsd_is_half_of_C_and_log_4(found):
    values = [(C(gaussian(0, 1), gaussian(m, 1)).value + LOG_4) / 2 for m in minimises.DISTANCES]
    assert found["JSD against distance"].written == pytest.approx(values, abs=1e-10)


def V_hat(theta, a, t):
    """V on the minibatches of D's step at t, in each game."""
    data = minimises.draws(minimises.Domain.DATA_FOR_D, t)
    fake = theta[:, None] + minimises.draws(minimises.Domain.NOISE_FOR_D, t)
    of_data = log_expit(minimises.logit(data, a[:, None]))
    return (of_data + log_expit(-minimises.logit(fake, a[:, None]))).mean(1)


def test_the_slopes_on_the_way_are_those_of_V_on_the_minibatch():
    theta, a, h = np.linspace(-1, 2, 10), np.linspace(-0.5, 1, 10), 1e-5
    by_difference = (V_hat(theta, a + h, 3) - V_hat(theta, a - h, 3)) / (2 * h)
    assert minimises.slope_of_D(theta, a, 3) == pytest.approx(by_difference, abs=1e-8)
    many = minimises.slope_of_G(theta, a, 3)
    exact = [(value(t + h, s) - value(t - h, s)) / (2 * h) for t, s in zip(theta, a, strict=True)]
    assert many == pytest.approx(exact, abs=5 * 0.5 / np.sqrt(minimises.DRAWS))


def value(theta, a):
    data, fake = gaussian(0, 1), gaussian(theta, 1)
    return V(lambda x: minimises.logit(x, a), data, fake).value


def test_V_on_the_way_begins_and_ends_at_minus_log_4_and_rises_between(found):
    way = found["V on the way"].written
    assert way[0] == pytest.approx(-LOG_4, abs=1e-9)
    assert way[-1] == pytest.approx(-LOG_4, abs=0.01)
    assert max(way) > -LOG_4 + 0.1 and min(way) > -LOG_4 - 0.01


def test_a_density_is_divided_by_the_slope(found):
    x = np.array(figure_1.AT)
    stretched = gaussian(0, figure_1.SLOPE).pdf(x)
    by_hand = np.where(x < 0, gaussian(0, 1).pdf(x), stretched)
    assert found["density beside a kink"].written == pytest.approx(by_hand.tolist(), abs=1e-12)


def test_the_loss_of_D_falls_and_rises_to_log_4(found):
    loss = found["loss of D over time"].written
    low = int(np.argmin(loss))
    assert 0 < low < len(loss) - 1 and loss[low] < 1.2 < loss[0]
    assert loss[-1] == pytest.approx(LOG_4, abs=0.02)


def test_what_was_learned_by_heart_is_worth_less_than_a_coin(found):
    """In nine of ten seeds at least, as the setting and the known mistakes say."""
    of_seeds = np.array(found["V on all data"].written)
    assert (of_seeds < -LOG_4).sum() >= 9
    best = C(gaussian(0, 1), gaussian(0.5, 1)).value
    assert round(best, 2) == -1.33


def test_the_two_medians_are_those_of_the_setting():
    medians = [np.median(recorded_seeds(name)) for name in many_gans.PENALTIES]
    assert [f"{m:.3f}" for m in medians] == ["0.075", "0.060"]
    assert all(f"{m:.3f}" in PREDICTIONS["the wrong order"].setting for m in medians)


@pytest.mark.parametrize("n", [1, 5, 9])
def test_a_wrong_order_is_as_frequent_as_in_experiments(n):
    low, high = sorted(map(recorded_seeds, many_gans.PENALTIES), key=np.median)
    rng = np.random.default_rng(0)
    of_low, of_high = (np.median(rng.choice(x, (40_000, n)), 1) for x in (low, high))
    share = many_gans.wrong_order(low, high, n)
    error = np.sqrt(share * (1 - share) / 40_000)
    assert np.mean(of_low >= of_high) == pytest.approx(share, abs=5 * error)


def test_medians_of_five_by_hand():
    """Two equal draws are in no order, and count as wrong, as the chapter counts them."""
    assert many_gans.wrong_order(np.array([0.0]), np.array([1.0]), 5) == 0
    assert many_gans.wrong_order(np.array([1.0]), np.array([1.0]), 5) == pytest.approx(1)
    assert many_gans.wrong_order(np.array([0.0, 2.0]), np.array([1.0]), 3) == pytest.approx(0.5)


def test_two_points_share_nothing_with_a_density(found):
    assert found["noise of two values"].written == pytest.approx([np.log(2)] * 10, abs=1e-9)
