"""The trainer in the page and the one in Python play the same games.

The same recipe gives the same first weights and minibatches, bit for bit where no sine is needed;
after 100 iterations in float64 losses, gradients and weights agree to 1e-9.
"""

import copy
import json
import math
import subprocess
from itertools import product

import numpy as np
import pytest
import torch
from in_node import play

from gan_lab import datasets
from gan_lab.datasets import images
from gan_lab.datasets.minibatches import Minibatches
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.optimizers import OPTIMIZERS
from gan_lab.training.recipe import Recipe
from gan_lab.widgets import bundle

TWO_SPOTS = datasets.spots([[0, 0], [1, 2]], [0.3, 0.5])
PLAIN = Recipe(r1=0.0, r2=0.0, dtype="float64")
PLANE = PLAIN.but(
    data=TWO_SPOTS, latent_dim=2, G=(6,), D=(6, 5), m=8, k=1, beta1=0.5, lr_D=1e-3, lr_G=1e-3
)
LINE = PLAIN.but(data=datasets.bimodal(), G=(7,), D=(5, 6), m=9, k=2, lr_D=2e-3, lr_G=1e-3)

PENALTIES = {"none": {}, "r1": {"r1": 0.3}, "r2": {"r2": 0.3}, "gp": {"gp": 0.5}}
DESCENTS = {
    "sgd": {"optimizer": "sgd"},
    "momentum": {"optimizer": "sgd", "momentum": 0.8},
    "rmsprop": {"optimizer": "rmsprop", "momentum": 0.3},
    "adam": {"optimizer": "adam"},
}
assert {settings["optimizer"] for settings in DESCENTS.values()} == set(OPTIMIZERS)
ACTIVATIONS = ("tanh", "silu", "leaky_relu", "relu")
GRID = {
    (loss, penalty): PLANE.but(
        loss=loss,
        activation=ACTIVATIONS[(i + 2 * j) % 4],
        seed=i,
        **PENALTIES[penalty],
        **list(DESCENTS.values())[(i + j) % 4],
    )
    for (i, loss), (j, penalty) in product(enumerate(LOSSES), enumerate(PENALTIES))
}
"""Every loss with every penalty; each of both meets every optimizer, and that every activation."""

OTHERS = {
    "line": LINE,
    "all penalties": LINE.but(r1=0.1, r2=0.2, gp=0.3, activation="tanh"),
    "data and between": PLANE.but(r1=0.1, gp=0.3, activation="silu"),
    "no hidden layers": PLANE.but(G=(), D=(), r1=0.2, loss="wasserstein", gp=0.1),
    "clip": LINE.but(loss="wasserstein", clip=0.05, optimizer="rmsprop", m=8),
    "spectral": PLANE.but(loss="hinge", spectral=True, D=(9, 4)),
    "spectral wide": LINE.but(loss="wasserstein", spectral=True, D=(12, 12), m=8, gp=0.1),
    "smoothing": LINE.but(loss="minimax", smoothing=0.2),
    "instance noise": PLANE.but(instance_noise=0.3, iterations=70, gp=0.1),
    "instance noise of pairs": LINE.but(instance_noise=0.3, loss="relativistic"),
    "cosine to the end": LINE.but(schedule="cosine", iterations=60),
    "constant": LINE.but(schedule="constant"),
    "ema": LINE.but(ema=0.9),
    "as they are": LINE.but(standardise=False, data=datasets.gaussian(-2.0, 0.4)),
    "a training set": LINE.but(n=7),
    "a training set in the plane": PLANE.but(n=30, data=datasets.moons(), loss="relativistic"),
    "uniform": LINE.but(latent="uniform", latent_dim=3),
    "bernoulli": LINE.but(latent="bernoulli", latent_dim=5),
    "k": LINE.but(k=7, m=3),
    "steps of G": LINE.but(k=2, k_G=3, optimizer="sgd", lr_D=0.05, optimizer_G="adam"),
    "two optimizers": PLANE.but(optimizer_G="rmsprop", momentum=0.2, k_G=2, gp=0.1),
    "deep": LINE.but(G=(5, 4, 3), D=(9, 8, 7, 1), m=1, r1=0.1, activation="tanh"),
    "law": LINE.but(data=datasets.distribution("laplace", loc=1.0, scale=2.0)),
    "drawn": LINE.but(data=datasets.drawn([0.0, 1.0, 3.0], [0.0, 1.0, 0.2])),
    **{
        kind: PLANE.but(data=make(), k=2)
        for kind, make in datasets.KINDS.items()
        if kind not in ("law", "drawn", "mixture", "spots", "dots", *images.KINDS)
    },
    "dots": PLANE.but(data=datasets.dots([[0, 0], [1, 1], [1, 2]])),
}


def watched(recipe):
    """A Python game and the last gradient that each player's optimizer was given."""
    game, seen = Training(recipe, device="cpu"), {}
    for name in "GD":
        optimizer = getattr(game, f"optimizer_{name}")
        step = optimizer.step

        def noted(gradient, rate, name=name, step=step):
            seen[name] = gradient[0].numpy().copy()
            return step(gradient, rate)

        optimizer.step = noted
    return game, seen


def iterate(game, n):
    for _ in game.play(n):
        pass


def flat(player):
    return player.flat.detach()[0].double().numpy()


def apart(ours, theirs):
    """The largest difference as a share of the largest number."""
    theirs = np.asarray(theirs, dtype=float)
    assert np.shape(ours) == theirs.shape and np.all(np.isfinite(ours))
    return np.max(np.abs(ours - theirs)) / np.max(np.abs(theirs))


def check(job, game, seen, bound):
    assert (job["t"], job["turn"], job["stopped"]) == (game.t, game.turn, game.stopped)
    for name in "GD":
        assert apart(job[name], flat(getattr(game, name))) < bound, name
        assert apart(job[f"gradient_{name}"], seen[name]) < bound, name
        loss = getattr(game, f"loss_{name}").item()
        assert abs(job[f"loss_{name}"] - loss) < bound * max(1.0, abs(loss)), name
    norm = np.linalg.norm(seen["G"])
    assert job["gradientNormG"] == pytest.approx(norm, rel=bound)


@pytest.fixture(scope="module")
def node_plays(node, tmp_path_factory):
    def plays(jobs):
        return play(node, tmp_path_factory.mktemp("games"), jobs)

    return plays


@pytest.fixture(scope="module")
def hundred(node_plays):
    """Every game of the two tables after 100 iterations in Node, by its name."""
    games = GRID | OTHERS
    jobs = node_plays([(recipe, [["play", 100]]) for recipe in games.values()])
    return dict(zip(games, jobs, strict=True))


@pytest.mark.parametrize("loss", LOSSES)
def test_after_100_iterations_a_loss_with_every_penalty(hundred, loss):
    for penalty in PENALTIES:
        game, seen = watched(GRID[loss, penalty])
        iterate(game, 100)
        check(hundred[loss, penalty], game, seen, 1e-9)


@pytest.mark.parametrize("name", OTHERS)
def test_after_100_iterations_every_other_field(hundred, name):
    game, seen = watched(OTHERS[name])
    iterate(game, 100)
    check(hundred[name], game, seen, 1e-9)
    if game.average is not None:
        assert apart(hundred[name]["average"], flat(game.average)) < 1e-9


def bits(values):
    return np.asarray(values, dtype=float).view(np.int64)


SMALL_GAMES = {
    "default": Recipe(),
    "float64": LINE,
    "silu": PLANE.but(activation="silu", gain=1.3),
    "large seed": LINE.but(seed=2**53 - 1, dtype="float32"),
    "latent": PLANE.but(latent="uniform", latent_dim=7, dtype="float32"),
}


@pytest.mark.parametrize("name", SMALL_GAMES)
def test_first_weights_are_the_same_bits(node_plays, name):
    recipe = SMALL_GAMES[name]
    (job,) = node_plays([(recipe, [])])
    game = Training(recipe, device="cpu")
    for player in "GD":
        np.testing.assert_array_equal(bits(job[player]), bits(flat(getattr(game, player))))


def drawn_in_python(recipe, iterations):
    """All minibatches that the lines of so many iterations sample, in D's units."""
    game = Training(recipe, device="cpu")
    batches = Minibatches(recipe, game.stream, *Training.units(recipe), True)
    found = []
    for t in range(iterations):
        for step in range(recipe.k):
            real, z = batches.for_D(t, step)
            found += [z, real]
        found.append(batches.for_G(t)[1])
    return game, [x[0].double().numpy().ravel() for x in found]


def drawn_in_node(job):
    return [
        line["x" if "data" in line["name"] else "z"]
        for line in job["found"][0]
        if line["name"].startswith("sample")
    ]


ON_THE_LINE = {
    "gaussian": datasets.gaussian(3.0, 0.5),
    "bimodal": datasets.bimodal(0.0, 2.0, 0.3),
    "three": datasets.gaussian_mixture([1, 2, -3], [0.1, 1, 3], [1, 2, 3]),
    "drawn": datasets.drawn([0, 1, 2, 4, 5], [0, 1, 0, 0, 3]),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("latent", ["gaussian", "uniform", "bernoulli"])
@pytest.mark.parametrize("name", ON_THE_LINE)
def test_minibatches_on_the_line_are_the_same_bits(node_plays, name, latent, dtype):
    recipe = LINE.but(
        data=ON_THE_LINE[name], latent=latent, dtype=dtype, m=33, standardise=False, seed=4
    )
    (job,) = node_plays([(recipe, [["lines", 3]])])
    _, theirs = drawn_in_python(recipe, 3)
    ours = drawn_in_node(job)
    assert len(ours) == len(theirs) == 15
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(bits(a), bits(b))


@pytest.mark.parametrize("name", ON_THE_LINE)
def test_a_training_set_is_the_same_bits(node_plays, name):
    recipe = LINE.but(data=ON_THE_LINE[name], n=11, m=33, standardise=False, seed=4)
    (job,) = node_plays([(recipe, [["lines", 3]])])
    _, theirs = drawn_in_python(recipe, 3)
    for a, b in zip(drawn_in_node(job), theirs, strict=True):
        np.testing.assert_array_equal(bits(a), bits(b))


OTHER_DATA = {
    "cauchy": datasets.distribution("cauchy"),
    "gumbel_r": datasets.distribution("gumbel_r", loc=1, scale=0.1),
    "logistic": datasets.distribution("logistic", loc=-3),
    "expon": datasets.distribution("expon"),
    "ring": datasets.ring(),
    "grid": datasets.grid(),
    "spots": TWO_SPOTS,
    "dots": datasets.dots([[0, 0], [1, 1], [1, 2]]),
    "moons": datasets.moons(),
    "spiral": datasets.spiral(),
    "five arms": datasets.spiral(2.5, 5),
    "swiss_roll": datasets.swiss_roll(),
    "two_rings": datasets.two_rings(),
}


@pytest.mark.parametrize("standardise", [True, False])
@pytest.mark.parametrize("name", [*OTHER_DATA, *ON_THE_LINE])
def test_minibatches_agree_to_the_last_digits_whatever_the_data(node_plays, name, standardise):
    recipe = LINE.but(data=(OTHER_DATA | ON_THE_LINE)[name], m=33, standardise=standardise)
    (job,) = node_plays([(recipe, [["lines", 2]])])
    game, theirs = drawn_in_python(recipe, 2)
    center, scale = np.atleast_1d(np.asarray(game.center)), game.scale
    for line, b in zip(
        [line for line in job["found"][0] if line["name"].startswith("sample")], theirs, strict=True
    ):
        if "data" in line["name"]:
            b = (center + scale * b.reshape(-1, recipe.data.dim)).ravel()
            np.testing.assert_allclose(line["x"], b, rtol=1e-12, atol=1e-12)
        else:
            np.testing.assert_array_equal(bits(line["z"]), bits(b))


FLOAT32 = [
    recipe.but(dtype="float32", G=(24, 24), D=(24, 24), m=64, optimizer="sgd", momentum=0)
    for recipe in GRID.values()
]
FLOAT32.append(LINE.but(dtype="float32", clip=0.1, m=64, lr_D=1.0))


def test_one_steps_gradients_in_float32(node_plays):
    jobs = node_plays([(recipe, [["D"], ["look"], ["G"]]) for recipe in FLOAT32])
    assert jobs[-1]["found"][1]["D"].max() == np.float32(0.1)
    for recipe, job in zip(FLOAT32, jobs, strict=True):
        game, seen = watched(recipe)
        game.update_discriminator()
        first = job["found"][1]
        assert apart(first["gradient_D"], seen["D"]) < 1e-4, recipe
        assert np.all(first["D"] == first["D"].astype(np.float32))
        game.update_generator()
        assert apart(job["gradient_G"], seen["G"]) < 1e-4, recipe


# In the hinge and Wasserstein games D's last bias has the gradient 0, made of terms 1/m: with m a
# power of 2 it is 0 in both, and Adam does not blow up the rounding of 1/m.
CHANGES = [
    {"loss": "hinge", "lr_D": 1e-3, "m": 16, "k": 3},
    {"optimizer": "sgd", "momentum": 0.5, "r1": 0.2, "gp": 0.1},
    {"optimizer": "adam", "beta1": 0.3, "activation": "tanh", "ema": 0.8, "latent": "uniform"},
    {"k_G": 4, "optimizer_G": "sgd", "lr_G": 0.01},
    {"optimizer_G": "as D", "k_G": 1, "lr_G": 1e-3},
    {"clip": 0.2, "schedule": "constant", "loss": "wasserstein", "r1": 0.0, "gp": 0.0},
    {"clip": 0.0, "spectral": True},
    {"loss": "minimax", "smoothing": 0.1, "instance_noise": 0.2, "spectral": False, "ema": 0.0},
]


def test_rules_changed_in_the_middle(node_plays):
    moves = [move for change in CHANGES for move in (["change", change], ["play", 10], ["D"])]
    (job,) = node_plays([(PLANE, moves)])
    game = Training(PLANE, device="cpu")
    for change in CHANGES:
        game.change(**change)
        iterate(game, 10)
        game.update_discriminator()
    assert (job["t"], job["steps"], job["turn"]) == (game.t, game.steps, game.turn) == (80, 1, "D")
    for name in "GD":
        assert apart(job[name], flat(getattr(game, name))) < 1e-9


def test_a_change_that_cannot_be_changes_nothing(node_plays):
    tries = [{"seed": 3}, {"G": [3]}, {"data": {"kind": "ring"}}, {"lr_D": -1}, {"foo": 1}]
    tries += [{"spectral": True, "clip": 1}, {"loss": "hinge", "smoothing": 0.1}, {"packing": 2}]
    told, plain = node_plays(
        [(PLANE, [*(["change", change] for change in tries), ["play", 5]]), (PLANE, [["play", 5]])]
    )
    for reply in told["found"][:-1]:
        assert reply["error"].endswith(".") and "\n" not in reply["error"]
    assert "is built into a running game" in told["found"][0]["error"]
    np.testing.assert_array_equal(bits(told["D"]), bits(plain["D"]))


@pytest.mark.parametrize(
    "recipe",
    [
        LINE.but(ema=0.9, r1=0.1, k_G=2),
        PLANE.but(optimizer="rmsprop", momentum=0.5, gp=0.2, optimizer_G="adam"),
    ],
)
def test_a_snapshot_goes_on_bit_for_bit(node_plays, recipe):
    there = [["play", 7], ["D"], ["snapshot"]]
    back = [["change", {"lr_D": 0.1, "loss": "hinge", "optimizer": "sgd", "m": 3}], ["play", 4]]
    straight, returned = node_plays(
        [
            (recipe, [*there, ["play", 9]]),
            (recipe, [*there, *back, ["restore"], ["play", 4], ["restore"], ["play", 9]]),
        ]
    )
    straight.pop("found"), returned.pop("found")
    assert straight.keys() == returned.keys()
    for name, value in straight.items():
        np.testing.assert_array_equal(value, returned[name], err_msg=name)


WILD = [
    LINE.but(lr_D=1e200, optimizer="sgd", loss="least-squares", schedule="constant"),
    LINE.but(lr_G=1e160, optimizer="sgd", loss="wasserstein"),
    LINE.but(lr_D=1e300, lr_G=1e300, loss="wasserstein"),
    PLANE.but(loss="f-kl", lr_D=50.0, optimizer="sgd", r1=1.0, activation="silu"),
    LINE.but(loss="maximum-likelihood", lr_D=30.0, lr_G=30.0, dtype="float32"),
]


@pytest.mark.parametrize("recipe", WILD)
def test_a_game_that_diverges_keeps_its_last_good_weights(node_plays, recipe):
    moves = [["play", 200], ["look"], ["play", 5], ["D"], ["G"], ["lines", 2]]
    (job,) = node_plays([(recipe, moves)])
    game = Training(recipe, device="cpu")
    iterate(game, 200)
    assert game.stopped is not None and job["stopped"].startswith("diverged")
    assert f"in iteration {game.diverged_at[0] + 1};" in job["stopped"]
    assert (job["t"], job["steps"], job["turn"]) == (game.t, game.steps, game.turn)
    bound = 1e-9 if recipe.dtype == "float64" else 1e-3
    for name in "GD":
        assert apart(job[name], flat(getattr(game, name))) < bound, name
        np.testing.assert_array_equal(job[name], job["found"][1][name])  # over is over
        assert len(job["found"][-1]) == 0
        loss = getattr(game, f"loss_{name}").item()
        assert job[f"loss_{name}"] == pytest.approx(loss, rel=bound, nan_ok=True)


def test_lines_are_those_of_python(node_plays):
    recipe = LINE.but(loss="relativistic")
    (job,) = node_plays([(recipe, [["D"], ["lines", 2]])])
    game = Training(recipe, device="cpu")
    game.update_discriminator()
    lines = list(copy.deepcopy(game).lines(2))
    assert [line["name"] for line in job["found"][1]] == [line.name for line in lines]
    for ours, theirs in zip(job["found"][1], lines, strict=True):
        for name in ("z", "x", "loss"):
            value = getattr(theirs, name)
            assert (name in ours) == (value is not None)
            if value is not None:
                theirs_flat = value[0].detach().numpy().ravel()
                np.testing.assert_allclose(np.ravel(ours[name]), theirs_flat, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", ["line", "grid", "deep", "ema", "as they are", "dots"])
def test_what_is_handed_out_is_in_data_units(node_plays, name):
    recipe = OTHERS[name]
    rng = np.random.default_rng(1)
    z = rng.normal(size=(11, recipe.latent_dim))
    x = rng.normal(size=(13, recipe.data.dim))
    asks = [["generate", z.ravel().tolist()], ["logit", x.ravel().tolist()]]
    asks += [["slope", x.ravel().tolist()], ["generate", z.ravel().tolist(), True]]
    (job,) = node_plays([(recipe, [["play", 3], *asks])])
    game = Training(recipe, device="cpu")
    iterate(game, 3)
    _, generated, logit, slope, averaged = job["found"]
    assert apart(generated, game.generate(z).numpy().ravel()) < 1e-12
    at = torch.tensor(x, requires_grad=True)
    value = game.D(((at - game.center) / game.scale)[None])[0, :, 0]
    (gradient,) = torch.autograd.grad(value.sum(), at)
    assert apart(logit, value.detach().numpy()) < 1e-12
    assert apart(slope["logit"], value.detach().numpy()) < 1e-12
    assert apart(slope["slope"], gradient.numpy().ravel()) < 1e-12
    if recipe.ema:
        assert apart(averaged, game.generate(z, averaged=True).numpy().ravel()) < 1e-12
    else:
        assert "ema" in averaged["error"]


def test_the_nan_before_the_first_move(node_plays):
    (job,) = node_plays([(LINE, [])])
    assert all(math.isnan(job[name]) for name in ("loss_D", "loss_G", "gradientNormG"))
    assert (job["t"], job["steps"], job["turn"], job["stopped"]) == (0, 0, "start", None)


def test_a_page_trains_as_node_does(node, node_plays):
    """The modules joined into one text play the same game."""
    recipe = PLANE.but(gp=0.1, ema=0.5)
    (job,) = node_plays([(recipe, [["play", 5]])])
    parts = json.dumps(recipe.as_dict())
    script = (
        f"{bundle.joined()}\nconst game = new $training$loop.Training({parts}); game.play(5);"
        " console.log(JSON.stringify(Array.from(game.G.flat)));"
    )
    ran = subprocess.run([node, "-"], input=script, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    np.testing.assert_array_equal(json.loads(ran.stdout), job["G"])
