"""An exercise that the page checks when it is answered."""

from gan_lab.checkers.exercise import Exercise
from gan_lab.core.validation import quoted
from gan_lab.widgets.asked import AskedFigure, answers_block, in_html, lettered

__all__ = ["exercise"]


def exercise(asked: Exercise) -> "ExerciseFigure":
    """Interactive exercise: type a formula or a number, or choose; a wrong answer is named.

    Python gives the same verdicts: `EXERCISES["best D from a count"].verdict("p/(p + q)")`.

    Parameters
    ----------
    asked : Exercise
        What is asked, such as one of `gan_lab.checkers.EXERCISES`.

    Returns
    -------
    ExerciseFigure
        A figure, for the end of a cell.

    Raises
    ------
    ValueError
        For what is no exercise.

    Examples
    --------
    >>> from gan_lab.checkers import Exercise, Mistake
    >>> from gan_lab.widgets import exercise
    >>> half = Exercise("half", "What is D*, if p = q?", "1/2", (Mistake("1", "Data?"),), "p/2p.")
    >>> "What is D*" in exercise(half).html()
    True
    """
    if not isinstance(asked, Exercise):
        raise ValueError(f"what is asked is an Exercise, not {quoted(asked)}")
    return ExerciseFigure(asked)


class ExerciseFigure(AskedFigure):
    """An exercise with its form, in a cell; see `exercise`."""

    kind = "exercise"
    mounted = ("ui/ask/exercise", "mountExercises")

    def __init__(self, asked: Exercise):
        super().__init__()
        self.asked = asked

    def __repr__(self) -> str:
        return f"exercise({self.asked!r})"

    def told(self) -> dict:
        return told_of_exercise(self.asked)

    def inside(self) -> str:
        asked = self.asked
        otherwise = f"Write down a {'formula' if asked.variables else 'number'}."
        right = in_html(asked.right if asked.choose else f"`{asked.right}`")
        return (
            f"{answers_block(asked.question, asked.choices, otherwise, letters_list(asked))}"
            f"<details><summary>The answer, and why</summary>\n"
            f"<p>{right}</p>\n<p>{in_html(asked.why)}</p></details>\n"
        )

    def words(self) -> list[str]:
        return [self.asked.question, lettered(self.asked.choices)]


def letters_list(asked: Exercise) -> str:
    """What the letters of a formula are."""
    items = (f"<li><code>{one.name}</code>: {in_html(one.words)}</li>" for one in asked.variables)
    return f'<ul class="gan-lab-letters">{"".join(items)}</ul>\n' if asked.variables else ""


def told_of_exercise(asked: Exercise) -> dict:
    """What the page has to know of it, as JSON can hold it."""
    return {
        "name": asked.name, "question": asked.question, "right": asked.right,
        "within": asked.within, "choices": asked.choices,
        "mistakes": [one._asdict() for one in asked.mistakes],
        "variables": [one._asdict() for one in asked.variables],
    }  # fmt: skip
