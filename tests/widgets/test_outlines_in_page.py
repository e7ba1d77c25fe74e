"""The graph of p_g as the page draws it: what p_g holds, and as high as it goes."""

import numpy as np
import pytest
from test_sight import LINE, ON_THE_LINE, played, seen, told

from gan_lab.recording.frames import frame_of
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS

PRESETS_ON_THE_LINE = [name for name, recipe in PRESETS.items() if recipe.data.dim == 1]


def line_of(page) -> np.ndarray:
    return np.array([page["outline"]["x"], page["outline"]["p_g"]], dtype=float)


def area(line) -> float:
    x, height = line[:, np.isfinite(line[1])]
    return float(np.trapezoid(height, x))


def alike(page, frame, name):
    """The page's line and Python's are one line, drawn with other vertices here and there."""
    line, other = line_of(page), frame.outline
    assert np.all(np.diff(line[0]) >= 0), name
    assert area(line) == pytest.approx(area(other), rel=0.01, abs=1e-9), name
    assert np.isinf(line[1]).any() == np.isinf(other[1]).any(), name
    if np.isfinite(other[1]).all():
        assert line[1].max() == pytest.approx(other[1].max(), rel=0.01), name


def test_in_early_games_of_every_preset_the_page_draws_the_needles_that_python_draws(ask):
    frames, questions = [], []
    for name in PRESETS_ON_THE_LINE:
        game = Training(PRESETS[name].but(k=min(PRESETS[name].k, 4)), device="cpu")
        for moves in (1, 1, 3, 5, 10, 1):
            frames.append((name, game.t, frame_of(game)))
            questions.append({"what": "see", "game": told(game), "options": {}})
            for _ in game.play(moves):
                pass
    for (name, t, frame), page in zip(frames, ask(questions), strict=True):
        alike(page, frame, f"{name} at {t}")


def test_steps_edges_and_atoms_are_drawn_as_in_python(ask):
    games = [played(*game) for game in ON_THE_LINE.values()]
    for name, game, page in zip(ON_THE_LINE, games, seen(ask, games), strict=True):
        alike(page, frame_of(game), name)


def test_a_histogram_has_upright_steps(ask):
    (page,) = seen(ask, [played(LINE.but(latent_dim=3), 60)])
    x, height = line_of(page)
    close = 2e-3 * np.max(page["p_data"]) + 1e-2 * height[1:]
    level, upright = np.abs(np.diff(height)) <= close, np.diff(x) < 1e-12
    assert np.all(level | upright) and upright.sum() > 10
