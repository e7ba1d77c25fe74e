"""Whatever computes a game, it is the same game."""

import copy
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from small_games import CHANGES, COMPANY, PLAIN, SMALL, WILD, after, close, same

from gan_lab.core.random_streams import Stream, normals
from gan_lab.datasets import gaussian, ring
from gan_lab.recording.recording import record
from gan_lab.training import backends
from gan_lab.training.backends import (
    CHUNK,
    CompiledSampler,
    Eager,
    Traced,
    TracedMove,
    captured_move,
    compiled,
    rehearsed,
    traced,
)
from gan_lab.training.loop import Training
from gan_lab.training.losses import LOSSES
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable

WAYS = {"traced": traced, "captured": partial(captured_move, record=rehearsed)}
"""Paths that are quick to make, and go all the way but the last step of the real ones."""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Here, what is asked for as compiled is traced only, and no law is compiled."""
    monkeypatch.setattr(Traced, "READY", {})
    monkeypatch.setattr(backends, "CompiledSampler", lambda name, law: law)
    use("traced", monkeypatch)


def use(way, monkeypatch):
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, way, WAYS[way], 16))


def both(recipe, **more):
    games = Training(recipe, "cpu", compiled=True), Training(recipe, "cpu")
    assert games[0].backend.note == "" and games[0].backend.name != "eager"
    return games


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_the_same_game_on_every_path(loss):
    fast, slow = both(SMALL.but(loss=loss, members=2))
    close(after(fast, 6), after(slow, 6))


ZOO = [
    {"optimizer": "sgd"},
    {"optimizer": "sgd", "optimizer_G": "adam"},
    {"optimizer": "sgd", "momentum": 0.5},
    {"optimizer": "rmsprop"},
    {"optimizer": "rmsprop", "momentum": 0.5},
    {"beta1": 0.9},
    {"gp": 1.0, "r1": 0.0},
    {"instance_noise": 0.5, "schedule": "constant"},
    {"smoothing": 0.1},
    {"packing": 4},
    {"unrolled": 2, "gp": 0.1},
    {"clip": 0.1},
    {"spectral": True},
    {"ema": 0.9},
    {"lr_D": (0.01, 0.02), "lr_G": (0.0, 0.01)},
    {"lr_D": (0.1, 0.2), "unrolled": 1},
    {"latent": "uniform", "latent_dim": 3},
    {"data": ring(), "activation": "silu"},
    {"data": ring(), "loss": "relativistic", "packing": 2, "instance_noise": 0.1, "k": 3},
    {"D": (), "activation": "tanh"},
]


@pytest.mark.parametrize(
    ("way", "more"),
    [
        *(("traced", more) for more in ZOO),
        *(("captured", more) for more in ZOO[::4]),
    ],
    ids=str,
)
def test_every_part_of_the_zoo_is_the_same_game_on_every_path(way, more, monkeypatch):
    use(way, monkeypatch)
    fast, slow = both(SMALL.but(members=2, **more))
    close(after(fast, 6), after(slow, 6))
    if slow.average is not None:
        torch.testing.assert_close(fast.average.flat, slow.average.flat)


@settings(max_examples=12)
@given(COMPANY)
def test_any_company_of_the_zoo_is_the_same_game(parts):
    try:
        recipe = Recipe(**{"members": 2, "m": 8, "G": [4], "D": [4], "lr_G": 1e-4} | parts)
    except ValueError:
        return
    fast, slow = both(recipe.but(dtype="float64"))
    close(after(fast, 2), after(slow, 2))


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_rules_that_change_midway_change_the_same_game(changes):
    fast, slow = both(SMALL.but(members=2))
    for game in (fast, slow):
        after(game, 3)
        game.change(**changes)
        after(game, 3)
    close(fast, slow)
    assert fast.backend.name == "traced"


def test_other_numbers_need_no_other_code():
    game = Training(SMALL, "cpu", compiled=True)
    known = len(Traced.READY)
    for changes in (
        {"lr_D": 0.5, "lr_G": 0.1},
        {"r1": 3.0, "r2": 0.1},
        {"beta1": 0.0, "k": 7},
        {"iterations": 9, "schedule": "constant"},
        {"clip": 0.3},
        {"ema": 0.4},
    ):
        game.change(**changes)
        after(game, 2)
    other = Training(game.recipe.but(seed=9, data=gaussian(1.0, 2.0)), "cpu", compiled=True)
    close(after(other, 3), after(Training(other.recipe, "cpu"), 3))
    assert len(Traced.READY) == known == 2


@pytest.mark.parametrize(
    ("members", "sizes"), [(4, [4]), (6, [3, 3]), (7, [7]), (8, [4, 4]), (1, [1]), (9, [3, 3, 3])]
)
def test_members_are_moved_in_equal_groups(members, sizes, monkeypatch):
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, "traced", traced, 4))
    fast, slow = both(
        SMALL.but(
            members=members, lr_D=tuple(np.linspace(0.0, 0.01, members)), instance_noise=0.1, r1=0.1
        )
    )
    assert [g.stop - g.start for g in backends.groups(members, 4)] == sizes
    fast.G.flat[-1] = slow.G.flat[-1] = torch.inf
    close(after(fast, 4), after(slow, 4))
    assert fast.diverged_at == slow.diverged_at == {members - 1: 0}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("more", [{}, {"clip": 0.5}, {"ema": 0.5}, {"optimizer": "adam"}])
def test_a_member_that_diverges_is_frozen_in_the_same_iteration(more, way, monkeypatch):
    use(way, monkeypatch)
    recipe = SMALL.but(members=3, lr_D=(1e-3, 1e200, 1e-3), lr_G=1e-3, **more)
    fast, slow = both(recipe)
    for game in (fast, slow):
        after(game, 8)
    assert fast.stopped == slow.stopped and fast.diverged_at == slow.diverged_at
    close(fast, slow)
    assert fast.G.flat.isfinite().all() and fast.D.flat.isfinite().all()


def test_a_game_that_is_over_stays_where_it_is():
    fast, slow = both(WILD)
    for game in (fast, slow):
        after(game, 1000)
    assert fast.over and fast.t == slow.t and fast.stopped == slow.stopped
    close(fast, slow)


@pytest.mark.parametrize("way", WAYS)
def test_a_snapshot_goes_on_bit_for_bit(way, monkeypatch):
    use(way, monkeypatch)
    game = after(Training(SMALL.but(members=2), "cpu", compiled=True), 5)
    game.update_discriminator()
    snapshot, untouched = copy.deepcopy(game), copy.deepcopy(game)
    after(game, 6)
    assert same(snapshot, untouched) and not same(snapshot, game)
    assert same(after(snapshot, 6), game)


def test_lines_and_turns_and_single_moves_are_one_game():
    played, lined, moved = (Training(SMALL, "cpu", compiled=True) for _ in range(3))
    after(played, 3)
    assert len(list(lined.lines(3))) == 3 * (3 * SMALL.k + 2)
    for _ in range(3):
        for _ in range(SMALL.k):
            moved.update_discriminator()
        moved.update_generator()
    assert same(played, lined) and same(played, moved)


def test_a_reader_may_let_D_move_more_often_than_the_recipe_does():
    fast, slow = both(SMALL.but(instance_noise=0.3, gp=0.1, k=1))
    for game in (fast, slow):
        for _ in range(4):
            game.update_discriminator()
        game.update_generator()
    close(fast, slow)


def test_a_game_that_can_be_taken_back_is_played_eagerly():
    game = Rewindable(SMALL, "cpu")
    after(game, 2)
    game.back(3)
    assert game.backend.name == "eager"


def test_a_recording_says_what_computed_it():
    for compiled_, name in ((False, "eager"), (True, "traced")):
        game = Training(SMALL, "cpu", compiled=compiled_)
        assert record(game, iterations=3, frames=3).engine["path"] == name


def broken(function, arguments):
    raise RuntimeError("no g++ here\nand much more about it")


def wrong(function, arguments):
    def run(*arguments):
        before, loss, cost, total = function(*arguments)
        return before, loss + 0.1, cost, total

    return run


@pytest.mark.parametrize(("way", "words"), [(broken, "no g++ here"), (wrong, "is off by 0.1")])
def test_a_path_that_cannot_be_had_is_left_in_words(way, words, monkeypatch):
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, "compiled", way, 16))
    game, slow = Training(SMALL, "cpu", compiled=True), Training(SMALL, "cpu")
    assert game.backend.name == "eager" and words in game.backend.note
    assert "\n" not in game.backend.note
    assert type(game.backend) is Eager and game.stream.samplers == slow.stream.samplers
    assert same(after(game, 3), after(slow, 3))
    assert slow.backend.note == ""


def test_a_move_is_a_function_of_its_arguments_alone():
    game = after(Training(SMALL.but(instance_noise=0.5), "cpu"), 2)
    real, z = game.minibatches.for_D(game.t, 0)
    move = TracedMove(game, "D", real, z)
    arguments = backends.copies(move.arguments(game, real, z))
    once, twice = backends.copies(arguments), backends.copies(arguments)
    first = move(*once)
    after(game, 3)  # what happens to the game it was made from is nothing to it
    second = move(*twice)
    for a, b in zip((*first, *once), (*second, *twice), strict=True):
        assert torch.equal(a, b)
    assert not torch.equal(once[1], arguments[1])
    for a, b in zip(once[move.states :], arguments[move.states :], strict=True):
        assert torch.equal(a, b)  # and only weights and moments change


def test_a_compiled_law_draws_the_same_bits():
    law, stream = CompiledSampler("normal", normals), Stream(range(3))
    for count in (5, 4 * CHUNK, 5 * CHUNK + 3):
        counter, key = stream.counters(2, [0, 7], count, range(2))
        assert torch.equal(law(counter, key), normals(counter, key))


def test_a_compiled_game_is_the_same_game(monkeypatch):
    monkeypatch.setitem(backends.BACKENDS, "cpu", partial(Traced, "compiled", compiled, 2))
    monkeypatch.setattr(backends, "CompiledSampler", CompiledSampler)
    recipe = PLAIN.but(
        members=4,
        optimizer="adam",
        r1=0.1,
        instance_noise=0.1,
        lr_D=1e-2,
        lr_G=1e-2,
        schedule="cosine",
    )
    fast, slow = both(recipe)
    assert fast.backend.name == "compiled"
    for game in (fast, slow):
        after(game, 20)
        game.change(lr_D=2e-2, r1=0.2, k=3)
        after(game, 20)
    close(fast, slow)
    assert (fast.G.flat - Training(recipe, "cpu").G.flat).abs().max() > 0.01
    assert same(after(copy.deepcopy(fast), 5), after(fast, 5))
