// The layers of the picture of the plane, each a function of a frame and of a panel.
//
// A panel has the scales `x` and `y` from data to pixels, `area` [left, top, width, height] of the
// whole box, `box` of the data, and `shows`: "D", "D*" or null.

import { filled } from "../canvas.js";
import { arrows, chains, circles, crosses, hatch, heatMap, heatOf, stamps, strokes } from "./canvas.js";
import { contour } from "./contour.js";
import { blended, byDensity, cornersOf, linesOf, squareOf } from "./warp.js";

// An arrow as long as a share of the box's side says that G's loss falls at so many times ONE_BOX
// nats for each side of the box. Nothing else decides its length, so that pulls can be compared
// between moments and losses, and a loss that saturates has none to show.
export const ONE_BOX = 200;
const LONGEST = 0.2; // of the side; longer ones are cut there
export const FOUND = 3; // sds around a mode

// D's outputs as shares from 0 to 1. A probability is one. A score has no zero: its middle is half
// way between its means on the real and the fake points, and its ends are as far apart as it needs.
export function shareOf(frame) {
  if (frame.D_kind !== "score") return { low: 0, high: 1, of: (D) => D };
  const mean = (points) => {
    const values = valuesAt(frame, frame.D, points);
    return values.length ? values.reduce((sum, v) => sum + v, 0) / values.length : NaN;
  };
  const [least, most] = extent(frame.D);
  const halfWay = (mean(frame.real) + mean(frame.fake)) / 2;
  const middle = Number.isFinite(halfWay) ? halfWay : (least + most) / 2;
  const reach = Math.max(most - middle, middle - least) || 1;
  return {
    low: middle - reach,
    high: middle + reach,
    of: (score) => 0.5 + (score - middle) / (2 * reach),
  };
}

function extent(values) {
  let [least, most] = [Infinity, -Infinity];
  for (const v of values) {
    if (v < least) least = v;
    if (v > most) most = v;
  }
  return [least, most];
}

// The values of the cells in which points (x and y in turn) lie, without those that are NaN or outside.
export function valuesAt({ box: [x0, x1, y0, y1], cells }, values, points) {
  const found = [];
  for (let k = 0; k < points.length; k += 2) {
    const j = Math.floor((cells * (points[k] - x0)) / (x1 - x0));
    const i = Math.floor((cells * (points[k + 1] - y0)) / (y1 - y0));
    const value = i >= 0 && j >= 0 && i < cells && j < cells ? values[i * cells + j] : NaN;
    if (!Number.isNaN(value)) found.push(value);
  }
  return found;
}

export const isKnown = (values) => values.some((value) => !Number.isNaN(value));

// The styles of the lines of equal D, by share: they tell the two sides apart without colour.
export const levelStyles = (theme) => [
  { share: 0.25, color: theme.muted, width: 1, dash: [4, 3] },
  { share: 0.5, color: theme.ink, width: 1.8, dash: [] },
  { share: 0.75, color: theme.muted, width: 1, dash: [] },
];

// What D or D* says of every place, and where it is not known, hatching.
export function drawHeat(context, frame, panel, theme) {
  const star = panel.shows === "D*";
  const share = star ? (D) => D : shareOf(frame).of;
  const shares = Float64Array.from(star ? frame.D_star : frame.D, share);
  const n = frame.cells;
  if (shares.some(Number.isNaN)) hatch(context, panel.area, { color: theme.line });
  heatMap(context, shares, n, panel.area, theme.heat);
  const [left, top, width, height] = panel.area;
  const place = ([column, row]) => [left + ((column + 0.5) * width) / n, top + height - ((row + 0.5) * height) / n];
  for (const { share: level, ...style } of levelStyles(theme))
    chains(
      context,
      contour(shares, n, level).map((line) => line.map(place)),
      style,
    );
}

export const placed = (points, panel) =>
  Array.from({ length: points.length / 2 }, (_, k) => [panel.x(points[2 * k]), panel.y(points[2 * k + 1])]);

const sheet = (warp, points, panel, context, style) => {
  const at = placed(points, panel);
  chains(
    context,
    linesOf(warp).map((line) => line.map((k) => at[k])),
    style,
  );
  if (warp.curve) circles(context, at, 1.6, { ...style, width: 1.6 });
};

export const SHADES = [0.08, 0.18, 0.3, 0.45, 0.62];

// The grid of z where G puts it; with no heat below, its cells as dark as p_G is dense.
export function drawWarp(context, frame, panel, theme, points = frame.warp.points) {
  const { warp } = frame;
  if (!panel.shows && !warp.curve)
    byDensity(warp, points, frame.box, SHADES.length).forEach((cells, level) => {
      context.save();
      context.globalAlpha = SHADES[level];
      context.fillStyle = theme.p_g;
      context.beginPath();
      for (const corners of cells) {
        corners.forEach(([x, y], k) => context[k ? "lineTo" : "moveTo"](panel.x(x), panel.y(y)));
        context.closePath();
      }
      context.fill();
      context.restore();
    });
  sheet(warp, points, panel, context, warpStyle(warp, theme));
}

export const warpStyle = (warp, theme) => ({ color: theme.p_g, width: warp.curve ? 2.2 : 0.9 });

// The square of z on its way to the image of G, share 0 to 1, and one cell of it, if any, wherever
// it is: in the square (dashed), in the image, and now.
export function drawReplay(context, frame, panel, theme, share, cell = null) {
  const { warp, box } = frame;
  const square = squareOf(warp, box);
  const now = blended(warp, box, share);
  if (cell) sheet(warp, square, panel, context, { color: theme.line, width: 0.6 });
  drawWarp(context, frame, panel, theme, now);
  if (!cell) return;
  const outline = (points) => {
    const corners = cornersOf(warp, cell);
    return [...corners, ...(warp.curve ? [] : [corners[0]])].map((k) => [
      panel.x(points[2 * k]),
      panel.y(points[2 * k + 1]),
    ]);
  };
  const halo = theme.paper;
  chains(context, [outline(square)], { color: theme.ink, width: 1.6, dash: [3, 2], halo });
  chains(context, [[middleOf(outline(square)), middleOf(outline(warp.points))]], {
    color: theme.ink,
    width: 1,
    dash: [1, 3],
    halo,
  });
  chains(context, [outline(warp.points)], { color: theme.ink, width: 2, halo });
  if (share < 1) chains(context, [outline(now)], { color: theme.p_g, width: 2.4, halo });
}

function middleOf(points) {
  const mean = (k) => points.reduce((sum, point) => sum + point[k], 0) / points.length;
  return [mean(0), mean(1)];
}

// A ring around each mode, of FOUND sds; one that no sample came near is dashed, with a cross through
// the ring.
export function drawModeRings(context, frame, panel, theme) {
  const lost = new Set(frame.missing);
  const rings = frame.modes.map(({ x, y, sd }) => ({
    at: [panel.x(x), panel.y(y)],
    radius: Math.max(5, Math.abs(panel.x(x + FOUND * sd) - panel.x(x))),
  }));
  const halo = theme.paper;
  rings.forEach(({ at, radius }, k) => {
    if (!lost.has(k)) circles(context, [at], radius, { color: theme.muted, width: 1.2, halo });
    else missing(context, at, Math.max(8, radius), { color: theme.ink, width: 1.4, halo });
  });
}

export function missing(context, [x, y], radius, style) {
  circles(context, [[x, y]], radius, { ...style, dash: [3, 2.5] });
  const [from, to] = [Math.max(0, radius - 8), radius + 4]; // what is inside a wide ring stays clear
  strokes(context, style, () => {
    for (const [a, b] of [
      [1, 0],
      [0, 1],
      [-1, 0],
      [0, -1],
    ]) {
      context.moveTo(x + a * from, y + b * from);
      context.lineTo(x + a * to, y + b * to);
    }
  });
}

export const realStyle = (theme) => ({ color: theme.p_data, width: 1.2, halo: theme.paper });
export const fakeStyle = (theme) => ({ color: theme.p_g, width: 1.6, halo: theme.paper });
export const pullStyle = (theme) => ({ color: theme.p_g, width: 1.3, halo: theme.paper });
const REAL = 2.7; // radius
const FAKE = 2.9; // reach
export const MARK = 6; // no mark reaches further, with its halo

export const realMark = (theme) => (context) => circles(context, [[0, 0]], REAL, realStyle(theme));
export const fakeMark = (theme) => (context) => crosses(context, [[0, 0]], FAKE, fakeStyle(theme));

export function drawReal(context, frame, panel, theme) {
  stamps(context, placed(frame.real, panel), MARK, realMark(theme));
}

export function drawFake(context, frame, panel, theme) {
  stamps(context, placed(frame.fake, panel), MARK, fakeMark(theme));
}

// What D says of each point, as a share: at the point itself where the frame has that, by name, else in its cell.
export function sharesAt(frame, points, known = null) {
  const { of } = shareOf(frame);
  const values = frame[known] ?? Array.from({ length: points.length / 2 }, (_, k) => cellOf(frame, points, k));
  return Float64Array.from(values, of);
}

const cellOf = (frame, points, k) => valuesAt(frame, frame.D, points.slice(2 * k, 2 * k + 2))[0] ?? NaN;

const TINTS = 8; // as many colours, and one, are told apart
export const tintOf = (share, theme) =>
  Number.isNaN(share)
    ? theme.muted
    : `rgb(${heatOf(Math.round(TINTS * Math.min(1, Math.max(0, share))) / TINTS, theme.marks)})`;

export const WORDS_OF_TINTS = "D: generated to data";
export const ROOM_OF_TINTS = 6 * (TINTS + 1); // pixels

// Their scale, from a place on, about a height.
export function drawTints(context, [x, y], theme) {
  for (let k = 0; k <= TINTS; k++) filled(context, [x + 6 * k, y - 5, 6, 10], tintOf(k / TINTS, theme));
}

// Points in the colour of what D says of them.
export function drawJudged(context, frame, panel, theme, mine) {
  const shares = sharesAt(frame, frame[mine], `D_${mine}`);
  const at = placed(frame[mine], panel);
  const tints = Array.from(shares, (share) => tintOf(share, theme));
  const [shape, reach, style] = mine === "real" ? [circles, REAL, realStyle(theme)] : [crosses, FAKE, fakeStyle(theme)];
  for (const color of new Set(tints))
    stamps(
      context,
      at.filter((_, k) => tints[k] === color),
      MARK,
      (own) => shape(own, [[0, 0]], reach, { ...style, color }),
    );
}

// Pixels for a pull of one nat per unit of x.
export function pullScale({ box: [x0, x1], area: [, , width] }) {
  return (width * (x1 - x0)) / ONE_BOX;
}

// From each fake point along minus the slope of G's loss there.
export function drawPull(context, frame, panel, theme) {
  const scale = pullScale(panel);
  const longest = LONGEST * panel.area[2];
  const all = placed(frame.fake, panel).map(([x, y], k) => {
    const [a, b] = [frame.pull[2 * k] * scale, -frame.pull[2 * k + 1] * scale];
    const long = Math.hypot(a, b);
    const part = long > longest ? longest / long : 1;
    return /** @type {[number[], number[], boolean]} */ ([[x, y], [x + part * a, y + part * b], part < 1]);
  });
  arrows(
    context,
    all.filter(([, to]) => to.every(Number.isFinite)),
    pullStyle(theme),
  );
}
