"""The reference: a room's public names in a table, and each where its module is described.

- `{room} gan_lab.theory` is the table of a room's public names, by autosummary.
- `{api} gan_lab.theory.game` is a module: its own words, which are Markdown, and the docstrings
  of its public names, which are numpydoc, by autodoc and napoleon.
- `{inside} gan_lab.theory` lists the modules that have no public name.

What is public is what the `__all__` of a module says, or else that of the nearest package around
it; and an entry stands under the name by which it is imported from there.
"""

import inspect
import pkgutil
import re
from importlib import import_module

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.docutils import SphinxDirective

KINDS = {True: "autoclass", False: "autofunction"}


def face(name: str):
    """The module whose `__all__` says what of a module is public, itself or a package around it."""
    module = import_module(name)
    return module if hasattr(module, "__all__") else face(name.rpartition(".")[0])


def says_what_it_is(name: str, value: str) -> bool:
    """Whether a module has a value that is followed by its docstring."""
    return ("", value) in ModuleAnalyzer.for_module(name).find_attr_docs()


def public(name: str) -> dict[str, str]:
    """What a module defines of the public names: the name in full, and the directive for it."""
    found, module, listed = {}, import_module(name), face(name)
    for shown in listed.__all__:
        thing = vars(module).get(shown)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            if thing.__module__ == name:
                found[f"{listed.__name__}.{shown}"] = KINDS[inspect.isclass(thing)]
        elif shown in vars(module) and says_what_it_is(name, shown):
            found[f"{name}.{shown}"] = "autodata"
    return found


def entry(name: str, kind: str) -> list[str]:
    """The directive of an entry. A class shows what it has from bases that have no entry."""
    if kind == "autoclass":
        room, _, shown = name.rpartition(".")
        bases = inspect.getmro(getattr(import_module(room), shown))[1:]
        told_elsewhere = ", ".join(base.__name__ for base in bases if not is_inside(base))
        return [f".. {kind}:: {name}", f"   :inherited-members: {told_elsewhere}"]
    return [f".. {kind}:: {name}", *["   :no-value:"] * (kind == "autodata")]


def is_inside(thing: type) -> bool:
    """Whether a class is the package's own, and not public."""
    name = thing.__module__
    return name.startswith("gan_lab.") and thing.__name__ not in face(name).__all__


def modules(room: str) -> list[str]:
    """A room, if it is one module, or the modules in it; packages in it are rooms of their own."""
    inside = pkgutil.iter_modules(getattr(import_module(room), "__path__", []))
    return [f"{room}.{found.name}" for found in inside if not found.ispkg] or [room]


def documented(app, what, name, obj, skip, options) -> bool | None:
    """The fields of a named tuple are told by the tuple's docstring."""
    return True if type(obj).__name__ == "_tuplegetter" else None


def names_only(app, env, node, contnode):
    """A word in backticks that is the name of nothing is code: it may be anything."""
    return contnode if node.get("reftype") == "obj" and not node.get("refexplicit") else None


class Lines(SphinxDirective):
    """A directive that is Markdown made of its argument."""

    required_arguments = 1

    def run(self):
        container = nodes.container()
        text = [line for block in self.lines(self.arguments[0]) for line in block.split("\n")]
        self.state.nested_parse(StringList(text, source=self.arguments[0]), 0, container)
        return container.children


class Room(Lines):
    def lines(self, room: str) -> list[str]:
        names = sorted({name for module in modules(room) for name in public(module)}, key=last)
        entries = [f"   ~{name}" for name in names]
        # The names are in full: autosummary warns of those in the module that is being described.
        head = [f".. py:module:: {room}", ".. py:currentmodule:: None", ".. autosummary::"]
        return ["```{eval-rst}", *head, "   :nosignatures:", "", *entries, "```"]


class Api(Lines):
    def lines(self, name: str) -> list[str]:
        entries = [line for pair in public(name).items() for line in (*entry(*pair), "")]
        return [inspect.getdoc(import_module(name)) or "", "", "```{eval-rst}", *entries, "```"]


class Inside(Lines):
    def lines(self, room: str) -> list[str]:
        inside = [name for name in modules(room) if not public(name)]
        return [f"- `{name.removeprefix(room + '.')}`: {first(name)}" for name in inside]


def last(name: str) -> str:
    return name.rpartition(".")[2].lower()


def first(name: str) -> str:
    """The first sentence of a module's docstring, or the paragraph, where it is one sentence."""
    paragraph = " ".join((inspect.getdoc(import_module(name)) or "").partition("\n\n")[0].split())
    return re.split(r"(?<=\.) ", paragraph)[0]


def setup(app):
    app.add_directive("room", Room)
    app.add_directive("api", Api)
    app.add_directive("inside", Inside)
    app.connect("autodoc-skip-member", documented)
    app.connect("missing-reference", names_only)
