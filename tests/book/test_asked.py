"""Every chapter asks: something to draw or set before it is run, and exercises it checks."""

import re

import pytest
from test_openings import CHAPTERS, read

from gan_lab.checkers import BUGS, EXERCISES, PREDICTIONS, all_chapters

CALL = r'(predict|exercise)\((?:gl\.checkers\.)?(BUGS|PREDICTIONS|EXERCISES)\["(.+?)"\]'
TABLES = {"BUGS": BUGS, "PREDICTIONS": PREDICTIONS, "EXERCISES": EXERCISES}
PAGES = ["intro", *CHAPTERS]


def asked_on(name: str, shown: str) -> list:
    """The predictions or exercises that a chapter shows, in their order."""
    found = [TABLES[table][key] for how, table, key in re.findall(CALL, read(name)) if how == shown]
    assert len(found) == len({one.name for one in found})
    return found


@pytest.mark.parametrize("name", PAGES)
def test_something_is_drawn_or_set_before_it_is_run(name):
    assert any(one.places or one.ends for one in asked_on(name, "predict"))


@pytest.mark.parametrize("name", PAGES)
def test_two_exercises_are_checked_and_one_is_no_choice(name):
    exercises = asked_on(name, "exercise")
    assert len(exercises) >= 2 and not all(one.choose for one in exercises)


def test_all_that_is_asked_stands_on_its_own_page():
    for module in all_chapters.MODULES:
        name = module.__name__.rpartition(".")[2]
        shown = {one.name for how in ("predict", "exercise") for one in asked_on(name, how)}
        assert {one.name for one in (*module.PREDICTIONS, *module.EXERCISES)} <= shown, name


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_a_wrong_answer_is_named_where_it_is_asked(visit, name):
    page = visit(name)
    for asked in asked_on(name, "exercise"):
        figure = page.locator(f"figure[data-gan-lab-exercise*='{json_of(asked.name)}']")
        mistake = asked.mistakes[0]
        if asked.choose:
            figure.get_by_role("radio").nth(asked.choices.index(mistake.answer)).check()
        else:
            figure.get_by_role("textbox").fill(mistake.answer)
        figure.get_by_role("button", name="Check").click()
        said = figure.locator(".gan-lab-verdict").inner_text()
        assert said == mistake.means.replace("`", ""), asked.name
    page.locator("figure[data-gan-lab-prediction] form").first.wait_for()


def json_of(name: str) -> str:
    return '"name": "' + name.replace("'", "\\'") + '"'
