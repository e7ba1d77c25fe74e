"""The explorables: their numbers against `gan_lab.theory`, and what a page and a notebook get."""

import base64
import json
import math
import re

import numpy as np
import pytest
from scipy.special import rel_entr
from scipy.stats import entropy

from gan_lab.theory import C, V, js
from gan_lab.widgets import explore
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.explorable_pictures import pair_of_distributions

CASES = [
    {"data": data, "mu": mu, "sigma": sigma, "D": "own", "alpha": alpha, "c": c}
    for data in ("gaussian", "bimodal")
    for mu, sigma, alpha, c in [
        (0, 1, 0, 0),
        (2, 1, -2, 1),
        (-4, 3, 1.3, -2),
        (4, 0.2, -6, 3),
        (0.05, 0.2, 6, -5),
        (1.9, 0.55, -0.4, 5),
    ]
]


def test_javascript_and_theory_give_the_same_V_C_and_jsd(run_js):
    measured = run_js(f"{json.dumps(CASES)}.map($ui$explore$pair.measurePair)")
    for case, told in zip(CASES, measured, strict=True):
        p_data, p_g = pair_of_distributions(case["data"], case["mu"], case["sigma"])
        wanted = {
            "jsd": js(p_data, p_g),
            "C": C(p_data, p_g),
            "V": V(lambda x, case=case: case["alpha"] * (x - case["c"]), p_data, p_g),
        }
        for name, (value, error) in wanted.items():
            assert abs(told[name] - value) <= 1e-9 + error, (name, case)
            assert error < 1e-6
        assert told["gap"] == pytest.approx(told["C"] - told["V"], abs=1e-9)


def test_at_one_x_javascript_finds_the_loss_of_a_y_that_the_lemma_gives(run_js):
    shares = [(a, b, y) for a in (0.2, 0.6, 1) for b in (0, 0.3, 0.9) for y in (0.01, 0.4, 0.97)]
    asked = [dict(zip("aby", one, strict=True)) for one in shares]
    measured = run_js(f"{json.dumps(asked)}.map($ui$explore$pointwise.POINTWISE.measure)")
    for (a, b, y), told in zip(shares, measured, strict=True):
        best = np.array([a, b]) / (a + b)
        loss = (a + b) * rel_entr(best, [y, 1 - y]).sum()
        assert told["best"] == pytest.approx(best[0], rel=0, abs=1e-9)
        assert told["most"] == pytest.approx(-(a + b) * entropy(best), rel=0, abs=1e-9)
        assert told["loss"] == pytest.approx(loss, rel=0, abs=1e-9)


def test_the_densities_in_javascript_are_those_of_theory(run_js):
    points = [-5.5, -2, -0.3, 0, 1.7, 4]
    for data in ("gaussian", "bimodal"):
        told = run_js(
            f"((m) => {points}.map((x) => [m.p_data(x), m.p_g(x)]))"
            f"($ui$explore$pair.measurePair({{data: '{data}', mu: 1.5, sigma: 0.7, D: 'best'}}))"
        )
        for x, logs in zip(points, told, strict=True):
            for law, log in zip(pair_of_distributions(data, 1.5, 0.7), logs, strict=True):
                assert log == pytest.approx(float(law.logpdf(x)), rel=1e-12, abs=1e-12)


def test_both_sides_agree_on_what_moves_where_from_and_how_far(run_js):
    for name in explore.__all__:
        table = getattr(explore, name.upper())
        view = run_js(f"$ui$explore$explorables.EXPLORABLES.{name}")
        assert getattr(explore, name)().start == view["start"]
        sliders = {k["key"]: (view["start"][k["key"]], k["min"], k["max"]) for k in view["knobs"]}
        choices = {c["key"]: tuple(value for value, _ in c["options"]) for c in view["choices"]}
        assert {**sliders, **choices} == table


def test_every_start_and_end_is_on_a_step_of_its_slider(run_js):
    for view in run_js("Object.values($ui$explore$explorables.EXPLORABLES)"):
        for knob in view["knobs"]:
            for value in (knob["max"], view["start"][knob["key"]]):
                steps = (value - knob["min"]) / knob["step"]
                assert math.isclose(steps, round(steps), abs_tol=1e-9), knob["key"]


def test_a_page_gets_html_only_and_the_start_is_in_it(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    bundle = explore.pair(mu=1.5, D="own")._repr_mimebundle_()
    assert list(bundle) == ["text/html"]
    (start,) = re.findall(r'data-start="([^"]*)"', bundle["text/html"])
    told = json.loads(start.replace("&quot;", '"'))
    assert told == {"data": "gaussian", "mu": 1.5, "sigma": 1, "D": "own", "alpha": -1, "c": 0}
    assert 'data-gan-lab-explore="pair"' in bundle["text/html"]
    assert "<noscript>" in bundle["text/html"] and "GanLab.mountAll()" in bundle["text/html"]


@pytest.mark.parametrize("make", [explore.pointwise, explore.pair])
def test_a_notebook_gets_the_widget_a_still_and_words(monkeypatch, make):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    explorable = make()
    data, _ = explorable._repr_mimebundle_()
    assert set(data) == {
        "application/vnd.jupyter.widget-view+json",
        "image/png",
        "text/plain",
    }
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == repr(explorable)
    widget = explorable.widget()
    assert widget is explorable.widget()
    assert (widget.name, widget.start) == (explorable.name, explorable.start)


@pytest.mark.parametrize(
    "made",
    [
        explore.pointwise(a=0, b=0),
        explore.pointwise(a=0, b=1, y=0),
        explore.pair(data="bimodal", D="own", alpha=6),
    ],
    ids=repr,
)
def test_degenerate_starts_have_a_still_too(made):
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")


def test_it_prints_as_the_code_that_remakes_it():
    for made in (explore.pointwise(a=0.25, y=0), explore.pair(sigma=0.5, data="bimodal")):
        again = eval(repr(made), {"explore": explore})
        assert (again.name, again.start) == (made.name, made.start)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore.pointwise(a=2), "a is a number from 0 to 1, and got 2"),
        (lambda: explore.pointwise(y=math.nan), "y is a number from 0 to 1, and got nan"),
        (lambda: explore.pointwise(b=True), "b is a number from 0 to 1, and got True"),
        (lambda: explore.pair(sigma=0), "sigma is a number from 0.2 to 3, and got 0"),
        (lambda: explore.pair(mu="2"), "mu is a number from -4 to 4, and got '2'"),
        (lambda: explore.pair(data="moons"), 'data is "gaussian" or "bimodal", and got \'moons\''),
        (lambda: explore.pair(D=None), 'D is "best" or "own", and got None'),
    ],
)
def test_what_is_not_possible_is_said(make, said):
    with pytest.raises(ValueError, match=f"^{re.escape(said)}$"):
        make()


@pytest.fixture
def page(open_figures):
    """A page on a phone, with four figures."""
    figures = (explore.pointwise(), explore.pair(), explore.pair(D="own"), explore.pointwise(b=0))
    return open_figures(*figures, more='<div id="notebook"></div>')


def words(page, figure: int) -> str:
    return page.locator(".gan-lab-says").nth(figure).inner_text().replace("\u00a0", " ")


def test_hands_keys_and_theme_move_a_page_without_network(page):
    assert page.locator("figure[data-mounted]").count() == 4
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    other = words(page, 3)

    page.get_by_role("slider", name="y, what the discriminator says").first.focus()
    page.keyboard.press("ArrowRight")
    assert words(page, 0).startswith("D = 0.405: v = ")
    page.wait_for_function("document.querySelector('.gan-lab-heard').textContent.startsWith('D =')")

    box = page.locator("figure canvas").nth(0).bounding_box()
    page.mouse.click(box["x"] + 40 + 0.75 * (box["width"] - 72), box["y"] + 100)
    assert "within 0.0005 nats of the most" in words(page, 0)
    assert words(page, 3) == other

    pair = page.locator("figure").nth(1)
    assert words(page, 1).startswith("JSD 0.337 nats: ")
    assert pair.get_by_role("slider").count() == 2
    pair.get_by_role("radio", name="your own").check()
    assert pair.get_by_role("slider").count() == 4
    assert "Your D has V(G,D) = −0.989, less by 0.276" in words(page, 1)
    pair.get_by_role("slider", name="μ, the mean").focus()
    page.keyboard.press("Home")
    assert pair.get_by_role("slider", name="μ, the mean").get_attribute("aria-valuetext") == "−4.00"

    figure = page.locator("figure").nth(0)
    assert figure.get_attribute("data-dark") == "false"
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.wait_for_function("document.querySelector('figure').dataset.dark === 'true'")


def test_a_notebook_loads_the_module_and_cleans_up(page):
    module = base64.b64encode(esm("ui/explore/explorables", "renderExplorable").encode()).decode()
    told = page.evaluate(
        """async (module) => {
            const { default: front } = await import(`data:text/javascript;base64,${module}`);
            const state = { name: "pair", start: { mu: 0 } };
            const el = document.getElementById("notebook");
            const end = front.render({ model: { get: (key) => state[key] }, el });
            const says = el.querySelector(".gan-lab-says").textContent;
            end();
            return [says, el.querySelectorAll("canvas").length];
        }""",
        module,
    )
    assert told[0].replace("\u00a0", " ").startswith("p_G = p_data: JSD 0, so C(G) = −log 4")
    assert told[1] == 0
