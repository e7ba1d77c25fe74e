"""Each figure that a hand can move is moved by a finger, which scrolls nothing meanwhile."""

import itertools

import pytest

from gan_lab.widgets import explore

FIGURES = {
    "game": explore.game, "pointwise": explore.pointwise, "pair": explore.pair,
    "losses": explore.losses, "pulls": explore.pulls, "fits": explore.fits,
    "supports": explore.supports, "two numbers": explore.two_numbers,
    "which gamma": explore.which_gamma, "critic": explore.critic,
}  # fmt: skip
ACROSS, DOWN = range(8, 97, 8), range(10, 95, 7)  # per cent of the picture
STEPS = 4


def stroke(page, x, y, far):
    """A finger that goes down, to the right, and up."""
    touch = page.context.new_cdp_session(page)
    for i in range(STEPS + 1):
        point = {"x": x + far * i / STEPS, "y": y}
        kind = "touchMove" if i else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


@pytest.mark.parametrize("name", FIGURES)
def test_a_finger_moves_it(open_figures, name):
    page = open_figures(FIGURES[name](), height=1400, has_touch=True)
    says, box = page.locator(".gan-lab-says"), page.locator("figure canvas").bounding_box()
    before = says.inner_text()
    for down, across in itertools.product(DOWN, ACROSS):
        x, y = box["x"] + across / 100 * box["width"], box["y"] + down / 100 * box["height"]
        stroke(page, x, y, box["width"] / 5)
        if says.inner_text() != before:
            break
    else:
        pytest.fail("no stroke of a finger moved anything")
    assert page.evaluate("[scrollX, scrollY]") == [0, 0]
