"""Formulas that keep the marks around them: no line begins with the comma that follows one.

For a browser a formula in a sentence is a picture, before and after which a line may end, whatever
stands there. So each is wrapped together with the marks that touch it, and the style sheet keeps a
wrap in one line.
"""

import re

FORMULA = re.compile(
    r"(?P<before>[(\[“‘]*)"
    r'(?P<formula><span class="math(?: notranslate nohighlight)?">\\\(.*?\\\)</span>)'
    r"(?P<after>(?:[^\s\w<&]|&\w+;|(?<=[’'])s\b)*)",
    re.S,
)


def wrapped(found: re.Match) -> str:
    if not found["before"] and not found["after"]:
        return found[0]
    return f'<span class="unbroken">{found[0]}</span>'


def keep_marks(app, pagename, templatename, context, doctree):
    if "body" in context:
        context["body"] = FORMULA.sub(wrapped, context["body"])
