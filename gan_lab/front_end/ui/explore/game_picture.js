// The terms of V in rows, who moves each and what it is; under them the line of x with both densities and D, and
// the line of z with an arrow from the middle of each of equally probable cells to where G takes it.

import { arrow, clipped, curve, handle, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { axes, NAMES, styleOf } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNumber } from "../../numeric/format.js";
import { normalDensity, normalQuantile } from "../../numeric/normal.js";
import { discriminatorOf, generatorOf, sampleDensityOf } from "../../numeric/value_terms.js";

const LEFT = 40;
const RIGHT = 32;
const X = 6; // x and z from -6 to 6
const PEAK = 0.8; // the density at the top edge; what is higher is cut
const ROW = 23; // between the rows of the formula
const TABLE = 5 * ROW + 8;
const CELLS = 20;
const SHOWN = 64; // of a minibatch, at most
const SAMPLES = Array.from({ length: CELLS }, (_, i) => normalQuantile((i + 0.5) / CELLS));

export function gameLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const [base, top] = [height - 122, TABLE + 44];
  return {
    ends,
    base,
    top,
    peak: PEAK,
    width,
    rugs: [base + 10, base + 25],
    z: height - 22,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, top]),
    D: scale([0, 1], [base, top]),
  };
}

const [G, D] = [
  ["G", "italic"],
  ["D", "italic"],
];
const E = ["E", "italic"];
const DATA = [E, ["data", "sub"], ["[log ", "roman"], D, ["(", "roman"], ["x", "italic"], [")]", "roman"]];
const NOISE = [
  ["+ ", "roman"],
  E,
  ["z", "subitalic"],
  ["[log(1 − ", "roman"],
  D,
  ["(", "roman"],
  G,
  ["(", "roman"],
  ["z", "italic"],
  ["))]", "roman"],
];
const VALUE = [["= ", "roman"], ["V", "italic"], ["(", "roman"], G, [", ", "roman"], D, [")", "roman"]];
const ENTROPY = [
  ["−", "roman"],
  ["V", "italic"],
  ["/2, cross-entropy", "roman"],
];

// A row: what it is, who moves it, exactly, and on the minibatch.
function table(context, { m }, { exact, sampled }, { ends, width }, theme) {
  const half = Math.min((ends[1] - ends[0]) / 2 + 31, 240);
  const [start, right] = [width / 2 - half, width / 2 + half];
  const [who, mid] = [start + (width < 500 ? 176 : 220), right - (width < 500 ? 62 : 100)];
  const head = { color: theme.muted, kind: "small" };
  write(context, "moved by", [who, 10], { ...head, align: "center" });
  write(context, "exactly", [mid, 10], { ...head, align: "right" });
  write(context, `m = ${m}`, [right, 10], { ...head, align: "right" });
  const [byD, byG] = [
    [D, theme.D],
    [G, theme.p_g],
  ];
  const rows = [
    [DATA, theme.p_data, [byD], exact.data, sampled.data],
    [NOISE, theme.p_g, [byG, byD], exact.noise, sampled.noise],
    [VALUE, theme.ink, [], exact.V, sampled.V],
    [ENTROPY, theme.D, [], -exact.V / 2, -sampled.V / 2],
  ];
  rows.forEach(([words, color, movers, ...values], i) => {
    const y = 10 + ROW * (i + 1);
    write(context, words, [start, y], { color });
    movers.forEach(([letter, mover], k) => {
      write(context, [letter], [who + 18 * (k - (movers.length - 1) / 2), y], { color: mover, align: "center" });
    });
    values.forEach((value, k) => {
      write(context, [[formatNumber(value, 3), "roman"]], [k ? right : mid, y], { color, align: "right" });
    });
  });
  const rule = 10 + ROW * 2.5;
  segment(context, [mid - 48, rule], [right, rule], { color: theme.line, width: 1 });
}

function names(context, { ends }, theme) {
  const entry = (role) => ({ words: NAMES[role], style: styleOf(role, theme), color: theme[role] });
  legend(context, ["p_data", "p_g", "D"].map(entry), ends, { y: TABLE + 18, sample: 28, apart: 30 });
}

function curves(context, state, place, theme) {
  const xs = [];
  for (let at = place.ends[0]; at <= place.ends[1]; at += 0.5) xs.push(at);
  const along = (f, to) => xs.map((at) => to(f(place.x.invert(at))));
  const bounded = (f) => (x) => Math.min(f(x), 2 * PEAK);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    curve(context, xs, along(normalDensity, place.density), styleOf("p_data", theme));
    curve(context, xs, along(bounded(sampleDensityOf(state)), place.density), styleOf("p_g", theme));
    curve(context, xs, along(discriminatorOf(state), place.D), styleOf("D", theme));
  });
  handle(context, [place.x(state.c), place.D(0.5)], 8, theme.D, theme);
}

// The first of the minibatch as short strokes: the data above, the samples under them.
function rugs(context, state, { x, z }, place, theme) {
  const made = z.slice(0, SHOWN).map(generatorOf(state));
  [x.slice(0, SHOWN), made].forEach((values, k) => {
    const y = place.rugs[k];
    for (const value of values)
      if (Math.abs(value) <= X)
        segment(context, [place.x(value), y - 4], [place.x(value), y + 4], {
          color: k ? theme.p_g : theme.p_data,
          width: 1.2,
        });
  });
  write(context, [["x", "italic"]], [14, place.rugs[0]], { color: theme.p_data });
  write(context, [G, ["(", "roman"], ["z", "italic"], [")", "roman"]], [6, place.rugs[1]], { color: theme.p_g });
}

function noise(context, state, place, theme) {
  const [start, end] = place.ends;
  const high = place.rugs[1] + 7;
  clipped(context, [start - 2, end + 2], high - 2, place.z, () => {
    for (const z of SAMPLES)
      arrow(context, [place.x(z), place.z], [place.x(generatorOf(state)(z)), high], {
        color: theme.arrow,
        width: 1.1,
        head: 6,
      });
  });
  segment(context, [start, place.z], [end, place.z], { color: theme.ink, width: 1.2 });
  for (const z of SAMPLES)
    segment(context, [place.x(z), place.z - 3], [place.x(z), place.z + 3], { color: theme.ink, width: 1 });
  for (const { value, label } of ticks(-X, X, 6))
    write(context, label, [place.x(value), place.z + 13], { color: theme.muted, align: "center", kind: "small" });
  write(context, [["z", "italic"]], [14, place.z], { color: theme.ink });
}

export function drawGame(context, state, numbers, size, theme) {
  const place = gameLayout(size);
  table(context, state, numbers, place, theme);
  names(context, place, theme);
  axes(context, place, theme, 4);
  segment(context, [place.ends[0], place.base], [place.ends[1], place.base], { color: theme.ink, width: 1.2 });
  curves(context, state, place, theme);
  rugs(context, state, numbers.minibatch, place, theme);
  noise(context, state, place, theme);
}
