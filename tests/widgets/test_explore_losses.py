"""The explorables of G's losses: numbers against torch and theory, and a reader's hands."""

import base64
import json
import re

import numpy as np
import pytest
import torch

from gan_lab.theory.generator_losses import GENERATOR_LOSSES
from gan_lab.theory.proofs import moving
from gan_lab.training.losses import LOSSES
from gan_lab.widgets import explore

THREE = ("minimax", "non-saturating", "maximum-likelihood")
BELLS = {
    "gaussian": moving.GaussianSum((1.0,), (0.0,), (1.0,)),
    "bimodal": moving.GaussianSum((0.5, 0.5), (-2.0, 2.0), (0.5, 0.5)),
}
CASES = [
    {"data": data, "mu": mu, "sigma": sigma}
    for data in BELLS
    for mu, sigma in [(0.7, 1.1), (2, 1), (-4, 3), (4, 0.5), (0.05, 0.2), (-1.5, 2.2)]
]


def test_values_and_slopes_are_those_of_the_losses_that_are_trained(run_js):
    logits = [-6.0, -3.0, -0.35, 0.0, 1.7, 6.0]
    told = run_js(f"{logits}.map($numeric$generator_losses.costsAt)")
    for s, found in zip(logits, told, strict=True):
        for name in THREE:
            logit = torch.tensor([s], dtype=torch.float64, requires_grad=True)
            cost = LOSSES[name].G(None, logit)
            (in_logit,) = torch.autograd.grad(cost, logit)
            D = torch.sigmoid(logit.detach())
            wanted = cost.item(), in_logit.item(), (in_logit / (D * (1 - D))).item()
            mine = found[name]
            assert (mine["cost"], mine["inLogit"], mine["inD"]) == pytest.approx(wanted, rel=1e-9)


def test_the_slopes_of_a_frozen_pair_are_those_of_theory(run_js):
    told = run_js(
        f"{json.dumps(CASES)}.map($ui$explore$pulls.measurePulls).map(({{ losses }}) => losses)"
    )
    for case, found in zip(CASES, told, strict=True):
        p = BELLS[case["data"]]
        for name in THREE:
            row = GENERATOR_LOSSES[name]
            mu, sigma = case["mu"], case["sigma"]
            q = moving.GaussianSum((1.0,), (mu,), (sigma,))
            (piece,) = moving.smooth_motion(q, stretched=False).pieces
            stretch = moving.Piece(-40, 40, q.log, q.slope, lambda x, m=mu, s=sigma: (x - m) / s)
            for key, of in (("mu", piece), ("sigma", stretch)):
                J = moving.frozen_slope(row, p, moving.MovingSamples((of,), lambda theta: None))
                size = 1 + abs(J.value)
                assert abs(found[name][key] - J.value) <= 1e-9 * size + J.error, (name, key, case)


def test_the_pull_at_a_sample_is_that_of_theory(run_js):
    x = [-3.0, -0.4, 0.0, 1.2, 2.9]
    told = run_js(
        f"((m) => Object.values(m.losses).map((l) => {x}.map(l.pull)))"
        "($ui$explore$pulls.measurePulls($ui$explore$pulls.PULLS.start))"
    )
    p, q, at = BELLS["bimodal"], moving.GaussianSum((1.0,), (0.7,), (1.1,)), np.array(x)
    for name, found in zip(THREE, told, strict=True):
        l, rise = p.log(at) - q.log(at), p.slope(at) - q.slope(at)
        assert found == pytest.approx(GENERATOR_LOSSES[name].pull(l, rise), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    "made",
    [
        explore.losses(),
        explore.losses(against="D", s=-6),
        explore.pulls(),
        explore.pulls(data="gaussian", mu=-4, sigma=0.2),
    ],
    ids=repr,
)
def test_every_start_has_a_still_and_prints_as_its_code(made):
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    again = eval(repr(made), {"explore": explore})
    assert (again.name, again.start) == (made.name, made.start)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.losses(s=7), "s is a number from -6 to 6, and got 7"),
        (lambda: explore.losses(against="x"), 'against is "logit" or "D", and got \'x\''),
        (lambda: explore.pulls(sigma=0), "sigma is a number from 0.2 to 3, and got 0"),
        (lambda: explore.pulls(data=1), 'data is "gaussian" or "bimodal", and got 1'),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.fixture
def page(open_figures):
    """A page on a phone, with both figures."""
    return open_figures(explore.losses(), explore.pulls(), has_touch=True)


def words(page, figure: int) -> str:
    return page.locator(".gan-lab-says").nth(figure).inner_text().replace("\u00a0", " ")


def test_mouse_finger_and_keys_move_both(page):
    assert page.locator("figure[data-mounted]").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") == 390

    assert words(page, 0).startswith("D = 0.047, logit −3.00: slopes in the logit: ")
    page.get_by_role("slider", name="s, the logit").focus()
    page.keyboard.press("ArrowLeft")
    assert "logit −3.05" in words(page, 0)
    box = page.locator("figure canvas").nth(0).bounding_box()
    middle = box["x"] + 40 + (box["width"] - 64) / 2
    page.mouse.click(middle, box["y"] + 120)
    assert words(page, 0).startswith("D = 0.500, logit 0.00")
    page.get_by_role("radio", name="D itself").check()
    page.touchscreen.tap(middle + (box["width"] - 64) / 4, box["y"] + 120)
    assert words(page, 0).startswith("D = 0.750, logit 1.10")

    assert "They do not agree which way μ should go: in μ minimax −0.092" in words(page, 1)
    page.get_by_role("slider", name="μ, the mean").focus()
    page.keyboard.press("End")
    assert "Slopes with D* held still" in words(page, 1)
    pulled = page.locator("figure canvas").nth(1).bounding_box()
    page.mouse.move(pulled["x"] + 200, pulled["y"] + 100)
    page.mouse.down()
    page.mouse.move(pulled["x"] + 100, pulled["y"] + 100, steps=4)
    page.mouse.up()
    mu = page.get_by_role("slider", name="μ, the mean").get_attribute("aria-valuetext")
    assert float(mu) < 2
