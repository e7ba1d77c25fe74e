"""The explorables of games of two numbers: numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re
from itertools import product

import numpy as np
import pytest

from gan_lab.theory.two_numbers import GAMES, eigenvalues, radius, trajectory
from gan_lab.widgets import explore

LENGTHS = [(0.2, 0, 0), (1.1, 0, 0.8), (0.5, 0.6, 0.2), (0.9, -0.5, 1.5), (1.0, 0, 2.1)]
STEPS = [
    {"h": h, "beta": beta, "gamma": gamma, "alternating": alternating}
    for (h, beta, gamma), alternating in product(LENGTHS, (True, False))
]


def test_javascript_and_theory_take_the_same_paths(run_js):
    asked = [(game, how) for game in GAMES for how in STEPS]
    of = "([g, how]) => $numeric$two_numbers.pathOf(g, [1.2, -0.7], 60, how)"
    found = run_js(f"{json.dumps(asked)}.map({of})")
    for (game, how), by_page in zip(asked, found, strict=True):
        by_theory = trajectory(game, (1.2, -0.7), 60, **how)
        assert len(by_page) == len(by_theory)
        np.testing.assert_allclose(by_page, by_theory, rtol=1e-9, atol=1e-9)


def test_javascript_and_theory_find_the_same_eigenvalues(run_js):
    asked = [(game, how) for game in GAMES for how in STEPS]
    of = "([g, how]) => $numeric$two_numbers.eigenvalues(g, how)"
    found = run_js(f"{json.dumps(asked)}.map({of})")
    for (game, how), by_page in zip(asked, found, strict=True):
        values = np.array(by_page) @ [1, 1j]
        assert abs(values[0]) == pytest.approx(radius(game, **how), rel=0, abs=1e-9)
        nearest = [abs(eigenvalues(game, **how) - value).min() for value in values]
        assert max(nearest) < 1e-9, (game, how)


def test_stills_and_reprs():
    for made in (
        explore.two_numbers(game="minimax", order="alternating", gamma=0.5),
        explore.in_or_out(question="4"),
    ):
        assert base64.b64decode(made.still()).startswith(b"\x89PNG")
        assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.two_numbers(h=0), "h is a number from 0.05 to 2.5, and got 0"),
        (lambda: explore.two_numbers(beta=1), "beta is a number from -0.9 to 0.9, and got 1"),
        (
            lambda: explore.two_numbers(game="chess"),
            'game is "bilinear" or "minimax" or "non-saturating", and got \'chess\'',
        ),
        (
            lambda: explore.in_or_out(question="5"),
            'question is "1" or "2" or "3" or "4", and got \'5\'',
        ),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.fixture(params=[390, 1280])
def shown(request, open_figures):
    """A figure on a page of this width, and its sentence."""

    def show(figure):
        page = open_figures(figure, width=request.param)
        return page, page.locator(".gan-lab-says")

    return show


def test_hand_and_keys_move_the_start_and_the_step(shown):
    page, says = shown(explore.two_numbers())
    assert says.inner_text().startswith("The eigenvalues lead out: ")
    assert "From 1.000 away" in says.inner_text()

    box = page.locator("figure canvas").bounding_box()
    narrow = box["width"] < 560
    side = box["width"] - 46 if narrow else box["height"] - 64
    left = 34 if narrow else max(34, (box["width"] - side - 250) / 2)

    def at(theta, psi):
        return (
            box["x"] + left + (theta + 3) / 6 * side,
            box["y"] + 22 + (3 - psi) / 6 * side,
        )

    page.mouse.move(*at(1, 0))
    page.mouse.down()
    page.mouse.move(*at(0, 2))
    page.mouse.up()
    assert "From 2.000 away" in says.inner_text()
    page.mouse.click(*at(-2, -2))  # far from the start: nobody takes it
    assert "From 2.000 away" in says.inner_text()

    page.get_by_role("radio", name="alternating").check()
    assert says.inner_text().startswith("The eigenvalues are silent: ")
    page.get_by_role("slider", name="beta, the momentum").focus()
    page.keyboard.press("ArrowLeft")
    assert says.inner_text().startswith("The eigenvalues lead in: ")
    page.get_by_role("slider", name="theta, where G starts").focus()
    page.keyboard.press("End")
    assert "From 3.606 away" in says.inner_text()


def test_a_prediction_stands_once_it_is_made(shown):
    page, says = shown(explore.in_or_out())
    assert says.inner_text().startswith("Game 1: ")
    page.get_by_role("radio", name="goes around").locator("visible=true").check()
    assert says.inner_text().startswith("You said that it goes around: it leaves")
    assert page.get_by_role("radio", name="leaves").locator("visible=true").is_disabled()
    page.get_by_role("radio", name="4", exact=True).check()
    assert says.inner_text().startswith("Game 4: ")
    page.get_by_role("radio", name="leaves").locator("visible=true").focus()
    page.keyboard.press("Space")
    assert says.inner_text().startswith("As you said: it leaves")
    page.get_by_role("radio", name="1", exact=True).check()
    assert says.inner_text().startswith("You said that it goes around")
