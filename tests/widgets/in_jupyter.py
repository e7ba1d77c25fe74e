"""A real Jupyter server, and a notebook of it in a browser, driven as a reader does."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

# Its status is `idle` before there is a kernel, too.
READY = """
document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'
&& /Python/.test(document.querySelector('.jp-Toolbar-kernelName')?.textContent)
"""
NEW = re.compile(r"[*\d]")
SETTINGS = {
    "docmanager-extension/plugin": {"autosave": False},
    "apputils-extension/notification": {"checkForUpdates": False, "fetchNews": "false"},
}
"""So that JupyterLab asks the reader nothing of its own accord, and the network nothing at all."""
STACKS = """
import faulthandler, os, signal
faulthandler.register(signal.SIGUSR1, open(f"{folder}/{{os.getpid()}}.stacks", "w"))
"""
"""What every kernel runs first: so that it says what it does, when it is asked by a signal."""
SEEN = """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map((cell) =>
  [cell.querySelector('.jp-InputPrompt'), ...cell.querySelectorAll('.jp-OutputArea-output')]
    .map((el) => el?.textContent.replace(/\\s+/g, ' ').slice(0, 200)).join(' | ')).join('\\n')"""


def notebook(cells) -> str:
    """A notebook of these cells of code, as JSON."""
    made = [
        {
            "cell_type": "code",
            "id": f"c{i}",
            "source": text,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
        for i, text in enumerate(cells)
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    metadata = {"kernelspec": kernel}
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextlib.contextmanager
def jupyter(folder: Path):
    """The address of a server of this folder, which serves JupyterLab and Notebook 7 alike."""
    port, home = free_port(), str(folder / "home")
    env = os.environ | {"JUPYTER_CONFIG_DIR": home, "JUPYTER_DATA_DIR": home, "HOME": home}
    env |= {"JUPYTER_RUNTIME_DIR": f"{home}/runtime", "IPYTHONDIR": f"{home}/ipython"}
    env.pop("GAN_LAB_STATIC", None)
    for name, setting in SETTINGS.items():
        file = Path(home, "lab/user-settings/@jupyterlab", f"{name}.jupyterlab-settings")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(setting))
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        f"--ServerApp.root_dir={folder}",
        "--IdentityProvider.token=",
        "--ServerApp.disable_check_xsrf=True",
    ]
    startup = Path(home, "ipython/profile_default/startup/stacks.py")
    startup.parent.mkdir(parents=True, exist_ok=True)
    startup.write_text(STACKS.format(folder=folder))
    log = folder / "server.log"
    with open(log, "wb") as file:
        process = subprocess.Popen(command, env=env, stdout=file, stderr=file)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(240):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/api", timeout=2)
                break
            assert process.poll() is None, log.read_text()[-2000:]
            time.sleep(0.25)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def open_notebook(page, url: str) -> list[str]:
    """Open it and wait for its kernel.

    Returns the list of what dialogs will have said that nobody had asked for. Each is agreed to, as
    a reader would, as soon as it is in the way.
    """
    said = []

    def agree(dialog):
        said.append(dialog.inner_text())
        dialog.locator(".jp-mod-accept").click()

    unasked = page.locator(".jp-Dialog-content").filter(has_not_text="Restart Kernel?")
    page.add_locator_handler(unasked, agree)
    page.goto(url)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=120_000)
    page.wait_for_function(READY, timeout=120_000)
    return said


def cell(page, number):
    return page.locator(".jp-Notebook .jp-Cell").nth(number)


def run(page, number) -> None:
    """Run one cell, as a reader does: once more if the notebook was not listening yet.

    A picture that comes or goes above moves the cell away under the mouse, and another one is hit.
    """
    wanted = cell(page, number)
    prompt = wanted.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    for _ in range(20):
        wanted.locator(".jp-InputArea-editor").click()
        if "jp-mod-active" not in wanted.get_attribute("class"):
            continue
        page.keyboard.press("Control+Enter")
        for _ in range(10):
            page.wait_for_timeout(100)
            now = prompt.inner_text()
            if now != before and NEW.search(now):
                return
    raise AssertionError(f"cell {number} does not run")


def result(page, number) -> str:
    """What a cell says when it is run, once it has said it."""
    run(page, number)
    done = "n => /\\d/.test(document.querySelectorAll('.jp-Notebook .jp-Cell .jp-InputPrompt')"
    page.wait_for_function(f"{done}[n].textContent)", arg=number, timeout=120_000)
    said = cell(page, number).locator(".jp-OutputArea-output pre").last
    said.wait_for(timeout=60_000)
    return said.inner_text()


def say_what_is_seen(page, folder: Path) -> None:
    """Print each cell's number and outputs, where each thread of each kernel is, and the server's
    last words: for a test that has failed."""
    print(page.evaluate(SEEN))
    kernels = list(folder.glob("*.stacks"))
    for file in kernels:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(file.stem), signal.SIGUSR1)
    time.sleep(1)
    for file in kernels:
        print(f"kernel {file.stem}:\n{file.read_text()}")
    print((folder / "server.log").read_text()[-4000:])


def interrupt(page) -> None:
    """The menu's way to interrupt the kernel."""
    chosen(page, "Kernel", "Interrupt Kernel")


def restart(page) -> None:
    """The menu's way to restart the kernel, and yes, it is meant."""
    chosen(page, "Kernel", "Restart Kernel…")
    page.locator(".jp-Dialog button", has_text="Restart").last.click()


def chosen(page, menu, item) -> None:
    page.locator(".lm-MenuBar-item", has_text=menu).click()
    page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()
