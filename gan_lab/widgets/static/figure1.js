// Figure 1 of Goodfellow et al. (2014) from one frame: a pure function of the frame, size and theme.
//
// Above, p_data (dotted), p_G (solid) and, on its own scale from 0 to 1, D (dashed) with D* (thin).
// Below, arrows from equally probable z to x = G(z): where they crowd, p_G is high.

import { arrow, between, curve, dot, segment, triangle, widthOf, write } from "./ink.js";
import { scale, ticks } from "./scales.js";
import { DASH } from "./theme.js";
import { figure } from "./words.js";

const LEFT = 40;
const RIGHT = 32;
const LEGEND = 24;
const RULER = 19;
const FOOT = 32;
const SAMPLE = 28; // length of a line in the legend

export const NAMES = {
  p_data: [["p", "italic"], ["data", "sub"]],
  p_g: [["p", "italic"], ["G", "subitalic"]],
  D: [["D", "italic"]],
  D_star: [["D", "italic"], ["*", "roman"]],
};

// Line styles by role; D* is as thin as it is so that D can be seen to miss it.
export const styleOf = (role, theme) => ({
  color: theme[role],
  width: { p_data: 2.6, p_g: 2.4, D: 2.2, D_star: 1.2 }[role],
  dash: DASH[role],
});

// Where everything goes. The density's scale comes from p_data, which no run changes, so that the
// picture stands still while p_G moves; what is higher is cut, and said to be.
export function figure1Layout(frame, { width, height }) {
  const top = LEGEND + 20;
  const inner = height - top - RULER - FOOT;
  const base = Math.round(top + inner * 0.72);
  const line = base + RULER;
  const foot = height - FOOT;
  const ends = [LEFT, width - RIGHT];
  const peak = frame.p_data.reduce((a, b) => Math.max(a, b), 0);
  const pad = 0.06 * (frame.z.at(-1) - frame.z[0]) || 1;
  return {
    top,
    base,
    line,
    foot,
    ends,
    peak: 1.35 * peak,
    x: scale([frame.x[0], frame.x.at(-1)], ends),
    density: scale([0, 1.35 * peak], [base, top]),
    D: scale([0, 1], [base, top]),
    z: scale([frame.z[0] - pad, frame.z.at(-1) + pad], ends),
  };
}

function legend(context, place, theme) {
  const roles = ["p_data", "p_g", "D", "D_star"];
  const widths = roles.map((role) => SAMPLE + 6 + widthOf(context, NAMES[role]));
  const total = widths.reduce((a, b) => a + b, 0);
  const [start, end] = place.ends;
  const gap = Math.min(30, (end - start - total) / (roles.length - 1));
  let at = (start + end - total - gap * (roles.length - 1)) / 2;
  roles.forEach((role, i) => {
    segment(context, [at, 12], [at + SAMPLE, 12], styleOf(role, theme));
    write(context, NAMES[role], [at + SAMPLE + 6, 12], {
      color: role === "D_star" ? theme.muted : theme[role], // a thin line's colour is too pale to read
    });
    at += widths[i] + gap;
  });
}

function axes(context, frame, place, theme) {
  const [start, end] = place.ends;
  const hair = { color: theme.line, width: 1 };
  const half = place.D(0.5);
  segment(context, [start, half], [end, half], { color: theme.line, width: 1, dash: [2, 4] });
  for (const [value, label] of [[0, "0"], [0.5, "½"], [1, "1"]]) {
    const y = place.D(value);
    segment(context, [end, y], [end + 4, y], { color: theme.D, width: 1 });
    write(context, label, [end + 8, y], { color: theme.D, kind: value === 0.5 ? "bold" : "plain" });
  }
  segment(context, [end, place.top], [end, place.base], { color: theme.D, width: 1 });
  write(context, NAMES.D, [end + 8, place.top - 15], { color: theme.D });
  for (const tick of ticks(0, place.peak, Math.max(2, (place.base - place.top) / 50))) {
    const y = place.density(tick.value);
    segment(context, [start - 4, y], [start, y], hair);
    write(context, tick.label, [start - 7, y], { color: theme.muted, align: "right", kind: "small" });
  }
  segment(context, [start, place.top], [start, place.base], hair);
  write(context, "density", [4, place.top - 15], { color: theme.muted, kind: "small" });
}

// The x axis is a ruler: curves stand on its upper edge, arrows land on its lower one.
function ruler(context, frame, place, theme) {
  const [start, end] = place.ends;
  const { base, line } = place;
  segment(context, [start, base], [end, base], { color: theme.line, width: 1 });
  segment(context, [start, line], [end, line], { color: theme.ink, width: 1.2 });
  for (const tick of ticks(frame.x[0], frame.x.at(-1), (end - start) / 62)) {
    const x = place.x(tick.value);
    segment(context, [x, base], [x, base + 4], { color: theme.line, width: 1 });
    segment(context, [x, line - 3], [x, line], { color: theme.ink, width: 1 });
    write(context, tick.label, [x, (base + line) / 2 + 1], {
      color: theme.muted,
      align: "center",
      kind: "small",
    });
  }
  write(context, [["x", "italic"]], [start - 14, line - 3], { color: theme.ink });
}

function clipped(context, [left, right], top, bottom, draw) {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  draw();
  context.restore();
}

function curves(context, frame, place, theme) {
  const xs = Array.from(frame.x, place.x);
  const p_g = Array.from(frame.p_g, place.density);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    between(context, xs, xs.map(() => place.base), p_g, theme.under);
    curve(context, xs, Array.from(frame.D_star, place.D), styleOf("D_star", theme));
    curve(context, xs, Array.from(frame.p_data, place.density), styleOf("p_data", theme));
    curve(context, xs, p_g, styleOf("p_g", theme));
    atoms(context, frame, place, theme);
    curve(context, xs, Array.from(frame.D, place.D), styleOf("D", theme));
  });
  tooHigh(context, frame, place, theme);
}

// A value that G gives with positive probability has no density: a stem, as high as its share.
function atoms(context, frame, place, theme) {
  for (const { x, mass } of frame.atoms ?? []) {
    const [at, top] = [place.x(x), place.D(mass)];
    segment(context, [at, place.base], [at, top], styleOf("p_g", theme));
    dot(context, [at, top], 4, theme.p_g);
    const words = `${figure(100 * mass, 0)} % in one point`;
    const right = at + 8 + widthOf(context, words, "small") < place.ends[1];
    const align = right ? "left" : "right";
    write(context, words, [at + (right ? 8 : -8), top], { color: theme.p_g, align, kind: "small" });
  }
}

function tooHigh(context, frame, place, theme) {
  let at = 0;
  frame.p_g.forEach((p, i) => (at = p > frame.p_g[at] ? i : at));
  if (!(frame.p_g[at] > place.peak)) return;
  const [x, y] = [place.x(frame.x[at]), place.top - 5];
  triangle(context, [[x - 5, y], [x + 5, y], [x, y - 8]], theme.p_g);
  const words = [...NAMES.p_g, [` up to ${figure(frame.p_g[at], 1)}`, "small"]];
  const left = x + 10 + widthOf(context, words) < place.ends[1];
  write(context, words, [left ? x + 10 : x - 10, y - 5], {
    color: theme.p_g,
    align: left ? "left" : "right",
  });
}

// Arrows from z to G(z); one that leads outside the picture is cut at its edge and counted there.
function arrows(context, frame, place, theme) {
  const [start, end] = place.ends;
  const { line, foot } = place;
  let left = 0;
  let right = 0;
  clipped(context, [start - 2, end + 2], line, foot, () => {
    frame.z.forEach((z, i) => {
      const x = place.x(frame.G_z[i]);
      if (!Number.isFinite(x)) return;
      arrow(context, [place.z(z), foot], [x, line + 1], { color: theme.arrow, width: 1.1, head: 7 });
      if (x < start) left++;
      if (x > end) right++;
    });
  });
  const y = (line + foot) / 2;
  const outside = { color: theme.p_g, kind: "small" };
  if (left) write(context, `← ${left}`, [start - 6, y + 14], { ...outside, align: "right" });
  if (right) write(context, `${right} →`, [end + 6, y + 14], outside);
}

function zAxis(context, frame, place, theme) {
  const [start, end] = place.ends;
  const { foot } = place;
  segment(context, [start, foot], [end, foot], { color: theme.ink, width: 1.2 });
  frame.z.forEach((z) => dot(context, [place.z(z), foot], 2, theme.p_g));
  for (const tick of ticks(frame.z[0], frame.z.at(-1), (end - start) / 110)) {
    const x = place.z(tick.value);
    segment(context, [x, foot], [x, foot + 5], { color: theme.ink, width: 1 });
    write(context, tick.label, [x, foot + 13], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, [["z", "italic"]], [start - 14, foot - 1], { color: theme.ink });
  const middle = (place.line + foot) / 2;
  write(context, [["G", "italic"]], [start - 32, middle - 4], { color: theme.p_g });
  arrow(context, [start - 11, foot - 12], [start - 11, place.line + 10], {
    color: theme.p_g,
    width: 1.2,
    head: 7,
  });
}

export function drawFigure1(context, frame, size, theme) {
  const place = figure1Layout(frame, size);
  legend(context, place, theme);
  axes(context, frame, place, theme);
  curves(context, frame, place, theme);
  arrows(context, frame, place, theme);
  ruler(context, frame, place, theme);
  zAxis(context, frame, place, theme);
}
