"""What a page shows where nothing moves."""

import json
import re
import subprocess
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from games import small_recording
from lab_page import PAGE

from gan_lab.datasets import distribution, ring
from gan_lab.recording.frames import frame_of
from gan_lab.recording.plane import quick_frame
from gan_lab.recording.recording import record
from gan_lab.training.loop import Training
from gan_lab.training.recipe import PRESETS, Recipe
from gan_lab.widgets import Player, lab, stills, svg
from gan_lab.widgets.bundle import classic, joined, modules

LARGEST = 40_000
SMALL = Recipe(G=(8,), D=(8,), m=16, k=1)
RING = SMALL.but(data=ring(sd=0.1), latent_dim=2)
GAMES = {
    "line": SMALL,
    "two z": SMALL.but(latent="bernoulli"),
    "ring": RING,
    "an edge": SMALL.but(data=distribution("expon")),
    "a curve": RING.but(latent_dim=1),
}


def picture(text: str) -> ElementTree.Element:
    """The one SVG in a page's text, which is well-formed."""
    (found,) = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    return ElementTree.fromstring(found)


def numbers(data: str) -> np.ndarray:
    return np.array([[float(v) for v in pair.split()] for pair in re.split("[ML]", data)[1:]])


@pytest.mark.parametrize("name", GAMES)
def test_a_lab_has_a_small_still_of_its_game_always_the_same(name):
    one, other = (lab(GAMES[name], t=5).html() for _ in range(2))
    assert one == other and len(one) < LARGEST
    assert "iteration 5" in picture(one).attrib["aria-label"]


@pytest.mark.parametrize("recipe", [SMALL.but(loss="wasserstein"), SMALL.but(latent_dim=2)])
def test_a_game_without_such_a_picture_has_no_still(recipe):
    html = lab(recipe).html()
    assert "<svg" not in html and "<noscript>" in html


def test_a_heavy_game_is_not_played_for_its_still():
    html = lab(PRESETS["grid"].but(G=(256,) * 4, m=1024), t=100_000).html()
    assert len(html) < LARGEST
    assert int(re.search(r"iteration (\d+)", picture(html).attrib["aria-label"])[1]) < 10


@pytest.mark.parametrize(
    "recording",
    [
        small_recording(),
        record(Training(PRESETS["gaussian"].but(k=2, iterations=40), "cpu")),
    ],
    ids=["seven frames", "a game"],
)
def test_a_player_has_a_small_still_of_its_last_frame(recording):
    html = Player(recording).html()
    still = html[html.index('<div class="gan-lab-still">') : html.index("<noscript>")]
    assert len(still) < LARGEST and still == stills.of_recording(recording)
    assert f"iteration {recording.t[-1]}: JSD" in picture(still).attrib["aria-label"]


def test_curves_go_through_the_numbers_of_the_frame():
    frame = small_recording()[-1]
    found = picture(stills.of_frame(frame))
    drawn = {
        path.attrib["style"].split(")")[0].removeprefix("stroke:var(--"): numbers(path.attrib["d"])
        for path in found.iter("{http://www.w3.org/2000/svg}path")
        if path.attrib["d"].count("L") > 5
    }
    peak = stills.HEADROOM * frame.p_data.max()
    for role, high in (("p_data", peak), ("p_g", peak)):
        at = frame.x[0] + (drawn[role][:, 0] - stills.LEFT) / (stills.RIGHT - stills.LEFT) * (
            frame.x[-1] - frame.x[0]
        )
        wanted = np.interp(at, frame.x, getattr(frame, role))
        got = (stills.BASE - drawn[role][:, 1]) / (stills.BASE - stills.TOP) * high
        np.testing.assert_allclose(got, wanted, atol=0.002 * high)


def test_a_path_with_few_points_comes_near_to_all():
    rng = np.random.default_rng(3)
    for _ in range(20):
        points = np.column_stack([np.arange(300.0), np.cumsum(rng.normal(size=300)) / 3])
        keep = svg.kept(points)
        assert keep[0] and keep[-1] and keep.sum() < 300
        some = points[keep]
        a = (np.searchsorted(some[:, 0], points[:, 0], "right") - 1).clip(0, len(some) - 2)
        (along, up), (right, above) = (some[a + 1] - some[a]).T, (points - some[a]).T
        away = np.abs(along * above - up * right)
        assert np.all(away <= (svg.NEAR + 1e-9) * np.hypot(along, up))
    straight = svg.kept(np.column_stack([np.arange(50.0), np.arange(50.0)]))
    assert straight.sum() == 2


def test_a_curve_is_broken_where_it_is_no_number():
    xs, scale = np.arange(6.0), svg.Scale(0, 5, 0, 50)
    ys = np.array([0, 5, np.nan, 3, 0, np.inf])
    assert svg.line(xs, ys, scale, scale) == "M0.0 0.0L10.0 50.0M30.0 30.0L40.0 0.0"


def test_what_lies_outside_the_window_is_not_drawn():
    game = Training(RING, "cpu")
    shown = quick_frame(game)
    text = stills.of_quick_frame(replace(shown, real=np.full((3, 2), 1e6)), 0)
    assert "--p_data);stroke-width:1.2" not in text and "--p_g);stroke-width:1.6" in text


def test_its_colours_are_the_canvas_s(node):
    needed = joined({"draw/theme": modules()["draw/theme"]})
    script = needed + "\nconsole.log(JSON.stringify($draw$theme.THEMES));"
    ran = subprocess.run([node, "-"], input=script, capture_output=True, text=True, timeout=60)
    themes = json.loads(ran.stdout)
    for name, colours in stills.THEMES.items():
        assert {role: themes[name][role] for role in colours} == colours
        heat = [tuple(themes[name]["heat"][of]) for of in ("generated", "middle", "data")]
        assert heat == [*stills.HEAT[name]]


def test_an_infinite_density_is_cut():
    frame = frame_of(Training(SMALL, "cpu"))
    p_data = frame.p_data.copy()
    p_data[7] = np.inf
    assert "nan" not in stills.of_frame(replace(frame, p_data=p_data))


BEFORE = """() => {
  const still = document.querySelector('.gan-lab-still svg');
  const box = still && still.getBoundingClientRect();
  const canvases = document.querySelectorAll('canvas').length;
  return { seen: !!box && box.width > 300 && box.height > 100, canvases };
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["before it is in sight", "no JavaScript"])
def test_a_still_is_seen_until_the_canvas_takes_its_place(open_file, tmp_path, scripts):
    (tmp_path / "gan_lab.js").write_text(classic())
    below = '<div style="height: 4000px"></div>'
    figures = (lab(SMALL, t=3).html(), Player(small_recording()).html(), lab(RING, t=3).html())
    for i, figure in enumerate(figures):
        file = tmp_path / f"page{i}.html"
        file.write_text(PAGE.format(below + figure))
        page = open_file(file, java_script_enabled=scripts)
        if not scripts:
            assert page.locator(".gan-lab-still svg").bounding_box()["height"] > 100
            assert "JavaScript is allowed" in page.locator("noscript").text_content()
            continue
        assert page.evaluate(BEFORE) == {"seen": True, "canvases": 0}
        page.locator("figure").scroll_into_view_if_needed()
        page.locator("figure canvas").first.wait_for()
        page.wait_for_function("!document.querySelector('.gan-lab-still')")
