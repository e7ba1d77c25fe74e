"""Small games, and what tests of trainings do with them."""

import torch
from hypothesis import strategies as st

from gan_lab.core.random_streams import Domain, Stream
from gan_lab.datasets.minibatches import FOR_D, draw
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import Recipe

SMALL = Recipe(G=(8, 8), D=(8, 8), m=16, k=2, dtype="float64", iterations=50, seed=3)
PLAIN = SMALL.but(optimizer="sgd", schedule="constant", r1=0.0, r2=0.0, lr_D=0.1, lr_G=0.1)
WILD = PLAIN.but(lr_D=1e3, lr_G=1e3, r1=1.0, k=1)

CHANGES = [
    {"loss": "hinge"},
    {"loss": "relativistic"},
    {"lr_D": 0.02},
    {"lr_G": [0.01, 0.02]},
    {"k": 5},
    {"m": 24},
    {"r1": 0.0, "gp": 0.1},
    {"clip": 0.05},
    {"spectral": True},
    {"smoothing": 0.1},
    {"instance_noise": 0.3},
    {"beta1": 0.5, "beta2": 0.9},
    {"schedule": "constant"},
    {"iterations": 70},
    {"latent": "uniform"},
    {"activation": "tanh"},
    {"optimizer": "rmsprop"},
    {"ema": 0.5},
    {"unrolled": 2},
]

COMPANY = st.fixed_dictionaries(
    {"loss": st.sampled_from(list(LOSSES))},
    optional={
        "r1": st.sampled_from([0.0, 0.1]),
        "r2": st.sampled_from([0.0, 0.1]),
        "gp": st.sampled_from([0.0, 1.0]),
        "clip": st.sampled_from([0.0, 0.1]),
        "spectral": st.booleans(),
        "smoothing": st.sampled_from([0.0, 0.1]),
        "instance_noise": st.sampled_from([0.0, 0.5]),
        "packing": st.sampled_from([1, 2, 3]),
        "unrolled": st.integers(0, 2),
        "k": st.integers(1, 3),
        "ema": st.sampled_from([0.0, 0.9]),
        "optimizer": st.sampled_from(["adam", "sgd", "rmsprop"]),
        "momentum": st.sampled_from([0.0, 0.5]),
        "lr_D": st.just([1e-3, 1e-4]),
        "latent": st.sampled_from(["gaussian", "uniform"]),
        "latent_dim": st.integers(1, 2),
        "n": st.sampled_from([0, 5]),
        "activation": st.sampled_from(["leaky_relu", "relu", "tanh", "silu"]),
        "standardise": st.booleans(),
        "D": st.sampled_from([[], [4], [4, 3]]),
    },
)


def after(training, iterations):
    for _ in training.play(iterations):
        pass
    return training


def same(one, other):
    return torch.equal(one.G.flat, other.G.flat) and torch.equal(one.D.flat, other.D.flat)


def close(one, other, **how):
    for ours, theirs in ((one.G, other.G), (one.D, other.D)):
        torch.testing.assert_close(ours.flat, theirs.flat, **(how or {"rtol": 1e-9, "atol": 1e-11}))
    torch.testing.assert_close(one.loss_D, other.loss_D, equal_nan=True)
    torch.testing.assert_close(one.loss_G, other.loss_G, equal_nan=True)


def slope(f, flat, i, step=1e-5):
    """The derivative of f() in one weight, by the definition."""
    at = flat[0, i].item()
    values = []
    for h in (step, -step):
        flat[0, i] = at + h
        values.append(f())
    flat[0, i] = at
    return (values[0] - values[1]) / (2 * step)


def minibatch(recipe, t, step=0):
    """Data and noise of D's step, drawn here from the counters alone."""
    stream = Stream([recipe.seed])
    x = draw(recipe.data, stream, FOR_D, t, recipe.m, step)
    z = stream.normal(Domain.NOISE_FOR_D, t, (recipe.m, recipe.latent_dim), step)
    return x, z
