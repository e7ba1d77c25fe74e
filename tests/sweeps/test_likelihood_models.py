"""The record of models with a likelihood, what the chapter tells of it, and how it is measured."""

import numpy as np
import pytest
import torch

from gan_lab.datasets import digits
from gan_lab.sweeps.digit_games import MEASURES, game_scores
from gan_lab.sweeps.likelihood_models import (
    ASIDE,
    BETAS,
    LATENTS,
    SEEDS,
    digit_autoregressive,
    digit_vae,
    importance_bound,
    model_scores,
    neighbours_apart,
    recorded_models,
    slopes,
    vae_pictures,
)
from gan_lab.training.likelihood import as_levels

UNSEEN = as_levels(digits("held out").pixels)
VAES = [f"VAE {beta:g}" for beta in BETAS]


def test_the_record_has_ten_seeds_of_every_model_and_measure():
    assert list(recorded_models()) == ["autoregressive", *VAES]
    for model, found in recorded_models().items():
        assert model not in ("VAE 1", "autoregressive") or set(MEASURES) - set(ASIDE) <= set(found)
        assert all(model_scores(model, name).shape == (SEEDS,) for name in found)
        assert 0 <= min(found["read at p > 0.9"]) and max(found["read at p > 0.9"]) <= 1


def test_what_the_chapter_tells_of_likelihoods_holds_in_all_seeds():
    elbo = model_scores("VAE 1", "fit") - model_scores("VAE 1", "cost")
    bound, exact = model_scores("VAE 1", "bound"), model_scores("autoregressive", "log p")
    assert (elbo < bound).all() and bound.max() < exact.min()
    assert 2.5 < (exact - elbo).min() and (exact - elbo).max() < 5


def test_what_the_chapter_tells_of_slopes_and_sleep_holds_in_all_seeds():
    through, less, score = (
        model_scores("VAE 1", way) for way in ("through z", "score less mean", "score")
    )
    assert (2 * through < less).all() and (10 * less < score).all()
    used = np.array([model_scores(name, "used") for name in VAES])
    assert (np.diff(used, axis=0) <= 0).mean() > 0.9
    assert (used[0] > used[2]).all() and used[2].max() <= LATENTS / 2 and used[-1].max() <= 2
    few, one = (model_scores(name, "read at p > 0.9") for name in ("VAE 0.25", "VAE 1"))
    assert (few < one).all()


def test_what_the_chapter_tells_of_pictures_holds_in_all_seeds():
    gan = {name: game_scores("digits", name) for name in MEASURES if name not in ASIDE}
    assert gan["nearer than held out"].min() > 0.5
    for model, after in (("autoregressive", ""), ("VAE 1", ", drawn"), ("VAE 1", "")):
        others = {name: model_scores(model, name + after) for name in gan}
        assert others["read at p > 0.9"].max() < gan["read at p > 0.9"].min()
        assert others["precision"].max() < gan["precision"].min()
        assert (others["recall"] > gan["recall"]).all() == (model != "VAE 1" or after != "")
    real = neighbours_apart(digits("held out").pixels)
    assert model_scores("VAE 1", "neighbours apart").max() < 0.95 * real


def test_a_short_training_is_on_the_way_to_the_record():
    with torch.no_grad():
        exact = digit_autoregressive(0, steps=300).log_product(UNSEEN).mean().item()
    assert -110 < exact < model_scores("autoregressive", "log p").min()
    vae = digit_vae(0, steps=300)
    pictures, drawn = vae_pictures(vae, 20), vae_pictures(vae, 20, drawn=True)
    assert pictures.shape == drawn.shape == (20, 64) and np.abs(drawn).max() <= 1
    assert neighbours_apart(pictures) < neighbours_apart(drawn)
    torch.manual_seed(0)
    few, many = importance_bound(vae, UNSEEN, 1), importance_bound(vae, UNSEEN, 50)
    assert few < many


def test_three_ways_to_a_slope_have_one_mean():
    torch.manual_seed(0)
    found = slopes(digit_vae(0, steps=200), UNSEEN[:3], draws=4000)
    wanted = found["through z"].mean(0)
    for way, of_draws in found.items():
        error = of_draws.std(0) / np.sqrt(len(of_draws))
        own = found["through z"].std(0) / np.sqrt(len(of_draws))
        assert (np.abs(of_draws.mean(0) - wanted) < 5 * np.hypot(error, own) + 1e-6).all(), way


def test_neighbours_are_apart_by_what_is_between_them():
    stripes = np.tile([-1.0, 1.0], 32).reshape(1, 64)
    assert neighbours_apart(stripes) == pytest.approx(1.0)
    assert neighbours_apart(np.zeros((2, 64))) == 0
