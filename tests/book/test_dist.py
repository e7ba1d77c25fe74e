"""The built book as one zip: a folder that opens from a disk, and the same bytes every time."""

import sys
import zipfile
from pathlib import Path

import pytest

import gan_lab

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import dist  # noqa: E402

FILES = {
    "index.html": '<a href="book/intro.html">',
    "book/intro.html": "What a GAN does",
    "_static/book.css": "p {}",
    ".buildinfo": "of this machine",
    ".doctrees/intro": "of this machine",
}
TOP = f"how-gans-work-{gan_lab.__version__}"


def site(folder: Path, names) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(FILES[name])
    return folder


def test_it_unpacks_to_one_folder_with_the_pages_as_they_were_and_the_licences(tmp_path):
    made = dist.write(site(tmp_path / "html", FILES), tmp_path)
    assert made.name == f"{TOP}.zip"
    with zipfile.ZipFile(made) as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path / "there")
    there = tmp_path / "there" / TOP
    found = {p.relative_to(there).as_posix(): p for p in there.rglob("*") if p.is_file()}
    pages = {name for name in FILES if not name.startswith(".")}
    assert set(found) == pages | {"LICENSE", "LICENSE-prose"}
    assert {name: found[name].read_text() for name in pages} == {n: FILES[n] for n in pages}


def test_the_bytes_do_not_tell_when_or_in_what_order_the_pages_were_made(tmp_path):
    one = dist.write(site(tmp_path / "a", FILES), tmp_path).read_bytes()
    other = dist.write(site(tmp_path / "b", reversed(FILES)), tmp_path).read_bytes()
    names = zipfile.ZipFile(tmp_path / f"{TOP}.zip").namelist()
    assert one == other and names == sorted(names)


def test_without_a_built_book_it_says_what_makes_one(tmp_path):
    with pytest.raises(FileNotFoundError, match="no built book in .*: `make book` makes one"):
        dist.held(tmp_path, TOP)
