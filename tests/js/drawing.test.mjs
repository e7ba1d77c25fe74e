import assert from "node:assert/strict";
import { test } from "node:test";

import { boundLayout, drawBound, FLOOR, frameAt } from "../../gan_lab/front_end/draw/charts/bound.js";
import { drawFigure1, figure1Layout } from "../../gan_lab/front_end/draw/line/figure1.js";
import { bestLineOf } from "../../gan_lab/front_end/draw/line/graphs.js";
import { iterationTicks, reached, scale, ticks } from "../../gan_lab/front_end/draw/scales.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { recordingOf } from "../../gan_lab/front_end/recording/recording.js";
import { sizesFor } from "../../gan_lab/front_end/ui/stage.js";
import { bytesFrom, smallRun } from "./bytes.mjs";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const size = { width: 700, height: 330 };
const recording = recordingOf(bytesFrom(smallRun(41), { panels: { a: 1, b: 2, c: 3, d: 40 } }));
const close = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);

function drawn(frame = recording.frame(2)) {
  const sheet = paper();
  drawFigure1(sheet.context, frame, size, theme);
  return sheet;
}
// The curve itself, not its sample in the legend, which has two points.
const longest = (strokes) => strokes.reduce((a, b) => (b.path.length > a.path.length ? b : a));

test("p_data is dotted, p_G solid, D dashed, D* solid and thinner than all", () => {
  const { strokes } = drawn();
  const [p_data, p_g, D, D_star] = ["p_data", "p_g", "D", "D_star"].map((role) => longest(strokes(theme[role])));
  assert.deepEqual([p_data.dash[0], p_data.lineCap], [0, "round"]);
  assert.ok(p_data.dash[1] > p_data.lineWidth, "the dots do not touch");
  assert.deepEqual(p_g.dash, []);
  assert.ok(D.dash[0] > 2 * D.lineWidth && D.dash[1] > 2);
  assert.deepEqual(D_star.dash, []);
  assert.ok(D_star.lineWidth < Math.min(p_data.lineWidth, p_g.lineWidth, D.lineWidth));
});

test("the legend's lines have the styles of the curves", () => {
  const { strokes } = drawn();
  for (const role of ["p_data", "p_g", "D", "D_star"]) {
    const [sample] = strokes(theme[role]).filter(({ path }) => path.length === 2 && path[0].y < 20);
    const { dash, lineWidth } = longest(strokes(theme[role]));
    assert.deepEqual([sample.dash, sample.lineWidth], [dash, lineWidth]);
  }
});

test("curves go through the frame's numbers: densities on one scale, D on its own from 0 to 1", () => {
  const frame = recording.frame(2);
  const place = figure1Layout(frame, size);
  const { strokes } = drawn(frame);
  const data = longest(strokes(theme.p_data)).path;
  const D = longest(strokes(theme.D)).path;
  assert.equal(data.length, frame.x.length);
  data.forEach((point, i) => close(point.y, place.density(frame.p_data[i])));
  D.forEach((point, i) => close(point.y, place.D(frame.D[i])));
  close(place.D(0.5), (place.D(0) + place.D(1)) / 2);
  close(place.D(0), place.density(0));
});

test("D* is broken where it is not a number, and nowhere else", () => {
  const { path } = longest(drawn().strokes(theme.D_star));
  assert.equal(path.length, recording.frame(2).x.length - 1);
  assert.deepEqual(path.filter(({ pen }) => pen === "up").length, 2);
});

test("an arrow leaves each z and its head is at G(z)", () => {
  const frame = recording.frame(2);
  const place = figure1Layout(frame, size);
  const { made } = drawn(frame);
  const lines = made.filter((m) => m.kind === "stroke" && m.strokeStyle === theme.arrow);
  const heads = made.filter((m) => m.kind === "fill" && m.fillStyle === theme.arrow);
  assert.equal(lines.length, frame.z.length);
  frame.z.forEach((z, i) => {
    close(lines[i].path[0].x, place.z(z));
    close(lines[i].path[0].y, place.foot);
    close(heads[i].path[0].x, place.x(frame.G_z[i]));
    close(heads[i].path[0].y, place.line + 1);
  });
});

test("an arrow that leads outside is counted at the edge; NaN draws none", () => {
  const frame = { ...recording.frame(2), G_z: Float64Array.from([-900, 0, NaN]) };
  const sheet = drawn(frame);
  assert.equal(sheet.strokes(theme.arrow).length, 2);
  const said = sheet.words().map(({ text }) => text);
  assert.ok(said.includes("← 1") && !said.some((text) => text.includes("→")));
});

test("the order: data under the generator, the discriminator above both, arrows under the axis", () => {
  const { made, strokes } = drawn();
  const at = (role) => made.indexOf(longest(strokes(theme[role])));
  assert.ok(at("D_star") < at("p_data") && at("p_data") < at("p_g") && at("p_g") < at("D"));
  assert.ok(at("D") < made.indexOf(strokes(theme.arrow)[0]));
});

test("a p_G that is too high is cut, and its height said", () => {
  const frame = recording.frame(2);
  const tall = { ...frame, p_g: frame.p_g.map((p) => 20 * p) };
  const said = (sheet) =>
    sheet
      .words()
      .map(({ text }) => text)
      .join("");
  assert.match(said(drawn(tall)), /up to 8\.0/);
  assert.doesNotMatch(said(drawn(frame)), /up to/);
  const place = figure1Layout(tall, size);
  assert.deepEqual([place.peak, place.base], [figure1Layout(frame, size).peak, figure1Layout(frame, size).base]);
});

test("an atom of p_G is a stem as high as its share, named", () => {
  const frame = { ...recording.frame(2), atoms: [{ x: 1, mass: 0.25 }] };
  const place = figure1Layout(frame, size);
  const stem = drawn(frame)
    .strokes(theme.p_g)
    .find(({ path }) => path.length === 2 && path[0].y === place.base);
  assert.deepEqual(
    stem.path.map(({ x }) => x),
    [place.x(1), place.x(1)],
  );
  close(stem.path[1].y, place.D(0.25));
  assert.ok(
    drawn(frame)
      .words()
      .some(({ text }) => text === "25 % in one point"),
  );
});

test("a picture depends on its frame alone, and leaves the context as it found it", () => {
  const once = drawn();
  drawn(recording.frame(4));
  assert.deepEqual(drawn().made, once.made);
  assert.equal(once.depth(), 0);
});

test("no line depends on colour alone, in either theme", () => {
  for (const { p_data, p_g, D, D_star } of Object.values(THEMES))
    assert.equal(new Set([p_data, p_g, D, D_star]).size, 4);
  const looks = ["p_data", "p_g", "D", "D_star"].map((role) => {
    const { dash, lineWidth } = longest(drawn().strokes(theme[role]));
    return JSON.stringify([dash, lineWidth]);
  });
  assert.equal(new Set(looks).size, 4);
});

const wide = { width: 700, height: 190 };
const chart = (history = recording.history, now = 4) => {
  const sheet = paper();
  drawBound(sheet.context, history, now, wide, theme, recording.panels);
  return sheet;
};

test("the bound: the floor is −log 4, dotted, and named", () => {
  const place = boundLayout(recording.history, wide);
  const floor = chart()
    .strokes(theme.ink)
    .filter(({ dash }) => dash.length === 2);
  assert.equal(floor.length, 1);
  close(floor[0].path[0].y, place.nats(FLOOR));
  close(FLOOR, -1.3862943611198906);
  assert.ok(
    chart()
      .words()
      .some(({ text }) => text.includes("−log 4 ≈ −1.386")),
  );
});

test("what is still to come is paler than what has passed, and they meet now", () => {
  const place = boundLayout(recording.history, wide);
  const lines = chart()
    .strokes(theme.D_star)
    .filter(({ path }) => path.length > 2);
  assert.deepEqual(
    lines.map(({ globalAlpha }) => globalAlpha),
    [1, 0.32],
  );
  close(lines[0].path.at(-1).x, place.time(4));
  close(lines[1].path[0].x, place.time(4));
  close(lines[0].path.at(-1).y, place.nats(recording.history.C[4]));
});

test("a V far below is cut and said, −∞ too; none is, none said", () => {
  const said = (V) =>
    chart({ ...recording.history, V })
      .words()
      .map(({ text }) => text)
      .join("");
  const { V } = recording.history;
  assert.match(said(V.map((v, i) => (i === 0 ? -7.25 : v))), /down to −7\.3/);
  assert.match(said(V.map((v, i) => (i === 0 ? -Infinity : v))), /down to −∞/);
  assert.doesNotMatch(said(V), /down to/);
});

test("a game whose value is not known says so, and one that is known does not", () => {
  const said = (change) =>
    chart({ ...recording.history, ...change })
      .words()
      .map(({ text }) => text)
      .join("");
  const none = recording.history.V.map(() => NaN);
  assert.match(said({ V: none, C: none }), /V\(G, D\) is not known/);
  assert.doesNotMatch(said({ V: none }) + said({ C: none }), /not known/);
});

test("a point of the chart names its frame, a letter its panel's", () => {
  const { history, panels } = recording;
  const place = boundLayout(history, wide, panels);
  for (const i of [0, 17, 40]) assert.equal(frameAt([place.time(i) + 1, 100], history, wide, panels), i);
  assert.deepEqual([frameAt([-50, 100], history, wide), frameAt([9999, 100], history, wide)], [0, 40]);
  for (const mark of place.marks) assert.equal(frameAt([mark.label, 30], history, wide, panels), mark.frame);
});

test("letters of panels keep apart and inside, at the width of a phone too", () => {
  const crowds = [
    { a: 0, b: 0, c: 1, d: 1 },
    { a: 38, b: 39, c: 40, d: 40 },
  ];
  for (const panels of crowds)
    for (const width of [320, 700]) {
      const { marks, ends } = boundLayout(recording.history, { width, height: 170 }, panels);
      marks.forEach((mark, i) => {
        assert.ok(mark.label >= ends[0] - 1e-9 && mark.label <= ends[1] + 1e-9);
        assert.ok(i === 0 || mark.label - marks[i - 1].label >= 20);
      });
    }
});

test("no word is smaller than 11 pixels, and none is outside the picture of a phone", () => {
  const { picture, chart: below } = sizesFor(350);
  const sheet = paper();
  drawFigure1(sheet.context, recording.frame(3), picture, theme);
  const second = paper();
  drawBound(second.context, recording.history, 3, below, theme, recording.panels);
  for (const { font, text, x, y } of [...sheet.words(), ...second.words()]) {
    assert.ok(Number(font.match(/([\d.]+)px/)[1]) >= 11, text);
    assert.ok(x >= 0 && x <= 350 && y > 0 && y <= picture.height, `${text} at ${x}, ${y}`);
  }
});

test("ticks are round, inside, and say zero without a sign", () => {
  assert.deepEqual(
    ticks(-1, 1, 4).map(({ label }) => label),
    ["−1.0", "−0.5", "0", "0.5", "1.0"],
  );
  assert.deepEqual(
    ticks(0, 250, 3).map(({ value }) => value),
    [0, 100, 200],
  );
  assert.deepEqual(
    ticks(-4.7, 4.9, 4.5).map(({ value }) => value),
    [-4, -2, 0, 2, 4],
  ); // and not 0 alone
  const place = scale([2, 4], [10, 30]);
  assert.deepEqual([place(3), place.invert(20)], [20, 3]);
});

test("the time axis names iterations where the clock reaches them, apart, and the last one", () => {
  const t = [0, 1, 1, 4, 4, 10, 10, 30, 30];
  assert.equal(reached(t, 1), 1);
  assert.equal(reached(t, 2), 2 + 1 / 3);
  assert.equal(reached(t, 99), -1);
  const named = (room) => iterationTicks(t, (i) => 40 * i, room).map(({ label }) => label);
  assert.deepEqual(named(30), ["0", "1", "2", "5", "10", "20", "30"]);
  assert.deepEqual(named(100), ["0", "5", "30"]);
});

test("where frames keep step with iterations the time axis names them at equal round distances", () => {
  const named = (t, room) => iterationTicks(t, (i) => (600 * i) / (t.length - 1), room);
  const t = Array.from({ length: 603 }, (_, i) => i);
  const labels = (room) => named(t, room).map(({ label }) => label);
  assert.deepEqual(labels(44), [
    "0",
    "50",
    "100",
    "150",
    "200",
    "250",
    "300",
    "350",
    "400",
    "450",
    "500",
    "550",
    "600",
  ]);
  assert.deepEqual(labels(150), ["0", "200", "400", "600"]);
  const twice = Array.from({ length: 7 }, (_, i) => 40 + (i >> 1)); // a frame for each player's turn
  assert.deepEqual(
    named(twice, 44).map(({ label }) => label),
    ["40", "41", "42", "43"],
  );
  for (const [k, tick] of named(t, 44).entries()) assert.ok(Math.abs(tick.at - (600 * 50 * k) / 602) < 1e-9);
  assert.deepEqual(
    named([7, 7, 7], 44).map(({ label }) => label),
    ["7"],
  );
});

test("a needle between two points of the axis is drawn as high as it is, and the best D falls there", () => {
  const frame = recording.frame(2);
  const [a, b] = [frame.x[3], frame.x[4]];
  const at = [0, 0.45, 0.5, 0.55, 1].map((share) => a + share * (b - a));
  const outline = { x: [frame.x[0], ...at, frame.x.at(-1)], p_g: [0, 0, 0, 5000, 0, 0, 0] };
  const best = bestLineOf({ ...frame, outline });
  const share = best.D_star[best.x.indexOf(at[2])];
  assert.ok(share > 0 && share < 1e-3, String(share));
  assert.deepEqual(Array.from(bestLineOf(frame).D_star), Array.from(frame.D_star), "a recording of format 1");
  const sheet = drawn({ ...frame, outline });
  const needle = longest(sheet.strokes(theme.p_g).filter(({ path }) => path.length === outline.x.length));
  const place = figure1Layout(frame, size);
  close(needle.path[3].x, place.x(at[2]));
  assert.ok(needle.path[3].y < place.top - 1000);
  assert.match(
    sheet
      .words()
      .map(({ text }) => text)
      .join(""),
    /up to 5000/,
  );
  const turning = drawn({ ...frame, outline: { ...outline, p_g: [0, 0, 0, Infinity, 0, 0, 0] } });
  assert.match(
    turning
      .words()
      .map(({ text }) => text)
      .join(""),
    /up to ∞, where G turns/,
  );
});
