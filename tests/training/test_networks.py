"""Many small networks side by side: each is what it would be alone."""

import copy

import numpy as np
import pytest
import torch

from gan_lab.core.random_streams import Domain, Stream
from gan_lab.training.networks import ACTIVATIONS, LEAK, MLP

SEEDS = [2, 7, 1]


def mlp(widths=(1, 9, 8, 1), activation="leaky_relu", seeds=SEEDS, dtype=torch.float64):
    return MLP(widths, activation, Stream(seeds), Domain.D_WEIGHTS, dtype)


def as_torch(net, member):
    """The same member as layers of torch.nn."""
    act = {
        "leaky_relu": torch.nn.LeakyReLU(LEAK),
        "relu": torch.nn.ReLU(),
        "tanh": torch.nn.Tanh(),
        "silu": torch.nn.SiLU(),
    }[net.activation]
    layers = []
    for w, b in net.layers(member):
        linear = torch.nn.Linear(*w.shape, dtype=torch.float64)
        linear.weight.data, linear.bias.data = torch.tensor(w.T), torch.tensor(b)
        layers += [linear, act]
    return torch.nn.Sequential(*layers[:-1])


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("n_in", [1, 3])
def test_each_member_is_the_same_network_of_torch(activation, n_in):
    net = mlp((n_in, 9, 8, 2), activation)
    x = torch.randn(3, 11, n_in, generator=torch.Generator().manual_seed(0)).double()
    for i in range(3):
        torch.testing.assert_close(net(x)[i], as_torch(net, i)(x[i]), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_at_is_the_same_function_in_numpy(activation):
    net = mlp(activation=activation, dtype=torch.float32)
    x = np.linspace(-3, 3, 40)
    values = net(torch.tensor(x, dtype=torch.float32).expand(3, -1)[..., None])
    for i in range(3):
        f = net.at(i)
        np.testing.assert_allclose(f(x), values[i, :, 0].detach().numpy(), atol=1e-6)
        assert f(0.5).shape == () and f(x.reshape(5, 8)).shape == (5, 8)
        assert f(x).dtype == np.float64


def test_at_is_a_picture_of_the_moment_and_does_not_follow_the_weights():
    net = mlp()
    f = net.at(0)
    before = f(1.0)
    net.flat.mul_(2.0)
    assert f(1.0) == before != net.at(0)(1.0)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("n_in", [1, 3])
def test_the_slope_written_out_is_the_gradient_in_x(activation, n_in):
    net = mlp((n_in, 9, 8, 1), activation)
    x = torch.randn(3, 11, n_in, generator=torch.Generator().manual_seed(0)).double()
    x.requires_grad_()
    logit = net(x).squeeze(-1)
    (slope,) = torch.autograd.grad(logit.sum(), x, create_graph=True)
    ours, our_slope = net.with_slope(x)
    torch.testing.assert_close(ours, logit, rtol=1e-12, atol=1e-12)
    torch.testing.assert_close(our_slope, slope, rtol=1e-12, atol=1e-12)
    # and so are its own gradients in the weights: what a penalty needs
    for a, b in zip(
        torch.autograd.grad(our_slope.square().sum(), net.weights),
        torch.autograd.grad(slope.square().sum(), net.weights),
        strict=True,
    ):
        torch.testing.assert_close(a, b, rtol=1e-10, atol=1e-12)


def test_a_network_without_hidden_layers_is_a_line():
    net = mlp((1, 1))
    assert net.kinks(0).size == 0
    f = net.at(0)
    assert f(3.0) - f(2.0) == pytest.approx(f(1.0) - f(0.0))
    x = torch.ones(3, 4, 1).double()
    torch.testing.assert_close(net.with_slope(x)[1], net.weights[0].expand(3, 4, 1))


def test_a_member_has_the_same_weights_alone_and_in_company():
    together = mlp()
    for i, seed in enumerate(SEEDS):
        assert torch.equal(mlp(seeds=[seed]).flat[0], together.flat[i])


def test_weights_begin_uniform_within_one_over_the_root_of_the_fan_in():
    net = mlp((4, 100, 25, 1), seeds=range(20))
    for w, b in zip(net.weights, net.biases, strict=True):
        bound = w.shape[1] ** -0.5
        for p in (w, b):
            assert p.abs().max() < bound
        # The variance of a uniform law is bound^2/3, that of its square 4 bound^4/45.
        error = 5 * (4 / 45 / w.numel()) ** 0.5 * bound**2
        assert abs(w.square().mean().item() - bound**2 / 3) < error


def test_layers_are_views_of_the_flat_tensor_and_stay_so_in_a_deep_copy():
    net = mlp()
    other = copy.deepcopy(net)
    other.flat.zero_()
    assert other.at(0)(1.0) == 0.0 != net.at(0)(1.0)
    assert sum(p[0].numel() for p in net.parameters) == net.flat.shape[1]
    assert torch.equal(torch.cat([p.flatten(1) for p in net.parameters], 1), net.flat)


@pytest.mark.parametrize("activation", ["leaky_relu", "relu"])
@pytest.mark.parametrize("widths", [(1, 12, 1), (1, 9, 8, 1), (1, 6, 6, 6, 1)])
def test_kinks_are_all_the_points_where_the_slope_changes(widths, activation):
    net = mlp(widths, activation)
    for member in range(3):
        f, kinks = net.at(member), net.kinks(member)
        assert (np.diff(kinks) > 0).all()
        # Between kinks, and far beyond them, f is linear: its middle is the mean of its ends.
        ends = np.concatenate([[kinks[0] - 1e3], kinks, [kinks[-1] + 1e3]])
        middle = f((ends[1:] + ends[:-1]) / 2)
        scale = 1e-12 * (1 + np.abs(f(ends)).max())
        np.testing.assert_allclose(middle, (f(ends[1:]) + f(ends[:-1])) / 2, atol=scale)


@pytest.mark.parametrize("activation", ["leaky_relu", "relu"])
def test_every_change_of_slope_on_a_fine_grid_is_next_to_a_kink(activation):
    net = mlp((1, 9, 8, 1), activation)
    x = np.linspace(-6, 6, 240_001)
    for member in range(3):
        kinks = net.kinks(member)
        bend = np.abs(np.diff(net.at(member)(x), 2)) / (x[1] - x[0])
        seen = x[1:-1][bend > 1e-7]
        assert seen.size > 5
        distance = np.abs(seen[:, None] - kinks).min(axis=1)
        assert distance.max() <= 1.01 * (x[1] - x[0])
        # and the other way round: a leaky network bends visibly at every kink it lists
        if activation == "leaky_relu":
            inside = kinks[np.abs(kinks) < 6 - 1e-4]
            assert np.abs(inside[:, None] - seen).min(axis=1).max() <= 1.01 * (x[1] - x[0])


def test_kinks_of_one_unit_are_where_it_is_zero():
    net = mlp((1, 1, 1), seeds=[0])
    with torch.no_grad():
        net.weights[0][0, 0, 0], net.biases[0][0, 0, 0] = 4.0, -3.0
    assert net.kinks(0).tolist() == [0.75]


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda: mlp(activation="gelu"), "activation must be one of"),
        (lambda: MLP((1, 1), "relu", [3], Domain.G_WEIGHTS), "needs a Stream"),
        (lambda: mlp((1,)), "widths"),
        (lambda: mlp((1, 0, 1)), "widths"),
        (lambda: mlp(activation="tanh").kinks(0), "smooth"),
        (lambda: mlp((2, 3, 1)).kinks(0), "one number"),
        (lambda: mlp().at(3), "member must be from 0 to 2"),
        (lambda: mlp().kinks(-1), "member must be from 0 to 2"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(do, word):
    with pytest.raises(ValueError, match=word):
        do()


def test_gain_scales_the_weights_once_and_no_bias():
    plain, scaled = (
        MLP((2, 5, 1), "relu", Stream([3]), Domain.G_WEIGHTS, gain=gain) for gain in (1.0, 2.5)
    )
    for ours, theirs in zip(scaled.weights, plain.weights, strict=True):
        torch.testing.assert_close(ours, 2.5 * theirs)
    for ours, theirs in zip(scaled.biases, plain.biases, strict=True):
        assert torch.equal(ours, theirs)


def test_a_network_that_was_moved_has_its_weights_less_the_steps():
    net = MLP((1, 4, 1), "tanh", Stream([3]), Domain.D_WEIGHTS)
    before = [p.detach().clone() for p in net.parameters]
    steps = [torch.full_like(p, 0.1 * (i + 1)) for i, p in enumerate(net.parameters)]
    for new, old, step in zip(net.moved(steps).parameters, before, steps, strict=True):
        torch.testing.assert_close(new, old - step)
    assert all(torch.equal(p, old) for p, old in zip(net.parameters, before, strict=True))
