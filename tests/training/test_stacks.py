"""Players of pictures: each member is the network of torch.nn that it says, and nobody else's."""

import copy

import numpy as np
import pytest
import torch
from torch import nn

from gan_lab.core.random_streams import Domain, Stream
from gan_lab.datasets import digits
from gan_lab.training.architectures import is_plain, multiplications_of, plans
from gan_lab.training.layers import Conv, TransposedConv
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.training.stacks import Stack

SEEDS = [3, 8, 1]
SMALL = Recipe(
    data=digits(),
    latent_dim=3,
    G=(6, 4),
    D=(4, 6),
    m=5,
    k=1,
    gain=1.0,
    r1=0.1,
    r2=0.1,
    dtype="float64",
    members=2,
    iterations=20,
    activation="silu",
)
KINDS = {
    "dcgan": {"network": "dcgan"},
    "dcgan, batch": {"network": "dcgan", "norm": "batch", "r1": 0, "r2": 0},
    "dcgan, layer, packs": {"network": "dcgan", "norm": "layer", "packing": 5},
    "dcgan, z everywhere, conditional": {
        "network": "dcgan",
        "z_in": "every layer",
        "conditional": True,
        "gp": 1.0,
    },
    "mlp, batch": {"norm": "batch", "r1": 0, "r2": 0, "ema": 0.5},
    "mlp, layer, z everywhere": {"norm": "layer", "z_in": "every layer", "unrolled": 1},
    "mlp, conditional": {"conditional": True, "instance_noise": 0.1},
    "mlp, z nowhere, conditional": {"z_in": "nowhere", "conditional": True},
}


def stack(player: str, seeds=SEEDS, **parts) -> Stack:
    plan = plans(SMALL.but(**parts))[player == "D"]
    return Stack(plan, "silu", Stream(seeds), Domain.D_WEIGHTS, torch.float64)


def as_torch(net: Stack, member: int) -> nn.Sequential:
    """The same member as layers of torch.nn."""
    made = []
    for i, (layer, parts) in enumerate(zip(net.plan.layers, net.parts, strict=True)):
        w, b, *rest = (p[member].detach() for p in parts)
        if isinstance(layer, TransposedConv):
            one = nn.ConvTranspose2d(layer.n_in, layer.channels, 4, 2, 1, dtype=torch.float64)
            one.weight.data = w.reshape(one.weight.shape)
        elif isinstance(layer, Conv):
            one = nn.Conv2d(layer.n_in, layer.channels, 4, 2, 1, dtype=torch.float64)
            one.weight.data = w.reshape(one.weight.shape)
        else:
            one = nn.Linear(*w.shape, dtype=torch.float64)
            one.weight.data = w.T
        one.bias.data = b
        flat = not isinstance(layer, Conv)
        made += [*([nn.Flatten()] if flat else []), one]
        if flat and layer.side:
            made.append(nn.Unflatten(1, (layer.channels, *layer.side)))
        if net.plan.normed(i):
            made.append(norm_of(net, layer, rest))
        made.append(nn.SiLU())
    return nn.Sequential(*made[:-1], nn.Flatten())


def norm_of(net: Stack, layer, rest):
    """A norm of torch: of a layer norm with one scale for each channel, which is a group norm."""
    maps = bool(layer.side)
    if net.plan.norm == "layer":
        norm = nn.GroupNorm(1, layer.channels, dtype=torch.float64)
    else:
        norm = (nn.BatchNorm2d if maps else nn.BatchNorm1d)(layer.channels, dtype=torch.float64)
    norm.weight.data, norm.bias.data = rest[0] + 0.0, rest[1] + 0.0
    return norm


def disturbed(net: Stack) -> Stack:
    """Scales and shifts of norms that are not 1 and 0."""
    noise = torch.randn(net.flat.shape, generator=torch.Generator().manual_seed(1))
    return net.over((net.flat + 0.3 * noise.double()).detach())


@pytest.mark.parametrize("norm", ["none", "batch", "layer"])
@pytest.mark.parametrize("network", ["mlp", "dcgan"])
@pytest.mark.parametrize("player", ["G", "D"])
def test_each_member_is_the_same_network_of_torch(player, network, norm):
    penalties = {"r1": 0, "r2": 0} if norm == "batch" else {}
    net = disturbed(stack(player, network=network, norm=norm, **penalties))
    n = 3 if player == "G" else 64
    x = torch.randn(3, 7, n, generator=torch.Generator().manual_seed(0)).double()
    value = net(x)
    assert value.shape == (3, 7, 64 if player == "G" else 1)
    pictures = x.view(3, 7, 1, 8, 8) if (player, network) == ("D", "dcgan") else x
    for i in range(3):
        other = as_torch(net, i)
        theirs = other(pictures[i])
        torch.testing.assert_close(value[i], theirs, rtol=1e-10, atol=1e-10)
    slopes = torch.autograd.grad(value[2].square().sum(), net.weights)
    theirs = torch.autograd.grad(
        other(pictures[2]).square().sum(), [p for n, p in other.named_parameters() if is_matrix(p)]
    )
    for ours, their in zip(slopes, theirs, strict=True):
        assert not ours[:2].any()  # member 2 is nobody else's
        their = their.T if their.ndim == 2 else their
        torch.testing.assert_close(ours[2], their.reshape(ours[2].shape), rtol=1e-8, atol=1e-9)


def is_matrix(parameter) -> bool:
    return parameter.ndim > 1


def test_z_enters_every_layer_as_a_sum_of_its_own_weights():
    net = disturbed(stack("G", z_in="every layer"))
    x = torch.randn(3, 5, 3, generator=torch.Generator().manual_seed(0)).double()
    for i in range(3):
        h = x[i]
        for j, (w, b, *rest) in enumerate(net.parts):
            h = (nn.functional.silu(h) if j else h) @ w[i] + b[i]
            h = h + x[i] @ rest[-1][i] if j < 2 else h
        torch.testing.assert_close(net(x)[i], h, rtol=1e-10, atol=1e-10)
    maps = disturbed(stack("G", network="dcgan", z_in="every layer"))
    assert not torch.allclose(maps(x)[:, 0], maps(x)[:, 1])


def test_where_z_enters_nowhere_g_makes_one_picture_for_each_label():
    game = Training(SMALL.but(**KINDS["mlp, z nowhere, conditional"]), "cpu")
    z = torch.randn(6, 3, generator=torch.Generator().manual_seed(0))
    x = game.generate(z, labels=[1, 1, 1, 2, 2, 2])
    assert torch.equal(x[:, 0], x[:, 2]) and not torch.allclose(x[:, 0], x[:, 3])


def test_a_label_is_so_many_more_channels_that_are_the_same_everywhere():
    net = stack("D", network="dcgan", conditional=True)
    x = torch.randn(3, 2, 64, generator=torch.Generator().manual_seed(0)).double()
    told = torch.eye(10, dtype=torch.float64)[[4, 7]].expand(3, -1, -1)
    value = net(torch.cat([x, told], -1))
    w = net.weights[0].view(3, 4, 11, 16)
    planes = torch.cat([x.view(3, 2, 1, 8, 8), told[..., None, None].expand(-1, -1, -1, 8, 8)], 2)
    for i in range(3):
        first = nn.functional.conv2d(planes[i], w[i].view(4, 11, 4, 4), net.biases[0][i], 2, 1)
        rest = as_torch(net, i)[1:]
        torch.testing.assert_close(value[i], rest(first), rtol=1e-10, atol=1e-10)


def test_the_slope_is_that_of_differences():
    net = stack("D", network="dcgan", norm="layer")
    x = torch.randn(3, 4, 64, generator=torch.Generator().manual_seed(0)).double()
    value, slope = net.with_slope(x)
    torch.testing.assert_close(value, net(x).squeeze(-1))
    step = torch.zeros_like(x)
    step[..., 17] = 1e-5
    numerical = (net(x + step) - net(x - step)).squeeze(-1) / 2e-5
    torch.testing.assert_close(slope[..., 17], numerical, rtol=1e-6, atol=1e-8)
    cost = slope.square().sum()
    assert all(g is not None for g in torch.autograd.grad(cost, net.weights))


def test_a_settled_batch_norm_makes_a_sample_by_itself_and_a_member_in_numpy_the_same():
    net = stack("G", network="dcgan", norm="batch", r1=0, r2=0)
    z = torch.randn(3, 9, 3, generator=torch.Generator().manual_seed(0)).double()
    steady = net.settled(z)
    torch.testing.assert_close(steady(z), net(z))
    torch.testing.assert_close(steady(z[:, 4:5]), net(z)[:, 4:5])
    assert not torch.allclose(net(z[:, 4:5]), net(z)[:, 4:5])
    for i in range(3):
        np.testing.assert_allclose(steady.at(i)(z[i].numpy()), net(z)[i].detach(), rtol=1e-10)


def played(recipe, iterations=4) -> Training:
    game = Training(recipe, "cpu")
    list(game.play(iterations))
    return game


@pytest.mark.parametrize("kind", KINDS)
def test_a_member_plays_as_if_it_were_alone_and_is_taken_back_saved_and_copied(kind, tmp_path):
    recipe = SMALL.but(**KINDS[kind])
    assert is_plain(recipe) == (kind == "mlp, conditional")
    game = played(recipe)
    alone = played(recipe.alone(1))
    for ours, theirs in ((game.G, alone.G), (game.D, alone.D)):
        torch.testing.assert_close(ours.flat[1], theirs.flat[0], rtol=1e-9, atol=1e-11)
        assert not torch.equal(ours.flat[0], ours.flat[1])
    assert game.stopped is None and sum(multiplications_of(recipe)) > 0
    again = Rewindable(recipe, "cpu")
    list(again.play(6))
    again.rewind(4)
    game.save(tmp_path / "game.gan")
    loaded, other = Training.load(tmp_path / "game.gan"), copy.deepcopy(game)
    for one in (game, again, loaded, other):
        list(one.play(2))
    z = np.random.default_rng(0).normal(size=(3, 3))
    labels = 4 if recipe.conditional else None
    for one in (again, loaded, other):
        assert torch.equal(one.G.flat, game.G.flat) and torch.equal(one.D.flat, game.D.flat)
        assert torch.equal(one.generate(z, labels=labels), game.generate(z, labels=labels))
    if labels is not None:
        z = np.concatenate([z, np.eye(10)[[4, 4, 4]]], axis=1)
    x = game.generate(z)
    np.testing.assert_allclose(game.map(1)(z), x[1], rtol=1e-9, atol=1e-10)


def test_in_a_conditional_game_what_g_makes_has_the_labels_of_the_data_beside_it():
    game = Training(SMALL.but(conditional=True, m=40), "cpu")
    real, z = game.minibatches.for_D(3, 0)
    assert real.shape == (2, 40, 74) and z.shape == (2, 40, 13)
    assert torch.equal(real[..., 64:], z[..., 3:])
    assert torch.equal(game.made(z)[..., 64:], z[..., 3:])
    lines = list(game.lines())
    assert lines[1].x.shape == (2, 40, 64)
    data = digits()
    labels = game.minibatches.for_D(0, 0)[0][0, :, 64:]
    for picture, told in zip(lines[1].x[0].numpy(), labels, strict=True):
        off = np.abs(data.pixels - picture).max(axis=1)
        assert data.classes_of[off.argmin()] == told.argmax() and off.min() < 1e-9


def test_a_label_that_is_none_is_refused_in_a_sentence():
    game, other = Training(SMALL.but(conditional=True), "cpu"), Training(SMALL, "cpu")
    z, x = np.zeros((2, 3)), np.zeros((2, 64))
    for wrong in (10, -1, 0.5, [1, 2, 3], "3", [[1, 2]]):
        with pytest.raises(ValueError, match="labels must be"):
            game.generate(z, labels=wrong)
    with pytest.raises(ValueError, match="labels are for a conditional game"):
        other.logit(x, labels=3)
    assert game.logit(x, labels=3).shape == (2, 2)
    with pytest.raises(ValueError, match=r"z must have the shape \(n, 13\).* 10 of these"):
        game.generate(z)


def test_spectral_norm_and_clipping_hold_the_matrices_of_convolutions():
    D = played(SMALL.but(network="dcgan", spectral=True, r1=0, r2=0)).D
    for w in D.weights:
        largest = torch.linalg.matrix_norm(w, ord=2)
        torch.testing.assert_close(largest, torch.ones_like(largest))
    D = played(SMALL.but(network="dcgan", clip=0.05)).D
    assert max(float(w.detach().abs().max()) for w in D.weights) <= 0.05
