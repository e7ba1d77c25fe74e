"""An interrupt of the kernel is noticed where no KeyboardInterrupt reaches the game."""

import gc
import signal
import sys
import weakref
from types import SimpleNamespace

import pytest
from IPython.core.interactiveshell import InteractiveShell

from gan_lab.widgets.kernel import interrupts


class Game:
    """Counts how often it was interrupted."""

    def __init__(self):
        self.times = 0

    def interrupt(self):
        self.times += 1


@pytest.fixture
def shell(monkeypatch):
    """A shell of IPython in a kernel that, in the middle of a cell, will put its handler back."""
    shell = InteractiveShell()
    shell.kernel = SimpleNamespace(saved_sigint_handler=signal.SIG_IGN)
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: shell)
    return shell


def test_between_two_messages_the_signal_is_heard_and_does_what_it_did(shell):
    game, called = Game(), []
    shell.kernel.saved_sigint_handler = lambda *words: called.append(words)
    interrupts.heed(game)
    interrupts.heed(game)
    before = signal.signal(signal.SIGINT, shell.kernel.saved_sigint_handler)
    try:
        signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert game.times == 1 and len(called) == 1 and called[0][0] == signal.SIGINT


def test_a_handler_that_ignores_the_signal_stays_one_that_does_not_raise(shell):
    game = Game()
    interrupts.heed(game)
    shell.kernel.saved_sigint_handler(signal.SIGINT, None)
    assert game.times == 1


def test_a_cell_that_is_interrupted_stops_the_games_and_one_that_fails_does_not(shell):
    game = Game()
    interrupts.heed(game)
    shell.run_cell("1 / 0")
    shell.run_cell("1 + 1")
    assert game.times == 0
    shell.run_cell("raise KeyboardInterrupt")
    assert game.times == 1


def test_a_game_that_is_gone_is_not_kept(shell):
    game = Game()
    interrupts.heed(game)
    mine = weakref.ref(game)
    del game
    gc.collect()
    assert mine() is None


def test_without_a_kernel_nothing_is_touched(monkeypatch):
    monkeypatch.setattr(sys.modules["IPython"], "get_ipython", lambda: None)
    before = signal.getsignal(signal.SIGINT)
    interrupts.heed(Game())
    assert signal.getsignal(signal.SIGINT) is before
