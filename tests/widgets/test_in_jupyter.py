"""The lab in a real JupyterLab and a real Notebook 7: a kernel that trains, driven by a reader."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

CELLS = [
    "import torch; torch.set_num_threads(1)\n"
    "from gan_lab.recipe import Recipe\n"
    "from gan_lab.widgets import lab\n"
    "shown = lab(Recipe(G=(16, 16), D=(16, 16), m=64, k=1, schedule='constant'))\n"
    "shown",
    "shown.training.t",
    "import time; time.sleep(2); 'rested'",
]
NOTEBOOK = {
    "cells": [
        {"cell_type": "code", "id": f"c{i}", "source": text, "metadata": {}, "outputs": [],
         "execution_count": None}
        for i, text in enumerate(CELLS)
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A Jupyter server with one notebook, which serves JupyterLab and Notebook 7 alike."""
    folder, port = tmp_path_factory.mktemp("jupyter"), free_port()
    (folder / "lab.ipynb").write_text(json.dumps(NOTEBOOK))
    home = str(folder / "home")
    env = os.environ | {"JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "HOME": home}
    env |= {"JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}
    env.pop("GAN_LAB_STATIC", None)
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1",
        f"--port={port}", f"--ServerApp.root_dir={folder}", "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    with open(folder / "server.log", "wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    url = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{url}/api", timeout=2)
            break
        except OSError:
            assert process.poll() is None, (folder / "server.log").read_text()[-2000:]
            time.sleep(0.5)
    yield url
    process.terminate()
    process.wait(20)


@pytest.fixture(params=["lab/tree", "notebooks"])
def page(request, server, browser):
    """The notebook, opened and with its first cell run, in JupyterLab and in Notebook 7."""
    context = browser.new_context(viewport={"width": 1300, "height": 1000})
    page = context.new_page()
    page.goto(f"{server}/{request.param}/lab.ipynb?reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_function(
        "document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'",
        timeout=120_000,
    )
    run(page, 0)
    page.wait_for_selector(".gan-lab-whole canvas", timeout=120_000)
    yield page
    context.close()


def run(page, number):
    """Run one cell, as a reader does: once more if the notebook was not listening yet."""
    cell = page.locator(".jp-Notebook .jp-Cell").nth(number)
    before = cell.locator(".jp-InputPrompt").inner_text()
    for _ in range(5):
        cell.locator(".jp-InputArea-editor").click()
        page.keyboard.press("Control+Enter")
        page.wait_for_timeout(1000)
        now = cell.locator(".jp-InputPrompt").inner_text()
        if now != before and re.search(r"[*\d]", now):
            return


def result(page, number) -> str:
    """What a cell says when it is run, once it has said it."""
    run(page, number)
    cell = page.locator(".jp-Notebook .jp-Cell").nth(number)
    page.wait_for_timeout(300)
    cell.locator(".jp-OutputArea-output pre").wait_for(timeout=60_000)
    return cell.locator(".jp-OutputArea-output pre").last.inner_text()


def iteration(page) -> int:
    text = page.locator(".gan-lab-says").first.inner_text()
    return int(text.split("iteration ")[-1].split(",")[0].split()[0].replace(",", ""))


def reaches(page, t, timeout=60_000):
    page.wait_for_function(
        "t => Number(/iteration (\\d+)/i.exec("
        "document.querySelector('.gan-lab-says')?.textContent)?.[1]) >= t",
        arg=t,
        timeout=timeout,
    )


def play_button(page):
    return page.locator(".gan-lab-whole .gan-lab-play").first


def test_a_reader_trains_in_the_kernel(page):
    play_button(page).click()
    reaches(page, 20)
    # another cell has the kernel: the game waits, and then goes on
    assert "rested" in result(page, 2)
    before = iteration(page)
    reaches(page, before + 20)
    play_button(page).click()
    page.wait_for_timeout(1500)
    shown = iteration(page)
    assert int(result(page, 1)) == shown  # the picture is of the kernel's game
    page.wait_for_timeout(1000)
    assert int(result(page, 1)) == shown  # and nothing runs that nobody watches
    # the cell once more: another game, and the old one is gone
    run(page, 0)
    page.wait_for_timeout(3000)
    page.wait_for_selector(".gan-lab-whole canvas")
    assert page.locator(".gan-lab-whole").count() == 1
    play_button(page).click()
    reaches(page, 5)
    play_button(page).click()


def test_a_control_changes_the_running_game_and_one_that_is_built_in_begins_another(page):
    play_button(page).click()
    reaches(page, 10)
    play_button(page).click()
    page.locator(".jupyter-widget-Collapse-header", has_text="Optimizer").click()
    box = page.get_by_label("lr_D").first
    box.fill("0.02")
    box.press("Enter")
    page.wait_for_timeout(800)
    assert iteration(page) >= 10
    page.get_by_label("seed").first.fill("7")
    page.get_by_label("seed").first.press("Enter")
    page.locator(".gan-lab-says", has_text="before training").wait_for()
