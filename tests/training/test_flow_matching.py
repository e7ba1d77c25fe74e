"""Flow matching: what it is given, that members are alone, and that it learns the velocity."""

import numpy as np
import pytest
import torch

from gan_lab.datasets import digits
from gan_lab.distributions import gaussian, mixture
from gan_lab.theory.flows import straight_velocity
from gan_lab.training import FlowMatching, Recipe

TWO = mixture([gaussian(-1, 0.5), gaussian(1, 0.5)])
SMALL = Recipe(data=gaussian(3, 0.5), G=(8,), D=(4,), activation="tanh", m=16, members=2, seed=5)


def learned(recipe: Recipe, steps: int, **options) -> FlowMatching:
    flow = FlowMatching(recipe, steps, **options)
    for _ in flow.learn(steps):
        pass
    return flow


def test_a_step_descends_the_mean_square_as_adam_does():
    flow = FlowMatching(SMALL, 10, rate=0.01)
    x, z, t = (part[0] for part in flow.drawn(range(1)))
    before = flow.velocity.flat.detach().clone().requires_grad_()
    answer = flow.velocity.over(before)(torch.cat([(1 - t) * z + t * x, t], -1))
    cost = ((answer - (x - z)) ** 2).mean((1, 2)).sum()
    (gradient,) = torch.autograd.grad(cost, before)
    next(flow.learn(1))
    moved = flow.velocity.flat.detach() - before.detach()
    expected = -0.01 * gradient / (gradient.abs() + 1e-8)  # the first step of Adam
    assert torch.allclose(moved, expected, rtol=1e-3, atol=1e-6)
    assert flow.t == 1


def test_what_is_drawn_is_data_in_their_own_units_noise_and_times():
    flow = FlowMatching(SMALL.but(m=4000, data=TWO), 10)
    x, z, t = (part.numpy() for part in flow.drawn(range(2)))
    assert x.shape == z.shape == t.shape == (2, 2, 4000, 1)
    assert abs(x.mean()) < 0.03 and abs(x.std() - 1) < 0.03
    assert abs(z.mean()) < 0.03 and abs(z.std() - 1) < 0.03
    assert 0 < t.min() and t.max() <= 1 and abs(t.mean() - 0.5) < 0.01
    for one, other in ((x, z), (x, t), (z, t)):
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 4 / np.sqrt(x.size)


def test_a_member_learns_alone_what_it_learns_in_company_however_it_is_asked():
    both, alone = learned(SMALL, 60), FlowMatching(SMALL.alone(1), 60)
    for steps in (7, 53):
        for _ in alone.learn(steps):
            pass
    z = np.linspace(-2, 2, 9)
    assert np.allclose(both.map(1, 8)(z), alone.map(0, 8)(z), atol=1e-4)
    assert np.abs(both.map(0, 8)(z) - both.map(1, 8)(z)).max() > 1e-3


def test_it_learns_the_exact_velocity():
    recipe = Recipe(data=TWO, G=(32,), D=(4,), activation="tanh", m=256)
    own = mixture([gaussian(at / TWO.sd, 0.5 / TWO.sd) for at in (-1, 1)])
    x, exact = np.linspace(-1.5, 1.5, 31), straight_velocity(own)
    flows = [learned(recipe, steps, rate=0.01).velocity.at(0) for steps in (1, 1500)]
    for t in (0.1, 0.4, 0.8):
        before, after = (np.abs(v(np.stack([x, np.full(31, t)], -1)) - exact(x, t)) for v in flows)
        assert after.mean() < min(0.2, before.mean() / 2)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: FlowMatching(SMALL.but(data=digits()), 5), "flow matching needs a recipe on the"),
        (lambda: FlowMatching(SMALL, 0), "steps must be a whole number, 1 or more, not 0"),
        (lambda: FlowMatching(SMALL, 5, rate=-1), "rate must be a number above 0, not -1"),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{said}"):
        make()
