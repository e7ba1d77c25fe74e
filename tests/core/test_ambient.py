"""What a notebook has set in torch changes no run, raises nothing, and is as it was afterwards."""

import copy
from contextlib import contextmanager
from functools import cache

import numpy as np
import pytest
import torch
from small_games import after

from gan_lab.datasets import distribution, drawn, gaussian_mixture, moons, ring
from gan_lab.recording.frames import frame_of
from gan_lab.recording.recording import record
from gan_lab.sweeps.grid import sweep
from gan_lab.training.jacobian import gradient_norm, next_gradient_norm, spectrum
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable

LITTLE = Recipe(G=(6,), D=(6,), m=8, k=2, iterations=8, seed=4)
RECIPES = {
    "two members": LITTLE.but(members=2, lr_D=[1e-3, 1e-2], gain=[0.5, 1.0], ema=0.9),
    "a mixture": LITTLE.but(
        data=gaussian_mixture([-1, 1], [0.3, 0.4], [1, 2]), activation="tanh", gp=0.1
    ),
    "a law": LITTLE.but(
        data=distribution("gamma", 2), optimizer="rmsprop", loss="hinge", unrolled=2
    ),
    "drawn": LITTLE.but(data=drawn([0, 1, 3], [0, 1, 0]), latent="uniform", clip=0.3, packing=2),
    "a ring": LITTLE.but(data=ring(), latent_dim=3, loss="wasserstein", gp=1.0, optimizer="sgd"),
    "moons": LITTLE.but(data=moons(), latent="bernoulli", spectral=True, instance_noise=0.3),
    "float64": LITTLE.but(dtype="float64", activation="silu", loss="relativistic"),
}


@contextmanager
def kept(get, put, value):
    before = get()
    put(value)
    try:
        yield
        assert get() == value, "what the caller has set must stay"
    finally:
        put(before)


SETTINGS = {
    "float64 by default": lambda: kept(
        torch.get_default_dtype, torch.set_default_dtype, torch.float64
    ),
    "bfloat16 by default": lambda: kept(
        torch.get_default_dtype, torch.set_default_dtype, torch.bfloat16
    ),
    "another device by default": lambda: torch.device("meta"),
    "no gradients": torch.no_grad,
    "gradients switched off": lambda: kept(torch.is_grad_enabled, torch.set_grad_enabled, False),
    "inference mode": torch.inference_mode,
    "autocast": lambda: torch.autocast("cpu", dtype=torch.bfloat16),
    "deterministic": lambda: kept(
        torch.are_deterministic_algorithms_enabled, torch.use_deterministic_algorithms, True
    ),
    "two threads": lambda: kept(torch.get_num_threads, torch.set_num_threads, 2),
    "bfloat16 products": lambda: kept(
        torch.get_float32_matmul_precision, torch.set_float32_matmul_precision, "medium"
    ),
}


def bits(game) -> list[np.ndarray]:
    tensors = [game.G.flat, game.D.flat, game.loss_D, game.loss_G]
    tensors += [game.average.flat] if game.average else []
    z = np.linspace(-1, 1, 5 * game.recipe.latent_dim).reshape(5, -1)
    return [t.detach().numpy() for t in (*tensors, game.generate(z))]


def story(recipe: Recipe) -> list[np.ndarray]:
    """A game that is begun, copied, changed, looked at line by line and taken back."""
    game = after(Training(recipe, "cpu"), 2)
    other = copy.deepcopy(game)
    game.change(lr_G=5e-3)
    list(game.lines(2))
    back = after(Rewindable(recipe, "cpu", keep=2), 3)
    back.back(4)
    after(back, 1)
    return [*bits(game), *bits(after(other, 1)), *bits(back)]


@cache
def as_usual(name: str) -> list[np.ndarray]:
    return story(RECIPES[name])


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("name", RECIPES)
def test_what_is_set_in_torch_changes_no_game(name, setting):
    here = as_usual(name)
    with SETTINGS[setting]():
        there = story(RECIPES[name])
    for one, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(one, other)


def seen():
    small = LITTLE.but(G=(4,), D=(4,), r1=0.1)
    game = after(Training(small, "cpu"), 2)
    frame, found = frame_of(game), spectrum(game, minibatches=2)
    swept = sweep(small, seeds=2, compiled=False, device="cpu").of("jsd")
    return [
        frame.p_g,
        frame.D,
        frame.jsd,
        gradient_norm(game).value,
        next_gradient_norm(game),
        found.eigenvalues,
        swept,
        record(Training(small, "cpu"), 3).jsd,
    ]


@cache
def seen_as_usual() -> list:
    return seen()


@pytest.mark.parametrize("setting", SETTINGS)
def test_what_is_set_in_torch_changes_nothing_that_is_seen_of_a_game(setting):
    here = seen_as_usual()
    with SETTINGS[setting]():
        there = seen()
    for one, other in zip(here, there, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("setting", ["no gradients", "inference mode"])
def test_a_game_goes_on_after_what_it_was_made_in(setting):
    recipe = RECIPES["two members"]
    with SETTINGS[setting]():
        game = after(Training(recipe, "cpu"), 1)
        other = copy.deepcopy(game)
    for one, two in zip(bits(after(game, 2)), bits(after(other, 2)), strict=True):
        np.testing.assert_array_equal(one, two)
    for one, two in zip(bits(game), bits(after(Training(recipe, "cpu"), 3)), strict=True):
        np.testing.assert_array_equal(one, two)
