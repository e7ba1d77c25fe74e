"""`lab(PRESETS["digits"])` in a real JupyterLab: the kernel trains, every control is answered."""

import pytest
from in_jupyter import cell, jupyter, notebook, open_notebook, result, run, say_what_is_seen

CELLS = [
    "import torch; torch.set_num_threads(1)\n"
    "import gan_lab as gl\n"
    "shown = gl.lab(gl.PRESETS['digits'])\n"
    "shown",
    "game = shown.training; (game.t, game.recipe.lr_G, str(game.recipe.data.labels))",
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("jupyter")
    (folder / "digits.ipynb").write_text(notebook(CELLS))
    with jupyter(folder) as url:
        yield url, folder


@pytest.fixture
def page(server, browser, has_failed):
    url, folder = server
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    open_notebook(page, f"{url}/lab/tree/digits.ipynb?reset")
    run(page, 0)
    page.locator(".gan-lab-live .gan-lab-says", has_text="before training").wait_for()
    yield page
    if has_failed():
        say_what_is_seen(page, folder)
    context.close()


def test_digits_train_in_jupyterlab_with_every_control(page):
    def press(name):
        out.get_by_role("button", name=name, exact=True).last.click()

    def until(words):
        page.locator(".gan-lab-live .gan-lab-says", has_text=words).wait_for()

    def asked():
        return result(page, 1)

    out = cell(page, 0)
    press("Both")
    until("iteration 1,")
    press("D step")
    until("after D’s step")
    press("Undo")
    until("iteration 1, after G’s step")
    press("Train")
    page.wait_for_function(
        "/iteration (2\\d|\\d{3})/.test(document.querySelector('.gan-lab-says').textContent)"
    )
    press("Pause")
    assert int(asked().strip("()").split(",")[0]) >= 20

    out.locator(".gan-lab-cell").nth(4).click()  # a sample: the training picture nearest to it
    out.get_by_text("Sample 5, and beside it the nearest of the training pictures").wait_for()
    press("Walk from z to z")
    page.wait_for_function("document.querySelectorAll('img.gan-lab-still').length >= 2")
    assert out.get_by_text("on cpu").count() and out.get_by_label("device").count()

    rate = out.get_by_label("Learning rate of G").first
    rate.fill("0.003")
    rate.press("Enter")
    page.wait_for_timeout(500)
    assert ", 0.003, " in asked()
    press("To the start")
    until("before training")
    assert asked().startswith("(0, ")
