"""How little a nearly perfect discriminator tells the generator, by autograd."""

import pytest
import torch
from says import says

THETA = torch.tensor([1.0, 0.3], dtype=torch.float64)
Z = torch.linspace(-2.5, 2.5, 41, dtype=torch.float64)
NO_BOUND = 2.0


def gradient(D, theta=THETA, loss=lambda D: torch.log1p(-D)):
    """The length of the gradient of the mean loss at G(z) = theta_1 + theta_2 z."""
    theta = theta.clone().requires_grad_()
    loss(D(theta[0] + theta[1] * Z)).mean().backward()
    return float(theta.grad.norm())


def wave(epsilon, frequency):
    """Between 0 and epsilon, as steep as frequency * epsilon / 2."""
    return lambda x: 0.5 * epsilon * (1 + torch.sin(frequency * x))


@says(
    r"Let $0 < \varepsilon < 1$, let $D$ be differentiable, and let $D$ and the length of its "
    r"slope be at most $\varepsilon$ at every sample of $G_\theta$."
)
def test_a_D_that_is_small_and_steep_tells_more_than_any_bound_in_its_size():
    M = float((1 + Z.square()).mean().sqrt())
    assert gradient(wave(0.01, 2.0)) <= M * 0.01 / 0.99
    assert gradient(wave(0.01, 900.0)) > M * 0.01 / 0.99


@says(r"Let $M$ be the root of the mean square of $\partial_\theta G_\theta(z)$.")
def test_M_is_the_size_of_the_generators_own_slope():
    theta = THETA.clone().requires_grad_()
    squares = []
    for z in Z:
        (slope,) = torch.autograd.grad(theta[0] + theta[1] * z, theta)
        squares.append(float(slope.square().sum()))
    assert sum(squares) / len(Z) == pytest.approx(float((1 + Z.square()).mean()), rel=1e-12)


@says(
    r"Then $$ \begin{aligned} & |\partial_\theta E[\log(1 - D(G_\theta(z)))]| \\ & \quad \le "
    r"\frac{M \varepsilon}{1 - \varepsilon} . \end{aligned} $$"
)
@pytest.mark.parametrize("epsilon", [1e-6, 0.01, 0.3, 0.9])
def test_the_gradient_is_within_the_bound_and_reaches_it(epsilon):
    M = float((1 + Z.square()).mean().sqrt())
    for frequency in (0.3, 1.0, 2.0):
        assert gradient(wave(epsilon, frequency)) <= M * epsilon / (1 - epsilon)
    one = torch.tensor([1.0, 0.0], dtype=torch.float64)  # all samples at 1, and theta_2 fixed
    theta = one[:1].clone().requires_grad_()
    torch.log1p(-epsilon * torch.exp(theta - 1)).mean().backward()
    assert float(theta.grad.abs()) == pytest.approx(epsilon / (1 - epsilon), rel=1e-12)


def test_the_bound_is_for_the_minimax_loss():
    small = gradient(wave(1e-6, 2.0), loss=lambda D: -torch.log(D + 1e-12))
    assert small > 0.1
