"""A question that is answered before it is run: what is asked as HTML, and the rest by the page.

The page's script computes the number itself (`front_end/ui/ask/`). On paper, and where there is
no script, the answer stands in a fold, with the numbers that Python found when the figure was made.
"""

import math
from functools import cached_property

from gan_lab.checkers.prediction import Answer, Prediction, Written
from gan_lab.core.validation import quoted
from gan_lab.widgets.asked import AskedFigure, answers_block, code_block, in_html, lettered

__all__ = ["predict"]


def predict(prediction: Prediction) -> "PredictionFigure":
    """Interactive prediction: choose, type or draw an answer, commit it, run it, and compare.

    The answer is kept by the browser until it is forgotten.

    Parameters
    ----------
    prediction : Prediction
        What is asked, such as `gan_lab.checkers.BUGS["labels"]`. The page has to know by its name
        how to compute it, unless it is `recorded`.

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


class PredictionFigure(AskedFigure):
    """A question with its answers, in a cell; see `predict`."""

    kind = "prediction"
    mounted = ("ui/ask/prediction", "mountPredictions")

    def __init__(self, prediction: Prediction):
        super().__init__()
        self.prediction = prediction

    def __repr__(self) -> str:
        return f"predict({self.prediction!r})"

    @cached_property
    def computed(self) -> Written:
        """What Python finds, once."""
        return self.prediction.compute()

    def told(self) -> dict:
        found = list(self.computed) if self.prediction.recorded else None
        return told_of_prediction(self.prediction) | {"found": found}

    def inside(self) -> str:
        asked = self.prediction
        what = f"a number for each: {', '.join(asked.places)}" if asked.places else "a number"
        mended = f"<p>The right version:</p>\n{code_block(asked.mended)}" if asked.mended else ""
        found = f" Where it is from: {in_html(asked.found)}" if asked.found else ""
        title = "" if asked.mended else f'<p class="gan-lab-title">Predict: {asked.title}</p>\n'
        return (
            f"{title}<p>{in_html(asked.setting)}</p>\n{code_block(asked.code)}"
            f"{answers_block(asked.question, self.choices(), f'Write down {what}.')}"
            f"<details><summary>The answer, and why</summary>\n"
            f"<p>{in_html(asked.why)}</p>\n{mended}"
            f'<p class="gan-lab-found">{in_python(asked, self.computed)}{found}</p></details>\n'
        )

    def choices(self) -> list[str]:
        return [] if self.prediction.within else [one.words for one in self.prediction.answers]

    def words(self) -> list[str]:
        asked = self.prediction
        return [asked.setting, asked.code, asked.question, lettered(self.choices())]


def told_of_prediction(asked: Prediction) -> dict:
    """What the page has to know of it, as JSON can hold it: None for an infinite end."""
    return {
        "name": asked.name, "question": asked.question, "within": asked.within,
        "digits": asked.digits, "number": asked.number, "places": asked.places,
        "ends": asked.ends, "asks_why": asked.asks_why, "recorded": asked.recorded,
        "answers": [told_of_answer(one) for one in asked.answers],
    }  # fmt: skip


def told_of_answer(one: Answer) -> dict:
    low, high = map(finite_end, (one.low, one.high))
    return {"words": one.words, "means": one.means, "low": low, "high": high}


def finite_end(end):
    """An end of a range, or one for each place; None for an infinite one."""
    return end if isinstance(end, list) or math.isfinite(end) else None


def in_python(asked: Prediction, found: Written) -> str:
    """The numbers of Python, in a sentence."""
    written = asked.in_digits(found.written)
    seeds = len(found.written) > 1 and not asked.places
    over = f", over {len(found.written)} seeds" if seeds else ""
    if not found.mended:
        return f"By Python{over}: {asked.number} {written}."
    mended = asked.in_digits(found.mended)
    return f"By Python{over}: {asked.number} {written} as written, {mended} mended."
