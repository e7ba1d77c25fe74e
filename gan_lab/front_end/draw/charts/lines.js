// The parts of charts over the training: lines, names, what would be perfect, and the present.
//
// `up` takes a value to its y; curves are [{ values, up, color, stepped }], values over frames; NaN leaves gaps.
// `frames` are [{ i, x }], as in draw/charts/time_axis.js.

import { formatNumber } from "../../numeric/format.js";
import { curve, dot, fillBetween, segment, triangle, write } from "../canvas.js";
import { spotsAlong, writeFree } from "../labels.js";
import { legend } from "../legend.js";
import { presentLine } from "./time_axis.js";

const DOTS = [1, 3]; // of what would be perfect
const notNaN = (value) => !Number.isNaN(value);
export const finite = (values) => Array.from(values ?? []).filter(Number.isFinite);

// The least and largest value, but no further from the central 90 % than these are apart.
export function range(values) {
  const sorted = finite(values).sort((a, b) => a - b);
  if (!sorted.length) return [];
  const [low, high] = [0.05, 0.95].map((share) => sorted[Math.round(share * (sorted.length - 1))]);
  const reach = high - low;
  return [Math.max(sorted[0], low - reach), Math.min(sorted.at(-1), high + reach)];
}

// Of the games beside this one those whose losses can be read on its scale.
export const sameLoss = (others = [], recipe = {}) => others.filter((other) => other.recipe?.loss === recipe.loss);

// Names of curves above the chart: [{ words, style, color }].
export const named = (context, names, place) => legend(context, names, place.ends, { y: 10, sample: 24, apart: 26 });

// Values as a line; one outside the chart is drawn at its edge.
export function line(context, values, frames, place, up, style) {
  const within = (y) => Math.min(place.base + 4, Math.max(place.top - 4, y));
  const ys = frames.map(({ i }) => (Number.isNaN(values[i]) ? NaN : within(up(values[i]))));
  curve(
    context,
    frames.map(({ x }) => x),
    ys,
    style,
  );
}

// How far from the truth values may be.
export function band(context, values, error, frames, place, up, color) {
  const edge = (sign) => frames.map(({ i }) => Math.min(place.base, up(values[i] + sign * error[i])));
  fillBetween(
    context,
    frames.map(({ x }) => x),
    edge(-1),
    edge(1),
    color,
  );
}

// A number between two unknown ones is no line: a dot.
export function lone(context, values, frames, up, color) {
  const known = (frame) => frame !== undefined && notNaN(values[frame.i]);
  frames.forEach((frame, k) => {
    if (known(frame) && !known(frames[k - 1]) && !known(frames[k + 1]))
      dot(context, [frame.x, up(values[frame.i])], 1.8, color);
  });
}

// A count stays until the next one: points with a corner before each but the first.
const cornered = (points) =>
  points.flatMap(([x, y], k) =>
    k
      ? [
          [x, Number.isNaN(y) ? NaN : points[k - 1][1]],
          [x, y],
        ]
      : [[x, y]],
  );

export function steps(context, values, frames, up, style) {
  const corners = cornered(frames.map(({ i, x }) => [x, up(values[i])]));
  curve(
    context,
    corners.map(([x]) => x),
    corners.map(([, y]) => y),
    style,
  );
}

// A curve as it is drawn: from one number that is known to the next, and no further out than the chart's edge.
function drawnLine({ values, up, stepped }, { time, top, base }) {
  const points = Array.from(values, (v, i) => [time(i), up(v)]).filter(([, y]) => notNaN(y));
  const within = points.map(([x, y]) => [x, Math.min(base + 4, Math.max(top - 4, y))]);
  return stepped ? cornered(within) : within;
}

// What words on a chart keep away from: the curves, the dotted lines, and the line of the present.
function linesOf(place, curves) {
  const [start, end] = place.ends;
  const clock = [
    [place.clock, place.top - 2],
    [place.clock, place.base],
  ];
  const level = place.dotted.map((y) => [
    [start, y],
    [end, y],
  ]);
  return [clock, ...level, ...curves.map((each) => drawnLine(each, place))];
}

// A place on which words are written: as a layout has it, with the present, the heights of dotted lines across it,
// and the boxes of the words.
export const forWords = (place, now, dotted = []) => ({ ...place, clock: place.time(now), dotted, taken: [] });

const roomOf = ({ ends: [start, end], top, base }) => [start, top - 12, end, base + 1];

// A dotted line at a value that would be perfect, and its name above or below it where the fewest of the
// chart's curves [{ values, up }], and no other words, are; in `shorter` words where there is little room.
export function reference(
  context,
  value,
  words,
  place,
  up,
  curves,
  { color, theme, above = true, shorter = undefined },
) {
  const y = up(value);
  if (!(y >= place.top - 1 && y <= place.base + 1)) return;
  const [start, end] = place.ends;
  segment(context, [start, y], [end, y], { color, width: 1.3, dash: DOTS });
  const free = { room: roomOf(place), taken: place.taken, lines: linesOf(place, curves), shorter };
  writeFree(context, words, spotsAlong(place.ends, y, above), free, { color, kind: "small", halo: theme.paper });
}

// Dots where the curves are at present, or, at its own place, at the last frame that was measured.
export function present(context, now, place, curves, theme, seen = now) {
  presentLine(context, now, place, theme);
  const x = place.time(seen);
  for (const { values, up, color } of curves) {
    const y = up(values[seen]);
    if (y >= place.top && y <= place.base) dot(context, [x, y], 3.6, color);
  }
}

export function empty(context, words, place, theme) {
  const at = [(place.ends[0] + place.ends[1]) / 2, (place.top + place.base) / 2];
  write(context, words, at, { color: theme.muted, align: "center", halo: theme.paper });
}

// Where values leave the chart: a triangle, and how far they go.
export function cut(context, values, name, place, curves, { low, high }, color, halo) {
  const all = Array.from(values);
  const [least, most] = [Math.min(...all.filter(notNaN)), Math.max(...all.filter(notNaN))];
  const say = (value, words, y, point) => {
    const x = place.time(all.indexOf(value));
    triangle(
      context,
      [
        [x - 5, y],
        [x + 5, y],
        [x, y + point],
      ],
      color,
    );
    const beside = [
      { x: x + 9, align: "left" },
      { x: x - 9, align: "right" },
    ];
    const spots = [0, 15, 30, 45, 60].flatMap((off) =>
      beside.map((side) => ({ ...side, y: y + point / 2 - Math.sign(point) * off })),
    );
    writeFree(
      context,
      words,
      spots,
      { room: roomOf(place), taken: place.taken, lines: linesOf(place, curves) },
      { color, halo },
    );
  };
  if (most > high) say(most, [...name, [` up to ${formatNumber(most, 1)}`, "small"]], place.top + 9, -8);
  if (least < low) say(least, [...name, [` down to ${formatNumber(least, 1)}`, "small"]], place.base - 10, 8);
}
