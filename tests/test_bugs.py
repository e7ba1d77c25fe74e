"""The bugs that a reader finds: what each computes, which answer is right then, and the words."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from gan_lab.checkers import BUGS, Answer, Prediction, Written
from gan_lab.checkers.prediction import near_curve
from gan_lab.metrics import mmd

PAGE = (Path(__file__).parents[1] / "book" / "find_the_bug.md").read_text(encoding="utf-8")
CHOSEN = [name for name, bug in BUGS.items() if not bug.within]
TYPED = [name for name, bug in BUGS.items() if bug.within and not bug.places]
DRAWN = [name for name, bug in BUGS.items() if bug.places]
CLOSED = {
    "noise": (-math.log(4), None),
    "two sigmoids": (math.log(1 + math.exp(-1)) + math.log(2), 0),
    "0.95": (0.95 / 1.95, 0.475),
    "uphill": (0.01, 1 / 2),
    "clipped": (1 / (1 + 0.3989422804), 10 / 11),
    "bell": (-math.log(4) / math.sqrt(2), -math.log(4)),
    "KL of a VAE": (1.1**50, 0.9**50),
    "units": (2 - math.log(4), 0),
    "histogram": (154 / 450, 1),
}
"""As written and mended, where that is known in closed form."""


@pytest.fixture(scope="module")
def found():
    return {name: bug.compute() for name, bug in BUGS.items()}


@pytest.mark.parametrize("name", CLOSED)
def test_a_number_is_what_it_is_in_closed_form(found, name):
    for numbers, wanted in zip(found[name], CLOSED[name], strict=True):
        assert wanted is None or numbers == [pytest.approx(wanted, abs=1e-8)]


@pytest.mark.parametrize("name", CHOSEN)
def test_one_choice_is_right_in_each_of_the_seeds_and_it_is_not_the_mended_one(found, name):
    """Whatever a seed ends with, one answer has it."""
    written, mended = found[name]
    fits = [[a.explains([x]) for a in BUGS[name].answers] for x in written]
    [right] = {row.index(True) for row in fits}
    assert all(sum(row) == 1 for row in fits)
    answer = BUGS[name].answers[right]
    assert not answer.explains([np.median(mended)])


@pytest.mark.parametrize("name", TYPED)
def test_no_known_mistake_is_right_and_each_can_be_typed(found, name):
    bug, number = BUGS[name], found[name].number
    assert bug.verdict(number) and bug.verdict(number + 0.9 * bug.within)
    assert not bug.verdict(number + 1.1 * bug.within)
    for answer in bug.answers:
        assert abs((answer.low + answer.high) / 2 - number) > bug.within
        said = bug.verdict((answer.low + answer.high) / 2)
        assert not said and said.words == f"Not as you said. That would mean {answer.means}."
    assert abs(found[name].mended[0] - number) > bug.within
    assert bug.verdict(1e6).words == "Not as you said."


@pytest.mark.parametrize("name", DRAWN)
def test_a_drawn_curve_is_judged_at_each_place(found, name):
    bug, (written, mended) = BUGS[name], found[name]
    assert bug.verdict(written) and bug.verdict(np.clip(written, 0.05, 0.95))
    meant = [mended, *([(a.low + a.high) / 2] * len(bug.places) for a in bug.answers[1:])]
    for drawn, answer in zip(meant, bug.answers, strict=True):
        assert bug.verdict(drawn).words == f"Not as you said. That would mean {answer.means}."
    assert bug.verdict([0, 1, 0, 1, 0]).words == "Not as you said."
    with pytest.raises(ValueError, match="^an answer must be 5 numbers, not 1$"):
        bug.verdict(1)


def test_without_a_log_the_best_D_is_the_ratio_cut_off(found):
    y = np.linspace(1e-5, 1 - 1e-5, 99_999)
    for x, written, mended in zip(range(-2, 3), *found["a line of V"], strict=True):
        a, b = np.exp(-((x + 1) ** 2) / 2), np.exp(-((x - 1) ** 2) / 2)
        assert y[(a * np.log(y) + b * (1 - y)).argmax()] == pytest.approx(written, abs=2e-4)
        assert y[(a * np.log(y) + b * np.log1p(-y)).argmax()] == pytest.approx(mended, abs=2e-4)


def test_fake_labels_push_away_from_the_data_and_D_in_both_steps_rests_at_two_thirds(found):
    far, near = map(np.array, found["labels"])
    assert (far < -1).all() and (abs(near - 2) < 0.2).all()
    pushed, even = map(np.array, found["both players"])
    assert (abs(pushed - 2 / 3) < 0.02).all() and (abs(even - 1 / 2) < 0.05).all()


def test_a_D_on_one_minibatch_prints_more_than_is_possible_on_all_data(found):
    same, fresh = map(np.array, found["one minibatch"])
    assert (same > -math.log(4) + 0.05).all() and (same > fresh).all()
    assert np.median(fresh) == pytest.approx(-math.log(4), abs=0.05)


def test_the_mended_mmd_is_that_of_metrics(found):
    from gan_lab.core.random_streams import Domain, Stream

    draws = Stream(range(10)).normal(Domain.DATA_FOR_D, 0, (100,)).numpy()
    for x, score in zip(draws, found["MMD of one point"].mended, strict=True):
        assert mmd(x, np.zeros(100), 1.0).value == pytest.approx(score, abs=1e-9)


def test_the_exercise_on_pairs_scores_what_its_solution_says():
    x = np.repeat([0.0, 1.0], 50)
    k = np.exp(-((x[:, None] - x) ** 2) / 2)
    assert 2 * k[k < 1].mean() - 2 * k.mean() == pytest.approx(math.exp(-0.5) - 1)


def test_the_exercise_on_both_steps_has_its_top_where_the_proof_says():
    y = np.linspace(1e-4, 1 - 1e-4, 9999)
    for a, b in ((1, 1), (0, 1), (0.3, 2.5), (4, 0.1)):
        v = a * np.log(y) + b * np.log(1 - y) + b * np.log(y)
        assert y[v.argmax()] == pytest.approx((a + b) / (a + 2 * b), abs=2e-4)


def test_the_chapter_has_each_bug_once_in_order_under_its_title():
    shown = re.findall(
        r'^### (.+)\n\n```\{code-cell\}.*\n.*\n\npredict\(BUGS\["(.+)"\]\)', PAGE, re.M
    )
    assert shown == [(bug.title, name) for name, bug in BUGS.items()]


@pytest.mark.parametrize("bug", BUGS.values(), ids=BUGS)
def test_its_words_are_whole(bug):
    assert repr(bug) == f"BUGS[{bug.name!r}]"
    for words in (bug.setting, bug.question, bug.why, bug.found, *(a.means for a in bug.answers)):
        assert words.count("`") % 2 == 0 and "  " not in words
    assert bug.why.endswith(".") and bug.found.endswith(".") and bug.question.strip()[-1] in "?."
    assert all(a.means.startswith("that ") and a.means[-1] not in "." for a in bug.answers)
    assert max(map(len, f"{bug.code}\n{bug.mended}".split("\n"))) <= 38


def test_what_is_no_answer_is_said():
    with pytest.raises(ValueError, match="^an answer must be a whole number from 0 to 2, not 3$"):
        BUGS["labels"].of_choice(3, 0.0)
    with pytest.raises(ValueError, match="^an answer must be a number between .* not 'much'$"):
        BUGS["units"].verdict("much")


def test_numbers_are_printed_as_the_page_does():
    assert BUGS["units"].in_digits([-2e-16]) == "0.000"
    assert BUGS["labels"].in_digits([-3.0, -1.0, -2.0]) == "\u22122.00"
    assert BUGS["a line of V"].in_digits([1.0, 0.5]) == "1.00, 0.50"


def test_a_prediction_of_ones_own():
    answers = (Answer("odd", 0, 1, "that two is odd"), Answer("even", 1.5, 3, "that two is even"))
    words = ["?"] * 4
    own = Prediction("own", *words, answers, "n", "w", "m", "f", lambda: Written([2.0], [1.0]))
    assert own == Prediction("own", *words, answers, "n", "w", "m", "f")  # computing is no part
    assert (
        own.verdict(1)
        and own.verdict(0).words == "Not as you said. That would mean that two is odd."
    )


def test_what_is_near_a_curve_is_so_on_both_sides():
    assert near_curve([0.5, 1.0], 0.25) == ([0.25, 0.75], [0.75, 1.25])
