"""With `repository.url` set, buttons, badges and the set-up cell follow from it; else none do."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
from repository import Repository  # noqa: E402

CHAPTER = """---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
# Small

A chapter.

```{code-cell} ipython3
1 + 1
```
"""
GITHUB = {"url": "https://github.com/someone/gans.git/", "branch": "next", "path_to_book": "docs/"}
GITLAB = {"url": "https://gitlab.com/someone/gans", "branch": "main"}
COLAB = "https://colab.research.google.com/github/someone/gans/blob/next/docs/book/small.ipynb"


@pytest.mark.parametrize(
    ("setting", "for_pip", "on_colab"),
    [
        (GITHUB, "git+https://github.com/someone/gans@next#subdirectory=docs", COLAB),
        (GITLAB, "git+https://gitlab.com/someone/gans@main", ""),
        ({"url": "https://github.com/a/b"}, "git+https://github.com/a/b@main", None),
        ({"url": ""}, "", ""),
        ({}, "", ""),
    ],
)
def test_addresses_follow_from_the_setting(setting, for_pip, on_colab):
    where = Repository.of(setting)
    assert where.for_pip() == for_pip
    if on_colab is not None:
        assert where.on_colab("small") == on_colab


def built(folder: Path, repository: dict) -> Path:
    """A book of one chapter with this book's settings and extension, built strictly."""
    shutil.copytree(ROOT / "book" / "_ext", folder / "book" / "_ext")
    shutil.copytree(ROOT / "book" / "_static", folder / "book" / "_static")
    shutil.copy(ROOT / "book" / "references.bib", folder / "book")
    for name in ("pyproject.toml", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    (folder / "gan_lab").symlink_to(ROOT / "gan_lab")
    (folder / "book" / "small.md").write_text(CHAPTER)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: book/small\n")
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    config["repository"], config["execute"] = repository, {"execute_notebooks": "off"}
    (folder / "_config.yml").write_text(yaml.safe_dump(config))
    for command in (
        ["book/_ext/twins.py"],
        ["-c", "from jupyter_book.cli.main import main; main()", "build", ".", "-W", "-n"],
    ):
        made = subprocess.run(
            [sys.executable, *command], cwd=folder, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert made.returncode == 0, made.stdout[-4000:] + made.stderr[-4000:]
    return folder / "_build" / "html"


def read(site: Path, name: str = "small") -> tuple[list[str], str, str]:
    """Where a page leads on Colab, and of the notebook that it offers the title and the set-up."""
    page = (site / "book" / f"{name}.html").read_text(encoding="utf-8")
    notebook = json.loads((site / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))
    title, set_up = ("".join(cell["source"]) for cell in notebook["cells"][:2])
    return re.findall(r'href="(https://colab[^"]*)"', page), title, set_up


def test_on_github_page_and_notebook_lead_to_colab_and_the_cell_to_the_branch(tmp_path):
    leads, title, set_up = read(built(tmp_path, GITHUB))
    assert leads == [COLAB]
    assert title.startswith("# Small") and title.endswith(f"colab-badge.svg)]({COLAB})")
    assert 'REPOSITORY = "git+https://github.com/someone/gans@next#subdirectory=docs"' in set_up


def test_elsewhere_there_is_no_button_that_cannot_work(tmp_path):
    leads, title, set_up = read(built(tmp_path, GITLAB))
    assert leads == [] and "colab" not in title
    assert 'REPOSITORY = "git+https://gitlab.com/someone/gans@main"' in set_up


def test_as_long_as_it_lives_nowhere_nothing_leads_there(site):
    """The book as it is: its setting is empty."""
    leads, title, set_up = read(site, "figure_1")
    assert leads == [] and "colab" not in title
    assert 'REPOSITORY = ""' in set_up
