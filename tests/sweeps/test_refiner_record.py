"""The denoisers of the chapter on pictures: the record, and some trained again."""

import numpy as np
import pytest

from gan_lab.datasets import digits
from gan_lab.sweeps.refiner import (
    MEASURES,
    NOISE,
    SEEDS,
    WEIGHTS,
    noisy_digits,
    one_of_each_digit,
    psnr,
    recorded_refiners,
    refiner_pictures,
    refiner_scores,
    scores_of_denoised,
    trained_refiner,
)

CLEAN = digits("held out")


def test_the_record_has_ten_seeds_and_ten_pictures_of_each_weight():
    for part in ("scores", "pictures"):
        assert list(recorded_refiners()[part]) == [f"{weight:g}" for weight in WEIGHTS]
    for weight in WEIGHTS:
        assert all(refiner_scores(weight, name).shape == (SEEDS,) for name in MEASURES)
        assert refiner_pictures(weight).shape == (10, 8, 8)


def test_the_noise_is_as_it_says_and_each_digit_is_shown_once():
    noise = noisy_digits() - CLEAN.pixels
    assert noise.std() == pytest.approx(NOISE, rel=0.02) and abs(noise.mean()) < 0.02
    assert (CLEAN.classes_of[one_of_each_digit()] == np.arange(10)).all()


def test_an_error_of_a_tenth_is_26_decibels_and_the_digits_themselves_are_read():
    assert psnr(CLEAN.pixels + 0.1) == pytest.approx(10 * np.log10(400))
    own = scores_of_denoised(0.999 * CLEAN.pixels)
    assert own["right"] > 0.97 and own["read"] > 0.85 and own["frechet"] < 0.4


def test_what_the_chapter_tells_is_in_the_record():
    alone = {name: refiner_scores(0.0, name) for name in MEASURES}
    for weight in (0.03, 0.1):
        refined = {name: refiner_scores(weight, name) for name in MEASURES}
        lost = alone["psnr"] - refined["psnr"]
        assert lost.min() > 0 and lost.max() < 10 * np.log10(2)
        assert (refined["frechet"] < 0.6 * alone["frechet"]).all()
        assert (refined["features"] < alone["features"]).all()
        assert (refined["read"] > alone["read"]).sum() >= 9
    most = {name: refiner_scores(1.0, name) for name in MEASURES}
    assert (most["psnr"] < refiner_scores(0.1, "psnr")).all()
    assert (most["frechet"] > refiner_scores(0.1, "frechet")).all()


def test_trained_again_each_wins_by_what_it_was_asked_for():
    game = trained_refiner((0.0, 0.1), seeds=2, iterations=200)
    found = [scores_of_denoised(p) for p in game.denoised(noisy_digits()).double().numpy()]
    for alone, refined in zip(found[:2], found[2:], strict=True):
        assert refined["psnr"] < alone["psnr"] and refined["frechet"] < 0.8 * alone["frechet"]
