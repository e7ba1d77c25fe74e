"""The picture of the plane on a real canvas: its colours where a frame says they are."""

import json

import numpy as np
import pytest

from gan_lab.widgets.bundle import joined

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>plane</title>
<body style="margin: 0"><canvas></canvas><script>{}
const FRAME = {};
for (const name of ["D", "D_star", "real", "fake", "pull"])
  FRAME[name] = Float64Array.from(FRAME[name], (v) => v ?? NaN);
FRAME.warp.points = Float64Array.from(FRAME.warp.points);
function look(layers, dark, width, fine, at) {{
  const theme = $draw$theme.THEMES[dark ? "dark" : "light"];
  const size = $draw$plane$view.planeSize(width, layers);
  const canvas = document.querySelector("canvas");
  [canvas.width, canvas.height] = [fine * width, fine * size.height];
  const context = canvas.getContext("2d");
  context.setTransform(fine, 0, 0, fine, 0, 0);
  $draw$plane$view.drawPlane(context, FRAME, size, theme, layers);
  const panels = $draw$plane$view.planeLayout(FRAME, size, layers);
  const seen = at.map(([panel, x, y]) => {{
    const pixel = [panels[panel].x(x), panels[panel].y(y)].map((v) => Math.floor(fine * v));
    return [...context.getImageData(...pixel, 1, 1).data].slice(0, 3);
  }});
  return {{ seen, theme }};
}}
</script></body></html>"""
CELLS = 20


def frame():
    """D is 1 on the right and 0 on the left; D* is unknown in the upper half, and 1 below."""
    x, y = np.meshgrid(*[(np.arange(CELLS) + 0.5) / CELLS * 4 - 2] * 2)
    square = np.stack(np.meshgrid(*[np.linspace(-1, 1, 4)] * 2), axis=-1)
    return {
        "box": [-2, 2, -2, 2],
        "cells": CELLS,
        "D_kind": "probability",
        "D": (x > 0).astype(float).ravel().tolist(),
        "D_star": np.where(y > 0, None, 1.0).ravel().tolist(),
        "D_star_error": 0.01,
        "D_star_known": 0.5,
        "real": [1.5, 1.5],
        "fake": [-1.5, -1.5],
        "pull": [30.0, 0.0],
        "warp": {"side": 3, "points": square.ravel().tolist()},
        "modes": [],
        "missing": [],
    }


@pytest.fixture
def look(open_file, tmp_path):
    path = tmp_path / "plane.html"
    path.write_text(PAGE.format(joined(), json.dumps(frame())))
    page = open_file(path)

    def looked(layers, at, dark=False, width=900, fine=1):
        asked = [layers, dark, width, fine, at]
        return page.evaluate("(asked) => look(...asked)", asked)

    return looked


def rgb(color):
    return [int(color[k : k + 2], 16) for k in (1, 3, 5)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("width", "fine"), [(900, 1), (900, 2), (390, 3)])
def test_a_map_is_painted_the_right_way_up_and_leaves_out_what_is_not_known(
    look, dark, width, fine
):
    at = [[0, 1.3, -0.7], [0, -1.3, 0.7], [1, 1.3, -0.7]]
    found = look({"D": "both"}, at, dark, width, fine)
    heat = found["theme"]["heat"]
    for seen, wanted in zip(found["seen"], ["data", "generated", "data"], strict=True):
        assert np.abs(np.subtract(seen, heat[wanted])).max() <= 2
    unknown = look({"D": "D*"}, [[0, x, 1.1] for x in np.linspace(-1.9, 1.9, 60)], dark)
    colors = {tuple(seen) for seen in unknown["seen"]}
    assert tuple(heat["middle"]) in colors and len(colors) > 1  # between the lines, and on them
    assert tuple(heat["data"]) not in colors


def test_points_and_pulls_are_where_they_belong(look):
    layers = {"D": "D", "real": True, "fake": True, "pull": True}
    found = look(layers, [[0, -1.5, -1.5], [0, -1.2, -1.5], [0, 1.5, 1.5]], fine=2)
    green = rgb(found["theme"]["p_g"])
    for seen in found["seen"][:2]:  # the cross, and the arrow that leaves it to the right
        assert np.abs(np.subtract(seen, green)).max() <= 40
    assert np.abs(np.subtract(found["seen"][2], green)).max() > 60


def test_a_replay_starts_from_the_square_of_z_and_ends_on_its_image(look):
    corner = [[0, -1, -1], [0, -1.68, -1.68]]  # of the image, and of the square in its box

    def green(share):
        layers = {"D": "off", "replay": {"share": share, "cell": None}}
        found = look(layers, corner, fine=2)
        paper = rgb(found["theme"]["paper"])
        return [bool(np.abs(np.subtract(seen, paper)).max() > 60) for seen in found["seen"]]

    assert green(0.0)[1] and green(1.0) == [True, False]
