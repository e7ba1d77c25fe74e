// Slow motion: the minibatch of a line of Algorithm 1, found again, and drawn.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawFigure1, figure1Layout } from "../../gan_lab/front_end/draw/line/figure1.js";
import { graphOf } from "../../gan_lab/front_end/draw/line/graphs.js";
import { heightAt, radiusOf, roundPull, steepest } from "../../gan_lab/front_end/draw/line/minibatch_marks.js";
import { rangeOfPays, STRIP, stripOf } from "../../gan_lab/front_end/draw/line/pays_strip.js";
import { drawPlane, planeLayout, planeSize } from "../../gan_lab/front_end/draw/plane/view.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { minibatchAfter } from "../../gan_lab/front_end/frame/minibatch.js";
import { sigmoid } from "../../gan_lab/front_end/numeric/game_value.js";
import { meanOf } from "../../gan_lab/front_end/numeric/mean.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";
import { LOSSES } from "../../gan_lab/front_end/training/losses.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { formulaOf } from "../../gan_lab/front_end/ui/lab/formula.js";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const LINE = { m: 8, k: 2, G: [8], D: [8], lr_D: 0.01, lr_G: 0.003, r1: 0.1, r2: 0 };
const PLANE = { ...LINE, data: { kind: "ring", sd: 0.1 }, latent_dim: 2 };
const KINDS = {
  "on the line": LINE,
  "in the plane": PLANE,
  "with three numbers in z": { ...LINE, latent_dim: 3 },
  "in float64, standardised": { ...LINE, dtype: "float64", standardise: true },
};
const close = (a, b, allowed = 1e-9) => assert.ok(Math.abs(a - b) <= allowed * (1 + Math.abs(b)), `${a} is not ${b}`);
const same = (found, wanted) => assert.deepEqual(Array.from(found), Array.from(wanted));

// Lines of a game, each with the frame after it.
function lines(parts, count) {
  const { answer } = session();
  const { error } = answer({ do: "start", recipe: recipeOf(parts), t: 3 });
  assert.equal(error, undefined);
  return Array.from({ length: count }, () => answer({ do: "move", what: "line" }));
}
const lineNamed = (parts, name) => lines(parts, 8).find(({ line }) => line.name === name).frame;

for (const [where, parts] of Object.entries(KINDS))
  test(`what is found again is what was drawn, ${where}`, () => {
    for (const { line, frame } of lines(parts, 16)) {
      const { minibatch } = frame;
      assert.equal(minibatch.line, line.name);
      if (line.name === "sample data for D") same(minibatch.real, line.x);
      else if (line.x) [same(minibatch.z, line.z), same(minibatch.fake, line.x)];
      else assert.equal(minibatch.loss, line.loss);
    }
  });

test("a move keeps the points that made it, and G’s are followed to where they are now", () => {
  const seen = lines(LINE, 8).map(({ frame }) => frame.minibatch);
  assert.deepEqual([seen[2].real, seen[2].fake_weight], [seen[1].real, seen[1].fake_weight]);
  assert.deepEqual([seen[7].z, seen[7].fake, seen[7].pull], [seen[6].z, seen[6].fake, seen[6].pull]);
  const game = new Training(recipeOf(LINE));
  game.play(4);
  same(seen[7].moved, game.generate(seen[7].z));
  assert.notDeepEqual(seen[7].moved, seen[7].fake);
});

test("the minibatch of a line goes with whatever else is done", () => {
  for (const request of [
    { do: "train", budget: 0, most: 1 },
    { do: "move", what: "D" },
    { do: "undo" },
    { do: "see" },
    { do: "change", changes: { lr_D: 0.5 } },
  ]) {
    const { answer } = session();
    answer({ do: "start", recipe: recipeOf(LINE), t: 3 });
    assert.ok(answer({ do: "move", what: "line" }).frame.minibatch);
    const { frame, error } = answer(request);
    assert.equal(error, undefined);
    assert.equal(frame.minibatch, undefined, request.do);
  }
});

test("to look at a minibatch moves nothing of the game", () => {
  const [one, other] = [new Training(recipeOf(LINE)), new Training(recipeOf(LINE))];
  let before = null;
  for (const line of one.lines(3)) before = minibatchAfter(line, one, before);
  other.play(3);
  same(one.G.flat, other.G.flat);
  same(one.D.flat, other.D.flat);
});

test("a point weighs as much as D’s loss is steep in D’s output there", () => {
  for (const loss of Object.keys(LOSSES)) {
    const game = new Training(recipeOf({ ...LINE, loss, clip: loss === "wasserstein" ? 0.1 : 0 }));
    game.play(3);
    const { real, fake, real_weight, fake_weight } = minibatchAfter({ name: "sample data for D" }, game);
    const [of_real, of_fake] = [game.logit(real), game.logit(fake)];
    const { pairs, real: r, fake: f } = LOSSES[loss].D;
    const steep = (v, i, cost) => Math.abs(pairs ? pairs.slope(of_real[i] - of_fake[i]) : cost.slope(v));
    const all = [...of_real.map((v, i) => steep(v, i, r)), ...of_fake.map((v, i) => steep(v, i, f))];
    const most = Math.max(...all);
    [...real_weight, ...fake_weight].forEach((weight, i) => close(weight, all[i] / (most || 1), 1e-6));
  }
});

test("a pull is minus the slope of G’s loss at G(z), in every loss", () => {
  for (const loss of Object.keys(LOSSES)) {
    const game = new Training(recipeOf({ ...LINE, loss, dtype: "float64", activation: "tanh" }));
    game.play(2);
    const { fake, pull } = minibatchAfter({ name: "sample noise for G" }, game);
    const { pairs, fake: alone } = LOSSES[loss].G;
    const real = pairs && game.logit(game.inDataUnits(game.costs.minibatches.dataForG(game.t, new Float64Array(8))));
    const cost = (x, i) => {
      const v = game.logit(Float64Array.of(x))[0];
      return pairs ? pairs.value(real[i] - v) : alone.value(v);
    };
    const h = 1e-5;
    fake.forEach((x, i) => close(pull[i], (cost(x - h, i) - cost(x + h, i)) / (2 * h), 1e-6));
  }
});

// What the players' losses are, before and after a move, from what the points pay.
const total = ({ real, fake }) => (real ? meanOf(real) : 0) + meanOf(fake);

test("what the points pay makes up the losses, before a step and after it", () => {
  for (const loss of Object.keys(LOSSES)) {
    const smoothing = LOSSES[loss].labels ? 0.1 : 0;
    const parts = { ...LINE, loss, smoothing, instance_noise: 0.3, dtype: "float64" };
    const pairs = !!LOSSES[loss].D.pairs;
    for (const { line, frame } of lines(parts, 10)) {
      if (!line.name.startsWith("move")) continue;
      const { pays, paid, player } = frame.minibatch;
      if (pairs) {
        assert.deepEqual([pays.fake, paid.fake], [null, null]);
        continue;
      }
      const sign = player === "D" && LOSSES[loss].labels ? -1 : 1;
      close(sign * total(paid), line.loss, 1e-9);
      assert.notEqual(total(pays), total(paid));
    }
  }
});

test("what they pay after D’s step is what D says of the same points then", () => {
  const { minibatch } = lineNamed({ ...LINE, loss: "minimax" }, "move D");
  const { real, fake, out, pays } = minibatch;
  const game = new Training(recipeOf({ ...LINE, loss: "minimax" }));
  game.play(3);
  game.updateDiscriminator();
  game.logit(real).forEach((v, i) => close(out.real[i], v, 1e-6));
  game.logit(fake).forEach((v, i) => close(pays.fake[i], -Math.log1p(Math.exp(v)), 1e-6));
});

// A term as it is written, for outputs v of D: "log(1 − D(G(z)))".
function termFor({ sign, factor, body }, outputs, probability) {
  const code = body
    .replaceAll("logit D(G(z))", "v")
    .replaceAll(/D\(G\(z\)\)|D\(x\)/g, probability ? "sigmoid(v)" : "v")
    .replaceAll("σ(v)", "sigmoid(v)")
    .replaceAll("2sigmoid", "2 * sigmoid")
    .replaceAll("log 2 * sigmoid(v)", "log(2 * sigmoid(v))")
    .replaceAll("log sigmoid(v)", "log(sigmoid(v))")
    .replaceAll("²", "**2")
    .replaceAll("−", "-")
    .replaceAll("0.90 log", "0.9 * log")
    .replaceAll("0.10 log", "0.1 * log");
  const own = new Function("v", "sigmoid", `const { log, exp, max } = Math; return ${code};`);
  const mean = meanOf(Float64Array.from(outputs, (v) => [own(v, sigmoid)].flat()[0]));
  return (sign === "−" ? -1 : 1) * (factor ? 0.5 : 1) * mean;
}

test("the formulas say what is paid, term by term, in every loss", () => {
  for (const loss of Object.keys(LOSSES)) {
    const parts = { ...LINE, loss, smoothing: LOSSES[loss].labels ? 0.1 : 0 };
    const { V, D, G } = formulaOf(recipeOf(parts));
    assert.equal(V, LOSSES[loss].labels);
    if (LOSSES[loss].D.pairs) {
      assert.deepEqual([D.length, G.length, D[0].side], [1, 1, "pairs"]);
      continue;
    }
    const ofD = lineNamed(parts, "sample data for D").minibatch;
    const ofG = lineNamed(parts, "sample noise for G").minibatch;
    close(termFor(D[0], ofD.out.real, V), meanOf(ofD.pays.real), 1e-9);
    close(termFor(D[1], ofD.out.fake, V), meanOf(ofD.pays.fake), 1e-9);
    close(termFor(G[0], ofG.out.fake, V), meanOf(ofG.pays.fake), 1e-9);
  }
  assert.equal(formulaOf({ loss: "of the reader’s own" }), null);
});

test("of a D that sees packs, and of a move whose samples were not seen, nothing is said", () => {
  const game = new Training(recipeOf(LINE));
  game.recipe = { ...game.recipe, packing: 2 };
  assert.equal(minibatchAfter({ name: "sample noise for D" }, game), null);
  assert.equal(minibatchAfter({ name: "move D" }, new Training(recipeOf(LINE))), null);
  assert.equal(minibatchAfter(null, new Training(recipeOf(LINE))), null);
});

const size = { width: 700, height: 380 };
function drawn(frame, layers = {}) {
  const sheet = paper();
  if (frame.dim === 1) drawFigure1(sheet.context, frame, size, theme, layers);
  else drawPlane(sheet.context, frame, planeSize(560, { D: "D" }), theme, { D: "D" });
  return sheet;
}
// Strokes of one path each with so many parts.
const withParts = ({ made }, count) =>
  made.filter(({ kind, path }) => kind === "stroke" && path.filter(({ pen }) => pen === "up").length === count);

test("on the line, each z is joined to its G(z), and both have their ticks", () => {
  const frame = lineNamed(LINE, "sample data for D");
  const { z, fake, real } = frame.minibatch;
  const place = figure1Layout(frame, size);
  const sheet = drawn(frame);
  const joins = withParts(sheet, 8).find(({ path }) => path[0].y === place.foot).path;
  z.forEach((v, k) => {
    close(joins[2 * k + 1].x, place.x(fake[k]));
    close(joins[2 * k].x, Math.min(place.ends[1], Math.max(place.ends[0], place.z(v))));
  });
  const ticks = withParts(sheet, 8)
    .filter(({ path }) => path[0].x === path[1].x)
    .map(({ path }) => [path[0].y, path.filter((_, i) => i % 2 === 0).map(({ x }) => x)]);
  const at = (edge) => ticks.find(([y]) => y === edge)[1];
  same(at(place.base), Array.from(real, place.x));
  same(at(place.line), Array.from(fake, place.x));
  assert.deepEqual(sheet.strokes(theme.arrow), [], "and the other arrows make room");
});

test("along D’s curve, what weighs more is larger", () => {
  const frame = lineNamed(LINE, "move D");
  const { real, real_weight } = frame.minibatch;
  const place = figure1Layout(frame, size);
  const rings = drawn(frame).made.filter(
    ({ kind, path, strokeStyle }) => kind === "stroke" && strokeStyle === theme.p_data && path[1]?.r,
  );
  const seen = Array.from(real).flatMap((x, k) => (x > frame.x[0] && x < frame.x.at(-1) ? [k] : []));
  assert.equal(rings.length, seen.length);
  seen.forEach((k, i) => {
    const { x, y, r } = rings[i].path[1];
    close(x, place.x(real[k]));
    close(y - 7, place.D(heightAt(frame.x, frame.D, real[k])));
    close(r, radiusOf(real_weight[k]));
  });
  assert.ok(radiusOf(1) > 1.5 * radiusOf(0.1));
});

test("over each tick what the point pays, cut where it is out of reach, and the means", () => {
  const frame = lineNamed(LINE, "sample data for D");
  const { real, fake, pays } = frame.minibatch;
  pays.real[2] = -100;
  const layers = { strip: true };
  const place = figure1Layout(frame, size, layers);
  const { price, top, bottom } = stripOf(place, pays);
  assert.ok(place.base < top && bottom < place.ledge && place.ledge - place.base === STRIP);
  const sheet = drawn(frame, layers);
  for (const [xs, prices] of [
    [real, pays.real],
    [fake, pays.fake],
  ]) {
    const ends = Array.from(xs, (x, k) => [place.x(x), price(Math.max(-8, prices[k]))]);
    const stems = withParts(sheet, 8).find(({ path }) => path[0].y === price(0) && path[1].x === ends[0][0]).path;
    ends.forEach(([x, y], k) => [close(stems[2 * k + 1].x, x), close(stems[2 * k + 1].y, y)]);
  }
  const cuts = sheet.made.filter(({ kind, path }) => kind === "fill" && path.length === 3 && path[0].y > bottom - 3);
  assert.ok(cuts.some(({ path }) => path[2].x === place.x(real[2])));
  const means = sheet.made.filter(
    ({ kind, dash, path }) => kind === "stroke" && dash.join() === "5,3" && path[0].y < bottom,
  );
  assert.ok(means.some(({ path }) => Math.abs(path[0].y - price(meanOf(pays.fake))) < 1e-9));
  assert.deepEqual(rangeOfPays({ real: null, fake: null }), [0, 0.5]);
  assert.deepEqual(rangeOfPays({ real: [-0.6, 3], fake: [0] }), [-1, 4]);
  assert.ok(
    drawn({ ...frame, minibatch: undefined }, layers)
      .words()
      .some(({ text }) => text === "what each sample pays"),
  );
});

test("an arrow with a number says how long the others are for how steep a slope", () => {
  const frame = lineNamed(LINE, "sample noise for G");
  const most = steepest(frame.minibatch.pull, 1);
  const { value, length } = roundPull(frame.minibatch.pull, 1);
  assert.ok(value <= most && value > most / 2.5 && /^[125]0*$/.test(String(value).replace(/[.]|^0[.]0*/g, "")));
  close(length / value, 40 / most);
  assert.ok(
    drawn(frame)
      .words()
      .some(({ text }) => text.includes(`slope ${value} `)),
  );
  const inPlane = lineNamed(PLANE, "sample noise for G");
  assert.ok(
    drawn(inPlane)
      .words()
      .some(({ text }) => text.includes("per unit")),
  );
});

test("G’s arrows lead down the slope of its loss, and its curve is seen before and after", () => {
  const frame = lineNamed(LINE, "move G");
  const { drawn_at } = frame.minibatch;
  const place = figure1Layout(frame, size);
  const ghosts = drawn(frame)
    .strokes(theme.p_g)
    .filter(({ dash, path }) => dash[0] === 2 && path.length > 50);
  assert.equal(ghosts.length, 1);
  const [, heights] = graphOf(drawn_at).placed(place);
  close(ghosts[0].path[7].y, heights[7]);
  assert.notDeepEqual(Array.from(drawn_at.outline.p_g), Array.from(frame.outline.p_g));
});

test("D before its step is drawn on the axis of now, a score by its own numbers", () => {
  for (const parts of [LINE, { ...LINE, loss: "wasserstein", r1: 0, clip: 0.2, lr_D: 0.05 }]) {
    const [, drawn_of_D, frame] = lines(parts, 3).map((reply) => reply.frame);
    const place = figure1Layout(frame, size);
    const { path } = drawn(frame)
      .strokes(theme.D)
      .find(({ dash, path: points }) => dash[0] === 2 && points.length > 50);
    const output = ({ score_range: range }, share) => (range ? range[0] + share * (range[1] - range[0]) : share);
    path.forEach(({ y }, i) => close(output(frame, place.D.invert(y)), output(drawn_of_D, drawn_of_D.D[i])));
    assert.notDeepEqual(drawn_of_D.D, frame.D);
  }
});

test("in the plane the samples are the minibatch’s, and each z leads to its G(z)", () => {
  const frame = lineNamed(PLANE, "sample noise for G");
  const [panel] = planeLayout(frame, planeSize(560, { D: "D" }), { D: "D" });
  const { fake } = frame.minibatch;
  const joins = withParts(drawn(frame), 8).find(
    ({ path }) => path.length === 16 && Math.abs(path[1].x - panel.x(fake[0])) < 1e-9,
  );
  for (let k = 0; k < 8; k++) close(joins.path[2 * k + 1].y, panel.y(fake[2 * k + 1]));
});

for (const parts of [LINE, PLANE])
  test(`every line of Algorithm 1 changes the picture, ${parts.data ? "in the plane" : "on the line"}`, () => {
    const pictures = lines(parts, 8).map(({ frame }) =>
      JSON.stringify(drawn(frame).made.map(({ canvas, ...rest }) => rest)),
    );
    assert.equal(new Set(pictures).size, 8);
  });
