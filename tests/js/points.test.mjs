// The points of a picture: what is asked of them, how D colours them, and which layers there are on the line.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawFigure1, figure1Layout, HIDDEN } from "../../gan_lab/front_end/draw/line/figure1.js";
import { pointsOnLine } from "../../gan_lab/front_end/draw/line/points.js";
import { sharesAt, tintOf } from "../../gan_lab/front_end/draw/plane/layers.js";
import { pointsInPlane } from "../../gan_lab/front_end/draw/plane/points.js";
import { drawPlane, planeLayout, planeSize } from "../../gan_lab/front_end/draw/plane/view.js";
import { pointWords } from "../../gan_lab/front_end/draw/point_words.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { frameOf } from "../../gan_lab/front_end/frame/frame_of.js";
import { minibatchAfter } from "../../gan_lab/front_end/frame/minibatch.js";
import { sigmoid } from "../../gan_lab/front_end/numeric/game_value.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";
import { LOSSES } from "../../gan_lab/front_end/training/losses.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { firstView, layersOf } from "../../gan_lab/front_end/ui/lab/figure/figure.js";
import { inOrder, pointAt } from "../../gan_lab/front_end/ui/lab/figure/tooltip.js";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const LINE = { m: 8, k: 1, G: [8], D: [8], dtype: "float64" };
const PLANE = { ...LINE, data: { kind: "ring", sd: 0.1 }, latent_dim: 2 };
const size = { width: 700, height: 460 };
const strip = { strip: true };
const close = (a, b, allowed = 1e-9) => assert.ok(Math.abs(a - b) <= allowed * (1 + Math.abs(b)), `${a} is not ${b}`);

function gameOf(parts, t = 3) {
  const game = new Training(recipeOf(parts));
  game.play(t);
  return game;
}
// A frame with the minibatch of a line.
function withMinibatch(game, name) {
  const frame = frameOf(game);
  const { D, outline, score_range } = frame;
  return { ...frame, minibatch: { ...minibatchAfter({ name }, game), drawn_at: { D, outline, score_range } } };
}

test("a sample on the line says its z, G(z), D there and what it pays, at each of its places", () => {
  const game = gameOf({ ...LINE, loss: "minimax" });
  const frame = withMinibatch(game, "sample data for D");
  const { z, fake, pays } = frame.minibatch;
  const points = pointsOnLine(frame, size, strip);
  const place = figure1Layout(frame, size, strip);
  const k = fake.findIndex((x) => x > frame.x[0] && x < frame.x.at(-1));
  const one = points.find(({ x, who }) => who === "sample" && x[0] === fake[k]);
  const D = sigmoid(game.logit(fake.slice(k, k + 1))[0]).toFixed(3);
  const words = pointWords(frame, one).replaceAll("−", "-");
  assert.equal(
    words,
    `sample: z = ${z[k].toFixed(2)}, G(z) = ${fake[k].toFixed(2)}; D = ${D}; pays ${pays.fake[k].toFixed(3)} into V`,
  );
  close(pays.fake[k], Math.log(1 - sigmoid(game.logit(fake.slice(k, k + 1))[0])), 1e-6);
  assert.equal(one.spots.length, 4);
  for (const spot of [
    [place.x(fake[k]), place.line - 3],
    [place.z(z[k]), place.foot],
  ])
    assert.ok(pointAt(points, spot, 4).point.x.length === 1);
  assert.ok(points.some(({ who }) => who === "data"));
});

test("an output that is no probability is said to be one, and noise on the points as well", () => {
  for (const [parts, words] of [
    [{ loss: "hinge" }, /; D puts out −?\d\.\d{3}; costs D \d\.\d{3}$/],
    [{ loss: "relativistic" }, /; D puts out −?\d\.\d{3}$/],
    [{ instance_noise: 0.2 }, /; D \(with noise on x\) = 0\.\d{3}; pays −\d\.\d{3} into V$/],
  ]) {
    const frame = withMinibatch(gameOf({ ...LINE, ...parts }), "sample data for D");
    assert.match(pointWords(frame, pointsOnLine(frame, size, strip)[0]), words);
  }
});

test("without a minibatch each arrow from z can be asked about, and by keys from left to right", () => {
  const frame = frameOf(gameOf(LINE));
  const points = pointsOnLine(frame, size, {});
  assert.ok(points.length > 20);
  const xs = inOrder(points).map(({ x }) => x[0]);
  assert.deepEqual(
    xs,
    [...xs].sort((a, b) => a - b),
  );
  assert.match(pointWords(frame, points[7]), /^sample: z = .*, G\(z\) = .*; D = 0\.\d\d$/);
  assert.equal(pointAt(points, [-50, -50]), null);
});

test("in the plane D of a point is D at the point itself, in every loss", () => {
  for (const loss of Object.keys(LOSSES)) {
    const game = gameOf({ ...PLANE, loss, clip: loss === "wasserstein" ? 0.1 : 0 });
    const frame = frameOf(game, { cells: 48, mesh: 16 });
    assert.equal(frame.D_real.length, frame.real.length / 2);
    const near = sharesAt(frame, frame.fake);
    const exact = sharesAt(frame, frame.fake, "D_fake");
    exact.forEach((share, k) => Number.isNaN(near[k]) || close(share, near[k], 0.06));
    if (LOSSES[loss].labels)
      frame.D_fake.forEach((D, k) => close(D, sigmoid(game.logit(frame.fake.slice(2 * k, 2 * k + 2))[0]), 1e-6));
    const [one] = pointsInPlane(frame, planeSize(560), { D: "D", fake: true });
    assert.match(pointWords(frame, one), /^sample: z = \(.*\), G\(z\) = \(.*\); [DT] = .*\d$/);
  }
});

test("in the plane a point of a minibatch says what it pays", () => {
  const frame = withMinibatch(gameOf(PLANE), "sample data for D");
  const layers = { D: "D" };
  const points = pointsInPlane(frame, planeSize(560, layers), layers);
  const [panel] = planeLayout(frame, planeSize(560, layers), layers);
  const found = pointAt(points, [panel.x(frame.minibatch.real[0]), panel.y(frame.minibatch.real[1])]);
  assert.match(pointWords(frame, found.point), /^data: x = \(.*\); D = 0\.\d{3}; pays −\d\.\d{3} into V$/);
});

test("points in the colour of what D says of them: orange for generated, blue for data", () => {
  const frame = { ...frameOf(gameOf(PLANE), { cells: 48, mesh: 16 }) };
  frame.D_real = frame.D_real.map((_, k) => (k % 2 ? 1 : 0));
  const layers = { D: "off", real: true, judged: true };
  const sheet = paper();
  drawPlane(sheet.context, frame, planeSize(560, layers), theme, layers);
  const stamps = sheet.made
    .filter(({ kind }) => kind === "image")
    .map(({ canvas }) => canvas.sheet.made.at(-1).strokeStyle);
  assert.deepEqual([...new Set(stamps)].sort(), [tintOf(0, theme), tintOf(1, theme), theme.p_data].sort());
  const tally = (color) => stamps.filter((one) => one === color).length;
  assert.deepEqual([tally(tintOf(0, theme)), tally(tintOf(1, theme))], [100, 100]);
  assert.equal(tintOf(NaN, theme), theme.muted);
});

test("on the line a layer that is not ticked is not drawn", () => {
  const frame = frameOf(gameOf(LINE));
  const strokes = (layers) => {
    const sheet = paper();
    drawFigure1(sheet.context, frame, size, theme, layers);
    return (color) => sheet.strokes(color).filter(({ path }) => path.length > 30).length;
  };
  const all = strokes(layersOf(firstView(1).show, 1));
  for (const [name, color] of [
    ["p_data", theme.p_data],
    ["p_g", theme.p_g],
    ["D", theme.D],
  ]) {
    const without = strokes({ hide: [name] });
    assert.deepEqual([all(color), without(color)], [1, 0], name);
  }
  const arrows = (layers) => {
    const sheet = paper();
    drawFigure1(sheet.context, frame, size, theme, layers);
    return [theme.arrow, tintOf(0.5, theme)].map(
      (color) => sheet.made.filter((m) => m.fillStyle === color && m.kind === "fill").length,
    );
  };
  assert.ok(arrows({})[0] > 20 && arrows({ hide: ["z"] })[0] === 0);
  assert.ok(arrows({ judged: true })[0] === 0 && arrows({ judged: true })[1] > 0);
  assert.deepEqual(layersOf(["D", "pull"], 1), { judged: false, pull: true, hide: HIDDEN.filter((n) => n !== "D") });
});

test("on the line the arrows of the samples are minus the slope of G’s loss there", () => {
  for (const loss of Object.keys(LOSSES)) {
    const game = gameOf({ ...LINE, loss, activation: "tanh" });
    const { G_z, pull } = frameOf(game);
    const { fake, pairs } = LOSSES[loss].G;
    if (pairs) assert.ok(pull.every(Number.isNaN));
    else {
      const cost = (x) => fake.value(game.logit(Float64Array.of(x))[0]);
      for (const k of [3, 16, 30]) close(pull[k], (cost(G_z[k] - 1e-5) - cost(G_z[k] + 1e-5)) / 2e-5, 1e-5);
    }
  }
});
