"""What was played can be taken back, and played again, bit for bit."""

import copy

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab.recording.frames import frame_of
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable, moves_in_words, size_of

SMALL = Recipe(G=(8, 8), D=(8, 8), m=16, k=2, dtype="float64", iterations=50, seed=3, members=2)
RICH = SMALL.but(optimizer="rmsprop", gp=0.1, ema=0.9, instance_noise=0.2, loss="relativistic")


def after(game, iterations):
    for _ in game.play(iterations):
        pass
    return game


def face(game):
    """All that can be told of a game, as tensors and numbers."""
    tensors = [game.G.flat, game.D.flat, game.loss_D, game.loss_G]
    for optimizer in (game.optimizer_G, game.optimizer_D):
        tensors += [v for _, v in sorted(vars(optimizer).items()) if isinstance(v, torch.Tensor)]
    if game.average is not None:
        tensors.append(game.average.flat)
    words = (game.t, game.steps, game.turn, game.stopped, game.recipe, dict(game.diverged_at))
    return [t.clone() for t in tensors], words


def same(one, other):
    pairs = zip(one[0], other[0], strict=True)
    return one[1] == other[1] and all(torch.equal(a.nan_to_num(), b.nan_to_num()) for a, b in pairs)


CHANGES = st.sampled_from([{"lr_D": 0.1}, {"lr_G": 0.2}, {"k": 1}, {"k": 3}, {"k_G": 2}])


def unfolded(words, recipe, t=0):
    """The moves that the words tell, by the rule by which a game plays."""
    for name, n in words:
        if name == "change":
            recipe = recipe.but(**n)
            yield n
        for _ in range(n if name != "change" else 0):
            if name == "play" and t % recipe.k_G == 0:
                yield from "D" * recipe.k
            yield "D" if name == "D" else "G"
            t += name != "D"


@settings(max_examples=200)
@given(
    st.lists(st.sampled_from(["D", "D", "G"]) | CHANGES, max_size=20), st.integers(1, 3),
    st.integers(1, 3), st.integers(0, 4),
)  # fmt: skip
def test_words_tell_every_move(moves, k, k_G, t):
    together = []
    for move in moves:
        if isinstance(move, dict) and together and isinstance(together[-1], dict):
            together[-1] = together[-1] | move
        else:
            together.append(move)
    recipe = Recipe(k=k, k_G=k_G)
    assert list(unfolded(moves_in_words(moves, recipe, t), recipe, t)) == together


def test_words_are_few():
    two = Recipe(k=2)
    assert moves_in_words(["D", "D", "G"] * 3 + ["D"], two) == [["play", 3], ["D", 1]]
    assert moves_in_words(["D", "D", "G", "G", "G"] * 3, two.but(k_G=3)) == [["play", 9]]
    slower = {"lr_D": 0.1}
    assert moves_in_words([slower, "D", "D", "G"], two) == [["change", slower], ["play", 1]]
    broken = [["D", 1], ["change", slower], ["D", 1], ["G", 1]]
    assert moves_in_words(["D", slower, "D", "G"], two) == broken


def test_a_game_tells_its_moves_up_to_any_of_them():
    game = after(Rewindable(SMALL), 3)
    assert game.told() == (SMALL, [["play", 3]])
    assert game.told(4) == (SMALL, [["play", 1], ["D", 1]])


@pytest.mark.parametrize("recipe", [SMALL, RICH])
def test_a_rewindable_game_is_the_same_game(recipe):
    assert same(face(after(Rewindable(recipe), 9)), face(after(Training(recipe), 9)))


@pytest.mark.parametrize("recipe", [SMALL, RICH])
@pytest.mark.parametrize("keep", [2, 3, 64])
def test_every_move_can_be_taken_back(recipe, keep):
    game = Rewindable(recipe, keep=keep)
    faces = [face(game)]
    moves = [
        "D",
        "D",
        "G",
        {"lr_D": 0.01, "k": 1},
        "D",
        "G",
        {"loss": "hinge"},
        "D",
        "D",
        "D",
        "G",
        {"optimizer": "sgd", "momentum": 0.5},
        "D",
        "G",
        "D",
        "G",
    ]
    for move in moves:
        if move == "D":
            game.update_discriminator()
        elif move == "G":
            game.update_generator()
        else:
            game.change(**move)
        faces.append(face(game))
        assert len(game.snapshots) <= keep
    assert game.moves == moves
    end = copy.deepcopy(game)
    for count in range(len(moves), -1, -1):  # one after another
        assert same(face(game), faces[count]) and len(game.moves) == count
        if count:
            game.back()
    for count in (0, 3, 7, 11, 15):  # and at one go
        other = copy.deepcopy(end)
        other.back(len(moves) - count)
        assert same(face(other), faces[count])


def test_what_was_taken_back_can_be_played_again_or_otherwise():
    game = after(Rewindable(SMALL, keep=4), 8)
    end = face(game)
    game.rewind(3)
    assert game.t == 3 and game.turn == "G" and same(face(game), face(after(Training(SMALL), 3)))
    after(game, 5)
    assert same(face(game), end)
    game.rewind(3)
    game.change(lr_D=0.1)
    assert not same(face(after(game, 5)), end)
    game.rewind()
    assert same(face(game), face(Training(SMALL))) and game.recipe == SMALL


def test_a_frame_of_the_past_is_the_frame_that_was_seen_then():
    game = after(Rewindable(SMALL), 4)
    then = frame_of(game)
    after(game, 4)
    game.rewind(4)
    assert frame_of(game).jsd == then.jsd and (frame_of(game).D == then.D).all()


def test_memory_stays_bounded_and_replay_short():
    game = Rewindable(SMALL, keep=8)
    for _ in game.play(100):
        gaps = sorted(game.snapshots) + [len(game.moves)]
        assert len(game.snapshots) <= 8
        assert max(b - a for a, b in zip(gaps, gaps[1:], strict=False)) <= len(game.moves) / 4 + 1
    assert len(game.moves) == 300


def test_a_game_that_is_over_has_no_more_moves():
    wild = SMALL.but(lr_D=1e3, lr_G=1e3, optimizer="sgd", r1=1.0, k=1, schedule="constant")
    game = after(Rewindable(wild), 1000)
    count, stopped = len(game.moves), game.stopped
    assert game.over and stopped
    game.update_discriminator()
    game.update_generator()
    assert len(game.moves) == count
    game.rewind(0)
    assert game.stopped is None and not game.over
    after(game, 1000)
    assert game.stopped == stopped


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda g: g.back(7), "moves must be a whole number from 0 to 6, not 7"),
        (lambda g: g.back(-1), "moves must be"),
        (lambda g: g.back(True), "moves must be"),
        (lambda g: g.rewind(3), "t must be a whole number from 0 to 2, not 3"),
        (lambda g: g.rewind(1.0), "t must be"),
        (lambda g: Rewindable(SMALL, keep=1), "keep must be"),
        (lambda g: Rewindable(SMALL, room=-1), "room must be"),
        (lambda g: Rewindable(3), "needs a Recipe"),
    ],
)
def test_bad_wishes_get_one_sentence_and_change_nothing(do, words):
    game = after(Rewindable(SMALL), 2)
    before = face(game)
    with pytest.raises(ValueError, match=words):
        do(game)
    assert same(face(game), before) and len(game.moves) == 6


def test_what_is_kept_is_bounded_in_bytes():
    wide = SMALL.but(G=(64, 64), D=(64, 64), m=2)
    weights = after(Rewindable(wide), 1)
    one = size_of(weights.snapshots[0])
    states = [weights.G.flat, weights.D.flat]  # and two moments of Adam for each
    assert one == 3 * sum(flat.nbytes for flat in states)
    game = Rewindable(wide, room=5 * one)
    ends = [face(game)]
    for _ in game.play(12):
        ends.append(face(game))
        assert sum(map(size_of, game.snapshots.values())) <= 6 * one  # a mover's weights before
    assert 2 <= len(game.snapshots) <= 5
    for t in (11, 7, 0):
        game.rewind(t)
        assert same(face(game), ends[t])


def test_without_room_a_game_can_be_taken_back_all_the_same():
    game = after(Rewindable(SMALL, room=0), 4)
    assert len(game.snapshots) == 2
    game.rewind(1)
    assert same(face(game), face(after(Training(SMALL), 1)))
