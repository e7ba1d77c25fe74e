// Two distributions and a discriminator in one picture: what Figure 1 and the pair to explore have in common.
//
// Densities are read on the left axis, D on the right one. A place has `ends`, `top` and `base` in
// pixels, the scales `x`, `density` and `D`, and `peak`, the density at the top edge.

import { formatNumber } from "../../numeric/format.js";
import { segment, triangle, widthOf, write } from "../canvas.js";
import { axisOfD } from "../critic_axis.js";
import { legend } from "../legend.js";
import { ticks } from "../scales.js";
import { DASH } from "../theme.js";

export const NAMES = {
  p_data: [
    ["p", "italic"],
    ["data", "sub"],
  ],
  p_g: [
    ["p", "italic"],
    ["G", "subitalic"],
  ],
  D: [["D", "italic"]],
  D_star: [
    ["D", "italic"],
    ["*", "roman"],
  ],
};

// Line styles by role; D* is as thin as it is so that D can be seen to miss it.
export const styleOf = (role, theme) => ({
  color: theme[role],
  width: { p_data: 2.6, p_g: 2.4, D: 2.2, D_star: 1.2 }[role],
  dash: DASH[role],
});

// The names of lines, by role; a thin line's own colour is too pale to read.
export function namesOfLines(context, names, place, theme) {
  const entry = ([role, words]) => ({
    words,
    style: styleOf(role, theme),
    color: role === "D_star" ? theme.muted : theme[role],
  });
  legend(context, Object.entries(names).map(entry), place.ends, { y: 12, sample: 28, apart: 30 });
}

// The axes of D, as draw/critic_axis.js has it, and of the densities, these with about `count` ticks.
/** @type {(context: any, place: any, theme: any, count: number, D?: { letter: any, marks: any, half: boolean, known?: any }) => void} */
export function axes(context, place, theme, count, { letter, marks, half, known } = axisOfD({})) {
  const [start, end] = place.ends;
  const hair = { color: theme.line, width: 1 };
  const middle = place.D(0.5);
  if (half) segment(context, [start, middle], [end, middle], { ...hair, dash: [2, 4] });
  for (const { share, label, bold } of marks) {
    const y = place.D(share);
    segment(context, [end, y], [end + 4, y], { color: theme.D, width: 1 });
    write(context, label, [end + 8, y], { color: theme.D, kind: bold ? "bold" : label.length > 2 ? "small" : "plain" });
  }
  if (known) {
    segment(context, [end, place.top], [end, place.base], { color: theme.D, width: 1 });
    write(context, letter, [end + 8, place.top - 15], { color: theme.D });
  }
  for (const tick of ticks(0, place.peak, count)) {
    const y = place.density(tick.value);
    segment(context, [start - 4, y], [start, y], hair);
    write(context, tick.label, [start - 7, y], { color: theme.muted, align: "right", kind: "small" });
  }
  segment(context, [start, place.top], [start, place.base], hair);
  write(context, AXIS, [4, place.top - 15], { color: theme.muted });
}

// The title of the densities' axis, in the corner above it.
const AXIS = [["density", "small"]];

// Where p_G is cut at the top edge: how high it goes, on the side of the arrow where there is room, and in fewer
// words where there is little.
/** @type {(context: any, top: number[], place: any, theme: any) => void} */
export function tooHigh(context, [x, p_g], place, theme) {
  if (!(p_g > place.peak)) return;
  const [at, y] = [place.x(x), place.top - 5];
  triangle(
    context,
    [
      [at - 5, y],
      [at + 5, y],
      [at, y - 8],
    ],
    theme.p_g,
  );
  const heights = p_g === Infinity ? ["∞, where G turns", "∞"] : [formatNumber(p_g, p_g < 100 ? 1 : 0)];
  const forms = heights.map((height) => [...NAMES.p_g, [` up to ${height}`, "small"]]);
  const right = (words) => at + 10 + widthOf(context, words) < place.ends[1];
  const left = (words) => at - 10 - widthOf(context, words) > 12 + widthOf(context, AXIS);
  const words = forms.find((form) => right(form) || left(form)) ?? forms.at(-1);
  const side = right(words) ? 1 : -1;
  write(context, words, [at + 10 * side, y - 5], { color: theme.p_g, align: side > 0 ? "left" : "right" });
}
