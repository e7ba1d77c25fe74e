"""While a cell runs it has the games; what is asked meanwhile waits, and sees what the cell did."""

import sys
import threading
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell

from gan_lab.training.loop import Training
from gan_lab.training.recipe import Recipe
from gan_lab.widgets.kernel import cells
from gan_lab.widgets.kernel.session import Session

TINY = Recipe(G=(6,), D=(6,), m=8, k=5, iterations=50)
FOREVER = {"do": "train", "budget": 1e9}


@pytest.fixture
def shell(monkeypatch):
    """A shell of IPython in a kernel, in a cell of its own."""
    shell = InteractiveShell()
    shell.kernel = SimpleNamespace()
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: shell)
    monkeypatch.setattr(cells, "now", cells.Cell())
    return shell


@pytest.fixture
def game(shell):
    """A game that was made in a cell, no budget of which ever ends."""
    session = Session(TINY, "cpu", clock=lambda: 0.0)
    cells.share_with_cells(session)
    shell.run_cell("1")  # the end of that cell
    cells.now.ends()
    shell.user_ns |= {"session": session, "asked": lambda wish: asked(session, wish)}
    return session


def asked(session, wish):
    """A thread that asks, as a subshell does, and where its reply will be."""
    replies = []
    thread = threading.Thread(target=lambda: replies.append(session.answer(wish)))
    thread.start()
    return thread, replies


def run(shell, code):
    result = shell.run_cell(code)
    assert result.success, result
    return shell.user_ns


def test_what_is_asked_while_a_cell_runs_is_answered_after_it(game, shell):
    space = run(
        shell,
        "one, replies = asked({'do': 'train', 'budget': 40, 'most': 2})\n"
        "for game in session.game.play(3): pass\n"
        "one.join(0.2); then = list(replies)",
    )
    space["one"].join(10)
    assert space["then"] == [] and space["replies"][0]["t"] == 5
    alone = Training(TINY, "cpu")
    list(alone.play(5))
    assert (game.game.G.flat == alone.G.flat).all() and (game.game.D.flat == alone.D.flat).all()


def test_a_cell_that_begins_gets_the_game_in_the_middle_of_training(game, shell):
    one, replies = asked(game, FOREVER)
    space = run(shell, "at = session.game.t, session.game.steps; session.answer({'do': 'see'})")
    one.join(10)
    assert not one.is_alive() and "interrupted" not in replies[0]
    assert (replies[0]["t"], replies[0]["steps"]) == space["at"]


def test_a_cell_that_another_one_runs_does_not_end_the_first(game, shell):
    shell.user_ns["shell"] = shell
    space = run(
        shell,
        "shell.run_cell('1 + 1')\n"
        "one, replies = asked({'do': 'see'})\n"
        "one.join(0.2); then = list(replies)",
    )
    space["one"].join(10)
    assert space["then"] == [] and len(space["replies"]) == 1


def test_a_cell_whose_end_nobody_told_keeps_no_game(game, shell):
    shell.get_parent = lambda: {"header": {"msg_id": "first"}}
    cells.before_cell(None)
    shell.get_parent = lambda: {"header": {"msg_id": "second"}}
    run(shell, "1 + 1")
    one, replies = asked(game, {"do": "see"})
    one.join(10)
    assert len(replies) == 1


def test_views_look_again_after_a_cell_that_moved_the_game_and_only_then(game, shell):
    looks = []
    game.views.append(lambda: looks.append(game.game.t))
    run(shell, "1 + 1")
    run(shell, "session.answer({'do': 'move', 'what': 'D'})")
    assert looks == []
    run(shell, "for game in session.game.play(2): pass")
    assert looks == [2]


def test_another_thread_of_the_kernel_takes_no_game(game, shell):
    one = threading.Thread(target=cells.before_cell, args=(None,))
    one.start()
    one.join(10)
    two, replies = asked(game, {"do": "see"})
    two.join(10)
    assert len(replies) == 1


def test_without_a_kernel_nothing_is_taken(monkeypatch):
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: None)
    session = Session(TINY, "cpu")
    cells.share_with_cells(session)
    one, replies = asked(session, {"do": "see"})
    one.join(10)
    assert len(replies) == 1
