"""Figures: that the lines drawn are the frame's, in the palette's colours and dashes."""

import math

import matplotlib

matplotlib.use("agg")

import numpy as np
import pytest
from made_by_hand import STORY, by_hand, frame, game_of
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch

from gan_lab import Recipe, Training, plots, record
from gan_lab.datasets import ring
from gan_lab.recording.plane import QuickFrame


@pytest.fixture
def ax():
    fig, ax = plt.subplots()
    yield ax
    plt.close(fig)


def lines(ax) -> dict:
    """The labelled lines of a picture, its insets included."""
    return {
        line.get_label(): line
        for one in (ax, *ax.child_axes)
        for line in one.get_lines()
        if not line.get_label().startswith("_")
    }


def test_figure_1_draws_the_four_curves_of_its_frame(ax):
    shown = frame()
    drawn = lines(plots.figure_1(ax, shown))
    assert set(drawn) == set(plots.NAMES.values())
    for role, name in plots.NAMES.items():
        assert np.array_equal(drawn[name].get_xdata(), shown.x)
        assert np.array_equal(drawn[name].get_ydata(), getattr(shown, role))
        assert drawn[name].get_color() == plots.PALETTE[role]["color"]


def test_axes_are_handed_back(ax):
    assert plots.figure_1(ax, frame()) is ax
    assert plots.bound(ax, by_hand()) is ax


def test_each_curve_has_dashes_or_a_width_of_its_own(ax):
    drawn = lines(plots.figure_1(ax, frame())).values()
    looks = {(str(plots.PALETTE[role]["dash"]), plots.WIDTHS[role]) for role in plots.NAMES}
    assert len(looks) == len(drawn) == 4


def test_colours_are_apart_in_grey_from_white_and_the_paper_s_in_hue():
    rgb = {role: to_rgb(look["color"]) for role, look in plots.PALETTE.items()}
    assert max(rgb["p_data"]) < 0.2
    assert np.argmax(rgb["p_g"]) == 1 and np.argmax(rgb["D"]) == 2
    for color in rgb.values():
        assert contrast_with_white(color) >= 3.0


def contrast_with_white(color) -> float:
    """WCAG 2.1's contrast ratio."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 1.05 / (0.05 + 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def arrows(ax) -> list:
    return [p for one in ax.child_axes for p in one.patches if isinstance(p, FancyArrowPatch)]


def test_there_is_an_arrow_for_each_z_and_it_ends_at_G_z(ax):
    shown = frame(a=11)
    drawn = arrows(plots.figure_1(ax, shown))
    assert np.allclose([p.xy2[0] for p in drawn], shown.G_z)
    assert np.all(np.diff([p.xy1[0] for p in drawn]) > 0)


def words(ax) -> str:
    return " ".join(t.get_text() for one in (ax, *ax.child_axes) for t in one.texts)


def test_what_lies_outside_the_picture_is_said(ax):
    shown = frame(mean=5.5, sd=0.1, n=257)
    plots.figure_1(ax, shown)
    assert f"up to {shown.p_g.max():.3g}" in words(ax)
    plt.close(ax.figure)
    _, ax = plt.subplots()
    far = frame(mean=3.0, sd=20.0, a=101)
    plots.figure_1(ax, far)
    assert f"← {np.sum(far.G_z < 0)}" in words(ax) and f"{np.sum(far.G_z > 6)} →" in words(ax)


def test_a_frame_with_gaps_and_infinities_can_be_drawn(ax):
    shown = frame()
    shown.D_star[:5], shown.G_z[0] = np.nan, np.inf
    plots.figure_1(ax, shown)
    ax.figure.canvas.draw()


def test_the_bound_lies_between_its_curves_and_above_the_floor(ax):
    shown = by_hand()
    drawn = lines(plots.bound(ax, shown, 3))
    assert np.array_equal(drawn["$V(G, D)$"].get_ydata(), shown.V)
    upper = drawn[r"$V(G, D^*) = 2\,\mathrm{JSD} - \log 4$"].get_ydata()
    assert np.array_equal(upper, shown.C) and np.all(upper >= shown.V)
    assert set(drawn[r"$-\log 4$"].get_ydata()) == {-math.log(4)}


def test_the_bound_names_round_iterations_and_the_end(ax):
    shown = by_hand(9)
    plots.bound(ax, shown)
    labels = [t.get_text() for t in ax.get_xticklabels()]
    assert labels[0] == "0" and labels[-1] == str(shown.t[-1]) and len(set(labels)) == len(labels)


def test_a_frame_that_is_not_there_is_refused(ax):
    with pytest.raises(ValueError, match="9 frames has no frame 9"):
        plots.bound(ax, by_hand(9), 9)


def test_panels_draws_the_four_frames_in_order():
    fig, axes = plt.subplots(2, 2)
    shown = game_of(*STORY)
    found = plots.panels(axes.flat, shown)
    assert found == list(axes.flat)
    for ax, letter, i in zip(found, "abcd", (2, 3, 6, 8), strict=True):
        assert np.array_equal(lines(ax)[plots.NAMES["D"]].get_ydata(), shown.D[i])
        assert f"({letter}) $t$ = {shown.t[i]}" in words(ax)
    fig.tight_layout()
    fig.canvas.draw()
    plt.close(fig)


def test_panels_needs_four_axes_and_a_recording_that_has_them(ax):
    with pytest.raises(ValueError, match="four axes, not 1"):
        plots.panels([ax], game_of(*STORY))
    with pytest.raises(ValueError, match="no panel"):
        plots.panels([ax] * 4, game_of(*STORY[:2]))


def test_drawing_leaves_the_frame_and_the_settings_alone(ax):
    shown, settings = frame(), dict(matplotlib.rcParams)
    before = {name: np.copy(getattr(shown, name)) for name in ("x", "p_g", "D", "G_z")}
    plots.figure_1(ax, shown)
    assert dict(matplotlib.rcParams) == settings
    assert all(np.array_equal(getattr(shown, name), v) for name, v in before.items())


def test_a_plane_draws_the_points_and_the_line_where_D_is_one_half(ax):
    D = np.array([[0.1, 0.9], [0.2, 0.8]])
    real, fake = np.array([[0.0, 0.5], [1.0, 0.5]]), np.array([[0.5, 0.25]])
    plots.plane(ax, QuickFrame((0.0, 2.0, 0.0, 2.0), D, real, fake))
    drawn = lines(ax)
    np.testing.assert_array_equal(drawn["data"].get_xydata(), real)
    np.testing.assert_array_equal(drawn["G(z)"].get_xydata(), fake)
    (contour,) = (c for c in ax.collections if len(c.get_paths()[0].vertices))
    on_it = contour.get_paths()[0].vertices
    assert on_it[:, 0].min() > 0.9 and on_it[:, 0].max() < 1.1
    image = ax.images[0]
    assert image.get_extent() == [0.0, 2.0, 0.0, 2.0] and image.origin == "lower"


def test_two_networks_shows_the_points_of_one_moment(ax):
    recipe = Recipe(data=ring(sd=0.1), latent_dim=2, G=(4,), D=(4,), m=8)
    shown = record(Training(recipe, device="cpu"), iterations=1)[-1]
    plots.two_networks(ax, shown)
    panels = {panel.get_title(): panel for panel in ax.child_axes}
    noise, made, data, said = (panels[n] for n in ("noise $z$", "$G(z)$", "data", "$D$ says"))
    for panel, points in ((noise, shown.z), (made, shown.G_z), (data, shown.real)):
        np.testing.assert_array_equal(panel.get_lines()[-1].get_xydata(), points)
    (pulls,) = made.collections
    np.testing.assert_array_equal(np.column_stack([pulls.U, pulls.V]), shown.pull[::4])
    assert len(made.get_lines()) == 1 + 9 + 9  # every other line of 17 both ways
    np.testing.assert_array_equal(said.images[0].get_array(), shown.D)


# Runs that are compared.

RUNS = {"slow": [0.2, 0.1, 0.4], "fast": [0.02, np.nan, 0.03, np.inf], "lost": [np.nan, np.nan]}


def marks(ax) -> list:
    """The lines of dots, without the crosses at the edge, a row each."""
    return [line for line in ax.get_lines() if line.get_marker() not in ("x", "None", None)]


def test_every_seed_is_a_dot_in_its_own_row(ax):
    drawn = marks(plots.compare_runs(ax, RUNS))
    assert [sorted(line.get_xdata()) for line in drawn] == [[0.1, 0.2, 0.4], [0.02, 0.03], []]
    for row, line in enumerate(drawn):
        assert np.all(np.abs(line.get_ydata() - row) < 0.4)
    assert [label.get_text() for label in ax.get_yticklabels()] == list(RUNS)
    assert ax.get_ylim() == (2.5, -0.5)  # downwards


def test_the_median_counts_lost_runs_as_the_worst_and_says_how_many(ax):
    said = [words.get_text() for words in plots.compare_runs(ax, RUNS).texts]
    assert sorted(said) == sorted(["median", "0.2", "–, 2 lost", "–, 2 lost"])
    ax.clear()
    said = [
        words.get_text() for words in plots.compare_runs(ax, {"a": [1, 2, np.nan]}, log=False).texts
    ]
    assert "2, 1 lost" in said
    crosses = [line for line in ax.get_lines() if line.get_marker() == "x"]
    assert len(crosses) == 1 and ax.get_xscale() == "linear"


def test_groups_are_told_apart_by_shape_and_by_colour(ax):
    groups = {"slow": "Adam", "fast": "Adam", "lost": "SGD"}
    slow, fast, lost = marks(plots.compare_runs(ax, RUNS, groups=groups))
    assert slow.get_marker() == fast.get_marker() != lost.get_marker()
    assert slow.get_color() == fast.get_color() != lost.get_color()
    shapes, colors = zip(*plots.MARKS, strict=True)
    grey = [np.dot((0.299, 0.587, 0.114), to_rgb(color)) for color in colors]
    assert len(set(shapes)) == len(set(colors)) == len(shapes) and max(grey) < 0.6


@pytest.mark.parametrize(("low", "high"), [(0.01, 0.7), (1e-4, 0.7), (0.05, 0.09), (0.3, 0.34)])
def test_ticks_of_dots_are_decimals_that_do_not_touch(low, high):
    fig, ax = plt.subplots(figsize=(6, 2), layout="constrained")
    plots.compare_runs(ax, {"a": np.geomspace(low, high, 10)})
    fig.canvas.draw()
    shown = [label for label in ax.get_xticklabels() if label.get_text()]
    inside = [label for label in shown if low / 2 <= float(label.get_text()) <= 2 * high]
    boxes = [label.get_window_extent() for label in inside]
    assert boxes and all(a.x1 < b.x0 for a, b in zip(boxes, boxes[1:], strict=False))
    plt.close(fig)


@pytest.mark.parametrize("runs", [{}, {"a": []}])
def test_dots_without_a_run_are_refused(ax, runs):
    with pytest.raises(ValueError, match="dots need a row at least, and a number at least in each"):
        plots.compare_runs(ax, runs)
