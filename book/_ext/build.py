"""Build the book, strictly, if it is not already what its sources say.

    python book/_ext/build.py           build what is stale, from the execution cache where true
    python book/_ext/build.py --cold    build from nothing, unless the present build was made so

Tests in two processes may both ask for it: the second one waits.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
SITE = BUILD / "html"
STAMP = BUILD / "stamp.json"
RUNS = BUILD / ".jupyter_cache" / "made_with.json"  # stale.py writes it
SOURCES = (
    "book", "gan_lab", "_config.yml", "_toc.yml", "requirements.txt", "pyproject.toml", "LICENSE",
)  # fmt: skip


def fingerprint() -> str:
    """A hash of what the pages are made from, but for files that a chapter reads elsewhere."""
    installed = sorted(f"{found.name} {found.version}" for found in metadata.distributions())
    digest = hashlib.sha256(f"{sys.version} {installed}".encode())
    for source in SOURCES:
        top = ROOT / source
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def read(path: Path) -> dict:
    try:
        return json.loads(path.read_text())
    except (OSError, ValueError):
        return {}


def as_runs_had_it() -> bool:
    """Whether each file that the chapters' runs were made with is still what it was."""
    noted = {name: was for made in read(RUNS).values() for name, was in made.items() if "/" in name}
    return all(
        (ROOT / name).is_file() and hashlib.sha256((ROOT / name).read_bytes()).hexdigest() == was
        for name, was in noted.items()
    )


def quiet_kernels() -> dict[str, str]:
    """An environment whose kernels read no profile of the user's, and begin without a warning.

    Each would say that TCP between two processes of this machine is not encrypted.
    """
    profile = BUILD / ".ipython" / "profile_default"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "ipython_kernel_config.py").write_text("c.IPKernelApp.log_level = 'ERROR'\n")
    return os.environ | {"IPYTHONDIR": str(profile.parent)}


def drop_old_images() -> None:
    """Remove the figures of earlier runs, which no page shows any more."""
    pages = "".join(page.read_text(encoding="utf-8") for page in SITE.rglob("*.html"))
    for image in (SITE / "_images").iterdir():
        if image.name not in pages:
            image.unlink()


def build(cold: bool = False) -> int:
    """Make the site true; the exit code of Jupyter Book, 0 when there was nothing to do."""
    now, last = fingerprint(), read(STAMP)
    if last.get("fingerprint") == now and (last["cold"] or not cold) and as_runs_had_it():
        return 0
    if cold:
        shutil.rmtree(BUILD, ignore_errors=True)
    from_nothing = not BUILD.exists()
    STAMP.unlink(missing_ok=True)
    jupyter_book = [sys.executable, "-c", "from jupyter_book.cli.main import main; main()"]
    code = subprocess.run(
        [*jupyter_book, "build", ".", "-W", "-n", "--keep-going"], cwd=ROOT, env=quiet_kernels()
    ).returncode
    if code == 0:
        drop_old_images()
        STAMP.write_text(json.dumps({"fingerprint": now, "cold": from_nothing}))
    return code


if __name__ == "__main__":
    with FileLock(ROOT / ".building"):
        code = build(cold="--cold" in sys.argv[1:])
    if code == 0:
        print(f"The book is in {SITE.relative_to(ROOT)}: open {SITE / 'index.html'} in a browser.")
    sys.exit(code)
