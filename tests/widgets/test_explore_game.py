"""The explorable of the game: its numbers against `gan_lab.theory` and `Stream`, hands and keys."""

import base64
import json
import re

import numpy as np
import pytest
from scipy.special import log_expit

from gan_lab.core import Domain, Stream
from gan_lab.theory import cross_entropy, gaussian, pushforward, value_terms
from gan_lab.widgets import explore

STATES = [
    {"mu": mu, "sigma": sigma, "beta": beta, "alpha": alpha, "c": c}
    for mu, sigma, beta, alpha, c in [
        (1.5, 0.8, 0.2, -1, 0.5), (1, 1, 0, -1, 0.5), (0, 1, 0, 0, 0), (-4, 2, -1, 4, 4),
        (4, 0.1, 1, -4, -4), (0, 0.1, 0, 4, 0), (2, 2, 0.05, -4, 2),
    ]
]  # fmt: skip
P = gaussian(0, 1)


def game_of(state):
    """G and the logit of D."""
    mu, sigma, beta, alpha, c = state.values()
    return (lambda z: mu + sigma * z + beta * z**2), (lambda x: alpha * (x - c))


def test_javascript_and_theory_find_the_same_terms(run_js):
    found = run_js(f"{json.dumps(STATES)}.map($numeric$value_terms.exactTerms)")
    for state, by_page in zip(STATES, found, strict=True):
        G, logit = game_of(state)
        data, noise = value_terms(logit, G, P, P)
        assert by_page["data"] == pytest.approx(data.value, rel=0, abs=1e-9)
        assert by_page["noise"] == pytest.approx(noise.value, rel=0, abs=1e-9)
        entropy = cross_entropy(logit, P, pushforward(G, P, linear=state["beta"] == 0))
        assert -by_page["V"] / 2 == pytest.approx(entropy.value, abs=1e-9 + entropy.error)


@pytest.mark.parametrize("m", [16, 4096])
def test_a_minibatch_of_the_page_is_that_of_python(run_js, m):
    script = "$numeric$value_terms"
    for seed in (0, 7):
        asked = f"{script}.sampledTerms(state, {script}.minibatchOf({m}, {seed}))"
        found = run_js(f"{json.dumps(STATES)}.map((state) => {asked})")
        stream = Stream([seed])
        x, z = (stream.normal(Domain[name], 0, (m,)).numpy()[0]
                for name in ("DATA_FOR_D", "NOISE_FOR_D"))  # fmt: skip
        for state, by_page in zip(STATES, found, strict=True):
            G, logit = game_of(state)
            assert by_page["data"] == pytest.approx(log_expit(logit(x)).mean(), rel=0, abs=1e-9)
            wanted = log_expit(-logit(G(z))).mean()
            assert by_page["noise"] == pytest.approx(wanted, rel=0, abs=1e-9)


def test_the_density_of_the_page_is_that_of_the_push_forward(run_js):
    x = [-3.1, -0.4, 0.9, 2.3]
    of = f"(state) => {x}.map($numeric$value_terms.sampleDensityOf(state))"
    for state, by_page in zip(STATES, run_js(f"{json.dumps(STATES)}.map({of})"), strict=True):
        law = pushforward(game_of(state)[0], P, linear=state["beta"] == 0)
        assert by_page == pytest.approx(law.pdf(np.array(x)), rel=1e-9, abs=1e-200)


def test_the_spread_that_the_page_calls_usual_is_that_of_many_minibatches(run_js):
    found = run_js(f"$numeric$value_terms.exactTerms({json.dumps(STATES[0])})")
    G, logit = game_of(STATES[0])
    x, z = np.random.default_rng(1).normal(size=(2, 20_000, 16))
    V = (log_expit(logit(x)) + log_expit(-logit(G(z)))).mean(axis=1)
    assert V.var() * 16 == pytest.approx(found["variance"], rel=0.06)


@pytest.mark.parametrize("beta", [0, 0.5])
def test_the_still_and_the_repr(beta):
    made = explore.game(beta=beta, m="256", seed=3)
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.game(sigma=0), "sigma is a number from 0.1 to 2, and got 0"),
        (lambda: explore.game(m=16), 'm is "16" or "256" or "4096", and got 16'),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.mark.parametrize("width", [390, 1280])
def test_hand_and_keys_move_both_players(open_figures, width):
    page = open_figures(explore.game(mu=1, sigma=1, beta=0), width=width, height=1000)
    says = page.locator(".gan-lab-says")

    def value():
        said = re.sub("\N{MINUS SIGN}", "-", says.inner_text())
        return float(re.match(r"V\(G,D\) = (\S+) nats", said.replace("\u00a0", " "))[1])

    best = value()
    assert best == pytest.approx(-1.163, abs=1e-3)  # D is the best there is
    page.get_by_role("slider", name="c, where D says ½").focus()
    page.keyboard.press("ArrowRight")
    assert value() < best

    box = page.locator("figure canvas").bounding_box()
    unit = (box["width"] - 72) / 12
    at = [box["x"] + 40 + 6.6 * unit, box["y"] + (box["height"] - 122 + 167) / 2]
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] - 0.1 * unit, at[1])
    page.mouse.up()
    assert value() == best
    page.mouse.move(at[0] + 4 * unit, at[1])
    page.mouse.down()
    page.mouse.move(at[0] + 3 * unit, at[1])
    page.mouse.up()
    assert page.get_by_role("slider", name="μ, where G puts").input_value() == "0"
    assert value() < best

    before = says.inner_text()
    page.get_by_role("slider", name="Which minibatch").focus()
    page.keyboard.press("ArrowRight")
    assert says.inner_text() != before and value() == float(value())
    page.get_by_role("radio", name="m = 4096").check()
    assert "4096 data and 4096 samples say" in says.inner_text().replace("\u00a0", " ")
