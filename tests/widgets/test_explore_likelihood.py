"""The explorable of maximum likelihood: its numbers against `gan_lab.theory`, hands and keys."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import norm

from gan_lab.core import Domain, Stream
from gan_lab.theory import kl
from gan_lab.theory.proofs.what_is_a_generative_model import mean_surprise
from gan_lab.widgets import explore
from gan_lab.widgets.explorable_pictures import pair_of_distributions

STATES = [
    {"data": data, "n": n, "mu": mu, "sigma": sigma, "seed": seed}
    for data in ("gaussian", "bimodal")
    for n, mu, sigma, seed in [
        ("10", 1, 1, 0), ("100", 0, 2.05, 3), ("1000", -4, 0.2, 20), ("10", 4, 3, 7),
        ("100", 0, 1, 1),
    ]
]  # fmt: skip


def drawn_in_python(state):
    """The draws of the page, from the streams of Python."""
    n = int(state["n"])
    x, z = (Stream([state["seed"]]).normal(Domain[name], 0, (n,)).numpy()[0]
            for name in ("DATA_FOR_D", "NOISE_FOR_D"))  # fmt: skip
    return x if state["data"] == "gaussian" else np.where(z < 0, -2, 2) + 0.5 * x


def test_javascript_and_theory_find_the_same_sum(run_js):
    found = run_js(f"{json.dumps(STATES)}.map($ui$explore$likelihood.measureLikelihood)")
    for state, by_page in zip(STATES, found, strict=True):
        p, q = pair_of_distributions(state["data"], state["mu"], state["sigma"])
        wanted = {
            "cross": mean_surprise(p, q),
            "entropy": mean_surprise(p, p),
            "kl": kl(p, q),
        }
        for name, (value, error) in wanted.items():
            assert by_page[name] == pytest.approx(value, rel=1e-9, abs=1e-9 + error), name
            assert error < 1e-6
        assert by_page["cross"] == pytest.approx(by_page["entropy"] + by_page["kl"], abs=1e-9)
        assert by_page["cross"] >= by_page["entropy"] - 1e-12


def test_the_draws_of_the_page_are_pythons_and_so_is_what_the_model_pays(run_js):
    found = run_js(f"{json.dumps(STATES)}.map($ui$explore$likelihood.measureLikelihood)")
    for state, by_page in zip(STATES, found, strict=True):
        x = drawn_in_python(state)
        assert by_page["draws"] == pytest.approx(x, rel=1e-9, abs=1e-9)
        _, q = pair_of_distributions("gaussian", state["mu"], state["sigma"])
        assert by_page["paid"] == pytest.approx(-q.logpdf(x).mean(), rel=1e-9)
        assert by_page["best"]["mu"] == pytest.approx(x.mean(), abs=1e-9)
        assert by_page["best"]["sigma"] == pytest.approx(x.std(), rel=1e-9)


def test_no_gaussian_of_a_grid_is_more_likely_than_the_most_likely(run_js):
    state = STATES[5]
    found = run_js(f"$ui$explore$likelihood.measureLikelihood({json.dumps(state)})")
    x = drawn_in_python(state)
    for mu in np.linspace(-4, 4, 33):
        for sigma in np.linspace(0.2, 3, 29):
            _, q = pair_of_distributions("gaussian", mu, sigma)
            assert -q.logpdf(x).mean() >= found["least"] - 1e-12


def test_the_draws_are_those_of_the_data(run_js):
    state = {**STATES[5], "n": "1000"}
    x = np.concatenate(
        run_js(
            f"[0,1,2,3].map((seed) => $numeric$likelihood.drawsOf("
            f"$ui$explore$gaussian_against_data.DATA.{state['data']}, 1000, seed))"
        )
    )
    p, _ = pair_of_distributions("bimodal", 0, 1)
    assert abs(x.mean()) < 4 * p.sd / np.sqrt(4000)
    assert abs((x < 0).mean() - 0.5) < 4 * 0.5 / np.sqrt(4000)
    assert x[x > 0].std() == pytest.approx(0.5, rel=0.06)


@pytest.mark.parametrize("data", ["gaussian", "bimodal"])
def test_the_still_and_the_repr(data):
    made = explore.likelihood(data=data, n="100", mu=-2, seed=3)
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.likelihood(sigma=0), "sigma is a number from 0.2 to 3, and got 0"),
        (lambda: explore.likelihood(n=10), 'n is "10" or "100" or "1000", and got 10'),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_and_button_move_the_model(open_figures, width):
    page = open_figures(explore.likelihood(), width=width, height=1000)
    says = page.locator(".gan-lab-says")

    def numbers():
        """Cross-entropy, entropy, KL, the mean over the draws and the least of it."""
        words = says.inner_text().replace("\u00a0", " ").replace("\N{MINUS SIGN}", "-")
        found = r"KL: (\S+) = (\S+) \+ (\S+) nats.* is (\S+); the least, (\S+), has N"
        return [float(n) for n in re.search(found, words).groups()]

    first = numbers()
    assert first[0] == pytest.approx(first[1] + first[2], abs=2e-3) and first[3] > first[4]
    page.get_by_role("slider", name="σ, the standard").focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    wider = numbers()
    assert wider[0] < first[0] and wider[1] == first[1]

    box = page.locator("figure canvas").bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + 100]
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - (box["width"] - 72) / 12, at[1] + 20)
    page.mouse.up()
    assert page.get_by_role("slider", name="μ, the mean").input_value() == "0"
    assert float(page.get_by_role("slider", name="σ, the").input_value()) > 1.6
    assert numbers()[0] < wider[0]

    page.get_by_role("button", name="The most likely q").click()
    assert numbers()[3] == pytest.approx(numbers()[4], abs=2e-3)
    page.get_by_role("radio", name="1000").check()
    assert "over 1000 draws" in says.inner_text()
    assert abs(numbers()[3] - numbers()[0]) < 0.2


def test_a_finger_moves_the_model(open_figures):
    page = open_figures(explore.likelihood(), has_touch=True)
    box = page.locator("figure canvas").bounding_box()
    page.touchscreen.tap(box["x"] + 150, box["y"] + 100)
    page.evaluate(
        """([x, y]) => {
            const canvas = document.querySelector("figure canvas");
            const send = (type, at) => canvas.dispatchEvent(new PointerEvent(type, {
                clientX: at, clientY: y, pointerId: 7, pointerType: "touch", button: 0 }));
            canvas.setPointerCapture = () => {};
            send("pointerdown", x); send("pointermove", x - 53); send("pointerup", x - 53);
        }""",
        [box["x"] + 200, box["y"] + 100],
    )
    assert float(page.get_by_role("slider", name="μ, the mean").input_value()) < 0


def test_ten_draws_can_be_fitted_better_than_by_their_source_and_the_chapter_says_how_often():
    chapter = (Path(__file__).parents[2] / "book" / "what_is_a_generative_model.md").read_text()
    states = [{"data": "gaussian", "n": "10", "seed": seed} for seed in range(21)]
    least = [norm(0, drawn_in_python(state).std()).entropy() for state in states]
    below = sum(value < norm(0, 1).entropy() for value in least)
    assert f"in {below} of the 21 positions" in chapter
