"""Several steps of G for a turn of D, and an optimizer for each player."""

import pytest
import torch

from gan_lab import Recipe, Training, record
from gan_lab.recording.frames import TURNS
from gan_lab.training import Adam, RMSProp
from gan_lab.training.optimizers import SGD
from gan_lab.training.rewind import Rewindable

SMALL = Recipe(G=(4,), D=(5,), m=8, k=2, k_G=3, dtype="float64")


def moves(game, iterations):
    """Who moved, step by step, in so many iterations."""
    before = len(game.moves)
    for _ in game.play(iterations):
        pass
    return "".join(game.moves[before:])


def test_D_moves_before_every_k_G_th_step_of_G():
    game = Rewindable(SMALL, "cpu")
    assert moves(game, 7) == "DDGGGDDGGGDDG" and game.t == 7


def test_a_reader_may_move_D_in_between_and_D_is_not_due_again():
    game = Rewindable(SMALL, "cpu")
    moves(game, 1)
    game.update_discriminator()
    assert (game.t, game.steps, game.D_is_due) == (1, 1, False)
    assert moves(game, 2) == "GG" and game.D_is_due
    assert game.told()[1] == [["play", 1], ["D", 1], ["G", 1], ["play", 1]]


def test_lines_are_those_of_the_moves():
    game = Training(SMALL, "cpu")
    assert [line.name[-1] for line in game.lines(2) if line.name.startswith("move")] == [*"DDGG"]


def test_each_step_of_G_has_a_minibatch_of_its_own():
    game = Training(SMALL, "cpu")
    drawn = [line.z for line in game.lines(3) if line.name == "sample noise for G"]
    assert len(drawn) == 3 and not torch.equal(drawn[0], drawn[1])


def test_what_is_taken_back_is_played_again_bit_for_bit():
    game, straight = Rewindable(SMALL, "cpu"), Training(SMALL, "cpu")
    moves(game, 5)
    game.back(4)
    game.rewind(1)
    moves(game, 4)
    for _ in straight.play(5):
        pass
    assert torch.equal(game.G.flat, straight.G.flat) and torch.equal(game.D.flat, straight.D.flat)


def test_one_optimizer_for_each_player():
    game = Training(SMALL.but(optimizer="sgd", optimizer_G="rmsprop"), "cpu")
    assert type(game.optimizer_D) is SGD and type(game.optimizer_G) is RMSProp
    game.change(optimizer="adam")
    assert type(game.optimizer_D) is Adam and type(game.optimizer_G) is RMSProp
    kept = game.optimizer_D
    game.change(optimizer_G="as D")
    assert type(game.optimizer_G) is Adam and game.optimizer_D is kept


def test_the_other_player_is_as_it_would_be():
    """With lr_G = 0 it does not matter by which optimizer G stands still."""
    ends = []
    for name in ("as D", "sgd"):
        game = Training(SMALL.but(lr_G=0.0, k_G=1, optimizer_G=name), "cpu")
        for _ in game.play(5):
            pass
        ends.append(game.D.flat)
    assert torch.equal(*ends)


def test_a_game_is_saved_and_recorded(tmp_path):
    game = Training(SMALL.but(optimizer_G="sgd"), "cpu")
    for _ in game.play(4):
        pass
    game.save(tmp_path / "game")
    again = Training.load(tmp_path / "game", "cpu")
    for one in (game, again):
        for _ in one.play(3):
            pass
    assert torch.equal(game.G.flat, again.G.flat)
    seen = record(Training(SMALL, "cpu"), iterations=6, frames=13)
    told = [(int(t), TURNS[turn][0]) for t, turn in zip(seen.t, seen.turn, strict=True)]
    assert told == [(0, "s"), (0, "D"), *((t, "G") for t in (1, 2, 3)), (3, "D"),
                    *((t, "G") for t in (4, 5, 6))]  # fmt: skip


@pytest.mark.parametrize("bad", [0, 1001, 1.5])
def test_what_is_no_number_of_steps_is_refused(bad):
    with pytest.raises(ValueError, match="^k_G must be"):
        Recipe(k_G=bad)
