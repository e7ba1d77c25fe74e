"""What a page shows where nothing moves: before a figure is in sight, in print, without JavaScript.

A picture of one frame as SVG, in the colours of the page's theme, laid out as on the canvas that
comes in its place (`line/figure1.js`, `charts/bound.js`, `plane/view.js` of `front_end/draw/`). The
same frame gives the same text, of some ten thousand letters.
"""

from __future__ import annotations

import base64
import html
import io
from typing import Any, cast

import numpy as np

from gan_lab.recording.frames import Frame
from gan_lab.recording.images import ImageFrame, ImageRecording
from gan_lab.recording.outlines import best_line, graph
from gan_lab.recording.plane import QuickFrame
from gan_lab.recording.plane_frames import PlaneFrame
from gan_lab.recording.recording import Recording
from gan_lab.recording.sheets import sheet_of
from gan_lab.widgets.svg import LETTERS, Scale, line, path, ruler, text

WIDTH, HIGH, LOW = 640, 300, 170
"""Pixels: of a picture, and the heights of Figure 1 and of the chart below it."""

LEFT, RIGHT, TOP, BASE, RULER, FOOT = 40, WIDTH - 32, 44, 188, 212, 268
SIDE, SHOWN = 400, 200
"""Of the plane: pixels, and points of either kind."""

PICTURES_ABREAST = 10
"""As many are side by side, which of a game of digits that are asked for are ten columns."""

CRISP = ' style="image-rendering:pixelated"'
HEADROOM = 1.35
"""As in `plots`: the density axis ends at so many times the peak of p_data."""

THEMES = {
    "light": {
        "ink": "#1c2024",
        "muted": "#5f6873",
        "line": "#b9c0c8",
        "p_data": "#111111",
        "p_g": "#1b7f4b",
        "D": "#1f5fd0",
        "D_star": "#7286a5",
        "paper": "#ffffff",
    },
    "dark": {
        "ink": "#e8eaed",
        "muted": "#a3acb8",
        "line": "#545d69",
        "p_data": "#dcdfe4",
        "p_g": "#4ec98b",
        "D": "#7fb0ff",
        "D_star": "#93a3ba",
        "paper": "#14181d",
    },
}
HEAT = {
    "light": ((251, 199, 138), (255, 255, 255), (176, 204, 251)),
    "dark": ((120, 66, 14), (24, 28, 33), (31, 66, 138)),
}
"""What D says of a place, from generated over neither to data; as in `front_end/draw/theme.js`."""

LINES = {
    "p_data": "stroke-width:2.6;stroke-dasharray:0 5;stroke-linecap:round",
    "p_g": "stroke-width:2.4",
    "D": "stroke-width:2.2;stroke-dasharray:8 5",
    "D_star": "stroke-width:1.2",
}


def italic(letter: str) -> str:
    return f'<tspan font-style="italic">{letter}</tspan>'


def below(words: str) -> str:
    return f'<tspan dy="4" font-size="11">{words}</tspan>'


NAMES = {
    "p_data": italic("p") + below("data"),
    "p_g": italic("p") + below("G"),
    "D": italic("D"),
    "D_star": italic("D") + "*",
}
V = f"{italic('V')}({italic('G')}, {italic('D')}"


def colours(theme: str) -> str:
    return ";".join(f"--{role}:{colour}" for role, colour in THEMES[theme].items())


DARK = "html[data-theme=dark] .gan-lab-still"
STYLE = (
    f".gan-lab-still svg{{display:block;width:100%;height:auto;background:var(--paper);"
    f"font:11px system-ui,sans-serif;{colours('light')}}}{DARK} svg{{{colours('dark')}}}"
    f".gan-lab-still path{{fill:none;stroke-linejoin:round}}"
    f".gan-lab-still .dark,{DARK} .light{{display:none}}{DARK} .dark{{display:inline}}"
)


def of_recording(recording: Recording | ImageRecording) -> str:
    """The last frame of a recording; on the line the value of the game and its bound below it."""
    if isinstance(recording, ImageRecording):
        return of_image_frame(recording[-1])
    frame = recording[-1]
    if isinstance(frame, PlaneFrame):
        return of_quick_frame(frame, frame.t)
    chart = [f'<g transform="translate(0 {HIGH})">', *value_still(recording), "</g>"]
    return page([*figure_1_still(frame), *chart], HIGH + LOW, words_of(frame))


def of_frame(frame: Frame) -> str:
    """Figure 1 of a frame."""
    return page(figure_1_still(frame), HIGH, words_of(frame))


def of_quick_frame(look: QuickFrame | PlaneFrame, t: int) -> str:
    """The plane at iteration t: what D says of it, rings of the data and crosses of G."""
    low_x, high_x, low_y, high_y = look.window
    left, top = (WIDTH - SIDE) // 2, 24
    x, y = Scale(low_x, high_x, left, left + SIDE), Scale(low_y, high_y, top + SIDE, top)
    ring, cross = "m-2.7 0a2.7 2.7 0 1 0 5.4 0a2.7 2.7 0 1 0-5.4 0", "m-3-3l6 6m0-6l-6 6"
    foot = top + SIDE + 20
    parts = [
        *(heat(look.D, theme, left, top) for theme in THEMES),
        path(marks(look.real, ring, x, y), "p_data", "stroke-width:1.2"),
        path(marks(look.fake, cross, x, y), "p_g", "stroke-width:1.6"),
        text(italic("D"), left, top - 8, "D", size=LETTERS),
        text("○ data", left, foot, "p_data"),
        text("× G(z)", left + 60, foot, "p_g"),
    ]
    return page(parts, foot + 10, f"The plane with a map of D, data and G(z), iteration {t}")


def of_image_frame(frame: ImageFrame) -> str:
    """Samples of G, as `plots.pictures` lays them, in the colours of the theme."""
    sheet = sheet_of(frame.fake, columns=PICTURES_ABREAST)
    rows, columns = sheet.shape
    wide, high = WIDTH - 2 * LEFT, round((WIDTH - 2 * LEFT) * rows / columns)
    place = LEFT, 24, wide, high
    parts = [
        text(f"{italic('G')}({italic('z')})", LEFT, 16, "p_g", size=LETTERS),
        *(image(inked(sheet, theme), theme, place, CRISP) for theme in THEMES),
    ]
    words = f"{len(frame.fake)} pictures of G, iteration {frame.t}"
    return page(parts, 24 + high + 10, words)


def inked(sheet: np.ndarray, theme: str) -> np.ndarray:
    """Red, green and blue of ink on the paper of a theme; between pictures there is paper."""
    paper, ink = (
        np.array([int(THEMES[theme][role][k : k + 2], 16) for k in (1, 3, 5)]) / 255
        for role in ("paper", "ink")
    )
    return paper + np.nan_to_num(sheet)[::-1, :, None] * (ink - paper)


def page(parts, height: int, words: str) -> str:
    """The parts as one picture, with words for who cannot see it."""
    svg = (
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{html.escape(words)}" '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )
    return f'<div class="gan-lab-still"><style>{STYLE}</style>{svg}</div>\n'


def words_of(frame: Frame) -> str:
    jsd = f"{frame.jsd:.2g} nats" if np.isfinite(frame.jsd) else "unknown"
    return f"Densities and discriminator, iteration {frame.t}: JSD {jsd}"


def figure_1_still(frame: Frame) -> list[str]:
    """Above, p_data, p_G, D and D*; below, lines from equally probable z to G(z)."""
    finite = frame.p_data[np.isfinite(frame.p_data)]
    peak = HEADROOM * float(np.max(finite, initial=0.0)) or 1.0
    x = Scale(frame.x[0], frame.x[-1], LEFT, RIGHT)
    density, share = Scale(0.0, peak, BASE, TOP), Scale(0.0, 1.0, BASE, TOP)
    curves = [
        ("D_star", best_line(frame), share),
        ("p_data", (frame.x, frame.p_data), density),
        ("p_g", graph(frame), density),
        ("D", (frame.x, frame.D), share),
    ]
    return [
        path(f"M{LEFT} {share.at(0.5)}H{RIGHT}", "line", "stroke-dasharray:2 4"),
        path(f"M{LEFT} {TOP}V{BASE}H{RIGHT}", "line"),
        path(f"M{RIGHT} {BASE}V{TOP}", "D"),
        *(
            path(line(at, np.clip(value, 0.0, scale.high), x, scale), role, LINES[role])
            for role, (at, value), scale in curves
        ),
        path(
            "".join(
                f"M{x.at(at)} {BASE}V{share.at(mass)}"
                for at, mass in frame.atoms
                if x.low <= at <= x.high
            ),
            "p_g",
            "stroke-width:3",
        ),
        *ruler(frame.x, x, BASE + 17),
        *noise_still(frame, x),
        text(italic("x"), 26, RULER + 2, "ink", "end", LETTERS),
        *(
            text(words, RIGHT + 8, share.at(value, 4), "D", size=12)
            for value, words in ((0, "0"), (0.5, "½"), (1, "1"))
        ),
        *legend(
            [
                (NAMES[role], role, LINES[role])
                for role in LINES
                if not np.isnan(getattr(frame, role)).all()
            ],
            100,
        ),
    ]


def noise_still(frame: Frame, x: Scale) -> list[str]:
    """Where equally probable z go."""
    ends = (float(frame.z[0]), float(frame.z[-1])) if len(frame.z) else (0.0, 1.0)
    pad = 0.06 * (ends[1] - ends[0]) or 1.0
    z = Scale(ends[0] - pad, ends[1] + pad, LEFT, RIGHT)
    ways = (
        f"M{z.at(a)} {FOOT}L{x.at(b)} {RULER}"
        for a, b in zip(frame.z, frame.G_z, strict=True)
        if x.low <= b <= x.high
    )
    return [
        path("".join(ways), "p_g", "stroke-opacity:.55"),
        path(f"M{LEFT} {RULER}H{RIGHT}M{LEFT} {FOOT}H{RIGHT}", "ink", "stroke-width:1.2"),
        *ruler(frame.z, z, FOOT + 17),
        text(italic("z"), 26, FOOT + 3, "ink", "end", LETTERS),
    ]


def value_still(recording: Recording) -> list[str]:
    """V(G, D), V(G, D*) and the floor over the frames."""
    floor, top, base = -np.log(4.0), 30, LOW - 34
    there = recording.C[np.isfinite(recording.C)]
    high = max(floor + 0.25, float(np.max(there, initial=floor)) + 0.08)
    low = floor - 0.27 * (high - floor)
    frames = np.arange(len(recording))
    x, y = Scale(0.0, max(1, len(frames) - 1), LEFT, RIGHT), Scale(low, high, base, top)
    names = [(f"{V})", "D", recording.V), (f"{V}*) = 2 JSD − log 4", "D_star", recording.C)]
    C, D = "stroke-width:1.4", "stroke-width:1.8;stroke-dasharray:6 3"
    times = ((recording.t[0], LEFT), ("iteration", (LEFT + RIGHT) // 2), (recording.t[-1], RIGHT))
    return [
        path(f"M{LEFT} {base}H{RIGHT}", "line"),
        path(f"M{LEFT} {y.at(floor)}H{RIGHT}", "ink", "stroke-dasharray:1 3"),
        path(line(frames, np.clip(recording.C, low, high), x, y), "D_star", C),
        path(line(frames, np.clip(recording.V, low, high), x, y), "D", D),
        text("−log 4", RIGHT - 4, y.at(floor, 13), "ink", "end"),
        text("nats", 4, 14, "muted"),
        *(text(str(words), at, base + 15, "muted", "middle") for words, at in times),
        *legend(
            [
                (name, role, {"D": D, "D_star": C}[role])
                for name, role, values in names
                if not np.isnan(values).all()
            ],
            190,
        ),
    ]


def legend(names, apart: int) -> list[str]:
    """Names behind samples of their lines, in one row."""
    start = (WIDTH - apart * len(names)) // 2
    parts = []
    for i, (name, role, style) in enumerate(names):
        at = start + apart * i
        parts += [
            path(f"M{at} 12h28", role, style),
            text(name, at + 34, 16, "muted" if role == "D_star" else role, size=LETTERS),
        ]
    return parts


def marks(points: np.ndarray, mark: str, x: Scale, y: Scale) -> str:
    """The data of a path that draws a mark at each of the first points in sight."""
    there = [(a, b) for a, b in points if x.low <= a <= x.high and y.low <= b <= y.high]
    return "".join(f"M{x.at(a)} {y.at(b)}{mark}" for a, b in there[:SHOWN])


def heat(D: np.ndarray, theme: str, left: int, top: int) -> str:
    """What D says, as colours of a theme, nothing where it is not known: shown where the page has
    it."""
    generated, neither, data = np.array(HEAT[theme]) / 255
    D = np.where(np.isnan(D), 0.5, D)
    far = np.abs(2 * D - 1)[..., None]
    colour = neither + far * (np.where(D[..., None] < 0.5, generated, data) - neither)
    return image(colour, theme, (left, top, SIDE, SIDE))


def image(colour: np.ndarray, theme: str, place: tuple[int, int, int, int], look: str = "") -> str:
    """Colours (rows, columns, 3), row 0 lowest, as a PNG at (x, y, width, height) of a page of this
    theme."""
    from matplotlib.image import imsave

    file = io.BytesIO()
    imsave(file, colour, origin="lower", format="png", metadata=cast(Any, {"Software": None}))
    x, y, wide, high = place
    return (
        f'<image class="{theme}" x="{x}" y="{y}" width="{wide}" height="{high}"{look} '
        f'href="data:image/png;base64,{base64.b64encode(file.getvalue()).decode("ascii")}"/>'
    )
