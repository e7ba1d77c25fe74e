"""Pictures of frames and recordings, on matplotlib axes that are given, which are handed back.

One palette, that of the paper's Figure 1, told apart without colour too: data black dotted,
generator green solid, discriminator blue dashed, and D* thin. Nothing of a game is computed
here: what a picture shows was computed in `frames`.
"""

from __future__ import annotations

import math
from typing import cast

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch, FancyArrowPatch
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from gan_lab.core.validation import array
from gan_lab.recording.frames import Frame
from gan_lab.recording.images import ImageFrame, ImageRecording
from gan_lab.recording.outlines import best_line, graph
from gan_lab.recording.panels import figure_1_panels
from gan_lab.recording.plane import QuickFrame
from gan_lab.recording.plane_frames import PlaneFrame
from gan_lab.recording.recording import Recording
from gan_lab.recording.sheets import sheet_of

__all__ = [
    "PALETTE",
    "SIZES",
    "bound",
    "compare_runs",
    "figure_1",
    "moment",
    "panels",
    "phase_diagram",
    "pictures",
    "plane",
    "style",
    "two_networks",
]

Axis = tuple[str, tuple]
"""The name of a setting and its values."""

MUTED, RULE = "#5f6873", "#b9c0c8"
DOTTED, SOLID, DASHED = (0, (0.1, 1.9)), "-", (0, (4, 2.2))
PALETTE = {
    "p_data": {"color": "#111111", "dash": DOTTED},
    "p_g": {"color": "#1b7f4b", "dash": SOLID},
    "D": {"color": "#1f5fd0", "dash": DASHED},
    "D_star": {"color": "#7286a5", "dash": SOLID},
    "floor": {"color": MUTED, "dash": DOTTED},
}
"""Role to colour and dash; the style sheet and the canvas of the pages use the same."""

WIDTHS = {"p_data": 2.4, "p_g": 2.0, "D": 1.8, "D_star": 0.9, "floor": 1.6}
NAMES = {"p_data": r"$p_{data}$", "p_g": r"$p_G$", "D": "$D$", "D_star": "$D^*$"}
SIZES = {
    "figure.figsize": (5.4, 3.4),
    "font.size": 12,
    "axes.titlesize": "medium",
    **dict.fromkeys(("xtick.labelsize", "ytick.labelsize", "legend.fontsize"), "small"),
}
"""Settings of matplotlib for a page, whose small words are 9 px or more on a phone."""
HEADROOM = 1.35
"""The density axis ends at so many times the peak of p_data; a higher p_g is cut, and said so."""

FAR = 100
"""A line that leaves the picture is drawn up to so many times its top."""


def style(role: str) -> dict:
    """How the lines of a role are drawn, as keywords of matplotlib's `plot`.

    Parameters
    ----------
    role : str
        "p_data", "p_g", "D" or "D_star".

    Returns
    -------
    dict
        Colour, dashes and width.

    Examples
    --------
    >>> from gan_lab import plots
    >>> sorted(plots.style("p_g"))
    ['color', 'ls', 'lw']
    """
    look = {"color": PALETTE[role]["color"], "ls": PALETTE[role]["dash"], "lw": WIDTHS[role]}
    return look | ({"dash_capstyle": "round"} if PALETTE[role]["dash"] == DOTTED else {})


def figure_1(ax: Axes, frame: Frame, legend: bool = True) -> Axes:
    """Draw Figure 1 of the GAN paper from one frame: p_data, p_g, D, and arrows from z to x.

    Above: the densities p_data and p_g against the left axis, the probabilities D and D* against
    the right one. Below: equally probable z and where G sends them; p_g is high where arrows
    crowd. It misleads where p_g is higher than the axis, or G(z) outside it: a mark with the
    number says so. The axes of D and of z become insets of `ax`.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    frame : Frame
        The moment.
    legend : bool
        Whether the curves are named.

    Returns
    -------
    Axes
        `ax`.

    References
    ----------
    Goodfellow et al. 2014, Figure 1.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, plots
    >>> from gan_lab.recording import frame_of
    >>> frame = frame_of(Training(Recipe(G=(4,), D=(4,)), device="cpu"))
    >>> ax = plots.figure_1(Figure().subplots(), frame)
    >>> len(ax.child_axes)
    3
    """
    ax.set_axis_off()
    left, right = ax.inset_axes((0, 0.35, 1, 0.53)), ax.inset_axes((0, 0.35, 1, 0.53))
    below = ax.inset_axes((0, 0, 1, 0.27))
    densities(left, frame)
    probabilities(right, frame)
    noise(below, frame)
    for one in (left, right, below):
        one.set_xlim(frame.x[0], frame.x[-1])
    if legend:
        lines = [*left.get_lines(), *right.get_lines()]
        names = [str(line.get_label()) for line in lines]
        left.legend(
            lines,
            names,
            ncols=4,
            loc="upper center",
            frameon=False,
            bbox_to_anchor=(0.5, 1.03),
            bbox_transform=ax.transAxes,
            handlelength=2.2,
            columnspacing=1.4,
        )
    return ax


def moment(ax: Axes, frame: Frame | PlaneFrame | ImageFrame) -> Axes:
    """Plot a frame of a recording: Figure 1 on the line, D and points in the plane, or pictures.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    frame : Frame, PlaneFrame or ImageFrame
        The moment.

    Returns
    -------
    Axes
        `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, plots, record
    >>> short = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> ax = plots.moment(Figure().subplots(), short[-1])
    >>> len(ax.child_axes) > 0
    True
    """
    if isinstance(frame, ImageFrame):
        return pictures(ax, frame)
    return plane(ax, frame) if isinstance(frame, PlaneFrame) else figure_1(ax, frame)


def densities(ax: Axes, frame: Frame) -> None:
    """p_data and p_g, on a scale that p_g does not move."""
    top = HEADROOM * float(np.max(frame.p_data))
    ax.plot(frame.x, frame.p_data, label=NAMES["p_data"], **style("p_data"))
    ax.set_ylim(0, top)
    ax.set_ylabel("density", color=MUTED, fontsize="small")
    fewer_lines(ax, "top", "right")
    x, p_g = graph(frame)
    if not is_known(p_g):
        return
    drawn = np.minimum(p_g, FAR * top)
    ax.fill_between(x, drawn, color=PALETTE["p_g"]["color"], alpha=0.09, lw=0)
    ax.plot(x, drawn, label=NAMES["p_g"], **style("p_g"))
    i = int(np.argmax(p_g))
    if p_g[i] > top:
        left = x[i] < (frame.x[0] + frame.x[-1]) / 2
        high = f"{p_g[i]:.3g}" if np.isfinite(p_g[i]) else r"$\infty$, where $G$ turns"
        ax.annotate(
            rf"$\blacktriangle$ {NAMES['p_g']} up to {high}",
            (x[i], top),
            xytext=(-4 if left else 4, 3),
            textcoords="offset points",
            fontsize="small",
            color=PALETTE["p_g"]["color"],
            ha="left" if left else "right",
            annotation_clip=False,
        )


def is_known(values: np.ndarray) -> bool:
    """Whether any of a game's numbers is known."""
    return not np.isnan(values).all()


def probabilities(ax: Axes, frame: Frame) -> None:
    """D and D* over the same x, from 0 to 1; nothing where D is not known."""
    if not is_known(frame.D):
        ax.set_axis_off()
        return
    ax.plot(frame.x, frame.D, label=NAMES["D"], **style("D"))
    if is_known(frame.D_star):
        ax.plot(*best_line(frame), label=NAMES["D_star"], **style("D_star"))
    ax.set_ylim(0, 1.08)
    ax.hlines(0.5, frame.x[0], frame.x[-1], color=RULE, lw=0.8, ls=(0, (1, 3)))
    ax.set_yticks([0, 0.5, 1], ["0", "½", "1"])
    ax.yaxis.tick_right()
    ax.set_xticks([])
    fewer_lines(ax, "top", "left", "bottom")
    ax.spines["right"].set_bounds(0, 1)
    ax.spines["right"].set_color(PALETTE["D"]["color"])
    ax.tick_params(axis="y", colors=PALETTE["D"]["color"])


def noise(ax: Axes, frame: Frame) -> None:
    """The z axis, and arrows from equally probable z up to x = G(z)."""
    ends = np.array([frame.x[0], frame.x[-1]])
    pad = 0.06 * (frame.z[-1] - frame.z[0]) or 1.0
    low, high = frame.z[0] - pad, frame.z[-1] + pad
    place = ends[0] + (frame.z - low) / (high - low) * (ends[1] - ends[0])
    ax.set_ylim(0, 1)
    ax.plot(ends, [1, 1], color=PALETTE["p_data"]["color"], lw=1.0, clip_on=False)
    ax.plot(place, np.zeros_like(place), "o", ms=2.4, color=PALETTE["p_g"]["color"], clip_on=False)
    for start, end in zip(place, frame.G_z, strict=True):
        if not np.isfinite(end):
            continue
        arrow = ConnectionPatch(
            (start, 0),
            (end, 1),
            "data",
            arrowstyle="-|>",
            mutation_scale=6,
            lw=0.7,
            shrinkA=0,
            shrinkB=0,
            color=PALETTE["p_g"]["color"],
            alpha=0.6,
        )
        ax.add_patch(arrow)
        arrow.set_clip_on(True)
    outside = [int(np.sum(frame.G_z < ends[0])), int(np.sum(frame.G_z > ends[1]))]
    for count, at, words in zip(outside, (0, 1), ("← {}", "{} →"), strict=True):
        if count:
            ax.text(
                at,
                0.72,
                words.format(count),
                transform=ax.transAxes,
                fontsize="small",
                color=PALETTE["p_g"]["color"],
                ha="right" if at == 0 else "left",
            )
    ticks = [v for v in np.arange(np.ceil(low), np.floor(high) + 1) if low <= v <= high]
    fewer_lines(ax, "top", "right", "left")
    ax.set_yticks([])
    ax.set_xticks(
        ends[0] + (np.array(ticks) - low) / (high - low) * (ends[1] - ends[0]),
        [f"{v:g}".replace("-", "−") for v in ticks],
    )
    ax.text(-0.03, 0.98, "$x$", transform=ax.transAxes, ha="right", va="center")
    ax.text(-0.03, 0.02, "$z$", transform=ax.transAxes, ha="right", va="center")
    ax.text(
        -0.03,
        0.5,
        r"$G\uparrow$",
        transform=ax.transAxes,
        ha="right",
        va="center",
        color=PALETTE["p_g"]["color"],
    )


def fewer_lines(ax: Axes, *gone: str) -> None:
    """Fewer and paler lines around a picture."""
    ax.spines[list(gone)].set_visible(False)
    for spine in ax.spines.values():
        spine.set_color(RULE)
    ax.tick_params(labelsize="small", color=RULE, labelcolor=MUTED, length=3)
    ax.patch.set_alpha(0)


def panels(axes, recording: Recording) -> list[Axes]:
    """Draw the four panels of the GAN paper's Figure 1 from a recording.

    `figure_1_panels` says which frames they are.

    Parameters
    ----------
    axes : sequence of four Axes
        Where they are drawn.
    recording : Recording
        A game on the line.

    Returns
    -------
    list of Axes
        The four.

    Raises
    ------
    ValueError
        When the recording lacks a panel, or when the axes are not four.

    References
    ----------
    Goodfellow et al. 2014, Figure 1.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, plots, record
    >>> short = record(Training(Recipe(G=(4,), D=(4,), iterations=1), device="cpu"))
    >>> plots.panels(Figure().subplots(1, 4), short)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
        ...
    ValueError: no panel (a): ...
    """
    axes = list(axes)
    if len(axes) != 4:
        raise ValueError(f"the four panels need four axes, not {len(axes)}")
    for ax, (letter, i) in zip(axes, figure_1_panels(recording).items(), strict=True):
        frame = cast(Frame, recording[i])
        figure_1(ax, frame, legend=False)
        turn = {"start": "at the start", "D": "after $D$'s turn", "G": "after $G$'s turn"}
        ax.text(
            0,
            -0.14,
            f"({letter}) $t$ = {frame.t}, {turn[frame.turn]}",
            transform=ax.transAxes,
            fontsize="small",
            va="top",
        )
    lines = [line for inset in axes[0].child_axes[:2] for line in inset.get_lines()]
    axes[0].figure.legend(handles=lines, loc="outside upper center", ncols=4, frameon=False)
    return axes


def bound(ax: Axes, recording: Recording | ImageRecording, i: int | None = None) -> Axes:
    """Plot V(G, D) below its bound V(G, D*) = 2 JSD - log 4 over a recording, in nats.

    Frames are equally far apart, as they are when played; so time runs faster to the right. The
    distance from V(G, D) up to V(G, D*) is what D could still gain, that from there down to the
    floor -log 4 twice the Jensen-Shannon divergence. V below the picture is cut. Where V is not
    known, that divergence is drawn, and where neither is, as of pictures, the losses on the
    minibatches.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    recording : Recording or ImageRecording
        A game.
    i : int, optional
        A frame to mark.

    Returns
    -------
    Axes
        `ax`.

    References
    ----------
    Goodfellow et al. 2014, Theorem 1.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, plots, record
    >>> short = record(Training(Recipe(G=(4,), D=(4,), iterations=2), device="cpu"))
    >>> ax = plots.bound(Figure().subplots(), short)
    >>> len(ax.lines) > 2
    True
    """
    frames = np.arange(len(recording))
    if i is not None and not -len(recording) <= i < len(recording):
        raise ValueError(f"a recording of {len(recording)} frames has no frame {i}")
    letters = {}
    if isinstance(recording, ImageRecording):
        _losses(ax, recording, frames)
    else:
        (_values_of_game if is_known(recording.C) else _what_is_known)(ax, recording, frames)
        letters = recording.panels
    ax.set_xlim(0, max(len(recording) - 1, 1))
    fewer_lines(ax, "top", "right")
    ax.set_xlabel("$t$, iterations", color=MUTED, fontsize="small")
    ax.set_ylabel("nats", color=MUTED, fontsize="small")
    when = moments_named(recording.t)
    ax.set_xticks(when, [str(recording.t[j]) for j in when])
    at = -np.inf
    for letter, j in letters.items():
        at = max(j, at + 0.022 * len(recording))  # letters of neighbouring frames stand apart
        ax.annotate(
            letter,
            (at, 1.02),
            xycoords=("data", "axes fraction"),
            ha="center",
            fontsize="small",
            color=MUTED,
            annotation_clip=False,
        )
        ax.axvline(j, color=RULE, lw=0.8, zorder=0)
    if i is not None:
        ax.axvline(frames[i], color=PALETTE["p_data"]["color"], lw=1.2)
    ax.legend(frameon=False, fontsize="small", loc="best")
    return ax


def _values_of_game(ax: Axes, recording: Recording, frames: np.ndarray) -> None:
    """V(G, D), V(G, D*) and the floor."""
    floor, blue, green = -np.log(4), PALETTE["D"]["color"], PALETTE["p_g"]["color"]
    ax.fill_between(frames, floor, recording.C, color=green, alpha=0.13, lw=0)
    ax.fill_between(frames, recording.V, recording.C, color=blue, alpha=0.13, lw=0)
    ax.axhline(floor, **style("floor"), label=r"$-\log 4$")
    ax.plot(
        frames, recording.C, color=green, lw=1.6, label=r"$V(G, D^*) = 2\,\mathrm{JSD} - \log 4$"
    )
    ax.plot(frames, recording.V, **style("D"), label="$V(G, D)$")
    low = max(np.min(recording.V[np.isfinite(recording.V)], initial=floor), floor - 1.0)
    high = np.max(recording.C)
    ax.set_ylim(low - 0.08 * (high - low), high + 0.08 * (high - low))


def _what_is_known(ax: Axes, recording: Recording, frames: np.ndarray) -> None:
    """The JSD of a game whose V is not known, or else the losses."""
    if is_known(recording.jsd):
        ax.plot(
            frames,
            recording.jsd,
            color=PALETTE["p_g"]["color"],
            lw=1.6,
            label=r"$\mathrm{JSD}(p_{data}, p_G)$, at most $\log 2$",
        )
        return
    _losses(ax, recording, frames)


def _losses(ax: Axes, recording: Recording | ImageRecording, frames: np.ndarray) -> None:
    """Both players' losses on their minibatches."""
    ax.plot(frames, recording.loss_D, **style("D"), label="loss of $D$")
    ax.plot(frames, recording.loss_G, **style("p_g"), label="loss of $G$")


def moments_named(t: np.ndarray) -> list[int]:
    """The frames to name on a time axis: those of iterations 0, 1, 2, 5, 10, ... with room."""
    round_numbers = [m * 10**power for power in range(9) for m in (1, 2, 5)]
    found, room = [0], max(len(t) // 14, 1)
    for number in round_numbers:
        j = int(np.searchsorted(t, number))
        if j < len(t) and t[j] == number and j - found[-1] >= room and len(t) - 1 - j >= room:
            found.append(j)
    return [*found, len(t) - 1] if len(t) > 1 else found


def plane(ax: Axes, shown: QuickFrame | PlaneFrame) -> Axes:
    """Plot a GAN in the plane: D as shades, a line where it is 1/2, data and G(z) as points.

    It misleads about densities: a few hundred points are no density, and where there are none D has
    never been asked.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    shown : QuickFrame or PlaneFrame
        The moment.

    Returns
    -------
    Axes
        `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, datasets, plots
    >>> from gan_lab.recording import quick_frame
    >>> recipe = Recipe(data=datasets.ring(), latent_dim=2, G=(4,), D=(4,), m=16)
    >>> glance = quick_frame(Training(recipe, device="cpu"), cells=10)
    >>> ax = plots.plane(Figure().subplots(), glance)
    >>> ax.get_aspect()
    1.0
    """
    low_x, high_x, low_y, high_y = map(float, shown.window)
    window = low_x, high_x, low_y, high_y
    ax.imshow(shown.D, extent=window, origin="lower", cmap="PuOr", vmin=0, vmax=1, alpha=0.6)
    if shown.D.min() < 0.5 < shown.D.max():
        middles = (np.arange(len(shown.D)) + 0.5) / len(shown.D)
        x, y = low_x + middles * (high_x - low_x), low_y + middles * (high_y - low_y)
        ax.contour(x, y, shown.D, levels=[0.5], colors=PALETTE["D"]["color"], linestyles="--")
    ax.plot(*shown.real.T, "o", ms=3.5, mfc="none", mec=PALETTE["p_data"]["color"], label="data")
    ax.plot(*shown.fake.T, "x", ms=3.5, color=PALETTE["p_g"]["color"], label="G(z)")
    ax.set(xlim=(low_x, high_x), ylim=(low_y, high_y), aspect="equal")
    ax.set_title("D shaded, dashed where it is 1/2", fontsize="small", color=MUTED)
    ax.legend(loc="upper right", fontsize="small")
    return ax


def two_networks(ax: Axes, shown: PlaneFrame) -> Axes:
    """Plot the two networks of a GAN: data flow one way, gradients the other.

    Panels are one moment of a game in the plane: z, G(z) with the grid of z and minus the slope of
    G's loss at every fourth sample, points of the data, and D as shades. Solid arrows are samples
    and answers; dashed ones the gradients of each player. It misleads about time: in a turn of D no
    gradient goes on to G, and in a turn of G none stays with D.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    shown : PlaneFrame
        The moment.

    Returns
    -------
    Axes
        `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import Recipe, Training, datasets, plots, record
    >>> recipe = Recipe(data=datasets.ring(sd=0.1), latent_dim=2, G=(4,), D=(4,), m=8)
    >>> frame = record(Training(recipe, device="cpu"), iterations=1)[-1]
    >>> [panel.get_title() for panel in plots.two_networks(Figure().subplots(), frame).child_axes]
    ['noise $z$', '$G(z)$', 'data', '$D$ says']
    """
    ax.set(xlim=(-1, 101), ylim=(-4, 58), aspect="equal")
    ax.set_axis_off()
    real, fake = shown.real, shown.G_z
    low_x, high_x, low_y, high_y = map(float, shown.window)
    window = low_x, high_x, low_y, high_y
    noise_panel = _panel(ax, (0, 29, 21, 21), "noise $z$")
    noise_panel.plot(shown.z[:, 0], shown.z[:, -1], ".", ms=2.5, color=PALETTE["p_g"]["color"])
    made = _panel(ax, (38, 29, 24, 24), "$G(z)$", window)
    _grid_of_z(made, shown.warp)
    _points(made, fake, "x", "p_g")
    made.quiver(*fake[::4].T, *shown.pull[::4].T, color="#111111", width=0.012, zorder=3)
    _points(_panel(ax, (38, -3, 24, 24), "data", window), real, "o", "p_data")
    said = _panel(ax, (79, 14, 21, 21), "$D$ says", window)
    said.imshow(shown.D, extent=window, origin="lower", cmap="PuOr", vmin=0, vmax=1, alpha=0.6)
    _points(said, real[::3], "o", "p_data")
    _points(said, fake[::3], "x", "p_g")
    _flow(ax)
    return ax


def _panel(ax: Axes, place, title: str, window=None) -> Axes:
    panel = ax.inset_axes(place, transform=ax.transData)
    panel.set(xticks=[], yticks=[])
    panel.set_title(title, fontsize="small", pad=3)
    if window is not None:
        panel.set(xlim=window[:2], ylim=window[2:])
    return panel


def _points(ax: Axes, points: np.ndarray, mark: str, role: str) -> None:
    ax.plot(*points.T, mark, ms=2.5, mew=0.7, mfc="none", color=PALETTE[role]["color"])


def _grid_of_z(ax: Axes, warp: np.ndarray) -> None:
    """Every other line of the grid of z under G."""
    side = math.isqrt(len(warp))
    if side**2 != len(warp) or not side:  # a z of one number has a curve, and some have none
        return
    rows = warp.reshape(side, side, 2)[::2]
    columns = warp.reshape(side, side, 2)[:, ::2].swapaxes(0, 1)
    for line in (*rows, *columns):
        ax.plot(*line.T, lw=0.4, alpha=0.5, color=PALETTE["p_g"]["color"])


FORWARDS = (
    ((21.5, 39), (25.5, 39)), ((34.5, 39), (37.5, 39)), ((62.5, 39), (67.5, 29.5)),
    ((62.5, 10), (67.5, 20)), ((75, 24.5), (78.5, 24.5)), ((-1, 14), (6, 14)),
)  # fmt: skip
BACKWARDS = (
    ("D", (78.5, 33), (73, 29), 0.3), ("p_g", (70, 29.2), (62.5, 47), 0.3),
    ("p_g", (37.5, 48), (31, 43.5), 0.3), ("p_g", (6, 7), (-1, 7), 0.0),
)  # fmt: skip
"""Where the arrows of `two_networks` begin and end, and how they bend."""


def _flow(ax: Axes) -> None:
    """Both networks, the arrows, and what the arrows are."""
    for role, letter, x, y in (("p_g", "$G$", 30, 39), ("D", "$D$", 70.5, 24.5)):
        color = PALETTE[role]["color"]
        shape = {"boxstyle": "round,pad=0.35", "fc": "white", "ec": color, "lw": 2}
        ax.text(x, y, letter, color=color, ha="center", va="center", fontsize=14, bbox=shape)
    for start, end in FORWARDS:
        _arrow(ax, start, end, color="#111111", arrowstyle="-|>")
    for role, start, end, bend in BACKWARDS:
        bent = {"connectionstyle": f"arc3,rad={bend}", "linestyle": (0, (2.5, 1.5))}
        _arrow(ax, start, end, color=PALETTE[role]["color"], arrowstyle="->", **bent)
    ax.text(8, 14, "data, forwards", va="center", fontsize="small")
    ax.text(8, 7, "gradients, back", va="center", fontsize="small")


def _arrow(ax: Axes, start, end, **look) -> None:
    ax.add_patch(
        FancyArrowPatch(start, end, mutation_scale=10, lw=1.5, shrinkA=0, shrinkB=0, **look)
    )


MARKS = (
    ("o", PALETTE["p_g"]["color"]),
    ("s", PALETTE["D"]["color"]),
    ("^", MUTED),
    ("D", "#a04a00"),
)
"""Shape and colour of a group of runs: either alone tells the groups apart."""


def pictures(ax: Axes, shown, columns: int | None = None) -> Axes:
    """A grid of pictures: samples of G from a frame of pictures, or any that are given.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    shown : ImageFrame, or array of shape (n, rows, columns)
        Pictures, of whole numbers from 0 (paper) to 255 (ink) or others from -1 to 1.
    columns : int, optional
        How many stand side by side, by default about as many as below each other.

    Returns
    -------
    Axes
        `ax`.

    Raises
    ------
    ValueError
        For another shape.

    Examples
    --------
    >>> import matplotlib.figure
    >>> from gan_lab import datasets, plots
    >>> ax = matplotlib.figure.Figure().subplots()
    >>> some = datasets.digits().pixels[:6].reshape(-1, 8, 8)
    >>> plots.pictures(ax, some, columns=3).images[0].get_array().shape
    (19, 28)
    """
    images = shown.fake if isinstance(shown, ImageFrame) else shown
    sheet = sheet_of(images, columns)
    ax.imshow(np.ma.masked_invalid(sheet), cmap="gray_r", vmin=0.0, vmax=1.0)
    ax.set_axis_off()
    if isinstance(shown, ImageFrame):
        ax.set_title(f"$G(z)$ after {shown.t} iterations")
    return ax


def compare_runs(ax: Axes, runs: dict, log: bool = True, groups: dict | None = None) -> Axes:
    """Compare runs over seeds: a row for each way to play, a dot for each seed.

    Rows go downwards. The bar in a row is the median, which is written at the right; a run that has
    no number (nan, inf) is a cross at the right edge, and for the median larger than all. The
    height of a dot inside its row means nothing: it keeps neighbours apart.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    runs : dict of str to sequence of float
        The name of a row, with one number for each seed.
    log : bool
        Whether the axis is logarithmic.
    groups : dict of str to str, optional
        Names of rows, with what they have in common, which has its own shape and colour; without it
        every row has its own.

    Returns
    -------
    Axes
        `ax`.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import plots
    >>> ax = plots.compare_runs(Figure().subplots(), {"k = 1": [0.2, 0.3], "k = 5": [0.05, 0.1]})
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['k = 1', 'k = 5']
    """
    names = list(runs)
    if not names or not all(np.size(values) for values in runs.values()):
        raise ValueError("dots need a row at least, and a number at least in each")
    group_of = [(groups or {}).get(name, name) for name in names]
    order = list(dict.fromkeys(group_of))
    ax.set_xscale("log" if log else "linear")
    for row, (name, group) in enumerate(zip(names, group_of, strict=True)):
        values = np.sort(array(runs[name], f"the numbers of {name}").ravel())
        _row_of_dots(ax, row, values, *MARKS[order.index(group) % len(MARKS)])
    for row in range(1, len(names)):
        ax.axhline(row - 0.5, color=RULE, lw=0.5)
    _beside(ax, -0.8, "median")
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.5, -0.5)
    fewer_lines(ax, "top", "right", "left")
    ax.tick_params(axis="y", length=0, labelcolor=PALETTE["p_data"]["color"])
    if log:
        _plain_decades(ax)
    return ax


def _row_of_dots(ax: Axes, row: int, values: np.ndarray, shape: str, color: str) -> None:
    """A row of `compare_runs`; nan are the last of the sorted values, and count as the largest."""
    known = values[np.isfinite(values)]
    lost = len(values) - len(known)
    heights = row + 0.22 * (np.arange(len(known)) % 3 - 1)
    ax.plot(known, heights, shape, ms=4.5, color=color, alpha=0.75, mew=0)
    if lost:
        edge = ax.get_yaxis_transform()
        ax.plot([1.0], [row], "x", color=color, transform=edge, clip_on=False)
    middle = float(np.median(np.where(np.isfinite(values), values, np.inf)))
    if np.isfinite(middle):
        ax.vlines(middle, row - 0.36, row + 0.36, color=PALETTE["p_data"]["color"], lw=1.4)
    said = f"{middle:.3g}".replace("-", "−") if np.isfinite(middle) else "–"
    _beside(ax, row, said, f"{lost} lost" if lost else "")


def _beside(ax: Axes, row: float, *words: str) -> None:
    """Words to the right of the axes, at the height of a row."""
    said = ", ".join(word for word in words if word)
    ax.text(
        1.02,
        row,
        said,
        transform=ax.get_yaxis_transform(),
        va="center",
        fontsize="small",
        color=MUTED,
    )


def _plain_decades(ax: Axes) -> None:
    """A logarithmic x axis named 0.01, 0.02, 0.05, 0.1, or by decades where there are many."""
    low, high = ax.get_xlim()
    subs = (1, 2, 5) if high < 100 * low else (1,)
    ax.xaxis.set_major_locator(LogLocator(subs=subs))
    ax.xaxis.set_minor_locator(LogLocator(subs=range(1, 10)))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def phase_diagram(ax: Axes, x: Axis, y: Axis, shown: tuple[str, np.ndarray], diverged) -> Axes:
    """Phase diagram of a sweep: a cell for each pair of two settings, its number written in it.

    It misleads about what lies between the cells, and a median hides a spread.

    Parameters
    ----------
    ax : Axes
        Where it is drawn.
    x, y : tuple of (str, sequence)
        A name with values.
    shown : tuple of (str, ndarray of shape (len(y values), len(x values)))
        A name with numbers, on a logarithmic scale of colours where all are positive and far apart.
    diverged : ndarray
        The share of games, of the same shape, that broke off: it stands with a cross under the
        number, a cross alone is a cell that lost all its games, and from a half on a cell has no
        colour.

    Returns
    -------
    Axes
        `ax`.

    Examples
    --------
    >>> import numpy as np
    >>> from matplotlib.figure import Figure
    >>> from gan_lab import plots
    >>> numbers = np.array([[0.1, 0.2], [0.3, 0.4]])
    >>> ax = plots.phase_diagram(
    ...     Figure().subplots(), ("k", [1, 5]), ("lr_G", [0.1, 0.2]), ("JSD", numbers), 0 * numbers)
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('k', 'lr_G')
    """
    (name, values), share = shown, array(diverged, "the shares diverged")
    values = array(values, "the numbers of a phase diagram")
    known = values[np.isfinite(values)]
    far = known.size > 0 and known.min() > 0 and known.max() > 20 * known.min()
    image = ax.imshow(
        np.ma.masked_where(share >= 0.5, values),
        origin="lower",
        cmap="cividis",
        aspect="auto",
        norm="log" if far else "linear",
    )
    for (j, i), value in np.ndenumerate(values):
        lost = float(share[j, i])
        dark = lost < 0.5 and np.isfinite(value) and cast(float, image.norm(value)) < 0.5
        ax.text(
            i,
            j,
            _cell(value, lost),
            ha="center",
            va="center",
            fontsize="small",
            color="white" if dark else MUTED if lost == 1 else "black",
        )
    crosses = ", and \u00d7 with the share of the games lost" if np.any(share > 0) else ""
    ax.set_title(f"{name}{crosses}", fontsize="small")
    ax.set_xticks(range(len(x[1])), [f"{v:g}" if isinstance(v, float) else str(v) for v in x[1]])
    ax.set_yticks(range(len(y[1])), [f"{v:g}" if isinstance(v, float) else str(v) for v in y[1]])
    ax.set(xlabel=x[0], ylabel=y[0])
    return ax


def _cell(value: float, lost: float) -> str:
    """The words in a cell of a phase diagram."""
    if lost == 1:
        return "\u00d7"
    number = f"{value:.2g}" if np.isfinite(value) else "\u2013"
    return f"{number}\n\u00d7 {lost:.0%}" if lost > 0 else number
