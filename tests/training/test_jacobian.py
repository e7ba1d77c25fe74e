"""The game's vector field: closed forms of the Dirac-GAN, and Algorithm 1's own steps."""

import math

import numpy as np
import pytest
import torch
from torch.nn.functional import softplus

from gan_lab.datasets import gaussian, ring
from gan_lab.metrics.standard_errors import jackknife_variance
from gan_lab.training.jacobian import Moment, gradient_norm, jackknife, jacobian, spectrum
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import Recipe

TINY = Recipe(G=(3,), D=(4,), activation="tanh", m=32, k=1, dtype="float64", r1=0.3, r2=0.1)


def dirac(theta, psi, gamma=0.0, non_saturating=False):
    """The Jacobian of the Dirac-GAN: data at 0, G = theta, D(x) = psi x (Mescheder et al. 2018)."""

    def cost_D(t, p):
        return (softplus(-0 * p) + softplus(t * p) + gamma / 2 * p * p).sum()

    def cost_G(t, p):
        return (softplus(-t * p) if non_saturating else -softplus(t * p)).sum()

    start = [torch.tensor([v], dtype=torch.float64) for v in (theta, psi)]
    return jacobian(cost_G, cost_D, *start)


@pytest.mark.parametrize("non_saturating", [False, True])
@pytest.mark.parametrize("gamma", [0.0, 0.3, 1.0, 2.0])
def test_at_the_equilibrium_of_the_dirac_gan(gamma, non_saturating):
    found = np.sort_complex(np.linalg.eigvals(dirac(0.0, 0.0, gamma, non_saturating)))
    root = np.sqrt(complex(gamma**2 - 1))
    wanted = np.sort_complex(np.array([(-gamma - root) / 2, (-gamma + root) / 2]))
    assert np.allclose(found, wanted, atol=1e-7)  # at gamma = 1 it is a double root
    if gamma == 0:
        assert np.allclose(np.abs(found.imag), 0.5, atol=1e-14) and np.allclose(found.real, 0)


def test_anywhere_on_the_dirac_gan():
    t, p, gamma = 0.7, -0.4, 0.3
    s = 1 / (1 + math.exp(-t * p))
    d = s * (1 - s)
    # v = (s p, -s t - gamma p), since the derivative of softplus is the sigmoid
    exact = [[d * p * p, s + d * t * p], [-s - d * t * p, -d * t * t - gamma]]
    assert np.allclose(dirac(t, p, gamma), exact, atol=1e-14)


def field(recipe, theta_G, theta_D, i):
    """v on the minibatches of iteration i: what Algorithm 1 does with SGD at rate 1."""
    plain = recipe.but(optimizer="sgd", momentum=0.0, lr_D=1.0, lr_G=1.0, schedule="constant")
    moves = []
    for name, update in (("G", "update_generator"), ("D", "update_discriminator")):
        game = Training(plain, "cpu")
        game.t = i
        with torch.no_grad():
            game.G.flat[0], game.D.flat[0] = theta_G, theta_D
        start = getattr(game, name).flat.detach().clone()
        getattr(game, update)()
        moves.append((getattr(game, name).flat.detach() - start)[0])
    return torch.cat(moves).numpy()


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize(
    "recipe", [TINY, TINY.but(data=ring(), latent_dim=2, latent="uniform"), TINY.but(r1=0, r2=0)]
)
def test_the_jacobian_is_the_slope_of_algorithm_1s_own_steps(recipe, loss):
    recipe = recipe.but(loss=loss)
    moment = Moment(Training(recipe, "cpu"))
    size, h = len(moment.theta_G), 1e-5
    theta = torch.cat([moment.theta_G, moment.theta_D])
    columns = []
    for j in range(len(theta)):
        step = torch.zeros_like(theta)
        step[j] = h
        ends = [
            field(recipe, *torch.split(theta + s, [size, len(theta) - size]), 3)
            for s in (step, -step)
        ]
        columns.append((ends[0] - ends[1]) / (2 * h))
    assert np.allclose(moment.jacobian(3), np.stack(columns, axis=1), atol=2e-8)
    v = field(recipe, moment.theta_G, moment.theta_D, 3)
    assert np.allclose(moment.gradient_to_G(3), -v[:size], atol=1e-14)


def test_leaky_relu_has_a_jacobian_too():
    moment = Moment(Training(TINY.but(activation="leaky_relu"), "cpu"))
    J = moment.jacobian(0)
    assert np.isfinite(J).all() and np.abs(J).max() > 0


def test_a_member_is_seen_as_it_would_be_alone():
    both = Training(TINY.but(members=3, dtype="float32"), "cpu")
    for _ in both.play(3):
        pass
    one = gradient_norm(both, 2)
    alone = Training(TINY.but(seed=2, dtype="float32"), "cpu")
    for _ in alone.play(3):
        pass
    assert one.value == pytest.approx(gradient_norm(alone).value, rel=1e-4)
    assert one.value != pytest.approx(gradient_norm(both, 0).value, rel=0.01)


def test_the_spectrum_is_of_the_mean_jacobian():
    game = Training(TINY, "cpu")
    found = spectrum(game, minibatches=3)
    mean = sum(Moment(game).jacobian(i) for i in range(3)) / 3
    assert np.allclose(np.sort(np.abs(found.eigenvalues)), np.sort(np.abs(np.linalg.eigvals(mean))))
    assert np.all(np.diff(np.abs(found.eigenvalues)) <= 1e-12)
    assert found.radius.value == np.abs(found.eigenvalues[0])
    assert found.growth.value == found.eigenvalues.real.max()
    assert found.turning.value == found.eigenvalues.imag.max()
    assert 0 < found.radius.error < found.radius.value
    assert found.eigenvalues.sum().real == pytest.approx(np.trace(mean))


def test_the_errors_are_the_spread_over_minibatches():
    scores = [
        gradient_norm(Training(TINY.but(seed=0, m=16), "cpu"), minibatches=n) for n in (16, 256)
    ]
    assert scores[0].error / scores[1].error == pytest.approx(4, rel=0.5)
    assert abs(scores[0].value - scores[1].value) < 4 * scores[0].error
    assert "noise alone" in scores[0].words


def test_a_blind_discriminator_sends_nothing_to_G():
    game = Training(TINY.but(data=gaussian()), "cpu")
    with torch.no_grad():
        game.D.flat.zero_()
    assert gradient_norm(game).value == 0.0
    assert spectrum(game, minibatches=2).turning.value >= 0


def test_the_jackknife_of_a_mean_is_the_standard_error():
    x = np.random.default_rng(0).normal(size=50)
    value, error = jackknife(x, float)
    assert value == pytest.approx(x.mean()) and error == pytest.approx(x.std(ddof=1) / 50**0.5)
    left = (x.sum() - x) / 49
    assert error == pytest.approx(math.sqrt(jackknife_variance(left)), rel=1e-12)
    assert jackknife_variance(left) == 49 / 50 * float(np.sum((left - left.mean()) ** 2))


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda: spectrum(Training(Recipe(), "cpu")), "at most 4000 weights"),
        (lambda: spectrum(Training(TINY, "cpu"), 1), "member must be"),
        (lambda: gradient_norm(Training(TINY, "cpu"), 0, 1), "minibatches"),
    ],
)
def test_bad_questions_get_one_sentence(do, word):
    with pytest.raises(ValueError, match=word):
        do()


def test_the_noise_is_that_of_the_moment_and_not_that_of_the_minibatch():
    game = Training(TINY.but(instance_noise=0.8, iterations=10))
    for _ in game.play(10):
        pass
    at_its_end = gradient_norm(game).value
    game.change(instance_noise=0.0)
    assert at_its_end == gradient_norm(game).value
