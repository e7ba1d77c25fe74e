"""Which chapters have to be run again, and which pages read again.

jupyter-cache knows a run by the chapter's cells alone. Here each chapter is given what else its
outputs are made with: Python, the libraries, and each file of the repository that it needs
(`needs.py`). The cache keeps that in `made_with.json`, written before anything is run, so that a
build which is interrupted leaves no run in the cache that is taken for another.
"""

import hashlib
import json
import shutil
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.cache.db import NbCacheRecord
from myst_nb.core.read import read_myst_markdown_notebook
from needs import Sources, files_below
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

ROOT = Path(__file__).resolve().parents[2]
NOTE = "made_with.json"
KERNEL = {"ipykernel", "nbclient"}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def notebook_of(chapter: Path) -> nbformat.NotebookNode | None:
    """A chapter as MyST-NB reads it; None where it has no cells."""
    text = chapter.read_text(encoding="utf-8")
    return read_myst_markdown_notebook(text, path=chapter) if "{code-cell}" in text else None


def cells_of(chapter: Path) -> list[str]:
    """The code of a chapter, which is what the cache knows it by."""
    notebook = notebook_of(chapter)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"] if notebook else []


def chapters_made_with(chapters: list[Path], root: Path = ROOT) -> dict[str, dict[str, str]]:
    """What the outputs of each chapter that has cells depend on, and which version it has now."""
    sources = Sources(root / "gan_lab", root / "book")
    made = {}
    for chapter in chapters:
        if cells := cells_of(chapter):
            files, outside = sources.needs(cells)
            versions = {"Python": sys.version, **libraries(frozenset(outside))}
            ours = {path.relative_to(root).as_posix(): digest(path) for path in files}
            made[chapter.relative_to(root).as_posix()] = versions | ours
    return made


@cache
def libraries(modules: frozenset[str]) -> dict[str, str]:
    """The version of each library that modules come from, and of those that these require."""
    providers = metadata.packages_distributions()
    waiting = KERNEL.union(*(providers.get(module, ()) for module in modules))
    found = {}
    while waiting:
        try:
            library = metadata.distribution(waiting.pop())
        except metadata.PackageNotFoundError:
            continue
        found[canonical(library.name)] = library.version
        wanted = map(Requirement, library.requires or ())
        here = {canonical(w.name) for w in wanted if not w.marker or w.marker.evaluate()}
        waiting |= here - set(found)
    return found


def why(before: dict[str, str] | None, now: dict[str, str], shown: int = 3) -> str:
    """What is new, gone or another than before, in words; nothing when all is the same."""
    if before is None:
        return "nobody noted what its last run was made with"
    names = sorted(name for name in before | now if before.get(name) != now.get(name))
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return ", ".join(names[:shown]) + more


def forget_stale_runs(folder: Path, now: dict[str, dict[str, str]]) -> dict[str, str]:
    """Take each run out of the cache that was made with something else than what is there now.

    Returns why, for each chapter of which a run was taken out.
    """
    before, runs = noted(folder), get_cache(folder)
    forgotten = {}
    for run in runs.list_cache_records():
        chapter = next((name for name in now if run.uri.endswith(f"/{name}")), None)
        reason = why(before.get(chapter), now[chapter]) if chapter else "it is no chapter any more"
        if reason or not is_whole(folder, run):
            shutil.rmtree(folder / "executed" / run.hashkey, ignore_errors=True)
            NbCacheRecord.remove_records([run.pk], runs.db)
            forgotten[chapter or run.uri] = reason or "its last run is not whole"
    (folder / NOTE).write_text(json.dumps(now, indent=1), encoding="utf-8")
    return forgotten


def noted(folder: Path) -> dict[str, dict[str, str]]:
    try:
        return json.loads((folder / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def is_whole(folder: Path, run) -> bool:
    """Whether the outputs are there: a build may have been interrupted between row and file."""
    try:
        nbformat.read(folder / "executed" / run.hashkey / "base.ipynb", as_version=4)
    except (OSError, ValueError):
        return False
    return True


def pages_read_from(made: dict, root: Path = ROOT) -> str:
    """A hash of what pages are read from besides their own sources."""
    package = {path for path in files_below(root / "gan_lab") if path.suffix != ".js"}
    return of_files(package | files_below(root / "book" / "_ext"), root, made)


def pages_shown_with(root: Path = ROOT) -> str:
    """A hash of what pages load, by names that tell a browser of a new version."""
    scripts = {path for path in files_below(root / "gan_lab") if path.suffix == ".js"}
    return of_files(scripts | files_below(root / "book" / "_static"), root)


def of_files(paths: set[Path], root: Path, *more) -> str:
    table = {path.relative_to(root).as_posix(): digest(path) for path in sorted(paths)}
    return hashlib.sha256(json.dumps([table, *more], sort_keys=True).encode()).hexdigest()
