"""`python -m gan_lab verify` checks every claim of the book, and `embed` makes a page of a lab."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from gan_lab import __version__

USAGE = "usage: python -m gan_lab verify | embed RECIPE [-o FILE]"

HELP = f"""{USAGE}

  verify                   check every claim of the book by numbers and by algebra, a line each
  embed RECIPE [-o FILE]   a page with a lab that trains there, as one file (lab.html) that needs
                           no network; RECIPE is the name of a preset, a file with the JSON of a
                           recipe, or a saved recording, which is played
  --version                the version of this package
  -h, --help               this text

In Python: import gan_lab as gl; gl.play(gl.record(gl.Training(gl.PRESETS["gaussian"])))"""


def verify(ledger=None, out=None) -> int:
    """Check the claims one after another, a line each. Returns 0, or 1 when one fails."""
    from gan_lab.theory.proofs import LEDGER, check

    ledger = LEDGER if ledger is None else ledger
    failed = []
    for i, (name, claim) in enumerate(ledger.items(), 1):
        print(f"[{i:2}/{len(ledger)}] {name:22}", end=" ", flush=True, file=out)
        report = check(claim)
        words = "holds" if report.passed else "FAILS"
        algebra = {True: "ok", False: "NOT CONFIRMED", None: "--"}[report.symbolic_ok]
        print(
            f"{words}  algebra {algebra}  residual {report.residual:.1e}  "
            f"tolerance {report.tolerance:.1e}  {claim.kind}: {claim.plain}",
            file=out,
        )
        for words in report.rivals:
            print(f"        holds as well where it must not: {words}", file=out)
        if not report.passed:
            failed.append(name)
    if failed:
        print(f"{len(failed)} of {len(ledger)} claims fail: {', '.join(failed)}.", file=out)
        return 1
    print(f"All {len(ledger)} claims hold.", file=out)
    return 0


def lab_of(recipe):
    """A lab, which trains no pictures in a page."""
    from gan_lab.widgets.lab_figure import lab, of_images

    if of_images(recipe):
        raise ValueError("A page trains no games of pictures: embed a saved recording of one.")
    return lab(recipe)


def figure_of(words: str):
    """What a page is to show: a lab of a preset or of a recipe in a file, or a recording.

    Raises ValueError, or OSError, with one sentence.
    """
    import gan_lab as gl
    from gan_lab.training.recipe import PRESETS, Recipe

    if words in PRESETS:
        return lab_of(PRESETS[words])
    path = Path(words)
    if not path.is_file():
        names = ", ".join(PRESETS)
        raise ValueError(f"{words or 'nothing'} is neither a file nor a preset, which are {names}.")
    try:
        if path.suffix == ".json":
            return lab_of(Recipe.from_dict(json_in(path)))
        return gl.play(gl.load(path))
    except (ValueError, TypeError) as wrong:
        raise ValueError(f"{words}: {wrong}") from wrong


def json_in(path: Path):
    """What a file of JSON holds."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise ValueError(f"a recipe must be written in JSON, and this is none: {wrong}") from wrong


def embed(words: str, to: str) -> int:
    """Write a page of a lab or of a recording. Returns 0, or 2 with a sentence."""
    from gan_lab.widgets import one_file

    try:
        if Path(to).exists() and Path(words).exists() and Path(to).samefile(words):
            raise ValueError(f"{to} is what the page is made of: give the page another name.")
        page = one_file(figure_of(words))
        Path(to).write_text(page, encoding="utf-8")
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except OSError as wrong:
        print(f"{wrong.filename}: {wrong.strerror}.", file=sys.stderr)
        return 2
    print(f"{to}, {len(page) / 1000:.0f} kB: a page of its own, which needs no network.")
    print(f'In a page of yours: <iframe src="{to}" sandbox="allow-scripts"></iframe>')
    return 0


def main(words: list[str] | None = None) -> int:
    """The exit code of a command line: 0, 1 when a claim fails, 2 when it is not understood."""
    words = sys.argv[1:] if words is None else words
    if {"--help", "-h"} & set(words):
        print(HELP)
        return 0
    if words == ["verify"]:
        return verify()
    match words:
        case ["embed", recipe]:
            return embed(recipe, "lab.html")
        case ["embed", recipe, "-o", to]:
            return embed(recipe, to)
    if words == ["--version"]:
        print(f"gan_lab {__version__}")
        return 0
    given = " ".join(words) or "nothing"
    print(
        f"gan_lab knows the commands verify and embed, and was given {given}. {USAGE}",
        file=sys.stderr,
    )
    return 2


if __name__ == "__main__":
    sys.exit(main())
