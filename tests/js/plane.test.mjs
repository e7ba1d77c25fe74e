import assert from "node:assert/strict";
import { test } from "node:test";
import { heatOf, stamps } from "../../gan_lab/front_end/draw/plane/canvas.js";
import { contour } from "../../gan_lab/front_end/draw/plane/contour.js";
import { drawHeat, ONE_BOX, pullScale, SHADES, shareOf, valuesAt } from "../../gan_lab/front_end/draw/plane/layers.js";
import { samplePull } from "../../gan_lab/front_end/draw/plane/legend.js";
import {
  cellSentence,
  medianPull,
  planeLabel,
  planeSentence,
  rangeInPlane,
  short,
} from "../../gan_lab/front_end/draw/plane/sentences.js";
import { cellUnder, drawPlane, planeLayout, planeSize } from "../../gan_lab/front_end/draw/plane/view.js";
import {
  areaOf,
  blended,
  byDensity,
  cellHolding,
  cornersOf,
  squareOf,
} from "../../gan_lab/front_end/draw/plane/warp.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { withMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { distributionInPlane } from "../../gan_lab/front_end/frame/plane/distribution.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { paper } from "./paper.mjs";
import { onCells, planeFrame } from "./plane_frames.mjs";

const theme = THEMES.light;
const ALL = { D: "both", real: true, fake: true, pull: true, warp: true };
const ONE = { D: "D" };
const near = (a, b, by = 1e-9) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

function drawn(frame = planeFrame(), layers = ALL, width = 900, on = theme) {
  const sheet = paper();
  drawPlane(sheet.context, frame, planeSize(width, layers), on, layers);
  return sheet;
}
const said = (sheet) =>
  sheet
    .words()
    .map(({ text }) => text)
    .join(" ");

test("two panels side by side where there is room, else under one another; all of one scale", () => {
  for (const [width, columns] of [
    [1100, 2],
    [350, 1],
  ]) {
    const size = planeSize(width, ALL);
    const [first, second] = planeLayout(planeFrame(), size, ALL);
    assert.deepEqual([first.shows, second.shows], ["D", "D*"]);
    assert.equal(first.area[1] === second.area[1], columns === 2);
    assert.deepEqual(first.area.slice(2), second.area.slice(2));
    assert.ok(second.area[0] + second.area[2] <= width && second.area[1] + second.area[3] < size.height);
  }
  const shows = (D) => planeLayout(planeFrame(), planeSize(350, { D }), { D }).map((panel) => panel.shows);
  assert.deepEqual([shows("D"), shows("D*"), shows("off")], [["D"], ["D*"], [null]]);
});

test("one unit is as long across as it is up, in a box that is no square too", () => {
  for (const box of [
    [-2, 2, -2, 2],
    [0, 4, -1, 1],
  ]) {
    const [panel] = planeLayout(planeFrame({ box }), { width: 500, height: 400 }, ONE);
    near(panel.x(1) - panel.x(0), panel.y(0) - panel.y(1));
    near(panel.x(box[0]), panel.area[0]);
    near(panel.y(box[3]), panel.area[1]);
  }
});

test("the map is n x n pixels: the highest row first, blue where D says data, orange where generated", () => {
  const { made } = drawn(planeFrame(), ONE);
  const image = made.find(({ kind, w }) => kind === "image" && w > 20);
  const [{ image: pixels }] = image.canvas.sheet.made;
  const at = (row, column) => [...pixels.data.slice(4 * (12 * row + column), 4 * (12 * row + column) + 4)];
  const { D } = planeFrame();
  for (const [row, column] of [
    [0, 0],
    [3, 11],
    [11, 6],
  ])
    heatOf(D[(11 - row) * 12 + column], theme.heat).forEach((v, i) => near(at(row, column)[i], v, 1));
  const [low, high] = [at(5, 0), at(5, 11)];
  assert.ok(low[0] > low[2] && high[2] > high[0], "red leads at the left, blue at the right");
  const [panel] = planeLayout(planeFrame(), planeSize(900, ONE), ONE);
  assert.deepEqual([image.x, image.y, image.w, image.h], panel.area);
  assert.equal(image.imageSmoothingEnabled, true);
});

test("where D* is not known no pixel is painted, the panel is hatched, and the legend says so", () => {
  const sheet = drawn(planeFrame(), { D: "D*" });
  const [{ image }] = sheet.made.find(({ kind }) => kind === "image").canvas.sheet.made;
  const opaque = Array.from({ length: 144 }, (_, k) => image.data[4 * k + 3]);
  assert.deepEqual(
    opaque,
    Array.from({ length: 144 }, (_, k) => (k < 36 ? 0 : 255)),
  );
  const hatched = (made) => made.some(({ kind, path }) => kind === "stroke" && path.length > 100);
  assert.ok(hatched(sheet.made) && !hatched(drawn(planeFrame(), ONE).made));
  assert.match(said(sheet), /no D\* \(7 % of the mass\)/);
  assert.match(said(sheet), /within 0\.012 on average/);
  assert.doesNotMatch(said(drawn(planeFrame(), ONE)), /no D\*/);
});

test("a D* that is known nowhere is explained", () => {
  const D_star = new Float64Array(144).fill(NaN);
  const { warp } = planeFrame();
  const line = { side: 2, curve: true, points: Float64Array.from([0, 0, 1, 0, 1, 1]) };
  for (const [change, words] of [
    [{ warp: line }, /z is one number/],
    [{ warp: null }, /more than two numbers/],
    [{ warp }, /too thin/],
  ])
    assert.match(said(drawn(planeFrame({ D_star, ...change }), { D: "D*" })).replaceAll(/ +/g, " "), words);
});

test("the line D = 1/2 is thick and where D is 1/2; below it lines are dashed, above they are not", () => {
  const sheet = paper();
  const [panel] = planeLayout(planeFrame(), planeSize(900, ONE), ONE);
  drawHeat(sheet.context, planeFrame(), panel, theme);
  const [low, half, high] = sheet.made.filter(({ kind }) => kind === "stroke");
  assert.deepEqual([low.dash.length, half.dash.length, high.dash.length], [2, 0, 0]);
  assert.ok(half.lineWidth > 1.5 * Math.max(low.lineWidth, high.lineWidth));
  for (const { x } of half.path) near(x, panel.x(0));
  const quarter = Math.log(3) / 3; // where the logit 3 x is log 3
  for (const { x } of high.path) near(panel.x.invert(x), quarter, 0.02);
  for (const { x } of low.path) near(panel.x.invert(x), -quarter, 0.02);
});

test("lines of equal value: chained, closed where they are, open at a border and at a NaN", () => {
  const disc = contour(
    onCells((x, y) => Math.hypot(x, y)),
    12,
    1,
  );
  assert.equal(disc.length, 1);
  assert.deepEqual(disc[0][0], disc[0].at(-1));
  const [x, y] = [0, 1].map((k) => disc[0].map((point) => -2 + ((point[k] + 0.5) * 4) / 12));
  x.forEach((value, i) => near(Math.hypot(value, y[i]), 1, 0.03));
  const bar = contour(
    onCells((u) => u),
    12,
    0.1,
  );
  assert.deepEqual([bar.length, bar[0].length], [1, 12]);
  assert.deepEqual(
    bar[0].map(([, row]) => row).sort((a, b) => a - b),
    Array.from({ length: 12 }, (_, k) => k),
  );
  const split = contour(
    onCells((u, v) => (Math.abs(v) < 0.2 ? NaN : u)),
    12,
    0.1,
  );
  assert.equal(split.length, 2);
  assert.deepEqual(contour(new Float64Array(144), 12, 0.5), []);
});

test("a saddle is joined by its mean: two lines that do not cross", () => {
  const [first, second] = contour(Float64Array.from([1, 0, 0, 0.9]), 2, 0.5);
  const sides = [first, second].map((line) => line.map(([c, r]) => Math.sign(c - r)));
  assert.deepEqual(
    sides.map((signs) => new Set(signs).size),
    [2, 2],
  );
  const joined = contour(Float64Array.from([1, 0.4, 0.4, 0.9]), 2, 0.5);
  assert.deepEqual(
    joined.map((line) => new Set(line.map(([c, r]) => Math.sign(c - r))).size),
    [1, 1],
  );
});

// What was copied many times: [its own strokes, the centres of its copies], in the order drawn.
function stamped({ made }) {
  const images = made.filter(({ kind, w }) => kind === "image" && w < 20);
  return [...new Set(images.map(({ canvas }) => canvas))].map((canvas) => [
    canvas.sheet.made,
    images.filter((image) => image.canvas === canvas).map(({ x, y, w, h }) => [x + w / 2, y + h / 2]),
  ]);
}

test("data are rings, G(z) are crosses, each at its place, and both stand out by a halo", () => {
  const frame = planeFrame();
  const layers = { D: "D", real: true, fake: true };
  const [panel] = planeLayout(frame, planeSize(900, layers), layers);
  const [real, fake] = stamped(drawn(frame, layers));
  for (const [[, at], points] of [
    [real, frame.real],
    [fake, frame.fake],
  ]) {
    assert.equal(at.length, points.length / 2);
    at.forEach(([x, y], k) => {
      near(x, panel.x(points[2 * k]), 0.5);
      near(y, panel.y(points[2 * k + 1]), 0.5);
    });
  }
  for (const [[[halo, mark]], color] of [
    [real, theme.p_data],
    [fake, theme.p_g],
  ]) {
    assert.deepEqual([halo.strokeStyle, mark.strokeStyle], [theme.paper, color]);
    assert.deepEqual(halo.path, mark.path);
    assert.ok(halo.lineWidth > mark.lineWidth + 2);
  }
  assert.ok(real[0][1].path.some(({ r }) => r) && !fake[0][1].path.some(({ r }) => r));
  assert.match(said(drawn(frame, layers)), /outside: 1 of 3/);
});

test("marks are copied to whole pixels of a fine screen", () => {
  const sheet = paper();
  sheet.context.getTransform = () => ({ a: 1.5, e: 0, f: 0 });
  stamps(sheet.context, [[10.4, 7.1]], 6, () => {});
  const [{ x, y, w, canvas }] = sheet.made;
  for (const edge of [x, y, w]) near(edge * 1.5, Math.round(edge * 1.5));
  near(canvas.width, w * 1.5);
  near(x + w / 2, 10.4, 1 / 3);
  near(y + w / 2, 7.1, 1 / 3);
});

test("arrows: from G(z), down the slope of its loss, to one scale that no frame changes", () => {
  const layers = { D: "D", pull: true };
  const heads = (frame) => {
    const { made } = drawn(frame, layers);
    return made.find((m) => m.kind === "stroke" && m.strokeStyle === theme.p_g).path;
  };
  const frame = planeFrame();
  const [panel] = planeLayout(frame, planeSize(900, layers), layers);
  const path = heads(frame);
  assert.equal(path.length, 4, "the pull of nothing has no arrow");
  near(path[0].x, panel.x(-1));
  near(path[1].x - path[0].x, (3 * panel.area[2] * 4) / ONE_BOX);
  near(path[1].y, path[0].y);
  near(path[2].y - path[3].y, (1.5 * panel.area[2] * 4) / ONE_BOX);
  const weaker = heads(planeFrame({ pull: frame.pull.map((v) => v / 5) }));
  near(weaker[1].x - weaker[0].x, (path[1].x - path[0].x) / 5);
  assert.equal(heads(planeFrame({ pull: frame.pull.map((v) => v * 1e-4) })).length, 0, "no head, no line");
});

test("a pull that is too long is cut and has two heads; NaN has none", () => {
  const layers = { D: "D", pull: true };
  const frame = planeFrame({ pull: Float64Array.from([900, 0, NaN, 1, 2, 0]) });
  const [panel] = planeLayout(frame, planeSize(900, layers), layers);
  const { made } = drawn(frame, layers);
  const [line] = made.filter((m) => m.kind === "stroke" && m.strokeStyle === theme.p_g);
  near(line.path[1].x - line.path[0].x, 0.2 * panel.area[2]);
  const heads = made.find((m) => m.kind === "fill" && m.fillStyle === theme.p_g);
  assert.equal(heads.path.length, 3 * 3, "two heads of the first, one of the third");
});

test("the legend's arrow is as long as its words say, in pictures of every size and box", () => {
  for (const width of [350, 900])
    for (const side of [0.3, 4, 700]) {
      const frame = planeFrame({ box: [0, side, 0, side] });
      const [panel] = planeLayout(frame, planeSize(width, ONE), ONE);
      const { value, length } = samplePull(panel);
      near(length, value * pullScale(panel));
      assert.ok(length > 17 && length <= 44.0001, `${length}`);
      assert.match(value.toExponential(), /^[125]e/);
    }
});

test("a mode that was missed is dashed and crossed out, one that was found is a plain ring of 3 sds", () => {
  const layers = { D: "off" };
  const frame = planeFrame();
  const [panel] = planeLayout(frame, planeSize(900, layers), layers);
  const { strokes } = drawn(frame, layers);
  const [ring] = strokes(theme.muted).filter(({ path }) => path.some(({ r }) => r));
  near(ring.path[1].r, panel.x(0.3) - panel.x(0));
  assert.deepEqual(ring.dash, []);
  const lost = strokes(theme.ink).filter(({ path }) =>
    path.some(({ x, y }) => Math.hypot(x - panel.x(-1), y - panel.y(-1)) < 60),
  );
  assert.equal(lost.length, 2);
  assert.equal(lost[0].dash.length, 2);
  assert.deepEqual([lost[1].path.length, lost[1].dash], [8, []]);
  assert.match(said(drawn(frame, layers)), /missing/);
  assert.doesNotMatch(said(drawn(planeFrame({ missing: [] }), layers)), /missing/);
});

test("each layer that is off is off", () => {
  const count = (layers) => drawn(planeFrame(), layers).made.length;
  const full = { ...ALL, D: "D" };
  for (const layer of ["real", "fake", "pull", "warp"])
    assert.ok(count({ ...full, [layer]: false }) < count(full), layer);
  assert.ok(!drawn(planeFrame(), { ...full, D: "off" }).made.some(({ kind, w }) => kind === "image" && w > 20));
});

test("a score is centred half way between data and G(z), and reaches as far either way", () => {
  const D = onCells((x) => 5 + x);
  const frame = planeFrame({
    D_kind: "score",
    D,
    real: Float64Array.from([1, 0]),
    fake: Float64Array.from([-1, 0, 0.3, 0]),
  });
  const { low, high, of } = shareOf(frame);
  const middle =
    (valuesAt(frame, D, frame.real)[0] + (valuesAt(frame, D, [-1, 0])[0] + valuesAt(frame, D, [0.3, 0])[0]) / 2) / 2;
  near((low + high) / 2, middle);
  near(high - middle, Math.max(Math.max(...D) - middle, middle - Math.min(...D)));
  near(of(middle), 0.5);
  near(of(high), 1);
  const words = said(drawn(frame, ONE));
  assert.match(words, /scores it low/);
  assert.ok(words.includes(low.toFixed(2)) && words.includes(high.toFixed(2)), words);
  assert.match(said(drawn(planeFrame(), ONE)), /0 ¼ ½ ¾ 1/);
});

test("the square of z goes to G(z) on straight lines, and its cells keep their places in it", () => {
  const { warp, box } = planeFrame();
  const square = squareOf(warp, box);
  assert.deepEqual(blended(warp, box, 0), square);
  assert.equal(blended(warp, box, 1), warp.points);
  blended(warp, box, 0.25).forEach((v, k) => near(v, 0.75 * square[k] + 0.25 * warp.points[k]));
  assert.ok(square[2] > square[0] && square[3] === square[1], "the first number of z runs to the right");
  assert.ok(square[2 * 5 + 1] > square[1], "and the second one up");
});

test("the cell under the pointer: the one whose image holds it, the smallest where G folds", () => {
  const frame = planeFrame();
  const size = planeSize(900, { D: "off" });
  const [panel] = planeLayout(frame, size, { D: "off" });
  const under = (x, y, share) => cellUnder([panel.x(x), panel.y(y)], frame, size, { D: "off" }, share);
  for (const [i, j] of [
    [0, 0],
    [1, 3],
    [3, 2],
  ])
    assert.deepEqual(under(0.5 - (i + 0.4) / 4, (j + 0.6) / 4 - 0.5), { i, j });
  assert.equal(under(1.5, 1.5), null);
  assert.deepEqual(under(-1.5, -1.5, 0), { i: 0, j: 0 });
  assert.equal(cellUnder([2, 2], frame, size, { D: "off" }), null);
  assert.equal(cellUnder([200, 200], planeFrame({ warp: null }), size, {}), null);
  const folded = { side: 2, points: Float64Array.from([0, 0, 1, 0, 0.4, 0, 0, 1, 1, 1, 0.4, 1, 0, 2, 1, 2, 0.4, 2]) };
  assert.deepEqual(cellHolding(folded, folded.points, [0.7, 0.5], 0), { i: 0, j: 1 });
  assert.deepEqual(cellHolding(folded, folded.points, [0.2, 0.5], 0), { i: 0, j: 0 });
  const line = { side: 2, curve: true, points: Float64Array.from([0, 0, 1, 0, 1, 1]) };
  assert.deepEqual(cellHolding(line, line.points, [1.1, 0.6], 0.2), { i: 0, j: 1 });
  assert.equal(cellHolding(line, line.points, [0.5, 0.6], 0.2), null);
});

test("with no map below, cells are as dark as p_G is dense; folds leave no hole", () => {
  const { warp, box } = planeFrame();
  const levels = byDensity(warp, warp.points, box);
  const density = (1 / 25 / (1 / 16)) * 16; // of a cell, times the box
  assert.deepEqual(
    levels.map((cells) => cells.length),
    [0, 0, 16, 0, 0].map((n, k) => (k === 1 + Math.floor(Math.log(density) / Math.log(4)) ? 16 : 0)),
  );
  const mirrored = warp.points.map((v, k) => (k % 2 ? v : -v));
  for (const points of [warp.points, mirrored])
    for (const corners of byDensity(warp, points, box).flat()) assert.ok(areaOf(corners) > 0);
  const shaded = drawn(planeFrame(), { D: "off", warp: true }).made.filter(
    (m) => m.kind === "fill" && m.globalAlpha < 1,
  );
  const inPicture = shaded.filter(({ path }) => path.length > 1);
  assert.deepEqual(
    inPicture.map(({ path, globalAlpha }) => [path.length, globalAlpha]),
    [[16 * 4, SHADES[2]]],
  );
  const sample = shaded.filter(({ path }) => path.length === 1);
  assert.deepEqual(
    sample.map(({ globalAlpha }) => globalAlpha),
    SHADES,
  );
});

test("a replay shows a cell in the square, in the image, and on its way", () => {
  const frame = planeFrame();
  const layers = { D: "off", replay: { share: 0.5, cell: { i: 1, j: 2 } } };
  const size = planeSize(900, layers);
  const sheet = paper();
  drawPlane(sheet.context, frame, size, theme, { ...layers, replay: { share: 0.5, cell: { i: 1, j: 2 } } });
  const [panel] = planeLayout(frame, size, layers);
  const at = (points) =>
    cornersOf(frame.warp, { i: 1, j: 2 }).map((k) => [panel.x(points[2 * k]), panel.y(points[2 * k + 1])]);
  const outlines = sheet.made.filter(
    ({ kind, path, strokeStyle }) => kind === "stroke" && path.length === 5 && strokeStyle !== theme.paper,
  );
  const ways = [squareOf(frame.warp, frame.box), frame.warp.points, blended(frame.warp, frame.box, 0.5)];
  assert.deepEqual(
    outlines.map(({ path }) => path.slice(0, 4).map(({ x, y }) => [x, y])),
    ways.map(at),
  );
  const whole = drawn(frame, layers).made.filter(({ kind }) => kind === "stroke").length;
  assert.ok(whole > drawn(frame, { D: "off" }).made.filter(({ kind }) => kind === "stroke").length + 6);
});

test("pictures depend on their frame alone and leave the context as they found it", () => {
  const plain = (sheet) => sheet.made.filter(({ kind }) => kind !== "image");
  const once = drawn();
  drawn(planeFrame({ t: 3, fake: Float64Array.from([0, 0]), pull: Float64Array.from([1, 1]) }));
  assert.deepEqual(plain(drawn()), plain(once));
  assert.equal(once.depth(), 0);
});

test("no word is smaller than 11 pixels or outside the picture, on a phone too", () => {
  const frames = [
    planeFrame(),
    lateFrame({ t: 112 }),
    planeFrame({ missing: [], D_kind: "score" }),
    planeFrame({ D_star: new Float64Array(144).fill(NaN), warp: null }),
  ];
  for (const width of [320, 350, 600, 1100])
    for (const D of ["both", "D", "D*", "off"])
      for (const frame of frames) {
        const layers = { ...ALL, D };
        const { height } = planeSize(width, layers);
        for (const { font, text, x, y } of drawn(frame, layers, width).words()) {
          assert.ok(Number(font.match(/([\d.]+)px/)[1]) >= 11, text);
          assert.ok(
            x >= 0 && x + 5 * text.length <= width + 1 && y > 0 && y <= height,
            `${text} at ${x}, ${y} of ${width} x ${height}`,
          );
        }
      }
});

// -- contrast ------------------------------------------------------------------------------------

const rgb = (color) => (Array.isArray(color) ? color : [1, 3, 5].map((k) => parseInt(color.slice(k, k + 2), 16)));
const linear = (color) =>
  rgb(color).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
const luminance = (color) => linear(color).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
function contrast(a, b) {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test("contrast: words 4.5 : 1 on the page, marks 3 : 1 on it and on every colour of the map", () => {
  for (const { heat, ...t } of Object.values(THEMES)) {
    for (const role of ["ink", "muted", "p_data", "p_g", "D"])
      assert.ok(contrast(t[role], t.paper) >= 4.5, `${role} of ${t.paper}`);
    const map = Array.from({ length: 101 }, (_, k) => heatOf(k / 100, heat));
    for (const role of ["ink", "muted", "p_data", "p_g"])
      for (const color of map)
        assert.ok(contrast(t[role], color) >= 3, `${role} on ${color}: ${contrast(t[role], color)}`);
  }
});

// Machado, Oliveira and Fernandes 2009, severity 1, on linear colours: red-, green-, blue-blind.
const BLIND = [
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];
// CIE L*a*b* of linear colours under D65.
function lab(c) {
  const xyz = [
    [0.4124, 0.3576, 0.1805],
    [0.2126, 0.7152, 0.0722],
    [0.0193, 0.1192, 0.9505],
  ].map((row) => row.reduce((s, v, k) => s + v * c[k], 0));
  const [x, y, z] = xyz
    .map((v, k) => v / [0.9505, 1, 1.089][k])
    .map((v) => (v > 0.008856 ? Math.cbrt(v) : 7.787 * v + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

test("the two sides of the map and its middle differ for the colour-blind too", () => {
  for (const { heat } of Object.values(THEMES))
    for (const eye of [
      [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      ...BLIND,
    ]) {
      const seen = [0, 0.5, 1].map((s) =>
        lab(
          eye.map((row) =>
            Math.max(
              0,
              row.reduce((sum, v, k) => sum + v * linear(heatOf(s, heat))[k], 0),
            ),
          ),
        ),
      );
      for (const [a, b] of [
        [0, 1],
        [0, 2],
        [1, 2],
      ])
        assert.ok(Math.hypot(...seen[a].map((v, k) => v - seen[b][k])) > 12, `${a} and ${b}: ${seen}`);
    }
});

// -- words ---------------------------------------------------------------------------------------

test("the sentence: when, the JSD and what is perfect, modes, the bound, D, and the slope of G's loss", () => {
  assert.equal(
    planeSentence(planeFrame()),
    "iteration 120, after G’s step: JSD 0.061 ± 0.0040 nats (a perfect generator 0.0035); " +
      "1 of 2 modes found, 82 % of high quality (a perfect generator 98.9 %); V(G,D) −1.31 ≤ −1.27 = V(G,D*); " +
      "D between 0.08 and 0.97; slope of G’s loss at G(z) 1.5 (median)",
  );
});

test("the sentence says what is not known, and nothing of modes that are not there", () => {
  const words = planeSentence(
    planeFrame({
      jsd: NaN,
      V: NaN,
      C: NaN,
      modes_of: 0,
      modes_found: NaN,
      quality: NaN,
      modes: [],
      missing: [],
      D_kind: "score",
    }),
  );
  assert.equal(
    words,
    "iteration 120, after G’s step: JSD not given; D’s score between 0.08 and 0.97; slope of G’s loss at G(z) 1.5 (median)",
  );
  assert.match(planeSentence(planeFrame({ D: new Float64Array(144).fill(NaN) })), /D unknown/);
});

const SLOW = "V C jsd jsd_error jsd_perfect modes_found missing quality D_star D_star_error D_star_known".split(" ");

// A frame of iteration 120 with slow numbers of another moment.
function lateFrame(at, changes = {}) {
  const [numbers, frame] = [true, false].map((slow) =>
    Object.fromEntries(Object.entries(planeFrame(changes)).filter(([name]) => SLOW.includes(name) === slow)),
  );
  return withMeasured(frame, { at: { steps: 0, ...at }, numbers });
}

test("the sentence says of which iteration those numbers are that were seen earlier", () => {
  const words = planeSentence(lateFrame({ t: 112 }));
  assert.match(
    words,
    /^iteration 120, after G’s step: at iteration 112 JSD 0.061[^;]*, 1 of 2 modes found, 82 %[^;]*, V[^;]*; now D between/,
  );
  assert.match(planeSentence(lateFrame({ t: 112 }, { V: NaN, modes_of: 0 })), /: at iteration 112 JSD [^;,]*; now D/);
  assert.match(
    planeSentence(lateFrame({ t: 112 }), { measuring: true }),
    /^iteration 120, after G’s step: measuring …; at iteration 112 /,
  );
  assert.match(
    planeSentence(lateFrame({ t: 0 }), { way: { t: 120, of: 900 } }),
    /^iteration 120, after G’s step: on the way to iteration 900; D[^;]*; slope/,
  );
  assert.doesNotMatch(planeLabel(lateFrame({ t: 0 }), ALL, { way: { t: 120, of: 900 } }), /modes/);
  assert.match(
    planeSentence(lateFrame({ t: 120 }, { steps: 1, turn: "D" })),
    /: at iteration 120, before D’s step JSD/,
  );
  assert.equal(planeSentence(lateFrame({ t: 120 })), planeSentence(planeFrame()));
});

test("the picture and its label say so too: the map of D*, what it leaves out, and the modes that are missing", () => {
  const late = lateFrame({ t: 112 });
  const [marked, own] = [late, planeFrame()].map((frame) => said(drawn(frame, { ...ALL, D: "both" })));
  for (const words of ["of iteration 112", "7 % at 112", "missing at 112"]) {
    assert.ok(marked.includes(words), `${words}: ${marked}`);
    assert.ok(!own.includes(words), words);
  }
  assert.match(planeLabel(late, ALL), /Missing modes at iteration 112: \(−1\.00, −1\.00\)\.$/);
});

test("the label names the layers and where modes are missing", () => {
  const label = planeLabel(planeFrame(), ALL);
  assert.match(label, /^The plane, with maps of D and of D\*, points of the data as rings, .* at iteration 120/);
  assert.match(label, /Missing modes: \(−1\.00, −1\.00\)\.$/);
  assert.match(planeLabel(planeFrame({ missing: [] }), { D: "off" }), /^The plane, with no layer, at [^.]*\./);
});

test("the cell's sentence: its quantiles of z, its share, its area and density", () => {
  assert.equal(
    cellSentence(planeFrame(), { i: 1, j: 3 }),
    "z₁ between its quantiles of 70.0 % and 90.0 %, z₂ of 30.0 % and 50.0 %: 4.00 % of the probability on an area of 0.063, a density of 0.64",
  );
  const line = { side: 4, curve: true, points: Float64Array.from([0, 0, 1, 0, 1, 1, 1, 2, 1, 4]) };
  assert.match(
    cellSentence(planeFrame({ warp: line }), { i: 0, j: 3 }),
    /70.0 % and 90.0 %: 20.00 % of the probability on a length of 2.0$/,
  );
});

test("D's range is that of the central 99 %; the median slope is of all fake points", () => {
  const frame = planeFrame();
  const [low, high] = rangeInPlane(frame);
  near(low, frame.D[3 * 12 + 3]);
  near(high, frame.D[8 * 12 + 9]);
  near(medianPull(frame), 1.5);
  assert.ok(Number.isNaN(medianPull({ pull: [] })));
  assert.deepEqual([1234, 12.3, 0.0456, 0, 0.00001, -2].map(short), [
    "1234",
    "12",
    "0.046",
    "0",
    "below 0.0001",
    "−2.0",
  ]);
});

test("dots that a hand drew are no modes to be counted, as those of a ring are", () => {
  const modesOf = (data) => distributionInPlane(recipeOf({ data }).data).modes.length;
  assert.equal(
    modesOf({
      kind: "dots",
      points: [
        [0, 0],
        [1, 1],
        [0, 1],
      ],
    }),
    0,
  );
  assert.equal(
    modesOf({
      kind: "spots",
      means: [
        [0, 0],
        [1, 1],
      ],
      sds: [0.1, 0.1],
      weights: [1, 1],
    }),
    2,
  );
  assert.equal(modesOf({ kind: "ring" }), 8);
});
