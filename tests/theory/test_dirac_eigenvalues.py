"""The eigenvalues of the Dirac-GAN, against autograd on the costs that networks play."""

import numpy as np
import pytest
import torch
from says import says

from gan_lab.theory.two_numbers import velocity
from gan_lab.training.dirac_gan import Shift, costs, slope
from gan_lab.training.jacobian import jacobian
from gan_lab.training.losses import LOSSES

GAMMAS = (0.3, 1.0, 2.5)
ZERO = torch.zeros(1, dtype=torch.float64)
AT, WEIGHTS = (torch.tensor(one) for one in np.polynomial.hermite_e.hermegauss(30))


def game(loss, r1=0.0, r2=0.0, sd=0.0):
    """(cost_G, cost_D) of (theta, psi): the averages over Gaussian noise by quadrature."""
    row, share = LOSSES[loss], WEIGHTS / WEIGHTS.sum()

    def mean(one, which):  # of costs, each on one datum and one sample
        return lambda theta, psi: (share * one(theta, psi, which)).sum()

    def at(theta, psi, which):
        real, fake = (psi * sd * AT)[:, None], (psi * (theta + sd * AT))[:, None]
        return getattr(row, which)(real, fake)

    def cost_D(theta, psi):
        return mean(at, "D")(theta, psi) + (r1 + r2) / 2 * psi.square().sum()

    return mean(at, "G"), cost_D


def found(cost_G, cost_D):
    return np.linalg.eigvals(jacobian(cost_G, cost_D, ZERO, ZERO))


def same(values, wanted):
    np.testing.assert_allclose(np.sort_complex(values), np.sort_complex(wanted), atol=1e-7)


def pair(middle, square):
    """Both numbers whose squared distance from the middle is the square."""
    return middle + np.array([1, -1]) * np.emath.sqrt(square)


@says(
    r"Let the data be the number 0, let $G$ make the number $\theta$, and let $D$ have the "
    r"logit $\psi x$, or the output $\psi x$ for the loss of WGAN. With R1 or R2 $D$ pays "
    r"$\frac{\gamma}{2} \psi^2$; noise is Gaussian, of the variance $\tau$, on data and "
    r"samples; for consensus both players pay $\frac{\gamma}{2} |v|^2$, where $v$ is the "
    "field along which both move."
)
def test_a_shift_and_a_slope_play_the_game_and_r1_and_r2_cost_the_same():
    G, D = Shift(0.7), slope(-1.3)
    for loss in ("minimax", "non-saturating", "relativistic", "wasserstein"):
        plain = costs(loss, G, D, 0.0, 0.0)
        cost_G, cost_D = game(loss)
        theta, psi = G.theta.detach().flatten(), D.weight.detach().flatten()
        assert plain[0].item() == pytest.approx(cost_G(theta, psi).item())
        assert plain[1].item() == pytest.approx(cost_D(theta, psi).item())
        for r1, r2 in ((0.4, 0.0), (0.0, 0.4), (0.1, 0.3)):
            penalty = costs(loss, G, D, r1, r2)[1] - plain[1]
            assert penalty.item() == pytest.approx(0.4 / 2 * 1.3**2)


@says(
    r"At $(0, 0)$ the eigenvalues $\lambda$ of its Jacobian are given by $$ \begin{aligned} "
    r"\text{no penalty: } & \lambda^2 = -1/4 , \\ \text{WGAN: } & \lambda^2 = -1 , \\ "
    r"\text{R1 or R2: } & (\lambda + \gamma/2)^2 = (\gamma^2 - 1)/4 , \\ \text{noise: } & "
    r"(\lambda + \tau/4)^2 = (\tau^2 - 4)/16 , \\ \text{consensus: } & (\lambda + "
    r"\gamma/4)^2 = -1/4 \end{aligned} $$ for the minimax loss and, without noise and "
    "consensus, for the non-saturating one."
)
@pytest.mark.parametrize("loss", ["minimax", "non-saturating", "relativistic"])
def test_the_eigenvalues_are_those_of_autograd(loss):
    same(found(*game(loss)), pair(0, -1 / 4))
    same(found(*game("wasserstein")), pair(0, -1))
    for gamma in GAMMAS:
        for share in (0, 0.5, 1):
            penalised = game(loss, r1=share * gamma, r2=(1 - share) * gamma)
            same(found(*penalised), pair(-gamma / 2, (gamma**2 - 1) / 4))
    if loss == "minimax":
        for sd in (0.5, 2**0.5, 2.0):
            same(found(*game(loss, sd=sd)), pair(-(sd**2) / 4, sd**4 / 16 - 1 / 4))
        for gamma in GAMMAS:
            same(found(*agreed(gamma)), pair(-gamma / 4, -1 / 4))


def agreed(gamma):
    """Consensus: both players pay half of gamma |v|^2, v by autograd."""
    cost_G, cost_D = game("minimax")

    def half_square(theta, psi):
        (v,) = torch.autograd.grad(cost_G(theta, psi), theta, create_graph=True)
        (w,) = torch.autograd.grad(cost_D(theta, psi), psi, create_graph=True)
        return gamma / 2 * (v.square() + w.square()).sum()

    return tuple(lambda t, p, c=c: c(t, p) + half_square(t, p) for c in (cost_G, cost_D))


def test_the_field_is_minus_the_slopes_of_the_costs():
    theta, psi = (torch.tensor([x], dtype=torch.float64, requires_grad=True) for x in (0.7, -1.3))
    for loss in ("minimax", "non-saturating"):
        cost_G, cost_D = game(loss, r1=0.4)
        (a,) = torch.autograd.grad(cost_G(theta, psi), theta)
        (b,) = torch.autograd.grad(cost_D(theta, psi), psi)
        assert velocity(loss, 0.7, -1.3, 0.4) == pytest.approx((-a.item(), -b.item()), abs=1e-12)


def test_with_a_penalty_towards_a_slope_of_one_the_pull_jumps_where_d_is_flat():
    """WGAN-GP has no Jacobian at (0, 0), and no rest on a side of it."""

    def pull(psi, gamma=2.0):
        psi = torch.tensor([psi], dtype=torch.float64, requires_grad=True)
        cost = gamma / 2 * (psi.abs() - 1).square().sum()
        return -torch.autograd.grad(cost, psi)[0].item()

    assert pull(1e-12) == pytest.approx(2) and pull(-1e-12) == pytest.approx(-2)
