"""A move that is told to stop has not happened, and one that may be told so is the same move."""

import pytest
import torch

from gan_lab import datasets
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.training.stopping import Stopped, stoppable

PLAIN = Recipe(G=(6,), D=(6,), m=8, k=2, iterations=20)
RICH = PLAIN.but(gp=0.1, r1=0.1, instance_noise=0.1, loss="relativistic", unrolled=2, ema=0.9)
HELD = PLAIN.but(data=datasets.ring(sd=0.1), latent_dim=2, packing=2, spectral=True)


@pytest.fixture
def heavy(monkeypatch):
    """Every game is one whose moves may take long."""
    monkeypatch.setattr("gan_lab.training.device.HEAVY", 0)


class After:
    """Says that it is to stop when it was asked so many times."""

    def __init__(self, asks):
        self.left = asks

    def __call__(self):
        self.left -= 1
        return self.left < 0


def face(game):
    kept = [game.G.flat, game.D.flat, game.loss_D.nan_to_num(), game.loss_G.nan_to_num()]
    for optimizer in (game.optimizer_G, game.optimizer_D):
        kept += [v for _, v in sorted(vars(optimizer).items()) if isinstance(v, torch.Tensor)]
    kept += [game.average.flat] if game.average is not None else []
    return [t.detach().clone() for t in kept], (game.t, game.steps, game.turn)


def same(one, other):
    return one[1] == other[1] and all(map(torch.equal, one[0], other[0]))


@pytest.mark.parametrize("recipe", [PLAIN, RICH, HELD], ids=["plain", "rich", "held"])
def test_who_may_stop_a_game_changes_no_bit_of_it(recipe, heavy):
    with stoppable(lambda: False):
        watched = Training(recipe, "cpu")
        for _ in watched.play(4):
            pass
    alone = Training(recipe, "cpu")
    for _ in alone.play(4):
        pass
    assert same(face(watched), face(alone))


@pytest.mark.parametrize("recipe", [PLAIN, RICH, HELD], ids=["plain", "rich", "held"])
def test_wherever_a_move_is_stopped_it_has_not_happened_and_can_be_made_again(recipe, heavy):
    game, stops = Rewindable(recipe, "cpu"), 0
    for move in (game.update_discriminator, game.update_discriminator, game.update_generator):
        for asks in range(0, 10_000, 17):
            before = face(game)
            try:
                with stoppable(After(asks)):
                    move()
                break
            except Stopped:
                assert game.whole and same(face(game), before)
                stops += 1
    alone = Training(recipe, "cpu")
    list(alone.play(1))
    assert same(face(game), face(alone)) and stops > 9


def test_a_light_game_is_stopped_between_its_moves():
    game, asks = Training(PLAIN, "cpu"), After(3)
    with stoppable(asks), pytest.raises(Stopped):
        for _ in game.play(5):
            pass
    assert (game.t, game.turn, game.steps) == (1, "G", 0) and asks.left == -1


def test_a_game_that_is_taken_back_stays_where_it_was_when_that_is_stopped():
    game = Rewindable(PLAIN, "cpu", keep=2)
    for _ in game.play(5):
        pass
    before, moves = face(game), list(game.moves)
    with stoppable(After(2)), pytest.raises(Stopped):
        game.back()
    assert same(face(game), before) and game.moves == moves
    game.back()
    assert len(game.moves) == len(moves) - 1


def test_a_game_that_begins_can_be_stopped_and_others_are_not_concerned(heavy):
    with stoppable(lambda: True), pytest.raises(Stopped):
        Training(PLAIN, "cpu")
    Training(PLAIN, "cpu").update_discriminator()
