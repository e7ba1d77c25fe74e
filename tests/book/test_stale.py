"""Which runs of chapters are taken out of the execution cache, and which stay."""

import json
import sys
from pathlib import Path

import nbformat
import pytest
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import stale  # noqa: E402

CHAPTER = "# A chapter\n\n```{code-cell} ipython3\nfrom gan_lab import %s\n```\n"


@pytest.fixture
def root(tmp_path):
    """A book of two chapters and a page, over a package of two modules and a script."""
    for folder in ("gan_lab/static", "book/_ext", "book/_static"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("__init__", "one", "two"):
        (tmp_path / "gan_lab" / f"{name}.py").write_text("import numpy")
    (tmp_path / "gan_lab" / "static" / "page.js").write_text("")
    for name in ("one", "two"):
        (tmp_path / "book" / f"{name}.md").write_text(CHAPTER % name)
    (tmp_path / "book" / "glossary.md").write_text("# No cells\n")
    return tmp_path


def made(root):
    return stale.chapters_made_with(sorted((root / "book").glob("*.md")), root)


def ran(root, folder, chapter, source=None):
    """Put a run of a chapter into the cache, as MyST-NB does."""
    path = root / "book" / f"{chapter}.md"
    cells = [source] if source else stale.cells_of(path)
    notebook = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, cells)))
    get_cache(folder).cache_notebook_bundle(
        CacheBundleIn(notebook, str(path)), check_validity=False, overwrite=True
    )


def kept(folder):
    return sorted(Path(run.uri).stem for run in get_cache(folder).list_cache_records())


@pytest.fixture
def folder(root):
    """The cache after a first build."""
    folder = root / "_build" / ".jupyter_cache"
    folder.mkdir(parents=True)
    assert stale.forget_stale_runs(folder, made(root)) == {}
    ran(root, folder, "one")
    ran(root, folder, "two")
    return folder


def test_nothing_changed_and_nothing_is_forgotten(root, folder):
    assert stale.forget_stale_runs(folder, made(root)) == {}
    assert kept(folder) == ["one", "two"]


def test_a_module_takes_out_the_chapters_that_import_it(root, folder):
    (root / "gan_lab" / "two.py").write_text("import numpy  # as well")
    assert stale.forget_stale_runs(folder, made(root)) == {"book/two.md": "gan_lab/two.py"}
    assert kept(folder) == ["one"]
    assert [path.name for path in (folder / "executed").iterdir()] == [
        run.hashkey for run in get_cache(folder).list_cache_records()
    ]


def test_the_pages_script_takes_out_nothing_and_every_page_is_only_written_anew(root, folder):
    before, read = made(root), stale.pages_read_from(made(root), root)
    shown = stale.pages_shown_with(root)
    (root / "gan_lab" / "static" / "page.js").write_text("// another")
    assert made(root) == before
    assert stale.pages_read_from(before, root) == read
    assert stale.pages_shown_with(root) != shown
    (root / "gan_lab" / "two.py").write_text("")
    assert stale.pages_read_from(before, root) != read


def test_words_of_a_chapter_are_no_reason(root, folder):
    path = root / "book" / "one.md"
    path.write_text(path.read_text() + "\nMore words.\n")
    assert stale.forget_stale_runs(folder, made(root)) == {}


def test_a_library_takes_out_who_imports_it(root, folder, monkeypatch):
    now = made(root)
    assert now["book/one.md"]["numpy"] and "ipykernel" in now["book/one.md"]
    assert not {"pytest", "sphinx", "ruff"} & set(now["book/one.md"])
    now["book/one.md"] |= {"numpy": "0"}
    assert stale.forget_stale_runs(folder, now) == {"book/one.md": "numpy"}


def test_libraries_bring_what_they_require():
    assert {"matplotlib", "numpy", "pillow"} <= set(stale.libraries(frozenset({"matplotlib"})))
    assert stale.libraries(frozenset({"not_there"})) == stale.libraries(frozenset())


def test_an_older_run_of_a_chapter_goes_with_it(root, folder):
    ran(root, folder, "one", "from gan_lab import one  # as it was")
    (root / "gan_lab" / "one.py").write_text("")
    stale.forget_stale_runs(folder, made(root))
    assert kept(folder) == ["two"]


def test_a_renamed_chapter_and_a_cache_without_its_note_are_not_trusted(root, folder):
    (root / "book" / "one.md").rename(root / "book" / "three.md")
    assert list(stale.forget_stale_runs(folder, made(root))) == [str(root / "book" / "one.md")]
    for broken in ("", '{"book/two.md": '):
        ran(root, folder, "two")
        (folder / stale.NOTE).write_text(broken)
        assert "nobody noted" in stale.forget_stale_runs(folder, made(root))["book/two.md"]
        assert kept(folder) == []


@pytest.mark.parametrize("left", [None, "", '{"cells": ['])
def test_a_run_that_was_not_written_to_its_end_is_taken_out(root, folder, left):
    (run,) = (r for r in get_cache(folder).list_cache_records() if r.uri.endswith("one.md"))
    notebook = folder / "executed" / run.hashkey / "base.ipynb"
    notebook.unlink() if left is None else notebook.write_text(left)
    assert "not whole" in stale.forget_stale_runs(folder, made(root))["book/one.md"]
    assert kept(folder) == ["two"]


def test_the_note_is_there_before_anything_runs(root, folder):
    """So a build that is interrupted after one chapter keeps that one, and no other."""
    for name in ("one", "two"):
        (root / "gan_lab" / f"{name}.py").write_text("")
    stale.forget_stale_runs(folder, made(root))
    assert json.loads((folder / stale.NOTE).read_text()) == made(root)
    ran(root, folder, "one")
    assert stale.forget_stale_runs(folder, made(root)) == {} and kept(folder) == ["one"]


def test_a_checkout_that_was_moved_keeps_its_runs(root, folder, tmp_path_factory):
    there = tmp_path_factory.mktemp("elsewhere") / "moved"
    root.rename(there)
    (there / "gan_lab" / "two.py").write_text("")
    folder = there / "_build" / ".jupyter_cache"
    assert list(stale.forget_stale_runs(folder, made(there))) == ["book/two.md"]
    assert kept(folder) == ["one"]


def test_the_chapters_of_the_book_need_what_they_say():
    chapters = [ROOT / f"book/{name}.md" for name in ("claims", "lab", "calculus")]
    claims, lab, calculus = stale.chapters_made_with(chapters).values()
    for needs in (claims, lab, calculus):
        assert {"gan_lab/__init__.py", "numpy", "ipykernel"} <= set(needs)
        assert not [name for name in needs if name.endswith(".js")]
    assert "gan_lab/theory/proofs/claim.py" in claims and "gan_lab/training/loop.py" not in claims
    assert "gan_lab/theory/proofs/claim.py" not in calculus and "gan_lab/training/loop.py" in lab
