"""The package as a wheel and as text: whole, and the same bytes every time."""

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import package  # noqa: E402

TOLD = package.project()


def test_pip_installs_the_wheel_and_it_is_the_package(tmp_path):
    """pip holds each file against the wheel's own record; what it wants is what pyproject says."""
    wheel = tmp_path / package.wheel_name(TOLD)
    wheel.write_bytes(package.wheel(TOLD, package.files()))
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-compile"]
    subprocess.run([*pip, "--target", tmp_path / "there", wheel], check=True)
    ask = (
        "from importlib.metadata import distribution; import gan_lab; print(gan_lab.__file__)\n"
        "print(gan_lab.__version__, distribution('gan-lab-book').version)\n"
        "print(*distribution('gan-lab-book').requires, sep='\\n')"
    )
    said = subprocess.check_output(
        [sys.executable, "-S", "-c", ask], cwd=tmp_path / "there", text=True
    )
    where, versions, *wanted = said.splitlines()
    assert Path(where) == tmp_path / "there" / "gan_lab" / "__init__.py"
    assert versions == f"{TOLD['version']} {TOLD['version']}"
    assert wanted == TOLD["dependencies"]
    for name, text in package.files().items():
        assert (tmp_path / "there" / name).read_bytes() == text


def test_the_bytes_are_the_same_whenever_they_are_made(tmp_path):
    """Also of files that were written at another time, in another order."""
    for name, text in reversed(package.files().items()):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    again = package.files(tmp_path)
    assert list(again) == list(package.files())
    assert package.wheel(TOLD, again) == package.wheel(TOLD, package.files())
    assert package.packed(again) == package.packed(package.files())


def test_every_folder_of_the_package_is_one_that_setuptools_finds():
    """`pip install .` reads the same pyproject.toml: only what it calls a package is installed."""
    folders = {Path(name).parent for name in package.files() if name.endswith(".py")}
    assert [folder for folder in folders if not (ROOT / folder / "__init__.py").exists()] == []
    assert sum(name.endswith(".js") for name in package.files()) > 100


def test_the_script_that_a_notebook_carries_can_be_read(node, tmp_path):
    path = tmp_path / "front_end.mjs"
    path.write_bytes(package.carried(package.files())[package.JOINED])
    subprocess.run([node, "--check", path], check=True)


def test_a_wheel_is_a_zip_of_plain_files():
    archive = zipfile.ZipFile(io.BytesIO(package.wheel(TOLD, package.files())))
    assert archive.testzip() is None
    assert {entry.date_time for entry in archive.infolist()} == {package.TIME}
