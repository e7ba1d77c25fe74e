"""What the book asks of Sphinx beyond Jupyter Book: pages that need no network, and no stale run.

- MathJax comes from an installed package and is copied beside the pages.
- The canvas front end is written from `gan_lab.widgets` as a classic script: `file://` allows it.
- sphinx-thebe, always loaded by Jupyter Book, asks the network for a kernel: it is dropped.
- The chapters' kernels inherit `GAN_LAB_STATIC=1`, so a player shows itself as plain HTML.
- The execution cache knows only the cells of a chapter; `stale.py` knows what else they need.
- The bibliography's entries get the role that a list's parts have.
- `{api} gan_lab.module` documents a module from its docstrings, which are Markdown.
- A claim's name links to its entry in the ledger, whose page is also written as `claims.json`.
"""

import importlib
import inspect
import os
import re
import shutil
from pathlib import Path

import stale
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = re.compile(r'<script type="application/json" class="claims">(.+?)</script>', re.S)
MATHJAX = ("tex-mml-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")


def no_launch_without_a_repository(app, config):
    """The theme fails on a launch button whose repository is not set."""
    if not config.html_theme_options.get("repository_url"):
        config.html_theme_options["launch_buttons"] = {}


def stale_pages(app, env, added, changed, removed):
    """Forget the runs that are not true any more; all pages when what they share has changed."""
    chapters = [Path(env.doc2path(page)) for page in sorted(env.found_docs)]
    made = stale.chapters_made_with(chapters)
    cache = Path(env.mystnb_config.execution_cache_path)
    for chapter, why in stale.forget_stale_runs(cache, made).items():
        logger.info("The run of %s is forgotten: %s", chapter, why)
    mark, app.gan_pages_made_with = pages_mark(app), stale.pages_made_with(made)
    same = mark.exists() and mark.read_text() == app.gan_pages_made_with
    mark.unlink(missing_ok=True)  # until all are written
    return [] if same else list(env.found_docs)


def pages_are_made(app, exception):
    """Say what the pages were made with, unless a next build should say a warning again."""
    if not exception and not app._warncount:
        pages_mark(app).write_text(app.gan_pages_made_with)


def pages_mark(app) -> Path:
    return Path(app.outdir).parent / f"{app.builder.name}_made_with.sha256"


def drop_thebe(app, pagename, templatename, context, doctree):
    context["script_files"] = [
        script
        for script in context["script_files"]
        if "thebe" not in f"{getattr(script, 'filename', script)} {script.attributes}"
    ]


def entries_are_items(app, pagename, templatename, context, doctree):
    """docutils calls the bibliography a list and its entries by a role that no list may have."""
    if 'class="citation-list"' in context.get("body", ""):
        context["body"] = context["body"].replace('role="doc-biblioentry"', 'role="listitem"')


def copy_what_pages_need(app, exception):
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    package = Path(importlib.import_module("sphinx-mathjax-offline").__file__).parent
    for part in MATHJAX:
        source, target = package / "static" / "mathjax" / part, static / "mathjax" / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        else:
            shutil.copy(source, target)


def write_front_end(app):
    from gan_lab.widgets.front_end import classic

    folder = Path(app.outdir).parent / "front_end"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gan_lab.js").write_text(classic(), encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def signature(thing) -> str:
    """The call, without annotations: shapes and units stand in the docstring."""
    try:
        call = inspect.signature(thing)
    except ValueError:
        return ""
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for name, parameter in call.parameters.items()
        if name != "self"
    ]
    return str(call.replace(parameters=bare, return_annotation=inspect.Signature.empty))


def own(module, thing) -> bool:
    return getattr(thing, "__module__", None) == module.__name__


class ClaimRole(SphinxRole):
    """A claim of the ledger by its name, with the way there."""

    def run(self):
        link = nodes.reference(refuri=f"claims.html#claim-{self.text}")
        link += nodes.literal(self.text, self.text)
        words = [nodes.emphasis("", part) for part in ("Claim", "in the ledger.")]
        return [words[0], nodes.Text(" "), link, nodes.Text(" "), words[1]], []


def write_claims(app, exception):
    """The ledger's page as data, beside it."""
    page = Path(app.outdir) / "book" / "claims.html"
    if exception or not page.exists():
        return
    found = CLAIMS.search(page.read_text(encoding="utf-8"))
    page.with_suffix(".json").write_text(found[1].replace(r"<\/", "</"), encoding="utf-8")


class Api(SphinxDirective):
    """Everything public that a module defines, from its docstrings."""

    required_arguments = 1

    def run(self):
        module = importlib.import_module(self.arguments[0])
        lines = [inspect.getdoc(module) or "", "", f"```{{py:module}} {module.__name__}", "```", ""]
        for name, thing in vars(module).items():
            if name.startswith("_") or not own(module, thing):
                continue
            if inspect.isclass(thing):
                lines += self.entry("class", name, thing, self.members(thing))
            elif inspect.isfunction(thing):
                lines += self.entry("function", name, thing)
        container = nodes.container(classes=["api"])
        text = "\n".join(lines).split("\n")
        self.state.nested_parse(StringList(text, source=module.__name__), 0, container)
        return container.children

    def members(self, thing) -> list[str]:
        lines = []
        for name, member in vars(thing).items():
            if name.startswith("_"):
                continue
            inner = member.fget if isinstance(member, property) else member
            inner = getattr(inner, "__func__", inner)
            if not inspect.isfunction(inner) or not inner.__doc__:  # a base class has its words
                continue
            kind = "property" if isinstance(member, property) else "method"
            lines += self.entry(kind, name, inner, fence="::::")
        return lines

    def entry(self, kind, name, thing, inner=(), fence=":::::") -> list[str]:
        call = "" if kind == "property" else signature(thing)
        doc = inspect.getdoc(thing) or ""
        return [f"{fence}{{py:{kind}}} {name}{call}", "", *doc.split("\n"), "", *inner, fence, ""]


def setup(app):
    os.environ["GAN_LAB_STATIC"] = "1"
    app.add_directive("api", Api)
    app.add_role("claim", ClaimRole())
    app.add_js_file("gan_lab.js")
    app.add_css_file("book.css")
    app.connect("config-inited", no_launch_without_a_repository)
    app.connect("builder-inited", write_front_end)
    app.connect("env-get-outdated", stale_pages)
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("html-page-context", entries_are_items)
    app.connect("build-finished", copy_what_pages_need)
    app.connect("build-finished", write_claims)
    app.connect("build-finished", pages_are_made, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
