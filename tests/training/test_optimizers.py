"""Our optimizers take the same steps as torch's own, and each member its own."""

import pytest
import torch

from gan_lab.training.optimizers import OPTIMIZERS, SGD, Adam, RMSProp


def gradients(steps, members=3, size=5, seed=0):
    generator = torch.Generator().manual_seed(seed)
    shape = (steps, members, size)
    sizes = 10.0 ** torch.arange(-3.0, 2.0, dtype=torch.float64)  # from tiny to large
    return torch.randn(shape, generator=generator, dtype=torch.float64) * sizes


def walk(optimizer, start, steps, rate):
    weights = start.clone()
    for gradient in steps:
        weights -= optimizer.step(gradient, rate)
    return weights


def torch_walk(make, start, steps):
    weights = torch.nn.Parameter(start.clone())
    optimizer = make([weights])
    for gradient in steps:
        weights.grad = gradient.clone()
        optimizer.step()
    return weights.detach()


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.5, 0.9), (0.0, 0.99)])
def test_adam_is_torchs_adam(betas):
    steps, start = gradients(60), torch.ones(3, 5, dtype=torch.float64)
    ours = walk(Adam(start, *betas), start, steps, 0.03)
    theirs = torch_walk(lambda p: torch.optim.Adam(p, lr=0.03, betas=betas), start, steps)
    torch.testing.assert_close(ours, theirs, rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("momentum", [0.0, 0.9])
@pytest.mark.parametrize("beta2", [0.9, 0.99])
def test_rmsprop_is_torchs_rmsprop(beta2, momentum):
    steps, start = gradients(60), torch.ones(3, 5, dtype=torch.float64)
    ours = walk(RMSProp(start, beta2, momentum), start, steps, 0.03)
    theirs = torch_walk(
        lambda p: torch.optim.RMSprop(p, lr=0.03, alpha=beta2, momentum=momentum), start, steps
    )
    torch.testing.assert_close(ours, theirs, rtol=1e-13, atol=1e-13)


def test_every_setting_of_an_optimizer_is_what_it_is_made_with():
    values = {"beta1": 0.3, "beta2": 0.7, "momentum": 0.4}
    for make in OPTIMIZERS.values():
        optimizer = make(torch.zeros(1, 2), **{name: values[name] for name in make.SETTINGS})
        assert all(getattr(optimizer, name) == values[name] for name in make.SETTINGS)


@pytest.mark.parametrize("momentum", [0.0, 0.5, 0.9])
def test_sgd_is_torchs_sgd(momentum):
    steps, start = gradients(60), torch.ones(3, 5, dtype=torch.float64)
    ours = walk(SGD(start, momentum), start, steps, 0.03)
    theirs = torch_walk(lambda p: torch.optim.SGD(p, lr=0.03, momentum=momentum), start, steps)
    torch.testing.assert_close(ours, theirs, rtol=1e-13, atol=1e-13)


def test_adams_first_step_is_the_rate_times_the_sign():
    gradient = gradients(1)[0] + 1e-3
    step = Adam(gradient, 0.9, 0.999, eps=0.0).step(gradient, 0.1)
    torch.testing.assert_close(step, 0.1 * gradient.sign())


@pytest.mark.parametrize(
    "make",
    [
        lambda w: SGD(w, 0.9),
        lambda w: Adam(w, 0.5, 0.99),
        lambda w: RMSProp(w, 0.9, 0.5),
    ],
)
def test_each_member_may_have_its_own_step_size(make):
    steps, start = gradients(20), torch.zeros(3, 5, dtype=torch.float64)
    rates = [0.1, 0.0, 0.003]
    together = walk(make(start), start, steps, torch.tensor(rates, dtype=start.dtype)[:, None])
    for i, rate in enumerate(rates):
        alone = walk(make(start[i : i + 1]), start[i : i + 1], steps[:, i : i + 1], rate)
        assert torch.equal(together[i], alone[0])
    assert torch.equal(together[1], start[1])


def test_momentum_gathers_speed_to_a_known_limit():
    one = torch.ones(1, 1, dtype=torch.float64)
    sgd = SGD(one, 0.9)
    for _ in range(400):
        step = sgd.step(one, 1.0)
    assert step.item() == pytest.approx(1.0 / (1.0 - 0.9), rel=1e-12)
