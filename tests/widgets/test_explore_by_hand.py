"""You are D, you are G: numbers against `gan_lab.theory`; played by mouse, finger and keys."""

import base64
import json
import re

import numpy as np
import pytest
from scipy.optimize import minimize

from gan_lab.theory import js, optimal_logit
from gan_lab.theory.by_hand import PLACES, noisy, noisy_samples, of_bells, rise_of_log, steps_up
from gan_lab.theory.game import LOG_4
from gan_lab.widgets import explore
from gan_lab.widgets.by_hand_pictures import PAIRS, SAMPLE_TARGETS, drawn_values

rng = np.random.default_rng(8)
DRAWN = [(pair, D.tolist()) for pair in PAIRS for D in rng.uniform(0.01, 0.99, (3, 11))]
MOVED = [(data, x.tolist()) for data in SAMPLE_TARGETS for x in rng.uniform(-5, 5, (3, 12))]
MOVED += [("two modes", [2.0] * 12)]
HEIGHTS = "Object.fromEntries(D.map((y, i) => [`D${i}`, y]))"
SAMPLES = "Object.fromEntries(x.map((y, i) => [`x${i + 1}`, y]))"


def test_both_languages_play_on_the_same_bells(run_js):
    of_d = run_js("$ui$explore$you_are_d.PAIRS")
    assert {name: [pair["data"], pair["G"]] for name, pair in of_d.items()} == json.loads(
        json.dumps(PAIRS)
    )
    assert run_js("$ui$explore$you_are_g.SAMPLE_TARGETS") == json.loads(json.dumps(SAMPLE_TARGETS))


def test_the_values_of_a_drawn_D_are_those_of_theory(run_js):
    measured = run_js(
        f"{json.dumps(DRAWN)}.map(([pair, D]) =>"
        f" $ui$explore$you_are_d.measureYouAreD({{ pair, committed: 'yes', ...{HEIGHTS} }}))"
    )
    for (pair, heights), told in zip(DRAWN, measured, strict=True):
        mine, best = drawn_values(pair, heights)
        assert told["V"] == pytest.approx(mine, rel=0, abs=1e-9)
        assert told["C"] == pytest.approx(best, rel=0, abs=1e-9)
        assert told["gap"] == pytest.approx(best - mine, rel=0, abs=1e-9)
        assert told["share"] == pytest.approx((mine + LOG_4) / (best + LOG_4), rel=0, abs=1e-8)


def test_steps_and_jsd_of_moved_samples_are_those_of_theory(run_js):
    measured = run_js(
        f"{json.dumps(MOVED)}.map(([data, x]) =>"
        f" $ui$explore$you_are_g.measureYouAreG({{ data, ...{SAMPLES} }}))"
    )
    for (data, x), told in zip(MOVED, measured, strict=True):
        p_data, p_g = of_bells(noisy(SAMPLE_TARGETS[data])), of_bells(noisy_samples(x))
        assert told["jsd"] == pytest.approx(js(p_data, p_g).value, rel=0, abs=1e-9)
        np.testing.assert_allclose(
            told["steps"], steps_up(SAMPLE_TARGETS[data], x), rtol=0, atol=1e-9
        )
        D = 1 / (1 + np.exp(-optimal_logit(p_data, p_g)(np.array(x))))
        np.testing.assert_allclose(told["said"], D, rtol=0, atol=1e-9)


def test_a_slope_is_that_of_the_log_density():
    x, h, bells = np.linspace(-4, 4, 9), 1e-5, SAMPLE_TARGETS["two modes"]
    difference = of_bells(bells).logpdf(x + h) - of_bells(bells).logpdf(x - h)
    np.testing.assert_allclose(rise_of_log(bells, x), difference / (2 * h), rtol=0, atol=1e-7)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_hand_can_come_close_to_the_best_D(pair):
    """What the text says of straight lines between handles: at least 97 % of the way."""
    found = minimize(
        lambda D: -drawn_values(pair, D)[0],
        np.clip(best_heights(pair), 0.01, 0.99),
        bounds=[(0.01, 0.99)] * 11,
        options={"maxiter": 3},
    )
    floor, best = -LOG_4, drawn_values(pair, found.x)[1]
    assert 0.97 < (-found.fun - floor) / (best - floor) < 1


def best_heights(pair):
    p_data, p_g = map(of_bells, PAIRS[pair])
    return 1 / (1 + np.exp(-optimal_logit(p_data, p_g)(PLACES)))


def test_arrows_lose_a_mode_that_a_hand_finds():
    bells = SAMPLE_TARGETS["two modes"]
    x = np.array([explore.YOU_ARE_G[f"x{i + 1}"][0] for i in range(12)])
    moved = np.concatenate([-x[::2] + 1.2, x[::2] - 1.2])
    for _ in range(60):
        x, moved = x + steps_up(bells, x), moved + steps_up(bells, moved)
    lost, found = (js(of_bells(noisy(bells)), of_bells(noisy_samples(s))).value for s in (x, moved))
    assert (x > 0).all() and lost > 0.2 and found < 0.01


@pytest.mark.parametrize(
    "made",
    [explore.you_are_d(), explore.you_are_d(pair="disjoint", committed="yes", D0=0.99),
     explore.you_are_g(), explore.you_are_g(data="one mode", x12=-5)],
    ids=["D at first", "D committed", "G at first", "G moved"],
)  # fmt: skip
def test_every_start_has_a_still_and_prints_as_its_code(made):
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.you_are_d(D3=1), "D3 is a number from 0.01 to 0.99, and got 1"),
        (lambda: explore.you_are_d(committed=True), 'committed is "no" or "yes", and got True'),
        (lambda: explore.you_are_d(D11=0.5), "there is no 'D11': handles are D0, D1, D2, D3, D4, "
         "D5, D6, D7, D8, D9, D10"),
        (lambda: explore.you_are_g(x1=6), "x1 is a number from -5 to 5, and got 6"),
    ],
)  # fmt: skip
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


def words(page, figure: int = 0) -> str:
    return page.locator(".gan-lab-says").nth(figure).inner_text().replace("\u00a0", " ")


def best(page, figure: int = 0) -> str:
    return page.locator(".gan-lab-best").nth(figure).text_content()


def places(page, height: int, foot: int):
    """Where (x, D) lies in the picture of the first figure; its axes are 44 px below its top."""
    box = page.locator("figure canvas").first.bounding_box()
    assert box["height"] == height

    def at(x, D):
        left, base = box["x"] + 40, box["y"] + height - foot
        return left + (box["width"] - 72) * (x + 6) / 12, base - D * (height - foot - 44)

    return at


def stroke(at):
    """A D that falls from data on the left to G on the right."""
    drawn = (-5, 0.5), (-5, 0.97), (-1, 0.97), (0, 0.5), (1, 0.03), (5, 0.03)
    return [at(*point) for point in drawn]


def finger(page, points):
    """A finger that goes down, along these points, and up; how far it scrolled the page."""
    touch = page.context.new_cdp_session(page)
    for i, (x, y) in enumerate(points):
        kind = "touchMove" if i else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return page.evaluate("scrollY")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_mouse_draws_D_and_commits_it(open_figures, width):
    page = open_figures(explore.you_are_d(), width=width)
    assert words(page).startswith("Your move: ") and best(page).strip() == ""
    first, *along = stroke(places(page, 400, 120))
    page.mouse.move(*first)
    page.mouse.down()
    for point in along:
        page.mouse.move(*point, steps=4)
    page.mouse.up()
    assert words(page).startswith("Your move: ")
    page.get_by_role("button", name="Commit").click()
    share = int(
        re.match(r"(\d+) % of the way from an even bet to D\*: your V\(G,D\)", words(page))[1]
    )
    assert share > 85 and best(page) == f"Your best here: {share} %"

    before = words(page)
    page.mouse.move(*along[0])  # what is committed stays
    page.mouse.down()
    page.mouse.move(*first)
    page.mouse.up()
    assert words(page) == before
    page.get_by_role("button", name="Flat").click()
    page.get_by_role("button", name="Commit").click()
    assert words(page).startswith("0 % of the way")
    page.reload()
    assert best(page) == f"Your best here: {share} %"
    page.get_by_role("radio", name="disjoint").check()
    assert words(page).startswith("Your move: ") and best(page).strip() == ""


def test_a_finger_draws_D_and_moves_a_sample(open_figures):
    page = open_figures(explore.you_are_d(), has_touch=True)
    assert finger(page, stroke(places(page, 400, 120))) == 0
    page.get_by_role("button", name="Commit").tap()
    assert int(words(page).split(" %")[0]) > 70

    page = open_figures(explore.you_are_g(), has_touch=True)
    at = places(page, 430, 196)
    lane = -40 / (430 - 196 - 44)
    finger(page, [at(2.4, lane), at(1, lane), at(-1, lane), at(-2.2, lane)])
    assert "1 of 12 samples are on the left" in words(page)


def test_keys_alone_play_both(open_figures):
    page = open_figures(explore.you_are_d(pair="disjoint"), explore.you_are_g())
    for x in range(-5, 6):
        page.get_by_role("slider", name=f"D at x = {str(x).replace('-', '−')}", exact=True).focus()
        page.keyboard.press("End" if x < 0 else "Home")
    page.get_by_role("button", name="Commit").press("Enter")
    assert int(words(page).split(" %")[0]) >= 95
    assert page.get_by_role("slider", name="D at x = 0").is_disabled()

    assert words(page, 1).startswith("JSD 0.39 nats") and best(page, 1).strip() == ""
    page.get_by_role("slider", name="sample 1", exact=True).focus()
    page.keyboard.press("Home")
    assert "1 of 12 samples are on the left" in words(page, 1)
    page.get_by_role("button", name="Begin again").press("Enter")
    page.get_by_role("button", name="Ten steps").press("Enter")
    page.get_by_role("button", name="Ten steps").press("Enter")
    assert words(page, 1).endswith("The arrows have nearly gone: G would stay here.")
    assert best(page, 1) == "Your best here: JSD 0.22 nats"


def test_where_nothing_can_be_kept_the_game_goes_on(open_figures):
    page = open_figures(explore.you_are_g())
    refuse = "get() { throw new Error('refused') }"
    page.evaluate(f"void Object.defineProperty(window, 'localStorage', {{ {refuse} }})")
    page.get_by_role("button", name="A step").click()
    assert best(page).startswith("Your best here: JSD 0.29")
