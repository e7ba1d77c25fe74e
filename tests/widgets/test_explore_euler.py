"""The explorable of Euler steps: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re

import numpy as np
import pytest

from gan_lab.theory import gaussian, js, pushforward
from gan_lab.theory.by_hand import of_bells
from gan_lab.theory.flows import euler_map, euler_path, straight_velocity
from gan_lab.widgets import explore
from gan_lab.widgets.flow_picture import EULER_TARGETS

CASES = [(data, steps) for data in EULER_TARGETS for steps in (1, 2, 3, 7, 16, 32)]
ZS = [-2.5, -0.6, 0.0, 0.45, 2.5]


def test_both_sides_have_the_same_data(run_js):
    told = run_js("$ui$explore$euler.EULER_TARGETS")
    assert {name: [tuple(bell) for bell in bells] for name, bells in told.items()} == EULER_TARGETS


@pytest.mark.parametrize(("data", "steps"), CASES)
def test_javascript_and_theory_find_the_same_paths(run_js, data, steps):
    bells = EULER_TARGETS[data]
    told = run_js(f"{ZS}.map((z) => $numeric$flows.eulerPath({json.dumps(bells)}, {steps}, z))")
    by_theory = euler_path(straight_velocity(of_bells(bells)), steps, np.array(ZS))
    assert np.abs(np.array(told).T - by_theory).max() < 1e-9


@pytest.mark.parametrize(("data", "steps"), CASES)
def test_javascript_and_theory_find_the_same_jsd(run_js, data, steps):
    told = run_js(f"$ui$explore$euler.measureEuler({{data: '{data}', steps: {steps}, z: 0}}).jsd")
    target = of_bells(EULER_TARGETS[data])
    G = euler_map(straight_velocity(target), steps)
    value, error = js(target, pushforward(G, gaussian(0, 1), linear=steps == 1))
    assert error < 1e-8
    assert told == pytest.approx(value, rel=0, abs=1e-9 + error)


def test_the_still_and_the_repr():
    for steps in (1, 8):
        made = explore.euler(data="one bump", steps=steps)
        assert base64.b64decode(made.still()).startswith(b"\x89PNG")
        assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.euler(z=3), "z is a number from -2.5 to 2.5, and got 3"),
        (lambda: explore.euler(steps=1.5), "steps must be a whole number from 1 to 32, not 1.5"),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_move_steps_and_z(open_figures, width):
    page = open_figures(explore.euler(steps=2), width=width)
    line = page.locator(".gan-lab-says")

    def says():
        return line.inner_text().replace("\xa0", " ")

    assert says().startswith("2 steps: JSD 0.")
    page.get_by_role("slider", name="Euler steps").focus()
    page.keyboard.press("ArrowLeft")
    assert says().startswith("One step: JSD 0.69 nats")
    page.keyboard.press("End")
    assert says().startswith("32 steps: JSD 0.0")
    page.get_by_role("slider", name="z, where").focus()
    page.keyboard.press("ArrowRight")
    assert "z = 0.55 comes to" in says()

    box = page.locator("figure canvas").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 34 + (box["height"] - 58) * (3.4 + 1.2) / 6.8)
    page.mouse.up()
    assert "z = −1.20 comes to" in says()
    page.get_by_role("radio", name="one bump").check()
    assert says().startswith("32 steps: JSD 0.00")
