"""`python -m gan_lab verify`: check every claim of the book and say which ones fail."""

from __future__ import annotations

import sys

from gan_lab import __version__

USAGE = "usage: python -m gan_lab verify"

HELP = f"""{USAGE}

  verify       check every claim of the book by numbers and by algebra, a line each
  --version    the version of this package
  -h, --help   this text

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


def main(words: list[str] | None = None) -> int:
    """The exit code of a command line: 0, 1 when a claim fails, 2 when it is not understood."""
    words = sys.argv[1:] if words is None else words
    if words == ["verify"]:
        return verify()
    if words in (["--help"], ["-h"]):
        print(HELP)
        return 0
    if words == ["--version"]:
        print(f"gan_lab {__version__}")
        return 0
    given = " ".join(words) or "nothing"
    print(f"gan_lab knows the command verify, and was given {given}. {USAGE}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
