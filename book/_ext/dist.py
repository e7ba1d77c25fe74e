"""The built book as one zip, to be unpacked anywhere and read from a disk.

    python book/_ext/dist.py     what is in _build/html, as _build/how-gans-work-<version>.zip

The same pages give the same bytes: names are sorted and dates are fixed.
"""

import sys
from pathlib import Path

from build import SITE
from package import ROOT, project, zipped

LICENCES = ("LICENSE", "LICENSE-prose")


def held(site: Path, folder: str) -> dict[str, bytes]:
    """What goes into the zip, by its name there: one folder, with index.html at its top."""
    if not (site / "index.html").is_file():
        raise FileNotFoundError(f"there is no built book in {site}: `make book` makes one")
    pages = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    licences = {name: ROOT / name for name in LICENCES}
    shown = {name: path for name, path in (pages | licences).items() if not hidden(name)}
    return {f"{folder}/{name}": shown[name].read_bytes() for name in sorted(shown)}


def hidden(name: str) -> bool:
    """Whether a file is of use to Sphinx alone, as `.buildinfo` is."""
    return any(part.startswith(".") for part in name.split("/"))


def write(site: Path, to: Path) -> Path:
    """The zip, in the folder `to`."""
    folder = f"how-gans-work-{project()['version']}"
    made = to / f"{folder}.zip"
    made.write_bytes(zipped(held(site, folder)))
    return made


if __name__ == "__main__":
    try:
        made = write(SITE, SITE.parent)
    except FileNotFoundError as wrong:
        sys.exit(str(wrong))
    size = made.stat().st_size / 1e6
    print(f"{made.relative_to(ROOT)}, {size:.1f} MB: unpack it and open index.html in its folder.")
