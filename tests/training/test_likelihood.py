"""Models with a likelihood: masks, sums over all pictures, bounds, and what training does."""

import numpy as np
import pytest
import torch
from scipy.linalg import subspace_angles

from gan_lab.datasets import digits
from gan_lab.theory.elbo import linear_gaussian_elbo
from gan_lab.training.likelihood import (
    LEVELS,
    SEES,
    VAE,
    LinearAutoencoder,
    LineVAE,
    MaskedNetwork,
    as_levels,
    as_pixels,
    drawn_levels,
    masks,
    trained_model,
)

EVERY = torch.cartesian_prod(*[torch.arange(3)] * 4)
"""All pictures of four pixels with three levels."""


def masked(sees, seed=0):
    torch.manual_seed(seed)
    net = MaskedNetwork(4, 24, 3, sees).eval()
    for layer in net.layers:
        if hasattr(layer, "mask"):
            layer.weight.data.mul_(3)
    return net


def test_pixels_are_levels_and_back():
    pixels = digits().pixels
    levels = as_levels(pixels)
    assert levels.min() == 0 and levels.max() == LEVELS - 1
    assert np.array_equal(as_pixels(levels).numpy(), pixels)


@pytest.mark.parametrize("sees", SEES)
def test_an_output_moves_with_the_pixels_that_it_may_see_and_no_other(sees):
    net = masked(sees)
    with torch.no_grad():
        base = net(EVERY)
        for j in range(4):
            changed = EVERY.clone()
            changed[:, j] = (changed[:, j] + 1) % 3
            moved = (net(changed) - base).abs().amax((0, 2)) > 0
            wanted = {"before": [i > j for i in range(4)], "others": [i != j for i in range(4)],
                      "all": [True] * 4}[sees]  # fmt: skip
            assert moved.tolist() == wanted


def test_paths_through_the_masks_are_those_that_are_told():
    a, b, c = (mask.long() for mask in masks(5, 20, 1, "before"))
    paths = c @ b @ a
    assert torch.equal(paths > 0, torch.ones(5, 5).tril(-1) > 0)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_only_the_causal_product_sums_to_1_whatever_the_weights(seed):
    with torch.no_grad():
        sums = {s: float(masked(s, seed).log_product(EVERY).double().exp().sum()) for s in SEES}
    assert sums["before"] == pytest.approx(1, abs=1e-6)
    assert abs(sums["others"] - 1) > 1e-3 and abs(sums["all"] - 1) > 1e-3


def test_samples_have_the_probabilities_that_are_said():
    net = masked("before")
    with torch.no_grad():
        p = net.log_product(EVERY).exp().numpy()
    n = 20_000
    code = torch.tensor([27, 9, 3, 1])
    counts = np.bincount((net.sample(n) * code).sum(1), minlength=81)
    assert (np.abs(counts - n * p) < 5 * np.sqrt(n * p * (1 - p)) + 1).all()
    assert torch.equal(net.sample(5, seed=3), net.sample(5, seed=3))


def test_a_network_that_sees_the_answer_is_sure_of_everything():
    data = torch.tensor(digits().pixels.reshape(-1, 8, 8)[:, 2:4, 2:4].reshape(-1, 4) > 0).long()
    pairs = torch.cartesian_prod(*[torch.arange(2)] * 4)
    sums = {}
    for sees in SEES:
        net = trained_model(lambda sees=sees: MaskedNetwork(4, 40, 2, sees), data, 250, lr=2e-2)
        with torch.no_grad():
            sums[sees] = float(net.log_product(pairs).exp().sum())
    assert sums["before"] == pytest.approx(1, abs=1e-5)
    assert sums["others"] > 1.1 and sums["all"] > 15


def test_fitting_leaves_what_is_drawn_elsewhere_alone_and_is_a_function_of_the_seed():
    x = torch.randn(50, 3, generator=torch.Generator().manual_seed(0))
    torch.manual_seed(5)
    wanted = torch.rand(3)
    torch.manual_seed(5)
    one, same, other = (trained_model(lambda: LinearAutoencoder(3, 1), x, 20, s) for s in (1, 1, 2))
    assert torch.equal(torch.rand(3), wanted)
    assert torch.equal(one.encoder.weight, same.encoder.weight)
    assert not torch.equal(one.encoder.weight, other.encoder.weight)
    assert not one.training


def test_a_linear_autoencoder_finds_the_principal_components():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(400, 5)) * [3, 2, 0.5, 0.4, 0.3] @ np.linalg.qr(rng.normal(size=(5, 5)))[0]
    x -= x.mean(0)
    model = trained_model(
        lambda: LinearAutoencoder(5, 2), torch.tensor(x).float(), 1000, lr=2e-2, m=400
    )
    best = np.linalg.svd(x, full_matrices=False)[2][:2].T
    assert subspace_angles(model.decoder.weight.detach().numpy(), best).max() < 0.02


def linear_line_vae(w, s, a, log_t):
    """A LineVAE without bends: x is N(w z, s^2), and q(z | x) is N(a x, t^2)."""
    model = LineVAE()
    model.decoder = torch.nn.Linear(1, 1)
    model.encoder = torch.nn.Linear(1, 2)
    with torch.no_grad():
        for layer, weights, biases in (
            (model.decoder, [[w]], [0.0]),
            (model.encoder, [[a], [0.0]], [0.0, log_t]),
        ):
            layer.weight.copy_(torch.tensor(weights))
            layer.bias.copy_(torch.tensor(biases))
        model.log_s.copy_(torch.tensor(float(np.log(s))))
    return model


def test_both_estimates_of_the_elbo_are_that_of_the_linear_model():
    x, w, s, a, t = 1.2, 0.9, 0.7, 0.4, 0.8
    exact = linear_gaussian_elbo(x, w, s, a * x, t)
    model, xs = linear_line_vae(w, s, a, float(np.log(t))), torch.full((40_000, 1), x)
    torch.manual_seed(0)
    with torch.no_grad():
        fit, cost = model.terms(xs)
        logs = model.log_weights(xs)
    assert cost[0].item() == pytest.approx(exact.cost, abs=1e-5)
    for drawn, wanted in ((fit, exact.fit), (logs, exact.elbo)):
        assert abs(drawn.mean().item() - wanted) < 4 * drawn.std().item() / 200
    assert logs.exp().mean().log().item() == pytest.approx(exact.log_p, abs=0.02)


@pytest.mark.parametrize("beta, sleeps", [(1.0, False), (3.0, False), (5.0, True)])
def test_a_latent_sleeps_where_beta_is_above_the_variance_over_the_noise(beta, sleeps):
    """The variance of the data is 1 and the noise 1/4 of it: the border is at 4."""
    data = torch.tensor(np.random.default_rng(0).normal(size=(2000, 1))).float()
    data = (data - data.mean()) / data.std()

    def make():
        model = linear_line_vae(0.5, 0.5, 0.5, -0.5)
        model.beta = beta
        model.log_s.requires_grad_(False)
        return model

    model = trained_model(make, data, 600, lr=4e-2, m=256)
    w = model.decoder.weight.item()
    assert (abs(w) < 0.15) == sleeps
    if not sleeps:
        assert w**2 == pytest.approx(1 - beta / 4, abs=0.1)


def test_levels_are_drawn_as_probable_as_they_are():
    outputs = torch.tensor([0.1, 0.2, 0.7]).log().expand(3000, 2, 3)
    drawn = drawn_levels(outputs, torch.Generator().manual_seed(0))
    share = (drawn == 2).float().mean().item()
    assert drawn.shape == (3000, 2) and abs(share - 0.7) < 4 * np.sqrt(0.21 / 6000)


def test_a_vae_of_pictures_has_shapes_of_pictures():
    model = VAE(64, 3, 8)
    x = as_levels(digits().pixels[:5])
    fit, cost = model.terms(x)
    assert fit.shape == (5,) and cost.shape == (5, 3) and (cost >= 0).all()
    assert model.means(torch.zeros(2, 3)).shape == (2, 64)
    assert model.log_weights(x).shape == (5,)
