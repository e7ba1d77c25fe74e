"""Algorithm 1, sentence by sentence."""

import copy
import math

import numpy as np
import pytest
import torch
from small_games import PLAIN, SMALL, WILD, after, minibatch, same, slope

from gan_lab.core.random_streams import Domain, Stream
from gan_lab.datasets import bimodal
from gan_lab.datasets.minibatches import FOR_G, draw
from gan_lab.recording.frames import frame_of
from gan_lab.training.device import largest_product, resolve_device
from gan_lab.training.divergence_guard import Moved
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES


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
    z = Stream([recipe.seed]).normal(Domain.NOISE_FOR_G, 0, (recipe.m, 1))
    x = draw(recipe.data, Stream([recipe.seed]), FOR_G, 0, recipe.m)

    def cost():
        return LOSSES[loss].G(game.logit(x), game.logit(game.generate(z))).item()

    start, before = game.G.flat.clone(), cost()
    fall = [-recipe.lr_G * slope(cost, game.G.flat, i) for i in range(start.shape[1])]
    game.update_generator()
    np.testing.assert_allclose((game.G.flat - start)[0], fall, atol=1e-9)
    assert game.loss_G.item() == pytest.approx(before, rel=1e-9)


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
    seen = [(g.turn, g.t) for g in game.half_steps(2)]
    assert seen == [("D", 0), ("G", 1), ("D", 1), ("G", 2)]
    moved = []
    for g in game.half_steps(1):
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
    for (t, j), (x, z) in zip(
        [(t, j) for t in (0, 1, 70) for j in (0, 1, 5)], batches, strict=True
    ):
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


@pytest.mark.parametrize(
    "recipe",
    [
        SMALL,
        SMALL.but(optimizer="sgd", momentum=0.5, members=2),
        SMALL.but(optimizer="rmsprop", momentum=0.5, gp=0.1, ema=0.9),
    ],
)
@pytest.mark.parametrize("turns", [10, 11])
def test_a_deep_copy_resumes_bit_identically(recipe, turns):
    game = Training(recipe)
    for _, _ in zip(range(turns), game.half_steps(99), strict=False):
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
    np.testing.assert_allclose(frame_of(seen).G_z, seen.generator()(frame_of(seen).z))
    assert frame_of(seen).jsd != frame_of(game).jsd
    untouched = copy.deepcopy(game)
    after(seen, 2)
    assert same(game, untouched) and torch.equal(game.average.flat, untouched.average.flat)


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
    z = game.minibatches.noise(Domain.NOISE_FOR_D, 0)
    assert z.abs().max() < 1 and z.min() < -0.5 and z.max() > 0.5
    assert torch.isnan(game.loss_D).all() and game.loss_G.shape == (2,)


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


@pytest.mark.parametrize(
    ("rate", "value", "mover_of_the_end", "good"),
    [
        ("lr_D", 1e39, "D", "neither"),  # D's own weights are not finite
        ("lr_G", 1e39, "G", "D"),  # G's are not, and D's last move was good
        ("lr_D", 1e30, "G", "neither"),  # D's are, but not what G's move then costs
    ],
)
def test_weights_that_were_not_good_are_taken_back(rate, value, mover_of_the_end, good):
    game = Training(PLAIN.but(dtype="float32", k=1, **{rate: value}))
    start_of_D, start_of_G = game.D.flat.clone(), game.G.flat.clone()
    game.update_discriminator()
    moved_D = game.D.flat.clone()
    assert game.over == (mover_of_the_end == "D")
    game.update_generator()
    assert game.over and torch.equal(game.G.flat, start_of_G)
    assert torch.equal(game.D.flat, moved_D if good == "D" else start_of_D)


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
    assert resolve_device("auto", SMALL) == torch.device("cpu")
    assert resolve_device("auto", large) == torch.device("cuda" if card else "cpu")
    game = Training(SMALL)
    assert game.device.type == "cpu" == game.G.flat.device.type == game.loss_D.device.type


@pytest.mark.parametrize("device", ["cuda:63", "mps", "meta", "gpu", "", None, 3.5])
def test_a_device_that_is_not_there_is_refused_in_one_sentence(device):
    with pytest.raises(ValueError, match="device") as refusal:
        resolve_device(device)
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


def test_the_largest_product_of_a_move_is_a_layer_over_all_points_or_singular_values():
    small = SMALL.but(members=2, m=10, G=(4, 8), D=(30, 40))
    assert largest_product(small.but(D=(5,))) == 2 * 30 * (4 * 8)
    assert largest_product(small) == 2 * 30 * (30 * 40)
    assert largest_product(small.but(spectral=True)) == 20 * 2 * (30 * 40) * 30


def test_a_move_that_draws_much_is_heavy_whatever_the_networks():
    tiny = SMALL.but(G=(), D=(), k=1, m=170_000)
    assert Training(tiny, "cpu").heavy and not Training(tiny.but(m=160_000), "cpu").heavy


def test_one_weight_that_is_not_finite_takes_its_members_move_back():
    game = after(Training(SMALL.but(members=2)), 2)
    before, cost = game.D.flat.clone(), torch.zeros(2, dtype=torch.float64)
    with torch.no_grad():
        game.D.flat[1, 3] = math.inf
    game.check_finite(game.D, Moved(before, cost, cost, game.D.flat.sum()), cost)
    assert torch.equal(game.D.flat, before) and list(game.diverged_at) == [1]
