// The parts of charts over the training: lines, names, what would be perfect, and the present.
//
// `up` takes a value to its y; curves are [{ values, up, color }], values over frames; NaN leaves gaps.
// `frames` are [{ i, x }], as in time_axis.js.

import { between, curve, dot, segment, triangle, widthOf, write } from "./ink.js";
import { legend } from "./legend.js";
import { presentLine } from "./time_axis.js";
import { figure } from "./words.js";

const DOTS = [1, 3]; // of what would be perfect
const notNaN = (value) => !Number.isNaN(value);
export const finite = (values) => Array.from(values ?? []).filter(Number.isFinite);

// Names of curves above the chart: [{ words, style, color }].
export const named = (context, names, place) => legend(context, names, place.ends, { y: 10, sample: 24, apart: 26 });

// Values as a line; one outside the chart is drawn at its edge.
export function line(context, values, frames, place, up, style) {
  const within = (y) => Math.min(place.base + 4, Math.max(place.top - 4, y));
  const ys = frames.map(({ i }) => (Number.isNaN(values[i]) ? NaN : within(up(values[i]))));
  curve(context, frames.map(({ x }) => x), ys, style);
}

// How far from the truth values may be.
export function band(context, values, error, frames, place, up, color) {
  const edge = (sign) => frames.map(({ i }) => Math.min(place.base, up(values[i] + sign * error[i])));
  between(context, frames.map(({ x }) => x), edge(-1), edge(1), color);
}

// A number between two unknown ones is no line: a dot.
export function lone(context, values, frames, up, color) {
  const known = (frame) => frame !== undefined && notNaN(values[frame.i]);
  frames.forEach((frame, k) => {
    if (known(frame) && !known(frames[k - 1]) && !known(frames[k + 1]))
      dot(context, [frame.x, up(values[frame.i])], 1.8, color);
  });
}

// A count stays until the next frame has another.
export function steps(context, values, frames, up, style) {
  const corners = frames.flatMap(({ i, x }, k) => {
    const here = [x, up(values[i])];
    return k ? [[x, notNaN(values[i]) ? up(values[frames[k - 1].i]) : NaN], here] : [here];
  });
  curve(context, corners.map(([x]) => x), corners.map(([, y]) => y), style);
}

// A dotted line at a value that would be perfect, and its name above or below it, at that end where
// fewer of the chart's curves [{ values, up }] pass.
export function reference(context, value, words, place, up, curves, { color, theme, above = true }) {
  const y = up(value);
  if (!(y >= place.top - 1 && y <= place.base + 1)) return;
  const [start, end] = place.ends;
  segment(context, [start, y], [end, y], { color, width: 1.3, dash: DOTS });
  const fits = above || y + 18 > place.base;
  const at = y + (fits ? -8 : 9);
  const wide = widthOf(context, words, "small");
  const crossed = (from, to) =>
    curves.reduce((sum, { values, up: to_y }) => {
      const near = (v, i) => place.time(i) >= from && place.time(i) <= to && Math.abs(to_y(v) - at) < 9;
      return sum + Array.from(values).filter(near).length;
    }, 0);
  const left = crossed(start, start + wide) < crossed(end - wide, end);
  write(context, words, [left ? start + 4 : end - 2, at], {
    color,
    align: left ? "left" : "right",
    kind: "small",
    halo: theme.paper,
  });
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
export function cut(context, values, name, place, { low, high }, color) {
  const all = Array.from(values);
  const [least, most] = [Math.min(...all.filter(notNaN)), Math.max(...all.filter(notNaN))];
  const say = (value, words, y, point) => {
    const x = place.time(all.indexOf(value));
    triangle(context, [[x - 5, y], [x + 5, y], [x, y + point]], color);
    const left = x + 12 + widthOf(context, words) < place.ends[1];
    write(context, words, [left ? x + 9 : x - 9, y + point / 2], { color, align: left ? "left" : "right" });
  };
  if (most > high) say(most, [...name, [` up to ${figure(most, 1)}`, "small"]], place.top + 9, -8);
  if (least < low) say(least, [...name, [` down to ${figure(least, 1)}`, "small"]], place.base - 10, 8);
}
