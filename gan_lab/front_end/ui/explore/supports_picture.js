// Two boxes with the best discriminator and the best critic, and under them JSD and W1 over the distance.

import { clipped, curve, dot, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { styleOf } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { box } from "../../numeric/supports.js";
import { pixels, ruledAxis, ruledSide } from "./ruled_axis.js";

export const MOST = 5; // theta from -5 to 5
const LEFT = 44;
const RIGHT = 32;
const HEAD = 34;
const CHART = 170; // from the x axis of the densities down to that of the chart
const FOOT = 34;
const X = 6; // x and theta from -6 to 6
const PEAK = 1.12; // of densities and D
const NATS = 0.8; // the chart's top, in nats
const NATS_MARKS = [
  [0, "0"],
  [0.4, "0.4"],
  [Math.LN2, "log 2"],
].map(([value, label]) => ({ value, label }));
const UNITS = 5.5; // and in units of x

export function supportsLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const [low, base] = [height - FOOT, height - FOOT - CHART];
  const top = base + 52;
  return {
    ends,
    base,
    top: HEAD,
    x: scale([-X, X], ends),
    density: scale([-0.05, PEAK], [base, HEAD]), // its 0 is over the axis, where D* can be seen
    critic: scale([-X, X], [base, HEAD]),
    chart: { base: low, top, nats: scale([0, NATS], [low, top]), units: scale([0, UNITS], [low, top]) },
  };
}

const LINES = (theme) => ({
  data: styleOf("p_data", theme),
  made: styleOf("p_g", theme),
  best: styleOf("D", theme),
  critic: { color: theme.D_star, width: 2.2, dash: [10, 3, 2, 3] },
});

function names(context, place, theme) {
  const lines = LINES(theme);
  const entry = (words, style) => ({ words, style, color: style.color });
  const shown = [
    entry([["p", "italic"]], lines.data),
    entry([["q", "italic"]], lines.made),
    entry(
      [
        ["D", "italic"],
        ["*", "roman"],
      ],
      lines.best,
    ),
    entry(
      [
        ["critic ", "plain"],
        ["f", "italic"],
      ],
      lines.critic,
    ),
  ];
  legend(context, shown, place.ends, { y: 12, sample: 30, apart: 28 });
}

// The outline of a box: a point for each pixel, and without noise its four corners.
function outline(context, middle, sigma, place, style) {
  if (sigma === 0) {
    const [low, high] = [place.x(middle - 0.5), place.x(middle + 0.5)];
    const [zero, one] = [place.density(0), place.density(1)];
    curve(context, [low, low, high, high], [zero, one, one, zero], style);
    return;
  }
  const xs = pixels(place.ends);
  curve(
    context,
    xs,
    xs.map((at) => place.density(box(place.x.invert(at) - middle, sigma))),
    style,
  );
}

// Between and beyond boxes without noise D* is anything, and is not drawn.
function best(context, { theta, sigma }, place, style) {
  const xs = pixels(place.ends);
  const D = xs.map((at) => {
    const [p, q] = [box(place.x.invert(at), sigma), box(place.x.invert(at) - theta, sigma)];
    return place.density(p + q > 0 ? p / (p + q) : NaN);
  });
  curve(context, xs, D, style);
}

// The best critic falls with slope 1 towards the generator's box, as far as the cdfs differ.
function critic(context, { theta, sigma }, place, style) {
  if (theta === 0) return;
  const side = Math.sign(theta);
  const f = (x) => -side * (x - theta / 2);
  const [low, high] = sigma > 0 ? [-X, X] : [Math.min(0, theta) - 0.5, Math.max(0, theta) + 0.5];
  clipped(context, place.ends, place.top, place.base, () =>
    segment(context, [place.x(low), place.critic(f(low))], [place.x(high), place.critic(f(high))], style),
  );
}

function distances(context, { theta }, { jsd, w1, curve: found }, place, theme) {
  const { chart, ends, x } = place;
  const lines = LINES(theme);
  const both = [...found.toReversed().map(([at, nats]) => [-at, nats]), ...found];
  segment(context, [ends[0], chart.nats(Math.LN2)], [ends[1], chart.nats(Math.LN2)], {
    color: theme.line,
    width: 1,
    dash: [2, 3],
  });
  curve(
    context,
    both.map(([at]) => x(at)),
    both.map(([, nats]) => chart.nats(nats)),
    lines.best,
  );
  curve(context, [-MOST, 0, MOST].map(x), [MOST, 0, MOST].map(chart.units), lines.critic);
  dot(context, [x(theta), chart.units(w1)], 6, theme.D_star);
  dot(context, [x(theta), chart.nats(jsd)], 6, theme.D);
  write(context, "JSD, nats", [4, chart.top - 14], { color: theme.D });
  write(
    context,
    [
      ["W", "italic"],
      ["1", "sub"],
      [", units of ", "plain"],
      ["x", "italic"],
    ],
    [ends[1] + RIGHT - 4, chart.top - 14],
    {
      color: theme.D_star,
      align: "right",
    },
  );
  ruledSide(context, { at: ends[0], to: chart.nats, marks: NATS_MARKS }, theme);
  ruledSide(context, { at: ends[1], side: 1, to: chart.units, marks: ticks(0, 4, 2) }, theme);
  ruledAxis(context, { ends, base: chart.base, to: x, marks: ticks(-MOST, MOST, 10), letter: "θ" }, theme);
}

export function drawSupports(context, state, numbers, size, theme) {
  const place = supportsLayout(size);
  const lines = LINES(theme);
  names(context, place, theme);
  ruledAxis(context, { ends: place.ends, base: place.base, to: place.x, marks: ticks(-X, X, 6), letter: "x" }, theme);
  critic(context, state, place, lines.critic);
  outline(context, state.theta, state.sigma, place, lines.made);
  outline(context, 0, state.sigma, place, lines.data);
  best(context, state, place, lines.best);
  distances(context, state, numbers, place, theme);
}
