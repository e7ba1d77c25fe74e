"""Scores of digits, the record of ten seeds of games, and pictures as letters."""

import numpy as np
import pytest

from gan_lab.datasets import digits
from gan_lab.sweeps.digit_games import (
    MEASURES,
    SHOWN,
    as_letters,
    digit_record,
    digit_scores,
    game_pictures,
    game_scores,
)
from gan_lab.training.recipe import PRESETS

GAMES = [name for name in PRESETS if name.startswith("digits")]


@pytest.mark.parametrize("preset", GAMES)
def test_the_record_is_of_ten_seeds_of_the_preset_of_today(preset):
    assert digit_record()[preset]["recipe"] == repr(PRESETS[preset].but(members=10))
    for measure in MEASURES:
        scores = game_scores(preset, measure)
        assert scores.shape == (10,) and scores.min() >= 0
    pictures = game_pictures(preset)
    assert pictures.shape == (10, SHOWN, 8, 8) and np.abs(pictures).max() <= 1


def test_what_the_chapter_tells_of_games_that_are_told_the_label_is_in_the_record():
    untold = {measure: game_scores("digits", measure) for measure in MEASURES}
    for preset in ("digits dcgan", "digits conditional"):
        told = {measure: game_scores(preset, measure) for measure in MEASURES}
        assert untold["read at p > 0.9"].mean() < told["read at p > 0.9"].min()
        assert untold["recall"].min() > told["recall"].max()
        assert untold["Fréchet, pixels"].max() < told["Fréchet, pixels"].min()
        assert told["rarest digit"].min() > 0.09


def test_letters_are_the_shades_that_digits_have():
    pixels = digits().pixels[:5]
    letters = as_letters(pixels)
    assert set(letters) <= set("abcdefghijklmnopq")
    assert np.array_equal((np.array([*letters.encode()]) - 97) / 8 - 1, pixels.ravel())


def test_copies_win_every_score_but_the_one_that_looks_for_copies():
    rng = np.random.default_rng(0)
    held_out = digit_scores(digits("held out").pixels)
    copies = digit_scores(digits().pixels[rng.integers(1297, size=500)])
    noise = digit_scores(rng.uniform(-1, 1, (500, 64)))
    for name in MEASURES:
        if name.startswith("Fréchet"):
            assert copies[name] < held_out[name] < noise[name]
    assert copies["precision"] == 1 > held_out["precision"] > noise["precision"]
    assert copies["nearer than held out"] == 1 and held_out["nearer than held out"] == 0.5
    assert noise["read at p > 0.9"] < 0.2 < held_out["read at p > 0.9"]
