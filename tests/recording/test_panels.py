"""The four panels of the paper's Figure 1: found by a criterion, or missed by name."""

from dataclasses import replace

import numpy as np
import pytest
from made_by_hand import SMALL, STORY, game_of

from gan_lab.recording.panels import figure_1_panels
from gan_lab.recording.recording import Recording, record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS


def test_the_panels_are_found_in_a_story_that_has_them():
    recording = game_of(*STORY)
    panels = figure_1_panels(recording)
    gap = recording.C - recording.V
    a, b, c, d = (panels[letter] for letter in "abcd")
    assert (a, b, c, d) == (2, 3, 6, 8)
    assert 0.02 <= recording.jsd[a] <= 0.12 and gap[b] <= gap[a] / 2
    assert np.array_equal(recording.p_g[a], recording.p_g[b])
    assert recording.jsd[c] <= 0.6 * recording.jsd[a] and recording.jsd[d] <= 0.003


@pytest.mark.parametrize(("end", "panel"), [(2, "a"), (6, "c"), (8, "d")])
def test_a_story_that_breaks_off_says_which_panel_is_missing(end, panel):
    with pytest.raises(ValueError, match=rf"no panel \({panel}\)"):
        figure_1_panels(game_of(*STORY[:end]))


def test_a_discriminator_that_does_not_learn_is_no_panel_b():
    story = [(turn, mean, sd, 3.0) for turn, mean, sd, _ in STORY]
    with pytest.raises(ValueError, match=r"no panel \(b\).* leaves 100%; try a larger k"):
        figure_1_panels(game_of(*story))


def test_a_generator_that_is_only_too_wide_is_no_panel_a():
    story = [(turn, 3.1, sd, trust) for turn, _, sd, trust in STORY]
    with pytest.raises(ValueError, match=r"no panel \(a\).* mean is 0.25 sd of the data"):
        figure_1_panels(game_of(*story))


def test_frames_of_different_iterations_are_no_pair():
    rows = [game_of(*STORY)[i] for i in range(len(STORY))]
    rows = [replace(f, t=2 * i) for i, f in enumerate(rows)]
    with pytest.raises(ValueError, match=r"no panel \(a\)"):
        figure_1_panels(Recording.of(SMALL, rows))


def test_a_real_game_whose_discriminator_moves_often_has_all_four():
    real = record(Training(PRESETS["figure-1"], device="cpu"), iterations=40, frames=81)
    gap = real.C - real.V
    a, b, c, d = (real.panels[letter] for letter in "abcd")
    assert a < b < c < d and gap[b] < gap[a] / 2
    assert real.jsd[d] <= 0.003 < real.jsd[c] < real.jsd[a]
    assert abs(real.G_z[a].mean() - 3.0) >= 0.25 * 0.5
