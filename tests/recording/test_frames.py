"""Frames: each curve and number against its definition, computed another way."""

import math

import numpy as np
import pytest
import torch
from scipy.special import expit

from gan_lab import theory
from gan_lab.datasets import bimodal, distribution, drawn, ring
from gan_lab.recording.frames import POINTS, axis, equally_probable, frame_of, unknown
from gan_lab.theory.smooth import Branches
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import PRESETS, Recipe

RECIPE = Recipe(G=(16, 16), D=(16, 16), k=2, m=64, dtype="float64", members=2)


@pytest.fixture(scope="module")
def game() -> Training:
    training = Training(RECIPE, device="cpu")
    for _ in training.play(12):
        pass
    return training


@pytest.fixture(scope="module")
def frame(game):
    return frame_of(game)


@pytest.fixture(scope="module")
def samples(game):
    z = np.random.default_rng(0).normal(size=100_000)
    x = RECIPE.data.mean + RECIPE.data.sd * np.random.default_rng(1).normal(size=z.size)
    return x, game.generator(0)(z)


def test_it_says_when_it_was(frame):
    assert (frame.t, frame.turn) == (12, "G")


def test_shapes(frame):
    assert frame.x.shape == (POINTS,) and frame.z.shape == frame.G_z.shape == (33,)
    for curve in (frame.p_data, frame.p_g, frame.D, frame.D_star):
        assert curve.shape == (POINTS,) and curve.dtype == np.float64
    assert frame.atoms == ()


def test_p_data_is_the_density_of_the_data(frame):
    s = (frame.x - 3.0) / 0.5
    assert np.allclose(frame.p_data, np.exp(-s * s / 2) / (0.5 * math.sqrt(2 * math.pi)), 1e-13)


def test_p_g_has_the_mass_that_samples_of_G_have_between_any_points(game, samples):
    _, fake = samples
    fine = np.linspace(*np.quantile(fake, [0.01, 0.99]), 100_001)
    p_g = frame_of(game, x=fine).p_g
    mass = ((p_g[1:] + p_g[:-1]) / 2 * np.diff(fine)).reshape(20, -1).sum(axis=1)
    share = np.histogram(fake, fine[::5000])[0] / fake.size
    assert np.all(np.abs(share - mass) <= 4 * np.sqrt(mass / fake.size) + 1e-4)
    assert mass.sum() > 0.95


def test_D_is_the_logistic_function_of_torch_own_logit(game, frame):
    assert np.allclose(frame.D, expit(game.logit(frame.x)[0].numpy()), atol=1e-12)


def test_D_star_is_the_ratio_of_proposition_1(frame):
    there = frame.p_data + frame.p_g > 1e-250
    ratio = frame.p_data[there] / (frame.p_data + frame.p_g)[there]
    assert np.allclose(frame.D_star[there], ratio, atol=1e-12)


def test_D_star_is_still_known_where_both_densities_underflow(game):
    far = frame_of(game, x=np.array([-60.0, 3.0, 60.0]))
    assert far.p_data[0] == far.p_g[0] == 0.0
    assert set(far.D_star[[0, 2]]) <= {0.0, 1.0}


def test_D_star_is_nan_where_both_densities_vanish_and_1_where_only_p_g_does():
    # A game that breaks off the data: both laws on intervals, G still at its first weights.
    game = Training(RECIPE.but(latent="uniform"), device="cpu")
    game.p_data = theory.uniform(2.0, 4.0)
    frame = frame_of(game, x=np.array([-50.0, 2.1, 3.9, 50.0]))
    assert np.isnan(frame.D_star[[0, 3]]).all() and np.all(frame.D_star[[1, 2]] == 1.0)


def test_V_is_the_mean_over_samples(game, frame, samples):
    real, fake = (game.discriminator(0)(x) for x in samples)
    terms = -np.logaddexp(0, -real), -np.logaddexp(0, fake)
    error = math.sqrt(sum(v.var() / v.size for v in terms))
    assert abs(frame.V - sum(v.mean() for v in terms)) <= 4 * error


def test_C_and_jsd_satisfy_theorem_1_and_bound_V(frame):
    error = frame.C_error + 2 * frame.jsd_error + 1e-14
    assert abs(frame.C - (2 * frame.jsd - math.log(4))) <= error
    assert frame.V <= frame.C and -math.log(4) <= frame.C
    assert max(frame.V_error, frame.C_error, frame.jsd_error) < 1e-9


def test_jsd_is_the_mean_over_samples(game, frame, samples):
    real, fake = (np.unique(x[:20_000]) for x in samples)
    terms = np.log(frame_of(game, x=real).D_star), np.log1p(-frame_of(game, x=fake).D_star)
    error = math.sqrt(sum(v.var() / v.size for v in terms))
    estimate = (sum(v.mean() for v in terms) + math.log(4)) / 2
    assert abs(frame.jsd - estimate) <= 4 * error


def test_z_are_equally_probable_and_arrows_end_at_G_z(game, frame):
    assert np.allclose(game.p_z.cdf(frame.z), (np.arange(33) + 0.5) / 33, atol=1e-12)
    assert np.allclose(frame.G_z, game.generate(frame.z)[0, :, 0].numpy(), atol=1e-12)
    assert frame_of(game, arrows=5).z.shape == (5,)


def test_losses_are_the_last_ones_of_that_member(game):
    for member in (0, 1):
        frame = frame_of(game, member)
        assert frame.loss_D == game.loss_D[member] and frame.loss_G == game.loss_G[member]
    start = frame_of(Training(RECIPE, device="cpu"))
    assert math.isnan(start.loss_D) and math.isnan(start.loss_G)


def test_another_member_is_another_game(game, frame):
    other = frame_of(game, 1, frame.x)
    assert not np.allclose(frame.p_g, other.p_g) and not np.allclose(frame.D, other.D)


def test_seeing_does_not_move_the_game(game):
    before = (game.t, game.G.flat.clone(), game.D.flat.clone())
    frame_of(game)
    assert game.t == before[0] and (game.G.flat == before[1]).all()
    assert (game.D.flat == before[2]).all()


def test_a_generator_that_is_flat_somewhere_shows_an_atom():
    game = Training(RECIPE.but(activation="relu", G=(1,), members=1), device="cpu")
    frame = frame_of(game)
    assert len(frame.atoms) == 1
    (x, mass), z = frame.atoms[0], np.random.default_rng(0).normal(size=100_000)
    share = float(np.mean(np.isclose(game.generator()(z), x, rtol=0, atol=1e-12)))
    assert abs(share - mass) <= 4 * math.sqrt(mass * (1 - mass) / z.size)


def test_a_smooth_generator_can_be_seen():
    frame = frame_of(Training(RECIPE.but(activation="tanh", members=1), device="cpu"))
    assert frame.V <= frame.C + frame.V_error + frame.C_error and np.isfinite(frame.p_g).all()


@pytest.mark.parametrize(
    "data", [distribution("gamma", 2.0), drawn([0, 1, 2, 4], [0, 2, 0, 1])], ids=repr
)
def test_a_game_for_any_law_of_the_line_can_be_seen(data):
    frame = frame_of(Training(RECIPE.but(data=data, members=1), device="cpu"))
    assert np.allclose(frame.p_data, data.pdf(frame.x))
    assert 0 <= frame.jsd <= math.log(2) and frame.jsd_error < 1e-6
    assert abs(frame.C - (2 * frame.jsd - math.log(4))) <= frame.C_error + 2 * frame.jsd_error


def test_a_coin_for_z_gives_two_atoms_and_a_jsd_of_log_2():
    training = Training(RECIPE.but(latent="bernoulli", members=1), device="cpu")
    frame = frame_of(training, arrows=2)
    ends = np.sort(training.generator()(np.array([0.0, 1.0])))
    assert np.allclose(sorted(x for x, _ in frame.atoms), ends)
    assert [mass for _, mass in frame.atoms] == [0.5, 0.5] and list(frame.z) == [0.0, 1.0]
    assert frame.jsd == pytest.approx(math.log(2), abs=1e-12)


@pytest.mark.parametrize("data", [Recipe().data, bimodal(0.0, 2.0, 0.3)], ids=repr)
def test_the_axis_holds_the_data_and_widens_for_G_up_to_twice(data):
    p = data
    alone, far = axis(p), axis(p, np.full(10, 1e9))
    near = axis(p, np.linspace(alone[0] - 0.3, alone[-1], 100))
    assert p.cdf(alone[0]) <= 5e-4 and p.cdf(alone[-1]) >= 1 - 5e-4
    assert np.allclose(np.diff(alone), alone[1] - alone[0])
    assert alone[0] == far[0] and math.isclose(np.ptp(far), 2 * np.ptp(alone))
    assert near[0] < alone[0] and near[-1] == alone[-1]
    most = np.linspace(alone[0], alone[-1], 92)
    few = np.concatenate([[alone[0] - 5] * 4, most, [alone[-1] + 5] * 4])
    np.testing.assert_array_equal(axis(p, few), alone)  # which are not of the middle 90 %


def test_equally_probable_points_split_the_law():
    z = equally_probable(theory.uniform(-1.0, 1.0), 4)
    assert np.allclose(z, [-0.75, -0.25, 0.25, 0.75])


@pytest.mark.parametrize("factor", [10.0, 50.0, 1e3, 1e6])
@pytest.mark.parametrize("name", ["bimodal", "gaussian"])
def test_a_generator_of_any_steepness_is_seen_and_its_z_are_not_looked_up_for_ever(
    name, factor, monkeypatch
):
    training, asked, inverse = Training(PRESETS[name], device="cpu"), [], Branches.inverse
    monkeypatch.setattr(
        Branches, "inverse", lambda b, piece, x: asked.append(len(piece)) or inverse(b, piece, x)
    )
    with torch.no_grad():
        training.G.flat.mul_(factor)
    frame = frame_of(training)
    assert sum(asked) < 4_000_000
    assert 0 <= frame.jsd <= math.log(2) and -math.log(4) <= frame.C <= 0
    u = (np.arange(20_000) + 0.5) / 20_000
    D, G = training.discriminator(0), training.generator(0)
    real, fake = D(training.p_data.ppf(u)), D(G(training.p_z.ppf(u)))
    V = -np.mean(np.logaddexp(0, -real)) - np.mean(np.logaddexp(0, fake))
    assert abs(frame.V - V) <= frame.V_error + 1e-3 * abs(V)


@pytest.mark.parametrize(
    ("recipe", "words", "match"),
    [
        ({"data": ring()}, {}, "data on the line, and those of this recipe are in the plane"),
        ({}, {"member": 2}, "member must be from 0 to 1, not 2"),
        ({}, {"member": -1}, "member must be from 0 to 1, not -1"),
        ({}, {"arrows": 0}, "arrows must be a whole number from 1 to 10000, not 0"),
        ({}, {"x": [1.0, 1.0]}, "numbers that increase"),
        ({}, {"x": [[1.0, 2.0]]}, "in one row"),
        ({}, {"x": ["a", "b"]}, "x must be an array of numbers"),
        ({}, {"x": [0.0, math.inf]}, "finite"),
    ],
)
def test_what_cannot_be_seen_is_said(recipe, words, match):
    with pytest.raises(ValueError, match=match):
        frame_of(Training(RECIPE.but(**recipe), device="cpu"), **words)


@pytest.mark.parametrize("loss", LOSSES)
def test_of_every_loss_the_generator_is_seen_and_d_where_it_is_a_probability(loss):
    game = Training(RECIPE.but(loss=loss), device="cpu")
    frame, same = frame_of(game), frame_of(Training(RECIPE, device="cpu"))
    assert np.array_equal(frame.p_g, same.p_g) and np.array_equal(frame.outline, same.outline)
    assert frame.jsd == pytest.approx(same.jsd, abs=1e-12)
    for name in ("D", "D_star", "V", "C"):
        assert np.isnan(getattr(frame, name)).all() != LOSSES[loss].labels
    assert (unknown(game.recipe) == "") == LOSSES[loss].labels


def test_of_a_d_that_judges_packs_and_of_a_z_of_several_numbers_the_rest_is_seen():
    packs = frame_of(Training(RECIPE.but(packing=2), device="cpu"))
    assert np.isnan(packs.D).all() and np.isnan(packs.V) and packs.jsd > 0
    game = Training(RECIPE.but(latent_dim=2), device="cpu")
    frame = frame_of(game)
    assert np.array_equal(frame.D, expit(game.discriminator(0)(frame.x))) and frame.outline is None
    for name in ("p_g", "G_z", "D_star", "V", "C", "jsd"):
        assert np.isnan(getattr(frame, name)).all()
