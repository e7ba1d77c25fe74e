"""A smooth G on the page, held against the exact push-forward: no error is understated."""

import math

import numpy as np
import pytest
import torch
from test_sight import LINE, near, played, seen

from gan_lab.datasets import bimodal, distribution, drawn, gaussian
from gan_lab.recording.frames import frame_of

LAPLACE, TENT = distribution("laplace", loc=1.0, scale=0.5), drawn([0, 1, 2], [0, 2, 0])
DATA = (gaussian(3, 0.5), bimodal(), LAPLACE, TENT)
GAINS = (0.05, 0.6, 1.0, 2.0, 4.0, 8.0)  # from nearly constant to folded, steep and saturated
TRAINED = {
    "one bump, SiLU": (LINE.but(activation="silu", G=(24, 24), k=4), 60),
    "one bump, tanh": (LINE.but(activation="tanh", k=4), 60),
    "two bumps, tanh": (
        LINE.but(
            activation="tanh",
            data=bimodal(),
            G=(16, 16, 16),
            gain=1.0,
            k=4,
            lr_D=6e-3,
            lr_G=3e-3,
            r1=0.001,
            r2=0.001,
        ),
        150,
    ),
    "two bumps, SiLU": (LINE.but(activation="silu", data=bimodal(), k=4, lr_G=3e-3), 150),
    "uniform z": (LINE.but(activation="silu", latent="uniform", data=bimodal()), 60),
}


def random_games():
    """Games that nobody has trained: every gain, both activations and both laws of z."""
    for i, gain in enumerate(GAINS):
        for j, activation in enumerate(("tanh", "silu")):
            for k, latent in enumerate(("gaussian", "uniform")):
                for seed, widths in enumerate(((16, 16), (8, 8, 8))):
                    yield LINE.but(
                        G=widths,
                        gain=gain,
                        activation=activation,
                        latent=latent,
                        seed=seed,
                        data=DATA[(i + j + k + seed) % len(DATA)],
                        dtype="float64",
                    )


def held(page, frame, name):
    """Every integral of the page is as near to Python's as it says, and within its bounds."""
    for value in ("V", "C", "jsd"):
        gap, error = abs(page[value] - getattr(frame, value)), page[f"{value}_error"]
        assert gap <= error + getattr(frame, f"{value}_error"), (name, value, gap, error)
    assert page["jsd_error"] <= 1e-6 and page["C_error"] <= 2e-6, name
    assert page["V_error"] <= 1e-3, name
    within_bounds(page, name)


def within_bounds(page, name):
    assert 0 <= page["jsd"] <= math.log(2) and -math.log(4) <= page["C"] <= 0, name
    off = abs(page["C"] - 2 * page["jsd"] + math.log(4))
    assert off <= page["C_error"] + 2 * page["jsd_error"], name
    for value in ("V", "C", "jsd"):
        assert page[f"{value}_error"] >= 0, (name, value)  # so that none is nan


def near_away_from_folds(page, frame, folds, name):
    """p_g to 1e-6 of itself, except where the density has a pole nearby."""
    p, q = np.asarray(page["p_g"], dtype=float), frame.p_g
    step = frame.x[1] - frame.x[0]
    far = np.abs(frame.x[:, None] - folds).min(axis=1, initial=np.inf) > step
    here = far & (q > 1e-12 * q.max(initial=0))
    assert np.all(np.abs(p - q)[here] <= 1e-6 * q[here]), (name, np.nanmax(np.abs(p / q - 1)[here]))
    np.testing.assert_array_equal(p[far] > 0, q[far] > 0, err_msg=name)


def ends_of(game):
    """Where p_g is not smooth: the images of G's folds, and of the ends of p_z."""
    z = np.linspace(-9, 9, 20_001) if game.recipe.latent == "gaussian" else np.linspace(-1, 1, 4001)
    x = game.generator(0)(z)
    turns = 1 + np.nonzero(np.diff(np.sign(np.diff(x))))[0]
    return x[np.union1d(turns, [0, len(x) - 1])]


@pytest.mark.parametrize("gain", GAINS)
def test_an_untrained_smooth_G_is_seen_to_the_error_that_is_stated(ask, gain):
    games = [played(recipe, 0) for recipe in random_games() if recipe.gain == gain]
    assert len(games) == 8
    for game, page in zip(games, seen(ask, games), strict=True):
        frame, name = frame_of(game), repr(game.recipe)
        held(page, frame, name)
        near_away_from_folds(page, frame, ends_of(game), name)


@pytest.mark.parametrize("name", TRAINED)
def test_a_trained_smooth_G_is_seen_to_the_error_that_is_stated(ask, name):
    recipe, iterations = TRAINED[name]
    game = played(recipe, iterations)
    (page,), frame = seen(ask, [game]), frame_of(game)
    held(page, frame, name)
    near_away_from_folds(page, frame, ends_of(game), name)
    for curve in ("x", "G_z"):
        near(page[curve], getattr(frame, curve), f"{name}: {curve}", 1e-9)
    near(page["D"], frame.D, f"{name}: D", 1e-6)
    near(page["D_star"], frame.D_star, f"{name}: D*", 1e-5)


@pytest.mark.parametrize("layer", [0, 1, -1])
def test_a_G_too_steep_to_be_followed_says_so(ask, layer):
    game = played(*TRAINED["one bump, tanh"])
    with torch.no_grad():
        game.G.weights[layer].mul_(1000)
    (page,), frame = seen(ask, [game]), frame_of(game)
    within_bounds(page, layer)
    for value in ("V", "jsd"):
        gap = abs(page[value] - getattr(frame, value))
        assert gap <= page[f"{value}_error"] + getattr(frame, f"{value}_error"), value


def test_p_g_is_as_smooth_as_the_network(ask):
    """Between neighbouring points of a fine axis it bends as the exact one does."""
    game = played(*TRAINED["two bumps, tanh"])
    x = np.linspace(*np.quantile(game.generator(0)(np.linspace(-2, 2, 401)), [0.05, 0.95]), 2001)
    (page,) = seen(ask, [game], x=x.tolist())
    bend, exact = (np.diff(p, 2) for p in (np.asarray(page["p_g"]), frame_of(game, x=x).p_g))
    inside = np.abs(x[1:-1, None] - ends_of(game)).min(axis=1) > 10 * (x[1] - x[0])
    assert inside.mean() > 0.8
    assert np.abs(bend - exact)[inside].max() <= 1e-3 * np.abs(exact[inside]).max()


@pytest.mark.parametrize("of_G", ["tanh", "silu"])
def test_a_D_with_kinks_judges_a_smooth_G(ask, of_G):
    game = played(LINE.but(activation="leaky_relu"), 30)
    game.G = played(LINE.but(activation=of_G), 30).G
    (page,), frame = seen(ask, [game]), frame_of(game)
    held(page, frame, of_G)


def test_a_smooth_G_of_two_z_makes_two_atoms(ask):
    game = played(LINE.but(latent="bernoulli", activation="tanh"), 30)
    (page,) = seen(ask, [game])
    x = np.sort(game.generator(0)(np.array([0.0, 1.0])))
    near([atom["x"] for atom in page["atoms"]], x, "atoms", 1e-12)
    assert [atom["mass"] for atom in page["atoms"]] == [0.5, 0.5]
    assert abs(page["jsd"] - math.log(2)) <= page["jsd_error"] + 1e-12


def test_a_constant_G_is_one_atom(ask):
    game = played(LINE.but(activation="silu"), 0)
    with torch.no_grad():
        game.G.weights[-1].zero_()
    (page,) = seen(ask, [game])
    (atom,) = page["atoms"]
    assert atom["mass"] == pytest.approx(1, abs=1e-12)
    assert abs(page["jsd"] - math.log(2)) <= page["jsd_error"] < 1e-6
    within_bounds(page, "constant")


@pytest.mark.parametrize("factor", [1e3, 1e12, 1e100, 1e300])
@pytest.mark.parametrize("activation", ["tanh", "silu"])
def test_a_G_after_divergence_keeps_every_bound(ask, factor, activation):
    for layer in (0, -1):
        game = played(LINE.but(activation=activation, dtype="float64"), 0)
        with torch.no_grad():
            game.G.weights[layer].mul_(factor)
        (page,) = seen(ask, [game])
        within_bounds(page, (factor, layer))
