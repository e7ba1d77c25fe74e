"""What a page offers to take along: its notebook, plain and self-contained, and the package.

    _build/html/notebooks/<chapter>.ipynb         the twin
    _build/html/notebooks/<chapter>-colab.ipynb   the twin with the package inside
    _build/html/notebooks/from_disk.js            both, for pages that are read from a disk
    _build/html/_static/gan_lab_book-....whl      the package

Both may lie in one folder of downloads, so each has a name of its own.

A browser shows a notebook that lies beside a page on a disk as text and does not save it; nor may
the page read it. A script it may load: `book/_static/downloads.js` takes the notebooks from there.
"""

import json
from pathlib import Path

import package
import twins

FOLDER = "notebooks"
SELF_CONTAINED = "-colab"
"""What the name of a notebook that has the package inside ends in."""


def write(site: Path, book: Path = twins.BOOK) -> None:
    """All that the menus offer, into the built site."""
    held, made = package.files(), twins.twins(book)
    packed = package.packed(held)
    project = package.project()
    put(site / "_static" / package.wheel_name(project), package.wheel(project, held))
    for path, text in made.items():
        put(site / FOLDER / path.name, text.encode())
        inside = site / FOLDER / f"{path.stem}{SELF_CONTAINED}.ipynb"
        put(inside, twins.self_contained(text, packed).encode())
    from_disk = {
        "twins": {path.name: text for path, text in made.items()},
        "selfContained": SELF_CONTAINED,
        "empty": twins.EMPTY,
        "carrying": twins.carrying(packed),
    }
    script = f"window.GanNotebooks = {json.dumps(from_disk)};\n"
    put(site / FOLDER / "from_disk.js", script.encode())


def put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def offer(app, pagename, templatename, context, doctree):
    """The menu *Download this page*, in words that say which to take."""
    menu = next((b for b in context.get("header_buttons", ()) if is_the_menu(b)), None)
    if menu is None:
        return
    menu["tooltip"] = "Download this chapter"
    links = {button["label"]: button for button in menu["buttons"]}
    links["download-source-button"]["text"] = "Source of the page (.md)"
    links["download-pdf-button"]["text"] = "Print, or save as PDF"
    links.pop("download-notebook-button", None)  # the theme's, with the outputs of the build
    menu["buttons"] = [*notebooks(context["pathto"], pagename), *links.values()]


def is_the_menu(button: dict) -> bool:
    return button.get("label") == "download-buttons"


def notebooks(pathto, pagename: str) -> list[dict]:
    name = Path(pagename).name
    if not (twins.BOOK / f"{name}.ipynb").exists():
        return []
    wheel = package.wheel_name(package.project())
    return [
        link(
            pathto(f"{FOLDER}/{name}{SELF_CONTAINED}.ipynb", 1),
            "Self-contained notebook, for Colab",
            "Has the package inside: runs on Colab, and in any Jupyter with torch",
            "fas fa-box",
        ),
        link(
            pathto(f"{FOLDER}/{name}.ipynb", 1),
            "Notebook, where gan_lab is installed",
            "Finds the package where it is installed, or its wheel beside the notebook",
            "fas fa-code",
        ),
        link(
            pathto(f"_static/{wheel}", 1),
            "Package gan_lab (.whl)",
            "To be installed with pip, or to lie beside the notebook",
            "fas fa-cube",
        ),
    ]


def link(url: str, text: str, tooltip: str, icon: str) -> dict:
    return {
        "type": "link",
        "url": url,
        "text": text,
        "tooltip": tooltip,
        "icon": icon,
        "label": "download-notebook-button",
    }
