"""The explorable of two boxes that part: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re

import pytest

from gan_lab.theory.supports import apart
from gan_lab.widgets import explore

ASKED = [(t, s) for t in (-5, -1, -0.35, 0, 0.5, 1, 1.3, 3, 5) for s in (0, 0.05, 0.3, 1, 2)]


def test_javascript_and_theory_find_the_same_distances_and_slopes(run_js):
    found = run_js(f"{json.dumps(ASKED)}.map(([t, s]) => $numeric$supports.apart(t, s))")
    for asked, by_page in zip(ASKED, found, strict=True):
        by_theory = apart(*asked)
        assert list(by_page.values()) == pytest.approx(list(by_theory), rel=0, abs=1e-9), asked


@pytest.mark.parametrize("sigma", [0, 0.05, 0.7, 2])
def test_the_curve_of_the_page_is_the_jsd_at_each_of_its_points(run_js, sigma):
    for theta, nats in run_js(f"$numeric$supports.jsdOverDistance({sigma}, 5, 40)"):
        assert nats == pytest.approx(apart(theta, sigma).jsd, rel=0, abs=1e-9)


def test_the_still_and_the_repr():
    for sigma in (0, 0.5):
        made = explore.supports(theta=-1.5, sigma=sigma)
        assert base64.b64decode(made.still()).startswith(b"\x89PNG")
        assert eval(repr(made), {"explore": explore}).start == made.start


def test_what_is_not_possible_is_said():
    said = "sigma is a number from 0 to 2, and got 3"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        explore.supports(sigma=3)


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_part_the_boxes_and_add_noise(open_figures, width):
    page = open_figures(explore.supports(theta=0.95), width=width)
    line = page.locator(".gan-lab-says")

    def says():
        return line.inner_text().replace("\xa0", " ")

    assert says().startswith("The boxes overlap: JSD = 0.658 nats, slope 0.693; W1 = 0.95, ")

    page.get_by_role("slider", name="θ, where").focus()
    page.keyboard.press("ArrowRight")
    assert says().startswith("Apart: JSD = log 2 = 0.693 nats, slope 0; W1 = 1.00, slope 1")
    page.get_by_role("slider", name="σ, the standard").focus()
    page.keyboard.press("End")
    assert says().startswith("With noise: JSD = 0.0")

    box = page.locator("figure canvas").bounding_box()
    x = [box["x"] + 44 + (box["width"] - 76) * (at + 6) / 12 for at in (1, -2)]
    page.mouse.move(x[0], box["y"] + 120)
    page.mouse.down()
    page.mouse.move(x[1], box["y"] + 120)
    page.mouse.up()
    assert "W1 = 2.00, slope −1" in says()
    page.mouse.click(box["x"] + 44 + (box["width"] - 76) * 10 / 12, box["y"] + box["height"] - 80)
    assert "W1 = 4.00, slope 1" in says()
