"""Pictures of frames and recordings, on matplotlib axes that are given, which are handed back.

One palette, that of the paper's Figure 1, told apart without colour too: data black dotted,
generator green solid, discriminator blue dashed, and D* thin. Nothing is computed here but the
places of lines: what a picture shows was computed in `frames`.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import ConnectionPatch, Rectangle

from gan_lab.frames import Frame
from gan_lab.panels import figure_1_panels
from gan_lab.planes import Look
from gan_lab.recording import Recording
from gan_lab.refusals import array

Axis = tuple[str, tuple]
"""The name of a setting and its values."""

DOTTED, SOLID, DASHED = (0, (0.1, 1.9)), "-", (0, (4, 2.2))
PALETTE = {
    "p_data": {"color": "#111111", "dash": DOTTED},
    "p_g": {"color": "#1b7f4b", "dash": SOLID},
    "D": {"color": "#1f5fd0", "dash": DASHED},
    "D_star": {"color": "#7286a5", "dash": SOLID},
    "floor": {"color": "#5f6873", "dash": DOTTED},
}
"""Role to colour and dash; the style sheet and the canvas of the pages use the same."""

WIDTHS = {"p_data": 2.4, "p_g": 2.0, "D": 1.8, "D_star": 0.9, "floor": 1.6}
NAMES = {"p_data": r"$p_{data}$", "p_g": r"$p_G$", "D": "$D$", "D_star": "$D^*$"}
MUTED, RULE = "#5f6873", "#b9c0c8"
HEADROOM = 1.35
"""The density axis ends at so many times the peak of p_data; a higher p_g is cut, and said so."""


def style(role: str) -> dict:
    """How the lines of a role are drawn, as keywords of `plot`."""
    look = {"color": PALETTE[role]["color"], "ls": PALETTE[role]["dash"], "lw": WIDTHS[role]}
    return look | ({"dash_capstyle": "round"} if PALETTE[role]["dash"] == DOTTED else {})


def figure_1(ax: Axes, frame: Frame, legend: bool = True) -> Axes:
    """Figure 1 of Goodfellow et al. 2014 from one frame.

    Above: the densities p_data and p_g against the left axis, the probabilities D and D* against
    the right one. Below: equally probable z and where G sends them; p_g is high where arrows
    crowd. It misleads where p_g is higher than the axis, or G(z) outside it: a mark with the
    number says so. The axes of D and of z become insets of `ax`.
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
        names = [line.get_label() for line in lines]
        left.legend(lines, names, ncols=4, loc="upper center", frameon=False,
                    bbox_to_anchor=(0.5, 1.03), bbox_transform=ax.transAxes,
                    handlelength=2.2, columnspacing=1.4)
    return ax


def densities(ax: Axes, frame: Frame) -> None:
    """p_data and p_g, on a scale that p_g does not move."""
    top = HEADROOM * float(np.max(frame.p_data))
    ax.fill_between(frame.x, frame.p_g, color=PALETTE["p_g"]["color"], alpha=0.09, lw=0)
    for role in ("p_data", "p_g"):
        ax.plot(frame.x, getattr(frame, role), label=NAMES[role], **style(role))
    ax.set_ylim(0, top)
    ax.set_ylabel("density", color=MUTED, fontsize="small")
    quiet(ax, "top", "right")
    i = int(np.argmax(frame.p_g))
    if frame.p_g[i] > top:
        left = frame.x[i] < (frame.x[0] + frame.x[-1]) / 2
        ax.annotate(
            rf"$\blacktriangle$ {NAMES['p_g']} up to {frame.p_g[i]:.3g}", (frame.x[i], top),
            xytext=(-4 if left else 4, 3), textcoords="offset points", fontsize="x-small",
            color=PALETTE["p_g"]["color"], ha="left" if left else "right", annotation_clip=False,
        )


def probabilities(ax: Axes, frame: Frame) -> None:
    """D and D* over the same x, from 0 to 1."""
    for role in ("D", "D_star"):
        ax.plot(frame.x, getattr(frame, role), label=NAMES[role], **style(role))
    ax.set_ylim(0, 1.08)
    ax.hlines(0.5, frame.x[0], frame.x[-1], color=RULE, lw=0.8, ls=(0, (1, 3)))
    ax.set_yticks([0, 0.5, 1], ["0", "½", "1"])
    ax.yaxis.tick_right()
    ax.set_xticks([])
    quiet(ax, "top", "left", "bottom")
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
            (start, 0), (end, 1), "data", arrowstyle="-|>", mutation_scale=6, lw=0.7,
            shrinkA=0, shrinkB=0, color=PALETTE["p_g"]["color"], alpha=0.6,
        )
        ax.add_patch(arrow)
        arrow.set_clip_on(True)
    outside = [int(np.sum(frame.G_z < ends[0])), int(np.sum(frame.G_z > ends[1]))]
    for count, at, words in zip(outside, (0, 1), ("← {}", "{} →"), strict=True):
        if count:
            ax.text(
                at, 0.72, words.format(count), transform=ax.transAxes, fontsize="x-small",
                color=PALETTE["p_g"]["color"], ha="right" if at == 0 else "left",
            )
    ticks = [v for v in np.arange(np.ceil(low), np.floor(high) + 1) if low <= v <= high]
    quiet(ax, "top", "right", "left")
    ax.set_yticks([])
    ax.set_xticks(
        ends[0] + (np.array(ticks) - low) / (high - low) * (ends[1] - ends[0]),
        [f"{v:g}".replace("-", "−") for v in ticks],
    )
    ax.text(-0.03, 0.98, "$x$", transform=ax.transAxes, ha="right", va="center")
    ax.text(-0.03, 0.02, "$z$", transform=ax.transAxes, ha="right", va="center")
    ax.text(-0.03, 0.5, r"$G\uparrow$", transform=ax.transAxes, ha="right", va="center",
            color=PALETTE["p_g"]["color"])


def quiet(ax: Axes, *gone: str) -> None:
    """Fewer and paler lines around a picture."""
    ax.spines[list(gone)].set_visible(False)
    for spine in ax.spines.values():
        spine.set_color(RULE)
    ax.tick_params(labelsize="small", color=RULE, labelcolor=MUTED, length=3)
    ax.patch.set_alpha(0)


def panels(axes, recording: Recording) -> list[Axes]:
    """The paper's four panels, one on each of four axes; `figure_1_panels` says which frames.

    Raises ValueError when the recording lacks a panel, or when the axes are not four.
    """
    axes = list(axes)
    if len(axes) != 4:
        raise ValueError(f"the four panels need four axes, not {len(axes)}")
    for ax, (letter, i) in zip(axes, figure_1_panels(recording).items(), strict=True):
        frame = recording[i]
        figure_1(ax, frame, legend=ax is axes[0])
        turn = {"start": "at the start", "D": "after $D$'s turn", "G": "after $G$'s turn"}
        ax.text(0, -0.14, f"({letter}) $t$ = {frame.t}, {turn[frame.turn]}",
                transform=ax.transAxes, fontsize="small", va="top")
    return axes


def bound(ax: Axes, recording: Recording, i: int | None = None) -> Axes:
    """V(G, D) <= V(G, D*) = 2 JSD - log 4 over a recording, and the floor -log 4 (nats).

    Frames are equally far apart, as they are when played; so time runs faster to the right. The
    distance from V(G, D) up to V(G, D*) is what D could still gain, that from there down to the
    floor twice the Jensen-Shannon divergence. `i` marks a frame. V below the picture is cut.
    """
    frames, floor = np.arange(len(recording)), -np.log(4)
    blue, green = PALETTE["D"]["color"], PALETTE["p_g"]["color"]
    if i is not None and not -len(recording) <= i < len(recording):
        raise ValueError(f"a recording of {len(recording)} frames has no frame {i}")
    ax.fill_between(frames, floor, recording.C, color=green, alpha=0.13, lw=0)
    ax.fill_between(frames, recording.V, recording.C, color=blue, alpha=0.13, lw=0)
    ax.axhline(floor, **style("floor"), label=r"$-\log 4$")
    ax.plot(frames, recording.C, color=green, lw=1.6,
            label=r"$V(G, D^*) = 2\,\mathrm{JSD} - \log 4$")
    ax.plot(frames, recording.V, **style("D"), label="$V(G, D)$")
    low = max(np.min(recording.V[np.isfinite(recording.V)], initial=floor), floor - 1.0)
    high = np.max(recording.C)
    ax.set_ylim(low - 0.08 * (high - low), high + 0.08 * (high - low))
    ax.set_xlim(0, max(len(recording) - 1, 1))
    quiet(ax, "top", "right")
    ax.set_xlabel("$t$, iterations", color=MUTED, fontsize="small")
    ax.set_ylabel("nats", color=MUTED, fontsize="small")
    when = moments_named(recording.t)
    ax.set_xticks(when, [str(recording.t[j]) for j in when])
    at = -np.inf
    for letter, j in recording.panels.items():
        at = max(j, at + 0.022 * len(recording))  # letters of neighbouring frames stand apart
        ax.annotate(letter, (at, 1.02), xycoords=("data", "axes fraction"), ha="center",
                    fontsize="small", color=MUTED, annotation_clip=False)
        ax.axvline(j, color=RULE, lw=0.8, zorder=0)
    if i is not None:
        ax.axvline(frames[i], color=PALETTE["p_data"]["color"], lw=1.2)
    ax.legend(frameon=False, fontsize="small", loc="best")
    return ax


def moments_named(t: np.ndarray) -> list[int]:
    """The frames to name on a time axis: those of iterations 0, 1, 2, 5, 10, ... with room."""
    round_numbers = [m * 10**power for power in range(9) for m in (1, 2, 5)]
    found, room = [0], max(len(t) // 14, 1)
    for number in round_numbers:
        j = int(np.searchsorted(t, number))
        if j < len(t) and t[j] == number and j - found[-1] >= room and len(t) - 1 - j >= room:
            found.append(j)
    return [*found, len(t) - 1] if len(t) > 1 else found


def plane(ax: Axes, shown: Look) -> Axes:
    """A game in the plane: D as shades, a line where it is 1/2, data and G(z) as points.

    It misleads about densities: a few hundred points are no law, and where there are none D has
    never been asked.
    """
    low_x, high_x, low_y, high_y = shown.window
    ax.imshow(shown.D, extent=shown.window, origin="lower", cmap="PuOr", vmin=0, vmax=1, alpha=0.6)
    if shown.D.min() < 0.5 < shown.D.max():
        middles = (np.arange(len(shown.D)) + 0.5) / len(shown.D)
        x, y = low_x + middles * (high_x - low_x), low_y + middles * (high_y - low_y)
        ax.contour(x, y, shown.D, levels=[0.5], colors=PALETTE["D"]["color"], linestyles="--")
    ax.plot(*shown.real.T, "o", ms=3.5, mfc="none", mec=PALETTE["p_data"]["color"], label="data")
    ax.plot(*shown.fake.T, "x", ms=3.5, color=PALETTE["p_g"]["color"], label="G(z)")
    ax.set(xlim=(low_x, high_x), ylim=(low_y, high_y), aspect="equal")
    ax.set_title("D shaded, dashed where it is 1/2", fontsize=9, color=MUTED)
    ax.legend(loc="upper right", fontsize=8)
    return ax


def phase_diagram(ax: Axes, x: Axis, y: Axis, shown: tuple[str, np.ndarray], diverged) -> Axes:
    """What becomes of games over two settings: a cell for each pair, its number written in it.

    x, y are names with values; `shown` is a name with (len(y values), len(x values)) numbers, on a
    logarithmic scale of colours where all are positive and far apart; `diverged` the share of
    games, of the same shape, that broke off: it is written where it is not 0, and hatched from a
    half on. It misleads about what lies between the cells, and a median hides a spread.
    """
    (name, values), share = shown, array(diverged, "the shares diverged")
    values = array(values, "the numbers of a phase diagram")
    known = values[np.isfinite(values)]
    far = known.size > 0 and known.min() > 0 and known.max() > 20 * known.min()
    image = ax.imshow(
        values, origin="lower", cmap="cividis", aspect="auto", norm="log" if far else "linear"
    )
    ax.figure.colorbar(image, ax=ax, label=name)
    for (j, i), value in np.ndenumerate(values):
        lost = share[j, i]
        words = f"{value:.2g}" if np.isfinite(value) else "\u2013"
        words += f"\n{lost:.0%} lost" if lost > 0 else ""
        ink = "white" if np.isfinite(value) and image.norm(value) < 0.5 else "black"
        cell = ax.text(i, j, words, ha="center", va="center", fontsize=8, color=ink)
        if lost >= 0.5:
            cell.set(color="black", bbox={"fc": "white", "ec": "none", "pad": 1.5, "alpha": 0.85})
            corner = i - 0.5, j - 0.5
            ax.add_patch(Rectangle(corner, 1, 1, fill=False, hatch="//", ec=MUTED, lw=0))
    ax.set_xticks(range(len(x[1])), [f"{v:g}" if isinstance(v, float) else str(v) for v in x[1]])
    ax.set_yticks(range(len(y[1])), [f"{v:g}" if isinstance(v, float) else str(v) for v in y[1]])
    ax.set(xlabel=x[0], ylabel=y[0])
    return ax
