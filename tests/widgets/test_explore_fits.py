"""The explorable of the nearest Gaussians: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re
import subprocess

import pytest

from gan_lab.theory.fits import ROWS, fits, transition
from gan_lab.widgets import bundle, explore

DISTANCES = [0, 0.7, 1.5, 2.3, 2.6, 3.0, 4.0, 5.0]


@pytest.fixture
def told(node, tmp_path):
    """What an expression over the joined front end's modules is, as JSON."""

    def run(expression: str):
        script = tmp_path / "told.mjs"
        script.write_text(f"{bundle.joined()}\nconsole.log(JSON.stringify({expression}));")
        ran = subprocess.run([node, str(script)], capture_output=True, text=True, timeout=60)
        assert ran.returncode == 0, ran.stderr
        return json.loads(ran.stdout)

    return run


def test_javascript_and_theory_find_the_same_fits(told):
    asked = [(name, a) for name in ROWS for a in DISTANCES]
    found = told(f"{json.dumps(asked)}.map(([d, a]) => $numeric$gaussian_fits.fits(d, a))")
    for (name, a), by_page in zip(asked, found, strict=True):
        by_theory = fits(name, a)
        assert (by_page["onBump"] is None) == (by_theory.on_a_bump is None), (name, a)
        for one, other in zip((by_page["middle"], by_page["onBump"]), by_theory, strict=True):
            if other:
                assert list(one.values()) == pytest.approx(list(other), rel=0, abs=1e-9), (name, a)


def test_javascript_and_theory_find_the_same_transitions(told):
    found = told(f"{list(ROWS)}.map((d) => $numeric$gaussian_fits.transition(d))")
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


PAGE = """<!doctype html><html data-theme="light"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"></head><body>{figure}
<script>{script}</script></body></html>"""


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_move_the_bumps_through_the_transition(
    open_file, tmp_path, monkeypatch, width
):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    held = explore.fits(a=2.8)._repr_mimebundle_()["text/html"]
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(figure=held, script=bundle.classic()), encoding="utf-8")
    page = open_file(path, viewport={"width": width, "height": 900})
    says = page.locator(".gan-lab-says")
    assert page.evaluate("document.documentElement.scrollWidth") == width
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
