"""The explorable of the nearest Gaussians: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re

import pytest

from gan_lab.theory.fits import ROWS, best_fits, transition
from gan_lab.widgets import explore

DISTANCES = [0, 0.7, 1.5, 2.3, 2.6, 3.0, 4.0, 5.0]


def test_javascript_and_theory_find_the_same_fits(run_js):
    asked = [(name, a) for name in ROWS for a in DISTANCES]
    found = run_js(f"{json.dumps(asked)}.map(([d, a]) => $numeric$gaussian_fits.fits(d, a))")
    for (name, a), by_page in zip(asked, found, strict=True):
        by_theory = best_fits(name, a)
        assert (by_page["onBump"] is None) == (by_theory.on_a_bump is None), (name, a)
        for one, other in zip((by_page["middle"], by_page["onBump"]), by_theory, strict=True):
            if other:
                assert list(one.values()) == pytest.approx(list(other), rel=0, abs=1e-9), (name, a)


def test_javascript_and_theory_find_the_same_transitions(run_js):
    found = run_js(f"{list(ROWS)}.map((d) => $numeric$gaussian_fits.transition(d))")
    for name, a in zip(ROWS, found, strict=True):
        value, error = transition(name)
        assert (a is None) if name == "kl" else abs(a - value) <= 1e-9 + error


def test_the_still_and_the_repr_of_each_divergence():
    for name in ROWS:
        made = explore.fits(divergence=name, a=3)
        assert base64.b64decode(made.still()).startswith(b"\x89PNG")
        assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.fits(a=6), "a is a number from 0 to 5, and got 6"),
        (
            lambda: explore.fits(divergence="tv"),
            'divergence is "kl" or "js" or "non-saturating" or "reverse-kl", and got \'tv\'',
        ),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_move_the_bumps_through_the_transition(open_figures, width):
    page = open_figures(explore.fits(a=2.8), width=width)
    says = page.locator(".gan-lab-says")
    assert says.inner_text().startswith("In the middle: bumps at ±2.80")

    page.get_by_role("slider", name="a, half of the distance").focus()
    page.keyboard.press("ArrowRight")
    assert says.inner_text().startswith("On one bump: bumps at ±2.85")

    box = page.locator("figure canvas").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2 + 40, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(box["x"] + 40 + 0.6 * (box["width"] - 72), box["y"] + 120)
    page.mouse.up()
    assert says.inner_text().startswith("In the middle: bumps at ±2.00")

    page.mouse.click(box["x"] + 40 + 0.9 * (box["width"] - 72), box["y"] + box["height"] - 60)
    assert says.inner_text().startswith("On one bump: bumps at ±4.50")
    page.get_by_role("radio", name="KL(p ‖ q)").check()
    assert says.inner_text().startswith("In the middle: bumps at ±4.50")
