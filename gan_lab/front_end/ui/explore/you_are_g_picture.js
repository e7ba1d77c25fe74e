// Both blurred densities and D between them; under them the samples, each with an arrow to where a step takes it; and
// the JSD on a scale from 0 to log 2.

import { arrow, clipped, curve, dot, fillBetween, segment, widthOf, write } from "../../draw/canvas.js";
import { axes, NAMES, namesOfLines, styleOf, tooHigh } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNats, formatNumber } from "../../numeric/format.js";
import { sigmoid } from "../../numeric/game_value.js";
import { acrossAxis, densityCurves } from "./density_curves.js";
import { ruledAxis } from "./ruled_axis.js";

const [LEFT, RIGHT, HEAD] = [40, 32, 44];
const FOOT = 196; // from the x axis down to the picture's end
const [LANES, LANE] = [4, 25]; // samples lie in lanes, so that those at one x can be told apart
const BAR = 14;
const X = 6;
const PEAK = 0.8;

export function samplesLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const base = height - FOOT;
  return {
    ends,
    base,
    top: HEAD,
    peak: PEAK,
    width,
    bar: height - 44,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, HEAD]),
    D: scale([0, 1], [base, HEAD]),
    nats: scale([0, Math.LN2], ends),
    lane: (i) => base + 40 + LANE * (i % LANES),
  };
}

function curves(context, { p_data, p_g, logit, samples }, place, theme) {
  const { xs, along } = acrossAxis(place);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    densityCurves(context, { p_data, p_g }, place, theme);
    curve(
      context,
      xs,
      along((x) => sigmoid(logit(x)), place.D),
      styleOf("D", theme),
    );
    for (const x of samples) dot(context, [place.x(x), place.D(sigmoid(logit(x)))], 3, theme.D);
  });
  const heights = samples.map((x) => Math.exp(p_g(x)));
  const highest = heights.indexOf(Math.max(...heights));
  tooHigh(context, [samples[highest], heights[highest]], place, theme);
}

function lanes(context, { samples, steps }, place, theme) {
  samples.forEach((x, i) => {
    const [at, y] = [place.x(x), place.lane(i)];
    dot(context, [at, y], 7, theme.p_g);
    const to = place.x(x + steps[i]);
    if (Math.abs(to - at) > 2)
      arrow(context, [at, y], [to + 7 * Math.sign(to - at), y], { color: theme.ink, width: 2, head: 8 });
  });
}

function distance(context, { jsd }, place, theme) {
  const [start, end] = place.ends;
  const [high, low] = [place.bar, place.bar + BAR];
  const at = place.nats(jsd);
  for (let k = 0; k < 2; k++) fillBetween(context, [start, at], [low, low], [high, high], theme.excess);
  segment(context, [start, low], [end, low], { color: theme.ink, width: 1.2 });
  segment(context, [at, high - 4], [at, low], { color: theme.p_g, width: 2.4 });
  const words = `JSD = ${formatNats(jsd)}`;
  const half = widthOf(context, words) / 2;
  write(context, words, [Math.min(end - half, Math.max(start + half, at)), high - 13], {
    color: theme.p_g,
    align: "center",
  });
  const pale = { color: theme.muted, kind: "small" };
  write(context, "0, perfect", [start, low + 13], pale);
  write(context, `${formatNumber(Math.LN2, 3)}, nothing in common`, [end, low + 13], { ...pale, align: "right" });
}

export function drawYouAreG(context, state, numbers, size, theme) {
  const place = samplesLayout(size);
  const { D_star, ...names } = NAMES;
  namesOfLines(context, names, place, theme);
  axes(context, place, theme, 4);
  ruledAxis(context, { ...place, to: place.x, marks: ticks(-X, X, 6), letter: "x" }, theme);
  curves(context, numbers, place, theme);
  lanes(context, numbers, place, theme);
  distance(context, numbers, place, theme);
}
