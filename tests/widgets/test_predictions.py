"""Committed predictions: page and Python agree; played by mouse, finger and keys."""

import json
import re

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from gan_lab.checkers import BUGS, PREDICTIONS
from gan_lab.widgets import predict
from gan_lab.widgets.predictions import told_of_prediction

TYPED = [-2.0, -1.386, -0.98, -0.386, 0.0, 0.3, 0.475, 0.4872, 0.5, 0.6137, 0.7148, 1.0064, 5.0]
SERIOUS = ("serious", "critical")


ASKED = {**BUGS, **PREDICTIONS}
COMPUTED = {name: asked for name, asked in ASKED.items() if not asked.recorded}


@pytest.fixture(scope="module")
def found():
    return {name: asked.compute() for name, asked in ASKED.items()}


def answers_to(asked, found):
    """Right and wrong answers: each choice, each known mistake, and others."""
    if not asked.within:
        return list(range(len(asked.answers)))
    ends = [each for each in asked.answers if np.all(np.isfinite([each.low, each.high]))]
    middles = [np.add(each.low, each.high) / 2 for each in ends]
    if not asked.places:
        return [*map(float, middles), *TYPED, found.number, *(asked.ends or ())]
    low, high = asked.ends
    one = np.ones(len(asked.places))
    curves = [*(middle * one for middle in middles), *map(np.array, filter(None, found))]
    tried = [*curves, *(curve + 0.1 * (high - low) for curve in curves)]
    flat = [share * one for share in np.linspace(low, high, 8)]
    return [curve.tolist() for curve in (*tried, *flat)]


def test_the_page_computes_what_python_does(run_js, found):
    told = run_js(
        "Object.fromEntries(Object.entries($checkers$numbers.NUMBERS)"
        ".map(([name, compute]) => [name, compute()]))"
    )
    assert set(told) == set(COMPUTED)
    for name in COMPUTED:
        for mine, theirs in zip(filter(None, found[name]), told[name], strict=True):
            np.testing.assert_allclose(theirs, mine, rtol=1e-9, atol=1e-9, err_msg=name)


def test_the_page_judges_as_python_does(run_js, found):
    asked = [
        [told_of_prediction(each), answer, found[name]]
        for name, each in ASKED.items()
        for answer in answers_to(each, found[name])
    ]
    told = run_js(f"{json.dumps(asked)}.map((each) => $checkers$verdict.verdictOn(...each))")
    for (each, answer, numbers), said in zip(asked, told, strict=True):
        verdict = ASKED[each["name"]].verdict_on(answer, numbers)
        assert said == {"right": bool(verdict), "words": verdict.words}, each["name"]


def test_a_median_is_that_of_python(run_js):
    lists = [[3], [2, 1], [10, 9, -1], [4, 1, 3, 2]]
    told = run_js(f"{json.dumps(lists)}.map($numeric$mean.medianOf)")
    assert told == [float(np.median(one)) for one in lists]


def test_without_a_script_everything_can_be_read():
    shown = predict(BUGS["labels"]).html()
    number = "−2.07 as written"
    for part in ("<p>Where is the mean", "<li>near 2, with the data</li>", "<details>", number):
        assert shown.count(part) == 1, part
    assert "<p>Write down a number.</p>" in predict(BUGS["units"]).html()
    assert predict(BUGS["units"]).still()
    assert repr(predict(BUGS["units"])) == "predict(BUGS['units'])"


def test_what_is_no_prediction_is_refused():
    with pytest.raises(ValueError, match="^what is asked is a Prediction, not 'labels'$"):
        predict("labels")


def words(page, figure: int = 0) -> str:
    return page.locator(".gan-lab-verdict").nth(figure).inner_text()


def result(page, figure: int = 0) -> list[str]:
    """What is said to be found: the numbers of a table, or of a curve's places."""
    shown = page.locator(".gan-lab-asked").nth(figure).locator("table, .gan-lab-told")
    shown.wait_for()
    if shown.evaluate("e => e.tagName") == "TABLE":
        return [row.inner_text() for row in shown.locator("td:nth-child(3)").all()[:-1]]
    return re.findall(r":\s(−?[\d.]*\d)", shown.inner_text())


def answered(figure, bug):
    """Put a first answer into the form of a prediction."""
    if bug.places or bug.ends:
        first = figure.get_by_role("slider").first
        first.press("End")
        first.press("Home")
        middle = sum(bug.ends) / 2
        return [bug.ends[0], *[middle] * (len(bug.places) - 1)] if bug.places else bug.ends[0]
    if bug.within:
        figure.get_by_label("A number:").fill("0.25")
        return 0.25
    figure.get_by_role("radio").first.check()
    return 0


@pytest.mark.parametrize("width", [390, 1280])
def test_every_prediction_can_be_answered_and_run(open_figures, found, width):
    page = open_figures(*map(predict, ASKED.values()), width=width)
    for i, (name, asked) in enumerate(ASKED.items()):
        figure = page.locator("figure").nth(i)
        answer = answered(figure, asked)
        figure.get_by_role("button", name="Commit").click()
        shown = result(page, i)
        numbers = asked.in_digits(found[name].written).split(", ")
        assert shown == numbers if asked.places else shown[1] == numbers[0], name
        assert words(page, i) == asked.verdict_on(answer, found[name]).words.replace("`", "")
        model = figure.locator("details p").first
        assert not model.is_visible()
        figure.get_by_role("textbox", name=asked.asks_why.replace("`", "")).fill("Because.")
        figure.get_by_role("button", name="Compare").click()
        assert model.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_was_said_is_kept_until_it_is_forgotten(open_figures):
    page = open_figures(predict(BUGS["units"]), predict(BUGS["noise"]))
    page.get_by_label("A number:").fill("0.6")
    page.get_by_label("A number:").press("Enter")
    assert result(page) == ["0.600", "0.614", "0.000"] and words(page) == "As you said."
    assert page.get_by_label("A number:").is_disabled()
    assert page.locator("caption").inner_text().endswith("You are off by 0.014.")
    page.reload()
    assert page.get_by_label("A number:").input_value() == "0.6"
    assert page.get_by_label("A number:").is_disabled() and words(page) == ""
    page.get_by_role("button", name="Run", exact=True).click()
    assert result(page)[0] == "0.600"
    page.get_by_role("button", name="Forget").click()
    assert page.get_by_label("A number:").input_value() == "" and page.locator("table").count() == 0
    page.reload()
    assert page.get_by_label("A number:").is_enabled()
    assert page.get_by_role("button", name="Commit").count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0,6", "A comma stands only in max and min: write decimals with a point."),
        ("1/0", "That is no finite number."),
        ("log p", "log needs brackets: log(…)."),
        ("six", "six is not known here. Known are numbers, and log, exp, sqrt and others."),
    ],
)
def test_what_is_typed_and_no_number_is_not_taken(open_figures, typed, said):
    page = open_figures(predict(BUGS["units"]))
    number = page.get_by_label("A number:")
    number.press_sequentially(typed)
    number.press("Enter")
    assert words(page) == said
    assert number.is_enabled() and page.locator("table").count() == 0
    number.fill("3/5")
    number.press("Enter")
    assert result(page) == ["0.600", "0.614", "0.000"] and number.input_value() == "3/5"
    page.reload()
    assert page.get_by_label("A number:").input_value() == "0.6"


def test_a_number_and_what_it_is_stand_on_the_sliders_axis(open_figures):
    page = open_figures(predict(ASKED["grid without a penalty"]))
    page.get_by_role("slider").press("End")
    page.get_by_role("button", name="Commit").click()
    caption = page.locator("caption").inner_text()
    assert caption.startswith("spots held; the median, recorded over twenty seeds. You are off")
    assert page.locator(".gan-lab-results .gan-lab-ends").inner_text().split() == ["0.0", "25.0"]


def test_nothing_is_run_before_an_answer(open_figures):
    page = open_figures(predict(BUGS["noise"]))
    page.get_by_role("button", name="Commit").click()
    page.wait_for_timeout(200)
    assert page.locator("table").count() == 0 and "Computing" not in words(page)


def test_keys_alone_are_enough(open_figures):
    page = open_figures(predict(BUGS["KL of a VAE"]))
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert result(page) == ["far away", "117.39", "0.01"]
    assert page.evaluate("document.activeElement.textContent") == "Run again"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.type") == "radio"


def test_a_curve_is_drawn_by_keys_and_kept(open_figures):
    page = open_figures(predict(BUGS["a line of V"]))
    page.get_by_role("button", name="Commit").click()
    assert words(page) == "Answer first: the page computes only after that."
    for x, key in zip("−2 −1 0 1 2".split(), ("End", "End", "End", "Home", "Home"), strict=True):
        page.get_by_role("slider", name=f"D({x})", exact=True).press(key)
    page.get_by_role("slider", name="D(1)").press("PageUp")
    page.get_by_role("button", name="Commit").click()
    assert (
        result(page) == ["1.00", "1.00", "1.00", "0.14", "0.02"] and words(page) == "As you said."
    )
    drawn = [each.input_value() for each in page.get_by_role("slider").all()]
    assert drawn[:3] == ["1", "1", "1"] and drawn[4] == "0"
    page.reload()
    assert [each.input_value() for each in page.get_by_role("slider").all()] == drawn
    assert page.get_by_role("slider").first.is_disabled()


def test_a_curve_is_drawn_in_one_stroke(open_figures):
    page = open_figures(predict(BUGS["a line of V"]))
    box = page.locator(".gan-lab-plot").bounding_box()
    at = lambda x, y: (box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"])  # noqa: E731
    page.mouse.move(*at(0.1, 1))
    page.mouse.down()
    page.mouse.move(*at(0.9, 0))
    page.mouse.up()
    drawn = [float(each.input_value()) for each in page.get_by_role("slider").all()]
    assert drawn == pytest.approx([1, 0.75, 0.5, 0.25, 0], abs=0.02)
    page.get_by_role("button", name="Commit").click()
    off = np.mean(np.abs(np.subtract(drawn, BUGS["a line of V"].compute().written)))
    result(page)
    assert page.locator(".gan-lab-gap").count() == 1
    assert f"You are off by {off:.2f} on average" in page.locator(".gan-lab-told").inner_text()
    page.mouse.move(*at(0.5, 0.9))
    page.mouse.down()
    page.mouse.up()
    assert [float(each.input_value()) for each in page.get_by_role("slider").all()] == drawn


def test_a_second_finger_draws_nothing(open_figures):
    page = open_figures(predict(BUGS["a line of V"]), has_touch=True)
    box = page.locator(".gan-lab-plot").bounding_box()
    client = page.context.new_cdp_session(page)

    def touch(kind, *fingers):
        points = [
            {"id": i, "x": box["x"] + x * box["width"], "y": box["y"] + (1 - y) * box["height"]}
            for i, (x, y) in enumerate(fingers)
        ]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.1, 0.5))
    touch("touchStart", (0.1, 0.5), (0.9, 0.2))
    touch("touchMove", (0.1, 0.5), (0.9, 0.1))
    touch("touchMove", (0.3, 0.7), (0.9, 0.1))
    touch("touchEnd")
    drawn = [float(each.input_value()) for each in page.get_by_role("slider").all()]
    assert drawn == pytest.approx([0.5, 0.7, 0.5, 0.5, 0.5], abs=0.02)


def test_a_reason_is_kept_and_forgetting_closes_the_model_answer(open_figures):
    page = open_figures(predict(BUGS["noise"]))
    assert not page.get_by_role("textbox").is_visible()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Commit").click()
    page.get_by_role("textbox").fill("There is no G in it.")
    page.get_by_role("button", name="Compare").click()
    assert page.get_by_text("The right version").is_visible()
    page.reload()
    page.get_by_role("button", name="Run").click()
    assert page.get_by_role("textbox").input_value() == "There is no G in it."
    page.get_by_role("button", name="Forget").click()
    assert not page.get_by_role("textbox").is_visible()


def test_a_finger_answers(open_figures):
    page = open_figures(predict(BUGS["uphill"]), has_touch=True)
    page.get_by_text("at an end").tap()
    page.get_by_role("button", name="Commit").tap()
    assert result(page) == ["at an end", "0.01", "0.50"] and words(page) == "As you said."


def test_where_nothing_can_be_kept_it_goes_on(open_figures):
    page = open_figures(predict(BUGS["noise"]))
    refuse = "get() { throw new Error('refused') }"
    page.evaluate(f"void Object.defineProperty(window, 'localStorage', {{ {refuse} }})")
    page.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Commit").click()
    assert result(page)[1] == "−1.39"
    page.get_by_role("button", name="Forget").click()
    assert page.get_by_role("radio").nth(1).is_enabled()


@pytest.mark.parametrize("kept", ["7", "-1", "1.5", "x", ""])
def test_a_kept_answer_that_is_none_is_not_taken(open_figures, kept):
    page = open_figures(predict(BUGS["noise"]))
    page.evaluate(f"localStorage.setItem('gan-lab prediction noise', {json.dumps(kept)})")
    page.reload()
    assert page.get_by_role("radio").first.is_enabled()


def test_a_notebook_shows_the_same(open_figures):
    """anywidget calls the module's `render` with a model that holds the HTML and what is asked."""
    page = open_figures()
    widget = predict(BUGS["units"]).widget()
    held = json.dumps({"html": widget.html, "prediction": widget.prediction})
    page.evaluate(
        f"""() => {{
          const held = {held};
          const el = document.body.appendChild(document.createElement("div"));
          window.end = GanLab.renderPrediction({{ model: {{ get: (name) => held[name] }}, el }});
        }}"""
    )
    page.get_by_label("A number:").fill("0")
    page.get_by_role("button", name="Commit").click()
    assert result(page) == ["0.000", "0.614", "0.000"]
    page.evaluate("end()")
    assert page.get_by_text("Write down a number.").is_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_for_everyone(open_figures, theme):
    page = open_figures(
        predict(BUGS["labels"]), predict(BUGS["units"]), predict(BUGS["a line of V"])
    )
    paper = {"light": "#fff", "dark": "#14181d"}[theme]
    page.evaluate(
        f"document.documentElement.dataset.theme = '{theme}';"
        f"document.body.style.background = '{paper}'"
    )
    page.wait_for_timeout(50)
    assert page.locator("figure").first.get_attribute("data-dark") == json.dumps(theme == "dark")
    assert serious(page) == set()
    page.get_by_role("radio").first.check()
    page.get_by_label("A number:").fill("0")
    for figure in page.locator("figure").all():
        figure.get_by_role("button", name="Commit").click()
    result(page, 0), result(page, 1)
    assert serious(page) == set()


def serious(page) -> set[str]:
    """What axe-core finds in the figures: the page around them is the test's own."""
    found = Axe().run(page, context="figure", options={"resultTypes": ["violations"]})
    return {v["id"] for v in found.response["violations"] if v["impact"] in SERIOUS}
