"""Questions to vote on: their answers, where each is shown, and in how many seeds."""

import json
import re
from pathlib import Path

import pytest
import teaching

PAGE = teaching.page("votes")
LESSONS = json.loads((Path(__file__).parents[1] / "js" / "lessons.json").read_text())
VOTE = re.compile(
    r"^\((vote-[\w-]+)\)=\n## ([^\n]+)\n\n(.+?)\n\n((?:- [a-d]\) [^\n]+\n)+)\n"
    r"```\{dropdown\} The answer\n\*\*([a-d])\.\*\* (.+?)\n```$",
    re.M | re.S,
)
VOTES = {found[1]: found for found in VOTE.finditer(PAGE)}
NUMBERS = {"ten": 10, "nine": 9, "eight": 8, "twelve": 12}
SEEDS = re.compile(r"\b(ten|nine|eight|twelve)\s+of\s+(ten|twelve)\b")


def test_there_are_twelve_or_more_and_each_is_whole():
    assert len(VOTES) >= 12 and len(VOTES) == PAGE.count("\n## ") == PAGE.count("{dropdown}")
    assert teaching.lost(PAGE) == []


@pytest.mark.parametrize("vote", VOTES)
def test_a_vote_has_three_or_four_answers_and_says_what_shows_the_right_one(vote):
    *_, answers, right, why = VOTES[vote].groups()
    letters = re.findall(r"^- ([a-d])\) ", answers, re.M)
    assert letters == list("abcd")[: len(letters)] and len(letters) in (3, 4) and right in letters
    assert teaching.PLACES.search(why) or teaching.HREF.search(why)
    assert "Always" in why or SEEDS.search(why)


@pytest.mark.parametrize("vote", [vote for vote in VOTES if "Always:" not in VOTES[vote][6]])
def test_the_seeds_of_an_experiment_are_those_that_were_counted(vote):
    """The lab's are counted by `tests/js/lessons.mjs`; other votes name another place."""
    why = " ".join(VOTES[vote][6].split())
    told = [(NUMBERS[n], NUMBERS[of]) for n, of in SEEDS.findall(why)]
    for experiment in [name for name in LESSONS if name in why]:
        held = [seed["holds"] for seed in LESSONS[experiment]]
        assert told == [(sum(held), len(held))]
