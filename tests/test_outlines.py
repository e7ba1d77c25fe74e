"""The graph of p_g as a line: it holds what p_g holds, and reaches as high."""

import matplotlib

matplotlib.use("agg")

import numpy as np
import pytest
from matplotlib import pyplot as plt

from gan_lab import plots, theory
from gan_lab.recording.frames import frame_of
from gan_lab.recording.outlines import best_line, outline, thinned
from gan_lab.recording.recording import Recording, record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS

ON_THE_LINE = [name for name, recipe in PRESETS.items() if recipe.data.dim == 1]
Z = np.linspace(-6, 6, 20_001)


def game_of(name: str) -> Training:
    return Training(PRESETS[name].but(k=min(PRESETS[name].k, 4)), device="cpu")


def area(line: np.ndarray) -> float:
    x, height = line[:, np.isfinite(line[1])]
    return float(np.trapezoid(height, x))


def held(frame, p_g) -> float:
    """The probability that p_g's density has on the axis."""
    low, high = p_g.cdf(frame.x[[0, -1]])
    return float(high - low) - sum(m for x, m in frame.atoms if frame.x[0] < x <= frame.x[-1])


@pytest.mark.parametrize("name", ON_THE_LINE)
def test_the_line_holds_what_p_g_holds_and_reaches_as_high_as_its_axis_would_never_say(name):
    game, x = game_of(name), None
    for moves in (1, 1, 1, 3, 5, 10):
        frame = frame_of(game, x=x)
        x, p_g, line = frame.x, game.p_g(), frame.outline
        assert np.all(np.diff(line[0]) >= 0) and tuple(line[0][[0, -1]]) == (x[0], x[-1])
        assert area(line) == pytest.approx(held(frame, p_g), rel=0.01)
        fine = game.generator()(Z)
        fine = p_g.pdf(fine[(fine >= x[0]) & (fine <= x[-1])]).max(initial=frame.p_g.max())
        assert line[1].max() >= 0.98 * fine
        if np.isfinite(line[1]).all():
            assert line[1].max() == pytest.approx(p_g.pdf(line[0][line[1].argmax()]), rel=1e-9)
        for _ in game.play(moves):
            pass


def test_a_needle_between_two_points_of_the_axis_is_as_high_as_it_is():
    p_z = theory.gaussian(0.0, 1.0)
    p_g = theory.pushforward(lambda z: 0.505 + 1e-4 * z, p_z, linear=True)
    x = np.linspace(0, 1, 101)
    line = outline(p_g, lambda z: 0.505 + 1e-4 * z, p_z, x, 1.0)
    assert p_g.pdf(x).max() == 0.0
    assert line[1].max() == pytest.approx(p_g.pdf(0.505), rel=1e-9)
    assert area(line) == pytest.approx(1.0, rel=0.005)


def test_a_step_is_upright():
    p_z, x = theory.uniform(-1.0, 1.0), np.linspace(0, 1, 12)
    line = outline(theory.pushforward(bent, p_z, kinks=[0.0], linear=True), bent, p_z, x, 1.0)
    assert np.allclose(line[0], [0, 0.3, 0.3, 0.5, 0.5, 0.9, 0.9, 1])
    assert np.allclose(line[1], [0, 0, 2.5, 2.5, 1.25, 1.25, 0, 0])


def bent(z):
    return 0.5 + np.where(z < 0, 0.2, 0.4) * z


def test_where_G_turns_p_g_is_infinite_and_the_line_says_so():
    p_z, x = theory.gaussian(0.0, 1.0), np.linspace(-1, 4, 101)
    line = outline(theory.pushforward(np.square, p_z), np.square, p_z, x, 1.0)
    assert np.isinf(line[1]).sum() == 1 and line[0][np.isinf(line[1])] == 0.0
    assert area(line) == pytest.approx(0.9545, rel=0.01)


def test_what_has_no_density_has_a_line_at_nothing():
    game = Training(PRESETS[ON_THE_LINE[0]].but(latent="bernoulli"), device="cpu")
    frame = frame_of(game)
    assert np.array_equal(frame.outline, [frame.x[[0, -1]], [0, 0]])


def test_no_vertex_is_kept_that_the_line_does_without():
    x = np.linspace(0, 1, 1001)
    straight, bend = thinned(np.stack([x, x]), 1.0), thinned(np.stack([x, np.abs(x - 0.5)]), 1.0)
    assert straight.shape == (2, 2) and np.array_equal(bend[0], [0, 0.5, 1])
    curve = np.stack([x, np.sin(7 * x) ** 2])
    kept = thinned(curve, 1.0)
    assert np.abs(np.interp(x, *kept) - curve[1]).max() <= 5e-3 and kept.shape[1] < 100


@pytest.mark.parametrize("quantised", [False, True])
def test_a_recording_keeps_the_lines_and_those_of_a_shared_generator_once(quantised):
    run = record(game_of("figure-1"), iterations=4)
    kept = Recording.from_bytes(run.to_bytes(quantised))
    assert np.array_equal(run.vertices == 0, [False] + [turn == 1 for turn in run.turn[1:]])
    for frame, other in zip(run, kept, strict=True):
        assert np.allclose(frame.outline[0], other.outline[0], atol=np.ptp(run.x) / 65534)
        assert np.allclose(frame.outline[1], other.outline[1], rtol=1e-6 if quantised else 0)
        assert area(other.outline) == pytest.approx(area(frame.outline), rel=0.01)
    without = record(game_of("figure-1"), iterations=4)
    for name in ("vertices", "outline_x", "outline_p_g"):
        object.__setattr__(without, name, getattr(without, name)[:0])
    assert without[3].outline is None
    assert len(run.to_bytes(True)) < 1.3 * len(without.to_bytes(True))


def test_figure_1_draws_the_line_and_says_how_high_it_goes():
    frame = frame_of(game_of("figure-1"))
    fig, ax = plt.subplots()
    plots.figure_1(ax, frame)
    said = [words.get_text() for one in (ax, *ax.child_axes) for words in one.texts]
    plt.close(fig)
    assert any(f"up to {frame.outline[1].max():.3g}" in words for words in said)
    assert frame.outline[1].max() > 1.4 * frame.p_g.max()


def test_the_best_D_falls_where_the_needle_is():
    game = game_of("two")
    frame = frame_of(game)
    x, D_star = best_line(frame)
    p_data, p_g = game.p_data.pdf(x), game.p_g().pdf(x)
    there = (p_data + p_g > 1e-3) & ~np.isin(x, x[1:][np.diff(x) == 0])
    assert np.allclose(D_star[there], (p_data / (p_data + p_g))[there], atol=2e-3)
    assert np.nanmin(D_star) < 0.01 * np.nanmin(frame.D_star)
