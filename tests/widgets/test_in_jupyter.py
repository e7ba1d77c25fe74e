"""The lab in a real JupyterLab and a real Notebook 7: a kernel that trains, driven by a reader."""

import json
import re
import time
import urllib.request
from types import SimpleNamespace

import pytest
from coverage_js import counting
from in_jupyter import (
    cell,
    interrupt,
    jupyter,
    notebook,
    open_notebook,
    restart,
    result,
    run,
    say_what_is_seen,
)  # fmt: skip

from gan_lab.widgets.kernel.session import QUIET

CELLS = [
    "import torch; torch.set_num_threads(1)\n"
    "from gan_lab.training.recipe import Recipe\n"
    "from gan_lab.widgets import lab\n"
    "shown = lab(Recipe(G=(16, 16), D=(16, 16), m=64, k=1, schedule='constant'))\n"
    "shown",
    "shown.training.t",
    "import time; time.sleep(2); 'rested'",
    "import time; print('asleep'); time.sleep(60)",
    "shown.widget() if shown.training.t else 'over'",
    "for _ in shown.training.play(150): pass\n(shown.training.t, len(shown.training.moves))",
    "shown.widget().children[2].fields['k'][0].value = '3'",
    "shown = lab(Recipe(G=(8,), D=(8,), m=16, schedule='constant')); None",
    "shown if shown.training.t == 0 else 'over'",
    "shown.training.recipe.k * (shown.widget().children[2].recipe.k == 3)",
]
PLACES = ["lab/tree", "notebooks"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    for i in range(2):
        (folder / f"lab{i}.ipynb").write_text(notebook(CELLS))
    with jupyter(folder) as url:
        yield SimpleNamespace(url=url, folder=folder)


@pytest.fixture(scope="module", params=PLACES)
def window(request, server, browser):
    """A browser window with the notebook, in JupyterLab or in Notebook 7, and its dialogs.

    One kernel for all.
    """
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    write_count = counting(page)
    number = PLACES.index(request.param)
    yield page, open_notebook(page, f"{server.url}/{request.param}/lab{number}.ipynb?reset")
    write_count()
    context.close()


@pytest.fixture
def page(window, server, has_failed):
    """That window with a new game; no dialog speaks of the kernel while the test lasts."""
    page, dialogs = window
    begin(page)
    before = len(dialogs)
    yield page
    if has_failed():
        say_what_is_seen(page, server.folder)
    assert not [said for said in dialogs[before:] if "kernel" in said.lower()]


def begin(page):
    run(page, 0)
    page.wait_for_timeout(500)
    page.wait_for_selector(".gan-lab-whole canvas", timeout=120_000)
    page.locator(".gan-lab-says", has_text="before training").first.wait_for()


def says(page, which=0):
    return page.locator(".gan-lab-says").nth(which)


def iteration(page, which=0) -> int:
    text = says(page, which).inner_text()
    return 0 if "before" in text else int(re.search(r"teration ([\d,]+)", text)[1].replace(",", ""))


def reaches(page, t, which=0):
    page.wait_for_function(
        "([t, which]) => Number(/iteration (\\d+)/i.exec("
        "document.querySelectorAll('.gan-lab-says')[which]?.textContent)?.[1]) >= t",
        arg=[t, which],
        timeout=60_000,
    )


def play_button(page, which=0):
    return page.locator(".gan-lab-whole .gan-lab-play").nth(which)


def played_to(page, t):
    """Play to iteration t or beyond, and pause there; the iteration that is shown."""
    play_button(page).click()
    reaches(page, t)
    play_button(page).click()
    return settled(page)


def settled(page) -> int:
    """The iteration that is shown once it has stood still for half a second."""
    before = -1
    for _ in range(40):
        now = iteration(page)
        if now == before:
            return now
        before = now
        page.wait_for_timeout(500)
    raise AssertionError("the game does not come to rest")


def t_of_kernel(page) -> int:
    return int(result(page, 1))


def test_another_cell_has_the_kernel_the_game_waits_and_then_goes_on(page):
    play_button(page).click()
    reaches(page, 20)
    assert "rested" in result(page, 2)
    before = iteration(page)
    reaches(page, before + 20)
    play_button(page).click()
    shown = settled(page)
    assert t_of_kernel(page) == shown  # the picture is of the kernel's game
    page.wait_for_timeout(600)
    assert t_of_kernel(page) == shown  # and nothing runs that nobody watches


def test_the_cell_once_more_is_another_game_and_the_old_one_is_asked_no_more(page):
    play_button(page).click()
    reaches(page, 10)
    cell(page, 1).locator(".jp-InputArea-editor").click()
    page.evaluate("window.before = document.querySelector('.gan-lab-whole')")
    result(page, 1)
    page.keyboard.press("Escape")
    run(page, 0)
    page.wait_for_function("!window.before.isConnected")
    page.locator(".gan-lab-says", has_text="before training").wait_for()
    assert page.locator(".gan-lab-whole").count() == 1
    assert t_of_kernel(page) == 0
    assert played_to(page, 5) == t_of_kernel(page)


def test_an_interrupt_stops_the_playing_and_loses_nothing(page):
    play_button(page).click()
    reaches(page, 10)
    interrupt(page)
    page.locator(".gan-lab-lab", has_text="The kernel was interrupted").wait_for()
    shown = settled(page)
    assert t_of_kernel(page) == shown >= 10
    page.wait_for_timeout(1000 * QUIET)
    play_button(page).click()  # and on it goes
    reaches(page, shown + 10)
    run(page, 3)
    cell(page, 3).locator(".jp-OutputArea-output", has_text="asleep").wait_for()
    interrupt(page)  # of a cell: that one, and the game
    cell(page, 3).locator(".jp-OutputArea-output", has_text="KeyboardInterrupt").wait_for()
    page.locator(".gan-lab-lab", has_text="The kernel was interrupted").wait_for()
    assert settled(page) == t_of_kernel(page)


def test_two_views_of_a_widget_show_one_game(page):
    shown = played_to(page, 10)
    run(page, 4)
    page.locator(".gan-lab-whole canvas").nth(2).wait_for()
    page.wait_for_function("document.querySelectorAll('.gan-lab-says').length === 2")
    reaches(page, shown, 1)
    assert iteration(page, 1) == shown
    play_button(page, 1).click()
    reaches(page, shown + 10, 1)
    play_button(page, 0).click()  # both at once
    reaches(page, shown + 50, 0)
    reaches(page, shown + 50, 1)
    play_button(page, 0).click()
    play_button(page, 1).click()
    page.wait_for_timeout(1000)
    assert t_of_kernel(page) == max(iteration(page, 0), iteration(page, 1))
    begin(page)
    assert "over" in result(page, 4)  # so that there is one view again, for the tests that follow


def opened(page, group: str):
    """A group of the controls, which were folded."""
    page.locator(".jupyter-widget-Collapse-header", has_text=group).first.click()


def test_a_control_changes_the_running_game_and_one_that_is_built_in_begins_another(page):
    shown = played_to(page, 10)
    opened(page, "Learning rates")
    box = page.get_by_label("Learning rate of D").first
    box.fill("0.02")
    box.press("Enter")
    page.wait_for_timeout(500)
    assert iteration(page) == shown
    opened(page, "Data and noise")
    page.get_by_label("Seed").first.fill("7")
    page.get_by_label("Seed").first.press("Enter")
    page.locator(".gan-lab-says", has_text="before training").wait_for()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(150)


def test_the_lab_is_played_by_keys_and_no_key_of_its_own_reaches_the_notebook(page):
    assert not page.get_by_role("button", name="Share").count()  # there is no such address
    count = page.locator(".jp-Notebook .jp-Cell").count()
    picture = page.locator(".gan-lab-picture").first
    picture.focus()
    press(page, "d", "d")  # in the notebook these delete a cell
    page.locator(".gan-lab-says", has_text="after D’s step").first.wait_for()
    press(page, "g", "b", "u", "l", "s", "x", "a", "z")
    page.locator(".gan-lab-says", has_text="iteration 1, after G’s step").first.wait_for()
    assert page.locator(".jp-Notebook .jp-Cell").count() == count
    press(page, " ")
    reaches(page, 20)
    press(page, " ")
    shown = settled(page)
    press(page, "Home")
    page.locator(".gan-lab-says", has_text="before training").first.wait_for()
    press(page, "End")
    reaches(page, shown)
    play_button(page).focus()  # a button is the lab's as well
    press(page, "d", "d", "a", "b", "x")
    press(page, "Space")
    reaches(page, shown + 10)
    press(page, "Space")
    settled(page)
    assert page.locator(".jp-Notebook .jp-Cell").count() == count
    picture.focus()
    page.evaluate("window.before = document.querySelector('.gan-lab-whole')")
    press(page, "Shift+Enter")  # which runs the cell, there as anywhere
    page.wait_for_function("!window.before.isConnected")
    page.locator(".gan-lab-says", has_text="before training").first.wait_for()


def test_from_the_line_to_the_plane_and_back(page):
    played_to(page, 5)
    views = page.locator(".gan-lab-whole").count()
    opened(page, "Data and noise")
    ring = "ring(modes=4, radius=2.0, sd=0.3)"
    for typed, data, words in (
        ("ring(4, 2.0, 0.3)", ring, "modes"),
        ("gaussian(1.0, 0.5)", "gaussian(1.0, 0.5)", "JSD"),
    ):
        box = page.locator("input[list]").first
        box.fill(typed)
        box.press("Enter")
        page.locator(".gan-lab-says", has_text="before training").first.wait_for()
        page.locator(".gan-lab-says", has_text=words).first.wait_for()
        play_button(page).click()
        reaches(page, 10)
        play_button(page).click()
        shown = settled(page)
        assert t_of_kernel(page) == shown
        assert box.input_value() == data
        assert page.locator(".gan-lab-whole").count() == views


def test_a_cell_that_plays_the_game_while_it_plays_has_it_for_itself(page):
    play_button(page).click()
    reaches(page, 10)
    t, moves = map(int, re.findall(r"\d+", result(page, 5)))
    assert t >= 160 and moves == 2 * t  # whole iterations: nobody moved it meanwhile
    reaches(page, t + 10)
    play_button(page).click()
    assert t_of_kernel(page) == settled(page)


def test_a_view_shows_where_a_cell_has_brought_the_game(page):
    shown = played_to(page, 5)
    t, moves = map(int, re.findall(r"\d+", result(page, 5)))
    assert (t, moves) == (shown + 150, 2 * t)
    reaches(page, t)
    assert settled(page) == t


def test_a_control_that_is_set_before_anybody_looks_stays_set(page):
    run(page, 7)
    run(page, 6)
    run(page, 8)
    other = cell(page, 8)
    other.locator(".gan-lab-says", has_text="before training").wait_for()
    page.wait_for_timeout(1500)
    assert int(result(page, 9)) == 3
    other.get_by_role("button", name="Both").click()
    other.locator(".gan-lab-says", has_text="iteration 1,").wait_for()
    assert "over" in result(page, 8)  # so that there is one lab again


def test_a_restart_leaves_what_was_recorded_and_the_cell_begins_another_game(page):
    play_button(page).click()
    reaches(page, 20)
    restart(page)
    page.locator(".gan-lab-lab", has_text="The kernel of this game is gone").wait_for()
    shown = iteration(page)
    assert shown >= 20
    page.locator(".gan-lab-lab input[type=range]").first.press("Home")
    page.locator(".gan-lab-says", has_text="before training").wait_for()
    begin(page)
    assert played_to(page, 5) == t_of_kernel(page)


def nobody_watches(server):
    """Wait until the server has noticed that the tab of the first notebook is gone."""
    for _ in range(60):
        time.sleep(1)
        with urllib.request.urlopen(f"{server.url}/api/sessions") as reply:
            kernels = [s["kernel"] for s in json.load(reply) if s["path"] == "lab0.ipynb"]
        if [kernel["connections"] for kernel in kernels] == [0]:
            return
    raise AssertionError(f"somebody still watches, or there is no one kernel: {kernels}")


def test_nothing_runs_after_the_tab_is_closed(server, browser):
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    url = f"{server.url}/lab/tree/lab0.ipynb?reset"
    open_notebook(page, url)
    begin(page)
    play_button(page).click()
    reaches(page, 10)
    page.close()
    page = context.new_page()
    nobody_watches(server)
    dialogs = open_notebook(page, url)
    t = t_of_kernel(page)
    page.wait_for_timeout(700)
    assert t_of_kernel(page) == t >= 10 and not dialogs
    context.close()
