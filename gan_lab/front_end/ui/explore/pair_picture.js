// Two densities with a discriminator, and under them the value of the game on a scale in nats.
//
// The filled areas are the numbers of the scale: the green one 2 JSD = C(G) + log 4, the blue one
// C(G) - V(G, D), both in nats, because what D loses at x is a density over x too.

import { clipped, curve, dot, fillBetween, segment, triangle, widthOf, write } from "../../draw/canvas.js";
import { axes, NAMES, namesOfLines, styleOf, tooHigh } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNumber } from "../../numeric/format.js";
import { LOG_4, lossAt, sigmoid } from "../../numeric/game_value.js";
import { acrossAxis, densityCurves } from "./density_curves.js";
import { ruledAxis } from "./ruled_axis.js";

const LEFT = 40;
const RIGHT = 32;
const HEAD = 44;
const FOOT = 120; // from the x axis down to the picture's end
const X = 6; // x from -6 to 6
const PEAK = 0.8; // the density at the top edge; what is higher is cut, and said to be
const LOWEST = -LOG_4 - 0.8; // nats at the scale's left end

export function pairLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const base = height - FOOT;
  return {
    ends,
    base,
    top: HEAD,
    bar: base + 66,
    peak: PEAK,
    width,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, HEAD]),
    D: scale([0, 1], [base, HEAD]),
    nats: scale([LOWEST, 0.02], ends),
  };
}

const namesFor = (own) => {
  const { D_star, ...names } = NAMES;
  return own ? NAMES : { ...names, D: [...NAMES.D, [" = ", "roman"], ...D_star] };
};

// The palette's tints are pale, for areas behind many lines; here they are numbers: laid on twice.
function strong(fill, from, to, color) {
  fill(from, to, color);
  fill(from, to, color);
}

function curves(context, state, { p_data, p_g, logit }, place, theme) {
  const { xs, along } = acrossAxis(place);
  const optimal = along((x) => sigmoid(p_data(x) - p_g(x)), place.D);
  const loss = along(lossAt(p_data, p_g, logit ?? (() => 0)), place.density);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    const tint = logit ? theme.gap : theme.excess;
    areaUnder(context, xs, loss, place.base, tint);
    if (logit) curve(context, xs, optimal, styleOf("D_star", theme));
    densityCurves(context, { p_data, p_g }, place, theme);
    const D = logit ? along((x) => sigmoid(logit(x)), place.D) : optimal;
    curve(context, xs, D, styleOf("D", theme));
  });
  tooHigh(context, [state.mu, 1 / (state.sigma * Math.sqrt(2 * Math.PI))], place, theme);
  if (logit) handle(context, [place.x(state.c), place.D(0.5)], theme);
}

// What lies between a curve and the axis, as a number of the scale.
export function areaUnder(context, xs, ys, base, tint) {
  const ground = xs.map(() => base);
  strong((lower, upper, color) => fillBetween(context, xs, lower, upper, color), ground, ys, tint);
  curve(context, xs, ys, { color: tint, width: 1.5 });
}

function handle(context, at, theme) {
  dot(context, at, 8, theme.D);
  dot(context, at, 3, theme.dark ? "#10151c" : "#ffffff");
}

const BAR = 16;
const G_D = [
  ["G", "italic"],
  [", ", "roman"],
  ["D", "italic"],
];
const TITLE = [["V", "italic"], ["(", "roman"], ...G_D, [")", "roman"]];
const OF_G = [
  ["C", "italic"],
  ["(", "roman"],
  ["G", "italic"],
  [")", "roman"],
];

const MEANT = { floor: "JSD 0", top: "JSD log 2" };

// The scale in nats from below −log 4 to 0; `meant` says in words what these two are.
export function ruler(context, place, theme, meant = MEANT) {
  const [start, end] = place.ends;
  const low = place.bar + BAR;
  const named = [
    [-LOG_4, "−log 4", meant.floor],
    [0, "0", meant.top],
  ];
  segment(context, [start, low], [end, low], { color: theme.ink, width: 1.2 });
  for (const [value, label, means] of named) {
    const x = place.nats(value);
    segment(context, [x, place.bar - 3], [x, low + 5], { color: theme.ink, width: 1.2, dash: [1, 3] });
    write(context, label, [x, low + 14], { color: theme.ink, align: "center" });
    write(context, means, [Math.min(x, place.width - 28), low + 30], {
      color: theme.muted,
      align: "center",
      kind: "small",
    });
  }
  for (const value of [-2, -1, -0.5]) {
    const x = place.nats(value);
    segment(context, [x, low], [x, low + 4], { color: theme.ink, width: 1 });
    const label = formatNumber(value, value % 1 ? 1 : 0);
    write(context, label, [x, low + 14], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, "nats", [start - 36, low + 14], { color: theme.muted, kind: "small" });
}

// Words over the bar with their middle at x, as near as the picture's ends allow.
function over(context, words, x, y, place, color) {
  const half = widthOf(context, words) / 2;
  const at = Math.min(place.width - half - 4, Math.max(half + 4, x));
  write(context, words, [at, y], { color, align: "center" });
  return [at - half, at + half];
}

// V(G, D) and the most that it can be, which is called `best`, as bars from −log 4 on.
export function bars(context, { C, V, logit }, place, theme, best = OF_G) {
  const [high, low] = [place.bar, place.bar + BAR];
  const [floor, most] = [place.nats(-LOG_4), place.nats(C)];
  const value = Math.max(place.nats(V), place.ends[0]);
  const fill = (from, to, color) => fillBetween(context, [from, to], [low, low], [high, high], color);
  if (!logit || value > floor) strong(fill, floor, logit ? value : most, theme.excess);
  segment(context, [most, high - 4], [most, low], { color: theme.p_g, width: 2.4 });
  const said = [...best, [` = ${formatNumber(C, 3)}`, "roman"]];
  const [left, right] = over(context, said, most, high - 13, place, theme.p_g);
  if (!logit) {
    const wide = [["2 JSD", "small"]];
    if (most - floor > widthOf(context, wide) + 10)
      write(context, wide, [(floor + most) / 2, (high + low) / 2], { color: theme.p_g, align: "center" });
    return;
  }
  strong(fill, value, most, theme.gap);
  const cut = place.nats(V) < place.ends[0];
  const top = value > left - 4 && value < right + 4 ? high - 2 : high - 22;
  if (cut)
    triangle(
      context,
      [
        [value + 8, high + 3],
        [value + 8, low - 3],
        [value - 1, (high + low) / 2],
      ],
      theme.D,
    );
  else segment(context, [value, top], [value, low], { color: theme.D, width: 2, dash: [5, 3] });
  over(context, [...TITLE, [` = ${formatNumber(V, 3)}`, "roman"]], value, high - 31, place, theme.D);
}

export function drawPair(context, state, numbers, size, theme) {
  const place = pairLayout(size);
  namesOfLines(context, namesFor(Boolean(numbers.logit)), place, theme);
  axes(context, place, theme, 4);
  ruledAxis(context, { ...place, to: place.x, marks: ticks(-X, X, 6), letter: "x" }, theme);
  curves(context, state, numbers, place, theme);
  ruler(context, place, theme);
  bars(context, numbers, place, theme);
}
