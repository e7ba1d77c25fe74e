"""A test says which sentences of a claim it holds, word for word as the reader sees them."""

from __future__ import annotations

import importlib


def says(*sentences: str):
    """A decorator for a test: these are the sentences that it holds."""

    def mark(test):
        test.sentences = sentences
        return test

    return mark


def words(sentence: str) -> str:
    """A sentence without the breaks of its lines."""
    return " ".join(sentence.split())


def said_in(module: str) -> list[str]:
    """The sentences that the tests of a module hold."""
    tests = vars(importlib.import_module(module)).values()
    return [words(s) for test in tests for s in getattr(test, "sentences", ())]
