// Words where nothing else is.

import assert from "node:assert/strict";
import { test } from "node:test";

import { drawBound } from "../../gan_lab/front_end/draw/charts/bound.js";
import { drawDivergence, drawLosses, drawModes } from "../../gan_lab/front_end/draw/charts/charts.js";
import { timeLayout } from "../../gan_lab/front_end/draw/charts/time_axis.js";
import { boxOf, crossesBox, spotsAlong, writeFree } from "../../gan_lab/front_end/draw/labels.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const BOX = [10, 10, 30, 20];

test("a way crosses a box when a part of it is inside", () => {
  assert.ok(crossesBox(BOX, [0, 0], [40, 30]));
  assert.ok(crossesBox(BOX, [15, 15], [16, 16]), "all of it");
  assert.ok(crossesBox(BOX, [20, 0], [20, 40]), "upright");
  assert.ok(crossesBox(BOX, [0, 15], [40, 15]), "level");
  assert.ok(!crossesBox(BOX, [0, 0], [9, 40]));
  assert.ok(!crossesBox(BOX, [5, 0], [45, 9]));
  assert.ok(!crossesBox(BOX, [31, 0], [31, 40]), "beside it");
  assert.ok(!crossesBox(BOX, [0, NaN], [40, 15]), "where it is not known");
});

test("by brute force too: points along the way say the same", () => {
  let state = 7;
  const roll = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let i = 0; i < 500; i++) {
    const [p, q] = [
      [50 * roll(), 40 * roll()],
      [50 * roll(), 40 * roll()],
    ];
    const inside = Array.from({ length: 2001 }, (_, k) => k / 2000).some((s) => {
      const [x, y] = [p[0] + s * (q[0] - p[0]), p[1] + s * (q[1] - p[1])];
      return x > BOX[0] && x < BOX[2] && y > BOX[1] && y < BOX[3];
    });
    if (inside) assert.ok(crossesBox(BOX, p, q));
    else assert.ok(!crossesBox([12, 12, 28, 18], p, q), "nor does it cross what lies well inside");
  }
});

const room = [0, 0, 200, 100];
const SPOTS = [
  { x: 10, y: 50, align: "left" },
  { x: 190, y: 50, align: "right" },
];
const style = { color: "ink", kind: "small" };
function written(spots, free) {
  const { context, words } = paper();
  const done = writeFree(context, "abcdef", spots, { room, taken: [], ...free }, style);
  return { done, at: words()[0]?.x };
}

test("the first spot is taken where nothing is in its way, else that which crosses the fewest lines", () => {
  assert.equal(written(SPOTS, {}).at, 10);
  assert.equal(
    written(SPOTS, {
      lines: [
        [
          [20, 0],
          [20, 100],
        ],
      ],
    }).at,
    190 - 42,
  );
  assert.equal(
    written(SPOTS, {
      lines: [
        [
          [20, 0],
          [20, 100],
        ],
        [
          [170, 0],
          [170, 99],
        ],
        [
          [180, 0],
          [180, 99],
        ],
      ],
    }).at,
    10,
  );
});

test("words never lie on other words, and never leave their room", () => {
  const taken = [[0, 40, 60, 60]];
  assert.equal(written(SPOTS, { taken }).at, 190 - 42);
  assert.equal(taken.length, 2, "and their place is taken from then on");
  assert.deepEqual(written(SPOTS, { taken: [[0, 0, 200, 100]] }), { done: false, at: undefined });
  assert.equal(written([{ x: -5, y: 50, align: "left" }], {}).done, false);
});

// A history of so many frames, its numbers by functions of the frame.
const historyOf = (length, numbers) => {
  const over = (f) => Array.from({ length }, (_, i) => f(i));
  return {
    length,
    t: over((i) => i),
    ...Object.fromEntries(Object.entries(numbers).map(([name, f]) => [name, over(f)])),
  };
};
// Where words that begin so stand: their box.
function placeOf({ context, words }, start) {
  const { x, y, text } = words().find((each) => each.text.match(start));
  return boxOf(context, text, { x, y: y - 4, align: "left" }, "small");
}

test("the name of the floor is never on the line of the present, wherever this is", () => {
  const history = historyOf(60, { V: (i) => -1.3 - 0.2 / (1 + i), C: (i) => -1.38 + 1 / (1 + i) });
  for (const width of [340, 560, 900])
    for (let now = 0; now < 60; now++) {
      const sheet = paper();
      const size = { width, height: 180 };
      drawBound(sheet.context, history, now, size, theme, {});
      const [left, , right] = placeOf(sheet, /^−log 4 ≈ −1.386/);
      const clock = timeLayout(history, size).time(now);
      assert.ok(clock < left || clock > right, `frame ${now} at ${width} px`);
    }
});

test("the name of a loss’s end crosses no curve where there is a place that none crosses", () => {
  const history = historyOf(40, { loss_D: (i) => (i < 20 ? 1.386 : 0.4), loss_G: (i) => (i < 20 ? 0.69 : 2) });
  const size = { width: 700, height: 180 };
  const sheet = paper();
  drawLosses(sheet.context, history, 39, size, theme, {}, { recipe: { loss: "non-saturating" } });
  const place = timeLayout(history, size);
  const curves = sheet
    .strokes(theme.D)
    .concat(sheet.strokes(theme.p_g))
    .filter(({ path }) => path.length === 40);
  assert.equal(curves.length, 2);
  for (const name of ["D", "G"]) {
    const label = sheet.words().find(({ text, y }) => text === name && y > place.top - 8);
    const box = boxOf(
      sheet.context,
      [
        [name, "italic"],
        [" at the end (D = ½): log 2 ≈ 0.693", "small"],
      ],
      { x: label.x, y: label.y - 4, align: "left" },
    );
    for (const { path } of curves)
      path.forEach(({ x, y }, i) => assert.ok(!i || !crossesBox(box, [path[i - 1].x, path[i - 1].y], [x, y]), name));
  }
});

// Numbers that are measured at every fifth frame only.
const atTimes = (f) => (i) => (i % 5 === 0 ? f(i) : NaN);
const slowly = {
  ...historyOf(61, {
    modes_found: atTimes((i) => (i < 20 ? 0 : 8)),
    quality: atTimes((i) => i / 80),
    jsd: atTimes((i) => 0.6 * Math.exp(-i / 15)),
    loss_D: (i) => 1.3 + Math.sin(i) / 9,
    loss_G: (i) => 0.8 + Math.cos(i) / 9,
    V: (i) => (i === 12 ? -9 : -1.2 - Math.sin(i / 4) / 8),
    C: (i) => -1.38 + 1.3 * Math.exp(-i / 20),
  }),
  measured: Array.from({ length: 61 }, (_, i) => i % 5 === 0),
};
const seen = { recipe: { loss: "non-saturating" }, frame: { modes_of: 8, quality_perfect: 0.989, jsd_perfect: 0.01 } };
const WORDS = [
  [/perfect.* 98\.9 %/, drawModes],
  [/perfect.* 0\.010/, drawDivergence],
  [/^log 2 ≈/, drawDivergence],
  [/ down to −9\.0/, drawBound],
  [/^−log 4 ≈/, drawBound],
];

test("words stand on no curve, though many of its numbers were not measured, at any width and moment", () => {
  for (const [words, draw] of WORDS)
    for (const width of [390, 560, 700, 900])
      for (let now = 0; now < 61; now += 3) {
        const sheet = paper();
        draw(sheet.context, slowly, now, { width, height: 190 }, theme, {}, seen);
        const box = placeOf(sheet, words);
        const lines = [theme.ink, theme.p_g, theme.D, theme.D_star]
          .flatMap((color) => sheet.strokes(color))
          .filter(({ path }) => path.length > 2);
        assert.ok(lines.length > 0);
        for (const { path } of lines)
          path.forEach(({ x, y }, i) =>
            assert.ok(
              !i || !crossesBox(box, [path[i - 1].x, path[i - 1].y], [x, y]),
              `${words} at ${width} px, frame ${now}`,
            ),
          );
      }
});

test("there are spots on both sides of a line, at its ends and between", () => {
  const spots = spotsAlong([40, 300], 100);
  assert.ok(spots.some(({ y }) => y < 100) && spots.some(({ y }) => y > 100));
  assert.deepEqual(spots[0], { x: 294, align: "right", y: 92 });
  assert.equal(spotsAlong([40, 300], 100, false)[0].y, 109);
});
