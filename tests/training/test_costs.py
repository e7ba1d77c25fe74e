"""What the zoo adds to the costs: penalties, noise, labels, packs, a look ahead, constraints."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from small_games import COMPANY, PLAIN, SMALL, after, minibatch, same, slope

from gan_lab.core.random_streams import Domain, Stream
from gan_lab.datasets import gaussian
from gan_lab.datasets.minibatches import FOR_G, draw
from gan_lab.recording.frames import frame_of
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.objective import BLUR_FOR_D
from gan_lab.training.recipe import Recipe


def test_a_step_beyond_k_draws_what_it_would_in_a_game_with_more_steps():
    few, many = (Training(SMALL.but(k=k, gp=0.1, instance_noise=0.3)) for k in (1, 4))
    for game in (few, many):
        for _ in range(3):
            game.update_discriminator()
    assert same(few, many)


@pytest.mark.parametrize(("r1", "r2"), [(0.7, 0.0), (0.0, 0.3), (0.7, 0.3)])
@pytest.mark.parametrize("activation", ["leaky_relu", "tanh"])
def test_r1_and_r2_add_half_the_mean_squared_slope_of_the_logit(r1, r2, activation):
    recipe = PLAIN.but(r1=r1, r2=r2, activation=activation, data=gaussian(), G=(4,), D=(4, 3))
    game = Training(recipe)
    x, z = minibatch(recipe, 0)
    fake = game.generate(z)[0]
    h = 1e-4 if activation == "tanh" else 1e-7

    def cost():
        def square(at):
            return ((game.logit(at + h) - game.logit(at - h)) / (2 * h)).square().mean().item()

        V = LOSSES["minimax"].D(game.logit(x), game.logit(fake)).item()
        return V + r1 / 2 * square(x[0]) + r2 / 2 * square(fake)

    start = game.D.flat.clone()
    fall = [-recipe.lr_D * slope(cost, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=2e-7)


@pytest.mark.parametrize("activation", ["leaky_relu", "tanh"])
def test_the_gradient_penalty_looks_between_the_minibatches(activation):
    recipe = PLAIN.but(
        loss="wasserstein", gp=0.8, activation=activation, data=gaussian(), G=(4,), D=(4, 3)
    )
    game = Training(recipe)
    x, z = minibatch(recipe, 0)
    fake = game.generate(z)
    u = Stream([recipe.seed]).uniform(Domain.BETWEEN_FOR_D, 0, (recipe.m, 1))
    at = (u * x + (1 - u) * fake)[0]
    h = 1e-4 if activation == "tanh" else 1e-7

    def cost():
        steep = ((game.logit(at + h) - game.logit(at - h)) / (2 * h)).abs()
        critic = game.logit(fake).mean() - game.logit(x).mean()
        return (critic + 0.8 * (steep - 1).square().mean()).item()

    start = game.D.flat.clone()
    fall = [-recipe.lr_D * slope(cost, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=2e-6)
    assert np.abs(fall).max() > 1e-3


@pytest.mark.parametrize("more", [{"instance_noise": 0.8}, {"gp": 0.8}])
def test_every_step_of_D_within_an_iteration_draws_by_its_own_number(more):
    recipe = PLAIN.but(k=2, **more)
    game, by_hand = Training(recipe), Training(recipe)
    for _ in range(2):
        game.update_discriminator()
    by_hand.update_discriminator()
    real, z = by_hand.minibatches.for_D(0, 1)
    with torch.no_grad():
        real, fake = by_hand.augment(real, by_hand.G(z), BLUR_FOR_D, 1)
    costs = by_hand.objective_D(by_hand.D, real, fake, (Domain.BETWEEN_FOR_D, 1))
    slopes = torch.autograd.grad(sum(costs).sum(), by_hand.D.parameters)
    fall = recipe.lr_D * torch.cat([s.flatten(1) for s in slopes], dim=1)
    torch.testing.assert_close(game.D.flat, by_hand.D.flat - fall, rtol=1e-12, atol=1e-12)


def test_every_step_of_D_has_points_between_of_its_own():
    game = Training(SMALL.but(gp=1.0))
    low, high = torch.zeros(1, 16, 1).double(), torch.ones(1, 16, 1).double()
    seen = []
    for _ in range(2):
        seen.append(game.between(high, low, Domain.BETWEEN_FOR_D, game.steps))
        game.update_discriminator()
    assert not torch.isin(seen[0], seen[1]).any() and 0 < seen[0].min() < seen[0].max() < 1


def test_smoothing_softens_the_label_of_the_data_alone():
    recipe = PLAIN.but(smoothing=0.2)
    game = Training(recipe)
    x, z = minibatch(recipe, 0)

    def cost():
        D = torch.sigmoid
        real, fake = D(game.logit(x)), D(game.logit(game.generate(z)))
        cost = 0.8 * torch.log(real) + 0.2 * torch.log(1 - real) + torch.log(1 - fake)
        return -cost.mean().item()

    start, before = game.D.flat.clone(), cost()
    fall = [-recipe.lr_D * slope(cost, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=1e-9)
    assert game.loss_D.item() == pytest.approx(before, rel=1e-9)


def blur(recipe, name, t, step=0):
    """The noise that D sees in iteration t, in data units: half gone after half the run."""
    noise = Stream([recipe.seed]).normal(Domain[name], t, (recipe.m, 1), step)
    return recipe.data.sd * recipe.instance_noise * (1 - t / recipe.iterations) * noise


@pytest.mark.parametrize("t", [0, 25])
def test_instance_noise_is_on_all_that_D_is_given_in_both_turns(t):
    recipe = PLAIN.but(instance_noise=0.8, loss="relativistic")
    game = Training(recipe)
    game.t = t
    x, z = minibatch(recipe, t)

    def cost_D():
        real, fake = x + blur(recipe, "BLUR_DATA_FOR_D", t), game.generate(z)
        fake = fake + blur(recipe, "BLUR_FAKE_FOR_D", t)
        return LOSSES["relativistic"].D(game.logit(real), game.logit(fake)).item()

    start = game.D.flat.clone()
    fall = [-recipe.lr_D * slope(cost_D, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=1e-9)

    z = Stream([recipe.seed]).normal(Domain.NOISE_FOR_G, t, (recipe.m, 1))
    x = draw(recipe.data, Stream([recipe.seed]), FOR_G, t, recipe.m)

    def cost_G():
        real, fake = x + blur(recipe, "BLUR_DATA_FOR_G", t), game.generate(z)
        fake = fake + blur(recipe, "BLUR_FAKE_FOR_G", t)
        return LOSSES["relativistic"].G(game.logit(real), game.logit(fake)).item()

    start = game.G.flat.clone()
    fall = [-recipe.lr_G * slope(cost_G, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)


def test_instance_noise_ends_with_the_recipe():
    noisy, plain = (Training(PLAIN.but(instance_noise=s)) for s in (0.8, 0.0))
    noisy.t = plain.t = PLAIN.iterations
    assert same(after(noisy, 3), after(plain, 3))
    x = torch.zeros(1, 5, 1).double()
    early, late = Training(PLAIN.but(instance_noise=1e-3)), Training(PLAIN.but(instance_noise=1e-3))
    a = early.augment(x, x, (Domain.BLUR_DATA_FOR_D, Domain.BLUR_FAKE_FOR_D), 0)
    b = late.augment(x, x, (Domain.BLUR_DATA_FOR_D, Domain.BLUR_FAKE_FOR_D), 1)
    assert len({v.item() for pair in (a, b) for part in pair for v in part.flatten()}) == 20


def test_a_packed_D_judges_samples_side_by_side_in_both_turns():
    recipe = PLAIN.but(packing=2, D=(6, 5))
    game = Training(recipe)
    assert game.D.widths == (2, 6, 5, 1)
    x, z = minibatch(recipe, 0)

    def packs(points):
        return torch.stack([points[:, 0::2, 0], points[:, 1::2, 0]], dim=-1)

    def cost_D():
        real, fake = game.logit(packs(x)), game.logit(packs(game.generate(z)))
        assert real.shape == fake.shape == (1, recipe.m // 2)
        return LOSSES["minimax"].D(real, fake).item()

    start, before = game.D.flat.clone(), cost_D()
    fall = [-recipe.lr_D * slope(cost_D, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=1e-9)
    assert game.loss_D.item() == pytest.approx(before, rel=1e-9)

    z = Stream([recipe.seed]).normal(Domain.NOISE_FOR_G, 0, (recipe.m, 1))

    def cost_G():
        return LOSSES["non-saturating"].G(None, game.logit(packs(game.generate(z)))).item()

    start = game.G.flat.clone()
    fall = [-recipe.lr_G * slope(cost_G, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)


@pytest.mark.parametrize(
    "more",
    [
        {"gp": 1.0, "loss": "wasserstein"},
        {"r1": 0.1, "r2": 0.1},
        {"loss": "relativistic", "instance_noise": 0.2},
    ],
)
def test_packs_go_with_penalties_pairs_and_noise(more):
    game = after(Training(SMALL.but(packing=4, members=2, **more)), 5)
    assert game.stopped is None and game.t == 5
    assert game.logit(torch.zeros(3, 4)).shape == (2, 3)


def test_a_packed_D_has_no_value_at_one_point():
    game = Training(SMALL.but(packing=2))
    with pytest.raises(ValueError, match=r"D\(x\) of one point is not defined") as refusal:
        game.discriminator()
    assert "\n" not in str(refusal.value)
    assert np.isnan(frame_of(game).D).all()
    with pytest.raises(ValueError, match=r"x must have the shape \(n, 2\)"):
        game.logit([3.0])


@pytest.mark.parametrize("unrolled", [1, 3])
@pytest.mark.parametrize(
    "more",
    [
        {},
        {"loss": "relativistic", "r1": 0.3},
        {"loss": "wasserstein", "gp": 0.5, "packing": 2},
        {"loss": "minimax", "smoothing": 0.1, "optimizer": "adam", "schedule": "cosine"},
    ],
    ids=str,
)
def test_an_unrolled_generator_descends_its_cost_under_the_D_that_follows(unrolled, more):
    recipe = PLAIN.but(activation="tanh", G=(4,), D=(5,), lr_D=0.5, **more)
    recipe = recipe.but(unrolled=unrolled, lr_G=0.1, optimizer="sgd")
    game = Training(recipe)
    stream, x = Stream([recipe.seed]), None
    x = (draw(recipe.data, stream, FOR_G, 0, recipe.m) - 3.0) / 0.5
    z = stream.normal(Domain.NOISE_FOR_G, 0, (recipe.m, 1))

    def cost():
        """G's cost after D has really moved, with G held where it is."""
        other = copy.deepcopy(game)
        with torch.no_grad():
            real, fake = other.packed(x), other.packed(other.G(z))
        for step in range(unrolled):
            parts = other.objective_D(other.D, real, fake, (Domain.BETWEEN_FOR_G, step))
            slopes = torch.autograd.grad(sum(parts).sum(), other.D.parameters)
            with torch.no_grad():
                for p, s in zip(other.D.parameters, slopes, strict=True):
                    p.sub_(recipe.lr_D * s)
        real, fake = other.D(real).squeeze(-1), other.D(fake).squeeze(-1)
        return LOSSES[recipe.loss].G(real, fake).item()

    start, D, before = game.G.flat.clone(), game.D.flat.clone(), cost()
    fall = [-recipe.lr_G * slope(cost, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)
    assert game.loss_G.item() == pytest.approx(before, rel=1e-9)
    assert torch.equal(game.D.flat, D)  # the look ahead is not a move


def test_looking_ahead_no_step_or_with_a_D_that_does_not_move_changes_nothing():
    ahead, plain = (Training(PLAIN.but(unrolled=n, lr_D=0.0)) for n in (3, 0))
    assert same(after(ahead, 3), after(plain, 3))
    ahead, plain = (Training(PLAIN.but(unrolled=n)) for n in (3, 0))
    assert not same(after(ahead, 3), after(plain, 3))


def test_members_look_ahead_with_step_sizes_of_their_own():
    rates = (0.3, 0.0, 0.1)
    recipe = PLAIN.but(unrolled=2, gp=0.1)
    together = after(Training(recipe.but(members=3, lr_D=rates)), 5)
    for i, rate in enumerate(rates):
        alone = after(Training(recipe.but(seed=recipe.seed + i, lr_D=rate)), 5)
        torch.testing.assert_close(alone.G.flat[0], together.G.flat[i], rtol=1e-9, atol=1e-12)


def test_clipping_holds_after_every_step_of_D_and_before_the_first():
    game = Training(SMALL.but(loss="wasserstein", clip=0.05, lr_D=0.1))
    assert game.D.flat.abs().max() == 0.05
    free = copy.deepcopy(game)
    free.recipe = free.recipe.but(clip=0.0)
    game.update_discriminator()
    free.update_discriminator()
    assert free.D.flat.abs().max() > 0.05
    assert torch.equal(game.D.flat, free.D.flat.clamp(-0.05, 0.05))


def test_spectral_normalisation_leaves_D_steep_at_most_one():
    game = Training(SMALL.but(spectral=True, members=2, lr_D=0.1))
    for _ in range(3):
        for w in game.D.weights:
            largest = torch.linalg.svdvals(w.detach())[:, 0]
            torch.testing.assert_close(largest, torch.ones(2).double())
        x = np.linspace(-5, 5, 2001)
        for i in range(2):  # in D's units, in which a step of 1 is one sd of the data
            D = game.discriminator(i)
            assert np.abs(np.diff(D(3 + 0.5 * x)) / np.diff(x)).max() <= 1 + 1e-9
        after(game, 1)


def test_a_constraint_leaves_the_generator_alone():
    for constraint in ({"clip": 1e-3}, {"spectral": True}):
        assert torch.equal(Training(SMALL.but(**constraint)).G.flat, Training(SMALL).G.flat)


@settings(max_examples=150)
@given(COMPANY)
def test_any_company_of_the_zoo_plays_or_is_refused_in_a_sentence(parts):
    try:
        recipe = Recipe(**{"members": 2, "m": 8, "G": [4], "D": [4], "lr_G": 1e-4} | parts)
    except ValueError as refusal:
        assert "\n" not in str(refusal)
        return
    game = after(Training(recipe, "cpu"), 2)
    assert game.t == 2 and game.stopped is None
    assert game.loss_D.isfinite().all() and game.loss_G.isfinite().all()
    start = Training(recipe, "cpu")
    assert not torch.equal(game.G.flat, start.G.flat)
    # D may end every step where it began: a line whose slope is held at 1 has nothing left but its
    # height, of which a difference of scores knows nothing. Without the constraint it moves.
    free = copy.deepcopy(game)
    free.recipe = recipe.but(clip=0.0, spectral=False)
    free.update_discriminator()
    assert not torch.equal(free.D.flat, game.D.flat)
    free.recipe = recipe
    free.constrain()
    game.update_discriminator()
    assert torch.equal(free.D.flat, game.D.flat)


@pytest.mark.parametrize("loss", ["wasserstein", "relativistic"])
def test_a_line_of_slope_one_has_nothing_to_learn_from_a_difference_of_scores(loss):
    recipe = Recipe(loss=loss, D=[], G=[4], spectral=True, m=8, dtype="float64")
    start, game = Training(recipe, "cpu"), after(Training(recipe, "cpu"), 3)
    assert game.D.weights[0].abs().item() == 1.0
    torch.testing.assert_close(game.D.flat, start.D.flat)
    assert not torch.equal(game.G.flat, start.G.flat)
