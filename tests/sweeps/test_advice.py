"""The games of the chapter on pictures that follow advice: the record, and what differs in them."""

import numpy as np

from gan_lab.sweeps.advice import (
    ADVICE,
    BARE,
    DCGAN,
    MEASURES,
    SEEDS,
    advice_recipe,
    advice_scores,
    played_advice,
    recorded_advice,
)


def test_the_record_has_ten_seeds_of_each_piece_of_advice():
    assert set(recorded_advice()) == set(ADVICE)
    for advice in ADVICE:
        for measure in MEASURES:
            scores = advice_scores(advice, measure)
            assert scores.shape == (SEEDS,) and scores.min() >= 0
            assert measure == "pixel_frechet" or scores.max() <= 1


def test_a_game_differs_from_the_bare_one_in_what_is_advised_and_nothing_else():
    bare = advice_recipe(BARE)
    assert bare.norm == "none" and bare.beta1 == 0.9 and bare.smoothing == bare.r1 == 0
    for advice, own in ADVICE.items():
        assert advice_recipe(advice) == bare.but(**own)
        assert all(getattr(bare, name) != value for name, value in own.items())
    parts = ("batch norm", "leaky ReLU", "β1 = 0.5", "rates of 0.0002")
    assert {name: v for part in parts for name, v in ADVICE[part].items()} == DCGAN


def test_what_the_chapter_tells_is_in_the_record():
    def better(advice):
        more, less = (
            advice_scores(advice, measure) - advice_scores(BARE, measure)
            for measure in ("digits_read", "pixel_frechet")
        )
        return int((more > 0).sum()), int((less < 0).sum())

    helps = {advice: min(better(advice)) for advice in ADVICE if advice != BARE}
    assert helps["β1 = 0.5"] == 9 and helps["β1 = 0"] == helps["batch norm"] == 10
    alone = ("leaky ReLU", "label smoothing", "rates of 0.0002", "R1 + R2", "layer norm")
    assert all(helps[advice] < 9 for advice in alone)
    medians = {a: np.median(advice_scores(a, "pixel_frechet")) for a in ADVICE}
    assert min(medians, key=medians.get) == "DCGAN's four"
    assert better("layer norm") == (8, 0)


def test_a_short_game_is_scored(monkeypatch):
    monkeypatch.setitem(ADVICE, "short", {"iterations": 2, "m": 8, "G": (4,), "D": (4,)})
    runs = played_advice("short", seeds=2)
    assert all(np.isfinite(runs.of(measure)).all() for measure in MEASURES)
