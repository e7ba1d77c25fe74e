"""The explorable of critics: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re

import numpy as np
import pytest

from gan_lab.theory import gaussian
from gan_lab.theory.critics import CRITICS, RELATIVISTIC, bent_bound
from gan_lab.widgets import explore

LOSSES = explore.CRITIC["loss"]
PAIRS = [(0, 1), (1, 1), (1.5, 0.8), (-3, 2), (3, 1), (-2, 0.5), (3, 0.5), (0, 0.6), (0, 2)]
BENDS = [(1, 0), (0.5, -0.3), (1.3, 0), (0, -0.4), (0.7, 0.2), (2, -1), (1, 0.9)]


@pytest.mark.parametrize("loss", LOSSES)
def test_javascript_and_theory_find_that_a_critic_earns_the_same(run_js, loss):
    asked = [(mu, sigma, *bend) for mu, sigma in PAIRS for bend in BENDS]
    found = run_js(
        f"{json.dumps(asked)}.map(([mu, sigma, c, s]) =>"
        f" String($numeric$critics.bound('{loss}', {{mu, sigma}}, c, s)))"
    )
    for (mu, sigma, *bend), by_page in zip(asked, found, strict=True):
        value, error = bent_bound(loss, gaussian(0, 1), gaussian(mu, sigma), *bend)
        page = float(by_page.replace("Infinity", "inf"))
        if np.isfinite(error) and np.isfinite(value):
            assert page == pytest.approx(value, rel=1e-9, abs=1e-9), (mu, sigma, bend)
        elif np.isinf(value):  # an error without end: the quadrature cannot tell
            assert page == value, (mu, sigma, bend)


def test_what_is_asked_of_both_is_what_theory_has():
    assert set(LOSSES) == {*CRITICS, RELATIVISTIC}


def test_the_still_and_the_repr_of_each_loss():
    for loss in LOSSES:
        made = explore.critic(loss=loss, mu=-1, scale=0.5, shift=-0.25)
        assert base64.b64decode(made.still()).startswith(b"\x89PNG")
        assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.critic(sigma=0.1), "sigma is a number from 0.5 to 2, and got 0.1"),
        (lambda: explore.critic(shift=3), "shift is a number from -1 to 1, and got 3"),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_bend_the_critic_and_move_q(open_figures, width):
    page = open_figures(explore.critic(scale=0.95), width=width, height=1000)
    says = page.locator(".gan-lab-says")
    assert says.inner_text().startswith("A bound: T earns 0.374")

    page.get_by_role("slider", name="c, what the best critic").focus()
    page.keyboard.press("ArrowRight")
    assert says.inner_text().startswith("The best critic: T* earns 0.377, all of")

    box = page.locator("figure canvas").bounding_box()
    middle = box["x"] + box["width"] / 2
    page.mouse.click(box["x"] + 44 + 0.25 * (box["width"] - 60), box["y"] + box["height"] - 60)
    assert says.inner_text().startswith("A bound: T earns 0.145")
    page.mouse.move(middle, box["y"] + 120)
    page.mouse.down()
    page.mouse.move(middle - 40, box["y"] + 120)
    page.mouse.up()
    moved = page.get_by_role("slider", name="μ, the mean of q").input_value()
    assert float(moved) < 0.9

    page.get_by_role("radio", name="reverse KL").check()
    page.get_by_role("slider", name="μ, the mean of q").fill("-3")
    page.get_by_role("slider", name="s, what is added").focus()
    page.keyboard.press("End")
    assert says.inner_text().startswith("Outside: T takes values at which f* is infinite")
    page.get_by_role("radio", name="relativistic").check()
    page.get_by_role("slider", name="c, what the best critic").fill("1")
    assert says.inner_text().startswith("Another best critic: a shift is not seen by pairs")
