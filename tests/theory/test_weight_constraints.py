"""What a clipped and what a spectrally normalised network can reach, by trying."""

import pytest
import torch
from says import says

from gan_lab.core import Domain, Stream
from gan_lab.training import CONSTRAINTS, MLP


def network(widths, activation, seeds=4):
    return MLP(widths, activation, Stream(list(range(seeds))), Domain.D_WEIGHTS, torch.float64)


@says(
    r"Let $D$ be a network on the line with two hidden layers of $n$ units, activations with "
    r"slopes from 0 to 1, and weights in $[-c, c]$."
)
def test_the_constraint_of_the_engine_puts_weights_there():
    D = network([1, 6, 6, 1], "tanh")
    with torch.no_grad():
        D.flat.mul_(50)
        CONSTRAINTS["clip"](D.weights, D.biases, 0.3)
    assert float(D.flat.detach().abs().max()) == pytest.approx(0.3)


@says(r"Then $$ |D'| \le n^2 c^3 . $$")
@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "tanh"])
def test_no_clipped_network_is_steeper_and_one_is_as_steep(activation):
    n, c, x = 6, 0.3, torch.linspace(-3, 3, 401, dtype=torch.float64)[None, :, None]
    D = network([1, n, n, 1], activation)
    with torch.no_grad():
        D.flat.mul_(50)
        CONSTRAINTS["clip"](D.weights, D.biases, c)
        assert float(D.with_slope(x.expand(4, -1, -1))[1].abs().max()) <= n**2 * c**3 + 1e-12
        D.flat.fill_(c)
        for b in D.biases:
            b.zero_()
        steepest = float(D.with_slope(x.expand(4, -1, -1))[1].abs().max())
    assert steepest == pytest.approx(n**2 * c**3, rel=1e-12)


@says(
    r"Let $D$ instead have one hidden layer of ReLUs and weight matrices with largest singular "
    r"values of at most 1, let $p$ be halves of the points $-1$ and $1$, and $q$ the point 0, "
    r"which are at the distance 1."
)
def test_the_distance_of_the_points_is_1():
    from gan_lab.theory import pmf, w1

    assert w1(pmf([-1.0, 1.0], [0.5, 0.5]), pmf([0.0], [1.0])).value == pytest.approx(1.0)


@says(r"Then $$ E_p D - E_q D \le ½ . $$")
def test_a_critic_with_one_hidden_layer_climbs_to_a_half_and_stops():
    D, x = network([1, 16, 1], "relu"), torch.tensor([-1.0, 1.0, 0.0], dtype=torch.float64)
    optimizer = torch.optim.Adam(D.parameters, lr=0.01)
    for _ in range(800):
        out = D(x.expand(4, 3)[..., None]).squeeze(-1)
        gained = out[:, :2].mean(1) - out[:, 2]
        optimizer.zero_grad()
        (-gained.sum()).backward()
        optimizer.step()
        with torch.no_grad():
            CONSTRAINTS["spectral"](D.weights, D.biases, True)
    with torch.no_grad():
        out = D(x.expand(4, 3)[..., None]).squeeze(-1)
    gained = out[:, :2].mean(1) - out[:, 2]
    assert float(gained.max()) <= 0.5 + 1e-12
    assert float(gained.max()) > 0.45
