"""What is seen of a game in the plane is what samples of its generator show."""

import numpy as np
import pytest
import torch

from gan_lab.datasets import gaussian, ring, spots
from gan_lab.recording.plane import frame_in_plane, quick_frame, window_of
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe

BROAD = spots([(0, 0), (2, 1)], [0.6, 0.8])
RECIPE = Recipe(
    data=BROAD, latent_dim=2, G=(16, 16), D=(16,), k=1, members=2, dtype="float64", gain=1.0
)


@pytest.fixture(scope="module")
def game() -> Training:
    training = Training(RECIPE, device="cpu")
    for _ in training.play(150):
        pass
    return training


@pytest.mark.parametrize("latent", ["gaussian", "uniform"])
def test_samples_of_G_fall_into_the_cells_as_often_as_the_mesh_says(game, latent):
    if latent == "uniform":
        game = Training(RECIPE.but(latent=latent), device="cpu")
    seen = frame_in_plane(game, 1, cells=10, mesh=800)
    rng, n = np.random.default_rng(0), 100_000
    z = rng.normal(size=(n, 2)) if latent == "gaussian" else rng.uniform(-1, 1, (n, 2))
    x = game.generate(z)[1].numpy()
    share = np.histogram2d(x[:, 0], x[:, 1], [seen.x, seen.y])[0] / n
    error = 5 * np.sqrt(seen.p_g * (1 - seen.p_g) / n) + seen.p_g_error + 2 / n
    assert np.all(np.abs(share - seen.p_g) <= error)


def test_a_trained_game_has_a_jsd_with_its_error(game):
    seen = frame_in_plane(game, cells=60, mesh=800)
    finer = frame_in_plane(game, cells=120, mesh=2400)
    assert seen.jsd is not None and 0 < seen.jsd.value < 0.3
    assert abs(seen.jsd.value - finer.estimate.value) < seen.jsd.error
    assert "JSD is known to about" in seen.words


def test_the_window_holds_the_data():
    for data in (BROAD, ring()):
        low_x, high_x, low_y, high_y = window_of(data)
        mass = data.cells([low_x, high_x], [low_y, high_y])[0, 0]
        assert mass > 0.999 and high_x - low_x == pytest.approx(high_y - low_y)


def test_a_thin_ring_needs_small_cells_and_says_so():
    game = Training(RECIPE.but(data=ring()), device="cpu")
    seen = frame_in_plane(game, cells=20, mesh=200)
    assert seen.jsd is None and "use more of them" in seen.words
    assert "total variation" in seen.words
    fine = frame_in_plane(game, mesh=600)
    assert fine.side <= 0.01 and fine.jsd is not None  # all but disjoint from the data
    assert abs(fine.jsd.value - np.log(2)) < 0.1


@pytest.mark.parametrize(
    ("recipe", "words", "match"),
    [
        ({"data": gaussian()}, {}, "data in the plane"),
        ({"latent_dim": 3}, {}, "z of two numbers, and the latent_dim of this recipe is 3"),
        ({}, {"member": 2}, "member must be from 0 to 1"),
        ({}, {"cells": 1}, "cells"),
        ({}, {"mesh": 1}, "mesh"),
    ],
)
def test_what_cannot_be_seen_is_said(recipe, words, match):
    with pytest.raises(ValueError, match=match):
        frame_in_plane(Training(RECIPE.but(**recipe), device="cpu"), **words)


def test_a_look_has_D_in_the_middles_of_cells_and_the_minibatches_of_the_next_step():
    game = Training(Recipe(data=ring(sd=0.1), latent_dim=2, G=(8,), D=(8,), m=12), "cpu")
    list(game.play(3))
    shown = quick_frame(game, cells=4)
    low_x, high_x, low_y, high_y = shown.window
    side = (high_x - low_x) / 4
    at = [[low_x + 2.5 * side, low_y + 0.5 * side]]
    assert shown.D[0, 2] == pytest.approx(float(torch.sigmoid(game.logit(at))[0, 0]), rel=1e-6)
    real, z = game.minibatches.for_D(game.t, 0)
    np.testing.assert_allclose(shown.fake, game.generate(z)[0].numpy(), rtol=1e-6)
    assert shown.real.shape == (12, 2) and abs(np.hypot(*shown.real.T) - 1).max() < 0.5


def test_a_look_needs_data_in_the_plane():
    with pytest.raises(ValueError, match="a quick frame needs data in the plane"):
        quick_frame(Training(Recipe(G=(2,), D=(2,)), "cpu"))
