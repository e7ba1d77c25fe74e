"""A figure as one file: a page that brings its script, asks for nothing, and also runs in a frame.

What a page's *Share* makes of a figure (`ui/share/one_file.js`), made in Python.
"""

import html
import re

from gan_lab.widgets.bundle import CARRY, classic, modules, script_of, variable
from gan_lab.widgets.shown import Shown

PAGE = """<!doctype html>
<html lang="en" data-alone>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ margin: 0 auto; max-width: 76rem; padding: 0 1rem; background: white; color: #1c2024;
font: 16px/1.5 system-ui, sans-serif; }} h1 {{ font-size: 1.2rem; }}</style>
<main>
<h1>{title}</h1>
{figure}
<p>Made with gan-lab-book. Text and figures: CC BY 4.0; code: MIT.</p>
</main>
<script>{script}</script>
</html>
"""


def one_file(figure: Shown, title: str = "A GAN in a page") -> str:
    """A page with one figure that works without a network and without other files.

    It may be opened from a disk, sent, or shown in a page of yours:
    `<iframe src="lab.html" sandbox="allow-scripts">`. Where rjsmin is installed it is smaller.

    Parameters
    ----------
    figure : Shown
        What `gl.lab`, `gl.play` or one of `widgets.explore` returns.
    title : str
        Its heading.

    Returns
    -------
    str
        The page as HTML.

    Raises
    ------
    TypeError
        When the figure is none of these.

    Examples
    --------
    >>> from gan_lab.widgets import explore, one_file
    >>> page = one_file(explore.pair(), "Two densities and their best discriminator")
    >>> "http" in page.split("<script>")[0]
    False
    """
    if not isinstance(figure, Shown):
        raise TypeError(
            f"one_file takes what lab, play or explore returns, and got {type(figure).__name__}"
        )
    safe = re.sub(r"<(?=/script|!--)", r"\\x3c", minified(script(*figure.mounted)), flags=re.I)
    return PAGE.format(title=html.escape(title), figure=figure.html(), script=safe)


def script(module: str, mount: str) -> str:
    """What a module needs, and the call of what it exports to mount figures.

    All of the front end where that is one text, as a notebook carries it.
    """
    if module not in (sources := modules()):
        return classic()
    return f"(() => {{\n{script_of(module, sources)}\n{CARRY}{variable(module)}.{mount}();\n}})();"


def minified(text: str) -> str:
    try:
        from rjsmin import jsmin
    except ModuleNotFoundError:
        return text
    return str(jsmin(text))
