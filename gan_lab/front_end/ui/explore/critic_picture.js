// Two densities; under them, over the same x, the best critic and the bent one; and what it earns over c.

import { clipped, curve, filled, handle, segment, widthOf, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { styleOf } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { densityOfBell } from "../../numeric/normal.js";
import { pixels, ruledAxis, ruledSide } from "./ruled_axis.js";

// The loss's divergence in words, and how a reader finds the loss.
export const MEASURES = {
  minimax: ["2 JSD − log 4", "minimax"],
  "f-kl": ["KL(p‖q)", "KL"],
  "f-reverse-kl": ["KL(q‖p)", "reverse KL"],
  "f-pearson": ["χ²(p‖q)", "Pearson χ²"],
  "f-hellinger": ["squared Hellinger", "Hellinger"],
  "least-squares": ["χ²(p‖m)", "least squares"],
  hinge: ["2 TV", "hinge"],
  relativistic: ["JSD of pairs", "relativistic"],
};
const LEFT = 44;
const RIGHT = 16;
const HEAD = 34;
const CHART = 164; // from the x axis down to that of the chart
const FOOT = 34;
const X = 6; // x from -6 to 6
const PEAK = 0.84; // of a density
const HIGH = 3.2; // T from -HIGH to HIGH
const MOST_C = 2;
const LARGEST = 60; // nats: what the chart shows of a larger divergence

export function criticLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const low = height - FOOT;
  const axis = low - CHART; // of x
  const base = HEAD + 0.42 * (axis - HEAD); // of the densities
  return {
    ends,
    top: HEAD,
    base,
    axis,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, HEAD]),
    T: scale([-HIGH, HIGH], [axis, base + 14]),
    chart: { top: axis + 58, base: low, c: scale([0, MOST_C], ends) },
  };
}

const LINES = (theme) => ({
  p: styleOf("p_data", theme),
  q: styleOf("p_g", theme),
  T: styleOf("D", theme),
  best: { color: theme.D_star, width: 1.4, dash: [] },
});

function names(context, place, theme) {
  const lines = LINES(theme);
  const shown = [
    {
      words: [
        ["data ", "plain"],
        ["p", "italic"],
      ],
      style: lines.p,
      color: theme.p_data,
    },
    { words: [["q", "italic"]], style: lines.q, color: theme.p_g },
    {
      words: [
        ["best ", "plain"],
        ["T", "italic"],
        ["*", "roman"],
      ],
      style: lines.best,
      color: theme.ink,
    },
    {
      words: [
        ["T = c T", "italic"],
        ["* + ", "roman"],
        ["s", "italic"],
      ],
      style: lines.T,
      color: theme.D,
    },
  ];
  legend(context, shown, [8, place.ends[1] + RIGHT - 4], { y: 12, sample: 20, apart: 22 });
}

function densities(context, { mu, sigma }, place, theme) {
  const xs = pixels(place.ends);
  const bell = (mean, sd) => {
    const density = densityOfBell(mean, sd);
    return (at) => place.density(density(place.x.invert(at)));
  };
  const lines = LINES(theme);
  curve(context, xs, xs.map(bell(mu, sigma)), lines.q);
  curve(context, xs, xs.map(bell(0, 1)), lines.p);
  segment(context, [place.ends[0], place.base], [place.ends[1], place.base], { color: theme.line, width: 1 });
}

// A function with jumps, as the hinge's T* is, is drawn with them upright.
function critics(context, { scale: c, shift }, { best, end, ratio }, place, theme) {
  const xs = pixels(place.ends);
  const values = xs.map((at) => best(ratio(place.x.invert(at))));
  const far = (T) => place.T(Math.max(-9 * HIGH, Math.min(9 * HIGH, T)));
  const [low, high] = [place.axis, place.base + 14];
  if (Number.isFinite(end)) forbidden(context, end, high, place, theme);
  const lines = LINES(theme);
  clipped(context, place.ends, high, low, () => {
    curve(context, xs, values.map(far), lines.best);
    curve(
      context,
      xs,
      values.map((T) => far(c === 0 ? shift : c * T + shift)),
      lines.T,
    );
  });
  ruledSide(context, { at: place.ends[0], to: place.T, marks: ticks(-HIGH, HIGH, 3), line: [high, low] }, theme);
  write(context, [["T", "italic"]], [8, (high + low) / 2], { color: theme.D });
  ruledAxis(context, { ends: place.ends, base: low, to: place.x, marks: ticks(-X, X, 4), letter: "x" }, theme);
}

// Where f* is infinite.
function forbidden(context, end, high, place, theme) {
  const y = place.T(end);
  const [left, right] = place.ends;
  filled(context, [left, high, right - left, y - high], theme.faint);
  segment(context, [left, y], [right, y], { color: theme.muted, width: 1.2, dash: [2, 3] });
  write(context, "outside of the domain", [right - 4, high + 9], { color: theme.ink, align: "right", kind: "small" });
}

// From what a blind critic earns, and a little below, up to the divergence, and a little above.
export function rangeOf(most, blind) {
  const top = Math.min(most, LARGEST);
  const span = Math.max(top - blind, 0.05);
  return [blind - 0.45 * span, blind + 1.15 * span];
}

function chart(context, { loss, scale: c }, { most, now, blind, curve: earned, scales }, place, theme) {
  const { chart: box, ends } = place;
  const [low, high] = rangeOf(most, blind);
  const y = scale([low, high], [box.base, box.top]);
  const line = LINES(theme).T;
  clipped(context, ends, box.top, box.base, () => {
    const heights = earned.map((value) => (Number.isFinite(value) ? y(Math.max(value, low - 9 * (high - low))) : NaN));
    curve(context, scales.map(box.c), heights, line);
  });
  if (most < high) limit(context, y(most), `${MEASURES[loss][0]}: no critic earns more`, place, theme);
  ruledSide(context, { at: ends[0], to: y, marks: ticks(low, high, 3), line: [box.top, box.base] }, theme);
  write(
    context,
    [
      ["T", "italic"],
      [" earns", "plain"],
    ],
    [8, box.top - 15],
    { color: theme.D },
  );
  ruledAxis(context, { ends, base: box.base, to: box.c, marks: ticks(0, MOST_C, 4), letter: "c" }, theme);
  /** @type {[number, number]} */
  const at = [
    box.c(c),
    Number.isFinite(now) ? Math.max(box.top, Math.min(box.base, y(now))) : now > 0 ? box.top : box.base,
  ];
  handle(context, at, 7, theme.D, theme);
}

function limit(context, y, words, { ends }, theme) {
  segment(context, [ends[0], y], [ends[1], y], { color: theme.ink, width: 1.3 });
  const middle = Math.max(ends[0] + widthOf(context, words) / 2, (ends[0] + ends[1]) / 2);
  write(context, words, [middle, y - 9], { color: theme.ink, align: "center", halo: theme.paper });
}

export function drawCritic(context, state, numbers, size, theme) {
  const place = criticLayout(size);
  names(context, place, theme);
  densities(context, state, place, theme);
  critics(context, state, numbers, place, theme);
  chart(context, state, numbers, place, theme);
}
