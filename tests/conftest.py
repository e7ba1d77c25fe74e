"""What tests share: a recorded game, and what they need from outside Python, a browser and Node.

What could not run is said at the end. With `REQUIRE_BROWSER=1` a tool that is not there is a
failure, not a skip.
"""

import os
import shutil
from pathlib import Path

import pytest
import torch
from coverage_js import counting
from hypothesis import HealthCheck, settings
from made_by_hand import SMALL
from slow_files import SLOW

from gan_lab import films
from gan_lab.recording.recording import Recording, record
from gan_lab.training.loop import Training

HERE = Path(__file__).parent
torch.set_num_threads(1)
settings.register_profile(
    "always the same",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile("always the same")
for inherited in ("PYTHON", "MAKEFLAGS", "MFLAGS", "MAKELEVEL"):
    # `make test` hands these on, and a make that a test runs is nobody's child.
    os.environ.pop(inherited, None)

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync "
    "--disable-background-networking --disable-component-update"
).split()
LOCAL = ("file:", "data:", "blob:")
collect_ignore_glob = ["*conftest.py"]  # there is more than one, and none has examples
FAILED = pytest.StashKey[bool]()
"""Of a test: whether it has failed, for fixtures that then say what they saw."""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def pytest_collection_modifyitems(items):
    for item in items:
        if "chromium" in item.fixturenames:
            item.add_marker("browser")
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).as_posix() in SLOW:
            item.add_marker("slow")


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({report.longrepr[2].removeprefix("Skipped: ") for report in skipped}):
        terminalreporter.write_line(f"Not run: {reason}", yellow=True)


@pytest.fixture
def has_failed(request):
    """Whether this test has failed, to be asked when it is over."""
    return lambda: request.node.stash.get(FAILED, False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    if report.skipped and os.environ.get("REQUIRE_BROWSER") == "1":
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_BROWSER=1 allows no skip: {call.excinfo.value}"
    return report


def missing(what: str, install: str):
    pytest.skip(f"{what}. To run them: {install}")


@pytest.fixture(scope="session")
def run() -> Recording:
    """A short game, recorded once for all who only read it."""
    return record(Training(SMALL, device="cpu"))


@pytest.fixture(scope="session")
def node() -> str:
    """A Node executable: the system's, or the one that the playwright wheel carries."""
    import playwright

    carried = Path(playwright.__file__).parent / "driver" / "node"
    found = shutil.which("node") or (carried.exists() and str(carried))
    return found or missing("the JavaScript tests", "install Node 20 or newer")


@pytest.fixture(scope="session")
def ffmpeg() -> str:
    """An ffmpeg executable: the system's, or the one that imageio-ffmpeg carries."""
    try:
        return films.ffmpeg()
    except ValueError:
        return missing("the test of MP4", "install ffmpeg, or pip install imageio-ffmpeg")


@pytest.fixture(scope="session")
def chromium() -> str:
    """A Chromium executable: `$CHROMIUM`, or the first that PATH knows."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    install = "install Chromium (Debian: apt-get install chromium) or set CHROMIUM=/path/to/it"
    return found or missing("the tests of the built pages", install)


@pytest.fixture(scope="session")
def browser(chromium):
    """One browser for all tests: Playwright allows one of its kind in a thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_file(browser):
    """Open a page from disk; it may raise or log no error, and ask for nothing else."""
    contexts, errors, counted = [], [], []

    def opened(path: Path, **options):
        contexts.append(browser.new_context(offline=True, **options))
        page = contexts[-1].new_page()
        counted.append(counting(page))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: said.type == "error" and errors.append(said.text))
        page.on("request", lambda asked: asked.url.startswith(LOCAL) or errors.append(asked.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for write in counted:
        write()
    for context in contexts:
        context.close()
    assert errors == []
