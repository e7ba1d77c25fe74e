// Proposition 1 at a single x: the curve v(y) = a log y + b log(1 - y), its top, and the reader's y.
//
// a = p_data(x) and b = p_G(x) are densities, y = D(x); v is what x adds to V(G, D), per unit of x.

import { clipped, curve, dot, fillBetween, segment, triangle, widthOf, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { scale, ticks } from "../../draw/scales.js";
import { DASH } from "../../draw/theme.js";
import { formatNumber } from "../../numeric/format.js";
import { weighted } from "../../numeric/game_value.js";

const LEFT = 40;
const RIGHT = 32;
const HEAD = 34;
const STRIP = 20; // the bar of a against b
const FOOT = 76; // from y = 0 .. 1 down to the picture's end
export const LOWEST = -2.4; // nats per unit of x; what is lower is cut, and said to be

// a log y + b log(1 - y), -Infinity where y denies something that happens.
export const v = (a, b, y) => weighted(a, Math.log(y)) + weighted(b, Math.log1p(-y));

// The best y: a / (a + b); null where neither distribution has mass and every y is as good.
export const best = (a, b) => (a + b > 0 ? a / (a + b) : null);

function measurePointwise({ a, b, y }) {
  const top = best(a, b);
  const value = v(a, b, y);
  const most = top === null ? 0 : v(a, b, top);
  return { best: top, value, most, loss: most - value };
}

const atEnd = (a) =>
  a > 0
    ? { absent: "p_G(x) = 0", end: 1, words: "only data fall here; v = a log y" }
    : { absent: "p_data(x) = 0", end: 0, words: "only samples of G fall here; v = b log(1 − y)" };

function pointwiseSentence({ a, b, y }, { best: top, value, most, loss }) {
  if (top === null)
    return (
      "Any D will do: neither data nor samples of G fall at this x, " +
      "so v = 0 whatever D says, and D* is not defined."
    );
  const mine = `D = ${formatNumber(y, 3)}`;
  if (a === 0 || b === 0) {
    const { absent, end, words } = atEnd(a);
    const state = y === end ? "D is at that end" : `D loses ${formatNumber(loss, 3)} nats`;
    const reach = `rises to its supremum 0 at the end D* = ${end}, which no finite logit reaches`;
    return `${absent}: ${words} ${reach}. ${state}.`;
  }
  const there = `${formatNumber(most, 3)} at D* = a/(a + b) = ${formatNumber(top, 3)}`;
  if (loss === Infinity)
    return `${mine}: v = −∞, infinitely far below ${there}. D was certain, and what it rules out does happen.`;
  const under = loss < 0.0005 ? "within 0.0005 nats of" : `${formatNumber(loss, 3)} nats below`;
  return `${mine}: v = ${formatNumber(value, 3)}, ${under} the most, ${there}.`;
}

export function pointwiseLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const base = height - FOOT;
  return { ends, base, top: HEAD, y: scale([0, 1], ends), nats: scale([LOWEST, 0], [base, HEAD + 8]) };
}

const Y = ["y", "italic"];
const NAMES = {
  p_data: [["a", "italic"], [" log ", "roman"], Y],
  p_g: [["b", "italic"], [" log(1 − ", "roman"], Y, [")", "roman"]],
  D: [["v", "italic"], ["(", "roman"], Y, [")", "roman"]],
};
const LINES = (theme) => ({
  p_data: { color: theme.p_data, width: 2.4, dash: DASH.p_data },
  p_g: { color: theme.p_g, width: 1.8 },
  D: { color: theme.D, width: 2.6 },
});

function names(context, place, theme) {
  const [start, end] = place.ends;
  const words = end - start < 400 ? NAMES : { ...NAMES, D: [...NAMES.D, [" = their sum", "roman"]] };
  const entry = ([role, said]) => ({ words: said, style: LINES(theme)[role], color: theme[role] });
  legend(context, Object.entries(words).map(entry), [start - 26, end + 26], { y: 12, sample: 26, apart: 30 });
}

function axes(context, place, theme) {
  const [start, end] = place.ends;
  for (const tick of ticks(LOWEST, 0, (place.base - place.top) / 48)) {
    const at = place.nats(tick.value);
    segment(context, [start, at], [end, at], { color: tick.value ? theme.faint : theme.line, width: 1 });
    write(context, tick.label, [start - 7, at], { color: theme.muted, align: "right", kind: "small" });
  }
  segment(context, [start, place.base], [end, place.base], { color: theme.ink, width: 1.2 });
  for (const [value, label] of [
    [0, "0"],
    [0.25, "¼"],
    [0.5, "½"],
    [0.75, "¾"],
    [1, "1"],
  ]) {
    const at = place.y(value);
    segment(context, [at, place.base], [at, place.base + 4], { color: theme.ink, width: 1 });
    write(context, label, [at, place.base + 14], { color: theme.muted, align: "center" });
  }
  write(context, "nats", [4, place.top - 10], { color: theme.muted, kind: "small" });
}

// From 0 to 1 a share a/(a + b) in the data's ink, the rest in the generator's: they meet at D*.
function strip(context, { a, b }, top, place, theme) {
  const [start, end] = place.ends;
  const [high, low] = [place.base + 28, place.base + 28 + STRIP];
  const fill = (from, to, color) => fillBetween(context, [from, to], [low, low], [high, high], color);
  const middle = (high + low) / 2;
  const named = (words, from, to, color) => {
    if (to - from > widthOf(context, words) + 8)
      write(context, words, [(from + to) / 2, middle], { color, align: "center" });
  };
  if (top === null) return;
  const split = place.y(top);
  fill(start, split, theme.dark ? "rgba(220, 223, 228, 0.16)" : "rgba(17, 17, 17, 0.10)");
  fill(split, end, theme.dark ? "rgba(78, 201, 139, 0.26)" : "rgba(27, 127, 75, 0.22)");
  curve(context, [start, split], [low, low], { color: theme.p_data, width: 2.4, dash: DASH.p_data });
  curve(context, [split, end], [low, low], { color: theme.p_g, width: 2 });
  named(
    [
      ["a", "italic"],
      [` = ${formatNumber(a)}`, "roman"],
    ],
    start,
    split,
    theme.p_data,
  );
  named(
    [
      ["b", "italic"],
      [` = ${formatNumber(b)}`, "roman"],
    ],
    split,
    end,
    theme.p_g,
  );
}

function curves(context, { a, b }, place, theme) {
  const [start, end] = place.ends;
  const xs = [];
  for (let at = start; at <= end; at += 0.5) xs.push(at);
  const line = (f) => xs.map((at) => Math.min(place.nats(f(Math.min(1, Math.max(0, place.y.invert(at))))), 1e4));
  const style = LINES(theme);
  clipped(context, [start - 2, end + 2], place.top, place.base, () => {
    curve(
      context,
      xs,
      line((y) => weighted(b, Math.log1p(-y))),
      style.p_g,
    );
    curve(
      context,
      xs,
      line((y) => weighted(a, Math.log(y))),
      style.p_data,
    );
    curve(
      context,
      xs,
      line((y) => v(a, b, y)),
      style.D,
    );
  });
}

const centred = (context, words, at, [low, high]) => {
  const half = widthOf(context, words) / 2;
  return Math.min(high - half, Math.max(low + half, at));
};

function summit(context, { best: top, most }, place, theme, width) {
  if (top === null) return;
  const [x, y] = [place.y(top), place.nats(most)];
  const thin = { color: theme.D_star, width: 1.4 };
  segment(context, [x, y], [x, place.base], thin);
  segment(context, [x, place.base + 24], [x, place.base + 28 + STRIP], thin);
  dot(context, [x, y], 4.5, theme.D_star);
  const attained = top > 0 && top < 1;
  if (!attained) dot(context, [x, y], 2.6, behind(theme)); // a supremum that no y in (0, 1) attains
  const words = [
    ["D", "italic"],
    ["* = ", "roman"],
    [formatNumber(top, attained ? 3 : 0), "roman"],
  ];
  const at = centred(context, words, x, [2, width - 2]);
  write(context, words, [at, place.base + 28 + STRIP + 14], { color: theme.ink, align: "center" });
}

const behind = (theme) => (theme.dark ? "#10151c" : "#ffffff");

// The reader's y: a handle on the curve, and how far it is under the top.
function reader(context, { a, b, y }, { best: top, value, most, loss }, place, theme) {
  const x = place.y(y);
  const level = place.nats(most);
  const cut = !(value > LOWEST);
  const at = cut ? place.base - 9 : place.nats(value);
  segment(context, [x, at], [x, place.base], { color: theme.D, width: 1.2, dash: DASH.D });
  if (loss > 0.0005) {
    fillBetween(context, [x - 5, x + 5], [at, at], [level, level], theme.gap);
    segment(context, [x - 9, level], [x + 9, level], { color: theme.D_star, width: 1.4 });
    segment(context, [x, at], [x, level], { color: theme.D, width: 1.4 });
  }
  if (cut)
    triangle(
      context,
      [
        [x - 7, at - 4],
        [x + 7, at - 4],
        [x, at + 7],
      ],
      theme.D,
    );
  else dot(context, [x, at], 8, theme.D);
  if (!cut) dot(context, [x, at], 3, behind(theme));
  if (loss <= 0.0005) return;
  const said = `loses ${formatNumber(loss, loss < 0.1 ? 3 : 2)}`;
  const spot = cut ? null : spotUnderCurve({ a, b, y }, top, widthOf(context, said, "bold"), place);
  const besides = { from: y < top ? x + 11 : x - 11, at: level + 14, align: y < top ? "left" : "right" };
  const { from, at: low, align } = spot ?? besides;
  write(context, said, [from, low], { color: theme.D, align, kind: "bold" });
}

// Where words `wide` pixels long are under the curve, which bends down, and not on the line of D*: as near
// to the reader's y as they can be; beyond D* where its line is in the way.
export function spotUnderCurve({ a, b, y }, top, wide, place) {
  const [x, line] = [place.y(y), place.y(top)];
  const curveAt = (at) => place.nats(v(a, b, Math.min(1, Math.max(0, place.y.invert(at)))));
  const right = line > x && line < x + wide + 15 ? line + 11 : x + 11;
  const left = line < x && line > x - wide - 15 ? line - 11 : x - 11;
  const sides = [
    { from: right, ends: [right, right + wide], align: "left" },
    { from: left, ends: [left - wide, left], align: "right" },
  ];
  if (y > top) sides.reverse();
  const inside = ({ ends }) => ends[0] > place.ends[0] && ends[1] < place.ends[1];
  const room = sides.filter(inside);
  for (let at = curveAt(x) + 20; at < place.base - 12; at += 6)
    for (const { from, ends, align } of room)
      if (ends.every((end) => curveAt(end) < at - 8)) return { from, at, align };
  const { from, align } = room[0] ?? sides[0];
  return { from, at: Math.min(place.base - 12, curveAt(x) + 20), align };
}

function drawPointwise(context, state, numbers, size, theme) {
  const place = pointwiseLayout(size);
  names(context, place, theme);
  axes(context, place, theme);
  strip(context, state, numbers.best, place, theme);
  curves(context, state, place, theme);
  summit(context, numbers, place, theme, size.width);
  reader(context, state, numbers, place, theme);
  const [start] = place.ends;
  write(context, [Y], [start - 16, place.base + 13], { color: theme.ink });
}

const AT_X = [
  ["(", "roman"],
  ["x", "italic"],
  [")", "roman"],
];

export const POINTWISE = {
  label: "The curve v(y) = a log y + b log(1 − y) for y between 0 and 1.",
  start: { a: 0.6, b: 0.2, y: 0.4 },
  choices: [],
  knobs: [
    {
      key: "y",
      name: [Y, [" = ", "roman"], ["D", "italic"], ...AT_X],
      said: "y, what the discriminator says at x",
      role: "D",
      min: 0,
      max: 1,
      step: 0.005,
      decimals: 3,
      wide: true,
    },
    {
      key: "a",
      name: [["a", "italic"], [" = ", "roman"], ["p", "italic"], ["data", "sub"], ...AT_X],
      said: "a, the density of the data at x",
      role: "p_data",
      min: 0,
      max: 1,
      step: 0.01,
    },
    {
      key: "b",
      name: [["b", "italic"], [" = ", "roman"], ["p", "italic"], ["G", "subitalic"], ...AT_X],
      said: "b, the density of the generator’s samples at x",
      role: "p_g",
      min: 0,
      max: 1,
      step: 0.01,
    },
  ],
  height: (width) => Math.round(Math.min(400, Math.max(320, 0.46 * width))),
  measure: measurePointwise,
  draw: drawPointwise,
  sentence: pointwiseSentence,
  // Anywhere over the curve: y goes to where the hand is.
  grab([, down], state, size) {
    const place = pointwiseLayout(size);
    return down > place.top - 8 && down < place.base + 24 ? ([x]) => ({ y: place.y.invert(x) }) : null;
  },
};
