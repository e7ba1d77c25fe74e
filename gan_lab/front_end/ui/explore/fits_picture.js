// Two bumps with both kinds of fit, and under them what the fits cost over the distance of the bumps.

import { clipped, curve, handle, segment, widthOf, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { scale, ticks } from "../../draw/scales.js";
import { DASH } from "../../draw/theme.js";
import { formatNumber } from "../../numeric/format.js";
import { logBumps, logFit } from "../../numeric/gaussian_fits.js";
import { pixels, ruledAxis, ruledSide } from "./ruled_axis.js";

const LEFT = 40;
const RIGHT = 32;
const HEAD = 34;
const CHART = 170; // from the x axis of the densities down to that of the chart
const FOOT = 34;
const X = 10; // x from -10 to 10
const PEAK = 0.42; // a little above the top of N(0, 1)
const A = 5; // a from 0 to 5
const TOPS = { kl: 1, js: 0.35, "non-saturating": 0.5, "reverse-kl": 1 }; // nats; what is higher is cut

export function fitsLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const [low, base] = [height - FOOT, height - FOOT - CHART];
  const chart = { base: low, top: base + 50, a: scale([0, A], ends) };
  return { ends, base, top: HEAD, x: scale([-X, X], ends), density: scale([0, PEAK], [base, HEAD]), chart };
}

const LINES = (theme) => ({
  data: { color: theme.p_data, width: 2.6, dash: DASH.p_data },
  best: { color: theme.p_g, width: 2.6, dash: [] },
  other: { color: theme.p_g, width: 1.2, dash: [4, 4] },
});

function names(context, { onBump }, place, theme) {
  const lines = LINES(theme);
  const entry = (words, style, color) => ({ words, style, color });
  const shown = [
    entry(
      [
        ["data ", "plain"],
        ["p", "italic"],
      ],
      lines.data,
      theme.p_data,
    ),
    entry(
      [
        ["best ", "plain"],
        ["q", "italic"],
      ],
      lines.best,
      theme.p_g,
    ),
    ...(onBump ? [entry([["other minimum", "plain"]], lines.other, theme.p_g)] : []),
  ];
  legend(context, shown, place.ends, { y: 12, sample: 26, apart: 28 });
}

function densities(context, { a }, { middle, onBump, leads }, place, theme) {
  const xs = pixels(place.ends);
  const along = (log) => xs.map((at) => place.density(Math.exp(log(place.x.invert(at)))));
  const line = ({ mean, sd }) => along(logFit(mean, Math.log(sd)));
  const lines = LINES(theme);
  if (onBump) curve(context, xs, line(leads ? middle : onBump), lines.other);
  curve(context, xs, line(leads ? onBump : middle), lines.best);
  curve(context, xs, along(logBumps(a)), lines.data);
  ruledAxis(context, { ends: place.ends, base: place.base, to: place.x, marks: ticks(-X, X, 4), letter: "x" }, theme);
}

// Along all distances: the better of the two fits strong, the other thin.
function costs(context, { divergence }, { as, found, leaves }, nats, place, theme) {
  const { chart, ends } = place;
  const xs = as.map(chart.a);
  const lines = LINES(theme);
  const draw = (of, better) => {
    const at = (fit) => (fit ? nats(fit.value) : NaN);
    const there = (wanted) => found.map((one, i) => (better(as[i]) === wanted ? at(of(one)) : NaN));
    curve(
      context,
      xs,
      found.map((one) => at(of(one))),
      lines.other,
    );
    curve(context, xs, there(true), lines.best);
  };
  clipped(context, ends, chart.top, chart.base, () => {
    draw(
      (one) => one.middle,
      (a) => leaves === null || a <= leaves,
    );
    draw(
      (one) => one.onBump,
      (a) => leaves !== null && a >= leaves,
    );
  });
  if (leaves !== null) leaving(context, leaves, place, theme);
  scaleOfNats(context, TOPS[divergence], nats, place, theme);
}

function leaving(context, leaves, { chart, ends }, theme) {
  const at = chart.a(leaves);
  const words = `leaves the middle at ${formatNumber(leaves, 2)}`;
  const middle = Math.min(at, ends[1] + RIGHT - 4 - widthOf(context, words) / 2);
  segment(context, [at, chart.top - 4], [at, chart.base], { color: theme.muted, width: 1.2, dash: [2, 3] });
  write(context, words, [middle, chart.top - 13], { color: theme.ink, align: "center" });
}

function scaleOfNats(context, top, nats, { chart, ends }, theme) {
  ruledSide(context, { at: ends[0], to: nats, marks: ticks(0, top, 3), line: [chart.top, chart.base] }, theme);
  write(context, "nats", [4, chart.top - 13], { color: theme.muted, kind: "small" });
  ruledAxis(context, { ends, base: chart.base, to: chart.a, marks: ticks(0, A, 5), letter: "a" }, theme);
}

export function drawFits(context, state, numbers, size, theme) {
  const place = fitsLayout(size);
  const nats = scale([0, TOPS[state.divergence]], [place.chart.base, place.chart.top]);
  names(context, numbers, place, theme);
  densities(context, state, numbers, place, theme);
  costs(context, state, numbers, nats, place, theme);
  const y = Math.max(nats(numbers.best.value), place.chart.top);
  handle(context, [place.chart.a(state.a), y], 7, theme.p_g, theme);
}
