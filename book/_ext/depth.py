"""Depth: what a first reader can pass by, folded from a comment to the end of its section.

    ## Two more ways to say it
    % depth: JSD as a mutual information, and as a mean of two divergences

A directive could not hold cells, and this may. In a notebook it is a section like others.
"""

import re

from docutils import nodes
from sphinx.transforms import SphinxTransform
from sphinx_design.shared import create_component

MARK = re.compile(r"^% depth: (.+)$", re.MULTILINE)


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


def setup(app):
    app.add_transform(Folded)
