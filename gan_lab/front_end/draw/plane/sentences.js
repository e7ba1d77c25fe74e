// What the pictures of the plane and the charts show, in words: pure functions of a frame.

import { equilibriumOf } from "../../frame/equilibrium.js";
import { lastMeasured } from "../../frame/measured.js";
import { isProbability } from "../../frame/readout.js";
import { formatNats, formatNumber, timeInWords } from "../../numeric/format.js";
import { rangeWords } from "../critic_axis.js";
import { valuesAt } from "./layers.js";
import { areaOf, cornersOf } from "./warp.js";

const percent = (share, decimals = 0) => `${formatNumber(100 * share, decimals)} %`;
const known = (value) => typeof value === "number" && !Number.isNaN(value);

// The least and largest D where the central 99 % of the real and fake points lie.
export function rangeInPlane(frame) {
  const all = [frame.real, frame.fake].flatMap((points) => valuesAt(frame, frame.D, points));
  all.sort((a, b) => a - b);
  const spare = Math.floor(0.005 * all.length);
  return all.length ? [all[spare], all[all.length - 1 - spare]] : [NaN, NaN];
}

// The steepness of G's loss at the fake points: its median, per unit of x.
export function medianPull({ pull }) {
  const all = Array.from({ length: pull.length / 2 }, (_, k) => Math.hypot(pull[2 * k], pull[2 * k + 1]));
  all.sort((a, b) => a - b);
  return all.length ? (all[(all.length - 1) >> 1] + all[all.length >> 1]) / 2 : NaN;
}

// Two significant digits, and no more zeros than can be read.
export function short(value) {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  if (size < 0.0001) return size === 0 ? "0" : "below 0.0001";
  return formatNumber(value, Math.max(0, 1 - Math.floor(Math.log10(size))));
}

function ofDivergence({ jsd, jsd_error: error, jsd_perfect: perfect }) {
  if (!known(jsd)) return "JSD not given";
  const around = error >= 0.00005 ? ` ± ${formatNats(error)}` : "";
  const best = perfect > 0 ? ` (a perfect generator ${formatNats(perfect)})` : "";
  return `JSD ${formatNats(jsd)}${around} nats${best}`;
}

function ofModes({ modes_found, modes_of, quality, quality_perfect }) {
  if (!(modes_of > 0) || !known(modes_found)) return [];
  const best = known(quality_perfect) ? ` (a perfect generator ${percent(quality_perfect, 1)})` : "";
  return [`${modes_found} of ${modes_of} modes found, ${percent(quality)} of high quality${best}`];
}

const ofV = ({ V, C, loss }) =>
  known(V) && known(C) && isProbability(loss) ? [`V(G,D) ${formatNumber(V)} ≤ ${formatNumber(C)} = V(G,D*)`] : [];

function ofD(frame) {
  if (frame.D_kind === "unknown") return "D left out";
  const [low, high] = rangeInPlane(frame);
  if (!known(low)) return "D unknown: no point in the picture";
  if (frame.D_kind === "score") return `D’s score between ${formatNumber(low)} and ${formatNumber(high)}`;
  return rangeWords(frame.loss, low, high);
}

// What is slow to see, in parts; where it is of an earlier moment than the rest, one part that says so.
function ofMeasured(seen) {
  const parts = [ofDivergence(seen), ...ofModes(seen), ...ofV(seen)];
  return seen.earlier ? [`at ${seen.earlier} ${parts.join(", ")}`] : parts;
}

// One line on a frame of the plane, in parts that ";" ends. The moment it is of: `measuring`, while its slow numbers
// are awaited; `way` { of }, while the game is played up to where it is shown, and nothing of it counts yet.
export function planeSentence(frame, { measuring = false, way = null } = {}) {
  const seen = lastMeasured(frame);
  const steep = medianPull(frame);
  const pull = known(steep) ? [`slope of G’s loss at G(z) ${short(steep)} (median)`] : [];
  const now = seen.earlier && !way ? "now " : "";
  const slow = way
    ? [`on the way to iteration ${way.of}`]
    : [...(measuring ? ["measuring …"] : []), ...ofMeasured(seen)];
  const parts = [...slow, now + ofD(frame), ...pull];
  return `${timeInWords(frame)}: ${parts.join("; ")}`;
}

const HEATS = {
  D: "a map of D",
  "D*": "a map of D*",
  both: "maps of D and of D*",
};

// The picture's name for those who cannot see it: which layers there are, and the sentence.
export function planeLabel(frame, layers, moment = {}) {
  const shown = [
    HEATS[layers.D ?? "D"],
    layers.real && "points of the data as rings",
    layers.fake && "points of G as crosses",
    layers.pull && "arrows down the slope of G’s loss",
    (layers.warp || layers.replay) && frame.warp && "the grid of z where G puts it",
  ].filter(Boolean);
  const { missing, earlier } = lastMeasured(frame);
  const lost = (moment.way ? [] : missing).map((k) => whereIs(frame.modes[k]));
  const when = earlier && ` at ${earlier}`;
  const gone = lost.length ? ` Missing modes${when}: ${lost.join(", ")}.` : "";
  return `The plane, with ${shown.join(", ") || "no layer"}, at ${planeSentence(frame, moment)}.${gone}`;
}

const whereIs = ({ x, y }) => `(${formatNumber(x)}, ${formatNumber(y)})`;

// The cell of z under the pointer: its share of the probability, and how dense p_G is on its image.
export function cellSentence({ warp }, cell) {
  const levels = warp.side + 1;
  const between = (k) => `${percent((k + 0.5) / levels, 1)} and ${percent((k + 1.5) / levels, 1)}`;
  const corners = cornersOf(warp, cell).map((k) => [warp.points[2 * k], warp.points[2 * k + 1]]);
  if (warp.curve) {
    const [[a, b], [c, d]] = corners;
    const length = short(Math.hypot(c - a, d - b));
    const mass = percent(1 / levels, 2);
    return `z between its quantiles of ${between(cell.j)}: ${mass} of the probability on a length of ${length}`;
  }
  const area = Math.abs(areaOf(corners));
  const mass = 1 / levels ** 2;
  return (
    `z₁ between its quantiles of ${between(cell.j)}, z₂ of ${between(cell.i)}: ` +
    `${percent(mass, 2)} of the probability on an area of ${short(area)}, a density of ${short(mass / area)}`
  );
}

export const BLEND =
  "From the square of z to G(z) each point goes straight: a blend for the eye, and nothing that G does.";

function ofLoss(who, value, end) {
  const there = end ? ` (${end.words} at the end of the game)` : "";
  return `loss of ${who} ${known(value) ? formatNumber(value) : "not yet known"}${there}`;
}

export function lossSentence(history, now, recipe) {
  const { D, G } = equilibriumOf(recipe);
  return `${ofLoss("D", history.loss_D[now], D)}; ${ofLoss("G", history.loss_G[now], G)}`;
}

// What a frame's slow numbers say of a chart, and of when they are.
function ofChart(frame, words) {
  const seen = lastMeasured(frame);
  return seen.earlier ? `at ${seen.earlier} ${words(seen)}` : words(seen);
}

export const boundSentence = (frame) =>
  isProbability(frame.loss)
    ? ofChart(frame, ({ V, C }) => `V(G,D) ${formatNumber(V)} and V(G,D*) ${formatNumber(C)} over the training`)
    : `minus the loss of D on its minibatches, ${known(frame.loss_D) ? formatNumber(-frame.loss_D) : "not yet known"}, over the training`;

export const divergenceSentence = (frame) =>
  `${ofChart(frame, ofDivergence)}; log 2 ≈ 0.693 would be nothing in common`;

export const modesSentence = (frame) =>
  frame.modes_of > 0
    ? ofChart(frame, (seen) => ofModes(seen)[0] ?? "modes not counted")
    : "these data have no modes to count";
