"""The notebook twin of each chapter: what Jupyter and Colab open.

`book/*.md` is the source; a twin is made from it and committed without outputs. Jupyter shows
a MyST directive as a grey block of code, so each directive and role becomes plain Markdown here,
and one that this file does not know is an error, not a guess. The same source gives the same bytes.

    python book/_ext/twins.py            write the twins
    python book/_ext/twins.py --check    say which are out of step; exit 1 if any

A self-contained twin is the same with the package in its set-up cell (`set_up.py`); it is made when
the book is built (`downloads.py`), and not committed.
"""

import hashlib
import json
import re
import sys
from pathlib import Path

import jupytext
import yaml
from pybtex.database import parse_file
from repository import Repository

BOOK = Path(__file__).resolve().parents[1]
FENCE = re.compile(r"^(`{3,}|:{3,})\{([\w:-]+)\}\s*(.*)$")
OPTION = re.compile(r"^:([\w-]+):\s*(.*)$")
ROLE = re.compile(r"\{([\w:-]+)\}`([^`]+)`")
TARGET = re.compile(r"^\(([\w-]+)\)=$")
CLAIM_KINDS = {
    "theorem", "proposition", "lemma", "corollary", "definition", "remark", "algorithm",
    "observation",
}  # fmt: skip
ADMONITIONS = {"note", "tip", "warning", "important", "admonition"}

SET_UP = Path(__file__).with_name("set_up.py").read_text(encoding="utf-8").rstrip("\n")
EMPTY = r"CARRIED = \"\""  # in a notebook's JSON
BADGE = "[![Open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]({})"


class Labels:
    """What a label of the book names, so that a reference can be a sentence and a link."""

    def __init__(self, book: Path):
        self.of = {}
        self.notebooks = {chapter.stem for chapter in chapters(book)}
        for chapter in sorted(book.glob("*.md")):
            self.read(chapter.stem, chapter.read_text(encoding="utf-8").split("\n"))
        self.bibliography = parse_file(str(book / "references.bib")).entries

    def read(self, stem, lines):
        pending, opened = [], None
        for line in lines:
            if target := TARGET.match(line):
                pending.append(target[1])
            elif fence := FENCE.match(line):
                opened = (fence[2], fence[3])
            elif (option := OPTION.match(line)) and option[1] == "label" and opened:
                self.of[option[2]] = (stem, title_of(*opened))
            elif line.startswith("#") and pending:
                for label in pending:
                    self.of[label] = (stem, line.lstrip("# "))
                pending = []

    def link(self, label, words=None) -> str:
        if label not in self.of:
            raise ValueError(f"no chapter defines the label '{label}'")
        stem, title = self.of[label]
        return self.page(stem, words or title)

    def page(self, stem, words) -> str:
        return f"[{words}]({stem}.{'ipynb' if stem in self.notebooks else 'md'})"

    def citation(self, key, textual) -> str:
        if key not in self.bibliography:
            raise ValueError(f"references.bib has no entry '{key}'")
        entry = self.bibliography[key]
        names = ["".join(map(str, p.last_names)) for p in entry.persons["author"]]
        who = names[0] if len(names) == 1 else " and ".join(names)
        who = who if len(names) < 3 else f"{names[0]} et al."
        year = entry.fields["year"]
        return f"{who} ({year})" if textual else f"({who}, {year})"


def title_of(directive, argument) -> str:
    word = directive.split(":")[-1].capitalize()
    return f"{word} ({argument})" if argument else word


def plain(text: str, labels: Labels) -> str:
    """MyST Markdown as the Markdown that a notebook shows."""
    lines, out, i = text.split("\n"), [], 0
    while i < len(lines):
        fence = FENCE.match(lines[i])
        if fence:
            end = closing(lines, i, fence[1])
            out += directive(fence[2], fence[3], lines[i + 1 : end], labels)
            i = end
        elif not TARGET.match(lines[i]) and not lines[i].startswith("%"):
            out.append(ROLE.sub(lambda match: role(match[1], match[2], labels), lines[i]))
        i += 1
    return "\n".join(out)


def closing(lines, start, fence) -> int:
    for j in range(start + 1, len(lines)):
        stripped = lines[j].strip()
        if stripped and set(stripped) == {fence[0]} and len(stripped) >= len(fence):
            return j
    raise ValueError(f"the directive '{lines[start]}' is not closed")


def directive(name, argument, body, labels) -> list[str]:
    while body and (OPTION.match(body[0]) or not body[0].strip()):
        body = body[1:]
    inner = plain("\n".join(body), labels).strip("\n").split("\n")
    domain, _, kind = name.rpartition(":")
    if domain == "prf" and kind in CLAIM_KINDS:
        return quoted(title_of(kind, argument), inner)
    if domain == "prf" and kind == "proof":
        return ["*Proof.* " + inner[0], *inner[1:], "", "∎"]
    if name == "exercise":
        return quoted(title_of(name, argument), inner)
    if name in {"solution", "dropdown"}:
        summary = "Solution" if name == "solution" else argument
        return ["<details>", f"<summary>{summary}</summary>", "", *inner, "", "</details>"]
    if name in ADMONITIONS:
        return quoted(argument or name.capitalize(), inner)
    if name == "math":
        return ["$$", *inner, "$$"]
    raise ValueError(f"a twin cannot show the directive '{{{name}}}': teach book/_ext/twins.py")


def quoted(title, inner) -> list[str]:
    return [f"> **{title}.**", ">", *(f"> {line}".rstrip() for line in inner)]


def role(name, text, labels) -> str:
    words, _, target = text.rpartition("<")
    words, target = (words.strip(), target.rstrip(">")) if words else (None, text)
    if name == "claim":
        return f"*Claim* [`{text}`](claims.ipynb) *in the ledger.*"
    if name in {"ref", "prf:ref", "numref"}:
        return labels.link(target, words)
    if name == "doc":
        stem = target.rsplit("/", 1)[-1]
        return labels.page(stem, words or stem)
    if name == "term":
        return words or target
    if name in {"cite", "cite:p", "cite:t"}:
        return "; ".join(labels.citation(k.strip(), name == "cite:t") for k in text.split(","))
    raise ValueError(f"a twin cannot show the role '{{{name}}}': teach book/_ext/twins.py")


def twin(chapter: Path, labels: Labels, repository: Repository) -> str:
    """The notebook of one chapter, as text."""
    book = jupytext.read(chapter)
    cells = []
    for cell in book.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown":
            cells.append(("markdown", plain(cell.source, labels), {}))
        elif cell.cell_type == "code":
            metadata = {"tags": tags} if tags else {}
            if {"hide-input", "remove-input", "remove-cell"} & set(tags):
                metadata["jupyter"] = {"source_hidden": True}
            cells.append(("code", cell.source, metadata))
    form = {"cellView": "form", "jupyter": {"source_hidden": True}, "tags": ["set-up"]}
    cells.insert(1, ("code", set_up(repository), form))
    if address := repository.on_colab(chapter.stem):
        cells[0] = ("markdown", f"{cells[0][1]}\n\n{BADGE.format(address)}", {})
    notebook = {
        "cells": [as_cell(chapter.stem, i, *cell) for i, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def set_up(repository: Repository) -> str:
    """The cell that finds the package, or brings it."""
    return SET_UP.replace('REPOSITORY = ""', f'REPOSITORY = "{repository.for_pip()}"')


def self_contained(twin: str, packed: str) -> str:
    """A twin, as text, that carries the package."""
    return twin.replace(EMPTY, carrying(packed))


def carrying(packed: str) -> str:
    """What stands in a self-contained twin's JSON where another has `EMPTY`."""
    return json.dumps(f'CARRIED = """\n{packed}"""')[1:-1]


def as_cell(stem, i, kind, source, metadata) -> dict:
    cell = {
        "cell_type": kind,
        "id": hashlib.sha256(f"{stem}/{i}".encode()).hexdigest()[:12],
        "metadata": metadata,
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def chapters(book: Path = BOOK) -> list[Path]:
    return [c for c in sorted(book.glob("*.md")) if "{code-cell}" in c.read_text(encoding="utf-8")]


def twins(book: Path = BOOK) -> dict[Path, str]:
    """Every twin that should be there, and its text."""
    config = yaml.safe_load((book.parent / "_config.yml").read_text(encoding="utf-8"))
    repository, labels = Repository.of(config["repository"]), Labels(book)
    made = {}
    for chapter in chapters(book):
        try:
            made[chapter.with_suffix(".ipynb")] = twin(chapter, labels, repository)
        except ValueError as error:
            raise ValueError(f"{chapter.name}: {error}") from None
    return made


def out_of_step(book: Path = BOOK) -> list[str]:
    wanted = twins(book)
    strays = [path.name for path in book.glob("*.ipynb") if path not in wanted]
    return strays + [
        path.name
        for path, text in wanted.items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str]) -> int:
    if "--check" in arguments:
        late = out_of_step()
        print(f"out of step: {', '.join(late)}; run 'make notebooks'" if late else "in step")
        return 1 if late else 0
    for path, text in twins().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(BOOK.parent))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
