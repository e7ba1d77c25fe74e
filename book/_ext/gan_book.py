"""What the book asks of Sphinx beyond Jupyter Book: pages that need no network, and no stale run.

- MathJax comes from an installed package and is copied beside the pages.
- The canvas front end is written from `gan_lab.widgets` as a classic script: `file://` allows it.
- sphinx-thebe, always loaded by Jupyter Book, asks the network for a kernel: it is dropped.
- The chapters' kernels inherit `GAN_LAB_STATIC=1`, so a player shows itself as plain HTML.
- The execution cache knows only the cells of a chapter; `stale.py` knows what else they need.
- Chapters that have to be run are run beside each other (`runs.py`).
- While a page scrolls, the theme does not take links into the lab for names of its sections.
- The bibliography's entries get the role that a list's parts have, and labels as in the text.
- `{api} gan_lab.module` documents a module from its docstrings (`api.py`).
- `{recipe-fields}` is the table of a recipe's fields, from its schema.
- `{rooms}` draws the rooms of the package from its imports.
- A claim's name links to its entry in the ledger, whose page is also written as `claims.json`.
- Each page's menu offers its notebook, plain and self-contained, and the package (`downloads.py`).
- What is marked as depth is folded (`depth.py`).
- Each chapter's exercises are written as sheets to print, with and without answers (`sheets.py`).
- `{minutes}` and `{sheet}` tell a chapter's own minutes, and where its sheets are (`openings.py`).
- A formula in a sentence stays on the line of the comma that follows it (`unbroken.py`).
"""

import importlib
import os
import re
import shutil
from pathlib import Path

import api
import citations
import depth
import downloads
import openings
import recipe_fields
import rooms
import sheets
import stale
import unbroken
from docutils import nodes
from docutils.statemachine import StringList
from repository import Repository
from runs import run_chapters
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

logger = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
CLAIMS = re.compile(r'<script type="application/json" class="claims">(.+?)</script>', re.S)
MATHJAX = ("tex-mml-chtml.js", "output/chtml/fonts/woff-v2", "input/tex/extensions")


def launch_where_colab_can(app, config):
    """The theme fails on a launch button without a repository, and Colab opens GitHub's alone."""
    theme = config.html_theme_options
    where = Repository.of({"url": theme.get("repository_url")})
    theme["repository_url"] = where.url
    if not where.on_colab(""):
        theme["launch_buttons"] = {}


def stale_pages(app, env, added, changed, removed):
    """Forget the runs that are not true any more; all pages when what they read has changed."""
    chapters = [Path(env.doc2path(page)) for page in sorted(env.found_docs)]
    made = stale.chapters_made_with(chapters)
    cache = Path(env.mystnb_config.execution_cache_path)
    for chapter, why in stale.forget_stale_runs(cache, made).items():
        logger.info("The run of %s is forgotten: %s", chapter, why)
    run_chapters(chapters, cache, env.mystnb_config.execution_timeout)
    mark, now = pages_mark(app), [stale.pages_read_from(made), stale.pages_shown_with()]
    before = mark.read_text().split() if mark.exists() else []
    mark.unlink(missing_ok=True)  # until all are written
    app.gan_pages_made_with, app.gan_pages_made_before = now, before
    return [] if before[:1] == now[:1] else list(env.found_docs)


def pages_to_write(app, env):
    """All pages, as they were read, when what they load has changed."""
    return [] if app.gan_pages_made_before == app.gan_pages_made_with else list(env.found_docs)


def pages_are_made(app, exception):
    """Say what the pages were made with, unless a next build should say a warning again."""
    if not exception and not app._warncount:
        pages_mark(app).write_text("\n".join(app.gan_pages_made_with))


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


def follow_no_links_into_the_lab(app, pagename, templatename, context, doctree):
    """The theme follows the links of this element while the page scrolls; without it, all links of
    the page, among which it would take those into the lab for names of sections."""
    if "#lab=" in context.get("body", ""):
        context["body"] = f'<nav class="bd-toc-nav" hidden></nav>\n{context["body"]}'


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
    # for who works on the theme, 3 MB, and for browsers that know no woff2
    for kind in ("map", "ttf", "po", "mo"):
        for unread in static.rglob(f"*.{kind}"):
            unread.unlink()


def write_front_end(app):
    """The page's script, small: what is read are the modules that it is joined from."""
    from rjsmin import jsmin

    from gan_lab.widgets.bundle import classic

    folder = Path(app.outdir).parent / "front_end"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gan_lab.js").write_text(jsmin(classic()), encoding="utf-8")
    app.config.html_static_path.append(str(folder))


def write_downloads(app, exception):
    if not exception and app.builder.format == "html":
        downloads.write(Path(app.outdir))


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


class RecipeFields(SphinxDirective):
    """What each field of a recipe may be, and where a reader finds it."""

    def run(self):
        container = nodes.container()
        lines = StringList(recipe_fields.table(), source="gan_lab.training.schema")
        self.state.nested_parse(lines, 0, container)
        return container.children


class Rooms(SphinxDirective):
    """The picture of the rooms, each leading to its page of the reference."""

    def run(self):
        reference = Path(self.env.srcdir, "book", "api").glob("*.md")
        pages = {path.stem: f"api/{path.stem}.html" for path in reference}
        text = rooms.picture(pages | dict.fromkeys(("plots", "films"), "api/recording.html"))
        return [nodes.raw("", text, format="html")]


def setup(app):
    os.environ["GAN_LAB_STATIC"] = "1"
    citations.register()
    api.setup(app)
    depth.setup(app)
    sheets.setup(app)
    openings.setup(app)
    app.add_directive("recipe-fields", RecipeFields)
    app.add_directive("rooms", Rooms)
    app.add_role("claim", ClaimRole())
    app.add_js_file("gan_lab.js")
    app.add_js_file("downloads.js")
    app.add_js_file("folds.js")
    app.add_css_file("book.css")
    app.connect("config-inited", launch_where_colab_can)
    app.connect("builder-inited", write_front_end)
    app.connect("env-get-outdated", stale_pages)
    app.connect("env-get-updated", pages_to_write)
    app.connect("html-page-context", drop_thebe, priority=900)
    app.connect("html-page-context", entries_are_items)
    app.connect("html-page-context", unbroken.keep_marks)
    app.connect("html-page-context", follow_no_links_into_the_lab)
    app.connect("html-page-context", downloads.offer, priority=900)
    app.connect("build-finished", copy_what_pages_need)
    app.connect("build-finished", write_downloads)
    app.connect("build-finished", write_claims)
    app.connect("build-finished", pages_are_made, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
