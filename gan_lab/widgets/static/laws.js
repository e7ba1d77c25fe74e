// Two laws and a discriminator in one picture: what Figure 1 and the pair to explore have in common.
//
// Densities are read on the left axis, D on the right one. A place has `ends`, `top` and `base` in
// pixels, the scales `x`, `density` and `D`, and `peak`, the density at the top edge.

import { segment, triangle, widthOf, write } from "./ink.js";
import { legend } from "./legend.js";
import { ticks } from "./scales.js";
import { DASH } from "./theme.js";
import { figure } from "./words.js";

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

// The names of lines, by role; a thin line's own colour is too pale to read.
export function namesOfLines(context, names, place, theme) {
  const entry = ([role, words]) => ({ words, style: styleOf(role, theme), color: role === "D_star" ? theme.muted : theme[role] });
  legend(context, Object.entries(names).map(entry), place.ends, { y: 12, sample: 28, apart: 30 });
}

// The axes of D and of the densities, these with about `count` ticks.
export function axes(context, place, theme, count) {
  const [start, end] = place.ends;
  const hair = { color: theme.line, width: 1 };
  const half = place.D(0.5);
  segment(context, [start, half], [end, half], { ...hair, dash: [2, 4] });
  for (const [value, label] of [[0, "0"], [0.5, "½"], [1, "1"]]) {
    const y = place.D(value);
    segment(context, [end, y], [end + 4, y], { color: theme.D, width: 1 });
    write(context, label, [end + 8, y], { color: theme.D, kind: value === 0.5 ? "bold" : "plain" });
  }
  segment(context, [end, place.top], [end, place.base], { color: theme.D, width: 1 });
  write(context, NAMES.D, [end + 8, place.top - 15], { color: theme.D });
  for (const tick of ticks(0, place.peak, count)) {
    const y = place.density(tick.value);
    segment(context, [start - 4, y], [start, y], hair);
    write(context, tick.label, [start - 7, y], { color: theme.muted, align: "right", kind: "small" });
  }
  segment(context, [start, place.top], [start, place.base], hair);
  write(context, "density", [4, place.top - 15], { color: theme.muted, kind: "small" });
}

// Where p_G is cut at the top edge: how high it goes.
export function tooHigh(context, [x, p_g], place, theme) {
  if (!(p_g > place.peak)) return;
  const [at, y] = [place.x(x), place.top - 5];
  triangle(context, [[at - 5, y], [at + 5, y], [at, y - 8]], theme.p_g);
  const words = [...NAMES.p_g, [` up to ${figure(p_g, 1)}`, "small"]];
  const left = at + 10 + widthOf(context, words) < place.ends[1];
  write(context, words, [left ? at + 10 : at - 10, y - 5], {
    color: theme.p_g,
    align: left ? "left" : "right",
  });
}
