// What can be seen of a game on the line at one moment: Figure 1, as arrays.
//
// For a z of one number nothing is sampled or smoothed: p_g is the exact push-forward of p_z, and V,
// C and the Jensen-Shannon divergence are integrals with their errors (nats); as gan_lab/recording/frames.py.
// A smooth G is followed by polynomials, and what these may change is in the errors.

import { equallyProbable, LATENTS } from "../../data/latents.js";
import { isPiecewiseLinear } from "../../networks/activations.js";
import { values, valuesWithSlopes } from "../../networks/values.js";
import { meanOf } from "../../numeric/mean.js";
import { increasing, pieceAt } from "../../numeric/sorted.js";
import { LOSSES } from "../../training/losses.js";
import { accuracyOf, freeSum, readoutOf, squeezed } from "../readout.js";
import { axisOf, distributionOnLine } from "./distribution.js";
import { integralsOnLine } from "./integrals.js";
import { outlineOf, spotsOf } from "./outline.js";
import { curveOfD, curveOfG, onCurve } from "./piecewise_linear.js";
import { pushforward } from "./pushforward.js";
import { sampledDistribution } from "./sampled.js";
import { cellAt, onSmooth, smoothD, smoothG, steepnessOn } from "./smooth_curve.js";
import { integralsOnSmooth } from "./smooth_integrals.js";
import { smoothPushforward } from "./smooth_pushforward.js";

const ARROWS = 33;
const FOUND = 0.1; // the share of a mode's own probability at which it is found
const CELLS_OF_D = 16; // of a smooth D, before they are halved
const WIDE = 20; // so many times the middle of the data is far
const TWICE = 2; // a logit is an output of D, or twice that
const FAR = 8.5; // the z beyond which p_z is not measured

const even = (low, high, count) =>
  Array.from({ length: count + 1 }, (_, i) => (i === count ? high : low + ((high - low) * i) / count));
const TAIL = [6.5, FAR, 14, 34]; // beyond FAR, where log p_g still says what D* is
// The knots of a smooth G, before its cells are halved.
const STARTS = {
  gaussian: Float64Array.from([...TAIL.map((z) => -z).reverse(), ...even(-5, 5, 20), ...TAIL]),
  uniform: Float64Array.from(even(-1, 1, 8)),
  bernoulli: Float64Array.of(0, 1),
};

// What does not change while a game is played, kept by the recipe's own data object.
const distributions = new WeakMap();
function distributionOf(data) {
  if (!distributions.has(data)) distributions.set(data, distributionOnLine(data));
  return distributions.get(data);
}

const known = new Map();
// The quantiles (i + 1/2) / count of a p_z, made once.
function quantiles(latent, count) {
  const key = `${latent} ${count}`;
  if (!known.has(key)) known.set(key, equallyProbable(LATENTS[latent], count));
  return known.get(key);
}

// G as a curve with its push-forward, and as a function of z.
function pushedBy({ G, scale, recipe }, center) {
  const p_z = LATENTS[recipe.latent];
  if (isPiecewiseLinear(G.activation)) {
    const curve = curveOfG(G, center, scale);
    return { p_g: pushforward(curve, p_z), onG: (z) => onCurve(curve, z), smooth: false };
  }
  const curve = smoothG(G, center, scale, STARTS[recipe.latent]);
  const onG = (z) => onSmooth(curve, z);
  return { p_g: smoothPushforward(curve, p_z, FAR, onG), onG, smooth: true };
}

// p_g, G at the arrows' z, some of its values, more of them for the axis, and those that say where p_g is.
function exactG(training) {
  const [center] = training.center;
  const { latent } = training.recipe;
  const { p_g, onG, smooth } = pushedBy(training, center);
  const z = quantiles(latent, ARROWS).slice();
  const at = (count) => quantiles(latent, count).map(onG);
  return {
    p_g,
    smooth,
    z,
    G_z: values(training.G, z).map((h) => center + training.scale * h),
    some: at(101),
    spread: () => at(401),
    spots: spotsOf(latent).map(onG),
  };
}

// The knots of a smooth D, before its cells are halved: more of them where the data are, if tails go far.
function startOfD({ levels }, low, high) {
  const [first, last] = [levels[0], levels[levels.length - 1]];
  const middle = high - low > WIDE * (last - first) ? even(first, last, CELLS_OF_D) : [];
  return increasing([...even(low, high, CELLS_OF_D), ...middle]);
}

// D's output as a function of x with its knots, for x between the far ends of both distributions; null for a loss
// in which V is not asked for.
function curveD({ D, scale, center: [center], recipe: { loss } }, p_data, { panels, atoms }) {
  const reading = readoutOf(loss);
  if (!reading.finite || reading.score) return null;
  if (isPiecewiseLinear(D.activation)) {
    const { start, slope, anchor, knots } = curveOfD(D, center, scale);
    const output = (x, i) => start[i] + slope[i] * (x - anchor[i]);
    const cell = (x) => pieceAt(knots, x);
    const steepness = (x, i) => TWICE * Math.abs(slope[i]);
    return { output, knots, cellAt: cell, steepness, off: () => 0, error: 0, smooth: false };
  }
  const cuts = [...p_data.panels, ...panels, ...atoms.map((a) => a.x)];
  const [low, high] = [Math.min(...cuts), Math.max(...cuts)];
  const curve = smoothD(D, center, scale, startOfD(p_data, low, high));
  return {
    output: (x, cell) => onSmooth(curve, x, cell),
    knots: [],
    cellAt: (x) => cellAt(curve, x),
    steepness: (x, cell) => TWICE * steepnessOn(curve, x, cell),
    off: (cell) => TWICE * curve.off[cell],
    error: curve.off.reduce((a, b) => Math.max(a, b), 0),
    smooth: true,
    low,
    high,
  };
}

// D's output at points: of its smooth curve between the ends of that, else of the network itself.
function outputsOf({ D, scale, center: [center] }, curve, points) {
  const smooth = curve && curve.smooth && points.every((x) => curve.low <= x && x <= curve.high);
  if (smooth) return points.map((x) => curve.output(x, curve.cellAt(x)));
  return values(
    D,
    Float64Array.from(points, (v) => (v - center) / scale),
  );
}

// D, D* and the output's logit at the points x; `best` is the logit of Proposition 1 there.
function shownOnLine(training, curve, x, some, p_data, best) {
  const reading = readoutOf(training.recipe.loss);
  const at = (points) => outputsOf(training, curve, points);
  const v = at(x);
  const [of_real, of_fake] = [at(p_data.levels), at(some)];
  if (reading.score) {
    const { D, range } = squeezed(v);
    const score = { score_range: range, score_means: [meanOf(of_real), meanOf(of_fake)] };
    return { D, D_star: best.fill(NaN), D_kind: "score", score, accuracy: NaN, reading, sum: 0 };
  }
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const accuracy = accuracyOf(of_real, of_fake, reading, sum);
  const D = v.map((output) => reading.shown(output - sum));
  return { D, D_star: best.map(reading.best), D_kind: "probability", accuracy, reading, sum };
}

// For a p_g that is linear in pieces, or a histogram with one of `half` as many bins.
function integralsBySteps(p_data, { p_g, half }, curve) {
  const D = curve && curve.smooth ? { ...curve, logit: (x) => curve.logit(x, curve.cellAt(x)) } : curve;
  const found = integralsOnLine(p_data, p_g, D);
  if (half) {
    const rough = integralsOnLine(p_data, half(), D);
    for (const name of ["V", "C", "jsd"]) found[name][1] += Math.abs(found[name][0] - rough[name][0]);
  }
  if (D) found.V[1] += 2 * D.error;
  return found;
}

function valueOfGame(curve, p_data, exact, { reading, sum, D_kind }) {
  const logit = (x, piece) => reading.logit(curve.output(x, piece) - sum);
  const D = curve && { ...curve, logit };
  const found = exact.smooth ? integralsOnSmooth(p_data, exact.p_g, D) : integralsBySteps(p_data, exact, D);
  if (D_kind === "score") found.C = [NaN, NaN];
  return found;
}

// The logits of Proposition 1: log p_data - log p_g, and where p_g has an atom, its mass alone counts.
function bestLogits(x, p_data, { atoms }, logs) {
  const heavy = new Set(atoms.map((atom) => atom.x));
  return x.map((point, i) => (heavy.has(point) ? -Infinity : p_data.logpdf(point) - logs[i]));
}

// Of a mixture, the modes that p_g has found: those near which, within three sds, it has a tenth or more
// of what the data have there.
function modesOn(p_g, { modes }) {
  if (!modes.length) return {};
  const shares = modes.map(({ x, sd, weight }) => p_g.mass(x - 3 * sd, x + 3 * sd) / weight);
  const missing = modes.flatMap((_, i) => (shares[i] < FOUND ? [i] : []));
  return { modes_found: modes.length - missing.length, modes_of: modes.length, missing, shares, modes };
}

// Minus the slope of G's loss at points of G, as in the plane; NaN where the loss compares pairs.
function pullOnLine({ D, scale, center: [center], recipe: { loss } }, G_z) {
  const inUnits = G_z.map((x) => (x - center) / scale);
  const { value, slope } = valuesWithSlopes(D, inUnits);
  const { fake } = LOSSES[loss].G;
  return slope.map((s, i) => (fake ? (-fake.slope(value[i]) * s) / scale : NaN));
}

// The frame of a game as it is now. `x` are the points of the picture, by default what `axisOf` says.
export function frameOnLine(training, { x = null } = {}) {
  const { recipe } = training;
  const p_data = distributionOf(recipe.data);
  const exact = recipe.latent_dim === 1 ? exactG(training) : sampledDistribution(training, p_data, x);
  const points = x ?? exact.x ?? axisOf(p_data, exact.spread());
  const logs = points.map(exact.p_g.logAt);
  const best = bestLogits(points, p_data, exact.p_g, logs);
  const curve = curveD(training, p_data, exact.p_g);
  const shown = shownOnLine(training, curve, points, exact.some, p_data, best);
  const numbers = valueOfGame(curve, p_data, exact, shown);
  const density = points.map(p_data.pdf);
  const high = density.reduce((top, p) => (Number.isFinite(p) ? Math.max(top, p) : top), 0);
  /** @type {Record<string, any>} */
  const frame = {
    dim: 1,
    t: training.t,
    turn: training.turn,
    x: points,
    p_data: density,
    z: exact.z,
    p_g: logs.map(Math.exp),
    outline: outlineOf(exact.p_g, exact.spots, points, high),
    D: shown.D,
    D_star: shown.D_star,
    G_z: exact.G_z,
    pull: pullOnLine(training, exact.G_z),
    D_kind: shown.D_kind,
    loss: recipe.loss,
    ...shown.score,
    accuracy: shown.accuracy,
    loss_D: training.loss_D,
    loss_G: training.loss_G,
    grad_G: training.gradientNormG,
    atoms: exact.p_g.atoms,
    ...modesOn(exact.p_g, p_data),
  };
  if (exact.note) frame.p_g_note = exact.note;
  for (const name of ["V", "C", "jsd"]) [frame[name], frame[`${name}_error`]] = numbers[name];
  return frame;
}
