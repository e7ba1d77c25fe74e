"""What the pages for teachers have in common: links, each of which leads to something."""

import html
import re

from docutils.nodes import make_id
from test_questions import BOOK, LABELS, PLACE, there

PLACES = re.compile(PLACE.pattern.replace("(prf:ref|ref|doc)", "(prf:ref|ref|doc|minutes|sheet)"))
HREF = re.compile(r'href="([^"]+)"')


def page(name: str) -> str:
    return (BOOK / f"{name}.md").read_text(encoding="utf-8")


def headings(name: str) -> set[str]:
    """The anchors that Sphinx makes of a page's headings."""
    return {make_id(heading) for heading in re.findall(r"^##+ (.+)$", page(name), re.M)}


def leads_somewhere(address: str) -> bool:
    """Whether a page and an anchor are there; a link into the lab is asked of the lab itself."""
    file, _, anchor = html.unescape(address).partition("#")
    name = file.removesuffix(".html")
    if not (BOOK / f"{name}.md").is_file():
        return False
    return anchor.startswith("lab=") or anchor in headings(name) | LABELS


def lost(text: str) -> list[str]:
    """The links of a text that lead nowhere."""
    places = [name for role, name in PLACES.findall(text) if not there(of(role), name)]
    return places + [address for address in HREF.findall(text) if not leads_somewhere(address)]


def of(role: str) -> str:
    return "doc" if role in ("minutes", "sheet") else role
