"""A question in a figure: what is asked as HTML, with the answer in a fold; the page makes a form.

On paper, and where there is no script, the plain answers stand there, and the model answer folded.
"""

import functools
import html
import json

from gan_lab.widgets.bundle import esm
from gan_lab.widgets.shown import FIND_ME, Shown

BACKTICK = "`"


class AskedFigure(Shown):
    """A question with its answers, in a cell.

    Subclasses say of which `kind` it is, what the page is `told` of it, what stands `inside` the
    figure, and its `words`, for a still picture.
    """

    kind: str
    size = (7.0, 4.2)

    def told(self) -> dict:
        raise NotImplementedError

    def inside(self) -> str:
        raise NotImplementedError

    def words(self) -> list[str]:
        raise NotImplementedError

    def html(self) -> str:
        """The question, the plain answers and the fold; the page's script makes a form of it."""
        told = html.escape(json.dumps(self.told(), ensure_ascii=False))
        return (
            f'<figure class="gan-lab" data-gan-lab-{self.kind}="{told}">\n'
            f"{self.inside()}</figure>\n{FIND_ME}"
        )

    def new_widget(self):
        return asked_class(self.kind)(html=self.inside(), **{self.kind: self.told()})

    def draw(self, figure):
        """What is asked, as text."""
        words = "\n\n".join(filter(None, self.words())).replace(BACKTICK, "")
        figure.text(0.02, 0.96, words, va="top", wrap=True, fontsize=9, parse_math=False)


def in_html(words: str) -> str:
    """Words, of which those between backticks are code."""
    parts = html.escape(words, quote=False).split(BACKTICK)
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def code_block(code: str) -> str:
    return f"<pre><code>{html.escape(code, quote=False)}</code></pre>\n" if code else ""


def answers_block(question: str, choices: list[str], otherwise: str, letters: str = "") -> str:
    """What the page's form takes the place of: the question, and the choices if there are any."""
    items = "".join(f"<li>{in_html(words)}</li>" for words in choices)
    answers = f'<ol type="a">{items}</ol>' if choices else f"<p>{otherwise}</p>"
    return f'<div class="gan-lab-answers"><p>{in_html(question)}</p>{letters}{answers}</div>\n'


def lettered(choices: list[str]) -> str:
    """Choices as plain text."""
    return "\n".join(f"{'abcdefg'[i]}) {words}" for i, words in enumerate(choices))


@functools.cache
def asked_class(kind: str):
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    members = {
        "_esm": esm(f"ui/ask/{kind}", f"render{kind.capitalize()}"),
        "html": traitlets.Unicode().tag(sync=True),
        kind: traitlets.Dict().tag(sync=True),
    }
    return type("Asked", (anywidget.AnyWidget,), members)
