"""You are D, you are G: numbers against `gan_lab.theory`, and both played by mouse, finger and keys."""

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
from gan_lab.widgets.by_hand_pictures import PAIRS, TARGETS, drawn_values

rng = np.random.default_rng(8)
DRAWN = [(pair, D.tolist()) for pair in PAIRS for D in rng.uniform(0.01, 0.99, (3, 11))]
MOVED = [(data, x.tolist()) for data in TARGETS for x in rng.uniform(-5, 5, (3, 12))]
MOVED += [("two modes", [2.0] * 12)]
HEIGHTS = "Object.fromEntries(D.map((y, i) => [`D${i}`, y]))"
SAMPLES = "Object.fromEntries(x.map((y, i) => [`x${i + 1}`, y]))"


def test_both_languages_play_on_the_same_bells(run_js):
    of_d = run_js("$ui$explore$you_are_d.PAIRS")
    assert {name: [pair["data"], pair["G"]] for name, pair in of_d.items()} == json.loads(
        json.dumps(PAIRS)
    )
    assert run_js("$ui$explore$you_are_g.TARGETS") == json.loads(json.dumps(TARGETS))


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
        p_data, p_g = of_bells(noisy(TARGETS[data])), of_bells(noisy_samples(x))
        assert told["jsd"] == pytest.approx(js(p_data, p_g).value, rel=0, abs=1e-9)
        np.testing.assert_allclose(told["steps"], steps_up(TARGETS[data], x), rtol=0, atol=1e-9)
        D = 1 / (1 + np.exp(-optimal_logit(p_data, p_g)(np.array(x))))
        np.testing.assert_allclose(told["said"], D, rtol=0, atol=1e-9)


def test_a_slope_is_that_of_the_log_density():
    x, h, bells = np.linspace(-4, 4, 9), 1e-5, TARGETS["two modes"]
    difference = of_bells(bells).logpdf(x + h) - of_bells(bells).logpdf(x - h)
    np.testing.assert_allclose(rise_of_log(bells, x), difference / (2 * h), rtol=0, atol=1e-7)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_hand_can_come_close_to_the_best_D(pair):
    """What the text says of straight lines between handles: at least 97 % of the way."""
    found = minimize(
        lambda D: -drawn_values(pair, D)[0], np.clip(best_heights(pair), 0.01, 0.99),
        bounds=[(0.01, 0.99)] * 11, options={"maxiter": 3},
    )
    floor, best = -LOG_4, drawn_values(pair, found.x)[1]
    assert 0.97 < (-found.fun - floor) / (best - floor) < 1


def best_heights(pair):
    p_data, p_g = map(of_bells, PAIRS[pair])
    return 1 / (1 + np.exp(-optimal_logit(p_data, p_g)(PLACES)))


def test_arrows_lose_a_mode_that_a_hand_finds():
    bells = TARGETS["two modes"]
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
    ids=repr,
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
