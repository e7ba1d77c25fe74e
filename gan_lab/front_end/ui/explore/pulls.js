// One pair (p, p_G) with its best D held still, and how each of three losses then pulls at the samples.

import { arrow, clipped, curve, dot, segment, triangle, write } from "../../draw/canvas.js";
import { NAMES, namesOfLines, styleOf, tooHigh } from "../../draw/line/line_styles.js";
import { LOSS_WORDS, lossStyles } from "../../draw/loss_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNumber } from "../../numeric/format.js";
import { sigmoid } from "../../numeric/game_value.js";
import { NAMES_OF_LOSSES, pulls } from "../../numeric/generator_losses.js";
import { normalQuantile } from "../../numeric/normal.js";
import { acrossAxis, densityCurves } from "./density_curves.js";
import { DATA, DATA_CHOICE, P_G_KNOBS, takenAt } from "./gaussian_against_data.js";
import { ruledAxis } from "./ruled_axis.js";

const SAMPLES = 9;
const [LEFT, RIGHT, HEAD] = [40, 32, 44];
const [LANE, GAP] = [54, 26]; // pixels: one loss' arrows, and from the x axis down to the first
const X = 6;
const PEAK = 0.8;
const UNIT = 12; // pixels of an arrow for a pull of 1 nat per unit of x
const LONGEST = 60; // what is longer is cut, and has two heads

export function measurePulls({ data, mu, sigma }) {
  const found = pulls(DATA[data], mu, sigma);
  const samples = Array.from({ length: SAMPLES }, (_, i) => mu + sigma * normalQuantile((i + 0.5) / SAMPLES));
  return { ...found, samples };
}

export function pullsLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const base = height - GAP - 3 * LANE - 4;
  return {
    ends,
    base,
    top: HEAD,
    peak: PEAK,
    x: scale([-X, X], ends),
    density: scale([0, PEAK], [base, HEAD]),
    D: scale([0, 1], [base, HEAD]),
    lane: (i) => base + GAP + i * LANE,
  };
}

function densities(context, { p_data, p_g, logit }, { mu, sigma }, place, theme) {
  const { xs, along } = acrossAxis(place);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    curve(
      context,
      xs,
      along((x) => sigmoid(logit(x)), place.D),
      styleOf("D_star", theme),
    );
    densityCurves(context, { p_data, p_g }, place, theme);
  });
  tooHigh(context, [mu, 1 / (sigma * Math.sqrt(2 * Math.PI))], place, theme);
  ruledAxis(context, { ...place, to: place.x, marks: ticks(-X, X, 6), letter: "x" }, theme);
}

// From a sample to where it wants to go; null where that is nowhere to be seen. { from, to, cut }
export function arrowOf(x, pull, place) {
  const long = UNIT * pull;
  const shown = Math.max(-LONGEST, Math.min(LONGEST, long));
  return { from: place.x(x), to: place.x(x) + shown, cut: shown !== long };
}

function lane(context, name, i, { samples, losses }, place, theme) {
  const { color } = lossStyles(theme)[name];
  const top = place.lane(i);
  const [start, end] = place.ends;
  segment(context, [start, top + LANE - 4], [end, top + LANE - 4], { color: theme.faint, width: 1 });
  clipped(context, [4, end + RIGHT - 4], top - 2, top + LANE, () =>
    samples.forEach((x, k) => {
      const y = top + 16 + (k * (LANE - 26)) / (SAMPLES - 1);
      const { from, to, cut } = arrowOf(x, losses[name].pull(x), place);
      dot(context, [from, y], 1.8, theme.p_g);
      const head = Math.min(6, 1.2 * Math.abs(to - from));
      if (head > 0.6) arrow(context, [from, y], [to, y], { color, width: 1.5, head });
      const side = Math.sign(to - from);
      if (cut)
        triangle(
          context,
          [
            [to + 5 * side, y],
            [to - side, y - 3],
            [to - side, y + 3],
          ],
          color,
        );
    }),
  );
  write(context, LOSS_WORDS[name], [4, top + 3], { color, kind: "bold" });
  const slope = [
    ["slope in ", "small"],
    ["μ", "italic"],
    [` ${formatNumber(losses[name].mu, 3)}`, "small"],
  ];
  write(context, slope, [end + RIGHT - 4, top + 3], { color, align: "right" });
}

function drawPulls(context, state, numbers, size, theme) {
  const place = pullsLayout(size);
  const { D, ...names } = NAMES;
  namesOfLines(context, names, place, theme);
  densities(context, numbers, state, place, theme);
  NAMES_OF_LOSSES.forEach((name, i) => lane(context, name, i, numbers, place, theme));
}

function pullsSentence({ data, mu, sigma }, { losses }) {
  const list = (key) =>
    NAMES_OF_LOSSES.map((name) => `${LOSS_WORDS[name]} ${formatNumber(losses[name][key], 3)}`).join(", ");
  if (data === "gaussian" && mu === 0 && sigma === 1)
    return "p_G = p_data: D* is ½ everywhere, and no loss pulls at any sample.";
  const ways = new Set(NAMES_OF_LOSSES.map((name) => Math.sign(losses[name].mu)));
  const first = ways.size > 1 ? "They do not agree which way μ should go" : "Slopes with D* held still";
  return `${first}: in μ ${list("mu")}; in σ ${list("sigma")}.`;
}

export const PULLS = {
  label:
    "Two densities, the best discriminator between them, and arrows from samples to where each of three losses pulls them.",
  start: { data: "bimodal", mu: 0.7, sigma: 1.1 },
  choices: [DATA_CHOICE],
  knobs: P_G_KNOBS,
  height: (width) => Math.round(Math.min(440, Math.max(400, 0.5 * width))),
  measure: measurePulls,
  draw: drawPulls,
  sentence: pullsSentence,
  grab(point, state, size) {
    const place = pullsLayout(size);
    return point[1] < place.top - 8 || point[1] > size.height ? null : takenAt(point, state, place);
  },
};
