"""What the first four chapters ask: their numbers by another way, and what their words rest on."""

from math import comb, erf, sqrt

import numpy as np
import pytest
import torch

from gan_lab.checkers.by_chapter import best_discriminator, intro, the_game
from gan_lab.checkers.by_chapter import what_is_a_generative_model as first
from gan_lab.theory import value_terms
from gan_lab.theory.by_hand import noisy, noisy_samples, of_bells, steps_up
from gan_lab.training import PRESETS, Training


def numbers(compute):
    return np.array(compute().written)


def test_of_widths_and_stretched_noise_by_their_closed_forms():
    sd = np.array(first.WIDTHS)
    np.testing.assert_allclose(
        numbers(first.price_of_a_width), np.log(sd) + 1 / (2 * sd**2) - 0.5, atol=1e-12
    )
    x = np.array(the_game.STRETCHED_AT)
    z, slope = np.where(x < 0, x, x / 2), np.where(x < 0, 1, 2)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi) / slope
    np.testing.assert_allclose(numbers(the_game.stretched_to_the_right), density, rtol=1e-12)


def test_too_narrow_is_a_valley_with_a_third_at_its_bottom():
    x = np.arange(-2, 2.1, 0.5)
    found = numbers(best_discriminator.optimal_where_samples_are_narrow)
    np.testing.assert_allclose(found, 1 / (1 + 2 * np.exp(-1.5 * x**2)), rtol=1e-12)
    assert found.argmin() == 4 and found[4] == pytest.approx(1 / 3)


def test_the_test_needs_59_right_verdicts_and_gets_54():
    right = (1 + erf(0.1 / sqrt(2))) / 2
    assert 0.535 < right < 0.545

    def from_(k, p):
        return sum(comb(100, j) * p**j * (1 - p) ** (100 - j) for j in range(k, 101))

    assert from_(59, 0.5) < 0.05 < from_(58, 0.5)
    assert best_discriminator.power_of_the_test().number == pytest.approx(from_(59, right))


def test_the_arrows_leave_all_samples_where_D_says_a_third():
    x = np.linspace(2.4, 4.6, 12)
    for _ in range(100):
        x = x + steps_up(intro.TWO_HILLS, x)
    data, made = of_bells(noisy(intro.TWO_HILLS)), of_bells(noisy_samples(x))
    D = 1 / (1 + np.exp(made.logpdf(x) - data.logpdf(x)))
    assert (np.abs(D - 1 / 3) < 0.04).all() and (x > 0).all()
    left = np.linspace(-4, -1, 50)
    assert (1 / (1 + np.exp(made.logpdf(left) - data.logpdf(left))) > 0.99).all()


def test_far_off_a_turn_helps_and_near_it_is_as_a_coin(monkeypatch):
    helped = {}
    for turns in (0, 10, 20, 40):
        monkeypatch.setattr(intro, "TURNS", turns)
        helped[turns] = numbers(intro.turns_that_help)
    assert np.median(helped[10]) >= 6.5
    late = (helped[40] - helped[20]).sum() / 220
    assert abs(late - 0.5) < 0.15


def test_in_the_end_the_samples_are_near():
    recipe = PRESETS["turns"].but(k=10, members=11, dtype="float64")
    z = torch.special.ndtri((torch.arange(200, dtype=torch.float64) + 0.5) / 200)[:, None]
    game = Training(recipe, device="cpu")

    def away():
        return (game.generate(z).sort(dim=1).values - (3 + z / 2)).abs().mean((1, 2))

    start = away()
    for _ in game.play(40):
        pass
    assert (away() < start / 3).all()


def test_before_G_is_alone_V_is_near_minus_1_1_and_each_seed_gets_far_below_minus_log_4():
    game = Training(PRESETS["bump"].but(members=10, lr_G=0.01, dtype="float64"), device="cpu")
    for _ in game.play(10):
        pass
    V = [
        value_terms(game.discriminator(i), game.generator(i), game.p_data, game.p_z).V.value
        for i in range(10)
    ]
    assert -1.2 < np.median(V) < -1.0
    assert (numbers(the_game.G_alone) < -4).all()
