// Figure 1 of Goodfellow et al. (2014) from one frame: a pure function of the frame, size and theme.
//
// Above, p_data (dotted), p_G (solid) and, on its own scale from 0 to 1, D (dashed) with D* (thin).
// Below, arrows from equally probable z to x = G(z): where they crowd, p_G is high.

import { arrow, between, clipped, curve, dot, segment, widthOf, write } from "./ink.js";
import { NAMES, axes, namesOfLines, styleOf, tooHigh } from "./laws.js";
import { scale, ticks } from "./scales.js";
import { figure } from "./words.js";

const LEFT = 40;
const RIGHT = 32;
const LEGEND = 24;
const RULER = 24;
const FOOT = 32;

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
  const top = frame.p_g.reduce((best, p, i) => (p > frame.p_g[best] ? i : best), 0);
  tooHigh(context, [frame.x[top], frame.p_g[top]], place, theme);
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
  namesOfLines(context, NAMES, place, theme);
  axes(context, place, theme, Math.max(2, (place.base - place.top) / 50));
  curves(context, frame, place, theme);
  arrows(context, frame, place, theme);
  ruler(context, frame, place, theme);
  zAxis(context, frame, place, theme);
}
