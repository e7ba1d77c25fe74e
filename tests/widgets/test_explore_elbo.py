"""The explorable of the ELBO: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import itertools
import json
import re

import pytest

from gan_lab.theory.elbo import linear_gaussian_elbo
from gan_lab.widgets import explore

ASKED = [*itertools.product((-3, 0, 1.35), (1, 0.4), (0.3, 1, 2), (-3, 0.2, 3), (0.25, 1, 2))]


def test_javascript_and_theory_find_the_same_bound_and_gap(run_js):
    found = run_js(f"{json.dumps(ASKED)}.map((a) => $numeric$elbo.linearGaussianElbo(...a))")
    for asked, by_page in zip(ASKED, found, strict=True):
        by_theory = linear_gaussian_elbo(*asked)
        assert list(by_page.values()) == pytest.approx(list(by_theory), rel=0, abs=1e-9), asked


def test_a_hand_takes_the_middle_of_q_or_a_side(run_js):
    moved = run_js(
        "((view, size) => { const p = $ui$explore$elbo_picture.elboLayout(size);"
        "return [view.grab([p.x(-0.3), p.base - 20], view.start, size)([p.x(0.7), 0]),"
        "view.grab([p.x(-1.3), p.base - 20], view.start, size)([p.x(-1), 0]),"
        "view.grab([p.x(2), p.chart.base - 9], view.start, size)([p.x(2), 0]),"
        "view.grab([p.x(0), p.base + 22], view.start, size)]; })"
        "($ui$explore$elbo.ELBO, { width: 600, height: 400 })"
    )
    middle, side, chart, nothing = moved
    assert middle["m"] == pytest.approx(0.5) and side["t"] == pytest.approx(0.5)
    assert chart["m"] == pytest.approx(2) and nothing is None


def test_the_still_and_the_repr():
    made = explore.elbo(m=-1.5, s=0.4)
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


def test_what_is_not_possible_is_said():
    said = "t is a number from 0.4 to 2, and got 0"
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        explore.elbo(t=0)


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_bring_q_to_the_posterior(open_figures, width):
    page = open_figures(explore.elbo(m=0, t=1, x=0, s=1), width=width)
    line = page.locator(".gan-lab-says")

    def says():
        return line.inner_text().replace("\xa0", " ")

    assert says().startswith("KL of 0.153 nats: log p(x) = −1.266 and the ELBO = −1.419, ")
    slider = page.get_by_role("slider", name="t, the standard")
    slider.focus()
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    assert says().startswith("The posterior: ") or "KL of 0.000" in says()

    box = page.locator("figure canvas").bounding_box()
    x = [box["x"] + 40 + (box["width"] - 72) * (at + 4) / 8 for at in (0, 2)]
    page.mouse.move(x[0], box["y"] + 120)
    page.mouse.down()
    page.mouse.move(x[1], box["y"] + 120)
    page.mouse.up()
    assert page.get_by_role("slider", name="m, the mean").input_value() == "2"
    assert says().startswith("KL of 4.0")
