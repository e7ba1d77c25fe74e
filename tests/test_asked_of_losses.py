"""What five chapters ask: the numbers of their predictions, and what their words say of them."""

import math

import numpy as np
import pytest

from gan_lab.checkers.by_chapter import (
    convergence,
    divergences,
    family,
    generator_losses,
    supports,
)
from gan_lab.sweeps.collapse import modes_at_the_end
from gan_lab.sweeps.critics import critic_recipe, critics_of, seen
from gan_lab.sweeps.penalties import found
from gan_lab.theory import gaussian, js, kl, mixture, pmf, w1
from gan_lab.theory.fits import best_fits
from gan_lab.theory.generator_losses import GENERATOR_LOSSES
from gan_lab.theory.proofs.moving import GaussianSum, frozen_slope, smooth_motion
from gan_lab.theory.two_numbers import radius
from gan_lab.training.loop import Training


def drawn_instead(chapter, name, i):
    """The middle of a known mistake, and how far it reaches."""
    [asked] = [one for one in chapter.PREDICTIONS if one.name == name]
    low, high = np.array(asked.answers[i].low), np.array(asked.answers[i].high)
    return (low + high) / 2, (high - low) / 2, asked.ends


def slopes_in_d(loss):
    normal = GaussianSum((1.0,), (0.0,), (1.0,))
    moved = (smooth_motion(GaussianSum((1.0,), (float(d),), (1.0,)), False)
             for d in generator_losses.DISTANCES)  # fmt: skip
    return np.array([frozen_slope(GENERATOR_LOSSES[loss], normal, q).value for q in moved])


def test_the_pulls_of_two_losses_add_to_d():
    d = np.array(generator_losses.DISTANCES, dtype=float)
    pull = np.array(generator_losses.pull_of_minimax().written)
    other, most_likely = slopes_in_d("non-saturating"), slopes_in_d("maximum-likelihood")
    assert pull + other == pytest.approx(d, abs=1e-9)
    assert most_likely == pytest.approx(d / 2, abs=1e-9)
    assert 0 < pull.argmax() < len(d) - 1 and pull[-1] < 0.15
    share = np.append(0.5, pull[1:] / d[1:])
    for i, curve in enumerate((other, most_likely, share, pull / 2)):
        middle, reach, ends = drawn_instead(generator_losses, "pull of minimax", i)
        assert (abs(np.clip(curve, *ends) - middle) < reach / 2).all()


def test_minimax_starves_a_G_that_is_far_away_and_the_other_loss_feeds_it():
    starved = np.array(generator_losses.starved_by_minimax().written)
    fed = np.array(generator_losses.starved_by_minimax("non-saturating").written)
    assert (abs(starved - np.median(starved)) < 1).all() and (starved < 1.5).all()
    assert (abs(fed - 4) < 0.5).all()


def test_reverse_kl_jumps_and_the_other_divergences_do_what_the_mistakes_say():
    jumps = np.array(divergences.mean_by_reverse_kl().written)
    a = np.array(divergences.HALF_DISTANCES)
    assert (jumps[a < 2.8] == 0).all() and (abs(jumps - a)[a > 2.81] < 0.05).all()
    for i, name in ((0, "kl"), (2, "js"), (3, "non-saturating")):
        middle, reach, _ = drawn_instead(divergences, "fit by reverse KL", i)
        assert (abs([best_fits(name, at).best.mean for at in a] - middle) < reach / 2).all()
    assert best_fits("reverse-kl", 5).best.value == pytest.approx(math.log(2), abs=1e-4)


def test_the_record_says_what_the_words_say_of_lost_spots():
    lost = {loss: int((modes_at_the_end(loss, "fast") < 8).sum())
            for loss in ("maximum-likelihood", "non-saturating")}  # fmt: skip
    assert 20 < lost["maximum-likelihood"] < 60 and lost["non-saturating"] >= 70
    assert (modes_at_the_end("maximum-likelihood", "slow") == 8).all()
    for game in ("R1", "R2", "R1 + R2"):
        assert found(game, "grid", "modes").min() >= 13


def test_three_modes_of_nine_by_the_divergences_that_are_named():
    p, q = (pmf(range(n), np.full(n, 1 / n)) for n in (9, 3))
    m = mixture([p, q])
    assert kl(q, p).value == pytest.approx(math.log(3))
    assert 2 * kl(m, p).value == pytest.approx(2 * math.log(2) / 3)
    third = (2 / 3 * math.log(2) + math.log(3 / 2) + math.log(1 / 2) / 3) / 2
    assert js(p, q).value == pytest.approx(third)


def test_the_jsd_of_two_boxes_is_theta_log_2_until_they_part():
    wanted = np.minimum(supports.SHIFTS, 1) * math.log(2)
    assert supports.jsd_of_two_boxes().written == pytest.approx(wanted, abs=1e-9)


def test_eight_critics_begin_below_0_and_no_critic_turns_round():
    game = Training(critic_recipe("one bump", "penalty 10"), device="cpu")
    game.G.flat.detach().zero_()
    began, ended = seen(game).value, critics_of("one bump", "penalty 10").value
    assert (began < 0).sum() == 8 and (abs(began) < 0.3).all()
    assert (np.sign(began) == np.sign(ended)).all()


def test_the_numbers_of_three_points():
    x, y = np.array([0.0, 1.0, 9.0]), np.array([2.0, 4.0, 6.0])
    third = np.full(3, 1 / 3)
    assert w1(pmf(x, third), pmf(y, third)).value == pytest.approx(8 / 3)
    assert abs(x[:, None] - y).mean() == pytest.approx(4)
    critic = lambda at: np.interp(at, [0, 4, 6, 9], [0, -4, -4, -1])  # noqa: E731
    assert critic(x).mean() - critic(y).mean() == pytest.approx(8 / 3)


def test_the_best_slope_under_a_penalty():
    s = np.linspace(0, 4, 400_001)
    for d, c in ((0.7, 1.7), (1.3, 0.6)):
        gain = s * d - c * (s - 1) ** 2
        assert s[gain.argmax()] == pytest.approx(1 + d / (2 * c), abs=1e-4)
        assert gain.max() == pytest.approx(d + d * d / (4 * c))


def test_simultaneous_steps_lead_out():
    steps = np.arange(0, 401, 50)
    assert convergence.distances_at_once().written == pytest.approx(1.01 ** (steps / 2))
    for h in (0.3, 0.9, 1.7):
        grown = radius("minimax", h=h, alternating=False)
        assert grown == pytest.approx(math.sqrt(1 + h * h / 4))


def test_a_raised_critic_earns_what_its_words_say_and_never_more_than_a_half():
    s = np.array(family.CONSTANTS)
    earned = np.array(family.raised_critics().written)
    assert earned == pytest.approx(1.5 + s - np.exp(s), abs=1e-9)
    assert earned.max() <= 0.5 + 1e-12
    assert kl(gaussian(0, 1), gaussian(1, 1)).value == pytest.approx(0.5)


def test_another_conjugate_is_the_largest_value():
    u = np.linspace(1e-6, 20, 2_000_001)
    for t in (0.3, 1.1, 1.9):
        values = u * t - (u * np.log(u) - u + 1)
        assert values.max() == pytest.approx(math.exp(t) - 1, abs=1e-6)
