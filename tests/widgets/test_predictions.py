"""Committed predictions: page and Python agree; played by mouse, finger and keys."""

import json

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe

from gan_lab.checkers import BUGS
from gan_lab.widgets import predict
from gan_lab.widgets.predictions import told_of_prediction

TYPED = [-2.0, -1.386, -0.98, -0.386, 0.0, 0.3, 0.475, 0.4872, 0.5, 0.6137, 0.7148, 1.0064, 5.0]
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def found():
    return {name: bug.compute() for name, bug in BUGS.items()}


def answers_to(bug):
    if bug.places:
        at = np.array(bug.compute())
        return [
            *at.tolist(),
            *(at + 0.1).tolist(),
            *(np.full((4, 5), [[0], [0.45], [0.9], [1]])).tolist(),
        ]
    return TYPED if bug.typed else list(range(len(bug.answers)))


def test_the_page_computes_what_python_does(run_js, found):
    told = run_js(
        "Object.fromEntries(Object.entries($training$bugs.NUMBERS_OF_BUGS)"
        ".map(([name, compute]) => [name, compute()]))"
    )
    assert list(told) == list(BUGS)
    for name in BUGS:
        for mine, theirs in zip(found[name], told[name], strict=True):
            np.testing.assert_allclose(theirs, mine, rtol=1e-12, atol=1e-9, err_msg=name)


def test_the_page_judges_as_python_does(run_js, found):
    asked = [
        [told_of_prediction(bug), answer, found[bug.name]]
        for bug in BUGS.values()
        for answer in answers_to(bug)
    ]
    told = run_js(f"{json.dumps(asked)}.map((each) => $ui$predict$verdict.verdictOn(...each))")
    for (bug, answer, numbers), said in zip(asked, told, strict=True):
        verdict = BUGS[bug["name"]].verdict_on(answer, numbers)
        assert said == {"right": bool(verdict), "words": verdict.words}, bug["name"]


def test_a_median_is_that_of_python(run_js):
    lists = [[3], [2, 1], [10, 9, -1], [4, 1, 3, 2]]
    told = run_js(f"{json.dumps(lists)}.map($ui$predict$verdict.medianOf)")
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
    table = page.locator(".gan-lab-predict").nth(figure).locator("table")
    table.wait_for()
    return [row.inner_text() for row in table.locator("td:nth-child(3)").all()[:-1]]


def answered(figure, bug):
    """Put a first answer into the form of a bug."""
    if bug.places:
        return [0.5] * len(bug.places)
    if bug.typed:
        figure.get_by_role("spinbutton").fill("0.25")
        return 0.25
    figure.get_by_role("radio").first.check()
    return 0


@pytest.mark.parametrize("width", [390, 1280])
def test_every_bug_can_be_answered_and_run(open_figures, found, width):
    page = open_figures(*map(predict, BUGS.values()), width=width)
    for i, bug in enumerate(BUGS.values()):
        figure = page.locator("figure").nth(i)
        answer = answered(figure, bug)
        assert not figure.get_by_text("The right version").is_visible()
        figure.get_by_role("button", name="Commit").click()
        shown = result(page, i)
        numbers = bug.in_digits(found[bug.name].written).split(", ")
        assert shown[: len(numbers)] == numbers if bug.places else shown[1] == numbers[0]
        assert words(page, i) == bug.verdict_on(answer, found[bug.name]).words.replace("`", "")
        assert figure.get_by_text("The right version").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_what_was_said_is_kept_until_it_is_forgotten(open_figures):
    page = open_figures(predict(BUGS["units"]), predict(BUGS["noise"]))
    page.get_by_role("spinbutton").fill("0.6")
    page.get_by_role("spinbutton").press("Enter")
    assert result(page) == ["0.600", "0.614", "0.000"] and words(page) == "As you said."
    assert page.get_by_role("spinbutton").is_disabled()
    assert page.locator("caption").inner_text().endswith("You are off by 0.014.")
    page.reload()
    assert page.get_by_role("spinbutton").input_value() == "0.6"
    assert page.get_by_role("spinbutton").is_disabled() and words(page) == ""
    page.get_by_role("button", name="Run", exact=True).click()
    assert result(page)[0] == "0.600"
    page.get_by_role("button", name="Forget").click()
    assert page.get_by_role("spinbutton").input_value() == "" and page.locator("table").count() == 0
    page.reload()
    assert page.get_by_role("spinbutton").is_enabled()
    assert page.get_by_role("button", name="Commit").count() == 2


def test_nothing_is_run_before_an_answer(open_figures):
    page = open_figures(predict(BUGS["noise"]))
    page.get_by_role("button", name="Commit").click()
    page.wait_for_timeout(200)
    assert page.locator("table").count() == 0 and words(page) == ""


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
    for x, key in zip("−2 −1 0 1 2".split(), ("End", "End", "End", "Home", "Home"), strict=True):
        page.get_by_role("slider", name=f"D({x})").press(key)
    page.get_by_role("slider", name="D(1)").press("PageUp")
    page.get_by_role("button", name="Commit").click()
    assert (
        result(page) == ["1.00", "1.00", "1.00", "0.14", "0.02"] and words(page) == "As you said."
    )
    page.reload()
    assert [each.input_value() for each in page.get_by_role("slider").all()] == [
        "1",
        "1",
        "1",
        "0.1",
        "0",
    ]
    assert page.get_by_role("slider").first.is_disabled()


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
    page.get_by_role("spinbutton").fill("0")
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
    page.get_by_role("spinbutton").fill("0")
    for figure in page.locator("figure").all():
        figure.get_by_role("button", name="Commit").click()
    result(page, 0), result(page, 1)
    assert serious(page) == set()


def serious(page) -> set[str]:
    """What axe-core finds in the figures: the page around them is the test's own."""
    found = Axe().run(page, context="figure", options={"resultTypes": ["violations"]})
    return {v["id"] for v in found.response["violations"] if v["impact"] in SERIOUS}
