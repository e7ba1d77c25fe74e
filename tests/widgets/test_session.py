"""What the kernel answers to the lab's requests: the game moves as asked, and only then."""

import threading

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from gan_lab import datasets
from gan_lab.core.random_streams import Stream
from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.training.rewind import Rewindable
from gan_lab.widgets.kernel.session import LONGEST, QUIET, Session

TINY = Recipe(G=(6,), D=(6,), m=8, k=2, iterations=50, dtype="float64")


class Clock:
    """Time that passes a millisecond a look."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        self.now += 1e-3
        return self.now


@pytest.fixture
def session():
    return Session(TINY, "cpu", clock=Clock())


def weights(session):
    return session.game.G.flat.detach().clone(), session.game.D.flat.detach().clone()


def same(ours, theirs):
    return all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))


def test_a_budget_ends_an_ask_and_most_ends_it_earlier(session):
    reply = session.answer({"do": "train", "budget": 5})
    assert reply["iterations"] == 5 and reply["spent"] == pytest.approx(6)
    assert session.answer({"do": "train", "budget": 5, "most": 2})["iterations"] == 2
    assert session.answer({"do": "train", "budget": 0})["iterations"] == 1


def test_one_ask_holds_the_kernel_no_longer_than_it_may(session):
    reply = session.answer({"do": "train", "budget": 1e9})
    assert reply["iterations"] == pytest.approx(1000 * LONGEST, abs=1)


def test_asks_train_the_very_game_that_a_training_plays(session):
    for budget in (3, 1, 4):
        session.answer({"do": "train", "budget": budget})
    alone = Training(TINY, "cpu")
    list(alone.play(8))
    assert same(weights(session), (alone.G.flat.detach(), alone.D.flat.detach()))


def test_a_reply_carries_the_weights_as_they_lie_and_the_losses(session):
    reply = session.answer({"id": "a:1", "do": "train", "budget": 2})
    assert reply["id"] == "a:1" and reply["t"] == 2 and reply["turn"] == "G"
    assert np.array_equal(reply["G"], session.game.G.flat[0].detach().numpy())
    assert reply["G"].dtype == reply["D"].dtype == np.float64
    assert reply["numbers"][:2].tolist() == [float(session.game.loss_D), float(session.game.loss_G)]
    assert Recipe.from_dict(reply["recipe"]) == TINY


def test_the_pull_on_G_is_the_gradient_of_its_next_step():
    session = Session(TINY.but(optimizer="sgd", schedule="constant", lr_G=0.5), "cpu")
    session.answer({"do": "move", "what": "D"})
    session.answer({"do": "move", "what": "D"})
    pull, before = session.answer({"do": "see"})["numbers"][2], weights(session)[0]
    session.answer({"do": "move", "what": "G"})
    step = float((weights(session)[0] - before).norm())
    assert step == pytest.approx(0.5 * pull, rel=1e-12)


def test_moves_of_D_of_G_and_of_both(session):
    turns = []
    for what in ("D", "D", "G", "both", "D", "both"):
        reply = session.answer({"do": "move", "what": what})
        turns.append((reply["turn"], reply["t"], reply["steps"]))
    assert turns == [("D", 0, 1), ("D", 0, 2), ("G", 1, 0), ("G", 2, 0), ("D", 2, 1), ("G", 3, 0)]


def test_the_lines_of_algorithm_1_come_one_by_one_and_move_the_same_game(session):
    names = [session.answer({"do": "move", "what": "line"})["line"]["name"] for _ in range(8)]
    turn_of_D = ["sample noise for D", "sample data for D", "move D"]
    assert names == [*turn_of_D, *turn_of_D, "sample noise for G", "move G"]
    alone = Training(TINY, "cpu")
    list(alone.play(1))
    assert same(weights(session), (alone.G.flat.detach(), alone.D.flat.detach()))


def test_a_line_after_other_moves_is_the_next_of_the_game_as_it_is(session):
    session.answer({"do": "move", "what": "line"})
    session.answer({"do": "move", "what": "D"})
    session.answer({"do": "move", "what": "D"})
    line = session.answer({"do": "move", "what": "line"})["line"]
    assert line["name"] == "sample noise for G"


def test_undo_and_rewind_return_to_the_very_weights(session):
    session.answer({"do": "train", "budget": 3})
    at_3 = weights(session)
    session.answer({"do": "train", "budget": 4})
    reply = session.answer({"do": "rewind", "t": 3})
    assert reply["t"] == 3 and same(weights(session), at_3)
    session.answer({"do": "move", "what": "D"})
    session.answer({"do": "undo"})
    assert same(weights(session), at_3)


ONE_ACT = {
    "a step of D": [{"do": "move", "what": "D"}],
    "both, after a step of D": [{"do": "move", "what": "both"}],
    "a line that draws samples": [{"do": "move", "what": "line"}],
    "a run of several asks": [{"do": "train", "budget": n} for n in (7, 1, 20)],
    "a setting": [{"do": "change", "changes": {"lr_D": 0.7, "loss": "hinge"}}],
    "a setting that changes nothing": [{"do": "change", "changes": {}}],
    "a new game and the way to its moment": [
        {"do": "start", "recipe": TINY.but(seed=4).as_dict()},
        {"do": "train", "budget": 9},
        {"do": "change", "changes": {"k": 1}},
    ],
}


@pytest.mark.parametrize("what", ONE_ACT)
def test_undo_takes_back_exactly_one_act(session, what):
    session.answer({"do": "train", "budget": 3})
    session.answer({"do": "move", "what": "D"})
    session.answer({"do": "change", "changes": {"lr_G": 0.3}})
    then, before = session.answer({"do": "see"}), weights(session)
    assert then["acts"] == 3
    for request in ONE_ACT[what]:
        assert "error" not in session.answer({**request, "act": "one"})
    back = session.answer({"do": "undo"})
    assert same(weights(session), before) and "line" not in back
    for name in ("recipe", "t", "turn", "steps", "game", "acts"):
        assert back[name] == then[name], name
    assert session.answer({"do": "undo"})["recipe"]["lr_G"] == TINY.lr_G
    assert session.answer({"do": "undo"})["steps"] == 0
    assert session.answer({"do": "undo"})["turn"] == "start"
    assert session.answer({"do": "undo"})["error"] == "there is nothing to take back"


def test_lines_are_taken_back_one_by_one_and_what_they_drew_is_seen_again(session):
    lines = [session.answer({"do": "move", "what": "line"})["line"] for _ in range(4)]
    seen = [session.answer({"do": "undo"}).get("line") for _ in range(3)]
    assert seen == [None, lines[1], lines[0]]
    again = session.answer({"do": "move", "what": "line"})
    assert again["line"]["name"] == "sample data for D" and again["turn"] == "start"


def test_what_was_refused_or_came_after_a_moment_gone_back_to_is_no_act(session):
    for act in ("a", "b", "c"):
        session.answer({"do": "train", "budget": 5, "act": act})
    assert session.answer({"do": "change", "changes": {"seed": 3}})["acts"] == 3
    assert session.answer({"do": "rewind", "t": 7})["acts"] == 2
    assert session.answer({"do": "undo"})["t"] == 5


def test_changes_hold_from_now_on_and_what_is_built_in_is_refused(session):
    session.answer({"do": "train", "budget": 2})
    assert session.answer({"do": "change", "changes": {"lr_D": 0.01}})["recipe"]["lr_D"] == 0.01
    before = weights(session)
    reply = session.answer({"do": "change", "changes": {"seed": 3}})
    assert reply["error"] == "seed is built into a running game: start a new one to change it"
    assert same(weights(session), before) and session.game.recipe.seed == 0


def test_another_game_starts_at_once_or_at_its_t(session):
    other = TINY.but(seed=5)
    reply = session.answer({"do": "start", "recipe": other.as_dict(), "t": 4})
    alone = Training(other, "cpu")
    list(alone.play(4))
    assert reply["t"] == 4
    assert same(weights(session), (alone.G.flat.detach(), alone.D.flat.detach()))
    assert session.answer({"do": "on", "device": "cpu"})["t"] == 0


def test_a_device_that_is_not_there_is_refused_and_the_game_stays(session):
    session.answer({"do": "train", "budget": 2})
    reply = session.answer({"do": "on", "device": "cuda:77"})
    assert reply["error"].startswith("there is no device 'cuda:77' here")
    assert reply["t"] == 2 and reply["device"] == "cpu"


def test_a_diverged_game_says_so_and_can_be_taken_back():
    session = Session(TINY.but(optimizer="sgd", lr_D=1e200, lr_G=1e200), "cpu", clock=Clock())
    reply = session.answer({"do": "train", "budget": 30})
    assert reply["stopped"].startswith("diverged")
    assert session.answer({"do": "move", "what": "line"})["stopped"] == reply["stopped"]
    back = session.answer({"do": "rewind", "t": 0})
    assert back["stopped"] is None and back["t"] == 0
    session.answer({"do": "change", "changes": {"lr_D": 1e-3, "lr_G": 1e-3}})
    assert session.answer({"do": "train", "budget": 5})["stopped"] is None


def test_an_interrupt_leaves_the_game_after_its_last_whole_move(session, monkeypatch):
    session.answer({"do": "train", "budget": 3})
    after_3 = weights(session)
    step, count = Rewindable.objective_G, []

    def interrupted(self, *words):
        count.append(1)
        if len(count) == 1:
            raise KeyboardInterrupt
        return step(self, *words)

    monkeypatch.setattr(Rewindable, "objective_G", interrupted)
    reply = session.answer({"do": "train", "budget": 3})
    assert reply["interrupted"] and (reply["t"], reply["turn"], reply["steps"]) == (3, "D", 2)
    session.answer({"do": "undo"})
    assert same(weights(session), after_3)


def test_it_trains_on_one_thread_of_torch_and_leaves_the_others_as_they_were(session, monkeypatch):
    before, seen = torch.get_num_threads(), []
    step = Rewindable.update_generator

    def move(game):
        seen.append(torch.get_num_threads())
        step(game)

    monkeypatch.setattr(Rewindable, "update_generator", move)
    torch.set_num_threads(2)
    try:
        session.answer({"do": "train", "budget": 2})
        assert torch.get_num_threads() == 2 and set(seen) == {1}
    finally:
        torch.set_num_threads(before)


def test_who_asks_for_training_just_after_an_interrupt_is_told_and_nothing_is_trained(session):
    session.answer({"do": "train", "budget": 3})
    session.interrupt()
    for _ in range(2):  # two asks were under way
        reply = session.answer({"do": "train", "budget": 9})
        assert reply["interrupted"] and reply["t"] == 3
    assert "interrupted" not in session.answer({"do": "move", "what": "D"})
    session.clock.now += QUIET
    reply = session.answer({"do": "train", "budget": 3, "most": 1})
    assert "interrupted" not in reply and reply["t"] == 4


def test_an_interrupt_that_another_thread_sees_ends_the_ask(session, monkeypatch):
    step = Rewindable.update_generator

    def move(game):
        step(game)
        if game.t == 2:
            session.interrupt()

    monkeypatch.setattr(Rewindable, "update_generator", move)
    reply = session.answer({"do": "train", "budget": 1e9})
    assert reply["interrupted"] and (reply["t"], reply["iterations"]) == (2, 2)


def test_an_interrupt_is_remembered_until_it_is_obeyed_however_long_a_move_takes(monkeypatch):
    session, cost, before = Session(TINY.but(k=100), "cpu", clock=Clock()), Rewindable.move_D, []

    def slow(game, *minibatch):
        if game.steps == 40:
            session.interrupt()
            session.clock.now += 10 * QUIET  # the step of D takes so long
            before.append(weights(session))
        return cost(game, *minibatch)

    monkeypatch.setattr(Rewindable, "move_D", slow)
    reply = session.answer({"do": "train", "budget": 1e9})
    assert reply["interrupted"] and (reply["t"], reply["turn"], reply["steps"]) == (0, "D", 41)
    again = session.answer({"do": "train", "budget": 1e9})  # which was under way as well
    assert again["interrupted"] and again["steps"] == 41
    session.clock.now += QUIET
    assert session.answer({"do": "train", "budget": 0})["t"] == 1


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "move", "what": "both"},
        {"do": "train", "budget": 9},
        {"do": "move", "what": "line"},
        {"do": "start", "recipe": TINY.but(seed=4).as_dict(), "t": 9},
    ],
)
def test_in_a_heavy_game_an_interrupt_is_heard_in_the_middle_of_drawing(wish, monkeypatch):
    monkeypatch.setattr("gan_lab.training.device.HEAVY", 0)
    session = Session(TINY, "cpu", clock=Clock())
    session.answer({"do": "move", "what": "D"})
    at_D, draw = weights(session), Stream.draw

    def interrupted(*words):
        session.interrupt()
        return draw(*words)

    session.game.minibatches.ready.clear()
    monkeypatch.setattr(Stream, "draw", interrupted)
    reply = session.answer(wish)
    monkeypatch.undo()
    assert reply["interrupted"] and "error" not in reply
    assert (reply["t"], reply["steps"]) == (0, 1) and same(weights(session), at_D)
    session.clock.now += QUIET
    assert session.answer({"do": "train", "budget": 0})["t"] == 1


class OddError(Exception):
    """What no request is expected to raise."""


TROUBLES = [
    OddError("a driver\nof many lines"),
    MemoryError(),
    RuntimeError("CUDA error: out of memory"),
    TypeError("an argument"),
    ArithmeticError("x" * 5000),
    KeyError("lr"),
]


@pytest.mark.parametrize("error", TROUBLES, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("place", ["move_D", "check_finite", "snapshot", "objective_G"])
def test_whatever_goes_wrong_there_is_a_reply_and_a_game_that_goes_on(error, place, monkeypatch):
    def breaks(*words, **named):
        raise error

    session = Session(TINY, "cpu", clock=Clock())
    session.answer({"do": "train", "budget": 2})
    at_2 = weights(session)
    monkeypatch.setattr(Rewindable, place, breaks)
    replies = [session.answer({"id": f"v:{i}", "do": "train", "budget": 5}) for i in range(2)]
    monkeypatch.undo()
    for i, reply in enumerate(replies):
        said = reply.get("error") or reply["halted"]
        assert reply["id"] == f"v:{i}" and "\n" not in said and 20 < len(said) < 400
    session.answer({"do": "rewind", "t": 2})
    assert same(weights(session), at_2)
    alone = Training(TINY, "cpu")
    list(alone.play(4))
    session.answer({"do": "train", "budget": 9, "most": 2})
    assert same(weights(session), (alone.G.flat.detach(), alone.D.flat.detach()))


def test_what_breaks_off_in_the_middle_of_a_change_is_put_right_or_taken_back(monkeypatch):
    session = Session(TINY, "cpu", clock=Clock())
    session.answer({"do": "train", "budget": 3})
    before, count = weights(session), len(session.game.moves)
    settled = Rewindable.check_finite

    def once(*words):
        monkeypatch.setattr(Rewindable, "check_finite", settled)
        raise OddError("once")

    monkeypatch.setattr(Rewindable, "check_finite", once)
    reply = session.answer({"do": "move", "what": "D"})
    assert reply["error"] == "that went wrong in the kernel (OddError: once)"
    assert same(weights(session), before) and len(session.game.moves) == count


def test_a_start_and_a_device_that_fail_leave_the_game_and_its_device(session, monkeypatch):
    session.answer({"do": "train", "budget": 3})
    before = weights(session)

    def breaks(*words):
        raise RuntimeError("DefaultCPUAllocator: can't allocate memory")

    monkeypatch.setattr(Rewindable, "apply_recipe", breaks)
    other = TINY.but(seed=9).as_dict()
    for wish in ({"do": "start", "recipe": other}, {"do": "on", "device": "cpu"}):
        reply = session.answer(wish)
        assert "not fit into" in reply["error"] and reply["t"] == 3
        assert same(weights(session), before)


def test_a_game_that_no_interrupt_could_stop_is_refused():
    session = Session(TINY.but(D=(128, 128)), "cpu")
    heavy = {"members": 2000, "G": [1024] * 8}
    reply = session.answer({"do": "start", "recipe": heavy})
    assert "nothing could interrupt the kernel" in reply["error"] and reply["t"] == 0
    reply = session.answer({"do": "change", "changes": {"m": 2**20}})
    assert "nothing could interrupt the kernel" in reply["error"] and reply["recipe"]["m"] == 8


def test_views_in_several_threads_wait_for_each_other():
    session = Session(TINY, "cpu", clock=lambda: 0.0)  # no budget ever ends
    asks = [
        threading.Thread(target=session.answer, args=({"do": "train", "budget": 40, "most": 5},))
        for _ in range(4)
    ]
    for ask in asks:
        ask.start()
    for ask in asks:
        ask.join()
    alone = Training(TINY, "cpu")
    list(alone.play(20))
    assert same(weights(session), (alone.G.flat.detach(), alone.D.flat.detach()))


NONSENSE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.lists(st.none())
)


@settings(max_examples=150)
@given(
    wish=st.sampled_from(["see", "start", "on", "train", "move", "rewind", "change", "undo", "x"]),
    words=st.dictionaries(
        st.sampled_from(["recipe", "t", "budget", "most", "what", "moves", "changes", "device"]),
        NONSENSE,
        max_size=2,
    ),
)
def test_nonsense_is_answered_in_one_sentence_and_the_game_goes_on(wish, words):
    session = Session(TINY, "cpu", clock=Clock())
    reply = session.answer({"do": wish, **words})
    if "error" in reply:
        assert "\n" not in reply["error"] and len(reply["error"]) < 400
        assert reply["t"] == 0
    assert session.answer({"do": "train", "budget": 1})["iterations"] == 1


@pytest.mark.parametrize("request_", [None, 3, "train", [], {}])
def test_what_is_no_request_is_refused(session, request_):
    assert session.answer(request_)["error"].startswith("a request must do one of")


def test_a_game_in_the_plane_answers_too():
    recipe = TINY.but(data=datasets.ring(sd=0.1), latent_dim=2, loss="relativistic")
    session = Session(recipe, "cpu", clock=lambda: 0.0)
    reply = session.answer({"do": "train", "budget": 40, "most": 2})
    assert reply["t"] == 2 and np.isfinite(reply["numbers"]).all()
