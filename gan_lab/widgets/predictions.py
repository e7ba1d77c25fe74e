"""A question that is answered before it is run: what is asked as HTML, and the rest by the page.

The page's script computes the number itself (`front_end/ui/predict/`). On paper, and where there is
no script, the answer stands in a fold, with the numbers that Python found when the figure was made.
"""

import functools
import html
import json
import math

from gan_lab.checkers.prediction import Answer, Prediction, Written
from gan_lab.core.validation import quoted
from gan_lab.widgets.bundle import esm
from gan_lab.widgets.shown import FIND_ME, Shown

__all__ = ["predict"]

BACKTICK = "`"


def predict(prediction: Prediction) -> "PredictionFigure":
    """Interactive prediction: choose or type an answer, commit it, run it in the page, and compare.

    The answer is kept by the browser until it is forgotten.

    Parameters
    ----------
    prediction : Prediction
        What is asked, such as `gan_lab.checkers.BUGS["labels"]`. The page has to know by its name
        how to compute it.

    Returns
    -------
    PredictionFigure
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For what is no prediction.

    Examples
    --------
    >>> from gan_lab.checkers import BUGS
    >>> from gan_lab.widgets import predict
    >>> "What is C?" in predict(BUGS["units"]).html()
    True
    """
    if not isinstance(prediction, Prediction):
        raise ValueError(f"what is asked is a Prediction, not {quoted(prediction)}")
    return PredictionFigure(prediction)


class PredictionFigure(Shown):
    """A question with its answers, in a cell; see `predict`."""

    mounted = ("ui/predict/prediction", "mountPredictions")
    size = (7.0, 4.2)

    def __init__(self, prediction: Prediction):
        super().__init__()
        self.prediction = prediction

    def __repr__(self) -> str:
        return f"predict({self.prediction!r})"

    def html(self) -> str:
        """The question, the plain answers and the fold; the page's script makes a form of it."""
        told = html.escape(json.dumps(told_of_prediction(self.prediction), ensure_ascii=False))
        return (
            f'<figure class="gan-lab" data-gan-lab-prediction="{told}">\n'
            f"{self.inside()}</figure>\n{FIND_ME}"
        )

    def inside(self) -> str:
        asked = self.prediction
        plain = "".join(f"<li>{in_html(one.words)}</li>" for one in asked.answers)
        what = f"a number for each: {', '.join(asked.places)}" if asked.places else "a number"
        answers = f"<p>Write down {what}.</p>" if asked.typed else f'<ol type="a">{plain}</ol>'
        return (
            f"<p>{in_html(asked.setting)}</p>\n{code_block(asked.code)}"
            f'<div class="gan-lab-answers"><p>{in_html(asked.question)}</p>{answers}</div>\n'
            f"<details><summary>The answer, and why</summary>\n"
            f"<p>{in_html(asked.why)}</p>\n<p>The right version:</p>\n{code_block(asked.mended)}"
            f'<p class="gan-lab-found">{in_python(asked, asked.compute())} Where it is from: '
            f"{in_html(asked.found)}</p></details>\n"
        )

    def new_widget(self):
        return prediction_class()(
            html=self.inside(), prediction=told_of_prediction(self.prediction)
        )

    def draw(self, figure):
        """What is asked, as text."""
        asked = self.prediction
        answers = [f"{'abcde'[i]}) {one.words}" for i, one in enumerate(asked.answers)]
        parts = [
            asked.setting,
            asked.code,
            asked.question,
            "\n".join([] if asked.typed else answers),
        ]
        words = "\n\n".join(parts).replace(BACKTICK, "")
        figure.text(0.02, 0.96, words, va="top", wrap=True, fontsize=9, parse_math=False)


def told_of_prediction(asked: Prediction) -> dict:
    """What the page has to know of it, as JSON can hold it: None for an infinite end."""
    return {
        "name": asked.name, "question": asked.question, "typed": asked.typed,
        "digits": asked.digits, "number": asked.number, "places": asked.places,
        "answers": [told_of_answer(one) for one in asked.answers],
    }  # fmt: skip


def told_of_answer(one: Answer) -> dict:
    ends = {
        name: end if math.isfinite(end) else None
        for name, end in zip(("low", "high"), one[1:3], strict=True)
    }
    return {"words": one.words, "means": one.means, **ends}


def in_html(words: str) -> str:
    """Words, of which those between backticks are code."""
    parts = html.escape(words, quote=False).split(BACKTICK)
    return "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts))


def code_block(code: str) -> str:
    return f"<pre><code>{html.escape(code, quote=False)}</code></pre>\n"


def in_python(asked: Prediction, found: Written) -> str:
    """The numbers of Python, in a sentence."""
    written, mended = map(asked.in_digits, found)
    seeds = len(found.written) > 1 and not asked.places
    over = f", over {len(found.written)} seeds" if seeds else ""
    return f"By Python{over}: {asked.number} {written} as written, {mended} mended."


@functools.cache
def prediction_class():
    """The anywidget class; made late, so that importing the package starts no comms."""
    import anywidget
    import traitlets

    class Predicted(anywidget.AnyWidget):
        _esm = esm("ui/predict/prediction", "renderPrediction")
        html = traitlets.Unicode().tag(sync=True)
        prediction = traitlets.Dict().tag(sync=True)

    return Predicted
