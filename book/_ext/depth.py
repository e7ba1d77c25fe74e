"""Depth: what a first reader can pass by, folded from a comment to the end of its section.

    ## Two more ways to say it
    % depth: JSD as a mutual information, and as a mean of two divergences

A directive could not hold cells, and this may. In a notebook it is a section like others.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx_design.shared import create_component

MARK = re.compile(r"^% depth: (.+)$", re.MULTILINE)
FENCE = re.compile(r"^\s*(`{3,}|:{3,})(.*)$")
UNREAD = ("{code-cell}", "{dropdown}", "{solution}", "{exercise}")
"""Directives that the core is without, and code."""
SYNTAX = (
    (re.compile(r"\$\$.*?\$\$", re.S), " "),
    (re.compile(r"\$[^$]*\$"), "x"),
    (re.compile(r"^(:[\w-]+:.*|\([\w-]+\)=|%.*)$", re.M), ""),
    (re.compile(r"\{[\w:]+\}`(?:([^`<]*)<)?[^`]*`"), r"\1x"),
    (re.compile(r"\]\([^)]*\)"), "]"),
    (re.compile(r"<[a-z/][^>]*>"), ""),
)
"""What of Markdown is no word: a formula counts as one, and a reference with its own words."""
WORD = re.compile(r"[^\W\d_][\w’'-]*")


class Folded(SphinxTransform):
    """Whatever follows the mark of depth in a section, in a dropdown."""

    default_priority = 800  # when all of the page is there

    def apply(self, **kwargs):
        for mark in list(self.document.findall(nodes.comment)):
            if found := MARK.match(f"% {mark.astext()}"):
                section, at = mark.parent, mark.parent.index(mark)
                title = nodes.rubric(found[1], found[1])
                section[at:] = [fold(title, section[at + 1 :])]


def fold(title: nodes.rubric, content: list[nodes.Node]) -> nodes.Element:
    """What the directive `dropdown` would make."""
    look = {"container_classes": ["sd-mb-3", "gan-depth"], "title_classes": [], "body_classes": []}
    return create_component(
        "dropdown", opened=False, type="dropdown", has_title=True, icon=None, chevron=None,
        children=[title, *content], **look,
    )  # fmt: skip


def words_of_core(chapter: str) -> int:
    """How many words of a chapter a reader sees who opens nothing and does no exercise."""
    prose = "\n".join(core(chapter.split("\n")))
    for unread, instead in SYNTAX:
        prose = unread.sub(instead, prose)
    return len(WORD.findall(prose))


def core(lines: list[str]) -> Iterator[str]:
    """The lines of a chapter that are neither folded nor code nor an exercise."""
    open_, level, depth = [], 0, None  # fences that are open; of the present heading, of a fold
    for line in lines[lines.index("---", 1) + 1 :]:
        fence = FENCE.match(line)
        heading = re.match(r"#+ ", line) if not open_ else None
        level = len(heading[0]) - 1 if heading else level
        if depth and heading and level <= depth:
            depth = None
        if MARK.match(line):
            depth = level
        elif fence and fence[2].strip():
            open_.append(fence[2].split()[0] if fence[2].startswith("{") else "{code-cell}")
        elif fence and open_:
            open_.pop()
        elif not depth and not {*open_} & {*UNREAD}:
            yield line


def setup(app):
    app.add_transform(Folded)
