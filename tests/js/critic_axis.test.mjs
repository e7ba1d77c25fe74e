// What the axis of D says in each loss.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawBound } from "../../gan_lab/front_end/draw/charts/bound.js";
import { axisOfD, rangeWords } from "../../gan_lab/front_end/draw/critic_axis.js";
import { drawFigure1, figure1Layout } from "../../gan_lab/front_end/draw/line/figure1.js";
import { boundSentence, planeSentence } from "../../gan_lab/front_end/draw/plane/sentences.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { equilibriumOf } from "../../gan_lab/front_end/frame/equilibrium.js";
import { isProbability } from "../../gan_lab/front_end/frame/readout.js";
import { FrameHistory } from "../../gan_lab/front_end/source/frame_history.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { LOSSES } from "../../gan_lab/front_end/training/losses.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { labSentence } from "../../gan_lab/front_end/ui/lab/figure/sentences.js";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const size = { width: 600, height: 330 };
const SMALL = { m: 8, k: 1, G: [8], D: [8], lr_D: 0.01, lr_G: 0.003 };
const PROBABILITIES = ["minimax", "non-saturating", "maximum-likelihood", "relativistic", "f-gan"];
const CRITICS = Object.keys(LOSSES).filter((loss) => !PROBABILITIES.includes(loss));

function played(parts, t = 12) {
  const { answer } = session();
  const { error, recipe, frame: first } = answer({ do: "start", recipe: recipeOf({ ...SMALL, ...parts }) });
  assert.equal(error, undefined);
  const kept = new FrameHistory();
  kept.add({ frame: first, recipe });
  for (let i = 0; i < t; i++) kept.add({ frame: answer({ do: "train", budget: 0, most: 1 }).frame, recipe });
  return { frame: kept.entries.at(-1).frame, history: kept.history, recipe };
}
const drawn = (draw) => {
  const sheet = paper();
  draw(sheet.context);
  return sheet.words().map(({ text }) => text);
};

test("of thirteen losses five have a D that is a probability", () => {
  assert.equal(Object.keys(LOSSES).length, 13);
  for (const loss of Object.keys(LOSSES)) assert.equal(isProbability(loss), PROBABILITIES.includes(loss), loss);
  assert.ok(isProbability(undefined), "and that of a recording is one");
});

for (const loss of CRITICS)
  test(`with ${loss} no axis says ½, and no chart −log 4`, () => {
    const { frame, history, recipe } = played({ loss });
    const axis = drawn((context) => drawFigure1(context, frame, size, theme));
    assert.ok(!axis.includes("½"));
    for (const { label, share } of axisOfD(frame).marks) {
      assert.ok(axis.includes(label), label);
      assert.ok(share >= 0 && share <= 1);
    }
    const chart = drawn((context) =>
      drawBound(context, history, 12, { width: 600, height: 170 }, theme, {}, { recipe, frame }),
    ).join(" ");
    assert.ok(!chart.includes("log 4") && chart.includes("minus the loss of") && chart.includes("at the end"), chart);
    for (const words of [labSentence(frame), boundSentence(frame)]) assert.ok(!words.includes("V(G,D"), words);
    const plane = played({ loss, data: { kind: "ring", sd: 0.2 }, latent_dim: 2 }, 1).frame;
    assert.ok(!planeSentence(plane).includes("V(G,D"));
  });

test("the middle of a critic’s axis is where its game ends", () => {
  for (const loss of CRITICS) {
    const { marks, half } = axisOfD({
      loss,
      D_kind: loss === "wasserstein" ? "score" : "probability",
      score_range: [0, 1],
      score_means: [0.2, 0.1],
    });
    assert.equal(half, loss !== "wasserstein");
    if (!half) continue;
    const { label } = marks.find(({ share }) => share === 0.5);
    assert.equal(equilibriumOf({ loss }).at.split(" = ")[1], label, loss);
  }
});

test("a score’s axis is in its own units, with its means on the data and on G, and no best D", () => {
  const { frame } = played({ loss: "wasserstein", clip: 0.1 });
  const { marks, lines, best } = axisOfD(frame);
  const [low, high] = frame.score_range;
  for (const { share, label } of marks)
    assert.ok(Math.abs(low + share * (high - low) - Number(label.replace("−", "-"))) < 1e-9);
  frame.score_means.forEach((mean, i) => assert.ok(Math.abs(lines[i].share - (mean - low) / (high - low)) < 1e-12));
  assert.equal(best, false);
  const words = drawn((context) => drawFigure1(context, frame, size, theme));
  assert.ok(!words.includes("*") && words.includes("mean of D on the data"));
  assert.ok(
    figure1Layout(frame, size).ends[1] <
      figure1Layout({ ...frame, D_kind: "probability", loss: "minimax" }, size).ends[1],
  );
});

test("a D that does not move has an axis too", () => {
  const { marks } = axisOfD({ D_kind: "score", score_range: [0.25, 0.25], score_means: [0.25, 0.25] });
  assert.deepEqual(marks, [{ share: 0.5, label: "0.25", bold: false }]);
});

test("where D is is said in its own units, and beyond the picture with “or more”", () => {
  assert.equal(rangeWords("minimax", 0.25, 0.75), "D between 0.25 and 0.75");
  assert.equal(rangeWords("hinge", 0, 0.75), "D between −1.00 or less and 0.50 (0 at the end of the game)");
  assert.equal(rangeWords("least-squares", 0.25, 1), "D between −0.50 and 1.00 or more (0 at the end of the game)");
  assert.equal(rangeWords("f-kl", 0.5, 1), "T between 1.00 and ∞ (1 at the end of the game)");
});
