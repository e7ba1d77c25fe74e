# @title Set-up (run this first) { display-mode: "form" }
import atexit
import base64
import importlib
import importlib.util
import io
import lzma
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

REPOSITORY = ""
CARRIED = ""  # the package gan_lab: a zip, by xz, in base85


def is_the_books(folder):
    return (pathlib.Path(folder) / "theory").is_dir()


def installed():
    spec = importlib.util.find_spec("gan_lab")
    return spec is not None and any(map(is_the_books, spec.submodule_search_locations or ()))


def missing(*names):
    return [name for name in names if importlib.util.find_spec(name) is None]


def unpack(archive):  # nothing is installed: the torch and the numpy that are here stay
    folder = tempfile.mkdtemp(prefix="gan_lab_")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    zipfile.ZipFile(io.BytesIO(archive)).extractall(folder)
    sys.path.insert(0, folder)


def pip(*wanted):
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--retries=1", *wanted]
    return subprocess.run(command, capture_output=True, text=True)


def bring():  # from the nearest place that has it
    here = pathlib.Path.cwd()
    checkouts = [p for p in (here, *here.parents) if is_the_books(p / "gan_lab")]
    wheels = [p for p in here.glob("gan_lab_book-*.whl") if zipfile.is_zipfile(p)]
    if checkouts:
        sys.path.insert(0, str(checkouts[0]))
    elif wheels:
        unpack(max(wheels, key=lambda p: p.stat().st_mtime).read_bytes())
    elif CARRIED:
        unpack(lzma.decompress(base64.b85decode(CARRIED.replace("\n", ""))))
    elif not REPOSITORY:
        raise ModuleNotFoundError(
            "The package gan_lab of this book is not installed. Take this chapter's "
            "self-contained notebook from the download menu of its page, or put the book's wheel "
            "(gan_lab_book-...whl, in the same menu) beside this notebook, or, in a checkout of "
            "the book, run 'pip install -e .'; then run this cell again."
        )
    elif (tried := pip(REPOSITORY)).returncode:
        raise ModuleNotFoundError(
            f"The package gan_lab could not be had from {REPOSITORY}: {tried.stderr.strip()}"
        )


if not installed():
    bring()
if needed := missing("torch", "numpy", "scipy", "sympy", "matplotlib"):
    raise ModuleNotFoundError(
        f"This notebook needs {', '.join(needed)}: run 'pip install {' '.join(needed)}' "
        "where Jupyter runs, and then this cell again."
    )
if missing("anywidget", "psygnal") and pip("anywidget", "psygnal").returncode:
    print("Without anywidget, which could not be installed, figures move by a script of their own.")
importlib.invalidate_caches()
