"""The environment in `.venv`: made, mended or refused by the Python that runs this file.

    PYTHON book/_ext/environment.py          make it whole: what requirements.txt says, no more
    PYTHON book/_ext/environment.py --same   fail with a sentence when another Python made it

`.venv/ready` is there while the environment is whole, and says which Python made it. It goes before
anything is installed and comes back at the end: an environment without it was interrupted, and
is made anew. `.venv/made_by` is that Python's path, which make uses when it is given no other.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
READY = VENV / "ready"
MADE_BY = VENV / "made_by"
PYTHON = VENV / "bin" / "python"
THIS = f"Python {sys.version_info[0]}.{sys.version_info[1]} in {sys.prefix}"
ITS_OWN = Path(sys.prefix).resolve() == VENV.resolve()


def refuse_another() -> None:
    made_by = READY.read_text().strip() if READY.exists() else THIS
    if made_by != THIS and not ITS_OWN:
        sys.exit(
            f".venv was made by {made_by or 'a Python that it does not name'}, and PYTHON is "
            f"{THIS}: leave PYTHON out to use .venv as it is, or remove it first (make clean)."
        )


def make_whole() -> None:
    words = READY.read_text() if READY.exists() else create()
    READY.unlink(missing_ok=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "-r", requirements()]
    if subprocess.run(pip, cwd=ROOT).returncode:
        sys.exit("What requirements.txt names could not all be installed in .venv (see above).")
    READY.write_text(words)


def create() -> str:
    """An empty environment, with the torch of this Python if it has one; says who made it."""
    if ITS_OWN:
        sys.exit("PYTHON is the one of .venv itself, which is not whole: name another.")
    if VENV.is_symlink():
        sys.exit(".venv is a link to an environment that is not whole: remove the link.")
    if VENV.exists():
        print(".venv has no mark of having been finished: it is made anew.", flush=True)
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
    MADE_BY.write_text(sys.executable)
    if torch := folder_of_torch():
        print(f"Using the torch in {torch}", flush=True)
        borrowed().write_text(f"{torch}\n")
    return f"{THIS}\n"


def folder_of_torch() -> Path | None:
    try:
        import torch
    except Exception:  # not there, or there and broken
        return None
    return Path(torch.__file__).parents[1]


def borrowed() -> Path:
    """The file that makes another environment's torch importable in ours."""
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([PYTHON, "-c", ask], capture_output=True, text=True, check=True)
    return Path(found.stdout.strip()) / "torch_that_is_there.pth"


def requirements() -> Path:
    """What to install: everything, or everything around a torch that is there."""
    lines = (ROOT / "requirements.txt").read_text().splitlines(keepends=True)
    wanted = VENV / "requirements.txt"
    there = borrowed().exists()
    wanted.write_text("".join(line for line in lines if not (there and line.startswith("torch=="))))
    return wanted


if __name__ == "__main__":
    refuse_another() if "--same" in sys.argv[1:] else make_whole()
