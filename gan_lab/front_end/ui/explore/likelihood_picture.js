// Both densities with the draws, each as a stem up to q, and under them three bars in nats.

import { clipped, filled, segment, triangle, write } from "../../draw/canvas.js";
import { namesOfLines } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNumber } from "../../numeric/format.js";
import { densityCurves } from "./density_curves.js";
import { ruledAxis } from "./ruled_axis.js";

const LEFT = 40;
const RIGHT = 32;
const HEAD = 30;
const FOOT = 168; // from the x axis down to the picture's end
const X = 6; // x from -6 to 6
const PEAK = 0.6; // the density at the top edge; what is higher is cut
const MOST = 6; // nats at the right end of the bars
const SHOWN = 100; // of the draws, at most
const ROW = 40;
const BAR = 13;

export function likelihoodLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const base = height - FOOT;
  return {
    ends,
    base,
    top: HEAD,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, HEAD]),
    rows: [0, 1, 2].map((i) => base + 56 + ROW * i),
    nats: scale([0, MOST], [12, width - 12]),
  };
}

const [P, Q] = [
  ["p", "italic"],
  ["q", "italic"],
];
const ROMAN = (text) => [text, "roman"];
const PLAIN = (text) => [text, "plain"];
const NAMES = { p_data: [PLAIN("data "), P], p_g: [PLAIN("model "), Q] };

function stems(context, { draws, p_g }, { x, density, base }, theme) {
  const strong = draws.length <= 20;
  for (const at of draws.slice(0, SHOWN)) {
    const high = density(Math.min(PEAK, Math.exp(p_g(at))));
    segment(context, [x(at), base], [x(at), high], { color: theme.arrow, width: strong ? 1.6 : 0.7 });
    segment(context, [x(at), base - 4], [x(at), base + 4], { color: theme.p_data, width: strong ? 1.8 : 1 });
  }
}

// A part of a bar; what goes beyond the picture ends in an arrow.
function part(context, [from, to], y, color, place, theme) {
  const [start, end] = [from, Math.min(to, MOST)].map(place.nats);
  if (end > start) filled(context, [start, y, end - start, BAR], color);
  if (to > MOST) {
    const middle = y + BAR / 2;
    const tip = [end + 9, middle];
    triangle(context, [[end, y - 3], [end, y + BAR + 3], tip], color === theme.line ? theme.ink : color);
  }
}

const value = (words, number) => [...words, ROMAN(` = ${formatNumber(number, 3)}`)];

function bars(context, { n }, { cross, entropy, kl, paid }, place, theme) {
  const [first, second, third] = place.rows;
  const [start, end] = [0, MOST].map(place.nats);
  const over = (words, y, color, align = "left", at = start) =>
    write(context, words, [at, y - 10], { color, align, kind: "small" });
  over([PLAIN("cross-entropy "), ...value([ROMAN("H("), P, ROMAN(", "), Q, ROMAN(")")], cross)], first, theme.p_g);
  part(context, [0, cross], first, theme.p_g, place, theme);
  over([PLAIN("entropy "), ...value([ROMAN("H("), P, ROMAN(")")], entropy)], second, theme.ink);
  over(value([ROMAN("KL("), P, ROMAN(" ‖ "), Q, ROMAN(")")], kl), second, theme.D, "right", end);
  part(context, [0, Math.min(entropy, MOST)], second, theme.line, place, theme);
  part(context, [entropy, entropy + kl], second, theme.D, place, theme);
  over([PLAIN(`mean of −log `), Q, ...value([PLAIN(` over ${n} draws`)], paid)], third, theme.ink);
  part(context, [0, paid], third, theme.muted, place, theme);
  const floor = place.nats(entropy); // no cross-entropy is shorter
  for (const y of place.rows)
    segment(context, [floor, y - 3], [floor, y + BAR + 3], { color: theme.ink, width: 1.4, dash: [3, 2] });
}

export function drawLikelihood(context, state, numbers, size, theme) {
  const place = likelihoodLayout(size);
  namesOfLines(context, NAMES, place, theme);
  ruledAxis(context, { ...place, to: place.x, marks: ticks(-X, X, 6), letter: "x" }, theme);
  clipped(context, place.ends, place.top - 3, place.base + 5, () => {
    stems(context, numbers, place, theme);
    densityCurves(context, numbers, place, theme);
  });
  bars(context, state, numbers, place, theme);
}
