"""The quiz of curves: what it says is the record's, its links play those games; hands and keys."""

import base64
import json
import re
from pathlib import Path

import numpy as np
import pytest

import gan_lab as gl
from gan_lab.sweeps.curves import HEALTHY, RUNS, SIGNS, diagnosed, recorded_curve
from gan_lab.widgets import explore
from gan_lab.widgets.curve_pictures import ASKED, SEED, record_of_what_ails_it

VIEW = "$ui$explore$what_ails_it.WHAT_AILS_IT"
PAPER = (Path(__file__).parents[1] / "js" / "paper.mjs").as_uri()

TOLD = """(({ start, measure, sentence, link }, record) => record.runs.map((run, i) => {
  const curve = String(i + 1);
  const of = (answer) => ({ ...start, curve, [`answer${curve}`]: answer });
  const said = (answer) => sentence(of(answer), measure(of(answer), record));
  const right = of(run.ill);
  const led = (state) => link(state, measure(state, record));
  const wrong = run.ill === "nothing" ? "D is blind" : "nothing";
  return { before: said("hidden"), right: said(run.ill), wrong: said(wrong),
    hidden: led(of("hidden")),
    state: $ui$lab$share$link.stateOfLink(led(right).href.split("lab.html")[1]) };
}))"""

DRAWN = """(async (view, record, widths) => {
  const { paper } = await import("PAPER");
  const answers = ({ ill }) => ["hidden", ill];
  return widths.flatMap((width) => record.runs.flatMap((run, i) => answers(run).map((answer) => {
    const state = { ...view.start, curve: String(i + 1), [`answer${i + 1}`]: answer };
    const { context, made, words, depth } = paper();
    const height = view.height(width);
    const theme = $draw$theme.THEMES.dark;
    view.draw(context, state, view.measure(state, record), { width, height }, theme);
    const truth = made.filter(({ kind, strokeStyle, path }) =>
      kind === "stroke" && strokeStyle === theme.ink && path.length > 3).length;
    const bad = made.some(({ path = [] }) => path.some((at) =>
      Object.values(at).some((v) => typeof v === "number" && !Number.isFinite(v))));
    return { width, height, depth: depth(), bad, truth, hidden: answer === "hidden",
      words: words().map(({ text, x, y }) => [text, x, y]) };
  })));
})""".replace("PAPER", PAPER)


@pytest.fixture
def record(monkeypatch):
    monkeypatch.setenv("GAN_LAB_STATIC", "1")
    return record_of_what_ails_it()


def test_every_run_is_asked_about_once_by_a_seed_that_its_sign_names():
    assert sorted(ASKED) == sorted(RUNS) and len(ASKED) == 11
    for name in ASKED:
        assert diagnosed(name)[SEED] == RUNS[name].ill, name
    assert set(explore.AILS) == {"hidden", HEALTHY, *SIGNS}


def test_the_truth_is_hidden_until_an_answer_and_then_it_is_the_records(run_js, record):
    found = run_js(f"{TOLD}({VIEW}, {json.dumps(record)})")
    for i, (name, told) in enumerate(zip(ASKED, found, strict=True), start=1):
        assert told["before"].startswith(f"Curve {i}, {RUNS[name].iterations} iterations: ")
        assert "JSD" not in told["before"] and told["hidden"] is None
        assert told["right"].startswith("Right: ") and told["wrong"].startswith("You said that ")
        known = recorded_curve(name, "truth")[-1]
        end = known[np.isfinite(known)][-1]
        if RUNS[name].recipe.data.dim == 2:
            assert f"{end:g} of 8 modes" in told["right"]
        else:
            said = float(
                re.search(r"(?:at the end|when it stopped) is ([\d.]+) nats", told["right"])[1]
            )
            assert said == pytest.approx(end, abs=6e-3)
        assert ("No sign" in told["right"]) == (RUNS[name].ill == HEALTHY)
        assert not re.search("undefined|NaN|unknown", told["right"])
        assert told["state"]["wrong"] is None
        assert gl.Recipe.from_dict(told["state"]["recipe"]) == RUNS[name].recipe.but(seed=SEED)


def test_right_answers_are_counted(run_js, record):
    counted = """(({ start, measure, best }, record) => {
      const all = Object.fromEntries(record.runs.map(({ ill }, i) => [`answer${i + 1}`, ill]));
      const of = (state) => best.of(state, measure(state, record)).value;
      return [of(start), of({ ...start, ...all }), of({ ...start, ...all, answer1: "nothing" })];
    })"""
    assert run_js(f"{counted}({VIEW}, {json.dumps(record)})") == [None, 11, 10]


def test_pictures_keep_inside_and_the_truth_is_drawn_after_the_answer(run_js, record):
    for one in run_js(f"await {DRAWN}({VIEW}, {json.dumps(record)}, [300, 358, 700])"):
        assert one["depth"] == 0 and not one["bad"]
        assert one["truth"] == (0 if one["hidden"] else 1)
        for text, x, y in one["words"]:
            assert 0 <= x and x + 5 * len(text) <= one["width"] + 8 and 0 < y <= one["height"], text
            assert not re.search("NaN|undefined|unknown", text)


def test_only_the_book_has_a_lab_beside_it(monkeypatch):
    monkeypatch.delenv("GAN_LAB_STATIC", raising=False)
    assert record_of_what_ails_it()["lab"] == ""
    made = explore.what_ails_it(curve="4", answer4="nothing")
    assert base64.b64decode(made.still()).startswith(b"\x89PNG")
    assert eval(repr(made), {"explore": explore}).start == made.start


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(
        ValueError, match="^there is no .answer12.: answers are answer1 to answer11"
    ):
        explore.what_ails_it(answer12="nothing")
    with pytest.raises(ValueError, match='^answer2 is "hidden" or "nothing" or '):
        explore.what_ails_it(answer2="fever")


@pytest.mark.parametrize("width", [390, 1280])
def test_an_answer_is_given_by_hand_and_by_keys_and_stands(width, open_figures):
    page = open_figures(explore.what_ails_it(), width=width)
    says = page.locator(".gan-lab-says")
    assert says.inner_text().startswith("Curve 1, ")
    page.get_by_role("radio", name="D learns by heart").locator("visible=true").check()
    assert says.inner_text().startswith("Right: D learns by heart; the exact JSD")
    assert page.get_by_role("link", name="Play it in the lab").is_visible()
    assert page.get_by_role("radio", name="it goes round").locator("visible=true").is_disabled()
    assert page.locator(".gan-lab-best").inner_text() == "Your best here: 1 of 11"
    page.get_by_role("button", name="Next curve").press("Enter")
    assert says.inner_text().startswith("Curve 2, ")
    page.get_by_role("radio", name="D is blind").locator("visible=true").focus()
    page.keyboard.press("Space")
    assert says.inner_text().startswith("You said that D is blind: healthy, ")
    page.get_by_role("button", name="Begin again").click()
    assert says.inner_text().startswith("Curve 1, ")
    assert page.locator(".gan-lab-best").inner_text() == "Your best here: 1 of 11"
    assert np.isfinite(page.locator("figure canvas").bounding_box()["height"])
