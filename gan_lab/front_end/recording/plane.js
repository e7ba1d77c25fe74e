// Frames in the plane, as a recording's arrays have them: the same demands as in gan_lab/recording/plane_format.py, and
// frames like those of `frame/plane/frame.js`, in which nothing is of an earlier moment.

import { readoutOf, squeezed } from "../frame/readout.js";
import { LOSSES } from "../training/losses.js";
import { damaged, PHASES } from "./checks.js";

const NUMBERS = [
  "V",
  "C",
  "jsd",
  "V_error",
  "C_error",
  "jsd_error",
  "loss_D",
  "loss_G",
  "quality",
  "D_star_error",
  "D_star_known",
];

// A letter for each axis, the same where the lengths are: T frames, g generators, c cells a side, s points, d numbers
// of z, w points of the grid of z, K modes.
const SHAPES = {
  t: "T",
  turn: "T",
  generator: "T",
  window: "4",
  modes: "K3",
  real: "s2",
  z: "sd",
  G_z: "gs2",
  pull: "Ts2",
  warp: "gw2",
  logit: "Tcc",
  D_star: "gcc",
  found: "gK",
  ...Object.fromEntries(NUMBERS.map((name) => [name, "T"])),
};
const WIDEST_WINDOW = 1e12;
const MAY_LACK = ["pull", "logit", "D_star"];

function sizesOf(arrays) {
  const sizes = {};
  for (const name of Object.keys(arrays)) if (!Object.hasOwn(SHAPES, name)) damaged("it names an array that cannot be");
  for (const [name, axes] of Object.entries(SHAPES)) {
    if (!Object.hasOwn(arrays, name)) {
      if (!MAY_LACK.includes(name)) damaged(`it has no ${name}`);
      continue;
    }
    const { shape } = arrays[name];
    const fits = [...axes].every((axis, i) => (axis > "9" ? (sizes[axis] ??= shape[i]) : Number(axis)) === shape[i]);
    if (axes.length !== shape.length || !fits) damaged(`the shape of ${name} does not fit the others`);
  }
  return sizes;
}

// No points, a line of them for a z of one number, or a square of two.
function isGrid(points, latent_dim) {
  if (latent_dim === 1) return points !== 1;
  return points === 0 || (latent_dim === 2 && points > 1 && Number.isInteger(Math.sqrt(points)));
}

// The ends of a square that a picture can show.
function isSquare([x0, x1, y0, y1]) {
  const most = Math.max(...[x0, x1, y0, y1].map(Math.abs)); // NaN where one of them is
  return most <= WIDEST_WINDOW && x1 - x0 > 1e-13 * most && Math.abs(x1 - x0 - (y1 - y0)) <= 1e-3 * (x1 - x0);
}

function check(arrays, { panels }) {
  const sizes = sizesOf(arrays);
  if (sizes.T === 0) throw new Error("The recording is empty: it has no frames.");
  const { t, turn, generator, window, modes, found } = Object.fromEntries(
    Object.entries(arrays).map(([name, { values }]) => [name, values]),
  );
  const whole = ["g", "s", "c", "d"].every((axis) => sizes[axis] !== 0);
  const right =
    whole &&
    t[0] >= 0 &&
    t.every((v, i) => i === 0 || v >= t[i - 1]) &&
    turn.every((number) => number >= 0 && number < PHASES.length) &&
    generator[0] === 0 &&
    generator.every((v, i) => i === 0 || v === generator[i - 1] || v === generator[i - 1] + 1) &&
    generator.at(-1) === sizes.g - 1 &&
    isSquare(window) &&
    modes.every((v, i) => Number.isFinite(v) && (i % 3 < 2 || v > 0)) &&
    found.every((v) => v === 0 || v === 1) &&
    isGrid(sizes.w, sizes.d) &&
    Object.keys(panels).length === 0;
  if (!right) damaged("its frames are in no possible order");
}

// The loss by which D's output is read: of a reader's own, one in which D is as much of a probability.
const named = (loss) => (Object.hasOwn(LOSSES, String(loss)) ? loss : loss?.labels ? "minimax" : "wasserstein");

// How D's output is shown in a loss: { D_kind, D, score_range, loss }.
function shownIn(loss) {
  const reading = readoutOf(loss);
  return (logit) => {
    if (logit.every(Number.isNaN)) return { D_kind: "unknown", D: logit, loss };
    if (!reading.score) return { D_kind: "probability", D: logit.map(reading.shown), loss };
    const { D, range } = squeezed(logit);
    return { D_kind: "score", D, score_range: range, loss };
  };
}

const warpOf = (points, latent_dim) => {
  if (!points.length) return null;
  const count = points.length / 2;
  return latent_dim === 1 ? { side: count - 1, points, curve: true } : { side: Math.sqrt(count) - 1, points };
};

const modesOf = ({ values }) =>
  Array.from({ length: values.length / 3 }, (_, k) => ({
    x: values[3 * k],
    y: values[3 * k + 1],
    sd: values[3 * k + 2],
  }));

function frames(arrays, { recipe }) {
  const rules = { loss: named(recipe?.loss), smoothing: recipe?.smoothing };
  const shown = shownIn(rules.loss);
  const modes = modesOf(arrays.modes);
  const cells = (arrays.logit ?? arrays.D_star)?.shape[1] ?? 1;
  const row = (name, i, length) => {
    if (!arrays[name]) return new Float64Array(length).fill(NaN);
    const at = SHAPES[name].startsWith("g") ? arrays.generator.values[i] : i;
    const width = arrays[name].values.length / arrays[name].shape[0];
    return arrays[name].values.subarray(at * width, (at + 1) * width);
  };
  const lost = (i) => modes.flatMap((_, k) => (row("found", i)[k] ? [] : [k]));
  const history = { length: arrays.t.values.length, t: arrays.t.values, turn: arrays.turn.values };
  for (const name of NUMBERS) history[name] = arrays[name].values;
  history.modes_found = Float64Array.from(history.t, (_, i) => (modes.length ? modes.length - lost(i).length : NaN));
  const frame = (i) => ({
    dim: 2,
    t: history.t[i],
    turn: PHASES[history.turn[i]],
    ...Object.fromEntries(NUMBERS.map((name) => [name, history[name][i]])),
    ...shown(row("logit", i, cells * cells)),
    box: Array.from(arrays.window.values),
    cells,
    D_star: row("D_star", i, cells * cells),
    real: arrays.real.values,
    fake: row("G_z", i),
    pull: row("pull", i, arrays.real.values.length),
    warp: warpOf(row("warp", i), arrays.z.shape[1]),
    modes,
    modes_of: modes.length,
    modes_found: history.modes_found[i],
    missing: lost(i),
    quality_perfect: NaN,
    jsd_perfect: NaN,
  });
  return { frame, history, rules };
}

export const PLANE = { dim: 2, whole: ["t", "turn", "generator", "found"], byRow: true, check, frames };
