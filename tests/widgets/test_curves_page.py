"""The chapter on curves: its links play the recorded games, its advice is as the records say."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

import gan_lab as gl
from gan_lab.metrics import wilson
from gan_lab.sweeps.advice import BARE, advice_scores
from gan_lab.sweeps.collapse import modes_at_the_end
from gan_lab.sweeps.curves import RUNS, SIGNS, recorded_curve
from gan_lab.sweeps.finite_data import recorded_games
from gan_lab.sweeps.penalties import found
from gan_lab.sweeps.practice import seeds_that_gain

PAGE = (Path(__file__).parents[2] / "book" / "is_my_curve_normal.md").read_text(encoding="utf-8")
LINKS = dict(re.findall(r'^\| <a href="lab\.html(#[^"]+)">([^<]+)</a> \|', PAGE, re.M))
ADVICE = [
    [cell.strip() for cell in row.strip("|").split("|")]
    for row in re.search(r"\| advice .*?\n\n", PAGE, re.S)[0].strip().split("\n")[2:]
]

ENDS = """((links) => links.map((link) => {
  const { recipe, t } = $ui$lab$share$link.stateOfLink(link[0]);
  const { answer } = $source$session.session();
  answer({ do: "start", recipe });
  for (let [now, then] = [t, -1]; now > then && now < link[1]; ) {
    answer({ do: "train", budget: 1e9, most: link[1] - now });
    [now, then] = [answer({ do: "see" }).frame.t, now];  // one that has blown up stands still
  }
  const { jsd, modes_found, loss_D } = answer({ do: "see" }).frame;
  return { jsd, modes_found, loss_D };
}))"""


def on_digits(advice: str) -> int:
    """In how many seeds a piece helps, by the score in which it helps fewer."""
    more, less = (
        advice_scores(advice, measure) - advice_scores(BARE, measure)
        for measure in ("digits_read", "pixel_frechet")
    )
    return min(int((more > 0).sum()), int((less < 0).sum()))


def ten_data(help: str) -> int:
    ends = (recorded_games(one, 10).jsd[-1] for one in (help, "nothing"))
    return int(np.less(*ends).sum())


def early() -> int:
    jsd = recorded_games("nothing", 10).jsd
    return int((jsd[1] < jsd[-1]).sum())


COUNTED = {
    r"$\beta_1 = 0$, not 0.9": (lambda: on_digits("β1 = 0"), 10),
    r"$\beta_1 = ½$, not 0.9": (lambda: on_digits("β1 = 0.5"), 10),
    "Batch norm": (lambda: on_digits("batch norm"), 10),
    "Layer norm, alone": (lambda: on_digits("layer norm"), 10),
    "Leaky ReLU in place of ReLU": (lambda: on_digits("leaky ReLU"), 10),
    "Rates of 0.0002, not 0.001": (lambda: on_digits("rates of 0.0002"), 10),
    "One-sided label smoothing": (lambda: on_digits("label smoothing"), 10),
    "R1 and R2, alone": (lambda: on_digits("R1 + R2"), 10),
    "R1, for a fast $G$": (lambda: int((found("R1", "ring", "modes") == 8).sum()), 20),
    "R1, when there are ten data": (lambda: ten_data("R1"), 12),
    "Noise on all that $D$ sees": (lambda: ten_data("noise"), 12),
    "Stop early": (early, 12),
    "A slow $G$": (lambda: int((modes_at_the_end("non-saturating", "slow") == 8).sum()), 100),
    "A slower $G$": (lambda: seeds_that_gain("a slower G"), 10),
    "A minibatch of 512": (lambda: seeds_that_gain("a larger minibatch"), 10),
    "Five steps of $D$": (lambda: seeds_that_gain("more steps of D"), 10),
    "Rates that fall to 0": (lambda: seeds_that_gain("rates that fall to 0"), 10),
    "R1, at constant rates": (lambda: seeds_that_gain("a penalty on D's slope"), 10),
    "The average of": (lambda: seeds_that_gain("the average of G's weights"), 10),
    "Data at the scale": (lambda: seeds_that_gain("data at the scale of the weights"), 10),
    r"$-\log D$ in place": (lambda: seeds_that_gain("the non-saturating loss"), 10),
}
"""How each count of the table comes from a record, by how its line begins."""


def test_every_training_has_a_link_that_plays_its_recipe(run_js):
    assert [*LINKS.values()] == [*RUNS]
    states = run_js(f"{json.dumps([*LINKS])}.map($ui$lab$share$link.stateOfLink)")
    for name, state in zip(LINKS.values(), states, strict=True):
        assert state["wrong"] is None and state["t"] == 0
        assert gl.Recipe.from_dict(state["recipe"]) == RUNS[name].recipe, name
        assert state["view"]["charts"][0] == "losses"
        assert RUNS[name].iterations % state["view"]["pace"] == 0


def test_what_the_lab_plays_is_what_was_recorded(run_js):
    """By seed 0, where a game does not hang on the last bit; else that it is as ill."""
    until = {"G has no gradient": 40, "the rates are 0": 61, "modes are lost": 150,
             "the steps are too long": 60}  # fmt: skip
    asked = [[link, until[name]] for link, name in LINKS.items() if name in until]
    found = run_js(f"{ENDS}({json.dumps(asked)})")
    ends = dict(zip((name for name in LINKS.values() if name in until), found, strict=True))
    for name in ("G has no gradient", "the rates are 0"):
        end = recorded_curve(name, "truth")[0, -1]
        assert ends[name]["jsd"] == pytest.approx(end, abs=0.01), name
    assert ends["modes are lost"]["modes_found"] <= 2
    last = ends["the steps are too long"]["loss_D"]
    assert last is None or abs(last) > 100


def test_every_line_of_advice_is_a_records_or_marked_folklore():
    assert len(ADVICE) == len(COUNTED) + 6
    for words, seeds, share, where in ADVICE:
        begins = [each for each in COUNTED if words.startswith(each)]
        if not begins:
            assert seeds == share == "–"
            assert where.startswith("folklore") or "page" in where or "{doc}" in where
            continue
        count, n = COUNTED[max(begins, key=len)]
        assert seeds == f"{count()} of {n}", words
        every = wilson(np.array(count()), np.array(n), 0.95)
        assert share == f"{100 * float(every.low):.0f} to {100 * float(every.high):.0f} %"
        assert "{doc}" in where or where == "this page"


def test_how_many_lines_helped_in_less_than_nine_of_ten_seeds():
    few = [count() / n < 0.9 for count, n in COUNTED.values()]
    assert "Nine of the 21 lines with a count" in PAGE and (sum(few), len(few)) == (9, 21)


def test_what_the_lines_without_a_remedy_hold_is_the_records():
    assert "(without: 9 of 20)" in PAGE and (found("no penalty", "ring", "modes") == 8).sum() == 9
    fast = modes_at_the_end("non-saturating", "fast")
    assert "(fast: 26 of 100)" in PAGE and (fast == 8).sum() == 26


def test_the_limits_of_the_page_are_those_of_the_signs():
    rows = {name: row for row in PAGE.split("\n") for name in SIGNS if f">{name}</a> |" in row}
    said = {name: row.split("|")[2] for name, row in rows.items()}
    limits = {"modes are lost": "¾", "the rates are 0": "a millionth"}
    assert set(said) == set(SIGNS)
    for name, sign in SIGNS.items():
        assert limits.get(name, f"{sign.limit:g}") in said[name], name
    assert (SIGNS["modes are lost"].limit, SIGNS["the rates are 0"].limit) == (0.75, 1e-6)
