"""Exercises in the page: judged as Python does, and answered by mouse, finger and keys."""

import json
import random

import pytest
from axe_playwright_python.sync_playwright import Axe

from gan_lab.checkers import EXERCISES, Exercise, Mistake, Variable
from gan_lab.widgets import exercise
from gan_lab.widgets.exercises import told_of_exercise

UNREADABLE = [
    "",
    "p/(",
    "log p",
    "0,5",
    "nonsense",
    "1/0",
    "log(-1)",
    "2 +* 3",
    "max(1)",
    "max 4",
    "(0,5)",
    "(" * 141 + "1" + ")" * 141,
    "sum(1, 2)",
    "D = 1",
    "\\frac12",
    "$1$",
    "log3",
    "2 1/2",
    "12½",
    "⅛ ⅛",
    "2log2",
    "|1",
    "1 |2|",
    "|" * 141 + "1",
    "√p",
    "-7 %",
    "-7²/|1|",
]
CHANGED = ["-({})", "2*({})", "({})/2", "({})/log(2)", "1/({})", "1-({})", "({}) + 0.3", "({}) - 7"]
SHARE = Exercise(
    "share", "Of a thousand points near `x`, what share are data?", "p/(p+q)",
    (Mistake("q/(p+q)", "This is the share of samples."), Mistake("1-p/(p+q)", "Told already.")),
    "Data over all.",
    (Variable("p", "p_data(x)", (0.3, 1.2, 0.05)), Variable("q", "p_G(x)", (0.8, 0.4, 0.5))),
)  # fmt: skip
WHICH = Exercise(
    "which", "Which line?", "`D(G(z).detach())`",
    (Mistake("`D(G(z))`", "Then D moves G."), Mistake("`D(z)`", "There is no G in it.")),
    "G stands still in D's step.", choose=True,
)  # fmt: skip


def answers_to(asked):
    if asked.choose:
        return asked.choices
    return [
        asked.right,
        *(one.answer for one in asked.mistakes),
        *(each.format(asked.right) for each in CHANGED),
        *UNREADABLE,
    ]


def test_the_page_judges_as_python_does(run_js):
    asked = [
        [one, answer] for one in [*EXERCISES.values(), SHARE, WHICH] for answer in answers_to(one)
    ]
    told = [[told_of_exercise(one), answer] for one, answer in asked]
    said = run_js(f"{json.dumps(told)}.map((each) => $checkers$exercise.judge(...each))")
    for (one, answer), there in zip(asked, said, strict=True):
        here = one.verdict(answer)
        assert there == {"right": here.right, "words": here.words}, (one.name, answer)


SIGNS = [
    *"+-*/^()[]|,.%²√∞½σπ−·=_e0123459", "p", "q", "p_G", "log", "ln2", "log2", "exp", "max", "sum",
    "(x)", "nats", "inf", "1e999", "10^10^10", "constructor", "__proto__", "٣", "３", "（",
    "😀", "é(x)", "\u00a0", "\u0085", "\u200b", "\u202e", "\ufeff", "\x1c", " ", "\ud800",
]  # fmt: skip
LONG = [
    "-(" * 150, "2(" * 139 + "1", "|(" * 69, "-" * 299 + "1", "2^" * 149 + "2", "1" * 300, "½" * 60,
    "😀" * 300, "😀" * 301, "1+1*(" * 60, "ﷺ" * 17, "1^(1/0)", "(-1)^(1/0)",
    "(-8)^(1/3)", "1e308^2", "z(z)", "|1|" * 70 + "(" * 75,
]  # fmt: skip


def test_the_page_judges_any_string_as_python_does(run_js):
    drawn = random.Random(17)
    typed = [e for e in EXERCISES.values() if not e.choose]
    asked = []
    for one in typed:
        signs = SIGNS + 9 * list(one.letters)
        known = [one.right, *(mistake.answer for mistake in one.mistakes)]
        for _ in range(60):
            asked.append((one, "".join(drawn.choices(signs, k=drawn.randint(1, 9)))))
            told = list(drawn.choice(known))
            told[drawn.randrange(len(told))] = drawn.choice(["", *signs])
            asked.append((one, "".join(told)))
        asked += [(one, answer) for answer in LONG]
    told = {one.name: told_of_exercise(one) for one in typed}
    pairs = json.dumps([[one.name, answer] for one, answer in asked])
    said = run_js(
        f"((told) => {pairs}.map(([name, answer]) => $checkers$exercise.judge(told[name], answer)))"
        f"({json.dumps(told)})"
    )
    for (one, answer), there in zip(asked, said, strict=True):
        here = one.verdict(answer)
        assert there == {"right": here.right, "words": here.words}, (one.name, answer)


def test_ten_wrong_answers_at_least_are_tried_of_each():
    for one in EXERCISES.values():
        wrong = [answer for answer in answers_to(one) if not one.verdict(answer)]
        assert len(wrong) >= (2 if one.choose else 10), one.name


def test_without_a_script_everything_can_be_read():
    shown = exercise(SHARE).html()
    for part in ("<p>Write down a formula.</p>", "<li><code>q</code>: p_G(x)</li>", "<details>"):
        assert shown.count(part) == 1, part
    assert "<li><code>D(z)</code></li>" in exercise(WHICH).html()
    assert exercise(WHICH).still() and repr(exercise(SHARE)) == "exercise(EXERCISES['share'])"
    with pytest.raises(ValueError, match="^what is asked is an Exercise, not 'share'$"):
        exercise("share")


def verdict(page, figure: int = 0) -> str:
    return page.locator(".gan-lab-verdict").nth(figure).inner_text()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_formula_is_checked_and_kept(open_figures, width):
    page = open_figures(exercise(SHARE), width=width)
    field = page.get_by_role("textbox", name="A formula:")
    field.fill("q(x)/(p(x)+q(x))")
    field.press("Enter")
    assert verdict(page) == "This is the share of samples."
    field.fill("p/(")
    page.get_by_role("button", name="Check").click()
    assert verdict(page) == "Something is missing at the end."
    field.fill("1/(1 + q/p)")
    page.get_by_role("button", name="Check").click()
    assert verdict(page) == "That is right."
    assert not page.get_by_text("Data over all.").is_visible()
    page.reload()
    assert page.get_by_role("textbox").input_value() == "1/(1 + q/p)" and verdict(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_finger_chooses_and_keys_do(open_figures):
    page = open_figures(exercise(WHICH), has_touch=True)
    page.get_by_role("button", name="Check").tap()
    assert verdict(page) == "Choose one first." or page.get_by_role("radio").first.evaluate(
        "e => !e.validity.valid"
    )
    page.get_by_text("D(z)").tap()
    page.get_by_role("button", name="Check").tap()
    assert verdict(page) == "There is no G in it."
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert verdict(page) == WHICH.verdict(WHICH.choices[1]).words


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_for_everyone(open_figures, theme):
    page = open_figures(exercise(SHARE), exercise(WHICH))
    paper = {"light": "#fff", "dark": "#14181d"}[theme]
    page.evaluate(
        f"document.documentElement.dataset.theme = '{theme}';"
        f"document.body.style.background = '{paper}'"
    )
    page.get_by_role("textbox").fill("p/(p+q)")
    page.get_by_role("button", name="Check").first.click()
    page.wait_for_timeout(50)
    found = Axe().run(page, context="figure", options={"resultTypes": ["violations"]})
    serious = [
        v["id"] for v in found.response["violations"] if v["impact"] in ("serious", "critical")
    ]
    assert serious == []


def test_a_notebook_shows_the_same(open_figures):
    page = open_figures()
    widget = exercise(SHARE).widget()
    held = json.dumps({"html": widget.html, "exercise": widget.exercise})
    page.evaluate(
        f"""() => {{
          const held = {held};
          const el = document.body.appendChild(document.createElement("div"));
          window.end = GanLab.renderExercise({{ model: {{ get: (name) => held[name] }}, el }});
        }}"""
    )
    page.get_by_role("textbox").fill("p")
    page.get_by_role("button", name="Check").click()
    assert verdict(page).startswith("Not yet.")
    page.evaluate("end()")
    assert page.get_by_text("Write down a formula.").is_visible()
