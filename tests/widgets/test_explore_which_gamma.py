"""The explorable of gamma: what a cell says is the record's, and its link plays that very game."""

import base64
import json
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from lab_page import PAGE, LabPage

import gan_lab as gl
from gan_lab.sweeps.which_gamma import (
    GAMES,
    GAMMAS,
    NEAR,
    RATES,
    SEEDS,
    SETTLING,
    holding,
    new_rules,
    recorded_ends,
    settling_recipe,
)
from gan_lab.widgets import explore
from gan_lab.widgets.bundle import classic
from gan_lab.widgets.gamma_picture import record_of_which_gamma

CELLS = [*product(GAMES, RATES, range(8), range(8))]
VIEW = "$ui$explore$which_gamma.WHICH_GAMMA"
PAPER = (Path(__file__).parents[1] / "js" / "paper.mjs").as_uri()


def states(cells) -> str:
    """Cells as states of the figure, in JSON."""
    names = "game", "optimizer", "row", "column"
    return json.dumps([dict(zip(names, cell, strict=True)) for cell in cells])


FOLLOWED = """((states, { measure, link }, record) => states.map((state) =>
  $ui$lab$share$link.stateOfLink(link(state, measure(state, record)).href.split("lab.html")[1])))"""

ENDS = """((states) => states.map(({ recipe, t, changes }) => {
  const { answer } = $source$session.session();
  const to = (end) => {
    for (let now = answer({ do: "see" }).frame.t; now < end; now = answer({ do: "see" }).frame.t)
      answer({ do: "train", budget: 1e9, most: end - now });
    return answer({ do: "see" }).frame.jsd;
  };
  answer({ do: "start", recipe });
  to(t);
  answer({ do: "change", changes: changes[0].changes });
  return to(600);
}))"""

DRAWN = """(async (view, record, widths) => {
  const { paper } = await import("PAPER");
  return widths.map((width) => {
    const { context, made, words, depth } = paper();
    const height = view.height(width);
    const numbers = view.measure(view.start, record);
    view.draw(context, view.start, numbers, { width, height }, $draw$theme.THEMES.light);
    const crossed = made.flatMap(({ kind, text, x }, i) => {
      const [box] = made[i - 1]?.kind === "fill" ? made[i - 1].path : [];
      if (kind !== "word" || !box || box.x > x || x + 7 * text.length > box.x + box.w) return [];
      const inside = (at) =>
        Math.abs(at.x - box.x - box.w / 2) < box.w / 2 && Math.abs(at.y - box.y - box.h / 2) < 8;
      const lines = made.flatMap((line, when) =>
        line.kind === "stroke" && line.path.some(inside) ? [when < i ? "behind" : "before"] : []);
      return [lines];
    });
    const said = words().map(({ text, x, y }) => [text, x, y]);
    return { crossed, height, depth: depth(), words: said };
  });
})""".replace("PAPER", PAPER)


@pytest.fixture
def record(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    return record_of_which_gamma()


def test_what_a_cell_says_is_what_was_recorded(run_js, record):
    told = run_js(
        f"(({{ measure, sentence }}, record) => {states(CELLS)}.map((state) =>"
        f" sentence(state, measure(state, record))))({VIEW}, {json.dumps(record)})"
    )
    for (game, optimizer, row, column), words in zip(CELLS, told, strict=True):
        ends = recorded_ends(game, optimizer)[row, column]
        share = holding(ends)
        held = (ends < NEAR).sum()
        low, high = (f"{round(float(end), 2):g}" for end in (share.low, share.high))
        rate = RATES[optimizer][column]
        assert words.startswith(f"γ = {GAMMAS[row]:g}, rate {rate:g}: {held} of {SEEDS} games hold")
        assert f"a share of {low} to {high} with" in words
        assert ("eigenvalues" in words) == (optimizer == "sgd")
        assert ("diverged" in words) == bool(np.isnan(ends[0]))


def test_every_link_is_the_recipe_that_settles_and_the_rules_of_its_cell(run_js, record):
    found = run_js(f"{FOLLOWED}({states(CELLS)}, {VIEW}, {json.dumps(record)})")
    for (game, optimizer, row, column), state in zip(CELLS, found, strict=True):
        assert state["wrong"] is None and state["t"] == SETTLING
        recipe = gl.Recipe.from_dict(state["recipe"])
        assert recipe == settling_recipe(game)
        (change,) = state["changes"]
        assert change["t"] == SETTLING
        rules = new_rules(game, optimizer, GAMMAS[row], RATES[optimizer][column])
        then, wanted = recipe.but(**change["changes"]).as_dict(), recipe.but(**rules).as_dict()
        assert then.pop("r1") == pytest.approx(wanted.pop("r1"), abs=1e-12)
        assert then.pop("r2") == pytest.approx(wanted.pop("r2"), abs=1e-12)
        assert then == wanted


def test_only_the_book_has_a_lab_beside_it(monkeypatch):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    assert record_of_which_gamma()["lab"] == ""
    made = explore.which_gamma(optimizer="adam", column=3)
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


def test_a_cell_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match=re.escape("row must be a whole number from 0 to 7")):
        explore.which_gamma(row=8)
    with pytest.raises(ValueError, match=re.escape('game is "R1" or "R2" or "pairs"')):
        explore.which_gamma(game="R3")


def test_the_page_plays_the_games_of_the_record(run_js, record):
    """Where a game holds; what becomes of one that is lost is a matter of the last bit."""
    cells = [("R1", "sgd", 3, 3), ("pairs", "sgd", 5, 1), ("R2", "adam", 4, 1)]
    ends = run_js(f"{ENDS}({FOLLOWED}({states(cells)}, {VIEW}, {json.dumps(record)}))")
    for (game, optimizer, row, column), end in zip(cells, ends, strict=True):
        assert end == pytest.approx(recorded_ends(game, optimizer)[row, column, 0], rel=0.05)


def test_every_word_lies_in_the_picture(run_js, record):
    widths = [300, 358, 700]
    drawn = run_js(f"await {DRAWN}({VIEW}, {json.dumps(record)}, {widths})")
    for width, found in zip(widths, drawn, strict=True):
        assert found["depth"] == 0 and len(found["words"]) > 80
        for text, x, y in found["words"]:
            assert 0 <= x and x + 5 * len(text) <= width + 8 and 0 < y <= found["height"], text
            assert not re.search("NaN|undefined|unknown", text)


def test_a_line_passes_behind_the_numbers(run_js, record):
    [drawn] = run_js(f"await {DRAWN}({VIEW}, {json.dumps(record)}, [358])")
    numbers = drawn["crossed"]
    assert len(numbers) == 64 and sum("behind" in lines for lines in numbers) > 5
    assert not any("before" in lines for lines in numbers)


@pytest.mark.parametrize("width", [390, 1280])
def test_a_tap_and_keys_choose_a_cell_whose_link_plays_its_game(width, open_figures, tmp_path):
    page = open_figures(explore.which_gamma(), width=width)
    (tmp_path / "gan_lab.js").write_text(classic())
    (tmp_path / "lab.html").write_text(PAGE.format(gl.lab(gl.PRESETS["bump"], t=0).html()))

    def of_cell(gamma, rate):
        return words().startswith(f"γ = {gamma}, rate {rate}: ")

    def words():
        return page.locator(".gan-lab-says").inner_text().replace("\u00a0", " ")

    assert of_cell(1, 0.5)
    box = page.locator("figure canvas").bounding_box()
    wide = min(72, (box["width"] - 56) / 8)
    left = box["x"] + 44 + max(0, (box["width"] - 56 - 8 * wide) / 2)
    assert wide >= 24
    page.mouse.click(left + 3.5 * wide, box["y"] + 24 + 3.5 * min(40, wide))
    assert of_cell(1, 0.25)
    page.get_by_role("slider", name="gamma, the strength").focus()
    page.keyboard.press("ArrowLeft")
    assert of_cell(0.3, 0.25)
    page.get_by_role("slider", name="the learning rate of both").focus()
    page.keyboard.press("End")
    assert of_cell(0.3, 4)
    page.keyboard.press("Home")
    link = page.get_by_role("link", name="Play seed 0 of this cell in the lab")
    assert link.bounding_box()["height"] >= 16
    end = recorded_ends("R1", "sgd")[GAMMAS.index(0.3), 0, 0]
    assert end < NEAR
    if width == 390:  # a game is played once
        return
    link.press("Enter")
    lab = LabPage(page)
    lab.until(f"iteration {SETTLING}, after G’s step")
    assert lab.field("optimizer").input_value() == "sgd"
    assert float(lab.field("lr_D").input_value()) == RATES["sgd"][0]
    now = lab.train(100)
    assert now >= SETTLING + 100
    assert float(re.search(r"JSD ([\d.]+) nats", lab.says())[1]) < NEAR
