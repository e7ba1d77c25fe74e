"""What tests need from outside Python: a browser and Node. What could not run is said at the end.

With `REQUIRE_BROWSER=1` a tool that is not there is a failure, not a skip.
"""

import os
import shutil
from pathlib import Path

import pytest
import torch

torch.set_num_threads(1)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MISSING = pytest.StashKey[dict]()


def pytest_configure(config):
    config.stash[MISSING] = {}


def pytest_terminal_summary(terminalreporter, config):
    for what, install in config.stash[MISSING].items():
        terminalreporter.write_line(f"Not run: {what}. To run it: {install}", yellow=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.skipped and os.environ.get("REQUIRE_BROWSER") == "1":
        report.outcome = "failed"
        report.longrepr = f"REQUIRE_BROWSER=1 allows no skip: {call.excinfo.value}"
    return report


def missing(config, what: str, install: str):
    config.stash[MISSING][what] = install
    pytest.skip(f"{what} needs: {install}")


@pytest.fixture(scope="session")
def node(pytestconfig) -> str:
    """A Node executable: the system's, or the one that the playwright wheel carries."""
    import playwright

    carried = Path(playwright.__file__).parent / "driver" / "node"
    found = shutil.which("node") or (carried.exists() and str(carried))
    return found or missing(pytestconfig, "the JavaScript tests", "install Node 20 or newer")


@pytest.fixture(scope="session")
def chromium(pytestconfig) -> str:
    """A Chromium executable: `$CHROMIUM`, or the first that PATH knows."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    install = "install Chromium (Debian: apt-get install chromium) or set CHROMIUM=/path/to/it"
    return found or missing(pytestconfig, "the tests of the built pages", install)
