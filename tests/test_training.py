"""Algorithm 1, sentence by sentence."""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab import theory
from gan_lab.data import FOR_D, FOR_G, bimodal, gaussian
from gan_lab.frames import see
from gan_lab.losses import LOSSES
from gan_lab.recipe import PRESETS, Recipe
from gan_lab.streams import Purpose, Stream
from gan_lab.training import BLUR_FOR_D, BUILT_IN, Training, place

SMALL = Recipe(G=(8, 8), D=(8, 8), m=16, k=2, dtype="float64", iterations=50, seed=3)
PLAIN = SMALL.but(optimizer="sgd", schedule="constant", r1=0.0, r2=0.0, lr_D=0.1, lr_G=0.1)


@pytest.fixture(autouse=True)
def one_thread():
    """Small products gain nothing from threads, and lose a lot where other work is going on."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def after(training, iterations):
    for _ in training.play(iterations):
        pass
    return training


def same(one, other):
    return torch.equal(one.G.flat, other.G.flat) and torch.equal(one.D.flat, other.D.flat)


def slope(f, flat, i, step=1e-5):
    """The derivative of f() in one weight, by the definition."""
    at = flat[0, i].item()
    values = []
    for h in (step, -step):
        flat[0, i] = at + h
        values.append(f())
    flat[0, i] = at
    return (values[0] - values[1]) / (2 * step)


def minibatch(recipe, t, step=0):
    """Data and noise of D's step, drawn here from the counters alone."""
    stream = Stream([recipe.seed])
    x = recipe.data.sample(stream, FOR_D, t, recipe.m, step)
    z = stream.normal(Purpose.NOISE_FOR_D, t, (recipe.m, recipe.latent_dim), step)
    return x, z


def test_the_discriminator_climbs_the_gradient_written_in_algorithm_1():
    game = Training(PLAIN)
    x, z = minibatch(PLAIN, 0)

    def V():
        D = torch.sigmoid
        real, fake = D(game.logit(x)), D(game.logit(game.generate(z)))
        return (torch.log(real).mean() + torch.log(1 - fake).mean()).item()

    start = game.D.flat.clone()
    climb = [PLAIN.lr_D * slope(V, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], climb, atol=1e-9)
    assert np.abs(climb).max() > 1e-3  # and there was something to climb


@pytest.mark.parametrize("loss", LOSSES)
def test_the_generator_descends_the_gradient_of_its_loss(loss):
    recipe = PLAIN.but(loss=loss)
    game = Training(recipe)
    z = Stream([recipe.seed]).normal(Purpose.NOISE_FOR_G, 0, (recipe.m, 1))
    x = recipe.data.sample(Stream([recipe.seed]), FOR_G, 0, recipe.m)

    def cost():
        return LOSSES[loss].G(game.logit(x), game.logit(game.generate(z))).item()

    start, before = game.G.flat.clone(), cost()
    fall = [-recipe.lr_G * slope(cost, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)
    assert game.loss_G.item() == pytest.approx(before, rel=1e-9)


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


@pytest.mark.parametrize("loss", LOSSES)
def test_the_discriminator_descends_the_gradient_of_its_loss(loss):
    recipe = PLAIN.but(loss=loss)
    game = Training(recipe)
    x, z = minibatch(recipe, 0)

    def cost():
        return LOSSES[loss].D(game.logit(x), game.logit(game.generate(z))).item()

    start, before = game.D.flat.clone(), cost()
    fall = [-recipe.lr_D * slope(cost, game.D.flat, i) for i in range(start.shape[1])]
    game.update_discriminator()
    np.testing.assert_allclose((game.D.flat - start)[0], fall, atol=1e-9)
    assert game.loss_D.item() == pytest.approx(before, rel=1e-9)


@pytest.mark.parametrize("activation", ["leaky_relu", "tanh"])
def test_the_gradient_penalty_looks_between_the_minibatches(activation):
    recipe = PLAIN.but(loss="wasserstein", gp=0.8, activation=activation, data=gaussian(), G=(4,),
                       D=(4, 3))
    game = Training(recipe)
    x, z = minibatch(recipe, 0)
    fake = game.generate(z)
    u = Stream([recipe.seed]).uniform(Purpose.BETWEEN_FOR_D, 0, (recipe.m, 1))
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
        real, fake = by_hand.given_to_D(real, by_hand.G(z), BLUR_FOR_D, 1)
    costs = by_hand.cost_of_D(by_hand.D, real, fake, (Purpose.BETWEEN_FOR_D, 1))
    slopes = torch.autograd.grad(sum(costs).sum(), by_hand.D.parameters)
    fall = recipe.lr_D * torch.cat([s.flatten(1) for s in slopes], dim=1)
    torch.testing.assert_close(game.D.flat, by_hand.D.flat - fall, rtol=1e-12, atol=1e-12)


def test_every_step_of_D_has_points_between_of_its_own():
    game = Training(SMALL.but(gp=1.0))
    low, high = torch.zeros(1, 16, 1).double(), torch.ones(1, 16, 1).double()
    seen = []
    for _ in range(2):
        seen.append(game.between(high, low, Purpose.BETWEEN_FOR_D, game.steps))
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
    noise = Stream([recipe.seed]).normal(Purpose[name], t, (recipe.m, 1), step)
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

    z = Stream([recipe.seed]).normal(Purpose.NOISE_FOR_G, t, (recipe.m, 1))
    x = recipe.data.sample(Stream([recipe.seed]), FOR_G, t, recipe.m)

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
    a = early.given_to_D(x, x, (Purpose.BLUR_DATA_FOR_D, Purpose.BLUR_FAKE_FOR_D), 0)
    b = late.given_to_D(x, x, (Purpose.BLUR_DATA_FOR_D, Purpose.BLUR_FAKE_FOR_D), 1)
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

    z = Stream([recipe.seed]).normal(Purpose.NOISE_FOR_G, 0, (recipe.m, 1))

    def cost_G():
        return LOSSES["non-saturating"].G(None, game.logit(packs(game.generate(z)))).item()

    start = game.G.flat.clone()
    fall = [-recipe.lr_G * slope(cost_G, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)


@pytest.mark.parametrize("more", [{"gp": 1.0, "loss": "wasserstein"}, {"r1": 0.1, "r2": 0.1},
                                  {"loss": "relativistic", "instance_noise": 0.2}])
def test_packs_go_with_penalties_pairs_and_noise(more):
    game = after(Training(SMALL.but(packing=4, members=2, **more)), 5)
    assert game.stopped is None and game.t == 5
    assert game.logit(torch.zeros(3, 4)).shape == (2, 3)


def test_a_packed_D_has_no_value_at_one_point_and_so_no_picture():
    game = Training(SMALL.but(packing=2))
    for look in (lambda: game.discriminator(), lambda: see(game)):
        with pytest.raises(ValueError, match=r"D\(x\) of one point is not defined") as refusal:
            look()
        assert "\n" not in str(refusal.value)
    with pytest.raises(ValueError, match=r"x must have the shape \(n, 2\)"):
        game.logit([3.0])


@pytest.mark.parametrize("unrolled", [1, 3])
@pytest.mark.parametrize(
    "more",
    [{}, {"loss": "relativistic", "r1": 0.3}, {"loss": "wasserstein", "gp": 0.5, "packing": 2},
     {"loss": "minimax", "smoothing": 0.1, "optimizer": "adam", "schedule": "cosine"}],
    ids=str,
)
def test_an_unrolled_generator_descends_its_cost_under_the_D_that_follows(unrolled, more):
    recipe = PLAIN.but(activation="tanh", G=(4,), D=(5,), lr_D=0.5, **more)
    recipe = recipe.but(unrolled=unrolled, lr_G=0.1, optimizer="sgd")
    game = Training(recipe)
    stream, x = Stream([recipe.seed]), None
    x = (recipe.data.sample(stream, FOR_G, 0, recipe.m) - 3.0) / 0.5
    z = stream.normal(Purpose.NOISE_FOR_G, 0, (recipe.m, 1))

    def cost():
        """G's cost after D has really moved, with G held where it is."""
        other = copy.deepcopy(game)
        with torch.no_grad():
            real, fake = other.packed(x), other.packed(other.G(z))
        for step in range(unrolled):
            parts = other.cost_of_D(other.D, real, fake, (Purpose.BETWEEN_FOR_G, step))
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


def test_an_iteration_is_k_steps_of_D_then_one_of_G():
    by_hand, played = Training(SMALL), Training(SMALL)
    for _ in range(3):
        for _ in range(SMALL.k):
            by_hand.update_discriminator()
        by_hand.update_generator()
    assert same(after(played, 3), by_hand)
    assert played.t == by_hand.t == 3


def test_turns_hand_back_the_game_after_D_and_again_after_G():
    game = Training(SMALL)
    assert (game.turn, game.t) == ("start", 0)
    seen = [(g.turn, g.t) for g in game.turns(2)]
    assert seen == [("D", 0), ("G", 1), ("D", 1), ("G", 2)]
    moved = []
    for g in game.turns(1):
        moved.append((g.D.flat.clone(), g.G.flat.clone()))
    (D_after_D, G_after_D), (D_after_G, G_after_G) = moved
    assert torch.equal(D_after_D, D_after_G) and not torch.equal(G_after_D, G_after_G)


def test_line_by_line_is_the_same_game():
    game, played = Training(SMALL.but(k=2)), Training(SMALL.but(k=2))
    names = [line.name for line in game.lines(2)]
    once = ["sample noise for D", "sample data for D", "move D"]
    assert names == ([*once, *once, "sample noise for G", "move G"]) * 2
    assert same(game, after(played, 2)) and game.t == 2


def test_a_line_shows_the_minibatch_that_the_move_uses():
    game = Training(PLAIN)
    noise, data, move = (line for line, _ in zip(game.lines(), range(3), strict=False))
    x, z = minibatch(PLAIN, 0)
    assert torch.equal(noise.z, z)
    torch.testing.assert_close(noise.x, Training(PLAIN).generate(z))
    torch.testing.assert_close(data.x, x)
    start = Training(PLAIN)
    cost = LOSSES["minimax"].D(start.logit(data.x), start.logit(noise.x))
    torch.testing.assert_close(move.loss, cost)
    (sampled, moved) = [line for line in game.lines() if "G" in line.name]
    assert moved.loss is game.loss_G and sampled.x.shape == (1, PLAIN.m, 1)
    assert data.z is None and data.loss is None


def test_the_lines_end_where_a_game_is_over():
    game = Training(WILD)
    assert [line.name for line in game.lines(1000)][-1].startswith("move") and game.over


def test_a_training_moves_only_when_asked():
    game = Training(SMALL)
    plays, still = game.play(5), copy.deepcopy(game)
    assert same(game, still)
    next(plays)
    assert game.t == 1 and not same(game, still)


def test_every_step_of_D_sees_new_data_and_the_same_recipe_the_same_data():
    game = Training(SMALL)
    batches = [game.minibatches.for_D(t, j) for t in (0, 1, 70) for j in (0, 1, 5)]
    assert len({x.sum().item() for x, _ in batches}) == len(batches)
    for (t, j), (x, z) in zip([(t, j) for t in (0, 1, 70) for j in (0, 1, 5)], batches,
                              strict=True):
        data, noise = minibatch(SMALL, t, j)
        torch.testing.assert_close(x, (data - 3.0) / 0.5, rtol=1e-14, atol=1e-14)
        assert torch.equal(z, noise)


def test_a_member_alone_plays_the_same_game_as_in_company():
    recipe = SMALL.but(members=4, data=bimodal())
    together = after(Training(recipe), 100)
    for i in range(4):
        alone = after(Training(recipe.but(members=1, seed=recipe.seed + i)), 100)
        for ours, theirs in ((alone.G, together.G), (alone.D, together.D)):
            torch.testing.assert_close(ours.flat[0], theirs.flat[i], rtol=1e-9, atol=1e-12)
    # which means something, because the members differ among themselves
    assert (together.G.flat[0] - together.G.flat[1]).abs().max() > 0.1


def test_a_member_alone_draws_the_same_as_in_company_bit_for_bit():
    together = Training(SMALL.but(members=3, data=bimodal())).minibatches
    for i in range(3):
        alone = Training(SMALL.but(seed=SMALL.seed + i, data=bimodal())).minibatches
        for t in (0, 5, 200):
            for a, b in zip(alone.for_D(t, 1), together.for_D(t, 1), strict=True):
                assert torch.equal(a[0], b[i])
            assert torch.equal(alone.for_G(t)[1][0], together.for_G(t)[1][i])


@pytest.mark.parametrize("recipe", [SMALL, SMALL.but(optimizer="sgd", momentum=0.5, members=2),
                                    SMALL.but(optimizer="rmsprop", momentum=0.5, gp=0.1, ema=0.9)])
@pytest.mark.parametrize("turns", [10, 11])
def test_a_deep_copy_resumes_bit_identically(recipe, turns):
    game = Training(recipe)
    for _, _ in zip(range(turns), game.turns(99), strict=False):
        pass
    if turns == 11:  # in the middle of D's steps
        game.update_generator()
        game.update_discriminator()
    snapshot = copy.deepcopy(game)
    untouched = copy.deepcopy(game)
    after(game, 30)
    assert same(snapshot, untouched) and not same(snapshot, game)
    after(snapshot, 30)
    assert same(snapshot, game)
    assert torch.equal(snapshot.loss_D, game.loss_D) and snapshot.t == game.t


def test_the_same_recipe_gives_the_same_game_bit_for_bit():
    assert same(after(Training(SMALL), 20), after(Training(SMALL), 20))


def test_standardised_players_meet_the_same_game_at_any_scale():
    # Only the units change: the same weights, the same losses, x moved and stretched.
    near, far = SMALL.but(data=bimodal(0.0, 2.0, 0.3)), SMALL.but(data=bimodal(100.0, 200.0, 30.0))
    one, other = after(Training(near), 20), after(Training(far), 20)
    torch.testing.assert_close(one.G.flat, other.G.flat, rtol=1e-6, atol=1e-9)
    z = torch.linspace(-2, 2, 9)
    torch.testing.assert_close(100 * one.generate(z) + 100, other.generate(z), rtol=1e-6, atol=0)


def test_the_cosine_schedule_takes_both_rates_to_zero_and_leaves_them_there():
    game = Training(PLAIN.but(schedule="cosine", iterations=8))
    rates = [game.number("lr_D")] + [g.number("lr_D") for g in game.play(8)]
    falling = PLAIN.lr_D * 0.5 * (1 + np.cos(np.pi * np.arange(9) / 8))
    np.testing.assert_allclose(rates, falling, atol=1e-15)
    end = copy.deepcopy(game)
    assert same(after(game, 3), end)


def test_a_rate_of_zero_holds_a_player_still():
    game = Training(SMALL.but(lr_G=0.0))
    start = copy.deepcopy(game)
    after(game, 3)
    assert torch.equal(game.G.flat, start.G.flat) and not torch.equal(game.D.flat, start.D.flat)


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
def test_each_member_may_have_step_sizes_of_its_own(optimizer):
    rates = {"lr_D": (0.01, 0.0, 0.003), "lr_G": (0.002, 0.01, 0.0)}
    recipe = SMALL.but(optimizer=optimizer, momentum=0.5)
    together = after(Training(recipe.but(members=3, **rates)), 10)
    for i in range(3):
        own = {name: values[i] for name, values in rates.items()}
        alone = after(Training(recipe.but(seed=recipe.seed + i, **own)), 10)
        for ours, theirs in ((alone.G, together.G), (alone.D, together.D)):
            torch.testing.assert_close(ours.flat[0], theirs.flat[i], rtol=1e-9, atol=1e-12)
    start = Training(recipe.but(members=3, **rates))
    assert torch.equal(together.D.flat[1], start.D.flat[1])
    assert torch.equal(together.G.flat[2], start.G.flat[2])
    assert not torch.equal(together.G.flat[1], start.G.flat[1])


def test_the_average_is_the_exponential_mean_of_the_weights_of_G():
    game = Training(SMALL.but(ema=0.9, members=2))
    past = [game.G.flat.clone()] + [g.G.flat.clone() for g in game.play(12)]
    # 0.9^12 of the first weights, and 0.1 * 0.9^(12 - t) of those after iteration t
    shares = [0.9**12] + [0.1 * 0.9 ** (12 - t) for t in range(1, 13)]
    by_hand = sum(share * weights for share, weights in zip(shares, past, strict=True))
    torch.testing.assert_close(game.average.flat, by_hand)
    assert sum(shares) == pytest.approx(1.0)


def test_the_average_watches_and_does_not_play():
    assert same(after(Training(SMALL.but(ema=0.9)), 9), after(Training(SMALL), 9))


def test_the_averaged_game_is_seen_like_any_other():
    game = after(Training(SMALL.but(ema=0.9)), 9)
    z, seen = np.linspace(-2, 2, 7), game.averaged()
    by_hand = 3.0 + 0.5 * game.average.at(0)(z)
    np.testing.assert_allclose(game.generate(z, averaged=True)[0, :, 0], by_hand)
    np.testing.assert_allclose(seen.generator()(z), by_hand)
    np.testing.assert_allclose(see(seen).G_z, seen.generator()(see(seen).z))
    assert see(seen).jsd != see(game).jsd
    untouched = copy.deepcopy(game)
    after(seen, 2)
    assert same(game, untouched) and torch.equal(game.average.flat, untouched.average.flat)


CHANGES = [
    {"loss": "hinge"}, {"loss": "relativistic"}, {"lr_D": 0.02}, {"lr_G": [0.01, 0.02]}, {"k": 5},
    {"m": 24}, {"r1": 0.0, "gp": 0.1}, {"clip": 0.05}, {"spectral": True}, {"smoothing": 0.1},
    {"instance_noise": 0.3}, {"beta1": 0.5, "beta2": 0.9}, {"schedule": "constant"},
    {"iterations": 70}, {"latent": "uniform"}, {"activation": "tanh"}, {"optimizer": "rmsprop"},
    {"ema": 0.5}, {"unrolled": 2},
]


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_a_changed_game_is_a_new_game_with_the_old_weights_moments_and_t(changes):
    recipe = SMALL.but(members=2)
    changed, new = after(Training(recipe), 5), Training(recipe.but(**changes))
    new.t, new.turn = changed.t, changed.turn
    for player in ("G", "D"):
        getattr(new, player).flat.copy_(getattr(changed, player).flat)
        ours, theirs = (getattr(g, f"optimizer_{player}") for g in (new, changed))
        if type(ours) is type(theirs):
            ours.first, ours.second = theirs.first.clone(), theirs.second.clone()
            ours.steps = theirs.steps
    if new.average is not None:
        new.average.flat.copy_(changed.G.flat)
    new.constrain()
    unchanged = copy.deepcopy(changed)
    changed.change(**changes)
    assert same(changed, new) and changed.recipe == new.recipe and changed.t == 5
    assert changed.p_z.support == new.p_z.support
    assert same(after(changed, 4), after(new, 4))
    assert new.average is None or torch.equal(changed.average.flat, new.average.flat)
    assert "ema" in changes or not same(changed, after(unchanged, 4))


def test_a_momentum_that_is_changed_keeps_its_velocity():
    game = after(Training(PLAIN.but(momentum=0.9)), 3)
    velocity = game.optimizer_D.velocity.clone()
    game.change(momentum=0.5)
    assert torch.equal(game.optimizer_D.velocity, velocity) and game.optimizer_D.momentum == 0.5
    game = after(Training(PLAIN), 3)
    game.change(momentum=0.5)
    after(game, 2)
    assert game.optimizer_D.velocity.abs().max() > 0


def test_an_average_that_is_no_longer_asked_for_is_gone():
    game = after(Training(SMALL.but(ema=0.9)), 2)
    kept = game.average.flat.clone()
    game.change(ema=0.5, activation="tanh")
    assert game.average.activation == "tanh"
    assert torch.equal(game.average.flat, kept)
    game.change(ema=0.0)
    assert game.average is None


def test_fewer_steps_of_D_than_it_has_made_end_its_turn():
    game = Training(SMALL.but(k=5))
    for _ in range(3):
        game.update_discriminator()
    game.change(k=2)
    assert [g.turn for g in game.turns(1)] == ["D", "G"] and game.t == 1


@pytest.mark.parametrize(
    "changes",
    [{"data": bimodal()}, {"latent_dim": 2}, {"G": (8,)}, {"D": (9, 8)}, {"gain": 1.0},
     {"standardise": False}, {"members": 2}, {"seed": 4}, {"dtype": "float32"}, {"packing": 2},
     {"k": 0}, {"lr_D": -1.0}, {"loss": "wgan"}, {"K": 1}, {"clip": 0.1, "spectral": True},
     {"lr_D": [0.1, 0.1]}, {"lr_D": 0.5, "seed": 4}],
    ids=str,
)
def test_what_a_running_game_cannot_become_is_refused_and_nothing_changes(changes):
    game = after(Training(SMALL), 2)
    before, rules = copy.deepcopy(game), game.recipe
    with pytest.raises(ValueError) as refusal:
        game.change(**changes)
    assert "\n" not in str(refusal.value) and game.recipe is rules
    if len(changes) == 1 and next(iter(changes)) in BUILT_IN:
        assert f"{next(iter(changes))} is built into a running game" in str(refusal.value)
    assert same(after(game, 2), after(before, 2))


def test_what_is_built_in_may_be_named_as_it_is():
    game = Training(SMALL)
    game.change(seed=SMALL.seed, G=[8, 8], lr_D=0.5)
    assert game.recipe == SMALL.but(lr_D=0.5)


def test_curves_are_the_players_in_data_units():
    game = after(Training(SMALL.but(members=2, dtype="float32")), 5)
    z, x = np.linspace(-3, 3, 21), np.linspace(0, 6, 21)
    for i in range(2):
        G, D = game.generator(i), game.discriminator(i)
        np.testing.assert_allclose(G(z), game.generate(z)[i, :, 0], atol=1e-5)
        np.testing.assert_allclose(D(x), game.logit(x)[i], atol=1e-5)
        assert G.linear and D.linear
        for curve in (G, D):  # linear between kinks, in the units it is called in
            ends = curve.kinks
            middle = curve((ends[1:] + ends[:-1]) / 2)
            np.testing.assert_allclose(middle, (curve(ends[1:]) + curve(ends[:-1])) / 2, atol=1e-9)


def test_smooth_players_have_no_kinks_and_do_not_claim_to_be_linear():
    G = Training(SMALL.but(activation="tanh")).generator()
    assert not G.linear and G.kinks.size == 0


def test_points_for_one_and_for_all_members():
    game = Training(SMALL.but(members=2, latent_dim=3))
    z = torch.randn(5, 3, generator=torch.Generator().manual_seed(0))
    assert game.generate(z).shape == (2, 5, 1)
    assert torch.equal(game.generate(z), game.generate(z.expand(2, 5, 3)))
    assert game.logit(game.generate(z)).shape == (2, 5)


def test_the_generator_begins_with_its_weights_times_the_gain_and_D_as_it_is():
    small, plain = Training(SMALL.but(gain=0.5)), Training(SMALL.but(gain=1.0))
    for ours, theirs in zip(small.G.weights, plain.G.weights, strict=True):
        assert torch.equal(ours, 0.5 * theirs)
    for ours, theirs in zip(small.G.biases, plain.G.biases, strict=True):
        assert torch.equal(ours, theirs)
    assert torch.equal(small.D.flat, plain.D.flat)


def test_the_laws_of_the_game_are_those_of_the_recipe():
    game = Training(SMALL.but(latent="uniform", members=2))
    assert game.p_z.support == ((-1.0, 1.0),)
    assert game.p_data.pdf(3.0) == pytest.approx(1 / (0.5 * math.sqrt(2 * math.pi)))
    z = game.minibatches.noise(Purpose.NOISE_FOR_D, 0)
    assert z.abs().max() < 1 and z.min() < -0.5 and z.max() > 0.5
    assert torch.isnan(game.loss_D).all() and game.loss_G.shape == (2,)


COMPANY = st.fixed_dictionaries(
    {"loss": st.sampled_from(list(LOSSES))},
    optional={
        "r1": st.sampled_from([0.0, 0.1]), "r2": st.sampled_from([0.0, 0.1]),
        "gp": st.sampled_from([0.0, 1.0]), "clip": st.sampled_from([0.0, 0.1]),
        "spectral": st.booleans(), "smoothing": st.sampled_from([0.0, 0.1]),
        "instance_noise": st.sampled_from([0.0, 0.5]), "packing": st.sampled_from([1, 2, 3]),
        "unrolled": st.integers(0, 2), "k": st.integers(1, 3), "ema": st.sampled_from([0.0, 0.9]),
        "optimizer": st.sampled_from(["adam", "sgd", "rmsprop"]),
        "momentum": st.sampled_from([0.0, 0.5]), "lr_D": st.just([1e-3, 1e-4]),
        "latent": st.sampled_from(["gaussian", "uniform"]), "latent_dim": st.integers(1, 2),
        "activation": st.sampled_from(["leaky_relu", "relu", "tanh", "silu"]),
        "standardise": st.booleans(), "D": st.sampled_from([[], [4], [4, 3]]),
    },
)


@settings(max_examples=150, deadline=None)
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


WILD = PLAIN.but(lr_D=1e3, lr_G=1e3, r1=1.0, k=1)


def test_a_run_that_diverges_stops_in_words_and_keeps_the_last_good_weights():
    game = Training(WILD)
    frames = sum(1 for _ in game.play(1000))
    assert frames < 1000 and game.over
    assert "diverged" in game.stopped and f"member 0 in iteration {game.t + 1}" in game.stopped
    assert "lr_D" in game.stopped and "\n" not in game.stopped
    for player in (game.G, game.D):
        assert player.flat.isfinite().all()
    assert game.loss_D.isfinite().all() and game.logit([3.0]).isfinite().all()
    # and it stays where it is
    still = copy.deepcopy(game)
    game.update_discriminator()
    game.update_generator()
    assert same(game, still) and not list(game.play(5))


def test_a_member_that_diverges_does_not_disturb_the_others():
    recipe = SMALL.but(members=3)
    calm, game = after(Training(recipe), 10), Training(recipe)
    after(game, 4)
    game.G.flat[1] = math.inf
    spoilt = game.G.flat[1].clone()
    after(game, 6)
    for i in (0, 2):
        assert torch.equal(game.G.flat[i], calm.G.flat[i])
        assert torch.equal(game.D.flat[i], calm.D.flat[i])
    assert game.t == 10 and not game.over
    assert "member 1 in iteration 5" in game.stopped and "member 0" not in game.stopped
    assert spoilt.isinf().all() and game.G.flat.isfinite().all() and game.loss_D.isfinite().all()


@pytest.mark.parametrize("card", [True, False])
def test_auto_is_a_gpu_only_for_a_game_that_is_worth_it(card, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: card)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: int(card))
    large = SMALL.but(members=200, m=1024, G=(64, 64), D=(64, 64))
    assert place("auto", SMALL) == torch.device("cpu")
    assert place("auto", large) == torch.device("cuda" if card else "cpu")
    game = Training(SMALL)
    assert game.device.type == "cpu" == game.G.flat.device.type == game.loss_D.device.type


@pytest.mark.parametrize("device", ["cuda:63", "mps", "meta", "gpu", "", None, 3.5])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(device):
    with pytest.raises(ValueError, match="device") as refusal:
        place(device)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("do", "word"),
    [
        (lambda: Training({"k": 1}), "needs a Recipe"),
        (lambda: Training(SMALL.but(latent_dim=2)).generator(), "latent_dim is 2"),
        (lambda: Training(SMALL).generate([0.0], averaged=True), "needs an ema"),
        (lambda: Training(SMALL).averaged(), "keeps no average of G"),
        (lambda: Training(SMALL).generator(1), "member must be from 0 to 0"),
        (lambda: Training(SMALL).generate(torch.zeros(4, 2)), r"z must have the shape \(n, 1\)"),
        (lambda: Training(SMALL).logit(torch.zeros(2, 4, 1)), "x must be of 1 members"),
    ],
)
def test_bad_questions_get_one_sentence(do, word):
    with pytest.raises(ValueError, match=word):
        do()


def optimum(game, member):
    """JSD(p_data, p_g) and V(G, D*) - V(G, D) of one member, both in nats and exact."""
    G, D = game.generator(member), game.discriminator(member)
    p_g = theory.pushforward(G, game.p_z, kinks=G.kinks, linear=G.linear)
    gap = theory.C(game.p_data, p_g).value - theory.V(D, game.p_data, p_g, D.kinks).value
    return theory.js(game.p_data, p_g).value, gap


def test_the_default_game_reaches_its_optimum():
    game = Training(PRESETS["gaussian"].but(members=2))
    after(game, game.recipe.iterations)
    for i in range(2):
        jsd, gap = optimum(game, i)
        assert 0 <= jsd <= 0.003
        assert 0 <= gap <= 0.02


def test_the_bimodal_game_reaches_its_optimum():
    # One seed in ten may miss 0.01 and 0.02 by a little, and on another machine another one:
    # benchmarks/optimum.py counts them.
    game = Training(PRESETS["bimodal"].but(members=2))
    after(game, game.recipe.iterations)
    (best, best_gap), (other, other_gap) = sorted(optimum(game, i) for i in range(2))
    assert 0 <= best <= 0.01 and 0 <= best_gap <= 0.02
    assert other <= 0.015 and 0 <= other_gap <= 0.03


def test_a_tutorials_defaults_leave_the_discriminator_flat_and_blind():
    game = Training(PRESETS["tutorial"].but(members=5))
    after(game, game.recipe.iterations)
    x = np.linspace(*game.p_data.ppf(np.array([0.005, 0.995])), 101)
    D = [1 / (1 + np.exp(-game.discriminator(i)(x))) for i in range(5)]
    jsd, gap = np.median([optimum(game, i) for i in range(5)], axis=0)
    assert np.median([np.abs(d - 0.5).max() for d in D]) < 0.05  # as if the game were won
    assert jsd > 0.05  # and it is not
    assert gap > 0.1  # D* would have told: at the optimum both numbers are 0
