"""What other pages say of a chapter, read from the chapter itself.

- `{minutes}` and a chapter's name: the minutes of its opening, such as "20 minutes".
- `{sheet}` and a chapter's name: the way to its sheets, which `sheets.py` writes.
"""

import re
from pathlib import Path

from docutils import nodes
from sheets import FOLDER, WITH_ANSWERS
from sphinx.util.docutils import SphinxRole

BOOK = Path(__file__).resolve().parents[1]
MINUTES = re.compile(r"\*Time:\*\s(\d+)\sminutes")


def minutes(name: str) -> str:
    """How long a chapter takes, as its opening says."""
    return f"{MINUTES.search((BOOK / f'{name}.md').read_text(encoding='utf-8'))[1]} minutes"


class Minutes(SphinxRole):
    def run(self):
        self.env.note_dependency(str(BOOK / f"{self.text}.md"))
        return [nodes.Text(minutes(self.text))], []


class Sheet(SphinxRole):
    def run(self):
        links = [
            nodes.reference("", words, refuri=f"../{FOLDER}/{self.text}{ending}.html")
            for words, ending in {"sheet": "", "with answers": WITH_ANSWERS}.items()
        ]
        return [links[0], nodes.Text(", "), links[1]], []


def setup(app):
    app.add_role("minutes", Minutes())
    app.add_role("sheet", Sheet())
